"""Names of fields and words of codes, as attribute tables show them."""

from __future__ import annotations

import importlib
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.catalogue import indicators, rows
from coodiag.coodiag_plugin.core.provenance import Provenance
from coodiag.coodiag_plugin.core.values import State
from coodiag.coodiag_plugin.qgis_bridge.aliases import (
    ENGLISH,
    FRENCH,
    codes,
    date_figures,
    figure_name,
    name_fields,
    years_of,
)
from coodiag.coodiag_plugin.qgis_bridge.coverage import figure_fields
from coodiag.coodiag_plugin.qgis_bridge.layers import REAL, TEXT, memory_layer
from coodiag.coodiag_plugin.qgis_bridge.metadata import catalogue
from coodiag.tests.qgis.model_runs import shown
from qgis.core import QgsApplication, QgsProcessingProvider, QgsVectorLayer

BRIDGE = "coodiag.coodiag_plugin.qgis_bridge."
#: What the layers of the algorithms hold, by output: module and name of their fields.
FIELDS = {
    "territory.COMMUNES": ("territory", "FIELDS"),
    "establishments.ESTABLISHMENTS": ("establishments", "FIELDS"),
    "ecosystem.ECOSYSTEM": ("ecosystem", "FIELDS"),
    "geocode.OUTPUT": ("geocoding", "RESULT_FIELDS"),
    "isochrones.OUTPUT": ("isochrone_output", "_OWN_FIELDS"),
    "catchment.ZONES": ("catchment_table", "FIELDS"),
    "catchment.CENTRES": ("catchment_extras", "CENTRE_FIELDS"),
    "catchment.SPREAD": ("catchment_extras", "SPREAD_FIELDS"),
    "catchment.LINES": ("catchment_extras", "LINE_FIELDS"),
    "catchment.FORECAST": ("catchment_extras", "RING_FIELDS"),
    "catchment.EXCLUDED": ("catchment_extras", "EXCLUDED_FIELDS"),
    "thresholdareas.OUTPUT": ("threshold_areas", "FIELDS"),
    "zoneprofile.OUTPUT": ("zone_profile", "FIELDS"),
    "similarcommunes.OUTPUT": ("similar_communes", "OWN_FIELDS"),
    "prospects.PROSPECTS": ("prospects", "FIELDS"),
    "prospects.ZONES": ("prospects", "ZONE_FIELDS"),
    "huff.SHARES": ("huff_layers", "SHARE_FIELDS"),
    "huff.TOTALS": ("huff_layers", "TOTAL_FIELDS"),
    "huff.MARKET": ("huff_layers", "MARKET_FIELDS"),
    "huff.BREAKS": ("huff_layers", "BREAK_FIELDS"),
    "selfevaluation.TABLE": ("cap_layers", "_TABLE"),
    "selfevaluation.PLAN": ("cap_layers", "_PLAN"),
    "selfevaluation.ISSUES": ("cap_layers", "_ISSUES"),
}


def layer_of(*names: str) -> QgsVectorLayer:
    kinds = {name: TEXT if name.endswith(("_etat", "role", "nom")) else REAL for name in names}
    return memory_layer("essai", kinds, rows=[])


def heads(layer: QgsVectorLayer) -> list[str]:
    return [shown(layer, name) for name in layer.fields().names()]


def in_words(layer: QgsVectorLayer, field: str, value: Any) -> str:
    """A value as the attribute table shows it."""
    index = layer.fields().indexOf(field)
    setup = layer.editorWidgetSetup(index)
    formatter = QgsApplication.fieldFormatterRegistry().fieldFormatter(setup.type())
    return str(formatter.representValue(layer, index, setup.config(), None, value))


def test_figures_are_named_after_the_catalogue_with_unit_and_year(qgis_app: Any) -> None:
    layer = layer_of(
        "codgeo", "population", "population_etat", "taux_pauvrete", "taux_pauvrete_etat"
    )
    name_fields(layer, "communes", FRENCH, {"population": "2021"})
    assert heads(layer) == [
        "Code Insee",
        "Population municipale – hab., 2021",
        "Population municipale – état",
        "Taux de pauvreté – %",
        "Taux de pauvreté – état",
    ]
    assert layer.fields().names()[1] == "population", "the field keeps its name"
    assert in_words(layer, "taux_pauvrete_etat", "secret") == "Secret statistique"
    name_fields(layer, "communes", ENGLISH, {"population": "2021"})
    assert heads(layer)[1:3] == [
        "Population (municipal) – inhab., 2021",
        "Population (municipal) – state",
    ]
    assert in_words(layer, "taux_pauvrete_etat", "sans_objet") == "Not applicable"


def test_a_unit_that_the_label_says_is_not_said_again() -> None:
    assert figure_name("menages", FRENCH, "2021") == "Ménages – 2021"
    assert figure_name("pharmacies_habitants", FRENCH) == "Pharmacies pour 10 000 habitants"
    assert figure_name("densite", ENGLISH) == "Population density – inhab./km²"


