"""Whole lists of units from the API Recherche d'entreprises, which shows at most 10 000 of any.

A question with too many answers is cut in halves along one of its criteria, again and again,
until each part can be read to its end. A part is whole when its pages were read until a short
one, no unit came twice and as many came as were told. The order of the pages is not stable on
the service's side, so a part that does not add up is read again, then cut, then refused.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from ...core.catalogue import rows
from ...core.errors import SourceError
from ...core.nomenclatures import naf_section, tranches
from ...core.progress import Progress
from ..web.client import Request, TryAgain
from .asking import Asking

SERVICE = "recherche_entreprises"
CAP = 10_000  # units of a question beyond which the service counts no more
PER_PAGE = 25
#: Above it the total is the service's estimate (a cardinality), a few per cent off.
SURE = 3_000
_DOUBT = 0.06
#: Of a part that can still be cut, and of one that cannot.
_READINGS, _LAST_READINGS = 3, 12
#: A unit with more establishments is in several pieces, of which a list shows one.
WHOLE_UNIT = 100
_PLACES = ("code_commune", "departement")
_SECTIONS = tuple("ABCDEFGHIJKLMNOPQRSTU")

Answer = dict[str, Any]
Unit = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """A question: criteria, each with the values of which one must hold."""

    criteria: tuple[tuple[str, tuple[str, ...]], ...]

    def values(self, name: str) -> tuple[str, ...]:
        return dict(self.criteria).get(name, ())

    def having(self, name: str, values: tuple[str, ...]) -> Part:
        return Part(tuple({**dict(self.criteria), name: values}.items()))

    @property
    def in_places(self) -> bool:
        """Whether it can still be cut by place, which loses nothing."""
        return any(len(self.values(name)) > 1 for name in _PLACES)

    def halves(self) -> tuple[Part, ...]:
        """Two parts that make up this one, none when nothing is left to cut it by."""
        for name, known in _criteria(self):
            values = self.values(name) or known
            if len(values) > 1:
                middle = len(values) // 2
                return self.having(name, values[:middle]), self.having(name, values[middle:])
        return ()

    def parameters(self) -> dict[str, str]:
        return {name: ",".join(values) for name, values in self.criteria}


def _criteria(part: Part) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What a question is cut by, in order, with all the values of each."""
    for name in _PLACES:
        yield name, part.values(name)
    sections = part.values("section_activite_principale")
    yield "section_activite_principale", _SECTIONS
    yield "est_entrepreneur_individuel", ("true", "false")
    yield "tranche_effectif_salarie", tuple(sorted(tranches()))
    yield "activite_principale", _classes().get(sections[0], ()) if len(sections) == 1 else ()


@cache
def _classes() -> dict[str, tuple[str, ...]]:
    """Classes of activity by section."""
    found: dict[str, tuple[str, ...]] = {}
    for row in rows("naf_classes"):
        section = naf_section(row["code"])
        found[section] = (*found.get(section, ()), row["code"])
    return found


@dataclass(frozen=True)
class Leaf:
    """A part that can be read, with its first page."""

    part: Part
    first: Answer

    @property
    def told(self) -> int:
        return int(self.first["total_results"])

    @property
    def pages(self) -> int:
        return max(math.ceil(self.told / PER_PAGE), 1)


