"""A resolved territory: what every later step knows about where it works."""

from __future__ import annotations

from dataclasses import dataclass

from .codes import legal_crs


@dataclass(frozen=True)
class Unit:
    """An administrative unit that serves as a reference (EPCI, département, région, France)."""

    level: str  # EPCI, DEP, REG, FRANCE, TERRITOIRE
    code: str
    name: str


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
