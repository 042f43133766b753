"""What the services are asked for: a territory and what surrounds it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from ...core.codes import arrondissements, department
from ...core.wanted import Box

__all__ = ["Box", "Scope", "with_arrondissements"]


@dataclass(frozen=True)
class Scope:
    """Units that a run needs data of; codes are those of the present commune list.

    ``communes``: of the territory and around it, sorted; ``territory``: those of the territory.
    ``epcis``, ``departments``, ``regions``: what the territory belongs to. ``boxes`` hold the
    communes, one for each of places far apart. ``variables``: of the statistics, INSEE's names
    without vintage.
    """

    communes: tuple[str, ...]
    territory: tuple[str, ...]
    epcis: tuple[str, ...]
    departments: tuple[str, ...]
    regions: tuple[str, ...]
    boxes: tuple[Box, ...]
    variables: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        """The same for the same communes: noted beside what was fetched for them."""
        return hashlib.sha256(" ".join(self.communes).encode()).hexdigest()[:16]

    @property
    def all_departments(self) -> tuple[str, ...]:
        """Départements of every commune, those around the territory too."""
        return tuple(sorted({department(code) for code in self.communes}))

    @property
    def written(self) -> frozenset[str]:
        """Every code under which a producer may write the communes: by arrondissement too."""
        return frozenset({*self.communes, *with_arrondissements(self.communes)})


def with_arrondissements(communes: Iterable[str]) -> tuple[str, ...]:
    """The codes as most producers write them: Paris, Lyon and Marseille by arrondissement."""
    return tuple(part for code in communes for part in arrondissements(code) or (code,))
