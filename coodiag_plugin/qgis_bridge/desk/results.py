"""What a finished dossier holds, what it lacks and how to mend it, read from its own files."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import QgsProject

from ...core.errors import InputError
from ...core.places import is_file, is_folder, is_link, place
from ...core.runfile import FORMAT, RUN_FILE
from ...core.version import version
from ...core.words import N_
from ..dossier import (
    ATLAS,
    CONTEXT,
    JOURNAL,
    LEAFLET,
    PEOPLE,
    PROJECT,
    REPORT,
    SLIDES,
    WEB_REPORT,
    WORKBOOK,
)
from ..translation import tr
from .gaps import Missing, missing

if TYPE_CHECKING:
    from .draft import Draft

#: Documents in the order in which they are offered: file, its name in words.
_DOCUMENTS = (
    (ATLAS, N_("Atlas")),
    (SLIDES, N_("Slides")),
    (REPORT, N_("Report to edit")),
    (WEB_REPORT, N_("Report for a browser")),
    (LEAFLET, N_("Two-page summary")),
    (WORKBOOK, N_("Workbook of figures")),
    (JOURNAL, N_("Log")),
)
#: Files of the structure, as the (French) context names them.
_ROLES = {
    "Sites de la structure": N_("Sites of the structure"),
    "Clients": N_("Clients"),
    "Bénéficiaires": N_("Beneficiaries"),
}
#: Which item of a page a line on a fault is about: it says nothing outside of the layouts.
_ITEM = re.compile(r"(?<=»),? élément «\s[\w.-]+\s»(?= \()")
#: Larger, it is none of the files that are read here.
_MOST_BYTES = 50_000_000


@dataclass(frozen=True)
class Count:
    """Rows of a file: ``read`` = ``located`` + ``failed`` + ``refused`` (duplicates included);
    ``town``: those located no nearer than their commune."""

    words: str
    read: int
    located: int
    failed: int
    refused: int
    town: int


@dataclass(frozen=True)
class Outcome:
    """A dossier as its files tell it. ``documents``: words and path; ``counts``: rows of each
    file; ``checks``: the sentence of the journal on the pages that were checked; ``reviewable``:
    whether its persons are there to be reviewed; ``other_version``: that of the Coodiag that made
    it, empty when it is this one."""

    folder: Path
    territory: str
    structure: str
    date: str
    pages: int
    documents: tuple[tuple[str, Path], ...]
    project: Path | None
    counts: tuple[Count, ...]
    sent: int
    missing: tuple[Missing, ...]
    checks: str
    confidential: bool
    demo: bool
    reviewable: bool
    other_version: str


class Results:
    """Reads dossiers."""

    def read(self, folder: str) -> Outcome:
        """What the dossier ``folder`` holds.

        Raises :class:`InputError` when the folder is gone or no dossier, when one of its files is
        broken, or when a newer version of Coodiag has written it.
        """
        root = Path(folder)
        if not is_folder(root):
            raise InputError(
                "The dossier is no longer in {folder}. If it was moved, open it where it lies now: button “Diagnosis”, “Open an existing dossier…”.",
                folder=str(root),
            )
        made = _json(root / RUN_FILE)
        _check_format(made)
        context = _json(root / CONTEXT)
        try:
            counts = made["counts"]
            return Outcome(
                folder=root,
                territory=str(made["territory"]),
                structure=str(made["parameters"]["STRUCTURE"]),
                date=date.fromisoformat(str(made["date"])[:10]).isoformat(),
                pages=int(context["pages"]),
                documents=tuple(
                    (tr(text), root / name) for name, text in _DOCUMENTS if _held(root / name)
                ),
                project=root / PROJECT if _held(root / PROJECT) else None,
                counts=tuple(_count(item) for item in context["quality"]),
                sent=int(counts.get("ADDRESSES_SENT", 0)),
                missing=missing(context, _lines(root / JOURNAL), _roles(made)),
                checks=_checks(root / JOURNAL),
                confidential=(root / PEOPLE).parent.is_dir(),
                demo=bool(made["demo"]),
                reviewable=_held(root / PEOPLE),
                other_version=_other_version(made),
            )
        except (KeyError, TypeError, ValueError, OverflowError, AttributeError) as error:
            raise _broken(root) from error

    @staticmethod
    def review(draft: Draft) -> dict[str, Any]:
        """What the review window is opened with, to review the dossier of ``draft``: its folder,
        where its roads may lie on this machine, and the corrections that its run was given."""
        given = draft.parameters
        places = [
            _place_of(str(given[name])) for name in ("ROADS", "DATA_FOLDER") if given.get(name)
        ]
        corrections = str(given.get("CORRECTIONS") or "").strip()
        return {
            "folder": Path(draft.dossier),
            "corrections": place(corrections) if corrections else None,
            "places": places,
        }


def _place_of(source: str) -> Path:
    """The file of a layer that the project holds, or that is named with its table."""
    layer = QgsProject.instance().mapLayer(source)
    return place((layer.source() if layer is not None else source).partition("|")[0])


def _check_format(made: dict[str, Any]) -> None:
    written = made.get("format", FORMAT)
    if isinstance(written, int) and written > FORMAT:
        raise InputError(
            "The file {file} of the dossier was written by another version of Coodiag. Update the plugin, or run the full diagnosis again.",
            file=RUN_FILE,
        )


def _other_version(made: dict[str, Any]) -> str:
    told = str(made.get("coodiag", ""))
    return "" if told == version() else told


def _roles(made: dict[str, Any]) -> set[str]:
    """Roles of the files that the run was given."""
    return {str(item["role"]) for item in made.get("inputs", ())}


def _lines(journal: Path) -> list[str]:
    """The lines of the journal, none where it cannot be read: it only says more."""
    try:
        return _text(journal).splitlines()
    except (OSError, ValueError):
        return []


def _count(item: dict[str, Any]) -> Count:
    read, refused, failed = (int(item[name]) for name in ("read", "refused", "failed"))
    text = _ROLES.get(item["file"], item["file"])
    return Count(tr(text), read, read - refused - failed, failed, refused, int(item["town"]))


def _broken(folder: Path) -> InputError:
    return InputError(
        "The folder {folder} is not a dossier, or one of its files is broken. Run the diagnosis again.",
        folder=str(folder),
    )


def _held(path: Path) -> bool:
    """Whether the dossier itself has this file: one from somebody else may hold links."""
    return not is_link(path.parent) and not is_link(path) and is_file(path)


def _text(path: Path) -> str:
    """A file of the dossier, which may come from somebody else: ``ValueError`` for a link, a pipe,
    or one that would only fill the memory."""
    if not _held(path) or path.stat().st_size > _MOST_BYTES:
        raise ValueError(path.name)
    return path.read_text(encoding="utf-8")


def _json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(_text(path))
    except (OSError, ValueError, RecursionError) as error:
        raise _broken(path.parent) from error
    if not isinstance(content, dict):
        raise _broken(path.parent)
    return content


def _checks(journal: Path) -> str:
    """The sentences of the journal under its section on the pages that were checked; that it is not
    known, where the journal is gone or cannot be read."""
    lines = _lines(journal)
    if not lines:
        return tr(
            "The log of the dossier ({file}) is gone or cannot be read: what was found when the pages were checked is not known. Run the diagnosis again to check them."
        ).format(file=journal.name)
    if "Contrôle des pages" not in lines:
        return ""
    under = lines[lines.index("Contrôle des pages") + 2 :]
    told = under[: under.index("") if "" in under else None]
    return "\n".join(_ITEM.sub("", line[2:]) for line in told)
