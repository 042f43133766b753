"""Where the official data come from: the public services, or a folder of files as published."""

from __future__ import annotations

from typing import Any

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import QSignalBlocker, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QGroupBox, QRadioButton, QToolButton, QVBoxLayout, QWidget

from ..words import N_, tr
from .notice import wrapped
from .rows import tighten

SERVICES, FOLDER, BOTH = "services", "folder", "both"
_WAYS = {
    SERVICES: N_("The public &services (Internet)"),
    FOLDER: N_("A &folder of this computer"),
    BOTH: N_("The services, c&ompleted by a folder"),
}
#: What each of them means for who asks what leaves the machine.
_MEANING = {
    SERVICES: N_(
        "IGN, Insee, Sirène… are asked for the territory by its codes. Your files are not sent. How people are located is chosen in step 3."
    ),
    FOLDER: N_(
        "Nothing is asked over the Internet for these data. How people are located is chosen in step 3."
    ),
    BOTH: N_(
        "The folder gives what the services do not have. Your files are not sent. How people are located is chosen in step 3."
    ),
}
_MOST_SHOWN = 40


class SourceBox(QGroupBox):
    """Shows and writes SOURCE and DATA_FOLDER, and what the folder holds. ``changed``: it wrote."""

    changed = pyqtSignal()

    def __init__(self, desk: Any, parent: QWidget | None = None) -> None:
        super().__init__(tr("Official data"), parent)
        self.desk = desk
        self.ways = {way: QRadioButton(tr(text)) for way, text in _WAYS.items()}
        self.meaning = wrapped("")
        self.folder = QgsFileWidget()
        self.folder.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self.folder.setDialogTitle(tr("Folder of official files"))
        self.folder.setAccessibleName(tr("Folder of official files"))
        self.folder.lineEdit().setPlaceholderText(tr("Folder of official files"))
        self.held = wrapped("")
        self.more = QToolButton()
        self.more.setText(tr("Details"))
        self.more.setCheckable(True)
        self.more.setAutoRaise(True)
        self.details = wrapped("")
        self._errand: Any = None
        self._seen = ""  # the folder whose content is told
        layout = QVBoxLayout(self)
        tighten(layout)
        for button in self.ways.values():
            layout.addWidget(button)
            button.toggled.connect(lambda on: self._chosen() if on else None)
        for widget in (self.meaning, self.folder, self.held, self.details):
            layout.addWidget(widget)
        layout.insertWidget(layout.indexOf(self.details), self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.folder.fileChanged.connect(lambda _: self._chosen())
        self.more.toggled.connect(self.details.setVisible)

    @property
    def way(self) -> str:
        """Which of the three is chosen."""
        return next(way for way, button in self.ways.items() if button.isChecked())

    def enter(self) -> None:
        """Show the draft."""
        mode, folder = self.told()
        way = SERVICES if not folder and mode != "folder" else BOTH if mode == "online" else FOLDER
        blocked = [QSignalBlocker(widget) for widget in (self.folder, *self.ways.values())]
        self.ways[way].setChecked(True)
        self.folder.setFilePath(folder)
        for each in blocked:
            each.unblock()
        self._show_way()
        self._look()

    def told(self) -> tuple[str, str]:
        """SOURCE and DATA_FOLDER as the draft has them."""
        given = self.desk.draft.parameters
        return str(given.get("SOURCE") or "auto"), str(given.get("DATA_FOLDER") or "")

    def refusal(self) -> str:
        """Why a run would refuse this source, empty when it would not."""
        mode, folder = self.told()
        if mode == "folder" and not folder:
            return tr("Choose the folder of the official files.")
        return str(self.desk.territories.refusal(mode, folder))

    def _chosen(self) -> None:
        way = self.way
        folder = self.folder.filePath().strip()
        self.desk.draft.put("SOURCE", {SERVICES: "", FOLDER: "folder", BOTH: "online"}[way])
        self.desk.draft.put("DATA_FOLDER", "" if way == SERVICES else folder)
        self._show_way()
        self._look()
        self.changed.emit()

    def _show_way(self) -> None:
        self.meaning.setText(tr(_MEANING[self.way]))
        asked = self.way != SERVICES
        for widget in (self.folder, self.held):
            widget.setVisible(asked)
        if not asked:
            self.more.hide()
            self.details.hide()

    # --- what the folder holds

    def _look(self) -> None:
        _, folder = self.told()
        if folder == self._seen and (self._errand is not None or self.held.text()):
            return
        self.stop()
        self._seen = folder
        self.held.clear()
        self.more.hide()
        self.details.hide()
        if self.way == SERVICES or not folder:
            return
        if self.refusal():
            self.held.setText(self.refusal())
            return
        self.held.setText(tr("Looking at the files…"))
        self._errand = self.desk.territories.holding(folder, self._holds, self._refused)

    def _holds(self, holding: Any) -> None:
        self._errand = None
        said = [
            tr("{files} official files recognised, of {families} kinds.").format(
                files=holding.files, families=len(holding.families)
            )
        ]
        if holding.demo:
            said.insert(0, tr("Fictitious data of the demonstration."))
        said += [f"• {text}" for text in holding.lacking]
        self.held.setText("\n".join(said))
        kinds = [f"✓ {title} {year}".strip() for title, year in sorted(holding.families)]
        aside = [f"– {name}: {why}" for name, why in holding.set_aside[:_MOST_SHOWN]]
        if aside:
            aside.insert(0, tr("Not used:"))
        if len(holding.set_aside) > _MOST_SHOWN:
            aside.append("…")
        self.details.setText("\n".join([*kinds, *aside]))
        self.more.show()
        self.details.setVisible(self.more.isChecked())

    def _refused(self, why: str) -> None:
        self._errand = None
        self.held.setText(why)

    @property
    def busy(self) -> bool:
        return self._errand is not None

    def stop(self) -> None:
        """Look no more at the folder."""
        if self._errand is not None:
            self._errand.leave()
            self._errand = None
            self._seen = ""
            self.held.clear()
