"""Headers and attributes of vector files (GeoPackage, Shapefile, GeoJSON), read with GDAL."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from osgeo import gdal, ogr

from ..core.errors import SourceError

#: Characters of a GeoJSON read to find its first properties.
GEOJSON_HEAD = 4 * 1024 * 1024
SAMPLE_FEATURES = 30
#: Formats that hold their shapes. Others may only say where these are, on a server for one.
_DRIVERS = (
    "GPKG", "ESRI Shapefile", "GeoJSON", "GeoJSONSeq", "TopoJSON", "FlatGeobuf", "MapInfo File",
    "KML", "LIBKML", "OSM", "OpenFileGDB", "Parquet",
)  # fmt: skip


@dataclass(frozen=True)
class LayerHead:
    """Fields, first rows and kind of geometry (polygon, line, point, table) of a layer."""

    layer: str
    columns: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]
    form: str
    partial: bool = False  # a page of a service's answer, not a file


def holds_its_shapes(path: Path) -> bool:
    """Whether GDAL takes a file for one that holds its shapes. Others, whatever their ending, are
    texts that send it elsewhere: to a file, to a server. Nothing is opened."""
    with _quiet():
        driver = gdal.IdentifyDriverEx(gdal_path(path), gdal.OF_VECTOR)
    return driver is not None and driver.ShortName in _DRIVERS


def gdal_path(path: Path, member: str = "") -> str:
    """Path as GDAL opens it, inside a zip when ``member`` is given."""
    name = f"/vsizip/{{{path}}}/{member}" if member else str(path)
    return f"/vsigzip/{name}" if name.lower().endswith(".gz") else name


@contextmanager
def _quiet() -> Iterator[None]:
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        yield
    finally:
        gdal.PopErrorHandler()


def open_vector(path: Path, member: str = "") -> Any:
    """The GDAL dataset, opened read only; a file that GDAL cannot open is named."""
    with _quiet():
        try:
            source = gdal.OpenEx(
                gdal_path(path, member),
                gdal.OF_VECTOR | gdal.OF_READONLY,
                allowed_drivers=list(_DRIVERS),
            )
        except RuntimeError:
            source = None
    if source is None:
        raise SourceError(
            "The file {file} cannot be opened as a map layer. Download it again.",
            file=member or path.name,
        )
    return source


def layer_heads(path: Path, member: str = "") -> list[LayerHead]:
    """One head by layer of a GeoPackage or Shapefile."""
    source = open_vector(path, member)
    heads = []
    for index in range(source.GetLayerCount()):
        layer = source.GetLayer(index)
        definition = layer.GetLayerDefn()
        columns = tuple(
            definition.GetFieldDefn(i).GetName() for i in range(definition.GetFieldCount())
        )
        sample = []
        form = _form(layer.GetGeomType())
        for item in layer:
            if form == "unknown" and item.GetGeometryRef() is not None:
                form = _form(item.GetGeometryRef().GetGeometryType())
            sample.append(tuple(_text(item, i) for i in range(len(columns))))
            if len(sample) >= SAMPLE_FEATURES:
                break
        heads.append(LayerHead(layer.GetName(), columns, tuple(sample), form))
    return heads


def _form(geometry_type: int) -> str:
    flat = ogr.GT_Flatten(geometry_type)
    if flat in (ogr.wkbPolygon, ogr.wkbMultiPolygon, ogr.wkbCurvePolygon, ogr.wkbMultiSurface):
        return "polygon"
    if flat in (ogr.wkbLineString, ogr.wkbMultiLineString, ogr.wkbCompoundCurve, ogr.wkbMultiCurve):
        return "line"
    if flat in (ogr.wkbPoint, ogr.wkbMultiPoint):
        return "point"
    return "table" if flat == ogr.wkbNone else "unknown"


def _text(item: Any, index: int) -> str:
    return item.GetFieldAsString(index) if item.IsFieldSetAndNotNull(index) else ""


def geojson_head(text: str) -> LayerHead | None:
    """Head of a GeoJSON from its first characters, without reading a national file whole."""
    if not re.search(r'"type"\s*:\s*"Feature(?:Collection)?"', text):
        return None
    decoder = json.JSONDecoder()
    rows: list[dict[str, Any]] = []
    for match in re.finditer(r'"properties"\s*:\s*(?=\{)', text):
        try:
            properties, _ = decoder.raw_decode(text, match.end())
        except json.JSONDecodeError:
            break  # the head stops in the middle of this object
        if set(properties) == {"name"} and str(properties["name"]).lower().startswith(
            ("urn:", "epsg")
        ):
            continue  # the properties of "crs"
        rows.append(properties)
        if len(rows) >= SAMPLE_FEATURES:
            break
    columns = tuple(dict.fromkeys(key for row in rows for key in row))
    sample = tuple(
        tuple("" if row.get(key) is None else str(row[key]) for key in columns) for row in rows
    )
    kind = re.search(r'"type"\s*:\s*"(?:Multi)?(Polygon|LineString|Point)"', text)
    form = (
        {"Polygon": "polygon", "LineString": "line", "Point": "point"}[kind[1]] if kind else "table"
    )
    return LayerHead("", columns, sample, form, _is_page(text))


def _is_page(text: str) -> bool:
    """Whether a WFS answer says that it returns fewer features than matched."""
    counts = dict(re.findall(r'"(numberMatched|numberReturned)"\s*:\s*(\d+)', text))
    return len(counts) == 2 and int(counts["numberReturned"]) < int(counts["numberMatched"])


def attributes(
    path: Path, member: str, layer: str, columns: list[str], check: Callable[[], None]
) -> Iterator[tuple[str, ...]]:
    """Text of ``columns`` of every feature, geometries left unread."""
    source = open_vector(path, member)
    table = source.GetLayerByName(layer) if layer else source.GetLayer(0)
    definition = table.GetLayerDefn()
    places = [definition.GetFieldIndex(name) for name in columns]
    table.SetIgnoredFields(["OGR_GEOMETRY"])
    for item in table:
        check()
        yield tuple(_text(item, place) if place >= 0 else "" for place in places)
