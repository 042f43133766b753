"""The national Sirène files of data.gouv.fr: fetched once, shared, and the territory's rows of them.

Several gigabytes come down: their size is said first, and they stay in the cache folder for every
territory, one edition at a time. What goes into the data folder are extracts with Insee's own
columns, which :func:`sirene.read_stock` reads as it reads the national files.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from ...core.errors import SourceError
from ...core.progress import Progress
from .. import parquet
from ..sirene_extract import extract
from ..sirene_files import ESTABLISHMENTS, POINTS, UNITS, StockFiles
from ..web.client import Web
from ..web.download import source_of
from .asking import shared_folder
from .data_gouv import Resource, known_resource, obtain
from .depot import Depot
from .scope import Scope

#: Entry of catalogue/data_gouv.csv (without its format), family, file of the extract.
_FILES = (
    ("stock_etablissement", ESTABLISHMENTS, "sirene_stock_etablissements.csv"),
    ("stock_unite_legale", UNITS, "sirene_stock_unites_legales.csv"),
    ("geolocalisation", POINTS, "sirene_stock_geolocalisation.csv"),
)
FILES = tuple(name for _, _, name in _FILES)
_MEGABYTE = 1_000_000


def collect_stock(web: Web, scope: Scope, depot: Depot, progress: Progress) -> None:
    """Extracts of the active establishments of ``scope``, their units and their points.

    Raises :class:`SourceError` when the files hold none: an extract that is empty would read as
    a territory without any establishment.
    """
    form = _form(progress)
    names = [f"{name}_{form}" for name, _, _ in _FILES]
    _tell_size([known_resource(web.under(progress), name) for name in names], progress)
    fetched = []
    for rank, name in enumerate(names):
        part = progress.part(0.2 * rank, 0.2 * (rank + 1))
        fetched.append(obtain(web.under(part), name, shared_folder(web), part))
    stock = StockFiles.of([path for _, path in fetched], progress)
    found = extract(stock, scope.written, progress.part(0.6, 1.0))
    if found.establishments.empty:
        raise SourceError(
            "The national Sirène file ({count} rows) holds no active establishment of the communes asked for. Check the territory; if it is right, delete {folder} and run again.",
            count=found.read,
            folder=str(shared_folder(web)),
        )
    tables = (found.establishments, found.units, found.points)
    for (_, family, name), (resource, path), table in zip(_FILES, fetched, tables):
        _write(depot, name, table, family, resource, path)
    progress.say(
        "Sirène stock: {read} rows looked at, {kept} active establishments of {communes} communes written, {located} of them located.",
        read=found.read,
        kept=len(found.establishments),
        communes=len(scope.communes),
        located=len(found.points),
    )


def _form(progress: Progress) -> str:
    """``parquet`` or ``csv``, said with the reason."""
    engine = parquet.engine()
    if engine:
        progress.say(
            "The Sirène files are taken in Parquet, smaller and faster: {package} can read it.",
            package=engine,
        )
        return "parquet"
    progress.say(
        "The Sirène files are taken in csv. With duckdb or pyarrow in the Python of QGIS, the Parquet files, which are smaller, could be read."
    )
    return "csv"


def _tell_size(resources: list[Resource], progress: Progress) -> None:
    """How much will come down, before the first byte."""
    total = sum(resource.size for resource in resources)
    if all(resource.size for resource in resources):
        progress.say(
            "National Sirène files: {size} MB, downloaded once and kept for every territory.",
            size=-(-total // _MEGABYTE),
        )
    else:
        progress.say(
            "National Sirène files: several gigabytes, downloaded once and kept for every territory (data.gouv.fr does not tell their size)."
        )


def _write(
    depot: Depot, name: str, table: pd.DataFrame, family: str, resource: Resource, path: Path
) -> None:
    origin = source_of(path)
    note = "extrait des communes du territoire : établissements actifs, sans adresse ni nom de personne"
    source = resource.source(family, retrieved=origin.day if origin else resource.listed, note=note)
    depot.table(name, table, source)
