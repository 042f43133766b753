"""What the catchment reads: costs of the clients from the sites, their site, their weight."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from ..core.errors import InputError
from ..core.progress import Progress
from .isochrones import SNAP_DISTANCE

if TYPE_CHECKING:
    import numpy as np

    from ..zones.graph import RoadGraph

#: Name of the rows of all sites together.
TOGETHER = "Ensemble"
#: Share of the located clients that must be near a road for the roads to cover the territory.
_COVERED = 0.5
_NAMES = ("nom", "name", "libelle", "libellé", "label", "site", "id")


def minutes_by_road(
    graph: RoadGraph, places: np.ndarray, points: np.ndarray, progress: Progress
) -> tuple[np.ndarray, np.ndarray]:
    """Minutes (sites, clients) from each site, and the state of each client."""
    import numpy as np

    from ..zones.search import times
    from ..zones.snapping import snap

    origins, targets = snap(graph, places, SNAP_DISTANCE), snap(graph, points, SNAP_DISTANCE)
    located = np.isfinite(points).all(axis=1)
    covered = targets.linked.sum() / located.sum()
    if not origins.linked.any() or covered < _COVERED:
        raise InputError(
            "The roads do not cover the territory: {sites} of {all_sites} sites and {share} % of the located clients lie within {distance} m of a road. Give a larger road layer, or choose the order “distance”.",
            sites=int(origins.linked.sum()),
            all_sites=len(origins),
            share=math.floor(100 * covered),
            distance=round(SNAP_DISTANCE),
        )
    if not origins.linked.all():
        progress.warn(
            "{count} sites lie farther than {distance} m from any road and take no part.",
            count=int((~origins.linked).sum()),
            distance=round(SNAP_DISTANCE),
        )
    state = np.where(located, np.where(targets.linked, "ranked", "unlinked"), "no_place")
    return times(graph, origins, targets) / 60, state.astype(object)


def kilometres_by_air(places: np.ndarray, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Kilometres (sites, clients) as the crow flies, inf for a client without point."""
    import numpy as np

    located = np.isfinite(points).all(axis=1)
    gap = np.hypot(*np.moveaxis(points[None] - places[:, None], 2, 0)) / 1000
    gap[:, ~located] = np.inf
    return gap, np.where(located, "ranked", "no_place").astype(object)


def assign(
    cost: np.ndarray,
    rows: list[dict[str, Any]],
    site_field: str | None,
    names: list[str],
    progress: Progress,
) -> tuple[np.ndarray, np.ndarray]:
    """Site of each client and the cost to it: the named one where there is one, else the nearest."""
    import numpy as np

    from ..zones.catchment import nearest_site

    site, own = nearest_site(cost)
    if not site_field:
        return site, own
    known = {_key(name): rank for rank, name in enumerate(names)}
    named = np.array([known.get(_key(row.get(site_field)), -1) for row in rows])
    lost = int((named < 0).sum())
    if lost:
        progress.warn(
            "{count} clients name no known site in the field {field} and are given to the nearest one.",
            count=lost,
            field=site_field,
        )
    site = np.where(named >= 0, named, site)
    own = np.where(named >= 0, cost[np.maximum(named, 0), np.arange(len(rows))], own)
    return site, own


def _key(name: Any) -> str:
    return " ".join(str(name).casefold().split()) if name is not None else ""


def site_names(rows: list[dict[str, Any]], site_field: str | None) -> list[str]:
    """A distinct name for each site, from the field of its name, else its number."""
    by_lower = {key.lower(): key for key in (rows[0] if rows else {})}
    wanted = [site_field.lower()] if site_field else []
    column = next((by_lower[n] for n in (*wanted, *_NAMES) if n in by_lower), None)
    names: list[str] = []
    for rank, row in enumerate(rows, 1):
        name = str(row[column]) if column and row[column] is not None else f"Site {rank}"
        names.append(name if name not in (*names, TOGETHER) else f"{name} ({rank})")
    return names


def client_weights(
    rows: list[dict[str, Any]], weight: str | None, state: np.ndarray, progress: Progress
) -> np.ndarray:
    """Weight of each client, 1 without a field.

    As in the coverage: what is no number, or is below zero, counts for zero and is told.
    """
    import numpy as np

    if not weight:
        return np.ones(len(rows))
    given = [row.get(weight) for row in rows]
    values = np.array([v if isinstance(v, (int, float)) else np.nan for v in given], dtype=float)
    bad = ~(values >= 0)
    lost = int((bad & (state == "ranked")).sum())
    if lost:
        progress.warn(
            "{count} clients have no usable weight in the field {field}: they count for zero.",
            count=lost,
            field=weight,
        )
    return np.where(bad, 0.0, values)
