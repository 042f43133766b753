"""Reads the reviewed corpus of sentences: inputs as data, one function of the plugin per case.

A figure is a number or a sign: ``s`` secret, ``…`` absent, ``///`` not applicable, ``failed``,
``n.s.`` a known number too uncertain to be read, ``inf`` an infinite one.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from coodiag.coodiag_plugin.core import grammar
from coodiag.coodiag_plugin.core.catalogue import Indicator, indicators, layer_fields
from coodiag.coodiag_plugin.core.values import (
    ABSENT,
    FAILED,
    NOT_APPLICABLE,
    SECRET,
    Value,
)
from coodiag.coodiag_plugin.edition import sentences

CORPUS = Path(__file__).with_name("sentence_corpus.json")
NAMES = {
    "a": "Le Leurre",
    "b": "Aigrefin",
    "c": "Zèbre",
    "d": "Écrit",
    "e": "L’Haÿ-les-Roses",
    "f": "Les Mureaux",
}
#: A number that no sentence may print: that of the figures which cannot be read.
UNREAD = 98765.4
SIGNS = {
    "s": SECRET,
    "…": ABSENT,
    "///": NOT_APPLICABLE,
    "failed": FAILED,
    "n.s.": Value(UNREAD, significant=False),
}


def corpus() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(CORPUS.read_text(encoding="utf-8"))
    return found


def value(cell: float | str) -> Value:
    if cell == "inf":
        return Value(math.inf)
    return SIGNS[cell] if isinstance(cell, str) else Value(float(cell))


def subject(name: str) -> Indicator:
    layer, _, field = name.partition(".")
    return layer_fields()[(layer, field)] if field else indicators()[name]


def references(case: dict[str, Any]) -> tuple[sentences.Reference, ...]:
    return tuple(
        sentences.Reference(level, name, value(cell)) for level, name, cell in case["references"]
    )


def standings(case: dict[str, Any]) -> list[sentences.Standing]:
    return [
        sentences.Standing(
            subject(name), value(own), value(whole), tuple(value(peer) for peer in peers)
        )
        for name, own, whole, peers in case["figures"]
    ]


def say(case: dict[str, Any]) -> str:
    """The sentence of a case, as the plugin writes it."""
    kind = case["function"]
    if kind == "level":
        return sentences.level_sentence(subject(case["subject"]), references(case))
    if kind == "page":
        values = {code: value(cell) for code, cell in case["values"].items()}
        return sentences.page_sentence(subject(case["subject"]), values, NAMES, references(case))
    if kind == "commune":
        return sentences.commune_sentence(case["name"], standings(case))
    return {"of": grammar.of, "at": grammar.at}[kind](case["name"])


def plain(text: str) -> str:
    """With ordinary spaces, as the corpus is written."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")
