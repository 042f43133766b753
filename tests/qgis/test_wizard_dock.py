"""The dock of the wizard: its steps, what is kept, what is replaced and taken back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.qgis_bridge.desk import Desk
from coodiag.coodiag_plugin.qgis_bridge.desk.draft import Draft, in_dossier
from coodiag.tests.qgis.waiting import settle, wait
from coodiag.tests.qgis.wizards import CONTROL, NARROW, desk_at, opened, own_steps, press
from coodiag.ui.wizard.dock import WizardDock, steps_of
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor, QPalette
from qgis.PyQt.QtWidgets import QAbstractButton, QApplication, QLabel, QScrollArea


@pytest.fixture
def desk(provider: Any, tmp_path: Path) -> Desk:
    return desk_at(tmp_path)


@pytest.fixture
def dock(desk: Desk) -> Iterator[WizardDock]:
    shown = opened(desk)
    yield shown
    shown.close()


def again(dock: WizardDock, tmp_path: Path) -> WizardDock:
    """QGIS is closed, and opened the next day."""
    dock.leave()
    dock.close()
    return opened(desk_at(tmp_path))


def dossier_at(folder: Path, **parameters: Any) -> Path:
    folder.mkdir()
    told = {"TERRITORY": "EPCI:245390927", "FORMATS": "odt,html", "PROFILE": "ess", **parameters}
    (folder / "coodiag.json").write_text(json.dumps({"parameters": told}), encoding="utf-8")
    return folder


def button(dock: WizardDock, words: str) -> Any:
    return next(each for each in dock.notice.buttons.held if each.text() == words)


def test_a_first_start_welcomes_and_a_later_one_resumes(dock: WizardDock, tmp_path: Path) -> None:
    assert dock.pages.currentWidget() is dock.welcome and dock.current is None
    dock.welcome.begin.click()
    assert dock.pages.currentWidget() is dock.frame and dock.current is dock.steps[0]
    assert dock.steps[0].calls == ["enter"]
    dock.go("people")
    later = again(dock, tmp_path)
    assert later.current is later.steps[2] and later.pages.currentWidget() is later.frame
    later.close()


def test_what_is_told_is_kept_at_once(dock: WizardDock, tmp_path: Path) -> None:
    dock.welcome.begin.click()
    dock.desk.draft.put("STRUCTURE", "Association Exemple (fictive)")
    dock.steps[0].changed.emit()
    kept = tmp_path / "assistant.json"
    assert json.loads(kept.read_text())["parameters"]["STRUCTURE"].startswith("Association")
    assert kept.stat().st_mode & 0o077 == 0, "it names the files of the user"


def test_the_marks_tell_what_is_ready_missing_or_under_way(dock: WizardDock) -> None:
    dock.go("territory")
    first, second, third = dock.steps[:3]
    first.held, second.missing, third.working = "Somewhere", ["A name is missing."], True
    dock.frame.draw()
    assert dock.frame.list.marks[:4] == ["ready", "missing", "busy", "to do"]
    assert dock.frame.list.item(0).text() == "Territory – Somewhere"
    assert "A name is missing." in dock.frame.list.item(1).toolTip()
    said = dock.frame.list.item(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("Step 2: Structure and files, something is missing")
    assert not dock.frame.missing.isVisible()
    dock.go("files")
    assert "A name is missing." in dock.frame.missing.text() and dock.frame.missing.isVisible()


def test_marks_follow_a_change_and_work_that_ends(dock: WizardDock) -> None:
    dock.go("territory")
    dock.steps[0].held = "Elsewhere"
    dock.steps[0].changed.emit()
    wait(lambda: dock.frame.list.marks[0] == "ready")
    dock.steps[4].working = True
    wait(lambda: dock.frame.list.marks[4] == "busy")
    dock.steps[4].working = False
    wait(lambda: dock.frame.list.marks[4] == "to do")


def test_the_steps_by_buttons_list_and_keys(dock: WizardDock) -> None:
    dock.welcome.begin.click()
    assert not dock.frame.back.isEnabled()
    assert dock.frame.next.text() == "&Next: Structure and files"
    dock.frame.next.click()
    assert dock.current is dock.steps[1]
    press(dock.frame.list, Qt.Key.Key_Down)
    assert dock.current is dock.steps[2]
    press(dock.frame.list, Qt.Key.Key_PageDown, CONTROL)
    assert dock.current is dock.steps[3]
    press(dock.frame.next, Qt.Key.Key_PageUp, CONTROL)
    assert dock.current is dock.steps[2]
    dock.steps[2].go.emit("results")
    assert dock.current is dock.steps[5] and not dock.frame.next.isEnabled()
    assert dock.frame.list.currentRow() == 5
    dock.turn(1)
    assert dock.current is dock.steps[5]
    with pytest.raises(KeyError):
        dock.go("nowhere")


def test_f1_shows_and_hides_the_keys(dock: WizardDock) -> None:
    dock.welcome.begin.click()
    press(dock.frame.next, Qt.Key.Key_F1)
    shown = [label.text() for label in dock.frame.keys.findChildren(QLabel)]
    assert dock.frame.keys.isVisible() and "Ctrl+Page down, Ctrl+Page up" in shown
    assert dock.desk.guide() in dock.frame.keys.link.text()
    press(dock.frame.next, Qt.Key.Key_F1)
    assert not dock.frame.keys.isVisible()


def test_begin_anew_asks_and_can_be_taken_back(dock: WizardDock, tmp_path: Path) -> None:
    dock.go("files")
    dock.desk.draft.put("STRUCTURE", "Première (fictive)")
    dock.keep()
    dock.ask_anew()
    button(dock, "Cancel").click()
    assert dock.desk.draft.parameters and not dock.notice.isVisible()
    dock.steps[4].working = True
    dock.ask_anew()
    assert "What is under way will be stopped." in dock.notice.text.text()
    button(dock, "Begin anew").click()
    assert dock.desk.draft.parameters == {} and dock.current is dock.steps[0]
    assert "stop" in dock.steps[4].calls
    button(dock, "Take back the diagnosis before this one").click()
    assert dock.desk.draft.parameters == {"STRUCTURE": "Première (fictive)"}
    assert dock.current is dock.steps[1], "where the user was"
    dock.take_back()
    assert dock.desk.draft.parameters == {}
    later = again(dock, tmp_path)
    later.take_back()
    assert later.desk.draft.parameters == {"STRUCTURE": "Première (fictive)"}, "also the next day"
    later.close()


def test_an_empty_diagnosis_drives_out_none_and_is_not_offered(dock: WizardDock) -> None:
    dock._demonstration(Draft({"STRUCTURE": "Démonstration (fictive)"}))
    assert dock.notice.isVisible() and dock.notice.buttons.held == [], "none before the first one"
    dock.begin_anew()
    dock.go("files")
    dock._demonstration(Draft({"STRUCTURE": "Une autre (fictive)"}))
    button(dock, "Take back the diagnosis before this one").click()
    assert dock.desk.draft.parameters == {"STRUCTURE": "Démonstration (fictive)"}


def test_the_list_follows_a_step_that_goes_on(dock: WizardDock) -> None:
    dock.go("run")
    run = dock.steps[4]
    drawn = []
    run.drawn = lambda: drawn.append(run.held)
    run.working, run.held = True, "1 %"
    dock.frame.see_busy()
    run.held = "40 %"
    dock.frame.see_busy()
    assert dock.frame.list.item(4).text().endswith("40 %") and drawn == ["1 %", "40 %"]
    dock.frame.see_busy()
    assert len(drawn) == 2, "nothing has changed"


def test_a_run_is_not_lost_by_a_slip(dock: WizardDock, tmp_path: Path) -> None:
    folder = dossier_at(tmp_path / "dossier")
    dock.go("run")
    run = dock.steps[4]
    run.working = True
    dock.open_dossier(str(folder))
    assert dock.notice.text.text() == "A diagnosis is under way: it will be stopped."
    button(dock, "Cancel").click()
    assert run.calls == ["enter"] and dock.desk.draft.dossier == "" and dock.current is run
    dock.open_dossier(str(folder))
    button(dock, "Stop").click()
    assert "stop" in run.calls and dock.desk.draft.dossier == str(folder)


def test_nothing_to_take_back_is_told(dock: WizardDock) -> None:
    dock.take_back()
    assert "There is no diagnosis before this one." in dock.notice.text.text()


def test_a_dossier_of_the_wizard_resumes_its_draft(dock: WizardDock, tmp_path: Path) -> None:
    folder = dossier_at(tmp_path / "dossier")
    store = in_dossier(folder)
    store.save(Draft({"STRUCTURE": "Du dossier (fictive)", "OUTPUT_FOLDER": "/elsewhere"}))
    dock.go("people")
    dock.open_dossier(str(folder))
    assert dock.current is dock.steps[5]
    draft = dock.desk.draft
    assert draft.dossier == str(folder)
    assert draft.parameters == {
        "STRUCTURE": "Du dossier (fictive)",
        "OUTPUT_FOLDER": str(folder),
    }, "it may have been moved since"
    button(dock, "Take back the diagnosis before this one").click()
    assert dock.current is dock.steps[2] and dock.desk.draft.dossier == ""


def test_a_dossier_of_the_toolbox_gives_what_its_run_file_tells(
    dock: WizardDock, tmp_path: Path
) -> None:
    folder = dossier_at(tmp_path / "dossier", MIN_COUNT=7, MAPPING="places")
    dock.open_dossier(str(folder))
    assert dock.desk.draft.parameters == {
        "TERRITORY": "EPCI:245390927",
        "FORMATS": ["odt", "html"],
        "PROFILE": "ess",
        "MIN_COUNT": 7,
        "OUTPUT_FOLDER": str(folder),
    }
    other = dossier_at(tmp_path / "autre", PROFILE="le_mien")
    dock.open_dossier(str(other))
    assert "PROFILE" not in dock.desk.draft.parameters, "a file whose place is not told"


@pytest.mark.parametrize("text", ["", "{", '{"parameters": 3}', "[]"])
def test_what_is_no_dossier_is_refused_and_nothing_changes(
    dock: WizardDock, tmp_path: Path, text: str
) -> None:
    dock.go("files")
    folder = tmp_path / "pas un dossier"
    folder.mkdir()
    if text:
        (folder / "coodiag.json").write_text(text)
    dock.open_dossier(str(folder))
    assert dock.notice.isVisible() and dock.current is dock.steps[1]
    assert not any("stop" in step.calls for step in dock.steps), "nothing was stopped for it"
    assert ("coodiag.json" if text else "pas un dossier") in dock.notice.text.text()


@pytest.mark.parametrize(
    "kept",
    ["{", "[]", '{"format": 9}', '{"format": 1, "parameters": [1]}', '{"format": 1, "x": 1}'],
)
def test_a_kept_file_that_cannot_be_read_is_put_aside(
    provider: Any, tmp_path: Path, kept: str
) -> None:
    (tmp_path / "assistant.json").write_text(kept)
    dock = opened(desk_at(tmp_path))
    assert "assistant-illisible.json" in dock.notice.text.text() and dock.notice.isVisible()
    assert (tmp_path / "assistant-illisible.json").read_text() == kept, "nothing is lost"
    dock.welcome.begin.click()
    assert (tmp_path / "assistant.json").is_file()
    assert dock.notice.isVisible(), "a warning stays until it is closed"
    dock.close()


def test_a_draft_that_cannot_be_kept_is_told(dock: WizardDock, tmp_path: Path) -> None:
    (tmp_path / "assistant.json").mkdir()
    dock.welcome.begin.click()
    assert "cannot be kept" in dock.notice.text.text() and dock.current is dock.steps[0]


def test_a_dossier_that_cannot_be_written_refuses_the_draft_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "confidentiel").write_text("a file where the folder should be")
    with pytest.raises(InputError, match=r"assistant\.json of the wizard cannot be kept"):
        in_dossier(tmp_path).save(Draft())


def test_leaving_stops_everything(dock: WizardDock) -> None:
    dock.go("run")
    dock.steps[4].working = True
    dock.leave()
    assert [step.calls[-1] for step in dock.steps] == ["stop"] * 6
    assert not dock._look.isActive() and not dock._redraw.isActive()


def test_missing_packages_are_told_and_the_wizard_opens(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "coodiag.coodiag_plugin.qgis_bridge.dependencies.find_spec",
        lambda name: None if name in ("scipy", "pandas") else object(),
    )
    dock = opened(desk, own_steps)
    said = dock.notice.text.text()
    assert "scipy is missing" in said and "pandas is missing" in said and "matplotlib" not in said
    dock.welcome.begin.click()
    assert dock.current is dock.steps[0]
    dock.close()


def test_it_fits_beside_a_map(desk: Desk) -> None:
    dock = opened(desk, own_steps)
    dock.go("territory")
    for width in (NARROW, 1400):
        dock.resize(width, 700)
        settle()
        assert dock.width() == width
        for step in dock.steps:
            dock.go(step.ID)
            settle()
            area = dock.frame.page.currentWidget()
            assert isinstance(area, QScrollArea)
            assert area.horizontalScrollBar().maximum() == 0, (step.ID, width)
    assert dock.frame.list.geometry().right() < dock.frame.title.geometry().left()
    for step in dock.steps:
        dock.go(step.ID)
        dock.resize(dock.minimumSizeHint().width(), 400)
        settle()
        assert dock.frame.page.currentWidget().horizontalScrollBar().maximum() == 0, step.ID
    dock.resize(NARROW, 700)
    settle()
    assert dock.frame.list.geometry().bottom() < dock.frame.title.geometry().top()
    dock.leave()
    dock.close()


def test_the_marks_are_drawn_in_the_colours_of_the_theme(dock: WizardDock) -> None:
    dock.go("territory")
    dark = QPalette(QApplication.palette())
    dark.setColor(QPalette.ColorRole.Text, QColor("#f0f0f0"))
    dark.setColor(QPalette.ColorRole.Highlight, QColor("#3388ee"))
    dock.frame.list.setPalette(dark)
    dock.steps[0].held = "Somewhere"
    dock.frame.draw()

    def colours(row: int) -> set[str]:
        picture = dock.frame.list.item(row).icon().pixmap(40, 40).toImage()
        width, height = picture.width(), picture.height()
        points = [(x, y) for x in range(width) for y in range(height)]
        found = (picture.pixelColor(x, y) for x, y in points)
        return {each.name() for each in found if each.alpha() == 255}

    assert "#3388ee" in colours(0) and "#f0f0f0" in colours(1)


def test_a_letter_opens_one_thing_in_each_step(desk: Desk, language: str) -> None:
    dock = opened(desk, steps_of)
    found: dict[str, list[str]] = {}
    for step in dock.steps:
        dock.go(step.ID)
        told = step.findChildren(QAbstractButton)
        told += [label for label in step.findChildren(QLabel) if label.buddy()]
        told += [dock.frame.back, dock.frame.next, dock.frame.more]
        texts: dict[str, list[str]] = {}
        for widget in told:
            for letter in re.findall("&([^&])", widget.text()):
                texts.setdefault(letter.lower(), []).append(widget.text())
        found[step.ID] = [str(each) for each in texts.values() if len(each) > 1]
    dock.leave()
    dock.close()
    assert not any(found.values()), found
