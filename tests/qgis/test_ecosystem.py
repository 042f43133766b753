"""``coodiag:ecosystem`` on the demonstration: points, counts, kinds, style, refusals."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import processing
import pytest
from coodiag.coodiag_plugin.core.catalogue import rows
from coodiag.coodiag_plugin.core.provenance import Provenance
from coodiag.coodiag_plugin.demo.generate import DemoPaths
from coodiag.coodiag_plugin.qgis_bridge.ecosystem import FIELDS, style_ecosystem
from coodiag.coodiag_plugin.qgis_bridge.layers import transformer
from coodiag.tests.qgis.conftest import Heard
from coodiag.tests.servers.everything import serving
from coodiag.tests.servers.world import World
from qgis.core import (
    QgsApplication,
    QgsFeatureRequest,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingOutputLayerDefinition,
    QgsProcessingProvider,
    QgsProject,
    QgsVectorLayer,
)

MEMORY = "TEMPORARY_OUTPUT"
SIAE = (
    "siret;type;raison_sociale;enseigne;code_postal;ville;departement;code_commune;longitude;latitude\n"
    "00000000100011;ACI;ATELIER FICTIF;;53900;{town};53;{code};{lon};{lat}\n"
    "00000000200012;EI;ATELIER SANS POINT;;53900;{town};53;;;\n"
    "00000000300013;GEIQ;GROUPEMENT AU LOIN;;53900;{town};53;{code};5.0;45.0\n"
)


@pytest.fixture(scope="module")
def communes(provider: QgsProcessingProvider, demo: DemoPaths) -> QgsVectorLayer:
    found = processing.run(
        "coodiag:territory",
        {
            "TERRITORY": demo.territory,
            "SOURCE": "folder",
            "DATA_FOLDER": str(demo.data_folder),
            "NEIGHBOURS": True,
            "COMMUNES": MEMORY,
        },
    )
    layer: QgsVectorLayer = found["COMMUNES"]
    return layer


@pytest.fixture(scope="module")
def folder(
    demo: DemoPaths, communes: QgsVectorLayer, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The folder of the demonstration with a list of inclusion enterprises."""
    copy = Path(shutil.copytree(demo.data_folder, tmp_path_factory.mktemp("eco") / "officiel"))
    item = next(f for f in communes.getFeatures() if f["role"] == "territoire")
    back = transformer(communes.crs(), "EPSG:4326")
    point = back.transform(item.geometry().pointOnSurface().asPoint())
    text = SIAE.format(town=item["nom"], code=item["codgeo"], lon=point.x(), lat=point.y())
    (copy / "siae.csv").write_text(text, encoding="utf-8")
    return copy


def run(communes: QgsVectorLayer, folder: Path, **changes: Any) -> tuple[dict[str, Any], Heard]:
    heard = Heard()
    parameters = {
        "COMMUNES": communes,
        "SOURCE": "folder",
        "DATA_FOLDER": str(folder),
        "ECOSYSTEM": MEMORY,
        "PROVENANCE": MEMORY,
        **changes,
    }
    return processing.run("coodiag:ecosystem", parameters, feedback=heard), heard


def test_places_stand_in_their_commune_and_the_counts_add_up(
    communes: QgsVectorLayer, folder: Path
) -> None:
    found, _ = run(communes, folder)
    layer = found["ECOSYSTEM"]
    assert layer.fields().names() == list(FIELDS)
    assert layer.crs().authid() == "EPSG:2154"
    shapes = {
        f["codgeo"]: f.geometry() for f in communes.getFeatures() if f["role"] == "territoire"
    }
    located = 0
    for item in layer.getFeatures():
        assert item["codgeo"] in shapes, "neighbours are left out"
        assert item["kind"] in {row["id"] for row in rows("ecosystem")}
        if item.hasGeometry():
            located += 1
            assert shapes[item["codgeo"]].distance(item.geometry()) < 2_000
        else:
            assert item["quality"] == ""
    assert type(found["COUNT"]) is int
    assert found["COUNT"] == layer.featureCount() > 20
    assert (found["COUNT_LOCATED"], found["COUNT_UNLOCATED"]) == (
        located,
        found["COUNT"] - located,
    )


