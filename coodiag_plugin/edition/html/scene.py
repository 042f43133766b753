"""A map as shapes on a screen: what the bridge draws from the layers and the page writes as SVG.

Coordinates are whole units of a sheet :data:`WIDTH` units wide, y downwards. Figures are texts as
they are printed: a scene holds no number that is not published.
"""

from __future__ import annotations

from dataclasses import dataclass

#: Units across a map. At its usual width on a screen (800 pixels) a unit is a fifth of a pixel.
WIDTH = 4000
#: The largest distance (units) between a line and its simplified drawing: 0.3 pixel.
TOLERANCE = 1.5


@dataclass(frozen=True)
class Place:
    """A commune of the territory: its outline and the point where its name stands."""

    code: str
    name: str
    path: str
    x: int
    y: int


@dataclass(frozen=True)
class Name:
    """A name on the map, around its point or ``below`` it; shown when a pixel covers ``level``
    units at most, lest names overlap."""

    text: str
    x: int
    y: int
    level: float
    below: bool = False


@dataclass(frozen=True)
class Line:
    """A limit of a level (EPCI, DEP, TERRITOIRE); width in pixels."""

    path: str
    colour: str
    width: float
    dashed: bool


@dataclass(frozen=True)
class Ground:
    """What is around every map of a report, the same for all of them; ``metres`` of a unit."""

    height: int
    metres: float
    places: tuple[Place, ...]
    neighbours: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Entry:
    """A class or a box of the legend, as it is painted on the map (``paint`` at ``opacity``) and
    as it looks in the legend (``colour``). ``mark``: circle, square or triangle, for points."""

    label: str
    colour: str
    paint: str
    outline: str
    opacity: float = 1.0
    hatch: bool = False
    angle: float = 45.0
    mark: str = ""


@dataclass(frozen=True)
class Row:
    """A unit of the map in words: its name and its figures as printed, in the order of the columns."""

    code: str
    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Shape:
    """Something drawn for a row in the look of an entry: an area (``path``), a circle (``x``,
    ``y``, ``radius``) or a mark (``x``, ``y``)."""

    kind: str  # area, circle, mark
    row: int
    entry: int
    path: str = ""
    x: int = 0
    y: int = 0
    radius: float = 0.0


@dataclass(frozen=True)
class Spot:
    """A point that lies over the map: a site with its name, or a nameless mark of one colour."""

    x: int
    y: int
    name: str
    colour: str
    kind: str  # site, dot

    @property
    def eastern(self) -> bool:
        """Whether its name stands to its left, lest it leave the map."""
        return self.x > 0.6 * WIDTH


@dataclass(frozen=True)
class Scene:
    """A thematic map. ``shapes`` from the bottom to the top; ``columns`` name the cells of ``rows``
    after the first one, ``heading``."""

    ground: Ground
    heading: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    entries: tuple[Entry, ...]
    shapes: tuple[Shape, ...]
    spots: tuple[Spot, ...] = ()
    names: tuple[Name, ...] = ()
