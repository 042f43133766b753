"""Cards of the pages, and the sentences of the pages about the structure itself.

The sentences made of indicators are in the reviewed corpus (``test_words_corpus.py``).
"""

from __future__ import annotations

import pytest
from coodiag.coodiag_plugin.core.catalogue import indicators
from coodiag.coodiag_plugin.core.values import SECRET, Value
from coodiag.coodiag_plugin.edition import structure_pages as pages
from coodiag.coodiag_plugin.edition.context import Figure
from coodiag.coodiag_plugin.edition.sentences import (
    Reference,
    Standing,
    commune_figures,
    numbers_of,
    page_figures,
)
from coodiag.coodiag_plugin.edition.sentences.numbers import printed_numbers
from coodiag.tests.unit.sentence_cases import plain

RATE = indicators()["taux_chomage"]
COUNT = indicators()["chomeurs"]
DENSITY = indicators()["densite"]
POPULATION = indicators()["population"]
NAMES = {"a": "Le Leurre", "b": "Aigrefin", "c": "Zèbre", "d": "Écrit"}


def shown(cards: tuple[Figure, ...]) -> list[tuple[str, str, str]]:
    return [(card.label, plain(card.text), plain(card.note)) for card in cards]


def refs(whole: Value, other: Value) -> tuple[Reference, ...]:
    return (Reference("TERRITOIRE", "Pays fictif", whole), Reference("DEP", "Orne", other))


# --- cards of a map page ---------------------------------------------------------------------


def test_cards_of_a_rate_hold_the_gap_the_holders_and_what_is_missing() -> None:
    values = {"a": Value(8.0), "b": Value(14.61), "c": SECRET, "d": Value(9.9, significant=False)}
    assert shown(page_figures(RATE, values, NAMES, refs(Value(12.54), Value(10.4)))) == [
        ("Ensemble du territoire", "12,5 %", "1 commune sans valeur, 1 n.s."),
        ("Orne", "10,4 %", "écart : +2,1 points"),
        ("Valeur la plus forte", "14,6 %", "Aigrefin"),
        ("Valeur la plus faible", "8,0 %", "Le Leurre"),
    ]


def test_cards_of_a_rate_with_ties_and_a_ratio() -> None:
    values = {"a": Value(8.0), "b": Value(14.0), "c": Value(8.04), "d": Value(7.96)}
    cards = page_figures(DENSITY, values, NAMES, refs(Value(30.0), Value(10.0)))
    assert shown(cards)[1] == ("Orne", "10,0 hab./km²", "rapport : 3,0 fois")
    assert shown(page_figures(RATE, values, NAMES, ()))[1][2] == "3 communes"
    assert shown(page_figures(COUNT, values, NAMES, ()))[0] == ("Aigrefin", "14", "")
    same = dict.fromkeys("abc", Value(8.0))
    assert shown(page_figures(RATE, same, NAMES, ()))[0] == (
        "Valeur la plus forte", "8,0 %", "3 communes",
    )  # fmt: skip


def test_a_gap_that_is_not_told_is_not_on_a_card() -> None:
    close = page_figures(RATE, {}, NAMES, refs(Value(12.5), Value(12.6)))
    assert [card.note for card in close] == ["", ""]
    hidden = page_figures(RATE, {}, NAMES, refs(SECRET, Value(12.6)))
    assert shown(hidden) == [("Ensemble du territoire", "s", ""), ("Orne", "12,6 %", "")]


def test_equal_figures_are_named_in_the_order_of_an_index() -> None:
    values = {"a": Value(5.0), "b": Value(9.0), "c": Value(9.0), "d": Value(9.0)}
    assert [card.label for card in page_figures(COUNT, values, NAMES, ())] == [
        "Aigrefin",
        "Écrit",
        "Zèbre",
    ]


def test_cards_of_a_count_hold_the_shares() -> None:
    values = {"a": Value(300.0), "b": Value(1200.0), "c": Value(500.0), "d": SECRET}
    assert shown(page_figures(COUNT, values, NAMES, refs(Value(2400.0), Value(9e4)))) == [
        ("Ensemble du territoire", "2 400", "1 commune sans valeur"),
        ("Aigrefin", "1 200", "50 % du territoire"),
        ("Zèbre", "500", "21 % du territoire"),
        ("Le Leurre", "300", "13 % du territoire"),
    ]


def test_cards_of_a_commune_hold_its_rank_and_its_gaps() -> None:
    peers = (Value(900.0), Value(3000.0), SECRET, Value(900.0))
    cards = commune_figures(
        [
            Standing(POPULATION, Value(900.0), Value(9000.0), peers),
            Standing(RATE, Value(6.4), Value(12.5), ()),
            Standing(RATE, SECRET, Value(12.5), ()),
            (COUNT, Value(12.0), Value(900.0)),
        ]
    )
    assert shown(cards) == [
        ("Population", "900", "2e ex æquo sur 3 communes"),
        ("Taux de chômage", "6,4 %", "Territoire : 12,5 % (−6,1 points)"),
        ("Taux de chômage", "s", "Territoire : 12,5 %"),
        ("Chômeurs", "12", ""),
    ]


