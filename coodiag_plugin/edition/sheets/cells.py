"""Cells, cards and bars of the sheet pages of the crossings, printed from values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from ...core import french
from ...core.values import State, Value
from ..context import Block, Chart, Series, Table, TableRow


def percent(value: Value, decimals: int = 1) -> str:
    return french.figure(value, decimals, "%")


def plain(value: Value, decimals: int = 0) -> str:
    """A figure whose column already names its unit."""
    return french.figure(value, decimals, "")


def as_printed(value: Value, decimals: int) -> float | None:
    """The number as its text shows it, None where no number is printed."""
    if value.number is None or not value.significant:
        return None
    step = Decimal(1).scaleb(-decimals)
    return float(Decimal(repr(value.number)).quantize(step, rounding=ROUND_HALF_UP))


def points(one: Value, other: Value, decimals: int = 1) -> str:
    """Gap of two shares in points, signed: that of the shares as they are printed."""
    first, second = as_printed(one, decimals), as_printed(other, decimals)
    if first is None or second is None:
        missing = one if first is None else other
        return french.figure(missing, decimals)
    return french.number(first - second, decimals, signed=True)


def table_block(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Block:
    """A table whose first column holds the labels."""
    lines = tuple(
        TableRow(french.typography(row[0]), tuple(french.typography(cell) for cell in row[1:]))
        for row in rows
    )
    return Block("table", french.typography(title), table=Table(tuple(columns), lines))


def series(name: str, values: Sequence[Value], decimals: int, unit: str) -> Series:
    """A series of a chart; what is no number has its sign."""
    return Series(
        name,
        tuple(as_printed(value, decimals) for value in values),
        tuple(french.figure(value, decimals, unit) for value in values),
    )


def chart_block(chart: Chart) -> Block:
    return Block("chart", chart.title, chart=chart)


def quotable(value: Value) -> bool:
    """Whether a sentence may quote the figure."""
    return value.state is State.KNOWN and value.significant


def named(items: Sequence[str], most: int = 3) -> str:
    """« a, b et c », the first ones of a long list."""
    return french.listing(list(items[:most]))
