"""Sheet ``similar``: the territories most like the one studied, why, and their figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...core import french
from ...core.catalogue import Indicator, indicators
from ...core.profiles import Page
from ...core.values import ABSENT, State, Value
from ..context import Block, Chart, Series, Table, TableRow
from ..materials import SheetMaterial, dated
from ..sentences import bare
from .figures import number

#: Indicators in the chart of bars.
_BARS = 6


@dataclass(frozen=True)
class Near:
    """A similar territory: its distance in standard deviations, why it is near, its figures; its
    name with its article (« la CC des Rives »), else as it is."""

    name: str
    distance: float
    reason: str
    figures: Mapping[str, Value]
    the: str = ""

    @property
    def told(self) -> str:
        return self.the or self.name


@dataclass(frozen=True)
class Likened:
    """The territory, the nearest ones in order, and these together (Σ / Σ; no median).

    ``few``: a French sentence on why they are not more, or nothing.
    """

    territory: str
    own: Mapping[str, Value]
    near: tuple[Near, ...]
    together: str
    whole: Mapping[str, Value]
    used: tuple[str, ...]
    years: Mapping[str, str]
    sources: tuple[str, ...]
    method: str
    few: str = ""


def similar_sheet(page: Page, found: Likened) -> SheetMaterial:
    """The table of the nearest, then the figures: of ``page.indicators``, else those compared."""
    asked = [name for name in page.indicators if name in found.own] or list(found.used)
    rows = [indicators()[name] for name in asked if _printed(found, name)]
    nearest = Table(
        ("Territoire", "Distance", "Pourquoi"),
        tuple(
            TableRow(item.name, (french.number(item.distance, 2), item.reason))
            for item in found.near
        ),
    )
    chart = _chart(found, rows)
    return SheetMaterial(
        page,
        (
            Block("table", "Les plus semblables", table=nearest),
            *((Block("chart", chart=chart),) if chart is not None else ()),
            Block("table", "Leurs chiffres", table=_figures(found, rows)),
        ),
        sentence=_sentence(found),
        subtitle=french.typography(f"Comparaison : {found.together}"),
        sources=found.sources,
        method=" ".join(part for part in (found.method, found.few) if part),
        indicators=tuple(row.id for row in rows),
    )


def _printed(found: Likened, name: str) -> bool:
    """Whether some territory of the page has a figure of an indicator."""
    held = (found.own, *(item.figures for item in found.near))
    return any(values.get(name, ABSENT).state is not State.ABSENT for values in held)


def _sentence(found: Likened) -> str:
    first = found.near[0]
    others = [item.told for item in found.near[1:]]
    text = f"Le territoire le plus semblable est {first.told}"
    few = f" {found.few}" if found.few else ""
    if not others:
        return f"{text}.{few}"
    verb = "viennent" if len(others) > 1 else "vient"
    return f"{text}{french.NARROW_SPACE}; {verb} ensuite {french.listing(others)}.{few}"


def _figures(found: Likened, rows: Sequence[Indicator]) -> Table:
    alone = len(found.near) == 1
    together = () if alone else (found.together,)
    columns = ("Indicateur", found.territory, *together, *(item.name for item in found.near))
    whole = () if alone else (found.whole,)
    sets = (found.own, *whole, *(item.figures for item in found.near))
    return Table(
        columns,
        tuple(
            TableRow(dated(row, found.years), tuple(bare(row, _value(held, row)) for held in sets))
            for row in rows
        ),
    )


def _value(held: Mapping[str, Value], row: Indicator) -> Value:
    return held.get(row.id, ABSENT)


def _others(found: Likened) -> str:
    """Who the territory is drawn beside: a territory alone has its name."""
    return found.near[0].name if len(found.near) == 1 else found.together


def _chart(found: Likened, rows: Sequence[Indicator]) -> Chart | None:
    """Shares and rates of the territory beside those of the similar ones together."""
    fitting = [
        row
        for row in rows
        if row.unit == "%"
        and not row.is_count
        and number(_value(found.own, row)) is not None
        and number(_value(found.whole, row)) is not None
    ][:_BARS]
    if not fitting:
        return None
    return Chart(
        "bars",
        "Le territoire et ceux qui lui ressemblent",
        tuple(row.short for row in fitting),
        tuple(
            Series(
                name,
                tuple(number(_value(held, row)) for row in fitting),
                tuple(bare(row, _value(held, row)) for row in fitting),
            )
            for name, held in ((found.territory, found.own), (_others(found), found.whole))
        ),
        "%",
        reference=_others(found),
    )
