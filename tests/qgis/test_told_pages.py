"""Pages told in words of their own: services within reach, prospects, index of qualification."""

from __future__ import annotations

from dataclasses import replace

import pytest
from coodiag.coodiag_plugin.core.crossings import LevelFigures, Qualification, ServiceFigures
from coodiag.coodiag_plugin.core.values import ABSENT, Value
from coodiag.coodiag_plugin.edition.sentences import numbers_of, texts_of
from coodiag.coodiag_plugin.qgis_bridge.layers import memory_layer, records
from coodiag.coodiag_plugin.qgis_bridge.pipeline.crossings import (
    LEAST_ESTABLISHMENTS,
    _without_counts,
)
from coodiag.coodiag_plugin.qgis_bridge.pipeline.results import CoverageResult, ProspectionResult
from coodiag.coodiag_plugin.qgis_bridge.pipeline.told_pages import (
    index_words,
    prospection_words,
    supply_sentence,
)
from coodiag.coodiag_plugin.qgis_bridge.prospects import ZONE_FIELDS

SERVICE = ServiceFigures(
    "droits", "Accès aux droits", "", "espaces", "aucun espace fictif", "habitants", "pour 1 000",
    Value(3.0), Value(9000.0), Value(0.33), Value(2.0), Value(5.25), "20\u00a0min en voiture", True,
)  # fmt: skip


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("without", "share", "lacking", "expected"),
    [
        (2.0, 5.25, ["Fictange", "Demoville"],
         "2 communes (Demoville et Fictange) n’ont aucun espace fictif à moins de 20 min en voiture : 5,3 % des habitants y vivent."),
        (1.0, 0.0, ["Fictange"], "1 commune (Fictange) n’a aucun espace fictif à moins de 20 min en voiture."),
        (5.0, 40.0, [*"ABCDE"],
         "5 communes n’ont aucun espace fictif à moins de 20 min en voiture : 40,0 % des habitants y vivent."),
        (0.0, 0.0, [], "Chaque commune a un espace fictif à moins de 20 min en voiture."),
    ],
)  # fmt: skip
def test_a_service_is_told_by_those_who_have_none(
    without: float, share: float, lacking: list[str], expected: str
) -> None:
    item = replace(SERVICE, without=Value(without), without_share=Value(share))
    assert plain(supply_sentence(item, lacking)) == expected


def test_a_service_of_an_unknown_number_is_not_told() -> None:
    assert supply_sentence(replace(SERVICE, without=ABSENT), []) == ""


def test_prospects_are_told_by_number_activity_and_place() -> None:
    result = ProspectionResult(
        "", (), Value(3340.0), 1524, "20\u00a0min", 100,
        (("Restauration", 34), ("Entreposage et services auxiliaires des transports, fictif", 9)),
    )  # fmt: skip
    sentence, cards = prospection_words(result, ["Demoville", "Le Fictif"])
    assert plain(sentence) == (
        "1 524 établissements à moins de 20 min d’un site ont une activité recherchée et ne sont pas clients. "
        "Parmi les 100 mieux classés : restauration (34) et entreposage et services auxiliaires (9). "
        "Le potentiel est le plus fort à Demoville et au Fictif."
    )
    known = {number for text in texts_of(cards) for number in numbers_of(text)}
    assert set(numbers_of(sentence)) <= known


def test_a_small_commune_has_no_potential_for_1000_establishments(qgis_app: object) -> None:
    base = {"codgeo": "01001", "nom": "Fictive", "prospects": 3, "cost": 4.0, "cost_unit": "min",
            "white": False, "score": 230.0, "score_per_1000": 7187.5}  # fmt: skip
    rows = [
        ({**base, "establishments": LEAST_ESTABLISHMENTS - 1}, None),
        ({**base, "establishments": LEAST_ESTABLISHMENTS}, None),
        ({**base, "establishments": 900, "score": 4.0, "score_per_1000": 4.4}, None),
    ]
    layer = _without_counts(memory_layer("z", ZONE_FIELDS, rows=rows))
    small, large, none = (row for row, _ in records(layer))
    assert (small["score_per_1000"], small["score_per_1000_etat"]) == (None, "sans_objet")
    assert (large["score_per_1000"], large["score_per_1000_etat"]) == (4600.0, "connu")
    assert none["score"] == none["score_per_1000"] == 0.0, "no potential is none on both maps"


def level(label: str, jobs: float, people: float) -> LevelFigures:
    return LevelFigures(
        label, label, "Employés fictifs", "", ABSENT, ABSENT, Value(jobs), Value(people), ABSENT
    )


def test_the_index_is_told_by_the_shares_that_it_compares() -> None:
    found = Qualification((level("Bac ou moins", 50.0, 70.0),), "Chômeurs", ABSENT, Value(140.0))
    sentence, cards = index_words(found)
    assert plain(sentence) == (
        "Le niveau « bac ou moins » réunit 70,0 % des chômeurs ; les emplois correspondants (employés fictifs), "
        "50,0 % des emplois occupés : indice 140 (100 : deux parts égales)."
    )
    known = {number for text in texts_of(cards) for number in numbers_of(text)}
    assert set(numbers_of(sentence)) <= known
    assert index_words(replace(found, index=Value(90.0))) == ("", ())


def test_a_number_of_clients_is_named_and_told_apart_from_the_rate() -> None:
    result = CoverageResult(
        "taux",
        (),
        "Clients entreprises",
        Value(192.0),
        Value(14.3),
        Value(38.0),
        "rapport",
        "nombre",
    )
    assert result.label("count") == "Clients entreprises (dans le territoire)"
    assert (result.told("count"), result.told("rate")) == ("nombre", "taux")
