"""What the plugin adds to QGIS when it is loaded, and that all of it is taken back."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from coodiag.coodiag_plugin import plugin as module
from coodiag.coodiag_plugin.core.version import ROOT
from coodiag.coodiag_plugin.plugin import CoodiagPlugin
from coodiag.coodiag_plugin.qgis_bridge.layouts import font_files
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QEvent
from qgis.PyQt.QtWidgets import QMainWindow, QMenu

#: Modules of the plugin that its load may read, with the root and the packages.
MOST_MODULES = 125
#: Rooms and packages that only a run needs.
LATE = ("sources", "analysis", "geocoding", "zones", "edition", "demo")


class Interface:
    """What QGIS lends a plugin: a window whose menu stays when it is emptied, as QGIS leaves it."""

    def __init__(self) -> None:
        self.window = QMainWindow()
        self.menu = QMenu("Coodiag", self.window)
        self.menu.setObjectName("Coodiag")

    def mainWindow(self) -> QMainWindow:
        return self.window


class Part:
    """A part of the plugin that notes what becomes of it."""

    noted: list[str] = []
    refuses = ""

    def __init__(self, iface: Any) -> None:
        self.noted.append(f"made {type(self).__name__}")

    def reach(self, parts: Any) -> None:
        self.noted.append(f"reaches {len(parts)}")

    def remove(self) -> None:
        self.noted.append(f"removed {type(self).__name__}")
        if type(self).__name__ == Part.refuses:
            raise RuntimeError("this part cannot be removed")


class First(Part):
    pass


class Second(Part):
    pass


@pytest.fixture
def loaded(qgis_app: Any, monkeypatch: pytest.MonkeyPatch) -> CoodiagPlugin:
    """A plugin of two parts that does not add the algorithms a second time."""

    class Parts:
        pass

    Parts.First, Parts.Second = First, Second  # type: ignore[attr-defined]
    monkeypatch.setattr(module, "PARTS", (("x", "First"), ("x", "Second")))
    monkeypatch.setattr(module, "import_module", lambda *_: Parts)
    monkeypatch.setattr(CoodiagPlugin, "initProcessing", lambda self: None)
    Part.noted, Part.refuses = [], ""
    return CoodiagPlugin(Interface(), lambda: Part.noted.append("forgotten"))


def test_the_last_thing_added_is_the_first_taken_back(loaded: CoodiagPlugin) -> None:
    loaded.initGui()
    assert Part.noted == ["made First", "made Second", "reaches 2"]
    loaded.unload()
    assert Part.noted[3:] == ["removed Second", "removed First", "forgotten"]
    loaded.unload()
    assert Part.noted[6:] == ["forgotten"], "a second time there is nothing left to remove"


def test_a_part_that_fails_keeps_none_of_the_others(loaded: CoodiagPlugin) -> None:
    loaded.initGui()
    Part.refuses = "Second"
    with pytest.raises(RuntimeError, match="cannot be removed"):
        loaded.unload()
    assert Part.noted[3:] == ["removed Second", "removed First", "forgotten"]
    assert font_files._loaded == {}


def test_the_emptied_menu_goes(loaded: CoodiagPlugin) -> None:
    loaded.initGui()
    loaded.unload()
    QgsApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert loaded.iface.window.findChildren(QMenu, "Coodiag") == []


def test_a_menu_that_still_holds_something_stays(loaded: CoodiagPlugin) -> None:
    loaded.initGui()
    loaded.iface.menu.addAction("of another plugin of this name")
    loaded.unload()
    QgsApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert loaded.iface.window.findChildren(QMenu, "Coodiag") == [loaded.iface.menu]


def test_fonts_are_known_once_and_taken_back(qgis_app: Any) -> None:
    font_files.unload()
    font_files.load_shipped()
    first = dict(font_files._loaded)
    font_files.load_shipped()
    assert font_files._loaded == first and all(number >= 0 for number in first["shipped"])
    font_files.unload()
    assert font_files._loaded == {}
    font_files.load_shipped()  # for the other tests


LOAD = """
import json, sys
sys.path.insert(0, sys.argv[1])
import tests.conftest
from unittest.mock import MagicMock
from qgis.core import QgsApplication
app = QgsApplication([], True)
app.initQgis()
from qgis.PyQt.QtWidgets import QMainWindow
import qgis.gui
for name in [each for each in sys.modules if each.startswith("coodiag.")]:
    del sys.modules[name]
iface, window = MagicMock(), QMainWindow()
iface.mainWindow.return_value = window
from coodiag import classFactory
told = []
for _ in range(2):
    plugin = classFactory(iface)
    plugin.initGui()
    told.append([each for each in sys.modules if each.startswith("coodiag.")])
    generation = sys.modules["coodiag.coodiag_plugin.plugin"]
    plugin.unload()
    told.append([each for each in sys.modules if each.startswith("coodiag.")])
print(json.dumps([told, generation is sys.modules.get("coodiag.coodiag_plugin.plugin")]))
"""


def test_a_load_reads_little_and_an_unload_forgets_it(tmp_path: Any) -> None:
    """In a QGIS of its own: an update must not run with modules of the version before it."""
    done = subprocess.run(
        [sys.executable, "-c", LOAD, str(ROOT)],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    (first, left, second, left_again), same = json.loads(done.stdout.splitlines()[-1])
    assert len(first) <= MOST_MODULES, len(first)
    assert left == left_again == [] and not same
    assert sorted(first) == sorted(second)
    for name in first:
        room = name.split(".")[2] if name.startswith("coodiag.coodiag_plugin.") else ""
        assert room not in LATE, f"{name} is read at the start of QGIS"
