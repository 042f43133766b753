"""The review window: doubtful and failed addresses beside a map, every gesture also by keyboard.

The session (``qgis_bridge/review.py``) is given by the plugin and does the work. Neither the title,
nor the settings, nor the log of QGIS hold anything of a row.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import QItemSelectionModel, Qt
from qgis.PyQt.QtGui import QCloseEvent, QKeySequence
from qgis.PyQt.QtWidgets import QMessageBox, QWidget

from .review_batch import AcceptShown
from .review_export import FailedRows
from .review_frame import DOSSIER, ONLINE, ReviewFrame
from .review_kept import CorrectionsKept
from .review_parts import counts_text, keys_text, nothing_text
from .review_undo import Decisions, Deletion, QUndoStack
from .words import tr

_MESSAGE_MS = 8000


class ReviewWindow(ReviewFrame):
    """One review. ``session.problem`` is the type of its errors, ``session.sentence`` their text."""

    def __init__(
        self,
        session: Any,
        rerun: Callable[[Path], None] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(session, parent)
        self._can_rerun = rerun is not None
        self.failed = FailedRows(session, self, self.tell, rerun)
        self._at: int | None = None
        self._choices: list[Any] = []
        self._notes: dict[int, str] = {}  # written, not yet kept with a decision
        self._hinted = False  # whether it was told where streets can be had from
        self.stack = QUndoStack(self)
        self._actions()
        self._connect()
        self._tell_counts()
        self._select_first()
        for template, fields in session.warnings:
            self.tell(tr(template).format(**fields))

    def _actions(self) -> None:
        add = self.order
        self.accept = add(tr("Accept (A)"), tr("Accept the place found"), "A", self.accept_place)
        self.place = add(tr("Place (P)"), tr("Place on the map"), "P", self.start_placing)
        self.place.setCheckable(True)
        self.town = add(
            tr("At the commune (C)"), tr("Place at the commune"), "C", self.place_at_town
        )
        self.drop = add(tr("Give up (Del)"), tr("Give the address up"), "Del", self.give_up)
        self.undo = add(tr("Undo"), tr("Undo"), QKeySequence.StandardKey.Undo, self.stack.undo)
        self.redo = add(tr("Redo"), tr("Redo"), "Ctrl+Shift+Z", self.stack.redo)
        self.redo.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
        self.export = add(
            tr("Export what failed"), tr("Export rows not located"), "Ctrl+E", self.failed.ask
        )
        self.again = add(
            tr("Run them again"), tr("Geocode a corrected export"), "Ctrl+R", self.failed.run_again
        )
        self.again.setVisible(self._can_rerun)
        self.accept_all = add(
            tr("Accept rows shown…"),
            tr("Accept several rows at once"),
            "Ctrl+Shift+A",
            self.accept_shown,
        )
        self.kept = add(
            tr("Corrections kept…"), tr("See and delete corrections"), "Ctrl+K", self.show_kept
        )
        self.keys = add(tr("Keys (F1)"), tr("Keys of this window"), "F1", self.show_keys)
        for number in range(1, 10):
            add("", "", str(number), lambda _=False, n=number: self.choose(n))
        for keys, act in (
            ("0", lambda: self.map.look_at_places(every=True)),
            ("N", self.panel.note.setFocus),
            ("Ctrl+F", self.search.setFocus),
            ("Ctrl+Down", lambda: self.step(1)),
            ("Ctrl+Up", lambda: self.step(-1)),
            ("F6", self.next_part),
        ):
            add("", "", keys, lambda _=False, act=act: act())
        buttons = (self.accept, self.place, self.town, self.drop, self.undo, self.redo)
        bar = (self.undo, self.redo, self.export, self.again, self.keys)
        self.lay_orders(buttons, bar, (self.accept_all, self.kept))

    def _connect(self) -> None:
        self.filter.currentIndexChanged.connect(self._filter)
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self.table.setFocus)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_current())
        self.panel.choice_shown.connect(self.map.choose)
        self.panel.choice_taken.connect(self.choose)
        self.panel.note_given.connect(self.keep_note)
        self.panel.note.textEdited.connect(self._write_note)
        self.map.placed.connect(self.place_at)
        self.map.left.connect(self.stop_placing)
        self.ground.currentIndexChanged.connect(lambda _: self._lay_ground())
        self.stack.canUndoChanged.connect(self.undo.setEnabled)
        self.stack.canRedoChanged.connect(self.redo.setEnabled)
        self.undo.setEnabled(False)
        self.redo.setEnabled(False)

    # --- the row under review

    def current(self) -> int | None:
        """Number of the row under review."""
        index = self.table.selectionModel().currentIndex()
        return self.proxy.mapToSource(index).row() if index.isValid() else None

    def show_row(self, at: int) -> None:
        """Put the cursor on a row, when the filter shows it."""
        index = self.proxy.mapFromSource(self.model.index(at, 0))
        if index.isValid():
            flags = QItemSelectionModel.SelectionFlag
            self.table.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self.table.scrollTo(index)

    def step(self, by: int) -> None:
        """Go to the next or previous row of the table."""
        row = self.table.currentIndex().row() + by
        if 0 <= row < self.proxy.rowCount():
            self.show_row(self.proxy.mapToSource(self.proxy.index(row, 0)).row())

    def next_part(self) -> None:
        """From the table to the places, to the map, and back to the table."""
        parts: list[QWidget] = [self.table, self.panel.list, self.map]
        parts = [part for part in parts if part.isVisible()]
        at = next((n for n, part in enumerate(parts) if part.hasFocus()), -1)
        parts[(at + 1) % len(parts)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _select_first(self) -> None:
        if self.proxy.rowCount():
            self.show_row(self.proxy.mapToSource(self.proxy.index(0, 0)).row())
        self._show_current()

    def _show_current(self) -> None:
        at = self.current()
        self.stop_placing()
        self._at = at
        row = None if at is None else self.session.rows[at]
        self.drop.setEnabled(row is not None and row.keyed)
        placeable = self.drop.isEnabled() and not self.session.refusal(at)
        for action in (self.accept, self.place, self.town):
            action.setEnabled(placeable)
        if row is None or at is None:
            self._choices = []
            self.panel.clear(nothing_text(self.session.counts().waiting))
            self.map.show_places([], None, None)
            self._lay_ground()
            self.map.look_at_places()
            return
        self.accept.setEnabled(placeable and row.lon is not None)
        self._choices, why = self._ask_choices(at, row)
        self.panel.show_row(row, self._choices, why)
        if at in self._notes:
            self.panel.note.setText(self._notes[at])
        placed = row.correction
        self.map.show_places(
            [(choice.lon, choice.lat) for choice in self._choices],
            None if row.lon is None else (row.lon, row.lat),
            (placed.lon, placed.lat) if placed and placed.lon is not None else None,
            {number for number, choice in enumerate(self._choices, start=1) if choice.equal},
        )
        self._lay_ground()
        self.map.look_at_places()

    def _ask_choices(self, at: int, row: Any) -> tuple[list[Any], str]:
        """Choices of a row, and the sentence when there is none."""
        if not row.keyed:
            return [], tr("This row has no address: nothing can be kept for it.")
        if refusal := self.session.refusal(at):
            return [], refusal
        try:
            found = self.session.choices(at)
            if not found and not self.session.has_index():
                return [], tr(
                    "No address index on this machine: place on the map, or run offline once with BAN files."
                )
        except self.session.problem as error:
            return [], self.session.sentence(error)
        return found, tr("No street comes near: place on the map, at the commune, or give up.")

    def _lay_ground(self) -> None:
        chosen = self.ground.currentIndex()
        streets = None if self._at is None else self._streets(self._at)
        if chosen == DOSSIER:  # the streets of the index bear the names already
            layers = self.session.dossier_ground(named=streets is None)
        else:
            layers = self.session.project_layers(chosen == ONLINE)
        self.map.setLayers(([streets] if streets else []) + layers)

    def _hint_of_streets(self) -> None:
        """Tell once where streets can be had from, when the map has none to find one's way by."""
        shown = self.map.layers()
        if self._hinted or [layer for layer in shown if layer not in self.session.grounds]:
            return
        self._hinted = True
        self.panel.hint(
            tr(
                "No streets under the map: open a layer of roads in QGIS, then choose “Project” as its background."
            )
        )

    def _streets(self, at: int) -> Any:
        try:
            return self.session.street_layer(at)
        except self.session.problem as error:
            self.tell(self.session.sentence(error))
            return None

    # --- decisions

    def accept_place(self) -> None:
        self._decide(lambda at, note: self.session.accepted(at, note))

    def choose(self, number: int) -> None:
        """Take a choice by its number; a number without a choice says so."""
        if not 1 <= number <= len(self._choices):
            self.tell(tr("There is no place of this number."))
            return
        choice = self._choices[number - 1]
        self._decide(lambda at, note: self.session.chosen(at, choice, note))

    def place_at_town(self) -> None:
        self._decide(lambda at, note: self.session.at_town(at, note))

    def give_up(self) -> None:
        self._decide(lambda at, note: self.session.given_up(at, note))

    def start_placing(self) -> None:
        """Wait for a click, or for Enter at the cross; once more to leave."""
        if self.map.placing:
            self.stop_placing()
            return
        self.place.setChecked(True)
        self.map.set_placing(True)
        self.tell(
            tr("Click the place, or move the map with the arrows and press Enter. Esc leaves.")
        )
        self._hint_of_streets()

    def stop_placing(self) -> None:
        self.place.setChecked(False)
        if self.map.placing:
            self.map.set_placing(False)
            self.statusBar().clearMessage()
            self.table.setFocus()

    def place_at(self, lon: float, lat: float) -> None:
        """Place the row at a point of the map (WGS84)."""
        self._decide(lambda at, note: self.session.clicked(at, lon, lat, note))

    def keep_note(self, note: str) -> None:
        """Keep a note with the decision of the row; without one, it waits for it."""
        at = self._at
        if at is None:
            return
        self._notes[at] = note
        self.table.setFocus()
        if self.session.rows[at].correction is None:
            self.tell(tr("The note will be kept with the decision."))
        else:
            self._decide(lambda at, note: self.session.noted(at, note))

    def _write_note(self, text: str) -> None:
        if self._at is not None:
            self._notes[self._at] = text.strip()

    def _decide(self, make: Callable[[int, str], Any]) -> None:
        """Keep a decision at once, then show it and the next row that waits."""
        at = self._at
        if at is None:
            return
        after = self.proxy.following(at)
        try:
            correction = make(at, self.panel.note.text().strip())
            before = self.session.decide(at, correction)
        except self.session.problem as error:
            self.tell(self.session.sentence(error))
            return
        self._notes.pop(at, None)
        self.stop_placing()
        self._push([(at, correction)], [before])
        following = [each for each in after if self.session.rows[each].waiting]
        if following:
            self.show_row(following[0])
        self._show_current()

    def accept_shown(self) -> None:
        """Accept several of the rows shown, once it is confirmed how many."""
        kind = "" if self._at is None else self.session.note_kind(self._at)
        dialog = AcceptShown(self.session, self.proxy.shown(), kind, self)
        if dialog.exec():
            self.accept_rows(dialog.rows())
        dialog.deleteLater()

    def accept_rows(self, rows: Sequence[int]) -> None:
        """Accept rows where they were found: one step, undone as one."""
        try:
            made = [(at, self.session.accepted(at, self._notes.get(at, ""))) for at in rows]
            before = self.session.decide_all(made)
        except self.session.problem as error:
            self.tell(self.session.sentence(error))
            return
        for at in rows:
            self._notes.pop(at, None)
        self._push(made, before)
        self._select_first()
        self.tell(
            tr("Rows accepted: {count}. Undo takes them back together.").format(count=len(made))
        )

    def _push(self, made: Sequence[tuple[int, Any]], before: Sequence[Any]) -> None:
        self.stack.push(Decisions(self.session, made, before, self._decided, self._refused))
        self._refresh()

    def show_kept(self) -> None:
        """The corrections of the file, of which some may be deleted."""
        try:
            dialog = CorrectionsKept(self.session.kept, self.forget, self)
        except self.session.problem as error:
            self.tell(self.session.sentence(error))
            return
        dialog.exec()
        dialog.deleteLater()

    def forget(self, corrections: Sequence[Any]) -> bool:
        """Delete corrections; whether it could be done."""
        try:
            self.session.forget(corrections)
        except self.session.problem as error:
            self.tell(self.session.sentence(error))
            return False
        self.stack.push(Deletion(self.session, corrections, self._forgot, self._refused))
        self._forgot()
        return True

    def _forgot(self) -> None:
        """Corrections went or came back."""
        self._refresh()
        self._show_current()

    def _decided(self, at: int) -> None:
        """A decision was undone or done again: show its row."""
        self._refresh()
        self.show_row(at)
        self._show_current()

    def _refused(self, error: Exception) -> None:
        self.tell(self.session.sentence(error))

    def _refresh(self) -> None:
        self.model.changed()
        self._tell_counts()

    def _tell_counts(self) -> None:
        counts = self.session.counts()
        self.count.setText(counts_text(counts))
        self.bar.setMaximum(max(counts.waiting + counts.decided, 1))
        self.bar.setValue(counts.decided)

    # --- table, export, help

    def _filter(self, chosen: int) -> None:
        self.proxy.show_only(chosen)
        self._select_first()

    def _search(self, text: str) -> None:
        self.proxy.search(text)
        self._select_first()

    def show_keys(self) -> None:
        QMessageBox.information(self, tr("Keys of this window"), keys_text())

    def tell(self, text: str) -> None:
        """A sentence at the foot of the window, and nowhere else."""
        self.statusBar().showMessage(text, _MESSAGE_MS)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.map.release()
        self.session.close()
        super().closeEvent(event)
