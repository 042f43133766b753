"""What a report is made of, one part after the other; the templates say how each is written.

``chapter`` is the rank of the chapter whose colour a part takes, 0 outside the chapters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Union

from ..context import Chart, Figure
from .picture import Picture


@dataclass(frozen=True)
class Heading:
    """A heading of ``level`` 1 to 3; the contents go down to level 2. ``apart``: on a new page."""

    level: int
    text: str
    chapter: int = 0
    apart: bool = False
    anchor: str = ""
    kind: str = "heading"


@dataclass(frozen=True)
class Text:
    """A paragraph; ``style`` is a name of :data:`TEXT_STYLES`. ``keep``: on the page of the next."""

    text: str
    style: str = "body"
    keep: bool = False
    kind: str = "text"


#: Role of a paragraph → its style in the document.
TEXT_STYLES = {
    "body": "Text_20_body",
    "lead": "Chapeau",
    "label": "Intertitre",
    "written": "Texte_20_analyste",
    "source": "Source",
    "note": "Note",
}


@dataclass(frozen=True)
class Listed:
    """A list; ``numbered`` for the findings of a chapter."""

    texts: tuple[str, ...]
    numbered: bool = False
    kind: str = "list"


@dataclass(frozen=True)
class Entry:
    """A term of the glossary."""

    term: str
    definition: str
    kind: str = "entry"


@dataclass(frozen=True)
class Place:
    """An empty place for the analyst; ``text`` says what is asked."""

    text: str
    kind: str = "place"


@dataclass(frozen=True)
class Grid:
    """A table of figures; a ``caption`` gives it a number. ``lefts``: columns that hold texts."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    lefts: tuple[bool, ...]
    caption: str = ""
    chapter: int = 0
    number: int = 0
    kind: str = "grid"


@dataclass(frozen=True)
class Cards:
    """At most four key figures side by side: labels over figures over notes."""

    figures: tuple[Figure, ...]
    chapter: int = 0
    name: str = ""
    kind: str = "cards"


@dataclass(frozen=True)
class Sheet:
    """A table of two columns without headings: an action of the plan."""

    title: str
    rows: tuple[tuple[str, str], ...]
    chapter: int = 0
    name: str = ""
    kind: str = "sheet"


@dataclass(frozen=True)
class MapDrawing:
    """The map of a page; ``page`` is its key among the pictures."""

    page: str
    title: str
    caption: str
    kind: str = "map"


@dataclass(frozen=True)
class ChartDrawing:
    """A chart in the colour of its chapter. ``low``: under a map, its rows stand closer."""

    chart: Chart
    colour: str
    caption: str
    low: bool = False
    kind: str = "chart"


@dataclass(frozen=True)
class Drawn:
    """A picture in its place: ``name`` of its file, ``sequence`` and ``number`` of its caption."""

    name: str
    picture: Picture
    width: float
    height: float
    sequence: str
    number: int
    caption: str
    kind: str = "drawn"


Part = Union[
    Heading, Text, Listed, Entry, Place, Grid, Cards, Sheet, MapDrawing, ChartDrawing, Drawn
]
#: Sequences of the captions, each with its own numbers.
MAP, CHART, TABLE = "Carte", "Graphique", "Tableau"
