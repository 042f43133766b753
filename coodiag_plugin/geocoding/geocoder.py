"""From rows of addresses to places: one answer for each row, and why.

The best candidate is taken when its score reaches ``min_score`` and when no other candidate of
about the same score stands elsewhere. Otherwise the row falls to its commune, and says so: a
wrong point does more harm in a diagnosis than a point at the town.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..core.codes import PLM, commune_of
from ..core.progress import Progress
from .cleaning import ParsedAddress, parse
from .matching import SAME_PLACE_METRES, Candidate, candidates, metres
from .notes import ambiguous, names, remarks, unmatched
from .queries import Query, arrange
from .street_index import StreetIndex
from .towns import Finding, Town, Towns
from .words import fold, street_name, tokens

#: Least score of a street. Chosen on the Bondy file: addresses whose street was taken out of the
#: index score below it, damaged addresses whose street is there above it (see the real tests).
MIN_SCORE = 0.68
#: A runner-up nearer than this in score is as likely as the best.
MIN_GAP = 0.04
#: What a match outside the commune written must reach: nothing but the commune may be wrong.
MIN_RIVAL_SCORE = 0.9

ADDRESS, STREET, PLACE, TOWN, FAILED = "adresse", "voie", "lieu-dit", "commune", "echec"


@dataclass(frozen=True)
class Reading:
    """A row as understood: the readings of its address, its commune as written and as found."""

    parsed: ParsedAddress
    city: str
    postcode: str
    citycode: str
    finding: Finding


@dataclass(frozen=True)
class Located:
    """Answer to a Query. x, y: WGS84 longitude and latitude, None when it failed.

    ``score``: 0–1, see ``matching.py``; ``gap``: its distance to the best candidate elsewhere.
    ``note``: French sentences on what was doubtful or changed, empty when all was plain.
    """

    row_id: str
    status: str
    score: float
    gap: float
    label: str
    citycode: str
    source: str
    note: str
    x: float | None
    y: float | None

    @property
    def found(self) -> bool:
        return self.x is not None


def geocode(
    queries: Sequence[Query],
    index: StreetIndex | None,
    towns: Towns | None,
    *,
    min_score: float = MIN_SCORE,
    town_fallback: bool = True,
    progress: Progress,
) -> list[Located]:
    """Locate every query: as many answers as queries, in their order. Opens no socket."""
    return Geocoder(index, towns, min_score, town_fallback).locate_all(queries, progress)


class Geocoder:
    """Locates queries one by one against an index and a directory of communes."""

    def __init__(
        self, index: StreetIndex | None, towns: Towns | None, min_score: float, town_fallback: bool
    ) -> None:
        self._index = index
        base = index.towns if index is not None else Towns(())
        self._towns = base.joined(towns)
        self._min_score = min_score
        self._town_fallback = town_fallback

    def locate_all(self, queries: Sequence[Query], progress: Progress) -> list[Located]:
        """As many answers as queries, in their order."""
        # by commune, so that a shuffled file still reads each commune's streets once
        order = sorted(
            range(len(queries)),
            key=lambda at: (queries[at].citycode, queries[at].postcode, queries[at].city, at),
        )
        answers: dict[int, Located] = {}
        for done, at in enumerate(order):
            if done % 50 == 0:
                progress.check()
                progress.set(done / len(order))
            answers[at] = self.locate(queries[at])
        progress.set(1.0)
        return [answers[at] for at in range(len(queries))]

    def locate(self, query: Query) -> Located:
        reading = self.read(query)
        if reading is None:
            return _failed(query, "Adresse vide.")
        finding = reading.finding
        if not finding.towns:
            note = finding.notes[0] if finding.notes else "Ni commune ni code postal reconnus."
            return _failed(query, note)
        return self._decide(query, reading.parsed, finding, reading.postcode)

    def read(self, query: Query) -> Reading | None:
        """What the row asks for and where it may lie, before any street is looked for."""
        asked = self._exchanged(arrange(query))
        if not any((asked.address, asked.complement, asked.city, asked.postcode, asked.citycode)):
            return None
        parsed = parse(asked.address, asked.complement, asked.city)
        city, postcode, parsed = self._town_of(asked, parsed)
        finding = self._towns.find(city, postcode, asked.citycode)
        return Reading(parsed, city, postcode, asked.citycode, finding)

    def _exchanged(self, asked: Query) -> Query:
        """Address and city exchanged when the address is a commune and the city is none."""
        if not (asked.address and asked.city) or self._towns.by_name(asked.city):
            return asked
        if self._towns.by_name(asked.address) and len(tokens(asked.city)) > 1:
            return replace(asked, address=asked.city, city=asked.address)
        return asked

    def _town_of(self, asked: Query, parsed: ParsedAddress) -> tuple[str, str, ParsedAddress]:
        """City and postcode of the row: from their columns, else from the address cell."""
        city = asked.city or parsed.city
        postcode = asked.postcode or parsed.postcode
        if city or postcode or asked.citycode:
            return city, postcode, parsed
        words = tokens(asked.address)
        for length in range(min(5, len(words)), 0, -1):
            tail = " ".join(words[-length:])
            if self._towns.by_name(tail):
                return tail, "", parse(asked.address, asked.complement, tail)
        return "", "", parsed

    def _decide(
        self, query: Query, parsed: ParsedAddress, finding: Finding, postcode: str
    ) -> Located:
        index = self._index
        if index is None or not any(town.code in index for town in finding.towns):
            return self._town(query, finding, f"Aucune adresse de la BAN pour {names(finding)}.")
        if not parsed.variants:
            reason = "Boîte postale sans voie." if parsed.box else "Aucune voie dans l’adresse."
            return self._town(query, finding, reason)
        found = candidates(parsed.variants, finding, postcode, index)
        accepted = [c for c in found if c.score >= self._min_score]
        if accepted:
            return self._choose(query, accepted, found, finding)
        rival = self._rival(parsed, finding, postcode, index)
        if rival is not None:
            note = f"Voie absente de {names(finding)}, trouvée dans la commune du code postal."
            return _located(query, rival, rival.score, (*finding.notes, note))
        return self._town(query, finding, unmatched(found), found)

    def _choose(
        self, query: Query, accepted: list[Candidate], found: list[Candidate], finding: Finding
    ) -> Located:
        best = accepted[0]
        # the same street in another commune: its house numbers prove nothing
        abroad = [
            c
            for c in found
            if c.street.citycode != best.street.citycode
            and c.street_score >= self._min_score
            and best.street_score - c.street_score < MIN_GAP
        ]
        close = [c for c in accepted if best.score - c.score < MIN_GAP and c not in abroad]
        if best.variant.number and not abroad:
            # in one commune, the only street that has the number is the one meant
            holding = [c for c in close if c.exact]
            if len(holding) == 1:
                best, close = holding[0], holding
        apart = [c for c in (*close, *abroad) if metres(best, c) > SAME_PLACE_METRES]
        if apart:
            return self._town(query, finding, ambiguous(best, apart), [best, *apart])
        others = [c.score for c in found if _elsewhere(c, best)]
        gap = best.score - max(others, default=0.0)
        return _located(query, best, max(gap, 0.0), finding.notes)

    def _rival(
        self, parsed: ParsedAddress, finding: Finding, postcode: str, index: StreetIndex
    ) -> Candidate | None:
        """A perfect match in the commune of the postcode, when the name and it contradict.

        Only for a street name that a single commune of the index bears, at a number that exists:
        « rue de la Gare » is everywhere and proves nothing.
        """
        if not finding.rivals:
            return None
        where = Finding(finding.rivals, finding.factor, True)
        found = candidates(parsed.variants, where, postcode, index)
        if not found or found[0].score < MIN_RIVAL_SCORE * finding.factor or not found[0].exact:
            return None
        if len(found) > 1 and found[0].score - found[1].score < MIN_GAP:
            return None
        unique = index.communes_with(street_name(found[0].street.name).key) == 1
        return found[0] if unique else None

    def _town(
        self, query: Query, finding: Finding, reason: str, found: Sequence[Candidate] = ()
    ) -> Located:
        """Fall back to the commune, when there is one and it may be used."""
        notes = (*finding.notes, reason)
        town = _single(finding.towns)
        if (
            town is None
            and found
            and len({c.street.citycode for c in found}) == 1
            and len(found) > 1
        ):
            town = found[0].town
        if town is None:
            several = f"Plusieurs communes possibles\u00a0: {names(finding)}."
            return _failed(query, " ".join((*notes, several)))
        if finding.foreign:  # Saint-Gilles (30) is not Saint-Gilles (35)
            homonym = (
                "Commune homonyme d’un autre département d’après le code postal\u00a0: non placée."
            )
            return _failed(query, " ".join((*notes, homonym)))
        if not self._town_fallback:
            return _failed(query, " ".join(notes))
        return Located(
            row_id=query.row_id,
            status=TOWN,
            score=round(finding.factor, 4),
            gap=0.0,
            label=town.name,
            citycode=town.code,
            source=town.source,
            note=" ".join((*notes, "Placé à la commune.")),
            x=town.lon,
            y=town.lat,
        )


def _elsewhere(candidate: Candidate, best: Candidate) -> bool:
    """Whether a candidate is another street: another name, or another commune."""
    if candidate.street.citycode != best.street.citycode:
        return True
    return fold(candidate.street.name) != fold(best.street.name)


def _located(query: Query, best: Candidate, gap: float, notes: tuple[str, ...]) -> Located:
    return Located(
        row_id=query.row_id,
        status=best.status,
        score=round(best.score, 4),
        gap=round(gap, 4),
        label=best.label,
        citycode=best.town.code,
        source="BAN",
        note=" ".join((*notes, *remarks(best))),
        x=best.lon,
        y=best.lat,
    )


def _single(towns: Sequence[Town]) -> Town | None:
    """The commune meant; the arrondissements of one city are that city, at its most central one."""
    if len(towns) == 1:
        return towns[0]
    cities = {commune_of(town.code) for town in towns}
    if len(cities) != 1 or next(iter(cities)) not in PLM:
        return None
    lon = sum(town.lon for town in towns) / len(towns)
    lat = sum(town.lat for town in towns) / len(towns)
    central = min(towns, key=lambda t: ((t.lon - lon) ** 2 + (t.lat - lat) ** 2, t.code))
    name = re.sub(r"\s+\d+(?:er|e).*$", "", central.name)
    return replace(central, code=cities.pop(), name=name)


def _failed(query: Query, note: str) -> Located:
    return Located(query.row_id, FAILED, 0.0, 0.0, "", "", "", note, None, None)
