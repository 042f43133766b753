"""Names and codes of communes and of what they belong to, searched as a person types them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from ...core.codes import LEVELS, parse_territory
from ...core.errors import TerritoryError

if TYPE_CHECKING:
    from ...sources.geography import Geography

#: What people look for most comes first among equal names.
_ORDER = {"EPCI": 0, "COM": 1, "DEP": 2, "REG": 3, "ZE": 4}
_CODE = re.compile(r"[0-9][0-9AB][0-9]*", re.IGNORECASE)
_NEAR = 0.75  # likeness from which a name is offered in place of one that nothing bears
_MOST_NEAR = 5


@dataclass(frozen=True)
class Place:
    """A unit that a territory can be made of.

    ``key``: ``EPCI:243500139``, ``COM:35238``; ``level``: COM, EPCI, DEP, REG or ZE; ``where``:
    its département, empty when its name says it; ``communes``: how many it has.
    """

    key: str
    name: str
    level: str
    where: str
    communes: int


@dataclass(frozen=True)
class _Entry:
    place: Place
    forms: tuple[str, ...]  # normalised spellings
    size: int


class Gazetteer:
    """Every unit of a geography. ``postcodes``: communes by postcode, where they are known.

    Made in a task (it takes a second for the whole country); a search takes milliseconds.
    """

    def __init__(
        self, geography: Geography, postcodes: Mapping[str, Iterable[str]] | None = None
    ) -> None:
        self.geography = geography
        self._postcodes = {code: tuple(found) for code, found in (postcodes or {}).items()}
        self._entries = {entry.place.key: entry for entry in _entries(geography)}

    @property
    def has_contours(self) -> bool:
        """Whether the communes can be drawn without asking a service."""
        return bool(self.geography.contours)

    def place(self, key: str) -> Place | None:
        """The unit of a key, None when this geography has it not."""
        entry = self._entries.get(key)
        return entry.place if entry else None

    def holding(self, commune: str) -> list[Place]:
        """A commune, then what it belongs to, from near to far."""
        row = self.geography.communes.loc[commune]
        keys = [f"COM:{commune}"]
        keys += [f"{level}:{row[level.lower()]}" for level in ("EPCI", "ZE", "DEP", "REG")]
        return [self._entries[key].place for key in keys if key in self._entries]

    def search(self, text: str, most: int = 30) -> list[Place]:
        """Units whose code, postcode or name is or begins as ``text``, the likeliest first.

        Each word typed must begin a word of the name, whatever the accents and the hyphens. When
        nothing fits, the names most alike.
        """
        from ...sources.names import normalise

        typed = text.strip()
        if not typed:
            return []
        found = self._by_code(typed.upper())
        wanted = normalise(typed)
        if not wanted:
            return found[:most]
        words = [f" {word}" for word in wanted.split()]
        ranked = []
        for entry in self._entries.values():
            rank = _rank(entry.forms, wanted, words)
            if rank is not None:
                place = entry.place
                ranked.append((rank, _ORDER[place.level], -entry.size, place.name, place.key))
        keys = [key for *_, key in sorted(ranked)] or self._alike(wanted)
        return list(dict.fromkeys([*found, *(self._entries[key].place for key in keys)]))[:most]

    def _by_code(self, typed: str) -> list[Place]:
        if ":" in typed:
            keys = _keys_of(typed)
        elif _CODE.fullmatch(typed):
            keys = [f"{level}:{typed}" for level in LEVELS]
            keys += [f"COM:{code}" for code in self._postcodes.get(typed, ())]
        else:
            keys = []
        return [self._entries[key].place for key in keys if key in self._entries]

    def _alike(self, wanted: str) -> list[str]:
        bearers: dict[str, list[str]] = {}
        for key, entry in self._entries.items():
            for form in entry.forms:
                if form[:1] == wanted[:1]:
                    bearers.setdefault(form, []).append(key)
        near = get_close_matches(wanted, list(bearers), _MOST_NEAR, _NEAR)
        return [key for form in near for key in bearers[form]]


def _keys_of(expression: str) -> list[str]:
    try:
        return keys_of(expression)
    except TerritoryError:  # a code that is still being typed
        return []


def keys_of(expression: str) -> list[str]:
    """Keys of the units of a TERRITORY parameter, in order; a name stands for itself.

    Raises :class:`TerritoryError` for a malformed code.
    """
    if not expression.strip():
        return []
    return [
        code if part.level == "NAME" else f"{part.level}:{code}"
        for part in parse_territory(expression)
        for code in part.codes
    ]


def written(keys: Iterable[str]) -> str:
    """The TERRITORY parameter of units: ``EPCI:243500139;COM:35047,35238``."""
    groups: dict[str, list[str]] = {}
    for key in dict.fromkeys(keys):
        level, separator, code = key.partition(":")
        if separator and level in LEVELS:
            groups.setdefault(level, []).append(code)
        else:
            groups[key] = []  # a name
    return ";".join(
        f"{group}:{','.join(codes)}" if codes else group for group, codes in groups.items()
    )


def _rank(forms: tuple[str, ...], wanted: str, words: list[str]) -> int | None:
    """0: the name itself, 1: it begins so, 2: words of it do; None: another name."""
    best: int | None = None
    for form in forms:
        if form == wanted:
            return 0
        spaced = f" {form}"
        if all(word in spaced for word in words):
            rank = 1 if form.startswith(wanted) else 2
            best = rank if best is None else min(best, rank)
    return best


def _entries(geography: Geography) -> Iterable[_Entry]:
    from ...sources.resolution import spellings

    table = geography.communes

    def entry(key: str, where: str, communes: int) -> _Entry:
        level, _, code = key.partition(":")
        name = geography.name(code if level == "COM" else key)
        place = Place(key, name, level, where, communes)
        forms = tuple(sorted(spellings(name)))
        return _Entry(place, forms, communes)

    departments = {code: _department(geography, code) for code in sorted(set(table["dep"]))}
    for code, department in zip(table.index, table["dep"]):
        yield entry(f"COM:{code}", departments[department], 1)
    for level, column in (("EPCI", "epci"), ("ZE", "ze"), ("DEP", "dep"), ("REG", "reg")):
        members: dict[str, Counter[str]] = {}
        for unit, department in zip(table[column], table["dep"]):
            if unit:
                members.setdefault(unit, Counter())[department] += 1
        for unit, counts in sorted(members.items()):
            most = counts.most_common(1)[0][0]
            where = departments[most] if level in ("EPCI", "ZE") else ""
            yield entry(f"{level}:{unit}", where, sum(counts.values()))


def _department(geography: Geography, code: str) -> str:
    return f"{geography.name(f'DEP:{code}')} ({code})" if code else ""
