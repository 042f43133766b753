"""Accepting many rows at once: which ones, and how many, before anything is done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from .review_label import ShortLabel
from .words import score, tr

_STEPS = (0.8, 0.75, 0.7, 0.65, 0.6)
_FIRST = 0.8


class AcceptShown(QDialog):
    """Asks which of the rows shown are accepted where they were found; tells how many they are.

    ``shown``: numbers of the rows of the table; ``kind``: remark of the row under review.
    """

    def __init__(
        self, session: Any, shown: Sequence[int], kind: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._shown = shown
        self._kind = kind
        self.setWindowTitle(tr("Accept rows shown"))
        self.setMinimumWidth(460)
        self.by_score = QRadioButton(tr("Doubtful rows with a &score of at least"))
        self.by_kind = QRadioButton(tr("Rows with the same &remark as the row under review:"))
        self.least = QComboBox()
        for step in _STEPS:
            self.least.addItem(score("adresse", step), step)
        self.least.setCurrentIndex(_STEPS.index(_FIRST))
        self.least.setAccessibleName(tr("Least score"))
        self.count = QLabel()
        self.count.setWordWrap(True)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.button.setText(tr("Accept"))
        self.by_score.setChecked(True)
        self.by_kind.setEnabled(bool(kind))
        self._lay_out(kind)
        self.by_score.toggled.connect(self._tell)
        self.least.currentIndexChanged.connect(self._chose_score)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._tell()

    @property
    def button(self) -> Any:
        return self.buttons.button(QDialogButtonBox.StandardButton.Ok)

    def rows(self) -> list[int]:
        """The rows to accept, as the dialog says now."""
        if self.by_kind.isChecked():
            return list(self._session.acceptable(self._shown, kind=self._kind))
        return list(self._session.acceptable(self._shown, least=self.least.currentData()))

    def _chose_score(self) -> None:
        self.by_score.setChecked(True)
        self._tell()

    def _tell(self) -> None:
        count = len(self.rows())
        self.button.setEnabled(count > 0)
        self.count.setText(
            tr("Rows that will be accepted: {count}, of {shown} shown.").format(
                count=count, shown=len(self._shown)
            )
        )

    def _lay_out(self, kind: str) -> None:
        remark = ShortLabel(3, italic=True)
        remark.setText(tr("“{note}”").format(note=kind) if kind else tr("(no remark)"))
        remark.setContentsMargins(24, 0, 0, 0)
        first = QFormLayout()
        first.addRow(self.by_score, self.least)
        told = QLabel(
            tr(
                "Rows that are not located, or have another place as likely, are never among them. Undo takes the whole step back."
            )
        )
        told.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.addLayout(first)
        for widget in (self.by_kind, remark, self.count, told, self.buttons):
            layout.addWidget(widget)
