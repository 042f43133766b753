"""Step 2 of the wizard: the structure, the folder of its dossier, its files and their columns."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.demo.generate import DemoPaths
from coodiag.tests.qgis.waiting import wait
from coodiag.tests.qgis.wizard_files import desk_in, picture, released, shown
from coodiag.ui.wizard.file_card import FileCard
from coodiag.ui.wizard.files import FilesStep
from coodiag.ui.wizard.issues import IssueWindow
from coodiag.ui.wizard.mapping import MIME, column_data
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from qgis.PyQt.QtGui import QDrag, QDragEnterEvent, QDropEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QScrollArea

DIRTY = """Clients 2024 de la structure inventée;;;;;
N° client;Raison sociale;Nature du lieu;CP;Ville;CA
1;Atelier Inventé;3 rue du Port;35600;Redon;1 200
2;Café Imaginaire;8 quai Faux;1400;Châtillon;abc
1;Atelier Inventé;3 rue du Port;35600;Redon;1 200
3;Sans Lieu;;;;5
"""
NOWHERE = "Qui;Bidule;Machin\nAtelier Inventé;Zone du Port;Redon\nCafé Faux;Les Halles;Redon\n"


@pytest.fixture
def step(qgis_app: Any, tmp_path: Path, language: str) -> Iterator[FilesStep]:
    made = FilesStep(desk_in(tmp_path / "bureau"))
    made.setProperty("language", language)
    area = shown(made)
    yield made
    made.stop()
    area.deleteLater()
    released()


def table(folder: Path, text: str, name: str = "table.csv") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def page(step: FilesStep, height: int) -> QScrollArea:
    """The page that shows the step, of another height."""
    area = step.parent().parent()
    assert isinstance(area, QScrollArea)
    area.resize(area.width(), height)
    return area


def read(step: FilesStep, role: str, path: Path) -> FileCard:
    """Choose a file as the user does, and wait until it is read."""
    card = step.cards[role]
    card.file.setFilePath(str(path))
    wait(lambda: not step.busy())
    return card


def drop(widget: Any, data: QMimeData) -> bool:
    """Whether a widget takes what is dropped on it."""
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(3, 3), action, data, button, none)
    enter.ignore()
    QgsApplication.sendEvent(widget, enter)
    if not enter.isAccepted():
        return False
    QgsApplication.sendEvent(widget, QDropEvent(QPointF(3, 3), action, data, button, none))
    return True


def test_the_name_gives_a_folder_until_one_is_chosen(step: FilesStep, tmp_path: Path) -> None:
    heard: list[int] = []
    step.changed.connect(lambda: heard.append(1))
    step.enter()
    assert len(step.problems()) == 2, "no name, no folder"
    QTest.keyClicks(step.structure, "Atelier Fictif")
    parameters = step.desk.draft.parameters
    assert parameters["STRUCTURE"] == "Atelier Fictif" and heard
    assert Path(parameters["OUTPUT_FOLDER"]).name == "atelier-fictif"
    step.folder.setFilePath(str(tmp_path / "ailleurs"))
    QTest.keyClicks(step.structure, " 2")
    assert parameters["OUTPUT_FOLDER"] == str(tmp_path / "ailleurs")
    assert step.problems() == [] and "Atelier Fictif 2" in step.summary()
    step.folder.setFilePath("relatif")
    assert len(step.problems()) == 1 and step.folder_state.isVisibleTo(step)


def test_an_earlier_dossier_is_told(step: FilesStep, tmp_path: Path, demo_run: Any) -> None:
    step.enter()
    step.folder.setFilePath(str(demo_run.dossier))
    day = "31/03/2026" if step.property("language") == "fr" else "2026-03-31"
    assert day in step.folder_state.text()
    step.structure.setText("x")
    step._structure("Atelier Fictif")
    assert step.problems() == []


def test_the_demonstration_is_read_and_shown(
    step: FilesStep, demo: DemoPaths, tmp_path: Path
) -> None:
    draft = step.desk.draft
    draft.put("STRUCTURE", "Association Exemple (fictive)")
    draft.put("OUTPUT_FOLDER", str(tmp_path / "dossier"))
    for role, path in (
        ("sites", demo.sites),
        ("clients", demo.clients),
        ("beneficiaries", demo.beneficiaries),
    ):
        step.desk.files.accept(draft, path, role)
    area = page(step, 1100)
    step.enter()
    assert step.busy()
    picture(area, f"{step.property('language')}_files_reading")
    wait(lambda: not step.busy())
    assert step.problems() == [] and all(card.reading.usable for card in step.cards.values())
    card = step.cards["clients"]
    reading = card.reading
    assert str(reading.rows_in) in card.state.text()
    assert reading.rows_in == reading.rows_out + reading.refused + reading.duplicates
    picture(area, f"{step.property('language')}_files")
    card.columns.click()
    assert card.mapping.isVisibleTo(step)
    assert card.mapping.table.rowCount() == len(reading.head)
    area.ensureWidgetVisible(card.mapping.table)
    picture(area, f"{step.property('language')}_files_columns")
    area.resize(400, 2200)
    picture(area, f"{step.property('language')}_files_whole")
    assert area.horizontalScrollBar().maximum() == 0, "nothing is wider than a narrow dock"


def test_a_dirty_file_tells_what_is_wrong_and_shows_its_cells(
    step: FilesStep, tmp_path: Path
) -> None:
    card = read(step, "clients", table(tmp_path, DIRTY))
    area = page(step, 1000)
    card.columns.click()
    picture(area, f"{step.property('language')}_files_dirty")
    assert card.notes.count() >= 8 and step.problems()[-1] != card.state.text()
    header = card.mapping.table.horizontalHeaderItem(2).text()
    assert header.startswith("Nature du lieu\n→ ") and header.endswith(" ?")
    used = card.mapping.table.item(0, 2).background()
    assert used.style() != Qt.BrushStyle.NoBrush
    card.show_issues()
    window = card._windows[0]
    assert isinstance(window, IssueWindow) and window.proxy.rowCount() == len(card.reading.issues)
    lines = [window.model.index(row, 0).data() for row in range(window.model.rowCount())]
    assert 0 not in lines, "what is of the whole file is of no row"
    window.resize(720, 420)
    picture(window, f"{step.property('language')}_files_issues")
    window.kind.setCurrentIndex(1)
    assert 0 < window.proxy.rowCount() < len(card.reading.issues)
    step.stop()
    released()
    assert card._windows == [], "stopping closes what was opened"


def test_a_column_is_told_by_a_drop_or_a_choice_and_taken_back(
    step: FilesStep, tmp_path: Path
) -> None:
    card = read(step, "clients", table(tmp_path, NOWHERE))
    assert len(step.problems()) == 3 and card.mapping.isVisibleTo(step), "unfolded: it is needed"
    lines = card.mapping.lines
    assert drop(lines["address"], column_data(1))
    wait(lambda: not step.busy())
    assert card.reading.usable and len(step.problems()) == 2
    assert lines["address"].list.currentText() == "Bidule"
    assert card.mapping.table.horizontalHeaderItem(1).text().endswith("✎")
    lines["city"].list.setCurrentIndex(lines["city"].list.findText("Machin"))
    lines["city"].list.activated.emit(lines["city"].list.currentIndex())
    wait(lambda: not step.busy())
    said = {"address": "Bidule", "city": "Machin"}
    assert json.loads(step.desk.draft.parameters["MAPPING"]) == {"clients": {"columns": said}}
    assert card.reading.rows_out == 2
    card.mapping.undo.click()
    wait(lambda: not step.busy())
    assert step.desk.files.said(step.desk.draft, "clients") == {"address": "Bidule"}
    card.mapping.reset.click()
    wait(lambda: not step.busy())
    assert "MAPPING" not in step.desk.draft.parameters and not card.mapping.reset.isEnabled()
    card.mapping.undo.click()
    wait(lambda: not step.busy())
    assert step.desk.files.said(step.desk.draft, "clients") == {"address": "Bidule"}


def test_a_name_of_a_column_can_be_dragged_but_nothing_else_is_taken(
    step: FilesStep, tmp_path: Path
) -> None:
    card = read(step, "clients", table(tmp_path, NOWHERE))
    text = QMimeData()
    text.setText("Bidule")
    assert not drop(card.mapping.lines["address"], text)
    assert not drop(card, text)
    assert drop(card.mapping.lines["address"], column_data(99)), "a column of another file"
    assert step.desk.files.said(step.desk.draft, "clients") == {}


def test_a_file_is_dropped_on_its_card(step: FilesStep, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(table(tmp_path, DIRTY)))])
    assert drop(step.cards["beneficiaries"], data)
    wait(lambda: not step.busy())
    assert step.desk.draft.parameters["BENEFICIARIES"] == str(tmp_path / "table.csv")
    two = QMimeData()
    two.setUrls([*data.urls(), QUrl.fromLocalFile(str(tmp_path))])
    assert not drop(step.cards["sites"], two), "several are for the whole wizard to sort out"
    step.cards["beneficiaries"].file.setFilePath("")
    assert "BENEFICIARIES" not in step.desk.draft.parameters
    assert not step.cards["beneficiaries"].state.isVisibleTo(step)


def test_what_cannot_be_read_says_why_and_is_read_again_once_mended(
    step: FilesStep, tmp_path: Path
) -> None:
    path = table(tmp_path, "", "clients.csv")
    card = read(step, "clients", path)
    assert card.reading is None and len(step.problems()) == 3 and card.again.isVisibleTo(step)
    path.write_text(DIRTY, encoding="utf-8")
    card.again.click()
    wait(lambda: not step.busy())
    assert card.reading.usable and len(step.problems()) == 2
    path.unlink()
    assert str(path) in step.problems()[-1]
    step.enter()
    wait(lambda: not step.busy())
    assert card.reading is None


def test_columns_told_of_a_file_that_changed_can_be_forgotten(
    step: FilesStep, tmp_path: Path
) -> None:
    path = table(tmp_path, DIRTY)
    card = read(step, "clients", path)
    step.desk.files.say_column(step.desk.draft, "clients", "name", "Raison sociale")
    path.write_text("Nom;Adresse;Ville\nAtelier Inventé;3 rue du Port;Redon\n", encoding="utf-8")
    step.enter()
    wait(lambda: not step.busy())
    assert card.reading is None and card.anew.isVisibleTo(step)
    card.anew.click()
    wait(lambda: not step.busy())
    assert card.reading.usable and "MAPPING" not in step.desk.draft.parameters


def test_leaving_while_a_file_is_read_and_coming_back(step: FilesStep, demo: DemoPaths) -> None:
    step.desk.files.accept(step.desk.draft, demo.beneficiaries, "beneficiaries")
    step.enter()
    assert step.busy()
    step.stop()
    assert not step.busy()
    for _ in range(50):
        QgsApplication.processEvents()
        QTest.qWait(5)
    assert step.cards["beneficiaries"].reading is None, "the late answer is ignored"
    step.enter()
    wait(lambda: not step.busy())
    assert step.cards["beneficiaries"].reading.usable


def test_a_draft_damaged_by_hand_is_said_and_goes_on(step: FilesStep, tmp_path: Path) -> None:
    step.desk.files.accept(step.desk.draft, table(tmp_path, DIRTY), "clients")
    step.desk.draft.parameters["MAPPING"] = "{"
    step.enter()
    wait(lambda: not step.busy())
    assert step.notice.isVisibleTo(step) and "MAPPING" in step.notice.text.text()
    assert step.cards["clients"].reading.usable


def test_tables_to_fill_in_are_written_and_never_replaced(
    step: FilesStep, provider: Any, tmp_path: Path
) -> None:
    folder = tmp_path / "à remplir"
    step.write_templates(str(folder))
    assert step.busy() and not step.templates.isEnabled()
    wait(lambda: not step.busy())
    assert sorted(path.name for path in folder.iterdir()) == [
        "acteurs.xlsx", "enquete.xlsx", "plan_action.xlsx", "textes.xlsx",
    ]  # fmt: skip
    assert str(folder) in step.notice.text.text()
    step.write_templates(str(folder))
    wait(lambda: not step.busy())
    assert "enquete.xlsx" in step.notice.text.text() and step.templates.isEnabled()


def test_the_mouse_takes_a_column_by_its_name(
    step: FilesStep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pressed and moved, a name of a column becomes a drag that carries its number alone."""
    carried: list[QMimeData] = []

    def let_go(self: QDrag, *actions: Any) -> Qt.DropAction:
        carried.append(self.mimeData())
        return Qt.DropAction.IgnoreAction

    monkeypatch.setattr(QDrag, "exec", let_go)
    card = read(step, "clients", table(tmp_path, NOWHERE))
    area = page(step, 1400)
    header = card.mapping.table.horizontalHeader()
    window = area.windowHandle()  # events of a window carry the buttons that are held
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier

    def pulled(start: QPoint, by: int) -> None:
        first = header.viewport().mapTo(area, start)
        QTest.mousePress(window, left, none, first)
        QTest.mouseMove(window, first + QPoint(by, 0))
        QTest.mouseRelease(window, left, none, first + QPoint(by, 0))

    start = QPoint(header.sectionViewportPosition(1) + 20, header.height() // 2)
    pulled(start, 1)
    assert carried == [], "a hand that trembles drags nothing"
    pulled(start, 40)
    assert [bytes(data.data(MIME)) for data in carried] == [b"1"] and carried[0].text() == ""
    edge = header.sectionViewportPosition(1) + header.sectionSize(1) - 1
    QTest.mouseMove(window, header.viewport().mapTo(area, QPoint(edge, header.height() // 2)))
    pulled(QPoint(edge, header.height() // 2), 40)
    assert len(carried) == 1, "its edge makes it wider"
