"""The review in QGIS: what the plugin adds, offers after a run, and takes back."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin import reviewing as plugin_part
from coodiag.coodiag_plugin.core.version import ROOT
from coodiag.coodiag_plugin.plugin import CoodiagPlugin
from coodiag.coodiag_plugin.qgis_bridge.desk.draft import Draft
from coodiag.coodiag_plugin.qgis_bridge.desk.results import Results
from coodiag.coodiag_plugin.reviewing import Reviewing, offered
from coodiag.tests.qgis.review_windows import interface
from coodiag.tests.qgis.waiting import settle
from coodiag.ui.review import ReviewWindow
from coodiag.ui.review_open import Chosen, OpenReview
from qgis.core import QgsApplication, QgsProject, QgsVectorLayer
from qgis.gui import QgsMessageBar
from qgis.PyQt.QtCore import QEvent
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import (
    QPushButton,
)


def test_the_plugin_opens_the_review_and_takes_everything_back(
    demo_run: Any, cache: Path, qgis_app: Any
) -> None:
    iface = interface()
    reviewing = Reviewing(iface)
    assert iface.menu == {"Coodiag": [reviewing.action]} and iface.toolbar == [reviewing.action]
    shown, wizard = (
        icon.pixmap(32).toImage()
        for icon in (reviewing.action.icon(), QIcon(str(ROOT / "coodiag_plugin" / "icon.svg")))
    )
    assert not shown.isNull() and shown != wizard, "two buttons side by side that look alike"
    assert "personnes.gpkg" in reviewing.open(Chosen(folder=cache)) and not reviewing.windows
    assert reviewing.open(Chosen()) != ""
    assert reviewing.open(Chosen(folder=demo_run.dossier)) == ""
    assert len(reviewing.windows) == 1 and reviewing.windows[0].isVisible()
    reviewing.remove()
    assert iface.menu == {"Coodiag": []} and iface.toolbar == []
    QgsApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not reviewing.windows and not iface.mainWindow().findChildren(ReviewWindow)


def test_a_run_of_the_wizard_is_reviewed_over_its_roads(
    demo_run: Any, demo: Any, cache: Path, qgis_app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The history of Processing does not know it: its draft tells where they lie."""
    monkeypatch.setattr(plugin_part, "road_places", lambda folder: [])
    roads = QgsVectorLayer(f"{demo.data_folder / 'troncon_de_route.gpkg'}", "routes", "ogr")
    QgsProject.instance().addMapLayer(roads)
    reviewing = Reviewing(interface())
    given: tuple[dict[str, str], ...] = (
        {"DATA_FOLDER": str(demo.data_folder)},
        {"ROADS": f"{demo.data_folder / 'troncon_de_route.gpkg'}|layername=troncon_de_route"},
        {"ROADS": roads.id(), "CORRECTIONS": str(cache / "own.sqlite")},
        {},
    )
    try:
        for parameters in given:
            draft = Draft(dict(parameters), dossier=str(demo_run.dossier))
            assert reviewing.open(Chosen(**Results.review(draft))) == ""
        with_roads = [window.session.roads is not None for window in reviewing.windows]
        assert with_roads == [True, True, True, False]
        rows = reviewing.windows[0].session.rows
        assert sum(row.lon is None for row in rows) == 14 and len(rows) == 1296
        session = reviewing.windows[2].session
        at = next(row.at for row in session.rows if row.waiting and row.lon is not None)
        session.decide(at, session.accepted(at))
        assert (cache / "own.sqlite").is_file() and not session.warnings
    finally:
        QgsProject.instance().removeMapLayer(roads)
        reviewing.remove()