# --- pages about the structure ---------------------------------------------------------------


def zone(
    name: str, threshold: float, share: float | None, reach: float | None, unit: str = "min"
) -> pages.ZoneRow:
    return pages.ZoneRow(name, threshold, share, reach, unit)


def test_the_catchment_in_a_sentence() -> None:
    text, cards = pages.catchment_page(
        [zone("primaire", 60, 62.44, 11), zone("secondaire", 80, 80.0, 19.0)], 391
    )
    assert plain(text) == (
        "62,4 % des clients sont dans les communes à 11 min au plus d’un site et 80,0 % à 19 min au plus."
    )
    assert [plain(card.text) for card in cards] == ["391", "62,4 %", "80,0 %"]
    assert set(numbers_of(text)) <= printed_numbers(cards)


def test_kilometres_have_a_decimal() -> None:
    text, _ = pages.catchment_page([zone("primaire", 60, 62.44, 8.37, "km")], 391)
    assert "8,4 km au plus" in plain(text)
    assert plain(pages.zone_label(zone("primaire", 60, 62.44, 8.37, "km"))) == (
        "Zone primaire : 62,4 % des clients, communes à 8,4 km au plus"
    )


def test_a_hidden_zone_is_not_told() -> None:
    text, cards = pages.catchment_page(
        [zone("primaire", 60, 62.44, 11), zone("x", 80, None, None)], 391
    )
    assert plain(text) == "62,4 % des clients sont dans les communes à 11 min au plus d’un site."
    assert [plain(card.text) for card in cards] == ["391", "62,4 %", "s"]
    assert plain(pages.zone_label(zone("x", 80, None, None))) == "Zone x : s"
    first, _ = pages.catchment_page([zone("x", 60, None, None), zone("y", 80, 81.0, 9)], 391)
    assert plain(first) == "81,0 % des clients sont dans les communes à 9 min au plus d’un site."
    assert pages.catchment_page([zone("x", 80, None, None)], 9)[0] == ""


@pytest.mark.parametrize(
    ("sites", "expected"),
    [
        (1, "99 % de la surface du territoire est à 30 min au plus du site, en voiture."),
        (3, "99 % de la surface du territoire est à 30 min au plus d’un site, en voiture."),
    ],
)
def test_isochrones_in_a_sentence(sites: int, expected: str) -> None:
    text, cards = pages.isochrone_page([(10, 30.2), (20, 84.0), (30, 98.9)], sites, "min")
    assert plain(text) == expected
    assert len(cards) == 4


def test_a_long_list_of_communes_is_cut_and_counted() -> None:
    names = {str(rank): f"Mirage {rank:02d}" for rank in range(12)}
    words = {"eloignee": "Éloignée", "touchee": "Touchée"}
    text, cards = pages.typology_page(dict.fromkeys(names, "eloignee"), names, words, ("eloignee",))
    assert plain(text) == (
        "12 communes, dont "
        + ", ".join(f"Mirage {rank:02d}" for rank in range(7))
        + " et Mirage 07, sont classées « Éloignée »."
    )
    assert [(card.label, plain(card.text)) for card in cards] == [("Éloignée", "12 communes")]


def test_the_paradox_names_its_communes_in_order() -> None:
    cells = {"a": "3-1", "b": "3-3", "c": "3-1", "d": "3-1"}
    text, cards = pages.crossing_page(cells, NAMES)
    assert plain(text) == "Écrit, Le Leurre et Zèbre cumulent un besoin fort et une portée faible."
    assert [plain(card.text) for card in cards] == ["3 communes", "1 commune", "4"]
    text, _ = pages.crossing_page({"a": "1-1"}, NAMES)
    assert text == "Aucune commune ne cumule un besoin fort et une portée faible."


def test_reaching_a_site_in_a_sentence() -> None:
    told = {"car": {15.0: Value(80.0), 30.0: Value(91.2), 45.0: Value(99.0)},
            "bike": {15.0: SECRET, 30.0: Value(40.4), 45.0: Value(60.0)},
            "foot": {15.0: SECRET, 30.0: SECRET, 45.0: SECRET}}  # fmt: skip
    text, cards = pages.mobility_page("site", told)
    assert plain(text) == (
        "En 30 minutes au plus, 91 % des bénéficiaires actuels peuvent rejoindre un site en voiture et 40 % à vélo."
    )
    assert set(numbers_of(text)) <= printed_numbers(cards)
    assert pages.mobility_page("jobs", {"foot": {30.0: SECRET}})[0] == ""
