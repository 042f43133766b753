"""Sheet ``pyramid``: age groups of the territory and of a reference, back to back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...core import french
from ...core.catalogue import Indicator, indicators
from ...core.profiles import Page
from ...core.values import Value, ratio, total
from ..context import Block, Chart, Series
from ..materials import NO_SOURCE, CommuneData, SheetMaterial, heading
from .figures import figure_table, method, number, references_of
from .reading import farthest

#: Fewest groups of a pyramid; groups named in its sentence.
_LEAST, _TOLD = 2, 2


def pyramid_sheet(
    page: Page,
    data: CommuneData,
    sources: Mapping[str, str],
    notes: Mapping[str, str] | None = None,
) -> SheetMaterial | str:
    """The shares of the age groups of ``page.indicators``, youngest first, or why there is no page.

    Shares are drawn as they are; counts as shares of their sum. The reference is the nearest one,
    alone of its level, that has as many figures as the territory.
    """
    names = [name for name in page.indicators if data.printed(name)]
    rows = [indicators()[name] for name in names]
    own = _shares(data, "TERRITOIRE", rows)
    if not rows:
        return NO_SOURCE
    drawn = sum(number(value) is not None for value in own)
    if drawn < _LEAST:
        return "les groupes d’âges du territoire n’ont pas de valeur diffusable."
    sides = [(heading(data.reference_names[0]), own)]
    for level, key, name in data.reference_names[1:]:
        alone = [unit[0] for unit in data.reference_names].count(level) == 1
        other = _shares(data, key, rows)
        if alone and sum(number(value) is not None for value in other) >= drawn:
            sides.append((name, other))
            break
    chart = Chart(
        "pyramid" if len(sides) == 2 else "bars",
        "Part de chaque groupe d’âges",
        tuple(row.short for row in rows),
        tuple(_side(name, rows, values) for name, values in sides),
        "%",
    )
    return SheetMaterial(
        page,
        (Block("chart", chart=chart), Block("table", table=figure_table(data, rows))),
        sentence=_sentence(data, rows),
        subtitle=" et ".join(name for name, _ in sides),
        sources=tuple(dict.fromkeys(sources[name] for name in names if sources.get(name))),
        method=method(rows, notes or {}),
        indicators=tuple(names),
    )


def _sentence(data: CommuneData, rows: Sequence[Indicator]) -> str:
    """The groups by which the territory differs most from its comparison."""
    told = [(row, references_of(data, row.id)) for row in rows]
    return " ".join(farthest(told, _TOLD))


def _shares(data: CommuneData, key: str, rows: Sequence[Indicator]) -> list[Value]:
    """The groups of a territory in %, whether the catalogue gives shares or counts."""
    values = [data.references.get(key, row.id) for row in rows]
    if not any(row.is_count for row in rows):
        return values
    whole = total(values)
    return [ratio(value, whole, 100.0) for value in values]


def _side(name: str, rows: Sequence[Indicator], values: Sequence[Value]) -> Series:
    decimals = [max(row.decimals, 1) for row in rows]
    return Series(
        name,
        tuple(number(value) for value in values),
        tuple(_text(value, places) for value, places in zip(values, decimals)),
    )


def _text(value: Value, decimals: int) -> str:
    return french.figure(value, decimals, "%")
