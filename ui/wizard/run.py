"""Step 5: start the diagnosis, see it go, stop it."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import QFileInfo, QTimer
from qgis.PyQt.QtGui import QGuiApplication
from qgis.PyQt.QtWidgets import (
    QGroupBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ..bar import Bar
from ..words import N_, tr
from .notice import INFORMATION, WARNING, Notice, wrapped
from .step import Step

_CLOCK_MS = 1000
_MINUTE, _ROUGH = 60, 10
_SHOWN = (
    "TERRITORY", "STRUCTURE", "SITES", "CLIENTS", "BENEFICIARIES", "SERVICE", "URL", "PROFILE", "PAPER",
    "OUTPUT_FOLDER",
)  # fmt: skip
_FILES = ("SITES", "CLIENTS", "BENEFICIARIES")
_SENDING = N_("The addresses of the files will be sent to the service chosen in step 3.")


class RunStep(Step):
    """What is about to run, its progress in plain sentences, and its end."""

    ID = "run"
    TITLE = N_("Run")
    HELP = N_(
        "The diagnosis runs beside QGIS, which you can go on using. It can be stopped at any time: an earlier dossier stays as it is, and what was fetched or located is kept for the next run."
    )

    def __init__(self, desk: Any, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.running: Any = None
        self._draft: Any = None  # that of the run: another may be opened meanwhile
        self._warnings = 0
        self.asked = wrapped("")
        self.box = QGroupBox(tr("What will be done"))
        self.start = QPushButton(tr("&Start the diagnosis"))
        self.cancel = QPushButton(tr("S&top"))
        self.bar = Bar()
        self.bar.setAccessibleName(tr("Progress of the diagnosis"))
        self.time = wrapped("")
        self.stages = QListWidget()
        self.stages.setAccessibleName(tr("What was done"))
        self.stages.setWordWrap(True)
        self.log = QPlainTextEdit()
        self.log.setReadOnly(True)
        self.log.setAccessibleName(tr("Everything that was said"))
        self.unfold = QPushButton(tr("Show the &details"))
        self.unfold.setCheckable(True)
        self.copy = QPushButton(tr("Co&py"))
        self.notice = Notice()
        self._clock = QTimer(self)
        self._clock.setInterval(_CLOCK_MS)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        inside = QVBoxLayout(self.box)
        inside.addWidget(self.asked)
        buttons = QHBoxLayout()
        buttons.addWidget(self.start, 1)
        buttons.addWidget(self.cancel)
        told = QHBoxLayout()
        told.addWidget(self.unfold)
        told.addStretch(1)
        told.addWidget(self.copy)
        layout = QVBoxLayout(self)
        layout.addWidget(self.box)
        layout.addLayout(buttons)
        layout.addWidget(self.notice)
        layout.addWidget(self.bar)
        layout.addWidget(self.time)
        layout.addWidget(self.stages, 1)
        layout.addLayout(told)
        layout.addWidget(self.log, 1)
        layout.addStretch(0)
        for part in (self.bar, self.time, self.stages, self.unfold, self.copy, self.log):
            part.hide()

    def _connect(self) -> None:
        self.start.clicked.connect(lambda _=False: self.begin())
        self.cancel.clicked.connect(lambda _=False: self.ask_to_stop())
        self.unfold.toggled.connect(self._unfold)
        self.copy.clicked.connect(
            lambda _=False: QGuiApplication.clipboard().setText(self.log.toPlainText())
        )
        self._clock.timeout.connect(self._tell_time)

    # --- the step as the wizard sees it

    def enter(self) -> None:
        self.asked.setText("\n".join(self._asked()))
        self._set_state()
        if self.running is None and self.desk.draft.note(self.ID).get("under_way"):
            self._note(False)
            self.notice.tell(
                tr(
                    "QGIS was closed during the last run. Nothing is lost: start again, what was fetched or located is kept."
                )
            )
        elif self.running is None and self.desk.runner.waits:
            self.notice.tell(
                tr("This QGIS comes without qgis_process: it will wait while the diagnosis runs.")
            )

    def drawn(self) -> None:
        """What another step lacked may have come, or gone, since this one was opened."""
        self._set_state()

    def _asked(self) -> list[str]:
        """What will be done, a line each: files by their names, not by their folders."""
        given, lines = self.desk.draft.parameters, []
        for name in _SHOWN:
            value = self._worded(name, str(given.get(name, self.desk.default(name)) or ""))
            if value:
                lines.append(
                    tr("{label}: {value}").format(label=self.desk.label(name), value=value)
                )
        if (given.get("SERVICE") or self.desk.default("SERVICE")) != self.desk.people.OFFLINE:
            lines.append(tr(_SENDING))
        return lines

    def _worded(self, name: str, value: str) -> str:
        """A value in the words of the step where it is chosen; empty when it plays no part."""
        desk, draft = self.desk, self.desk.draft
        if name in _FILES:
            return QFileInfo(value).fileName()
        if name == "TERRITORY":
            return str(draft.notes.get("territory", {}).get("name") or value)
        if name == "SERVICE":
            return str(desk.people.words(value)[0]) if desk.people.roles(draft) else ""
        if name == "URL":
            return value if draft.parameters.get("SERVICE") == desk.people.ADDOK else ""
        if name == "PROFILE":
            return str(desk.profiles.shown(value).title)
        words = desk.choices.papers if name == "PAPER" else {}
        return tr(words[value]) if value in words else value

    def problems(self) -> list[str]:
        """What the steps before this one lack."""
        return [
            tr("Step {number}: {problem}").format(number=number, problem=problem)
            for number, step in enumerate(self.before, 1)
            for problem in step.problems()
        ]

    def summary(self) -> str:
        if self.running is not None:
            return tr("{percent} %").format(percent=round(self.running.fraction))
        return tr("done") if self.desk.draft.dossier else ""

    def busy(self) -> bool:
        return self.running is not None

    def stop(self) -> None:
        if self.running is not None:
            self.running.kill()

    # --- a run

    def begin(self) -> None:
        """Start the diagnosis with the draft as it is now."""
        if self.running is not None:
            return
        self.notice.clear()
        problems = self.problems()
        if problems:
            self.notice.tell("\n".join(problems), sign=WARNING)
            return
        try:
            self.running = self.desk.runner.start(self.desk.draft.parameters)
        except self.desk.problem as error:
            self.notice.tell(self.desk.sentence(error), sign=WARNING)
            return
        self._draft = self.desk.draft
        self._warnings = 0
        self.stages.clear()
        self.log.clear()
        self.bar.setValue(0)
        for part in (self.bar, self.time, self.stages, self.unfold, self.copy):
            part.show()
        self.running.progressed.connect(lambda percent: self.bar.setValue(round(percent)))
        self.running.said.connect(self._hear)
        self.running.warned.connect(self._warn)
        self.running.ended.connect(self._ended)
        self._note(True)
        self._tell_time()
        self._clock.start()
        self._set_state()
        self.changed.emit()

    def ask_to_stop(self) -> None:
        """Stop the run: gently at first, then by force."""
        if self.running is not None:
            self.cancel.setEnabled(False)
            self.notice.tell(tr("The diagnosis is being stopped…"))
            self.running.cancel()

    def _hear(self, text: str) -> None:
        """A sentence of the run: one that ends with dots opens a stage."""
        self.log.appendPlainText(text)
        if text.endswith("…"):
            self._close_stage()
            self.stages.addItem(QListWidgetItem(f"… {text[:-1]}"))
            self.stages.scrollToBottom()

    def _warn(self, text: str) -> None:
        self._warnings += 1
        self._hear(f"⚠ {text}")

    def _close_stage(self, sign: str = "✓") -> None:
        last = self.stages.item(self.stages.count() - 1)
        if last is not None and last.text().startswith("… "):
            last.setText(f"{sign} {last.text()[2:]}")

    def _ended(self, results: dict[str, Any], refusal: str) -> None:
        running, self.running = self.running, None
        draft, self._draft = self._draft, None
        self._clock.stop()
        self._close_stage("✓" if results else "✗")
        self.time.setText(tr("{time} in all.").format(time=duration(running.seconds)))
        draft.note(self.ID).pop("under_way", None)
        self._set_state()
        if results:
            self._done(results, draft)
        elif refusal:
            self.notice.tell(refusal, sign=WARNING)
        else:
            self.notice.tell(
                tr(
                    "The diagnosis was stopped. An earlier dossier is as it was; start again when you like."
                )
            )
        self.changed.emit()

    def _done(self, results: dict[str, Any], draft: Any) -> None:
        draft.dossier = str(results["DOSSIER"])
        self.bar.setValue(100)
        try:
            self.desk.keep_in_dossier(draft)
        except self.desk.problem as error:
            self.notice.tell(self.desk.sentence(error), sign=WARNING)
            return
        said = tr("The dossier is ready: {pages} pages.").format(pages=results["PAGES"])
        if self._warnings:
            said += " " + tr("Warnings on the way: {count}, marked ⚠ in the details.").format(
                count=self._warnings
            )
        self.notice.tell(
            said,
            (tr("See the &results"), lambda: self.go.emit("results")),
            sign=INFORMATION,
        )
        if draft is self.desk.draft and self.isVisible():
            self.go.emit("results")

    def _note(self, under_way: bool) -> None:
        note = self.desk.draft.note(self.ID)
        if under_way:
            note["under_way"] = True
        else:
            note.pop("under_way", None)

    def _set_state(self) -> None:
        going = self.running is not None
        self.box.setVisible(not going)
        self.start.setEnabled(not going and not self.problems())
        self.start.setText(
            tr("&Run it again")
            if self.desk.draft.dossier and not going
            else tr("&Start the diagnosis")
        )
        self.cancel.setEnabled(going)

    def _tell_time(self) -> None:
        if self.running is None:
            return
        text = tr("Begun {time} ago").format(time=duration(self.running.seconds))
        left = self.running.seconds_left()
        if left is not None and not self.running.cancelled:
            text += " – " + tr("about {time} left").format(time=duration(left, rough=True))
        self.time.setText(text)

    def _unfold(self, shown: bool) -> None:
        self.log.setVisible(shown)
        self.unfold.setText(tr("Hide the &details") if shown else tr("Show the &details"))


def duration(seconds: float, rough: bool = False) -> str:
    """Seconds in words; ``rough``: to ten seconds, of which there is one at least, then to the
    minute."""
    whole = round(seconds)
    if rough and seconds < _MINUTE:
        whole = max(round(seconds / _ROUGH), 1) * _ROUGH
    if whole < _MINUTE:
        return tr("{seconds} s").format(seconds=max(whole, 1))
    minutes, rest = divmod(whole, _MINUTE)
    if rough:
        return tr("{minutes} min").format(minutes=minutes + (rest >= _MINUTE / 2))
    return tr("{minutes} min {seconds} s").format(minutes=minutes, seconds=f"{rest:02d}")
