"""Step 1 of the wizard: a territory by its name, its code or a click, from a folder or a service."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.demo.generate import DemoPaths
from coodiag.coodiag_plugin.qgis_bridge.desk import Desk
from coodiag.tests.qgis.waiting import settle, wait
from coodiag.tests.qgis.wizards import Window, desk_at, press
from coodiag.tests.servers.geo_api import GeoApiServer
from coodiag.tests.servers.world import World
from coodiag.ui.wizard.territory import TerritoryStep
from qgis.core import QgsPointXY, QgsProject
from qgis.gui import QgsMapToolPan
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest

DEMOVILLE = "EPCI:245390919"


@pytest.fixture
def on_map(provider: Any) -> Iterator[Window]:
    QgsProject.instance().clear()
    window = Window()
    window.main.show()
    yield window
    window.main.close()


@pytest.fixture
def desk(on_map: Window, tmp_path: Path) -> Desk:
    return desk_at(tmp_path, on_map)


def shown(desk: Desk) -> TerritoryStep:
    step = TerritoryStep(desk)
    step.resize(400, 800)
    step.show()
    step.enter()
    settle()
    return step


@pytest.fixture
def step(desk: Desk, demo: DemoPaths) -> Iterator[TerritoryStep]:
    """The step on the folder of the demonstration."""
    desk.draft.put("SOURCE", "folder")
    desk.draft.put("DATA_FOLDER", str(demo.data_folder))
    found = shown(desk)
    yield found
    found.stop()
    found.close()


@pytest.fixture
def served(
    desk: Desk, demo: DemoPaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[TerritoryStep, GeoApiServer]]:
    """The step on the services, which a local server imitates."""
    monkeypatch.setenv("COODIAG_CACHE", str(tmp_path / "cache"))
    with GeoApiServer(World(demo.data_folder)) as server:
        monkeypatch.setenv("COODIAG_URL_GEO_API", server.url)
        found = shown(desk)
        yield found, server
        found.stop()
        found.close()


def typed(step: TerritoryStep, text: str) -> list[str]:
    """Type a name; the keys of what is found, once it is."""
    step.search.field.setFocus()
    step.search.field.clear()
    QTest.keyClicks(step.search.field, text)
    wait(lambda: not step.search._wait.isActive() and not step.search.busy, "the search ends")
    rows = step.search.results
    return [rows.item(row).data(Qt.ItemDataRole.UserRole).key for row in range(rows.count())]


def quiet(step: TerritoryStep) -> None:
    wait(lambda: not step.busy(), "nothing is under way")


def test_a_name_typed_and_enter_make_the_territory(
    step: TerritoryStep, desk: Desk, on_map: Window
) -> None:
    assert step.problems() == ["Choose a territory in the list of those found."]
    at = typed(step, "demoville").index(DEMOVILLE)
    for _ in range(at):
        press(step.search.field, Qt.Key.Key_Down)
    press(step.search.field, Qt.Key.Key_Return)
    assert desk.draft.parameters["TERRITORY"] == DEMOVILLE
    quiet(step)
    assert step.problems() == [] and step.summary() == "CA de Demoville Agglomération"
    assert "27 communes" in step.told.text()
    assert step.map.shown and on_map.canvas.extent().width() > 10_000, "the map has gone there"
    assert step.search.field.text() == "" and not step.search.results.isVisible()


def test_two_territories_are_joined_and_one_removed(step: TerritoryStep, desk: Desk) -> None:
    for name in ("demoville agglo", "pays fict"):
        assert typed(step, name)
        press(step.search.field, Qt.Key.Key_Return)
    assert desk.draft.parameters["TERRITORY"] == "EPCI:245390919,245390927"
    quiet(step)
    assert "45 communes" in step.told.text()
    step.chosen.setCurrentRow(0)
    press(step.chosen, Qt.Key.Key_Delete)
    assert desk.draft.parameters["TERRITORY"] == "EPCI:245390927"
    step.remove.click()
    assert "TERRITORY" not in desk.draft.parameters and not step.map.shown
    assert step.problems()


def test_words_in_any_case_codes_and_slips_of_the_pen(step: TerritoryStep) -> None:
    assert "EPCI:245390927" in typed(step, "PAYS-de fictange")
    assert typed(step, "245390927") == ["EPCI:245390927"]
    assert typed(step, "53926")[0] == "COM:53926"
    assert typed(step, "DEP:53") == ["DEP:53"]
    assert "COM:53926" in typed(step, "fictnage"), "the name most alike"
    assert typed(step, "zzzzzz") == []
    assert "No territory is called so" in step.search.status.text()
    assert typed(step, "com:9") == [], "a code that is still being typed is no error"


def test_a_malformed_code_is_refused_in_place(step: TerritoryStep, desk: Desk) -> None:
    typed(step, "EPCI:12")
    press(step.search.field, Qt.Key.Key_Return)
    assert "“12” is not a EPCI code" in step.search.status.text()
    assert "TERRITORY" not in desk.draft.parameters


def test_a_territory_of_another_list_is_refused_with_a_sentence(
    step: TerritoryStep, desk: Desk
) -> None:
    typed(step, "EPCI:243500139")
    press(step.search.field, Qt.Key.Key_Return)
    quiet(step)
    assert desk.draft.parameters["TERRITORY"] == "EPCI:243500139"
    assert len(step.problems()) == 1 and "EPCI:243500139" in step.problems()[0]


def test_a_click_on_the_map_offers_the_commune_and_what_it_is_in(
    step: TerritoryStep, desk: Desk, on_map: Window
) -> None:
    pan = QgsMapToolPan(on_map.canvas)
    on_map.canvas.setMapTool(pan)
    step.search.pick.click()
    assert step.search.background.isVisible(), "the map of QGIS has no layer"
    quiet(step)
    assert step.map.shown, "the communes of the folder are there to be clicked on"
    told: list[QgsPointXY] = []
    step.map.clicked.connect(told.append)
    QTest.mouseClick(
        on_map.canvas.viewport(), Qt.MouseButton.LeftButton, pos=on_map.canvas.viewport().rect().center()
    )  # fmt: skip
    quiet(step)
    rows = step.search.results
    places = [rows.item(row).data(Qt.ItemDataRole.UserRole) for row in range(rows.count())]
    assert [place.level for place in places] == ["COM", "EPCI", "ZE", "DEP", "REG"], (
        step.search.status.text()
    )
    assert on_map.canvas.mapTool() is pan and not step.search.pick.isChecked()
    assert not step.map.shown, "the communes to click on are gone"
    press(step.search.results, Qt.Key.Key_Return)
    quiet(step)
    assert desk.draft.parameters["TERRITORY"] == places[0].key
    assert step._found.shape.contains(told[0])


def test_a_click_outside_of_every_commune_is_told(step: TerritoryStep, on_map: Window) -> None:
    step.search.pick.click()
    quiet(step)
    step.map.clicked.emit(QgsPointXY(0, 0))
    quiet(step)
    assert "No commune of the list is at this place" in step.search.status.text()


def test_the_map_gets_its_tool_back(step: TerritoryStep, on_map: Window) -> None:
    pan = QgsMapToolPan(on_map.canvas)
    on_map.canvas.setMapTool(pan)
    step.search.pick.click()
    press(on_map.canvas, Qt.Key.Key_Escape)
    assert on_map.canvas.mapTool() is pan and not step.search.pick.isChecked()
    step.search.pick.click()
    on_map.canvas.setMapTool(QgsMapToolPan(on_map.canvas))
    settle()
    assert not step.search.pick.isChecked(), "another tool was taken"
    on_map.canvas.setMapTool(pan)
    step.search.pick.click()
    step.hide()
    assert on_map.canvas.mapTool() is pan


def test_the_map_comes_where_qgis_shows_its_welcome_page(
    desk: Desk, demo: DemoPaths, on_map: Window
) -> None:
    asked: list[bool] = []
    desk.iface.newProject = lambda: (asked.append(True), on_map.canvas.show())
    on_map.canvas.hide()
    desk.draft.put("SOURCE", "folder")
    desk.draft.put("DATA_FOLDER", str(demo.data_folder))
    desk.draft.put("TERRITORY", DEMOVILLE)
    step = shown(desk)
    quiet(step)
    assert asked == [], "nobody has asked for the map yet"
    step.look.click()
    assert asked == [True] and step.map.shown
    project = QgsProject.instance()
    assert project.crs().authid() == "EPSG:2154" and not project.isDirty()
    step.stop()
    step.close()


def test_the_outline_goes_with_the_step(step: TerritoryStep, on_map: Window) -> None:
    before = len(on_map.canvas.scene().items())
    typed(step, "demoville")
    press(step.search.field, Qt.Key.Key_Return)
    quiet(step)
    assert len(on_map.canvas.scene().items()) == before + 1
    step.hide()
    assert len(on_map.canvas.scene().items()) == before
    step.show()
    step.enter()
    assert len(on_map.canvas.scene().items()) == before + 1
    assert QgsProject.instance().mapLayers() == {}


def test_the_folder_is_told(step: TerritoryStep, demo: DemoPaths) -> None:
    quiet(step)
    said = step.source.held.text()
    assert "Fictitious data of the demonstration." in said and "official files recognised" in said
    assert "No roads" not in said and "No census" not in said
    step.source.more.click()
    assert "✓ Base Adresse Nationale" in step.source.details.text()


def test_what_a_folder_lacks_is_told(desk: Desk, demo: DemoPaths, tmp_path: Path) -> None:
    folder = tmp_path / "peu"
    folder.mkdir()
    name = "v_commune_2024.csv"
    (folder / name).write_bytes((demo.data_folder / name).read_bytes())
    (folder / "lettre.docx").write_bytes(b"x")
    desk.draft.put("SOURCE", "folder")
    desk.draft.put("DATA_FOLDER", str(folder))
    step = shown(desk)
    quiet(step)
    for word in ("contours", "census", "addresses", "roads"):
        assert f"No {word}" in step.source.held.text()
    assert "lettre.docx" in step.source.details.text()
    step.close()


def test_the_source_is_chosen_by_its_buttons(desk: Desk, demo: DemoPaths) -> None:
    step = shown(desk)
    assert step.source.way == "services" and not step.source.folder.isVisible()
    step.source.ways["folder"].click()
    assert desk.draft.parameters["SOURCE"] == "folder"
    assert "Choose the folder of the official files." in step.problems()
    step.source.folder.setFilePath("/nowhere at all")
    assert "/nowhere at all" in step.problems()[0]
    step.source.folder.setFilePath(str(demo.data_folder))
    assert not [text for text in step.problems() if "folder" in text]
    step.source.ways["both"].click()
    assert desk.draft.parameters["SOURCE"] == "online"
    step.source.ways["services"].click()
    assert "SOURCE" not in desk.draft.parameters and "DATA_FOLDER" not in desk.draft.parameters
    quiet(step)
    step.close()


def test_the_services_are_asked_when_the_user_searches(
    served: tuple[TerritoryStep, GeoApiServer], desk: Desk
) -> None:
    step, server = served
    settle()
    assert server.log == [], "opening the wizard asks nothing"
    found = typed(step, "pays de fict")
    assert found[0] == "EPCI:245390927"
    assert {seen.param("nom") for seen in server.log} == {""}, "what is typed leaves for nobody"
    press(step.search.field, Qt.Key.Key_Return)
    quiet(step)
    assert step.summary() == "CC du Pays de Fictange" and step.map.shown
    asked = len(server.log)
    assert "COM:53926" in typed(step, "53000"), "a postcode"
    assert len(server.log) == asked, "the list is there already"
    step.map.clicked.emit(step._found.shape.boundingBox().center())
    quiet(step)
    assert step.search.results.count() >= 3


def test_a_service_that_is_down_is_told_and_a_code_still_taken(
    served: tuple[TerritoryStep, GeoApiServer], desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    step, _ = served
    monkeypatch.setenv("COODIAG_URL_GEO_API", "http://localhost:9")
    monkeypatch.setattr("coodiag.coodiag_plugin.sources.web.caller.BUDGET", 0.5)
    typed(step, "fictange")
    assert "geo.api.gouv.fr" in step.search.status.text() or "API" in step.search.status.text()
    assert "A code can still be written" in step.search.status.text()
    step.search.field.setText("EPCI:245390927")
    press(step.search.field, Qt.Key.Key_Return)
    assert desk.draft.parameters["TERRITORY"] == "EPCI:245390927"
    assert step.problems() == []


def test_another_source_takes_away_what_the_first_one_said(
    desk: Desk, demo: DemoPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COODIAG_URL_GEO_API", "http://localhost:9")
    monkeypatch.setattr("coodiag.coodiag_plugin.sources.web.caller.BUDGET", 0.5)
    step = shown(desk)
    assert typed(step, "fictange") == [] and step.search.status.text()
    step.source.ways["folder"].click()
    assert step.search.status.text() == "", "the service is asked no more"
    step.source.folder.setFilePath(str(demo.data_folder))
    quiet(step)
    assert step.search.results.count() and not step.search.status.text(), "what is typed is found"
    step.stop()
    step.close()


def test_an_answer_that_comes_late_changes_nothing(
    step: TerritoryStep, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    quiet(step)
    gate = threading.Event()
    typed(step, "demoville")
    resolve = type(desk.territories.known(*step.source.told()).geography).resolve

    def slow(*args: Any) -> Any:
        gate.wait(10)
        return resolve(*args)

    monkeypatch.setattr("coodiag.coodiag_plugin.sources.geography.Geography.resolve", slow)
    press(step.search.field, Qt.Key.Key_Return)
    assert step.busy()
    step.stop()
    assert not step.busy()
    gate.set()
    QTest.qWait(300)
    assert not step.map.shown and step.told.text() == "" and step.problems() == []


def test_without_pandas_the_step_says_so_and_takes_a_code(
    step: TerritoryStep, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    quiet(step)
    monkeypatch.setattr(
        "coodiag.coodiag_plugin.qgis_bridge.dependencies.find_spec", lambda name: None
    )
    desk.territories._lists.clear()
    typed(step, "fict")
    assert "pandas is missing from this QGIS" in step.search.status.text()
    step.search.field.setText("COM:53926")
    press(step.search.field, Qt.Key.Key_Return)
    assert desk.draft.parameters["TERRITORY"] == "COM:53926"


def test_the_plan_of_ign_is_added_when_asked(step: TerritoryStep, on_map: Window) -> None:
    quiet(step)
    assert QgsProject.instance().mapLayers() == {}
    step.desk.territories.add_background()
    (layer,) = QgsProject.instance().mapLayers().values()
    assert "PLANIGNV2" in layer.source() and "TILEROW%3D{y}" in layer.source()
    QgsProject.instance().clear()
