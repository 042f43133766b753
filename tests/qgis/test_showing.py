"""What QGIS shows of an output of a single algorithm: look, metadata, action, group."""

from __future__ import annotations

from typing import Any

import pytest
from coodiag.coodiag_plugin.core.provenance import Provenance
from coodiag.coodiag_plugin.qgis_bridge import actions, loaded
from coodiag.coodiag_plugin.qgis_bridge.layers import REAL, TEXT, memory_layer
from coodiag.coodiag_plugin.qgis_bridge.showing import PERSONS, REGISTER, show
from coodiag.coodiag_plugin.qgis_bridge.zone_styles import LOOKS
from qgis.core import (
    Qgis,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingUtils,
    QgsProject,
    QgsVectorLayer,
)

CRS = "EPSG:2154"
PUBLIC = f"{actions.REGISTER}/entreprise/123456782"


def establishments(rows: list[dict[str, Any]]) -> QgsVectorLayer:
    columns = dict.fromkeys(rows[0], TEXT)
    shape = QgsGeometry.fromWkt("Point(350000 6790000)")
    return memory_layer("etablissements", columns, "Point", CRS, [(row, shape) for row in rows])


def addresses(layer: QgsVectorLayer) -> list[str]:
    """What the action opens, row by row."""
    (action,) = layer.actions().actions()
    assert action.type() == Qgis.AttributeActionType.OpenUrl
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    found = []
    for row in layer.getFeatures():
        context.setFeature(row)
        found.append(QgsExpression.replaceExpressionText(action.command(), context))
    return found


@pytest.mark.parametrize("name", ["nom", "name"])
def test_the_action_opens_the_page_of_the_organisation(qgis_app: Any, name: str) -> None:
    layer = establishments(
        [
            {"siret": "12345678200010", name: "Fictive SARL"},
            {"siret": "12345678200010", name: ""},  # a natural person: the register gives no name
            {"siret": "12345678200010", name: None},
            {"siret": "123", name: "Fictive SARL"},
            {"siret": None, name: "Fictive SARL"},
        ]
    )
    actions.open_register(layer, "Open", "Page")
    assert addresses(layer) == [PUBLIC, *[actions.REGISTER] * 4]
    actions.open_register(layer, "Ouvrir", "Page")
    assert [each.name() for each in layer.actions().actions()] == ["Ouvrir"]
    assert layer.actions().defaultAction("Canvas").name() == "Ouvrir"


def test_a_layer_without_siret_or_name_gets_no_action(qgis_app: Any) -> None:
    for columns in ({"siret": "12345678200010"}, {"nom": "Fictive SARL"}):
        layer = establishments([columns])
        actions.open_register(layer, "Open", "Page")
        assert not layer.actions().actions()


def loading(layer: QgsVectorLayer, context: QgsProcessingContext, name: str = "Output") -> str:
    """Have a layer wait to be loaded, as the sink of an output does."""
    context.temporaryLayerStore().addMapLayer(layer)
    details = QgsProcessingContext.LayerDetails(name, context.project(), name)
    context.addLayerToLoadOnCompletion(layer.id(), details)
    return layer.id()


def load(context: QgsProcessingContext, identifier: str) -> QgsVectorLayer:
    """What QGIS does once the algorithm is gone."""
    layer = QgsProcessingUtils.mapLayerFromString(identifier, context)
    details = context.layerToLoadOnCompletionDetails(identifier)
    details.postProcessor().postProcessLayer(layer, context, QgsProcessingFeedback())
    return layer


@pytest.fixture
def context(qgis_app: Any) -> QgsProcessingContext:
    found = QgsProcessingContext()
    project = QgsProject()
    found.setProject(project)
    found.kept = project
    return found


def test_an_output_is_dressed_when_it_is_loaded(provider: Any, context: Any) -> None:
    source = Provenance("sirene_etablissement", "Sirène", "Insee", "2026", retrieved="2026-02-01")
    layer = establishments([{"siret": "12345678200010", "nom": "Fictive SARL"}])
    identifier = loading(layer, context)
    algorithm = provider.algorithm("establishments").create()
    before = set(loaded._waiting)  # those of runs whose outputs nothing has loaded
    show(algorithm, "ESTABLISHMENTS", context, identifier, LOOKS["establishments"], [source])
    details = context.layerToLoadOnCompletionDetails(identifier)
    assert details.groupName == algorithm.displayName(), "it has two outputs"
    del algorithm
    assert len(loaded._waiting - before) == 1, "QGIS does not keep it alive"
    found = load(context, identifier)
    assert loaded._waiting == before
    told = found.metadata()
    assert told.title() == "Establishments" and told.abstract().startswith("Active establishments")
    assert told.language() == "en" and told.licenses() == ["Licence Ouverte 2.0"]
    assert told.history()[0] == "Insee, Sirène (2026), had on 2026-02-01"
    assert "coodiag:establishments" in told.history()[1]
    assert addresses(found) == [PUBLIC]
    assert found.renderer().symbol().color().name() == "#6a51a3"


def test_an_output_alone_stands_in_no_group(provider: Any, context: Any) -> None:
    identifier = loading(establishments([{"codgeo": "99001"}]), context)
    show(provider.algorithm("territory"), "COMMUNES", context, identifier)
    assert context.layerToLoadOnCompletionDetails(identifier).groupName == ""
    assert load(context, identifier).metadata().title() == "Communes"


def test_located_people_are_told_as_such_and_open_nothing(provider: Any, context: Any) -> None:
    layer = establishments([{"siret": "12345678200010", "nom": "Fictive SARL"}])
    identifier = loading(layer, context)
    show(provider.algorithm("geocode"), "OUTPUT", context, identifier)
    found = load(context, identifier)
    assert [each.constraint for each in found.metadata().constraints()] == [
        "Personal data: not to be shared."
    ]
    assert not found.actions().actions()


def test_what_is_not_loaded_waits_for_nothing(provider: Any, context: Any) -> None:
    before = set(loaded._waiting)
    show(provider.algorithm("geocode"), "OUTPUT", context, "not loaded")
    assert loaded._waiting == before


def test_the_outputs_that_are_told_apart_exist(provider: Any) -> None:
    assert not REGISTER & PERSONS
    for name, output in REGISTER | PERSONS:
        assert provider.algorithm(name).parameterDefinition(output) is not None, (name, output)


@pytest.mark.parametrize(
    ("look", "rows"),
    [
        ("communes", [{"codgeo": "99001", "nom": "Mirage", "population": 20.0}]),
        ("indicators", [{"codgeo": "99001", "nom": "Mirage", "taux_chomage": 12.5}] * 4),
        ("prospection", [{"codgeo": "99001", "nom": "Mirage", "score": 120.0}] * 4),
    ],
)
def test_areas_are_dressed(qgis_app: Any, look: str, rows: list[dict[str, Any]]) -> None:
    columns = {key: REAL if isinstance(cell, float) else TEXT for key, cell in rows[0].items()}
    shapes = [
        QgsGeometry.fromWkt(f"MultiPolygon((({x} 0, {x + 90} 0, {x + 90} 90, {x} 90, {x} 0)))")
        for x in range(350_000, 350_000 + 100 * len(rows), 100)
    ]
    values = [
        ({k: v + n if isinstance(v, float) else v for k, v in row.items()}, shape)
        for n, (row, shape) in enumerate(zip(rows, shapes))
    ]
    layer = memory_layer("communes", columns, "MultiPolygon", CRS, values)
    plain = layer.renderer().dump()
    LOOKS[look](layer)
    assert layer.renderer().dump() != plain
    if look == "communes":
        assert layer.labelsEnabled()
