"""The report context: everything that is printed, frozen, before any page is drawn.

Every document (atlas, later report, slides, workbook) renders this same context, so a figure in a
sentence, a card and a table is one object. JSON round-trip: ``from_json(to_json(c)) == c``.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, field, fields, is_dataclass
from functools import cache
from typing import Any, Optional, TypeVar, Union, get_args, get_origin, get_type_hints

from ..core.design import MapDesign
from ..core.provenance import Provenance

Frozen = TypeVar("Frozen")


@dataclass(frozen=True)
class Figure:
    """A printed figure: a label, a formatted French text, and a note below it."""

    label: str
    text: str
    note: str = ""


@dataclass(frozen=True)
class Series:
    """One series of a chart: ``values`` as long as the chart's categories (None: no figure, the
    sign of ``texts`` stands in its place), ``texts`` as printed beside them."""

    name: str
    values: tuple[Optional[float], ...]
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Chart:
    """A chart as data. ``kind``: bars (one group of bars per category), stacked (shares that add
    up to 100), pyramid (two series back to back), lines (categories are dates), slope (two dates),
    lorenz (a cumulative curve: the first series lies across), index (bars on either side of
    ``centre``), radar (one ray per category, ``most`` at its end), multiples (a panel per series).
    """

    kind: str
    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    centre: Optional[float] = None
    most: Optional[float] = None
    reference: str = ""  # the series of this name and those after it are marks to compare with
    marks: tuple[str, ...] = ()  # what is written at points of the curve, in their order


@dataclass(frozen=True)
class MapPage:
    """One thematic map: ``theme`` names the map theme of the project, ``number`` the page."""

    id: str
    number: int
    chapter: str
    title: str
    subtitle: str
    sentence: str
    layer: str
    design: MapDesign
    sources: tuple[str, ...]
    method: str
    figures: tuple[Figure, ...] = ()
    chart: Optional[Chart] = None  # beside the map, where there is room

    @property
    def theme(self) -> str:
        return self.id


@dataclass(frozen=True)
class TableRow:
    """A row of figures, one text per column of its table."""

    label: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A printed table: the first column holds the labels."""

    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]


@dataclass(frozen=True)
class ActionSheet:
    """An action of the plan, as its sheet prints it."""

    theme: str
    action: str
    pilot: str
    calendar: str
    indicator: str
    rows: tuple[tuple[str, str], ...] = ()  # other columns of the user's table: heading, text


@dataclass(frozen=True)
class Block:
    """A part of a sheet page; ``kind`` names the one field that is filled: table, chart, figures,
    texts (paragraphs), note (the same, small), action, or words (an empty place for the analyst,
    ``texts`` its prompt).
    """

    kind: str
    title: str = ""
    table: Optional[Table] = None
    chart: Optional[Chart] = None
    figures: tuple[Figure, ...] = ()
    texts: tuple[str, ...] = ()
    action: Optional[ActionSheet] = None


