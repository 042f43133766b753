"""The reviewed corpus: each case gives exactly the sentence that a person has read and signed."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from coodiag.tests.unit import sentence_cases as cases

CORPUS = cases.corpus()
SENTENCES = [case for case in CORPUS if case["function"] not in ("of", "at")]


@pytest.mark.parametrize("case", CORPUS, ids=[case["id"] for case in CORPUS])
def test_the_sentence_is_the_reviewed_one(case: dict[str, Any]) -> None:
    if case["expected"] == "!ValueError":
        with pytest.raises(ValueError, match="cannot be printed"):
            cases.say(case)
        return
    assert cases.plain(cases.say(case)) == case["expected"]


def test_the_corpus_is_large_and_each_case_is_another_one() -> None:
    assert len(SENTENCES) >= 80
    assert [
        name for name, count in Counter(case["id"] for case in CORPUS).items() if count > 1
    ] == []


@pytest.mark.parametrize("case", SENTENCES, ids=[case["id"] for case in SENTENCES])
def test_spaces_that_must_not_break_do_not(case: dict[str, Any]) -> None:
    if case["expected"].startswith("!"):
        return
    text = cases.say(case)
    assert not re.search(r"\d (?=[%‰€]|\d{3}\b|points?\b|fois\b|communes?\b)", text)
    assert not re.search(r" [:;!?»]|« ", text)
    assert "'" not in text and "..." not in text


@pytest.mark.parametrize("case", SENTENCES, ids=[case["id"] for case in SENTENCES])
def test_a_figure_that_cannot_be_read_is_not_printed(case: dict[str, Any]) -> None:
    if case["expected"].startswith("!"):
        return
    assert "98" + "\u202f" + "765" not in cases.say(case)


def test_the_corpus_holds_the_delicate_cases() -> None:
    """Zero, one, ties, secrets, reversed direction… are there by name."""
    names = " | ".join(case["id"] for case in CORPUS)
    for needed in (
        "zero", "one", "tie", "secret", "n.s.", "absent", "failed", "not applicable", "direction",
        "stable", "infinite", "all equal", "two communes", "one commune", "very large",
        "minus zero", "rounding", "points", "elision", "close", "apostrophe",
    ):  # fmt: skip
        assert needed in names, needed
