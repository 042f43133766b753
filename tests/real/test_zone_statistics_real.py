"""Figures of zones on Insee's real grids, and of communes of the base du comparateur."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.qgis_bridge.layers import REAL, TEXT, memory_layer, records
from coodiag.coodiag_plugin.qgis_bridge.zone_statistics import zone_statistics
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsGeometry,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)

pytestmark = pytest.mark.real
CRS = "EPSG:2154"


def opened(path: Path) -> QgsVectorLayer:
    layer = QgsVectorLayer(str(path), path.stem, "ogr")
    assert layer.isValid(), path
    return layer


def around(layer: QgsVectorLayer, margin: float = 2000.0) -> QgsRectangle:
    change = QgsCoordinateTransform(
        layer.crs(), QgsCoordinateReferenceSystem(CRS), QgsProject.instance()
    )
    box = change.transformBoundingBox(layer.extent())
    box.grow(margin)
    return box


def boxes(rectangle: QgsRectangle, columns: int = 1, rows: int = 1) -> QgsVectorLayer:
    """A rectangle cut into equal ones."""
    wide, high = rectangle.width() / columns, rectangle.height() / rows
    cells: list[tuple[dict[str, Any], QgsGeometry]] = []
    for i in range(columns):
        for j in range(rows):
            west, south = rectangle.xMinimum() + i * wide, rectangle.yMinimum() + j * high
            shape = QgsGeometry.fromRect(QgsRectangle(west, south, west + wide, south + high))
            cells.append(({"nom": f"{i}-{j}"}, shape))
    return memory_layer("zones", {"nom": TEXT}, "Polygon", CRS, cells)


def figures(zones: QgsVectorLayer, grid: QgsVectorLayer) -> list[dict[str, Any]]:
    found = zone_statistics(zones, None, grid=grid, progress=Silent())
    return [row for row, _ in records(found)]


GRIDS = {
    "filosofi_1km_35.geojson": (1_013_934.5, "carreaux de 1000 m"),
    "pop_200m_rennes_metropole.geojson": (364_199.0, "carreaux de 200 m"),
    "pop_200m_points_rennes.csv": (196_195.5, "points de population"),
}


def grid_of(real_data: Path, name: str) -> QgsVectorLayer:
    path = real_data / "grid" / name
    if path.suffix != ".csv":
        return opened(path)
    with path.open(encoding="utf-8") as stream:  # rows have one cell, their name, before x
        cells = [row[1:] for row in csv.reader(stream, delimiter=";")][1:]
    rows = [
        ({"pop": float(people)}, QgsGeometry.fromWkt(f"Point({x} {y})")) for x, y, people in cells
    ]
    return memory_layer("points", {"pop": REAL}, "Point", CRS, rows)


@pytest.mark.parametrize("name", GRIDS)
def test_a_zone_that_covers_everything_has_the_total(real_data: Path, name: str) -> None:
    people, words = GRIDS[name]
    grid = grid_of(real_data, name)
    (row,) = figures(boxes(around(grid)), grid)
    assert row["car_population"] == pytest.approx(people, abs=1e-3)
    assert row["method"].startswith(words)
    assert row["squares"] == grid.featureCount()


@pytest.mark.parametrize("name", GRIDS)
def test_a_partition_sums_to_the_total(real_data: Path, name: str) -> None:
    """Empty zones aside, zones hidden for few households are few people."""
    people, _ = GRIDS[name]
    grid = grid_of(real_data, name)
    rows = figures(boxes(around(grid), 4, 3), grid)
    hidden = sum(row["car_population_etat"] == "secret" for row in rows)
    told = sum(row["car_population"] or 0 for row in rows)
    assert told == pytest.approx(people, rel=1e-6) if not hidden else told < people


def test_filosofi_of_ille_et_vilaine(real_data: Path) -> None:
    grid = grid_of(real_data, "filosofi_1km_35.geojson")
    (row,) = figures(boxes(around(grid)), grid)
    assert row["car_menages"] == pytest.approx(438_764.7, abs=0.1)
    assert row["car_pauvrete"] == pytest.approx(100 * 50_281.8 / 438_764.7, abs=1e-3)
    people = sum(r["pop_carr"] * r["revenu"] for r, _ in records(grid))
    assert row["car_niveau_vie"] == pytest.approx(people / 1_013_934.5, rel=1e-6)
    assert "car_surface" not in row


def test_the_real_columns_of_the_200_m_grid(real_data: Path) -> None:
    grid = opened(real_data / "grid" / "filosofi_2015_200m_olemps_12174.gpkg")
    cells = [row for row, _ in records(grid)]
    (row,) = figures(boxes(around(grid)), grid)
    for figure, column in (("car_population", "ind"), ("car_menages", "men")):
        assert row[figure] == pytest.approx(sum(cell[column] for cell in cells), rel=1e-9)
    assert row["car_niveau_vie"] == pytest.approx(
        sum(c["ind_snv"] for c in cells) / sum(c["ind"] for c in cells), rel=1e-9
    )
    treated = sum(c["ind"] for c in cells if c["i_pauv"]) / sum(c["ind"] for c in cells)
    assert row["imputed_poverty"] == pytest.approx(100 * treated)
    named = [(row, shape) for row, shape in records(grid) if row["id_car2010"]]
    assert 0 < len(cells) - len(named) < 40, "some squares of this file have no identifier"
    columns = {"idcar_200m": TEXT, "ind": REAL, "men": REAL}
    rows = [
        ({"idcar_200m": cell["id_car2010"], "ind": cell["ind"], "men": cell["men"]}, shape)
        for cell, shape in named
    ]
    table = memory_layer("table", columns, rows=((cell, None) for cell, _ in rows))
    grid = memory_layer("carreaux", columns, "Polygon", grid.crs().authid(), rows)
    half = around(grid)
    half.setXMaximum((half.xMinimum() + half.xMaximum()) / 2)
    (drawn,), (told,) = figures(boxes(half), grid), figures(boxes(half), table)
    assert told["car_population"] == pytest.approx(drawn["car_population"], rel=1e-4)


def test_communes_by_the_grid_against_their_own_total(real_data: Path) -> None:
    """The département is the sum of its communes, by any method; a commune keeps its own figures."""
    with (real_data / "insee" / "base_cc_comparateur.CSV").open(encoding="utf-8-sig") as stream:
        table = {row["CODGEO"]: row for row in csv.DictReader(stream, delimiter=";")}
    fields = ("P18_POP", "P18_ACT1564", "P18_CHOM1564", "P18_MEN")
    rows = []
    for row, shape in records(opened(real_data / "admin" / "communes_35_france-geojson.geojson")):
        if row["code"] in table:
            found = {name: float(table[row["code"]][name]) for name in fields}
            rows.append(({"codgeo": row["code"], "nom": row["nom"], **found}, shape))
    columns = {"codgeo": TEXT, "nom": TEXT, **dict.fromkeys(fields, REAL)}
    communes = memory_layer("communes", columns, "MultiPolygon", "EPSG:4326", rows)
    assert len(rows) > 300
    grid = grid_of(real_data, "filosofi_1km_35.geojson")
    quarters = boxes(around(communes, 100), 3, 3)
    expected = {name: sum(row[name] for row, _ in rows) for name in fields}
    sums = {}
    for method in ("area", "centroid", "grid"):
        found = [
            row
            for row, _ in records(
                zone_statistics(quarters, communes, method=method, grid=grid, progress=Silent())
            )
        ]
        sums[method] = [row["population_rp"] or 0.0 for row in found]
        assert sum(sums[method]) == pytest.approx(expected["P18_POP"], rel=1e-6)
        low, high = (f([r["taux_chomage"] for r in found if r["taux_chomage"]]) for f in (min, max))
        rate = 100 * expected["P18_CHOM1564"] / expected["P18_ACT1564"]
        assert low < rate < high
    rennes = [pair for pair in rows if pair[0]["codgeo"] == "35238"]
    zone = memory_layer("rennes", {"codgeo": TEXT}, "MultiPolygon", "EPSG:4326", rennes)
    (own,) = [
        row
        for row, _ in records(
            zone_statistics(zone, communes, method="grid", grid=grid, progress=Silent())
        )
    ]
    assert own["population_rp"] == pytest.approx(rennes[0][0]["P18_POP"], rel=1e-3)
    assert own["coverage"] == pytest.approx(100, abs=0.01)
