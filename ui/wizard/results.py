"""Step 6: what came out, what is missing and how to mend it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QGroupBox, QLabel, QPushButton, QVBoxLayout, QWidget

from ..words import N_, day, tr
from .notice import QUESTION, WARNING, Notice, wrapped
from .step import Step

_MOST_TITLES = 3


class ResultsStep(Step):
    """The documents of the dossier, its counts, its gaps."""

    ID = "results"
    TITLE = N_("Results")
    HELP = N_(
        "What the last run has written. Everything but the folder “confidentiel” can be handed out."
    )

    def __init__(self, desk: Any, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.notice = Notice()
        self.head = wrapped("")
        self.project = QPushButton(tr("Open the &project in QGIS"))
        self.folder = QPushButton(tr("Open the &folder"))
        self.documents = QVBoxLayout()
        self.documents_box = QGroupBox(tr("Documents"))
        self.documents_box.setLayout(self.documents)
        self.counts = wrapped("")
        self.doubts = wrapped("")
        self.review = QPushButton(tr("Review the &addresses…"))
        self.review_box = QGroupBox(tr("Addresses"))
        self.missing = QVBoxLayout()
        self.missing_box = QGroupBox(tr("What is missing"))
        self.missing_box.setLayout(self.missing)
        self.warning = wrapped(
            tr(
                "The folder “confidentiel” of the dossier holds the people that were located, and what this wizard was told. Hand out the rest of the dossier, never this folder, and delete it once the diagnosis is over."
            )
        )
        self.again = QPushButton(tr("&Change and run again"))
        self._outcome: Any = None
        self._lay_out()
        self.project.clicked.connect(lambda _=False: self.open_project())
        self.folder.clicked.connect(lambda _=False: self._open(self._outcome.folder))
        self.review.clicked.connect(lambda _=False: self.open_review())
        self.again.clicked.connect(lambda _=False: self.go.emit("territory"))

    def _lay_out(self) -> None:
        inside = QVBoxLayout(self.review_box)
        inside.addWidget(self.doubts)
        inside.addWidget(self.review)
        layout = QVBoxLayout(self)
        for part in (
            self.notice,
            self.head,
            self.project,
            self.documents_box,
            self.folder,
            self.counts,
            self.review_box,
            self.missing_box,
            self.warning,
            self.again,
        ):
            layout.addWidget(part)
        layout.addStretch(1)

    def enter(self) -> None:
        self.notice.clear()
        self._outcome = self._read()
        for part in (self.project, self.documents_box, self.folder, self.counts, self.again):
            part.setVisible(self._outcome is not None)
        self.warning.setVisible(bool(self._outcome and self._outcome.confidential))
        self.review_box.setVisible(bool(self._outcome and self._outcome.reviewable))
        self.missing_box.setVisible(bool(self._outcome and self._outcome.missing))
        if self._outcome is not None:
            self._show(self._outcome)

    def summary(self) -> str:
        return tr("a dossier") if self.desk.draft.dossier else ""

    def _read(self) -> Any:
        folder = self.desk.draft.dossier
        if not folder:
            self.head.setText(tr("Nothing yet: run the diagnosis first (step 5)."))
            return None
        try:
            return self.desk.results.read(folder)
        except self.desk.problem as error:
            self.head.clear()
            self.notice.tell(self.desk.sentence(error), sign=WARNING)
            return None

    def _show(self, outcome: Any) -> None:
        text = tr("{structure}, {territory}: {pages} pages, {day}.").format(
            structure=outcome.structure,
            territory=outcome.territory,
            pages=outcome.pages,
            day=day(outcome.date),
        )
        if outcome.demo:
            text += " " + tr("Fictitious data.")
        if outcome.other_version:
            text += "\n" + tr(
                "Made with Coodiag {version}: run again to have what has changed since."
            ).format(version=outcome.other_version)
        self.head.setText(text)
        self.project.setEnabled(outcome.project is not None)
        _empty(self.documents)
        for words, path in outcome.documents:
            button = QPushButton(words)
            button.setToolTip(path.name)
            button.clicked.connect(lambda _=False, path=path: self._open(path))
            self.documents.addWidget(button)
        lines = [
            tr(
                "{role}: {read} rows read = {located} located + {failed} not located + {refused} refused or double."
            ).format(
                role=count.words,
                read=count.read,
                located=count.located,
                failed=count.failed,
                refused=count.refused,
            )
            for count in outcome.counts
        ]
        if outcome.sent:
            lines.append(
                tr("Addresses that a service received: {count}.").format(count=outcome.sent)
            )
        if outcome.checks:
            lines.append(outcome.checks)
        self.counts.setText("\n".join(lines))
        self._show_doubts(outcome.counts)
        self._show_missing(outcome.missing)

    def _show_doubts(self, counts: Any) -> None:
        failed, town = sum(each.failed for each in counts), sum(each.town for each in counts)
        self.doubts.setText(
            tr(
                "Not located: {failed}. Placed in the middle of their commune: {town}. Decide where they are; the next run uses it."
            ).format(failed=failed, town=town)
        )

    def _show_missing(self, missing: Any) -> None:
        _empty(self.missing)
        for item in missing:
            what = [
                tr("Pages: {titles}").format(titles=_listed(item.titles)) if item.titles else "",
                tr("Figures: {titles}").format(titles=_listed(item.figures))
                if item.figures
                else "",
            ]
            why = [item.reason[:1].upper() + item.reason[1:], item.advice]
            if any(what):
                self.missing.addWidget(_bold(wrapped("\n".join(filter(None, what)))))
            self.missing.addWidget(wrapped("\n".join(filter(None, why))))
            if item.step:
                button = QPushButton(self._way(item.step))
                button.setAccessibleDescription(item.advice)
                button.clicked.connect(lambda _=False, step=item.step: self.go.emit(step))
                self.missing.addWidget(button)

    def _way(self, name: str) -> str:
        """The words of the button that leads to a step."""
        for number, step in enumerate(self.before, 1):
            if name == step.ID:
                return tr("Step {number}: {title}").format(number=number, title=tr(step.TITLE))
        return tr("Go there")

    def open_review(self) -> None:
        """Open the review window on the persons of the dossier."""
        self.notice.clear()
        why = self.desk.review(**self.desk.results.review(self.desk.draft))
        if why:
            self.notice.tell(why, sign=WARNING)

    # --- opening

    def open_project(self) -> None:
        """Open the project of the dossier in this QGIS, once the present one is safe."""
        if self.desk.project_dirty():
            self.notice.tell(
                tr("The project that is open has changes that are not saved."),
                (tr("Save it, then open"), lambda: self._open_project(save=True)),
                (tr("Open without saving"), lambda: self._open_project(save=False)),
                sign=QUESTION,
                focus=True,
            )
        else:
            self._open_project(save=False)

    def _open_project(self, save: bool) -> None:
        if save and not self.desk.save_project():
            self.notice.tell(tr("The project was not saved: nothing was opened."))
        elif not self.desk.open_project(str(self._outcome.project)):
            self.notice.tell(tr("The project could not be opened."), sign=WARNING)

    def _open(self, path: Path) -> None:
        if not path.exists():
            self.notice.tell(tr("{file} is no longer there.").format(file=path.name), sign=WARNING)
        elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.notice.tell(
                tr("No program of this machine opens {file}. It is in {folder}.").format(
                    file=path.name, folder=str(path.parent)
                ),
                sign=WARNING,
            )


def _listed(titles: Sequence[str]) -> str:
    """The first titles, and how many there are beside them."""
    text = ", ".join(tr("“{title}”").format(title=title) for title in titles[:_MOST_TITLES])
    more = len(titles) - _MOST_TITLES
    return text + " " + tr("and {count} more").format(count=more) if more > 0 else text


def _bold(label: QLabel) -> QLabel:
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    return label


def _empty(layout: QVBoxLayout) -> None:
    while layout.count():
        widget = layout.takeAt(0).widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
