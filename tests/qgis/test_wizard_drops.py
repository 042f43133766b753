"""What is dropped on the wizard, its demonstration, and what the plugin adds for it to QGIS."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.demo.generate import DemoPaths
from coodiag.coodiag_plugin.guiding import OFFERED, WIDENED, Guiding
from coodiag.coodiag_plugin.qgis_bridge.desk import Desk, demonstration
from coodiag.coodiag_plugin.qgis_bridge.errand import Errand
from coodiag.coodiag_plugin.sources.spreadsheet import TEXT_FORMATS
from coodiag.coodiag_plugin.sources.workbook import DRIVERS
from coodiag.tests.qgis.review_windows import places
from coodiag.tests.qgis.waiting import PATIENCE, settle, wait
from coodiag.tests.qgis.wizards import desk_at, opened, plain_steps
from coodiag.ui.wizard.dock import WizardDock
from qgis.core import QgsApplication, QgsSettings
from qgis.gui import QgsMapCanvas, QgsMessageBar
from qgis.PyQt.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from qgis.PyQt.QtGui import QDragEnterEvent, QDropEvent
from qgis.PyQt.QtWidgets import QDockWidget, QMainWindow, QPushButton


@pytest.fixture
def desk(provider: Any, tmp_path: Path) -> Desk:
    return desk_at(tmp_path)


@pytest.fixture
def dock(desk: Desk) -> Iterator[WizardDock]:
    shown = opened(desk)
    yield shown
    shown.leave()
    shown.close()


def drop(dock: WizardDock, *paths: Path | str) -> bool:
    """Drag files over the dock and let them go; whether it would take them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, modifiers = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    act = Qt.DropAction.CopyAction
    entered = QDragEnterEvent(QPointF(9, 9).toPoint(), act, data, buttons, modifiers)
    entered.ignore()
    QgsApplication.sendEvent(dock, entered)
    dropped = QDropEvent(QPointF(9, 9), act, data, buttons, modifiers)
    QgsApplication.sendEvent(dock, dropped)
    settle()
    return bool(entered.isAccepted())


def test_spreadsheets_take_the_role_of_their_columns(dock: WizardDock, demo: DemoPaths) -> None:
    assert drop(dock, demo.clients, demo.beneficiaries, demo.sites)
    given = dock.desk.draft.parameters
    assert given["CLIENTS"] == str(demo.clients)
    assert given["BENEFICIARIES"] == str(demo.beneficiaries)
    assert given["SITES"] == str(demo.sites)
    assert dock.current is dock.steps[1], "the step of the files shows them"


def test_an_unclear_spreadsheet_is_asked_about(dock: WizardDock, tmp_path: Path) -> None:
    first, second = tmp_path / "un.csv", tmp_path / "deux.csv"
    for path in (first, second):
        path.write_text("adresse;code postal;commune\n1 rue Inventée;53000;Fictange\n")
    drop(dock, first, second)
    assert dock.notice.text.text() == "What does un.csv hold?"
    words = [each.text() for each in dock.notice.buttons.held]
    assert words == ["Sites", "Clients", "Beneficiaries", "None of these"]
    dock.notice.buttons.held[1].click()
    assert dock.desk.draft.parameters["CLIENTS"] == str(first)
    assert dock.notice.text.text() == "What does deux.csv hold?"
    dock.notice.buttons.held[3].click()
    assert set(dock.desk.draft.parameters) == {"CLIENTS"} and not dock.notice.isVisible()


