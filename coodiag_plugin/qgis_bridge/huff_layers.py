"""Layers of Huff's model: by commune and site, by site, by commune, and the break points."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from qgis.core import QgsFields, QgsGeometry, QgsPointXY, QgsVectorLayer

from ..core.figures import STATE_SUFFIX
from ..core.privacy import suppressed_keys
from ..core.progress import Progress
from ..core.values import State
from .amounts import checked
from .coverage import as_multi
from .layers import INTEGER, REAL, TEXT, layer_keeping, memory_layer

if TYPE_CHECKING:
    import numpy as np

    from .huff import Market, Site

SHARES, TOTALS, MARKET, BREAKS = "parts_huff", "totaux_huff", "marche_huff", "points_rupture"
SHARE_FIELDS = {
    "site": TEXT, "role": TEXT, "cost": REAL, "unit": TEXT, "attraction": REAL,
    "probability": REAL, "rank": INTEGER, "expected": REAL, "expected" + STATE_SUFFIX: TEXT,
    "note": TEXT,
}  # fmt: skip
TOTAL_FIELDS = {
    "site": TEXT, "role": TEXT, "attraction": REAL, "attraction" + STATE_SUFFIX: TEXT,
    "expected": REAL, "expected" + STATE_SUFFIX: TEXT, "share": REAL, "first_in": INTEGER,
    "left_out": INTEGER, "observed": REAL, "observed" + STATE_SUFFIX: TEXT, "modelled": REAL,
    "note": TEXT,
}  # fmt: skip
MARKET_FIELDS = {
    "own_share": REAL, "own_share" + STATE_SUFFIX: TEXT, "own_expected": REAL,
    "own_expected" + STATE_SUFFIX: TEXT, "leader": TEXT, "leader_share": REAL, "sites": INTEGER,
    "nearest": TEXT, "nearest_cost": REAL, "unit": TEXT, "note": TEXT,
}  # fmt: skip
BREAK_FIELDS = {
    "site": TEXT, "other": TEXT, "distance": REAL, "break_distance": REAL, "attraction": REAL,
    "other_attraction": REAL,
}  # fmt: skip
NO_SITE, NO_SHAPE = "aucun site accessible", "sans géométrie"
_Row = tuple["list[Any]", "dict[str, Any]", QgsGeometry]


def share_layer(market: Market, given: QgsFields, crs: str, progress: Progress) -> QgsVectorLayer:
    """One row per commune and site that it reaches, the likeliest first; NULL where it reaches none."""
    return layer_keeping(
        SHARES,
        given,
        SHARE_FIELDS,
        "MultiPolygon",
        crs,
        checked(_share_rows(market, given), progress),
    )


def _share_rows(market: Market, given: QgsFields) -> Iterator[_Row]:
    for row, commune in enumerate(market.communes):
        values = [commune.row[name] for name in given.names()]
        shape = as_multi(commune.shape)
        pairs = _of_place(market, row)
        for rank, pair in enumerate(pairs, 1):
            yield values, _share_row(market, row, pair, rank), shape
        if not pairs:
            nothing = {
                "unit": market.unit,
                "expected" + STATE_SUFFIX: State.NOT_APPLICABLE.value,
                "note": _why_none(market, row),
            }
            yield values, nothing, shape


def _share_row(market: Market, row: int, pair: int, rank: int) -> dict[str, Any]:
    site = int(market.pairs.site[pair])
    share = float(market.probability[pair])
    drawn = not math.isnan(share)
    state = market.demand.states[row] if drawn else State.NOT_APPLICABLE
    return {
        "site": market.sites[site].name,
        "role": market.sites[site].role,
        "cost": float(market.pairs.cost[pair]),
        "unit": market.unit,
        "attraction": float(market.attraction.numbers[site]),
        "probability": share,
        "rank": rank,
        "expected": float(market.flows[pair]),
        "expected" + STATE_SUFFIX: state.value,
        "note": "" if drawn else "aucun site n’attire",
    }


def _of_place(market: Market, row: int) -> list[int]:
    """Pairs of a commune, the likeliest site first; equals in the order of the sites."""
    import numpy as np

    low, high = np.searchsorted(market.pairs.place, [row, row + 1])
    likely = np.nan_to_num(market.probability[low:high])
    return [int(low + step) for step in np.argsort(-likely, kind="stable")]


def _why_none(market: Market, row: int) -> str:
    if market.communes[row].shape.isEmpty():
        return NO_SHAPE
    return NO_SITE if market.pairs.place_linked[row] else "loin de toute route"


def total_layer(market: Market, given: QgsFields, crs: str, progress: Progress) -> QgsVectorLayer:
    """One row per site, competitors included: what it may expect, and what was observed."""
    return layer_keeping(
        TOTALS, given, TOTAL_FIELDS, "Point", crs, checked(_total_rows(market), progress)
    )


def _total_rows(market: Market) -> Iterator[_Row]:
    import numpy as np

    from ..zones.interaction import totals

    pairs = market.pairs
    expected = totals(pairs, market.flows)
    whole = expected.sum()
    best = pairs.largest_by_place(np.nan_to_num(market.probability))
    leads = (market.probability > 0) & (market.probability == best[pairs.place])
    first = pairs.by_site(leads.astype(float)).astype(int)
    unknown = ~np.isfinite(market.demand.numbers)
    left_out = pairs.by_site(unknown[pairs.place].astype(float)).astype(int)
    observed = _observed(market)
    for rank, site in enumerate(market.sites):
        usable = bool(market.usable[rank])
        state = State.KNOWN if usable else _lost(market, rank)
        own = {
            "site": site.name,
            "role": site.role,
            "attraction": float(market.attraction.numbers[rank]),
            "attraction" + STATE_SUFFIX: market.attraction.states[rank].value,
            "expected": float(expected[rank]) if usable else None,
            "expected" + STATE_SUFFIX: state.value,
            "share": float(100 * expected[rank] / whole) if usable and whole > 0 else None,
            "first_in": int(first[rank]) if usable else None,
            "left_out": int(left_out[rank]) if usable else None,
            "note": "" if usable else _why_lost(market, rank),
            **observed[rank],
        }
        yield site.values, own, _point(site)


def _lost(market: Market, rank: int) -> State:
    state = market.attraction.states[rank]
    return State.ABSENT if state is State.KNOWN else state


def _why_lost(market: Market, rank: int) -> str:
    if not market.pairs.site_linked[rank]:
        return "sans point, ou loin de toute route"
    return "attractivité inconnue"


def _observed(market: Market) -> list[dict[str, Any]]:
    """Clients seen at each site, the few hidden, and where the model sends the same clients."""
    import numpy as np

    column = "observed" + STATE_SUFFIX
    if market.seen is None:
        return [{column: State.NOT_APPLICABLE.value} for _ in market.sites]
    seen = market.seen
    counts = np.bincount(seen.site, weights=seen.clients, minlength=len(market.sites))
    by_place = _blurred(
        np.bincount(seen.place, weights=seen.clients, minlength=len(market.communes)), market
    )
    sent = market.pairs.by_site(np.nan_to_num(by_place[market.pairs.place] * market.probability))
    people = dict(enumerate(np.ceil(counts).astype(int).tolist()))
    hidden = suppressed_keys(people, market.min_count)
    return [
        {column: State.SECRET.value}
        if rank in hidden
        else {
            "observed": float(counts[rank]),
            column: State.KNOWN.value,
            "modelled": float(sent[rank]),
        }
        for rank in range(len(market.sites))
    ]


def _blurred(clients: np.ndarray, market: Market) -> np.ndarray:
    """Clients by commune, those of communes that may not be told shared out evenly among these.

    The shares of SHARES and as many sites as communes would else solve the clients of each.
    """
    import numpy as np

    people = dict(enumerate(np.ceil(clients).astype(int).tolist()))
    hidden = sorted(suppressed_keys(people, market.min_count))
    result = clients.copy()
    if hidden:
        result[hidden] = clients[hidden].sum() / len(hidden)
    return result


def market_layer(market: Market, given: QgsFields, crs: str, progress: Progress) -> QgsVectorLayer:
    """One row per commune: the share of the structure's sites together, the site that leads."""
    return layer_keeping(
        MARKET,
        given,
        MARKET_FIELDS,
        "MultiPolygon",
        crs,
        checked(_market_rows(market, given), progress),
    )


