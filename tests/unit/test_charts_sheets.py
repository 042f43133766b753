"""Which chart a sheet of figures gets: marks of reference, evolutions, small multiples."""

from __future__ import annotations

from dataclasses import replace

import pytest
from coodiag.coodiag_plugin.core.catalogue import indicators
from coodiag.coodiag_plugin.core.figures import FigureTable
from coodiag.coodiag_plugin.core.profiles import Page
from coodiag.coodiag_plugin.core.values import SECRET, Value
from coodiag.coodiag_plugin.edition import charts
from coodiag.coodiag_plugin.edition.context import Chart
from coodiag.coodiag_plugin.edition.materials import CommuneData, SheetMaterial
from coodiag.coodiag_plugin.edition.sheets.figures import figures_sheet

UNITS = (
    ("TERRITOIRE", "TERRITOIRE", "CC du Pays Imaginaire"),
    ("DEP", "DEP:00", "Département-Fictif"),
    ("FRANCE", "FRANCE", "France"),
)
SOURCES = dict.fromkeys(indicators(), "Insee, Recensement de la population 2021")
GROWTH = ("evolution_population", "evolution_0_14", "evolution_60_plus")


def data(rows: dict[str, tuple[float, ...]], years: str = "2021") -> CommuneData:
    table = FigureTable()
    for name, values in rows.items():
        for (_, key, _), value in zip(UNITS, values):
            table.put(key, name, Value(float(value)))
    return CommuneData({}, FigureTable(), table, UNITS, {}, dict.fromkeys(rows, years))


def drawn(known: CommuneData, *names: str, chart: str) -> list[Chart]:
    page = Page("page", "Une question ?", sheet="figures", indicators=names, chart=chart)
    found = figures_sheet(page, known, SOURCES)
    assert isinstance(found, SheetMaterial)
    made = [block.chart for block in found.blocks if block.chart]
    for item in made:
        assert charts.svg(item, 129.5, charts.height_of(item, 129.5), "#8a3b12")
    return made


def test_the_references_of_bars_are_marks() -> None:
    known = data({"taux_chomage": (12, 11, 13), "taux_activite": (73, 72, 74)})
    (chart,) = drawn(known, "taux_chomage", "taux_activite", chart="bars")
    assert chart.reference == "Département-Fictif"
    assert [item.name for item in chart.series] == [name for _, _, name in UNITS]


def test_what_grows_and_what_shrinks_start_from_100() -> None:
    known = data({name: (rate, 0.2) for name, rate in zip(GROWTH, (1, -1, 2))}, "2015–2021")
    (chart,) = drawn(known, *GROWTH, chart="slope")
    assert (chart.kind, chart.categories) == ("slope", ("2015", "2021"))
    assert [item.name for item in chart.series] == [
        "Population",
        "Moins de 15 ans",
        "60 ans ou plus",
    ]
    assert all(item.values[0] == 100.0 for item in chart.series)
    assert chart.series[0].values[1] == pytest.approx(100 * 1.01**6)
    assert chart.series[1].texts == ("100", "94,1")


def test_evolutions_of_other_years_are_not_drawn_together() -> None:
    known = data(dict.fromkeys(GROWTH, (1, 0.2)), "2015–2021")
    years = {**known.years, "evolution_60_plus": "2010–2021"}
    (chart,) = drawn(replace(known, years=years), *GROWTH, chart="slope")
    assert len(chart.series) == 2
    alone = replace(known, years={**dict.fromkeys(GROWTH[1:], "2021"), GROWTH[0]: "2015–2021"})
    assert drawn(alone, *GROWTH, chart="slope")[0].kind == "bars"


def test_what_an_evolution_is_made_of_is_one_chart() -> None:
    names = ("evolution_population", "evolution_solde_naturel", "evolution_solde_migratoire")
    known = data({name: (rate, 0.1) for name, rate in zip(names, (0.5, -0.2, 0.7))}, "2015–2021")
    (parts,) = drawn(known, *names, chart="index")
    assert parts.kind == "index" and len(parts.categories) == 3


def communes(count: int) -> CommuneData:
    known = data({"part_0_2": (3, 3), "part_3_5": (4, 4)})
    figures = FigureTable()
    names = {f"530{rank:02d}": f"Commune {rank:02d}" for rank in range(count)}
    for rank, code in enumerate(names):
        figures.put(code, "population", Value(100.0 + rank))
        figures.put(code, "part_0_2", Value(2.0 + rank / 10))
        figures.put(code, "part_3_5", SECRET if rank == count - 1 else Value(3.0))
    return replace(known, names=names, figures=figures)


def test_small_multiples_show_the_most_populated_communes_beside_the_territory() -> None:
    (chart,) = drawn(communes(20), "part_0_2", "part_3_5", chart="multiples")
    assert (chart.kind, chart.reference) == ("multiples", "Territoire")
    assert chart.title == "Les 12 communes les plus peuplées"
    assert [item.name for item in chart.series[:2]] == ["Commune 19", "Commune 18"]
    assert len(chart.series) == 13 and chart.series[-1].values == (3.0, 4.0)
    assert chart.series[0].values[1] is None and chart.series[0].texts[1] == "s"


def test_one_commune_has_no_small_multiples() -> None:
    (chart,) = drawn(communes(1), "part_0_2", "part_3_5", chart="multiples")
    assert chart.kind == "bars"


@pytest.mark.parametrize(
    ("count", "columns", "lines"), [(1, 1, 1), (4, 4, 1), (5, 3, 2), (12, 4, 3)]
)
def test_panels_fill_their_lines(count: int, columns: int, lines: int) -> None:
    from coodiag.coodiag_plugin.edition.chart_multiples import panels_of

    assert panels_of(count, 110.0) == (columns, lines)
