"""The chart beside a map: both ends, what they are compared with, and nothing of who is hidden."""

from __future__ import annotations

from dataclasses import replace

import pytest
from coodiag.coodiag_plugin.core.catalogue import indicators, layer_fields
from coodiag.coodiag_plugin.core.design import MapDesign
from coodiag.coodiag_plugin.core.profiles import Page
from coodiag.coodiag_plugin.core.values import ABSENT, SECRET, Value
from coodiag.coodiag_plugin.edition import charts
from coodiag.coodiag_plugin.edition.context import Chart
from coodiag.coodiag_plugin.edition.materials import PageMaterial
from coodiag.coodiag_plugin.edition.sentences import Reference
from coodiag.coodiag_plugin.edition.sheets.beside import beside_chart, catchment_chart
from coodiag.coodiag_plugin.edition.structure_pages import ZoneRow, catchment_page
from hypothesis import given
from hypothesis import strategies as st

NAMES = {f"530{rank:02d}": f"Commune {rank:02d}" for rank in range(20)}
COMPARED = (
    Reference("TERRITOIRE", "Pays de Fictange", Value(10.0)),
    Reference("DEP", "Mayenne", Value(9.0)),
    Reference("FRANCE", "France", Value(12.5)),
)


def material(
    values: dict[str, Value], page: Page | None = None, references: tuple[Reference, ...] = COMPARED
) -> PageMaterial:
    page = page or Page(
        "chomage", "Le chômage", map="choropleth", layer="communes", indicator="taux_chomage"
    )
    subject = (
        indicators()[page.indicator] if page.indicator else layer_fields()[(page.layer, page.field)]
    )
    return PageMaterial(page, subject, "2021", (), MapDesign("choropleth", "x", "Titre"), values, references)  # fmt: skip


def clients(values: dict[str, Value]) -> PageMaterial:
    page = Page("clients", "Les clients", map="circles", layer="penetration", field="count")
    return material(values, page, ())


def rates(count: int) -> dict[str, Value]:
    return {code: Value(5.0 + rank) for rank, code in enumerate(list(NAMES)[:count])}


def test_both_ends_stand_under_each_other_with_the_territory_and_the_country_across() -> None:
    found = beside_chart(material(rates(20)), NAMES)
    assert found is not None and found.kind == "bars"
    assert found.categories == (
        "Commune 19", "Commune 18", "Commune 17", "Commune 02", "Commune 01", "Commune 00",
    )  # fmt: skip
    own, territory, country = found.series
    assert own.values == (24.0, 23.0, 22.0, 7.0, 6.0, 5.0)
    assert own.texts[0] == "24,0\u00a0%"
    assert (territory.name, set(territory.values)) == ("Territoire", {10.0})
    assert (country.name, set(country.values)) == ("France", {12.5})
    assert found.reference == "Territoire"
    assert charts.svg(found, 60.0, charts.height_of(found, 60.0), "#8a3b12")


def test_a_few_communes_are_all_there() -> None:
    found = beside_chart(material(rates(6)), NAMES)
    assert found is not None and len(found.categories) == 6


def test_counts_have_their_highest_and_no_reference() -> None:
    page = Page("pop", "Les habitants", map="circles", layer="communes", indicator="population")
    found = beside_chart(material(rates(20), page), NAMES)
    assert found is not None and len(found.categories) == 6 and len(found.series) == 1


def test_an_index_is_drawn_around_100() -> None:
    page = Page("p", "L’attraction", map="choropleth", layer="penetration", field="index")
    found = beside_chart(material(rates(6), page, ()), NAMES)
    assert found is not None and (found.kind, found.centre) == ("index", 100.0)


@pytest.mark.parametrize(
    "values",
    [
        {},
        rates(2),
        dict.fromkeys(NAMES, Value(7.0)),
        dict.fromkeys(NAMES, SECRET),
        dict.fromkeys(NAMES, Value(7.0, significant=False)),
    ],
)
def test_a_map_that_has_nothing_to_compare_has_no_chart(values: dict[str, Value]) -> None:
    assert beside_chart(material(values), NAMES) is None


