"""Sheet ``figures``: indicators of the territory beside those of its references, table and chart."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ...core import french, grammar
from ...core.catalogue import Indicator, indicators
from ...core.profiles import Page
from ...core.values import State, Value
from ..context import Block, Chart, Series, Table, TableRow
from ..materials import COLUMNS, NO_SOURCE, CommuneData, Compared, SheetMaterial, dated, heading
from ..sentences import Reference, Told, bare
from .reading import figures_sentence

#: Series of a chart of bars, charts of evolutions on a page.
_SERIES, _LINES = 4, 2
#: Communes of the small multiples.
_PANELS = 12
#: How far from 100 shares that make one whole may add up, in points: the roundings of the source.
_WHOLE = 0.5
_SPAN = re.compile(r"(\d{4})–(\d{4})")
_EVOLUTION = re.compile(r"^(Évolution|Évol\.) (de la |de l’|des |du )")
REMAINDER = "Autres"


def figures_sheet(
    page: Page,
    data: CommuneData,
    sources: Mapping[str, str],
    notes: Mapping[str, str] | None = None,
) -> SheetMaterial | str:
    """The material of the page, or why it is left out. ``sources`` and ``notes`` by indicator."""
    names = [name for name in page.indicators if data.printed(name)]
    rows = [indicators()[name] for name in names]
    if not rows:
        return NO_SOURCE
    if not any(_shown(data, "TERRITOIRE", row).known for row in rows):
        return "aucun indicateur de cette page n’a de valeur diffusable pour le territoire."
    charts = _charts(page, data, rows)
    return SheetMaterial(
        page,
        (*charts, Block("table", table=figure_table(data, rows))),
        sentence=sentence(data, rows, page.chart == "stacked"),
        subtitle=_subtitle(data, rows),
        sources=tuple(dict.fromkeys(sources[name] for name in names if sources.get(name))),
        method=method(rows, notes or {}),
        indicators=tuple(names),
        told=told(page, data, rows),
    )


def told(page: Page, data: CommuneData, rows: Sequence[Indicator]) -> tuple[Told, ...]:
    """The rows of the table for the findings; the size of a reference tells nothing of a count."""
    return tuple(
        Told(page, row, data.figures.column(row.id, data.names), references_of(data, row.id))
        for row in rows
        if not row.is_count
    )


def figure_table(data: CommuneData, rows: Sequence[Indicator]) -> Table:
    """Indicators in rows, the territory and its references in columns, signs for what is not shown."""
    units = given(data, rows)
    columns = ("Indicateur", *map(heading, units))
    return Table(
        columns,
        tuple(
            TableRow(
                dated(row, data.years),
                tuple(bare(row, _shown(data, key, row)) for _, key, _ in units),
            )
            for row in rows
        ),
    )


def given(data: CommuneData, rows: Sequence[Indicator]) -> list[Compared]:
    """The territory, and the units of comparison of which some figure of ``rows`` is there."""
    first, *others = data.reference_names
    there = [
        unit
        for unit in others
        if any(_shown(data, unit[1], row).state is not State.ABSENT for row in rows)
    ]
    return [first, *there]


def _subtitle(data: CommuneData, rows: Sequence[Indicator]) -> str:
    """What the territory is compared with, and what the sources do not give."""
    units = given(data, rows)
    missing = [unit[2] for unit in data.reference_names if unit not in units]
    words = french.listing([unit[2] for unit in units[1:]])
    compared_with = f"Comparaison : {words}" if words else "Sans comparaison"
    lacking = f" (non disponible : {french.listing(missing)})" if missing else ""
    return french.typography(compared_with + lacking)


def references_of(data: CommuneData, name: str) -> tuple[Reference, ...]:
    """The figures of an indicator, as the sentences take them."""
    return tuple(
        Reference(level, label, data.references.get(key, name))
        for level, key, label in data.reference_names
    )


def sentence(data: CommuneData, rows: Sequence[Indicator], parts: bool = False) -> str:
    """What the figures of the page say of the territory; ``parts``: they share one whole."""
    return figures_sentence([(row, references_of(data, row.id)) for row in rows], parts)


def method(rows: Sequence[Indicator], notes: Mapping[str, str]) -> str:
    """Caveats of the indicators and remarks on their references, each once."""
    texts = [row.caveat for row in rows] + [notes.get(row.id, "") for row in rows]
    return " ".join(
        text if text.endswith((".", "!", "?", "…")) else text + "."
        for text in dict.fromkeys(texts)
        if text
    )


def number(value: Value) -> float | None:
    """What a chart may draw of a figure: nothing of one that is not known or not significant."""
    return value.number if value.significant else None


def series(row: Indicator, name: str, values: Sequence[Value]) -> Series:
    return Series(
        name, tuple(number(value) for value in values), tuple(bare(row, value) for value in values)
    )


def compared(data: CommuneData, rows: Sequence[Indicator], most: int = _SERIES) -> list[Compared]:
    """The territory and the references that have a figure to draw, from near to far."""
    kept = [
        unit
        for unit in data.reference_names
        if any(number(_shown(data, unit[1], row)) is not None for row in rows)
    ]
    return kept[:most]


def _shown(data: CommuneData, key: str, row: Indicator) -> Value:
    return data.references.get(key, row.id)


def _charts(page: Page, data: CommuneData, rows: Sequence[Indicator]) -> tuple[Block, ...]:
    """The chart that the page asks for; bars where its figures do not fit that one."""
    drawn: list[Chart] = []
    rates = [row for row in rows if not row.is_count]
    if page.chart == "lines":
        drawn = [chart for row in rates if (chart := _line(data, row)) is not None][:_LINES]
    elif page.chart == "stacked" and (stacked := _stacked(data, rates)) is not None:
        drawn = [stacked]
    elif page.chart == "radar" and (radar := _radar(data, rates)) is not None:
        drawn = [radar]
    elif page.chart == "index" and (index := _index(data, rates)) is not None:
        drawn = [index]
    elif page.chart == "slope" and (slope := _slope(data, rates)) is not None:
        drawn = [slope]
    elif page.chart == "multiples" and (panels := _multiples(data, rates)) is not None:
        drawn = [panels]
    first = next((row for row in rows if compared(data, [row])), None)
    if not drawn and first is not None:
        drawn = [_counts(data, rows, first) if first.is_count else _bars(data, rates, first)]
    return tuple(Block("chart", chart=chart) for chart in drawn)


def _counts(data: CommuneData, rows: Sequence[Indicator], first: Indicator) -> Chart:
    """Counts of one unit, of the territory alone: the size of a reference tells nothing of it."""
    alike = [row for row in rows if row.is_count and row.unit == first.unit]
    return Chart(
        "bars",
        "",
        tuple(row.short for row in alike),
        (_across(data, alike, data.reference_names[0]),),
        first.unit,
    )


def _bars(data: CommuneData, rows: Sequence[Indicator], first: Indicator) -> Chart:
    """Indicators of one unit, that of the ``first`` with a figure; a single one by territory."""
    alike = [row for row in rows if row.unit == first.unit and compared(data, [row])]
    units = compared(data, alike)
    if len(alike) == 1:
        values = [_shown(data, key, first) for _, key, _ in units]
        names = tuple(map(heading, units))
        return Chart(
            "bars", dated(first, data.years), names, (series(first, "", values),), first.unit
        )
    return Chart(
        "bars",
        "Le territoire et ses références",
        tuple(row.short for row in alike),
        tuple(_across(data, alike, unit) for unit in units),
        first.unit,
        reference=heading(units[1]) if len(units) > 1 else "",
    )


def _across(data: CommuneData, rows: Sequence[Indicator], unit: Compared) -> Series:
    return _series_of(heading(unit), rows, [_shown(data, unit[1], row) for row in rows])


def _series_of(name: str, rows: Sequence[Indicator], values: Sequence[Value]) -> Series:
    """One figure of each indicator, for one territory."""
    return Series(
        name,
        tuple(number(value) for value in values),
        tuple(bare(row, value) for row, value in zip(rows, values)),
    )


def _stacked(data: CommuneData, rows: Sequence[Indicator]) -> Chart | None:
    """Shares of one whole by territory, their remainder with them; None when they are not shares
    of one whole. A territory that lacks one of them has no bar."""
    if len(rows) < 2 or any(row.unit != "%" for row in rows):
        return None
    units, columns = [], []
    for unit in compared(data, rows):
        values = [number(_shown(data, unit[1], row)) for row in rows]
        known = [value for value in values if value is not None]
        if len(known) == len(values):
            units.append(unit)
            columns.append(known)
    if not units or any(sum(column) > 100 + _WHOLE for column in columns):
        return None
    parts = [
        series(row, row.short, [_shown(data, key, row) for _, key, _ in units]) for row in rows
    ]
    rest = [100.0 - sum(column) for column in columns]
    if max(rest) > _WHOLE:
        left = [max(value, 0.0) for value in rest]
        decimals = max(row.decimals for row in rows)
        texts = tuple(french.figure(Value(value), decimals, "%") for value in left)
        parts.append(Series(REMAINDER, tuple(left), texts))
    return Chart("stacked", "", tuple(map(heading, units)), tuple(parts), "%")


def _line(data: CommuneData, row: Indicator) -> Chart | None:
    """An evolution between two dates, on base 100 at the first one: (1 + rate)^years."""
    span = _SPAN.fullmatch(data.years.get(row.id, ""))
    units = compared(data, [row])
    if row.kind != "evolution" or span is None or not units:
        return None
    lines = [
        _grown(heading(unit), row, number(_shown(data, unit[1], row)) or 0.0, span)
        for unit in units
    ]
    title = f"{row.label} (base 100 en {span[1]})"
    return Chart("lines", title, (span[1], span[2]), tuple(lines))


def _grown(name: str, row: Indicator, rate: float, span: re.Match[str]) -> Series:
    """100 at the first date, what it has become at the second one."""
    end = 100.0 * (1.0 + rate / row.multiplier) ** (int(span[2]) - int(span[1]))
    return Series(name, (100.0, end), ("100", french.number(end, 1)))


def _slope(data: CommuneData, rows: Sequence[Indicator]) -> Chart | None:
    """Evolutions of the territory over the same years, all on base 100 at the first one."""
    spans = {row.id: _SPAN.fullmatch(data.years.get(row.id, "")) for row in rows}
    first = next((span for span in spans.values() if span is not None), None)
    told = [
        _grown(_what_grows(row), row, rate, first)
        for row in rows
        if first is not None
        and row.kind == "evolution"
        and data.years.get(row.id) == first[0]
        and (rate := number(_shown(data, "TERRITOIRE", row))) is not None
    ]
    if first is None or len(told) < 2:
        return None
    title = f"Le territoire, base 100 en {first[1]}"
    return Chart("slope", title, (first[1], first[2]), tuple(told))


def _what_grows(row: Indicator) -> str:
    """« Moins de 15 ans » of « Évol. des moins de 15 ans »."""
    return grammar.upper_first(_EVOLUTION.sub("", row.short))


def _index(data: CommuneData, rows: Sequence[Indicator]) -> Chart | None:
    """Indices around 100, or evolutions around 0: those of the first one's kind."""
    centres = {"index": 100.0, "evolution": 0.0}
    fitting = [row for row in rows if row.kind in centres]
    if not fitting:
        return None
    alike = [row for row in fitting if row.kind == fitting[0].kind]
    return Chart(
        "index",
        "",
        tuple(row.short for row in alike),
        (_across(data, alike, data.reference_names[0]),),
        alike[0].unit,
        centre=centres[alike[0].kind],
    )


