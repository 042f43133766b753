"""The client portfolio against the fabric of the territory, by activity and by size (METHODS §3).

A client is an establishment of the register that the structure works for: found there by SIRET,
else by name and commune, as the prospection finds it. Each establishment counts once.

Clients may be sole traders: their counts are counts of people. The groups of every table, the
clients of the fabric and those beside them are one linked table, protected as a whole under the
number of located clients, which a reader knows. What a hidden count would have made is hidden.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from ..core.catalogue import rows
from ..core.crossings import Portfolio, PortfolioRow, PortfolioTable
from ..core.nomenclatures import naf_label, naf_section
from ..core.privacy import (
    MIN_COUNT,
    LinkedTable,
    Sum,
    closed,
    is_few,
    people_reason,
    secret,
)
from ..core.values import NOT_APPLICABLE, Value
from .prospect_clients import Book
from .prospect_model import shrunk_lift, size_band

#: Groups of the establishments whose activity or size is not known.
UNKNOWN = ""
_UNKNOWN_LABELS = {"activity": "Activité inconnue", "size": "Taille inconnue"}
_TITLES = {"activity": "Par activité", "size": "Par taille"}

#: Cells of the linked table: the groups as (grouping, group), and these.
Cell = tuple[str, str]
_LOCATED, _CLIENTS, _BESIDE = ("", "located"), ("", "clients"), ("", "beside")


@dataclass(frozen=True)
class Counts:
    """Establishments, and clients among them, by group of one grouping."""

    grouping: str  # activity, size
    clients: Mapping[str, int]
    establishments: Mapping[str, int]


def sections(naf: pd.Series) -> pd.Series:
    """The section of each activity, UNKNOWN when it is not known."""
    return naf.map({code: naf_section(code) for code in naf.unique()}).astype(object)


def divisions(naf: pd.Series) -> pd.Series:
    """The division (two digits) of each activity, UNKNOWN when it is not known."""
    return naf.map({c: c[:2] if naf_section(c) else UNKNOWN for c in naf.unique()}).astype(object)


def band_label(band: str) -> str:
    """« 1 à 5 salariés »: the workforce that a band of ``catalogue/workforce.csv`` gathers."""
    members = [row for row in rows("workforce") if row["band"] == band]
    if not members:
        return _UNKNOWN_LABELS["size"]
    least = min(int(row["minimum"]) for row in members)
    tops = [row["maximum"] for row in members]
    if not all(tops):
        return f"{least} salariés et plus"
    most = max(map(int, tops))
    return "Sans salarié" if most == 0 else f"{least} à {most} salariés"


def portfolio(
    clients: pd.DataFrame,
    establishments: pd.DataFrame,
    *,
    level: str = "section",
    min_count: int = MIN_COUNT,
) -> Portfolio:
    """The portfolio of ``clients`` (as :meth:`Book.of` reads them) among ``establishments``.

    ``level``: ``section`` or ``division``, of the activities. Only one is told in a dossier: the
    counts of divisions and of sections together would tell more than either.
    """
    stock = establishments.drop_duplicates("siret")
    known = set(Book.of(clients, stock).siret) - {""}
    mine = stock["siret"].isin(known)
    groups = {
        "activity": (sections if level == "section" else divisions)(stock["naf"]),
        "size": size_band(stock["tranche"]).astype(object),
    }
    counts = [Counts(name, _sizes(groups[name][mine]), _sizes(groups[name])) for name in _TITLES]
    return compare(counts, len(clients), min_count)


def _sizes(groups: pd.Series) -> dict[str, int]:
    return {str(group): int(count) for group, count in groups.value_counts().items()}


def compare(counts: Sequence[Counts], located: int, min_count: int = MIN_COUNT) -> Portfolio:
    """The same clients by several groupings, protected together.

    ``located``: located clients, those that are no establishment of the fabric included.
    """
    everybody = sum(counts[0].clients.values())
    if any(sum(item.clients.values()) != everybody for item in counts):
        raise ValueError("the groupings are not of the same clients")
    linked = _linked(counts, everybody, located)
    hidden = _protected(linked, _limits(counts), min_count)

    def told(cell: Cell) -> Value:
        count = linked.counts[cell]
        return secret(people_reason(count, min_count)) if cell in hidden else Value(float(count))

    fabric = sum(counts[0].establishments.values())
    whole = told(_CLIENTS)
    return Portfolio(
        tables=tuple(_table(item, hidden, told, everybody, whole.known) for item in counts),
        clients=whole,
        beside=told(_BESIDE),
        located=Value(float(located)),
        establishments=Value(float(fabric)),
        penetration=_share(whole, fabric),
        compares_shown=not whole.known,
    )


def _linked(counts: Sequence[Counts], everybody: int, located: int) -> LinkedTable[Cell]:
    cells: dict[Cell, int] = {
        _LOCATED: located,
        _CLIENTS: everybody,
        _BESIDE: located - everybody,
    }
    sums = [Sum(_LOCATED, (_CLIENTS, _BESIDE))]
    for item in counts:
        parts = tuple((item.grouping, group) for group in sorted(item.establishments))
        cells.update({part: item.clients.get(part[1], 0) for part in parts})
        sums.append(Sum(_CLIENTS, parts))
    return LinkedTable(cells, tuple(sums), told=frozenset({_LOCATED}))


def _limits(counts: Sequence[Counts]) -> dict[Cell, int]:
    """A group has at most as many clients as establishments, which the register tells to all."""
    return {(item.grouping, g): n for item in counts for g, n in item.establishments.items()}


def _protected(linked: LinkedTable[Cell], limits: Mapping[Cell, int], min_count: int) -> set[Cell]:
    """Cells to hide, so that the sizes of the groups do not tell that a small cell is not empty.

    Hidden groups that are nearly full leave the others no room: the least of the shown ones then
    join them, at last the number of clients.
    """
    sensitive: set[Cell] = set()
    while True:
        hidden = closed(linked, min_count, sensitive)
        more: set[Cell] = set()
        for line in _tight(linked, limits, hidden, min_count):
            shown = [cell for cell in line.parts if cell not in hidden]
            least = min((linked.counts[c] for c in shown if linked.counts[c]), default=0)
            more |= {cell for cell in shown if linked.counts[cell] == least} or {line.whole}
        if more <= hidden:
            return hidden
        sensitive |= more


def _tight(
    linked: LinkedTable[Cell], limits: Mapping[Cell, int], hidden: set[Cell], min_count: int
) -> Iterator[Sum[Cell]]:
    """Groupings from which a reader could tell that a hidden small cell is not empty."""
    groupings = linked.sums[1:]
    told = {g: sum(linked.counts[c] for c in g.parts if c not in hidden) for g in groupings}
    room = {g: sum(limits[c] for c in g.parts if c in hidden) for g in groupings}
    secret_whole = _CLIENTS in hidden
    least = max(told.values()) if secret_whole else linked.counts[_CLIENTS]
    few_beside = secret_whole and is_few(linked.counts[_BESIDE], min_count)
    for grouping in groupings:
        small = (c for c in grouping.parts if c in hidden and is_few(linked.counts[c], min_count))
        bound = any(least - told[grouping] > room[grouping] - limits[cell] for cell in small)
        beside = few_beside and linked.counts[_LOCATED] > told[grouping] + room[grouping]
        if bound or beside:
            yield grouping


def _table(
    item: Counts, hidden: set[Cell], told: Callable[[Cell], Value], everybody: int, whole: bool
) -> PortfolioTable:
    """Rows of a grouping. Shares are of the whole, or of the shown groups where it is hidden."""
    shown = [g for g in item.establishments if whole or (item.grouping, g) not in hidden]
    base = everybody if whole else sum(item.clients.get(group, 0) for group in shown)
    fabric = sum(item.establishments[group] for group in shown)
    found = []
    for group in _ordered(item):
        clients = told((item.grouping, group))
        size = item.establishments[group]
        found.append(
            PortfolioRow(
                group,
                _label(item.grouping, group),
                clients,
                Value(float(size)),
                _share(clients, base),
                _share(Value(float(size)), fabric) if group in shown else NOT_APPLICABLE,
                _index(clients, base, size, fabric),
                _share(clients, size),
            )
        )
    return PortfolioTable(_TITLES[item.grouping], tuple(found))


def _ordered(item: Counts) -> list[str]:
    """Sizes from small to large; activities from the most to the least frequent in the fabric."""
    if item.grouping == "size":
        return sorted(item.establishments, key=lambda group: (group == UNKNOWN, group))
    return sorted(item.establishments, key=lambda g: (g == UNKNOWN, -item.establishments[g], g))


def _label(grouping: str, group: str) -> str:
    if group == UNKNOWN:
        return _UNKNOWN_LABELS[grouping]
    return band_label(group) if grouping == "size" else naf_label(group)


def _share(part: Value, whole: float) -> Value:
    if part.number is None:
        return part
    return Value(100.0 * part.number / whole, unit="%") if whole else NOT_APPLICABLE


def _index(clients: Value, base: float, size: float, fabric: float) -> Value:
    """100 times the lift of the prospection, shrunk by its pseudo-clients."""
    if clients.number is None:
        return clients
    if not base or not size:
        return NOT_APPLICABLE
    return Value(100.0 * shrunk_lift(clients.number, base, size, fabric))
