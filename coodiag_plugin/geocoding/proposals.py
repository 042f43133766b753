"""What is asked of a geocoding service, and what it proposes: nothing else enters or leaves."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from ..core.codes import PLM, arrondissements, commune_code, commune_of, department
from .cleaning import Variant
from .words import fold, vocabulary

HOUSE, STREET, LOCALITY, TOWN = "housenumber", "street", "locality", "municipality"
#: Longest question that the services take; shorter ones they skip.
LONGEST, SHORTEST = 200, 3

_NUMBER = re.compile(r"\s*(\d{1,4})\s*(.*)")
#: An article that the cleaning has cut off: « 3 l inventiere » would read as number 3 l.
_ELISION, _APOSTROPHE = re.compile(r"\b([ld]|qu) (?=[aeiouyh])"), r"\1'"
#: Degrees around metropolitan France, and around the territories overseas by département: west,
#: south, east, north. What is outside is no position (0, 0; longitude and latitude exchanged).
_MAINLAND = (-6.0, 41.0, 10.0, 51.5)
_OVERSEAS = {
    "971": (-62.0, 15.5, -60.7, 16.8), "972": (-61.5, 14.1, -60.6, 15.2),
    "973": (-55.0, 1.8, -51.2, 6.2), "974": (55.0, -21.6, 56.0, -20.6),
    "975": (-56.7, 46.5, -55.9, 47.4), "976": (44.8, -13.2, 45.5, -12.4),
    "977": (-63.0, 17.7, -62.6, 18.1), "978": (-63.3, 17.9, -62.8, 18.3),
}  # fmt: skip
_STREET_ID = re.compile(r"(\w{5}_[^_]+)(?:_|$)")


@dataclass(frozen=True)
class Question:
    """All that a service is told of a row, besides an opaque id.

    ``citycode`` and ``in_postcode`` narrow the search, ``towns`` looks for communes only.
    """

    address: str = ""
    postcode: str = ""
    city: str = ""
    citycode: str = ""
    in_postcode: str = ""
    towns: bool = False
    limit: int = 10

    @property
    def text(self) -> str:
        return " ".join(part for part in (self.address, self.postcode, self.city) if part)

    @property
    def can_be_asked(self) -> bool:
        """Whether the services take such a text: neither short nor long, a letter or digit first."""
        return SHORTEST <= len(self.text) <= LONGEST and self.text[0].isalnum()

    def key(self, server: str, way: str) -> str:
        """SHA-256 of the question; ``server``: who is asked, ``way``: by which of its doors."""
        parts = [server, way, *asdict(self).values()]
        return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def spoken(variant: Variant) -> str:
    """A reading of an address as it is sent: number, suffix, street, the type of way in full (« 3 r
    du stade » would read as number 3 r)."""
    number = f"{variant.number} {variant.suffix}".strip() if variant.number else ""
    way, space, name = variant.text.partition(" ")
    street = f"{vocabulary().ways.get(way, way)}{space}{name}"
    words = f"{number} {_ELISION.sub(_APOSTROPHE, street)}".strip()
    return words if len(words) <= 120 else words[:120].rsplit(" ", 1)[0]


def plain(text: str) -> str:
    """A commune's name without what stands in brackets or could be read as a separator."""
    name = text.partition("(")[0] or text
    return " ".join(re.sub(r"[^\w' -]+", " ", name.replace("’", "'")).split())[:60]


@dataclass(frozen=True)
class Proposal:
    """A place that a service proposes. lon, lat: WGS84 degrees; ``score`` is the service's own.

    ``free``: no commune was imposed on the search, so that other communes had their chance.
    ``citycode`` is empty where the service does not tell it (files of addok, unless it is set up to).
    """

    kind: str
    lon: float
    lat: float
    citycode: str
    city: str
    postcode: str = ""
    number: int = 0
    suffix: str = ""
    street: str = ""
    street_id: str = ""
    old_citycode: str = ""
    old_city: str = ""
    score: float = 0.0
    free: bool = False

    def packed(self) -> list[Any]:
        return list(asdict(self).values())

    @classmethod
    def of(cls, cells: Mapping[str, Any], lon: Any, lat: Any, free: bool) -> Proposal | None:
        """From the fields of an answer (``type``, ``housenumber``, ``street``…), under the names
        that geocodage and addok share; None without a commune, or a position on its territory."""
        x, y = _degrees(lon, 180.0), _degrees(lat, 90.0)
        citycode = commune_code(_text(cells.get("citycode"))) or ""
        kind = _text(cells.get("type"))
        if x is None or y is None or not kind or not in_france(x, y, citycode):
            return None
        name, house = _text(cells.get("name")), _text(cells.get("housenumber"))
        street = _text(cells.get("street")) or _without_number(name, house)
        city = _text(cells.get("city")) or (name if kind == TOWN else "")
        if not (citycode or city):
            return None
        number = _NUMBER.fullmatch(house)
        found = _STREET_ID.match(_text(cells.get("id")))
        postcode = _text(cells.get("postcode")).split(",")[0]
        return cls(
            kind=kind,
            lon=x,
            lat=y,
            citycode=district(citycode, postcode),
            city=city,
            postcode=postcode,
            number=int(number.group(1)) if number else 0,
            suffix=fold(number.group(2)).strip() if number else "",
            street="" if kind == TOWN else street,
            street_id=found.group(1) if found else "",
            old_citycode=_text(cells.get("oldcitycode")).upper(),
            old_city=_text(cells.get("oldcity")),
            score=_score(cells.get("score")),
            free=free,
        )


def in_france(lon: float, lat: float, citycode: str) -> bool:
    """Whether a point (degrees) may be in a commune; in any of France when its code is not told."""
    part = department(citycode)
    if part.startswith("98"):
        return (lon, lat) != (0.0, 0.0)
    boxes = (_OVERSEAS.get(part, _MAINLAND),) if part else (_MAINLAND, *_OVERSEAS.values())
    return any(west <= lon <= east and south <= lat <= north for west, south, east, north in boxes)


def district(citycode: str, postcode: str) -> str:
    """The arrondissement of Paris, Lyon or Marseille that a postcode names, or the code itself."""
    if citycode not in PLM or not re.fullmatch(r"\d{5}", postcode):
        return citycode
    codes = arrondissements(citycode)
    if postcode in codes:
        return postcode  # 75116
    rank = int(postcode[3:]) if citycode != "69123" else int(postcode[4:])
    named = int(codes[0]) - 1 + rank
    same = postcode[:3] == {"75056": "750", "69123": "690", "13055": "130"}[citycode]
    return str(named) if same and str(named) in codes else citycode


def district_name(citycode: str, city: str) -> str:
    """Name of a commune, an arrondissement under the one that the BAN gives it."""
    whole = commune_of(citycode)
    if whole == citycode or any(character.isdigit() for character in city):
        return city
    rank = int(citycode) - int(arrondissements(whole)[0]) + 1
    return f"{city} {rank}{'er' if rank == 1 else 'e'} Arrondissement"


def _without_number(name: str, house: str) -> str:
    return name[len(house) :].strip() if house and name.startswith(house) else name


def _degrees(value: Any, most: float) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) and abs(number) <= most else None


def _score(value: Any) -> float:
    number = _degrees(value, 1e6)
    return 0.0 if number is None else min(max(number, 0.0), 1.0)


def _text(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        value = value[0] if value else ""
    return "" if value is None else str(value).strip()