def test_a_layer_keeps_the_years_of_its_figures(qgis_app: Any) -> None:
    layer = layer_of("population")
    assert years_of(layer) == {}
    date_figures(layer, {"population": "2021"})
    assert years_of(layer) == {"population": "2021"}


def test_the_same_name_is_told_by_the_layer_that_holds_it(qgis_app: Any) -> None:
    found = {}
    for kind in ("penetration", "recrutement", "coverage.OUTPUT"):
        layer = layer_of("count")
        name_fields(layer, kind, FRENCH)
        (found[kind],) = heads(layer)
    assert found == {
        "penetration": "Clients",
        "recrutement": "Bénéficiaires",
        "coverage.OUTPUT": "Effectif",
    }


@pytest.mark.parametrize(
    "kind, words",
    [
        # what a dossier compares its clients with, whatever the title of the layer (crossings.py)
        ("penetration", "établissements employeurs"),
        # the Dares, or else the census: the title of the layer says which
        ("recrutement", "demandeurs d’emploi ou chômeurs"),
    ],
)
def test_a_rate_names_what_it_is_of(qgis_app: Any, kind: str, words: str) -> None:
    layer = layer_of("target", "rate")
    name_fields(layer, kind, FRENCH)
    target, rate = (head.replace("\u00a0", " ") for head in heads(layer))
    assert target.casefold() == words and rate.endswith(f" pour 100 {words}")


def test_numbered_fields_and_those_that_are_not_ours(qgis_app: Any) -> None:
    layer = layer_of("carte_12_valeur", "Prénom", "population")
    layer.setFieldAlias(1, "d’un autre")
    name_fields(layer, "fiches", FRENCH)
    assert heads(layer) == ["Chiffre 12\u00a0: valeur", "d’un autre", "population"]
    layer = layer_of("nom", "geo_label")
    layer.setFieldAlias(0, "Raison sociale")
    name_fields(layer, "geocode.OUTPUT", FRENCH)
    assert heads(layer) == ["Raison sociale", "Adresse trouvée"], "what the user called it"


@pytest.mark.parametrize("output", sorted(FIELDS))
def test_every_field_of_an_output_has_a_name(qgis_app: Any, output: str) -> None:
    module, name = FIELDS[output]
    columns = getattr(importlib.import_module(BRIDGE + module), name)
    for language in (FRENCH, ENGLISH):
        layer = memory_layer("essai", columns, rows=[])
        name_fields(layer, output, language)
        told = heads(layer)
        assert not set(told) & {each for each in columns if each.casefold() not in _SAME}, told
        assert len(set(told)) == len(told), told


#: Names that are the word itself in one of the languages.
_SAME = {
    "angle",
    "note",
    "percentile",
    "site",
    "zone",
    "variable",
    "distance",
    "attraction",
    "action",
}


@pytest.mark.parametrize("output", ["OUTPUT", "TYPOLOGY"])
def test_figures_of_coverage_have_names(qgis_app: Any, output: str) -> None:
    from coodiag.coodiag_plugin.analysis.coverage import FIGURES

    layer = memory_layer("essai", figure_fields(FIGURES), rows=[])
    name_fields(layer, f"coverage.{output}", FRENCH)
    assert not set(heads(layer)) & set(layer.fields().names())


def test_what_the_rows_speak_of_exists(provider: QgsProcessingProvider) -> None:
    seen = set()
    for row in rows("aliases"):
        assert row["fr"] and row["en"], row
        assert not row["codes"] or codes(row["codes"], FRENCH), row
        for kind in row["layers"].split():
            assert (kind, row["field"]) not in seen, (kind, row["field"])
            seen.add((kind, row["field"]))
            algorithm, dot, output = kind.rpartition(".")
            if not dot:
                assert kind == "*" or kind in catalogue(), kind
            elif algorithm != "*":
                assert provider.algorithm(algorithm).parameterDefinition(output) is not None, kind


def test_every_code_and_every_indicator_has_words_in_both_languages(qgis_app: Any) -> None:
    assert {row["id"] for row in rows("indicator_names")} == set(indicators())
    assert all(row["en"] for row in rows("indicator_names"))
    assert {state.value for state in State} <= set(codes("states", FRENCH))
    units = {item.unit for item in indicators().values() if item.unit}
    assert units == set(codes("units", ENGLISH))
    used = {row["codes"] for row in rows("aliases")} | {"states", "units"}
    for name in {row["list"] for row in rows("codes")}:
        assert name in used
        for language in (FRENCH, ENGLISH):
            words = list(codes(name, language).values())
            assert all(words), name
            if name != "units":  # a word would stand for two codes
                assert len(set(words)) == len(words), (name, language)


def test_every_column_of_the_sources_has_a_name(qgis_app: Any) -> None:
    layer = memory_layer("provenance", dict.fromkeys(Provenance.columns(), TEXT), rows=[])
    name_fields(layer, "ecosystem.PROVENANCE", ENGLISH)
    assert not set(heads(layer)) & set(Provenance.columns())