def _market_rows(market: Market, given: QgsFields) -> Iterator[_Row]:
    for row, commune in enumerate(market.communes):
        values = [commune.row[name] for name in given.names()]
        pairs = _of_place(market, row)
        own = _market_row(market, row, pairs) if pairs else _nobody(market, row)
        yield values, own, as_multi(commune.shape)


def _nobody(market: Market, row: int) -> dict[str, Any]:
    state = State.NOT_APPLICABLE.value
    return {
        "own_share" + STATE_SUFFIX: state,
        "own_expected" + STATE_SUFFIX: state,
        "sites": 0,
        "unit": market.unit,
        "note": _why_none(market, row),
    }


def _market_row(market: Market, row: int, pairs: list[int]) -> dict[str, Any]:
    from .huff import OWN

    sites = [market.sites[int(market.pairs.site[pair])] for pair in pairs]
    shares = [float(market.probability[pair]) for pair in pairs]
    if math.isnan(shares[0]):
        return {**_nobody(market, row), "sites": len(pairs), "note": "aucun site n’attire"}
    mine = math.fsum(share for share, site in zip(shares, sites) if site.role == OWN)
    near = min(range(len(pairs)), key=lambda rank: float(market.pairs.cost[pairs[rank]]))
    return {
        "own_share": 100 * min(mine, 1.0),
        "own_share" + STATE_SUFFIX: State.KNOWN.value,
        "own_expected": mine * float(market.demand.numbers[row]),
        "own_expected" + STATE_SUFFIX: market.demand.states[row].value,
        "leader": sites[0].name,
        "leader_share": 100 * shares[0],
        "sites": len(pairs),
        "nearest": sites[near].name,
        "nearest_cost": float(market.pairs.cost[pairs[near]]),
        "unit": market.unit,
        "note": "",
    }


