"""The profile editor driven as a person drives it: keys, lists, drags, refusals in place."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.profiles import PROFILES, load_profile
from coodiag.tests.qgis.profile_editors import closed, field, form, opened, picture
from coodiag.tests.qgis.review_windows import CONTROL, SHIFT, press
from coodiag.tests.qgis.waiting import settle
from coodiag.ui import profile_editor_lists
from coodiag.ui.profile_editor import ProfileEditor
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFileDialog,
)

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def editor(qgis_app: Any, language: str, tmp_path: Path) -> Iterator[ProfileEditor]:
    window = opened(tmp_path / "brouillon.json")
    yield window
    closed(window)


def answer(monkeypatch: pytest.MonkeyPatch, *names: str) -> list[Any]:
    """Have the chooser of indicators answer; what it was asked for."""
    asked: list[Any] = []

    def ask(choices: Any, page: Any, key: str, taken: Any, most: int, parent: Any) -> list[str]:
        asked.append((page, key, taken, most))
        return list(names)

    monkeypatch.setattr(profile_editor_lists, "ask", ask)
    return asked


def titles(editor: ProfileEditor) -> list[list[str]]:
    return [[page["title"] for page in c["pages"]] for c in editor.session.document["chapters"]]


def test_a_page_is_added_mended_and_saved_by_keys_alone(
    editor: ProfileEditor, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture(editor, language, "01_profile")
    editor.tree.choose((0, 0))
    press(editor.tree, Qt.Key.Key_N, CONTROL)
    assert editor.tree.place() == (0, 1) and QgsApplication.focusWidget() is field(editor, "title")
    assert field(editor, "title").selectedText() == field(editor, "title").text()
    QTest.keyClicks(field(editor, "title"), "Ou vivent-ils ?")
    fault = form(editor).fields["indicator"].fault
    told = [form(editor).fields[key].widget for key in ("indicator", "map")]
    words = [told[0].accessibleName(), told[1].currentText()]
    assert fault.isVisible() and all(each in fault.text() for each in words), "no name of the file"
    assert "choropleth" not in fault.text()
    assert editor.problem.isVisible() and editor.tree.currentItem().text(0).startswith("⚠")
    picture(editor, language, "02_new_page")
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "mien.json"), "")
    )
    press(editor, Qt.Key.Key_S, CONTROL)
    assert editor.told.isVisible() and "mien.json" in editor.told.text()
    assert not (tmp_path / "mien.json").exists()
    assert editor.session.part((0, 1))["title"] == "Ou vivent-ils ?"  # typed, and not left
    assert QgsApplication.focusWidget() is field(editor, "indicator").choose  # where to mend
    answer(monkeypatch, "population")
    press(field(editor, "indicator").choose, Qt.Key.Key_Space)
    assert not editor.problem.isVisible() and not fault.isVisible()
    assert field(editor, "map").currentData() == "circles"
    press(editor, Qt.Key.Key_S, CONTROL)
    page = load_profile(tmp_path / "mien.json").chapters[0].pages[1]
    assert (page.id, page.map, page.indicator) == ("ou_vivent_ils", "circles", "population")
    assert "mien.json" in editor.told.text() and not editor.isWindowModified()
    assert "mien" not in editor.windowTitle()  # a name of a file may tell of somebody


def test_pages_and_chapters_go_up_and_down_by_keys(editor: ProfileEditor) -> None:
    before = titles(editor)
    editor.tree.choose((0, 0))
    press(editor.tree, Qt.Key.Key_Down, ALT)
    assert editor.tree.place() == (0, 1)
    assert titles(editor)[0][:2] == [before[0][1], before[0][0]]
    press(editor.tree, Qt.Key.Key_Up, ALT)
    assert titles(editor) == before
    assert not editor.up.isEnabled()
    editor.tree.choose((0,))
    press(editor.tree, Qt.Key.Key_Down, ALT)
    assert titles(editor)[:2] == [before[1], before[0]] and editor.tree.place() == (1,)
    press(editor.tree, Qt.Key.Key_Z, CONTROL)
    assert titles(editor) == before
    press(editor.tree, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert titles(editor)[:2] == [before[1], before[0]]


def test_duplicate_remove_and_undo(editor: ProfileEditor) -> None:
    before = titles(editor)
    editor.tree.choose((1, 2))
    press(editor.tree, Qt.Key.Key_D, CONTROL)
    assert editor.tree.place() == (1, 3) and not editor.session.faults()
    press(editor.tree, Qt.Key.Key_Delete)
    assert titles(editor) == before
    editor.tree.choose((2,))
    press(editor.tree, Qt.Key.Key_Delete)
    assert titles(editor) == before[:2] + before[3:]
    for _ in range(3):
        press(editor.tree, Qt.Key.Key_Z, CONTROL)
    assert titles(editor) == before and not editor.undo.isEnabled()
    editor.tree.choose(())
    press(editor.tree, Qt.Key.Key_Delete)  # the profile itself stays
    assert titles(editor) == before


class Drop:
    """A drop on the middle of an item; the tree asks no more of it."""

    def __init__(self, point: QPoint) -> None:
        self._point = point
        self.action: Any = None

    def pos(self) -> QPoint:
        return self._point

    def setDropAction(self, action: Any) -> None:
        self.action = action

    def accept(self) -> None:
        """Nothing else is to be done with it."""


def drop(
    editor: ProfileEditor, origin: Any, on: Any, where: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor.tree.choose(on)
    point = editor.tree.visualItemRect(editor.tree.currentItem()).center()
    editor.tree.choose(origin)
    editor.tree.scrollToTop()
    item = None if on is None else editor.tree._items[on]
    monkeypatch.setattr(editor.tree, "dropIndicatorPosition", lambda: where)
    monkeypatch.setattr(editor.tree, "itemAt", lambda _: item)
    event = Drop(point)
    editor.tree.dropEvent(event)
    assert event.action == Qt.DropAction.CopyAction
    settle()


def test_a_drag_puts_a_page_or_a_chapter_where_it_is_dropped(
    editor: ProfileEditor, monkeypatch: pytest.MonkeyPatch
) -> None:
    positions = QAbstractItemView.DropIndicatorPosition
    before = titles(editor)
    moving = before[0][0]
    for on, where, place in (
        ((1, 1), positions.AboveItem, (1, 1)),
        ((1, 1), positions.BelowItem, (1, 2)),
        ((1,), positions.OnItem, (1, len(before[1]))),
        ((1,), positions.BelowItem, (1, len(before[1]))),
        ((2,), positions.AboveItem, (1, len(before[1]))),
        ((0, 2), positions.BelowItem, (0, 2)),
    ):
        drop(editor, (0, 0), on, where, monkeypatch)
        assert editor.tree.place() == place, (on, where)
        assert titles(editor)[place[0]][place[1]] == moving
        editor.undo.trigger()
        assert titles(editor) == before
    for on, where, rank in (
        ((2,), positions.AboveItem, 1),
        ((2,), positions.BelowItem, 2),
        ((2, 1), positions.OnItem, 2),
        (None, positions.OnViewport, len(before) - 1),
        ((), positions.BelowItem, 0),
    ):
        if on is None:
            editor.tree.choose((0,))
            monkeypatch.setattr(editor.tree, "itemAt", lambda _: None)
            monkeypatch.setattr(editor.tree, "dropIndicatorPosition", lambda: positions.OnViewport)
            editor.tree.dropEvent(Drop(QPoint(5, 5)))
            settle()
        else:
            drop(editor, (0,), on, where, monkeypatch)
        assert titles(editor)[rank] == before[0], (on, where)
        while editor.session.can_undo:
            editor.undo.trigger()


def test_indicators_of_a_list_are_added_moved_and_removed(
    editor: ProfileEditor, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor.tree.choose((0, 4))
    names = editor.session.part((0, 4))["indicators"]
    widget = field(editor, "indicators")
    asked = answer(monkeypatch, "part_0_14", "part_15_29")
    widget.setFocus()
    widget.list.setCurrentRow(1)
    press(widget.list, Qt.Key.Key_Insert)
    after = [*names[:2], "part_0_14", "part_15_29", *names[2:]]
    assert editor.session.part((0, 4))["indicators"] == after
    assert asked[0][1:] == ("indicators", names, 0)
    assert widget.list.currentRow() == 3
    press(widget.list, Qt.Key.Key_Up, ALT)
    assert widget.names()[2:4] == ["part_15_29", "part_0_14"] and widget.list.currentRow() == 2
    press(widget.list, Qt.Key.Key_Delete)
    assert "part_15_29" not in editor.session.part((0, 4))["indicators"]
    assert editor.tree.place() == (0, 4)  # the key of the list, not of the plan
    model = widget.list.model()
    assert model.moveRow(model.index(-1, -1), 0, model.index(-1, -1), 3)  # as a drag does
    settle()
    assert editor.session.part((0, 4))["indicators"][2] == names[0]


def test_a_full_list_takes_no_more(editor: ProfileEditor, monkeypatch: pytest.MonkeyPatch) -> None:
    editor.tree.choose((0, 0))
    asked = answer(monkeypatch, "densite", "menages", "chomeurs", "emplois")
    widget = field(editor, "figures")
    press(widget.add, Qt.Key.Key_Space)
    assert asked[0][3] == 4 and len(editor.session.part((0, 0))["figures"]) == 4
    assert not widget.add.isEnabled()
    press(widget.list, Qt.Key.Key_Insert)
    assert len(asked) == 1


def test_the_form_shows_the_fields_of_its_page(editor: ProfileEditor) -> None:
    def shown() -> set[str]:
        return {key for key, each in form(editor).fields.items() if not each.isHidden()}

    always = {"title", "shown", "id"}
    editor.tree.choose((0, 0))
    assert shown() == always | {"map", "indicator", "figures"}
    pick(field(editor, "map"), "coloured_circles")
    assert shown() == always | {"map", "indicator", "figures", "colour"}
    assert form(editor).fields["colour"].fault.isVisible()
    pick(field(editor, "shown"), "layer:recrutement")
    pick(field(editor, "map"), "bivariate")
    assert shown() == always | {"map", "field", "cross", "figures"}
    pick(field(editor, "shown"), "layer:isochrones")
    assert shown() == always | {"map", "figures"} and not editor.session.faults()
    pick(field(editor, "shown"), "sheet:figures")
    assert shown() == always | {"indicators", "chart", "words"}
    pick(field(editor, "shown"), "sheet:words")
    assert shown() == always | {"words"}
    field(editor, "words").setPlainText("Que dire ?")
    field(editor, "words").commit()
    assert not editor.session.faults()
    while editor.session.can_undo:
        editor.undo.trigger()
    assert shown() == always | {"map", "indicator", "figures"}


def pick(box: QComboBox, name: str) -> None:
    at = box.findData(name)
    assert at >= 0, name
    box.setCurrentIndex(at)
    box.activated.emit(at)
    settle()


def test_the_profile_and_a_chapter_have_forms_too(editor: ProfileEditor, language: str) -> None:
    editor.tree.choose(())
    boxes = field(editor, "compare").boxes
    boxes["SIMILAR"].click()
    assert editor.session.document["compare"][-1] == "SIMILAR"
    similar = field(editor, "similar")
    similar.count.setValue(7)
    assert editor.session.document["similar"]["count"] == 7
    similar.told.emit({})
    assert form(editor).fields["compare"].fault.isVisible() or editor.problem.isVisible()
    editor.undo.trigger()
    editor.tree.choose((3,))
    picture(editor, language, "03_chapter")
    pick(field(editor, "theme"), "logement")
    assert editor.session.part((3,))["theme"] == "logement"
    stake = field(editor, "stake").lineEdit()
    stake.selectAll()
    QTest.keyClicks(stake, "Se loger")
    press(stake, Qt.Key.Key_Return)
    assert editor.session.stake((3,)) == "Se loger"
    assert any(each["title"] == "Se loger" for each in editor.session.document["stakes"])
    field(editor, "words").setFocus()
    QTest.keyClicks(field(editor, "words"), "Dire. ")
    field(editor, "title").setFocus()  # it is left
    assert editor.session.part((3,))["words"].startswith("Dire.")


def test_the_keys_of_undo_are_those_of_the_text_while_it_is_typed(editor: ProfileEditor) -> None:
    plan = titles(editor)
    editor.tree.choose((0, 0))
    press(editor.tree, Qt.Key.Key_Down, ALT)
    line = field(editor, "title")
    line.setFocus()
    before = line.text()
    line.end(False)
    QTest.keyClicks(line, "!")
    press(line, Qt.Key.Key_Z, CONTROL)
    assert line.text() == before and titles(editor) != plan
    press(line, Qt.Key.Key_Z, CONTROL)  # nothing is typed any more: the step before
    assert titles(editor) == plan


def test_a_copy_and_an_own_file_take_the_place_of_what_was_there(
    editor: ProfileEditor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    menu = editor.copy_button.menu()
    assert [a.text().rpartition("(")[2] for a in menu.actions()[:3]] == ["coodiag)", "ctg)", "ess)"]
    menu.actions()[2].trigger()
    assert editor.session.document["title"] == load_profile("ess").title
    assert editor.told.isVisible() and editor.session.path is None
    path = Path(shutil.copy(PROFILES / "ctg.json", tmp_path / "mien.json"))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    press(editor, Qt.Key.Key_O, CONTROL)
    assert editor.session.path == path and "mien.json" in editor.file.text()
    path.write_text("{", encoding="utf-8")
    press(editor, Qt.Key.Key_O, CONTROL)
    assert "line 1" in editor.told.text() or "ligne 1" in editor.told.text()
    assert editor.session.document["title"] == load_profile("ctg").title
    editor.undo.trigger()
    assert editor.session.document["title"] == load_profile("ess").title


def test_problems_are_gone_to_one_after_the_other(editor: ProfileEditor) -> None:
    session = editor.session
    session.put((3, 1), "title", "")
    session.put((1,), "id", "Une clé")
    session.put((), "commune_chart", "absent")
    editor.refresh((2,))
    seen = []
    for _ in range(4):
        press(editor, Qt.Key.Key_F8)
        seen.append(editor.tree.place())
    assert seen == [(3, 1), (), (1,), (3, 1)]
    assert QgsApplication.focusWidget() is field(editor, "title")
    assert "⚠" in editor.tree._items[(3,)].text(0)  # a closed chapter tells of its pages


def test_a_draft_that_cannot_be_kept_is_said_in_the_window(
    editor: ProfileEditor, tmp_path: Path
) -> None:
    editor.session._draft = tmp_path / "gone" / "x.json"
    editor.tree.choose((0, 0))
    press(editor.tree, Qt.Key.Key_Down, ALT)
    assert editor.told.isVisible() and "x.json" in editor.told.text()
