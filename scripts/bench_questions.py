"""Questions of the geocoding bench and the judgement of answers, the same for both engines.

Recall at the number: answered at the address, less than 30 m from the truth. Recall at the street:
answered on the true street. False: answered at an address or a street in another commune, or more
than 200 m from the truth, an answer on the true street that claims no number apart.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace

import bench_damage
from bench_addresses import Address, draw
from bench_damage import ABSENT, CLASSES, ELSEWHERE, HOMONYM, Question

SAMPLE = 3000
#: Composed addresses asked where communes are what matters.
COMPOSED = 1000
_TOWN_CLASSES = ("clean", "town misspelt", "no postcode", "no town", "wrong postcode", "name of merged commune", "BP, CS, CEDEX", "address in one cell", "two or three at once")  # fmt: skip
NUMBER_METRES, FALSE_METRES, SAME_STREET_METRES = 30.0, 200.0, 2500.0


@dataclass(frozen=True)
class Asked:
    """A question, what it was made from and where the truth is (None: nowhere in the base)."""

    name: str
    group: str
    question: Question
    truth: Address
    there: bool
    tune: bool


@dataclass(frozen=True)
class Answer:
    """What an engine said. ``level``: number, street, town or none."""

    level: str
    street: str = ""
    cities: tuple[str, ...] = ()
    lon: float = 0.0
    lat: float = 0.0
    score: float = 0.0


@dataclass
class Count:
    """Sums over the questions of a class."""

    asked: int = 0
    numbered: int = 0
    number: int = 0
    street: int = 0
    false: int = 0

    def add(self, other: Count) -> None:
        for name, value in asdict(other).items():
            setattr(self, name, getattr(self, name) + value)


# --- the questions ----------------------------------------------------------------------------


def questions(found: Sequence[Address], sample: int) -> tuple[list[Address], list[Asked]]:
    """The base (a sixth of the streets taken out) and every question."""
    kept = [a for a in found if not _taken_out(a)]
    gone = [a for a in found if _taken_out(a) and a.asked and a.real]
    real = _drawn([a for a in kept if a.real and a.asked], sample)
    twice = _twice(kept)
    composed = _drawn([a for a in kept if not a.real and _twin(a) not in twice], COMPOSED)
    twins = _drawn([a for a in kept if not a.real and _twin(a) in twice], COMPOSED)
    asked = [
        item
        for item in _damaged(CLASSES, "real", real)
        if item.name != "no town" or _twin(item.truth) not in twice
    ]
    asked += _damaged(_TOWN_CLASSES, "composed", composed)
    asked += [Asked(ABSENT, "real", _absent(a), a, False, _tune(a)) for a in gone]
    asked += _elsewhere(kept, real)
    asked += [Asked(HOMONYM, "composed", replace(bench_damage.clean(a), city=""), a, True, _tune(a)) for a in twins]  # fmt: skip
    return kept, asked


def _twin(address: Address) -> tuple[str, str]:
    return address.postcode, bench_damage.fold(address.street)


def _twice(found: Iterable[Address]) -> set[tuple[str, str]]:
    """Names that several streets of a postcode bear."""
    seen: dict[tuple[str, str], set[tuple[str, str, str]]] = {}
    for address in found:
        seen.setdefault(_twin(address), set()).add(address.way)
    return {twin for twin, ways in seen.items() if len(ways) > 1}


def _taken_out(address: Address) -> bool:
    return draw("out" + "|".join(address.way)) % 6 == 0


def _tune(address: Address) -> bool:
    """Halves by street, so that no street of one half teaches about the other."""
    return draw("half" + "|".join(address.way)) % 2 == 0


def _drawn(found: list[Address], sample: int) -> list[Address]:
    """All the addresses of small communes first: half of Bondy alone would teach little."""
    sizes: dict[str, int] = {}
    for a in found:
        sizes[a.citycode] = sizes.get(a.citycode, 0) + 1
    ranked = sorted(found, key=lambda a: (sizes[a.citycode] > 1000, draw(a.key)))
    return sorted(ranked[:sample], key=lambda a: draw("order" + a.key))


def _damaged(names: Iterable[str], group: str, sample: list[Address]) -> Iterator[Asked]:
    for name in names:
        for address in sample:
            question = bench_damage.damaged(name, address)
            if question is not None:
                yield Asked(name, group, question, address, True, _tune(address))


def _absent(address: Address) -> Question:
    """Half as it is, half damaged: both must stay unlocated."""
    if draw("absent" + address.key) % 2:
        return bench_damage.damaged("two or three at once", address) or bench_damage.clean(address)
    return bench_damage.clean(address)


def _elsewhere(kept: list[Address], sample: list[Address]) -> Iterator[Asked]:
    """The address with the town and postcode of a commune that has no street of its name."""
    names: dict[str, set[str]] = {}
    first: dict[str, Address] = {}
    for a in kept:
        names.setdefault(a.citycode, set()).add(bench_damage.fold(a.street))
        first.setdefault(a.citycode, a)
    large = sorted((c for c in names if len(names[c]) >= 10), key=lambda c: -len(names[c]))
    others = sorted(first)
    for address in sample:
        number = draw("elsewhere" + address.key)
        near = [c for c in others if c[:2] == address.citycode[:2]]
        pool = (large, near, others)[number % 3] or others
        code = pool[number // 3 % len(pool)]
        if code == address.citycode or bench_damage.fold(address.street) in names[code]:
            continue
        town = first[code]
        question = replace(bench_damage.clean(address), postcode=town.postcode, city=town.city)
        yield Asked(ELSEWHERE, "real", question, address, False, _tune(address))


# --- the judgement, the same for both ---------------------------------------------------------


def metres(answer: Answer, truth: Address) -> float:
    east = (answer.lon - truth.lon) * math.cos(math.radians(truth.lat))
    return 111_195.0 * math.hypot(east, answer.lat - truth.lat)


def judge(asked: Asked, answer: Answer, threshold: float = 0.0) -> Count:
    count = Count(1, int(asked.question.number))
    if answer.level not in ("number", "street") or answer.score < threshold:
        return count
    truth, away = asked.truth, metres(answer, asked.truth)
    here = asked.there and truth.city in answer.cities
    same = here and answer.street == truth.street and away < SAME_STREET_METRES
    claims = answer.level == "number"
    count.street = int(same)
    count.number = int(asked.question.number and claims and here and away < NUMBER_METRES)
    count.false = int(not here or (away > FALSE_METRES and not (same and not claims)))
    return count


def tally(
    asked: Sequence[Asked], answers: Sequence[Answer], threshold: float = 0.0
) -> dict[tuple[str, str], Count]:
    """Counts by (group, class)."""
    counts: dict[tuple[str, str], Count] = {}
    for item, answer in zip(asked, answers):
        counts.setdefault((item.group, item.name), Count()).add(judge(item, answer, threshold))
    return counts


def total(counts: Iterable[Count]) -> Count:
    everything = Count()
    for count in counts:
        everything.add(count)
    return everything
