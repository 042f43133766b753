"""A place of interest as one source tells it, and the same place told by several put together."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from osgeo import osr

from ..core.progress import Progress
from .names import normalise

#: Precision of a point, the best first. ``commune``: it stands at the town.
QUALITIES = ("bonne", "acceptable", "inconnue", "approchee", "commune", "")
#: Two sources speak of the same place when it has the same name and is this near (m).
NEAR = 200.0
_EARTH = 6_371_000.0

Point = tuple[float, float]  # longitude, latitude in degrees (WGS84)


@dataclass(frozen=True)
class Place:
    """One place as a source tells it. ``point`` None: not located. ``name`` is an organisation's."""

    kind: str
    name: str
    siret: str
    source: str
    codgeo: str
    point: Point | None = None
    quality: str = ""


@dataclass
class Merged:
    """The same place in the words of each source, the most trusted first."""

    parts: list[Place] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return self.parts[0].kind

    @property
    def name(self) -> str:
        return next((part.name for part in self.parts if part.name), "")

    @property
    def siret(self) -> str:
        return next((part.siret for part in self.parts if part.siret), "")

    @property
    def sources(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(part.source for part in self.parts))

    @property
    def located(self) -> Place:
        """The part whose point is the most precise; the first one when none has a point."""
        return min(self.parts, key=lambda part: QUALITIES.index(part.quality))

    def takes(self, place: Place) -> bool:
        """Whether ``place`` (of the same kind) is this one."""
        if self.siret and place.siret:
            return self.siret == place.siret and not self._elsewhere(place)
        if all(self._near(part, place) for part in self.parts):
            other_source = place.source not in self.sources
            mine, its = normalise(self.name), normalise(place.name)
            nameless = (not mine or not its) and self.located.point and place.point
            return (mine == its and bool(mine)) or (bool(nameless) and other_source)
        return False

    def _elsewhere(self, place: Place) -> bool:
        """One source that gives the same SIRET at two places speaks of two places."""
        return any(
            part.source == place.source
            and part.point
            and place.point
            and not self._near(part, place)
            for part in self.parts
        )

    @staticmethod
    def _near(part: Place, place: Place) -> bool:
        """Within :data:`NEAR`; where a point is missing, in the same commune."""
        if part.point and place.point:
            return distance(part.point, place.point) <= NEAR
        return bool(part.codgeo) and part.codgeo == place.codgeo


def merge(places: Iterable[Place], order: Sequence[str], progress: Progress) -> list[Merged]:
    """Places told by several sources put together; ``order``: names of the sources by trust.

    Same kind and SIRET; or same kind and name within :data:`NEAR` (in the same commune where a
    point is missing); or same kind within :data:`NEAR` when a source does not tell the name. Two
    different SIRETs are never one place.
    """
    rank = {name: number for number, name in enumerate(order)}
    ordered = sorted(
        places,
        key=lambda item: (
            rank[item.source], item.kind, item.codgeo, not item.siret, item.siret, item.name,
            item.point is None, item.point or (0.0, 0.0), item.quality,
        ),
    )  # fmt: skip
    found: list[Merged] = []
    near: dict[tuple[str, str], list[Merged]] = {}
    for place in ordered:
        progress.check()
        # A SIRET may be told in one commune and placed in another: both indexes are looked up.
        keys = [(place.kind, place.codgeo)] + ([(place.kind, place.siret)] if place.siret else [])
        candidates = [item for key in reversed(keys) for item in near.get(key, ())]
        home = next((item for item in candidates if item.takes(place)), None)
        if home is None:
            home = Merged()
            found.append(home)
        home.parts.append(place)
        for key in keys:
            known = near.setdefault(key, [])
            if home not in known:
                known.append(home)
    return found


def distance(one: Point, other: Point) -> float:
    """Metres between two points, on a sphere; exact enough for a few kilometres."""
    mean = math.radians((one[1] + other[1]) / 2)
    east = math.radians(one[0] - other[0]) * math.cos(mean)
    north = math.radians(one[1] - other[1])
    return _EARTH * math.hypot(east, north)


def degrees(text_lon: str, text_lat: str) -> Point | None:
    """A point written in degrees; None for what cannot be one (empty, zero, out of range)."""
    try:
        lon, lat = float(text_lon.replace(",", ".")), float(text_lat.replace(",", "."))
    except ValueError:
        return None
    inside = -180 <= lon <= 180 and -90 <= lat <= 90 and (lon, lat) != (0.0, 0.0)
    return (round(lon, 6), round(lat, 6)) if inside else None


def projected(x: str, y: str, crs: str) -> Point | None:
    """A point written in metres in ``crs`` (``EPSG:2154``), in degrees."""
    try:
        east, north = float(x.replace(",", ".")), float(y.replace(",", "."))
    except ValueError:
        return None
    if not (math.isfinite(east) and math.isfinite(north)) or (east, north) == (0.0, 0.0):
        return None
    lon, lat, _ = _transform(crs).TransformPoint(east, north)
    inside = math.isfinite(lon) and math.isfinite(lat)
    return (round(lon, 6), round(lat, 6)) if inside else None


_transforms: dict[str, osr.CoordinateTransformation] = {}


def _transform(crs: str) -> osr.CoordinateTransformation:
    if crs not in _transforms:
        source, target = osr.SpatialReference(), osr.SpatialReference()
        source.ImportFromEPSG(int(crs.rpartition(":")[2]))
        target.ImportFromEPSG(4326)
        for reference in (source, target):
            reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        _transforms[crs] = osr.CoordinateTransformation(source, target)
    return _transforms[crs]
