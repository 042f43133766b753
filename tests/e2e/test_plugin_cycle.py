"""The plugin loaded and unloaded ten times in a real QGIS: nothing of it stays behind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from coodiag.tests.e2e.desktop import Desktop

DRIVER = Path(__file__).with_name("plugin_cycle.py")
TIMES = 10
#: Modules of the plugin that its load may read.
MOST_MODULES = 125
#: Bytes that a cycle may add once the first ones have filled what Qt and Python keep.
MOST_GROWTH, MOST_WITH_WINDOWS = 300_000, 1_500_000


def cycles(desktop: Callable[..., Desktop], *actions: str) -> tuple[dict[str, Any], list[Any]]:
    told = desktop(enabled=False).run(DRIVER, "coodiag", TIMES, actions, seconds=240)
    assert told.errors == []
    return told.values["before"], told.values["cycles"]


@pytest.mark.slow
@pytest.mark.parametrize("actions", [(), ("coodiagWizard", "coodiagProfiles")])
def test_ten_loads_leave_nothing_behind(
    desktop: Callable[..., Desktop], actions: tuple[str, ...]
) -> None:
    """Also when the windows of the plugin were open."""
    before, after = cycles(desktop, *actions)
    assert len(after) == TIMES
    last = after[-1]["after"]
    assert last["left"] == [], "classes and functions of a former load are still held"
    assert last["modules"] == 0
    for name in ("providers", "tasks", "docks", "windows"):
        assert last[name] == before[name], name
    # the first plugin of a profile makes a toolbar of QGIS grow; QGIS keeps a separator each time
    assert last["widgets"] == after[0]["after"]["widgets"]
    assert last["actions"] - before["actions"] <= TIMES
    growth = (last["memory"] - after[3]["after"]["memory"]) / (TIMES - 4)
    assert growth < (MOST_GROWTH if not actions else MOST_WITH_WINDOWS), (
        f"{growth:.0f} bytes a cycle"
    )
    assert all(each["modules"] <= MOST_MODULES for each in after)
