"""What the wizard shows before anything has been told to it."""

from __future__ import annotations

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ..bar import Bar
from ..words import N_, tr
from .notice import wrapped

_WHAT = N_(
    "From a territory and the spreadsheets of your structure, Coodiag makes a territorial diagnosis: maps, an atlas ready to print, a report to edit, slides."
)
_NEEDED = (
    N_("Six steps, that you can leave and resume. All you need to begin:"),
    N_("• the name of the territory;"),
    N_(
        "• if you have them, the spreadsheets of your sites, clients and beneficiaries, with their addresses. You can drop them here."
    ),
)
_DEMONSTRATION = N_(
    "Never used Coodiag? The demonstration is a fictitious territory, with its files: nothing to prepare, nothing leaves this machine."
)


class Welcome(QWidget):
    """Begin, try the demonstration, or open what was made before."""

    begun = pyqtSignal()
    demonstration = pyqtSignal()
    stopped = pyqtSignal()  # the making of the demonstration
    opened = pyqtSignal()  # an existing dossier

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel(tr("Territorial diagnosis"))
        font = title.font()
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * 1.4)
        title.setFont(font)
        self.begin = QPushButton(tr("&Begin a diagnosis"))
        self.begin.setDefault(True)
        self.begin.clicked.connect(lambda _=False: self.begun.emit())
        self.demo = QPushButton(tr("Try the &demonstration"))
        self.demo.clicked.connect(lambda _=False: self.demonstration.emit())
        self.open = QPushButton(tr("&Open an existing dossier…"))
        self.open.clicked.connect(lambda _=False: self.opened.emit())
        self.bar = Bar()
        self.bar.setAccessibleName(tr("Making of the demonstration"))
        self.cancel = QPushButton(tr("Cancel"))
        self.cancel.clicked.connect(lambda _=False: self.stopped.emit())
        layout = QVBoxLayout(self)
        layout.addWidget(title)
        layout.addWidget(wrapped(tr(_WHAT)))
        layout.addSpacing(self.fontMetrics().height() // 2)
        layout.addWidget(wrapped("\n".join(tr(text) for text in _NEEDED)))
        layout.addWidget(self.begin)
        layout.addWidget(self.open)
        layout.addSpacing(self.fontMetrics().height())
        layout.addWidget(wrapped(tr(_DEMONSTRATION)))
        for widget in (self.demo, self.bar, self.cancel):
            layout.addWidget(widget)
        layout.addStretch(1)
        self.making(None)

    def making(self, percent: float | None) -> None:
        """How far the demonstration is made; None when it is not being made."""
        under_way = percent is not None
        self.bar.setVisible(under_way)
        self.cancel.setVisible(under_way)
        self.demo.setEnabled(not under_way)
        if percent is not None:
            self.bar.setValue(round(percent))