def test_a_refused_spreadsheet_is_told_and_the_next_one_taken(
    dock: WizardDock, demo: DemoPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = dock.desk.files.role_of

    def role_of(path: Any) -> str:
        if "bad" in str(path):
            raise InputError("The file {file} cannot be read.", file="bad.csv")
        return str(real(path))

    monkeypatch.setattr(dock.desk.files, "role_of", role_of)
    drop(dock, "/somewhere/bad.csv", demo.clients)
    assert dock.notice.text.text() == "The file bad.csv cannot be read."
    assert dock.desk.draft.parameters["CLIENTS"] == str(demo.clients)


def test_a_folder_of_official_files_and_a_profile(
    dock: WizardDock, demo: DemoPaths, tmp_path: Path
) -> None:
    drop(dock, demo.data_folder)
    given = dock.desk.draft.parameters
    assert (given["SOURCE"], given["DATA_FOLDER"]) == ("folder", str(demo.data_folder))
    assert dock.current is dock.steps[0]
    profile = tmp_path / "le mien.json"
    profile.write_text("{}")
    drop(dock, profile)
    assert given["PROFILE"] == str(profile) and dock.current is dock.steps[3]


@pytest.mark.parametrize("run_file", [False, True])
def test_a_dossier_is_opened(dock: WizardDock, tmp_path: Path, run_file: bool) -> None:
    folder = tmp_path / "dossier"
    folder.mkdir()
    (folder / "coodiag.json").write_text(json.dumps({"parameters": {"TERRITORY": "DEP:53"}}))
    assert drop(dock, folder / "coodiag.json" if run_file else folder)
    assert dock.desk.draft.dossier == str(folder) and dock.current is dock.steps[5]


def test_every_table_that_can_be_read_can_be_dropped(dock: WizardDock, tmp_path: Path) -> None:
    endings = {*TEXT_FORMATS, *DRIVERS}
    assert {f".{each}" for each in dock.desk.files.formats} == endings
    for ending in endings:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(tmp_path / f"clients{ending.upper()}"))])
        assert len(dock.drops.paths(data)) == 1, ending


def test_what_is_no_table_is_not_taken(dock: WizardDock, tmp_path: Path) -> None:
    assert not drop(dock, tmp_path / "photo.png")
    assert dock.desk.draft.parameters == {} and dock.current is None


# --- the demonstration


