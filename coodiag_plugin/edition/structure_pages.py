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
        f"{french.number(share)}\u00a0% de la surface du territoire est à "
        f"{french.number(budget)}\u00a0{unit} au plus {'du' if sites == 1 else 'd’un'} site, en voiture."
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
            "des bénéficiaires actuels",
        )
        for mode, shares in told.items()
    )
    parts = [
        f"{french.figure(shares[time], 0, '%')}"
        + ("" if rank else f" des bénéficiaires actuels peuvent rejoindre {_TARGETS[target]}")
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
            parts.append(_group(_named(members, most), len(members), most, labels[kind]))
    return " ".join(parts) or "Aucune commune ne présente de difficulté marquée.", figures[:4]


def _group(who: str, count: int, most: int, label: str) -> str:
    """``Bruz et Clayes sont classées « Plus âgées, moins denses ».``"""
    if count == 1:
        return french.typography(f"{who} est classée « {label} ».")
    return french.typography(f"{who}{',' if count > most else ''} sont classées « {label} ».")


#: Types of the typology of recruitment that call for a reason: what is said of one commune, of more.
_MISSED = {
    "proche_non_touchee": (
        "a un besoin marqué et un site proche, mais la structure y touche peu de monde",
        "ont un besoin marqué et un site proche, mais la structure y touche peu de monde",
    ),
    "proche_qpv": (
        "a un besoin marqué, un quartier prioritaire et un site proche, mais la structure y touche peu de monde",
        "ont un besoin marqué, un quartier prioritaire et un site proche, mais la structure y touche peu de monde",
    ),
    "eloignee": (
        "a un besoin marqué, mais aucun site proche, et la structure y touche peu de monde",
        "ont un besoin marqué, mais aucun site proche, et la structure y touche peu de monde",
    ),
}


def recruitment_page(
    types: Mapping[str, str], names: Mapping[str, str], labels: Mapping[str, str], most: int = 8
) -> tuple[str, tuple[Figure, ...]]:
    """Sentence and cards of the typology of recruitment: the communes that the structure touches
    little, by type; ``types`` and ``labels`` as in :func:`typology_page`."""
    parts = []
    for kind, (one, many) in _MISSED.items():
        members = sorted(
            (
                _apostrophe(names[code])
                for code, held in types.items()
                if held == kind and code in names
            ),
            key=french.alphabetical,
        )
        if members:
            comma = "," if len(members) > most else ""
            parts.append(f"{_named(members, most)}{comma} {one if len(members) == 1 else many}.")
    _, figures = typology_page(types, names, labels, ())
    none = "Aucune commune au besoin marqué n’est peu touchée par la structure."
    return " ".join(parts) or none, figures


def _apostrophe(name: str) -> str:
    return name.replace("'", "’")


def crossing_page(
    cells: Mapping[str, str], names: Mapping[str, str], above: bool = False
) -> tuple[str, tuple[Figure, ...]]:
    """``cells``: commune → ``row-column`` (need 1–3, reach 1–3); the paradox is ``3-1``.

    ``above``: the need is cut at a multiple of the territory's level, which is more than the
    « besoin marqué » of the typology: the sentence says the difference.
    """
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
    verb = "cumule" if len(paradox) == 1 else "cumulent"
    need = (
        "un besoin fort, nettement au-dessus de celui du territoire," if above else "un besoin fort"
    )
    comma = "," if len(paradox) > _MOST_NAMED else ""
    return f"{_named(paradox)}{comma} {verb} {need} et une portée faible.", figures


#: Communes that a sentence names at the most.
_MOST_NAMED = 8


def _named(members: Sequence[str], most: int = _MOST_NAMED) -> str:
    """Names; of a list longer than ``most``, the count that the cards hold and the first names."""
    if len(members) <= most:
        return french.listing(list(members))
    return f"{french.plural(len(members), 'commune')}, dont {french.listing(list(members[:most]))}"
