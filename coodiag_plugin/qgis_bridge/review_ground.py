"""What lies under the markers of a review: communes of the dossier, street names, the project."""

from __future__ import annotations

import glob
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsGeometry,
    QgsLineSymbol,
    QgsMapLayer,
    QgsPalLayerSettings,
    QgsPointXY,
    QgsProject,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)

from ..core.runfile import RUN_FILE
from ..sources.vectors import holds_its_shapes
from . import basemap
from .dossier import GEOPACKAGE
from .geocoding import WGS84
from .labels import INK, text_format
from .layers import TEXT, memory_layer, transformer
from .review_rows import features

#: Providers that read files and memory. Any other may ask a server for what the map shows.
_LOCAL = ("ogr", "gdal", "memory", "spatialite", "delimitedtext", "gpx", "mdal", "annotation")
#: What may stand before a colon in the name of a local source, and after « /vsi ».
_SCHEMES = ("file", "gpkg", "netcdf", "hdf5", "sqlite", "gtiff_dir", "nitf_im", "zip")
_VSI_LOCAL = ("zip", "gzip", "tar", "mem", "7z", "rar", "subfile", "sparse")
#: First elements of files that describe a layer of elsewhere.
_DESCRIPTIONS = (b"<gdal_", b"<vrtdataset", b"<ogrvrt", b"<ogrwfs", b"<wcs_", b"<wms_", b"<wmts")
_HEAD = 1_000_000
_STREET_SCALE = 40_000.0
#: Road files that are drawn where they lie: they have an index, or the file system would be slow.
_ROAD_FILES = (".gpkg", ".shp", ".fgb")
_ROAD_SCALE, _ROAD_NAME_SCALE = 120_000.0, 10_000.0
#: Fields that may name a road, of BD TOPO and of OpenStreetMap, best first.
_ROAD_NAMES = ("nom_voie_ban_gauche", "nom_collaboratif_gauche", "nom_1_gauche", "name", "nom")


def dossier_layers(folder: Path) -> list[QgsVectorLayer]:
    """Communes, neighbours and sites of a dossier, copied into memory, topmost first."""
    path = folder / GEOPACKAGE
    if not path.is_file():
        return []
    layers = []
    for name, geometry, columns, styles in (
        ("sites", "Point", ("nom", "name"), (basemap.style_sites,)),
        ("communes", "MultiPolygon", ("codgeo", "nom"), (basemap.style_communes,)),
        ("voisins", "MultiPolygon", ("codgeo", "nom"), (basemap.style_neighbours,)),
    ):
        found = list(features(path, name))
        if not found:
            continue
        kept = {each: TEXT for each in columns if each in found[0][0]}
        rows = [(row, shape) for row, shape, _ in found]
        layer = memory_layer(name, kept, geometry, found[0][2], rows)
        for style in styles:
            style(layer)
        if geometry != "Point":
            _name(layer, "nom", 8.0, "#6f767b", 0.0)
        layers.append(layer)
    return layers


def street_layer(streets: Sequence[tuple[str, float, float]], crs: str) -> QgsVectorLayer:
    """Streets as named dots, where the map is near enough to tell them apart."""
    transform = transformer(QgsCoordinateReferenceSystem(WGS84), crs)
    rows = [
        ({"nom": name}, QgsGeometry.fromPointXY(transform.transform(QgsPointXY(lon, lat))))
        for name, lon, lat in streets
    ]
    layer = memory_layer("voies", {"nom": TEXT}, "Point", crs, rows)
    basemap.style_points(layer, "#9aa4ab", 1.4)
    layer.setScaleBasedVisibility(True)
    layer.setMinimumScale(_STREET_SCALE)
    _name(layer, "nom", 8.0, INK, 15_000.0)
    return layer


def road_layer(folder: Path, places: Sequence[Path]) -> QgsVectorLayer | None:
    """Roads of the run that made a dossier, as a quiet ground; None when they are not found.

    The run file tells the name of the road file, never where it lies: ``places`` are files and
    folders of this machine where it may. A file that may lead to a server is not even opened.
    """
    named, table = _road_source(folder)
    for path in _road_files(places, named):
        if path.suffix.lower() not in _ROAD_FILES or not _on_this_machine(path):
            continue
        if not holds_its_shapes(path):
            continue
        layer = QgsVectorLayer(f"{path}|layername={table}" if table else str(path), "routes", "ogr")
        line = layer.isValid() and layer.geometryType() == Qgis.GeometryType.Line
        if line and is_local(layer):
            _style_roads(layer)
            return layer
    return None


