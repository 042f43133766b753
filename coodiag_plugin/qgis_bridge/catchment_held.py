"""What the drawn shape of a zone really holds: its clients are counted inside it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from qgis.core import QgsGeometry, QgsPoint

from .catchment_input import Ground
from .catchment_shapes import Group
from .zone_words import NBSP, decimal

if TYPE_CHECKING:
    import numpy as np

    from ..zones.catchment import Zone


def clients_inside(shape: QgsGeometry, group: Group, ground: Ground) -> np.ndarray:
    """Rows of the clients of a group who live in a shape, its edge included."""
    import numpy as np

    if shape.isEmpty():
        return np.empty(0, dtype=int)
    box = shape.boundingBox()
    points = ground.points[group.clients]
    low, high = (box.xMinimum(), box.yMinimum()), (box.xMaximum(), box.yMaximum())
    near = np.flatnonzero(((points >= low) & (points <= high)).all(axis=1))
    engine = QgsGeometry.createGeometryEngine(shape.constGet())
    engine.prepareGeometry()
    inside = [engine.intersects(QgsPoint(x, y)) for x, y in points[near].tolist()]
    return group.clients[near[np.array(inside, dtype=bool)]]


def isopleth_zones(
    group: Group, zones: Sequence[Zone], shapes: Sequence[QgsGeometry], ground: Ground
) -> list[Zone]:
    """The zones as their isopleths draw them: the clients inside, their share, and no reach.

    An isopleth holds a share of the density, which is not that share of the clients.
    """
    import numpy as np

    total = float(ground.weights[group.clients].sum())
    members = np.empty(0, dtype=int)
    result = []
    for zone, shape in zip(zones, shapes):
        members = np.union1d(members, clients_inside(shape, group, ground))
        share = 100 * float(ground.weights[members].sum()) / total if total else math.nan
        result.append(replace(zone, share=share, members=members, reach=math.nan))
    return result


def held_notes(
    group: Group,
    zones: Sequence[Zone],
    told: Sequence[bool],
    shapes: Sequence[QgsGeometry],
    ground: Ground,
    least: int,
) -> list[str]:
    """What each outline holds, in French, where that is another share than the zone's; else "".

    ``told``: zones whose figures are told. ``least`` above 0: the share is told only where no two
    told numbers, nor a number and nobody or everybody, differ by 1 to ``least − 1`` clients.
    """
    total = float(ground.weights[group.clients].sum())
    known = [0, len(group.clients), *(zone.count for zone, tell in zip(zones, told) if tell)]
    result = []
    for zone, tell, shape in zip(zones, told, shapes):
        held = clients_inside(shape, group, ground)
        share, own = (
            100 * float(ground.weights[rows].sum()) / total if total else math.nan
            for rows in (held, zone.members)
        )
        if shape.isEmpty() or not total or math.isclose(share, own):
            result.append("")
            continue
        if tell and all(count == len(held) or abs(count - len(held)) >= least for count in known):
            known.append(len(held))
            result.append(f"le contour dessiné en tient {decimal(share)}{NBSP}%")
        else:
            more = "davantage" if share > own else "moins"
            result.append(f"le contour dessiné en tient {more}")
    return result


def same_note(zones: Sequence[Zone], rank: int, isopleth: bool) -> str:
    """``identique à la zone primaire`` where a zone holds the very clients of the one before."""
    if not rank or not zones[rank].count or zones[rank].count != zones[rank - 1].count:
        return ""
    name = zones[rank - 1].name
    before = name if name.startswith("zone") else f"zone {name}"
    return f"mêmes clients que la {before}" if isopleth else f"identique à la {before}"
