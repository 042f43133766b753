"""What lies under the markers of a review: communes of the dossier, street names, the project."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsGeometry,
    QgsMapLayer,
    QgsPalLayerSettings,
    QgsPointXY,
    QgsProject,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)

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
    if scale:
        settings.scaleVisibility = True
        settings.minimumScale = scale
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)
