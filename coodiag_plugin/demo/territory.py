"""Geography of the demonstration: two EPCIs on either bank of a river, and their neighbours."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field

from . import words
from .numbers import clamp, luhn_key, shares, stream
from .plane import Bending, Point, Scatter, area, circumcentre, distance, triangles

DEPARTMENT, REGION = "53", "52"
DEPARTMENT_NAME = "Département fictif"
REGION_NAME = "Région fictive"
COG = 2024
FIRST_CODE = 53901
NORTH_COUNT, SOUTH_COUNT = 27, 18
INHABITANTS = 70_000
_TOWN_SPOT, _SECOND_SPOT, _VALLEY_SPOT = (2500.0, 2300.0), (6500.0, -8500.0), (-13500.0, 1500.0)


@dataclass(frozen=True)
class Epci:
    code: str
    name: str
    members: str  # « territoire » or « voisin »


def _epci(number: int, name: str, members: str) -> Epci:
    digits = f"2453909{number}"
    return Epci(digits + luhn_key(digits), name, members)


NORTH = _epci(1, "CA de Demoville Agglomération", "territoire")
SOUTH = _epci(2, "CC du Pays de Fictange", "territoire")
AROUND = (
    _epci(3, "CC des Collines Imaginaires", "voisin"),
    _epci(4, "CC du Haut Bocage Fictif", "voisin"),
    _epci(5, "CC des Rives de la Fable", "voisin"),
)


@dataclass
class Commune:
    """A commune of the demonstration. ``seat`` is on the plan, ``ring`` in Lambert-93."""

    name: str
    seat: Point
    epci: Epci
    code: str = ""
    population: int = 0
    ring: list[Point] = field(default_factory=list)
    km2: float = 0.0
    postcode: str = ""
    zone: str = ""  # ZE2020
    to_town: float = 0.0  # km from its seat to the main town
    valley: float = 0.0  # 0–1, how much the closed mills of the west weigh on it
    former: tuple[tuple[str, str, float], ...] = ()  # code, name, share: communes it replaced

    @property
    def inside(self) -> bool:
        """Whether it belongs to the territory of the diagnosis."""
        return self.epci.members == "territoire"


@dataclass
class World:
    """The whole demonstration geography: ``communes`` sorted by code."""

    seed: int
    bending: Bending
    communes: list[Commune]
    seats: list[Point]  # of every cell, those outside the département included
    owners: dict[int, Commune]  # cell → commune
    _nearby: dict[tuple[int, int], list[int]] = field(default_factory=dict)

    def owner(self, point: Point) -> tuple[Commune | None, float]:
        """Commune of a point of the plan, and about how far (m) the point is from its limit."""
        square = math.floor(point[0] / 3000), math.floor(point[1] / 3000)
        cells = self._nearby.get(square)
        if cells is None:
            middle = (square[0] * 3000 + 1500.0, square[1] * 3000 + 1500.0)
            cells = sorted(range(len(self.seats)), key=lambda c: distance(self.seats[c], middle))[
                :16
            ]
            self._nearby[square] = cells
        (first, cell), (second, _) = sorted((distance(point, self.seats[c]), c) for c in cells)[:2]
        return self.owners.get(cell), (second - first) / 2

    def named(self, name: str) -> Commune:
        return next(commune for commune in self.communes if commune.name == name)

    @property
    def expression(self) -> str:
        return f"EPCI:{NORTH.code},{SOUTH.code}"


def build(seed: int) -> World:
    """Lay out the cells, choose the communes, name, people and draw them."""
    rng = stream(seed, "territory")
    bending = Bending(rng)
    seats = _seats(rng)
    mesh = triangles(seats)
    neighbours = _neighbours(mesh)
    north, south = _core(seats)
    ring = sorted({n for cell in north + south for n in neighbours[cell]} - {*north, *south})
    owners = {}
    for cells, epcis in ((north, (NORTH,)), (south, (SOUTH,)), (ring, AROUND)):
        for cell in cells:
            x, y = seats[cell]
            sector = int((math.atan2(y, x) + math.pi) / math.tau * 3 + 0.35) % 3
            owners[cell] = Commune("", seats[cell], epcis[sector if len(epcis) > 1 else 0])
    _outlines(owners, seats, mesh, bending, rng)
    communes = list(owners.values())
    _names(communes, rng)
    _codes(communes)
    _people(communes, rng)
    _postcodes(communes)
    communes.sort(key=lambda commune: commune.code)
    return World(seed, bending, communes, seats, owners)


def _seats(rng: random.Random) -> list[Point]:
    """Centres of the cells: mirrored pairs along the river, so that it is a limit, then a scatter."""
    scatter = Scatter(4000)
    x = -40000.0
    while x < 40000:
        depth = rng.uniform(1500, 2300)
        for bank in (1, -1):
            scatter.add((x, bank * depth))
        x += rng.uniform(3700, 4700)
    for spot in (_TOWN_SPOT, _SECOND_SPOT):
        if not scatter.near(spot, 2400):
            scatter.add(spot)
    for _ in range(9000):
        spot = (rng.uniform(-40000, 40000), rng.uniform(-38000, 40000))
        spacing = rng.choice((2500, 2900, 3500, 4000))
        if abs(spot[1]) > 3500 and not scatter.near(spot, spacing):
            scatter.add(spot)
    return scatter.points


def _neighbours(mesh: list[tuple[int, int, int]]) -> dict[int, set[int]]:
    near: dict[int, set[int]] = {}
    for face in mesh:
        for cell in face:
            near.setdefault(cell, set()).update(other for other in face if other != cell)
    return near


def _core(seats: list[Point]) -> tuple[list[int], list[int]]:
    """Cells of the two EPCIs: the nearest to the middle on each bank."""

    def rank(cell: int) -> float:
        x, y = seats[cell]
        return math.hypot(x / 1.15, (y - 2300) / 1.0)

    ordered = sorted(range(len(seats)), key=rank)
    north = [cell for cell in ordered if seats[cell][1] > 0][:NORTH_COUNT]
    south = [cell for cell in ordered if seats[cell][1] < 0][:SOUTH_COUNT]
    return sorted(north), sorted(south)


def _outlines(
    owners: dict[int, Commune],
    seats: list[Point],
    mesh: list[tuple[int, int, int]],
    bending: Bending,
    rng: random.Random,
) -> None:
    """Draw each cell once limit by limit: both sides of a limit share the very same vertices."""
    centres = [circumcentre(*(seats[cell] for cell in face)) for face in mesh]
    around: dict[int, list[int]] = {}
    for number, face in enumerate(mesh):
        for cell in face:
            around.setdefault(cell, []).append(number)
    limits: dict[tuple[int, int], list[Point]] = {}
    for cell, commune in owners.items():
        x, y = seats[cell]

        def turn(face: int, x: float = x, y: float = y) -> float:
            corners = [seats[corner] for corner in mesh[face]]
            return math.atan2(
                sum(c[1] for c in corners) / 3 - y, sum(c[0] for c in corners) / 3 - x
            )

        faces = sorted(around[cell], key=turn)
        ring: list[Point] = []
        for first, second in zip(faces, faces[1:] + faces[:1]):
            key = (min(first, second), max(first, second))
            if key not in limits:
                (other,) = set(mesh[first]) & set(mesh[second]) - {cell}
                crooked = _crooked(centres[key[0]], centres[key[1]], seats[cell], seats[other], rng)
                limits[key] = bending.line(crooked, 160)
            border = limits[key] if key[0] == first else limits[key][::-1]
            ring += border[:-1]
        ring.append(ring[0])
        commune.ring = ring
        commune.km2 = round(area(ring) / 1e6, 2)


def _crooked(a: Point, b: Point, one: Point, other: Point, rng: random.Random) -> list[Point]:
    """A broken line from ``a`` to ``b`` that stays in the kite of its two cells' centres."""
    length = distance(a, b)
    slope = 0.30
    for end, far in ((a, b), (b, a)):
        for seat in (one, other):
            ux, uy, vx, vy = far[0] - end[0], far[1] - end[1], seat[0] - end[0], seat[1] - end[1]
            along, across = ux * vx + uy * vy, abs(ux * vy - uy * vx)
            if along > 0:
                slope = min(slope, 0.6 * across / along)
    pieces = max(1, round(length / 260))
    offsets = [0.0] * (pieces + 1)
    _displace(offsets, 0, pieces, length * slope * 0.55, rng)
    nx, ny = (a[1] - b[1]) / (length or 1), (b[0] - a[0]) / (length or 1)
    line = [a]
    for piece in range(1, pieces):
        t = piece / pieces
        room = slope * length * min(t, 1 - t)
        offset = clamp(offsets[piece], -room, room)
        line.append(
            (a[0] + (b[0] - a[0]) * t + nx * offset, a[1] + (b[1] - a[1]) * t + ny * offset)
        )
    return [*line, b]


