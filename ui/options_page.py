"""Coodiag's page in the options of QGIS."""

from __future__ import annotations

from html import escape
from typing import Any

from qgis.gui import QgsCollapsibleGroupBox, QgsOptionsPageWidget
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtWidgets import (
    QFrame,
    QGroupBox,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from .options_cache import CacheView
from .options_fields import Field, note
from .words import N_, tr

_KEYS = N_("Keys")
_ADDRESSES = N_("Addresses")


class OptionsPage(QgsOptionsPageWidget):
    """Shows the settings of ``session``; keeps those that were changed when the options are accepted."""

    def __init__(self, session: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("coodiagOptions")
        self.session = session
        self.fields: dict[str, Field] = {}
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        for name in ("DOCUMENTS", "DIAGNOSIS"):
            self._group(name)
        self._services()
        column = self._group("CACHE")
        self.cache = CacheView(session)
        column.addWidget(self.cache)
        self._column.addWidget(self._foot())
        self._column.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidget(inside)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.area)
        self._sought: Field | None = None  # what is to be brought into sight
        self._seek = QTimer(self)
        self._seek.setSingleShot(True)
        self._seek.setInterval(0)
        self._seek.timeout.connect(self._seen)
        self._begun = {name: field.text() for name, field in self.fields.items()}

    def isValid(self) -> bool:
        """Whether what was changed can be kept; the first that cannot is brought into sight.

        What was kept before and cannot be used any more (a disk that is not there) is told, and
        keeps nobody from changing the options of QGIS.
        """
        wrong = [field for field in self._changed() if not field.check()]
        for field in reversed(wrong):
            self._show(field)
        return not wrong

    def apply(self) -> None:
        """Keep what was changed. What another program changed meanwhile is left as it is."""
        chosen = {field.setting.name: field.text() for field in self._changed()}
        try:
            self.session.save(chosen)
        except self.session.problem as error:
            self.failure.setText(self.session.sentence(error))
            self.failure.show()
            return
        self._begun.update(chosen)

    def reset(self) -> None:
        """Put every default into its editor; nothing is kept before the options are accepted."""
        for field in self.fields.values():
            field.reset()

    def _changed(self) -> list[Field]:
        return [
            field
            for name, field in self.fields.items()
            if field.text() != self._begun[name] or field.replaces
        ]

    def _group(self, name: str) -> QVBoxLayout:
        """A part of the page with its fields."""
        title, settings = self.session.section(name)
        box = QGroupBox(tr(title))
        column = QVBoxLayout(box)
        self._column.addWidget(box)
        for setting in settings:
            self._row(column, setting, helped=True)
        return column

    def _services(self) -> None:
        """Keys in sight, addresses folded away unless one of them was given."""
        title, settings = self.session.section("SERVICES")
        box = QGroupBox(tr(title))
        column = QVBoxLayout(box)
        self._column.addWidget(box)
        for heading, kind in ((_KEYS, "KEY"), (_ADDRESSES, "ADDRESS")):
            rows = [setting for setting in settings if setting.kind.name == kind]
            part = QgsCollapsibleGroupBox(tr(heading))
            part.setScrollOnExpand(False)  # it would scroll to its head, away from what is shown
            inside = QVBoxLayout(part)
            inside.addWidget(note(tr(rows[0].help)))  # the same for all of them
            for setting in rows:
                self._row(inside, setting, helped=False)
            given = any(self.session.shown(setting.name) for setting in rows)
            part.setCollapsed(kind == "ADDRESS" and not given)
            column.addWidget(part)

    def _row(self, column: QVBoxLayout, setting: Any, helped: bool) -> None:
        """A label above its editor: the page is read in narrow windows, and in French."""
        field = Field(setting, self.session, helped)
        label = note(tr(setting.label))
        label.setBuddy(field.editor)
        if helped:
            font = label.font()
            font.setBold(True)
            label.setFont(font)
        column.addWidget(label)
        column.addWidget(field)
        self.fields[setting.name] = field

    def _foot(self) -> QWidget:
        self.defaults = QPushButton(tr("&Reset to defaults"))
        self.defaults.setToolTip(tr("Nothing is kept before you accept the options."))
        self.defaults.clicked.connect(lambda _=False: self.reset())
        link = QLabel(
            f'<a href="{escape(self.session.help)}">{escape(tr("About these settings"))}</a>'
        )
        link.setOpenExternalLinks(True)
        link.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.failure = QLabel()
        self.failure.setWordWrap(True)
        self.failure.hide()
        foot = QWidget()
        column = QVBoxLayout(foot)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.defaults, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(link)
        column.addWidget(self.failure)
        return foot

    def _show(self, field: Field) -> None:
        box = field.parentWidget()
        if isinstance(box, QgsCollapsibleGroupBox):
            box.setCollapsed(False)
        field.editor.setFocus()
        self._sought = field
        self._seek.start()  # once the part that was unfolded has taken its place

    def _seen(self) -> None:
        if self._sought is not None:
            self.area.ensureWidgetVisible(self._sought)
