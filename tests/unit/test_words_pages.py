"""Each number of a sentence is on its page, and nothing is told of a figure that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pytest
from coodiag.coodiag_plugin.core.catalogue import Indicator, indicators
from coodiag.coodiag_plugin.core.values import (
    ABSENT,
    FAILED,
    NOT_APPLICABLE,
    SECRET,
    Value,
)
from coodiag.coodiag_plugin.edition import sentences
from coodiag.coodiag_plugin.edition.context import Figure
from coodiag.coodiag_plugin.edition.sentences import Reference, Standing
from coodiag.coodiag_plugin.edition.sentences.numbers import printed_numbers
from coodiag.tests.unit import report_samples as samples
from coodiag.tests.unit.sentence_cases import NAMES
from hypothesis import given, settings
from hypothesis import strategies as st

SUBJECTS = [
    indicators()[name]
    for name in (
        "taux_chomage", "chomeurs", "population", "evolution_population", "evolution_emploi",
        "concentration_emploi", "niveau_vie_median", "densite", "part_75_plus", "taille_menages",
        "natalite", "etablissements_habitants", "foyers_allocataires",
    )
]  # fmt: skip
UNREAD = 98765.4
NUMBER = st.one_of(
    st.floats(-50, 5000).map(lambda number: round(number, 4)),
    st.integers(0, 90_000).map(float),
    st.floats(-1e12, 1e12),
    st.sampled_from([0.0, -0.0, 1.0, 1.9, 2.0, -0.04, 1e15]),
)
HIDDEN = st.sampled_from([SECRET, ABSENT, NOT_APPLICABLE, FAILED, Value(UNREAD, significant=False)])
ANY = st.one_of(NUMBER.map(Value), HIDDEN)
VALUES = st.dictionaries(st.sampled_from("abcdef"), ANY)
PLACES = {
    "TERRITOIRE": ["Pays fictif"],
    "EPCI": ["Rennes Métropole", "CC du Pays de Honfleur-Beuzeville", "Angers Loire Métropole"],
    "DEP": ["Orne", "Côtes-d’Armor", "Département fictif", "La Réunion"],
    "REG": ["Hauts-de-France", "Occitanie"],
    "FRANCE": ["France"],
    "SIMILAR": ["Territoires comparables"],
}
REFERENCES = st.lists(
    st.sampled_from(sorted(PLACES)).flatmap(
        lambda level: st.builds(Reference, st.just(level), st.sampled_from(PLACES[level]), ANY)
    ),
    max_size=5,
    unique_by=lambda reference: reference.level,
)


def on_cards(subject: Indicator, cards: Sequence[Figure]) -> set[str]:
    """Numbers of the cards, and of the name of the indicator (which the page's subtitle holds)."""
    return printed_numbers(tuple(cards)) | printed_numbers((subject.label, subject.short))


def ill_typed(text: str) -> list[str]:
    """What no printed sentence holds: double or dangling spaces, empty brackets, lost agreement."""
    wrong = re.findall(
        r"  |^ | $|\( |\s\)|\(\)| [.,]|\.\.|,,|'|None|nan|inf\b|\bde [aeiouéèêâîôœ]|\bque [aeioué]"
        r"|\ble [aeoué]|\bde le\b|\bde les\b|\bà le\b|\bà les\b|−0,0+\b| :| ;|\d [%‰€]",
        text,
    )
    return [*wrong, *(["no full stop"] if text and not text.endswith(".") else [])]


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(SUBJECTS), VALUES, REFERENCES)
def test_a_page_quotes_its_own_cards(
    subject: Indicator, values: Mapping[str, Value], references: list[Reference]
) -> None:
    text = sentences.page_sentence(subject, values, NAMES, references)
    cards = sentences.page_figures(subject, values, NAMES, references)
    assert len(cards) <= 4
    assert set(sentences.numbers_of(text)) <= on_cards(subject, cards), text
    assert not ill_typed(text), text
    assert text, "a page always says something, were it that nothing can be shown"
    assert text[0].isupper() or text[0].isdigit()


@settings(deadline=None, max_examples=200)
@given(st.sampled_from(SUBJECTS), VALUES, REFERENCES, HIDDEN)
def test_a_hidden_commune_is_not_named_nor_told(
    subject: Indicator, values: dict[str, Value], references: list[Reference], hidden: Value
) -> None:
    values = {**values, "d": hidden}
    text = sentences.page_sentence(subject, values, NAMES, references)
    cards = sentences.page_figures(subject, values, NAMES, references)
    told = f"{text} | {cards}"
    assert NAMES["d"] not in told
    assert "98\u202f765" not in told


