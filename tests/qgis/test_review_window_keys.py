"""The review window driven by its keys, in both languages."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.version import ROOT
from coodiag.coodiag_plugin.qgis_bridge.review import dossier_session
from coodiag.tests.qgis.review_windows import (
    CONTROL,
    SHIFT,
    a_row,
    find,
    opened,
    picture,
    press,
    waiting,
    with_choices,
)
from coodiag.tests.qgis.waiting import settle
from coodiag.ui.review import ReviewWindow
from coodiag.ui.review_parts import KEYS
from coodiag.ui.review_table import ALL, DECIDED, WAITING, rank
from coodiag.ui.words import LEVELS
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, Qt, QTranslator
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLineEdit,
    QMessageBox,
    QTableView,
    QTreeWidget,
)


def test_every_state_by_its_keys(window: ReviewWindow, language: str) -> None:
    left = waiting(window)
    assert left > 20 and window.proxy.rowCount() == left
    picture(window, language, "01_open")
    row = with_choices(window)
    choices = window.session.choices(row.at)
    assert window.panel.list.topLevelItemCount() == len(choices)
    assert window.panel.list.topLevelItem(0).text(1) == choices[0].label
    window.panel.list.setFocus()
    press(window.panel.list, Qt.Key.Key_Down)
    assert [marker.text for marker in window.map.markers if marker.chosen] == ["2"]
    picture(window, language, "02_choice_shown")
    press(window, Qt.Key.Key_2)
    assert row.correction.label == choices[1].label and row.correction.how == "chosen"
    assert waiting(window) == left - 1 - row.twins
    assert window.current() is not None and window.session.rows[window.current()].waiting
    picture(window, language, "03_next_row")

    row = a_row(window, lambda row: row.kind == "town" and not row.twins)
    press(window, Qt.Key.Key_P)
    assert window.map.placing and window.place.isChecked()
    picture(window, language, "04_placing")
    press(window.map, Qt.Key.Key_Escape)
    assert not window.map.placing and row.correction is None
    press(window, Qt.Key.Key_P)
    centre = window.map.center()
    press(window.map, Qt.Key.Key_Right)
    assert window.map.center().x() > centre.x(), "the arrows move the map"
    press(window.map, Qt.Key.Key_Return)
    assert row.correction.how == "clicked" and row.correction.status == "adresse"
    assert row.correction.lon > row.lon and row.correction.citycode

    row = a_row(window, lambda row: row.kind == "doubtful")
    press(window, Qt.Key.Key_A)
    assert row.correction.how == "accepted" and row.correction.lon == row.lon
    row = a_row(window, lambda row: row.kind == "town")
    press(window, Qt.Key.Key_C)
    assert row.correction.how == "town" and row.correction.status == "commune"
    row = a_row(window, lambda row: row.kind == "failed")
    press(window, Qt.Key.Key_Delete)
    assert row.correction.how == "given up" and row.correction.lon is None
    window.filter.setCurrentIndex(DECIDED)
    settle()
    picture(window, language, "05_decided")
    window.filter.setCurrentIndex(ALL)
    window.search.setText("zzzz")
    settle()
    assert window.current() is None and not window.accept.isEnabled()
    picture(window, language, "06_nothing")
    window.search.clear()
    window.filter.setCurrentIndex(WAITING)
    while waiting(window):
        before = waiting(window)
        press(window, Qt.Key.Key_Delete)
        assert waiting(window) < before
    picture(window, language, "07_done")
    assert str(window.session.counts().decided) in window.count.text()
    assert window.bar.value() == window.bar.maximum()


def test_a_click_places_in_the_commune_under_it(window: ReviewWindow) -> None:
    row = a_row(window, lambda row: row.kind == "town")
    press(window, Qt.Key.Key_P)
    middle = window.map.rect().center()
    where = window.map.getCoordinateTransform().toMapCoordinates(middle)
    QTest.mouseClick(
        window.map.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle
    )
    settle()
    assert row.correction is not None and row.correction.how == "clicked"
    there = window.map._to_map(row.correction.lon, row.correction.lat)
    assert there.distance(where) < 5 * window.map.mapUnitsPerPixel()
    assert not window.map.placing


def test_letters_in_a_field_are_text_and_not_orders(window: ReviewWindow) -> None:
    left = waiting(window)
    press(window, Qt.Key.Key_F, CONTROL)
    assert window.search.hasFocus()
    QTest.keyClicks(window.search, "a2pc")
    press(window.search, Qt.Key.Key_Delete)
    assert window.search.text() == "a2pc" and waiting(window) == left and not window.map.placing


def test_undo_and_redo_go_through_the_file(window: ReviewWindow, demo_run: Any) -> None:
    left = waiting(window)
    first = a_row(window, lambda row: row.kind == "doubtful")
    press(window, Qt.Key.Key_A)
    second = a_row(window, lambda row: row.kind == "town")
    press(window, Qt.Key.Key_C)
    press(window, Qt.Key.Key_Z, CONTROL)
    assert second.correction is None and first.correction is not None
    assert window.current() == second.at
    press(window, Qt.Key.Key_Z, CONTROL)
    assert first.correction is None and waiting(window) == left
    assert not window.undo.isEnabled() and window.redo.isEnabled()
    press(window, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert first.correction is not None and second.correction is None
    other = dossier_session(demo_run.dossier)
    assert other.rows[first.at].correction == first.correction
    assert other.rows[second.at].correction is None
    other.close()


def test_a_decision_changed_is_undone_to_the_one_before(window: ReviewWindow) -> None:
    row = a_row(window, lambda row: row.kind == "doubtful")
    press(window, Qt.Key.Key_A)
    accepted = row.correction
    window.filter.setCurrentIndex(DECIDED)
    window.show_row(row.at)
    press(window, Qt.Key.Key_Delete)
    assert row.correction.lon is None
    press(window, Qt.Key.Key_Z, CONTROL)
    assert row.correction == accepted


def test_a_note_is_kept_with_the_decision_or_after_it(window: ReviewWindow) -> None:
    row = a_row(window, lambda row: row.kind == "doubtful")
    press(window, Qt.Key.Key_N)
    assert window.panel.note.hasFocus()
    QTest.keyClicks(window.panel.note, "Portail bleu")
    press(window.panel.note, Qt.Key.Key_Return)
    assert window.table.hasFocus() and row.correction is None
    press(window, Qt.Key.Key_Down, CONTROL)
    press(window, Qt.Key.Key_Up, CONTROL)
    assert window.current() == row.at and window.panel.note.text() == "Portail bleu"
    press(window, Qt.Key.Key_A)
    assert row.correction.note == "Portail bleu"
    window.filter.setCurrentIndex(DECIDED)
    window.show_row(row.at)
    window.panel.note.setText("")
    window.panel.note.setFocus()
    QTest.keyClicks(window.panel.note, "Portail vert")
    press(window.panel.note, Qt.Key.Key_Return)
    assert row.correction.note == "Portail vert" and row.correction.how == "accepted"


def test_a_refusal_is_told_at_the_foot_and_changes_nothing(window: ReviewWindow) -> None:
    left = waiting(window)
    row = find(window, "sans domicile")
    with pytest.raises(window.session.problem) as refused:
        window.session.clicked(row.at, 0.0, 47.0)
    assert window.panel.why.text() == window.session.sentence(refused.value)
    assert not window.place.isEnabled() and not window.town.isEnabled() and window.drop.isEnabled()
    press(window, Qt.Key.Key_P)
    press(window.map, Qt.Key.Key_Return)
    assert row.correction is None
    press(window, Qt.Key.Key_9)
    assert window.statusBar().currentMessage()
    assert waiting(window) == left


def test_the_window_fits_a_small_screen(window: ReviewWindow) -> None:
    window.resize(1024, 700)
    settle()
    assert (window.width(), window.height()) == (1024, 700)


def test_what_a_file_holds_is_never_markup(window: ReviewWindow) -> None:
    row = a_row(window, lambda row: row.query.address)
    row.query = replace(row.query, address="<b>12</b> rue & cour")
    shown = window.model.data(window.model.index(row.at, 1), Qt.ItemDataRole.ToolTipRole)
    assert shown == "<qt>&lt;b&gt;12&lt;/b&gt; rue &amp; cour</qt>"


def test_a_row_is_told_by_the_reference_of_the_structure(window: ReviewWindow) -> None:
    row = a_row(window, lambda row: row.ref)
    assert window.panel.address.text().startswith(f"{row.ref} · ")
    window.search.setText(row.ref.lower())
    settle()
    assert window.proxy.rowCount() == 1 and window.current() == row.at


def test_the_table_is_sorted_and_searched_without_accents(window: ReviewWindow) -> None:
    window.filter.setCurrentIndex(ALL)
    settle()
    scores = [rank(window.session.rows[at]) for at in window.proxy.shown()]
    assert len(scores) == len(window.session.rows) and scores == sorted(scores)
    window.search.setText("EGLISE")
    shown = window.proxy.rowCount()
    window.search.setText("église")
    assert 0 < shown == window.proxy.rowCount() < len(scores)


def test_every_part_is_reached_by_the_keyboard_and_named(window: ReviewWindow) -> None:
    with_choices(window)
    for kind in (QComboBox, QLineEdit, QTableView, QTreeWidget, QAbstractButton):
        for part in window.centralWidget().findChildren(kind):
            if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisible():
                assert part.accessibleName(), part
    chain = [window.filter]
    part = window.filter.nextInFocusChain()
    while part is not window.filter:
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisible() and part.isEnabled():
            chain.append(part)
        part = part.nextInFocusChain()
    order = [window.filter, window.search, window.table, window.panel.list]
    assert [part for part in chain if part in order] == order
    assert window.map in chain and window.panel.note in chain
    window.table.setFocus()
    for expected in (window.panel.list, window.map, window.table):
        press(window, Qt.Key.Key_F6)
        assert expected.hasFocus()
    tabbed = []
    for _ in range(len(chain)):
        press(QgsApplication.focusWidget(), Qt.Key.Key_Tab)
        tabbed.append(QgsApplication.focusWidget())
    assert window.panel.note in tabbed and window.table in tabbed


def test_no_two_orders_share_a_key_and_the_help_tells_them_all(
    window: ReviewWindow, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = [keys.toString() for action in window.actions() for keys in action.shortcuts()]
    assert len(keys) == len(set(keys))
    told: list[str] = []
    monkeypatch.setattr(QMessageBox, "information", lambda *given: told.append(given[2]))
    press(window, Qt.Key.Key_F1)
    for name, text in KEYS:
        assert name in told[0]
        assert (text in told[0]) == (language == "en")
    guide = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")
    section = guide.split("Vérifier les adresses douteuses", 1)[1].split("\n## ", 1)[0]
    for name, _ in KEYS:
        for one in name.replace("Del", "Suppr").replace("Shift", "Maj").split(", "):
            assert f"`{one}`" in section, one


def test_french_has_no_english_left(demo_run: Any, cache: Path, qgis_app: Any) -> None:
    translator = QTranslator()
    assert translator.load(str(ROOT / "i18n" / "coodiag_fr.qm"))
    QCoreApplication.installTranslator(translator)
    try:
        window = opened(dossier_session(demo_run.dossier))
        texts = [window.windowTitle(), window.count.text()]
        texts += [action.text() for action in window.actions() if action.text()]
        texts += [window.filter.itemText(n) for n in range(window.filter.count())]
        texts += [window.ground.itemText(n) for n in range(window.ground.count())]
        window.close()
    finally:
        QCoreApplication.removeTranslator(translator)
    english = re.compile(
        r"\b(?:review|rows|place|accept|undo|the|at|keys|located)\b", re.IGNORECASE
    )
    assert not [text for text in texts if english.search(text)]
    assert set(LEVELS) == {"adresse", "voie", "lieu-dit", "commune", "echec"}
