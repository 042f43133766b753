"""Typology of communes: Ward's clustering on standardised indicators, each class named in French.

METHODS §5. The classes are built on the communes that have every indicator. A commune that lacks
some of them joins the class whose centre is nearest over those it has: no missing or secret figure
is guessed. One that lacks too many stays unclassed, in the gravest state of what it lacks.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import linkage

from ..core import french
from ..core.catalogue import indicators, rows
from ..core.errors import InputError
from ..core.figures import FigureTable
from ..core.values import State, Value, worst_state

Array = NDArray[np.float64]

#: Fewest communes, with every indicator, that classes can be made of; fewest indicators.
LEAST_UNITS, LEAST_INDICATORS = 8, 3
FEWEST_CLASSES, MOST_CLASSES = 3, 6
#: An indicator known in a lesser share of the communes is left out.
INDICATOR_KNOWN = 0.6
#: A commune with a lesser share of the indicators is not classed.
UNIT_KNOWN = 2 / 3
#: Standard deviations from which an indicator is said to be over- or under-represented.
MARKED = 0.5
_NAMED = 2
AVERAGE = "Profil moyen"
_SOURCE = "typology_indicators"


@dataclass(frozen=True)
class Trait:
    """A row of ``catalogue/typology_indicators.csv``; ``more`` and ``less`` qualify communes.

    ``scale`` is ``log`` for an indicator that is compared by its logarithm.
    """

    indicator: str
    more: str
    less: str
    scale: str = ""

    def compared(self, value: Value) -> float:
        """The figure on the scale of the comparison, NaN when it is hidden, missing or too
        uncertain, or when nothing (0) stands where times more are counted."""
        if value.number is None or not value.significant:
            return math.nan
        if self.scale != "log":
            return value.number
        return math.log(value.number) if value.number > 0 else math.nan

    def figure(self, compared: float) -> float:
        """Back from the scale of the comparison to the figure."""
        return math.exp(compared) if self.scale == "log" else compared

    def words(self, deviation: float) -> str:
        """« plus âgées »; without words of its own, the indicator's short label."""
        found = self.more if deviation > 0 else self.less
        side = "au-dessus" if deviation > 0 else "au-dessous"
        return found or f"{indicators()[self.indicator].short.lower()} {side} de la moyenne"


@dataclass(frozen=True)
class Group:
    """A class of communes. ``profile``: mean of its members in standard deviations, by indicator;
    ``members`` are sorted by code, and ``joined`` of them lacked some indicator."""

    key: str
    name: str
    members: tuple[str, ...]
    joined: tuple[str, ...]
    profile: Mapping[str, float]

    def marked(self) -> list[tuple[str, float]]:
        """Indicators that stand out, the most marked first."""
        found = [(name, gap) for name, gap in self.profile.items() if abs(gap) >= MARKED]
        return sorted(found, key=lambda pair: -round(abs(pair[1]), 9))


@dataclass(frozen=True)
class Clusters:
    """``explained``: share of the inertia that is between the classes (0–1);
    ``unused``: indicators left out and why (``absent``, ``constant``); ``unclassed``: state of
    each commune that has no class."""

    groups: tuple[Group, ...]
    indicators: tuple[str, ...]
    unused: Mapping[str, str]
    unclassed: Mapping[str, State]
    explained: float

    def kinds(self) -> dict[str, str | State]:
        """Class key of each commune, or why it has none."""
        found: dict[str, str | State] = {
            unit: group.key for group in self.groups for unit in group.members
        }
        return {**found, **self.unclassed}


@cache
def traits() -> tuple[Trait, ...]:
    """The rows of the catalogue; an unknown indicator is refused by name."""
    found = []
    for row in rows(_SOURCE):
        if row["indicator"] not in indicators():
            raise InputError(
                "The indicator “{indicator}” of {file} is not in the catalogue.",
                indicator=row["indicator"],
                file=f"{_SOURCE}.csv",
            )
        found.append(Trait(row["indicator"], row["more"], row["less"], row["scale"]))
    return tuple(found)


def traits_of(names: Sequence[str]) -> tuple[Trait, ...]:
    """Traits to compare territories by: indicators on the scale that the rows give them."""
    scales = {row["indicator"]: row["scale"] for row in rows(_SOURCE)}
    return tuple(Trait(name, "", "", scales.get(name, "")) for name in names)


