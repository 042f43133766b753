"""Drives the wizard inside QGIS for :mod:`test_desktop_wizard`: what a first user does.

``given``: what to do (``whole``, ``hold``, ``again``), and the changes to the draft.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import QgsProject
from qgis.PyQt.QtWidgets import QLabel, QPushButton

_DEMO_SECONDS, _RUN_SECONDS = 120, 330


def drive(qgis: Any) -> None:
    task, changes = qgis.given
    qgis.action("coodiagWizard").trigger()
    dock = next(part for part in qgis.plugin().parts if hasattr(part, "dock")).dock
    qgis.wait(dock.isVisible, 20, "the dock")
    {"whole": whole, "hold": hold, "again": again}[task](qgis, dock, changes)


def demonstration(qgis: Any, dock: Any, changes: dict[str, Any]) -> None:
    """The offer of the welcome, then what makes the run short enough for a test."""
    qgis.grab("0 welcome", dock)
    dock.welcome.demonstration.emit()
    qgis.wait(lambda: dock.desk.draft.parameters.get("CLIENTS"), _DEMO_SECONDS, "the demonstration")
    for name, value in changes.items():
        if value == "":
            dock.desk.draft.parameters.pop(name, None)
        else:
            dock.desk.draft.parameters[name] = value
    dock.keep()


def steps(qgis: Any, dock: Any) -> None:
    """Every step by the button that leads to it."""
    seen = {}
    dock.go(dock.steps[0].ID)
    for rank, step in enumerate(dock.steps[:5]):
        qgis.wait(lambda step=step: dock.current is step, 10, step.ID)
        qgis.settle(2500)
        qgis.grab(f"{rank + 1} {step.ID}", dock)
        seen[step.ID] = step.problems()
        if rank < 4:
            qgis.click(dock.frame.next)
    qgis.tell("problems", seen)


def whole(qgis: Any, dock: Any, changes: dict[str, Any]) -> None:
    """From an empty profile to the opened project."""
    demonstration(qgis, dock, changes)
    steps(qgis, dock)
    run = dock.steps[4]
    qgis.click(run.start)
    qgis.wait(lambda: run.bar.value() > 0, 120, "a progress")
    qgis.grab("5 under way", dock)
    qgis.tell("usable", qgis.action("mActionPan").isEnabled())
    qgis.wait(lambda: not run.busy(), _RUN_SECONDS, "the end of the run")
    qgis.tell("log", run.log.toPlainText())
    qgis.tell("dossier", dock.desk.draft.dossier)
    if not dock.desk.draft.dossier:
        return
    qgis.wait(lambda: dock.current is dock.steps[5], 20, "the results")
    qgis.settle(500)
    qgis.grab("6 results", dock)
    results = dock.steps[5]
    qgis.tell("told", [each.text() for each in results.findChildren(QLabel) if each.isVisible()])
    qgis.tell("buttons", [b.text() for b in results.findChildren(QPushButton) if b.isVisible()])
    QgsProject.instance().setDirty(False)
    qgis.click(results.project)
    qgis.wait(lambda: QgsProject.instance().fileName(), 60, "the project")
    qgis.settle(3000)
    project = QgsProject.instance()
    bad = [layer.name() for layer in project.mapLayers().values() if not layer.isValid()]
    qgis.tell("project", Path(project.fileName()).name)
    qgis.tell("layers", [len(project.mapLayers()), bad])
    qgis.grab("7 project")


def hold(qgis: Any, dock: Any, changes: dict[str, Any]) -> None:
    """Start a run and stay: the test ends QGIS in the middle of it."""
    demonstration(qgis, dock, changes)
    dock.go("run")
    dock.steps[4].begin()
    stage = Path(changes["OUTPUT_FOLDER"], ".en-cours")
    qgis.wait(stage.is_dir, 180, "a run that writes")
    qgis.tell("under way")
    qgis.settle(120_000)


def again(qgis: Any, dock: Any, changes: dict[str, Any]) -> None:
    """What a QGIS that was ended in the middle shows when it is opened again."""
    dock.go("run")
    qgis.settle(1000)
    run = dock.steps[4]
    qgis.grab("interrupted", dock)
    qgis.tell("kept", dock.desk.draft.parameters)
    qgis.tell("notice", run.notice.text.text())
    run.begin()
    qgis.wait(run.busy, 20, "a run")
    qgis.settle(3000)
    qgis.click(run.cancel)
    qgis.wait(lambda: not run.busy(), 120, "the end of a run that was stopped")
    qgis.tell("stopped", run.notice.text.text())
