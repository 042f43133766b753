"""Communes most like a core zone, by their indicators, with the reason in words (METHODS §1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.core import QgsFeatureSource, QgsGeometry, QgsVectorLayer

from ..core.errors import InputError
from ..core.progress import Progress
from .coverage import as_multi
from .layers import INTEGER, REAL, TEXT, memory_layer, records, transformer
from .place_figures import held_by, label_of, read_places, text_of
from .shapes import metric_crs, union
from .zone_words import TOGETHER

OWN_FIELDS = {
    "codgeo": TEXT, "nom": TEXT, "rank": INTEGER, "distance": REAL, "reason": TEXT, "method": TEXT,
}  # fmt: skip
_WORDS = {
    "values": "niveau des indicateurs (écarts-types)",
    "profile": "profil des indicateurs (1 − cosinus)",
}


def similar_layer(
    communes: QgsFeatureSource,
    core: QgsFeatureSource,
    fields: Sequence[str],
    *,
    weight: str | None = None,
    method: str = "values",
    most: int = 10,
    progress: Progress,
) -> QgsVectorLayer:
    """The ``most`` communes (or cells) outside the core that are most like it, the nearest first.

    A commune is of the core when a point of its surface lies in it. Of an output of the
    catchment the core is the smallest zone of all sites together. ``weight``: field by which the
    communes of the core count (population…). Fields of the result: codgeo, nom, rank, distance,
    reason, method, then the indicators.
    """
    from ..analysis.similar import reason, similar

    if not fields:
        raise InputError("Choose the indicators by which the communes are compared.")
    crs = metric_crs(communes)
    places = read_places(communes, [*fields, *([weight] if weight else [])], crs)
    zone = _core(core, crs)
    members = held_by([("core", zone)], places, "centroid", progress)["core"] > 0
    values = places.figures[:, : len(fields)]
    found = similar(values, members, places.figures[:, -1] if weight else None, method)
    _tell([fields[at] for at in found.unused], int(members.sum()), found.unknown, progress)
    labels = [_lower(label_of(name)) for name in fields]
    text = {at: _text(name) for at, name in enumerate(fields)}
    columns = {**OWN_FIELDS, **dict.fromkeys(fields, REAL)}
    rows = []
    for item in found.found[:most]:
        row = places.rows[item.row]
        attributes: dict[str, Any] = {
            "codgeo": row.get("codgeo"),
            "nom": row.get("nom"),
            "rank": item.rank,
            "distance": item.distance,
            "reason": reason(item, values[item.row], found.core, labels, text),
            "method": _WORDS[method],
            **dict(zip(fields, values[item.row].tolist())),
        }
        rows.append((attributes, as_multi(places.shapes[item.row])))
    return memory_layer("communes_semblables", columns, "MultiPolygon", crs, rows)


def _text(field: str) -> Any:
    return lambda value: text_of(field, value)


def _lower(label: str) -> str:
    """A label inside a sentence; an acronym keeps its capitals."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def _core(layer: QgsFeatureSource, crs: str) -> QgsGeometry:
    """Union of the core's polygons in ``crs``; of catchment zones, the core of all sites."""
    rows = list(records(layer))
    if rows and {"site", "zone", "threshold"} <= rows[0][0].keys():
        together = [item for item in rows if item[0]["site"] == TOGETHER] or rows
        least = min(row["threshold"] for row, _ in together)
        rows = [item for item in together if item[0]["threshold"] == least]
    shapes = []
    to_metres = transformer(layer.sourceCrs(), crs)
    for _, shape in rows:
        moved = QgsGeometry(shape)
        moved.transform(to_metres)
        if not moved.isEmpty():
            shapes.append(moved)
    if not shapes:
        raise InputError("The core zone has no shape: nothing can be compared with it.")
    return union(shapes)


def _tell(unused: list[str], members: int, unknown: int, progress: Progress) -> None:
    progress.say(
        "The core zone holds {members} places; {unknown} others have too few known indicators to be compared.",
        members=members,
        unknown=unknown,
    )
    if unused:
        progress.warn(
            "Indicators that are the same everywhere, or unknown in the core, tell nothing: {fields}.",
            fields=", ".join(unused),
        )