def _road_source(folder: Path) -> tuple[str, str]:
    """File and table of the roads among the sources of a run, empty when it had none."""
    try:
        sources = json.loads((folder / RUN_FILE).read_text(encoding="utf-8"))["sources"]
        told = next((each["file"] for each in sources if each["dataset"] == "routes"), "")
    except (OSError, ValueError, KeyError, TypeError):
        return "", ""  # a ground is missing, and the map says where to find another
    # a run file may come from anybody: a plain name of a file, and of a table, or nothing
    found = re.fullmatch(
        r"([^/\\|]+\.(?:gpkg|shp|fgb))(?: \(([\w -]+)\))?", str(told), re.IGNORECASE
    )
    return (found.group(1), found.group(2) or "") if found else ("", "")


def _road_files(places: Sequence[Path], named: str) -> Iterator[Path]:
    for place in places:
        if not _on_this_machine(place):
            continue
        if place.is_file():
            yield place
        elif named and place.is_dir():
            yield from sorted(place.rglob(glob.escape(named)))[:1]


def _on_this_machine(path: Path) -> bool:
    """Whether a path leads to no other machine by its name, and a file to none by its content."""
    shared = str(path).startswith(("//", "\\\\", "/vsi"))
    return not shared and not (path.is_file() and _names_a_server(str(path)))


def _style_roads(layer: QgsVectorLayer) -> None:
    """Thin grey lines; names where the map is near enough to read them."""
    symbol = QgsLineSymbol.createSimple({"line_color": "#b9c0c5", "line_width": "0.3"})
    layer.setRenderer(QgsSingleSymbolRenderer(symbol))
    layer.setScaleBasedVisibility(True)
    layer.setMinimumScale(_ROAD_SCALE)
    names = layer.fields().names()
    field = next((name for name in _ROAD_NAMES if name in names), "")
    if field:
        _name(layer, field, 7.0, "#6f767b", _ROAD_NAME_SCALE)


def project_layers(online: bool) -> list[QgsMapLayer]:
    """Visible layers of the open project, topmost first.

    ``online``: also those that a server gives. Each tile that it is asked for tells it where the
    map looks, hence about where a person lives.
    """
    root = QgsProject.instance().layerTreeRoot()
    visible = [layer for layer in root.layerOrder() if _shown(root, layer)]
    return [layer for layer in visible if online or is_local(layer)]


def is_local(layer: QgsMapLayer) -> bool:
    """Whether nothing is asked of a server to draw a layer."""
    if layer.providerType() not in _LOCAL:
        return False
    if layer.providerType() in ("memory", "annotation"):
        return True
    source = layer.source().lower()
    remote = any(each not in _VSI_LOCAL for each in re.findall(r"/vsi(\w+)", source))
    named = any(each not in _SCHEMES for each in re.findall(r"(?:^|[/|])([a-z][\w+-]+):", source))
    return not (remote or named or "http" in source or _names_a_server(layer.source()))


def _names_a_server(source: str) -> bool:
    """Whether a file is nothing but a description, and one that may lead to a server: GDAL takes
    such a file for the layer that the server gives."""
    path = Path(source.split("|")[0])
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD).lower()
    except OSError:
        return False  # nothing is drawn of a file that cannot be read
    if not any(root in head[:400] for root in _DESCRIPTIONS):
        return False
    return any(
        mark in head for mark in (b"http", b"/vsi", b"url>", b".xml", b"pg:", b"connection=")
    )


def _shown(root: object, layer: QgsMapLayer) -> bool:
    node = root.findLayer(layer.id())  # type: ignore[attr-defined]
    return node is not None and bool(node.isVisible())


def _name(layer: QgsVectorLayer, field: str, size: float, ink: str, scale: float) -> None:
    settings = QgsPalLayerSettings()
    settings.fieldName = field
    settings.setFormat(text_format(size, ink))
    if layer.geometryType() == Qgis.GeometryType.Line:
        settings.placement = Qgis.LabelPlacement.Curved
        settings.lineSettings().setMergeLines(True)  # a street is cut at each crossing
    if scale:
        settings.scaleVisibility = True
        settings.minimumScale = scale
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)
