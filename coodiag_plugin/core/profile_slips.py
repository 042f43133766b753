"""Every slip of a profile that is being edited, each with the place where it stands.

A run stops at the first slip (:func:`.profiles.parse_profile`); an editor shows them all, beside
what is to be mended. The readers, hence their sentences, are the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Union

from .errors import InputError
from .json_lines import Spot, scan
from .profile_pages import MOST_COMMUNE_FIGURES
from .profile_reader import Part, unique
from .profiles import (
    CHAPTER_KEYS,
    MAP_KEYS,
    PAGE_KEYS,
    PROFILE_KEYS,
    SHEET_KEYS,
    Chapter,
    Page,
    Profile,
    chapter_head,
    check_similar,
    commune_chart_of,
    compare_of,
    page_of,
    page_parts,
    similar_of,
    stakes_of,
)
from .words import Words

#: Ranks from 0: () the profile, (2,) its third chapter, (2, 0) the first page of that chapter.
Place = tuple[int, ...]
_Path = tuple[Union[str, int], ...]


@dataclass(frozen=True)
class Fault:
    """A slip: the place and the key of it where it stands ("" for the whole), and why."""

    place: Place
    key: str
    reason: Words


def faults(document: dict[str, Any]) -> tuple[Fault, ...]:
    """The slips of a document of the shape that :func:`editable` asks, in reading order; one for
    each page, head of a chapter or member of the top at most."""
    spot = scan(json.dumps(document, ensure_ascii=False, indent=1))  # each value on its own line
    paths: dict[int, _Path] = {}
    for line, path in _walk(spot, ()):
        paths.setdefault(line, path)
    found = [
        _fault(paths[error.fields["line"]], error.fields["reason"]) for error in _Ear().all(spot)
    ]
    return tuple(sorted(dict.fromkeys(found), key=lambda fault: fault.place))


def editable(document: Any) -> bool:
    """Whether a document has the shape of a profile, whatever its names and texts: no key that is
    unknown, each value of its type."""
    if not isinstance(document, dict) or not _shaped(document, PROFILE_KEYS, "chapters", "similar"):
        return False
    similar = document.get("similar", {})
    if not isinstance(similar, dict) or not set(similar) <= {"indicators", "count"}:
        return False
    count = similar.get("count", 1)
    if not _names(similar.get("indicators", [])) or isinstance(count, (bool, float)):
        return False
    stakes = document.get("stakes", [])
    good = isinstance(count, int) and all(
        isinstance(stake, dict) and _shaped(stake, ("title", "chapters")) for stake in stakes
    )
    chapters = document.get("chapters")
    return good and isinstance(chapters, list) and all(map(_chapter_shaped, chapters))


def _chapter_shaped(chapter: Any) -> bool:
    if not isinstance(chapter, dict) or not _shaped(chapter, CHAPTER_KEYS, "pages"):
        return False
    pages = chapter.get("pages", [])
    return isinstance(pages, list) and all(
        isinstance(page, dict)
        and _shaped(page, (*PAGE_KEYS, *(SHEET_KEYS if "sheet" in page else MAP_KEYS)))
        for page in pages
    )


#: Members that are lists of names; the others are texts.
_LISTS = ("key_figures", "compare", "commune_figures", "figures", "indicators", "chapters")


def _shaped(part: dict[str, Any], keys: tuple[str, ...], *apart: str) -> bool:
    """Whether the members of a part are known and of their type; ``apart``: looked at elsewhere."""
    for key, value in part.items():
        if key not in keys:
            return False
        if key in apart:
            continue
        if key == "stakes":
            good = isinstance(value, list)
        else:
            good = _names(value) if key in _LISTS else isinstance(value, str)
        if not good:
            return False
    return True


def _names(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) for name in value)


def _walk(spot: Spot, path: _Path) -> Iterator[tuple[int, _Path]]:
    yield spot.key_line, path
    members: Any = ()
    if isinstance(spot.value, dict):
        members = spot.value.items()
    elif isinstance(spot.value, list):
        members = enumerate(spot.value)
    for name, member in members:
        yield from _walk(member, (*path, name))


def _fault(path: _Path, reason: Words) -> Fault:
    """Where the person who edits looks for what stands at ``path`` of the document."""
    place: Place = ()
    for name in ("chapters", "pages"):
        if len(path) > 1 and path[0] == name:
            place, path = (*place, int(path[1])), path[2:]
        else:
            break
    # what is missing stands nowhere: its name does
    key = path[0] if path else reason.fields.get("key", "")
    return Fault(place, str(key), reason)


class _Ear:
    """Hears every refusal of the readers, where a run hears the first one."""

    def __init__(self) -> None:
        self._heard: list[InputError] = []

    def all(self, spot: Spot) -> list[InputError]:
        root = Part("", spot, Words("the document"))
        self._top(root)
        read: list[tuple[Part, Page]] = []
        pages: list[Part] = []
        parts = root.parts("chapters", lambda rank: f"chapters[{rank}]")
        ids = []
        for part in parts:
            self._try(partial(chapter_head, part))
            ids.append(_id(part))
            for each in page_parts(part, ids[-1]):
                page = self._try(partial(page_of, each))
                pages.append(each)
                if page is not None:
                    read.append((each, page))
        self._try(lambda: unique(*_named(parts)))
        self._try(lambda: unique(*_named(pages)))
        self._try(lambda: stakes_of(root, ids))
        self._similar(root, read)
        if not pages:
            reason = Words("there is no page in it")
            self._heard.append(Part("", root.at("chapters"), "chapters").error(reason))
        return self._heard

    def _try(self, read: Callable[[], Any], otherwise: Any = None) -> Any:
        """What is read, or ``otherwise`` when it is refused, which is heard."""
        try:
            return read()
        except InputError as error:
            self._heard.append(error)
            return otherwise

    def _top(self, root: Part) -> None:
        self._try(lambda: root.text("id"), "")
        self._try(lambda: root.printed("title"), "")
        self._try(lambda: root.printed("subtitle", required=False), "")
        self._try(lambda: root.indicators("key_figures"), ())
        self._try(lambda: root.indicators("commune_figures", MOST_COMMUNE_FIGURES), ())
        self._try(lambda: commune_chart_of(root), "")

    def _similar(self, root: Part, read: list[tuple[Part, Page]]) -> None:
        """What compares to similar territories, once what is good of the profile is known."""
        compare = self._try(lambda: compare_of(root), ())
        before = len(self._heard)
        similar = self._try(lambda: similar_of(root))
        if len(self._heard) > before:
            return
        chapter = Chapter("", "", "", tuple(page for _, page in read))
        bare = Profile("", "", "", (), (), "", (chapter,))
        known = replace(bare, compare=compare, similar=similar)
        self._try(lambda: check_similar(root, known, [part for part, _ in read]))


def _id(part: Part) -> str:
    return str(part.at("id").plain()) if part.has("id") else ""


def _named(parts: list[Part]) -> tuple[list[Part], list[str]]:
    """The parts that have an id, with it: the readers tell of those that have none."""
    named = [part for part in parts if _id(part)]
    return named, [_id(part) for part in named]
