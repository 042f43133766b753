"""A :class:`MapDesign` put on a layer: renderer, drawing order, style kept in the GeoPackage."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from xml.etree.ElementTree import canonicalize, fromstring, tostring  # nosec B405

from osgeo import gdal
from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsFeatureRenderer,
    QgsFeatureRequest,
    QgsFillSymbol,
    QgsProviderRegistry,
    QgsRuleBasedRenderer,
    QgsSymbol,
    QgsVectorLayer,
)

from ..core.clock import NO_DATE, gdal_clock
from ..core.codes import MAINLAND_CRS, legal_crs
from ..core.design import MapDesign
from ..core.errors import InputError
from . import families, rules
from .labels import label_circles
from .point_styles import check_points, label_points, point_rules, spread
from .symbols import box_symbol, circle_shape, circle_symbol, painted

#: What QGIS writes above a style.
_DOCTYPE = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
_UUID = re.compile(r"\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}")
CIRCLE_KINDS = ("circles", "coloured_circles")

Rule = tuple  # (expression, symbol, label)


def apply(layer: QgsVectorLayer, design: MapDesign, limits: bool = False) -> None:
    """Style ``layer`` as ``design`` says; every text of the legend is the design's.

    Circles carry the names of their communes beside them (field ``nom``).
    ``limits``: also draw the limits of the polygons under their circles, for a layer that
    stands alone (in a project the base map has them). Raises :class:`InputError` when the layer
    has not the fields or the geometry that the design needs.
    """
    check(layer, design)
    layer.setRenderer(renderer(layer, design, limits))
    areas = layer.geometryType() == Qgis.GeometryType.Polygon
    if design.kind in CIRCLE_KINDS and areas and "nom" in layer.fields().names():
        label_circles(layer, design.kind, "nom", design.field, design.circle_ratio)
    elif design.kind == "points":
        label_points(layer)
    else:
        layer.setLabelsEnabled(False)
    layer.triggerRepaint()


def check(layer: QgsVectorLayer, design: MapDesign) -> None:
    """Refuse a layer that the design cannot be drawn on."""
    names = layer.fields().names()
    for field in (design.field, design.colour_field):
        if field and field not in names:
            raise InputError(
                "The layer {layer} has no field {field}: its map cannot be drawn.",
                layer=layer.name(),
                field=field,
            )
    wanted = [Qgis.GeometryType.Polygon]
    if design.kind in CIRCLE_KINDS:
        wanted.append(Qgis.GeometryType.Point)
    if design.kind == "points":
        check_points(layer)
        return
    if layer.geometryType() not in wanted:
        raise InputError(
            "The layer {layer} is not made of polygons: shading needs areas.", layer=layer.name()
        )


def renderer(layer: QgsVectorLayer, design: MapDesign, limits: bool = False) -> QgsFeatureRenderer:
    """Rule-based renderer whose rules are the classes and boxes of the design."""
    if design.kind in CIRCLE_KINDS:
        made = _build(_circle_rules(layer, design, limits))
        _order(made, _circle_order(layer, design), nulls_first=True)
        return made
    if design.kind == "zones":
        made = _build(_zone_rules(layer, design))
        values = ", ".join(rules.text(value) for value, _, _ in design.categories)
        _order(made, f"array_find(array({values}), to_string({rules.quoted(design.field)}))")
        return made
    names = layer.fields().names()
    if design.kind == "points":
        return spread(_build(point_rules(design, names)))
    shades: list[Rule] = [
        (where, painted(design.kind, shade), label)
        for where, shade, label in rules.classes(design, names)
    ]
    if design.kind == "choropleth":
        shades.reverse()  # a ramp is read from the top down
    return _build([*shades, *_box_rules(design, names)])


def save_style(layer: QgsVectorLayer, name: str, default: bool = False) -> None:
    """Keep the layer's style in its GeoPackage (table ``layer_styles``) under ``name``.

    A style of that name is replaced. The same run gives the same table.
    """
    path, table = gpkg_parts(layer)
    if _has_styles(path):
        _edit_styles(
            path,
            f"DELETE {_WRITTEN}",
            (table, name),
        )
    with gdal_clock(gdal):
        message = layer.saveStyleToDatabase(name, "", default, "", families.CATEGORIES)
    if name not in layer.listStylesInDatabase()[2]:
        raise InputError(
            "The style {name} could not be kept in {file}: {reason}.",
            name=name,
            file=path.name,
            reason=message,
        )
    _normalise(path, table, name)


_WRITTEN = "FROM layer_styles WHERE f_table_name = ? AND styleName = ?"


def _normalise(path: Path, table: str, name: str) -> None:
    """Take out of a style what differs from run to run: hour, user, and see :func:`steady`."""
    with closing(sqlite3.connect(path, timeout=30)) as database, database:
        query = f"SELECT id, styleQML, styleSLD {_WRITTEN}"
        for key, qml, sld in database.execute(query, (table, name)).fetchall():
            database.execute(
                "UPDATE layer_styles SET description = '', owner = '', update_time = ?, "
                "styleQML = ?, styleSLD = ? WHERE id = ?",
                (NO_DATE, _DOCTYPE + steady(qml), canonicalize(sld) if sld else sld, key),
            )


def steady(xml: str) -> str:
    """A style in its canonical form (C14N), without its document type and what is drawn by lot.

    Attributes are sorted (Qt writes them in the order of a hash), also those of a symbol that is
    itself written in an attribute; identifiers of symbol layers are numbered, and the look of
    terrain profiles, whose colours are random, is left out.
    """
    root = fromstring(xml)  # nosec B314  # written by QGIS
    for item in root.findall("elevation"):
        root.remove(item)
    for item in root.iter():
        for name, value in item.attrib.items():
            if value.startswith("<symbol "):
                item.set(name, canonicalize(value))
    text = canonicalize(tostring(root, encoding="unicode"))
    ranks = {name: rank for rank, name in enumerate(dict.fromkeys(_UUID.findall(text)), 1)}
    return _UUID.sub(lambda found: f"{{{ranks[found.group()]:032x}}}", text)


def gpkg_parts(layer: QgsVectorLayer) -> tuple[Path, str]:
    """File and table of a GeoPackage layer."""
    parts = QgsProviderRegistry.instance().decodeUri("ogr", layer.source())
    return Path(parts["path"]), parts.get("layerName") or ""


def _has_styles(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as database:
        query = "SELECT count(*) FROM sqlite_master WHERE name = 'layer_styles'"
        return bool(database.execute(query).fetchone()[0])


def _edit_styles(path: Path, statement: str, values: tuple[str, str]) -> None:
    with closing(sqlite3.connect(path, timeout=30)) as database, database:
        database.execute(statement, values)


def _build(parts: Iterable[Rule]) -> QgsRuleBasedRenderer:
    root = QgsRuleBasedRenderer.Rule(None)
    for rank, (where, symbol, label) in enumerate(parts, 1):
        rule = QgsRuleBasedRenderer.Rule(symbol, 0, 0, where, label)
        rule.setRuleKey(f"coodiag-{rank}")  # a random key would make two runs differ
        root.appendChild(rule)
    return QgsRuleBasedRenderer(root)


def _order(made: QgsFeatureRenderer, expression: str, nulls_first: bool = False) -> None:
    """Draw the largest first, so that the small ones stay visible."""
    clause = QgsFeatureRequest.OrderByClause(expression, False, nulls_first)
    made.setOrderBy(QgsFeatureRequest.OrderBy([clause]))
    made.setOrderByEnabled(True)


def _box_rules(design: MapDesign, names: list[str]) -> list[Rule]:
    state = rules.box_state(design, names)
    return [
        (rules.among(state, box.states), box_symbol(box), box.label)
        for box in design.boxes
        if box.states
    ]


def _circle_order(layer: QgsVectorLayer, design: MapDesign) -> str:
    """The count of drawn circles; NULL, drawn first, for the polygons of boxes."""
    state = rules.state(design.field, layer.fields().names(), True)
    return f"CASE WHEN {rules.among(state, [rules.KNOWN])} THEN {rules.quoted(design.field)} END"


def _circle_rules(layer: QgsVectorLayer, design: MapDesign, limits: bool) -> list[Rule]:
    """Circles, then boxes: polygons without a count, circles without a rate."""
    names = layer.fields().names()
    shape = circle_shape(design.field, design.circle_ratio, layer.crs().authid(), metric_crs(layer))
    areas = layer.geometryType() == Qgis.GeometryType.Polygon

    def circle(inside: QgsFillSymbol) -> QgsSymbol:
        symbol = circle_symbol(layer.geometryType(), inside, shape)
        if limits and areas:
            limit = families.symbol(design.kind, "limite")
            for rank in range(limit.symbolLayerCount()):
                symbol.insertSymbolLayer(rank, limit.symbolLayer(rank).clone())
        return symbol

    result: list[Rule] = [
        (where, circle(_disc(design, shade)), label)
        for where, shade, label in reversed(rules.classes(design, names))
    ]
    state = rules.state(design.field, names, True)
    if design.kind == "coloured_circles":
        known = rules.among(state, [rules.KNOWN])
        rate = rules.state(design.colour_field, names)
        result += [
            (f"{known} AND {rules.among(rate, box.states)}", circle(box_symbol(box)), box.label)
            for box in design.boxes
            if set(box.states) - {rules.ZERO}
        ]
    if areas:
        result += _box_rules(design, names)
    return result


def _disc(design: MapDesign, shade: str) -> QgsFillSymbol:
    """A see-through circle that on white looks like ``shade``, with the fine line of its family:

    white between circles of one colour, dark where the palest class would be lost on the paper.
    """
    from ..analysis.colours import under

    return painted(design.kind, under(shade, design.opacity), design.opacity)


def _zone_rules(layer: QgsVectorLayer, design: MapDesign) -> list[Rule]:
    """See-through paints that, laid over one another on white, look like the legend's colours."""
    from ..analysis.colours import under

    names = layer.fields().names()
    result: list[Rule] = []
    ground = "#ffffff"
    for where, look, label in reversed(rules.classes(design, names)):
        paint = under(look, design.opacity, ground)
        result.append((where, painted("zones", paint, design.opacity, line=look), label))
        if design.nested:
            ground = look
    return [*reversed(result), *_box_rules(design, names)]


def metric_crs(layer: QgsVectorLayer) -> str:
    """A projection in metres for the circles of a layer: its own, else the legal one.

    For a layer in degrees the legal projection comes from its commune codes, else mainland
    France's when it lies there.
    """
    crs = layer.crs()
    if not crs.isValid():
        raise InputError(
            "The layer {layer} has no coordinate reference system. Set it in the layer's properties, then run again.",
            layer=layer.name(),
        )
    if crs.mapUnits() == Qgis.DistanceUnit.Meters:
        return crs.authid()
    if "codgeo" in layer.fields().names():
        code = next((item["codgeo"] for item in layer.getFeatures()), None)
        if code:
            return legal_crs(str(code))
    bounds = QgsCoordinateReferenceSystem(MAINLAND_CRS).bounds()
    if crs.isGeographic() and bounds.contains(layer.extent().center()):
        return MAINLAND_CRS
    raise InputError(
        "The layer {layer} is not in metres: reproject it to the legal projection of its territory, then run again.",
        layer=layer.name(),
    )