def _displace(
    offsets: list[float], low: int, high: int, amplitude: float, rng: random.Random
) -> None:
    """Midpoint displacement: each half again is moved by about half as much."""
    if high - low < 2:
        return
    middle = (low + high) // 2
    offsets[middle] = (offsets[low] + offsets[high]) / 2 + rng.uniform(-1, 1) * amplitude
    _displace(offsets, low, middle, amplitude * 0.55, rng)
    _displace(offsets, middle, high, amplitude * 0.55, rng)


def _names(communes: list[Commune], rng: random.Random) -> None:
    """Give the story's names to the communes nearest to its spots, the others at random."""
    north = [c for c in communes if c.epci is NORTH]
    south = [c for c in communes if c.epci is SOUTH]

    def claim(pool: list[Commune], spot: Point, name: str) -> Commune:
        free = [commune for commune in pool if not commune.name]
        chosen = min(free, key=lambda commune: distance(commune.seat, spot))
        chosen.name = name
        return chosen

    town = claim(north, _TOWN_SPOT, words.MAIN_TOWN)
    claim(south, _SECOND_SPOT, words.SECOND_TOWN)
    for name in words.VALLEY:
        claim([c for c in communes if c.inside], _VALLEY_SPOT, name)
    claim(north, (9500, 9500), words.MERGED[0])
    claim([c for c in communes if not c.inside], (24000, 14000), words.MARKET_TOWN)
    others = list(words.COMMUNES)
    rng.shuffle(others)
    on_river = [name for name in others if name.endswith("sur-Fable")]
    others = [name for name in others if name not in on_river]
    for commune in sorted(communes, key=lambda c: abs(c.seat[1])):
        if not commune.name:
            commune.name = on_river.pop() if on_river else others.pop()
    for commune in communes:
        commune.to_town = distance(commune.seat, town.seat) / 1000
        commune.valley = math.exp(-((distance(commune.seat, _VALLEY_SPOT) / 5500) ** 2))


