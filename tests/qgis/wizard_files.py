"""The steps « files » and « people » of the wizard for the tests: a desk of their own, pictures.

With ``COODIAG_PICTURES`` a folder, a picture of each state is kept there to be looked at.
"""

from __future__ import annotations

import os
from pathlib import Path

from coodiag.coodiag_plugin.qgis_bridge.desk import Desk
from coodiag.coodiag_plugin.qgis_bridge.desk.draft import DraftStore
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QScrollArea, QWidget

NARROW = 400  # the dock beside a map on a small screen


def desk_in(folder: Path) -> Desk:
    """A desk whose draft lies in ``folder``."""
    return Desk(None, DraftStore(folder / "assistant.json"))


def shown(step: QWidget, width: int = NARROW, height: int = 900) -> QScrollArea:
    """A step as the dock shows it: in a page that scrolls."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(step)
    area.resize(width, height)
    area.show()
    QTest.qWait(20)
    return area


def picture(area: QWidget, name: str) -> None:
    folder = os.environ.get("COODIAG_PICTURES")
    if folder:
        QTest.qWait(50)
        assert area.grab().save(str(Path(folder) / f"{name}.png"))


def released() -> None:
    """Objects that were to be deleted later are."""
    QgsApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QgsApplication.processEvents()
