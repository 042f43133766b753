"""The figures of a text, for the check that a sentence quotes only what its page prints."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from typing import Any

#: A printed number: groups of three digits after a space, decimals after a comma.
_NUMBER = re.compile(r"(?:\d{1,3}(?:[ \u202f\u00a0]\d{3})+(?!\d)|\d+)(?:,\d+)?")


def numbers_of(text: str) -> tuple[str, ...]:
    """``Le territoire perd 1 234 emplois, soit 2,5 %`` → ``("1 234", "2,5")`` (thin space).

    Signs are left out: a sentence says « perd 0,3 % » where the card prints « −0,3 % ».
    """
    return tuple(re.sub(r"[ \u00a0]", "\u202f", found) for found in _NUMBER.findall(text))


def texts_of(part: Any, without: Iterable[str] = ("sentence", "findings")) -> list[str]:
    """Every text of a page of the context but its sentences: titles, cards, tables, legend, notes."""
    left_out = tuple(without)
    if isinstance(part, str):
        return [part]
    if isinstance(part, (list, tuple)):
        return [text for item in part for text in texts_of(item, left_out)]
    if is_dataclass(part) and not isinstance(part, type):
        names = [field.name for field in fields(part) if field.name not in left_out]
        return [text for name in names for text in texts_of(getattr(part, name), left_out)]
    return []


def printed_numbers(part: Any) -> set[str]:
    """The numbers that a page prints beside its sentences."""
    return {number for text in texts_of(part) for number in numbers_of(text)}
