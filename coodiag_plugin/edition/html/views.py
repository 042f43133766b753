"""What the templates write: the pages of a context with their drawings, legends and tables."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape

from ...core.french import typography
from .. import charts, flow
from ..context import Block, Chapter, Chart, MapPage, SheetPage, Table, TableRow
from .legend import Legend, legend
from .scene import Entry, Name, Scene, Shape
from .tables import Grid, grid

#: Width (mm) at which charts are drawn: their texts hold on a telephone and on a wide screen.
CHART = 110.0


@dataclass(frozen=True)
class Drawn:
    """A chart: its drawing, its words, and its figures as a table."""

    title: str
    svg: Markup
    grid: Grid


@dataclass(frozen=True)
class BlockView:
    block: Block
    wide: bool
    chart: Drawn | None = None
    grid: Grid | None = None


@dataclass(frozen=True)
class PageView:
    """A page of a chapter: a map (``scene``) or a sheet (``blocks``)."""

    page: MapPage | SheetPage
    anchor: str
    scene: Scene | None = None
    legend: Legend | None = None
    grid: Grid | None = None
    areas: tuple[Group, ...] = ()
    chart: Drawn | None = None
    blocks: tuple[BlockView, ...] = ()


@dataclass(frozen=True)
class Group:
    """Shapes of one look that lie beside one another, or one circle or mark."""

    entry: int
    look: Entry
    shapes: tuple[Shape, ...]


class Paths:
    """Outlines by their path: each is written once in the page, whatever the maps that show it."""

    def __init__(self) -> None:
        self.held: dict[str, str] = {}

    def of(self, path: str) -> str:
        """Identifier of an outline."""
        return self.held.setdefault(path, f"p{len(self.held)}")


class Labels:
    """Names of maps: those of several maps alike are written once."""

    def __init__(self) -> None:
        self.held: dict[tuple[Name, ...], str] = {}

    def of(self, names: tuple[Name, ...]) -> str:
        """Identifier of a group of names."""
        return self.held.setdefault(names, f"noms{len(self.held)}")


class Drawing:
    """Numbers the charts of a page, so that no two of its identifiers are the same."""

    def __init__(self) -> None:
        self.count = 0

    def chart(self, chart: Chart, colour: str) -> Drawn:
        self.count += 1
        ids = f"g{self.count}"
        drawn = charts.svg(chart, CHART, charts.height_of(chart, CHART), colour, ids=ids)
        told = f'<svg role="img" aria-labelledby="{ids}-titre" aria-describedby="{ids}-texte" '
        words = Markup('<title id="{}-titre">{}</title><desc id="{}-texte">{}</desc>').format(
            ids, chart.title or "Graphique", ids, charts.alt(chart)
        )
        head, end, rest = drawn.partition(">")
        return Drawn(
            chart.title,
            Markup(head.replace("<svg ", told, 1) + end) + words + Markup(rest),  # nosec B704
            grid(_table(chart)),
        )


def _table(chart: Chart) -> Table:
    """The figures of a chart: a row per category, a column per series."""
    names = tuple(series.name or chart.title or "Valeur" for series in chart.series)
    rows = tuple(
        TableRow(category, tuple(series.texts[at] for series in chart.series))
        for at, category in enumerate(chart.categories)
    )
    return Table(("Catégorie", *names), rows)


def map_view(page: MapPage, scene: Scene, colour: str, drawing: Drawing) -> PageView:
    table = Table(
        (scene.heading, *scene.columns), tuple(TableRow(row.name, row.cells) for row in scene.rows)
    )
    return PageView(
        page,
        f"page-{page.id}",
        scene,
        legend(page.design, scene),
        grid(table),
        _groups(scene),
        drawing.chart(page.chart, colour) if page.chart else None,
    )


def sheet_view(page: SheetPage, colour: str, drawing: Drawing) -> PageView:
    return PageView(page, f"page-{page.id}", blocks=block_views(page.blocks, colour, drawing))


def block_views(blocks: tuple[Block, ...], colour: str, drawing: Drawing) -> tuple[BlockView, ...]:
    return tuple(
        BlockView(
            block,
            flow.is_wide(block),
            drawing.chart(block.chart, colour) if block.chart else None,
            grid(block.table) if block.table else None,
        )
        for block in blocks
    )


def _groups(scene: Scene) -> tuple[Group, ...]:
    """Areas of a look together (they do not overlap but for zones); circles and marks one by one,
    in the order in which they lie over one another."""
    made: list[Group] = []
    held: dict[int, list[Shape]] = {}
    for shape in scene.shapes:
        if shape.kind == "area":
            held.setdefault(shape.entry, []).append(shape)
        else:
            made.append(Group(shape.entry, scene.entries[shape.entry], (shape,)))
    areas = [Group(entry, scene.entries[entry], tuple(shapes)) for entry, shapes in held.items()]
    return (*areas, *made)


def anchor(chapter: Chapter) -> str:
    return f"chapitre-{chapter.id}"


def paragraphs(text: str) -> Markup:
    """A text of several lines as paragraphs."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return Markup("").join(Markup("<p>{}</p>").format(escape(typography(line))) for line in lines)
