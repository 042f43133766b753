"""Pictures of pages under edit: from a finished dossier, and calculated on the demonstration."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core import profile_edits as edits
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.core.profiles import PROFILES
from coodiag.coodiag_plugin.core.runfile import RUN_FILE, input_file
from coodiag.coodiag_plugin.qgis_bridge.profile_editing import ProfileSession
from coodiag.coodiag_plugin.qgis_bridge.profile_editing_preview import page_alone, read_page
from coodiag.tests.qgis.conftest import DemoRun
from coodiag.tests.qgis.profile_editors import InThisWindow, closed, opened
from coodiag.tests.qgis.waiting import wait
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QElapsedTimer, Qt, QTimer
from qgis.PyQt.QtGui import QColor, QImage
from qgis.PyQt.QtTest import QTest


@pytest.fixture
def session(tmp_path: Path) -> ProfileSession:
    return ProfileSession(tmp_path / "brouillon.json")


def place(session: ProfileSession, name: str) -> Any:
    return next(p for p in edits.places(session.document) if edits.part(session.document, p)["id"] == name and len(p) == 2)  # fmt: skip


def image(session: ProfileSession, folder: Path, name: str) -> QImage:
    return image_at(session, folder, place(session, name))


def image_at(session: ProfileSession, folder: Path, at: Any) -> QImage:
    page = page_alone(session.document, at)
    return session.drawn(read_page(folder, page, session.path))


def ink(found: QImage) -> int:
    """Pixels of a coarse copy that are not white."""
    small = found.scaled(120, 85)
    white = QColor("white").rgb()
    return sum(
        small.pixel(x, y) != white for x in range(small.width()) for y in range(small.height())
    )


def test_a_map_and_a_sheet_are_drawn_as_the_dossier_prints_them(
    session: ProfileSession, demo_run: DemoRun
) -> None:
    for name in ("population", "ages", "croisement", "services_rendus"):
        found = image(session, demo_run.dossier, name)
        assert found.width() > found.height() > 600
        assert ink(found) > 700, name


def test_the_window_goes_on_while_a_dossier_is_read(
    qgis_app: Any, demo_run: DemoRun, tmp_path: Path
) -> None:
    """Only what QGIS draws itself holds the window: the dossier is read in a task."""
    editor = opened(tmp_path / "brouillon.json")
    pane, ticks, clock = editor.picture, [], QElapsedTimer()
    editor.tree.choose(place(editor.session, "population"))
    pane.origin.setCurrentIndex(1)
    pane.folder.setFilePath(str(demo_run.dossier))
    ticker = QTimer()
    ticker.timeout.connect(lambda: ticks.append(clock.elapsed()))
    drew: list[int] = []
    drawn = editor.session.drawn
    editor.session.drawn = lambda ready: (drew.append(clock.elapsed()), drawn(ready))[1]
    clock.start()
    ticker.start(20)
    editor.show_picture()
    assert clock.elapsed() < 300, "it comes back at once"
    assert pane.said.text() == "The page is being drawn…" and pane.bar.isVisible()
    assert pane.cursor().shape() == Qt.CursorShape.BusyCursor
    wait(lambda: not pane.sheet.pixmap.isNull())
    ticker.stop()
    assert pane.said.text() == "" and not pane.bar.isVisible() and pane.show_button.isEnabled()
    assert len([tick for tick in ticks if tick < drew[0]]) >= 2, "the window went on"
    assert QgsApplication.overrideCursor() is None
    editor.show_picture()
    editor.tree.choose(place(editor.session, "ages"))  # another page: nobody waits for it any more
    QTest.qWait(1000)
    assert pane.sheet.pixmap.isNull() and len(drew) == 1 and not pane.bar.isVisible()
    pane.folder.setFilePath(str(tmp_path))
    editor.show_picture()
    wait(lambda: "is not a dossier" in pane.said.text())
    assert "is not a dossier" in pane.said.text() and pane.show_button.isEnabled()
    closed(editor)


def test_another_title_is_on_the_picture(session: ProfileSession, demo_run: DemoRun) -> None:
    before = image(session, demo_run.dossier, "population")
    session.put(place(session, "population"), "title", "Un tout autre titre que celui-là ?")
    after = image(session, demo_run.dossier, "population")
    assert before != after
    assert before.copy(0, 300, 800, 500) == after.copy(0, 300, 800, 500)  # the map is the same


def test_a_page_that_shows_something_else_has_no_picture(
    session: ProfileSession, demo_run: DemoRun
) -> None:
    at = place(session, "evolution")
    session.put_subject(at, "part_hlm")
    with pytest.raises(InputError, match="before the page was changed"):
        image(session, demo_run.dossier, "evolution")
    sheet = place(session, "ages")
    session.put(sheet, "words", "Et vous ?")
    with pytest.raises(InputError, match="before the page was changed"):
        image(session, demo_run.dossier, "ages")


def test_a_page_that_the_dossier_has_not_says_so(
    session: ProfileSession, demo_run: DemoRun
) -> None:
    session.add_page((0, 0), "Nouvelle page")
    with pytest.raises(InputError, match="before it is mended"):
        image(session, demo_run.dossier, "nouvelle_page")
    session.put_subject(session.place, "population")
    with pytest.raises(InputError, match="without this page"):
        image(session, demo_run.dossier, "nouvelle_page")
    with pytest.raises(InputError, match="Choose a page"):
        image_at(session, demo_run.dossier, (0,))


def test_a_page_left_out_says_why(session: ProfileSession, dossier_copy: Path) -> None:
    context = json.loads((dossier_copy / "contexte.json").read_text(encoding="utf-8"))
    at = place(session, "population")
    context["skipped"] = [{"title": session.part(at)["title"], "reason": "la donnée manque."}]
    (dossier_copy / "contexte.json").write_text(json.dumps(context), encoding="utf-8")
    with pytest.raises(InputError, match="la donnée manque"):
        image(session, dossier_copy, "population")


def test_a_folder_that_is_no_dossier_is_refused(session: ProfileSession, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is not a dossier"):
        image(session, tmp_path, "population")


def test_the_dossier_of_an_own_profile_is_known_by_its_file(
    session: ProfileSession, dossier_copy: Path, tmp_path: Path
) -> None:
    path = Path(shutil.copy(PROFILES / "coodiag.json", tmp_path / "mien.json"))
    run = json.loads((dossier_copy / RUN_FILE).read_text(encoding="utf-8"))
    told = input_file("profile", path)
    run["inputs"].append({"role": told.role, "sha256": told.sha256})
    run["parameters"]["PROFILE"] = "mien"
    (dossier_copy / RUN_FILE).write_text(json.dumps(run), encoding="utf-8")
    session.open(path)
    assert ink(image(session, dossier_copy, "ages")) > 700
    session.put(place(session, "ages"), "words", "Et vous ?")
    with pytest.raises(InputError, match="before the page was changed"):
        image(session, dossier_copy, "ages")
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")  # another file
    session.undo()
    assert ink(image(session, dossier_copy, "ages")) > 700  # by what the page tells of itself
    session.put_subject(place(session, "evolution"), "part_hlm")
    with pytest.raises(InputError, match="before the page was changed"):
        image(session, dossier_copy, "evolution")


def test_the_dossier_is_left_as_it_is(session: ProfileSession, dossier_copy: Path) -> None:
    before = {path.name: path.read_bytes() for path in dossier_copy.glob("*") if path.is_file()}
    image(session, dossier_copy, "population")
    after = {path.name: path.read_bytes() for path in dossier_copy.glob("*") if path.is_file()}
    assert {name: before.get(name) for name in after} == after


def test_a_page_that_no_dossier_has_is_calculated_on_the_demonstration(
    session: ProfileSession, provider: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COODIAG_CACHE", str(tmp_path / "cache"))
    session.add_page((0, 0), "Nouvelle page")
    session.put_subject(session.place, "part_75_plus")
    session.put(session.place, "title", "Où vivent les aînés ?")
    runner = InThisWindow()
    trial = session.trial(lambda: runner)
    told: list[tuple[str, str]] = []
    trial.ended.connect(lambda folder, refusal: told.append((folder, refusal)))
    at = session.place
    trial.start(session.document, at)
    wait(lambda: bool(told))
    ((folder, refusal),) = told
    assert refusal == ""
    found = image_at(session, Path(folder), at)
    assert ink(found) > 700
    asked = runner.asked[0]
    assert "CLIENTS" not in asked and asked["SERVICE"] == "offline"
    trial.start(session.document, at)  # the same page: kept
    wait(lambda: len(told) == 2)
    assert told[1] == (folder, "") and len(runner.asked) == 1


def test_a_page_with_a_slip_is_not_calculated(session: ProfileSession) -> None:
    session.add_page((0, 0), "Nouvelle page")
    runner = InThisWindow()
    trial = session.trial(lambda: runner)
    told: list[tuple[str, str]] = []
    trial.ended.connect(lambda folder, refusal: told.append((folder, refusal)))
    trial.start(session.document, session.place)
    assert told[0][0] == "" and "before it is mended" in told[0][1] and not runner.asked


def test_nothing_is_told_once_it_was_left(
    session: ProfileSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COODIAG_CACHE", str(tmp_path / "cache"))
    runner = InThisWindow()
    trial = session.trial(lambda: runner)
    told: list[tuple[str, str]] = []
    trial.ended.connect(lambda folder, refusal: told.append((folder, refusal)))
    trial.start(session.document, (0, 0))
    trial.cancel()
    QTest.qWait(1500)
    assert not told and not runner.asked


def test_a_project_that_was_cut_short_is_told(session: ProfileSession, dossier_copy: Path) -> None:
    project = dossier_copy / "diagnostic.qgz"
    project.write_bytes(project.read_bytes()[:5000])
    with pytest.raises(InputError, match=r"diagnostic\.qgz cannot be read"):
        image(session, dossier_copy, "population")
    assert image(session, dossier_copy, "ages").width()  # a sheet needs no layer
