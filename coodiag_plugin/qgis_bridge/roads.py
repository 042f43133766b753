"""A road layer as a road graph: BD TOPO, OpenStreetMap, or any lines at one stated speed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeatureRequest,
    QgsFeatureSource,
    QgsGeometry,
    QgsVariantUtils,
    QgsVectorLayer,
    QgsWkbTypes,
)

from ..core.errors import InputError
from ..core.progress import Progress
from ..core.words import Words
from .layers import transforms

if TYPE_CHECKING:
    import numpy as np

    from ..zones.graph import RoadGraph
    from ..zones.speeds import RoadReader

#: Below this share of the length in the largest part, the network is said to be broken up.
_CONNECTED_ENOUGH = 0.95
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
    layer = QgsVectorLayer(uri, path.stem, "ogr")
    if not layer.isValid():
        raise InputError(
            "The road file {file} cannot be opened. Give a layer of lines (GeoPackage, shapefile or .osm).",
            file=path.name,
        )
    return layer


def load_graph(layer: QgsFeatureSource, crs: str, profile: str, progress: Progress) -> RoadGraph:
    """Graph of a road layer in ``crs`` for ``car``, ``bike`` or ``foot``.

    The kind of layer is recognised by its fields and said, and so are the default speed of lines
    without attributes, classes that the table of speeds does not know, and a broken network.
    """
    import numpy as np

    from ..zones.graph import build_graph
    from ..zones.speeds import recognise

    if not layer.sourceCrs().isValid():
        raise InputError(
            "The road layer has no coordinate reference system. Set it in the layer's properties, then run again."
        )
    reader = recognise(layer.fields().names(), profile)
    lines, roads = _read(layer, crs, reader, progress)
    length = np.array([np.hypot(*np.diff(line, axis=0).T).sum() for line in lines])
    speed = np.array([(road.forward, road.backward) for road in roads]).reshape(-1, 2)
    with np.errstate(divide="ignore"):
        seconds = length[:, None] / (speed / 3.6)
    graph = build_graph(
        lines,
        seconds[:, 0],
        seconds[:, 1],
        joinable=np.array([road.joinable for road in roads], dtype=bool),
        level=np.array([road.level for road in roads], dtype=int),
        crs=crs,
    )
    _tell(graph, reader, progress)
    return graph


def _read(
    layer: QgsFeatureSource, crs: str, reader: RoadReader, progress: Progress
) -> tuple[list[np.ndarray], list[Any]]:
    """Polylines (metres in ``crs``) and what their attributes say, multi-lines taken apart."""
    fields = layer.fields()
    request = QgsFeatureRequest()
    request.setDestinationCrs(QgsCoordinateReferenceSystem(crs), transforms())
    columns = {key: fields.indexFromName(name) for key, name in reader.names.items()}
    request.setSubsetOfAttributes(list(columns.values()))
    lines: list[np.ndarray] = []
    roads: list[Any] = []
    total = max(layer.featureCount(), 1)
    for rank, item in enumerate(layer.getFeatures(request)):
        if rank % 1000 == 0:
            progress.check()
            progress.set(0.8 * min(rank / total, 1))
        values = item.attributes()
        road = reader.read(
            {
                key: None if QgsVariantUtils.isNull(values[index]) else values[index]
                for key, index in columns.items()
            }
        )
        if road is None or not (road.forward or road.backward):
            continue
        for line in polylines(item.geometry()):
            lines.append(line)
            roads.append(road)
    return lines, roads


def polylines(shape: QgsGeometry) -> list[np.ndarray]:
    """Coordinates (k, 2) of each line of a geometry, read from its WKB (fast); none for others."""
    import numpy as np

    if shape.isEmpty() or shape.type() != QgsWkbTypes.GeometryType.LineGeometry:
        return []
    if QgsWkbTypes.isCurvedType(shape.wkbType()):
        shape = QgsGeometry(shape.constGet().segmentize())
    width = 2 + QgsWkbTypes.hasZ(shape.wkbType()) + QgsWkbTypes.hasM(shape.wkbType())
    wkb = bytes(shape.asWkb())
    lines, at = [], 0
    count = 1
    if shape.isMultipart():
        count = int(np.frombuffer(wkb, "<u4", 1, 5)[0])
        at = 9
    for _ in range(count):
        size = int(np.frombuffer(wkb, "<u4", 1, at + 5)[0])
        coords = np.frombuffer(wkb, "<f8", size * width, at + 9).reshape(-1, width)
        lines.append(coords[:, :2])
        at += 9 + 8 * size * width
    return lines


def _tell(graph: RoadGraph, reader: RoadReader, progress: Progress) -> None:
    if reader.schema == "lines":
        progress.warn(
            "The road layer has no field for class, direction or speed (BD TOPO or OpenStreetMap): every road is taken at {speed} km/h in both directions.",
            speed=f"{reader.default_speed:g}",
        )
    else:
        progress.say("Roads read as {schema}.", schema=_SCHEMAS[reader.schema])
    if reader.unknown:
        progress.warn(
            "Road classes without a speed of their own took the speed of “other”: {classes}.",
            classes=", ".join(
                f"{name or '?'} ({count})" for name, count in sorted(reader.unknown.items())
            ),
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
