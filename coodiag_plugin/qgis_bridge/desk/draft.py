"""What the wizard has been told so far, and where it is kept.

It names the user's files, so it never lies in what can be shared: in the QGIS profile while the
diagnosis is prepared, and in ``confidentiel/`` of its dossier once it has run.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from ...core.choices import GEOCODERS
from ...core.errors import InputError
from ...core.places import is_file, is_link
from ...core.profiles import profile_ids
from ...core.runfile import RUN_FILE
from ...core.words import N_
from ..dossier import CONFIDENTIAL, refuse_link
from ..settings import cache_folder
from ..whole_file import write_whole
from .received import notes_taken, taken

FORMAT = 1
NAME = "assistant.json"
_BEFORE = "assistant-avant.json"  # the draft that the present one took the place of
_UNREADABLE = "assistant-illisible.json"
#: Parameters that the run file of a dossier tells and that a new run can start from.
_FROM_RUN_FILE = (
    "TERRITORY", "STRUCTURE", "PROFILE", "PAPER", "THRESHOLDS", "MIN_COUNT", "SERVICE", "SOURCE",
    "COMMUNE_PAGES", "COMMUNE_SCALE", "FORMATS", "DPI",
)  # fmt: skip


_WHOLE = ("MIN_COUNT", "DPI")
_MOST_WHOLE = 2**31 - 1  # that the fields of the windows hold
_TEXTS = ("FORMATS", "TERRITORY", "PROFILE", "MAPPING")
#: Larger, it is no draft: it would only fill the memory.
_MOST_BYTES, _MOST_RUN_BYTES = 1_000_000, 50_000_000
#: What reading another's JSON may raise; OverflowError: a whole number written « 1e999 ».
_ODD = (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError)


@dataclass
class Draft:
    """``parameters``: those of ``coodiag:diagnostic`` by name, as JSON values (text, number,
    boolean, list of texts); ``notes``: by step, what helps to show it again and is no parameter;
    ``step``: where the user was; ``dossier``: the folder of the finished run, empty before."""

    parameters: dict[str, Any] = field(default_factory=dict)
    notes: dict[str, dict[str, Any]] = field(default_factory=dict)
    step: str = ""
    dossier: str = ""

    def put(self, name: str, value: Any) -> None:
        """Set a parameter; what is empty is taken out, so that the algorithm's default holds."""
        if value is None or value == "" or value == [] or value == {}:
            self.parameters.pop(name, None)
        else:
            self.parameters[name] = value

    def note(self, step: str) -> dict[str, Any]:
        """The notes of a step, to read and to write."""
        return self.notes.setdefault(step, {})


