"""Candidates of one address among the streets of the communes it may lie in.

The score of a candidate is ``street × town × number``, each between 0 and 1:

- *street*: likeness of the names × of the types of way (see ``similarity.py``), × 0.98 when it was read
  from a secondary part of the row, × 0.97 when the street's own postcode is not the row's,
  × 0.95 when the row names a merged commune and the street lies in another part;
- *town*: agreement of the commune with the row's code, name and postcode (see ``towns.py``);
- *number*: 1 for the number and suffix asked, or when none is asked; 0.98 for the number with
  another suffix or none; 0.93 when the street lacks the number.

One doubt is said in a note, two are one too many: × 0.75, which nothing passes, when the street
lacks the number and moreover has another type of way (« 145 avenue de la République » is not on the
place of that name) or a name only resembling, and when both type and name differ.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from .cleaning import Variant
from .street_index import Place, StreetIndex
from .streets import Match, Street
from .towns import Finding, Town, city_name
from .words import street_name

OTHER_SUFFIX = 0.98
NO_SUCH_NUMBER = 0.93
TWO_DOUBTS = 0.75
#: Likeness of the names under which the name is a doubt: beside another type, without the number.
OTHER_NAME, RESEMBLING_NAME = 0.97, 0.83
SECONDARY_READING = 0.98
OTHER_POSTCODE = 0.97
OTHER_PART = 0.95
#: Candidates kept for each reading of an address in a commune.
KEPT = 5
#: Two points nearer than this are one place for a territorial diagnosis.
SAME_PLACE_METRES = 200.0

SUFFIX_TWINS = {"b": "bis", "t": "ter", "q": "quater", "bis": "b", "ter": "t", "quater": "q"}


@dataclass(frozen=True)
class Candidate:
    """A place that an address may be. ``exact``: the number asked exists (any suffix)."""

    score: float
    street_score: float  # the same without the house number
    street: Street
    town: Town
    words: float
    variant: Variant
    exact: bool
    place: Place | None  # the address, the nearest number, or None: the street itself
    kind_differs: bool

    @property
    def lon(self) -> float:
        return self.place.lon if self.place else self.street.lon

    @property
    def lat(self) -> float:
        return self.place.lat if self.place else self.street.lat

    @property
    def status(self) -> str:
        if self.exact:
            return "adresse"
        return "lieu-dit" if self.street.is_place else "voie"

    @property
    def label(self) -> str:
        """``12 bis Rue de la Gare 35000 Rennes``."""
        number = (
            f"{self.place.number} {self.place.suffix}".strip() if self.exact and self.place else ""
        )
        postcode = (self.place.postcode if self.place else "") or self.street.postcode
        return " ".join(p for p in (number, self.street.name, postcode, self.town.name) if p)


def candidates(
    variants: tuple[Variant, ...], finding: Finding, postcode: str, index: StreetIndex
) -> list[Candidate]:
    """Every candidate in the communes found, best first; ties by number, name and position."""
    best: dict[tuple[str, int], Candidate] = {}
    for town in finding.towns:
        if town.code not in index:
            continue
        for found in _in_town(variants, finding, town, postcode, index):
            key = (found.street.citycode, found.street.id)
            if key not in best or order(found) < order(best[key]):
                best[key] = found
    return sorted(_without_doubles(best.values()), key=order)


def _without_doubles(found: Collection[Candidate]) -> list[Candidate]:
    """Without the places that bear the name of a street of their commune: BAN files hold both."""
    if len(found) < 2 or not any(c.street.place for c in found):
        return list(found)
    streets = {_bearer(c.street) for c in found if not c.street.place}
    return [c for c in found if not c.street.place or _bearer(c.street) not in streets]


def _bearer(street: Street) -> tuple[str, str, str]:
    return street.citycode, street.old_citycode, street_name(street.name).key


def order(candidate: Candidate) -> tuple[float, bool, str, str, float, float]:
    """Sort key of candidates; nothing in it depends on the order of the BAN file."""
    return (
        -candidate.score,
        not candidate.exact,
        candidate.street.name,
        candidate.street.citycode,
        candidate.lon,
        candidate.lat,
    )


def _in_town(
    variants: tuple[Variant, ...], finding: Finding, town: Town, postcode: str, index: StreetIndex
) -> Iterator[Candidate]:
    table = index.table(town.code)
    for variant in variants:
        for match in table.match(variant.text)[:KEPT]:
            yield _candidate(match, variant, finding, town, postcode, index)


def _candidate(
    match: Match, variant: Variant, finding: Finding, town: Town, postcode: str, index: StreetIndex
) -> Candidate:
    street = match.street
    score = match.similarity * finding.factor
    kind_differs = match.similarity < match.words - 0.05
    if kind_differs and match.words < OTHER_NAME:
        score *= TWO_DOUBTS
    if variant.place:
        score *= SECONDARY_READING
    if postcode and street.postcode and postcode != street.postcode and postcode in town.postcodes:
        score *= OTHER_POSTCODE
    if finding.old_name and street.old_city and city_name(street.old_city).full != finding.old_name:
        score *= OTHER_PART
    place, exact, factor = None, False, 1.0
    if variant.number:
        place, exact, factor = find_number(variant, index.numbers(street))
        if not exact and (match.similarity < match.words or match.words < RESEMBLING_NAME):
            factor = TWO_DOUBTS
    return Candidate(
        score=score * factor,
        street_score=score,
        street=street,
        town=town,
        words=match.words,
        variant=variant,
        exact=exact,
        place=place,
        kind_differs=kind_differs,
    )


def find_number(
    variant: Variant, numbers: Mapping[int, tuple[Place, ...]]
) -> tuple[Place | None, bool, float]:
    """Address of a number: the place, whether it is that number, and its factor of the score."""
    asked = [variant.number]
    if variant.number < variant.last <= variant.number + 40:
        asked += [variant.last, *range(variant.number + 2, variant.last, 2)]
    for number in asked:
        places = numbers.get(number)
        if places:
            return _suffixed(variant.suffix, places)
    if not numbers:
        return None, False, NO_SUCH_NUMBER
    nearest = min(
        numbers, key=lambda n: (abs(n - variant.number) + 2 * ((n - variant.number) % 2), n)
    )
    return numbers[nearest][0], False, NO_SUCH_NUMBER


def _suffixed(suffix: str, places: tuple[Place, ...]) -> tuple[Place, bool, float]:
    """The place of the suffix asked, of its twin (``b`` for ``bis``), else the plain number."""
    for wanted in (suffix, SUFFIX_TWINS.get(suffix, suffix)):
        for place in places:
            if place.suffix == wanted:
                return place, True, 1.0
    return places[0], True, OTHER_SUFFIX


class Point(Protocol):
    """A place in WGS84 degrees."""

    @property
    def lon(self) -> float: ...

    @property
    def lat(self) -> float: ...


def metres(left: Point, right: Point) -> float:
    """Distance on a sphere, accurate enough to tell a street corner from another quarter."""
    middle = math.radians((left.lat + right.lat) / 2)
    east = math.radians(left.lon - right.lon) * math.cos(middle)
    north = math.radians(left.lat - right.lat)
    return 6_371_000.0 * math.hypot(east, north)
