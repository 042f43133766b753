"""A road graph whose costs another engine computes: everything built on our search then uses its."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Optional, Protocol

import numpy as np

from .graph import RoadGraph
from .snapping import Snapped


class NodeCosts(Protocol):
    """What gives the cost from each origin, the leg to the road counted, to every node."""

    def __call__(
        self, origins: Snapped, limit: float, reverse: bool, mode: str
    ) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Batches (rows of origins, costs (rows, nodes), inf beyond the limit)."""


@dataclass(frozen=True, eq=False)
class ServedGraph(RoadGraph):
    """``node_costs`` is asked in place of Dijkstra's search (``zones/search.py``)."""

    node_costs: Optional[NodeCosts] = None
