"""How far people live from a site, from clusters of jobs and from a stop, by commune."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from qgis.core import QgsFeatureSource, QgsGeometry, QgsVectorLayer, QgsWkbTypes

from ..core import catalogue, french
from ..core.choices import STOP_MINUTES
from ..core.errors import InputError
from ..core.figures import STATE_SUFFIX, value_of
from ..core.privacy import MIN_COUNT
from ..core.progress import Progress
from ..core.values import ABSENT, NOT_APPLICABLE, State, Value
from .communes import Commune, CommuneMap, read_communes
from .counts import check_counts
from .coverage import as_multi, figure_fields, figure_row
from .flows import centre
from .layers import TEXT, memory_layer, records
from .shapes import point_table
from .zone_log import by_move, of_place, tell_mobility

if TYPE_CHECKING:
    import numpy as np

    from ..zones.graph import RoadGraph
    from ..zones.mobility import Access, Clusters

#: Ways of moving, the ones of people without a car after it.
MODES = ("car", "bike", "foot")
#: How far from a road the middle of a commune may lie, metres.
CENTRE_GAP = 5000.0
_BY = {"car": "en voiture", "bike": "à vélo", "foot": "à pied"}
_PLACES = {"site": "d’un site", "jobs": "d’un pôle d’emplois", "stop": "d’un arrêt"}
_WITHOUT_CAR = "part_sans_voiture"


@dataclass(frozen=True)
class Mobility:
    """The layer by commune, the figures that it was written from, and what they rest on."""

    layer: QgsVectorLayer
    access: tuple[Access, ...]
    sentences: tuple[str, ...]
    people: int = 0  # located in the communes; never to be printed as such
    clusters: int = 0
    clustered: float = 0.0  # share (%) of the jobs that the clusters hold


@dataclass(frozen=True)
class Targets:
    """Where people go: points (n, 2) in metres, NaN for none."""

    sites: np.ndarray
    jobs: Clusters | None = None
    stops: np.ndarray | None = None


@dataclass(frozen=True)
class Homes:
    """Where people live: commune, number and place of each person, or of each commune.

    ``unknown``: communes whose number is secret or not known; nobody of them is counted.
    """

    codes: Sequence[str]
    people: np.ndarray
    points: np.ndarray
    gap: float  # farthest road, metres
    outside: int = 0
    unplaced: int = 0
    counted: bool = False  # by a field of the communes: people, not beneficiaries
    unknown: Mapping[str, State] = field(default_factory=dict)


def mobility_layer(
    communes: QgsFeatureSource,
    homes: Homes,
    targets: Targets,
    graph_of: Callable[[str, Progress], RoadGraph],
    *,
    crs: str,
    modes: Sequence[str] = MODES,
    times: Sequence[float] = (20.0, 30.0, 45.0),
    stop_minutes: float = STOP_MINUTES,
    min_count: int = MIN_COUNT,
    progress: Progress,
) -> Mobility:
    """Communes with the share of their people within each time of a site, of jobs, of a stop.

    ``graph_of`` gives the road graph of a way of moving (in ``crs``). Trips go from home. For each
    target and mode: ``<target>_<mode>_min`` (median), ``<target>_<mode>_<minutes>`` (share, %) and
    ``<target>_<mode>_centre`` (from the middle of the commune, whoever lives there). A stop is
    walked to: it is access to a stop, not a journey.
    """
    from ..zones.mobility import access

    places = read_communes(communes, crs)
    codes = [place.code for place in places]
    middles = _middles(places)
    wanted = [("site", targets.sites, mode, tuple(times)) for mode in modes]
    if targets.jobs is not None and len(targets.jobs.points):
        wanted += [("jobs", targets.jobs.points, mode, tuple(times)) for mode in modes]
    elif targets.jobs is not None:
        progress.warn("The layer of jobs has no located place with jobs: it is left out.")
    if targets.stops is not None:
        wanted.append(("stop", targets.stops, "foot", (stop_minutes,)))
    wanted.sort(key=lambda item: MODES.index(item[2]))  # one graph at a time
    found: list[tuple[Access, np.ndarray]] = []
    graph, of_mode = None, ""
    for rank, (target, points, mode, limits) in enumerate(wanted):
        part = progress.part(rank / len(wanted), (rank + 1) / len(wanted))
        part.check()
        if graph is None or mode != of_mode:
            progress.say("Roads {move}:", move=by_move(mode))
            graph, of_mode = graph_of(mode, part.part(0, 0.8)), mode
        minutes = _minutes(points, homes.points, graph, homes.gap)
        if not (minutes < float("inf")).any():
            progress.warn(
                "Nobody is within reach {place} {move}: check that the roads cover the people and the places, and that they join.",
                place=of_place(target),
                move=by_move(mode),
            )
        beside = [item for item, _ in found if item.target == target]
        result = access(
            target, mode, homes.codes, homes.people, minutes, codes, limits, min_count, beside
        )
        found.append((result, _minutes(points, middles, graph, CENTRE_GAP)))
        part.set(1)
    found.sort(key=lambda item: (tuple(_PLACES).index(item[0].target), MODES.index(item[0].mode)))
    results = tuple(item for item, _ in found)
    sentences = tuple(mobility_sentences(results, targets.jobs, homes.counted))
    tell_mobility(results, targets.jobs, homes.counted, progress)
    return Mobility(
        _layer(places, found, homes.unknown, crs),
        results,
        sentences,
        int(homes.people.sum()),
        0 if targets.jobs is None else len(targets.jobs.points),
        0.0 if targets.jobs is None else targets.jobs.share,
    )


def _minutes(targets: np.ndarray, points: np.ndarray, graph: RoadGraph, gap: float) -> np.ndarray:
    from ..zones.nearest import cost_to_nearest

    return cost_to_nearest(targets, points, graph, "time", towards_sites=True, max_gap=gap)


def _middles(places: Sequence[Commune]) -> np.ndarray:
    import numpy as np

    points = []
    for place in places:
        if place.shape.isEmpty():
            points.append((np.nan, np.nan))
        else:
            middle = centre(place)
            points.append((middle.x(), middle.y()))
    return np.array(points, dtype=float).reshape(-1, 2)


def homes_of(
    people: QgsFeatureSource | None,
    communes: QgsFeatureSource,
    crs: str,
    count_field: str = "",
    progress: Progress | None = None,
) -> Homes:
    """Homes of located people; or of the number of them in each commune, who then live in its middle.

    People whose point is missing are placed in the middle of the commune of their code.
    """
    import numpy as np

    places = read_communes(communes, crs)
    middles = _middles(places)
    if people is None:
        if communes.fields().indexFromName(count_field) < 0:
            raise InputError(
                "Give located people (POINTS), or the field of the communes that counts them (COUNT)."
            )
        return _counted(places, middles, count_field, progress)
    rows, points = point_table(people, crs, people.sourceName())
    codes = CommuneMap(places).homes(rows, points)
    middle_of = {place.code: middles[rank] for rank, place in enumerate(places)}
    inside = [rank for rank, code in enumerate(codes) if code]
    if not inside:
        raise InputError(
            "Nobody of the layer lives in the communes: check that the people are located."
        )
    lost = 0
    where = points.copy()
    for rank in inside:
        if not np.isfinite(points[rank]).all():
            where[rank] = middle_of[str(codes[rank])]
            lost += 1
    if progress is not None:
        progress.say(
            "{inside} people live in the communes ({lost} of them placed in the middle of their commune), {outside} outside.",
            inside=len(inside),
            lost=lost,
            outside=len(rows) - len(inside),
        )
    return Homes(
        [str(codes[rank]) for rank in inside],
        np.ones(len(inside), dtype=int),
        where[inside],
        CENTRE_GAP if lost else 1000.0,
        len(rows) - len(inside),
        lost,
    )


def _counted(
    places: Sequence[Commune], middles: np.ndarray, count_field: str, progress: Progress | None
) -> Homes:
    """The people that a field of the communes counts; a number that is not known is told."""
    import numpy as np

    check_counts([count_field])
    figures = [_people(place.row, count_field) for place in places]
    unknown = {
        place.code: figure.state for place, figure in zip(places, figures) if not figure.known
    }
    if unknown and progress is not None:
        progress.warn(
            "{count} communes have no known number in the field {field} ({secret} of them secret): their people are not counted, and their figures are not known.",
            count=len(unknown),
            field=count_field,
            secret=list(unknown.values()).count(State.SECRET),
        )
    return Homes(
        [place.code for place in places],
        np.array([round(figure.number or 0.0) for figure in figures], dtype=int),
        middles,
        CENTRE_GAP,
        unknown=unknown,
        counted=True,
    )


def _people(row: Mapping[str, Any], name: str) -> Value:
    """A number of people as it can be counted: what is negative or infinite is absent."""
    number = row.get(name)
    if isinstance(number, (int, float)) and not 0 <= number < math.inf:
        number = None
    return value_of(number, row.get(name + STATE_SUFFIX))


def stops_of(source: QgsFeatureSource, crs: str) -> np.ndarray:
    """Places (n, 2) of stops: a layer of points, or ``stops.txt`` of a GTFS read as a table."""
    import numpy as np

    if source.wkbType() != QgsWkbTypes.Type.NoGeometry:
        _, points = point_table(source, crs, source.sourceName())
        return points[np.isfinite(points).all(axis=1)]
    names = {name.lower(): name for name in source.fields().names()}
    if not {"stop_lat", "stop_lon"} <= set(names):
        raise InputError(
            "The stops have neither points nor the columns stop_lat and stop_lon of a GTFS (stops.txt)."
        )
    table: list[tuple[dict[str, Any], QgsGeometry]] = []
    for row, _ in records(source):
        kind = str(row.get(names.get("location_type", ""), "") or "0")
        place = row[names["stop_lon"]], row[names["stop_lat"]]
        if kind in ("0", "4") and None not in place and "" not in place:
            table.append(({}, QgsGeometry.fromWkt(f"Point({float(place[0])} {float(place[1])})")))
    layer = memory_layer("stops", {}, "Point", "EPSG:4326", table)
    return stops_of(layer, crs)


def jobs_of(
    source: QgsFeatureSource,
    crs: str,
    weight: str = "",
    clustering: str = "hexagon",
    share: float = 50.0,
) -> Clusters:
    """Clusters of the jobs of establishments, or of points of jobs as they are (``points``).

    ``weight``: field of the number of jobs; else ``tranche`` (the middle of the slice of the
    register) or ``workforce_min`` where it is, else each point counts for one.
    """
    import numpy as np

    from ..zones.mobility import Clusters, clusters

    rows, points = point_table(source, crs, source.sourceName())
    names = source.fields().names()
    if weight and weight not in names:
        raise InputError("The layer of jobs has no field {field}.", field=weight)
    weights = np.array([_jobs(row, weight, names) for row in rows], dtype=float)
    if clustering == "points":
        keep = np.isfinite(points).all(axis=1) & (weights > 0)
        return Clusters(points[keep], weights[keep], 100.0)
    if clustering == "commune" and "codgeo" not in names:
        raise InputError(
            "The layer of jobs has no field codgeo: choose the clusters “hexagon” or “points”."
        )
    groups = [str(row["codgeo"] or "") for row in rows] if clustering == "commune" else None
    return clusters(points, weights, groups, share)


def _jobs(row: Mapping[str, Any], weight: str, names: Sequence[str]) -> float:
    if weight:
        cell = row[weight]
        return float(cell) if isinstance(cell, (int, float)) and cell > 0 else 0.0
    if "tranche" in names:
        return _middle_of_slice().get(str(row["tranche"] or ""), 0.0)
    if "workforce_min" in names:
        return float(row["workforce_min"] or 0)
    return 1.0


@cache
def _middle_of_slice() -> dict[str, float]:
    """Jobs of each slice of the register: its middle, its lower end for the last one."""
    return {
        row["code"]: (int(row["minimum"]) + int(row["maximum"] or row["minimum"])) / 2
        for row in catalogue.rows("workforce")
    }


def _layer(
    places: Sequence[Commune],
    found: Sequence[tuple[Access, np.ndarray]],
    unknown: Mapping[str, State],
    crs: str,
) -> QgsVectorLayer:
    def cells() -> Iterator[tuple[dict[str, Any], QgsGeometry]]:
        for rank, place in enumerate(places):
            figures: dict[str, Value] = {}
            for result, middle in found:
                name = f"{result.target}_{result.mode}"
                reached = result.communes[place.code]
                told = {"people": reached.people, f"{name}_min": reached.median}
                told.update({f"{name}_{time:g}": v for time, v in reached.within.items()})
                if place.code in unknown:
                    told = dict.fromkeys(told, Value(None, unknown[place.code]))
                figures.update(told)
                far = float(middle[rank])
                figures[f"{name}_centre"] = (
                    Value(round(far, 1)) if far < float("inf") else _unreached(far)
                )
            figures[_WITHOUT_CAR] = place.figure(_WITHOUT_CAR)
            yield (
                {"codgeo": place.code, "nom": place.name, **figure_row(figures)},
                as_multi(place.shape),
            )

    rows = list(cells())
    names = [name for name in rows[0][0] if name not in ("codgeo", "nom") and name[-5:] != "_etat"]
    columns = {"codgeo": TEXT, "nom": TEXT, **figure_fields(names)}
    return memory_layer("mobilite", columns, "MultiPolygon", crs, rows)


def _unreached(minutes: float) -> Value:
    """No way there, or (NaN) no road near the middle of the commune."""
    return NOT_APPLICABLE if minutes == float("inf") else ABSENT


def mobility_sentences(
    results: Sequence[Access], jobs: Clusters | None = None, counted: bool = False
) -> list[str]:
    """French sentences on all the people, for print. Secret shares are not told.

    ``counted``: the people are those that a field of the communes counts, not beneficiaries.
    """
    said = []
    who = " des personnes" if counted else " des bénéficiaires"
    for target, place in _PLACES.items():
        of_target = [result for result in results if result.target == target]
        for time in dict.fromkeys(t for result in of_target for t in result.whole.within):
            known = [result for result in of_target if result.whole.within[time].known]
            parts = [
                f"{french.figure(result.whole.within[time], 0, '%')}{'' if rank else who} {_BY[result.mode]}"
                for rank, result in enumerate(known)
            ]
            if parts:
                minutes = french.plural(time, "minute")
                said.append(
                    f"À {minutes} au plus {place} : {french.listing(parts)}."
                    if target != "stop"
                    else f"À {minutes} au plus {place} à pied : {parts[0].rsplit(' à pied', 1)[0]} (accès à un arrêt, non temps de trajet)."
                )
    if jobs is not None and len(jobs.points):
        said.append(
            f"Pôles d’emplois : {french.plural(len(jobs.points), 'lieu', 'lieux')}, soit {french.number(jobs.share)} % des emplois."
        )
    return [french.typography(text) for text in said]
