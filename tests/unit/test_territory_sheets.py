"""Sheets of the territory: figures, pyramid, similar territories, specialisation."""

from __future__ import annotations

import pytest
from coodiag.coodiag_plugin.core.catalogue import indicators
from coodiag.coodiag_plugin.core.figures import FigureTable
from coodiag.coodiag_plugin.core.profiles import Page
from coodiag.coodiag_plugin.core.values import ABSENT, SECRET, Value
from coodiag.coodiag_plugin.edition.context import Chart, Table
from coodiag.coodiag_plugin.edition.materials import CommuneData, SheetMaterial
from coodiag.coodiag_plugin.edition.sheets.figures import REMAINDER, figures_sheet
from coodiag.coodiag_plugin.edition.sheets.pyramid import pyramid_sheet
from coodiag.coodiag_plugin.edition.sheets.similar import Likened, Near, similar_sheet
from coodiag.coodiag_plugin.edition.sheets.specialisation import (
    SectorLine,
    Specialised,
    specialisation_sheet,
)

UNITS = (
    ("TERRITOIRE", "TERRITOIRE", "CC du Pays Imaginaire"),
    ("DEP", "DEP:00", "Département-Fictif"),
    ("FRANCE", "FRANCE", "France"),
)
AGES = ("part_0_14", "part_15_29", "part_60_plus")
SOURCES = dict.fromkeys(indicators(), "Insee, Recensement de la population 2021")


def data(
    rows: dict[str, tuple[Value | float, ...]], years: dict[str, str] | None = None
) -> CommuneData:
    """Figures of the territory, the département and France, by indicator."""
    table = FigureTable()
    for name, values in rows.items():
        for (_, key, _), value in zip(UNITS, values):
            table.put(key, name, value if isinstance(value, Value) else Value(float(value)))
    found = dict.fromkeys(rows, "2021")
    return CommuneData({}, FigureTable(), table, UNITS, {}, {**found, **(years or {})})


def page(*names: str, chart: str = "bars", sheet: str = "figures") -> Page:
    return Page("page", "Une question ?", sheet=sheet, indicators=names, chart=chart)


def made(found: SheetMaterial | str) -> tuple[list[Chart], list[Table]]:
    assert isinstance(found, SheetMaterial)
    charts = [block.chart for block in found.blocks if block.chart]
    return charts, [block.table for block in found.blocks if block.table]


def test_figures_stand_beside_their_references() -> None:
    known = data({"taux_chomage": (12.5, 11, 13), "taux_activite": (73, SECRET, 74)})
    found = figures_sheet(page("taux_chomage", "taux_activite"), known, SOURCES)
    (chart,), (table,) = made(found)
    assert table.columns == ("Indicateur", *(name for _, _, name in UNITS))
    assert [row.cells[0] for row in table.rows] == ["12,5\u00a0%", "73,0\u00a0%"]
    assert table.rows[1].cells[1] == "s"
    assert chart.kind == "bars" and len(chart.categories) == 2
    assert [series.name for series in chart.series] == [name for _, _, name in UNITS]
    assert chart.series[1].values == (11.0, None) and chart.series[1].texts[1] == "s"
    assert isinstance(found, SheetMaterial)
    assert "12,5\u00a0%" in found.sentence
    assert found.indicators == ("taux_chomage", "taux_activite")
    assert found.sources == ("Insee, Recensement de la population 2021",)


def test_a_single_indicator_has_a_bar_by_territory() -> None:
    (chart,), _ = made(
        figures_sheet(page("taux_chomage"), data({"taux_chomage": (12, 11, 13)}), {})
    )
    assert chart.categories == tuple(name for _, _, name in UNITS)
    assert chart.series[0].values == (12.0, 11.0, 13.0)


def test_figures_of_other_units_stay_in_the_table() -> None:
    known = data({"taux_chomage": (12, 11, 13), "niveau_vie_median": (21000, 22000, 23000)})
    (chart,), (table,) = made(
        figures_sheet(page("taux_chomage", "niveau_vie_median"), known, SOURCES)
    )
    assert chart.unit == "%" and len(table.rows) == 2


def test_nothing_uncertain_or_hidden_is_drawn_or_told() -> None:
    doubted = Value(40.0, significant=False)
    known = data({"taux_chomage": (doubted, 11, 13), "taux_activite": (73, 72, 74)})
    found = figures_sheet(page("taux_chomage", "taux_activite"), known, SOURCES)
    (chart,), (table,) = made(found)
    assert chart.series[0].values[0] is None and chart.series[0].texts[0] == "n.s."
    assert table.rows[0].cells[0] == "n.s."
    assert isinstance(found, SheetMaterial)
    assert "40" not in found.sentence and "chômage" not in found.sentence.lower()


