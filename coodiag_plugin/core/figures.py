"""A table of figures: territorial units in rows, indicators in columns, a Value in each cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from .values import ABSENT, SIGN_NOT_SIGNIFICANT, State, Value

#: Suffix of the column that tells the state of a figure in a layer or a sheet.
STATE_SUFFIX = "_etat"
#: Column that says ``n.s.`` of a unit of people whose figures derived from a rate are too uncertain.
SIGNIFICANCE = "status"
UNCERTAIN = ("rate", "low", "high", "shrunk", "index")


@dataclass
class FigureTable:
    """Figures by unit code and indicator id. A cell never filled reads as ABSENT."""

    cells: dict[str, dict[str, Value]] = field(default_factory=dict)

    def put(self, unit: str, indicator: str, value: Value) -> None:
        self.cells.setdefault(unit, {})[indicator] = value

    def get(self, unit: str, indicator: str) -> Value:
        return self.cells.get(unit, {}).get(indicator, ABSENT)

    def units(self) -> list[str]:
        return list(self.cells)

    def column(self, indicator: str, units: Iterable[str] | None = None) -> dict[str, Value]:
        """``{unit: value}`` of one indicator."""
        return {u: self.get(u, indicator) for u in (self.cells if units is None else units)}

    def known(self, indicator: str, units: Iterable[str] | None = None) -> list[float]:
        """The known numbers of a column: what classes and ranks are computed on."""
        return [v.number for v in self.column(indicator, units).values() if v.number is not None]

    def record(self, unit: str, indicators: Iterable[str]) -> dict[str, float | str | None]:
        """One row for a layer or a sheet: ``id`` and ``id_etat`` for each indicator."""
        row: dict[str, float | str | None] = {}
        for indicator in indicators:
            value = self.get(unit, indicator)
            row[indicator] = value.number
            row[indicator + STATE_SUFFIX] = value.state.value
        return row

    def __iter__(self) -> Iterator[tuple[str, str, Value]]:
        for unit, row in self.cells.items():
            for indicator, value in row.items():
                yield unit, indicator, value


def value_of(number: object, state: object, unit: str = "") -> Value:
    """Read a figure back from its two columns (``id``, ``id_etat``) of a layer."""
    if state in (None, "", State.KNOWN.value) and isinstance(number, (int, float)):
        return Value(float(number), unit=unit)
    known = {member.value: member for member in State if member is not State.KNOWN}
    return Value(None, known.get(str(state), State.ABSENT), unit=unit)


def figure_of(row: Mapping[str, Any], name: str, unit: str = "") -> Value:
    """The figure ``name`` of a row of a layer, marked when the row says that it is uncertain."""
    value = value_of(row.get(name), row.get(name + STATE_SUFFIX), unit)
    doubted = name in UNCERTAIN and row.get(SIGNIFICANCE) == SIGN_NOT_SIGNIFICANT
    return replace(value, significant=False) if doubted else value
