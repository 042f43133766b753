"""The road network on the plan: junctions, streets, lanes and departmental roads, all planar."""

from __future__ import annotations

import heapq
import math
import random

from ..core.progress import Progress
from . import words
from .edges import Edge, Network
from .express import add_express_road, add_isolated_lanes
from .numbers import clamp, stream
from .plane import Scatter, distance, triangles
from .territory import Commune, World

#: Addresses per inhabitant, and metres of street behind one address.
ADDRESSES_PER_HEAD = 0.112
_STREET_PER_ADDRESS = 15.0
#: Rural junctions keep this far (m) from the limit of their cell.
_FROM_LIMIT = 260.0
Pair = tuple[int, int]


def village_radius(commune: Commune) -> float:
    """Radius in metres of the built-up part of a commune."""
    spacing, count = _village_grid(commune)
    return spacing * math.sqrt(count / math.pi) * 1.15


def _village_grid(commune: Commune) -> tuple[float, int]:
    """Spacing and number of the junctions of a village."""
    spacing = clamp(100 + commune.population / 350, 100, 135)
    streets = commune.population * ADDRESSES_PER_HEAD * 0.8 * _STREET_PER_ADDRESS
    return spacing, max(5, round(streets / (1.25 * spacing)))


def lay_out(world: World, progress: Progress) -> Network:
    """Junctions first, then the planar graph that joins them, then its hierarchy."""
    rng = stream(world.seed, "roads")
    scatter, network = Scatter(300), Network()
    for commune in world.communes:
        progress.check()
        _village(commune, scatter, network, rng)
    pairs = _pairs(world.communes)
    chains = {pair: _chain(pair, world.communes, scatter, rng) for pair in pairs}
    first_rural = len(scatter.points)
    _hamlets(world, scatter, network, rng, first_rural)
    network.nodes = scatter.points
    network.edges = _planar(network, chains)
    progress.check()
    _hierarchy(world, network, chains, progress)
    _lanes_and_paths(network, rng)
    _one_way(network, world.named(words.MAIN_TOWN), rng)
    add_express_road(world, network, village_radius)
    add_isolated_lanes(world, network)
    return network


def _village(commune: Commune, scatter: Scatter, network: Network, rng: random.Random) -> None:
    """A jittered, turned grid of junctions around the seat, ragged at its edge."""
    spacing, count = _village_grid(commune)
    turn, jitter = rng.uniform(0, math.pi), 0.13 if commune.population > 4000 else 0.28
    stretch = rng.uniform(1.0, 1.35)
    cells = []
    reach = int(math.sqrt(count)) + 3
    for i in range(-reach, reach + 1):
        for j in range(-reach, reach + 1):
            rank = math.hypot(i / stretch, j * stretch) + rng.uniform(0, 0.22) * math.sqrt(count)
            cells.append((0.0 if i == j == 0 else rank, i, j))
    for _, i, j in sorted(cells)[:count]:
        x = spacing * (i + (rng.uniform(-jitter, jitter) if i or j else 0))
        y = spacing * (j + (rng.uniform(-jitter, jitter) if i or j else 0))
        node = scatter.add(
            (
                commune.seat[0] + x * math.cos(turn) - y * math.sin(turn),
                commune.seat[1] + x * math.sin(turn) + y * math.cos(turn),
            )
        )
        network.urban[node] = commune
        if i == j == 0:
            network.centres[commune.code] = node


def _pairs(communes: list[Commune]) -> list[Pair]:
    """Neighbouring communes joined by a departmental road (Gabriel graph of their seats)."""
    seats = [commune.seat for commune in communes]
    near = {pair for face in triangles(seats) for pair in _sides(face)}
    kept = []
    for a, b in sorted(near):
        middle = ((seats[a][0] + seats[b][0]) / 2, (seats[a][1] + seats[b][1]) / 2)
        reach = distance(seats[a], seats[b]) / 2
        if reach < 5200 and all(
            distance(middle, seat) >= reach for n, seat in enumerate(seats) if n not in (a, b)
        ):
            kept.append((a, b))
    return kept


def _sides(face: tuple[int, int, int]) -> tuple[Pair, Pair, Pair]:
    a, b, c = face
    return (a, b), (a, c), (b, c)