def test_the_dialog_goes_when_it_is_closed(qgis_app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """It follows the layers of the project: a closed one must not go on doing so."""
    iface = interface()
    reviewing = Reviewing(iface)
    monkeypatch.setattr(OpenReview, "exec", lambda self: 0)
    reviewing.ask()
    QgsApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not iface.mainWindow().findChildren(OpenReview)
    reviewing.remove()


def test_a_finished_run_is_offered(tmp_path: Path) -> None:
    run = {
        "algorithm_id": "coodiag:geocode",
        "parameters": {"inputs": {"ADDRESS": "Adresse", "CORRECTIONS": str(tmp_path / "c.sqlite")}},
        "results": {"OUTPUT": "a.gpkg", "FAILED": "b.gpkg", "COUNT_TOWN": 1, "COUNT_FAILED": 0},
    }
    chosen = offered(run)
    assert chosen == {
        "located": "a.gpkg",
        "failed": "b.gpkg",
        "fields": {"address": "Adresse"},
        "corrections": tmp_path / "c.sqlite",
    }
    assert offered({**run, "results": {**run["results"], "COUNT_TOWN": 0}}) is None
    assert offered({**run, "results": {}}) is None
    assert offered({"algorithm_id": "native:buffer", "results": {"OUTPUT": "a"}}) is None
    dossier = {"algorithm_id": "coodiag:diagnostic", "results": {"DOSSIER": str(tmp_path)}}
    assert offered(dossier) == {"folder": tmp_path, "corrections": None}


def test_the_offer_after_a_run_opens_its_window(demo_run: Any, cache: Path, qgis_app: Any) -> None:
    from qgis.gui import QgsGui

    iface = interface()
    reviewing = Reviewing(iface)
    registry = QgsGui.historyProviderRegistry()
    entry = {"algorithm_id": "coodiag:diagnostic", "parameters": {}}
    number, _ = registry.addEntry("processing", entry)
    assert not iface.messageBar().pushWidget.called
    registry.updateEntry(number, {**entry, "results": {"DOSSIER": str(demo_run.dossier)}})
    assert iface.messageBar().pushWidget.call_count == 1
    reviewing._open_run(offered({**entry, "results": {"DOSSIER": str(demo_run.dossier)}}), None)
    assert len(reviewing.windows) == 1
    reviewing.remove()
    registry.updateEntry(number, {**entry, "results": {"DOSSIER": str(demo_run.dossier)}})
    assert iface.messageBar().pushWidget.call_count == 1, "unloaded: nothing is offered any more"


def test_an_offer_that_still_stands_goes_with_the_plugin(demo_run: Any, qgis_app: Any) -> None:
    """Its button would open a window of a plugin that is no more there."""
    bar = QgsMessageBar()
    iface = interface()
    iface.messageBar = lambda: bar
    reviewing = Reviewing(iface)
    run = {
        "algorithm_id": "coodiag:diagnostic",
        "parameters": {},
        "results": {"DOSSIER": str(demo_run.dossier)},
    }
    bar.pushMessage("another plugin")
    for _ in range(3):
        reviewing._after_run(1, run)
    assert len(bar.items()) == 4
    closed, opened_by, left = (item for item in bar.items() if item.findChild(QPushButton))
    bar.popWidget(closed)
    opened_by.findChild(QPushButton).click()
    QgsApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert len(reviewing.windows) == 1 and reviewing._offers == [left]
    reviewing.remove()
    settle()
    QgsApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert [item.text() for item in bar.items()] == ["another plugin"]
    assert reviewing._offers == []


def test_the_dialog_says_what_was_chosen_and_shows_a_refusal(
    qgis_app: Any, language: str, tmp_path: Path
) -> None:
    asked: list[Chosen] = []

    def start(chosen: Chosen) -> str:
        asked.append(chosen)
        return "No." if len(asked) == 1 else ""

    dialog = OpenReview(start)
    dialog.show()
    picture_of = os.environ.get("COODIAG_PICTURES")
    if picture_of:
        settle()
        dialog.grab().save(str(Path(picture_of) / f"{language}_00_dialog.png"))
    dialog.folder.setFilePath(str(tmp_path))
    dialog.accept()
    assert asked[0].folder == tmp_path and dialog.refusal.text() == "No." and dialog.isVisible()
    dialog.of_layers.setChecked(True)
    dialog.accept()
    assert asked[1] == Chosen() and not dialog.isVisible()


def test_the_plugin_loads_without_its_windows_and_without_heavy_packages(tmp_path: Path) -> None:
    """In a QGIS of its own: what ``initGui`` adds is loaded when the window opens."""
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "import tests.conftest\n"
        "from unittest.mock import MagicMock\n"
        "from qgis.core import QgsApplication\n"
        "app = QgsApplication([], True); app.initQgis()\n"
        "from qgis.PyQt.QtWidgets import QMainWindow\n"
        "import qgis.gui\n"
        "for name in [n for n in sys.modules if n.startswith('coodiag.')]: del sys.modules[name]\n"
        "before = set(sys.modules)\n"
        "iface = MagicMock(); main = QMainWindow(); iface.mainWindow.return_value = main\n"
        "from coodiag import classFactory\n"
        "plugin = classFactory(iface); plugin.initGui()\n"
        "heavy = {'pandas', 'numpy', 'scipy', 'matplotlib', 'jinja2', 'requests', 'sqlite3'}\n"
        "print(sorted((heavy & set(sys.modules) - before) | {n for n in sys.modules if n.startswith('coodiag.ui')}))\n"
        "plugin.unload()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(ROOT)],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[]"
    assert CoodiagPlugin(None).parts == []
