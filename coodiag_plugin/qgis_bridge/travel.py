"""How far places lie from sites: minutes or kilometres of road, or kilometres as the crow flies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qgis.core import QgsGeometry, QgsPointXY

from ..core.progress import Progress
from .isochrones import SNAP_DISTANCE
from .reach_shapes import UNIT_COST, reach_shapes, territories
from .shapes import from_polygons, multi, overlay, union

if TYPE_CHECKING:
    import numpy as np

    from ..zones.graph import RoadGraph
    from ..zones.snapping import Snapped

#: How far from a road the middle of a commune, or of the clients, may lie, metres.
MIDDLE_GAP = 5000.0
#: A polygon with less area than this (metres) times its perimeter is a sliver.
_SLIVER = 1.0
#: Sides of a circle drawn around a site, by quarter.
_CIRCLE = 45
#: Least reach of a polygon, in minutes or kilometres: one second, one metre.
_LEAST = {"time": 1 / 60, "distance": 1 / 1000}


@dataclass(frozen=True)
class Travel:
    """``graph`` None: as the crow flies. ``towards``: the trip goes to the site, not from it."""

    graph: RoadGraph | None
    mode: str = "time"
    towards: bool = False

    @property
    def unit(self) -> str:
        return "min" if self.graph is not None and self.mode == "time" else "km"

    @property
    def words(self) -> str:
        """What is measured, in French."""
        if self.graph is None:
            return "distance à vol d’oiseau"
        what = "temps de trajet" if self.mode == "time" else "distance par la route"
        return f"{what} vers le site" if self.towards else what

    def snap(self, places: np.ndarray, gap: float = SNAP_DISTANCE) -> Snapped:
        from ..zones.snapping import snap

        assert self.graph is not None
        return snap(self.graph, places, gap)

    def costs(
        self, origins: np.ndarray, places: np.ndarray, gap: float = SNAP_DISTANCE
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Cost (origins, places), inf where not reached; which origins and places are linked.

        ``gap``: how far a place or an origin may lie from a road (metres). As the crow flies each
        one with coordinates is linked.
        """
        import numpy as np

        if self.graph is None:
            linked = np.isfinite(places).all(axis=1)
            far = np.hypot(*np.moveaxis(places[None] - origins[:, None], 2, 0)) / 1000
            far[:, ~linked] = np.inf
            return far, np.isfinite(origins).all(axis=1), linked
        from ..zones.search import times

        starts, ends = self.snap(origins, gap), self.snap(places, gap)
        cost = times(self.graph, starts, ends, reverse=self.towards, mode=self.mode)
        return cost / UNIT_COST[self.mode], starts.linked, ends.linked

    def reaches(
        self,
        origins: np.ndarray,
        values: list[float],
        merge: str,
        progress: Progress,
        gap: float = SNAP_DISTANCE,
    ) -> list[list[QgsGeometry]]:
        """Nested polygons for ascending ``values``, by origin (``each``) or all as one (``merged``)."""
        import numpy as np

        values = [max(value, _LEAST[self.mode]) for value in values]
        if self.graph is None:
            rows = [[circle(place, value) for value in values] for place in origins]
            if merge == "each":
                return rows
            return [[union(list(column)) for column in zip(*rows)]]
        snapped = self.snap(origins, gap)
        linked = np.flatnonzero(snapped.linked)
        shapes = reach_shapes(
            self.graph, snapped.take(linked), values, self.mode, merge, progress, self.towards
        )
        if merge != "each":
            return shapes or [[QgsGeometry() for _ in values]]
        found = {int(row): shape for row, shape in zip(linked, shapes)}
        return [found.get(row, [QgsGeometry() for _ in values]) for row in range(len(origins))]

    def territories(
        self,
        origins: np.ndarray,
        limit: float,
        box: np.ndarray,
        progress: Progress,
        gap: float = SNAP_DISTANCE,
    ) -> list[QgsGeometry]:
        """Where each origin is the nearest one: roads within ``limit``, or Thiessen polygons in ``box``."""
        import numpy as np

        from ..zones.contour import Polygon
        from ..zones.thiessen import thiessen

        if self.graph is None:
            rings = thiessen(origins, box)
            return [from_polygons([Polygon(ring, [])] if len(ring) else []) for ring in rings]
        snapped = self.snap(origins, gap)
        linked = np.flatnonzero(snapped.linked)
        own: Iterator[QgsGeometry] = territories(
            self.graph,
            snapped.take(linked),
            max(limit, _LEAST[self.mode]) * UNIT_COST[self.mode],
            self.mode,
            progress,
            self.towards,
        )
        found = {int(row): shape for row, shape in zip(linked, own)}
        return [found.get(row, QgsGeometry()) for row in range(len(origins))]


def circle(place: np.ndarray, kilometres: float) -> QgsGeometry:
    """Disc of a radius in kilometres around a place, as a MultiPolygon."""
    centre = QgsGeometry.fromPointXY(QgsPointXY(*place.tolist()))
    return multi(centre.buffer(1000 * kilometres, _CIRCLE))


def split(rows: list[list[QgsGeometry]], own: list[QgsGeometry]) -> list[list[QgsGeometry]]:
    """Nested polygons of each site without what lies in the territory of another one.

    What lies in no territory (off the roads) goes to the first site that holds it.
    """
    parts, taken = [], QgsGeometry()
    for shape in own:  # of what two territories hold, the first keeps it
        parts.append(overlay(shape, taken))
        taken = _joined(taken, shape)
    result, before = [], QgsGeometry()
    for row, part in zip(rows, parts):
        cut = []
        for shape in row:
            nowhere = _thick(overlay(overlay(shape, taken), before))
            inside = multi(shape.intersection(part)) if not part.isEmpty() else QgsGeometry()
            cut.append(_joined(inside, nowhere))
        result.append(cut)
        for shape in cut:
            before = _joined(before, shape)
    return result


def _thick(shape: QgsGeometry) -> QgsGeometry:
    """The polygons of a geometry that are no slivers along a common border."""
    parts = [part for part in shape.asGeometryCollection() if part.area() > _SLIVER * part.length()]
    return union(parts)


def _joined(one: QgsGeometry, two: QgsGeometry) -> QgsGeometry:
    return union([shape for shape in (one, two) if not shape.isEmpty()])
