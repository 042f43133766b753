"""A road graph from a table of edges that knows its nodes."""

from __future__ import annotations

import numpy as np
import pytest
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.zones.edge_table import graph_of_edges
from coodiag.coodiag_plugin.zones.search import times
from coodiag.coodiag_plugin.zones.snapping import snap

CRS = "EPSG:2154"
#: A square of 1 km, a bridge over it that shares no node, a loop, a closed edge, one without length.
LINES = [
    [(0, 0), (1000, 0)],
    [(1000, 0), (1000, 1000)],
    [(1000, 1000), (0, 1000), (0, 0)],
    [(500, -500), (500, 0), (500, 1500)],
    [(1000, 1000), (1500, 1000), (1500, 1500), (1000, 1000)],
    [(0, 0), (5000, 0)],
    [(0, 0), (0, 0)],
]
SOURCE, TARGET = [7, 40, 12, 90, 12, 7, 7], [40, 12, 7, 91, 12, 99, 98]
FORWARD = [60.0, 60.0, 120.0, 100.0, 80.0, -1.0, 5.0]
BACKWARD = [60.0, -1.0, np.nan, 100.0, 80.0, -1.0, 5.0]


def test_nodes_are_joined_by_their_ids_and_not_by_their_place() -> None:
    lines = [np.array(line, dtype=float) for line in LINES]
    graph, ids = graph_of_edges(
        lines, np.array(SOURCE), np.array(TARGET), np.array(FORWARD), np.array(BACKWARD), CRS
    )
    assert ids.tolist() == [7, 12, 40, 90, 91] and graph.crs == CRS
    assert graph.length.tolist() == pytest.approx([1000, 1000, 2000, 2000, 500 * (2 + 2**0.5)])
    assert graph.xy.tolist() == [[0, 0], [1000, 1000], [1000, 0], [500, -500], [500, 1500]]
    for edge in range(len(graph.u)):
        assert graph.along[graph.offsets[edge]] == 0
        assert graph.along[graph.offsets[edge + 1] - 1] == pytest.approx(graph.length[edge])
    assert len(graph.component_length) == 2, "the bridge touches nothing"
    cost = times(graph, snap(graph, graph.xy[:3], 1), snap(graph, graph.xy[:3], 1))
    # one way round the square, and back along the first side only
    assert cost.tolist() == [[0, 120, 60], [120, 0, 180], [60, 60, 0]]


def test_a_table_without_open_road_is_refused() -> None:
    line = [np.array([(0.0, 0.0), (1.0, 0.0)])]
    with pytest.raises(InputError, match="no road near the points"):
        graph_of_edges(line, np.array([1]), np.array([2]), np.array([-1.0]), np.array([-1.0]), CRS)
    nothing = np.array([], dtype=int)
    with pytest.raises(InputError, match="no road near the points"):
        graph_of_edges([], nothing, nothing, np.array([]), np.array([]), CRS)