def _chain(pair: Pair, communes: list[Commune], scatter: Scatter, rng: random.Random) -> list[int]:
    """Junctions along the road between two villages: a gentle curve from edge to edge."""
    one, other = communes[pair[0]], communes[pair[1]]
    (ax, ay), (bx, by) = one.seat, other.seat
    length = distance(one.seat, other.seat)
    bow = rng.uniform(-0.07, 0.07) * length
    nx, ny = (ay - by) / length, (bx - ax) / length
    start, end = village_radius(one) + 150, length - village_radius(other) - 150
    count = max(1, round((end - start) / 390))
    chain = []
    for step in range(count + 1):
        along = (start + (end - start) * step / count) / length
        side = bow * math.sin(math.pi * along) + rng.uniform(-16, 16)
        spot = (ax + (bx - ax) * along + nx * side, ay + (by - ay) * along + ny * side)
        if not scatter.near(spot, 170):
            chain.append(scatter.add(spot))
    return chain


def _hamlets(
    world: World, scatter: Scatter, network: Network, rng: random.Random, first: int
) -> None:
    """Scattered rural junctions: farms, hamlets and crossings between the roads."""
    radius = {commune.code: village_radius(commune) for commune in world.communes}
    for node in range(len(network.urban), first):
        owner, margin = world.owner(scatter.points[node])
        if owner is not None and margin > _FROM_LIMIT:
            network.rural[node] = owner
    xs = [commune.seat[0] for commune in world.communes]
    ys = [commune.seat[1] for commune in world.communes]
    for _ in range(16000):
        spot = (
            rng.uniform(min(xs) - 2500, max(xs) + 2500),
            rng.uniform(min(ys) - 2500, max(ys) + 2500),
        )
        if scatter.near(
            spot, 400 + 240 * (0.5 + 0.5 * math.sin(spot[0] / 3100) * math.cos(spot[1] / 2700))
        ):
            continue
        owner, margin = world.owner(spot)
        if owner is None or margin < _FROM_LIMIT:
            continue
        if distance(spot, owner.seat) > radius[owner.code] + 200:
            network.rural[scatter.add(spot)] = owner


def _planar(network: Network, chains: dict[Pair, list[int]]) -> list[Edge]:
    """Urquhart graph (Delaunay without the longest side of each triangle) and the road chains.

    It holds the Euclidean minimum spanning tree, hence it is connected. Lanes do not cross the
    river: only departmental roads have bridges, as long as both banks stay joined.
    """
    points = network.nodes
    faces = triangles(points)
    sides = {pair for face in faces for pair in _sides(face)}
    dropped = {
        max(_sides(face), key=lambda p: distance(points[p[0]], points[p[1]])) for face in faces
    }
    roads = {(min(pair), max(pair)) for chain in chains.values() for pair in zip(chain, chain[1:])}
    kept = (sides - dropped) | (roads & sides)
    bridges = {p for p in kept if (points[p[0]][1] > 0) != (points[p[1]][1] > 0)}
    town = {p for p in bridges if p[0] in network.urban or p[1] in network.urban}
    return [Edge(a, b) for a, b in sorted((kept - bridges) | (bridges & roads) | town)]


def shortest(
    network: Network, start: int, goal: int, cost: dict[int, list[tuple[int, float, int]]]
) -> list[int]:
    """Edge numbers of the cheapest way (Dijkstra 1959) from ``start`` to ``goal``."""
    best = {start: 0.0}
    came: dict[int, tuple[int, int]] = {}
    queue = [(0.0, start)]
    while queue:
        spent, node = heapq.heappop(queue)
        if node == goal:
            break
        if spent > best[node]:
            continue
        for other, price, number in cost.get(node, ()):
            total = spent + price
            if total < best.get(other, math.inf):
                best[other] = total
                came[other] = (node, number)
                heapq.heappush(queue, (total, other))
    way = []
    while goal in came:
        goal, number = came[goal]
        way.append(number)
    return way[::-1]


