"""Where a dossier may lie, said before anything is written."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path

from qgis.PyQt.QtCore import QStandardPaths

from ...core.errors import InputError
from ...core.french import without_accents
from ...core.places import check_small, is_reserved, place
from ...core.runfile import RUN_FILE
from ...core.words import N_
from ..settings import value
from ..translation import told, tr

#: The folder is refused, holds an earlier dossier, holds other things, is new or empty.
REFUSED, DOSSIER, FILLED, FREE = "refused", "dossier", "filled", "free"
_BASE = "Coodiag"


@dataclass(frozen=True)
class FolderState:
    """``text``: a translated sentence, empty when there is nothing to say."""

    kind: str
    text: str = ""


def folder_for(structure: str, base: str = "") -> Path:
    """A folder of its own for the dossier of a structure, in ``base``, in the folder that
    the settings name, or in the user's documents."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    chosen = base or str(value("dossier_folder"))
    root = place(chosen) if chosen else Path(documents or Path.home()) / _BASE
    words = re.findall(r"[a-z0-9]+", without_accents(structure).lower())
    name = "-".join(words)[:60].strip("-") or "diagnostic"
    return root / (f"{name}-diagnostic" if is_reserved(name) else name)


def state_of(text: str) -> FolderState:
    """What a run would find in the folder named by ``text``."""
    if not text.strip():
        return FolderState(REFUSED, told(N_("Choose the folder of the dossier."), {}))
    folder = place(text.strip())
    if not folder.is_absolute():
        return _refused(N_("Give the whole path of the folder, from the root: {folder}."), folder)
    try:
        return _state(folder)
    except OSError:  # a name too long, a folder that cannot be listed
        return _refused(N_("Nothing can be written into {folder}: choose another folder."), folder)


def _state(folder: Path) -> FolderState:
    if _there(folder) and not folder.is_dir():
        return _refused(N_("{folder} is a file: choose a folder."), folder)
    existing = next(part for part in (folder, *folder.parents) if _there(part))
    if not existing.is_dir() or not os.access(existing, os.W_OK | os.X_OK):
        return _refused(
            N_("Nothing can be written into {folder}: choose another folder."), existing
        )
    if not folder.is_dir():
        return FolderState(FREE, told(N_("A new folder will be made."), {}))
    if (folder / RUN_FILE).is_file():
        return FolderState(DOSSIER, _of_dossier(folder / RUN_FILE))
    if any(not item.name.startswith(".") for item in folder.iterdir()):
        return FolderState(
            FILLED, told(N_("This folder holds other files: they stay as they are."), {})
        )
    return FolderState(FREE)


def _there(path: Path) -> bool:
    """Whether something is there. A name that nothing can have raises ``OSError``, as it does not
    in every Python for ``exists``."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def _day(iso: str) -> str:
    """``2026-03-01`` in the order of the language."""
    year, month, number = iso.split("-")
    return tr("{year}-{month}-{day}").format(year=year, month=month, day=number)


def _refused(template: str, folder: Path) -> FolderState:
    return FolderState(REFUSED, told(template, {"folder": str(folder)}))


def _of_dossier(file: Path) -> str:
    """Whose dossier is there. One that cannot be read is still one: it would be replaced too."""
    try:
        check_small(file)
        content = json.loads(file.read_text(encoding="utf-8"))
        said = {
            "territory": str(content["territory"]),
            "date": _day(str(content["date"])),
        }
    except (OSError, ValueError, KeyError, TypeError, RecursionError, InputError):
        return told(
            N_("An earlier dossier lies there: it will be replaced once the new one is whole."), {}
        )
    return told(
        N_(
            "The dossier of {territory} of {date} lies there: it will be replaced once the new one is whole."
        ),
        said,
    )
