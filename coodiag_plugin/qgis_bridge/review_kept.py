"""The corrections of a file as a person may look through them: of an address, only its label."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..geocoding.corrections import Corrections, Exported


@dataclass(frozen=True)
class Kept:
    """A correction. ``date``: ISO day; ``line``: as it is stored, to delete it and bring it back."""

    label: str
    given_up: bool
    town: str
    date: str
    note: str
    line: Exported = field(repr=False)


def kept(store: Corrections, towns: Mapping[str, str]) -> list[Kept]:
    """Every correction, the latest first. ``towns``: names by code; the code stands for others."""
    return [
        Kept(
            label=each.label,
            given_up=each.lon is None,
            town=towns.get(each.citycode, each.citycode),
            date=each.date[:10],
            note=each.note,
            line=(salt, key, each),
        )
        for salt, key, each in reversed(list(store.export()))
    ]
