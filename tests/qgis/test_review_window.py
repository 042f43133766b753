"""The review window driven by its keys, in both languages; what it must not tell; the plugin's part.

With ``COODIAG_PICTURES`` a folder, a picture of each state is kept there to be looked at.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import MagicMock

import pytest
from coodiag.coodiag_plugin.core.version import ROOT
from coodiag.coodiag_plugin.plugin import CoodiagPlugin
from coodiag.coodiag_plugin.qgis_bridge.review import ReviewSession, dossier_session
from coodiag.coodiag_plugin.reviewing import Reviewing, offered
from coodiag.ui.review import ReviewWindow
from coodiag.ui.review_open import Chosen, OpenReview
from coodiag.ui.review_parts import KEYS
from coodiag.ui.review_table import ALL, DECIDED, WAITING
from coodiag.ui.words import LEVELS
from qgis.core import QgsApplication, QgsProject, QgsSettings
from qgis.PyQt.QtCore import QCoreApplication, QSettings, Qt, QTranslator
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLineEdit,
    QMainWindow,
    QMessageBox,
    QTableView,
    QTreeWidget,
)

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The address index of the demonstration, without the corrections of other tests."""
    before = Path(os.environ["COODIAG_CACHE"])
    monkeypatch.setenv("COODIAG_CACHE", str(tmp_path / "cache"))
    (tmp_path / "cache").mkdir()
    if (before / "ban").is_dir():
        (tmp_path / "cache" / "ban").symlink_to(before / "ban")
    return tmp_path / "cache"


@pytest.fixture(params=["en", "fr"])
def language(request: Any, qgis_app: QgsApplication) -> Iterator[str]:
    translator = QTranslator()
    if request.param == "fr":
        assert translator.load(str(ROOT / "i18n" / "coodiag_fr.qm"))
        QCoreApplication.installTranslator(translator)
    yield request.param
    QCoreApplication.removeTranslator(translator)


@pytest.fixture
def window(demo_run: Any, cache: Path, language: str) -> Iterator[ReviewWindow]:
    shown = opened(dossier_session(demo_run.dossier))
    yield shown
    shown.close()
    settle()


def opened(session: ReviewSession) -> ReviewWindow:
    window = ReviewWindow(session, MagicMock())
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    window.show()
    window.activateWindow()
    QgsApplication.setActiveWindow(window)
    QTest.qWaitForWindowActive(window, 3000)
    window.table.setFocus()
    return window


def settle() -> None:
    for _ in range(5):
        QgsApplication.processEvents()


