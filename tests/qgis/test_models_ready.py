"""The ready models: files that are what their definitions say, shown and run under the provider."""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.version import ROOT
from coodiag.coodiag_plugin.demo.generate import DemoPaths
from coodiag.coodiag_plugin.plugin import CoodiagPlugin
from coodiag.coodiag_plugin.qgis_bridge import loaded
from coodiag.processing_algorithms.models.drawing import draw
from coodiag.processing_algorithms.models.model import FOLDER, MODELS, CoodiagModel, read_model
from coodiag.processing_algorithms.provider import ALGORITHMS
from coodiag.tests.qgis.model_runs import layer, run, shown, tree
from qgis.core import (
    QgsApplication,
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingProvider,
    QgsProject,
    QgsSettings,
    QgsVectorLayer,
)

CHAIN, MAP, MANY = MODELS
#: Types of parameters that QGIS 3.34 knows.
OLD_TYPES = {
    "boolean", "enum", "field", "file", "fileDestination", "folderDestination", "number", "sink",
    "source", "string",
}  # fmt: skip
#: Texts of a model that are shown.
SHOWN = ("description", "help", "component_description", "model_name", "model_group", "ALG_DESC")


def texts(value: Any, key: str = "") -> Iterator[str]:
    """Every text of a model that is shown, in its document."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from texts(item, "help" if key == "help" and isinstance(item, str) else name)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item, key)
    elif isinstance(value, str) and key in SHOWN and value:
        yield value


def test_every_file_is_a_model_of_the_list() -> None:
    assert {path.stem for path in FOLDER.glob("*.model3")} == set(MODELS)


@pytest.mark.parametrize("name", MODELS)
def test_the_file_is_what_its_definition_says(provider: QgsProcessingProvider, name: str) -> None:
    """Else: run scripts/models.py. Compared as QGIS understands both, whatever its version writes."""
    read = QgsProcessingModelAlgorithm()
    assert read.fromFile(str(FOLDER / f"{name}.model3"))
    assert read.toVariant() == draw(name).toVariant()


@pytest.mark.parametrize("name", MODELS)
def test_a_file_holds_no_path_and_no_newer_format(name: str) -> None:
    text = (FOLDER / f"{name}.model3").read_text(encoding="utf-8")
    assert not re.search(r'value="(/|[A-Za-z]:\\|~|file:)', text) and str(ROOT) not in text
    document = read_model(name)
    assert document["internal_version"] in ("Version1", "Version2")
    kinds = {item["parameter_type"] for item in document["parameterDefinitions"].values()}
    assert kinds <= OLD_TYPES


@pytest.mark.parametrize("name", MODELS)
def test_every_text_of_a_model_is_a_source_string(name: str) -> None:
    spec = importlib.util.spec_from_file_location("translate", ROOT / "scripts" / "translate.py")
    assert spec is not None and spec.loader is not None
    translate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(translate)
    known = {
        text
        for path in translate.modules()
        for text in translate.strings(ast.parse(path.read_text(encoding="utf-8")))
    } | {"Coodiag"}
    found = set(texts(read_model(name)))
    assert len(found) > 20 and found <= known, found - known


@pytest.mark.parametrize("name", MODELS)
def test_a_model_stands_in_the_toolbox_with_its_help(
    provider: QgsProcessingProvider, name: str
) -> None:
    model = QgsApplication.processingRegistry().algorithmById(f"coodiag:{name}")
    assert isinstance(model, CoodiagModel)
    assert (model.provider().id(), model.name(), model.groupId()) == ("coodiag", name, "models")
    assert model.canExecute()[0] and model.validate()[0], model.validate()
    assert len(model.shortHelpString()) > 500 and model.helpUrl().endswith(f"#{name}")
    assert not model.flags() & QgsProcessingAlgorithm.Flag.FlagHideFromToolbox
    copy = model.create()
    assert isinstance(copy, CoodiagModel) and copy.id() == model.id()
    for parameter in copy.parameterDefinitions():
        assert len(parameter.help()) > 10, parameter.name()
        assert parameter.description() != parameter.name()


def test_the_language_changes_words_and_never_ids(
    provider: QgsProcessingProvider, language: str
) -> None:
    model = CoodiagModel(CHAIN).create()
    assert model.name() == CHAIN
    assert {item.name() for item in model.destinationParameterDefinitions()} == {
        "problems_of_the_table_of_clients",
        "located_clients",
        "clients_not_located",
        "located_sites",
        "catchment_zones",
        "coverage_by_commune",
    }
    words = model.parameterDefinition("ROADS").description()
    assert words == {"en": "Roads", "fr": "Routes"}[language]
    zones = {"en": "Catchment zones", "fr": "Zones de chalandise"}[language]
    assert model.parameterDefinition("catchment_zones").description() == zones
    assert zones in model.childAlgorithm("catchment").modelOutputs(), "what names the layer"
    steps = {step.description() for step in model.childAlgorithms().values()}
    told = {"en": "Geocode addresses", "fr": "Géocoder des adresses"}[language]
    assert told in steps


def test_defaults_follow_those_of_the_algorithms(provider: QgsProcessingProvider) -> None:
    name = "coodiag/thresholds"
    before = QgsSettings().value(name)
    QgsSettings().setValue(name, "50,90")
    try:
        algorithm, model = provider.algorithm("catchment").create(), CoodiagModel(CHAIN)
        own, asked = (item.parameterDefinition("THRESHOLDS") for item in (algorithm, model))
        assert asked.defaultValue() == own.defaultValue() == "50,90"
    finally:
        QgsSettings().remove(name) if before is None else QgsSettings().setValue(name, before)


@pytest.fixture(scope="module")
def mapped(
    provider: QgsProcessingProvider,
    demo: DemoPaths,
    shared_cache: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[dict[str, Any], QgsProject]]:
    given = {
        "TERRITORY": demo.territory,
        "SOURCE": "folder",
        "DATA_FOLDER": str(demo.data_folder),
        "INDICATOR": "taux_chomage",
        "METHOD": "quantile",
    }
    project, held = QgsProject(), len(loaded._waiting)
    folder = tmp_path_factory.mktemp("cartes")
    yield run(provider.algorithm(MAP).create(), given, project, folder), project
    assert len(loaded._waiting) == held, "what has been called is not kept"
    project.clear()


def test_a_territory_its_indicators_and_their_map(
    mapped: tuple[dict[str, Any], QgsProject],
) -> None:
    results, project = mapped
    assert tree(project.layerTreeRoot()) == [
        (
            "A territory, its indicators and their map",
            ["Indicators by commune", "References of the indicators", "Sources of the indicators"],
        )
    ], "in their order, and the communes between two steps are not there"
    found = layer(project, "Indicators by commune")
    assert Path(found.source().partition("|")[0]) == Path(results["indicators_by_commune"])
    assert found.featureCount() > 40 and found.renderer().type() == "RuleRenderer"
    assert "taux_chomage" in found.renderer().rootRule().children()[0].filterExpression()
    assert found.metadata().title() == "Indicators", "what the step before had asked for is done"
    assert "Insee" in found.metadata().keywords("Coodiag")
    assert shown(found, "taux_chomage").startswith("Unemployment rate at the census (ages 15–64)")
    assert found.editorWidgetSetup(found.fields().indexOf("role")).type() == "ValueMap"
    plain = QgsVectorLayer(results["indicators_by_commune"], "read again", "ogr")
    assert plain.renderer().type() == "singleSymbol" and not plain.fields().field("dep").alias()
    references = layer(project, "References of the indicators")
    assert references.featureCount() >= 4 and shown(references, "level") == "Level"


def test_clients_from_their_spreadsheet_to_catchment_and_coverage(
    provider: QgsProcessingProvider, demo: DemoPaths, mapped: tuple[dict[str, Any], QgsProject]
) -> None:
    given = {
        "CLIENTS": str(demo.clients),
        "SITES": str(demo.sites),
        "COMMUNES": mapped[0]["indicators_by_commune"],
        "TARGET": "population",
        "BAN": str(demo.data_folder),
        "ORDER": "distance",
        "SHAPE": "communes",
    }
    project = QgsProject()
    model = provider.algorithm(CHAIN).create()
    run(model, given, project)
    names = [
        "Located sites",
        "Located clients",
        "Catchment zones",
        "Coverage by commune",
        "Clients not located",
        "Problems of the table of clients",
    ]
    assert tree(project.layerTreeRoot()) == [(model.displayName(), names)], "points over areas"
    count = {name: layer(project, name).featureCount() for name in names}
    assert count["Located clients"] > 300 and count["Located sites"] == 3
    assert count["Located clients"] + count["Clients not located"] == 398
    assert count["Catchment zones"] >= 3
    zones, clients = layer(project, "Catchment zones"), layer(project, "Located clients")
    assert zones.renderer().type() != "singleSymbol"
    assert shown(zones, "threshold") == "Threshold (%)"
    assert shown(layer(project, "Coverage by commune"), "rate_etat") == "Rate (%) – state"
    assert shown(clients, "geo_status") == "Location"
    assert clients.metadata().constraints()[0].constraint == "Personal data: not to be shared."


def test_a_summary_is_loaded_with_its_words(
    provider: QgsProcessingProvider, tmp_path: Path
) -> None:
    """The only row is refused, so that no diagnosis is made."""
    table = tmp_path / "structures.csv"
    table.write_text(
        "structure;territoire;sites\nFictive;EPCI:1;nulle part.xlsx\n", encoding="utf-8"
    )
    project = QgsProject()
    given = {
        "TABLE": str(table),
        "dossiers_of_the_structures": str(tmp_path / "dossiers"),
        "batch_file_of_the_structures": str(tmp_path / "lot.json"),
    }
    model = provider.algorithm(MANY).create()
    run(model, given, project)
    assert tree(project.layerTreeRoot()) == [(model.displayName(), ["Summary of the structures"])]
    found = layer(project, "Summary of the structures")
    assert shown(found, "status") == "Outcome"
    (row,) = found.getFeatures()
    formatter = QgsApplication.fieldFormatterRegistry().fieldFormatter("ValueMap")
    index = found.fields().indexOf("status")
    config = found.editorWidgetSetup(index).config()
    assert formatter.representValue(found, index, config, None, row["status"]) == "Refused"


def test_a_model_of_structures_asks_for_a_table(provider: QgsProcessingProvider) -> None:
    model = provider.algorithm(MANY).create()
    outputs = {item.name() for item in model.destinationParameterDefinitions()}
    assert outputs == {
        "dossiers_of_the_structures",
        "summary_of_the_structures",
        "batch_file_of_the_structures",
    }
    good, why = model.checkParameterValues({}, QgsProcessingContext())
    assert not good and "TABLE" in why


@pytest.mark.parametrize("name", [name for name, _ in ALGORITHMS])
def test_every_algorithm_is_a_step_of_models(provider: QgsProcessingProvider, name: str) -> None:
    """Shown in the designer, its outputs to be had by the next step, its calls as Python text."""
    algorithm = provider.algorithm(name)
    assert not algorithm.flags() & QgsProcessingAlgorithm.Flag.FlagHideFromModeler
    child = QgsProcessingModelChildAlgorithm(algorithm.id())
    child.setChildId(name)
    model = QgsProcessingModelAlgorithm("one", "tests")
    model.addChildAlgorithm(child)
    assert model.childAlgorithm(name).algorithm().id() == algorithm.id()
    assert [item.name() for item in algorithm.outputDefinitions()]
    assert all(item.description() for item in algorithm.outputDefinitions())
    python = model.asPythonCode(
        QgsProcessing.PythonOutputType.PythonQgsProcessingAlgorithmSubclass, 4
    )
    assert f"processing.run('coodiag:{name}'" in "\n".join(python)
    read = QgsProcessingModelAlgorithm()
    assert read.loadVariant(model.toVariant())
    assert read.childAlgorithm(name).algorithm().id() == algorithm.id()


def test_models_come_back_when_the_provider_is_loaded_again(
    provider: QgsProcessingProvider,
) -> None:
    before = sorted(item.id() for item in provider.algorithms())
    provider.refreshAlgorithms()
    assert sorted(item.id() for item in provider.algorithms()) == before
    assert set(MODELS) <= {item.name() for item in provider.algorithms()}


SCRIPT = """
import importlib.util, sys
from qgis.core import QgsApplication
app = QgsApplication([], True)
app.initQgis()
spec = importlib.util.spec_from_file_location("coodiag", {init!r}, submodule_search_locations=[{root!r}])
package = importlib.util.module_from_spec(spec)
sys.modules["coodiag"] = package
spec.loader.exec_module(package)
from coodiag.coodiag_plugin import plugin
from qgis.PyQt.QtWidgets import QMainWindow
class Interface:
    window = QMainWindow()
    def mainWindow(self):
        return self.window
