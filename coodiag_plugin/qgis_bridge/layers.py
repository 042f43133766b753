"""The one border between tables of the rooms and QGIS layers.

Everything that goes into a layer passes through :func:`native`: numpy and pandas scalars come out
empty in QGIS results, and NaN is not NULL.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time
from itertools import islice
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


#: Types of values that a layer takes, and gives, as they are.
_PLAIN = frozenset({str, int, bool})
#: Features written at once.
_BATCH = 1000


def native(value: Any) -> Any:
    """A plain Python value for a layer or a result: NaN, NaT, NA and NULL become None.

    Dates and times, of Python or Qt, become ISO 8601 text. Raises :class:`InputError` for what no
    field can hold.
    """
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is float:
        return None if math.isnan(value) else value
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
    return _feature(layer_fields, _values(row, layer_fields.names()), geometry)


def _values(row: Mapping[str, Any], names: Sequence[str]) -> list[Any]:
    """What a layer takes of a row; the usual types go straight."""
    values = map(row.get, names)
    return [value if type(value) in _PLAIN else native(value) for value in values]


def _feature(
    layer_fields: QgsFields, values: list[Any], geometry: QgsGeometry | None
) -> QgsFeature:
    result = QgsFeature(layer_fields)
    result.setAttributes(values)
    if geometry is not None:
        result.setGeometry(geometry)
    return result


def add(sink: QgsFeatureSink, item: QgsFeature) -> None:
    """Add a feature or say that one could not be written: no row is lost in silence. What the row
    holds, which may be a person, is not said."""
    if not sink.addFeature(item, QgsFeatureSink.Flag.FastInsert):
        raise _not_written(item)


def add_all(
    sink: QgsFeatureSink, items: Iterable[QgsFeature], check: Callable[[], None] = lambda: None
) -> None:
    """Add features as :func:`add` does, many at once; ``check`` is called between."""
    remaining = iter(items)
    while batch := list(islice(remaining, _BATCH)):
        check()
        done = sink.addFeatures(batch, QgsFeatureSink.Flag.FastInsert)
        # Providers give back the features besides.
        if not (done[0] if isinstance(done, tuple) else done):
            raise _not_written(batch[0])


def _not_written(item: QgsFeature) -> InputError:
    return InputError(
        "A row could not be written: {row}.", row=", ".join(item.fields().names())[:200]
    )


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
    own, names = layer.fields(), layer.fields().names()
    add_all(
        provider,
        (_feature(own, _values(row, names), shape) for row, shape in rows),
    )
    layer.updateExtents()
    return layer


def layer_keeping(
    name: str,
    given: QgsFields,
    own: Mapping[str, QMetaType.Type],
    geometry: str,
    crs: str,
    rows: Iterable[tuple[Sequence[Any], Mapping[str, Any], QgsGeometry | None]],
) -> QgsVectorLayer:
    """A memory layer with the given fields, then ``own`` ones: rows of (values, ours, geometry).

    A given field that has the name of one of ours, or of a key of the format, gets a number.
    """
    layer = memory_layer(name, {}, geometry, crs)
    taken = {"fid", "ogc_fid", *(column.lower() for column in own)}
    columns = []
    for field in given:
        copy = QgsField(field)
        rank = 1
        while copy.name().lower() in taken:
            rank += 1
            copy.setName(f"{field.name()}_{rank}")
        taken.add(copy.name().lower())
        columns.append(copy)
    provider = layer.dataProvider()
    provider.addAttributes([*columns, *fields(own)])
    layer.updateFields()
    every = layer.fields()
    add_all(
        provider,
        (
            _feature(every, [*values, *(native(ours.get(column)) for column in own)], shape)
            for values, ours, shape in rows
        ),
    )
    layer.updateExtents()
    return layer


def records(source: Any) -> Iterator[tuple[dict[str, Any], QgsGeometry]]:
    """Attributes and geometry of each feature of a layer or feature source (NULL → None)."""
    names = source.fields().names()
    for item in source.getFeatures():
        yield attributes(item, names), item.geometry()


def attributes(item: QgsFeature, names: Sequence[str]) -> dict[str, Any]:
    """Attributes of a feature by field name (NULL → None)."""
    return {
        n: value if type(value) in _PLAIN or not _is_null(value) else None
        for n, value in zip(names, item.attributes())
    }


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
    """Write or replace ``layers`` in a GeoPackage, each under its own name, with its metadata when
    it has some.

    The container carries no date of its own, so that the same run gives the same tables.
    """
    from osgeo import gdal

    from .metadata import keep_metadata

    with gdal_clock(gdal):
        _write(path, layers)
        keep_metadata(path, layers)


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
        options.layerOptions = [f"DESCRIPTION={layer.metadata().abstract()}"]
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
