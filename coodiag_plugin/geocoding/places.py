"""Which communes a service knows for what rows write: by code, by postcode, by name."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from ..core.codes import PLM, commune_code, commune_of
from .cleaning import parse
from .proposals import Proposal, Question, plain
from .queries import Query, arrange
from .towns import Towns, city_name
from .words import tokens

Proposals = tuple[Proposal, ...]
Ask = Callable[[Collection[Question]], dict[Question, Proposals]]
#: Communes of one name in the country, or of one postcode: more than any has.
_MANY = 50
_POSTCODE = re.compile(r"\d{5}")


@dataclass(frozen=True)
class Where:
    """The commune as a row writes it. ``swapped``: an address cell that may be a commune."""

    city: str = ""
    postcode: str = ""
    citycode: str = ""
    swapped: str = ""

    @property
    def told(self) -> bool:
        return bool(self.city or self.postcode or self.citycode)

    @classmethod
    def of(cls, query: Query) -> Where:
        asked = arrange(query)
        parsed = parse(asked.address, asked.complement, asked.city)
        words = tokens(asked.address)
        maybe = asked.city and 0 < len(words) < 6 and not any(c.isdigit() for c in asked.address)
        postcode = asked.postcode or parsed.postcode
        return cls(
            city_name(plain(asked.city or parsed.city)).full,
            postcode if _POSTCODE.fullmatch(postcode) else "",
            commune_code(asked.citycode) or "",
            city_name(plain(asked.address)).full if maybe else "",
        )


def communes(wanted: Collection[Where], ask: Ask, given: Towns | None) -> dict[Where, Proposals]:
    """Communes that the service proposes for each place; ``ask`` answers many questions at once.

    A name is asked only when neither the code nor the postcode leads to it, and an address cell
    only when the commune's own does not name one.
    """
    known = given if given is not None else Towns(())
    found: dict[Where, Proposals] = dict.fromkeys(wanted, ())
    _add(found, ask, lambda where: _by_code(where, known))
    _add(found, ask, lambda where: _by_postcode(where))
    _add(found, ask, lambda where: _by_name(where.city, found[where], known))
    _add(found, ask, lambda where: _by_name(where.swapped, found[where], known, where.city))
    return found


def _add(
    found: dict[Where, Proposals], ask: Ask, question: Callable[[Where], Question | None]
) -> None:
    asked = {where: question(where) for where in found}
    answers = ask(tuple(dict.fromkeys(q for q in asked.values() if q is not None)))
    for where, one in asked.items():
        if one is not None:
            found[where] = tuple(dict.fromkeys((*found[where], *answers.get(one, ()))))


def _by_code(where: Where, known: Towns) -> Question | None:
    code = where.citycode
    if not code or known.by_code(code) or commune_of(code) in PLM:
        return None
    return Question(city=plain(where.city) or code, citycode=code, towns=True, limit=_MANY)


def _by_postcode(where: Where) -> Question | None:
    if not where.postcode:
        return None
    return Question(postcode=where.postcode, in_postcode=where.postcode, towns=True, limit=_MANY)


def _by_name(
    city: str, proposals: Iterable[Proposal], known: Towns, instead_of: str = ""
) -> Question | None:
    """A name is looked for in the whole country, unless it is among what was found."""
    name, first = city_name(city), city_name(instead_of).short
    if not name.short or known.by_name(city):
        return None
    names = {city_name(p.city).short for p in proposals}
    if name.short in names or (first and (first in names or known.by_name(instead_of))):
        return None
    return Question(city=plain(name.full), towns=True, limit=_MANY)
