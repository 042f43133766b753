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
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

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
        self._asked: tuple[int, ...] | None = None  # the page that a trial is run for
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
        self.stop_button.hide()
        self.bar = QProgressBar()
        self.bar.setAccessibleName(tr("Progress of the picture"))
        self.bar.hide()
        self.said = QLabel()
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.sheet = Sheet()
        buttons = QHBoxLayout()
        buttons.addWidget(self.show_button)
        buttons.addWidget(self.stop_button)
        buttons.addWidget(self.bar, 1)
        buttons.addStretch(0)
        layout = QVBoxLayout(self)
        layout.addWidget(self.origin)
        layout.addWidget(self.folder)
        layout.addLayout(buttons)
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
        """Leave a calculation that is under way."""
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
        place, self._asked = self._asked, None
        self._busy(False)
        if place is None:
            return
        if folder:
            self._draw(Path(folder), place)
        else:
            self._tell(refusal or tr("The calculation was stopped."))

    def _draw(self, folder: Path, place: tuple[int, ...]) -> None:
        QgsApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            image = self._session.image(folder, place)
        except self._session.problem as error:
            self.sheet.show_picture(QPixmap())
            self._tell(self._session.sentence(error))
            return
        finally:
            QgsApplication.restoreOverrideCursor()
        title = self._session.part(place).get("title", "")
        self.sheet.setAccessibleName(tr("Picture of the page “{title}”").format(title=title))
        self.sheet.show_picture(QPixmap.fromImage(image))
        self._tell("")

    def _tell(self, text: str) -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))

    def _busy(self, busy: bool) -> None:
        self.stop_button.setVisible(busy)
        self.bar.setVisible(busy)
        self.bar.setValue(0)
        self.show_button.setEnabled(not busy)