def _hierarchy(
    world: World, network: Network, chains: dict[Pair, list[int]], progress: Progress
) -> None:
    """Departmental roads between neighbours, main roads between towns, streets and lanes."""
    chained = {(min(p), max(p)) for chain in chains.values() for p in zip(chain, chain[1:])}
    factors = [0.6 if (e.a, e.b) in chained else 1.0 for e in network.edges]
    communes = world.communes
    costs = _costs(network, factors)
    for rank, (one, other) in enumerate(chains):
        progress.check()
        way = shortest(
            network,
            network.centres[communes[one].code],
            network.centres[communes[other].code],
            costs,
        )
        for number in way:
            edge = network.edges[number]
            edge.importance = 4
            edge.number = edge.number or f"D {rank + 10}"
            edge.toward = edge.toward or (communes[one].name, communes[other].name)
            _set_cost(costs, network, number, 0.5)
    town = world.named(words.MAIN_TOWN)
    far = max((c for c in communes if c.seat[1] < 0), key=lambda c: c.to_town)
    mains = (words.SECOND_TOWN, words.MARKET_TOWN, words.VALLEY[0], far.name)
    for rank, name in enumerate(mains):
        way = shortest(
            network,
            network.centres[town.code],
            network.centres[world.named(name).code],
            costs,
        )
        for number in way:
            network.edges[number].importance = 3
            network.edges[number].number = f"D {rank + 1}"
    for edge in network.edges:
        if edge.a in network.urban and edge.b in network.urban:
            edge.kind = "urbaine"


def _costs(network: Network, factors: list[float]) -> dict[int, list[tuple[int, float, int]]]:
    """Adjacency with the length of each edge times its factor."""
    result: dict[int, list[tuple[int, float, int]]] = {}
    for number, edge in enumerate(network.edges):
        price = network.length(edge) * factors[number]
        result.setdefault(edge.a, []).append((edge.b, price, number))
        result.setdefault(edge.b, []).append((edge.a, price, number))
    return result


def _set_cost(
    costs: dict[int, list[tuple[int, float, int]]], network: Network, number: int, factor: float
) -> None:
    """Give an edge another factor, at its place."""
    edge = network.edges[number]
    for node in (edge.a, edge.b):
        at = next(at for at, (_, _, held) in enumerate(costs[node]) if held == number)
        costs[node][at] = (costs[node][at][0], network.length(edge) * factor, number)


def _lanes_and_paths(network: Network, rng: random.Random) -> None:
    """Some lanes off the spanning tree become paths closed to cars: none is needed by them."""
    tree = spanning_tree(network)
    for number, edge in enumerate(network.edges):
        if (
            edge.kind == "rurale"
            and edge.importance == 5
            and number not in tree
            and rng.random() < 0.42
        ):
            edge.kind, edge.importance = "chemin", 6


def spanning_tree(network: Network) -> set[int]:
    """Numbers of the edges of a tree that prefers important, then short edges (Kruskal 1956)."""
    parent = list(range(len(network.nodes)))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    tree = set()
    order = sorted(
        range(len(network.edges)),
        key=lambda n: (network.edges[n].importance, network.length(network.edges[n]), n),
    )
    for number in order:
        a, b = root(network.edges[number].a), root(network.edges[number].b)
        if a != b:
            parent[a] = b
            tree.add(number)
    return tree


def _one_way(network: Network, town: Commune, rng: random.Random) -> None:
    """One-way streets in the middle of the town, each only if one can still drive round it."""
    streets = [
        number
        for number, edge in enumerate(network.edges)
        if edge.kind == "urbaine"
        and edge.importance == 5
        and network.urban[edge.a] is town
        and distance(network.nodes[edge.a], town.seat) < 0.75 * village_radius(town)
    ]
    inside = {node for node, commune in network.urban.items() if commune is town}
    for number in streets:
        if rng.random() > 0.4:
            continue
        edge = network.edges[number]
        edge.one_way = 1 if rng.random() < 0.5 else -1
        start, end = (edge.b, edge.a) if edge.one_way > 0 else (edge.a, edge.b)
        if not _drivable(network, start, end, inside):
            edge.one_way = 0


def _drivable(network: Network, start: int, end: int, inside: set[int]) -> bool:
    """Whether one can drive from ``start`` to ``end`` within the junctions ``inside``."""
    ways: dict[int, list[int]] = {}
    for edge in network.edges:
        if edge.a in inside and edge.b in inside:
            if edge.one_way >= 0:
                ways.setdefault(edge.a, []).append(edge.b)
            if edge.one_way <= 0:
                ways.setdefault(edge.b, []).append(edge.a)
    seen, stack = {start}, [start]
    while stack:
        for other in ways.get(stack.pop(), ()):
            if other not in seen:
                seen.add(other)
                stack.append(other)
    return end in seen
