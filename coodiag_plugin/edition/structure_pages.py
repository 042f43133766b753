"""Sentences and cards of the pages about the structure itself: zones, types, crossings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..core import french
from ..core.values import SECRET, Value
from .context import Figure


@dataclass(frozen=True)
class ZoneRow:
    """A catchment zone of all sites together; ``reach`` in ``unit`` (min or km).

    ``share`` and ``reach`` are None when the zone adds too few people to be shown.
    """

    name: str
    threshold: float
    share: float | None
    reach: float | None
    unit: str


def reach_text(row: ZoneRow) -> str:
    """``17 min``, ``8,4 km``."""
    if row.reach is None:
        return ""
    return f"{french.number(row.reach, 0 if row.unit == 'min' else 1)}\u00a0{row.unit}"


def share_text(row: ZoneRow) -> str:
    return french.figure(SECRET if row.share is None else Value(row.share), 1, "%")


def zone_label(row: ZoneRow) -> str:
    """Legend of a zone: ``Zone primaire : 62,4 % des clients, communes à 11 min au plus``."""
    if row.share is None:
        return f"Zone {row.name}\u00a0: {share_text(row)}"
    end = f", communes à {reach_text(row)} au plus" if row.reach is not None else ""
    return f"Zone {row.name}\u00a0: {share_text(row)} des clients{end}"


def catchment_page(rows: Sequence[ZoneRow], clients: int) -> tuple[str, tuple[Figure, ...]]:
    """Sentence and cards of the measured catchment; ``clients``: how many are located."""
    figures = [Figure("Clients localisés", french.number(clients))]
    figures += [
        Figure(
            f"Zone {row.name}",
            share_text(row),
            f"communes à {reach_text(row)} au plus" if row.reach is not None else "",
        )
        for row in rows
    ]
    reached = [
        f"{share_text(row)} des clients sont dans les communes à {reach_text(row)} au plus d’un site"
        if not rank
        else f"{share_text(row)} à {reach_text(row)} au plus"
        for rank, row in enumerate(
            row for row in rows if row.share is not None and row.reach is not None
        )
    ]
    sentence = french.listing(reached) + "." if reached else ""
    return sentence, tuple(figures[:4])


def isochrone_page(
    shares: Sequence[tuple[float, float]], sites: int, unit: str
) -> tuple[str, tuple[Figure, ...]]:
    """``shares``: (budget, part of the territory's area within it, in %), from near to far."""
    figures = [Figure("Sites", french.number(sites))]
    figures += [
        Figure(
            f"À {french.number(budget)}\u00a0{unit}",
            f"{french.number(share)}\u00a0%",
            "de la surface du territoire",
        )
        for budget, share in shares[-3:]
    ]
    budget, share = shares[-1]
    sentence = (
        f"Depuis {'le site' if sites == 1 else f'les {french.number(sites)} sites'}, "
        f"{french.number(budget)}\u00a0{unit} suffisent pour atteindre {french.number(share)}\u00a0% de la surface du territoire."
    )
    return sentence, tuple(figures)


#: Where a trip goes, and how.
_TARGETS = {"site": "un site", "jobs": "un pôle d’emplois"}
_MOVES = {"car": "en voiture", "bike": "à vélo", "foot": "à pied"}


def mobility_page(
    target: str, told: Mapping[str, Mapping[float, Value]]
) -> tuple[str, tuple[Figure, ...]]:
    """``told``: way of moving → minutes → share (%) of the people; the middle time is printed."""
    times = sorted(next(iter(told.values())))
    time = times[len(times) // 2]
    figures = tuple(
        Figure(
            f"{_MOVES[mode].capitalize()}, {french.number(time)}\u00a0min",
            french.figure(shares[time], 0, "%"),
            "des bénéficiaires",
        )
        for mode, shares in told.items()
    )
    parts = [
        f"{french.figure(shares[time], 0, '%')}"
        + ("" if rank else f" des bénéficiaires peuvent rejoindre {_TARGETS[target]}")
        + f" {_MOVES[mode]}"
        for rank, (mode, shares) in enumerate((m, s) for m, s in told.items() if _read(s[time]))
    ]
    if not parts:
        return "", figures
    return f"En {french.number(time)}\u00a0minutes au plus, {french.listing(parts)}.", figures


def _read(share: Value) -> bool:
    return share.known and share.significant


def typology_page(
    types: Mapping[str, str],
    names: Mapping[str, str],
    labels: Mapping[str, str],
    highlight: Sequence[str],
    most: int = 8,
) -> tuple[str, tuple[Figure, ...]]:
    """``types``: commune → type; ``labels``: type → words, in legend order; ``highlight``: the
    types whose communes are named in the sentence, ``most`` of them at the longest."""
    held = Counter(types.values())
    figures = tuple(
        Figure(label, french.plural(held[kind], "commune"))
        for kind, label in labels.items()
        if held[kind]
    )
    parts = []
    for kind in highlight:
        members = sorted(
            (
                names[code].replace("'", "’")
                for code, found in types.items()
                if found == kind and code in names
            ),
            key=french.alphabetical,
        )
        if members:
            parts.append(f"{labels[kind]}\u00a0: {_named(members, most)}.")
    return " ".join(parts) or "Aucune commune ne présente de difficulté marquée.", figures[:4]


def crossing_page(
    cells: Mapping[str, str], names: Mapping[str, str]
) -> tuple[str, tuple[Figure, ...]]:
    """``cells``: commune → ``row-column`` (need 1–3, reach 1–3); the paradox is ``3-1``."""
    paradox = sorted(
        (
            names[code].replace("'", "’")
            for code, cell in cells.items()
            if cell == "3-1" and code in names
        ),
        key=french.alphabetical,
    )
    figures = (
        Figure("Besoin fort, portée faible", french.plural(len(paradox), "commune")),
        Figure(
            "Besoin fort, portée forte",
            french.plural(sum(c == "3-3" for c in cells.values()), "commune"),
        ),
        Figure("Communes classées", french.number(len(cells))),
    )
    if not paradox:
        return "Aucune commune ne cumule un besoin fort et une portée faible.", figures
    return f"Besoin fort et portée faible\u00a0: {_named(paradox)}.", figures


def _named(members: Sequence[str], most: int = 8) -> str:
    """Names; of a list longer than ``most``, the count that the cards hold and the first names."""
    if len(members) <= most:
        return french.listing(list(members))
    return f"{french.plural(len(members), 'commune')}, dont {french.listing(list(members[:most]))}"
