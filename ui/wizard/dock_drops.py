"""Files and dossiers dropped on the wizard."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from qgis.PyQt.QtCore import QFileInfo, QMimeData

from ..words import N_, tr
from .notice import QUESTION, WARNING, Notice

if TYPE_CHECKING:
    from .dock import WizardDock

_ROLES = {
    "sites": N_("Sites"),
    "clients": N_("Clients"),
    "beneficiaries": N_("Beneficiaries"),
}


class Drops:
    """What becomes of what is dropped: a dossier is opened, a spreadsheet takes the role that its
    columns tell, or that the user says; a folder is that of the official data."""

    def __init__(self, desk: Any, notice: Notice, dock: WizardDock) -> None:
        self.desk = desk
        self._notice = notice
        self._dock = dock
        self._waiting: list[str] = []  # files whose role is to be asked

    def paths(self, data: QMimeData) -> list[str]:
        """Tables, folders and JSON files of this machine in what is being dragged."""
        known = (*self.desk.files.formats, "json")
        files = [QFileInfo(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        return [each.filePath() for each in files if each.isDir() or each.suffix().lower() in known]

    def take(self, paths: list[str]) -> None:
        """Take what was dropped, in the order in which it came."""
        for path in paths:
            found = QFileInfo(path)
            if self.desk.is_dossier(path):
                folder = path if found.isDir() else found.absolutePath()
                self._dock.open_dossier(folder)
                return
        for path in paths:
            found = QFileInfo(path)
            if found.isDir():
                self._data_folder(path)
            elif found.suffix().lower() == "json":
                self.desk.draft.put("PROFILE", path)
                self._dock.show_again("options")
            else:
                self._waiting.append(path)
        self._next()

    def _data_folder(self, path: str) -> None:
        draft = self.desk.draft
        draft.put("DATA_FOLDER", path)
        if draft.parameters.get("SOURCE") != "online":
            draft.put("SOURCE", "folder")
        self._dock.show_again("territory")

    def _next(self) -> None:
        """Take the files that wait; stop at the first whose columns do not tell its role."""
        said = []
        while self._waiting:
            path = self._waiting[0]
            try:
                role = self.desk.files.role_of(path)
            except self.desk.problem as error:
                said.append(self.desk.sentence(error))
                self._waiting.pop(0)
                continue
            if not role:
                self._ask(path)
                return
            self._waiting.pop(0)
            self._accept(path, role)
        if said:
            self._notice.tell("\n".join(said), sign=WARNING)

    def _accept(self, path: str, role: str) -> None:
        try:
            self.desk.files.accept(self.desk.draft, path, role)
        except self.desk.problem as error:
            self._notice.tell(self.desk.sentence(error), sign=WARNING)
            return
        self._dock.show_again("files")

    def _ask(self, path: str) -> None:
        self._notice.tell(
            tr("What does {file} hold?").format(file=QFileInfo(path).fileName()),
            *((tr(label), partial(self._told, role)) for role, label in _ROLES.items()),
            (tr("None of these"), partial(self._told, "")),
            sign=QUESTION,
            focus=True,
        )

    def _told(self, role: str) -> None:
        path = self._waiting.pop(0)
        if role:
            self._accept(path, role)
        self._next()
