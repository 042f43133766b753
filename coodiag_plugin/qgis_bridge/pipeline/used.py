"""Sources behind the positions and the travel times of a run: addresses and roads."""

from __future__ import annotations

from pathlib import Path

from ...core.provenance import Provenance
from .options import Run


def sources_of_places(run: Run, ban: list[Path]) -> list[Provenance]:
    """The BAN files when an address was found in them, the road file when times go by it."""
    found = []
    if any(
        item.counts["COUNT_ADDRESS"] + item.counts["COUNT_STREET"] for item in run.located.values()
    ):
        found += [source for path in ban for source in _of_family(path, "ban")]
    if run.roads is not None:
        found += _of_family(Path(run.roads.split("|")[0]), "routes", "osm_xml")
    return found


def _of_family(path: Path, *families: str) -> list[Provenance]:
    """Provenance of the tables of a file that are of these families; none for a layer in memory."""
    from ...sources.examine import examine
    from ...sources.official_file import provenance

    if not path.is_file():
        return []
    return [provenance(file) for file in examine(path)[0] if file.family.id in families]
