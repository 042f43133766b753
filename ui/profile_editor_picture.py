"""The picture of a page: from a dossier, or calculated on the demonstration."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from qgis.core import QgsApplication
from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QPainter, QPaintEvent, QPixmap
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from .bar import Bar
from .words import tr

DEMONSTRATION, DOSSIER = range(2)


class Sheet(QWidget):
    """A picture as large as its place allows, in its proportions."""

    def __init__(self) -> None:
        super().__init__()
        self.pixmap = QPixmap()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        return QSize(420, 300)

    def minimumSizeHint(self) -> QSize:
        return QSize(140, 100)

    def show_picture(self, pixmap: QPixmap) -> None:
        self.pixmap = pixmap
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.pixmap.isNull():
            return
        ratio = self.devicePixelRatioF()
        room = QSize(int(self.width() * ratio), int(self.height() * ratio))
        shown = self.pixmap.scaled(
            room,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        shown.setDevicePixelRatio(ratio)
        painter = QPainter(self)
        painter.drawPixmap(int((self.width() - shown.width() / ratio) / 2), 0, shown)
        painter.end()


class PicturePane(QWidget):
    """``place``: gives the page of which the picture is asked; ``trial``: runs it on the
    demonstration."""

    def __init__(self, session: Any, trial: Any, place: Callable[[], tuple[int, ...]]) -> None:
        super().__init__()
        self._session, self._trial, self._place = session, trial, place
        self._asked: tuple[int, ...] | None = None  # the page that is under way
        self._errand: Any = None  # the reading of its dossier
        self.origin = QComboBox()
        self.origin.addItems([tr("The demonstration (invented data)"), tr("A dossier of yours")])
        self.origin.setAccessibleName(tr("Where the picture comes from"))
        self.origin.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.folder = QgsFileWidget()
        self.folder.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self.folder.setAccessibleName(tr("Folder of the dossier"))
        self.folder.lineEdit().setPlaceholderText(tr("Folder of the dossier"))
        self.folder.setFilePath(session.last_dossier())
        self.folder.hide()
        self.show_button = QPushButton(tr("Show the &picture"))
        self.stop_button = QPushButton(tr("Stop"))
        policy = self.stop_button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # the pane asks for the same width when it works
        self.stop_button.setSizePolicy(policy)
        self.stop_button.hide()
        self.bar = Bar()
        self.bar.setAccessibleName(tr("Progress of the picture"))
        self.bar.hide()
        self.said = QLabel()
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.sheet = Sheet()
        buttons = QHBoxLayout()
        buttons.addWidget(self.show_button)
        buttons.addWidget(self.stop_button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addWidget(self.origin)
        layout.addWidget(self.folder)
        layout.addLayout(buttons)
        layout.addWidget(self.bar)
        layout.addWidget(self.said)
        layout.addWidget(self.sheet, 1)
        self.origin.currentIndexChanged.connect(lambda at: self.folder.setVisible(at == DOSSIER))
        self.stop_button.clicked.connect(lambda _=False: self.stop())
        trial.progressed.connect(lambda value: self.bar.setValue(int(value)))
        trial.ended.connect(self._tried)

    def ask(self) -> None:
        """Show the picture of the page chosen, or why there is none."""
        self.stop()
        place = self._place()
        if self.origin.currentIndex() == DEMONSTRATION:
            self._asked = place
            self._tell(tr("The page is being calculated on invented data…"))
            self._busy(True)
            self._trial.start(self._session.document, place)
            return
        text = self.folder.filePath().strip()
        if not text:
            self._tell(tr("Choose the folder of a dossier."))
            self.folder.setFocus()
            return
        self._draw(Path(text), place)

    def stop(self) -> None:
        """Leave what is under way."""
        if self._errand is not None:
            self._errand.leave()
            self._errand = None
        if self._asked is not None:
            self._asked = None
            self._trial.cancel()
            self._tell("")
        self._busy(False)

    def page_changed(self) -> None:
        """Another page, or the page has changed: its picture is not that any more."""
        self.stop()
        self.sheet.show_picture(QPixmap())
        self._tell("")

    def _tried(self, folder: str, refusal: str) -> None:
        place = self._asked
        if place is None:
            return
        if folder:
            self._draw(Path(folder), place)
        else:
            self._refuse(refusal or tr("The calculation was stopped."))

    def _draw(self, folder: Path, place: tuple[int, ...]) -> None:
        """Read the page in a task, then draw it: that alone holds the window, for a moment."""
        self._asked = place
        self._tell(tr("The page is being drawn…"))
        self._busy(True)
        self.bar.setRange(0, 0)
        try:
            self._errand = self._session.read_page(folder, place, self._show, self._refuse)
        except self._session.problem as error:
            self._refuse(self._session.sentence(error))

    def _show(self, ready: Any) -> None:
        place = self._asked
        QgsApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            image = self._session.drawn(ready)
            title = self._session.part(place).get("title", "")
        except self._session.problem as error:
            self._refuse(self._session.sentence(error))
            return
        finally:
            QgsApplication.restoreOverrideCursor()
        self._ended()
        self.sheet.setAccessibleName(tr("Picture of the page “{title}”").format(title=title))
        self.sheet.show_picture(QPixmap.fromImage(image))
        self._tell("")

    def _refuse(self, why: str) -> None:
        self._ended()
        self.sheet.show_picture(QPixmap())
        self._tell(why)

    def _ended(self) -> None:
        self._asked = self._errand = None
        self._busy(False)

    def _tell(self, text: str) -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))

    def _busy(self, busy: bool) -> None:
        self.stop_button.setVisible(busy)
        self.bar.setVisible(busy)
        self.bar.setRange(0, 100)
        self.bar.setValue(0)
        self.setCursor(Qt.CursorShape.BusyCursor if busy else Qt.CursorShape.ArrowCursor)
        self.show_button.setEnabled(not busy)
