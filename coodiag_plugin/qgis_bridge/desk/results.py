"""What a finished dossier holds, what it lacks and how to mend it, read from its own files."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ...core.errors import InputError
from ...core.runfile import RUN_FILE
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
#: Words of the (French) reason why a page is missing, the step that mends it, and how. The first
#: that fits is taken; a page that secrecy keeps away is not to be mended.
_MENDING = (
    ("stock Sirène", "territory", N_("Ask the public services, or put the Sirène stock into the data folder.")),
    ("couche de routes", "options", N_("Choose a layer of roads, or let the public services give them.")),
    ("clients", "files", N_("Give the file of the clients.")),
    ("bénéficiaires", "files", N_("Give the file of the beneficiaries.")),
    ("sites", "files", N_("Give the file of the sites.")),
    ("enquête", "options", N_("Give a table of answers, among the tables of the analyst.")),
    ("table d’acteurs", "options", N_("Give a table of actors, among the tables of the analyst.")),
    ("plan d’action", "options", N_("Give an action plan, among the tables of the analyst.")),
    ("aucune source", "territory", N_("Ask the public services, or put more official files into the data folder.")),
    ("les données n’ont", "territory", N_("Ask the public services, or put more official files into the data folder.")),
    ("Les données ne donnent", "territory", N_("Ask the public services, or put more official files into the data folder.")),
)  # fmt: skip
#: Files of the structure, as the (French) context names them.
_ROLES = {
    "Sites de la structure": N_("Sites of the structure"),
    "Clients": N_("Clients"),
    "Bénéficiaires": N_("Beneficiaries"),
}


@dataclass(frozen=True)
class Count:
    """Rows of a file: ``read`` = ``located`` + ``failed`` + ``refused`` (duplicates included)."""

    words: str
    read: int
    located: int
    failed: int
    refused: int


@dataclass(frozen=True)
class Missing:
    """Pages that a reason keeps away; ``step`` and ``advice`` are empty when nothing mends it."""

    titles: tuple[str, ...]
    reason: str
    step: str
    advice: str


@dataclass(frozen=True)
class Outcome:
    """A dossier as its files tell it. ``documents``: words and path; ``counts``: rows of each
    file; ``checks``: the sentence of the journal on the pages that were checked."""

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


class Results:
    """Reads dossiers."""

    def read(self, folder: str) -> Outcome:
        """What the dossier ``folder`` holds.

        Raises :class:`InputError` when the folder is no dossier, or one of its files is broken.
        """
        root = Path(folder)
        made, context = _json(root / RUN_FILE), _json(root / CONTEXT)
        try:
            counts = made["counts"]
            return Outcome(
                folder=root,
                territory=str(made["territory"]),
                structure=str(made["parameters"]["STRUCTURE"]),
                date=date.fromisoformat(str(made["date"])[:10]).isoformat(),
                pages=int(context["pages"]),
                documents=tuple(
                    (tr(text), root / name) for name, text in _DOCUMENTS if (root / name).is_file()
                ),
                project=root / PROJECT if (root / PROJECT).is_file() else None,
                counts=tuple(_count(item) for item in context["quality"]),
                sent=int(counts.get("ADDRESSES_SENT", 0)),
                missing=_missing(context["skipped"]),
                checks=_checks(root / JOURNAL),
                confidential=(root / PEOPLE).parent.is_dir(),
                demo=bool(made["demo"]),
            )
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise _broken(root) from error


def _count(item: dict[str, Any]) -> Count:
    read, refused, failed = (int(item[name]) for name in ("read", "refused", "failed"))
    text = _ROLES.get(item["file"], item["file"])
    return Count(tr(text), read, read - refused - failed, failed, refused)


def _broken(folder: Path) -> InputError:
    return InputError(
        "The folder {folder} is not a dossier, or one of its files is broken. Run the diagnosis again.",
        folder=str(folder),
    )


def _json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise _broken(path.parent) from error
    if not isinstance(content, dict):
        raise _broken(path.parent)
    return content


def _missing(skipped: list[dict[str, str]]) -> tuple[Missing, ...]:
    titles: dict[str, list[str]] = {}
    for item in skipped:
        titles.setdefault(item["reason"], []).append(item["title"])
    return tuple(
        Missing(tuple(names), reason, *mending_of(reason)) for reason, names in titles.items()
    )


def mending_of(reason: str) -> tuple[str, str]:
    """The step that mends a reason, and how, in words; both empty when nothing does."""
    for words, step, text in _MENDING:
        if words in reason:
            return step, tr(text)
    return "", ""


def _checks(journal: Path) -> str:
    """The sentences of the journal under its section on the pages that were checked."""
    try:
        lines = journal.read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    if "Contrôle des pages" not in lines:
        return ""
    under = lines[lines.index("Contrôle des pages") + 2 :]
    return " ".join(line[2:] for line in under[: under.index("") if "" in under else None])