def press(widget: Any, key: Any, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(widget, key, modifier)
    settle()


def picture(window: ReviewWindow, language: str, name: str) -> None:
    folder = os.environ.get("COODIAG_PICTURES")
    if folder:
        for _ in range(25):
            QTest.qWait(20)
        window.map.waitWhileRendering()
        settle()
        assert window.grab().save(str(Path(folder) / f"{language}_{name}.png"))


def waiting(window: ReviewWindow) -> int:
    return int(window.session.counts().waiting)


def find(window: ReviewWindow, words: str) -> Any:
    """Search, and the row that comes under review."""
    window.search.setText(words)
    settle()
    at = window.current()
    assert at is not None, words
    return window.session.rows[at]


def a_row(window: ReviewWindow, fits: Any) -> Any:
    """Put the cursor on a row that fits, by the table itself."""
    row = next(row for row in window.session.rows if row.waiting and fits(row))
    window.show_row(row.at)
    settle()
    assert window.current() == row.at
    return row


def with_choices(window: ReviewWindow, least: int = 2) -> Any:
    return a_row(
        window, lambda row: row.lon is not None and len(window.session.choices(row.at)) >= least
    )


def test_every_state_by_its_keys(window: ReviewWindow, language: str) -> None:
    left = waiting(window)
    assert left > 20 and window.proxy.rowCount() == left
    picture(window, language, "01_open")
    row = with_choices(window)
    choices = window.session.choices(row.at)
    assert window.panel.list.topLevelItemCount() == len(choices)
    assert window.panel.list.topLevelItem(0).text(1) == choices[0].label
    window.panel.list.setFocus()
    press(window.panel.list, Qt.Key.Key_Down)
    assert [marker.text for marker in window.map.markers if marker.chosen] == ["2"]
    picture(window, language, "02_choice_shown")
    press(window, Qt.Key.Key_2)
    assert row.correction.label == choices[1].label and row.correction.how == "chosen"
    assert waiting(window) == left - 1 - row.twins
    assert window.current() is not None and window.session.rows[window.current()].waiting
    picture(window, language, "03_next_row")

    row = a_row(window, lambda row: row.kind == "town" and not row.twins)
    press(window, Qt.Key.Key_P)
    assert window.map.placing and window.place.isChecked()
    picture(window, language, "04_placing")
    press(window.map, Qt.Key.Key_Escape)
    assert not window.map.placing and row.correction is None
    press(window, Qt.Key.Key_P)
    centre = window.map.center()
    press(window.map, Qt.Key.Key_Right)
    assert window.map.center().x() > centre.x(), "the arrows move the map"
    press(window.map, Qt.Key.Key_Return)
    assert row.correction.how == "clicked" and row.correction.status == "adresse"
    assert row.correction.lon > row.lon and row.correction.citycode

    row = a_row(window, lambda row: row.kind == "doubtful")
    press(window, Qt.Key.Key_A)
    assert row.correction.how == "accepted" and row.correction.lon == row.lon
    row = a_row(window, lambda row: row.kind == "town")
    press(window, Qt.Key.Key_C)
    assert row.correction.how == "town" and row.correction.status == "commune"
    row = a_row(window, lambda row: row.kind == "failed")
    press(window, Qt.Key.Key_Delete)
    assert row.correction.how == "given up" and row.correction.lon is None
    window.filter.setCurrentIndex(DECIDED)
    settle()
    picture(window, language, "05_decided")
    window.filter.setCurrentIndex(ALL)
    window.search.setText("zzzz")
    settle()
    assert window.current() is None and not window.accept.isEnabled()
    picture(window, language, "06_nothing")
    window.search.clear()
    window.filter.setCurrentIndex(WAITING)
    while waiting(window):
        before = waiting(window)
        press(window, Qt.Key.Key_Delete)
        assert waiting(window) < before
    picture(window, language, "07_done")
    assert str(window.session.counts().decided) in window.count.text()
    assert window.bar.value() == window.bar.maximum()


def test_a_click_places_in_the_commune_under_it(window: ReviewWindow) -> None:
    row = a_row(window, lambda row: row.kind == "town")
    press(window, Qt.Key.Key_P)
    middle = window.map.rect().center()
    where = window.map.getCoordinateTransform().toMapCoordinates(middle)
    QTest.mouseClick(
        window.map.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle
    )
    settle()
    assert row.correction is not None and row.correction.how == "clicked"
    there = window.map._to_map(row.correction.lon, row.correction.lat)
    assert there.distance(where) < 5 * window.map.mapUnitsPerPixel()
    assert not window.map.placing


def test_letters_in_a_field_are_text_and_not_orders(window: ReviewWindow) -> None:
    left = waiting(window)
    press(window, Qt.Key.Key_F, CONTROL)
    assert window.search.hasFocus()
    QTest.keyClicks(window.search, "a2pc")
    press(window.search, Qt.Key.Key_Delete)
    assert window.search.text() == "a2pc" and waiting(window) == left and not window.map.placing


def test_undo_and_redo_go_through_the_file(window: ReviewWindow, demo_run: Any) -> None:
    left = waiting(window)
    first = a_row(window, lambda row: row.kind == "doubtful")
    press(window, Qt.Key.Key_A)
    second = a_row(window, lambda row: row.kind == "town")
    press(window, Qt.Key.Key_C)
    press(window, Qt.Key.Key_Z, CONTROL)
    assert second.correction is None and first.correction is not None
    assert window.current() == second.at
    press(window, Qt.Key.Key_Z, CONTROL)
    assert first.correction is None and waiting(window) == left
    assert not window.undo.isEnabled() and window.redo.isEnabled()
    press(window, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert first.correction is not None and second.correction is None
    other = dossier_session(demo_run.dossier)
    assert other.rows[first.at].correction == first.correction
    assert other.rows[second.at].correction is None
    other.close()


def test_a_decision_changed_is_undone_to_the_one_before(window: ReviewWindow) -> None:
    row = a_row(window, lambda row: row.kind == "doubtful")
    press(window, Qt.Key.Key_A)
    accepted = row.correction
    window.filter.setCurrentIndex(DECIDED)
    window.show_row(row.at)
    press(window, Qt.Key.Key_Delete)
    assert row.correction.lon is None
    press(window, Qt.Key.Key_Z, CONTROL)
    assert row.correction == accepted


def test_a_note_is_kept_with_the_decision_or_after_it(window: ReviewWindow) -> None:
    row = a_row(window, lambda row: row.kind == "doubtful")
    press(window, Qt.Key.Key_N)
    assert window.panel.note.hasFocus()
    QTest.keyClicks(window.panel.note, "Portail bleu")
    press(window.panel.note, Qt.Key.Key_Return)
    assert window.table.hasFocus() and row.correction is None
    press(window, Qt.Key.Key_Down, CONTROL)
    press(window, Qt.Key.Key_Up, CONTROL)
    assert window.current() == row.at and window.panel.note.text() == "Portail bleu"
    press(window, Qt.Key.Key_A)
    assert row.correction.note == "Portail bleu"
    window.filter.setCurrentIndex(DECIDED)
    window.show_row(row.at)
    window.panel.note.setText("")
    window.panel.note.setFocus()
    QTest.keyClicks(window.panel.note, "Portail vert")
    press(window.panel.note, Qt.Key.Key_Return)
    assert row.correction.note == "Portail vert" and row.correction.how == "accepted"


def test_a_refusal_is_told_at_the_foot_and_changes_nothing(window: ReviewWindow) -> None:
    left = waiting(window)
    row = find(window, "sans domicile")
    press(window, Qt.Key.Key_P)
    press(window.map, Qt.Key.Key_Return)
    assert window.statusBar().currentMessage() and row.correction is None
    press(window, Qt.Key.Key_9)
    assert waiting(window) == left


def test_the_table_is_sorted_and_searched_without_accents(window: ReviewWindow) -> None:
    window.filter.setCurrentIndex(ALL)
    settle()
    scores = [
        window.session.rows[window.proxy.mapToSource(window.proxy.index(n, 0)).row()].score
        for n in range(window.proxy.rowCount())
    ]
    assert len(scores) == len(window.session.rows) and scores == sorted(scores)
    window.search.setText("EGLISE")
    shown = window.proxy.rowCount()
    window.search.setText("église")
    assert 0 < shown == window.proxy.rowCount() < len(scores)


def test_every_part_is_reached_by_the_keyboard_and_named(window: ReviewWindow) -> None:
    with_choices(window)
    for kind in (QComboBox, QLineEdit, QTableView, QTreeWidget, QAbstractButton):
        for part in window.centralWidget().findChildren(kind):
            if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisible():
                assert part.accessibleName(), part
    chain = [window.filter]
    part = window.filter.nextInFocusChain()
    while part is not window.filter:
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisible() and part.isEnabled():
            chain.append(part)
        part = part.nextInFocusChain()
    order = [window.filter, window.search, window.table, window.panel.list]
    assert [part for part in chain if part in order] == order
    assert window.map in chain and window.panel.note in chain
    window.table.setFocus()
    for expected in (window.panel.list, window.map, window.table):
        press(window, Qt.Key.Key_F6)
        assert expected.hasFocus()
    tabbed = []
    for _ in range(len(chain)):
        press(QgsApplication.focusWidget(), Qt.Key.Key_Tab)
        tabbed.append(QgsApplication.focusWidget())
    assert window.panel.note in tabbed and window.table in tabbed


def test_no_two_orders_share_a_key_and_the_help_tells_them_all(
    window: ReviewWindow, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = [keys.toString() for action in window.actions() for keys in action.shortcuts()]
    assert len(keys) == len(set(keys))
    told: list[str] = []
    monkeypatch.setattr(QMessageBox, "information", lambda *given: told.append(given[2]))
    press(window, Qt.Key.Key_F1)
    for name, text in KEYS:
        assert name in told[0]
        assert (text in told[0]) == (language == "en")
    guide = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")
    section = guide.split("Revoir les adresses douteuses", 1)[1].split("\n## ", 1)[0]
    for name, _ in KEYS:
        for one in name.replace("Del", "Suppr").replace("Shift", "Maj").split(", "):
            assert f"`{one}`" in section, one


def test_french_has_no_english_left(demo_run: Any, cache: Path, qgis_app: Any) -> None:
    translator = QTranslator()
    assert translator.load(str(ROOT / "i18n" / "coodiag_fr.qm"))
    QCoreApplication.installTranslator(translator)
    try:
        window = opened(dossier_session(demo_run.dossier))
        texts = [window.windowTitle(), window.count.text()]
        texts += [action.text() for action in window.actions() if action.text()]
        texts += [window.filter.itemText(n) for n in range(window.filter.count())]
        texts += [window.ground.itemText(n) for n in range(window.ground.count())]
        window.close()
    finally:
        QCoreApplication.removeTranslator(translator)
    english = re.compile(
        r"\b(?:review|rows|place|accept|undo|the|at|keys|located)\b", re.IGNORECASE
    )
    assert not [text for text in texts if english.search(text)]
    assert set(LEVELS) == {"adresse", "voie", "lieu-dit", "commune", "echec"}


def test_nothing_of_a_person_is_told_outside_the_window(
    demo_run: Any, cache: Path, tmp_path: Path, qgis_app: QgsApplication
) -> None:
    logged: list[str] = []
    log = QgsApplication.messageLog()
    log.messageReceived.connect(lambda text, *_: logged.append(text))
    layers_before = set(QgsProject.instance().mapLayers())
    window = opened(dossier_session(demo_run.dossier))
    rows = [row for row in window.session.rows if row.waiting]
    private = {row.query.address.strip() for row in rows if len(row.query.address.strip()) > 9}
    named = {str(row.values.get("name") or "") for row in rows if row.values} - {""}
    for _ in range(6):
        press(window, Qt.Key.Key_Down, CONTROL)
        press(window, Qt.Key.Key_A)
        press(window, Qt.Key.Key_Delete)
    press(window, Qt.Key.Key_Z, CONTROL)
    undone = [window.stack.text(n) for n in range(window.stack.count())]
    titles = [window.windowTitle(), window.windowIconText(), window.objectName()]
    window.close()
    settle()
    QgsSettings().sync()
    kept = [f"{key}={QSettings().value(key)}" for key in QSettings().allKeys()]
    kept += [f"{key}={QgsSettings().value(key)}" for key in QgsSettings().allKeys()]
    told = "\n".join([*logged, *undone, *titles, *kept]).lower()
    store = (cache / "corrections" / "corrections.sqlite").read_bytes().lower()
    assert private and named
    for text in private | named:
        assert text.lower() not in told
        assert text.lower().encode() not in store or text in {row.label for row in rows}
    assert set(QgsProject.instance().mapLayers()) == layers_before
    written = [path for path in cache.rglob("*") if path.is_file() and "ban" not in path.parts]
    assert [path.name for path in written] == ["corrections.sqlite"]


KILLED = """
import os, sys
sys.path.insert(0, sys.argv[1])
import tests.conftest
from pathlib import Path
from qgis.core import QgsApplication
app = QgsApplication([], True)
app.initQgis()
from coodiag.coodiag_plugin.qgis_bridge.review import dossier_session
from coodiag.ui.review import ReviewWindow
window = ReviewWindow(dossier_session(Path(sys.argv[2])))
window.show()
before = window.session.counts().waiting
for _ in range(3):
    window.give_up()
print(before, window.session.counts().waiting, flush=True)
os.kill(os.getpid(), 9)
"""


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_decisions_outlive_a_kill_of_qgis(demo_run: Any, cache: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(ROOT), str(demo_run.dossier)],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == -9, done.stderr[-2000:]
    before, after = (int(text) for text in done.stdout.split()[-2:])
    assert after < before
    session = dossier_session(demo_run.dossier)
    assert session.counts().waiting == after
    session.close()


def test_a_second_window_sees_what_the_first_kept(demo_run: Any, cache: Path) -> None:
    first, second = (
        opened(dossier_session(demo_run.dossier)),
        opened(dossier_session(demo_run.dossier)),
    )
    row = a_row(first, lambda row: row.kind == "doubtful")
    first.accept_place()
    second.show_row(row.at)
    second.give_up()
    assert second.session.rows[row.at].correction.lon is None
    for window in (first, second):
        window.close()


def interface() -> Any:
    bar, main = MagicMock(), QMainWindow()
    return SimpleNamespace(
        mainWindow=lambda: main,
        addPluginToMenu=MagicMock(),
        addToolBarIcon=MagicMock(),
        removePluginMenu=MagicMock(),
        removeToolBarIcon=MagicMock(),
        messageBar=lambda: bar,
    )


def test_the_plugin_opens_the_review_and_takes_everything_back(
    demo_run: Any, cache: Path, qgis_app: Any
) -> None:
    iface = interface()
    reviewing = Reviewing(iface)
    iface.addPluginToMenu.assert_called_once_with("Coodiag", reviewing.action)
    iface.addToolBarIcon.assert_called_once_with(reviewing.action)
    assert "personnes.gpkg" in reviewing.open(Chosen(folder=cache)) and not reviewing.windows
    assert reviewing.open(Chosen()) != ""
    assert reviewing.open(Chosen(folder=demo_run.dossier)) == ""
    assert len(reviewing.windows) == 1 and reviewing.windows[0].isVisible()
    reviewing.remove()
    iface.removePluginMenu.assert_called_once_with("Coodiag", reviewing.action)
    iface.removeToolBarIcon.assert_called_once_with(reviewing.action)


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


def test_the_plugin_loads_fast_and_without_its_windows(tmp_path: Path) -> None:
    """In a QGIS of its own: what ``initGui`` adds is loaded when the window opens."""
    code = (
        "import sys, time; sys.path.insert(0, sys.argv[1])\n"
        "import tests.conftest\n"
        "from unittest.mock import MagicMock\n"
        "from qgis.core import QgsApplication\n"
        "app = QgsApplication([], True); app.initQgis()\n"
        "from qgis.PyQt.QtWidgets import QMainWindow\n"
        "import qgis.gui\n"
        "for name in [n for n in sys.modules if n.startswith('coodiag.')]: del sys.modules[name]\n"
        "before = set(sys.modules)\n"
        "iface = MagicMock(); main = QMainWindow(); iface.mainWindow.return_value = main\n"
        "start = time.process_time()\n"
        "from coodiag import classFactory\n"
        "plugin = classFactory(iface); plugin.initGui()\n"
        "print(time.process_time() - start)\n"
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
    seconds, loaded = done.stdout.splitlines()[-2:]
    assert loaded == "[]"
    assert float(seconds) < 0.15
    assert CoodiagPlugin(None).reviewing is None
