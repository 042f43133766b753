"""Services and the people they are for: how many places within reach, for how many people.

The rows are those of ``catalogue/services_offered.csv``. A commune's figure is a two-step floating
catchment (:func:`.accessibility.floating_catchment`, Luo and Wang 2003): the places within reach,
each shared between the people who reach it. The territory's is a plain ratio of sums; on the map
of the communes, their mean, weighted by the people.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from ..core import french
from ..core.catalogue import rows
from ..core.crossings import ServiceFigures
from ..core.errors import InputError
from ..core.progress import Progress
from ..core.values import ABSENT, NOT_APPLICABLE, Value, ratio
from .accessibility import Access, floating_catchment, make_bands
from .graph import RoadGraph
from .pairs import pairs_within

#: Where the places of a service are read, by the word before the colon of ``supply``.
SOURCES = ("indicator", "kind", "naf")
#: How far from a road the middle of a commune may lie, metres.
MIDDLE_GAP = 5000.0
#: Of how many people a rate speaks.
PER = 1000.0


@dataclass(frozen=True)
class Service:
    """A row of the catalogue.

    ``supply``: (source, names) in order of preference; ``demand``: indicators in order of
    preference, and what their people are called. ``by``: ``car``, by road in ``minutes`` where there are roads, else ``km`` as the
    crow flies; ``crow``, always ``km`` (people who walk or cycle). ``none``: « aucune école ».
    """

    id: str
    label: str
    supply: tuple[tuple[str, tuple[str, ...]], ...]
    supply_label: str
    none: str
    demand: tuple[str, ...]
    demand_labels: tuple[str, ...]
    by: str
    minutes: float
    km: float
    reading: str

    def roads(self, graph: RoadGraph | None) -> RoadGraph | None:
        return graph if self.by == "car" else None

    def reach(self, graph: RoadGraph | None) -> float:
        return self.km if self.roads(graph) is None else self.minutes

    def reach_text(self, graph: RoadGraph | None) -> str:
        """« 15 min en voiture », « 5 km »."""
        if self.roads(graph) is None:
            return f"{french.number(self.km)}\u00a0km à vol d’oiseau"
        return f"{french.number(self.minutes)}\u00a0min en voiture"


@cache
def services() -> tuple[Service, ...]:
    """The services of the catalogue, in order; a slip is refused by name."""
    return tuple(_service(row) for row in rows("services_offered"))


def _service(row: dict[str, str]) -> Service:
    supply = []
    for token in row["supply"].split():
        source, _, names = token.partition(":")
        if source not in SOURCES or not names:
            raise InputError(
                "The supply “{token}” of the service {service} (services_offered.csv) is not understood: write for example kind:formation or naf:88.10A+88.91A.",
                token=token,
                service=row["id"],
            )
        supply.append((source, tuple(names.split("+"))))
    if row["by"] not in ("car", "crow"):
        raise InputError(
            "The service {service} (services_offered.csv) is reached by car or crow, not by “{by}”.",
            service=row["id"],
            by=row["by"],
        )
    demand = tuple(row["demand"].split())
    labels = tuple(label.strip() for label in row["demand_label"].split("|"))
    if len(labels) != len(demand):
        raise InputError(
            "The service {service} (services_offered.csv) has {count} indicators of people and {labels} names for them: write as many, separated by |.",
            service=row["id"],
            count=len(demand),
            labels=len(labels),
        )
    return Service(
        row["id"],
        row["label"],
        tuple(supply),
        row["supply_label"],
        row["none"],
        demand,
        labels,
        row["by"],
        float(row["minutes"] or row["km"]),
        float(row["km"]),
        row["reading"],
    )


@dataclass(frozen=True, eq=False)
class Offer:
    """Places: ``xy`` (n, 2) metres, how many at each, and whether it is in the territory.

    ``area``: whether the places around the territory are among them.
    """

    xy: np.ndarray
    capacity: np.ndarray
    inside: np.ndarray
    area: bool

    @property
    def count(self) -> float:
        """Places of the territory."""
        return float(self.capacity[self.inside].sum())


@dataclass(frozen=True, eq=False)
class Demand:
    """People by commune: middles (n, 2), numbers (NaN where not known), whether in the territory.

    ``label``: what they are called in print.
    """

    xy: np.ndarray
    people: np.ndarray
    inside: np.ndarray
    label: str = ""


@dataclass(frozen=True, eq=False)
class Served:
    """What each commune of the demand has. ``linked``: it lies near a road (or has a shape)."""

    access: Access
    linked: np.ndarray

    def rates(self, people: np.ndarray) -> list[Value]:
        """Places for 1 000 people; zero where none is within reach, n.a. where nobody is concerned.

        Places that only communes of unknown numbers reach cannot be shared out: ABSENT.
        """
        found = []
        for rank, linked in enumerate(self.linked):
            index = self.access.index[rank]
            if not linked or (np.isnan(index) and self.access.unusable[rank]):
                found.append(ABSENT)
            elif people[rank] == 0:
                found.append(NOT_APPLICABLE)
            else:
                found.append(Value(0.0 if np.isnan(index) else PER * float(index)))
        return found

    def mean(self, demand: Demand) -> Value:
        """The rates of the communes of the territory, each weighing its people: where nobody
        outside shares the places, the plain ratio of sums. ABSENT unless all of them are known."""
        rates = self.rates(demand.people)
        inside = [at for at in np.flatnonzero(demand.inside) if demand.people[at] > 0]
        if not inside or any(rates[at].number is None for at in inside):
            return ABSENT
        people = demand.people[inside]
        return Value(float(np.average([rates[at].number for at in inside], weights=people)))

    @property
    def without(self) -> np.ndarray:
        """Communes that reach no place."""
        return self.linked & (self.access.reached + self.access.unusable == 0)


def serve(
    service: Service, offer: Offer, demand: Demand, graph: RoadGraph | None, progress: Progress
) -> Served:
    """Access of each commune to the places, from its middle, on the way to them."""
    reach, roads = service.reach(graph), service.roads(graph)
    pairs = pairs_within(
        demand.xy,
        offer.xy,
        roads,
        "distance" if roads is None else "time",
        limit=reach,
        max_gap=MIDDLE_GAP,
        progress=progress,
    )
    bands = make_bands("2sfca", reach)
    access = floating_catchment(pairs, offer.capacity, demand.people, bands)
    return Served(access, pairs.place_linked)


def summary(
    service: Service,
    offer: Offer,
    demand: Demand,
    served: Served,
    graph: RoadGraph | None,
    references: Sequence[Value] = (),
) -> ServiceFigures:
    """The figures of the territory: sums over sums, and who reaches nothing.

    The people are those of the communes whose number is known.
    """
    inside = demand.inside & np.isfinite(demand.people)
    people = Value(float(demand.people[inside].sum())) if inside.any() else ABSENT
    alone = served.without & demand.inside
    lost = Value(float(demand.people[alone & inside].sum()))
    return ServiceFigures(
        id=service.id,
        label=service.label,
        reading=service.reading,
        supply_label=service.supply_label,
        none=service.none,
        demand_label=demand.label,
        unit=f"pour {french.number(PER)}",
        supply=Value(offer.count),
        demand=people,
        rate=ratio(Value(offer.count), people, PER),
        without=Value(float(alone.sum())),
        without_share=ratio(lost, people, 100.0),
        reach=service.reach_text(graph),
        area=offer.area,
        references=tuple(references),
        within=served.mean(demand),
    )
