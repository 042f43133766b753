"""The sources as children of a model: each hands on to the next what it has made."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.demo.generate import DemoPaths
from coodiag.tests.servers.everything import serving
from coodiag.tests.servers.world import World
from qgis.core import (
    QgsProcessingContext,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingModelParameter,
    QgsProcessingParameterFile,
    QgsProcessingParameterString,
    QgsProcessingProvider,
)
from qgis.core import QgsProcessingFeedback as Feedback

Source = QgsProcessingModelChildParameterSource
FOLDER = {"SOURCE": Source.fromStaticValue("folder"), "DATA_FOLDER": Source.fromModelParameter("F")}
COMMUNES = {"COMMUNES": Source.fromChildOutput("territory", "COMMUNES")}
FIGURES = {"COMMUNES": Source.fromChildOutput("indicators", "INDICATORS")}


def child(
    model: QgsProcessingModelAlgorithm,
    name: str,
    parameters: Mapping[str, Source],
    *outputs: str,
) -> None:
    added = QgsProcessingModelChildAlgorithm(f"coodiag:{name}")
    added.setChildId(name)
    for parameter, source in parameters.items():
        added.addParameterSources(parameter, [source])
    finals = {}
    for output in outputs:
        final = QgsProcessingModelOutput(output.lower(), output)
        final.setChildId(name)
        final.setChildOutputName(output)
        finals[output.lower()] = final
    added.setModelOutputs(finals)
    model.addChildAlgorithm(added)


def model_of(file: Path) -> QgsProcessingModelAlgorithm:
    """Download, then the territory from what it brought, then what is known of its communes."""
    model = QgsProcessingModelAlgorithm("chain", "tests")
    for parameter in (
        QgsProcessingParameterString("TERRITORY", "Territory"),
        QgsProcessingParameterFile("F", "Folder", QgsProcessingParameterFile.Behavior.Folder),
    ):
        model.addModelParameter(parameter, QgsProcessingModelParameter(parameter.name()))
    asked = {"TERRITORY": Source.fromModelParameter("TERRITORY")}
    fetched = Source.fromChildOutput("download", "OUTPUT_FOLDER")
    what = Source.fromStaticValue(["france_services"])
    child(model, "download", {**asked, "WHAT": what}, "OUTPUT_FOLDER")
    child(model, "territory", {**asked, **FOLDER, "DATA_FOLDER": fetched}, "COMMUNES")
    child(model, "indicators", {**FOLDER, **COMMUNES}, "INDICATORS", "REFERENCES", "PROVENANCE")
    child(model, "ecosystem", {**FOLDER, **FIGURES}, "ECOSYSTEM")
    stock = {"DATA_FOLDER": FOLDER["DATA_FOLDER"], "SOURCE": Source.fromStaticValue("auto")}
    child(model, "establishments", {**stock, **FIGURES}, "ESTABLISHMENTS")
    assert model.validate()[0] and model.toFile(str(file))
    read = QgsProcessingModelAlgorithm()
    assert read.fromFile(str(file)), "a model keeps what was set in it"
    return read


def test_the_sources_follow_one_another_in_a_model(
    provider: QgsProcessingProvider,
    demo: DemoPaths,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    model = model_of(tmp_path / "chain.model3")
    monkeypatch.setenv("COODIAG_CACHE", str(tmp_path / "cache"))
    context, heard = QgsProcessingContext(), Feedback(False)
    sinks = ("communes", "indicators", "references", "provenance", "ecosystem", "establishments")
    asked: dict[str, Any] = {
        "TERRITORY": demo.territory,
        "F": str(demo.data_folder),
        "output_folder": str(tmp_path / "données"),
        **dict.fromkeys(sinks, "TEMPORARY_OUTPUT"),
    }
    assert {item.name() for item in model.destinationParameterDefinitions()} == {
        *sinks,
        "output_folder",
    }
    with serving(World(demo.data_folder), "geo_api", "wfs", "data_gouv") as services:
        for name, url in services.variables.items():
            monkeypatch.setenv(name, url)
        results, done = model.run(asked, context, heard)
    assert done, heard.textLog()
    assert results["output_folder"] == asked["output_folder"]
    counts = {name: context.getMapLayer(results[name]).featureCount() for name in sinks}
    assert counts["communes"] == counts["indicators"] > 40
    assert counts["references"] >= 4 and counts["provenance"] > 5
    assert counts["ecosystem"] > 5 and counts["establishments"] > 1000
