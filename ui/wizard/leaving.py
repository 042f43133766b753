"""What would leave this machine, in a sentence and by the very request."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QFontDatabase
from qgis.PyQt.QtWidgets import QGroupBox, QPlainTextEdit, QToolButton, QVBoxLayout, QWidget

from ..words import tr
from .file_card import TITLES
from .notice import wrapped

_SAMPLE_LINES = 12


class LeavingView(QGroupBox):
    """A sentence, and behind a button a sample of what would be sent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("What leaves this machine"), parent)
        self.said = wrapped("")
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.unfold = QToolButton()
        self.unfold.setText(tr("Show the very request"))
        self.unfold.setCheckable(True)
        self.unfold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.unfold.setArrowType(Qt.ArrowType.RightArrow)
        self.unfold.toggled.connect(self._unfold)
        self.sample = QPlainTextEdit()
        self.sample.setReadOnly(True)
        self.sample.setTabChangesFocus(True)
        self.sample.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.sample.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.sample.setMinimumHeight(_SAMPLE_LINES * self.fontMetrics().height())
        self.sample.setAccessibleName(tr("Sample of what would be sent"))
        layout = QVBoxLayout(self)
        for widget in (self.said, self.unfold, self.sample):
            layout.addWidget(widget)
        self.tell("")

    def tell(self, text: str, sample: str = "") -> None:
        """A sentence, with a sample or without."""
        self.said.setText(text)
        self.sample.setPlainText(sample)
        self.unfold.setVisible(bool(sample))
        self.sample.setVisible(bool(sample) and self.unfold.isChecked())

    def show_leaving(self, leaving: Any) -> None:
        """Addresses counted by file, to whom they would go, and the request."""
        files = [f"{tr(TITLES[role])} {count}" for role, count in leaving.addresses.items()]
        text = tr(
            "At most {count} different addresses ({files}) go to {title} ({host}): number, street, postcode and town, under an identifier without meaning. No name, no reference, no other column."
        ).format(
            count=leaving.count, files=", ".join(files), title=leaving.title, host=leaving.host
        )
        if leaving.unencrypted:
            text += " " + tr("They travel unencrypted: ask for an https address.")
        self.tell(text, leaving.sample)

    def _unfold(self, shown: bool) -> None:
        self.unfold.setArrowType(Qt.ArrowType.DownArrow if shown else Qt.ArrowType.RightArrow)
        self.sample.setVisible(shown)
