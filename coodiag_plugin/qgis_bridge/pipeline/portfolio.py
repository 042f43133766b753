"""The client portfolio against the fabric of the territory, in a run."""

from __future__ import annotations

from dataclasses import dataclass

from ...core import french
from ...core.crossings import Portfolio
from ...core.progress import Progress
from ...core.territory import Territory
from .options import Run
from .results import StepResult

#: Key of the result and of a refusal: the crossing has no layer.
PORTFOLIO = "portefeuille"


@dataclass(frozen=True)
class PortfolioResult(StepResult):
    """``found``: for the page ``portfolio``."""

    found: Portfolio


def step(run: Run, territory: Territory, progress: Progress) -> None:
    """The figures of the page ``portfolio``; needs located clients and the register."""
    from ..portfolio import portfolio_of

    assert run.register is not None
    found = portfolio_of(
        run.located["clients"].layer,
        run.register,
        territory.crs,
        min_count=run.options.min_count,
        progress=progress,
    )
    run.results[PORTFOLIO] = PortfolioResult(
        "", ("Insee, base Sirene des entreprises et de leurs établissements",), found
    )
    run.journal.section("Portefeuille de clients et tissu économique")
    run.journal.write(
        f"{french.figure(found.located, 0, '')} clients localisés = {french.figure(found.clients, 0, '')} établissements du territoire "
        f"+ {french.figure(found.beside, 0, '')} autres (particuliers, hors du territoire, non retrouvés ou en double)."
    )
    hidden = sum(not row.clients.known for table in found.tables for row in table.rows)
    if hidden:
        run.journal.write(
            f"{french.plural(hidden, 'groupe masqué', 'groupes masqués')} (s) : moins de {run.options.min_count} clients, ou secret secondaire."
        )
