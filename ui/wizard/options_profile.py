"""What a diagnosis prints: the profile, with its chapters."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import QFileInfo, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFileDialog,
    QGroupBox,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ..words import tr
from .notice import wrapped
from .rows import Rows, line, tighten

_NAME = "PROFILE"
_OWN = "own"  # note of the step: profile files of the user, the last chosen first
_MOST_OWN = 5


class ProfileBox(QGroupBox):
    """Shows and writes PROFILE. ``changed``: it wrote."""

    changed = pyqtSignal()

    def __init__(self, desk: Any, note: str, parent: QWidget | None = None) -> None:
        super().__init__(tr("Profile: what the atlas tells"), parent)
        self.desk = desk
        self._note = note
        self.combo = QComboBox()
        self.combo.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.combo.setAccessibleName(desk.label(_NAME))
        self.combo.setToolTip(desk.hint(_NAME))
        self.subtitle = wrapped("")
        self.chapters = Rows(8, tr("Chapters of the profile"))
        self.chapters.setSelectionMode(Rows.SelectionMode.NoSelection)
        chapters = QLabel(tr("C&hapters"))
        chapters.setBuddy(self.chapters)
        self.count = wrapped("")
        self.file = QPushButton(tr("A &file of yours…"))
        self.edit = QPushButton(tr("&Edit a profile…"))
        layout = QVBoxLayout(self)
        tighten(layout)
        for widget in (self.combo, self.subtitle, chapters, self.chapters, self.count):
            layout.addWidget(widget)
        layout.addLayout(line(self.file, self.edit))
        self.combo.activated.connect(lambda _: self._chosen(str(self.combo.currentData())))
        self.file.clicked.connect(lambda _=False: self._ask())
        self.edit.clicked.connect(lambda _=False: self.desk.edit_profiles())

    def enter(self) -> None:
        """Show the draft."""
        value = self.value()
        own = list(self.desk.draft.notes.get(self._note, {}).get(_OWN, []))
        shown = self.desk.profiles.offered(own)
        if value not in [each.value for each in shown]:
            shown.append(self.desk.profiles.shown(value))
        self.combo.clear()
        for each in shown:
            file = QFileInfo(each.value).fileName()
            text = each.title if "." not in file else f"{each.title} ({file})"
            self.combo.addItem(text, each.value)
        self.combo.setCurrentIndex(self.combo.findData(value))
        self._show(self.desk.profiles.shown(value))

    def refusal(self) -> str:
        """Why the profile cannot be used, empty when it can."""
        return str(self.desk.profiles.shown(self.value()).refusal)

    def title(self) -> str:
        return str(self.desk.profiles.shown(self.value()).title)

    def value(self) -> str:
        """The profile of the draft, or the default one."""
        given = self.desk.draft.parameters.get(_NAME)
        return str(given or self.desk.default(_NAME) or self.desk.profiles.default)

    def _show(self, profile: Any) -> None:
        self.subtitle.setText(profile.subtitle)
        self.subtitle.setVisible(bool(profile.subtitle))
        self.chapters.fill(
            [(title, _line(title, count)) for title, count in profile.chapters],
            at=-1,
        )
        self.count.setText(
            profile.refusal
            or tr("{pages} pages, {indicators} indicators, and a page for each commune.").format(
                pages=profile.pages, indicators=profile.indicators
            )
        )

    def _chosen(self, value: str) -> None:
        self.desk.draft.put(_NAME, "" if value == self.desk.default(_NAME) else value)
        self._show(self.desk.profiles.shown(value))
        self.changed.emit()

    def _ask(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self, tr("A profile file of yours"), "", tr("Profiles (*.json)")
        )
        if path:
            self.take(path)

    def take(self, path: str) -> None:
        """Use a profile file of the user, and offer it from now on."""
        note = self.desk.draft.note(self._note)
        own = [path, *(each for each in note.get(_OWN, []) if each != path)]
        note[_OWN] = own[:_MOST_OWN]
        self.desk.draft.put(_NAME, path)
        self.enter()
        self.changed.emit()


def _line(title: str, pages: int) -> str:
    text = tr("{title} (1 page)") if pages == 1 else tr("{title} ({count} pages)")
    return text.format(title=title, count=pages)
