"""A JSON document whose every value knows its line, for refusals that a person can act upon.

The grammar is that of RFC 8259, read strictly: no comment, no comma too many, no key twice in one
object, no ``NaN``. Where the standard library says only where it stumbled, :class:`Slip` names the
place in the document and the slip, on the line to correct.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Any

from .words import Words

_SPACE = re.compile(r"[ \t\r\n]*")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?(?![\w.])", re.ASCII)
_WORDS = {"true": True, "false": False, "null": None}
_WORD = re.compile(r"true|false|null")
#: Brackets within brackets: far more than a document that a person writes.
_DEEPEST = 50
#: Digits of a whole number, far fewer than Python accepts.
_MOST_DIGITS = 300
_DECODER = json.JSONDecoder()


def _number(found: re.Match[str]) -> float:
    """An integer, or a real for one of so many digits that Python refuses to read it as a whole."""
    digits = found.group()
    whole = found.group(1) is None and found.group(2) is None and len(digits) <= _MOST_DIGITS
    return int(digits) if whole else float(digits)


@dataclass(frozen=True)
class Spot:
    """A value and the line where it begins; ``value`` is a scalar, a dict or a list of spots.

    ``key_line``: the line of its key, for the member of an object; else that of the value.
    """

    value: Any
    line: int
    key_line: int

    def plain(self) -> Any:
        """The value without its lines."""
        if isinstance(self.value, dict):
            return {key: spot.plain() for key, spot in self.value.items()}
        if isinstance(self.value, list):
            return [spot.plain() for spot in self.value]
        return self.value


class Slip(Exception):
    """What is no JSON: ``line`` and ``column`` (from 1), ``path`` (``chapters[2].title``), why."""

    def __init__(self, line: int, column: int, path: str, reason: Words) -> None:
        super().__init__(f"line {line}, column {column}, {path}: {reason}")
        self.line = line
        self.column = column
        self.path = path
        self.reason = reason


def scan(text: str) -> Spot:
    """The document in ``text``; raises :class:`Slip`."""
    scanner = _Scanner(text)
    spot, end = scanner.value(scanner.skip(0), "", 0)
    rest = scanner.skip(end)
    if rest < len(text):
        raise scanner.slip(rest, "", Words("nothing may follow the end of the document"))
    return spot


class _Scanner:
    """Recursive descent; each method takes the position of its first sign, gives that after it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def line(self, at: int) -> int:
        return bisect_right(self._starts, at)

    def slip(self, at: int, path: str, reason: Words) -> Slip:
        line = self.line(at)
        return Slip(line, at - self._starts[line - 1] + 1, path, reason)

    def skip(self, at: int) -> int:
        found = _SPACE.match(self.text, at)
        assert found is not None  # the pattern matches nothing too
        return found.end()

    def value(self, at: int, path: str, depth: int) -> tuple[Spot, int]:
        sign = self.text[at : at + 1]
        if depth > _DEEPEST:
            raise self.slip(at, path, Words("there are too many brackets inside one another"))
        value: Any
        if sign == "{":
            value, end = self._object(at, path, depth)
        elif sign == "[":
            value, end = self._list(at, path, depth)
        elif sign == '"':
            value, end = self._string(at, path)
        else:
            value, end = self._scalar(at, path)
        return Spot(value, self.line(at), self.line(at)), end

    def _scalar(self, at: int, path: str) -> tuple[Any, int]:
        word = _WORD.match(self.text, at)
        if word:
            return _WORDS[word.group()], word.end()
        number = _NUMBER.match(self.text, at)
        if number:
            return _number(number), number.end()
        raise self.slip(
            at,
            path,
            Words("a value is expected: a text between straight quotation marks, a number, […] or {sign}", sign="{…}"),
        )  # fmt: skip

    def _string(self, at: int, path: str) -> tuple[str, int]:
        try:
            value, end = _DECODER.raw_decode(self.text, at)
        except json.JSONDecodeError as error:
            if "escape" in error.msg:
                reason = Words("a backslash in a text is written twice")
                raise self.slip(error.pos, path, reason) from error
            reason = Words("the text that begins there has no closing quotation mark on its line")
            raise self.slip(at, path, reason) from error
        return value, end

    def _list(self, at: int, path: str, depth: int) -> tuple[list[Spot], int]:
        items: list[Spot] = []
        at = self.skip(at + 1)
        if self.text[at : at + 1] == "]":
            return items, at + 1
        while True:
            spot, end = self.value(at, f"{path}[{len(items) + 1}]", depth + 1)
            items.append(spot)
            at, closed = self._next(end, "]", path)
            if closed:
                return items, at

    def _object(self, at: int, path: str, depth: int) -> tuple[dict[str, Spot], int]:
        members: dict[str, Spot] = {}
        at = self.skip(at + 1)
        if self.text[at : at + 1] == "}":
            return members, at + 1
        while True:
            key, spot, end = self._member(at, path, depth)
            if key in members:
                raise self.slip(at, path, Words("the key “{key}” stands there twice", key=key))
            members[key] = spot
            at, closed = self._next(end, "}", path)
            if closed:
                return members, at

    def _member(self, at: int, path: str, depth: int) -> tuple[str, Spot, int]:
        if self.text[at : at + 1] != '"':
            reason = Words("a key between straight quotation marks is expected")
            raise self.slip(at, path, reason)
        key, end = self._string(at, path)
        place = f"{path}.{key}" if path else key
        colon = self.skip(end)
        if self.text[colon : colon + 1] != ":":
            raise self.slip(end, place, Words("a colon is expected after the key “{key}”", key=key))
        spot, end = self.value(self.skip(colon + 1), place, depth + 1)
        return key, Spot(spot.value, spot.line, self.line(at)), end

    def _next(self, end: int, closing: str, path: str) -> tuple[int, bool]:
        """After a value that ends at ``end``: the next one, or what follows ``closing`` and True."""
        at = self.skip(end)
        sign = self.text[at : at + 1]
        if sign == closing:
            return at + 1, True
        if sign != ",":
            reason = Words("a comma or “{closing}” is missing there", closing=closing)
            raise self.slip(end, path, reason)
        after = self.skip(at + 1)
        if self.text[after : after + 1] == closing:
            reason = Words("there is a comma too many before “{closing}”", closing=closing)
            raise self.slip(at, path, reason)
        return after, False
