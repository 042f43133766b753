"""Step 3: who locates the addresses, what leaves this machine for it, and how well it goes."""

from __future__ import annotations

from typing import Any

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from ..bar import Bar
from ..words import N_, tr
from .file_card import TITLES
from .leaving import LeavingView
from .notice import WARNING, Notice, wrapped
from .quality import QualityView
from .step import Step

#: Parameters of which another value makes a count or a trial be of something else.
_WATCHED = (
    "SITES", "CLIENTS", "BENEFICIARIES", "MAPPING", "SERVICE", "URL", "BAN", "CORRECTIONS",
    "TERRITORY", "SOURCE", "DATA_FOLDER",
)  # fmt: skip


class PeopleStep(Step):
    """The service, what it would receive, a trial, the review and the corrections."""

    ID = "people"
    TITLE = N_("People and addresses")
    HELP = N_(
        "How the addresses of the files are placed on the map. On this machine nothing leaves it; a service receives addresses, and what it receives is shown before."
    )

    def __init__(self, desk: Any, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._counting: Any = None
        self._trial: Any = None
        self._counted: tuple[str, ...] | None = None
        self._tried: tuple[str, ...] = ()
        self.quality: Any = None
        self.services = QButtonGroup(self)
        self.radios: dict[str, QRadioButton] = {}
        self.url = QLineEdit()
        self.url.setPlaceholderText("http://localhost:7878")
        self.url.setAccessibleName(tr("Service address"))
        self.ban = QgsFileWidget()
        self.ban.setFilter("BAN (*.csv *.csv.gz)")
        self.ban.setAccessibleName(tr("BAN addresses"))
        self.ban_state = wrapped("")
        self.leaving = LeavingView()
        self.role = QComboBox()
        self.role.setAccessibleName(tr("File to try"))
        self.sends = wrapped(tr("A trial sends the addresses of its rows to the service."))
        self.few = QPushButton()
        self.all = QPushButton(tr("Locate &all its rows"))
        self.bar = Bar()
        self.cancel = QPushButton(tr("Cancel"))
        self.notice = Notice()
        self.view = QualityView()
        self.review = QPushButton(tr("&Review doubtful addresses…"))
        self.corrections = QgsFileWidget()
        self.corrections.setStorageMode(QgsFileWidget.StorageMode.GetFile)
        self.corrections.setFilter("sqlite (*.sqlite)")
        self.corrections.setAccessibleName(tr("File of corrections"))
        self.corrections.lineEdit().setPlaceholderText(tr("That of the QGIS profile"))
        self.kept = wrapped("")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        for part in (self._service_part(), self.leaving, self._trial_part()):
            layout.addWidget(part)
        layout.addWidget(self._corrections_part())
        layout.addStretch(1)
        chain: list[QWidget] = []
        for service, radio in self.radios.items():
            chain += [
                radio,
                *{self.desk.people.OFFLINE: [self.ban], self.desk.people.ADDOK: [self.url]}.get(
                    service, []
                ),
            ]
        chain += [self.leaving.unfold, self.leaving.sample, self.role, self.few, self.all]
        chain += [self.cancel, self.review, self.corrections]
        for before, after in zip(chain, chain[1:]):
            QWidget.setTabOrder(before, after)

    def _service_part(self) -> QWidget:
        part = QGroupBox(tr("Who places the addresses"))
        layout = QVBoxLayout(part)
        indent = 2 * self.fontMetrics().averageCharWidth()
        for service in self.desk.people.services:
            name, text = self.desk.people.words(service)
            radio = QRadioButton(name)
            radio.setAccessibleDescription(text)
            self.radios[service] = radio
            self.services.addButton(radio)
            about = wrapped(text)
            about.setContentsMargins(indent, 0, 0, 0)
            layout.addWidget(radio)
            layout.addWidget(about)
            if service == self.desk.people.OFFLINE:
                layout.addWidget(self.ban)
                layout.addWidget(self.ban_state)
            elif service == self.desk.people.ADDOK:
                layout.addWidget(self.url)
        return part

    def _trial_part(self) -> QWidget:
        part = QGroupBox(tr("Try before the diagnosis"))
        layout = QVBoxLayout(part)
        layout.addWidget(self.role)
        layout.addWidget(self.sends)
        layout.addWidget(self.few)
        layout.addWidget(self.all)
        under_way = QHBoxLayout()
        under_way.addWidget(self.bar, 1)
        under_way.addWidget(self.cancel)
        layout.addLayout(under_way)
        layout.addWidget(self.notice)
        layout.addWidget(self.view)
        layout.addWidget(self.review)
        for widget in (self.bar, self.cancel, self.view, self.review):
            widget.hide()
        return part

    def _corrections_part(self) -> QWidget:
        part = QGroupBox(tr("Places that a person gave"))
        form = QFormLayout(part)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.addRow(self.kept)
        label = QLabel(tr("File of &corrections"))
        label.setBuddy(self.corrections)
        form.addRow(label, self.corrections)
        return part

    def _connect(self) -> None:
        for service, radio in self.radios.items():
            radio.clicked.connect(lambda _=False, service=service: self._service(service))
        self.url.editingFinished.connect(lambda: self._put("URL", self.url.text().strip()))
        self.ban.fileChanged.connect(lambda path: self._put("BAN", path.strip()))
        self.corrections.fileChanged.connect(lambda path: self._put("CORRECTIONS", path.strip()))
        self.few.clicked.connect(lambda _=False: self.locate(self.desk.people.few))
        self.all.clicked.connect(lambda _=False: self.locate(0))
        self.cancel.clicked.connect(lambda _=False: self._give_up())
        self.review.clicked.connect(lambda _=False: self.open_review())

    # --- the step

    def enter(self) -> None:
        parameters = self.desk.draft.parameters
        self.radios[self.desk.people.service(self.desk.draft)].setChecked(True)
        self.url.setText(str(parameters.get("URL", "")))
        for widget, name in ((self.ban, "BAN"), (self.corrections, "CORRECTIONS")):
            widget.blockSignals(True)
            widget.setFilePath(str(parameters.get(name, "")))
            widget.blockSignals(False)
        self._show_roles()
        self._refresh()

    def problems(self) -> list[str]:
        try:
            self.desk.people.check(self.desk.draft)
        except self.desk.problem as error:
            return [self.desk.sentence(error)]
        return []

    def summary(self) -> str:
        if not self.desk.people.roles(self.desk.draft):
            return ""
        return str(self.desk.people.words(self.desk.people.service(self.desk.draft))[0])

    def busy(self) -> bool:
        return self._trial is not None or self._counting is not None

    def stop(self) -> None:
        self._leave_counting()
        self._give_up()

    # --- what is told

    def _service(self, service: str) -> None:
        self._put("SERVICE", service)

    def _put(self, name: str, value: str) -> None:
        if str(self.desk.draft.parameters.get(name, "")) != value:
            self.desk.draft.put(name, value)
            self._refresh()
            self.changed.emit()

    def _show_roles(self) -> None:
        roles = self.desk.people.roles(self.desk.draft)
        chosen = self.role.currentData()
        self.role.clear()
        for role in roles:
            self.role.addItem(tr(TITLES[role]), role)
        at = self.role.findData(chosen)
        people = [n for n, role in enumerate(roles) if role != "sites"]
        self.role.setCurrentIndex(at if at >= 0 else people[0] if people else 0)

    def _refresh(self) -> None:
        """Show what the chosen service asks for, what would leave, and what can be tried."""
        service = self.desk.people.service(self.desk.draft)
        self.url.setVisible(service == self.desk.people.ADDOK)
        offline = service == self.desk.people.OFFLINE
        self.ban.setVisible(offline)
        self.ban_state.setVisible(offline)
        self.ban.lineEdit().setPlaceholderText(tr("Addresses (BAN): those of the data"))
        self.ban_state.setText(self._ban_text())
        if self.quality is not None and self._tried != self._state():
            self._forget_trial()
        self._enable()
        self._count_corrections()
        self._count(service)

    def _ban_text(self) -> str:
        if self.desk.draft.parameters.get("BAN"):
            return ""
        if self.desk.draft.parameters.get("DATA_FOLDER"):
            return tr("The files of addresses of the data folder are used.")
        return tr("The diagnosis fetches the addresses of the territory from the public services.")

    def _enable(self) -> None:
        ready = self.role.count() > 0 and not self.problems() and self._trial is None
        online = self.desk.people.service(self.desk.draft) != self.desk.people.OFFLINE
        self.few.setText(tr("&Try on {count} rows").format(count=self.desk.people.few))
        self.sends.setVisible(online)
        self.few.setEnabled(ready)
        self.all.setEnabled(ready)

    def _count_corrections(self) -> None:
        try:
            count = self.desk.people.corrections(self.desk.draft)
        except self.desk.problem as error:
            self.kept.setText(self.desk.sentence(error))
            return
        self.kept.setText(
            tr("{count} places kept: they come first, and are asked of nobody.").format(count=count)
            if count
            else tr("None yet. Those given in the review are kept for the next runs.")
        )

    # --- what leaves

    def _state(self) -> tuple[str, ...]:
        """What a count and a trial depend on."""
        parameters = self.desk.draft.parameters
        return tuple(str(parameters.get(name, "")) for name in _WATCHED)

    def _count(self, service: str) -> None:
        """Count what would leave, unless it was counted for the same files and service."""
        state = (service, *self._state())
        if (
            service == self.desk.people.OFFLINE
            or self.problems()
            or not self.desk.people.roles(self.desk.draft)
        ):
            self._leave_counting()
            self._counted = None
            self._show_leaving(None)
        elif state != self._counted:
            self._leave_counting()
            self._counted = state
            self.leaving.tell(tr("Counting the addresses…"))
            self._counting = self.desk.people.leaving(
                self.desk.draft, self._show_leaving, self._not_counted
            )

    def _show_leaving(self, leaving: Any) -> None:
        self._counting = None
        if leaving is None or not leaving.count:
            self.leaving.tell(self._nothing_leaves())
        else:
            self.leaving.show_leaving(leaving)

    def _nothing_leaves(self) -> str:
        if self.desk.people.service(self.desk.draft) == self.desk.people.OFFLINE:
            return tr("Nothing: addresses are compared with files of this machine.")
        if not self.desk.people.roles(self.desk.draft):
            return tr("Nothing yet: no file was given in step 2.")
        if self.problems():
            return tr("Not known before the service is told.")
        return tr("Nothing: no address is left to ask for.")

    def _not_counted(self, why: str) -> None:
        self._counting = None
        self._counted = None
        self.leaving.tell(why or tr("The counting was cancelled."))

    def _leave_counting(self) -> None:
        if self._counting is not None:
            self._counting.leave()
            self._counting = None
            self._counted = None

    # --- the trial and its review

    def locate(self, count: int) -> None:
        """Locate a few rows of the chosen file, or all of them (0)."""
        self._give_up()
        self.notice.clear()
        self._forget_trial()
        self._tried = self._state()
        self._trial = self.desk.people.locate(
            self.desk.draft, self.role.currentData(), count, self._show_quality, self._not_located
        )
        self._trial.progressChanged.connect(self._show_progress)
        self._show_progress(self._trial.progress())  # what was told before
        self._under_way(True)

    def open_review(self) -> None:
        """Open the review window on what the trial gave."""
        located, failed, fields = self.desk.people.review(self.quality)
        corrections = self.desk.people.corrections_file(self.desk.draft)
        why = self.desk.review(
            located=located, failed=failed, fields=fields, corrections=corrections
        )
        if why:
            self.notice.tell(why, sign=WARNING)

    def _show_progress(self, fraction: float) -> None:
        self.bar.setRange(0, 100)
        self.bar.setValue(int(fraction))

    def _show_quality(self, quality: Any) -> None:
        self._ended()
        self.quality = quality
        self.view.show_quality(quality)
        self.view.show()
        self.review.setVisible(quality.tried > 0)
        self.changed.emit()

    def _not_located(self, why: str) -> None:
        self._ended()
        if why:
            self.notice.tell(why, sign=WARNING)
        self.changed.emit()

    def _ended(self) -> None:
        self._trial = None
        self._under_way(False)

    def _give_up(self) -> None:
        if self._trial is not None:
            self._trial.progressChanged.disconnect(self._show_progress)
            self._trial.leave()
            self._ended()

    def _under_way(self, going: bool) -> None:
        self.bar.setVisible(going)
        self.cancel.setVisible(going)
        self.role.setEnabled(not going)
        self._enable()

    def _forget_trial(self) -> None:
        """What was found is of other files or another service: nothing of it is kept."""
        self.quality = None
        self.view.hide()
        self.review.hide()
