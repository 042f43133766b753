"""A resolved territory: what every later step knows about where it works."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .codes import legal_crs


@dataclass(frozen=True)
class Unit:
    """An administrative unit that serves as a reference (EPCI, département, région, France)."""

    level: str  # EPCI, DEP, REG, FRANCE, TERRITOIRE, SIMILAR, GROUP
    code: str
    name: str


#: Levels of a unit made of others: its code joins their keys with « + »
#: (``SIMILAR:EPCI:243500741+EPCI:200065597``, ``GROUP:35238+35024``).
JOINED = ("SIMILAR", "GROUP")


def joined(level: str, keys: Iterable[str], name: str) -> Unit:
    """The unit that the units (or communes) ``keys`` make together."""
    return Unit(level, "+".join(keys), name)


def parts(unit_key: str) -> tuple[str, ...]:
    """Keys of the units that a unit is made of: itself, unless it is a joined one."""
    level, _, code = unit_key.partition(":")
    return tuple(code.split("+")) if level in JOINED else (unit_key,)


@dataclass(frozen=True)
class Territory:
    """Communes of a territory at one COG year, its neighbours and its reference units.

    ``name`` is what titles print; ``references`` go from near to far and leave out a unit equal
    to the territory itself.
    """

    expression: str
    name: str
    kind: str  # EPCI, DEP, REG, ZE, COM, AREA, MIXED
    communes: tuple[str, ...]
    neighbours: tuple[str, ...]
    references: tuple[Unit, ...]
    cog: int

    @property
    def crs(self) -> str:
        """Legal projection in which every length, area and output layer of the run stands."""
        return legal_crs(self.communes[0])