def test_shares_of_one_whole_are_stacked_with_their_remainder() -> None:
    known = data({"part_0_14": (20, 18, 17), "part_15_29": (15, 18, SECRET)})
    (chart,), _ = made(figures_sheet(page(*AGES[:2], chart="stacked"), known, SOURCES))
    assert chart.kind == "stacked"
    assert chart.categories == ("CC du Pays Imaginaire", "Département-Fictif")  # France lacks one
    assert [series.name for series in chart.series][-1] == REMAINDER
    for column in zip(*(series.values for series in chart.series)):
        assert sum(column) == pytest.approx(100)


def test_shares_that_pass_100_are_not_one_whole() -> None:
    known = data({"part_0_14": (60, 50, 50), "part_15_29": (60, 20, 20)})
    (chart,), _ = made(figures_sheet(page(*AGES[:2], chart="stacked"), known, SOURCES))
    assert chart.kind == "bars"


def test_an_evolution_is_a_line_on_base_100() -> None:
    known = data({"evolution_population": (1.0, 0.0, -1.0)}, {"evolution_population": "2015–2021"})
    (chart,), _ = made(figures_sheet(page("evolution_population", chart="lines"), known, SOURCES))
    assert chart.kind == "lines" and chart.categories == ("2015", "2021")
    assert chart.series[0].values == (100.0, pytest.approx(100 * 1.01**6))
    assert chart.series[2].values[1] == pytest.approx(100 * 0.99**6)
    assert "base 100 en 2015" in chart.title


def test_an_index_stands_around_its_centre() -> None:
    known = data({"concentration_emploi": (82.9, 101, 99)})
    (chart,), _ = made(figures_sheet(page("concentration_emploi", chart="index"), known, SOURCES))
    assert chart.centre == 100.0 and chart.series[0].values == (82.9,)


def test_a_radar_compares_to_the_farthest_reference() -> None:
    names = ("taux_chomage", "part_proprietaires", "part_logements_vacants")
    known = data(dict.fromkeys(names, (12, 10, 8)))
    (chart,), _ = made(figures_sheet(page(*names, chart="radar"), known, SOURCES))
    assert chart.kind == "radar" and chart.series[0].values == (150.0,) * 3
    assert chart.most is not None and chart.most >= 150
    assert "France" in chart.title


def test_a_page_without_figures_says_why() -> None:
    assert "aucune source" in str(figures_sheet(page("taux_chomage"), data({}), SOURCES))
    hidden = data({"taux_chomage": (SECRET, 11, 13)})
    assert "diffusable" in str(figures_sheet(page("taux_chomage"), hidden, SOURCES))


def test_the_pyramid_has_two_sides() -> None:
    known = data(
        {"part_0_14": (20, 18, 17), "part_15_29": (15, 18, 19), "part_60_plus": (25, 26, 27)}
    )
    found = pyramid_sheet(page(*AGES, sheet="pyramid", chart="pyramid"), known, SOURCES)
    (chart,), (table,) = made(found)
    assert chart.kind == "pyramid" and len(chart.categories) == len(table.rows) == 3
    assert [series.name for series in chart.series] == [
        "CC du Pays Imaginaire",
        "Département-Fictif",
    ]
    assert chart.series[0].values == (20.0, 15.0, 25.0)


def test_the_pyramid_passes_over_a_reference_that_knows_less() -> None:
    known = data({"part_0_14": (20, ABSENT, 17), "part_15_29": (15, 18, 19)})
    (chart,), _ = made(pyramid_sheet(page(*AGES[:2], sheet="pyramid"), known, SOURCES))
    assert chart.series[1].name == "France"
    alone = data({"part_0_14": (20, ABSENT, ABSENT), "part_15_29": (15, 18, ABSENT)})
    (chart,), _ = made(pyramid_sheet(page(*AGES[:2], sheet="pyramid"), alone, SOURCES))
    assert chart.kind == "bars" and len(chart.series) == 1


def test_the_pyramid_of_counts_is_one_of_shares() -> None:
    known = data({"chomeurs": (25, 10, 1), "actifs": (75, 90, 3)})
    (chart,), _ = made(pyramid_sheet(page("chomeurs", "actifs", sheet="pyramid"), known, SOURCES))
    assert chart.series[0].values == (25.0, 75.0)
    assert "aucune source" in str(
        pyramid_sheet(page("chomeurs", sheet="pyramid"), data({}), SOURCES)
    )


