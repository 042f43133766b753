"""Rows of a geocoding for its review: from a dossier, or from OUTPUT and FAILED of ``geocode``.

Files of a dossier are read through GDAL and closed at once, read-only: QGIS would open the
GeoPackage of the persons for writing, and keep it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry, QgsVectorLayer

from ..core.errors import InputError
from .dossier import PEOPLE, refuse_link
from .geocoding import RESULT_FIELDS, SAMPLE, WGS84, guess_fields, query, text
from .layers import records, transformer

if TYPE_CHECKING:
    from ..geocoding.correction import Correction
    from ..geocoding.geocoder import Query

Row = dict[str, Any]
FAILED, TOWN, DOUBTFUL, SURE = "failed", "town", "doubtful", "sure"
#: A located row below this score, or this near to another place, is worth a look.
SURE_SCORE, SURE_GAP = 0.85, 0.04


@dataclass
class ReviewRow:
    """A row under review. lon, lat: WGS84 degrees of its present place, None when it has none."""

    at: int
    query: Query
    status: str
    score: float
    label: str
    citycode: str
    note: str
    lon: float | None
    lat: float | None
    kind: str
    ref: str  # the structure's own reference, to find the person's file; shown, kept nowhere
    values: Row = field(repr=False)  # every column of the row, for the export of what failed
    correction: Correction | None = None
    twins: int = 0  # other rows of the same address
    keyed: bool = True  # whether it has an address that a correction can be kept by
    rivalled: bool = False  # whether another place is nearly as likely as the one found

    @property
    def address(self) -> str:
        return ", ".join(part for part in (self.query.address, self.query.complement) if part)

    @property
    def town(self) -> str:
        return " ".join(
            part for part in (self.query.postcode, self.query.city or self.query.citycode) if part
        )

    @property
    def waiting(self) -> bool:
        """Whether a person should still look at it."""
        return self.keyed and self.kind != SURE and self.correction is None


def dossier_rows(folder: Path) -> list[ReviewRow]:
    """Rows of ``confidentiel/personnes.gpkg``. Raises :class:`InputError` where there is none."""
    path = folder / PEOPLE
    refuse_link(path.parent)
    if not path.is_file():
        raise InputError(
            "{folder} holds no {file}: choose the folder of a dossier whose persons were kept.",
            folder=str(folder),
            file=PEOPLE,
        )
    found: list[ReviewRow] = []
    for role in ("clients", "beneficiaries"):
        rows = [*_file_rows(path, f"{role}_echecs"), *_file_rows(path, role)]
        found += review_rows(rows, {}, len(found))
    return found


def pair_rows(
    located: QgsVectorLayer, failed: QgsVectorLayer | None, given: Mapping[str, str]
) -> list[ReviewRow]:
    """Rows of the two outputs of ``coodiag:geocode``; ``given``: columns as it was given them."""
    names = located.fields().names()
    if not {"geo_status", "geo_score"} <= set(names):
        raise InputError(
            "The layer {layer} was not made by “Geocode addresses”: it has no field geo_status.",
            layer=located.name(),
        )
    rows: list[tuple[Row, QgsGeometry | None]] = []
    if failed is not None:
        rows += [(row, None) for row, _ in records(failed)]
    transform = transformer(located.crs(), WGS84)
    for row, shape in records(located):
        shape.transform(transform)
        rows.append((row, shape))
    return review_rows(rows, given, 0)


def review_rows(
    rows: Sequence[tuple[Row, QgsGeometry | None]], given: Mapping[str, str], first: int
) -> list[ReviewRow]:
    """Rows with their point in WGS84, as they are reviewed; ``first``: number of the first one."""
    plain = [{n: v for n, v in row.items() if n not in RESULT_FIELDS} for row, _ in rows]
    fields = guess_fields(plain, given)
    ref = _reference(plain)
    found = []
    for rank, (row, shape) in enumerate(rows):
        point = None if shape is None or shape.isEmpty() else shape.asPoint()
        status = str(row.get("geo_status") or "echec")
        score = float(row.get("geo_score") or 0.0)
        gap = row.get("geo_gap")
        found.append(
            ReviewRow(
                at=first + rank,
                query=query(str(first + rank), plain[rank], fields),
                status=status,
                score=score,
                label=str(row.get("geo_label") or ""),
                citycode=str(row.get("geo_citycode") or ""),
                note=str(row.get("geo_note") or ""),
                lon=None if point is None else point.x(),
                lat=None if point is None else point.y(),
                kind=kind(status, score, None if gap is None else float(gap), point is not None),
                ref=text(plain[rank].get(ref)) if ref else "",
                values=plain[rank] if point is None else {},
                rivalled=status != "commune" and _near(None if gap is None else float(gap)),
            )
        )
    return found


def _reference(rows: Sequence[Row]) -> str:
    """Column of the structure's reference, by its header; empty when there is none."""
    from ..sources.columns import match

    names = list(rows[0]) if rows else []
    cells = [[text(row.get(name)) for row in rows[:SAMPLE]] for name in names]
    at = match(names, cells, "clients").columns.get("ref")
    return "" if at is None else names[at]


def kind(status: str, score: float, gap: float | None, located: bool) -> str:
    """How much a row needs a person."""
    if not located or status == "echec":
        return FAILED
    if status == "commune":
        return TOWN
    return DOUBTFUL if score < SURE_SCORE or _near(gap) else SURE


def _near(gap: float | None) -> bool:
    return gap is not None and gap < SURE_GAP


def _file_rows(path: Path, layer: str) -> Iterator[tuple[Row, QgsGeometry | None]]:
    for row, shape, crs in features(path, layer):
        if shape is not None:
            shape.transform(transformer(QgsCoordinateReferenceSystem(crs), WGS84))
        yield row, shape


def features(path: Path, name: str) -> Iterator[tuple[Row, QgsGeometry | None, str]]:
    """Rows of a layer of a file, with their geometry and the authority code of its CRS."""
    from osgeo import gdal

    # a dossier may come from anybody: a text of that name could send GDAL to a server
    flags = gdal.OF_VECTOR | gdal.OF_READONLY
    source = gdal.OpenEx(str(path), flags, allowed_drivers=["GPKG"])
    layer = source.GetLayerByName(name) if source is not None else None
    if layer is None:
        return
    system = layer.GetSpatialRef()
    crs = f"{system.GetAuthorityName(None)}:{system.GetAuthorityCode(None)}" if system else ""
    for item in layer:
        shape = item.GetGeometryRef()
        geometry = None
        if shape is not None:
            geometry = QgsGeometry()
            geometry.fromWkb(bytes(shape.ExportToWkb()))
        yield dict(item.items()), geometry, crs
