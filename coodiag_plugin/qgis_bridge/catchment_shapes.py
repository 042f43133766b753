"""Shapes of catchment zones: communes, hulls, isochrones at the reach, density isopleths."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qgis.core import QgsGeometry

from ..core import french
from ..core.progress import Progress
from .communes import CommuneMap
from .isochrones import SNAP_DISTANCE
from .reach_shapes import UNIT_COST, reach_shapes
from .shapes import CONCAVITY, GENERAL_GRID, from_polygons, hull, union
from .zone_words import decimal

if TYPE_CHECKING:
    import numpy as np

    from ..zones.catchment import Zone
    from ..zones.graph import RoadGraph

#: Least bandwidth of a density, metres: in a layer to be handed out, and in a private one.
_LEAST_BANDWIDTH = {True: 500.0, False: 50.0}


@dataclass
class ZoneDrawer:
    """Draws the zones of one group of sites. All arrays follow the rows of the clients."""

    shape: str
    points: np.ndarray
    weights: np.ndarray
    graph: RoadGraph | None
    places: np.ndarray
    area: CommuneMap | None
    home: np.ndarray | None
    generalise: bool
    progress: Progress

    def draw(
        self, zones: list[Zone], shown: list[bool], clients: np.ndarray, sites: np.ndarray
    ) -> list[tuple[QgsGeometry, str]]:
        """Nested geometry and a French note for each zone; nothing for a zone not shown."""
        blank = (QgsGeometry(), "aucun client")
        result = [blank] * len(zones)
        ranks = [rank for rank, zone in enumerate(zones) if shown[rank] and zone.count]
        if ranks:
            drawn = self._shapes([zones[rank] for rank in ranks], clients, sites)
            for rank, item in zip(ranks, drawn):
                result[rank] = item
        return result

    def _shapes(
        self, zones: list[Zone], clients: np.ndarray, sites: np.ndarray
    ) -> list[tuple[QgsGeometry, str]]:
        if self.shape == "communes":
            return [self._communes(zone) for zone in zones]
        if self.shape == "isochrone":
            return self._isochrones(zones, sites)
        if self.shape == "density":
            return self._density(zones, clients)
        return [self._hull(zone) for zone in zones]

    def _communes(self, zone: Zone) -> tuple[QgsGeometry, str]:
        """Union of the communes where members live."""
        codes = set(self.home[zone.members].tolist())
        shapes = [place.shape for place in self.area.communes if place.code in codes]
        return union(shapes), f"union de {french.plural(len(codes), 'commune')}"

    def _hull(self, zone: Zone) -> tuple[QgsGeometry, str]:
        shape = hull(self.points[zone.members], self.shape, self.generalise)
        name = "enveloppe convexe"
        if self.shape == "concave":
            name = f"enveloppe concave (paramètre {decimal(CONCAVITY)})"
        if self.generalise:
            name += f", points ramenés à une grille de {decimal(GENERAL_GRID)} m"
        return shape, name

    def _isochrones(self, zones: list[Zone], sites: np.ndarray) -> list[tuple[QgsGeometry, str]]:
        """Merged isochrones of the sites at the reach of each zone."""
        import numpy as np

        from ..zones.snapping import snap

        origins = snap(self.graph, self.places[sites], SNAP_DISTANCE)
        origins = origins.take(np.flatnonzero(origins.linked))
        reaches = [
            math.ceil(zone.reach - 1e-9) if self.generalise else zone.reach for zone in zones
        ]
        values = sorted({max(reach, 1 / UNIT_COST["time"]) for reach in reaches})
        shapes = reach_shapes(self.graph, origins, values, "time", "merged", self.progress)[0]
        found = dict(zip(values, shapes))
        return [
            (
                QgsGeometry(found[max(reach, 1 / UNIT_COST["time"])]),
                f"isochrone à {decimal(reach)} min",
            )
            for reach in reaches
        ]

    def _density(self, zones: list[Zone], clients: np.ndarray) -> list[tuple[QgsGeometry, str]]:
        """Isopleths of the density of the group's clients that hold each share of the mass."""
        from ..zones.catchment import density_zones, standard_bandwidth

        points, weights = self.points[clients], self.weights[clients]
        width = max(standard_bandwidth(points, weights), _LEAST_BANDWIDTH[self.generalise])
        shapes = density_zones(points, weights, [zone.threshold for zone in zones], width)
        note = f"densité (noyau gaussien de {decimal(round(width))} m)"
        return [(from_polygons(polygons), note) for polygons in shapes]
