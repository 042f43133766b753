"""What the profile editor asks: a document, its edits with their undo, its slips, its file. No widget.

Every change is kept at once in the QGIS profile, so that a closed QGIS loses nothing; the file of
the profile is written whole when it is saved, and only when a run would read it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core import profile_edits as edits
from ..core.errors import CoodiagError, InputError
from ..core.json_lines import Slip, scan
from ..core.profile_edits import Document
from ..core.profile_slips import Fault, Place, editable, faults
from ..core.profile_text import written
from ..core.profiles import (
    DEFAULT_PROFILE,
    load_profile,
    parse_profile,
    profile_ids,
    profile_path,
    read_text,
)
from ..core.version import ROOT
from ..core.words import N_
from .algorithm import sentence
from .profile_copy import profile_name
from .profile_editing_choices import Choices
from .settings import cache_folder
from .translation import told, tr
from .whole_file import write_whole

if TYPE_CHECKING:
    from qgis.PyQt.QtGui import QImage

    from .errand import Errand
    from .profile_editing_preview import Ready
    from .profile_editing_trial import Trial

NAME = "profil.json"  # of the draft, beside that of the wizard
_FORMAT = 1
_MOST_STEPS = 200


@dataclass
class File:
    """The file of a profile under edit, the same for all its steps. ``path``: "" before it has
    one; ``saved``: its text as it was read or written, tidied."""

    path: str = ""
    saved: str = ""


@dataclass(frozen=True)
class State:
    """A step. ``place``: where the change was made that led to it."""

    document: Document
    file: File
    place: Place = ()


@dataclass
class _History:
    before: list[State] = field(default_factory=list)
    after: list[State] = field(default_factory=list)


class ProfileSession:
    """One editor. ``problem`` is the type of its errors, ``sentence`` their text for the user."""

    problem = CoodiagError
    sentence = staticmethod(sentence)

    def __init__(self, draft: Path | None = None) -> None:
        self.choices = Choices()
        self.warning = ""  # what happened to the draft, when it could not be read
        self._draft = draft
        self._history = _History()
        self._faults: tuple[Fault, ...] | None = None
        self._state = self._kept() or _copy_of(DEFAULT_PROFILE)
        self._place = self._state.place

    # --- what is under edit

    @property
    def document(self) -> Document:
        return self._state.document

    @property
    def place(self) -> Place:
        """Where the last change was made, or taken back."""
        return self._place

    @property
    def path(self) -> Path | None:
        """The file of the profile, None before its first saving."""
        return Path(self._state.file.path) if self._state.file.path else None

    @property
    def changed(self) -> bool:
        """Whether the file says something else."""
        path, saved = self.path, self._state.file.saved
        return path is None or written(_named(self.document, path)) != saved

    def part(self, place: Place) -> dict[str, Any]:
        """The profile, a chapter or a page; not to be changed."""
        return edits.part(self.document, place)

    def stake(self, place: Place) -> str:
        return edits.stake_of(self.document, place)

    def faults(self) -> tuple[Fault, ...]:
        """Every slip, by place."""
        if self._faults is None:
            self._faults = faults(self.document)
        return self._faults

    def reason(self, fault: Fault) -> str:
        """The sentence of a slip, as the reader of profiles says it."""
        text = told(fault.reason.template, fault.reason.fields)
        return text[:1].upper() + text[1:]

    # --- edits, each a step that can be taken back

    def put(self, place: Place, key: str, value: Any) -> None:
        """Set a member of the profile, of a chapter or of a page."""
        before = self.part(place).get(key)
        absent = before is None and not value and key != "compare"  # nothing stays nothing
        if before != value and not absent:
            self._change(edits.with_value(self.document, place, key, value), place)

    def put_stake(self, place: Place, title: str) -> None:
        if self.stake(place) != title:
            self._change(edits.with_stake(self.document, place, title), place)

    def put_subject(self, place: Place, name: str) -> None:
        if self.part(place).get("indicator", "") != name:
            self._change(edits.with_subject(self.document, place, name), place)

    def put_map(self, place: Place, name: str) -> None:
        if self.part(place).get("map") != name:
            self._change(edits.with_map(self.document, place, name), place)

    def show_as(self, place: Place, layer: str, sheet: str) -> None:
        """Make a page a map of a layer, or a sheet."""
        page = self.part(place)
        if (page.get("layer", ""), page.get("sheet", "")) != (layer, sheet):
            self._change(edits.shown_as(self.document, place, layer, sheet), place)

    def add_chapter(self, place: Place, title: str) -> None:
        self._change(*edits.with_new_chapter(self.document, place[:1], title))

    def add_page(self, place: Place, title: str) -> None:
        self._change(*edits.with_new_page(self.document, place, title))

    def duplicate(self, place: Place) -> None:
        self._change(*edits.duplicated(self.document, place))

    def remove(self, place: Place) -> None:
        self._change(*edits.without(self.document, place))

    def move(self, place: Place, target: Place) -> None:
        """Put a chapter before a chapter, a page before a page (or after the last one)."""
        document, where = edits.moved(self.document, place, target)
        if document != self.document:
            self._change(document, where)

    def step(self, place: Place, by: int) -> None:
        """One place up (-1) or down (1); a page goes on into the chapter beside."""
        target = edits.step(self.document, place, by) if place else None
        if target is not None:
            self.move(place, target)

    def can_step(self, place: Place, by: int) -> bool:
        return bool(place) and edits.step(self.document, place, by) is not None

    def _change(self, document: Document, place: Place) -> None:
        self._set(replace(self._state, document=document, place=place))

    def _set(self, state: State) -> None:
        self._history.before.append(self._state)
        del self._history.before[:-_MOST_STEPS]
        self._history.after.clear()
        self._show(state)

    def _show(self, state: State) -> None:
        self._state = state
        self._place = state.place
        self._faults = None
        self._keep()

    @property
    def can_undo(self) -> bool:
        return bool(self._history.before)

    @property
    def can_redo(self) -> bool:
        return bool(self._history.after)

    def undo(self) -> None:
        """Take the last step back, the opening of another profile too."""
        self._back(self._history.before, self._history.after)

    def redo(self) -> None:
        self._back(self._history.after, self._history.before)

    def _back(self, origin: list[State], kept: list[State]) -> None:
        if not origin:
            return
        state = origin.pop()
        place = self._state.place if origin is self._history.before else state.place
        kept.append(self._state)
        self._show(state)
        self._place = place if _has(state.document, place) else state.place

    # --- files

    def shipped(self) -> list[tuple[str, str]]:
        """Name and title of the profiles of the plugin."""
        return [(name, load_profile(name).title) for name in profile_ids()]

    def start_copy(self, source: str) -> None:
        """Edit a copy of a profile, shipped or not, that has no file yet. Raises :class:`InputError`."""
        self._set(_copy_of(source))

    def open(self, path: Path) -> None:
        """Edit a file in its place; a shipped one as a copy. Raises :class:`InputError`."""
        if _shipped(path):
            self.start_copy(str(path))
            return
        document = _read(path)
        self._set(State(document, File(str(path), written(_named(document, path)))))

    def save(self, path: Path | None = None) -> Path:
        """Write the profile whole, into its own file or another one, whose name becomes its id.

        Raises :class:`InputError` for a profile that a run would refuse, a place of the plugin or
        a file that somebody else has changed since it was opened.
        """
        target = path or self.path
        if target is None:
            raise InputError("This profile has no file yet: choose its name and its folder.")
        if _shipped(target) or profile_name(target) in profile_ids():
            raise InputError(
                "The profiles of the plugin are never written over, and {file} has the name of one: choose another name, out of the folder of the plugin.",
                file=target.name,
            )
        document = _named(self.document, target)
        text = written(document)
        parse_profile(text, target.name)
        if path is None or path == self.path:
            self._refuse_foreign(target)
        write_whole(
            target,
            text.encode(),
            N_("The profile {file} could not be written ({reason}). Choose another folder."),
        )
        self._state.file.path, self._state.file.saved = str(target), text
        self._show(replace(self._state, document=document))
        return target

    def _refuse_foreign(self, target: Path) -> None:
        """The file must say what it said when it was opened, or be gone."""
        if not target.exists():
            return
        try:
            told_there = written(_named(json.loads(read_text(target)), target))
            same = told_there == self._state.file.saved
        except (CoodiagError, ValueError, KeyError, TypeError):
            same = False
        if not same:
            raise InputError(
                "The file {file} was changed since it was opened here. Save under another name, or open it again.",
                file=target.name,
            )

    # --- the draft

    @property
    def draft(self) -> Path:
        return self._draft or cache_folder("assistant") / NAME

    def _keep(self) -> None:
        content = json.dumps({"format": _FORMAT, **asdict(self._state)}, ensure_ascii=False)
        write_whole(
            self.draft,
            content.encode(),
            N_("The draft {file} of the profile cannot be kept: {reason}."),
        )

    def _kept(self) -> State | None:
        """What was under edit when the editor was closed."""
        path = self.draft
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            if content.pop("format") != _FORMAT or not editable(content["document"]):
                raise ValueError(_FORMAT)
            state = State(content["document"], File(**content["file"]), tuple(content["place"]))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            self.warning = sentence(
                InputError(
                    "What the profile editor had kept ({file}) cannot be read: it begins anew.",
                    file=path.name,
                )
            )
            return None
        return state if _has(state.document, state.place) else replace(state, place=())

    # --- pictures

    def read_page(
        self,
        folder: Path,
        place: Place,
        done: Callable[[Ready], None],
        refused: Callable[[str], None],
    ) -> Errand[Ready]:
        """Read beside the window what :meth:`drawn` makes the picture of the page at ``place`` from,
        as the dossier in ``folder`` prints it. Raises :class:`InputError` for a page with a slip;
        ``refused`` takes the reason why there is no picture."""
        from .errand import Errand
        from .profile_editing_preview import page_alone, read_page

        page, own = page_alone(self.document, place), self.path
        return Errand(
            tr("Coodiag: picture of a page"),
            lambda progress: read_page(folder, page, own, progress),
            done,
            refused,
            hidden=True,
        ).start()

    def drawn(self, ready: Ready) -> QImage:
        """The picture of a page that was read. Raises :class:`InputError`."""
        from .profile_editing_preview import drawn

        return drawn(ready)

    def last_dossier(self) -> str:
        """The dossier of the last run of the wizard, "" when it tells none."""
        from .desk.draft import DraftStore

        try:
            return DraftStore().load().dossier
        except CoodiagError:  # the wizard says it
            return ""

    def trial(self, runner: Callable[[], Any] | None = None) -> Trial:
        """A run of one page on the demonstration; ``runner`` gives what runs it."""
        from .profile_editing_trial import Trial

        return Trial(runner)


def _has(document: Document, place: Place) -> bool:
    return place in set(edits.places(document))


def _shipped(path: Path) -> bool:
    """Whether a file lies in the plugin, which an update replaces."""
    return ROOT.resolve() in path.expanduser().resolve().parents


def _named(document: Document, path: Path) -> Document:
    """A profile bears the name of its file."""
    return {**document, "id": profile_name(path)}


def _copy_of(source: str) -> State:
    return State(_read(profile_path(source)), File())


def _read(path: Path) -> Document:
    """A profile file that can be edited, slips of names and texts included."""
    text = read_text(path)
    try:
        document = scan(text).plain()  # strictly: json would keep one of two keys of one name
    except Slip:
        document = None
    if not editable(document):
        parse_profile(text, path.name)  # says what is wrong, and where
        raise InputError("The profile {file} cannot be edited here.", file=path.name)
    for chapter in document["chapters"]:
        chapter.setdefault("pages", [])
    return dict(document)
