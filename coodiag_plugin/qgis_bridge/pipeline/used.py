"""Sources behind the positions and the travel times of a run: addresses and roads."""

from __future__ import annotations

from pathlib import Path

from ...core.provenance import Provenance
from ..locating import How
from .options import Run


def sources_of_places(run: Run, ban: list[Path]) -> list[Provenance]:
    """The BAN files or the service when an address was found there, the road file when times go
    by it."""
    found = []
    if any(
        item.counts["COUNT_ADDRESS"] + item.counts["COUNT_STREET"] for item in run.located.values()
    ):
        found += [source for path in ban for source in _of_family(path, "ban")]
        found += _service(run)
    return found + sources_of_roads(run)


def sources_of_roads(run: Run) -> list[Provenance]:
    """The road file that times go by; none for a layer that is no known file."""
    if run.roads is None:
        return []
    return _of_family(Path(run.roads.source().split("|")[0]), "routes", "osm_xml")


def _service(run: Run) -> list[Provenance]:
    """The geocoding service, when one was asked."""
    from ...sources.recognise import datasets
    from ...sources.web.services import services

    if not run.options.geocodes_online:
        return []
    how = How(run.options.service, 0.0, url=run.options.url)
    service, family = services()[how.catalogue], datasets()["ban"]
    source = Provenance(
        dataset="ban",
        title=family.title,
        producer=family.producer,
        vintage="",
        retrieved=run.options.date,
        licence=service.licence,
        attribution=service.attribution,
        service=service.title,
    )
    return [source]


def _of_family(path: Path, *families: str) -> list[Provenance]:
    """Provenance of the tables of a file that are of these families; none for a layer in memory."""
    from ...sources.examine import examine
    from ...sources.official_file import provenance

    if not path.is_file():
        return []
    return [provenance(file) for file in examine(path)[0] if file.family.id in families]