@dataclass(frozen=True)
class SheetPage:
    """A page without a map: charts, tables, texts, in the order of ``blocks``."""

    id: str
    number: int
    chapter: str
    title: str
    subtitle: str
    sentence: str
    blocks: tuple[Block, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Chapter:
    """A chapter: its opening page carries up to three findings, and ``words``: what the analyst
    is asked to write there ("" when nothing is), ``analysis``: what was written, or the page of a
    text too long for the opening. ``sheets`` stand between the maps by number."""

    id: str
    index: int
    number: int
    title: str
    colour: str
    findings: tuple[str, ...]
    pages: tuple[MapPage, ...]
    sheets: tuple[SheetPage, ...] = ()
    words: str = ""
    analysis: str = ""


@dataclass(frozen=True)
class CommunePage:
    """One commune: cards, comparison rows and the bars of its chart (None: no bar, its sign)."""

    codgeo: str
    name: str
    sentence: str
    figures: tuple[Figure, ...]
    table: Table
    chart: tuple[tuple[str, Optional[float], str], ...]  # name, value, printed text


@dataclass(frozen=True)
class Quality:
    """How the rows of one file fared: the counts add up to ``read``."""

    file: str
    read: int
    refused: int
    address: int
    street: int
    place: int
    town: int
    failed: int
    repairs: int


@dataclass(frozen=True)
class Skipped:
    """A page that could not be drawn, or a figure not received, and why (on the data page)."""

    title: str
    reason: str


@dataclass(frozen=True)
class Term:
    """An entry of the glossary."""

    term: str
    definition: str


@dataclass(frozen=True)
class ReportContext:
    """A whole diagnosis as printed."""

    title: str
    subtitle: str
    territory: str
    structure: str
    date: str
    version: str
    demo: bool
    minimum: int
    intro: tuple[str, ...]
    synthesis: tuple[Block, ...]
    key_table: Table
    chapters: tuple[Chapter, ...]
    commune_chart_title: str
    communes: tuple[CommunePage, ...]
    commune_first: int
    quality: tuple[Quality, ...]
    notes: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    failures: tuple[Skipped, ...]  # indicators that a service should have given
    method: tuple[str, ...]
    glossary: tuple[Term, ...]
    sources: tuple[Provenance, ...]
    secrecy: tuple[str, ...]
    glossary_pages: tuple[int, ...]  # numbers of the pages over which the glossary is dealt out
    source_pages: tuple[int, ...]
    pages: int
    extra: dict[str, str] = field(default_factory=dict)


class OtherVersion(ValueError):
    """A document with a part that this version does not know: it cannot be printed whole."""


def in_order(chapter: Chapter) -> list[MapPage | SheetPage]:
    """The pages of a chapter, maps and sheets, by their number."""
    return sorted((*chapter.pages, *chapter.sheets), key=lambda page: page.number)


def to_json(context: ReportContext) -> str:
    """The context as JSON text (sorted keys, so that equal contexts give equal bytes)."""
    return json.dumps(asdict(context), ensure_ascii=False, indent=1, sort_keys=True)


def from_json(text: str) -> ReportContext:
    """Read a context back; raises ``KeyError``, ``TypeError`` or ``ValueError`` on a document that
    is not one (:class:`OtherVersion` when another version made it), or that holds a value of another kind than the one it stands for."""
    try:
        return _build(ReportContext, json.loads(text))
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def _build(kind: type[Frozen], data: Any) -> Frozen:
    if not isinstance(data, dict):
        raise TypeError(f"{kind.__name__}: not an object")
    hints = _hints(kind)  # type: ignore[arg-type]
    unknown = data.keys() - hints.keys()
    if unknown:
        raise OtherVersion(f"{kind.__name__}: {', '.join(sorted(unknown))}")
    # A dossier of an earlier version lacks the fields that came since: they have defaults.
    held = [f for f in fields(kind) if f.name in data]  # type: ignore[arg-type]
    return kind(**{f.name: _read(hints[f.name], data[f.name]) for f in held})


@cache
def _hints(kind: Any) -> dict[str, Any]:
    """Types of the fields: Python reads the names of each anew, for each of thousands of pieces."""
    return get_type_hints(kind)


def _read(hint: Any, value: Any) -> Any:
    if is_dataclass(hint) and isinstance(hint, type):
        return _build(hint, value)
    if get_origin(hint) is Union:
        inner = next(kind for kind in get_args(hint) if kind is not type(None))
        return None if value is None else _read(inner, value)
    if get_origin(hint) is tuple:
        return _tuple(get_args(hint), value)
    if get_origin(hint) is dict:
        return {_leaf(str, key): _leaf(str, held) for key, held in value.items()}
    return _leaf(hint, value)


def _tuple(inner: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise TypeError(f"not a list: {value!r}")
    if len(inner) == 2 and inner[1] is Ellipsis:
        return tuple(_read(inner[0], item) for item in value)
    if len(inner) != len(value):
        raise ValueError(f"{len(inner)} items were expected: {value!r}")
    return tuple(_read(kind, item) for kind, item in zip(inner, value))


def _leaf(kind: type, value: Any) -> Any:
    """A text, a number or a mark; a number must be one that can be drawn, a text one that can be
    written (a half of a pair of UTF-16 cannot)."""
    taken = (int, float) if kind is float else (kind,)
    if not isinstance(value, taken) or (isinstance(value, bool) and kind is not bool):
        raise TypeError(f"not of the kind {kind.__name__}: {value!r}")
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"not a number: {value!r}")
    if isinstance(value, str):
        value.encode("utf-8")
    return value