class CompanySearch:
    """Reads every unit of a question; ``asking`` keeps the date of what was read."""

    def __init__(self, asking: Asking, progress: Progress) -> None:
        self.asking = asking
        self.progress = progress

    def units(self, part: Part) -> Iterator[Unit]:
        """Every unit of the question, with the establishments that match; some come twice.

        Says beforehand how many requests it takes. Raises :class:`SourceError` when a part
        cannot be read whole.
        """
        leaves = self._cut(part)
        total = sum(leaf.pages for leaf in leaves)
        self._announce(leaves, total)
        done = 0
        for leaf in leaves:
            yield from self._whole(leaf, partial(self._tell, done, total))
            done += leaf.pages

    def establishments(self, unit: Unit) -> tuple[list[Unit], bool]:
        """Establishments of a unit of more than :data:`WHOLE_UNIT`, and whether it is all of them.

        They come a hundred at a time under ``etablissements``, else ``matching_etablissements``.
        """
        told = int(unit.get("nombre_etablissements") or 0)
        found: dict[str, Unit] = {}
        for number in range(1, math.ceil(told / WHOLE_UNIT) + 2):
            self.progress.check()
            values = {"q": unit["siren"], "page_etablissements": number, "per_page": PER_PAGE}
            request = self._request({**values, "include_admin": "etablissements"})
            answer = self.asking.json(request, _refusal)
            same = [other for other in answer["results"] if other.get("siren") == unit["siren"]]
            rows = [
                row
                for other in same
                for row in other.get("etablissements") or other.get("matching_etablissements") or []
            ]
            before = len(found)
            found.update((row["siret"], row) for row in rows)
            if len(found) in (before, told):
                break
        return [found[siret] for siret in sorted(found)], len(found) >= told

    def announced(self, big: Mapping[str, Unit]) -> list[str]:
        """SIREN of the units to read in pieces, once the number of requests has been said."""
        pieces = [math.ceil(unit["nombre_etablissements"] / WHOLE_UNIT) for unit in big.values()]
        if big:
            self.progress.say(
                "{count} units have more than {most} establishments: {requests} more requests, about {minutes} min.",
                count=len(big),
                most=WHOLE_UNIT,
                requests=sum(pieces),
                minutes=math.ceil(sum(pieces) / self.asking.service.rate / 60),
            )
        return sorted(big)

    # Private.

    def _tell(self, done: int, total: int, pages: int) -> None:
        self.progress.set((done + pages) / total)

    def _cut(self, whole: Part) -> list[Leaf]:
        """The question in parts that can be read."""
        leaves: list[Leaf] = []
        waiting = [self._leaf(whole)]
        while waiting:
            leaf = waiting.pop()
            if leaf.told < CAP and not (leaf.told > SURE and leaf.part.in_places):
                leaves.append(leaf)
            else:
                waiting += reversed(self._halves(leaf))
        return leaves

    def _halves(self, leaf: Leaf) -> list[Leaf]:
        """The halves of a part; together they tell at least as much as the whole."""
        halves = [self._leaf(part) for part in leaf.part.halves()]
        told = sum(half.told for half in halves)
        if not halves or told < leaf.told * (1 - (_DOUBT if leaf.told > SURE else 0)):
            raise self._incomplete(leaf.told, told)
        return halves

    def _leaf(self, part: Part) -> Leaf:
        self.progress.check()
        return Leaf(part, self._page(part, 1, ""))

    def _whole(self, leaf: Leaf, tell: Callable[[int], None]) -> list[Unit]:
        """The units of a part: read again when they do not add up, then cut."""
        received: dict[str, Unit] = {}
        before: set[str] = set()
        for reading in range(1, (_READINGS if leaf.part.halves() else _LAST_READINGS) + 1):
            vintage = "" if reading == 1 else f"reading {reading}"
            units, repeated, told = self._read(leaf, vintage, tell)
            if not repeated and _adds_up(len(units), told):
                return [units[siren] for siren in sorted(units)]
            received.update(units)
            if told <= SURE and len(received) == told:
                return [received[siren] for siren in sorted(received)]
            if before == units.keys():
                break  # the same list once more: reading it again would not mend the total
            before = set(units)
        if not leaf.part.halves():
            raise self._incomplete(leaf.told, len(received))
        return [unit for half in self._halves(leaf) for unit in self._whole(half, tell)]

    def _read(
        self, leaf: Leaf, vintage: str, tell: Callable[[int], None]
    ) -> tuple[dict[str, Unit], int, int]:
        """Units by SIREN until a short page, the number that came again, and the total told."""
        units: dict[str, Unit] = {}
        repeated, told, number = 0, leaf.told, 0
        while number < min(leaf.pages * (1 + _DOUBT) + 1, CAP // PER_PAGE):
            self.progress.check()
            number += 1
            page = leaf.first
            if number > 1 or vintage:
                page = self._page(leaf.part, number, vintage)
            told = int(page["total_results"]) if number == 1 else told
            results = page["results"]
            repeated += sum(unit["siren"] in units for unit in results)
            units.update((unit["siren"], unit) for unit in results)
            tell(min(number, leaf.pages))
            if len(results) < PER_PAGE:
                break
        return units, repeated, told

    def _page(self, part: Part, number: int, vintage: str) -> Answer:
        def check(answer: Any) -> str | None:
            said = _refusal(answer)
            if said is None:
                _look(answer, number)
            return said

        values = {**part.parameters(), "etat_administratif": "A", "page": number}
        answer: Answer = self.asking.json(
            self._request({**values, "per_page": PER_PAGE}, vintage), check
        )
        return answer

    def _request(self, values: dict[str, object], vintage: str = "") -> Request:
        usual = {
            "minimal": True,
            "include": "siege,complements,matching_etablissements",
            "limite_matching_etablissements": WHOLE_UNIT,
        }
        return Request.get(SERVICE, "search", {**usual, **values}, vintage=vintage)

    def _announce(self, leaves: list[Leaf], total: int) -> None:
        requests = total - len(leaves)
        self.progress.say(
            "{service}: {count} units to read in {requests} more requests, about {minutes} min.",
            service=self.asking.service.title,
            count=sum(leaf.told for leaf in leaves),
            requests=requests,
            minutes=math.ceil(requests / self.asking.service.rate / 60),
        )

    def _incomplete(self, told: int, received: int) -> SourceError:
        return SourceError(
            "{service} announces {told} units and gives {received}: the list would be incomplete. Take the API Sirène (free key) or the Sirène stock file.",
            service=self.asking.service.title,
            told=told,
            received=received,
        )


def _adds_up(received: int, told: int) -> bool:
    """Whether a list read to its end is what was told, itself an estimate for a long list."""
    if told <= SURE:
        return received == told
    return abs(received - told) <= told * _DOUBT


def _refusal(answer: Any) -> str | None:
    """What the service says in place of a list, whatever the status."""
    if not isinstance(answer, dict) or not isinstance(answer.get("results"), list):
        said = answer.get("erreur") if isinstance(answer, dict) else None
        return str(said or "no results in the answer")
    return None


def _look(answer: Answer, number: int) -> None:
    """Ask again for a page that is not the one wanted, or is shorter than its total says."""
    told = answer.get("total_results")
    if not isinstance(told, int) or answer.get("page") != number:
        raise TryAgain
    short = len(answer["results"]) < PER_PAGE
    if short and number * PER_PAGE < told * (1 - (_DOUBT if told > SURE else 0)):
        raise TryAgain
    if any("matching_etablissements" not in unit for unit in answer["results"]):
        raise TryAgain
