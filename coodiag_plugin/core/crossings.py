"""What the crossings find, as plain rows: made by the rooms that compute, printed by the edition."""

from __future__ import annotations

from dataclasses import dataclass

from .values import ABSENT, State, Value

#: Type of a commune that has no class of a typology, and its French label by reason.
UNCLASSED = "non_classee"
UNCLASSED_LABELS = {
    State.SECRET: "Non classée (secret statistique)",  # pragma: allowlist secret
    State.ABSENT: "Non classée (donnée absente)",
}

# --- the recruitment paradox ------------------------------------------------------------------


@dataclass(frozen=True)
class ParadoxType:
    """A type of commune: ``seekers`` live there, ``share`` is theirs (%) of those of the territory.

    ``beneficiaries``: SECRET where the number could betray the count of a commune. ``names``: its
    communes, those with most job seekers first.
    """

    type: str
    label: str
    communes: int
    seekers: Value
    share: Value
    beneficiaries: Value
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class ParadoxFactor:
    """A factor among the communes that are not reached, by the rule of :mod:`analysis.paradox`.

    ``share``: job seekers not reached who live where the factor is found (%), who may live where
    another one is too. ``split``: the part of them that falls to this factor, 100 in all.
    Both are ABSENT for a factor whose data is not there. ``brief``: what it is said to be of a
    commune, in a sentence (« peu de voitures »).
    """

    factor: str
    label: str
    words: str
    communes: int
    seekers: Value
    share: Value
    split: Value
    brief: str = ""


@dataclass(frozen=True)
class ParadoxPlace:
    """A commune that is not reached; ``cost`` to its nearest site, ``factors`` in words."""

    code: str
    name: str
    type: str
    label: str
    seekers: Value
    cost: Value
    factors: tuple[str, ...]


@dataclass(frozen=True)
class Paradox:
    """The recruitment paradox of a territory.

    ``seekers``: job seekers whose commune's number is known; ``not_reached``: those of the
    communes with a marked need that the structure touches little; ``beneficiaries``: all of the
    territory. ``factors`` end with the row of no factor (``factor`` ""). ``unknown``: labels of
    the factors without data. ``unit``: of the costs, ``min`` or ``km``. ``uncounted``: communes
    whose number of job seekers is not known, of whom no sum holds any.
    """

    types: tuple[ParadoxType, ...]
    factors: tuple[ParadoxFactor, ...]
    places: tuple[ParadoxPlace, ...]
    seekers: Value
    not_reached: Value
    beneficiaries: Value
    unknown: tuple[str, ...] = ()
    unit: str = "min"
    uncounted: int = 0


# --- services and the people they are for ------------------------------------------------------


@dataclass(frozen=True)
class ServiceFigures:
    """A service on the territory: places, people concerned, places per so many people.

    ``references``: the same rate elsewhere, in the order of :attr:`Supply.levels`. ``without``:
    communes with no place within reach, ``without_share``: the part (%) of the people concerned
    who live there. ``reach``: as printed. ``area``: whether the places of the neighbouring
    communes are counted. ``within``: mean of the communes' places within reach for so many people,
    each weighing as many as its people concerned. ``none``: « aucune école ».
    """

    id: str
    label: str
    reading: str
    supply_label: str
    none: str
    demand_label: str
    unit: str
    supply: Value
    demand: Value
    rate: Value
    without: Value
    without_share: Value
    reach: str
    area: bool
    references: tuple[Value, ...] = ()
    within: Value = ABSENT


@dataclass(frozen=True)
class Supply:
    """Services of a territory. ``levels``: names of the units compared with. ``left_out``:
    services that no source tells of, with why."""

    services: tuple[ServiceFigures, ...]
    levels: tuple[str, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()


# --- qualification of the jobs and of those who seek one ----------------------------------------


@dataclass(frozen=True)
class LevelFigures:
    """A level of qualification: people and jobs, each with its share (%), and the gap in points.

    The gap is the share of the people less that of the jobs: above zero there are more people of
    the level, among those who seek, than jobs of it, among the jobs.
    """

    level: str
    label: str
    jobs_label: str
    seekers_label: str
    jobs: Value
    seekers: Value
    jobs_share: Value
    seekers_share: Value
    gap: Value
    #: Shares of the jobs and of the people of the level elsewhere, by :attr:`Qualification.levels`.
    references: tuple[tuple[Value, Value], ...] = ()


@dataclass(frozen=True)
class Qualification:
    """Jobs and job seekers of a territory by level, the lowest first.

    ``ratio``: people of the lowest level for 100 jobs of it; ``index``: their share over that of
    the jobs, 100 = balance. ``who``: what the people are (« Chômeurs »).
    """

    rows: tuple[LevelFigures, ...]
    who: str
    ratio: Value
    index: Value
    levels: tuple[str, ...] = ()
    source: str = ""


# --- the portfolio and the fabric ---------------------------------------------------------------


@dataclass(frozen=True)
class PortfolioRow:
    """A group of establishments (activity, size): its clients, and what they are in the fabric.

    Shares in %; ``index`` 100 = as frequent among the clients as in the fabric; ``penetration``:
    clients among the establishments of the group (%). What a hidden count made is SECRET.
    """

    group: str
    label: str
    clients: Value
    establishments: Value
    client_share: Value
    fabric_share: Value
    index: Value
    penetration: Value


@dataclass(frozen=True)
class PortfolioTable:
    """One way of grouping the same clients; the groups add up to the whole of the portfolio."""

    title: str
    rows: tuple[PortfolioRow, ...]


@dataclass(frozen=True)
class Portfolio:
    """Clients found among the establishments of the territory, by activity and by size.

    ``clients``: found in the fabric; ``beside``: located clients that are not (persons, other
    places, no activity); ``located``: both. ``compares_shown``: whether the shares are those of
    the groups that are shown, the whole being hidden.
    """

    tables: tuple[PortfolioTable, ...]
    clients: Value
    beside: Value
    located: Value
    establishments: Value
    penetration: Value
    compares_shown: bool = False