registry, counts = QgsApplication.processingRegistry(), []
def count():
    counts.append(len(registry.providerById("coodiag").algorithms()))
one = plugin.CoodiagPlugin(Interface())
one.initProcessing()
count()
app.processEvents()
count()
one.unload()
one.initProcessing()
one.unload()
app.processEvents()
print(*counts, registry.providerById("coodiag"))
del Interface.window
app.exitQgis()
"""


def test_in_a_window_the_models_come_after_it(tmp_path: Path) -> None:
    """They take no time of its start, and none comes to a provider that has been taken back."""
    script = SCRIPT.format(init=str(ROOT / "__init__.py"), root=str(ROOT))
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, "QGIS_CUSTOM_CONFIG_PATH": str(tmp_path)},
    )
    assert done.returncode == 0 and "Traceback" not in done.stderr, done.stderr
    count = len(ALGORITHMS)
    assert done.stdout.splitlines()[-1] == f"{count} {count + len(MODELS)} None"


def test_a_second_copy_of_the_plugin_leaves_the_first_alone(
    provider: QgsProcessingProvider,
) -> None:
    other = CoodiagPlugin(None)
    other.initProcessing()
    assert other.provider is None
    other.unload()
    assert QgsApplication.processingRegistry().providerById("coodiag") is provider
