"""Shapes of catchment zones: communes, hulls, isochrones at the reach, density isopleths."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qgis.core import QgsGeometry

from ..core import french
from ..core.progress import Progress
from .catchment_input import Ground
from .shapes import GENERAL_GRID, from_polygons, hull, union
from .travel import MIDDLE_GAP
from .zone_words import decimal

if TYPE_CHECKING:
    import numpy as np

    from ..zones.catchment import Zone

#: Least bandwidth of a density, metres: in a layer to be handed out, and in a private one.
_LEAST_BANDWIDTH = {True: 500.0, False: 50.0}


@dataclass(frozen=True)
class Group:
    """Sites whose zones are drawn together: their rows, and those of their ranked clients.

    ``cost`` follows the rows of all the clients. ``communes`` (by row): the cost of the communes
    that may belong to these sites, inf for another one's; None where zones are no communes.
    """

    name: str
    sites: np.ndarray
    clients: np.ndarray
    cost: np.ndarray
    communes: np.ndarray | None


@dataclass
class ZoneDrawer:
    """Draws the zones of a group of sites. ``origins``: places from which clients were ranked."""

    shape: str
    ground: Ground
    origins: np.ndarray
    by_share: bool
    generalise: bool
    min_count: int
    concavity: float
    bandwidth: float | None
    progress: Progress

    def draw(
        self, zones: list[Zone], shown: list[bool], group: Group
    ) -> list[tuple[QgsGeometry, str]]:
        """Nested geometry and a French note for each zone; nothing for a zone not shown."""
        result = [(QgsGeometry(), "aucun client")] * len(zones)
        ranks = [rank for rank, zone in enumerate(zones) if shown[rank] and zone.count]
        if ranks:
            drawn = self._shapes([zones[rank] for rank in ranks], group)
            for rank, item in zip(ranks, drawn):
                result[rank] = item
        return result

    def _shapes(self, zones: list[Zone], group: Group) -> list[tuple[QgsGeometry, str]]:
        if self.shape == "communes":
            return self._communes(zones, group)
        if self.shape == "isochrone":
            return self._isochrones(zones, group)
        if self.shape == "density":
            return self._density(zones, group)
        return self._hulls(zones, group)

    def _communes(self, zones: list[Zone], group: Group) -> list[tuple[QgsGeometry, str]]:
        """Every commune within the reach, whether a client lives there or not; by share: theirs.

        A map of the communes where clients live would show where one alone lives.
        """
        import numpy as np

        assert self.ground.area is not None and group.communes is not None
        shapes = [place.shape for place in self.ground.area.communes]
        home = self.ground.commune_rows if self.by_share else np.empty(0, dtype=int)
        result: list[tuple[QgsGeometry, str]] = []
        for zone in zones:
            if self.by_share:
                within = np.unique(home[zone.members])
            else:
                within = np.flatnonzero(group.communes <= zone.reach)
            shape = union([shapes[row] for row in within.tolist()])
            result.append((shape, f"union de {french.plural(len(within), 'commune')}"))
        return result

    def _hulls(self, zones: list[Zone], group: Group) -> list[tuple[QgsGeometry, str]]:
        """Hulls of the members of each site, together; a site adds its own when it adds enough."""
        ground = self.ground
        name = "enveloppe convexe"
        if self.shape == "concave":
            name = f"enveloppe concave (paramètre {french.number(self.concavity, 2)})"
        if len(group.sites) > 1:
            name += " des clients de chaque site"
        if self.generalise:
            name += f", points ramenés à une grille de {decimal(GENERAL_GRID)} m"
        held = dict.fromkeys(group.sites.tolist(), 0)
        parts: list[QgsGeometry] = []
        result: list[tuple[QgsGeometry, str]] = []
        for zone in zones:
            site = ground.site[zone.members]
            for row in held:
                mine = zone.members[site == row]
                if len(mine) - held[row] < self.min_count:
                    continue
                held[row] = len(mine)
                points = ground.points[mine]
                parts.append(hull(points, self.shape, self.generalise, self.concavity))
            result.append((union(parts), name))
        return result

    def _isochrones(self, zones: list[Zone], group: Group) -> list[tuple[QgsGeometry, str]]:
        """Merged isochrones of the sites at the reach of each zone."""
        travel = self.ground.travel
        reaches = [
            math.ceil(zone.reach - 1e-9) if self.generalise else zone.reach for zone in zones
        ]
        values = sorted(set(reaches))
        rows = travel.reaches(
            self.origins[group.sites], values, "merged", self.progress, MIDDLE_GAP
        )
        found = dict(zip(values, rows[0]))
        what = "isochrone" if travel.mode == "time" else "distance par la route"
        return [
            (QgsGeometry(found[reach]), f"{what} à {decimal(reach)} {travel.unit}")
            for reach in reaches
        ]

    def _density(self, zones: list[Zone], group: Group) -> list[tuple[QgsGeometry, str]]:
        """Isopleths of the density of the group's clients that hold each share of the mass."""
        from ..zones.catchment import density_zones, standard_bandwidth

        points, weights = self.ground.points[group.clients], self.ground.weights[group.clients]
        # How widely clients spread around their own site, not how far the sites lie apart.
        away = points - self.ground.places[self.ground.site[group.clients]]
        width = self.bandwidth or standard_bandwidth(away, weights)
        width = max(width, _LEAST_BANDWIDTH[self.generalise])
        shapes = density_zones(points, weights, [zone.threshold for zone in zones], width)
        note = f"densité (noyau gaussien de {decimal(round(width))} m)"
        return [(from_polygons(polygons), note) for polygons in shapes]
