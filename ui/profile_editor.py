"""The profile editor: the plan of a diagnosis, edited in forms, every gesture also by keyboard.

The session (``qgis_bridge/profile_editing.py``) is given by the plugin and does the work: it keeps
every change at once, so that closing the window asks nothing and loses nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QAction, QCloseEvent, QKeySequence
from qgis.PyQt.QtWidgets import QFileDialog, QMenu, QMessageBox, QWidget

from .profile_editor_frame import EditorFrame
from .profile_editor_words import keys_text
from .words import tip, tr

_FILES = "JSON (*.json)"


class ProfileEditor(EditorFrame):
    """One editor. ``session.problem`` is the type of its errors, ``session.sentence`` their text."""

    saved = pyqtSignal(str)  # path of the file

    def __init__(
        self,
        session: Any,
        parent: QWidget | None = None,
        runner: Callable[[], Any] | None = None,
    ) -> None:
        super().__init__(session, session.trial(runner), parent)
        self._place: tuple[int, ...] = ()
        self._shown: tuple[tuple[int, ...], Any] | None = None  # what the picture is that of
        self._actions()
        self.tree.chosen.connect(self._choose)
        self.picture.show_button.clicked.connect(lambda _=False: self.show_picture())
        # after the drag is over: the tree is filled anew
        self.tree.moved.connect(self._move, Qt.ConnectionType.QueuedConnection)
        self.refresh(session.place)
        if session.warning:
            self.tell(session.warning)

    def _actions(self) -> None:
        add, keys = self.order, QKeySequence.StandardKey
        self.add_page = add(tr("Add a page"), tr("Add a page"), "Ctrl+N", self.new_page)
        self.add_chapter = add(
            tr("Add a chapter"), tr("Add a chapter"), "Ctrl+Shift+N", self.new_chapter
        )
        self.twice = add(
            tr("Duplicate"), tr("Duplicate"), "Ctrl+D", self._on(self.session.duplicate)
        )
        self.drop = add(tr("Remove"), tr("Remove"), "Del", self._on(self.session.remove))
        self.up = add(tr("Up ↑"), tr("Move up"), "Alt+Up", self._on(self.session.step, -1))
        self.down = add(tr("Down ↓"), tr("Move down"), "Alt+Down", self._on(self.session.step, 1))
        for action in (self.drop, self.up, self.down):  # in a list of indicators they are its own
            self.removeAction(action)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self.tree.addAction(action)
        self.open = add(tr("Open…"), tr("Open a profile of yours"), keys.Open, self.ask_open)
        self.save = add(tr("Save"), tr("Save"), keys.Save, self.store)
        self.save_as = add(
            tr("Save as…"), tr("Save under another name"), "Ctrl+Shift+S", self.ask_store
        )
        self.undo = add(tr("Undo"), tr("Undo"), keys.Undo, partial(self._back, "undo"))
        self.redo = add(tr("Redo"), tr("Redo"), "Ctrl+Shift+Z", partial(self._back, "redo"))
        self.redo.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
        self.look = add(tr("Picture"), tr("See the picture of the page"), "F5", self.show_picture)
        self.problem = add("", tr("Go to the next problem"), "F8", self.next_problem)
        self.keys = add(tr("Keys (F1)"), tr("Keys of this window"), "F1", self.show_keys)
        add("", "", "F6", self.next_part)
        below = (self.add_page, self.add_chapter, self.twice, self.drop, self.up, self.down)
        bar = (self.open, self.save, self.save_as, None, self.undo, self.redo, None)
        self.lay_orders(below, (*bar, self.look, self.problem, self.keys), self._copies())

    def _copies(self) -> QMenu:
        menu = QMenu(self)
        for name, title in self.session.shipped():
            action = QAction(f"{title} ({name})", menu)
            action.triggered.connect(lambda _=False, name=name: self.start_copy(name))
            menu.addAction(action)
        menu.addSeparator()
        other = QAction(tr("Of a file…"), menu)
        other.triggered.connect(lambda _=False: self.ask_copy())
        menu.addAction(other)
        return menu

    def _on(self, act: Callable[..., None], *more: Any) -> Callable[[], None]:
        return lambda: self._edit(act, *more)

    # --- what is shown

    def refresh(self, place: tuple[int, ...] | None = None) -> None:
        """Show the profile as it is now, the cursor at a place."""
        self._place = self._place if place is None else place
        faults = self.session.faults()
        self.tree.show_plan(self._place, {fault.place for fault in faults})
        self._place = self.tree.place()
        self._show_form()
        self._enable()
        path = self.session.path
        self.file.setText(
            tr("File: {file}").format(file=path.name)
            if path
            else tr("A copy that has no file yet: save it to use it.")
        )
        self.file.setToolTip(tip(str(path or "")))
        self.setWindowModified(self.session.changed)
        self.problem.setText(tr("Problems: {count}").format(count=len(faults)))
        self.problem.setVisible(bool(faults))
        self._forget_picture()

    def _show_form(self) -> None:
        depth = len(self._place)
        form = self.forms[depth]
        form.show_part(self._place)
        reason = self.session.reason
        form.show_faults(
            [
                (each.key, reason(each))
                for each in self.session.faults()
                if each.place == self._place
            ]
        )
        self.stack.setCurrentIndex(depth)

    def _enable(self) -> None:
        place, session = self._place, self.session
        self.add_page.setEnabled(bool(place))
        self.twice.setEnabled(bool(place))
        self.drop.setEnabled(bool(place))
        self.up.setEnabled(session.can_step(place, -1))
        self.down.setEnabled(session.can_step(place, 1))
        self.undo.setEnabled(session.can_undo)
        self.redo.setEnabled(session.can_redo)
        self.look.setEnabled(len(place) == 2)

    def _forget_picture(self) -> None:
        """A picture goes when its page is another one."""
        now = (self._place, dict(self.session.part(self._place)))
        if self._shown is not None and self._shown != now:
            self._shown = None
            self.picture.page_changed()

    def _choose(self) -> None:
        self._place = self.tree.place()
        self._show_form()
        self._enable()
        self._forget_picture()

    def _commit(self) -> None:
        """What is typed and not left goes to its part before anything else happens."""
        self.forms[self.stack.currentIndex()].commit()

    def tell(self, text: str) -> None:
        """Say something below; nothing more to say hides the line."""
        self.told.setText(text)
        self.told.setVisible(bool(text))

    # --- edits

    def _edit(self, act: Callable[..., None], *more: Any) -> None:
        """Change the part chosen, then show where the change was made."""
        self._commit()
        if self._place:
            self.attempt(lambda: act(self._place, *more))

    def attempt(self, act: Callable[[], Any]) -> bool:
        """Change the profile and show where; a refusal is said."""
        try:
            act()
        except self.session.problem as error:
            self.refresh()
            self.tell(self.session.sentence(error))
            return False
        self.tell("")
        self.refresh(self.session.place)
        return True

    def new_page(self) -> None:
        """Add a page after the one chosen, and begin with its title."""
        self._edit(self.session.add_page, tr("New page"))
        self._begin()

    def new_chapter(self) -> None:
        self._commit()
        if self.attempt(lambda: self.session.add_chapter(self._place, tr("New chapter"))):
            self._begin()

    def _begin(self) -> None:
        title = self.forms[len(self._place)].fields["title"].widget
        title.setFocus()
        title.selectAll()

    def _move(self, place: tuple[int, ...], target: tuple[int, ...]) -> None:
        self._commit()
        self.attempt(lambda: self.session.move(place, target))

    def _back(self, way: str) -> None:
        self._commit()
        self.attempt(getattr(self.session, way))

    # --- files

    def start_copy(self, source: str) -> None:
        """Begin from a copy; Undo brings the profile back that was there."""
        self._commit()
        if self.attempt(lambda: self.session.start_copy(source)):
            self.tell(tr("The profile that was here is not lost: Undo brings it back."))

    def edit(self, profile: str) -> None:
        """Edit a profile: a copy of a shipped one, by its id, or a file, by its path."""
        if profile in [name for name, _ in self.session.shipped()]:
            self.start_copy(profile)
        else:
            self._commit()
            self.attempt(lambda: self.session.open(Path(profile)))

    def ask_copy(self) -> None:
        name = self._ask_file(tr("Profile to copy"))
        if name:
            self.start_copy(name)

    def ask_open(self) -> None:
        name = self._ask_file(tr("Profile to edit"))
        if name:
            self.edit(name)

    def _ask_file(self, title: str) -> str:
        name, _ = QFileDialog.getOpenFileName(self, title, str(self._folder()), _FILES)
        return str(name)

    def store(self) -> None:
        """Save into the file of the profile, or ask for one."""
        if self.session.path is None:
            self.ask_store()
        else:
            self.store_as(None)

    def ask_store(self) -> None:
        proposed = self._folder() / (tr("my_profile") + ".json")
        name, _ = QFileDialog.getSaveFileName(
            self, tr("Save the profile"), str(self.session.path or proposed), _FILES
        )
        if name:
            path = Path(name)
            self.store_as(path if path.suffix else path.with_suffix(".json"))

    def store_as(self, path: Path | None) -> None:
        """Save, and say so; a profile with a problem is not saved, and the problem is shown."""
        self._commit()
        try:
            file = self.session.save(path)
        except self.session.problem as error:
            self.refresh()
            self.tell(self.session.sentence(error))
            if self.session.faults():
                self.next_problem()
            return
        self.refresh()
        self.tell(
            tr("Saved: {file}. Choose it as the profile of a diagnosis.").format(file=file.name)
        )
        self.saved.emit(str(file))

    def _folder(self) -> Path:
        path = self.session.path
        return path.parent if path else Path.home()

    # --- ways through the window

    def show_picture(self) -> None:
        self._commit()
        self.picture.show()
        self.stand()
        if len(self._place) == 2:
            self._shown = (self._place, dict(self.session.part(self._place)))
        self.picture.ask()

    def next_problem(self) -> None:
        """Go to the next problem after the part chosen, to the first one after the last."""
        self._commit()
        places = sorted({fault.place for fault in self.session.faults()})
        if not places:
            return
        self.tree.choose(next((each for each in places if each > self._place), places[0]))
        form = self.forms[len(self._place)]
        wrong = [each for each in form.fields.values() if not each.fault.isHidden()]
        if wrong:
            wrong[0].widget.setFocus()
            self.stack.currentWidget().ensureWidgetVisible(wrong[0])

    def next_part(self) -> None:
        """From the plan to the form, to the picture, and back to the plan."""
        first = self.forms[len(self._place)].fields["title"].widget
        parts = [(self.tree, self.tree), (self.stack, first), (self.picture, self.picture.origin)]
        shown = [each for each in parts if each[0].isVisible()]
        focus = self.focusWidget()
        at = next(
            (
                rank
                for rank, (part, _) in enumerate(shown)
                if focus is part or (focus is not None and part.isAncestorOf(focus))
            ),
            -1,
        )
        shown[(at + 1) % len(shown)][1].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_keys(self) -> None:
        box = QMessageBox(self)
        box.setWindowTitle(tr("Keys of this window"))
        box.setText(keys_text())
        box.exec()
        box.deleteLater()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._commit()
        self.picture.stop()
        super().closeEvent(event)
