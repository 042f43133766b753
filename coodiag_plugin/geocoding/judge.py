"""The service proposes, Coodiag judges.

What a service proposes for a row is put into a small index of streets, and the offline geocoder
decides on it: same likeness of names, same agreement of the commune, same least score, same gap,
same refusal to guess between homonyms. The service's own score decides of nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from ..core.codes import PLM, commune_code, commune_of
from .cleaning import parse
from .geocoder import Geocoder, Located, Reading
from .matching import metres
from .proposals import HOUSE, LOCALITY, TOWN, Proposal, district_name
from .queries import Query
from .street_index import Place
from .streets import Street, StreetTable
from .towns import Town, Towns
from .ways import is_way
from .words import street_name

#: No place of a commune of France, Guyane apart, is farther from a point inside it, metres.
_FARTHEST = 60_000.0
_VAST = "973"


class Judge:
    """Reads and locates rows on what was proposed for each of them.

    ``given``: communes known besides (their codes and names). ``source``: what ``geo_source``
    says of a place of the service.
    """

    def __init__(
        self, given: Towns | None, source: str, *, min_score: float, town_fallback: bool
    ) -> None:
        self._given = given if given is not None else Towns(())
        self._source = source
        self._min_score = min_score
        self._town_fallback = town_fallback

    def read(self, query: Query, proposals: Sequence[Proposal]) -> Reading | None:
        """The row as understood with the communes proposed."""
        query = _addressed(query)
        return self._geocoder(query, proposals).read(query)

    def locate(self, query: Query, proposals: Sequence[Proposal]) -> Located:
        """The answer that the offline geocoder gives on these proposals."""
        query = _addressed(query)
        answer = self._geocoder(query, proposals).locate(query)
        if answer.found and answer.source == "BAN":
            answer = replace(answer, source=self._source)
        return answer

    def _geocoder(self, query: Query, proposals: Sequence[Proposal]) -> Geocoder:
        proposals = [p for p in proposals if self._possible(p)]
        towns = directory(proposals, self._near(query, proposals))
        return Geocoder(Proposed(proposals, towns), None, self._min_score, self._town_fallback)

    def _possible(self, proposal: Proposal) -> bool:
        """Whether a place may lie in its commune, as far as the given communes tell."""
        return proposal.citycode.startswith(_VAST) or all(
            metres(proposal, town) < _FARTHEST for town in self._given.by_code(proposal.citycode)
        )

    def _near(self, query: Query, proposals: Sequence[Proposal]) -> tuple[Town, ...]:
        """Given communes that the row or a proposal may mean: all of them would take too long."""
        known = self._given
        found = [
            *known.by_code(commune_code(query.citycode) or ""),
            *known.by_name(query.city),
            *known.by_name(query.address),
            *known.find(query.city, query.postcode, query.citycode).towns,
            *(town for code in {p.citycode for p in proposals} for town in known.by_code(code)),
        ]
        return tuple(sorted(dict.fromkeys(found), key=lambda town: town.code))


def _addressed(query: Query) -> Query:
    """The row as a service may be told of it: a complement alone is an address only with a number
    or a type of way. Without any, it may as well be a person's name."""
    if query.address.strip() or not query.complement.strip():
        return query
    read = parse("", query.complement, query.city).variants
    firm = any(v.number or any(map(is_way, v.text.split()[:1])) for v in read)
    return query if firm else replace(query, complement="")


def directory(proposals: Iterable[Proposal], given: tuple[Town, ...]) -> Towns:
    """Communes of the proposals and those given, each once.

    Its point and name come from the service's commune, else from the given one, else from an
    address; its postcodes and former names from everything.
    """
    held: dict[str, _Held] = {}
    for proposal in proposals:
        held.setdefault(proposal.citycode, _Held()).add(proposal)
    for town in given:
        held.setdefault(town.code, _Held()).given = town
    districts = {commune_of(code) for code in held if code != commune_of(code)}
    return _directory(
        tuple(
            held[code].town(code)
            for code in sorted(held)
            # once an arrondissement is known the city as a whole would hide it
            if not (code in PLM and code in districts)
        )
    )


