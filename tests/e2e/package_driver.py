"""Inside QGIS: the package installed by its own plugin manager, used, updated and taken away."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import processing
import pyplugin_installer
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QEvent
from qgis.PyQt.QtGui import QAction
from qgis.utils import active_plugins, iface


def _provider() -> Any:
    return QgsApplication.processingRegistry().providerById("coodiag")


def _entries() -> list[str]:
    """Names of the actions of the plugin in the windows of QGIS."""
    # what is deleted later waits for the loop below this driver
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    found = iface.mainWindow().findChildren(QAction)
    return sorted(a.objectName() for a in found if a.objectName().startswith("coodiag"))


def drive(qgis: Any) -> None:
    package, clients, folder = qgis.given
    installer = pyplugin_installer.instance()
    assert _provider() is None and _entries() == []
    for turn in ("installed", "updated"):
        installer.installFromZipFile(package)
        qgis.wait(lambda: "coodiag" in active_plugins and _provider(), what=turn)
        qgis.settle(200)
        qgis.tell(turn, [len(_provider().algorithms()), _entries()])
    qgis.grab("installed")
    given = {"INPUT": clients, "ROLE": "clients", "TABLE": str(Path(folder) / "clients.csv")}
    done = processing.run("coodiag:importtable", {**given, "ISSUES": "TEMPORARY_OUTPUT"})
    qgis.tell("rows", done["ROWS_OUT"])
    installer.uninstallPlugin("coodiag", quiet=True)
    qgis.settle(200)
    qgis.tell("uninstalled", [_provider() is None, _entries(), "coodiag" in active_plugins])
