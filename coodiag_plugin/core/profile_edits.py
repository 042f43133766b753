"""Edits of a profile as data: each gives a new document, the given one stays as it was.

A document is the JSON of a profile (``docs/profiles.md``) of the shape that
:func:`.profile_slips.editable` asks; it may hold slips, which are told elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from .catalogue import indicators, themes
from .french import without_accents
from .profile_pages import DRAWN, MAPS, SHEETS, maps_of, takes_indicators
from .profile_slips import Place
from .profiles import MAP_KEYS, PAGE_KEYS, PROJECT_THEMES, SHEET_KEYS

Document = dict[str, Any]
Edited = tuple[Document, Place]

_LONGEST = 60
_UNNAMED = ("nouvelle_page", "nouveau_chapitre")
_WORD = re.compile(r"[a-z0-9]+", re.ASCII)


def part(document: Document, place: Place) -> dict[str, Any]:
    """The profile, a chapter or a page."""
    found = document
    for key, rank in zip(("chapters", "pages"), place):
        found = found[key][rank]
    return found


def places(document: Document) -> Iterable[Place]:
    """Every place of the document, in reading order."""
    yield ()
    for rank, chapter in enumerate(document["chapters"]):
        yield (rank,)
        yield from ((rank, page) for page in range(len(chapter.get("pages", ()))))


def with_value(document: Document, place: Place, key: str, value: Any) -> Document:
    """A member set; what is empty is taken out, but for the lists of the top, whose absence means
    something else (``compare``).

    A chapter or page that bears the name of a new one takes a name from its first title.
    """
    made = deepcopy(document)
    held = part(made, place)
    _put(held, key, value, keep=key == "compare")
    if key == "title" and place and re.sub(r"_\d+$", "", held.get("id", "")) in _UNNAMED:
        old, held["id"] = held["id"], ""
        held["id"] = free_id(made, place, identifier(value) or old)
        if len(place) == 1:
            _rename(made, old, held["id"])
    elif key == "id" and len(place) == 1:
        _rename(made, part(document, place).get("id", ""), value)
    return made


def _put(held: dict[str, Any], key: str, value: Any, keep: bool = False) -> None:
    if value in ("", [], {}, None) and not keep:
        held.pop(key, None)
    else:
        held[key] = value


def _rename(document: Document, old: str, new: str) -> None:
    """A chapter keeps its stake under its new name."""
    for stake in document.get("stakes", ()):
        stake["chapters"] = [new if name == old else name for name in stake["chapters"]]


def identifier(text: str) -> str:
    """``Où vivent-ils ?`` → ``ou_vivent_ils``; "" when no letter is left."""
    return "_".join(_WORD.findall(without_accents(text).lower()))[:_LONGEST].strip("_")


def free_id(document: Document, place: Place, wanted: str) -> str:
    """``wanted``, with a number when another chapter (or page, for a page) has it."""
    same = (each for each in places(document) if len(each) == len(place))
    taken = {part(document, each).get("id") for each in same} | set(PROJECT_THEMES)
    found, rank = wanted, 1
    while found in taken:
        rank += 1
        end = f"_{rank}"
        found = wanted[: _LONGEST - len(end)] + end
    return found


def with_new_chapter(document: Document, place: Place, title: str) -> Edited:
    """An empty chapter after the one of ``place``, at the end for the profile itself."""
    made = deepcopy(document)
    rank = place[0] + 1 if place else len(made["chapters"])
    theme = made["chapters"][place[0]].get("theme") if place else None
    chapter: dict[str, Any] = {
        "id": free_id(made, (0,), _UNNAMED[1]),
        "title": title,
        "theme": theme or next(iter(themes())),
        "pages": [],
    }
    made["chapters"].insert(rank, chapter)
    return made, (rank,)


def with_new_page(document: Document, place: Place, title: str) -> Edited:
    """A map page without its subject yet, after the page of ``place`` or at the end of its chapter."""
    made = deepcopy(document)
    page = {
        "id": free_id(made, (0, 0), _UNNAMED[0]),
        "title": title,
        "map": "choropleth",
        "layer": "communes",
    }
    return _inserted(made, place, page)


def _inserted(made: Document, place: Place, page: dict[str, Any]) -> Edited:
    pages = made["chapters"][place[0]].setdefault("pages", [])
    rank = place[1] + 1 if len(place) > 1 else len(pages)
    pages.insert(rank, page)
    return made, (place[0], rank)


def duplicated(document: Document, place: Place) -> Edited:
    """A page, or a chapter with its pages, a second time after itself."""
    made = deepcopy(document)
    copy = deepcopy(part(made, place))
    if len(place) == 2:
        copy["id"] = free_id(made, place, copy.get("id") or _UNNAMED[0])
        return _inserted(made, place, copy)
    pages, copy["pages"] = copy.get("pages", []), []
    copy["id"] = free_id(made, place, copy.get("id") or _UNNAMED[1])
    made["chapters"].insert(place[0] + 1, copy)
    for page in pages:
        page["id"] = free_id(made, (0, 0), page.get("id") or _UNNAMED[0])
        copy["pages"].append(page)
    return made, (place[0] + 1,)


def without(document: Document, place: Place) -> Edited:
    """A page or a chapter taken out; the place of what comes next, else of what was before."""
    made = deepcopy(document)
    rank = place[-1]
    if len(place) == 1:
        gone = made["chapters"].pop(rank)
        _set_stake(made, gone.get("id", ""), "")
        left = len(made["chapters"])
        return made, ((min(rank, left - 1),) if left else ())
    pages = made["chapters"][place[0]]["pages"]
    del pages[rank]
    return made, ((place[0], min(rank, len(pages) - 1)) if pages else (place[0],))


def moved(document: Document, place: Place, target: Place) -> Edited:
    """A chapter or page put before ``target``, a place of its own kind (or the one after the
    last); gives where it is then. Places are those of ``document``."""
    made = deepcopy(document)
    if len(place) == 1:
        chapters = made["chapters"]
        rank = target[0] - (target[0] > place[0])
        chapters.insert(rank, chapters.pop(place[0]))
        return made, (rank,)
    page = made["chapters"][place[0]]["pages"].pop(place[1])
    rank = target[1] - (target[0] == place[0] and target[1] > place[1])
    made["chapters"][target[0]].setdefault("pages", []).insert(rank, page)
    return made, (target[0], rank)


def step(document: Document, place: Place, by: int) -> Place | None:
    """Where :func:`moved` puts a chapter or page that goes one place up (-1) or down (1): a page
    goes on into the chapter beside. None at the end."""
    chapters = document["chapters"]
    count = len(chapters)
    if len(place) == 1:
        rank = place[0] + by
        return (rank + (by > 0),) if 0 <= rank < count else None
    chapter, rank = place[0], place[1] + by
    if 0 <= rank < len(chapters[chapter]["pages"]):
        return chapter, rank + (by > 0)
    if not 0 <= chapter + by < count:
        return None
    return chapter + by, 0 if by > 0 else len(chapters[chapter + by].get("pages", ()))


def shown_as(document: Document, place: Place, layer: str, sheet: str) -> Document:
    """A page made a map of ``layer``, or a ``sheet``: what both can show is kept."""
    made = deepcopy(document)
    page = part(made, place)
    old = dict(page)
    keys = SHEET_KEYS if sheet else MAP_KEYS
    for key in set(page) - set(PAGE_KEYS):
        if key not in keys:
            del page[key]
    if sheet:
        page["sheet"] = sheet
        names = old.get("indicators") or [name for name in (old.get("indicator"),) if name]
        _put(page, "indicators", names if takes_indicators(sheet) else [])
        if page.get("chart") not in SHEETS[sheet]:
            page.pop("chart", None)
        return made
    page["layer"] = layer
    if layer != old.get("layer"):
        for key in ("indicator", "field", "colour", "cross"):
            page.pop(key, None)
    if layer == "communes" and old.get("indicators"):
        page["indicator"] = old["indicators"][0]
    drawn = DRAWN[layer]
    _draw(page, page["map"] if page.get("map") in drawn else drawn[0])
    _fit_map(page)
    return made


def with_map(document: Document, place: Place, name: str) -> Document:
    """The map of a page, which loses the subjects that this one does not show."""
    made = deepcopy(document)
    _draw(part(made, place), name)
    return made


def _draw(page: dict[str, Any], name: str) -> None:
    page["map"] = name
    needs = MAPS[name]
    for key in ("colour", "cross"):
        if key not in needs:
            page.pop(key, None)
    if "subject" not in needs:
        page.pop("field", None)


def with_subject(document: Document, place: Place, name: str) -> Document:
    """The indicator of a map of communes: counts become circles, the others shades."""
    made = deepcopy(document)
    page = part(made, place)
    _put(page, "indicator", name)
    _fit_map(page)
    return made


def _fit_map(page: dict[str, Any]) -> None:
    row = indicators().get(page.get("indicator", ""))
    fitting = maps_of(row.kind) if row else ()
    if page.get("layer") == "communes" and fitting and page.get("map") not in fitting:
        _draw(page, fitting[0])


def stake_of(document: Document, place: Place) -> str:
    """Title of the stake that a chapter answers, "" for none."""
    name = part(document, place).get("id", "")
    for stake in document.get("stakes", ()):
        if name in stake.get("chapters", ()):
            return str(stake.get("title", ""))
    return ""


def with_stake(document: Document, place: Place, title: str) -> Document:
    """A chapter answers the stake of this title, made when there is none; no other any more."""
    made = deepcopy(document)
    _set_stake(made, part(made, place).get("id", ""), title)
    return made


def _set_stake(document: Document, chapter: str, title: str) -> None:
    stakes = document.setdefault("stakes", [])
    for stake in stakes:
        stake["chapters"] = [name for name in stake.get("chapters", ()) if name != chapter]
    if title:
        named = [stake for stake in stakes if stake.get("title") == title]
        if not named:
            named = [{"title": title, "chapters": []}]
            stakes += named
        named[0]["chapters"].append(chapter)
    document["stakes"] = [stake for stake in stakes if stake["chapters"]]
    if not document["stakes"]:
        del document["stakes"]
