"""Secrecy of a table of flows: no small flow is shown, nor found from the sums around it.

A reader is supposed to know the flows that are shown, the sum of each origin and of each
destination that may be told (here, or in a layer of coverage of the same people), and the sum of
all. Nothing tells a hidden flow from one that does not exist: both are left out of the lines.

METHODS §6. The audit is exact for integers: a hidden flow can be told with certainty only if it
lies on no cycle of changes that leaves all these sums as they are (the cells of a transportation
table; Gusfield 1988, « A graph theoretic approach to statistical data security »).
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Union

from ..core.privacy import MIN_COUNT, is_few, suppressed_keys

Flow = tuple[str, str]
#: A place of the reader's reasoning: an origin, a destination, or a change of hidden sums.
_Node = tuple[str, str]
_SENDER, _TAKER = ("origins", ""), ("destinations", "")
Counts = Mapping[Flow, Union[int, float]]


@dataclass(frozen=True)
class Protected:
    """What may not be told: flows, sums of origins, sums of destinations; ``total``: the sum may."""

    flows: frozenset[Flow]
    origins: frozenset[str]
    destinations: frozenset[str]
    total: bool


def protect(
    flows: Counts, minimum: int = MIN_COUNT, sensitive: Set[Flow] = frozenset()
) -> Protected:
    """Flows and sums to hide so that no flow of 1 to ``minimum − 1`` people can be told.

    Nor any ``sensitive`` flow, to hide for another reason (one person holds most of its weight).
    Flows of an origin, or to a destination, whose own sum is hidden are hidden with it. Then,
    beside a flow that could be told, the smallest shown flows that make it doubtful are hidden as
    well, with their equals (which of them would be chosen must not tell who is beside), until none
    can be told. When all flows are hidden and one can still be told, the sums are hidden too.
    """
    cells = {flow: count for flow, count in flows.items() if count > 0}
    sums = _sums(cells)
    closed = [suppressed_keys({k: _whole(n) for k, n in side.items()}, minimum) for side in sums]
    everybody = sum(sums[0].values())
    nothing = Protected(
        frozenset(cells), frozenset(sums[0]), frozenset(sums[1]), not is_few(everybody, minimum)
    )
    if not nothing.total:
        return nothing
    small = {f for f, count in cells.items() if is_few(count, minimum) or f in sensitive}
    hidden = {flow for flow in cells if flow[0] in closed[0] or flow[1] in closed[1]} | small
    audit = _Audit(cells, hidden, closed)
    waiting = sorted(small)
    while waiting:
        told = [flow for flow in waiting if not audit.doubtful(flow)]
        if not told:
            return Protected(
                frozenset(audit.hidden), frozenset(closed[0]), frozenset(closed[1]), True
            )
        more = set().union(*(audit.beside(flow) for flow in told))
        if not more:
            more = audit.smallest()
        if not more:
            return nothing
        audit.hide(more)
        waiting = told  # what one more hidden flow makes doubtful stays so
    return Protected(frozenset(hidden), frozenset(closed[0]), frozenset(closed[1]), True)


def _whole(count: float) -> int:
    """A count as a number of people; a fraction of one (an estimate) stands for somebody."""
    return max(int(count), 1)


def _sums(cells: Counts) -> tuple[dict[str, float], dict[str, float]]:
    sums: tuple[dict[str, float], dict[str, float]] = ({}, {})
    for flow, count in cells.items():
        for side, key in zip(sums, flow):
            side[key] = side.get(key, 0) + count
    return sums


class _Audit:
    """Whether a hidden flow could be other than it is, as far as a reader knows.

    From an origin one more person may leave by any flow that is not shown; from a destination one
    fewer may come by a hidden flow that exists. A chain of both from the origin of a flow to its
    destination, which does not use the flow itself, makes one fewer of that flow possible.
    """

    def __init__(self, cells: Counts, hidden: Iterable[Flow], closed: list[set[str]]) -> None:
        self.cells = cells
        self.closed = closed
        self.hidden: set[Flow] = set()
        self._destinations = {flow[1] for flow in cells}
        self._shown: dict[str, set[str]] = {}
        self._shown_to: dict[str, set[str]] = {}
        self._senders: dict[str, set[str]] = {}
        for origin, destination in cells:
            self._shown.setdefault(origin, set()).add(destination)
            self._shown_to.setdefault(destination, set()).add(origin)
            self._senders.setdefault(destination, set())
        self.hide(hidden)

    def hide(self, flows: Iterable[Flow]) -> None:
        for flow in flows:
            if flow not in self.hidden:
                self.hidden.add(flow)
                self._shown[flow[0]].discard(flow[1])
                self._shown_to[flow[1]].discard(flow[0])
                self._senders[flow[1]].add(flow[0])
        self._order = sorted(self.hidden)

    def beside(self, flow: Flow) -> set[Flow]:
        """Shown flows to hide so that this one may be exchanged, as few people as can be.

        The exchanges that cost as little are all taken. Where there is none (one destination
        only), the smallest shown flows of the same origin or destination.
        """
        origin, destination = flow
        cost: dict[frozenset[Flow], float] = {}
        for other, there in self.cells:
            if other != origin and there != destination:
                corners = ((origin, there), (other, there), (other, destination))
                wanted = frozenset(
                    corner
                    for corner in corners
                    if corner in self.cells and corner not in self.hidden
                )
                cost[wanted] = math.fsum(self.cells[corner] for corner in wanted)
        if cost:
            least = min(cost.values())
            return set().union(*(wanted for wanted, people in cost.items() if people == least))
        around = {(origin, there) for there in self._shown[origin]}
        return self._least(around | {(other, destination) for other in self._shown_to[destination]})

    def smallest(self) -> set[Flow]:
        """The smallest shown flows of all."""
        return self._least(flow for flow in self.cells if flow not in self.hidden)

    def _least(self, flows: Iterable[Flow]) -> set[Flow]:
        found = list(flows)
        least = min((self.cells[flow] for flow in found), default=0)
        return {flow for flow in found if self.cells[flow] == least}

    def doubtful(self, flow: Flow) -> bool:
        return self._exchanged(flow) or self._chained(flow)

    def _exchanged(self, flow: Flow) -> bool:
        """Whether another hidden flow may have exchanged one person with this one."""
        origin, destination = flow
        shown, shown_to = self._shown[origin], self._shown_to[destination]
        return any(
            other != origin
            and there != destination
            and there not in shown
            and other not in shown_to
            for other, there in self._order
        )

    def _chained(self, flow: Flow) -> bool:
        """Whether a longer chain, hidden sums included, does it."""
        start, end = (("origin", flow[0]), ("destination", flow[1]))
        rest = set(self._destinations)
        seen: set[_Node] = {start}
        queue: deque[_Node] = deque([start])
        while queue:
            node = queue.popleft()
            for following in self._next(node, rest):
                if node == start and following == end:
                    rest.add(flow[1])
                    continue
                if following == end:
                    return True
                if following not in seen:
                    seen.add(following)
                    queue.append(following)
        return False

    def _next(self, node: _Node, rest: set[str]) -> list[_Node]:
        """Where a chain may go on; destinations come out of ``rest`` as they are reached."""
        kind, key = node
        if node == _SENDER:
            return [("origin", other) for other in self.closed[0]]
        if node == _TAKER:
            return [("destination", other) for other in self.closed[1]]
        if kind == "origin":
            reached = rest - self._shown[key]
            rest -= reached
            hub = [_SENDER] if key in self.closed[0] else []
            return [*(("destination", other) for other in reached), *hub]
        hub = [_TAKER] if key in self.closed[1] else []
        return [*(("origin", other) for other in self._senders[key]), *hub]
