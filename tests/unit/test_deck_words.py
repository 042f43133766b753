"""Sentences made shorter for slides: whole, and with the same figures."""

from __future__ import annotations

import pytest
from coodiag.coodiag_plugin.edition.context import Figure
from coodiag.coodiag_plugin.edition.deck_words import (
    holding,
    message,
    quoted_first,
    sentences,
)
from coodiag.coodiag_plugin.edition.measure import height_at_most
from coodiag.coodiag_plugin.edition.sentences.numbers import numbers_of
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("sentence", "short"),
    [
        (
            "Le territoire compte 70\u202f000 habitants, dont 26\u00a0% à Demoville\u202f; viennent ensuite Fictange (9\u202f000) et Clairière (3\u202f100).",
            "Le territoire compte 70\u202f000 habitants, dont 26\u00a0% à Demoville",
        ),
        (
            "Il compte 15 structures, dont 40\u00a0% à Fictange ; vient ensuite Demoville (5).",
            "Il compte 15 structures, dont 40\u00a0% à Fictange",
        ),
        (
            "Le taux y est de 10,2\u00a0%, contre 9,7\u00a0%, soit 0,5 point de plus.",
            "Le taux y est de 10,2\u00a0%, contre 9,7\u00a0%",
        ),
        (
            "Solde naturel : −0,14\u00a0% ; solde migratoire : +0,31\u00a0%.",
            "Solde naturel : −0,14\u00a0% ; solde migratoire : +0,31\u00a0%",
        ),
        ("Pour 1 000 habitants, 19,2.", "Pour 1\u202f000 habitants, 19,2"),
    ],
)
def test_a_message_keeps_what_the_sentence_concludes(sentence: str, short: str) -> None:
    assert message(sentence) == short


@given(st.text(alphabet="ab 0123456789,;.:()% ", max_size=120))
def test_a_message_has_no_other_figure(text: str) -> None:
    assert set(numbers_of(message(text))) <= set(numbers_of(text))


def test_sentences_are_cut_at_stops_only() -> None:
    text = "Il vaut 2,5\u00a0% (n = 3). Elle va de 1 à 2. « Oui » est dit !"
    assert sentences(text) == (
        "Il vaut 2,5\u00a0% (n = 3).",
        "Elle va de 1 à 2.",
        "« Oui » est dit !",
    )
    assert " ".join(sentences(text)) == text


def test_cards_quoted_come_first_in_the_order_of_the_page() -> None:
    cards = tuple(Figure(name, text) for name, text in zip("abcd", ("1 %", "2 %", "3 %", "44 %")))
    assert [card.label for card in quoted_first(cards, "De 44 % à 2 %", 3)] == ["a", "b", "d"]
    assert [card.label for card in quoted_first(cards, "1, 2, 3 et 44", 3)] == list("abcd")
    assert len(quoted_first(cards, "rien", 3)) == 3


@given(st.lists(st.text(alphabet="abcdef gh.", min_size=1, max_size=300), max_size=6))
def test_what_holds_holds(texts: list[str]) -> None:
    kept, cut = holding(texts, 80.0, 30.0, 9.0, 2.0)
    if kept != tuple(texts):
        assert cut
    if len(kept) > 1:
        assert sum(height_at_most(text, 80.0, 9.0) for text in kept) <= 30.0 + 1e-6
