"""Steps 2 and 3 in a real QGIS: a dirty file of clients, a column dragged by the mouse, a trial."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.demo.generate import DemoPaths
from coodiag.tests.e2e.desktop import Desktop

#: The mouse is that of the X server (XTest): a drag is then what a user's hand makes.
DRIVER = """
import ctypes
import json

from qgis.PyQt.QtCore import QTimer


class Mouse:
    def __init__(self, ratio):
        self.x = ctypes.CDLL("libX11.so.6")
        self.test = ctypes.CDLL("libXtst.so.6")
        self.x.XOpenDisplay.restype = ctypes.c_void_p
        self.display = ctypes.c_void_p(self.x.XOpenDisplay(None))
        self.ratio = ratio  # pixels of the screen in one of Qt

    def move(self, point):
        x, y = (int(value * self.ratio) for value in (point.x(), point.y()))
        self.test.XTestFakeMotionEvent(self.display, -1, x, y, 0)
        self.x.XFlush(self.display)

    def button(self, down):
        self.test.XTestFakeButtonEvent(self.display, 1, int(down), 0)
        self.x.XFlush(self.display)


def drive(qgis):
    from coodiag.coodiag_plugin.qgis_bridge.desk import Desk
    from coodiag.ui.wizard.dock import WizardDock
    from coodiag.ui.wizard.files import FilesStep
    from coodiag.ui.wizard.people import PeopleStep
    from qgis.PyQt.QtCore import QPoint, Qt

    given = qgis.given[0]
    desk = Desk(qgis.iface)
    desk.draft.parameters.update(given["parameters"])
    desk.draft.step = "files"
    main = qgis.iface.mainWindow()
    qgis.iface.newProject()  # the page of welcome is wide
    dock = WizardDock(desk, main, lambda desk: [FilesStep(desk), PeopleStep(desk)])
    qgis.iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
    main.resizeDocks([dock], [420], Qt.Orientation.Horizontal)
    qgis.settle(300)
    main.resize(1600, 940)  # it grew by the dock, and no window manager holds it back
    files, people = dock.steps
    qgis.wait(lambda: not files.busy(), 60, "the reading")
    card = files.cards["clients"]
    qgis.screen("files")
    qgis.tell("problems", files.problems())
    area = dock.frame.page.currentWidget()
    if not card.columns.isChecked():
        qgis.click(card.columns)
    header = card.mapping.table.horizontalHeader()
    line = card.mapping.lines["address"]
    area.ensureWidgetVisible(line, 0, 40)
    qgis.settle(1000)
    at = QPoint(header.sectionViewportPosition(given["column"]) + 20, header.height() // 2)
    start = header.viewport().mapToGlobal(at)
    end = line.mapToGlobal(line.rect().center())
    mouse = Mouse(main.devicePixelRatioF())
    qgis.tell("aimed", header.logicalIndexAt(header.viewport().mapFromGlobal(start)))
    steps = [lambda: mouse.move(start), lambda: mouse.button(True)]
    for part in range(1, 9):
        point = start + (end - start) * part / 8
        steps.append(lambda point=point: mouse.move(point))
    steps += [lambda: qgis.screen("dragged"), lambda: mouse.button(False)]
    for rank, step in enumerate(steps):
        QTimer.singleShot(200 + 120 * rank, step)
    qgis.wait(lambda: "address" in desk.files.said(desk.draft, "clients"), 20, "the drop")
    qgis.wait(lambda: not files.busy(), 60, "the reading")
    qgis.tell("said", desk.files.said(desk.draft, "clients"))
    qgis.tell("after", files.problems())
    qgis.tell("rows", card.reading.rows_out)
    qgis.screen("mapped")
    dock.turn(1)
    qgis.click(people.few)
    qgis.wait(lambda: people.quality is not None or people.notice.isVisible(), 120, "the trial")
    qgis.tell("levels", None if people.quality is None else people.quality.levels)
    qgis.screen("people")
    qgis.tell("log", [text for tab, _, text in qgis.messages])
    qgis.tell("draft", json.loads((desk.store.path).read_text())["parameters"]["MAPPING"])
    dock.leave()
    qgis.iface.removeDockWidget(dock)
    dock.deleteLater()
"""


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_dirty_file_is_mapped_with_the_mouse_and_tried(
    desktop: Callable[..., Desktop], demo: DemoPaths, tmp_path: Path, language: str
) -> None:
    text = demo.beneficiaries.read_text(encoding="utf-8-sig")
    rows = text.split("\n", 1)[1].replace(" Rue ", " ").replace(" rue ", " ")
    clients = tmp_path / "export brut.csv"
    clients.write_text("Dossier;Qui;Prénom;Lieu;Bidule;Machin;Le;Tél.\n" + rows, encoding="utf-8")
    parameters = {
        "STRUCTURE": "Association Exemple (fictive)",
        "OUTPUT_FOLDER": str(tmp_path / "dossier"),
        "TERRITORY": demo.territory,
        "SOURCE": "folder",
        "DATA_FOLDER": str(demo.data_folder),
        "CLIENTS": str(clients),
    }
    machine = desktop(language=language, size=(1700, 1000))
    told = machine.run(DRIVER, {"parameters": parameters, "column": 3}, seconds=240)
    kept = os.environ.get("COODIAG_PICTURES")
    for name, path in told.pictures.items() if kept else ():
        shutil.copy(path, Path(str(kept)) / f"{language}_desktop_{name}.png")
    assert told.errors == []
    assert told.values["aimed"] == 3 and told.values["said"] == {"address": "Lieu"}
    assert told.values["after"] == [] and told.values["rows"] > 800
    levels = told.values["levels"]
    assert sum(levels.values()) == 50 and levels["adresse"] + levels["voie"] > 25
    assert json.loads(told.values["draft"])["clients"]["columns"]["address"] == "Lieu"
    assert not [line for line in told.values["log"] if "Personne-Fictive" in line]
