"""Services and the people they are for as a layer of communes, and the figures of the territory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from qgis.core import QgsVectorLayer

from ..core.catalogue import indicators
from ..core.crossings import ServiceFigures, Supply
from ..core.progress import Progress
from ..core.values import ABSENT, State, Value, ratio, total
from .communes import Commune, middles_of, read_communes
from .coverage import as_multi, figure_fields, figure_row
from .layers import TEXT, memory_layer
from .shapes import point_columns

if TYPE_CHECKING:
    from ..zones.graph import RoadGraph
    from ..zones.services import Demand, Offer, Served, Service

NAME = "offre_demande"
#: What the communes carry beside the rate of a service: places inside.
INSIDE = "_lieux"
#: Figures of the units compared with: indicator → value, by the name of the unit.
References = Mapping[str, Mapping[str, Value]]


@dataclass(frozen=True)
class Ground:
    """What the services are measured on. Layers that the run has not are None."""

    communes: Sequence[Commune]
    around: Sequence[Commune]
    crs: str
    places: QgsVectorLayer | None = None
    register: QgsVectorLayer | None = None
    graph: RoadGraph | None = None
    references: References = field(default_factory=dict)

    @property
    def every(self) -> list[Commune]:
        return [*self.communes, *self.around]


@dataclass(frozen=True)
class SupplyLayer:
    """By service, ``used``: indicators that its figures rest on; ``told``: names of the sources
    that its places come from, as the layer of places has them."""

    layer: QgsVectorLayer
    supply: Supply
    used: Mapping[str, tuple[str, ...]]
    told: Mapping[str, tuple[str, ...]]


def needed() -> tuple[str, ...]:
    """Indicators that the services need, of those that the catalogue has."""
    from ..zones.services import services

    names: list[str] = []
    for service in services():
        names += service.demand
        for source, found in service.supply:
            names += found if source == "indicator" else ()
    return tuple(name for name in dict.fromkeys(names) if name in indicators())


def read_ground(
    communes: QgsVectorLayer,
    around: QgsVectorLayer | None,
    crs: str,
    *,
    places: QgsVectorLayer | None = None,
    register: QgsVectorLayer | None = None,
    graph: RoadGraph | None = None,
    references: References | None = None,
) -> Ground:
    """Communes with the indicators of :func:`needed`, their neighbours, and where places are."""
    beyond = around if around is not None and around.featureCount() else None
    return Ground(
        read_communes(communes, crs),
        read_communes(beyond, crs, neighbours=True) if beyond is not None else (),
        crs,
        places,
        register,
        graph,
        references or {},
    )


def supply_layer(ground: Ground, progress: Progress) -> SupplyLayer:
    """Communes with, for each service that a source tells of, the places within reach for 1 000
    people (``<id>``) and those inside (``<id>_lieux``), each with its ``_etat``."""
    from ..zones.services import serve, services, summary

    columns: dict[str, dict[str, Value]] = {}
    found: list[ServiceFigures] = []
    left_out: list[tuple[str, str]] = []
    used: dict[str, tuple[str, ...]] = {}
    told: dict[str, tuple[str, ...]] = {}
    known = services()
    for rank, service in enumerate(known):
        progress.check()
        part = progress.part(rank / len(known), (rank + 1) / len(known))
        wanted = _demand_name(ground.communes, service.demand)
        places = _places(ground, service)
        if places is None or not wanted:
            why = "aucune source ne recense ces lieux" if wanted else "personnes non dénombrées"
            left_out.append((service.label, why))
            continue
        label = service.demand_labels[service.demand.index(wanted)]
        demand = _demand(ground, wanted, label, places.offer.area)
        served = serve(service, places.offer, demand, ground.graph, part)
        columns[service.id] = _by_code(ground, served, demand)
        columns[service.id + INSIDE] = dict(places.held)
        references = _references(ground.references, places, wanted)
        found.append(summary(service, places.offer, demand, served, ground.graph, references))
        used[service.id] = (wanted, *(places.names if places.source == "indicator" else ()))
        told[service.id] = places.told
    supply = Supply(tuple(found), tuple(ground.references), tuple(left_out))
    return SupplyLayer(_layer(ground, columns), supply, used, told)


def _layer(ground: Ground, columns: Mapping[str, Mapping[str, Value]]) -> QgsVectorLayer:
    rows = (
        (
            {
                "codgeo": place.code,
                "nom": place.name,
                **figure_row({name: values[place.code] for name, values in columns.items()}),
            },
            as_multi(place.shape),
        )
        for place in ground.communes
    )
    kinds = {"codgeo": TEXT, "nom": TEXT, **figure_fields(columns)}
    return memory_layer(NAME, kinds, "MultiPolygon", ground.crs, rows)


def _by_code(ground: Ground, served: Served, demand: Demand) -> dict[str, Value]:
    values = served.rates(demand.people)
    return {place.code: value for place, value in zip(ground.communes, values)}


# --- demand ------------------------------------------------------------------------------------


def _demand_name(communes: Sequence[Commune], names: Sequence[str]) -> str:
    """The first of the indicators that is there for every commune (secret counts included), else
    the first with any figure, "" for none. One series serves all: two never meet."""
    states = {name: [place.figure(name).state for place in communes] for name in names}
    for name, found in states.items():
        if all(state in (State.KNOWN, State.SECRET) for state in found) and State.KNOWN in found:
            return name
    return next((name for name, found in states.items() if State.KNOWN in found), "")


def _demand(ground: Ground, name: str, label: str, area: bool) -> Demand:
    """The people of the communes, and of those around when the places around are known too."""
    import numpy as np

    from ..zones.services import Demand

    places = ground.every if area else list(ground.communes)
    numbers = [place.figure(name).number for place in places]
    people = np.array([np.nan if n is None or n < 0 else n for n in numbers], dtype=float)
    inside = np.arange(len(places)) < len(ground.communes)
    return Demand(middles_of(places), people, inside, label)


# --- supply ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Places:
    """The places of a service, how many in each commune, and the source that told them.

    ``told``: who recorded each place, when that is not an indicator's source.
    """

    offer: Offer
    held: Mapping[str, Value]
    source: str
    names: tuple[str, ...]
    told: tuple[str, ...] = ()


def _places(ground: Ground, service: Service) -> _Places | None:
    """The places of a service, from the first of its sources that knows any."""
    for source, names in service.supply:
        reader = _counted if source == "indicator" else _pointed
        found = reader(ground, source, names)
        if found is not None:
            return found
    return None


def _counted(ground: Ground, source: str, names: tuple[str, ...]) -> _Places | None:
    """Numbers of places by commune, at the middle of each; none known in the territory: None."""
    import numpy as np

    from ..zones.services import Offer

    counts = {place.code: total([place.figure(n) for n in names]) for place in ground.every}
    own = {place.code: counts[place.code] for place in ground.communes}
    if not any(value.known for value in own.values()):
        return None
    held = [place for place in ground.every if counts[place.code].number]
    capacity = np.array([counts[place.code].number for place in held], dtype=float)
    inside = np.array([place.code in own for place in held], dtype=bool)
    offer = Offer(middles_of(held), capacity, inside, bool(ground.around))
    return _Places(offer, own, source, names)


def _pointed(ground: Ground, source: str, names: tuple[str, ...]) -> _Places | None:
    """Places of interest of these kinds, or employers of the register of these activities.

    One without a point stands at the middle of its commune. No such place at all: None, for the
    source may not know of them.
    """
    import numpy as np

    from ..zones.services import Offer

    layer = ground.places if source == "kind" else ground.register
    if layer is None:
        return None
    columns, points = point_columns(layer, ground.crs, layer.name(), _READ[source])
    rows = np.flatnonzero(_kept(source, columns, names))
    codes = [str(columns["codgeo"][row] or "") for row in rows]
    middles = dict(zip((place.code for place in ground.communes), middles_of(ground.communes)))
    if not any(code in middles for code in codes):
        return None
    nowhere = np.array([np.nan, np.nan])
    where = [
        points[row] if np.isfinite(points[row]).all() else middles.get(code, nowhere)
        for row, code in zip(rows, codes)
    ]
    inside = np.array([code in middles for code in codes], dtype=bool)
    held = {code: Value(float(codes.count(code))) for code in middles}
    offer = Offer(np.array(where).reshape(-1, 2), np.ones(len(rows)), inside, False)
    written = [str(columns["source"][row]) for row in rows] if source == "kind" else [REGISTER]
    told = sorted({name for text in written for name in text.split(", ") if name})
    return _Places(offer, held, source, names, tuple(told))


_READ = {"kind": ["kind", "codgeo", "source"], "naf": ["naf", "codgeo", "employer"]}
#: Name of the register among the sources of places.
REGISTER = "Sirène"


def _kept(source: str, columns: Mapping[str, Sequence[Any]], names: Sequence[str]) -> list[bool]:
    """Which rows are of these kinds, or employers of these activities."""
    from ..core.nomenclatures import NafFilter

    if source == "kind":
        return [kind in names for kind in columns["kind"]]
    asked = NafFilter(names)
    return [
        bool(employer) and asked.keeps(str(naf or ""))
        for naf, employer in zip(columns["naf"], columns["employer"])
    ]


def _references(references: References, found: _Places, demand: str) -> list[Value]:
    """Places for 1 000 people in the units compared with, where both are published of them."""
    from ..zones.services import PER

    if found.source != "indicator":
        return [ABSENT] * len(references)
    return [
        ratio(
            total([unit.get(name, ABSENT) for name in found.names]), unit.get(demand, ABSENT), PER
        )
        for unit in references.values()
    ]
