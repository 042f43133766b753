"""data.gouv.fr: which file of a dataset is the present one, and its download.

The listing of a dataset (``GET datasets/<id>/``) gives title, format, address, date, size and
checksum of each file. A file that the listing lacks is asked under its stable address
(``datasets/r/<id>``), which outlives titles; its date is then not known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from ...core.catalogue import rows
from ...core.errors import SourceError
from ...core.progress import Progress
from ..web.answers import Answer
from ..web.client import Web
from ..web.faults import Kind, ServiceError
from ..web.request import Request
from .asking import MISSING
from .data_gouv_listing import SERVICE, Resource, choose, described, public_page

__all__ = [
    "Entry",
    "Resource",
    "download_resource",
    "entries",
    "known_resource",
    "obtain",
    "resource",
]


@dataclass(frozen=True)
class Entry:
    """A row of ``catalogue/data_gouv.csv``."""

    id: str
    dataset: str
    resource: str  # stable identifier, "" when none is known
    match: str
    formats: tuple[str, ...]
    family: str
    file: str
    title: str


@cache
def entries() -> dict[str, Entry]:
    """Files of data.gouv.fr that Coodiag knows, by the id of the catalogue."""
    return {
        row["id"]: Entry(**{**row, "formats": tuple(row["formats"].split())})  # type: ignore[arg-type]
        for row in rows("data_gouv")
    }


def known_resource(web: Web, entry: str) -> Resource:
    """The present file of a row of the catalogue."""
    row = entries()[entry]
    return resource(
        web, row.dataset, match=row.match, formats=row.formats, stable=row.resource, name=row.title
    )


def resource(
    web: Web,
    dataset: str,
    *,
    match: str = "",
    formats: Sequence[str] = (),
    stable: str = "",
    name: str = "",
) -> Resource:
    """The present file of ``dataset`` (identifier or slug).

    Of the files whose title holds the pattern ``match`` in one of ``formats``: the one of
    identifier ``stable``, else the last changed one. When the listing has none, the file
    ``stable`` itself. Raises :class:`SourceError` when nothing of it is there.
    """
    try:
        answer, listing = web.fetch(
            Request.get(SERVICE, f"datasets/{dataset}/"), Answer.json, _not_a_listing
        )
    except ServiceError as error:
        if error.status not in MISSING or not stable:
            raise
        return _unlisted(web, dataset, stable, name)
    found = choose(listing["resources"], match, formats, stable)
    if found is None and stable:
        return _unlisted(web, dataset, stable, name)
    if found is None:
        raise SourceError(
            "data.gouv.fr: the dataset {dataset} has no file of the expected name and format ({match}; {formats}). Download it with a browser into the data folder, or look for a newer version of Coodiag.",
            dataset=str(listing.get("title") or dataset),
            match=match or "*",
            formats=", ".join(formats) or "*",
        )
    return replace(
        described(found, listing, dataset), listed=answer.date, live=answer.state == "live"
    )


def download_resource(
    web: Web, resource: Resource, path: Path, progress: Progress | None = None
) -> Path:
    """The file at ``path``, resumed where a former run was cut and verified by its checksum."""
    view = web if progress is None else web.under(progress)
    return view.download(Request.get(SERVICE, resource.address), path, resource.checksum)


def obtain(
    web: Web, entry: str, folder: Path, progress: Progress | None = None
) -> tuple[Resource, Path]:
    """A file of the catalogue in ``folder``, shared by the territories, with what is known of it.

    Each edition has a folder of its own, so that two are never mixed; the former one is removed
    once the new one is whole. When the listing was kept and its file is no more there, the
    service is asked for the listing again.
    """
    known = known_resource(web, entry)
    try:
        return known, _download(web, entry, known, folder, progress)
    except ServiceError as error:
        moved = error.status in MISSING or error.kind is Kind.CHECKSUM
        if known.live or not moved or web.mode != "auto":
            raise
    view = web.under(web.progress)
    view.mode = "refresh"
    known = known_resource(view, entry)
    return known, _download(web, entry, known, folder, progress)


def _download(
    web: Web, entry: str, known: Resource, folder: Path, progress: Progress | None
) -> Path:
    home = folder / entry
    edition = known.day or "unlisted"
    path = download_resource(web, known, home / edition / entries()[entry].file, progress)
    for other in sorted(home.iterdir()):
        if other.name != edition:
            _remove(other)
    return path


def _remove(folder: Path) -> None:
    """Remove a former edition; one that another run is reading (Windows) goes the next time."""
    for path in sorted(folder.iterdir()):
        with suppress(OSError):
            path.unlink()
    with suppress(OSError):
        folder.rmdir()


def _not_a_listing(value: Any) -> str | None:
    """The words of an answer that is no dataset."""
    if isinstance(value, Mapping) and isinstance(value.get("resources"), list):
        return None
    told = value.get("message") or value.get("error") if isinstance(value, Mapping) else ""
    return str(told or "no list of resources")


def _unlisted(web: Web, dataset: str, stable: str, name: str) -> Resource:
    """A file that is only known by its stable address."""
    web.progress.warn(
        "data.gouv.fr no longer lists the file {title}: it is taken from its permanent address, and its date is not known.",
        title=name or stable,
    )
    return Resource(stable, name, f"datasets/r/{stable}", page=public_page(dataset))