def _codes(communes: list[Commune]) -> None:
    """Alphabetical codes, as the official geographic code was numbered."""
    former = {words.MERGED[2]: None}
    ordered = sorted([*(c.name for c in communes), *former], key=_sorting)
    codes = {name: str(FIRST_CODE + rank) for rank, name in enumerate(ordered)}
    for commune in communes:
        commune.code = codes[commune.name]
        if commune.name == words.MERGED[0]:
            commune.former = (
                (commune.code, words.MERGED[1], 0.62),
                (codes[words.MERGED[2]], words.MERGED[2], 0.38),
            )
        commune.zone = "5298" if commune.epci in (SOUTH, AROUND[0]) else "5299"


def _sorting(name: str) -> str:
    plain = name.translate(str.maketrans("ÉÈéèêëïîôàç'-Œœ", "EEeeeeiioac  Oo"))
    for article in ("La ", "Le ", "Les ", "L "):
        if plain.startswith(article):
            return plain[len(article) :]
    return plain


def _people(communes: list[Commune], rng: random.Random) -> None:
    """Two towns, a market town, industrial villages; the rest log-normal, denser near the town."""
    fixed = {words.MAIN_TOWN: 18_000, words.SECOND_TOWN: 9_000, words.MARKET_TOWN: 5_200}
    fixed.update(zip(words.VALLEY, (3_100, 2_300, 1_700, 1_350)))
    wishes = {}
    for commune in communes:
        wish = rng.lognormvariate(math.log(560), 0.62)
        wish *= 1 + 4.2 * math.exp(-((commune.to_town / 6.5) ** 2))
        wishes[commune.name] = fixed.get(commune.name, clamp(wish, 85, 4300))
    inside = [commune for commune in communes if commune.inside]
    free = [commune for commune in inside if commune.name not in fixed]
    left = INHABITANTS - sum(fixed[c.name] for c in inside if c.name in fixed)
    for commune, population in zip(free, shares(left, [wishes[c.name] for c in free])):
        commune.population = population
    for commune in communes:
        if not commune.population:
            commune.population = round(wishes[commune.name])


def _postcodes(communes: list[Commune]) -> None:
    """Postal districts around the largest communes of each EPCI, three to six communes each."""
    number = 0
    for epci in (NORTH, SOUTH, *AROUND):
        members = [commune for commune in communes if commune.epci is epci]
        heads: list[Commune] = []
        for commune in sorted(members, key=lambda c: -c.population):
            if len(heads) < max(2, round(len(members) / 4.5)) and all(
                distance(commune.seat, head.seat) > 5500 for head in heads
            ):
                heads.append(commune)
        codes = {head.name: f"53{900 + 5 * (number + rank)}" for rank, head in enumerate(heads)}
        number += len(heads)
        for commune in members:
            nearest = min(heads, key=lambda head: distance(head.seat, commune.seat))
            commune.postcode = codes[nearest.name]
