"""What the tests of the desktop stand on: a driver that works, one that fails, one that hangs."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from coodiag.tests.e2e.desktop import Desktop, DriverError


def test_an_empty_profile_with_the_plugin(desktop: Callable[..., Desktop]) -> None:
    driver = (
        "from qgis.core import QgsApplication\n"
        "from qgis.utils import active_plugins\n"
        "def drive(qgis):\n"
        "    qgis.tell('given', qgis.given)\n"
        "    qgis.tell('plugins', active_plugins)\n"
        "    qgis.tell('language', QgsApplication.instance().locale())\n"
        "    qgis.tell('action', qgis.action('coodiagWizard').text())\n"
        "    qgis.grab('window')\n"
    )
    told = desktop(language="fr").run(driver, "é", [1])
    assert told.code == 0 and told.errors == []
    assert told.values["given"] == ["é", [1]]
    assert "coodiag" in told.values["plugins"]
    assert told.values["language"] == "fr"
    assert told.pictures["window"].stat().st_size > 5_000


def test_a_driver_that_fails_says_where(desktop: Callable[..., Desktop]) -> None:
    driver = "def drive(qgis):\n    qgis.later(50, lambda: 1 / 0)\n    qgis.settle(3000)\n"
    with pytest.raises(DriverError, match="ZeroDivisionError"):
        desktop(plugin=None).run(driver)


def test_a_driver_that_hangs_is_ended(desktop: Callable[..., Desktop]) -> None:
    driver = "import time\ndef drive(qgis):\n    qgis.tell('there')\n    time.sleep(600)\n"
    started = desktop(plugin=None).start(driver)
    assert started.wait_for("there")
    before = time.monotonic()
    with pytest.raises(DriverError, match="Not ended"):
        started.end(1.0)
    assert started.process.poll() is not None and time.monotonic() - before < 60
