"""Topology of the demonstration: contours without gap or overlap, roads that join up."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.demo import network, territory
from coodiag.coodiag_plugin.demo.generate import DemoPaths
from coodiag.coodiag_plugin.demo.numbers import stream
from coodiag.coodiag_plugin.demo.plane import Bending
from osgeo import ogr

SEEDS = (2026, 5, 11)


def polygon(ring: list[tuple[float, float]]) -> ogr.Geometry:
    edge = ogr.Geometry(ogr.wkbLinearRing)
    for x, y in ring:
        edge.AddPoint_2D(x, y)
    shape = ogr.Geometry(ogr.wkbPolygon)
    shape.AddGeometry(edge)
    return shape


def union(shapes: list[ogr.Geometry]) -> ogr.Geometry:
    many = ogr.Geometry(ogr.wkbMultiPolygon)
    for shape in shapes:
        many.AddGeometry(shape)
    return many.UnionCascaded()


@pytest.mark.parametrize("seed", SEEDS)
def test_communes_share_their_limits_exactly(seed: int) -> None:
    communes = territory.build(seed).communes
    shapes = [polygon(commune.ring) for commune in communes]
    assert all(shape.IsValid() for shape in shapes)
    whole = union(shapes)
    assert whole.GetArea() == pytest.approx(sum(shape.GetArea() for shape in shapes), abs=1.0)
    assert whole.GetGeometryName() == "POLYGON"
    assert whole.GetGeometryCount() == 1, "a hole between the communes"
    for commune, shape in zip(communes, shapes):
        assert commune.km2 == pytest.approx(shape.GetArea() / 1e6, abs=0.006)
        assert 3 < commune.km2 < 45


@pytest.mark.parametrize("seed", SEEDS)
def test_each_epci_of_the_territory_is_in_one_piece(seed: int) -> None:
    communes = territory.build(seed).communes
    for epci in (territory.NORTH, territory.SOUTH):
        shape = union([polygon(c.ring) for c in communes if c.epci is epci])
        assert shape.GetGeometryName() == "POLYGON", (seed, epci.name)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_neighbours_surround_the_territory(seed: int) -> None:
    communes = territory.build(seed).communes
    inner = union([polygon(c.ring) for c in communes if c.inside])
    whole = union([polygon(c.ring) for c in communes])
    assert inner.Boundary().Intersection(whole.Boundary()).Length() < 1.0


def test_published_contours_are_valid_in_degrees(demo: DemoPaths) -> None:
    source = ogr.Open(str(demo.data_folder / "communes_2024.geojson"))
    shapes = [feature.GetGeometryRef().Clone() for feature in source.GetLayer()]
    assert all(shape.IsValid() for shape in shapes)
    total = sum(shape.GetArea() for shape in shapes)
    assert union(shapes).GetArea() == pytest.approx(total, rel=1e-9)


def test_the_bending_never_folds() -> None:
    bending = Bending(stream(2026, "territory"))
    for x in range(-30000, 30001, 1500):
        for y in range(-30000, 30001, 1500):
            (x0, y0), (x1, y1), (x2, y2) = (
                bending.world(p) for p in ((x, y), (x + 10, y), (x, y + 10))
            )
            assert (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0) > 0


Road = tuple[tuple[float, float], tuple[float, float], dict[str, object]]


@pytest.fixture(scope="module")
def roads(demo: DemoPaths) -> list[Road]:
    return list(_roads(demo.data_folder / "troncon_de_route.gpkg"))


def _roads(path: Path) -> Iterator[Road]:
    source = ogr.Open(str(path))
    layer = source.GetLayer("troncon_de_route")
    assert layer.GetSpatialRef().GetAuthorityCode(None) == "2154"
    for feature in layer:
        points = feature.GetGeometryRef().GetPoints()
        yield points[0][:2], points[-1][:2], feature.items()


def _parts(roads: list[Road]) -> list[int]:
    """Sizes (in pieces of road) of the connected parts, largest first."""
    parent: dict[tuple[float, float], tuple[float, float]] = {}

    def root(node: tuple[float, float]) -> tuple[float, float]:
        parent.setdefault(node, node)
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for start, end, _ in roads:
        parent[root(start)] = root(end)
    sizes: dict[tuple[float, float], int] = {}
    for start, _, _ in roads:
        sizes[root(start)] = sizes.get(root(start), 0) + 1
    return sorted(sizes.values(), reverse=True)


def test_the_network_is_one_piece_and_one_fragment(roads: list[Road]) -> None:
    assert 4000 <= len(roads) <= 8000
    parts = _parts(roads)
    assert len(parts) == 2
    assert parts[1] == 4


def test_cars_need_no_path(roads: list[Road]) -> None:
    open_roads = [road for road in roads if int(str(road[2]["vitesse_moyenne_vl"])) > 0]
    closed = [
        road for road in roads if road[2]["acces_vehicule_leger"] == "Physiquement impossible"
    ]
    assert len(open_roads) + len(closed) == len(roads)
    assert len(closed) > 100
    assert len(_parts(open_roads)) == 2


def test_one_can_drive_from_anywhere_to_anywhere_despite_one_way_streets(
    roads: list[Road],
) -> None:
    forward: dict[tuple[float, float], list[tuple[float, float]]] = {}
    backward: dict[tuple[float, float], list[tuple[float, float]]] = {}
    directions = set()
    for start, end, fields in roads:
        way = fields["sens_de_circulation"]
        directions.add(way)
        if fields["acces_vehicule_leger"] != "Libre":
            continue
        if way in ("Double sens", "Sens direct"):
            forward.setdefault(start, []).append(end)
            backward.setdefault(end, []).append(start)
        if way in ("Double sens", "Sens inverse"):
            forward.setdefault(end, []).append(start)
            backward.setdefault(start, []).append(end)
    assert directions == {"Double sens", "Sens direct", "Sens inverse", "Sans objet"}
    nodes = set(forward) | set(backward)
    origin = min(nodes)
    for ways in (forward, backward):
        seen, stack = {origin}, [origin]
        while stack:
            for other in ways.get(stack.pop(), ()):
                if other not in seen:
                    seen.add(other)
                    stack.append(other)
        assert seen == nodes


def test_roads_are_ranked_with_a_fast_road_and_one_way_streets(roads: list[Road]) -> None:
    ranks = {str(fields["importance"]) for *_, fields in roads}
    assert ranks == {"2", "3", "4", "5", "6"}
    fast = [fields for *_, fields in roads if fields["nature"] == "Route à 2 chaussées"]
    assert len(fast) > 60
    assert all(int(str(fields["vitesse_moyenne_vl"])) > 90 for fields in fast)
    one_way = [
        f
        for *_, f in roads
        if f["urbain"] == 1 and str(f["sens_de_circulation"]).startswith("Sens")
    ]
    assert len(one_way) >= 30


def test_roads_other_than_the_fast_one_never_cross_without_a_junction() -> None:
    from coodiag.coodiag_plugin.core.progress import Silent

    world = territory.build(2026)
    net = network.lay_out(world, Silent())
    flat = [e for e in net.edges if e.kind not in ("express", "bretelle", "isolee")]
    cells: dict[tuple[int, int], list[int]] = {}
    for number, edge in enumerate(flat):
        (ax, ay), (bx, by) = net.nodes[edge.a], net.nodes[edge.b]
        for i in range(math.floor(min(ax, bx) / 1000), math.floor(max(ax, bx) / 1000) + 1):
            for j in range(math.floor(min(ay, by) / 1000), math.floor(max(ay, by) / 1000) + 1):
                cells.setdefault((i, j), []).append(number)

    def side(p: tuple[float, float], q: tuple[float, float], r: tuple[float, float]) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    for members in cells.values():
        for rank, first in enumerate(members):
            for second in members[rank + 1 :]:
                one, other = flat[first], flat[second]
                if {one.a, one.b} & {other.a, other.b}:
                    continue
                a, b, c, d = (net.nodes[n] for n in (one.a, one.b, other.a, other.b))
                crossing = side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0
                assert not crossing, (one, other)
