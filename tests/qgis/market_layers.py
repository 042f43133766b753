"""Invented communes, sites and roads for the tests of huff and accessibility."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from coodiag.coodiag_plugin.qgis_bridge.layers import REAL, TEXT, memory_layer, records
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)

CRS = "EPSG:2154"
SIDE = 2000.0
X0, Y0 = 350_000.0, 6_780_000.0
#: Fictitious codes of a square of 6 × 6 communes.
WIDTH = 6
CODES = [f"99{rank:03d}" for rank in range(1, WIDTH * WIDTH + 1)]


def middle(rank: int) -> tuple[float, float]:
    """Middle of the commune ``rank``: a crossing of the roads."""
    return X0 + SIDE * (rank % WIDTH + 0.5), Y0 + SIDE * (rank // WIDTH + 0.5)


def communes(figures: Mapping[str, Sequence[Any]], crs: str = CRS) -> QgsVectorLayer:
    """Square communes with figures; a text (``secret``) is a state without a number."""
    columns: dict[str, Any] = {"codgeo": TEXT, "nom": TEXT, "role": TEXT}
    for name in figures:
        columns.update({name: REAL, f"{name}_etat": TEXT})
    rows = []
    for rank, code in enumerate(CODES):
        row: dict[str, Any] = {"codgeo": code, "nom": f"Fictive-{code}", "role": "territoire"}
        for name, values in figures.items():
            value = values[rank]
            known = not isinstance(value, str)
            row.update(
                {name: value if known else None, f"{name}_etat": "connu" if known else value}
            )
        x, y = middle(rank)
        half = SIDE / 2
        box = QgsRectangle(x - half, y - half, x + half, y + half)
        rows.append((row, moved(QgsGeometry.fromRect(box), crs)))
    return memory_layer("communes", columns, "Polygon", crs, rows)


def moved(shape: QgsGeometry, crs: str) -> QgsGeometry:
    if crs != CRS:
        shape.transform(
            QgsCoordinateTransform(
                QgsCoordinateReferenceSystem(CRS),
                QgsCoordinateReferenceSystem(crs),
                QgsProject.instance(),
            )
        )
    return shape


def points(
    rows: Sequence[tuple[Mapping[str, Any], tuple[float, float] | None]],
    columns: Mapping[str, Any],
    name: str = "sites",
    crs: str = CRS,
) -> QgsVectorLayer:
    shapes = [
        (row, moved(QgsGeometry.fromPointXY(QgsPointXY(*at)), crs) if at else None)
        for row, at in rows
    ]
    return memory_layer(name, columns, "Point", crs, shapes)


def sites(places: Sequence[tuple[str, int, Any]], name: str = "sites") -> QgsVectorLayer:
    """Sites in the middle of communes: (name, rank of the commune, surface)."""
    columns = {"nom": TEXT, "surface": REAL, "ville": TEXT}
    rows = [
        ({"nom": label, "surface": surface, "ville": CODES[rank]}, middle(rank))
        for label, rank, surface in places
    ]
    return points(rows, columns, name)


def roads(crs: str = CRS) -> QgsVectorLayer:
    """Crossing streets through the middles; any lines, hence at the stated speed of 30 km/h."""
    lines = []
    for rank in range(WIDTH):
        x, y = middle(rank * (WIDTH + 1))
        (left, low), (right, high) = middle(0), middle(WIDTH * WIDTH - 1)
        steps = [left + SIDE * step for step in range(WIDTH)]
        lines.append([QgsPointXY(at, y) for at in steps])
        steps = [low + SIDE * step for step in range(WIDTH)]
        lines.append([QgsPointXY(x, at) for at in steps])
        assert (right - left, high - low) == (SIDE * (WIDTH - 1),) * 2
    shapes = [({"id": "r"}, moved(QgsGeometry.fromPolylineXY(line), crs)) for line in lines]
    return memory_layer("roads", {"id": TEXT}, "LineString", crs, shapes)


def rows_of(layer: QgsVectorLayer) -> list[dict[str, Any]]:
    return [row for row, _ in records(layer)]
