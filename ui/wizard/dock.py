"""The dock of the wizard: its six steps, what can be done with a diagnosis, and what is dropped.

The desk (``qgis_bridge/desk``) is given by the plugin and does the work. Neither the title, nor the
settings, nor the log of QGIS hold anything of a structure.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import QEvent, Qt, QTimer
from qgis.PyQt.QtGui import (
    QAction,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from qgis.PyQt.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from ..words import tr
from .dock_drops import Drops
from .dock_frame import WIDE, Holder, WizardFrame
from .notice import QUESTION, WARNING, Notice
from .step import Step
from .welcome import Welcome

#: Module and class of each step, in their order.
STEPS = (
    ("territory", "TerritoryStep"),
    ("files", "FilesStep"),
    ("people", "PeopleStep"),
    ("options", "OptionsStep"),
    ("run", "RunStep"),
    ("results", "ResultsStep"),
)
RUN = "run"  # the step whose work nobody wants to lose by a slip
_REDRAW_MS = 120  # a burst of changes draws the marks once
_LOOK_MS = 1000  # how often it is seen whether something is still under way


def steps_of(desk: Any) -> list[Step]:
    """The six steps on a desk."""
    return [getattr(import_module(f".{name}", __package__), kind)(desk) for name, kind in STEPS]


class WizardDock(QgsDockWidget):
    """The wizard on ``desk``. ``make``: other steps than :func:`steps_of`, for the tests."""

    def __init__(
        self,
        desk: Any,
        parent: QWidget | None = None,
        make: Callable[[Any], Sequence[Step]] | None = None,
    ) -> None:
        super().__init__(tr("Coodiag: territorial diagnosis"), parent)
        self.setObjectName("coodiagWizardDock")
        self.setAcceptDrops(True)
        self.desk = desk
        self.steps = list((make or steps_of)(desk))
        for at, step in enumerate(self.steps):
            step.before = self.steps[:at]
        self.notice = Notice()
        self.welcome = Welcome()
        self.frame = WizardFrame(self.steps)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.welcome)
        self.pages.addWidget(self.frame)
        self.drops = Drops(desk, self.notice, self)
        self._errand: Any = None  # the making of the demonstration
        self._shown: Step | None = None
        holder = Holder()
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(self.notice)
        layout.addWidget(self.pages, 1)
        self.setWidget(holder)
        self._redraw = QTimer(self)
        self._redraw.setSingleShot(True)
        self._redraw.setInterval(_REDRAW_MS)
        self._redraw.timeout.connect(self.frame.draw)
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self._see_busy)
        self._connect()
        self._open()

    def _connect(self) -> None:
        for step in self.steps:
            step.changed.connect(self.keep)
            step.go.connect(self.go)
        self.frame.list.chosen.connect(lambda row: self.go(self.steps[row].ID))
        self.frame.back.clicked.connect(lambda _=False: self.turn(-1))
        self.frame.next.clicked.connect(lambda _=False: self.turn(1))
        self.frame.orders(
            (tr("Open an existing dossier…"), self.ask_dossier),
            (tr("Begin anew…"), self.ask_anew),
            (tr("Take back the diagnosis before this one"), self.take_back),
            (tr("Try the demonstration"), self.make_demonstration),
            (tr("Keys and guide (F1)"), self.show_help),
        )
        for keys, by in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            action = QAction(self)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(lambda _=False, by=by: self.turn(by))
            self.addAction(action)
        self.welcome.begun.connect(lambda: self.go(self.steps[0].ID))
        self.welcome.demonstration.connect(self.make_demonstration)
        self.welcome.stopped.connect(self.stop_demonstration)
        self.welcome.opened.connect(self.ask_dossier)

    def _open(self) -> None:
        """Where the user was; the welcome when nothing was told yet."""
        said = "\n".join(filter(None, [self.desk.notice, *self.desk.choices.lacking()]))
        if said:
            self.notice.tell(said, sign=WARNING)
        draft = self.desk.draft
        if draft.step or draft.parameters or draft.dossier:
            self._show_draft()
        else:
            self.pages.setCurrentWidget(self.welcome)

    # --- the steps

    @property
    def current(self) -> Step | None:
        """The step that is shown, None on the welcome."""
        return self._shown

    def go(self, name: str) -> None:
        """Open a step; what is under way in another one goes on."""
        step = next((step for step in self.steps if name == step.ID), None)
        if step is None:
            raise KeyError(name)
        self.pages.setCurrentWidget(self.frame)
        if step is self._shown:
            return
        if self._shown is not None and self.notice.passing:
            self.notice.clear()
        self._shown = step
        if self.desk.draft.step != name:
            self.desk.draft.step = name
            self._keep()
        step.enter()
        self.frame.show_step(self.steps.index(step))

    def turn(self, by: int) -> None:
        """Go to the next step, or to the one before."""
        if self._shown is not None:
            at = self.steps.index(self._shown) + by
            if 0 <= at < len(self.steps):
                self.go(self.steps[at].ID)

    def keep(self) -> None:
        """A step has written into the draft."""
        self._keep()
        self._redraw.start()

    def _keep(self) -> None:
        try:
            self.desk.keep()
        except self.desk.problem as error:
            self.notice.tell(self.desk.sentence(error), sign=WARNING)

    def _show_draft(self) -> None:
        """Show another draft, from the step where it was left."""
        self._shown = None
        draft = self.desk.draft
        first = self.steps[-1].ID if draft.dossier else self.steps[0].ID
        known = [step.ID for step in self.steps]
        self.go(draft.step if draft.step in known else first)
        self.frame.draw()

    def _see_busy(self) -> None:
        self.frame.see_busy()

    # --- the diagnosis as a whole

    def _replace(self, change: Callable[[], None], said: str) -> None:
        """Change the draft for another one and say so; a run under way is asked about first."""
        run = next(step for step in self.steps if step.ID == RUN)
        if run.busy():
            self.notice.tell(
                tr("A diagnosis is under way: it will be stopped."),
                (tr("Stop"), lambda: self._replaced(change, said)),
                (tr("Cancel"), lambda: None),
                sign=QUESTION,
                focus=True,
            )
        else:
            self._replaced(change, said)

    def _replaced(self, change: Callable[[], None], said: str) -> None:
        for step in self.steps:
            step.stop()
        try:
            change()
        except self.desk.problem as error:
            self.notice.tell(self.desk.sentence(error), sign=WARNING)
            return
        self._show_draft()
        # not “Undo”, which French has one word for with “Cancel”
        back = (tr("Take back the diagnosis before this one"), self.take_back)
        self.notice.tell(said, *([back] if self.desk.can_take_back else []))

    def ask_dossier(self) -> None:
        """Ask for the folder of a dossier and open it."""
        start = str(self.desk.draft.parameters.get("OUTPUT_FOLDER") or "")
        folder = QFileDialog.getExistingDirectory(self, tr("Open an existing dossier"), start)
        if folder:
            self.open_dossier(folder)

    def open_dossier(self, folder: str) -> None:
        """Resume the draft of a dossier and show its results."""
        try:  # before anything is stopped: it may be no dossier
            draft, left = self.desk.draft_of(folder)
        except self.desk.problem as error:
            self.notice.tell(self.desk.sentence(error), sign=WARNING)
            return
        said = tr("The dossier is open.")
        self._replace(lambda: self.desk.begin(draft), f"{said} {left}" if left else said)

    def ask_anew(self) -> None:
        """Ask whether to begin anew; what was told can be taken back afterwards."""
        text = tr(
            "Begin anew with an empty diagnosis? The present one is kept, and can be taken back. Files and dossiers stay where they are."
        )
        if any(step.busy() for step in self.steps):
            text += " " + tr("What is under way will be stopped.")
        self.notice.tell(
            text,
            (tr("Begin anew"), self.begin_anew),
            (tr("Cancel"), lambda: None),
            sign=QUESTION,
            focus=True,
        )

    def begin_anew(self) -> None:
        """An empty diagnosis; the user was asked."""
        self._replaced(self.desk.begin, tr("A new diagnosis begins."))

    def take_back(self) -> None:
        """Exchange the diagnosis for the one before it."""
        if not self.desk.can_take_back:
            self.notice.tell(tr("There is no diagnosis before this one."))
        else:
            self._replace(self.desk.take_back, tr("The diagnosis before this one is back."))

    # --- the demonstration

    def make_demonstration(self) -> None:
        """Make the files of the demonstration, then their diagnosis the present one."""
        if self._errand is None:
            self.welcome.making(0.0)
            if self.pages.currentWidget() is self.frame:
                self.notice.tell(
                    tr("The demonstration is being made…"),
                    (tr("Cancel"), self.stop_demonstration),
                )
            self._errand = self.desk.demonstration.make(self._demonstration, self._no_demonstration)
            self._errand.progressChanged.connect(self.welcome.making)
            self.welcome.making(self._errand.progress())  # what was told before

    def stop_demonstration(self) -> None:
        """Give up the making of the demonstration."""
        if self._errand is not None:
            self._errand.progressChanged.disconnect(self.welcome.making)
            self._errand.leave()
            self._errand = None
        self.welcome.making(None)

    def _demonstration(self, draft: Any) -> None:
        self.stop_demonstration()
        self._replace(
            lambda: self.desk.begin(draft),
            tr(
                "The demonstration is ready: go through the steps, all of them are filled in. Everything in it is fictitious."
            ),
        )

    def _no_demonstration(self, why: str) -> None:
        self.stop_demonstration()
        self.notice.clear()
        if why:
            self.notice.tell(why, sign=WARNING)

    # --- help and keys

    def show_help(self) -> None:
        """What the keys do, and where the guide is."""
        self.frame.show_help(self.desk.guide())

    def event(self, event: QEvent) -> bool:
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and event.matches(QKeySequence.StandardKey.HelpContents):
            event.accept()  # else F1 would be the help of QGIS
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.HelpContents):
            self.show_help()
        else:
            super().keyPressEvent(event)

    # --- what is dropped, and the life of the dock

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.drops.paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = self.drops.paths(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.drops.take(paths)

    def show_again(self, name: str) -> None:
        """Show a step whose part of the draft was written from outside of it."""
        self._shown = None
        self.go(name)
        self.keep()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.frame.widen(self.width() > WIDE * self.fontMetrics().averageCharWidth())

    def showEvent(self, event: QEvent) -> None:
        super().showEvent(event)
        self._look.start()

    def hideEvent(self, event: QEvent) -> None:
        super().hideEvent(event)
        self._look.stop()

    def leave(self) -> None:
        """Keep what was told and stop what is under way: the plugin is unloaded, QGIS closes."""
        self._look.stop()
        self._redraw.stop()
        self.stop_demonstration()
        for step in self.steps:
            step.stop()
        self._keep()
