"""The list of what is suppressed: where, of whom, which figure, by which family of rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass

from ..figures import FigureTable
from ..values import State
from .reasons import published_reason
from .rules import MIN_COUNT


@dataclass(frozen=True)
class SuppressedCell:
    """A row of the sheet (and of the table) ``secrets``: all in French, fit to be handed out."""

    where: str
    unit: str
    figure: str
    rule: str

    def row(self) -> tuple[str, str, str, str]:
        return astuple(self)


def suppressed_cells(
    tables: Mapping[str, FigureTable], minimum: int = MIN_COUNT
) -> list[SuppressedCell]:
    """Every secret cell of ``tables`` (name of the sheet or layer → figures), in their order.

    The cells are those that the tables themselves mark as secret: the list tells no more of them
    than that, but for the family of the rule.
    """
    return [
        SuppressedCell(name, unit, figure, published_reason(value, minimum))
        for name, table in tables.items()
        for unit, figure, value in table
        if value.state is State.SECRET
    ]