@lru_cache(maxsize=500)
def _directory(towns: tuple[Town, ...]) -> Towns:
    return Towns(towns)


@dataclass
class _Held:
    """What is known of one commune."""

    given: Town | None = None
    town_points: list[Proposal] = field(default_factory=list)
    others: list[Proposal] = field(default_factory=list)

    def add(self, proposal: Proposal) -> None:
        (self.town_points if proposal.kind == TOWN else self.others).append(proposal)

    def town(self, code: str) -> Town:
        everything = [*self.town_points, *self.others]
        aliases = {p.old_city for p in everything if p.old_city}
        old_codes = {p.old_citycode for p in everything if p.old_citycode}
        postcodes = {p.postcode for p in everything if p.postcode}
        if self.given is not None:
            aliases.update(self.given.aliases)
            old_codes.update(self.given.old_codes)
            postcodes.update(self.given.postcodes)
        if self.given is not None and not self.town_points:
            name, lon, lat, source = (
                self.given.name,
                self.given.lon,
                self.given.lat,
                self.given.source,
            )
        else:
            first = min(everything, key=lambda p: (p.kind != TOWN, p.city, p.lon, p.lat))
            name, lon, lat, source = district_name(code, first.city), first.lon, first.lat, "BAN"
        return Town(
            code=code,
            name=name,
            lon=lon,
            lat=lat,
            postcodes=tuple(sorted(postcodes)),
            aliases=tuple(sorted(aliases - {name})),
            old_codes=tuple(sorted(old_codes)),
            source=source,
        )


class Proposed:
    """The proposals of one row as a :class:`~.street_index.StreetIndex`."""

    def __init__(self, proposals: Sequence[Proposal], towns: Towns) -> None:
        self.towns = towns
        self._proposals = [p for p in proposals if p.street]
        groups: dict[tuple[str, str, str, str], list[Proposal]] = {}
        for proposal in self._proposals:
            key = street_name(proposal.street).key
            owner = (proposal.citycode, proposal.old_citycode, proposal.street_id, key)
            groups.setdefault(owner, []).append(proposal)
        self._streets: dict[str, list[Street]] = {}
        self._numbers: dict[int, dict[int, tuple[Place, ...]]] = {}
        for rank, owner in enumerate(sorted(groups), 1):
            street = _street(rank, groups[owner])
            self._streets.setdefault(owner[0], []).append(street)
            self._numbers[rank] = _numbers(groups[owner])

    def __contains__(self, citycode: str) -> bool:
        return True  # a service holds every commune; what it does not propose it does not know

    def table(self, citycode: str) -> StreetTable:
        return StreetTable(self._streets.get(citycode, []))

    def numbers(self, street: Street) -> Mapping[int, tuple[Place, ...]]:
        return self._numbers[street.id]

    def communes_with(self, key: str) -> int:
        """Communes proposed by searches over the whole country; 0 when there was none."""
        return len({p.citycode for p in self._proposals if p.free and _key(p) == key})


def _key(proposal: Proposal) -> str:
    return street_name(proposal.street).key


def _street(rank: int, proposals: list[Proposal]) -> Street:
    """One street; its point is the service's own for it, else that of its first number."""
    first = min(
        proposals, key=lambda p: (p.kind == HOUSE, p.number, p.suffix, p.street, p.lon, p.lat)
    )
    return Street(
        citycode=first.citycode,
        id=rank,
        name=first.street,
        alias="",
        place=int(first.kind == LOCALITY),
        postcode=first.postcode,
        old_city=first.old_city,
        old_citycode=first.old_citycode,
        lon=first.lon,
        lat=first.lat,
    )


def _numbers(proposals: list[Proposal]) -> dict[int, tuple[Place, ...]]:
    found: dict[int, dict[str, Place]] = {}
    for p in sorted(proposals, key=lambda p: (p.number, p.suffix, p.lon, p.lat)):
        if p.number:
            place = Place(p.number, p.suffix, p.lon, p.lat, p.postcode)
            found.setdefault(p.number, {}).setdefault(p.suffix, place)
    return {number: tuple(places.values()) for number, places in found.items()}