def _multiples(data: CommuneData, rows: Sequence[Indicator]) -> Chart | None:
    """The same indicators in each commune, the most populated first, the territory as a tick."""
    sizes = {code: data.figures.get(code, "population").number or 0.0 for code in data.names}
    order = sorted(data.names, key=lambda code: (-sizes[code], data.names[code]))
    held = [
        code
        for code in order
        if any(number(data.figures.get(code, row.id)) is not None for row in rows)
    ]
    if len(held) < 2 or not rows:
        return None
    panels = [
        _series_of(data.names[code], rows, [data.figures.get(code, row.id) for row in rows])
        for code in held[:_PANELS]
    ]
    base = replace(_across(data, rows, data.reference_names[0]), name=COLUMNS["TERRITOIRE"])
    title = "Commune par commune"
    if len(held) > _PANELS:
        title = f"Les {_PANELS} communes les plus peuplées" if any(sizes.values()) else title
    names = tuple(row.short for row in rows)
    return Chart("multiples", title, names, (*panels, base), rows[0].unit, reference=base.name)


def _radar(data: CommuneData, rows: Sequence[Indicator]) -> Chart | None:
    """Each indicator of the territory for 100 in the farthest reference that has them all."""
    for _, key, name in reversed(data.reference_names[1:]):
        rays = []
        for row in rows:
            own, other = (number(_shown(data, unit, row)) for unit in ("TERRITOIRE", key))
            if own is not None and other is not None and other > 0 and own >= 0:
                rays.append((row.short, 100.0 * own / other))
        if len(rays) == len(rows) and len(rays) >= 3:
            values = tuple(value for _, value in rays)
            most = 50.0 * max(3, -(-max(values) // 50))
            texts = tuple(french.number(value) for value in values)
            here = Series(heading(data.reference_names[0]), values, texts)
            base = Series(f"{name} (100)", (100.0,) * len(rays), ("100",) * len(rays))
            labels = tuple(label for label, _ in rays)
            return Chart("radar", f"Base 100\u00a0: {name}", labels, (here, base), most=most)
    return None