def cluster(figures: FigureTable, units: Sequence[str], by: Sequence[Trait]) -> Clusters:
    """Classes of ``units`` by the traits ``by``; the order of the units changes nothing.

    Raises :class:`InputError` when there are too few communes, indicators or differences.
    """
    codes = sorted(dict.fromkeys(units))
    _enough(len(codes))
    names = [trait.indicator for trait in by]
    table = np.array(
        [[trait.compared(figures.get(code, trait.indicator)) for trait in by] for code in codes],
        dtype=float,
    ).reshape(len(codes), len(names))
    used, unused = _useful(table, names)
    table = table[:, used]
    whole = np.isfinite(table).all(axis=1)
    _enough(int(whole.sum()))
    mean, spread = table[whole].mean(axis=0), table[whole].std(axis=0)
    flat = spread <= 1e-12 * np.maximum(np.abs(mean), 1e-300)
    if flat.any():  # it differs only in communes that lack another indicator
        unused.update({names[used[at]]: "constant" for at in np.flatnonzero(flat)})
        used = [item for item, same in zip(used, flat) if not same]
        table, mean, spread = table[:, ~flat], mean[~flat], spread[~flat]
    _enough_indicators(len(used))
    scores = (table - mean) / spread
    labels = _classes(scores[whole])
    number = int(labels.max()) + 1
    centres = np.array([scores[whole][labels == rank].mean(axis=0) for rank in range(number)])
    explained = _explained(scores[whole], labels, centres)
    assigned = np.full(len(codes), -1)
    assigned[whole] = labels
    joining = ~whole & (np.isfinite(scores).mean(axis=1) >= UNIT_KNOWN)
    assigned[joining] = [_nearest(row, centres) for row in scores[joining]]
    kept = [by[at] for at in used]
    return Clusters(
        _groups(codes, scores, assigned, joining, kept),
        tuple(trait.indicator for trait in kept),
        unused,
        {code: _why(figures, code, kept) for code, rank in zip(codes, assigned) if rank < 0},
        explained,
    )


def _enough(count: int) -> None:
    if count < LEAST_UNITS:
        raise InputError(
            "{count} communes have the figures that a typology needs: {least} at least.",
            count=count,
            least=LEAST_UNITS,
        )


def _enough_indicators(count: int) -> None:
    if count < LEAST_INDICATORS:
        raise InputError(
            "{count} indicators tell the communes apart: a typology needs {least} at least.",
            count=count,
            least=LEAST_INDICATORS,
        )


def _useful(table: Array, names: Sequence[str]) -> tuple[list[int], dict[str, str]]:
    """Columns known in enough communes and not the same everywhere; why the others are not used."""
    used, unused = [], {}
    for at, name in enumerate(names):
        known = table[np.isfinite(table[:, at]), at]
        if len(known) < INDICATOR_KNOWN * len(table):
            unused[name] = "absent"
        elif np.ptp(known) <= 1e-12 * max(float(np.abs(known).max()), 1e-300):
            unused[name] = "constant"
        else:
            used.append(at)
    _enough_indicators(len(used))
    return used, unused


