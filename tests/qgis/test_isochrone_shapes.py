"""Isochrones hold what is reached and no more: holes, crumbs, rings that owe nothing to the others."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.qgis_bridge import isochrone_check, isochrone_engines
from coodiag.coodiag_plugin.qgis_bridge.isochrone_check import FEWEST, errors, sample
from coodiag.coodiag_plugin.qgis_bridge.isochrone_output import HECTARE, _bands
from coodiag.coodiag_plugin.qgis_bridge.isochrone_services import _shapes
from coodiag.coodiag_plugin.qgis_bridge.isochrone_told import sites_cut
from coodiag.coodiag_plugin.qgis_bridge.isochrones import HOLES, isochrone_layer
from coodiag.coodiag_plugin.qgis_bridge.layers import REAL, TEXT, memory_layer
from coodiag.coodiag_plugin.qgis_bridge.reach_shapes import holding, without_crumbs
from coodiag.coodiag_plugin.qgis_bridge.roads import load_graph
from coodiag.coodiag_plugin.sources.reach.asking import Point, Reach, Wanted
from coodiag.coodiag_plugin.zones.graph import RoadGraph
from coodiag.coodiag_plugin.zones.reach import CRUMB_AREA, HOLE_AREA
from coodiag.processing_algorithms.isochrones import Isochrones
from qgis.core import QgsGeometry, QgsPointXY, QgsRectangle, QgsVectorLayer

CRS = "EPSG:2154"
X, Y = 350_000.0, 6_790_000.0  # invented places


class Heard(Silent):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def say(self, template: str, **fields: Any) -> None:
        self.said.append(template.format(**fields))

    warn = say


def box(west: float, south: float, east: float, north: float) -> QgsGeometry:
    shape = QgsGeometry.fromRect(QgsRectangle(west, south, east, north))
    shape.convertToMultiType()
    return shape


def both(*shapes: QgsGeometry) -> QgsGeometry:
    shape = QgsGeometry.collectGeometry(list(shapes))
    shape.convertToMultiType()
    return shape


def site(*places: tuple[float, float]) -> QgsVectorLayer:
    rows = [
        ({"nom": f"Site {rank}"}, QgsGeometry.fromPointXY(QgsPointXY(X + x, Y + y)))
        for rank, (x, y) in enumerate(places)
    ]
    return memory_layer("sites", {"nom": TEXT}, "Point", CRS, rows)


def network(step: int, side: int) -> RoadGraph:
    """A grid of roads every ``step`` metres over ``side`` metres, 60 km/h."""
    rows = []
    for line in range(0, side + 1, step):
        for start in range(0, side, step):
            for a, b, c, d in (
                (start, line, start + step, line),
                (line, start, line, start + step),
            ):
                shape = QgsGeometry.fromWkt(f"LineString({X + a} {Y + b}, {X + c} {Y + d})")
                rows.append(
                    (
                        {
                            "nature": "Route à 1 chaussée",
                            "importance": "4",
                            "sens_de_circulation": "Double sens",
                            "vitesse_moyenne_vl": 60.0,
                        },
                        shape,
                    )
                )
    columns = {
        "nature": TEXT, "importance": TEXT, "sens_de_circulation": TEXT, "vitesse_moyenne_vl": REAL,
    }  # fmt: skip
    roads = memory_layer("troncon_de_route", columns, "LineString", CRS, rows)
    return load_graph(roads, CRS, "car", Silent())


@pytest.fixture(scope="module")
def graph(qgis_app: Any) -> RoadGraph:
    return network(800, 24_000)


def shapes_of(layer: QgsVectorLayer) -> dict[float, QgsGeometry]:
    return {item["value"]: item.geometry() for item in layer.getFeatures()}


def holes_of(shape: QgsGeometry) -> list[float]:
    return [
        QgsGeometry.fromPolygonXY([ring]).area()
        for polygon in shape.asMultiPolygon()
        for ring in polygon[1:]
    ]


def test_holes_of_ten_hectares_stay_open_by_default(graph: RoadGraph) -> None:
    assert HOLES * HECTARE == HOLE_AREA == 100_000
    # Blocks of 64 ha whose middle is 400 m from the roads: 6 minutes on foot.
    layer, _ = isochrone_layer(graph, site((12_000, 12_000)), values=[6], progress=Silent())
    small = holes_of(shapes_of(layer)[6])
    assert small and min(small) >= HOLE_AREA
    filled, _ = isochrone_layer(
        graph, site((12_000, 12_000)), values=[6], holes=100.0, progress=Silent()
    )
    assert not holes_of(shapes_of(filled)[6])
    wrong = [next(item.getFeatures())["inside_error"] for item in (layer, filled)]
    assert wrong[0] < 5 < wrong[1]


def test_the_parameter_reaches_the_engine(
    graph: RoadGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Isochrones()
    made.initAlgorithm({})
    definition = made.parameterDefinition("HOLES")
    assert definition.defaultValue() == 10 and definition.help()
    seen: dict[str, Any] = {}
    monkeypatch.setattr(isochrone_engines, "load_graph", lambda *a: graph)
    monkeypatch.setattr(
        isochrone_engines, "isochrone_layer", lambda *a, **more: seen.update(more) or ("", "")
    )
    asked = isochrone_engines.Asked([5], holes=3.0)
    places = site((0, 0))
    isochrone_engines.draw(isochrone_engines.Engine(), asked, places, places, Silent())
    assert seen["holes"] == 3.0


def test_a_ring_is_the_same_whatever_is_asked_beside_it(graph: RoadGraph) -> None:
    middle, corner = (12_100, 12_050), (2_000, 3_000)
    alone = shapes_of(isochrone_layer(graph, site(middle), values=[3], progress=Silent())[0])
    more = isochrone_layer(graph, site(middle, corner), values=[3, 9, 14], progress=Silent())[0]
    rings = [item for item in more.getFeatures() if item["nom"] == "Site 0"]
    found = {item["value"]: item.geometry() for item in rings}
    assert found[3].equals(alone[3])
    # The larger ones only gain what the smaller ones hold beyond their own outline.
    for value in (9, 14):
        own = isochrone_layer(graph, site(middle), values=[value], progress=Silent())[0]
        gap = found[value].symDifference(shapes_of(own)[value]).area()
        assert gap < 2e-3 * found[value].area()
    assert found[3].difference(found[9]).area() < 1 and found[9].difference(found[14]).area() < 1


def test_crumbs_go_but_for_that_of_the_origin() -> None:
    home, crumb, large = box(0, 0, 50, 50), box(500, 0, 560, 60), box(1000, 0, 1200, 200)
    small, wide = without_crumbs(
        [both(home, crumb), both(box(0, 0, 60, 60), crumb, large)], (25, 25)
    )
    assert [round(part.area()) for part in small.asGeometryCollection()] == [2500]
    assert sorted(round(part.area()) for part in wide.asGeometryCollection()) == [3600, 40_000]
    assert small.isGeosValid() and wide.isGeosValid()
    # A lone crumb that does not hold the origin stays, here and in the larger ring.
    kept, also = without_crumbs([crumb, both(crumb, large)], (400, 25))
    assert kept.area() == crumb.area() and also.area() == crumb.area() + large.area()
    assert not kept.difference(also).area()


def test_no_ring_of_a_network_has_crumbs(graph: RoadGraph) -> None:
    for merge in ("each", "merged", "nearest"):
        layer, _ = isochrone_layer(
            graph, site((2_000, 3_100), (13_010, 12_000)), values=[3, 6], merge=merge,
            progress=Silent(),
        )  # fmt: skip
        for item in layer.getFeatures():
            assert item.geometry().isGeosValid()
            parts = item.geometry().asGeometryCollection()
            assert all(part.area() >= CRUMB_AREA for part in parts)


def test_bands_give_their_crumbs_to_the_next_one() -> None:
    inner = box(0, 0, 1000, 1000)
    middle = both(box(0, 0, 1000, 1000)).combine(box(1000, 0, 1050, 50))
    middle = both(*middle.combine(box(-300, 0, 0, 1000)).asGeometryCollection())
    outer = box(-300, 0, 2000, 1000)
    bands = _bands([inner, middle, outer])
    for band in bands:
        assert band.isGeosValid()
        assert all(part.area() >= CRUMB_AREA for part in band.asGeometryCollection())
    assert bands[1].area() == pytest.approx(300 * 1000)
    assert sum(band.area() for band in bands) == pytest.approx(outer.area())


def test_a_ring_holds_the_smaller_one_and_fills_what_that_leaves() -> None:
    ring = box(0, 0, 1000, 1000).difference(box(400, 400, 600, 600))
    inner = box(300, 450, 700, 550)
    whole = holding(ring, inner, 100_000)
    assert whole.isGeosValid() and not inner.difference(whole).area()
    assert whole.area() == pytest.approx(1e6)
    assert holding(ring, box(0, 0, 100, 100), 100_000) is ring


def test_the_limit_of_the_roads_is_told_once(graph: RoadGraph) -> None:
    near, far = Heard(), Heard()
    isochrone_layer(graph, site((1_000, 12_000), (12_000, 12_000)), values=[2, 4], progress=near)
    told = [sentence for sentence in near.said if "limit of the road layer" in sentence]
    assert len(told) == 1 and told[0].startswith("The rings of 1 points")
    assert sites_cut(graph, site((1_000, 12_000), (12_000, 12_000)), 4) == 1  # for the journal
    isochrone_layer(graph, site((12_000, 12_000)), values=[2, 4], progress=far)
    assert not any("limit of the road layer" in sentence for sentence in far.said)


def test_each_ring_tells_its_area_and_a_doubtful_one_warns(graph: RoadGraph) -> None:
    heard = Heard()
    layer, _ = isochrone_layer(
        graph, site((12_000, 12_000)), values=[3, 6], holes=100.0, progress=heard
    )
    areas = {value: shape.area() / 1e6 for value, shape in shapes_of(layer).items()}
    for value, area in areas.items():
        (told,) = [sentence for sentence in heard.said if sentence.startswith(f"{value:g} min")]
        assert f"{area:.1f}" in told.replace(",", ".") and "1 points" in told
    assert sum("inside_error" in sentence for sentence in heard.said) == 1
    quiet = Heard()
    isochrone_layer(graph, site((12_000, 12_000)), values=[6], progress=quiet)
    assert not any("inside_error" in sentence for sentence in quiet.said)


def test_a_side_with_few_places_tells_nothing() -> None:
    contained = np.r_[np.ones(100, bool), np.zeros(FEWEST - 1, bool)]
    within = np.r_[np.ones(90, bool), np.zeros(10, bool), np.ones(FEWEST - 1, bool)]
    near = np.ones(len(contained), dtype=bool)
    assert errors(contained, within, near) == (10.0, None)
    contained, within, near = (np.r_[part, part[-1:]] for part in (contained, within, near))
    assert errors(contained, within, near) == (10.0, 100.0)


def test_both_sides_of_a_polygon_are_sampled() -> None:
    speck = box(0, 0, 180, 180)
    places, contained = sample(speck)
    assert len(places) <= isochrone_check.SAMPLE and contained.sum() >= FEWEST
    full = box(0, 0, 30_000, 30_000)
    places, contained = sample(full)
    assert (~contained).sum() >= FEWEST and len(places) == isochrone_check.SAMPLE
    again, _ = sample(full)
    other, _ = sample(full, turn=1)
    assert (again == places).all() and not (other == places).any()


def test_areas_of_services_lose_their_crumbs_and_keep_their_large_holes() -> None:
    point = Point(0, 2.0, 47.0)  # an invented answer around a place in degrees

    def ring(east: float, side: float) -> list[tuple[float, float]]:
        west, south, half = 2.0 + east - side / 2, 47.0 - side / 2, side
        return [(west, south), (west + half, south), (west + half, south + half),
                (west, south + half), (west, south)]  # fmt: skip

    # A block of 11 km by 7 km with a hole of some 27 ha, and a crumb of some 0.8 ha.
    answer = [[ring(0.0, 0.1), ring(0.03, 0.006)], [ring(0.2, 0.001)]]
    found = Reach(shapes={(0, 5.0): answer})
    rows = [
        _shapes([point], Wanted((5.0,), "time", "car"), found, CRS, "each", Silent(), holes)
        for holes in (HOLE_AREA, 1e6)
    ]
    open_, filled = (row[0][0] for row in rows)
    assert len(open_.asMultiPolygon()) == len(filled.asMultiPolygon()) == 1
    assert len(holes_of(open_)) == 1 and not holes_of(filled)
