"""Named streets made of straight successions of road pieces, and houses along them."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

from . import words
from .edges import Edge, Network
from .network import ADDRESSES_PER_HEAD
from .numbers import stream
from .plane import Point, distance, holds
from .territory import Commune, World


@dataclass(frozen=True)
class Address:
    """A numbered address: the unit of BAN and of everything located in the demonstration."""

    commune: Commune
    street: str
    number: int
    suffix: str  # « bis », « ter » or nothing
    x: float  # Lambert-93
    y: float
    hamlet: bool
    former: str = ""  # code of the commune that held it before a merger

    @property
    def line(self) -> str:
        """``12 bis Rue de l’Église``."""
        return f"{self.number}{' ' + self.suffix if self.suffix else ''} {self.street}"


def lay_out(world: World, network: Network) -> list[Address]:
    """Name the streets of each commune and number its houses, ordered by commune and street."""
    rng = stream(world.seed, "streets")
    urban: dict[str, list[Edge]] = {}
    for edge in network.edges:
        if edge.kind == "urbaine":
            urban.setdefault(network.urban[edge.a].code, []).append(edge)
    rural: dict[str, list[int]] = {}
    for node, commune in network.rural.items():
        rural.setdefault(commune.code, []).append(node)
    addresses = []
    for commune in world.communes:
        count = max(14, round(commune.population * ADDRESSES_PER_HEAD))
        village = round(count * (0.96 if commune.population > 4000 else 0.78))
        streets = _streets(network, urban[commune.code])
        _name(commune, streets, network, rng)
        addresses += _houses(commune, streets, network, world, village, rng)
        addresses += _farms(commune, rural[commune.code], network, world, count - village, rng)
    return sorted(addresses, key=lambda a: (a.commune.code, a.street, a.number, a.suffix))


def _streets(network: Network, edges: list[Edge]) -> list[list[Edge]]:
    """Chain the pieces of a village into streets, going straight on at each junction."""
    at: dict[int, list[Edge]] = {}
    for edge in edges:
        at.setdefault(edge.a, []).append(edge)
        at.setdefault(edge.b, []).append(edge)
    free = {id(edge) for edge in edges}
    streets = []
    for edge in sorted(edges, key=lambda e: (e.importance, e.a, e.b)):
        if id(edge) not in free:
            continue
        free.discard(id(edge))
        chain, longest = [edge], 9 if edge.importance <= 4 else 5
        for end in (edge.b, edge.a):
            current, node = edge, end
            while len(chain) < longest:
                follower = _straight_on(network, current, node, at, free)
                if follower is None:
                    break
                free.discard(id(follower))
                chain.insert(len(chain) if end == edge.b else 0, follower)
                current, node = follower, follower.b if follower.a == node else follower.a
        streets.append(chain)
    return streets


def _straight_on(
    network: Network, edge: Edge, node: int, at: dict[int, list[Edge]], free: set[int]
) -> Edge | None:
    """The free piece that goes on from ``edge`` at ``node`` with the least turn, under 40°."""
    back = network.nodes[edge.a if edge.b == node else edge.b]
    here = network.nodes[node]
    best, least = None, math.radians(40)
    for other in at[node]:
        if id(other) not in free:
            continue
        ahead = network.nodes[other.b if other.a == node else other.a]
        turn = math.atan2(ahead[1] - here[1], ahead[0] - here[0]) - math.atan2(
            here[1] - back[1], here[0] - back[0]
        )
        turn = abs(math.remainder(turn, math.tau))
        if turn < least:
            best, least = other, turn
    return best


def _name(
    commune: Commune, streets: list[list[Edge]], network: Network, rng: random.Random
) -> None:
    """Streets of a village share the names of all villages; a town draws on a longer list."""
    if commune.population > 4000:
        towns = list(dict.fromkeys(words.TOWN_STREETS))
        rng.shuffle(towns)
        pool = [*words.VILLAGE_STREETS[:12], *towns]
    else:
        head, tail = list(words.VILLAGE_STREETS[:4]), list(words.VILLAGE_STREETS[4:])
        rng.shuffle(tail)
        pool = head + tail + rng.sample(words.TOWN_STREETS, 25)
    pool = list(dict.fromkeys(pool))
    taken: set[str] = set()
    central = sorted(
        range(len(streets)),
        key=lambda n: (distance(network.nodes[streets[n][0].a], commune.seat), n),
    )
    for rank, number in enumerate(central):
        street = streets[number]
        places = [p for edge in street for p in edge.toward if p != commune.name]
        name = f"Route {_of(places[0])}" if places and rank > 2 else ""
        while not name or name in taken:
            name = pool.pop(0) if pool else f"Passage Fictif {len(taken)}"
        taken.add(name)
        for edge in street:
            edge.street = name


def _of(name: str) -> str:
    for article, contracted in (("Le ", "du "), ("Les ", "des ")):
        if name.startswith(article):
            return contracted + name[len(article) :]
    if name.startswith(("L'", "La ")):
        return "de " + name[0].lower() + name[1:]
    return ("d'" if name[0] in "AEIOUYÉÈÊH" else "de ") + name


def _houses(
    commune: Commune,
    streets: list[list[Edge]],
    network: Network,
    world: World,
    count: int,
    rng: random.Random,
) -> list[Address]:
    """Houses at regular steps on both sides of every street: odd on the left, even on the right."""
    lines = [_polyline(street, network, world) for street in streets]
    total = sum(_length(line) for line in lines)
    step = total / count
    former = commune.former[0][0] if commune.former else ""
    addresses, carried = [], step / 2
    for street, line in zip(streets, lines):
        position, rank = carried, 0
        length = _length(line)
        while position < length:
            (x, y), (dx, dy) = _at(line, position)
            left = rank % 2 == 0
            away = rng.uniform(8, 16) * (1 if left else -1)
            number = 2 * (rank // 2) + (1 if left else 2)
            suffix = rng.choice(("bis", "bis", "ter")) if rng.random() < 0.035 else ""
            addresses.append(
                Address(
                    commune,
                    street[0].street,
                    number,
                    suffix,
                    round(x - dy * away, 2),
                    round(y + dx * away, 2),
                    False,
                    former,
                )
            )
            rank += 1
            position += step
        carried = position - length
    return addresses


def _polyline(street: list[Edge], network: Network, world: World) -> list[Point]:
    """The street in Lambert-93, its pieces turned the same way."""
    nodes = [street[0].a, street[0].b]
    if len(street) > 1 and street[0].a in (street[1].a, street[1].b):
        nodes.reverse()
    for edge in street[1:]:
        nodes.append(edge.b if edge.a == nodes[-1] else edge.a)
    return world.bending.line([network.nodes[node] for node in nodes])


def _length(line: list[Point]) -> float:
    return sum(distance(a, b) for a, b in zip(line, line[1:]))


def _at(line: list[Point], position: float) -> tuple[Point, Point]:
    """Point and unit direction at ``position`` metres from the start of the line."""
    for a, b in zip(line, line[1:]):
        piece = distance(a, b)
        if position <= piece and piece > 0:
            direction = (b[0] - a[0]) / piece, (b[1] - a[1]) / piece
            return (a[0] + direction[0] * position, a[1] + direction[1] * position), direction
        position -= piece
    raise ValueError("position beyond the end of the line")


def _farms(
    commune: Commune,
    nodes: list[int],
    network: Network,
    world: World,
    count: int,
    rng: random.Random,
) -> list[Address]:
    """Hamlets of two to seven houses around rural junctions, numbered from 1."""
    names, spots = rng.sample(words.HAMLETS, len(words.HAMLETS)), rng.sample(nodes, len(nodes))
    addresses: list[Address] = []
    while len(addresses) < count and names and spots:
        x, y = world.bending.world(network.nodes[spots.pop()])
        if not all(holds(commune.ring, (x + dx, y + dy)) for dx in (-60, 60) for dy in (-60, 60)):
            continue  # the limit of the commune is drawn less straight than the plan's
        name = names.pop()
        former = commune.former[len(names) % 2][0] if commune.former else ""
        for number in range(1, min(rng.randint(2, 7), count - len(addresses)) + 1):
            angle, away = rng.uniform(0, math.tau), rng.uniform(14, 55)
            addresses.append(
                Address(
                    commune,
                    name,
                    number,
                    "",
                    round(x + away * math.cos(angle), 2),
                    round(y + away * math.sin(angle), 2),
                    True,
                    former,
                )
            )
    return addresses
