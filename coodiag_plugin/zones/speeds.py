"""What the attributes of a road say: speed each way by profile (BD TOPO, OSM, or plain lines)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .speed_table import PROFILES, Speeds, SpeedTable, catalogue_speeds

__all__ = ["PROFILES", "Road", "RoadReader", "recognise"]

#: Canonical field → names in BD TOPO 3 (GeoPackage, then shapefile) and older editions.
BDTOPO_FIELDS = {
    "nature": ("nature",),
    "importance": ("importance",),
    "direction": ("sens_de_circulation", "sens"),
    "speed": ("vitesse_moyenne_vl", "vit_moy_vl"),
    "car_access": ("acces_vehicule_leger", "acces_vl"),
    "level": ("position_par_rapport_au_sol", "pos_sol"),
    "state": ("etat_de_l_objet", "etat"),
}
OSM_FIELDS = {
    name: (name, name.replace(":", "_"))
    for name in (
        "highway", "oneway", "oneway:bicycle", "maxspeed", "junction", "route", "access", "vehicle",
        "motor_vehicle", "motorcar", "bicycle", "foot", "other_tags",
    )
}  # fmt: skip
_OSM_KEYS = {
    "car": ("motorcar", "motor_vehicle", "vehicle", "access"),
    "bike": ("bicycle", "vehicle", "access"),
    "foot": ("foot", "access"),
}
_OSM_CLOSED = {"no", "private", "agricultural", "forestry", "military", "emergency", "use_sidepath"}
_OSM_SPEEDS = {"FR:urban": 50.0, "FR:rural": 80.0, "FR:motorway": 130.0, "walk": 5.0}
#: Different rows kept in memory: those of OSM hold many tags.
_REMEMBERED = 50_000
_MILE = 1.609344  # kilometres
_TAG = re.compile(r'"((?:[^"\\]|\\.)*)"=>"((?:[^"\\]|\\.)*)"')


@dataclass(frozen=True)
class Road:
    """Speeds in km/h each way (0: closed), level above ground, whether points may join it."""

    forward: float
    backward: float
    joinable: bool = True
    level: int = 0


@dataclass
class RoadReader:
    """Reads the rows of one road layer for one profile; counts the classes it does not know."""

    schema: str  # bdtopo, osm or lines
    names: Mapping[str, str]  # canonical field → field of the layer
    profile: str
    table: SpeedTable = field(default_factory=catalogue_speeds)
    unknown: Counter[str] = field(default_factory=Counter)
    _seen: dict[tuple[Any, ...], tuple[Road | None, Counter[str]]] = field(default_factory=dict)

    @property
    def default_speed(self) -> float:
        return self.table.other("lines").of(self.profile)

    def read(self, row: Mapping[str, Any]) -> Road | None:
        """The road of a row (canonical fields), None when it is no road of this network."""
        if self.schema == "bdtopo":
            return self._bdtopo(row)
        if self.schema == "osm":
            return self._osm(row)
        speed = self.default_speed
        return Road(speed, speed)

    def road(self, values: tuple[Any, ...]) -> Road | None:
        """:meth:`read` of the values of :attr:`names`; the same ones come back by the thousand."""
        known = self._seen.get(values)
        if known is not None:
            if known[1]:
                self.unknown.update(known[1])
            return known[0]
        before = Counter(self.unknown)
        road = self.read(dict(zip(self.names, values)))
        if len(self._seen) >= _REMEMBERED:
            self._seen.clear()
        self._seen[values] = (road, self.unknown - before)
        return road

    def _class(self, name: str, importance: str = "") -> Speeds:
        found = self.table.find(self.schema, name, importance)
        if found is None:
            self.unknown[name] += 1
            return self.table.other(self.schema)
        return found

    def _bdtopo(self, row: Mapping[str, Any]) -> Road | None:
        if _text(row.get("state")) in ("En construction", "En projet", "Non exploité"):
            return None
        kind = self._class(_text(row.get("nature")), _text(row.get("importance")))
        speed = kind.of(self.profile)
        level = _text(row.get("level"))
        direction = _text(row.get("direction")).lower()
        if self.profile == "car" and speed:
            if not kind.own:
                speed = _number(row.get("speed")) or speed
            access = _text(row.get("car_access")).lower()
            if access.startswith(("physiquement", "restreint")):
                speed = 0.0
        one_way = self.profile != "foot"
        return Road(
            0.0 if one_way and "inverse" in direction else speed,
            0.0 if one_way and "direct" in direction else speed,
            kind.join,
            int(level) if re.fullmatch(r"[+-]?\d+", level) else 0,
        )

    def _osm(self, row: Mapping[str, Any]) -> Road | None:
        tags = {key: value for key, value in row.items() if value not in (None, "")}
        tags.update(_TAG.findall(_text(tags.pop("other_tags", ""))))
        highway = _text(tags.get("highway")) or ("ferry" if tags.get("route") == "ferry" else "")
        if not highway:
            return None
        kind = self._class(highway)
        speed = self._osm_access(tags, kind.of(self.profile))
        if self.profile == "car" and speed:
            limit = _text(tags.get("maxspeed"))
            speed = min(speed, _OSM_SPEEDS.get(limit) or _number(limit) or speed)
        forward, backward = self._osm_direction(tags, highway)
        return Road(speed * forward, speed * backward, kind.join)

    def _osm_access(self, tags: Mapping[str, Any], speed: float) -> float:
        """The most specific access tag decides; ``yes`` opens what the class keeps closed."""
        for key in _OSM_KEYS[self.profile]:
            value = _text(tags.get(key))
            if value in _OSM_CLOSED:
                return 0.0
            if value:
                opens = key != "access" and value in ("yes", "designated", "permissive")
                return speed or (self._service_speed() if opens else 0.0)
        return speed

    def _service_speed(self) -> float:
        """Speed on a way that its class keeps closed and a tag opens."""
        kind = self.table.find("osm", "service") or self.table.other("osm")
        return kind.of(self.profile)

    def _osm_direction(self, tags: Mapping[str, Any], highway: str) -> tuple[bool, bool]:
        if self.profile == "foot":
            return True, True
        one_way = _text(tags.get("oneway"))
        if self.profile == "bike":
            # The tag of the bicycles goes before the one of all.
            own = _text(tags.get("oneway:bicycle"))
            if own == "no":
                return True, True
            one_way = own or one_way
        if one_way == "reversible":  # open one way at certain hours, which are not known
            return False, False
        if one_way in ("-1", "reverse"):
            return False, True
        implied = highway == "motorway" or tags.get("junction") in ("roundabout", "circular")
        closed_back = one_way in ("yes", "1", "true", "True") or (implied and one_way != "no")
        return True, not closed_back


def recognise(fields: list[str], profile: str, table: SpeedTable | None = None) -> RoadReader:
    """The reader for a layer with these field names; the catalogue's speeds without a ``table``."""
    table = table or catalogue_speeds()
    lower = {name.lower(): name for name in fields}

    def found(wanted: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
        return {
            key: lower[names[0]] if names[0] in lower else lower[names[-1]]
            for key, names in wanted.items()
            if names[0] in lower or names[-1] in lower
        }

    if "highway" in lower:
        return RoadReader("osm", found(OSM_FIELDS), profile, table)
    names = found(BDTOPO_FIELDS)
    if "nature" in names and {"direction", "speed", "importance"} & set(names):
        return RoadReader("bdtopo", names, profile, table)
    return RoadReader("lines", {}, profile, table)


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _number(value: Any) -> float:
    """Leading number of a field, 0 when there is none; ``30 mph`` is brought to km/h."""
    found = re.match(r"(\d+(?:\.\d+)?)\s*(mph\b)?", _text(value))
    return float(found[1]) * (_MILE if found[2] else 1.0) if found else 0.0