def test_a_point_far_from_the_communes_is_refused_and_said(
    communes: QgsVectorLayer, folder: Path
) -> None:
    found, heard = run(communes, folder, KINDS=["aci", "ei", "geiq"])
    rows = {item["name"]: item for item in found["ECOSYSTEM"].getFeatures()}
    assert rows["ATELIER FICTIF"].hasGeometry()
    assert not rows["ATELIER SANS POINT"].hasGeometry()
    assert not rows["GROUPEMENT AU LOIN"].hasGeometry()
    assert {item["kind"] for item in rows.values()} <= {"aci", "ei", "geiq"}
    assert any("far from their commune" in line for line in heard.said)


def test_the_provenance_names_every_file_that_was_read(
    communes: QgsVectorLayer, folder: Path
) -> None:
    found, _ = run(communes, folder)
    rows = list(found["PROVENANCE"].getFeatures())
    assert found["PROVENANCE"].fields().names() == list(Provenance.columns())
    assert {row["dataset"] for row in rows} >= {"siae", "sirene_etablissement"}


def test_no_word_of_a_person_is_in_the_layer(communes: QgsVectorLayer, folder: Path) -> None:
    found, _ = run(communes, folder)
    names = {item["name"] for item in found["ECOSYSTEM"].getFeatures()}
    assert "Entrepreneur individuel" not in names
    assert not any("adresse" in name or "mail" in name for name in FIELDS)


def test_a_folder_without_places_is_refused_in_a_sentence(
    communes: QgsVectorLayer, demo: DemoPaths, tmp_path: Path
) -> None:
    shutil.copy(demo.data_folder / "v_commune_2024.csv", tmp_path)
    with pytest.raises(QgsProcessingException, match="no file with places of interest"):
        run(communes, tmp_path)


def test_an_unknown_kind_is_refused(communes: QgsVectorLayer, folder: Path) -> None:
    with pytest.raises(QgsProcessingException, match="KINDS"):
        run(communes, folder, KINDS=["sorcier"])


def test_each_theme_of_the_layer_has_its_colour(communes: QgsVectorLayer, folder: Path) -> None:
    found, _ = run(communes, folder)
    layer = found["ECOSYSTEM"]
    style_ecosystem(layer)
    present = {item["theme"] for item in layer.getFeatures()}
    assert {category.value() for category in layer.renderer().categories()} == present


def test_a_loaded_layer_is_styled(communes: QgsVectorLayer, folder: Path) -> None:
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("coodiag:ecosystem")
    assert algorithm is not None
    context = QgsProcessingContext()
    project = QgsProject()
    context.setProject(project)
    sink = QgsProcessingOutputLayerDefinition(MEMORY, project)
    parameters = {
        "COMMUNES": communes,
        "SOURCE": "folder",
        "DATA_FOLDER": str(folder),
        "ECOSYSTEM": sink,
    }
    results, good = algorithm.run(parameters, context, Heard())
    assert good
    details = context.layerToLoadOnCompletionDetails(results["ECOSYSTEM"])
    layer = context.getMapLayer(results["ECOSYSTEM"])
    assert details.postProcessor() is not None
    details.postProcessor().postProcessLayer(layer, context, Heard())
    assert layer.renderer().type() == "categorizedSymbol"


def test_online_the_services_give_the_places_and_a_missing_key_is_said(
    communes: QgsVectorLayer, demo: DemoPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World(demo.data_folder)
    wanted = ", ".join(f"'{code}'" for code in (*sorted(world.communes)[::10], "53918"))
    some = communes.materialize(QgsFeatureRequest().setFilterExpression(f"codgeo IN ({wanted})"))
    with serving(world) as services:
        for name, url in services.variables.items():
            monkeypatch.setenv(name, url)
        found, heard = run(some, demo.data_folder, SOURCE="online", DATA_FOLDER="")
    kinds = {item["kind"] for item in found["ECOSYSTEM"].getFeatures()}
    assert {"aci", "france_services", "petite_enfance"} <= kinds
    assert found["COUNT_LOCATED"] > 5
    assert any("needs a key" in line for line in heard.said)
    told = {row["service"] for row in found["PROVENANCE"].getFeatures()}
    assert "Les emplois de l’inclusion" in told