class DraftStore:
    """The draft as a file, whole or not at all: by default that of the QGIS profile."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path

    @property
    def path(self) -> Path:
        return self._path or cache_folder("assistant") / NAME

    @property
    def _before(self) -> Path:
        return self.path.with_name(_BEFORE)

    def load(self) -> Draft:
        """The draft kept, a new one when there is none.

        Raises :class:`InputError` when the file is there and cannot be understood: it is left as
        it is, and the sentence names it.
        """
        return _read(self.path)

    def rescue(self) -> Path:
        """Put a file that cannot be understood under another name, which is returned."""
        aside = self.path.with_name(_UNREADABLE)
        try:
            self.path.replace(aside)
        except OSError as error:
            raise InputError(
                "The draft {file} of the wizard cannot be kept: {reason}.",
                file=self.path.name,
                reason=error.strerror or str(error),
            ) from error
        return aside

    def replace(self, before: Draft, after: Draft) -> None:
        """Keep ``after``, and ``before`` beside it: :meth:`take_back` exchanges them.

        A draft of which nothing was told does not drive out the one that is kept already.
        """
        if before.parameters or before.dossier or (before.step and not self.has_before()):
            _write(self._before, before)
        _write(self.path, after)

    def has_before(self) -> bool:
        """Whether there is a draft to take back."""
        return self._before.is_file()

    def take_back(self, present: Draft) -> Draft:
        """The draft before the present one, which it changes places with."""
        before = _read(self._before)
        _write(self._before, present)
        _write(self.path, before)
        return before

    def save(self, draft: Draft) -> None:
        """Keep a draft, readable by its owner alone."""
        _write(self.path, draft)


def _read(path: Path) -> Draft:
    if not path.exists():
        return Draft()
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise ValueError(path.stat().st_size)
        content = _content(path)
        if content.pop("format") != FORMAT:
            raise ValueError(FORMAT)
        draft = Draft(**content)
        if not isinstance(draft.parameters, dict) or not all(
            isinstance(note, dict) for note in draft.notes.values()
        ):
            raise TypeError("parameters or notes")
        _check(draft.parameters)
    except (*_ODD, AttributeError) as error:
        raise InputError(
            "What the wizard had kept ({file}) cannot be read. Delete this file to begin anew.",
            file=str(path),
        ) from error
    return draft


def _content(path: Path) -> Any:
    """What a file of JSON holds; ``ValueError`` too for a half of a sign, which no file and no
    process can be given back."""
    content = json.loads(path.read_text(encoding="utf-8"))
    json.dumps(content, ensure_ascii=False).encode()
    return content


def _check(parameters: dict[str, Any]) -> None:
    """Raise :class:`TypeError` or ``ValueError`` for what no step can show."""
    for name, value in parameters.items():
        texts = value if isinstance(value, list) else [value]
        if not all(isinstance(text, (str, int, float)) for text in texts):
            raise TypeError(name)
        if name in _WHOLE:
            if abs(int(value)) > _MOST_WHOLE:
                raise ValueError(name)
        elif name == "SERVICE" and value not in GEOCODERS:
            raise ValueError(value)
        elif name in _TEXTS and not isinstance(value, (str, list)):
            raise TypeError(name)


def _write(path: Path, draft: Draft) -> None:
    """Raises :class:`InputError` when the place cannot be written."""
    content = json.dumps({"format": FORMAT, **asdict(draft)}, ensure_ascii=False, indent=1)
    template = N_("The draft {file} of the wizard cannot be kept: {reason}.")
    write_whole(path, content.encode(), template, private=True)


def in_dossier(folder: Path) -> DraftStore:
    """The draft that a dossier was made from, beside its persons: not to be shared.

    Raises :class:`InputError` where either is a link, which may lead anywhere.
    """
    path = folder / CONFIDENTIAL / NAME
    refuse_link(path.parent)
    refuse_link(path)
    return DraftStore(path)


def resumed(folder: Path) -> tuple[Draft, tuple[str, ...]]:
    """The draft of a dossier, with the dossier as its result; and the names of the parameters that
    are not taken from it, as it may come from somebody else (:mod:`.received`).

    A dossier that was not made with the wizard gives what its run file tells: everything but the
    files. Raises :class:`InputError` when the folder is no dossier.
    """
    run_file = folder / RUN_FILE
    if is_link(run_file) or not is_file(run_file):
        raise InputError(
            "The folder {folder} is not a dossier of Coodiag: choose the one that holds {file}.",
            folder=folder.name or str(folder),
            file=RUN_FILE,
        )
    store = in_dossier(folder)
    found = store.load() if is_file(store.path) else _from_run_file(run_file)
    parameters, left = taken(found.parameters, folder)
    draft = Draft(parameters, notes_taken(found.notes, folder), dossier=str(folder))
    draft.put("OUTPUT_FOLDER", str(folder))  # it may have been moved since
    return draft, left


def _from_run_file(path: Path) -> Draft:
    try:
        if path.stat().st_size > _MOST_RUN_BYTES:
            raise ValueError(path.stat().st_size)
        document = _content(path)
        told, name = document["parameters"], str(document.get("territory", ""))
        known = {key: told[key] for key in _FROM_RUN_FILE if key in told}
        _check(known)
    except _ODD as error:
        raise InputError(
            "The file {file} of the dossier cannot be read: {reason}. Choose another dossier, or run the diagnosis again.",
            file=path.name,
            reason=str(error),
        ) from error
    if known.get("PROFILE") not in profile_ids():
        known.pop("PROFILE", None)  # a file of the user, whose place is not told
    draft = Draft()
    for key, value in known.items():
        several = key == "FORMATS" and isinstance(value, str)
        draft.put(key, value.split(",") if several and value else value)
    if name:
        draft.note("territory")["name"] = name
    return draft
