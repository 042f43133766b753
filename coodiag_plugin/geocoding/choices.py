"""Places that an address may be, for a person to choose among."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..core.errors import SourceError
from .ban_build import FORMAT
from .ban_index import BanIndex
from .geocoder import MIN_GAP, TOWN, Geocoder, Reading
from .matching import SAME_PLACE_METRES, Candidate, candidates, metres
from .notes import as_likely, remarks
from .queries import Query
from .street_index import StreetIndex
from .towns import POSTCODE_ONLY, Finding, Town

#: One for each digit of a keyboard.
MOST = 9


@dataclass(frozen=True)
class Choice:
    """A place that an address may be. lon, lat: WGS84 degrees. ``why``: French sentences.

    ``equal``: as likely as another place elsewhere, so that the score decides nothing.
    """

    label: str
    status: str
    score: float
    citycode: str
    town: str
    why: str
    lon: float
    lat: float
    equal: bool = False


def choices(query: Query, geocoder: Geocoder, index: StreetIndex | None) -> list[Choice]:
    """The likeliest places, best first: what the engine weighed, then the communes nearby.

    Unlike the engine, it also looks in the other communes of the postcode: a person sees at once
    whether the town was mistaken.
    """
    reading = geocoder.read(query)
    if reading is None or index is None:
        return []
    found = _streets(reading, reading.finding, index)
    known = {town.code for town in reading.finding.towns}
    nearby = [t for t in index.towns.by_postcode(reading.postcode) if t.code not in known]
    if nearby:
        others = Finding(tuple(nearby), POSTCODE_ONLY * reading.finding.factor)
        found = [*found, *_streets(reading, others, index)]
    best: dict[tuple[str, str], Choice] = {}
    for each in map(_choice, found):
        key = (each.label, each.citycode)
        if key not in best or each.score > best[key].score:
            best[key] = each
    ranked = sorted(best.values(), key=lambda c: (-c.score, c.label, c.citycode))[:MOST]
    return _equals_told(ranked)


def _equals_told(ranked: Sequence[Choice]) -> list[Choice]:
    """The choices, the likeliest of them marked when they are several and apart from one another."""
    equals = [each for each in ranked if ranked[0].score - each.score < MIN_GAP]
    if not any(metres(equals[0], each) > SAME_PLACE_METRES for each in equals[1:]):
        return list(ranked)
    said = as_likely(len(equals), len({each.citycode for each in equals}))
    return [
        replace(each, equal=True, why=f"{said} {each.why}".strip()) if each in equals else each
        for each in ranked
    ]


def town_choices(query: Query, geocoder: Geocoder) -> list[Choice]:
    """The communes that the row may mean, each at its point."""
    reading = geocoder.read(query)
    if reading is None:
        return []
    return [_town(town, reading.finding.factor) for town in reading.finding.towns]


def cached_index(cache: Path) -> BanIndex | None:
    """The BAN indexes that earlier runs built on this machine, as one, each ground in its newest
    vintage; None when there is none."""
    files = sorted(cache.glob(f"ban-*-v{FORMAT}.sqlite"))
    if not files:
        return None
    try:
        return BanIndex(files)
    except sqlite3.DatabaseError as error:
        raise SourceError(
            "An address index in {folder} is damaged ({reason}). Delete it: the next run builds it again.",
            folder=str(cache),
            reason=str(error),
        ) from error


def _streets(reading: Reading, finding: Finding, index: StreetIndex) -> list[Candidate]:
    return candidates(reading.parsed.variants, finding, reading.postcode, index)


def _choice(found: Candidate) -> Choice:
    return Choice(
        label=found.label,
        status=found.status,
        score=round(found.score, 4),
        citycode=found.town.code,
        town=found.town.name,
        why=" ".join(remarks(found)),
        lon=found.lon,
        lat=found.lat,
    )


def _town(town: Town, score: float) -> Choice:
    return Choice(town.name, TOWN, round(score, 4), town.code, town.name, "", town.lon, town.lat)
