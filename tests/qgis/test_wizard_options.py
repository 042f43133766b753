"""Step 4 of the wizard: each choice reaches the parameters of the diagnosis, and no more."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.profiles import PROFILES
from coodiag.coodiag_plugin.demo.generate import DemoPaths
from coodiag.coodiag_plugin.qgis_bridge.desk import Desk
from coodiag.coodiag_plugin.qgis_bridge.settings.kept import keep
from coodiag.tests.qgis.waiting import settle
from coodiag.tests.qgis.wizards import desk_at, press
from coodiag.ui.wizard.options import OptionsStep
from qgis.core import QgsApplication, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QFileDialog


@pytest.fixture
def desk(provider: Any, tmp_path: Path) -> Iterator[Desk]:
    QgsProject.instance().clear()
    yield desk_at(tmp_path)
    QgsProject.instance().clear()


@pytest.fixture
def step(desk: Desk) -> Iterator[OptionsStep]:
    shown = OptionsStep(desk)
    shown.show()
    shown.enter()
    settle()
    yield shown
    shown.close()


def chosen(combo: Any, row: int) -> None:
    """Choose a row as a person does."""
    combo.setCurrentIndex(row)
    combo.activated.emit(row)


def test_nothing_has_to_be_touched(step: OptionsStep, desk: Desk) -> None:
    assert step.problems() == [] and desk.draft.parameters == {}
    assert step.summary() == "Diagnostic territorial COODIAG"
    assert step.profile.chapters.item(0).text() == "Le territoire et ses habitants (7 pages)"


def test_every_field_names_a_parameter_and_shows_its_default(step: OptionsStep, desk: Desk) -> None:
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("coodiag:diagnostic")
    for name, field in step.fields.items():
        definition = algorithm.parameterDefinition(name)
        assert field.label == definition.description() and field.toolTip() == definition.help()
        assert field.accessibleName() == field.label
        assert not field.value(), f"{name}: the default is not written"
    assert step.fields["MIN_COUNT"].spin.minimum() == 3


def test_a_profile_is_chosen_with_its_chapters(step: OptionsStep, desk: Desk) -> None:
    combo = step.profile.combo
    chosen(combo, combo.findData("ess"))
    assert desk.draft.parameters == {"PROFILE": "ess"}
    titles = [
        step.profile.chapters.item(row).text() for row in range(step.profile.chapters.count())
    ]
    assert any("ESS" in title for title in titles)
    chosen(combo, combo.findData("coodiag"))
    assert desk.draft.parameters == {}


def test_a_profile_file_is_offered_again_and_refused_when_it_is_bad(
    step: OptionsStep, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "le mien.json"
    shutil.copy(PROFILES / "ctg.json", own)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args: (str(own), ""))
    step.profile.file.click()
    assert desk.draft.parameters["PROFILE"] == str(own)
    assert "le mien.json" in step.profile.combo.currentText()
    chosen(step.profile.combo, step.profile.combo.findData("coodiag"))
    step.enter()
    assert step.profile.combo.findData(str(own)) > 0, "it is still offered"
    chosen(step.profile.combo, step.profile.combo.findData(str(own)))
    own.write_text('{"id": "x",\n "chapters": 3}')
    assert "le mien.json" in step.problems()[0] and "line 2" in step.problems()[0]
    own.unlink()
    assert "neither a file nor one of" in step.problems()[0]


def test_documents_one_at_least(step: OptionsStep, desk: Desk) -> None:
    boxes = step.fields["FORMATS"].boxes
    assert list(boxes) == ["odt", "html", "xlsx", "diaporama", "synthese"]
    boxes["html"].click()
    assert desk.draft.parameters["FORMATS"] == ["odt", "xlsx", "diaporama", "synthese"]
    for name in ("odt", "xlsx", "diaporama", "synthese"):
        boxes[name].click()
    assert step.problems() == ["Choose one document at least."], "none would mean all of them"
    boxes["odt"].click()
    assert step.problems() == [] and desk.draft.parameters["FORMATS"] == ["odt"]
    for name in ("html", "xlsx", "diaporama", "synthese"):
        boxes[name].click()
    assert "FORMATS" not in desk.draft.parameters


def test_each_widget_writes_its_parameter(step: OptionsStep, desk: Desk, demo: DemoPaths) -> None:
    fields = step.fields
    chosen(fields["PAPER"].combo, 1)
    fields["MIN_COUNT"].spin.setValue(11)
    fields["THRESHOLDS"].line.setText("50, 90")
    press(fields["THRESHOLDS"].line, Qt.Key.Key_Return)
    fields["SURVEY"].place.setFilePath(str(demo.survey))
    fields["COMMUNE_PAGES"].box.click()
    given = {
        "PAPER": "A3",
        "MIN_COUNT": 11,
        "THRESHOLDS": "50, 90",
        "SURVEY": str(demo.survey),
        "COMMUNE_PAGES": False,
    }
    assert desk.draft.parameters == given and step.problems() == []
    other = OptionsStep(desk)
    other.enter()
    assert {name: other.fields[name].value() for name in given} == given, "shown as it was left"
    assert not other.tables.isCollapsed() and not other.more.isCollapsed()
    other.close()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("THRESHOLDS", "80,60", ": Write ascending percentages"),
        ("THRESHOLDS", "abc", ": Write ascending percentages"),
        ("HOUSE_STYLE", "/nowhere/maison", "maison"),
        ("SURVEY", "/nowhere/enquete.xlsx", "enquete.xlsx does not exist"),
        ("ROADS", "/nowhere/roads.gpkg|layername=a", "no longer in the project"),
        ("AREA", "a_layer_that_was_here", "no longer in the project"),
    ],
)
def test_what_a_run_would_refuse_is_said_here(
    step: OptionsStep, desk: Desk, name: str, value: str, said: str
) -> None:
    desk.draft.put(name, value)
    assert len(step.problems()) == 1
    assert said in step.problems()[0] and step.problems()[0].startswith(desk.label(name))


def test_layers_of_the_project_and_files_of_layers(
    step: OptionsStep, desk: Desk, demo: DemoPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    roads = QgsVectorLayer(str(demo.data_folder / "troncon_de_route.gpkg"), "routes", "ogr")
    area = QgsVectorLayer("Polygon?crs=EPSG:2154", "mine", "memory")
    QgsProject.instance().addMapLayers([roads, area])
    settle()
    for name, layer in (("ROADS", roads), ("AREA", area)):
        combo = step.fields[name].combo
        chosen(combo, combo.findText(layer.name()))
    assert desk.draft.parameters == {"ROADS": roads.source(), "AREA": area.id()}
    source = roads.source()
    QgsProject.instance().clear()
    settle()
    assert desk.draft.parameters["ROADS"] == source, "a project that is closed takes nothing away"
    assert [text for text in step.problems() if "Own area" in text], (
        "but this layer was in it alone"
    )
    step.enter()
    assert step.fields["ROADS"].combo.currentText() == source
    chosen(step.fields["ROADS"].combo, 0)
    assert "ROADS" not in desk.draft.parameters
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args: (source, ""))
    step.fields["ROADS"].browse.click()
    assert desk.draft.parameters["ROADS"] == source


def test_defaults_follow_the_settings(step: OptionsStep, desk: Desk) -> None:
    assert step.fields["MIN_COUNT"].spin.value() == 5
    keep("min_count", "12")
    try:
        step.enter()
        assert step.fields["MIN_COUNT"].spin.value() == 12 and desk.draft.parameters == {}
        step.fields["MIN_COUNT"].spin.setValue(5)
        assert desk.draft.parameters == {"MIN_COUNT": 5}
    finally:
        keep("min_count", "")


def test_no_house_style_can_be_asked_for_where_the_settings_name_one(
    step: OptionsStep, desk: Desk, tmp_path: Path
) -> None:
    keep("house_style", str(tmp_path))
    try:
        step.enter()
        place = step.fields["HOUSE_STYLE"].place
        assert place.filePath() == str(tmp_path) and "HOUSE_STYLE" not in desk.draft.parameters
        place.setFilePath("")
        assert desk.draft.parameters["HOUSE_STYLE"] == "" and step.problems() == []
        place.setFilePath(str(tmp_path))
        assert "HOUSE_STYLE" not in desk.draft.parameters
    finally:
        keep("house_style", "")


def test_the_profile_editor_is_reached(step: OptionsStep, desk: Desk) -> None:
    opened: list[bool] = []
    desk.edit_profiles = lambda: opened.append(True)
    step.profile.edit.click()
    assert opened == [True]
