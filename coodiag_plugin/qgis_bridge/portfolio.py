"""The client portfolio against the fabric, from the layers of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import QgsFeatureSource

from ..core.errors import InputError
from ..core.privacy import MIN_COUNT
from ..core.progress import Progress
from .establishments import establishment_table
from .prospects import client_table

if TYPE_CHECKING:
    from ..core.crossings import Portfolio


def portfolio_of(
    clients: QgsFeatureSource,
    register: QgsFeatureSource,
    crs: str,
    *,
    level: str = "section",
    min_count: int = MIN_COUNT,
    progress: Progress,
) -> Portfolio:
    """The clients found in the register (SIRET, else name and commune) by activity and by size.

    ``register``: the establishments of the territory, with their names. Refuses clients of whom
    none is found there, or so few that nothing may be told of them.
    """
    from ..zones.portfolio import portfolio

    stock = establishment_table(register, crs)
    book = client_table(clients, crs)
    progress.check()
    found = portfolio(book, stock, level=level, min_count=min_count)
    if not any(row.clients.number for table in found.tables for row in table.rows):
        raise InputError(
            "No group of clients is large enough to be compared with the establishments of the territory: give the SIRET of the clients, or widen the territory."
        )
    return found
