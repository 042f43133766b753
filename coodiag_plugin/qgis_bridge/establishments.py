"""Establishments of the register as a layer of points, and back as a table."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeatureSource,
    QgsGeometry,
    QgsPointXY,
    QgsVectorLayer,
)

from ..core.errors import InputError
from ..core.progress import Progress
from ..core.provenance import Provenance
from ..core.wanted import ESTABLISHMENTS, OfficialSource, Wanted
from .layers import BOOLEAN, INTEGER, TEXT, memory_layer, transformer
from .official import official
from .shapes import point_columns

if TYPE_CHECKING:
    import pandas as pd

    from ..sources.folder import Inventory

NAME = "etablissements"
FIELDS = {
    "siret": TEXT,
    "siren": TEXT,
    "nom": TEXT,
    "enseigne": TEXT,
    "naf": TEXT,
    "naf_label": TEXT,
    "section": TEXT,
    "tranche": TEXT,
    "tranche_label": TEXT,
    "workforce_min": INTEGER,
    "employer": BOOLEAN,
    "ess": BOOLEAN,
    "ess_family": TEXT,
    "legal_form": TEXT,
    "codgeo": TEXT,
    "statut": TEXT,
    "geo_quality": TEXT,
}
#: Fields without which a layer of establishments cannot serve the prospection.
NEEDED = ("siret", "naf", "codgeo")
#: Fields that the prospection reads as texts.
READ = ("siret", "siren", "nom", "enseigne", "naf", "tranche", "tranche_label", "codgeo", "commune")


def read_establishments(
    files: Any,
    communes: Collection[str],
    *,
    naf: Sequence[str] = (),
    ess_only: bool = False,
    workforce_min: int | None = None,
    inventory: Inventory | None = None,
    progress: Progress,
) -> tuple[pd.DataFrame, list[Provenance]]:
    """The stock of ``communes`` and the files it comes from.

    ``files``: an inventory, paths, or :class:`StockFiles`. ``inventory``: where the table of
    commune changes is looked for, so that extracts with old codes are understood.
    """
    from ..sources.sirene import read_stock
    from ..sources.sirene_files import StockFiles, old_codes

    stock = StockFiles.of(files, progress)
    table = read_stock(
        stock,
        communes,
        naf=naf,
        ess_only=ess_only,
        workforce_min=workforce_min,
        changes=old_codes(inventory, communes) if inventory is not None else None,
        progress=progress,
    )
    return table, stock.sources(str(table.attrs["counts"]["ess_rule"]))


def establishments_of(
    communes: Collection[str],
    way: str,
    *,
    stock: Path | None,
    source: OfficialSource,
    naf: Sequence[str] = (),
    ess_only: bool = False,
    workforce_min: int | None = None,
    progress: Progress,
) -> tuple[pd.DataFrame, list[Provenance]]:
    """The establishments by one of the ways of ``coodiag:establishments``.

    ``stock``, with the files beside it, comes first; else the folder of ``source``, or its
    services by ``way`` (``auto``, ``recherche-entreprises``, ``sirene-api``, ``stock``). The table
    of commune changes is looked for in the folder.
    """
    from ..sources.folder import scan
    from ..sources.sirene_files import companions

    def read(files: Any, inventory: Inventory | None, part: Progress) -> Any:
        return read_establishments(
            files,
            communes,
            naf=naf,
            ess_only=ess_only,
            workforce_min=workforce_min,
            inventory=inventory,
            progress=part,
        )

    if stock is not None:
        beside = None if source.folder is None else scan(source.folder, progress.part(0.0, 0.1))
        return read(companions(stock), beside, progress.part(0.1, 1.0))
    wanted = Wanted(
        "COM:" + ",".join(sorted(communes)),
        collections=(ESTABLISHMENTS,),
        register=way,
        naf=tuple(naf),
        ess_only=ess_only,
    )
    with official(source, wanted, progress.part(0.0, 0.7)) as found:
        if ESTABLISHMENTS in found.failed:
            raise found.failed[ESTABLISHMENTS]
        return read(found.inventory, found.inventory, progress.part(0.7, 1.0))


def establishments_layer(table: pd.DataFrame, crs: str, name: str = NAME) -> QgsVectorLayer:
    """Points of the table of :func:`read_establishments` in ``crs``.

    An establishment without a point (partial diffusion, not located) keeps its row, without
    geometry: it is counted and not drawn.
    """
    return memory_layer(name, FIELDS, "Point", crs, _rows(table, crs))


def _rows(table: pd.DataFrame, crs: str) -> Iterator[tuple[Mapping[str, Any], QgsGeometry | None]]:
    transforms = {
        source: transformer(QgsCoordinateReferenceSystem(source), crs)
        for source in {"EPSG:4326", *table["epsg"].unique()} - {""}
    }
    for row in table.to_dict("records"):
        row["workforce_min"] = (
            None if row["workforce_min"] != row["workforce_min"] else int(row["workforce_min"])
        )
        place = None
        if row["lon"] == row["lon"]:
            place = transforms["EPSG:4326"].transform(QgsPointXY(row["lon"], row["lat"]))
        elif row["x"] == row["x"]:
            place = transforms[row["epsg"]].transform(QgsPointXY(row["x"], row["y"]))
        yield row, None if place is None else QgsGeometry.fromPointXY(place)


def establishment_table(source: QgsFeatureSource, crs: str) -> pd.DataFrame:
    """A layer of establishments as a table, with ``px`` and ``py`` (metres in ``crs``, or NaN).

    Columns: those that the prospection reads, empty where the layer lacks the field; ``siret``,
    ``naf`` and ``codgeo`` must be there.
    """
    import pandas as pd

    from ..core.nomenclatures import naf_code, naf_label

    names = source.fields().names()
    missing = [name for name in NEEDED if name not in names]
    if missing:
        raise InputError(
            "The layer of establishments has no field {fields}: take the output of “Establishments”.",
            fields=", ".join(missing),
        )
    there = [name for name in (*READ, "statut") if name in names]
    columns, points = point_columns(source, crs, source.sourceName(), there)
    table = pd.DataFrame({"px": points[:, 0], "py": points[:, 1]})
    for name in READ:
        table[name] = _texts(columns.pop(name)) if name in columns else ""
    known = {code: naf_code(code) for code in table["naf"].unique()}
    table["naf"] = table["naf"].map(known).astype(object)
    labels = {code: naf_label(code) for code in table["naf"].unique()}
    table["naf_label"] = table["naf"].map(labels).astype(object)
    table["statut"] = _texts(columns["statut"]) if "statut" in columns else "O"
    return table


def _texts(values: Sequence[Any]) -> list[str]:
    return [v if type(v) is str else "" if v is None else str(v) for v in values]


def provenance_layer(rows: Sequence[Provenance]) -> QgsVectorLayer:
    """The sources as a table without geometry."""
    return memory_layer(
        "provenance",
        dict.fromkeys(Provenance.columns(), TEXT),
        rows=((row.as_row(), None) for row in rows),
    )
