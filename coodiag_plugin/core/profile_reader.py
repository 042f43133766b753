"""Typed reading of a profile document: each part knows its line and the name of its place.

Every refusal is an :class:`InputError` that names the file, the line, the place and the slip.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from typing import Any, Union

from .catalogue import Indicator, indicators
from .errors import InputError
from .french import typography
from .json_lines import Spot
from .words import Words

Place = Union[str, Words]
#: What XML, hence a project of QGIS, cannot hold: one such sign and the project no longer opens.
_NO_TEXT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)

_LONGEST = 60
#: As ids are names of map themes, layouts, files and anchors: the same sign for sign everywhere.
_IDENTIFIER = re.compile(rf"[a-z0-9_]{{1,{_LONGEST}}}", re.ASCII)


class Part:
    """A value of the document with its line and the name of its place."""

    def __init__(self, file: str, spot: Spot, place: Place) -> None:
        self.file = file
        self.spot = spot
        self.place = place

    def error(self, reason: Words, at: Spot | None = None, key: bool = False) -> InputError:
        """The refusal of this part, on its line or on that of ``at`` (of its key)."""
        spot = at or self.spot
        return InputError(
            "The profile {file} cannot be used: line {line}, in {place}, {reason}. Correct it there.",
            file=self.file,
            line=spot.key_line if key else spot.line,
            place=self.place,
            reason=reason,
        )

    def mapping(self, keys: Sequence[str]) -> Part:
        """This part, an object that holds ``keys`` and no other."""
        if not isinstance(self.spot.value, dict):
            raise self.error(Words("an object {sign} is expected", sign="{…}"))
        for name, member in self.spot.value.items():
            if name not in keys:
                raise self.error(
                    Words(
                        "the key “{key}” is unknown (known: {known})",
                        key=name,
                        known=", ".join(keys),
                    ),
                    member,
                    key=True,
                )
        return self

    def named(self) -> Part:
        """This part, whose place tells its id too when it has one."""
        if isinstance(self.spot.value, dict) and isinstance(self.at("id").value, str):
            self.place = f"{self.place} ({self.at('id').value})"
        return self

    def has(self, key: str) -> bool:
        return key in self.spot.value

    def at(self, key: str) -> Spot:
        """Where a key stands; the whole part when it is missing."""
        found = self.spot.value.get(key)
        return found if isinstance(found, Spot) else self.spot

    def text(self, key: str, required: bool = True) -> str:
        if not self.has(key):
            if required:
                raise self.error(Words("“{key}” is missing", key=key))
            return ""
        value = self.at(key).value
        if not isinstance(value, str):
            raise self.error(Words("“{key}” must be a text", key=key), self.at(key))
        sign = _NO_TEXT.search(value)
        if sign:
            reason = Words("“{key}” holds a control character ({sign}) that cannot be printed: take it out", key=key, sign=f"U+{ord(sign.group()):04X}")  # fmt: skip
            raise self.error(reason, self.at(key))
        if required and not value.strip():
            raise self.error(Words("“{key}” is missing", key=key), self.at(key))
        return value.strip()

    def identifier(self, key: str = "id", taken: Sequence[str] = ()) -> str:
        """A name that files, map themes and links are made of; ``taken``: those of the project."""
        name = self.text(key)
        if not _IDENTIFIER.fullmatch(name):
            reason = Words("the id “{name}” must be made of 1 to {most} signs among a–z, 0–9 and _", name=name, most=_LONGEST)  # fmt: skip
            raise self.error(reason, self.at(key))
        if name in taken:
            reason = Words("the id “{name}” is taken by the project itself (taken: {taken}): choose another one", name=name, taken=", ".join(taken))  # fmt: skip
            raise self.error(reason, self.at(key))
        return name

    def printed(self, key: str, required: bool = True) -> str:
        """A French text to be printed: its spaces never break, however they were typed."""
        return typography(self.text(key, required))

    def whole_number(self, key: str, default: int, least: int, most: int) -> int:
        if not self.has(key):
            return default
        value = self.at(key).value
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise self.error(
                Words(
                    "“{key}” must be a whole number from {least} to {most}",
                    key=key,
                    least=least,
                    most=most,
                ),
                self.at(key),
            )
        return value

    def parts(self, key: str, place: Callable[[int], Place]) -> list[Part]:
        """The items of a list, each named by ``place`` of its rank from 1; none when it is absent."""
        if not self.has(key):
            return []
        value = self.at(key).value
        if not isinstance(value, list):
            raise self.error(Words("“{key}” must be a list […]", key=key), self.at(key))
        return [Part(self.file, spot, place(rank)) for rank, spot in enumerate(value, 1)]

    def names(self, key: str, check: Callable[[Part], None], most: int = 0) -> tuple[str, ...]:
        """A list of names that each pass ``check``, none of them twice, at most ``most`` (0: any)."""
        place = key if isinstance(self.place, Words) else f"{self.place}, {key}"
        items = self.parts(key, lambda _: place)
        for item in items:
            check(item)
        unique(items, [item.spot.value for item in items])
        if most and len(items) > most:
            reason = Words("“{key}” has room for {most} names", key=key, most=most)
            raise items[most].error(reason)
        return tuple(item.spot.value for item in items)

    def indicators(self, key: str, most: int = 0) -> tuple[str, ...]:
        return self.names(key, indicator, most)


def unique(parts: Sequence[Part], names: Sequence[str]) -> None:
    """Refuse the second of two parts of one name, on its line."""
    met = set()
    for part, name in zip(parts, names):
        if name in met:
            raise part.error(Words("“{name}” stands there twice", name=name))
        met.add(name)


def indicator(part: Part) -> None:
    """The part is the id of an indicator of the catalogue."""
    catalogue_row(part, part.spot.value, part.spot)


def one_of(known: Sequence[str], template: str) -> Callable[[Part], None]:
    """A check that a part is one of ``known``; ``template`` says the slip, with {name}, {known}."""

    def check(part: Part) -> None:
        if part.spot.value not in known:
            raise part.error(Words(template, name=part.spot.plain(), known=", ".join(known)))

    return check


def catalogue_row(part: Part, name: Any, at: Spot) -> Indicator:
    """The indicator ``name``, written ``at``; one that does not exist is refused, the nearest named."""
    if not isinstance(name, str):
        raise part.error(Words("the name of an indicator is expected"), at)
    if name in indicators():
        return indicators()[name]
    near = get_close_matches(name, indicators(), n=1, cutoff=0.75)
    if near:
        raise part.error(
            Words(
                "the indicator “{name}” is not in the catalogue (the nearest one: {near})",
                name=name,
                near=near[0],
            ),
            at,
        )
    raise part.error(Words("the indicator “{name}” is not in the catalogue", name=name), at)
