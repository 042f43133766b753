"""Runs in the process of the window: what the user takes away meanwhile is not used any more."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.qgis_bridge.algorithm import CoodiagAlgorithm
from coodiag.coodiag_plugin.qgis_bridge.running import window_run
from coodiag.coodiag_plugin.qgis_bridge.running.last_words import FILE
from coodiag.coodiag_plugin.qgis_bridge.running.window_run import WindowRun
from coodiag.coodiag_plugin.qgis_bridge.settings import cache_folder
from coodiag.tests.qgis.waiting import PATIENCE
from qgis.core import QgsApplication, QgsProcessingProvider, QgsProject, QgsVectorLayer
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QCoreApplication, QEvent, QTimer
from qgis.PyQt.QtWidgets import QProgressBar


class Long(CoodiagAlgorithm):
    """Asks whether it was cancelled until it is, or for a second. ``over``: how each ended."""

    NAME = "long"
    over: list[str] = []
    checks = 0
    fails = False

    def initAlgorithm(self, configuration: Any = None) -> None:
        """No parameter."""

    def work(self, parameters: Any, context: Any, progress: Any) -> dict[str, Any]:
        ended = "cancelled"
        try:
            until = time.monotonic() + 1
            while time.monotonic() < until:
                progress.set(0.5)
                progress.say("still at it")
                progress.check()
                type(self).checks += 1
                if self.fails:
                    raise RuntimeError("Mme Martin")
                time.sleep(0.01)
            ended = "done"
        finally:
            self.over.append(ended)
        return {"DONE": True}


class Lengthy(QgsProcessingProvider):
    def loadAlgorithms(self) -> None:
        self.addAlgorithm(Long())

    def id(self) -> str:
        return "lengthy"

    def name(self) -> str:
        return "lengthy"


@pytest.fixture
def lengthy(qgis_app: QgsApplication) -> Iterator[Lengthy]:
    provider = Lengthy()
    registry = QgsApplication.processingRegistry()
    assert registry.addProvider(provider)
    Long.over, Long.checks, Long.fails = [], 0, False
    yield provider
    if not sip.isdeleted(provider):
        registry.removeProvider(provider)


def until(condition: Callable[[], Any], seconds: float = PATIENCE) -> None:
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit
        QCoreApplication.processEvents()


class Window:
    """What a step does with a run: a bar that follows it, and its end."""

    def __init__(self, running: WindowRun) -> None:
        self.running = running
        self.bar = QProgressBar()
        self.ends: list[tuple[dict[str, Any], str]] = []
        running.progressed.connect(lambda percent: self.bar.setValue(round(percent)))
        running.said.connect(lambda text: self.bar.setFormat(text))
        running.ended.connect(lambda results, refusal: self.ends.append((results, refusal)))

    def leave(self) -> None:
        """The plugin is unloaded: the run is killed, the widgets are deleted at once."""
        self.running.kill()
        self.bar.deleteLater()
        QCoreApplication.sendPostedEvents(self.bar, QEvent.Type.DeferredDelete)
        assert sip.isdeleted(self.bar)


def started(**parameters: Any) -> Window:
    return Window(WindowRun("lengthy:long", parameters))


def test_a_run_in_the_window_ends_with_its_results(lengthy: Lengthy) -> None:
    window = started()
    until(lambda: window.ends)
    assert window.ends == [({"DONE": True}, "")]
    assert window.bar.value() == 100 and Long.over == ["done"]


def test_unloading_the_plugin_during_a_run_uses_nothing_that_is_deleted(lengthy: Lengthy) -> None:
    window = started()
    after: list[int] = []

    def unload() -> None:
        assert Long.checks > 0 and Long.over == [], "it happens inside the run"
        window.leave()
        assert window.ends == [({}, "")], "told before kill returns: the window may be deleted"
        assert QgsApplication.processingRegistry().removeProvider(lengthy)
        after.append(Long.checks)

    QTimer.singleShot(400, unload)
    until(lambda: Long.over)
    assert Long.over == ["cancelled"] and after == [Long.checks], "not one step more"
    assert window.ends == [({}, "")] and set() == window_run._AT_WORK


def test_a_run_that_is_killed_before_it_begins_never_does(lengthy: Lengthy) -> None:
    window = started()
    window.leave()
    assert window.ends == [({}, "")]
    until(lambda: not QCoreApplication.hasPendingEvents())
    time.sleep(0.05)
    QCoreApplication.processEvents()
    assert Long.checks == 0 and window.ends == [({}, "")]


def test_a_run_begun_after_a_killed_one_waits_for_it(lengthy: Lengthy) -> None:
    first = started()
    others: list[Window] = []

    def anew() -> None:
        first.running.kill()
        others.append(started())
        QCoreApplication.processEvents()  # the first one is still below on the stack
        assert Long.over == [] and len(window_run._AT_WORK) == 1

    QTimer.singleShot(400, anew)
    until(lambda: others and others[0].ends)
    assert others[0].ends == [({"DONE": True}, "")] and Long.over == ["cancelled", "done"]


@pytest.mark.parametrize("event", ["project", "layer", "other layer"])
def test_a_project_that_goes_stops_the_run_that_reads_it(lengthy: Lengthy, event: str) -> None:
    project = QgsProject.instance()
    area, other = (QgsVectorLayer("Polygon?crs=EPSG:2154", n, "memory") for n in "ab")
    project.addMapLayers([area, other])
    change = {
        "project": project.clear,
        "layer": lambda: project.removeMapLayer(area.id()),
        "other layer": lambda: project.removeMapLayer(other.id()),
    }[event]
    window = started(AREA=area.id())
    QTimer.singleShot(300, change)
    try:
        until(lambda: window.ends)
    finally:
        project.clear()
    if event == "other layer":
        assert window.ends == [({"DONE": True}, "")]
    else:
        assert window.ends == [({}, "")] and Long.over == ["cancelled"]


def test_an_algorithm_that_is_gone_is_told_and_frees_the_place(lengthy: Lengthy) -> None:
    window = started()
    QgsApplication.processingRegistry().removeProvider(lengthy)
    with pytest.raises(AttributeError):
        window.running._begin()
    ((results, refusal),) = window.ends
    assert results == {} and "not foreseen" in refusal and "NoneType" not in refusal
    assert "NoneType" in Path(cache_folder("runs") / FILE).read_text(encoding="utf-8")
    assert set() == window_run._AT_WORK
