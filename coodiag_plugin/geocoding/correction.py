"""A place that a person gave to an address, and what is none."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import datetime

from ..core import french
from .geocoder import ADDRESS, FAILED, PLACE, STREET, TOWN, Located

SOURCE = "correction"
#: How a place was given: one of the answers proposed, a click, the commune, or not at all.
ACCEPTED, CHOSEN, CLICKED, AT_TOWN, GIVEN_UP = "accepted", "chosen", "clicked", "town", "given up"
WAYS = (ACCEPTED, CHOSEN, CLICKED, AT_TOWN, GIVEN_UP)
LEVELS = (ADDRESS, STREET, PLACE, TOWN, FAILED)

_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Correction:
    """A place given by a person. lon, lat: WGS84 degrees, None for an address given up.

    ``status``: level of the place, as in :class:`~.geocoder.Located`. ``date``: ISO 8601, UTC.
    """

    how: str
    status: str
    lon: float | None
    lat: float | None
    label: str = ""
    citycode: str = ""
    note: str = ""
    date: str = ""

    @property
    def sound(self) -> bool:
        """Whether every value can be one: a file may come from anybody."""
        texts = (self.how, self.status, self.label, self.citycode, self.note, self.date)
        if not all(isinstance(text, str) for text in texts):
            return False
        if self.how not in WAYS or self.status not in LEVELS or not _moment(self.date):
            return False
        if self.lon is None or self.lat is None:
            return self.lon is None and self.lat is None and self.status == FAILED
        return on_earth(self.lon, self.lat)

    def located(self, row_id: str) -> Located:
        """The answer to a row that has this correction."""
        day = french.date(self.date)
        said = (
            f"Abandonnée à la relecture du {day}."
            if self.how == GIVEN_UP
            else f"Placée à la relecture du {day}."
        )
        sure = 0.0 if self.lon is None else 1.0
        return Located(
            row_id=row_id,
            status=self.status,
            score=sure,
            gap=sure,
            label=self.label,
            citycode=self.citycode,
            source=SOURCE,
            note=f"{said} {self.note}".strip(),
            x=self.lon,
            y=self.lat,
        )


def on_earth(lon: object, lat: object) -> bool:
    """Whether these are degrees of a place that a map can show (no projection reaches a pole)."""
    if not isinstance(lon, (int, float)) or not isinstance(lat, (int, float)):
        return False
    return math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 85


def _moment(date: str) -> bool:
    try:
        return bool(_DATE.match(date)) and datetime.fromisoformat(date).year < 9999
    except ValueError:
        return False
