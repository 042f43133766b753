"""Drives QGIS's own batch window: opens a batch file in it, runs its rows, and tells what came.

Given: the batch file of ``coodiag:batchfile``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from processing.gui import BatchPanel
from processing.gui.BatchAlgorithmDialog import BatchAlgorithmDialog
from qgis.core import QgsApplication
from qgis.utils import iface


def drive(qgis: Any) -> None:
    (file,) = qgis.given
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("coodiag:diagnostic")
    dialog = BatchAlgorithmDialog(algorithm, iface.mainWindow())
    dialog.show()
    qgis.settle(500)

    class Chosen:
        """Answers the window that asks for the file."""

        @staticmethod
        def getOpenFileName(*_: Any) -> tuple[str, str]:
            return file, ""

    asking, BatchPanel.QFileDialog = BatchPanel.QFileDialog, Chosen
    try:
        dialog.mainWidget().load()
    finally:
        BatchPanel.QFileDialog = asking
    qgis.settle(500)
    qgis.screen("1 loaded")
    panel = dialog.mainWidget()
    qgis.tell("rows", panel.batchRowCount())
    given = [
        panel.parametersForRow(row=row, context=dialog.processingContext(), warnOnInvalid=True)
        for row in range(panel.batchRowCount())
    ]
    qgis.tell("given", [[str(values["STRUCTURE"]), good] for values, good in given])
    folders = [Path(str(values["OUTPUT_FOLDER"])) for values, _ in given]
    dialog.runAlgorithm()
    done = [folder / "atlas.pdf" for folder in folders]
    qgis.wait(lambda: all(path.is_file() for path in done), 300, "an atlas for each row")
    qgis.wait(lambda: dialog.runButton().isEnabled(), 60, "the end of the batch")
    qgis.screen("2 done")
    qgis.tell(
        "made", sorted(folder.name for folder in folders if (folder / "coodiag.json").is_file())
    )
    dialog.close()
