"""The one border between tables of the rooms and QGIS layers.

Everything that goes into a layer passes through :func:`native`: numpy and pandas scalars come out
empty in QGIS results, and NaN is not NULL.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsFeatureSink,
    QgsField,
    QgsFields,
    QgsGeometry,
    QgsProject,
    QgsVectorFileWriter,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDate, QDateTime, QMetaType, Qt, QTime

from ..core.clock import gdal_clock
from ..core.errors import InputError

TEXT = QMetaType.Type.QString
INTEGER = QMetaType.Type.LongLong
REAL = QMetaType.Type.Double
BOOLEAN = QMetaType.Type.Bool


def native(value: Any) -> Any:
    """A plain Python value for a layer or a result: NaN, NaT, NA and NULL become None.

    Dates and times, of Python or Qt, become ISO 8601 text. Raises :class:`InputError` for what no
    field can hold.
    """
    if _is_null(value):
        return None
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float) and math.isnan(value):
        return None
    if type(value).__name__ in ("NaTType", "NAType"):
        return None
    if isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    if isinstance(value, (QDate, QDateTime, QTime)):
        return value.toString(Qt.DateFormat.ISODate)
    raise InputError(
        "A value of the type {type} cannot be written into a layer: {value}.",
        type=type(value).__name__,
        value=str(value)[:80],
    )


def fields(columns: Mapping[str, QMetaType.Type]) -> QgsFields:
    """QGIS fields from ``{name: type}``, in order."""
    result = QgsFields()
    for name, kind in columns.items():
        result.append(QgsField(name, kind))
    return result


def feature(
    layer_fields: QgsFields, row: Mapping[str, Any], geometry: QgsGeometry | None = None
) -> QgsFeature:
    """A feature with the attributes of ``row`` (names not in the layer are ignored)."""
    result = QgsFeature(layer_fields)
    result.setAttributes([native(row.get(name)) for name in layer_fields.names()])
    if geometry is not None:
        result.setGeometry(geometry)
    return result


def add(sink: QgsFeatureSink, item: QgsFeature) -> None:
    """Add a feature or say which one could not be written: no row is lost in silence."""
    if not sink.addFeature(item, QgsFeatureSink.Flag.FastInsert):
        raise InputError("A row could not be written: {row}.", row=str(item.attributes())[:200])


def memory_layer(
    name: str,
    columns: Mapping[str, QMetaType.Type],
    geometry: str = "NoGeometry",
    crs: str = "",
    rows: Iterable[tuple[Mapping[str, Any], QgsGeometry | None]] = (),
) -> QgsVectorLayer:
    """A memory layer. ``geometry``: NoGeometry, Point, LineString, MultiPolygon…; ``crs``: EPSG."""
    uri = geometry if geometry == "NoGeometry" else f"{geometry}?crs={crs}"
    layer = QgsVectorLayer(uri, name, "memory")
    provider = layer.dataProvider()
    provider.addAttributes(list(fields(columns)))
    layer.updateFields()
    for row, shape in rows:
        add(provider, feature(layer.fields(), row, shape))
    layer.updateExtents()
    return layer


def records(source: Any) -> Iterator[tuple[dict[str, Any], QgsGeometry]]:
    """Attributes and geometry of each feature of a layer or feature source (NULL → None)."""
    names = source.fields().names()
    for item in source.getFeatures():
        yield attributes(item, names), item.geometry()


def attributes(item: QgsFeature, names: Sequence[str]) -> dict[str, Any]:
    """Attributes of a feature by field name (NULL → None)."""
    return {n: None if _is_null(value) else value for n, value in zip(names, item.attributes())}


def _is_null(value: Any) -> bool:
    """None, QGIS's NULL (a QVariant), and the empty dates and times of Qt."""
    kinds = ("QVariant", "QDate", "QDateTime", "QTime")
    return value is None or (type(value).__name__ in kinds and value.isNull())


_transforms: ContextVar[QgsCoordinateTransformContext | None] = ContextVar(
    "transforms", default=None
)


@contextmanager
def transforms_of(context: QgsCoordinateTransformContext) -> Iterator[None]:
    """Within it, coordinates are transformed as ``context`` says: that of the running algorithm."""
    token = _transforms.set(context)
    try:
        yield
    finally:
        _transforms.reset(token)


def transforms() -> QgsCoordinateTransformContext:
    """How datums are to be changed: as the algorithm was told, else as the open project says."""
    given = _transforms.get()
    return QgsProject.instance().transformContext() if given is None else given


def is_located(crs: QgsCoordinateReferenceSystem) -> bool:
    """Whether a CRS says where on earth its coordinates are.

    Those of a plan of one's own do not, nor do the two that a GeoPackage writes when it has none
    (« Undefined geographic SRS », « Undefined Cartesian SRS »), which QGIS takes for valid.
    """
    local = crs.type() == Qgis.CrsType.Engineering
    return crs.isValid() and not local and not crs.description().startswith("Undefined")


def transformer(source_crs: QgsCoordinateReferenceSystem, crs: str) -> QgsCoordinateTransform:
    """Transform to an EPSG code; a source without CRS is refused with a sentence."""
    if not is_located(source_crs):
        raise InputError(
            "The layer has no coordinate reference system. Set it in the layer's properties, then run again."
        )
    return QgsCoordinateTransform(source_crs, QgsCoordinateReferenceSystem(crs), transforms())


def write_geopackage(path: Path, layers: Sequence[QgsVectorLayer]) -> None:
    """Write or replace ``layers`` in a GeoPackage, each under its own name.

    The container carries no date of its own, so that the same run gives the same tables.
    """
    from osgeo import gdal

    with gdal_clock(gdal):
        _write(path, layers)


def _write(path: Path, layers: Sequence[QgsVectorLayer]) -> None:
    for layer in layers:
        options = QgsVectorFileWriter.SaveVectorOptions()
        options.driverName = "GPKG"
        options.layerName = layer.name()
        options.fileEncoding = "UTF-8"
        options.actionOnExistingFile = (
            QgsVectorFileWriter.ActionOnExistingFile.CreateOrOverwriteLayer
            if path.exists()
            else QgsVectorFileWriter.ActionOnExistingFile.CreateOrOverwriteFile
        )
        code, message, _, _ = QgsVectorFileWriter.writeAsVectorFormatV3(
            layer, str(path), transforms(), options
        )
        if code != QgsVectorFileWriter.WriterError.NoError:
            raise InputError(
                "The layer {layer} could not be written into {file}: {reason}. Check that the folder can be written and has room.",
                layer=layer.name(),
                file=path.name,
                reason=message,
            )
