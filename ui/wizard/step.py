"""What every step of the wizard shares."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QWidget


class Step(QWidget):
    """One page of the wizard. It shows the draft of ``desk`` and writes what it is told into it.

    ``changed``: the draft has been written to; the frame keeps it and draws its marks again.
    ``go``: the user asks for another step, by its id.
    """

    before: Sequence[Step] = ()  # the steps that come first, filled by the dock

    changed = pyqtSignal()
    go = pyqtSignal(str)

    ID = ""  # kept in drafts
    TITLE = ""  # English source string, a few words
    HELP = ""  # English source string, one or two sentences at the head of the page

    def __init__(self, desk: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk

    def enter(self) -> None:
        """Show the draft as it is now: called each time the step is opened."""

    def drawn(self) -> None:
        """Follow what is told beside the page: called each time the marks are drawn again."""

    def problems(self) -> list[str]:
        """Translated sentences on what keeps a run from starting; empty when the step is ready."""
        return []

    def summary(self) -> str:
        """What the step holds in a few translated words, beside its title; empty when nothing."""
        return ""

    def busy(self) -> bool:
        """Whether something of this step is under way."""
        return False

    def stop(self) -> None:
        """Cancel what is under way and come back to a state from which the user can go on."""
