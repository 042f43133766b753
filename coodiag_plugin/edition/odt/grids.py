"""Tables of the report from those of the context, and those that only documents print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...core import french
from ...core.provenance import Provenance
from ..context import CommunePage, Figure, Quality, Table, TableRow
from ..flow import TABLE_SIZE, text_columns, widths
from ..measure import breadth
from ..sources import COLUMNS, printed_row
from .parts import Cards, Grid
from .picture import TEXT_WIDTH

_CARDS_A_ROW = 4
#: Least width (mm) of the names of the communes, white in a cell, breadth of bold letters.
_LEAST_LABELS, _PADDING, _BOLD = 28.0, 2.8, 1.06
_SOURCE_WIDTHS = (52.0, 22.0, 20.0, 32.0, 21.0, 23.0)
_QUALITY = ("Fichier", "Lues", "Écartées", "Adresse", "Voie", "Lieu-dit", "Commune", "Échec")


def grid(table: Table, caption: str, chapter: int = 0) -> Grid:
    """A table of the context over the whole width of the text."""
    return Grid(
        table.columns,
        tuple((row.label, *row.cells) for row in table.rows),
        widths(table, TEXT_WIDTH),
        text_columns(table),
        caption,
        chapter,
    )


def cards(figures: Sequence[Figure], chapter: int = 0) -> list[Cards]:
    """Key figures in rows of like length, of four at most."""
    rows = -(-len(figures) // _CARDS_A_ROW)
    each = -(-len(figures) // rows) if rows else 0
    return [
        Cards(tuple(figures[at : at + each]), chapter) for at in range(0, len(figures), each or 1)
    ]


def figure_list(figures: Sequence[Figure], caption: str) -> Grid:
    """Many figures, one under the other, with what they are compared with."""
    rows = tuple((item.label, item.text, item.note) for item in figures)
    return Grid(
        ("Chiffre", "Valeur", "Repère"), rows, (66.0, 26.0, 78.0), (True, False, True), caption
    )


def communes_table(communes: Sequence[CommunePage], caption: str) -> Grid:
    """All the communes, a column for each of their key figures."""
    columns = ("Commune", *(figure.label for figure in communes[0].figures))
    rows = [(item.name, *(figure.text for figure in item.figures)) for item in communes]
    need = [_breadth(columns[at], [row[at] for row in rows]) for at in range(1, len(columns))]
    labels = max(TEXT_WIDTH - sum(need), _LEAST_LABELS)
    scale = (TEXT_WIDTH - labels) / sum(need)
    widths = (labels, *(width * scale for width in need))
    return Grid(columns, tuple(rows), widths, (True, *[False] * len(need)), caption)


def _breadth(heading: str, cells: Sequence[str]) -> float:
    """Millimetres that figures take on one line, and the longest word of their heading."""
    words = (breadth(word, TABLE_SIZE) * _BOLD for word in heading.split(" "))
    return max(*words, *(breadth(text, TABLE_SIZE) for text in cells)) + _PADDING


def quality_table(items: Sequence[Quality], caption: str) -> Grid:
    """What became of the rows of each file."""
    rows = (
        TableRow(
            item.file,
            tuple(
                french.number(count)
                for count in (
                    item.read, item.refused, item.address, item.street, item.place, item.town, item.failed,
                )
            ),
        )
        for item in items
    )  # fmt: skip
    return grid(Table(_QUALITY, tuple(rows)), caption)


def sources_table(items: Iterable[Provenance], caption: str) -> Grid:
    """Every source once: those that print alike make one row."""
    rows = tuple(dict.fromkeys(map(printed_row, items)))
    return Grid(COLUMNS, rows, _SOURCE_WIDTHS, (True,) * len(COLUMNS), caption)