def likened() -> Likened:
    names = ("taux_chomage", "niveau_vie_median")
    row = dict(zip(names, (Value(12.5), Value(21000.0))))
    near = (
        Near("Ailleurs Agglomération", 0.4, "Semblable par le chômage.", row, "l’agglo d’Ailleurs"),
        Near(
            "CC d’Autre Part",
            0.7,
            "Semblable par le niveau de vie.",
            {**row, "taux_chomage": SECRET},
        ),
    )
    whole = {"taux_chomage": Value(12.0), "niveau_vie_median": ABSENT}
    years = dict.fromkeys(names, "2021")
    return Likened(
        "Ici", row, near, "2 territoires semblables", whole, names, years, ("Insee",), "M."
    )


def test_similar_territories_have_their_reasons_and_figures() -> None:
    found = similar_sheet(page(sheet="similar"), likened())
    (chart,), (nearest, figures) = made(found)
    assert [row.label for row in nearest.rows] == ["Ailleurs Agglomération", "CC d’Autre Part"]
    assert nearest.rows[0].cells == ("0,40", "Semblable par le chômage.")
    assert figures.columns[1:3] == ("Ici", "2 territoires semblables")
    assert figures.rows[0].cells == ("12,5\u00a0%", "12,0\u00a0%", "12,5\u00a0%", "s")
    assert figures.rows[1].cells[1] == "…"  # a median is not made of others
    assert chart.categories == (indicators()["taux_chomage"].short,)
    assert "Le territoire le plus semblable est l’agglo d’Ailleurs" in found.sentence
    assert "vient ensuite CC d’Autre Part" in found.sentence


def line(label: str, count: Value, quotient: Value) -> SectorLine:
    return SectorLine(label, count, quotient, Value(10.0), quotient)


def test_specialisations_are_told_from_what_is_printed() -> None:
    lines = (
        line("Industrie", Value(30.0), Value(132.0)),
        line("Construction", Value(20.0), Value(104.0)),
        line("Agriculture", SECRET, SECRET),
        line("Commerce", Value(9.0), Value(300.0, significant=False)),
        line("Santé", Value(40.0), Value(80.0)),
    )
    item = Specialised(
        "Établissements employeurs", "étab.", "2021", "Ici", "France", lines, "Insee", "",
        "en France",
    )  # fmt: skip
    found = specialisation_sheet(page(sheet="specialisation", chart="index"), [item])
    (chart,), (table,) = made(found)
    assert chart.kind == "index" and chart.centre == 100.0
    assert chart.series[0].values == (132.0, 104.0, None, None, 80.0)
    assert chart.series[0].texts[2:4] == ("s", "n.s.")
    assert table.rows[2].cells == ("s", "s", "10,0\u00a0%", "s")
    assert isinstance(found, SheetMaterial)
    assert found.sentence.replace("\u00a0", " ") == (
        "Parmi les établissements employeurs, « Industrie » (indice 132) pèse plus qu’en France, « Santé » (indice 80) moins."
    )
    assert "Commerce" not in found.sentence and "Agriculture" not in found.sentence
    assert "France" in found.subtitle and "85 %" in found.method


def test_the_ess_is_absent_of_a_sector_and_not_under_represented() -> None:
    lines = (
        line("Santé", Value(30.0), Value(210.0)),
        line("Commerce", Value(9.0), Value(40.0)),
        line("Énergie", Value(0.0), Value(0.0)),
    )
    item = Specialised(
        "Établissements de l’ESS", "étab.", "", "ESS", "Tous les établissements", lines, "Insee", "",
        "parmi tous les établissements", "L’ESS est absente de",
    )  # fmt: skip
    found = specialisation_sheet(page(sheet="specialisation"), [item])
    assert isinstance(found, SheetMaterial)
    assert found.sentence.replace("\u00a0", " ") == (
        "Parmi les établissements de l’ESS, « Santé » (indice 210) pèse plus que parmi tous les établissements, "
        "« Commerce » (indice 40) moins. L’ESS est absente de « Énergie »."
    )


def test_an_even_fabric_is_said_to_be_one() -> None:
    item = Specialised(
        "Emplois", "emplois", "", "Ici", "France", (line("A", Value(9.0), Value(99.0)),), ""
    )
    found = specialisation_sheet(page(sheet="specialisation"), [item])
    assert isinstance(found, SheetMaterial)
    assert "aucun secteur ne s’écarte nettement" in found.sentence
    assert "ne sont pas connus" in str(specialisation_sheet(page(sheet="specialisation"), []))