def test_maps_of_types_and_zones_have_none() -> None:
    page = Page("t", "Les types", map="typology", layer="recrutement", field="type_label")
    assert beside_chart(material(rates(9), page), NAMES) is None


def test_communes_that_are_not_shown_are_left_out_and_counted() -> None:
    values = rates(12) | {"53000": SECRET, "53001": ABSENT, "53002": Value(99.0, significant=False)}
    found = beside_chart(material(values), NAMES)
    assert found is not None
    assert "3\u00a0communes sans valeur à montrer" in found.title
    assert not {"Commune 00", "Commune 01", "Commune 02"} & set(found.categories)
    assert 99.0 not in found.series[0].values


def test_the_curve_tells_how_few_communes_hold_most_clients() -> None:
    counts = [60.0, 20.0, 10.0, 5.0, 5.0, 0.0]
    found = beside_chart(clients({c: Value(n) for c, n in zip(NAMES, counts)}), NAMES)
    assert found is not None and found.kind == "lorenz"
    across, up = found.series
    assert up.values == (0.0, 60.0, 80.0, 90.0, 95.0, 100.0, 100.0)
    assert across.values[2] == pytest.approx(100 / 3)
    assert [mark for mark in found.marks if mark] == [
        "2\u00a0communes sur 6\u00a0: 80\u00a0% des clients"
    ]
    assert found.marks[2]


def recovered(found: Chart | None) -> list[float]:
    """What a reader who knows the sum of the shown counts finds by subtraction."""
    if found is None:
        return []
    up = [value or 0.0 for value in found.series[1].values]
    return [after - before for before, after in zip(up, up[1:])]


@given(
    st.dictionaries(st.sampled_from(sorted(NAMES)), st.integers(5, 400), min_size=6),
    st.sets(st.sampled_from(sorted(NAMES)), max_size=6),
)
def test_the_curve_is_made_of_published_counts_alone(
    counts: dict[str, int], hidden: set[str]
) -> None:
    """Shares add up to 100 over the shown communes: the remainder of a whole that holds hidden
    ones, from which these could be subtracted, is nowhere in the chart."""
    shown = {code: Value(float(n)) for code, n in counts.items() if code not in hidden}
    found = beside_chart(clients(shown | dict.fromkeys(hidden, SECRET)), NAMES)
    steps = recovered(found)
    whole = sum(value.number or 0.0 for value in shown.values())
    published = sorted((100 * (v.number or 0.0) / whole for v in shown.values()), reverse=True)
    if found is not None:
        assert steps == pytest.approx(published)
        assert sum(steps) == pytest.approx(100.0)
        assert not {NAMES[code] for code in hidden - set(shown)} & set(found.categories)
    alone = beside_chart(clients(shown), NAMES)
    if found is not None and alone is not None:
        assert (found.series, found.marks) == (alone.series, alone.marks), "they change nothing"


ZONES = [
    ZoneRow("primaire", 60.0, 62.44, 10.6, "min"),
    ZoneRow("secondaire", 80.0, 81.26, 17.2, "min"),
    ZoneRow("tertiaire", 95.0, 95.9, 26.0, "min"),
]


def test_the_catchment_curve_holds_what_the_cards_print() -> None:
    found = catchment_chart(ZONES)
    assert found is not None
    across, up = found.series
    assert across.values == (0.0, 11.0, 17.0, 26.0) and up.values == (0.0, 62.4, 81.3, 95.9)
    _, cards = catchment_page(ZONES, 250)
    printed = " ".join(f"{card.text} {card.note}" for card in cards)
    assert all(text in printed for item in found.series for text in item.texts[1:])
    assert found.marks[1] == "62,4\u00a0% à 11\u00a0min au plus"
    assert (found.unit, found.most) == ("min", 26.0)


def test_a_hidden_zone_leaves_no_trace_in_the_curve() -> None:
    told = catchment_chart([ZONES[0], replace(ZONES[1], share=None, reach=None), ZONES[2]])
    assert told == catchment_chart([ZONES[0], ZONES[2]])
    assert catchment_chart(ZONES[:1]) is None
    assert catchment_chart([replace(zone, share=None) for zone in ZONES]) is None
