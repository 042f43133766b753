"""Step 2: the structure, the folder of its dossier, and its files."""

from __future__ import annotations

from typing import Any

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import QFileInfo, QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ..words import N_, tr
from .file_card import TITLES, FileCard
from .notice import WARNING, Notice, wrapped
from .step import Step

_CHOSEN = "folder_chosen"  # note: the folder was chosen by hand, and follows the name no more


class FilesStep(Step):
    """Name, folder, and a card for each file. What is read is read in a task."""

    ID = "files"
    TITLE = N_("Structure and files")
    HELP = N_(
        "The structure's own spreadsheets, as they are: columns are recognised, mistakes mended and told. The files stay where they are and are never changed."
    )

    def __init__(self, desk: Any, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._errands: dict[str, Any] = {}
        self._read: dict[str, tuple[object, ...]] = {}  # what each card shows, or is about to
        self._refusals: dict[str, str] = {}
        self._templates: Any = None
        self.structure = QLineEdit()
        self.structure.setPlaceholderText(tr("As printed on the cover"))
        self.structure.textEdited.connect(self._structure)
        self.folder = QgsFileWidget()
        self.folder.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self.folder.setAccessibleName(tr("Dossier folder"))
        self.folder.fileChanged.connect(self._folder)
        self.folder_state = wrapped("")
        self.cards = {role: FileCard(role, desk.files) for role in desk.files.roles}
        self.notice = Notice()
        self.templates = QPushButton(tr("&Tables to fill in…"))
        self.templates.setToolTip(
            tr("Write empty tables for a survey, actors, an action plan and texts (step 4)")
        )
        self.templates.clicked.connect(lambda _=False: self.ask_templates())
        self._lay_out()
        for role, card in self.cards.items():
            card.chosen.connect(lambda path, role=role: self._chosen(role, path))
            card.asked_again.connect(lambda anew, role=role: self._again(role, anew))
            card.mapping.told.connect(lambda f, c, role=role: self._told(role, f, c))
            card.mapping.replaced.connect(lambda said, role=role: self._replaced(role, said))
            card.mapping.sheet_chosen.connect(lambda name, role=role: self._sheet(role, name))

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.addRow(tr("Na&me of the structure"), self.structure)
        form.addRow(tr("Dossier &folder"), self.folder)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self.folder_state)
        for card in self.cards.values():
            layout.addWidget(card)
        layout.addWidget(
            wrapped(
                tr(
                    "All three are optional: without clients or beneficiaries, the diagnosis describes the territory alone."
                )
            )
        )
        layout.addWidget(self.notice)
        layout.addWidget(self.templates)
        layout.addStretch(1)
        chain = [self.structure, self.folder, *self.cards.values(), self.templates]
        for before, after in zip(chain, chain[1:]):
            QWidget.setTabOrder(before, after)

    # --- the step

    def enter(self) -> None:
        parameters = self.desk.draft.parameters
        self.structure.setText(str(parameters.get("STRUCTURE", "")))
        if not parameters.get("OUTPUT_FOLDER"):
            self._propose_folder()
        self._show_folder()
        for role, card in self.cards.items():
            path = str(parameters.get(role.upper(), ""))
            card.show_path(path)
            self._read_file(role)

    def problems(self) -> list[str]:
        parameters = self.desk.draft.parameters
        found = []
        if not str(parameters.get("STRUCTURE", "")).strip():
            found.append(tr("Give the name of the structure."))
        state = self.desk.files.folder_state(str(parameters.get("OUTPUT_FOLDER", "")))
        if state.kind == "refused":
            found.append(state.text)
        for role in self.cards:
            why = self._problem(role)
            if why:
                found.append(tr("{file}: {problem}").format(file=tr(TITLES[role]), problem=why))
        return found

    def summary(self) -> str:
        parameters = self.desk.draft.parameters
        names = [tr(TITLES[role]) for role in self.cards if parameters.get(role.upper())]
        return " · ".join(filter(None, [str(parameters.get("STRUCTURE", "")), ", ".join(names)]))

    def busy(self) -> bool:
        return self._templates is not None or bool(self._errands)

    def stop(self) -> None:
        for role in list(self._errands):
            self._leave(role)
            self._read.pop(role, None)  # read again when the step is opened
            self.cards[role].show_refusal("")
        if self._templates is not None:
            self._templates.leave()
            self._templates = None
        for card in self.cards.values():
            card.close_windows()

    def _problem(self, role: str) -> str:
        """Why the file of a role keeps a run from starting, as far as it is known."""
        path = str(self.desk.draft.parameters.get(role.upper(), ""))
        if not path:
            return ""
        if not QFileInfo(path).isFile():
            return tr("the file is not there any more: {path}").format(path=path)
        return self._refusals.get(role, "")

    # --- the structure and its folder

    def _structure(self, text: str) -> None:
        self.desk.draft.put("STRUCTURE", text.strip())
        if not self.desk.draft.note(self.ID).get(_CHOSEN):
            self._propose_folder()
            self._show_folder()
        self.changed.emit()

    def _propose_folder(self) -> None:
        name = str(self.desk.draft.parameters.get("STRUCTURE", ""))
        if name:
            self.desk.draft.put("OUTPUT_FOLDER", str(self.desk.files.folder_for(name)))

    def _folder(self, path: str) -> None:
        self.desk.draft.put("OUTPUT_FOLDER", path.strip())
        self.desk.draft.note(self.ID)[_CHOSEN] = bool(path.strip())
        self._show_folder()
        self.changed.emit()

    def _show_folder(self) -> None:
        path = str(self.desk.draft.parameters.get("OUTPUT_FOLDER", ""))
        if self.folder.filePath() != path:
            self.folder.blockSignals(True)
            self.folder.setFilePath(path)
            self.folder.blockSignals(False)
        state = self.desk.files.folder_state(path)
        self.folder_state.setText(state.text)
        self.folder_state.setVisible(bool(path and state.text))

    # --- the files

    def _chosen(self, role: str, path: str) -> None:
        if path:
            self.desk.files.accept(self.desk.draft, path, role)
        else:
            self.desk.files.forget(self.desk.draft, role)
        self._after(role)

    def _told(self, role: str, field: str, column: str | None) -> None:
        self.desk.files.say_column(self.desk.draft, role, field, column)
        self._after(role)

    def _replaced(self, role: str, said: dict[str, str]) -> None:
        self.desk.files.say_all(self.desk.draft, role, said)
        self._after(role)

    def _sheet(self, role: str, name: str) -> None:
        self.desk.files.say_sheet(self.desk.draft, role, name)
        self._after(role)

    def _again(self, role: str, anew: bool) -> None:
        """Read a file again: it was mended elsewhere, or what was told of it does not fit it."""
        if anew:
            self.desk.files.say_sheet(self.desk.draft, role, "")
            self.desk.files.say_all(self.desk.draft, role, {})
        self._read.pop(role, None)
        self._after(role)

    def _after(self, role: str) -> None:
        self._read_file(role)
        self.changed.emit()

    def _read_file(self, role: str) -> None:
        """Read a file again when it, or what was told of it, is not what the card shows."""
        files, draft, card = self.desk.files, self.desk.draft, self.cards[role]
        path = str(draft.parameters.get(role.upper(), ""))
        try:
            said, sheet = files.said(draft, role), files.sheet(draft, role)
        except self.desk.problem as error:  # a draft changed by hand
            self.notice.tell(self.desk.sentence(error), sign=WARNING)
            draft.put("MAPPING", "")
            said, sheet = {}, ""
        info = QFileInfo(path)
        state = (
            path,
            info.size(),
            info.lastModified().toMSecsSinceEpoch(),
            sheet,
            tuple(sorted(said.items())),
        )
        if self._read.get(role) == state:
            return
        self._leave(role)
        self._read[role] = state
        self._refusals.pop(role, None)
        if not path:
            card.show_nothing()
            return
        card.show_busy()
        errand = files.read(
            draft,
            role,
            lambda reading: self._show_reading(role, reading, said),
            lambda why: self._refuse(role, why, bool(said or sheet)),
        )
        self._errands[role] = errand
        errand.progressChanged.connect(card.show_busy)

    def _show_reading(self, role: str, reading: Any, said: dict[str, str]) -> None:
        self._errands.pop(role, None)
        if not reading.usable:
            self._refusals[role] = reading.notes[0].text
        self.cards[role].show_reading(reading, said)
        self.changed.emit()

    def _refuse(self, role: str, why: str, told: bool) -> None:
        """The file cannot be read; empty when the user cancelled in the list of tasks."""
        self._errands.pop(role, None)
        self._refusals[role] = why or tr("the reading was cancelled")
        self._read.pop(role, None)
        self.cards[role].show_refusal(self._refusals[role], told)
        self.changed.emit()

    def _leave(self, role: str) -> None:
        errand = self._errands.pop(role, None)
        if errand is not None:
            errand.progressChanged.disconnect(self.cards[role].show_busy)
            errand.leave()

    # --- tables to fill in

    def ask_templates(self) -> None:
        """Ask for a folder and write the empty tables there."""
        start = str(self.desk.draft.parameters.get("OUTPUT_FOLDER", ""))
        folder = QFileDialog.getExistingDirectory(
            self, tr("Folder of the tables"), QFileInfo(start).path() if start else ""
        )
        if folder:
            self.write_templates(folder)

    def write_templates(self, folder: str) -> None:
        """Write the empty tables into a folder; filled-in ones that are there are never replaced."""
        self.templates.setEnabled(False)
        self._templates = self.desk.files.write_templates(
            self.desk.draft,
            folder,
            lambda results: self._told_templates(folder, int(results["COUNT"])),
            self._no_templates,
        )

    def _told_templates(self, folder: str, count: int) -> None:
        self._templates = None
        self.templates.setEnabled(True)
        self.notice.tell(
            tr("{count} tables to fill in are in {folder}. Give them in step 4.").format(
                count=count, folder=folder
            ),
            (
                tr("Open the folder"),
                lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(folder)),
            ),
        )

    def _no_templates(self, why: str) -> None:
        self._templates = None
        self.templates.setEnabled(True)
        if why:
            self.notice.tell(why, sign=WARNING)
