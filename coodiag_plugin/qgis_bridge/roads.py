"""A road layer as a road graph: BD TOPO, OpenStreetMap, or any lines at one stated speed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import QgsFeatureSource, QgsVectorLayer

from ..core.errors import InputError
from ..core.progress import Progress
from ..core.words import Words
from ..sources.vectors import holds_its_shapes
from .road_files import operation, road_file
from .road_lines import RoadLines, polylines, read_lines
from .settings import cache_folder

if TYPE_CHECKING:
    from ..zones.graph import RoadGraph
    from ..zones.graph_store import Kept
    from ..zones.snapping import Snapped
    from ..zones.speeds import RoadReader

__all__ = ["Roads", "load_graph", "open_roads", "polylines", "tell_apart"]
#: Below this share of the length in the largest part, the network is said to be broken up.
_CONNECTED_ENOUGH = 0.95
#: How many of the parts apart are told with their place.
_NAMED_PARTS = 3
_SCHEMAS = {
    "bdtopo": Words("BD TOPO (nature, direction and speed of each road)"),
    "osm": Words("OpenStreetMap (highway, oneway and maxspeed of each road)"),
}


def open_roads(path: Path) -> QgsVectorLayer:
    """Road layer of a file; the lines of an OSM extract (``.osm``, ``.osm.gz``, ``.osm.pbf``)."""
    name = path.name.lower()
    uri = str(path)
    if name.endswith((".osm", ".osm.gz", ".osm.pbf")):
        # Extracts of Overpass have unordered node ids, which the driver's own index refuses.
        prefix = "/vsigzip/" if name.endswith(".gz") else ""
        uri = f"{prefix}{path}|layername=lines|option:USE_CUSTOM_INDEXING=NO"
    plain = holds_its_shapes(path)
    layer = QgsVectorLayer(uri if plain else "", path.stem, "ogr")
    if not layer.isValid():
        raise InputError(
            "The road file {file} cannot be opened. Give a layer of lines (GeoPackage, shapefile or .osm).",
            file=path.name,
        )
    return layer


@dataclass(frozen=True)
class Roads:
    """Features of roads; the layer they are the whole of, if any; a table of speeds of the user."""

    source: QgsFeatureSource
    origin: QgsVectorLayer | None = None
    speeds: Path | None = None


def load_graph(
    roads: Roads | QgsFeatureSource, crs: str, profile: str, progress: Progress
) -> RoadGraph:
    """Graph of a road layer in ``crs`` for ``car``, ``bike`` or ``foot``, kept for the next runs.

    A layer that shows a file is known by the bytes of the file; any other source by its features,
    which are then read each time.

    The kind of layer is recognised by its fields and said, and so are the default speed of lines
    without attributes, classes that the table of speeds does not know, lines that cannot be used,
    and a broken network. The same is said of a graph that was kept.
    """
    from ..zones.graph import TOLERANCE
    from ..zones.graph_store import store_key
    from ..zones.speed_table import read_speeds
    from ..zones.speeds import recognise

    if not isinstance(roads, Roads):
        roads = Roads(roads, roads if isinstance(roads, QgsVectorLayer) else None)
    layer = roads.source
    if not layer.sourceCrs().isValid():
        raise InputError(
            "The road layer has no coordinate reference system. Set it in the layer's properties, then run again."
        )
    table = read_speeds(roads.speeds)
    if table.name:
        progress.say(
            "Speeds of the table {file}: {changed} of its {count} rows differ from those of Coodiag.",
            file=table.name,
            changed=table.changed,
            count=table.named,
        )
    reader = recognise(layer.fields().names(), profile, table)
    setting = [crs, profile, table.digest, reader.schema, json.dumps(dict(reader.names))]
    setting += [operation(layer.sourceCrs(), crs), str(TOLERANCE)]
    store = _store(progress)
    file = road_file(roads.origin)
    key = "" if file is None else store_key("file", file.digest(progress), *setting)
    found = _kept(store, key, progress)
    if found is None:
        data = read_lines(layer, crs, reader, progress.part(0, 0.7))
        if not data.features:
            raise InputError("The road layer is empty. Check the layer and its filter.")
        facts = _facts(reader, data)
        key = key or store_key("features", data.digest(), *setting, json.dumps(facts))
        found = _kept(store, key, progress) if file is None else None
        if found is None:
            found = _built(data, facts, crs, store, key, progress.part(0.7, 1))
    _tell(found.graph, found.facts, progress)
    return found.graph


def _store(progress: Progress) -> Path | None:
    """Where graphs are kept; None, and said, when the folder cannot be written."""
    try:
        return cache_folder("roads")
    except InputError as error:
        _tell_not_kept(error, progress)
        return None


def _tell_not_kept(error: InputError, progress: Progress) -> None:
    progress.warn("{problem} This run goes on without keeping it.", problem=error.words())


def _kept(store: Path | None, key: str, progress: Progress) -> Kept | None:
    from ..zones.graph_store import open_store

    found = open_store(store, key, progress) if store and key else None
    if found is not None:
        progress.say(
            "Road graph taken from those that are kept: same roads, speeds and way of moving as in an earlier run."
        )
    return found


def _built(
    data: RoadLines,
    facts: dict[str, Any],
    crs: str,
    store: Path | None,
    key: str,
    progress: Progress,
) -> Kept:
    from ..zones.graph import build_graph
    from ..zones.graph_store import Kept, save_store

    forward, backward = data.seconds()
    graph = build_graph(
        data.lines,
        forward,
        backward,
        joinable=data.column("joinable"),
        level=data.column("level"),
        crs=crs,
    )
    progress.check()
    progress.set(0.5)
    if store is None:
        return Kept(graph, facts)
    try:
        found = save_store(store, key, graph, facts, progress)
    except InputError as error:
        _tell_not_kept(error, progress)
        return Kept(graph, facts)
    progress.say("Road graph built, and kept for the next runs.")
    return found


def _facts(reader: RoadReader, data: RoadLines) -> dict[str, Any]:
    """What is told of a layer, in values of JSON."""
    return {
        "schema": reader.schema,
        "default_speed": reader.default_speed,
        "unknown": dict(sorted(reader.unknown.items())),
        "without_shape": data.without_shape,
        "broken": data.broken,
    }


def _tell(graph: RoadGraph, facts: Mapping[str, Any], progress: Progress) -> None:
    if facts["schema"] == "lines":
        progress.warn(
            "The road layer has no field for class, direction or speed (BD TOPO or OpenStreetMap): every road is taken at {speed} km/h in both directions.",
            speed=f"{facts['default_speed']:g}",
        )
    else:
        progress.say("Roads read as {schema}.", schema=_SCHEMAS[facts["schema"]])
    if facts["unknown"]:
        progress.warn(
            "Road classes without a speed of their own took the speed of “other”: {classes}.",
            classes=", ".join(
                f"{name or '?'} ({count})" for name, count in facts["unknown"].items()
            ),
        )
    if facts["without_shape"] or facts["broken"]:
        progress.warn(
            "{count} roads are left out: {without} without a line that can be projected, {broken} with a coordinate that is no number.",
            count=facts["without_shape"] + facts["broken"],
            without=facts["without_shape"],
            broken=facts["broken"],
        )
    parts = len(graph.component_length)
    progress.say(
        "Road network: {length} km, {edges} sections, {nodes} junctions; {parts} separate parts, the largest holds {share} % of the length.",
        edges=len(graph.u),
        nodes=len(graph.xy),
        length=round(graph.length.sum() / 1000),
        parts=parts,
        share=f"{100 * graph.main_share:.1f}",
    )
    if graph.main_share < _CONNECTED_ENOUGH:
        progress.warn(
            "The roads are broken up: {share} % of their length cannot be reached from the largest part. Check that lines join at their ends.",
            share=f"{100 * (1 - graph.main_share):.1f}",
        )
        progress.warn("Largest parts apart: {parts}.", parts="; ".join(_places_apart(graph)))


def _places_apart(graph: RoadGraph) -> list[str]:
    """Length and middle (coordinates of the graph) of the largest parts but the first."""
    import numpy as np

    order = np.argsort(-graph.component_length, kind="stable")[1 : _NAMED_PARTS + 1]
    result = []
    for part in order.tolist():
        x, y = np.median(graph.xy[graph.component == part], axis=0)
        kilometres = graph.component_length[part] / 1000
        result.append(f"{kilometres:.1f} km ({graph.crs} {x:.0f}, {y:.0f})")
    return result


def tell_apart(graph: RoadGraph, origins: Snapped, progress: Progress) -> None:
    """Warn of points on a part of the roads (an island) cut off from the largest one."""
    import numpy as np

    part = graph.component[graph.u[origins.edge[origins.linked]]]
    main = int(np.argmax(graph.component_length))
    for other in np.unique(part[part != main]).tolist():
        progress.warn(
            "{count} points stand on a part of the roads that is cut off from the largest one ({length} km in all): nothing beyond it is reached from there.",
            count=int((part == other).sum()),
            length=f"{graph.component_length[other] / 1000:.1f}",
        )
