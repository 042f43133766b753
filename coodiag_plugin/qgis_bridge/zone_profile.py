"""Profile of zones and of the places where clients live, against the territory (METHODS §1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from qgis.core import QgsFeatureSource, QgsGeometry, QgsPointXY, QgsSpatialIndex, QgsVectorLayer

from ..core.errors import InputError
from ..core.privacy import MIN_COUNT
from ..core.progress import Progress
from ..core.values import NOT_APPLICABLE
from .counts import check_counts
from .coverage import figure_fields, figure_row
from .layers import INTEGER, REAL, TEXT, memory_layer, records, transformer
from .place_figures import Places, held_by, label_of, read_places
from .shapes import metric_crs, point_table

if TYPE_CHECKING:
    import numpy as np

#: Name of the profile of the places where clients live.
CLIENTS = "lieux de vie des clients"
FIELDS = {
    "zone": TEXT, "variable": TEXT, "label": TEXT,
    **figure_fields(("count", "base", "rate", "reference", "index")),
    "known": REAL, "clients": INTEGER, "reading": TEXT,
}  # fmt: skip


def profile_layer(
    places_layer: QgsFeatureSource,
    variables: Sequence[str],
    base: str,
    *,
    zones: QgsFeatureSource | None = None,
    zone_field: str | None = None,
    clients: QgsFeatureSource | None = None,
    way: str = "centroid",
    min_count: int = MIN_COUNT,
    progress: Progress,
) -> QgsVectorLayer:
    """Table: one row per zone and variable, with its rate per 100 of ``base`` and index (100 = all places).

    ``places_layer``: communes or grid cells with counts; all of them together are the reference.
    ``clients`` adds the profile of the places where they live: the mean of the places' rates over
    the clients, from places of at least ``min_count`` clients only, so that the table can be
    handed out. Refuses a field that the catalogue knows as a rate: rates cannot be summed up.
    """
    from ..analysis.zone_profile import zone_profile

    if zones is None and clients is None:
        raise InputError("Give zones, clients, or both: there is nothing to profile.")
    check_counts([*variables, base])
    crs = metric_crs(places_layer)
    places = read_places(places_layer, [*variables, base], crs)
    parts: dict[str, np.ndarray] = {}
    if zones is not None:
        parts.update(held_by(list(_zones(zones, zone_field, crs)), places, way, progress))
    taken = 0
    if clients is not None:
        parts[CLIENTS], taken = _clients(clients, places, min_count, progress)
    counts = {name: places.figures[:, at] for at, name in enumerate(variables)}
    rows = []
    for row in zone_profile(parts, counts, places.figures[:, -1]):
        own = row.zone == CLIENTS and clients is not None
        figures = {
            "count": NOT_APPLICABLE if own else row.count,
            "base": NOT_APPLICABLE if own else row.base,
            "rate": row.rate,
            "reference": row.reference,
            "index": row.index,
        }
        attributes: dict[str, Any] = {
            "zone": row.zone,
            "variable": row.variable,
            "label": label_of(row.variable),
            **figure_row(figures),
            "known": row.known,
            "clients": taken if own else None,
            "reading": row.reading,
        }
        rows.append((attributes, None))
    return memory_layer("profil_des_zones", FIELDS, rows=rows)


def _zones(
    layer: QgsFeatureSource, field: str | None, crs: str
) -> Iterator[tuple[str, QgsGeometry]]:
    """Name and shape of each zone in ``crs``; catchment zones are named by site and zone."""
    to_metres = transformer(layer.sourceCrs(), crs)
    for rank, (row, shape) in enumerate(records(layer), 1):
        if field:
            name = str(row[field])
        elif row.get("site") is not None and row.get("zone") is not None:
            name = f"{row['site']} – {row['zone']}"
        else:
            name = f"Zone {rank}"
        moved = QgsGeometry(shape)
        moved.transform(to_metres)
        yield name, moved


def _clients(
    clients: QgsFeatureSource, places: Places, min_count: int, progress: Progress
) -> tuple[np.ndarray, int]:
    """Clients over the base of their place, places of few left out; how many clients that is."""
    import numpy as np

    _, points = point_table(clients, places.crs, clients.sourceName())
    held = np.bincount(_homes(points, places) + 1, minlength=len(places.rows) + 1)
    outside, held = int(held[0]), held[1:]
    shown = np.where(held >= min_count, held, 0)
    taken = int(shown.sum())
    progress.say(
        "Places of the clients: {taken} clients in {places} places take part; {few} live in places of fewer than {minimum} clients, {outside} in none.",
        taken=taken,
        places=int((shown > 0).sum()),
        few=int(held.sum()) - taken,
        minimum=min_count,
        outside=outside,
    )
    base = places.figures[:, -1]
    usable = np.isfinite(base) & (base > 0)
    return np.divide(shown, base, out=np.zeros(len(shown)), where=usable), taken


def _homes(points: np.ndarray, places: Places) -> np.ndarray:
    """Row of the place that holds each point (n, 2), −1 for none."""
    import numpy as np

    index = QgsSpatialIndex()
    engines = {}
    for number, shape in enumerate(places.shapes):
        if not shape.isEmpty():
            index.addFeature(number, shape.boundingBox())
    result = np.full(len(points), -1)
    for row in np.flatnonzero(np.isfinite(points).all(axis=1)).tolist():
        at = QgsGeometry.fromPointXY(QgsPointXY(*points[row].tolist()))
        for number in sorted(index.intersects(at.boundingBox())):
            if number not in engines:
                engine = QgsGeometry.createGeometryEngine(places.shapes[number].constGet())
                engine.prepareGeometry()
                engines[number] = engine
            if engines[number].intersects(at.constGet()):
                result[row] = number
                break
    return result
