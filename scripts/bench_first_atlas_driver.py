"""Inside QGIS, for ``bench_first_atlas.py``: what a first user does, and when each thing was there.

Given: the zip, and where the dossier goes.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pyplugin_installer
from qgis.core import QgsProject
from qgis.utils import active_plugins


def drive(qgis: Any) -> None:
    package, dossier = qgis.given
    marks: list[tuple[str, float]] = []
    begun = time.perf_counter()

    def mark(what: str) -> None:
        marks.append((what, time.perf_counter() - begun))
        qgis.tell("marks", marks)

    pyplugin_installer.instance().installFromZipFile(package)
    qgis.wait(lambda: "coodiag" in active_plugins, 60, "the plugin")
    mark("plugin installed from the zip")
    qgis.action("coodiagWizard").trigger()
    dock = next(part for part in qgis.plugin().parts if hasattr(part, "dock")).dock
    qgis.wait(dock.isVisible, 30, "the dock")
    mark("wizard open")
    dock.welcome.demonstration.emit()
    qgis.wait(lambda: dock.desk.draft.parameters.get("CLIENTS"), 120, "the demonstration")
    dock.desk.draft.parameters["OUTPUT_FOLDER"] = dossier  # that of the draft lies in the home
    dock.keep()
    mark("files of the demonstration made")
    dock.go(dock.steps[0].ID)
    for step in dock.steps[:4]:
        qgis.wait(lambda step=step: dock.current is step, 20, step.ID)
        qgis.settle(500)
        qgis.wait(lambda step=step: not step.problems(), 60, f"{step.ID} without a problem")
        qgis.click(dock.frame.next)
    mark("four steps gone through")
    said: list[tuple[float, float, str]] = []
    run = dock.steps[4]
    qgis.click(run.start)
    started = time.perf_counter()

    def hear(text: str) -> None:
        said.append((time.perf_counter() - started, run.bar.value(), text))

    run.running.said.connect(hear)
    qgis.wait(lambda: run.bar.value() > 0, 120, "a progress")
    mark("first progress of the diagnosis")
    qgis.wait(lambda: not run.busy(), 900, "the end of the diagnosis")
    mark("atlas written")
    qgis.tell("said", said)
    made = Path(dock.desk.draft.dossier)
    qgis.tell("atlas", (made / "atlas.pdf").stat().st_size)
    qgis.wait(lambda: dock.current is dock.steps[5], 20, "the results")
    QgsProject.instance().setDirty(False)
    qgis.click(dock.steps[5].project)
    qgis.wait(lambda: QgsProject.instance().fileName(), 120, "the project")
    qgis.settle(1000)
    mark("project open")
    qgis.grab("project")
