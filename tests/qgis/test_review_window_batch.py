"""What the review window shows of scores and remarks, and its gestures on many rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.geocoding.choices import Choice
from coodiag.coodiag_plugin.geocoding.queries import Query
from coodiag.coodiag_plugin.qgis_bridge.review import ReviewSession
from coodiag.coodiag_plugin.qgis_bridge.review_batch import note_kind
from coodiag.coodiag_plugin.qgis_bridge.review_rows import ReviewRow, kind, review_rows
from coodiag.tests.qgis.review_windows import CONTROL, SHIFT, opened, press
from coodiag.tests.qgis.waiting import settle
from coodiag.ui import review
from coodiag.ui.review import ReviewWindow
from coodiag.ui.review_batch import AcceptShown
from coodiag.ui.review_kept import CorrectionsKept
from coodiag.ui.review_table import ALL, LEVEL, SCORE, STATE
from coodiag.ui.words import score
from qgis.core import QgsGeometry, QgsProject
from qgis.PyQt.QtCore import QLocale, Qt
from qgis.PyQt.QtWidgets import QMessageBox

ABSENT = "Numéro {} absent de la BAN, placé au milieu de la voie."
TOWN = "Voie introuvable dans la commune. Placé à la commune."
#: Address, status, score, remark.
ROWS = [
    ("1 rue Fictive", "voie", 0.80, ABSENT.format(1)),
    ("2 rue Fictive", "voie", 0.8499, ABSENT.format(2)),
    ("3 rue Fictive", "voie", 0.70, "Type de voie différent : Place Fictive."),
    ("4 rue Perdue", "commune", 1.0, TOWN),
    ("5 rue Perdue", "commune", 0.95, TOWN),
    ("6 rue Perdue", "echec", 0.0, "Ni commune ni code postal reconnus."),
    ("7 rue Fictive", "adresse", 0.99, ""),
    ("", "commune", 1.0, "Adresse vide."),
]


def a_row(at: int, address: str, status: str, points: float, note: str) -> ReviewRow:
    located = status != "echec"
    return ReviewRow(
        at=at,
        query=Query(str(at), address, "", "99100", "Valmoreau"),
        status=status,
        score=points,
        label="Valmoreau" if status == "commune" else f"{address} 99100 Valmoreau",
        citycode="99001" if located else "",
        note=note,
        lon=2.0 + at / 100 if located else None,
        lat=47.0 if located else None,
        kind=kind(status, points, None, located),
        ref="",
        values={},
    )


@pytest.fixture
def shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str) -> Iterator[ReviewWindow]:
    monkeypatch.setenv("COODIAG_CACHE", str(tmp_path / "cache"))
    QgsProject.instance().clear()  # what other tests left in it would be streets
    made = opened(ReviewSession([a_row(at, *cells) for at, cells in enumerate(ROWS)], []))
    yield made
    made.close()
    settle()


def cell(window: ReviewWindow, at: int, column: int) -> str:
    return str(window.model.data(window.model.index(at, column)))


def mark(language: str) -> str:
    return "," if language == "fr" else "."


def test_a_commune_has_no_score_to_show(shown: ReviewWindow, language: str) -> None:
    assert [cell(shown, at, SCORE) for at in (3, 4, 5, 7)] == ["–"] * 4
    assert cell(shown, 6, SCORE) == f"0{mark(language)}99"
    shown.show_row(3)
    assert "Valmoreau" in shown.panel.found.text() and "1" not in shown.panel.found.text()


def test_rows_not_located_come_first_then_those_at_the_commune(shown: ReviewWindow) -> None:
    assert [ROWS[at][1] for at in shown.proxy.shown()] == [
        "echec", "commune", "commune", "voie", "voie", "voie",
    ]  # fmt: skip
    shown.filter.setCurrentIndex(ALL)
    scores = [ROWS[at][2] for at in shown.proxy.shown()][4:]
    assert scores == sorted(scores) and shown.proxy.shown()[0] == 5


def test_a_score_below_the_threshold_never_reads_as_it(language: str) -> None:
    before = QLocale()
    try:
        for system in (
            "de_DE",
            "en_US",
        ):  # what the system writes its figures with is another thing
            QLocale.setDefault(QLocale(system))
            told = [score("voie", value) for value in (0.8499, 0.85, 0.29, 0.9999, 1.0, 0.0)]
            assert told == [f"{t[0]}{mark(language)}{t[1:]}" for t in ("084", "085", "029", "099", "100", "000")]  # fmt: skip
    finally:
        QLocale.setDefault(before)


def test_the_remark_of_the_run_is_quoted_apart(shown: ReviewWindow) -> None:
    shown.show_row(0)
    assert ROWS[0][3] in shown.panel.remark.text() and shown.panel.remark.text()[0] in "“«"
    assert shown.panel.remark.font().italic() and ROWS[0][3] not in shown.panel.found.text()
    shown.filter.setCurrentIndex(ALL)
    shown.show_row(6)
    assert shown.panel.remark.text() == "" and not shown.panel.remark.isVisible()


def test_one_row_not_located_is_told_in_the_singular(shown: ReviewWindow, language: str) -> None:
    assert cell(shown, 5, LEVEL) == {"fr": "Non localisée", "en": "No place"}[language]


def test_the_score_is_in_sight_beside_the_state(shown: ReviewWindow) -> None:
    header = shown.table.horizontalHeader()
    assert header.visualIndex(SCORE) == header.visualIndex(STATE) + 1
    right = header.sectionViewportPosition(SCORE) + header.sectionSize(SCORE)
    shown.resize(1024, 700)
    settle()
    assert right < shown.table.viewport().width()


def test_a_long_address_is_cut_between_its_lines_and_told_whole(shown: ReviewWindow) -> None:
    long = "22 RUE FICTIVE, " + "RÉSIDENCE DES TRÈS GRANDS JARDINS INVENTÉS, " * 8 + "FIN"
    shown.session.rows[0].query = Query("0", long, "", "99100", "Valmoreau")
    shown.resize(1024, 700)
    shown._show_current()
    shown.show_row(0)
    shown._show_current()
    settle()
    title = shown.panel.address
    assert title.text().startswith("22 RUE FICTIVE") and title.text().endswith("…")
    assert "FIN" in title.toolTip() and title.height() >= title.heightForWidth(title.width())
    shown.show_row(1)
    settle()
    assert title.text() == "2 rue Fictive · 99100 Valmoreau" and title.toolTip() == ""


def test_a_row_of_turned_columns_is_reviewed_by_its_street(shown: ReviewWindow) -> None:
    row = shown.session.rows[0]
    turned = a_row(0, "", "voie", 0.8, "")
    turned.query = Query("0", "", "", "99100", "9 rue Fictive")
    other = ReviewSession([turned], [])
    try:
        assert turned.keyed and turned.waiting and not other.refusal(0)
        turned.query = Query("0", "", "", "", "9 rue Fictive")
        assert other.refusal(0), "nothing says its commune"
    finally:
        other.close()
    row.query = Query("0", "", "", "99100", "9 rue Fictive")
    shown.panel.show_row(row, [], "")
    assert shown.panel.address.text() == "99100 9 rue Fictive"


def test_the_map_opens_on_every_place_of_equal_chances(
    shown: ReviewWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "Autant de chances dans 2 communes."
    places = [
        Choice("3 Rue Fictive", "adresse", points, code, code, why, lon, 47.0, equal)
        for points, code, why, lon, equal in (
            (0.98, "99001", said, 2.0, True),
            (0.97, "99002", said, 2.2, True),
            (0.6, "99003", "", 2.9, False),
        )
    ]
    monkeypatch.setattr(shown.session, "choices", lambda at: places)
    shown.show_row(5)  # not located: nothing else is on the map
    shown._show_current()
    held = [m.text for m in shown.map.markers if shown.map.extent().contains(m.at)]
    assert held == ["1", "2"] and shown.panel.why.text() == said
    monkeypatch.setattr(shown.session, "choices", lambda at: places[1:2] + places[2:])
    places[1] = Choice("3 Rue Fictive", "adresse", 0.97, "99002", "99002", "Seul.", 2.2, 47.0)
    shown._show_current()
    held = [m.text for m in shown.map.markers if shown.map.extent().contains(m.at)]
    assert held == ["1"] and shown.panel.why.text() == ""


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (ABSENT.format(12), ABSENT.format(7), True),
        ("Voie comprise comme « Rue A ».", "Voie comprise comme « Allée B ».", True),
        ("Placé au 12 bis : le numéro n’existe pas sans indice.", "Placé au 3 b : le numéro n’existe pas sans indice.", True),
        ("Type de voie différent : Rue A.", "Type de voie différent : Place B.", True),
        ("Type de voie différent : Rue A.", "Voie introuvable dans la commune.", False),
        (ABSENT.format(1), "Numéro 1 absent de la BAN, placé près du numéro 3.", False),
    ],
)  # fmt: skip
def test_remarks_are_of_one_kind_whatever_their_names(one: str, other: str, same: bool) -> None:
    assert (note_kind(one) == note_kind(other)) == same


def test_rows_are_accepted_together_and_undone_as_one_step(shown: ReviewWindow) -> None:
    session = shown.session
    dialog = AcceptShown(session, shown.proxy.shown(), session.note_kind(0), shown)
    assert dialog.least.currentData() == 0.8 and sorted(dialog.rows()) == [0, 1]
    dialog.least.setCurrentIndex(dialog.least.findData(0.7))
    assert sorted(dialog.rows()) == [0, 1, 2] and "3" in dialog.count.text()
    shown.search.setText("perdue")
    none = AcceptShown(session, shown.proxy.shown(), "", shown)
    assert none.rows() == [] and not none.button.isEnabled() and not none.by_kind.isEnabled()
    none.close()
    shown.search.clear()
    dialog.by_kind.setChecked(True)
    assert sorted(dialog.rows()) == [0, 1] and dialog.button.isEnabled()
    rows = dialog.rows()
    dialog.close()
    waits = session.counts().waiting
    shown.accept_rows(rows)
    assert [session.rows[at].correction.how for at in (0, 1)] == ["accepted", "accepted"]
    assert session.counts().waiting == waits - 2 and "2" in shown.statusBar().currentMessage()
    press(shown, Qt.Key.Key_Z, CONTROL)
    assert session.counts().decided == 0 and not shown.undo.isEnabled()
    press(shown, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert session.counts().decided == 2


def test_what_is_not_shown_or_not_located_is_never_accepted_together(shown: ReviewWindow) -> None:
    session = shown.session
    shown.search.setText("perdue")
    settle()
    assert sorted(shown.proxy.shown()) == [3, 4, 5]
    assert session.acceptable(shown.proxy.shown(), least=0.0) == [], "no score of a commune counts"
    assert sorted(session.acceptable(shown.proxy.shown(), kind=session.note_kind(3))) == [3, 4]
    assert session.acceptable(range(len(ROWS)), kind=session.note_kind(5)) == []
    assert session.acceptable(range(len(ROWS)), kind=session.note_kind(7)) == [], "no address"
    session.rows[0].rivalled = True
    assert session.acceptable(range(len(ROWS)), least=0.8) == [1], "another place is as likely"
    assert session.acceptable(range(len(ROWS)), kind=session.note_kind(0)) == [1]


@pytest.mark.parametrize(
    ("status", "gap", "rivalled"),
    [("voie", 0.01, True), ("voie", 0.5, False), ("voie", None, False), ("commune", 0.0, False)],
)
def test_a_row_with_another_place_as_likely_is_known(
    qgis_app: Any, status: str, gap: float | None, rivalled: bool
) -> None:
    cells = {"adresse": "1 rue Fictive", "cp": "99100", "geo_status": status, "geo_gap": gap}
    shape = QgsGeometry.fromWkt("POINT(2 47)")
    assert review_rows([(cells, shape)], {}, 0)[0].rivalled == rivalled


def test_the_gesture_waits_for_its_confirmation(
    shown: ReviewWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    for answer, decided in ((0, 0), (1, 2)):
        monkeypatch.setattr(review.AcceptShown, "exec", lambda self, answer=answer: answer)
        press(shown, Qt.Key.Key_A, CONTROL | SHIFT)
        assert shown.session.counts().decided == decided


def test_corrections_kept_are_listed_deleted_and_brought_back(
    shown: ReviewWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = shown.session
    shown.show_row(0)
    shown.panel.note.setText("Portail bleu")
    shown.accept_place()
    shown.show_row(5)
    shown.give_up()
    accepted = session.rows[0].correction
    dialog = CorrectionsKept(session.kept, shown.forget, shown)
    texts = [
        [dialog.list.topLevelItem(n).text(c) for c in (0, 1, 3)]
        for n in range(dialog.list.topLevelItemCount())
    ]
    assert texts[1] == ["1 rue Fictive 99100 Valmoreau", "99001", "Portail bleu"]
    assert texts[0][0] in ("given up", "abandonnée") and texts[0][1:] == ["", ""]
    assert accepted.date[:4] in dialog.list.topLevelItem(1).text(2)
    asked: list[str] = []
    answers = iter((QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes))

    def question(*given: Any) -> Any:
        asked.append(given[2])
        return next(answers)

    monkeypatch.setattr(QMessageBox, "question", question)
    dialog.ask()
    assert not asked and not dialog.delete.isEnabled()
    dialog.list.topLevelItem(1).setSelected(True)
    dialog.delete.click()
    assert "1" in asked[0] and session.rows[0].correction == accepted
    dialog.delete.click()
    assert session.rows[0].correction is None and session.rows[5].correction is not None
    assert dialog.list.topLevelItemCount() == 1
    dialog.close()
    shown.stack.undo()
    assert session.rows[0].correction == accepted and len(session.kept()) == 2
    shown.stack.redo()
    assert session.rows[0].correction is None
    shown.stack.undo()
    shown.stack.undo()
    shown.stack.undo()
    assert session.counts().decided == 0


def test_the_list_opens_by_its_key(shown: ReviewWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    opened_lists: list[Any] = []
    monkeypatch.setattr(review.CorrectionsKept, "exec", lambda self: opened_lists.append(self))
    press(shown, Qt.Key.Key_K, CONTROL)
    assert len(opened_lists) == 1
    assert shown.more.menu().actions() == [shown.accept_all, shown.kept]


def test_where_streets_can_be_had_from_is_told_once(shown: ReviewWindow) -> None:
    shown.show_row(0)
    told = shown.panel.why.text()
    shown.start_placing()
    hint = shown.panel.why.text()
    assert hint != told and ("Project" in hint or "Projet" in hint)
    shown.stop_placing()
    shown.show_row(1)
    shown._show_current()
    shown.start_placing()
    assert shown.panel.why.text() != hint
