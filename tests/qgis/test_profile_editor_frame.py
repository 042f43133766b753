"""How the profile editor looks, is reached, and stands in QGIS; the chooser of indicators."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.profiles import load_profile
from coodiag.coodiag_plugin.editing import Editing
from coodiag.tests.qgis.profile_editors import closed, field, form, opened, picture
from coodiag.tests.qgis.review_windows import interface, press
from coodiag.tests.qgis.waiting import settle
from coodiag.ui.profile_editor import ProfileEditor
from coodiag.ui.profile_editor_chooser import IndicatorChooser
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QEvent, Qt
from qgis.PyQt.QtGui import QPalette
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QToolButton,
    QWidget,
)

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def editor(qgis_app: Any, language: str, tmp_path: Path) -> Iterator[ProfileEditor]:
    window = opened(tmp_path / "brouillon.json")
    yield window
    closed(window)


def test_the_chooser_searches_ticks_and_counts(editor: ProfileEditor, language: str) -> None:
    choices = editor.session.choices
    dialog = IndicatorChooser(choices, {}, "key_figures", ["population"], 2, editor)
    dialog.show()
    ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    assert not ok.isEnabled()
    QTest.keyClicks(dialog.search, "population")
    group = dialog.tree.topLevelItem(0)
    assert group.isExpanded()
    there = [group.child(n) for n in range(group.childCount())]
    taken = next(i for i in there if i.data(0, Qt.ItemDataRole.UserRole) == "population")
    assert taken.isDisabled()
    press(dialog.search, Qt.Key.Key_Return)
    assert dialog.tree.hasFocus()
    free = [item for item in there if not item.isDisabled()]
    for item in free[:2]:
        dialog.tree.itemActivated.emit(item, 0)
    assert len(dialog.chosen()) == 2 and ok.isEnabled()
    dialog.search.setText("chômage")
    picture(dialog, language, "04_chooser")
    first = dialog.tree.topLevelItem(0).child(0)
    first.setCheckState(0, Qt.CheckState.Checked)
    assert len(dialog.chosen()) == 3 and not ok.isEnabled()  # the ticks of other words are kept
    first.setCheckState(0, Qt.CheckState.Unchecked)
    assert ok.isEnabled()
    dialog.search.setText("zzzz")
    assert dialog.tree.topLevelItemCount() == 0 and dialog.about.text()
    dialog.deleteLater()


def test_the_chooser_of_one_takes_the_one_under_the_cursor(editor: ProfileEditor) -> None:
    dialog = IndicatorChooser(editor.session.choices, {}, "indicator", [], 1, editor)
    dialog.search.setText("taux de chômage au recensement")
    press(dialog.search, Qt.Key.Key_Return)
    dialog.tree.itemActivated.emit(dialog.tree.currentItem(), 0)
    assert dialog.result() == 1 and dialog.chosen() == ["taux_chomage"]
    dialog.deleteLater()


def test_everything_has_a_name_to_be_read_aloud(editor: ProfileEditor) -> None:
    for place in ((), (0,), (0, 0), (0, 4)):
        editor.tree.choose(place)
        settle()
        for kind in (QLineEdit, QComboBox, QPushButton, QToolButton, QCheckBox):
            for widget in editor.findChildren(kind):
                inner = widget.parent()
                own = isinstance(inner, QComboBox) or "qt_" in widget.objectName()
                if widget.isVisible() and not own and widget.focusPolicy():
                    named = widget.accessibleName() or getattr(widget, "text", str)()
                    assert named, (place, kind, inner)


@pytest.mark.parametrize("dark", [False, True])
def test_a_narrow_window_shows_its_parts_one_above_the_other(
    editor: ProfileEditor, language: str, dark: bool, qgis_app: Any
) -> None:
    if dark:
        palette = QPalette()
        for role in ("Window", "Base", "Button"):
            palette.setColor(getattr(QPalette.ColorRole, role), Qt.GlobalColor.black)
        for role in ("WindowText", "Text", "ButtonText"):
            palette.setColor(getattr(QPalette.ColorRole, role), Qt.GlobalColor.white)
        editor.setPalette(palette)
    editor.tree.choose((0, 0))
    editor.resize(400, 760)
    settle()
    assert editor.width() == 400
    assert editor.findChild(QSplitter).orientation() == Qt.Orientation.Vertical
    area = editor.stack.currentWidget()
    assert area.widget().width() <= area.viewport().width()
    picture(editor, language, f"05_narrow{'_dark' * dark}")
    for label in form(editor).findChildren(QLabel):
        assert label.palette().color(QPalette.ColorRole.WindowText) == editor.palette().color(
            QPalette.ColorRole.WindowText
        )
    editor.resize(1300, 760)
    settle()
    assert editor.findChild(QSplitter).orientation() == Qt.Orientation.Horizontal


@pytest.mark.parametrize("width", [400, 620, 900, 1300])
def test_nothing_is_cut_with_the_picture_beside(editor: ProfileEditor, width: int) -> None:
    editor.tree.choose((0, 0))
    editor.resize(width, 640)
    editor.picture.ask = lambda: None  # nothing is calculated here
    editor.show_picture()
    editor.picture.stop_button.show()
    editor.picture.bar.show()
    settle()
    assert editor.width() == width
    for area in (*editor.parts, editor.file):
        assert area.height() >= area.minimumSizeHint().height()
        for widget in area.findChildren(QAbstractButton) + area.findChildren(QComboBox):
            if not widget.isVisible() or isinstance(widget.parent(), QLineEdit):
                continue
            least = min(widget.minimumSizeHint().width(), widget.maximumWidth())
            assert widget.width() >= least, (width, widget)
            place = widget.mapTo(area, widget.rect().topLeft()).x()
            assert place >= 0 and place + widget.width() <= area.width(), (width, widget)
    buttons = [editor.buttons.itemAt(n).widget() for n in range(editor.buttons.count())]
    assert all(b.geometry().bottom() < b.parent().height() for b in buttons)


def test_f6_goes_round(editor: ProfileEditor) -> None:
    editor.tree.choose((0, 0))
    editor.tree.setFocus()
    press(editor, Qt.Key.Key_F6)
    assert QgsApplication.focusWidget() is field(editor, "title")
    press(editor, Qt.Key.Key_F6)
    assert QgsApplication.focusWidget() is editor.tree


def test_the_plugin_opens_one_editor_and_takes_it_back(
    qgis_app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COODIAG_CACHE", str(tmp_path / "cache"))
    iface = interface()
    editing = Editing(iface)
    assert iface.menu == {"Coodiag": [editing.action]}
    editing.open()
    editing.open()
    windows = iface.mainWindow().findChildren(ProfileEditor)
    assert len(windows) == 1 and windows[0].isVisible()
    windows[0].close()
    QgsApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert editing.window is None and not iface.mainWindow().findChildren(QWidget)
    editing.open("ess")
    assert editing.window.session.document["title"] == load_profile("ess").title
    told: list[str] = []
    editing.saved.connect(told.append)
    editing.window.store_as(tmp_path / "mien.json")
    assert told == [str(tmp_path / "mien.json")]
    editing.open(told[0])
    assert editing.window.session.path == tmp_path / "mien.json"
    editing.remove()
    assert iface.menu == {"Coodiag": []}
    QgsApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not iface.mainWindow().findChildren(ProfileEditor)


def test_an_editor_without_a_place_for_its_draft_says_so(
    qgis_app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("COODIAG_CACHE", str(tmp_path / "file"))
    iface = interface()
    editing = Editing(iface)
    editing.open()
    assert editing.window is None
    assert "cannot be written" in iface.messageBar().pushMessage.call_args[0][1]
    editing.remove()
