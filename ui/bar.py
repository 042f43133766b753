"""A bar that fills up."""

from __future__ import annotations

from qgis.PyQt.QtWidgets import QProgressBar

from .words import tr


class Bar(QProgressBar):
    """Shows the per cent as the language writes it: French sets a space before the sign."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormat(tr("%p%"))
