"""The recruitment crossing as a layer: need, reach, distance and type of each commune."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qgis.core import QgsFeatureSource

from ..core.errors import InputError
from ..core.privacy import MIN_COUNT
from ..core.progress import Progress
from ..core.values import ABSENT, State, Value, ratio, total
from .communes import Commune, middles_of, read_communes
from .coverage import (
    Covered,
    as_multi,
    count_points,
    coverage_of,
    figure_fields,
    figure_row,
)
from .layers import TEXT, memory_layer
from .shapes import metric_crs, point_table
from .travel import MIDDLE_GAP

if TYPE_CHECKING:
    from ..analysis.coverage import Coverage
    from ..analysis.recruitment import RecruitmentType, Reference, Situation
    from ..core.crossings import Paradox
    from ..zones.graph import RoadGraph

RECRUITMENT = "recrutement"
#: Indicators that the layer of communes should carry, the ones of the need first.
REGISTERED, UNEMPLOYED, ACTIVE = "demandeurs_emploi", "chomeurs", "actifs"
WITHOUT_CAR, LOW_QUALIFICATION, HOUSEHOLDS = "part_sans_voiture", "part_sans_diplome", "menages"
#: Share of the population in a priority neighbourhood; a layer without it knows nothing of them.
PRIORITY = "part_population_qpv"
#: Measures of ``Counted`` → coverage kept in the layer.
FIGURES = ("count", "target", "rate", "low", "high", "shrunk", "index", "share")
CONTEXT = ("need", "need_rate", "minutes", "km", WITHOUT_CAR, LOW_QUALIFICATION, PRIORITY)


@dataclass(frozen=True)
class Recruited(Covered):
    """The crossing, with the series of the need, the territory's own share of job seekers (%), and
    what stands out where they are not reached."""

    need_source: str
    need_level: Value
    paradox: Paradox


@dataclass(frozen=True)
class Need:
    """Job seekers by commune, and which series they come from (field of the layer)."""

    source: str
    count: Mapping[str, Value]
    rate: Mapping[str, Value]  # % of the active of 15–64


def need_of(places: Sequence[Commune]) -> Need:
    """Registered job seekers where the series is there for every commune, else the census.

    The two never meet in one map. A secret count of the series is a figure that is there.
    """
    for source in (REGISTERED, UNEMPLOYED):
        counts = {place.code: place.figure(source) for place in places}
        there = [value.state in (State.KNOWN, State.SECRET) for value in counts.values()]
        if source == UNEMPLOYED and not any(there):
            break
        if all(there) or source == UNEMPLOYED:
            rates = {p.code: ratio(counts[p.code], p.figure(ACTIVE), 100.0) for p in places}
            return Need(source, counts, rates)
    raise InputError(
        "The communes carry neither job seekers ({registered}) nor unemployed of the census ({unemployed}): compute the indicators first.",
        registered=REGISTERED,
        unemployed=UNEMPLOYED,
    )


def recruitment_layer(
    people: QgsFeatureSource,
    communes: QgsFeatureSource,
    sites: QgsFeatureSource | None,
    graph: RoadGraph | None,
    *,
    reference: Mapping[str, Value] | None = None,
    min_count: int = MIN_COUNT,
    name: str = RECRUITMENT,
    progress: Progress,
) -> Recruited:
    """Communes with the coverage of their job seekers by ``people`` (beneficiaries), and the type.

    ``communes`` carry the indicators (``chomeurs``, ``actifs``, ``part_sans_voiture``…, with
    their ``_etat``). Fields: those of the penetration (target = job seekers), need, need_rate
    (%), minutes or km to the nearest site (from the middle of the commune, by road when there is
    a graph), part_sans_voiture, part_sans_diplome, need_source, type (with type_etat), type_label.
    ``reference``: the territory's own figures by indicator; what is missing there is taken from
    the communes, weighted by households.
    """
    from ..analysis.paradox import factor_words
    from ..analysis.recruitment import typology

    crs = metric_crs(communes)
    places = read_communes(communes, crs)
    need = need_of(places)
    counted = count_points(people, places, crs, progress)
    result = coverage_of(counted, need.count, min_count)
    rows = result.by_unit()
    costs = _costs(places, sites, graph, crs)
    situations = [
        _situation(place, need, rows[place.code].index, costs[place.code], graph is not None)
        for place in places
    ]
    whole = _reference(places, need, reference or {})
    types = typology(situations, whole)
    columns = {
        "codgeo": TEXT,
        "nom": TEXT,
        **figure_fields((*FIGURES, *CONTEXT)),
        **dict.fromkeys(
            ("status", "need_source", "type", "type_etat", "type_label", "facteurs"), TEXT
        ),
    }
    progress.say("Need for work read from the field {field}.", field=need.source)
    layer = memory_layer(
        name,
        columns,
        "MultiPolygon",
        crs,
        (
            (
                {
                    "codgeo": place.code,
                    "nom": place.name,
                    **figure_row(rows[place.code].figures()),
                    **figure_row(_context(situation)),
                    "status": rows[place.code].status,
                    "need_source": need.source,
                    "type": None if kind.state is not State.KNOWN else kind.type,
                    "type_etat": kind.state.value,
                    "type_label": kind.label,
                    "facteurs": factor_words(kind) or None,
                },
                as_multi(place.shape),
            )
            for place, situation, kind in zip(places, situations, types)
        ),
    )
    found = _paradox(places, situations, types, costs, result, graph is not None, min_count)
    return Recruited(layer, result, need.source, whole.need_rate, found)


def _paradox(
    places: Sequence[Commune],
    situations: Sequence[Situation],
    types: Sequence[RecruitmentType],
    costs: Mapping[str, Value],
    result: Coverage,
    by_road: bool,
    min_count: int,
) -> Paradox:
    from ..analysis.paradox import paradox

    given = {
        WITHOUT_CAR: [item.without_car for item in situations],
        LOW_QUALIFICATION: [item.low_qualification for item in situations],
        PRIORITY: [item.priority for item in situations],
    }
    return paradox(
        types,
        {place.code: place.name for place in places},
        {item.unit: item.need for item in situations},
        costs,
        {row.unit: row.count for row in result.rows},
        result.count,
        known_data=[name for name, values in given.items() if any(v.known for v in values)],
        unit="min" if by_road else "km",
        min_count=min_count,
    )


def tell_rules(by_road: bool, progress: Progress) -> None:
    """Say the rules of the typology as the catalogue has them, in French."""
    from ..analysis.recruitment import legend

    for _, label, rule in legend(mode="minutes" if by_road else "km"):
        progress.say("{type}: {rule}", type=label, rule=rule)


def _situation(place: Commune, need: Need, index: Value, cost: Value, by_road: bool) -> Situation:
    from ..analysis.recruitment import Situation

    return Situation(
        unit=place.code,
        need=need.count[place.code],
        need_rate=need.rate[place.code],
        index=index,
        minutes=cost if by_road else ABSENT,
        km=ABSENT if by_road else cost,
        without_car=place.figure(WITHOUT_CAR),
        low_qualification=place.figure(LOW_QUALIFICATION),
        priority=place.figure(PRIORITY),
    )


def _context(situation: Situation) -> dict[str, Value]:
    values = (
        situation.need,
        situation.need_rate,
        situation.minutes,
        situation.km,
        situation.without_car,
        situation.low_qualification,
        situation.priority,
    )
    return dict(zip(CONTEXT, values))


def _costs(
    places: Sequence[Commune],
    sites: QgsFeatureSource | None,
    graph: RoadGraph | None,
    crs: str,
) -> dict[str, Value]:
    """Minutes or kilometres from the middle of each commune to its nearest site."""
    import numpy as np

    from ..zones.nearest import cost_to_nearest

    if sites is None:
        return {place.code: ABSENT for place in places}
    _, where = point_table(sites, crs, sites.sourceName())
    cost = cost_to_nearest(
        where,
        middles_of(places),
        graph,
        "distance" if graph is None else "time",
        towards_sites=True,
        max_gap=MIDDLE_GAP,
    )
    return {
        place.code: Value(round(float(value), 1)) if np.isfinite(value) else ABSENT
        for place, value in zip(places, cost)
    }


def _reference(places: Sequence[Commune], need: Need, given: Mapping[str, Value]) -> Reference:
    """The territory's figures: Σ job seekers over Σ active; shares as given, else by households."""
    from ..analysis.recruitment import Reference

    pairs = [
        (need.count[place.code], place.figure(ACTIVE))
        for place in places
        if need.count[place.code].known and place.figure(ACTIVE).known
    ]
    rate = ratio(total(n for n, _ in pairs), total(a for _, a in pairs), 100.0)
    known = [value for value in need.count.values() if value.known]
    return Reference(
        need=total(known),
        need_rate=rate,
        without_car=_whole(places, given, WITHOUT_CAR),
        low_qualification=_whole(places, given, LOW_QUALIFICATION),
    )


def _whole(places: Iterable[Commune], given: Mapping[str, Value], name: str) -> Value:
    """The territory's own figure where it is known, else that of its communes together."""
    own = given.get(name, ABSENT)
    return own if own.known else _mean(places, name)


def _mean(places: Iterable[Commune], name: str) -> Value:
    """Share of the territory from the communes' shares and households, over those known."""
    pairs = [
        (place.figure(name).number, place.figure(HOUSEHOLDS).number)
        for place in places
        if place.figure(name).known and place.figure(HOUSEHOLDS).known
    ]
    base = sum(size for _, size in pairs if size is not None)
    if not base:
        return ABSENT
    return Value(
        sum(share * size for share, size in pairs if share is not None and size is not None) / base
    )
