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
from coodiag.coodiag_plugin.core.crossings import (
    Paradox,
    ParadoxFactor,
    ParadoxPlace,
    ParadoxType,
)
from coodiag.coodiag_plugin.core.profiles import Page
from coodiag.coodiag_plugin.core.values import (
    ABSENT,
    FAILED,
    NOT_APPLICABLE,
    SECRET,
    Value,
    ratio,
)
from coodiag.coodiag_plugin.edition import sentences, structure_pages
from coodiag.coodiag_plugin.edition.materials import SheetMaterial
from coodiag.coodiag_plugin.edition.sheets.paradox import paradox_sheet

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


def paradox(case: dict[str, Any]) -> SheetMaterial:
    """The sheet of a case: ``touched`` and ``missed`` are [names, job seekers, beneficiaries],
    ``places`` [name, job seekers, cost, factors]."""
    seekers, everybody = Value(float(case["seekers"])), value(case["beneficiaries"])
    types = [
        ParadoxType(kind, kind, len(names), value(people), ratio(value(people), seekers, 100.0), value(reached), tuple(names))
        for kind, (names, people, reached) in (("touchee", case["touched"]), ("eloignee", case["missed"]))
    ]  # fmt: skip
    lost = Value(float(sum(people for _, people, _, _ in case["places"])))
    briefs = {"Distance": "loin d’un site", "Ménages sans voiture": "peu de voitures", "Faible qualification": "peu de diplômes"}  # fmt: skip
    factors = [
        ParadoxFactor(
            "distance" if label == "Distance" else label, label, "", 1, lost,
            ratio(Value(sum(float(p[1]) for p in case["places"] if label in p[3])), lost, 100.0), Value(0.0), brief,
        )
        for label, brief in briefs.items()
    ]  # fmt: skip
    places = [
        ParadoxPlace(name, name, "eloignee", "eloignee", Value(float(people)), value(cost), tuple(found))
        for name, people, cost, found in case["places"]
    ]  # fmt: skip
    made = paradox_sheet(
        Page("x", "Qui ?", sheet="paradox"),
        Paradox(
            tuple(types),
            (*factors, ParadoxFactor("", "Aucun", "", 0, lost, Value(0.0), Value(0.0))),
            tuple(places),
            seekers,
            lost,
            everybody,
            unit=case.get("unit", "min"),
            uncounted=case.get("uncounted", 0),
        ),
        who="demandeurs d’emploi",
    )
    assert isinstance(made, SheetMaterial)
    return made


def finding(case: dict[str, Any]) -> str:
    """The finding of a chapter of one map, or of a table when ``table`` is said."""
    page = Page("x", "Une page", "choropleth", "communes")
    values = {code: value(cell) for code, cell in case["values"].items()}
    row = sentences.Told(page, subject(case["subject"]), values, references(case))
    if not case.get("table"):
        return " ".join(sentences.chapter_findings([row], NAMES))
    sheet = SheetMaterial(Page("t", "Une table", sheet="figures"), (), told=(row,))
    return " ".join(sentences.chapter_findings([], NAMES, [sheet]))


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
    if kind == "paradox":
        return paradox(case).sentence
    if kind == "finding":
        return finding(case)
    if kind == "crossing":
        return structure_pages.crossing_page(case["cells"], NAMES, case["above"])[0]
    if kind == "recruitment":
        return structure_pages.recruitment_page(case["types"], NAMES, {})[0]
    return {"of": grammar.of, "at": grammar.at}[kind](case["name"])


def plain(text: str) -> str:
    """With ordinary spaces, as the corpus is written."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")