def _classes(scores: Array) -> NDArray[np.int64]:
    """Class of each row.

    A merge of Ward at height d adds d²/2 to the inertia within the classes. The number kept is the
    one where the next merge would add the largest multiple of what the last one added (the
    branches of the tree are longest there), the smaller of two that tie.
    """
    different = len(np.unique(np.round(scores, 9), axis=0))
    most = min(MOST_CLASSES, different - 1, max(FEWEST_CLASSES, len(scores) // 2))
    if most < FEWEST_CLASSES:
        raise InputError(
            "The communes are too much alike for a typology: nothing tells them apart."
        )
    merges = linkage(scores, "ward")
    loss = merges[:, 2] ** 2 / 2
    size = len(scores)
    jumps = {k: float(loss[size - k] / loss[size - k - 1]) for k in range(FEWEST_CLASSES, most + 1)}
    best = max(jumps, key=lambda k: (round(jumps[k], 9), -k))
    return _cut(merges, size, best)


def _cut(merges: Array, size: int, number: int) -> NDArray[np.int64]:
    """Labels after the first ``size − number`` merges: exactly ``number`` classes, ties or not."""
    members = {row: [row] for row in range(size)}
    for step in range(size - number):
        one, other = int(merges[step, 0]), int(merges[step, 1])
        members[size + step] = members.pop(one) + members.pop(other)
    labels = np.empty(size, dtype=np.int64)
    for rank, held in enumerate(sorted(members.values(), key=lambda held: (-len(held), min(held)))):
        labels[held] = rank
    return labels


def _explained(scores: Array, labels: NDArray[np.int64], centres: Array) -> float:
    within = float(((scores - centres[labels]) ** 2).sum())
    return 1.0 - within / float((scores**2).sum())


def _nearest(row: Array, centres: Array) -> int:
    """The class nearest over the indicators that the row has."""
    known = np.isfinite(row)
    return int(np.argmin(((centres[:, known] - row[known]) ** 2).sum(axis=1)))


def _why(figures: FigureTable, code: str, by: Sequence[Trait]) -> State:
    """The gravest state among the figures that a commune lacks; an uncertain one counts as absent."""
    state = worst_state(figures.get(code, trait.indicator) for trait in by)
    return State.ABSENT if state is State.KNOWN else state


def _groups(
    codes: Sequence[str],
    scores: Array,
    assigned: NDArray[np.int64],
    joining: NDArray[np.bool_],
    by: Sequence[Trait],
) -> tuple[Group, ...]:
    held = []
    for rank in range(int(assigned.max()) + 1):
        inside = assigned == rank
        profile = {
            trait.indicator: float(np.nanmean(scores[inside, at])) for at, trait in enumerate(by)
        }
        members = tuple(code for code, one in zip(codes, inside) if one)
        joined = tuple(code for code, one in zip(codes, inside & joining) if one)
        held.append((members, joined, profile))
    held.sort(key=lambda item: (-len(item[0]), item[0]))
    named = class_names([profile for _, _, profile in held], by)
    return tuple(
        Group(str(rank), name, *item) for rank, (name, item) in enumerate(zip(named, held), 1)
    )


def class_names(profiles: Sequence[Mapping[str, float]], by: Sequence[Trait]) -> list[str]:
    """« Plus âgées, plus modestes »: the most marked traits of each class, enough to tell it apart.

    A class without any marked trait is « Profil moyen ». Classes that even all their marked
    traits do not tell apart are numbered.
    """
    ranked = []
    for profile in profiles:
        marked = [trait for trait in by if abs(profile[trait.indicator]) >= MARKED]
        marked.sort(key=lambda trait: -round(abs(profile[trait.indicator]), 9))
        ranked.append([trait.words(profile[trait.indicator]) for trait in marked])
    names = [_joined(words[:_NAMED]) for words in ranked]
    for length in range(_NAMED + 1, max(map(len, ranked), default=0) + 1):
        twins = {name for name in names if names.count(name) > 1}
        names = [
            _joined(words[:length]) if name in twins else name for name, words in zip(names, ranked)
        ]
    held, seen = Counter(names), Counter[str]()
    result = []
    for name in names:
        seen[name] += 1
        result.append(f"{name} ({seen[name]})" if held[name] > 1 else name)
    return result


def _joined(words: Sequence[str]) -> str:
    text = ", ".join(words) or AVERAGE
    return text[0].upper() + text[1:]


def method_words(found: Clusters) -> str:
    """How the classes were made, for the page (French)."""
    share = french.number(100 * found.explained)
    labels = [indicators()[name].short for name in found.indicators]
    text = (
        f"Classification ascendante hiérarchique (critère de Ward) sur {french.number(len(labels))} indicateurs "
        f"centrés et réduits\u00a0: {french.listing(labels)}. {french.number(len(found.groups))} classes, au plus grand saut d’inertie, "
        f"qui expliquent {share}\u00a0% des différences entre communes."
    )
    joined = sum(len(group.joined) for group in found.groups)
    if joined:
        verb = "est rattachée" if joined == 1 else "sont rattachées"
        text += (
            f" {french.plural(joined, 'commune')} à qui il manque un indicateur {verb} à la classe la plus proche "
            "d’après ceux qui sont connus."
        )
    return text
