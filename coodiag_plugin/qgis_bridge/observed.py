"""Observed clients by commune and site, from which the exponents of Huff's model are estimated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qgis.core import QgsFeatureSource, QgsPointXY, QgsWkbTypes

from ..core.codes import commune_code
from ..core.errors import InputError
from ..core.progress import Progress
from .amounts import check_field
from .communes import CODE_FIELDS, FOUND_CODE, Commune, CommuneMap
from .layers import records
from .shapes import point_table

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True)
class Observed:
    """Clients (points or a table): the field of their site, of their number, of their commune.

    ``count`` empty: each row is one client. ``code`` empty: the point tells the commune, else the
    field ``geo_citycode`` or another field of codes.
    """

    source: QgsFeatureSource
    site: str
    count: str = ""
    code: str = ""


@dataclass(frozen=True, eq=False)
class Seen:
    """Row of the commune, row of the site and number of clients of each usable observation."""

    place: np.ndarray
    site: np.ndarray
    clients: np.ndarray


def observations(
    observed: Observed,
    communes: Sequence[Commune],
    names: Sequence[str],
    crs: str,
    progress: Progress,
) -> Seen:
    """Read the observations; those that cannot be used are counted and told, by their reason."""
    import numpy as np

    rows, points = _rows(observed.source, crs)
    layer = observed.source.sourceName()
    for field in filter(None, (observed.site, observed.count, observed.code)):
        check_field(rows, field, layer)
    known = _by_key(names)
    rank = {commune.code: number for number, commune in enumerate(communes)}
    area = CommuneMap(communes)
    columns = _code_columns(rows, observed.code)
    lost: Counter[str] = Counter()
    found: list[tuple[int, int, float]] = []
    for row, point in zip(rows, points):
        progress.check()
        number = row[observed.count] if observed.count else 1.0
        site = known.get(key(row[observed.site]))
        code = _code(row, columns, None if observed.code else point, area)
        if not isinstance(number, (int, float)) or not 0 <= number < float("inf"):
            lost["count"] += 1
        elif site is None:
            lost["site"] += 1
        elif code not in rank:
            lost["commune"] += 1
        else:
            found.append((rank[code], site, float(number)))
    if lost:
        progress.warn(
            "Observed clients left out of the calibration: {site} rows name no usable site in the field {field}, {commune} lie in none of the communes, {count} have no usable number.",
            site=lost["site"],
            field=observed.site,
            commune=lost["commune"],
            count=lost["count"],
        )
    table = np.array(found, dtype=float).reshape(-1, 3)
    return Seen(table[:, 0].astype(int), table[:, 1].astype(int), table[:, 2])


def key(name: Any) -> str:
    """How names of sites are compared: 3.0 is 3, capitals and spaces do not count."""
    words = "" if name is None else " ".join(str(name).casefold().split())
    return words[:-2] if words.endswith(".0") and words[:-2].isdigit() else words


def _by_key(names: Sequence[str]) -> dict[str, int]:
    keys = [key(name) for name in names]
    twice = sorted({name for name, one in zip(names, keys) if keys.count(one) > 1})
    if twice:
        raise InputError(
            "Several sites have the same name, so that their clients cannot be told apart: {names}. Give them different names.",
            names=", ".join(twice),
        )
    return {one: rank for rank, one in enumerate(keys) if one}


def _rows(
    source: QgsFeatureSource, crs: str
) -> tuple[list[dict[str, Any]], list[QgsPointXY | None]]:
    """Rows and their points; a table has none."""
    if source.wkbType() == QgsWkbTypes.Type.NoGeometry:
        rows = [row for row, _ in records(source)]
        return rows, [None] * len(rows)
    rows, table = point_table(source, crs, source.sourceName())
    return rows, [QgsPointXY(x, y) if x == x else None for x, y in table.tolist()]


def _code_columns(rows: Sequence[Mapping[str, Any]], given: str) -> list[str]:
    if given:
        return [given]
    by_lower = {name.lower(): name for name in (rows[0] if rows else {})}
    return [by_lower[name] for name in (FOUND_CODE, *CODE_FIELDS) if name in by_lower]


def _code(
    row: Mapping[str, Any], columns: Sequence[str], point: QgsPointXY | None, area: CommuneMap
) -> str:
    """Commune of a row: where its point lies, else as it is written."""
    written = next((commune_code(row[name]) for name in columns if commune_code(row[name])), None)
    return area.home(point, written).code