@settings(deadline=None, max_examples=200)
@given(st.sampled_from(SUBJECTS), VALUES, REFERENCES)
def test_the_same_values_give_the_same_words_in_any_order(
    subject: Indicator, values: Mapping[str, Value], references: list[Reference]
) -> None:
    turned = dict(reversed(list(values.items())))
    assert sentences.page_sentence(subject, values, NAMES, references) == sentences.page_sentence(
        subject, turned, NAMES, references
    )


STANDINGS = st.lists(
    st.builds(
        lambda subject, own, whole, others: Standing(subject, own, whole, (own, *others)),
        st.sampled_from(SUBJECTS),
        ANY,
        ANY,
        st.lists(ANY, max_size=40),
    ),
    max_size=5,
    unique_by=lambda item: item.subject.id,
)


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(sorted(NAMES.values())), STANDINGS)
def test_a_commune_quotes_its_own_cards(name: str, standings: list[Standing]) -> None:
    text = sentences.commune_sentence(name, standings)
    cards = sentences.commune_figures(standings)
    labels = printed_numbers(tuple(item.subject.label for item in standings))
    assert set(sentences.numbers_of(text)) <= printed_numbers(cards) | labels, text
    assert not ill_typed(text), text
    assert "98\u202f765" not in text
    assert len(re.findall(r"\. (?=[A-ZÉ])", text)) <= 1
    if not any(sentences.readable(item.value) for item in standings):
        assert text == ""


@pytest.mark.parametrize("number", [float("inf"), float("-inf")])
def test_an_infinite_figure_is_refused(number: float) -> None:
    values = {"a": Value(number), "b": Value(1.0)}
    with pytest.raises(ValueError, match="cannot be printed"):
        sentences.page_sentence(indicators()["taux_chomage"], values, NAMES, ())


def test_not_a_number_is_no_value() -> None:
    with pytest.raises(ValueError, match="NaN"):
        Value(float("nan"))


# --- numbers of a text -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le territoire perd 1\u202f234 emplois, soit −2,5\u00a0%.", ("1\u202f234", "2,5")),
        ("12 345 habitants, dont 0,0\u00a0% à X", ("12\u202f345", "0,0")),
        ("de 15–64 ans, en 2018", ("15", "64", "2018")),
        ("pour 1 000 habitants", ("1\u202f000",)),
        ("la 31e des 40 communes", ("31", "40")),
        ("Aucune commune.", ()),
    ],
)
def test_numbers_of_a_text(text: str, expected: tuple[str, ...]) -> None:
    assert sentences.numbers_of(text) == expected


# --- a whole diagnosis -----------------------------------------------------------------------


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_each_number_in_a_sentence_is_on_its_page(seed: int) -> None:
    context = samples.context(seed=seed)
    for chapter in context.chapters:
        for page in chapter.pages:
            assert set(sentences.numbers_of(page.sentence)) <= printed_numbers(page), page.sentence
        for sheet in chapter.sheets:
            assert set(sentences.numbers_of(sheet.sentence)) <= printed_numbers(sheet), sheet.title
    for commune in context.communes:
        found = set(sentences.numbers_of(commune.sentence))
        assert found <= printed_numbers(commune), commune.sentence


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_each_number_in_a_finding_is_on_a_page_of_its_chapter(seed: int) -> None:
    for chapter in samples.context(seed=seed).chapters:
        known = printed_numbers((chapter.pages, chapter.sheets))
        assert len(chapter.findings) <= 3
        assert len(set(chapter.findings)) == len(chapter.findings)
        for finding in chapter.findings:
            assert set(sentences.numbers_of(finding)) <= known, finding
            if finding not in {sheet.sentence for sheet in chapter.sheets}:  # words of others
                assert not ill_typed(finding), finding


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_each_number_of_the_synthesis_is_among_its_figures(seed: int) -> None:
    context = samples.context(seed=seed)
    texts = [text for block in context.synthesis for text in block.texts]
    figures = [block.figures for block in context.synthesis]
    known = printed_numbers(figures)
    for text in texts:
        assert set(sentences.numbers_of(text)) <= known, text
        assert not ill_typed(text), text
