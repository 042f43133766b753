"""Kinds of places of interest, and which row of each source is one of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from ..core.catalogue import rows
from ..core.errors import InputError
from .names import normalise

#: Families of legal forms (first digit) of public bodies, social protection and associations.
_NOT_COMMERCIAL = ("7", "8", "9")


@dataclass(frozen=True)
class Equipment:
    """A code of the Base permanente des équipements and the vintages where it has this meaning."""

    code: str
    first: int = 0
    last: int = 9999

    @classmethod
    def read(cls, text: str) -> Equipment:
        """``A128:2020-``, ``A115:-2020`` or ``D502``."""
        code, _, years = text.partition(":")
        first, _, last = years.partition("-")
        return cls(code, int(first or 0), int(last or 9999))

    def holds(self, vintage: int | None) -> bool:
        """Whether the code means it in that vintage; a file of unknown year is taken as recent."""
        return self.first <= (vintage or 9998) <= self.last


@dataclass(frozen=True)
class Kind:
    """A row of ``catalogue/ecosystem.csv``."""

    id: str
    label: str  # French, as printed
    theme: str
    equipments: tuple[Equipment, ...]
    equipment_words: re.Pattern[str] | None
    networks: frozenset[str]
    siae: frozenset[str]
    naf: frozenset[str]
    legal_forms: frozenset[str]
    siren: frozenset[str]
    names: re.Pattern[str] | None
    employers: bool  # establishments without employees are left out
    public: bool  # its name is never that of a person

    def types(self, vintage: int | None, labels: dict[str, str]) -> set[str]:
        """Equipment types of this kind in a vintage, by ``labels`` (code → label) when known."""
        if labels and self.equipment_words is not None:
            return {
                code
                for code, label in labels.items()
                if self.equipment_words.search(normalise(label))
            }
        return {item.code for item in self.equipments if item.holds(vintage)}

    def is_establishment(
        self, siren: str, naf: str, legal_form: str, names: Iterable[str], employer: bool
    ) -> bool:
        """Whether an establishment of the register is of this kind."""
        if siren in self.siren or legal_form in self.legal_forms:
            return True
        if naf in self.naf:
            return employer or not self.employers
        if self.names is None or not legal_form.startswith(_NOT_COMMERCIAL):
            return False
        return any(self.names.search(normalise(name)) for name in names if name)


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by id, in the order of the catalogue."""
    return {row["id"]: _kind(row) for row in rows("ecosystem")}


def chosen(ids: Iterable[str]) -> list[Kind]:
    """These kinds in the order of the catalogue, all of them when none is named."""
    wanted = list(ids)
    unknown = [name for name in wanted if name not in kinds()]
    if unknown:
        raise InputError(
            "“{kind}” is not a kind of place of interest. Kinds: {kinds}.",
            kind=unknown[0],
            kinds=", ".join(kinds()),
        )
    return [kind for kind in kinds().values() if not wanted or kind.id in wanted]


def _kind(row: dict[str, str]) -> Kind:
    return Kind(
        id=row["id"],
        label=row["label"],
        theme=row["theme"],
        equipments=tuple(map(Equipment.read, row["bpe"].split())),
        equipment_words=_pattern(row["bpe_words"]),
        networks=frozenset(row["networks"].split()),
        siae=frozenset(row["siae"].split()),
        naf=frozenset(row["naf"].split()),
        legal_forms=frozenset(row["legal_forms"].split()),
        siren=frozenset(row["siren"].split()),
        names=_pattern(row["names"]),
        employers=row["employers"] == "yes",
        public=row["public"] == "yes",
    )


def _pattern(text: str) -> re.Pattern[str] | None:
    return re.compile(text) if text else None
