"""The fast road with its two carriageways and interchanges, and a fragment that leads nowhere."""

from __future__ import annotations

import math
from collections.abc import Callable

from .edges import Edge, Network
from .plane import Point, distance
from .territory import Commune, World

#: From the east, round the north and west of the main town, then south past the second town.
_ROUTE: tuple[Point, ...] = (
    (27000, 11500),
    (19000, 8800),
    (12500, 5600),
    (6200, 4300),
    (2600, 4900),
    (-300, 3700),
    (-700, 1200),
    (-200, -1100),
    (2000, -3600),
    (4200, -6300),
    (4300, -9300),
    (5200, -12500),
    (5600, -19000),
)
_HALF_WIDTH = 14.0
_STEP = 250.0
_BETWEEN_INTERCHANGES = 3200.0
_NEAR_ROAD = 230.0


def add_express_road(world: World, network: Network, radius: Callable[[Commune], float]) -> None:
    """Two one-way carriageways over the network, joined to it only at interchanges and both ends."""
    axis = [spot for spot in _axis(world, radius) if world.owner(spot)[0] is not None]
    roads = _departmental_nodes(network)
    axis = _from_road_to_road(axis, roads, network.nodes)
    interchanges = _interchanges(axis, roads, network.nodes)
    stops = sorted({0, len(axis) - 1, *interchanges, *range(0, len(axis), 4)})
    for side, forward in ((-1, 1), (1, -1)):
        nodes = {}
        for stop in stops:
            nodes[stop] = len(network.nodes)
            network.nodes.append(_beside(axis, stop, side * _HALF_WIDTH))
        for first, second in zip(stops, stops[1:]):
            middle = tuple(_beside(axis, k, side * _HALF_WIDTH) for k in range(first + 1, second))
            network.edges.append(
                Edge(
                    nodes[first],
                    nodes[second],
                    "express",
                    2,
                    "N 953",
                    one_way=forward,
                    via=middle,
                )
            )
        for stop, target in interchanges.items():
            network.edges.append(Edge(nodes[stop], target, "bretelle", 3))


def _axis(world: World, radius: Callable[[Commune], float]) -> list[Point]:
    """A smooth line through the route, pushed away from the villages."""
    line: list[Point] = []
    points = [_ROUTE[0], *_ROUTE, _ROUTE[-1]]
    for p0, p1, p2, p3 in zip(points, points[1:], points[2:], points[3:]):
        pieces = max(1, round(distance(p1, p2) / _STEP))
        line += [_catmull_rom(p0, p1, p2, p3, piece / pieces) for piece in range(pieces)]
    for _ in range(6):
        line = [_pushed(spot, world, radius) for spot in line]
        line = [
            line[0],
            *(
                ((a[0] + 2 * b[0] + c[0]) / 4, (a[1] + 2 * b[1] + c[1]) / 4)
                for a, b, c in zip(line, line[1:], line[2:])
            ),
            line[-1],
        ]
    return line


def _catmull_rom(p0: Point, p1: Point, p2: Point, p3: Point, t: float) -> Point:
    """Uniform Catmull–Rom spline between ``p1`` and ``p2``."""

    def axis(k: int) -> float:
        return 0.5 * (
            2 * p1[k]
            + (p2[k] - p0[k]) * t
            + (2 * p0[k] - 5 * p1[k] + 4 * p2[k] - p3[k]) * t**2
            + (3 * p1[k] - p0[k] - 3 * p2[k] + p3[k]) * t**3
        )

    return axis(0), axis(1)


def _pushed(spot: Point, world: World, radius: Callable[[Commune], float]) -> Point:
    owner, _ = world.owner(spot)
    if owner is None:
        return spot
    gap, room = distance(spot, owner.seat), radius(owner) + 350
    if gap >= room:
        return spot
    (x, y), (sx, sy) = spot, owner.seat
    scale = room / max(gap, 1.0)
    return sx + (x - sx) * scale, sy + (y - sy) * scale


def _beside(axis: list[Point], place: int, offset: float) -> Point:
    """The point of the axis moved ``offset`` metres to its left."""
    (ax, ay), (bx, by) = axis[max(0, place - 1)], axis[min(len(axis) - 1, place + 1)]
    length = math.hypot(bx - ax, by - ay)
    x, y = axis[place]
    return round(x - (by - ay) / length * offset, 2), round(y + (bx - ax) / length * offset, 2)


def _departmental_nodes(network: Network) -> list[int]:
    return sorted(
        {
            node
            for edge in network.edges
            if edge.importance <= 4 and edge.kind == "rurale"
            for node in (edge.a, edge.b)
        }
    )


def _from_road_to_road(axis: list[Point], roads: list[int], nodes: list[Point]) -> list[Point]:
    """The axis cut at its first and last place near a departmental road, where it ends."""
    near = [
        place
        for place, spot in enumerate(axis)
        if min(distance(nodes[n], spot) for n in roads) < _NEAR_ROAD
    ]
    return axis[near[0] : near[-1] + 1]


def _interchanges(axis: list[Point], roads: list[int], nodes: list[Point]) -> dict[int, int]:
    """Place on the axis → junction of a departmental road near it, spaced along the way."""
    chosen: dict[int, int] = {}
    since = _BETWEEN_INTERCHANGES
    for place, spot in enumerate(axis):
        since += _STEP
        end = place in (0, len(axis) - 1)
        gap, node = min((distance(nodes[n], spot), n) for n in roads)
        if end or (since > _BETWEEN_INTERCHANGES and gap < _NEAR_ROAD):
            chosen[place] = node
            since = 0.0
    return chosen


def add_isolated_lanes(world: World, network: Network) -> None:
    """Private lanes of an estate that no road reaches: every network has such a fragment."""
    start = max(
        (commune for commune in world.communes if not commune.inside), key=lambda c: c.to_town
    )
    spots = (
        (start.seat[0] + dx, start.seat[1] + dy)
        for dx in range(-2000, 2001, 200)
        for dy in range(-2000, 2001, 200)
    )
    x, y = max(
        (spot for spot in spots if world.owner(spot) and world.owner(spot)[0] is start),
        key=lambda spot: min(distance(node, spot) for node in network.nodes),
    )
    base = len(network.nodes)
    network.nodes += [(x, y), (x + 70, y + 20), (x + 130, y), (x + 60, y + 95), (x - 40, y - 60)]
    for a, b in ((0, 1), (1, 2), (1, 3), (0, 4)):
        network.edges.append(Edge(base + a, base + b, "isolee", 5))
