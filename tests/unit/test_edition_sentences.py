"""Sentences: exact French, only figures of the page, never a hidden one."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from coodiag.coodiag_plugin.core.catalogue import Indicator, indicators
from coodiag.coodiag_plugin.core.values import (
    ABSENT,
    FAILED,
    NOT_APPLICABLE,
    SECRET,
    Value,
)
from coodiag.coodiag_plugin.edition import structure_pages as pages
from coodiag.coodiag_plugin.edition.sentences import (
    Reference,
    commune_sentence,
    level_sentence,
    page_figures,
    page_sentence,
)
from coodiag.tests.unit import report_samples as samples
from hypothesis import given, settings
from hypothesis import strategies as st

RATE = indicators()["taux_chomage"]
COUNT = indicators()["chomeurs"]
CHANGE = indicators()["evolution_population"]
INDEX = indicators()["concentration_emploi"]
NAMES = {"a": "Le Leurre", "b": "Aigrefin", "c": "Zèbre", "d": "Écrit"}
NOT_SIGNIFICANT = Value(99.9, significant=False)
FIGURE = re.compile(r"[+−]?\d[\d\u202f]*(?:,\d+)?(?:\u00a0(?:%|‰|€|min|km|communes?|autres?))?")


def refs(*pairs: tuple[str, float | Value]) -> tuple[Reference, ...]:
    words = {"TERRITOIRE": "Pays fictif", "EPCI": "CC fictive", "DEP": "Département fictif"}
    return tuple(
        Reference(level, words.get(level, level), v if isinstance(v, Value) else Value(v))
        for level, v in pairs
    )


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def say(subject: Indicator, values: Mapping[str, Value], *pairs: tuple[str, float | Value]) -> str:
    return plain(page_sentence(subject, values, NAMES, refs(*pairs)))


@pytest.mark.parametrize(
    ("own", "other", "expected"),
    [
        (12.54, 11.3, "Taux de chômage : 12,5 % pour l’ensemble du territoire, au-dessus du niveau départemental (11,3 %)."),
        (11.24, 11.3, "Taux de chômage : 11,2 % pour l’ensemble du territoire, au-dessous du niveau départemental (11,3 %)."),
        # different numbers that are printed alike are equal to the reader
        (11.26, 11.34, "Taux de chômage : 11,3 % pour l’ensemble du territoire, comme au niveau départemental (11,3 %)."),
    ],
)  # fmt: skip
def test_level_above_below_and_equal_as_printed(own: float, other: float, expected: str) -> None:
    found = level_sentence(RATE, refs(("TERRITOIRE", own), ("DEP", other)))
    assert plain(found) == expected


@pytest.mark.parametrize(
    ("references", "expected"),
    [
        ((("TERRITOIRE", 12.0),), "Taux de chômage : 12,0 % pour l’ensemble du territoire."),
        ((("TERRITOIRE", SECRET), ("DEP", 11.0)), ""),
        ((("TERRITOIRE", NOT_SIGNIFICANT), ("DEP", 11.0)), ""),
        ((("DEP", 11.0),), ""),
        ((), ""),
        (
            (("TERRITOIRE", 12.0), ("EPCI", SECRET), ("DEP", ABSENT), ("FRANCE", 9.0)),
            "Taux de chômage : 12,0 % pour l’ensemble du territoire, au-dessus du niveau national (9,0 %).",
        ),
        (
            (("TERRITOIRE", 12.0), ("EPCI", 13.0), ("DEP", 9.0)),
            "Taux de chômage : 12,0 % pour l’ensemble du territoire, au-dessous du niveau intercommunal (13,0 %).",
        ),
    ],
)
def test_the_nearest_readable_reference_is_quoted(
    references: tuple[tuple[str, float | Value], ...], expected: str
) -> None:
    assert plain(level_sentence(RATE, refs(*references))) == expected


def test_a_rate_page() -> None:
    values = {"a": Value(8.0), "b": Value(14.61), "c": SECRET, "d": NOT_SIGNIFICANT}
    assert say(RATE, values, ("TERRITOIRE", 10.0), ("EPCI", 9.0)) == (
        "Taux de chômage : 10,0 % pour l’ensemble du territoire, au-dessus du niveau intercommunal (9,0 %). "
        "Les communes vont de 8,0 % (Le Leurre) à 14,6 % (Aigrefin). "
        "La valeur n’est pas montrée pour 1 commune (secret ou absence). "
        "Elle est trop incertaine pour être lue (n.s.) dans 1 commune."
    )


def test_a_change_carries_its_sign() -> None:
    values = {"a": Value(-0.3), "b": Value(1.2)}
    found = say(CHANGE, values, ("TERRITOIRE", 0.0), ("DEP", -0.5))
    assert (
        "0,00 % pour l’ensemble du territoire, au-dessus du niveau départemental (−0,50 %)" in found
    )
    assert "de −0,30 % (Le Leurre) à +1,20 % (Aigrefin)" in found


def test_an_index_has_no_unit() -> None:
    assert say(INDEX, {"a": Value(80.0)}, ("TERRITOIRE", 95.04)) == (
        "Concentration d’emploi : 95,0 pour l’ensemble du territoire."
    )


def test_a_stock_page() -> None:
    values = {"a": Value(300.0), "b": Value(1200.0), "c": Value(500.0), "d": SECRET}
    assert say(COUNT, values, ("TERRITOIRE", 2400.0)) == (
        "Le territoire en compte 2 400 chômeurs, dont 50 % à Aigrefin ; "
        "viennent ensuite Zèbre (500 chômeurs) et Le Leurre (300 chômeurs). "
        "La valeur n’est pas montrée pour 1 commune (secret ou absence)."
    )


def test_a_stock_page_of_two_communes_contracts_the_article() -> None:
    values = {"a": Value(300.0), "b": Value(100.0)}
    assert say(COUNT, values, ("TERRITOIRE", 400.0)) == (
        "Le territoire en compte 400 chômeurs, dont 75 % au Leurre ; "
        "vient ensuite Aigrefin (100 chômeurs)."
    )


def test_a_stock_without_a_readable_total() -> None:
    values = {"a": Value(300.0), "b": Value(100.0)}
    expected = "Le plus grand nombre se trouve au Leurre (300 chômeurs)."
    assert say(COUNT, values, ("TERRITOIRE", SECRET)) == expected
    assert say(COUNT, values) == expected
    assert say(COUNT, {"a": Value(0.0)}, ("TERRITOIRE", 0.0)).startswith("Le plus grand nombre")


def test_one_commune() -> None:
    assert say(COUNT, {"a": Value(30.0)}, ("TERRITOIRE", 30.0)) == (
        "Le territoire en compte 30 chômeurs, dont 100 % au Leurre."
    )
    assert say(RATE, {"a": Value(8.0)}, ("TERRITOIRE", 8.0), ("FRANCE", 9.5)) == (
        "Taux de chômage : 8,0 % pour l’ensemble du territoire, au-dessous du niveau national (9,5 %)."
    )


def test_communes_that_print_alike() -> None:
    values = {"a": Value(8.04), "b": Value(7.96)}
    assert say(RATE, values).endswith("Les communes ont toutes la même valeur.")


@pytest.mark.parametrize("hidden", [SECRET, ABSENT, NOT_APPLICABLE, FAILED, NOT_SIGNIFICANT])
@pytest.mark.parametrize("subject", [RATE, COUNT])
def test_all_hidden(subject: Indicator, hidden: Value) -> None:
    values = dict.fromkeys("abcd", hidden)
    expected = "Aucune valeur ne peut être montrée à l’échelle des communes."
    assert say(subject, values, ("TERRITOIRE", 10.0), ("DEP", 9.0)) == expected


def test_equal_figures_are_named_in_the_order_of_an_index() -> None:
    values = {"a": Value(5.0), "b": Value(9.0), "c": Value(9.0), "d": Value(9.0)}
    assert [card.label for card in page_figures(COUNT, values, NAMES, ())] == [
        "Aigrefin",
        "Écrit",
        "Zèbre",
    ]


# --- a sentence quotes only what is on its page ----------------------------------------------


def figures_in(text: str) -> set[str]:
    return {re.sub(r"\D+$", "", found) for found in FIGURE.findall(text)}


def quoted_and_carded(
    subject: Indicator, values: Mapping[str, Value], references: tuple[Reference, ...]
) -> tuple[set[str], set[str]]:
    sentence = page_sentence(subject, values, NAMES, references)
    sentence = re.sub(
        r"(La valeur n’est pas montrée pour|Elle est trop incertaine) .*", "", sentence
    )  # counts communes
    sentence = sentence.replace(subject.short, "").replace(subject.label, "")
    cards = page_figures(subject, values, NAMES, references)
    return figures_in(sentence), figures_in(
        " | ".join(f"{card.text} | {card.note}" for card in cards)
    )


NUMBER = st.one_of(
    st.floats(-50, 5000).map(lambda number: round(number, 4)), st.integers(0, 90_000).map(float)
)
ANY = st.one_of(
    NUMBER.map(Value),
    st.sampled_from([SECRET, ABSENT, NOT_APPLICABLE, FAILED]),
    NUMBER.map(lambda number: Value(number, significant=False)),
)


@settings(deadline=None)
@given(
    st.sampled_from([RATE, COUNT, CHANGE, INDEX]),
    st.dictionaries(st.sampled_from("abcd"), ANY, min_size=1),
    st.lists(
        st.tuples(st.sampled_from(["TERRITOIRE", "EPCI", "DEP", "REG", "FRANCE"]), ANY),
        max_size=4,
        unique_by=lambda pair: pair[0],
    ),
)
def test_a_sentence_quotes_only_the_cards_of_its_page(
    subject: Indicator,
    values: dict[str, Value],
    pairs: list[tuple[str, Value]],
) -> None:
    if subject.is_count:
        values = {k: v if v.number is None else Value(abs(v.number)) for k, v in values.items()}
    quoted, carded = quoted_and_carded(subject, values, refs(*pairs))
    assert quoted <= carded, f"{quoted - carded} is not on a card"


@settings(deadline=None)
@given(
    st.sampled_from([RATE, COUNT]),
    st.dictionaries(st.sampled_from("abc"), st.integers(5, 900).map(lambda n: Value(float(n)))),
    st.sampled_from([SECRET, NOT_SIGNIFICANT]),
)
def test_a_hidden_or_uncertain_figure_is_never_in_a_sentence(
    subject: Indicator, values: dict[str, Value], hidden: Value
) -> None:
    """The fourth commune is hidden: its name and its number stand nowhere."""
    whole = refs(("TERRITOIRE", 4000.0), ("DEP", hidden))
    text = page_sentence(subject, {**values, "d": hidden}, NAMES, whole)
    assert NAMES["d"] not in text and "99,9" not in text
    assert "départemental" not in text
    labels = [card.label for card in page_figures(subject, {**values, "d": hidden}, NAMES, whole)]
    assert NAMES["d"] not in labels


def test_every_page_of_a_whole_profile_quotes_its_own_cards() -> None:
    for chapter in samples.context().chapters:
        for page in chapter.pages:
            sentence = re.sub(
                r"(La valeur n’est pas montrée pour|Elle est trop incertaine) .*", "", page.sentence
            )
            sentence = sentence.replace("1 000 hab", "").replace("75 ans", "")
            cards = " | ".join(f"{card.text} | {card.note}" for card in page.figures)
            assert figures_in(sentence) <= figures_in(cards), page.title


def test_findings_quote_what_the_pages_of_the_chapter_print() -> None:
    for chapter in samples.context().chapters:
        assert 1 <= len(chapter.findings) <= 3
        known = figures_in(
            " | ".join(
                f"{page.sentence} | " + " | ".join(f"{c.text} {c.note}" for c in page.figures)
                for page in chapter.pages
            )
        )
        for finding in chapter.findings:
            figures = finding.partition("\u00a0: ")[2] or finding  # not those of a label
            assert figures_in(figures) <= known, finding
            assert finding.endswith(".")
            assert finding[0].isupper() or finding[0].isdigit()


# --- a commune -------------------------------------------------------------------------------

POPULATION = indicators()["population"]


def test_a_commune_in_a_sentence() -> None:
    found = commune_sentence(
        "Écrit-sur-Rien",
        [
            (RATE, Value(12.54), Value(11.3)),
            (POPULATION, Value(1234.0), Value(70_000.0)),
            (COUNT, Value(99.0), Value(3000.0)),
            (CHANGE, SECRET, Value(0.2)),
            (INDEX, Value(80.0), SECRET),
        ],
    )
    assert plain(found) == (
        "Écrit-sur-Rien compte 1 234 habitants. "
        "Taux de chômage : 12,5 %, au-dessus du niveau du territoire (11,3 %)."
    )


@pytest.mark.parametrize(
    ("number", "expected"),
    [(0.0, "Le Leurre compte 0 habitant."), (1.0, "Le Leurre compte 1 habitant.")],
)
def test_a_hamlet_without_people_agrees(number: float, expected: str) -> None:
    found = commune_sentence("Le Leurre", [(POPULATION, Value(number), Value(9.0))])
    assert plain(found) == expected


def test_nothing_known_of_a_commune_gives_no_sentence() -> None:
    assert (
        commune_sentence("Mirage", [(POPULATION, SECRET, Value(9.0)), (RATE, ABSENT, ABSENT)]) == ""
    )


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
    assert figures_in(text) <= figures_in(" ".join(f"{c.text} {c.note}" for c in cards))


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
        (1, "Depuis le site, 30 min suffisent pour atteindre 99 % de la surface du territoire."),
        (
            3,
            "Depuis les 3 sites, 30 min suffisent pour atteindre 99 % de la surface du territoire.",
        ),
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
        "Éloignée : " + ", ".join(f"Mirage {rank:02d}" for rank in range(8)) + " et 4 autres."
    )
    assert [(card.label, plain(card.text)) for card in cards] == [("Éloignée", "12 communes")]


def test_the_paradox_names_its_communes_in_order() -> None:
    cells = {"a": "3-1", "b": "3-3", "c": "3-1", "d": "3-1"}
    text, cards = pages.crossing_page(cells, NAMES)
    assert plain(text) == "Besoin fort et portée faible : Écrit, Le Leurre et Zèbre."
    assert [plain(card.text) for card in cards] == ["3 communes", "1 commune", "4"]
    text, _ = pages.crossing_page({"a": "1-1"}, NAMES)
    assert text == "Aucune commune ne cumule un besoin fort et une portée faible."
