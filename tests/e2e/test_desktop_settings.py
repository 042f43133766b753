"""The page of the options in a real QGIS, then the same settings seen by ``qgis_process``."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable

import pytest
from coodiag.tests.e2e.desktop import Desktop

#: Opens the options at Coodiag's page; refuses bad thresholds, keeps good ones.
DRIVER = """
from pathlib import Path

from qgis.core import QgsApplication, QgsSettings
from qgis.gui import QgsOptionsDialogBase, QgsOptionsPageWidget
from qgis.PyQt.QtWidgets import QApplication, QDialogButtonBox


def drive(qgis):
    qgis.later(1500, lambda: act(qgis))
    qgis.iface.showOptionsDialog(qgis.iface.mainWindow(), "coodiagOptions")
    qgis.tell("closed")
    found = QgsApplication.processingRegistry().createAlgorithmById("coodiag:catchment")
    names = ("THRESHOLDS", "MIN_COUNT")
    qgis.tell("defaults", [found.parameterDefinition(name).defaultValue() for name in names])
    qgis.tell("kept", [key for key in QgsSettings().allKeys() if key.startswith("coodiag/")])


def act(qgis):
    dialog = QApplication.activeModalWidget()
    page = dialog.findChild(QgsOptionsPageWidget, "coodiagOptions")
    assert page is not None and page.isVisible(), "the options open at another page"
    qgis.wait(lambda: not page.cache._errands, 20, "the size of the cache")
    qgis.screen("page")
    accept = dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok)
    qgis.write(page.fields["thresholds"].editor, "80,60")
    qgis.click(accept)
    assert dialog.isVisible(), "a value that cannot be used was accepted"
    qgis.tell("refused", page.fields["thresholds"].problem.label.text())
    qgis.screen("refused")
    qgis.write(page.fields["thresholds"].editor, qgis.given[0])
    qgis.write(page.fields["min_count"].editor, "11")
    qgis.click(accept)
"""


@pytest.mark.parametrize("language", ["en", "fr"])
def test_settings_of_the_options_are_those_of_qgis_process(
    desktop: Callable[..., Desktop], language: str
) -> None:
    machine = desktop(language=language, environment={"COODIAG_CACHE": ""})
    told = machine.run(DRIVER, "50,70,90")
    assert told.errors == [] and told.values["closed"]
    assert "80,60" in told.values["refused"]
    assert told.values["defaults"] == ["50,70,90", 11]
    assert {"coodiag/min_count", "coodiag/thresholds"} <= {*told.values["kept"]}
    assert defaults(machine, "catchment", "THRESHOLDS") == "50,70,90"
    assert defaults(machine, "diagnostic", "MIN_COUNT") == 11


def defaults(machine: Desktop, algorithm: str, parameter: str) -> object:
    """The default that ``qgis_process`` gives to a parameter, in the profile of that QGIS."""
    asked = subprocess.run(
        ["qgis_process", "--json", "help", f"coodiag:{algorithm}"],
        env=machine.environment()
        | {
            "QT_QPA_PLATFORM": "offscreen",
            "QGIS_CUSTOM_CONFIG_PATH": str(machine.folder / "qgis"),
        },
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert asked.returncode == 0, asked.stderr.decode(errors="replace")
    text = asked.stdout.decode()
    return json.loads(text[text.index("{") :])["parameters"][parameter]["default_value"]
