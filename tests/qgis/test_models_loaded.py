"""Models made by hand: our steps among those of QGIS, and what Processing then shows of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.demo.generate import DemoPaths
from coodiag.coodiag_plugin.qgis_bridge import loaded
from coodiag.processing_algorithms.provider import ALGORITHMS
from coodiag.tests.qgis.model_runs import layer, run, shown, tree
from qgis.core import (
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingModelParameter,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterField,
    QgsProcessingParameterFile,
    QgsProcessingParameterString,
    QgsProcessingProvider,
    QgsProject,
)

Source = QgsProcessingModelChildParameterSource
#: What a file or a folder that one algorithm writes is good for in another one.
HANDED_ON = [
    ("download", "OUTPUT_FOLDER", "territory", "DATA_FOLDER"),
    ("download", "OUTPUT_FOLDER", "geocode", "BAN"),
    ("profile", "OUTPUT", "indicators", "PROFILE"),
    ("profile", "OUTPUT", "diagnostic", "PROFILE"),
    ("answersheet", "OUTPUT", "selfevaluation", "ANSWERS"),
    ("exportcorrections", "OUTPUT", "importcorrections", "INPUT"),
    ("structures", "OUTPUT_FOLDER", "batchfile", "OUTPUT_FOLDER"),
    ("diagnostic", "DOSSIER", "atlas", "DOSSIER"),
    ("diagnostic", "DOSSIER", "report", "DOSSIER"),
    ("replay", "DOSSIER", "report", "DOSSIER"),
    ("importtable", "TABLE", "geocode", "INPUT"),
    ("geocode", "OUTPUT", "catchment", "CLIENTS"),
    ("isochrones", "OUTPUT", "zonestatistics", "ZONES"),
    ("indicators", "INDICATORS", "style", "INPUT"),
    ("style", "OUTPUT", "coverage", "COMMUNES"),
]


def add(
    model: QgsProcessingModelAlgorithm,
    step: str,
    algorithm: str,
    takes: dict[str, Source],
    gives: dict[str, str],
) -> None:
    """A step, with the names under which the model gives some of its outputs."""
    child = QgsProcessingModelChildAlgorithm(algorithm)
    child.setChildId(step)
    for name, source in takes.items():
        child.addParameterSources(name, [source])
    finals = {}
    for output, name in gives.items():
        final = QgsProcessingModelOutput(name, name)
        final.setChildId(step)
        final.setChildOutputName(output)
        finals[name] = final
    child.setModelOutputs(finals)
    model.addChildAlgorithm(child)


def ask(model: QgsProcessingModelAlgorithm, parameter: QgsProcessingParameterDefinition) -> None:
    model.addModelParameter(parameter, QgsProcessingModelParameter(parameter.name()))


def saved(model: QgsProcessingModelAlgorithm, path: Path) -> QgsProcessingModelAlgorithm:
    """The model as the designer saves it and the toolbox reads it."""
    model.updateDestinationParameters()
    good, faults = model.validate()
    assert good, faults
    assert model.toFile(str(path))
    read = QgsProcessingModelAlgorithm()
    assert read.fromFile(str(path))
    return read


def test_our_layers_between_steps_of_qgis(
    provider: QgsProcessingProvider, demo: DemoPaths, shared_cache: None, tmp_path: Path
) -> None:
    """A territory that is given and handed on, an output left out, a step of QGIS at the end."""
    model = QgsProcessingModelAlgorithm("by hand", "tests")
    ask(model, QgsProcessingParameterString("T", "Territory"))
    folder = {
        "SOURCE": Source.fromStaticValue("folder"),
        "DATA_FOLDER": Source.fromStaticValue(str(demo.data_folder)),
    }
    asked = {"TERRITORY": Source.fromModelParameter("T")}
    add(model, "place", "coodiag:territory", {**asked, **folder}, {"COMMUNES": "The place"})
    communes = {"COMMUNES": Source.fromChildOutput("place", "COMMUNES")}
    add(model, "figures", "coodiag:indicators", {**communes, **folder}, {"REFERENCES": "Compared"})
    many = {
        "INPUT": Source.fromChildOutput("figures", "INDICATORS"),
        "EXPRESSION": Source.fromStaticValue('"population" > 1000'),
    }
    add(model, "large", "native:extractbyexpression", many, {"OUTPUT": "Large ones"})
    project, held = QgsProject(), len(loaded._waiting)
    run(saved(model, tmp_path / "main é.model3"), {"T": demo.territory}, project)
    assert sorted(tree(project.layerTreeRoot())) == ["Compared", "Large ones", "The place"]
    place, large = layer(project, "The place"), layer(project, "Large ones")
    assert 0 < large.featureCount() < place.featureCount()
    assert place.labelsEnabled() and place.metadata().title() == "Communes"
    assert "Insee" in place.metadata().keywords("Coodiag")
    assert [shown(place, name) for name in ("codgeo", "dep")] == ["Insee code", "Département"]
    assert shown(layer(project, "Compared"), "population_etat").endswith("– state")
    assert len(loaded._waiting) == held, "nothing waits for a layer that is not loaded"


def test_our_points_in_the_group_of_the_model(
    provider: QgsProcessingProvider, demo: DemoPaths, shared_cache: None, tmp_path: Path
) -> None:
    """What the author of a model says of groups and names holds; the rest is ours."""
    model = QgsProcessingModelAlgorithm("located", "tests")
    model.setOutputGroup("My group")
    ask(model, QgsProcessingParameterFile("F", "Table"))
    read = {"INPUT": Source.fromModelParameter("F"), "ROLE": Source.fromStaticValue("sites")}
    add(model, "read", "coodiag:importtable", read, {})
    given = {
        "INPUT": Source.fromChildOutput("read", "TABLE"),
        "SERVICE": Source.fromStaticValue("offline"),
        "BAN": Source.fromStaticValue(str(demo.data_folder)),
    }
    add(model, "locate", "coodiag:geocode", given, {"OUTPUT": "Ours", "FAILED": "Lost"})
    around = {
        "INPUT": Source.fromChildOutput("locate", "OUTPUT"),
        "DISTANCE": Source.fromStaticValue(500),
    }
    add(model, "around", "native:buffer", around, {"OUTPUT": "Around"})
    project = QgsProject()
    run(saved(model, tmp_path / "lieux.model3"), {"F": str(demo.sites)}, project)
    ((group, names),) = tree(project.layerTreeRoot())
    assert group == "My group" and sorted(names) == ["Around", "Lost", "Ours"]
    ours = layer(project, "Ours")
    assert ours.featureCount() == layer(project, "Around").featureCount() == 3
    assert shown(ours, "geo_label") == "Address found"
    status = ours.editorWidgetSetup(ours.fields().indexOf("geo_status"))
    assert {"At the address": "adresse"} in status.config()["map"]
    assert ours.metadata().constraints(), "persons, or their places: not to be shared"


def asked_for(
    algorithm: QgsProcessingAlgorithm, model: QgsProcessingModelAlgorithm, mark: str, but: str = ""
) -> dict[str, Source]:
    """A parameter of the model for each one that the algorithm cannot do without, save ``but``."""
    found = {}
    optional = QgsProcessingParameterDefinition.Flag.FlagOptional
    for own in algorithm.parameterDefinitions():
        given = own.flags() & optional or own.defaultValue() is not None
        if own.isDestination() or given or own.name() == but:
            continue
        copy = own.clone()
        copy.setName(f"{mark}_{own.name()}")
        if isinstance(copy, QgsProcessingParameterField):
            copy.setParentLayerParameterName(f"{mark}_{own.parentLayerParameterName()}")
        ask(model, copy)
        found[own.name()] = Source.fromModelParameter(copy.name())
    return found


@pytest.mark.parametrize("name", [name for name, _ in ALGORITHMS])
def test_every_output_of_a_step_can_be_one_of_the_model(
    provider: QgsProcessingProvider, tmp_path: Path, name: str
) -> None:
    algorithm = provider.algorithm(name)
    model = QgsProcessingModelAlgorithm("all of it", "tests")
    asked = asked_for(algorithm, model, "MY")
    own = {item.name(): item.type() for item in algorithm.destinationParameterDefinitions()}
    add(model, "step", algorithm.id(), asked, {output: f"My {output}" for output in own})
    read = saved(model, tmp_path / "model.model3")
    finals = {item.name(): item.type() for item in read.destinationParameterDefinitions()}
    assert finals == {f"my_{output}".lower(): kind for output, kind in own.items()}
    again = saved(read, tmp_path / "again.model3").toVariant()
    for document in (again, read.toVariant()):
        assert document["children"] == model.toVariant()["children"]
        assert (
            document["parameterDefinitions"].keys()
            == model.toVariant()["parameterDefinitions"].keys()
        )
    assert again == read.toVariant()
    kind = QgsProcessing.PythonOutputType.PythonQgsProcessingAlgorithmSubclass
    python = "\n".join(read.asPythonCode(kind, 4))
    compile(python, name, "exec")
    assert f"processing.run('coodiag:{name}'" in python
    for output in own:
        assert f"['step']['{output}']" in python, output
    for parameter in asked:
        assert re.search(rf"'{parameter}': parameters\['my_?{parameter}'\]", python, re.I), (
            parameter
        )


#: Types of outputs that the designer offers for a parameter of a type.
OFFERED = {
    "folderDestination": ["outputFolder", "outputFile", "outputString"],
    "file": ["outputFile", "outputFolder", "outputString"],
    "string": ["outputString", "outputFile", "outputFolder", "outputNumber"],
    "source": ["outputVector", "outputLayer"],
    "layer": ["outputVector", "outputLayer"],
    "vector": ["outputVector", "outputLayer"],
}


@pytest.mark.parametrize("handed", HANDED_ON, ids="-".join)
def test_what_one_step_gives_the_next_one_takes(
    provider: QgsProcessingProvider, tmp_path: Path, handed: tuple[str, str, str, str]
) -> None:
    """Offered by the designer for that parameter, and kept when the model is saved."""
    giver, output, taker, parameter = handed
    model = QgsProcessingModelAlgorithm("two", "tests")
    first, second = provider.algorithm(giver), provider.algorithm(taker)
    add(model, "giver", first.id(), asked_for(first, model, "A"), {})
    takes = asked_for(second, model, "B", parameter)
    add(model, "taker", second.id(), takes, {})
    kinds = OFFERED[second.parameterDefinition(parameter).type()]
    offered = model.availableSourcesForChild("taker", [], kinds)
    assert ("giver", output) in {(item.outputChildId(), item.outputName()) for item in offered}
    child = model.childAlgorithm("taker")
    child.addParameterSources(parameter, [Source.fromChildOutput("giver", output)])
    model.setChildAlgorithm(child)
    read = saved(model, tmp_path / "model.model3")
    (kept,) = read.childAlgorithm("taker").parameterSources()[parameter]
    assert (kept.outputChildId(), kept.outputName()) == ("giver", output)
    assert read.dependsOnChildAlgorithms("taker") == {"giver"}