def break_layer(market: Market, crs: str, progress: Progress) -> QgsVectorLayer:
    """Lines from each own site to each competitor (or other own site) through the break point.

    Converse's point lies where both draw equally, on the straight line, whatever γ and λ: its
    distance in kilometres from ``site`` is D/(1+√(P_B/P_A)).
    """
    return memory_layer(
        BREAKS, BREAK_FIELDS, "LineString", crs, checked(_break_rows(market), progress)
    )


def _break_rows(market: Market) -> Iterator[tuple[Mapping[str, Any], QgsGeometry]]:
    from ..zones.interaction import break_point
    from .huff import OWN

    numbers = market.attraction.numbers
    able = [
        rank
        for rank, site in enumerate(market.sites)
        if numbers[rank] > 0 and not math.isnan(site.xy[0])
    ]
    rivals = [rank for rank in able if market.sites[rank].role != OWN]
    for here in (rank for rank in able if market.sites[rank].role == OWN):
        for there in rivals or [rank for rank in able if rank > here]:
            a, b = market.sites[here], market.sites[there]
            distance = math.dist(a.xy, b.xy)
            if distance == 0:
                continue
            gap = break_point(distance, float(numbers[here]), float(numbers[there]))
            part = gap / distance
            middle = tuple(x + part * (y - x) for x, y in zip(a.xy, b.xy))
            line = QgsGeometry.fromPolylineXY(
                [QgsPointXY(*place) for place in (a.xy, middle, b.xy)]
            )
            row = {
                "site": a.name,
                "other": b.name,
                "distance": distance / 1000,
                "break_distance": gap / 1000,
                "attraction": float(numbers[here]),
                "other_attraction": float(numbers[there]),
            }
            yield row, line


def _point(site: Site) -> QgsGeometry:
    if math.isnan(site.xy[0]):
        return QgsGeometry()
    return QgsGeometry.fromPointXY(QgsPointXY(*site.xy))
