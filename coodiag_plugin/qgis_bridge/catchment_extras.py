"""What goes with the zones: centres and spread of the clients, desire lines, rings, who was left out.

In a run fit to be handed out, centres and lines come from communes with enough clients, never
from the places of the clients.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qgis.core import QgsFeatureSource, QgsGeometry, QgsPointXY, QgsVectorLayer

from ..core import french
from ..core.errors import InputError
from ..core.progress import Progress
from ..core.values import State
from .catchment import TOGETHER, Catchment
from .catchment_input import cost_from
from .layers import INTEGER, REAL, TEXT, layer_keeping, memory_layer
from .shapes import from_polygons
from .zone_words import FORECAST, MEASURED, decimal, observed_ring_label

if TYPE_CHECKING:
    import numpy as np

    from ..zones.desire import Bundle
    from ..zones.dispersion import Dispersion

CENTRE_FIELDS = {
    "site": TEXT, "centre": TEXT, "clients": INTEGER, "part": REAL, "weight": TEXT,
    "standard_distance": REAL, "major": REAL, "minor": REAL, "angle": REAL, "status": TEXT,
    "kind": TEXT, "label": TEXT, "note": TEXT,
}  # fmt: skip
SPREAD_FIELDS = {
    "site": TEXT, "figure": TEXT, "clients": INTEGER, "part": REAL, "weight": TEXT,
    "standard_distance": REAL, "major": REAL, "minor": REAL, "angle": REAL, "within": REAL,
    "status": TEXT, "kind": TEXT, "label": TEXT, "note": TEXT,
}  # fmt: skip
LINE_FIELDS = {
    "site": TEXT, "codgeo": TEXT, "nom": TEXT, "clients": INTEGER, "value": REAL, "share": REAL,
    "km": REAL, "cost": REAL, "unit": TEXT, "weight": TEXT, "kind": TEXT,
}  # fmt: skip
RING_FIELDS = {
    "site": TEXT, "percentile": REAL, "share": REAL, "value": REAL, "unit": TEXT, "mode": TEXT,
    "clients": INTEGER, "status": TEXT, "kind": TEXT, "label": TEXT,
}  # fmt: skip
EXCLUDED_FIELDS = {"reason": TEXT, "site": TEXT, "km": REAL}
_REASONS = {
    "no_place": "sans position",
    "unlinked": "loin de toute route",
    "unreachable": "inaccessible par la route",
    "no_commune": "hors des communes données",
    "outlier": "écarté comme très éloigné",
}


@dataclass(frozen=True, eq=False)
class _Crowd:
    """Weighted places that stand for the clients of a site, how many, and which part of them."""

    name: str
    points: np.ndarray
    weights: np.ndarray
    count: int
    part: float  # per cent of the ranked clients of the site

    def spread(self) -> Dispersion | None:
        from ..zones.dispersion import dispersion

        return dispersion(self.points, self.weights) if self.weights.sum() > 0 else None


def _bundles(found: Catchment) -> list[Bundle]:
    """Ranked clients by site and commune, those that may not be told left out."""
    from ..zones.desire import bundles

    ground, ranked = found.ground, found.ground.ranked
    if ground.home is None:
        raise InputError(
            "Centres and lines fit to be shared are made of communes. Give COMMUNES, or switch off “Fit to be shared”."
        )
    every = bundles(
        ground.home[ranked],
        ground.site[ranked],
        ground.weights[ranked],
        found.min_count,
        found.weight is not None,
    )
    return [
        bundle
        for bundle in every
        if bundle.shown and bundle.group and bundle.site not in found.hidden
    ]


def _crowds(found: Catchment) -> Iterator[_Crowd]:
    """All sites together, then each of several sites."""
    import numpy as np

    ground = found.ground
    sites = [(TOGETHER, np.arange(len(ground.places)))]
    if len(ground.places) > 1:
        sites += [(name, np.array([row])) for row, name in enumerate(ground.names)]
    shown = _bundles(found) if found.generalise else []
    rank = {}
    if found.generalise and ground.area is not None:
        rank = {place.code: row for row, place in enumerate(ground.area.communes)}
    for name, rows in sites:
        own = ground.ranked & np.isin(ground.site, rows)
        total = int(own.sum())
        if found.generalise:
            mine = [bundle for bundle in shown if bundle.site in rows]
            at = np.array([rank[bundle.group] for bundle in mine], dtype=int)
            points = ground.middles[at] if len(at) else np.empty((0, 2))
            weights = np.array([bundle.weight for bundle in mine], dtype=float)
            count = sum(bundle.count for bundle in mine)
        else:
            own &= np.isfinite(ground.points).all(axis=1)
            points, weights, count = ground.points[own], ground.weights[own], int(own.sum())
            if count < found.min_count:
                points, weights, count = points[:0], weights[:0], 0
        yield _Crowd(name, points, weights, count, 100 * count / total if total else 0.0)


def _common(crowd: _Crowd, spread: Dispersion | None, found: Catchment) -> dict[str, Any]:
    known = spread is not None
    note = "d’après la position des clients"
    if found.generalise:
        note = f"d’après le milieu des communes d’au moins {found.min_count} clients"
    return {
        "note": note,
        "site": crowd.name,
        "clients": crowd.count if known else None,
        "part": round(crowd.part) if known else None,
        "weight": found.weight or "nombre de clients",
        "standard_distance": spread.standard_distance if known else None,
        "major": spread.major if known else None,
        "minor": spread.minor if known else None,
        "angle": spread.angle if known else None,
        "status": (State.KNOWN if known else State.SECRET).value,
        "kind": MEASURED,
    }


def centres_layer(found: Catchment) -> QgsVectorLayer:
    """Mean and median centre of the clients of each site (points), with their spread in metres."""
    rows = []
    for crowd in _crowds(found):
        spread = crowd.spread()
        for name, words in (("mean", "moyen"), ("median", "médian")):
            shape = QgsGeometry()
            if spread is not None:
                place = spread.mean if name == "mean" else spread.median
                shape = QgsGeometry.fromPointXY(QgsPointXY(*place.tolist()))
            label = f"Centre {words} des clients{_of(crowd)}"
            row = {**_common(crowd, spread, found), "centre": words, "label": label}
            rows.append((row, shape))
    return memory_layer("centres", CENTRE_FIELDS, "Point", found.ground.crs, rows)


def spread_layer(found: Catchment) -> QgsVectorLayer:
    """Circle of the standard distance and standard deviational ellipse of the clients of each site.

    ``within``: per cent of the weight that lies in the figure.
    """
    import numpy as np

    from ..zones.contour import Polygon
    from ..zones.dispersion import within_ellipse

    rows = []
    for crowd in _crowds(found):
        spread = crowd.spread()
        for figure in ("circle", "ellipse"):
            shape, within = QgsGeometry(), None
            if spread is not None:
                ring = spread.circle() if figure == "circle" else spread.ellipse()
                shape = from_polygons([Polygon(ring, [])] if spread.minor > 0 else [])
                gap = np.hypot(*(crowd.points - spread.mean).T)
                inside = gap <= spread.standard_distance + 1e-6
                if figure == "ellipse":
                    inside = within_ellipse(crowd.points, spread)
                within = 100 * float(crowd.weights[inside].sum() / crowd.weights.sum())
            words = _spread_words(figure, spread)
            row = {**_common(crowd, spread, found), "figure": figure, "within": within}
            rows.append(({**row, "label": f"{words}{_of(crowd)}"}, shape))
    return memory_layer("dispersion", SPREAD_FIELDS, "MultiPolygon", found.ground.crs, rows)


def _spread_words(figure: str, spread: Dispersion | None) -> str:
    name = "Distance-type" if figure == "circle" else "Ellipse de dispersion"
    if spread is None:
        return f"{name} non montrée, trop peu de clients"
    if figure == "circle":
        return f"{name} de {decimal(spread.standard_distance / 1000)} km"
    return (
        f"{name} de {decimal(spread.major / 1000)} km sur {decimal(spread.minor / 1000)} km, "
        f"axe à {french.number(spread.angle)}° du nord"
    )


def _of(crowd: _Crowd) -> str:
    return "" if crowd.name == TOGETHER else f" ({crowd.name})"


def lines_layer(found: Catchment, progress: Progress) -> QgsVectorLayer:
    """Lines from where clients live to their site: of each client, or of each commune if shared.

    ``share``: per cent of the weight of the ranked clients of the site. Bundles of too few clients
    are not drawn: the log tells how many clients the lines stand for.
    """
    rows = list(_bundle_rows(found, progress) if found.generalise else _client_rows(found))
    return memory_layer("lignes_de_desir", LINE_FIELDS, "LineString", found.ground.crs, rows)


def _bundle_rows(
    found: Catchment, progress: Progress
) -> Iterator[tuple[dict[str, Any], QgsGeometry]]:
    import numpy as np

    ground, shown = found.ground, _bundles(found)
    assert ground.area is not None
    ranked = np.flatnonzero(ground.ranked)
    held = np.bincount(ground.site[ranked], ground.weights[ranked], len(ground.places))
    rank = {place.code: row for row, place in enumerate(ground.area.communes)}
    cost = ground.commune_costs(ground.places)
    told = sum(bundle.count for bundle in shown)
    progress.say(
        "Desire lines: {lines} lines for {told} of {ranked} clients; the others live in communes of too few clients, or would give them away.",
        lines=len(shown),
        told=told,
        ranked=len(ranked),
    )
    for bundle in shown:
        row = rank[bundle.group]
        start, end = ground.middles[row], ground.places[bundle.site]
        spent = float(cost[bundle.site, row])
        yield (
            {
                "site": ground.names[bundle.site],
                "codgeo": bundle.group,
                "nom": ground.area.communes[row].name,
                "clients": bundle.count,
                "value": bundle.weight,
                "share": 100 * bundle.weight / held[bundle.site] if held[bundle.site] else None,
                "km": float(np.hypot(*(end - start))) / 1000,
                "cost": spent if math.isfinite(spent) else None,
                "unit": ground.travel.unit,
                "weight": found.weight or "nombre de clients",
                "kind": MEASURED,
            },
            _line(start, end),
        )


def _client_rows(found: Catchment) -> Iterator[tuple[dict[str, Any], QgsGeometry]]:
    import numpy as np

    ground = found.ground
    ranked = np.flatnonzero(ground.ranked & np.isfinite(ground.points).all(axis=1))
    own = cost_from(ground.cost, ground.site)
    for row in ranked.tolist():
        start, end = ground.points[row], ground.places[ground.site[row]]
        yield (
            {
                "site": ground.names[ground.site[row]],
                "codgeo": ground.home[row] if ground.home is not None else None,
                "clients": 1,
                "value": float(ground.weights[row]),
                "km": float(np.hypot(*(end - start))) / 1000,
                "cost": float(own[row]) if math.isfinite(own[row]) else None,
                "unit": ground.travel.unit,
                "weight": found.weight or "nombre de clients",
                "kind": MEASURED,
            },
            _line(start, end),
        )


def _line(start: np.ndarray, end: np.ndarray) -> QgsGeometry:
    return QgsGeometry.fromPolylineXY([QgsPointXY(*start.tolist()), QgsPointXY(*end.tolist())])


def rings_layer(found: Catchment, percentile: float, progress: Progress) -> QgsVectorLayer:
    """Around each site, the ring of the cost that ``percentile`` % of the observed clients stay within.

    A forecast: the ring holds whatever lies within that cost, clients or not, and stands around
    sites that have none yet. One cost for all the sites, from all the ranked clients.
    """
    import numpy as np

    from ..zones.catchment import cumulative

    ground, travel = found.ground, found.ground.travel
    cost = ground.cost
    if ground.by_commune:
        cost = travel.costs(ground.places, ground.points)[0]
    own = cost_from(cost, ground.site)
    rows = np.flatnonzero(ground.ranked & np.isfinite(own))
    few = len(rows) < found.min_count or not ground.weights[rows].sum() > 0
    value = share = None
    shapes = [QgsGeometry() for _ in ground.places]
    if not few:
        zone = cumulative(own[rows], ground.weights[rows], None, [percentile])[0]
        few = found.generalise and zone.count < found.min_count
    if not few:
        value, share = zone.reach, zone.share
        left = len(rows) - zone.count
        if found.generalise:
            value = float(math.ceil(value - 1e-9))
            share = None if 0 < left < found.min_count else share
        rings = travel.reaches(ground.places, [value], "each", progress)
        shapes = [row[0] for row in rings]
    state = State.SECRET if few else State.KNOWN
    table = [
        (
            {
                "site": name,
                "percentile": percentile,
                "share": share,
                "value": value,
                "unit": travel.unit,
                "mode": travel.words,
                "clients": None if few else len(rows),
                "status": state.value,
                "kind": FORECAST,
                "label": "" if value is None else observed_ring_label(percentile, value, travel.unit),
            },
            shape,
        )
        for name, shape in zip(ground.names, shapes)
    ]  # fmt: skip
    return memory_layer("anneaux_prevus", RING_FIELDS, "MultiPolygon", ground.crs, table)


def excluded_layer(found: Catchment, clients: QgsFeatureSource) -> QgsVectorLayer:
    """The clients that take no part, with all their fields, the reason and the km to their site."""
    import numpy as np

    if found.generalise:
        raise InputError(
            "The list of the clients left out is about persons. Switch off “Fit to be shared” to get it."
        )
    ground = found.ground
    away = ground.away()
    rows = []
    for row, item in enumerate(clients.getFeatures()):
        state = str(found.state[row])
        if state == "ranked":
            continue
        located = bool(np.isfinite(ground.points[row]).all())
        shape = QgsGeometry()
        if located:
            shape = QgsGeometry.fromPointXY(QgsPointXY(*ground.points[row].tolist()))
        site = int(ground.site[row])
        own = {
            "reason": _REASONS[state],
            "site": ground.names[site] if site >= 0 else None,
            "km": None if math.isnan(away[row]) else float(away[row]) / 1000,
        }
        rows.append((item.attributes(), own, shape))
    return layer_keeping(
        "clients_ecartes", clients.fields(), EXCLUDED_FIELDS, "Point", ground.crs, rows
    )
