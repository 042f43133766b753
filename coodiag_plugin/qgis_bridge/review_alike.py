"""Rows of a review that one decision holds for: those of the same address, as corrections tell it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..geocoding.address_key import AddressKey
    from .review_rows import ReviewRow


class Alike:
    """Rows by address; tells each whether a correction can be kept for it, and for how many others."""

    def __init__(self, rows: Iterable[ReviewRow]) -> None:
        from ..geocoding.address_key import address_key

        self._key = address_key
        self._rows: dict[AddressKey, list[ReviewRow]] = {}
        self._near: dict[tuple[str, str], list[AddressKey]] = {}  # by either of its two texts
        for row in rows:
            key = address_key(row.query)
            row.keyed = key is not None
            if key is not None:
                self._rows.setdefault(key, []).append(row)
        for key in self._rows:
            for end in _ends(key):
                self._near.setdefault(end, []).append(key)
        for key, alike in self._rows.items():
            count = sum(len(self._rows[other]) for other in self._meeting(key)) - 1
            for row in alike:
                row.twins = count

    def groups(self) -> Iterable[list[ReviewRow]]:
        """The rows, those of one key together: they have one correction."""
        return self._rows.values()

    def of(self, row: ReviewRow) -> Iterator[list[ReviewRow]]:
        """The groups that a decision for ``row`` may hold for, its own among them."""
        key = self._key(row.query)
        if key is not None:
            yield from (self._rows[other] for other in self._meeting(key))

    def _meeting(self, key: AddressKey) -> list[AddressKey]:
        near = dict.fromkeys(other for end in _ends(key) for other in self._near[end])
        return [other for other in near if key.meets(other)]


def _ends(key: AddressKey) -> list[tuple[str, str]]:
    return [end for end in (("named", key.named), ("coded", key.coded)) if end[1]]
