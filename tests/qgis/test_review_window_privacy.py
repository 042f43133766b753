"""What the review window must not tell, and what it must not lose."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.version import ROOT
from coodiag.coodiag_plugin.qgis_bridge.review import dossier_session
from coodiag.tests.qgis.review_windows import CONTROL, a_row, opened, press
from coodiag.tests.qgis.waiting import settle
from qgis.core import QgsApplication, QgsProject, QgsSettings
from qgis.PyQt.QtCore import QSettings, Qt


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
    second.stack.undo()
    kept = first.session.rows[row.at].correction
    assert kept is not None and second.session.rows[row.at].correction == kept
    for window in (first, second):
        window.close()