def made(dock: WizardDock, demo: DemoPaths, monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """The demonstration takes as long as the test wants, and its files are those of the tests."""
    gate, told = threading.Event(), threading.Event()
    start = Errand.start

    def files(progress: Any) -> DemoPaths:
        progress.set(0.4)
        told.set()
        while not gate.wait(0.01):
            progress.check()
        return demo

    def started(errand: Errand[Any]) -> Errand[Any]:
        start(errand)
        assert told.wait(PATIENCE), "a busy machine: it tells before anybody listens"
        return errand

    monkeypatch.setattr("coodiag.coodiag_plugin.qgis_bridge.demonstration.files", files)
    monkeypatch.setattr(Errand, "start", started)
    dock.welcome.demo.click()
    return gate


def test_the_demonstration_fills_every_step(
    dock: WizardDock, demo: DemoPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    dock.desk.draft.put("STRUCTURE", "Mine")
    gate = made(dock, demo, monkeypatch)
    assert dock.welcome.bar.isVisible() and not dock.welcome.demo.isEnabled()
    wait(lambda: dock.welcome.bar.value() == 40)
    gate.set()
    wait(lambda: "TERRITORY" in dock.desk.draft.parameters)
    given = dock.desk.draft.parameters
    assert given["TERRITORY"] == demo.territory and given["STRUCTURE"] == demonstration.STRUCTURE
    assert given["CLIENTS"] == str(demo.clients) and given["SOURCE"] == "folder"
    assert Path(given["OUTPUT_FOLDER"]).is_absolute()
    assert dock.current is dock.steps[0] and "fictitious" in dock.notice.text.text()
    dock.notice.buttons.held[0].click()
    assert dock.desk.draft.parameters == {"STRUCTURE": "Mine"}, "it is undone"


def test_the_demonstration_can_be_cancelled(
    dock: WizardDock, demo: DemoPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = made(dock, demo, monkeypatch)
    dock.welcome.cancel.click()
    assert not dock.welcome.bar.isVisible() and dock.welcome.demo.isEnabled()
    gate.set()
    wait(lambda: not QgsApplication.taskManager().countActiveTasks())
    assert dock.desk.draft.parameters == {} and dock.current is None


def test_a_demonstration_that_fails_is_told(
    dock: WizardDock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def files(progress: Any) -> DemoPaths:
        raise InputError("The file {file} does not exist. Check its name and folder.", file="x")

    monkeypatch.setattr("coodiag.coodiag_plugin.qgis_bridge.demonstration.files", files)
    dock.welcome.demo.click()
    wait(lambda: dock.notice.isVisible())
    assert "The file x does not exist." in dock.notice.text.text()
    assert dock.welcome.demo.isEnabled()


# --- in QGIS


@pytest.fixture
def iface(provider: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("COODIAG_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("coodiag.ui.wizard.dock.steps_of", plain_steps)
    QgsSettings().remove(OFFERED)
    QgsSettings().remove(WIDENED)
    main, bar = QMainWindow(), QgsMessageBar()
    canvas = QgsMapCanvas(main)
    return SimpleNamespace(
        mainWindow=lambda: main,
        mapCanvas=lambda: canvas,
        messageBar=lambda: bar,
        **places(),
        addDockWidget=lambda area, dock: main.addDockWidget(area, dock),
        removeDockWidget=main.removeDockWidget,
    )


def test_the_plugin_opens_the_dock_and_takes_everything_back(iface: Any) -> None:
    guiding = Guiding(iface)
    assert iface.menu == {"Coodiag": [guiding.action]} and iface.toolbar == [guiding.action]
    dock = guiding.open()
    assert guiding.open() is dock and not dock.isHidden()
    guiding.remove()
    assert iface.menu == {"Coodiag": []} and iface.toolbar == []
    QgsApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not iface.mainWindow().findChildren(WizardDock)


def test_the_dock_opens_wide_enough_once_then_as_the_user_left_it(iface: Any) -> None:
    main = iface.mainWindow()
    main.setCentralWidget(iface.mapCanvas())
    main.resize(1366, 768)
    main.show()
    beside = QDockWidget(main)  # that side of QGIS has others, hidden at first
    main.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, beside)
    main.resizeDocks([beside], [100], Qt.Orientation.Horizontal)
    settle()
    beside.hide()
    settle()
    guiding = Guiding(iface)
    dock = guiding.open()
    settle()
    letters = dock.width() / dock.fontMetrics().averageCharWidth()
    assert 64 <= letters <= 72, "about 400 px at 96 dots per inch"
    main.resizeDocks([dock], [520], Qt.Orientation.Horizontal)
    settle()
    state = main.saveState()
    guiding.remove()
    QgsApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert main.restoreState(state)  # as QGIS does when it starts, before the wizard is there
    later = Guiding(iface)
    assert later.open().width() == 520, "the user's"
    settle()
    assert later.dock is not None and later.dock.width() == 520
    later.remove()
    main.close()


def test_the_wizard_is_offered_once(iface: Any) -> None:
    bar = iface.messageBar()
    guiding = Guiding(iface)
    assert len(bar.items()) == 1
    bar.items()[0].findChild(QPushButton).click()
    settle()
    assert guiding.dock is not None and bar.items() == []
    guiding.remove()
    later = Guiding(iface)
    assert bar.items() == [], "once is enough"
    later.remove()
    QgsSettings().remove(OFFERED)
    standing = Guiding(iface)
    standing.remove()
    settle()
    assert bar.items() == [], "its button would open a wizard of what is unloaded"


def test_the_desk_opens_the_other_windows(iface: Any) -> None:
    calls: list[Any] = []

    class Reviewing:
        def open(self, chosen: Any) -> str:
            calls.append(chosen.folder)
            return "no"

    class Editing:
        def open(self) -> None:
            calls.append("profiles")

    guiding = Guiding(iface)
    guiding.reach([guiding, Reviewing(), Editing()])
    desk = guiding.open().desk
    assert desk.review(folder=Path("/a dossier")) == "no"
    desk.edit_profiles()
    assert calls == [Path("/a dossier"), "profiles"]
    guiding.remove()
