"""What the services are asked for: a territory and what surrounds it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...core.codes import PLM, department
from ...core.wanted import Box

__all__ = ["Box", "Scope", "with_arrondissements"]


@dataclass(frozen=True)
class Scope:
    """Units that a run needs data of; codes are those of the present commune list.

    ``communes``: of the territory and around it, sorted; ``territory``: those of the territory.
    ``epcis``, ``departments``, ``regions``: what the territory belongs to. ``box`` holds the
    communes. ``variables``: of the statistics, INSEE's names without vintage.
    """

    communes: tuple[str, ...]
    territory: tuple[str, ...]
    epcis: tuple[str, ...]
    departments: tuple[str, ...]
    regions: tuple[str, ...]
    box: Box
    variables: tuple[str, ...] = ()

    @property
    def all_departments(self) -> tuple[str, ...]:
        """Départements of every commune, those around the territory too."""
        return tuple(sorted({department(code) for code in self.communes}))


def with_arrondissements(communes: tuple[str, ...]) -> Iterator[str]:
    """The codes as most producers write them: Paris, Lyon and Marseille by arrondissement."""
    for code in communes:
        if code in PLM:
            first, last = PLM[code]
            yield from (str(number) for number in range(first, last + 1))
        else:
            yield code
