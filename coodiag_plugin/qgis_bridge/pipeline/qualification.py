"""Qualification of the jobs and of those who seek one, in a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...core import french
from ...core.crossings import Qualification
from ...core.progress import Progress
from ...core.territory import Territory
from ...core.values import Value
from .options import Run
from .results import StepResult
from .supply import cited, compared

if TYPE_CHECKING:
    from ...analysis.indicators import IndicatorResult


@dataclass(frozen=True)
class QualificationResult(StepResult):
    """``found``: the levels of the territory, for the page ``qualification``."""

    found: Qualification

    def territory(self, field: str) -> Value | None:
        return {"rate": self.found.ratio, "index": self.found.index}.get(field)


def needed() -> tuple[str, ...]:
    """Indicators that :func:`step` reads in the layer ``communes`` and in the references."""
    from ...analysis.qualification import needed as of_levels

    return of_levels()


def step(run: Run, territory: Territory, result: IndicatorResult, progress: Progress) -> None:
    """The layer ``qualification`` and the figures of the page of that name."""
    from ..qualification import qualification_layer

    names = needed()
    whole = {name: result.references.get("TERRITOIRE", name) for name in names}
    found = qualification_layer(
        run.layers["communes"],
        territory.crs,
        whole,
        compared(run, territory, result, names),
        progress,
    )
    run.layers["qualification"] = found.layer
    years = dict.fromkeys(result.years.get(name, "") for name in found.used)
    dates = french.listing([year for year in years if year])
    who = found.found.who
    method = (
        f"{who} de niveau baccalauréat ou moins et emplois d’employés et d’ouvriers, recensement {dates}. "
        "Indice : part de ce niveau parmi les personnes, rapportée à la part de ces emplois, 100 = équilibre ; n.s. sous 30 personnes ou 30 emplois. "
        "Emplois de la commune et personnes qui y habitent : le marché du travail est plus large que la commune."
    )  # fmt: skip
    run.results["qualification"] = QualificationResult(
        method, cited(result, found.used), found.found
    )
    run.method.append(method)
    run.journal.section("Qualification des personnes et des emplois")
    for row in found.found.rows:
        run.journal.write(
            f"{row.label} : {french.figure(row.seekers_share, 1, '%')} des personnes ({who.lower()}), "
            f"{french.figure(row.jobs_share, 1, '%')} des emplois."
        )
