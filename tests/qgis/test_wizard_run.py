"""Step 5 with a run that the test leads: what it shows, refuses, stops and keeps."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.qgis_bridge.desk import Desk
from coodiag.coodiag_plugin.qgis_bridge.desk.draft import DraftStore, in_dossier
from coodiag.coodiag_plugin.qgis_bridge.running.run import Running
from coodiag.tests.qgis.waiting import settle
from coodiag.tests.qgis.wizards import narrowest
from coodiag.ui.wizard.files import FilesStep
from coodiag.ui.wizard.run import RunStep, duration
from coodiag.ui.wizard.step import Step
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest


class Led(Running):
    """A run whose words are those of the test."""

    stopped = killed = False

    def cancel(self) -> None:
        self.stopped = True

    def kill(self) -> None:
        self.killed = True
        self._end({}, "")


class LedRunner:
    """Starts led runs, or refuses."""

    waits = False

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.refusal = ""
        self.run = Led()

    def start(self, parameters: dict[str, Any]) -> Led:
        if self.refusal:
            raise InputError("{reason}", reason=self.refusal)
        self.asked.append(dict(parameters))
        self.run = Led()
        return self.run


@pytest.fixture
def desk(provider: Any, cache: Path, tmp_path: Path) -> Desk:
    made = Desk(SimpleNamespace(), DraftStore(tmp_path / "draft.json"))
    made.__dict__["runner"] = LedRunner()
    for name, value in (
        ("TERRITORY", "EPCI:900000001"),
        ("STRUCTURE", "Association Exemple (fictive)"),
        ("OUTPUT_FOLDER", str(tmp_path / "dossier")),
    ):
        made.draft.put(name, value)
    return made


@pytest.fixture
def step(desk: Desk, language: str) -> Iterator[RunStep]:
    made = RunStep(desk)
    made.resize(400, 720)
    made.show()
    made.enter()
    yield made
    made.stop()
    made.close()
    made.deleteLater()
    settle()


@pytest.fixture
def look(language: str) -> Callable[[RunStep, str], None]:
    """Keeps a picture where ``COODIAG_PICTURES`` says."""

    def keep(step: RunStep, name: str) -> None:
        folder = os.environ.get("COODIAG_PICTURES")
        if folder:
            settle()
            step.grab().save(str(Path(folder) / f"{language}_run_{name}.png"))

    return keep


def texts(step: RunStep) -> list[str]:
    return [step.stages.item(row).text() for row in range(step.stages.count())]


def test_it_says_what_is_missing_and_does_not_start(step: RunStep, desk: Desk) -> None:
    """By the words of the steps before it."""
    step.before = [Step(desk), FilesStep(desk)]
    desk.draft.put("STRUCTURE", "")
    desk.draft.put("OUTPUT_FOLDER", "")
    step.enter()
    assert len(step.problems()) == 2 and not step.start.isEnabled()
    step.begin()
    assert desk.runner.asked == [] and not step.busy()
    assert step.notice.text.text() == "\n".join(step.problems())
    desk.draft.put("STRUCTURE", "Association Exemple (fictive)")
    assert len(step.problems()) == 1


def test_what_will_be_done_is_told_in_the_words_of_the_steps(
    step: RunStep, desk: Desk, tmp_path: Path
) -> None:
    """Not by the values that a script writes."""
    desk.draft.note("territory")["name"] = "CC du Pays de Fictange"
    step.enter()
    told = step.asked.text()
    assert "CC du Pays de Fictange" in told and "Diagnostic territorial COODIAG" in told
    assert step.desk.label("SERVICE") not in told, "nobody has to be located"
    desk.draft.put("CLIENTS", str(tmp_path / "clients.xlsx"))
    step.enter()
    told = step.asked.text()
    assert desk.people.words("offline")[0] in told and "clients.xlsx" in told
    for written in ("EPCI:", "offline", ": coodiag", str(tmp_path / "clients.xlsx")):
        assert written not in told


def test_what_an_earlier_step_lacks_keeps_a_run_from_starting(step: RunStep, desk: Desk) -> None:
    """A file that no run can read is not found out by a run."""
    files = Step(desk)
    refused = ["Clients: no column looks like an address."]
    files.problems = lambda: refused  # type: ignore[method-assign]
    step.before = [Step(desk), files]
    step.enter()
    assert len(step.problems()) == 1 and not step.start.isEnabled()
    assert refused[0] in step.problems()[0] and "2" in step.problems()[0]
    refused.clear()
    step.drawn()  # as the dock does once the other step has told that it changed
    assert step.problems() == [] and step.start.isEnabled()


def test_a_run_from_its_start_to_the_results(
    step: RunStep, desk: Desk, tmp_path: Path, look: Callable[..., None]
) -> None:
    went: list[str] = []
    changes: list[bool] = []
    step.go.connect(went.append)
    step.changed.connect(lambda: changes.append(True))
    QTest.mouseClick(step.start, Qt.MouseButton.LeftButton)
    assert desk.runner.asked == [desk.draft.parameters]
    assert step.busy() and step.cancel.isEnabled() and not step.start.isEnabled() and changes
    desk.keep()
    assert desk.store.load().note("run")["under_way"] is True, "a QGIS that is closed knows it"
    run = desk.runner.run
    run.said.emit("Lecture…")
    run.said.emit("44 tables")
    run.warned.emit("Une table manque.")
    run.said.emit("Impression…")
    run._progress(40.0)
    assert texts(step) == ["✓ Lecture", "… Impression"]
    assert step.bar.value() == 40 and "40" in step.summary()
    assert "44 tables" in step.log.toPlainText() and "⚠ Une table manque." in step.log.toPlainText()
    look(step, "under_way")
    run._end({"DOSSIER": str(tmp_path / "dossier"), "PAGES": 12}, "")
    assert not step.busy() and went == ["results"] and step.bar.value() == 100
    assert desk.draft.dossier == str(tmp_path / "dossier")
    assert "under_way" not in desk.draft.note("run")
    assert texts(step) == ["✓ Lecture", "✓ Impression"]
    kept = in_dossier(tmp_path / "dossier").load()
    assert kept.parameters == desk.draft.parameters and kept.dossier == desk.draft.dossier
    assert "12" in step.notice.text.text() and "⚠" in step.notice.text.text()
    step.begin()
    desk.runner.run._end({"DOSSIER": str(tmp_path / "dossier"), "PAGES": 12}, "")
    assert "⚠" not in step.notice.text.text(), "those of the run before are not counted"
    look(step, "done")


def test_a_refusal_stays_with_what_was_told(
    step: RunStep, desk: Desk, look: Callable[..., None]
) -> None:
    step.begin()
    desk.runner.run.said.emit("Lecture…")
    desk.runner.run._end({}, "The file clients.csv cannot be read.")
    assert step.notice.text.text() == "The file clients.csv cannot be read."
    assert texts(step) == ["✗ Lecture"] and step.start.isEnabled() and not step.busy()
    assert desk.draft.dossier == "" and "under_way" not in desk.draft.note("run")
    look(step, "refused")
    step.begin()
    assert step.busy() and not step.notice.isVisible() and texts(step) == []


def test_a_start_that_is_refused_starts_nothing(step: RunStep, desk: Desk) -> None:
    desk.runner.refusal = "The key of the service cannot be read."
    step.begin()
    assert step.notice.text.text() == "The key of the service cannot be read."
    assert not step.busy() and step.start.isEnabled() and "under_way" not in desk.draft.note("run")


def test_it_is_stopped_by_the_button(step: RunStep, desk: Desk) -> None:
    step.begin()
    run = desk.runner.run
    QTest.mouseClick(step.cancel, Qt.MouseButton.LeftButton)
    assert run.stopped and step.busy() and not step.cancel.isEnabled()
    run._end({}, "")
    assert not step.busy() and step.start.isEnabled() and not step.cancel.isEnabled()
    assert step.notice.isVisible() and desk.draft.dossier == ""


def test_leaving_ends_the_run(step: RunStep, desk: Desk) -> None:
    step.begin()
    run = desk.runner.run
    step.stop()
    assert run.killed and not step.busy() and step.start.isEnabled()
    step.stop()  # nothing under way: nothing to do
    run.said.emit("late…")


def test_an_interrupted_run_is_told_once(step: RunStep, desk: Desk) -> None:
    desk.draft.note("run")["under_way"] = True
    step.enter()
    assert step.notice.isVisible() and step.notice.text.text()
    assert "under_way" not in desk.draft.note("run")
    step.notice.clear()
    step.enter()
    assert not step.notice.isVisible()


def test_a_run_keeps_its_own_draft(step: RunStep, desk: Desk, tmp_path: Path) -> None:
    """Another diagnosis is opened while one ends: the dossier is that of the first."""
    step.begin()
    mine = desk.draft
    desk.begin()
    desk.runner.run._end({"DOSSIER": str(tmp_path / "dossier"), "PAGES": 3}, "")
    assert mine.dossier and desk.draft.dossier == ""
    assert in_dossier(tmp_path / "dossier").load().parameters == mine.parameters


def test_it_is_used_by_the_keyboard_alone(step: RunStep, desk: Desk) -> None:
    step.start.setFocus()
    QTest.keyClick(step.start, Qt.Key.Key_Space)
    assert step.busy() and step.focusWidget() is not step.cancel, "a second key stops nothing"
    for widget in (step.bar, step.stages, step.log):
        assert widget.accessibleName()
    QTest.keyClick(step.cancel, Qt.Key.Key_Space)
    assert desk.runner.run.stopped
    assert step.minimumSizeHint().width() <= narrowest(step)


def test_the_time_left_is_told_once_it_is_known_and_never_widens_the_page(
    step: RunStep, desk: Desk, look: Callable[..., None]
) -> None:
    step.begin()
    run = desk.runner.run
    run._begun -= 600
    run._marks = [(400.0, 20.0)]
    step._tell_time()
    begun = step.time.text()
    assert "10 min" in begun and " – " not in begun, "nothing printed yet: nothing is known"
    run._marks += [(400.0, 30.0), (500.0, 65.0), (600.0, 65.1)]
    step._tell_time()
    assert step.time.text().startswith(begun[:6]) and " – " in step.time.text()
    step.unfold.setChecked(True)
    look(step, "time_left")
    assert step.minimumSizeHint().width() <= narrowest(step)
    run.cancelled = True
    step._tell_time()
    assert " – " not in step.time.text(), "it is being stopped"


def test_durations(qgis_app: Any) -> None:
    assert duration(0.2) == "1 s" and duration(42.4) == "42 s"
    assert duration(42.4, rough=True) == "40 s" and duration(65, rough=True) == "1 min"
    assert duration(3, rough=True) == "10 s", "nobody counts the last seconds"
    assert duration(65) == "1 min 05 s" and duration(59.8) == "1 min 00 s"
