"""Junctions and pieces of road, as every module of the demonstration sees them."""

from __future__ import annotations

from dataclasses import dataclass, field

from .plane import Point, distance
from .territory import Commune


@dataclass
class Edge:
    """A piece of road between two junctions. ``importance`` as in BD TOPO: 1 best, 6 paths."""

    a: int
    b: int
    kind: str = "rurale"  # urbaine, rurale, chemin, express, bretelle, isolee
    importance: int = 5
    number: str = ""  # « D 12 »
    toward: tuple[str, ...] = ()  # communes that the departmental road joins
    one_way: int = 0  # 1 from a to b, −1 from b to a
    street: str = ""
    via: tuple[Point, ...] = ()  # shape between both junctions


@dataclass
class Network:
    """``nodes`` on the plan; ``urban`` tells the commune of a junction inside a village."""

    nodes: list[Point] = field(default_factory=list)
    urban: dict[int, Commune] = field(default_factory=dict)
    rural: dict[int, Commune] = field(default_factory=dict)
    centres: dict[str, int] = field(default_factory=dict)  # commune code → junction of its seat
    edges: list[Edge] = field(default_factory=list)

    def length(self, edge: Edge) -> float:
        return distance(self.nodes[edge.a], self.nodes[edge.b])

    def around(self) -> dict[int, list[Edge]]:
        """Edges at each junction."""
        result: dict[int, list[Edge]] = {}
        for edge in self.edges:
            result.setdefault(edge.a, []).append(edge)
            result.setdefault(edge.b, []).append(edge)
        return result
