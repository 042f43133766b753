"""Addresses of the Base Adresse Nationale, a file a département, shared by the data folders."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

from ...core.errors import SourceError
from ...core.progress import Progress, each
from ..official_csv import clean_header
from ..recognise import datasets
from ..web.client import Web
from ..web.download import source_of
from ..web.faults import ServiceError
from ..web.request import Request
from .asking import MISSING, Asking, shared_folder
from .depot import Depot
from .scope import Scope

SERVICE, FAMILY = "ban", "ban"
#: Folder of the service and name of a file: those with identifiers, then the classic ones.
FORMS = (
    ("adresses/latest/csv-with-ids", "adresses-with-ids-{code}.csv.gz"),
    ("adresses/latest/csv", "adresses-{code}.csv.gz"),
)
_BLOCK = 1 << 20


def collect_addresses(web: Web, scope: Scope, depot: Depot, progress: Progress) -> None:
    """Put the file of each département of the territory into the data folder.

    Files are tens of megabytes: they are downloaded once into the cache, and the folder gets a
    hard link (a copy on another disk).
    """
    asking = Asking(web, SERVICE)
    for code, part in each(scope.departments, progress):
        shared = _download(web.under(part), code)
        _verify(shared, part)
        known = source_of(shared)
        depot.share(shared, asking.source(FAMILY, retrieved=known.day if known else ""))


def _download(web: Web, code: str) -> Path:
    """The file of a département in the cache; the classic form where the other is not published."""
    folder = shared_folder(web) / SERVICE
    for rank, (home, name) in enumerate(FORMS):
        file = name.format(code=code)
        try:
            return web.download(Request.get(SERVICE, f"{home}/{file}"), folder / file)
        except ServiceError as error:
            if error.status not in MISSING or rank == len(FORMS) - 1:
                raise
    raise AssertionError("unreachable: the last form raises")


def _verify(path: Path, progress: Progress) -> None:
    """Read a file to its end: what is damaged or something else must not stay in the cache."""
    try:
        with gzip.open(path) as stream:
            header = stream.readline(10_000).decode("utf-8-sig", errors="replace")
            while stream.read(_BLOCK):
                progress.check()
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        path.unlink()
        raise SourceError(
            "The address file {file} was received damaged ({reason}). Run again: it will be downloaded anew.",
            file=path.name,
            reason=str(error),
        ) from error
    if not datasets()[FAMILY].fits(clean_header(header.split(";")), "table"):
        path.unlink()
        raise SourceError(
            "The address file {file} does not have the expected columns (columns found: {columns}). Look for a newer version of Coodiag.",
            file=path.name,
            columns=header.strip()[:80],
        )
