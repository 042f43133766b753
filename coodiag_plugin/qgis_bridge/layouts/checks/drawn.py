"""What the maps of a page really draw: their layers, and the features behind each legend key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from qgis.core import (
    Qgis,
    QgsCoordinateTransform,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeature,
    QgsFeatureRenderer,
    QgsFeatureRequest,
    QgsLayoutItemMap,
    QgsMapLayer,
    QgsMergedFeatureRenderer,
    QgsNullSymbolRenderer,
    QgsPointDisplacementRenderer,
    QgsProject,
    QgsProviderRegistry,
    QgsRectangle,
    QgsRenderContext,
    QgsSymbol,
    QgsVectorLayer,
)

from ....edition.context import MapPage, ReportContext
from .reading import MAP, Piece, Sheet

#: Custom properties by which project.py marks the layer of a page, and those of the base map.
_PAGE, _BASE = "coodiag/page", "coodiag/base"


@dataclass(frozen=True)
class Key:
    """An entry of a renderer: its label, its symbol, the features that it draws on the map."""

    label: str
    symbol: QgsSymbol
    features: tuple[QgsFeature, ...]


@dataclass(frozen=True)
class Theme:
    """A map of a page: its layers from top to bottom, and the page of the context that it shows."""

    piece: Piece
    layers: tuple[QgsVectorLayer, ...]
    page: MapPage | None
    subject: QgsVectorLayer | None  # the layer of the page

    @property
    def map(self) -> QgsLayoutItemMap:
        return self.piece.item


def themes(sheet: Sheet, context: ReportContext) -> Iterator[Theme]:
    """The maps of a page with what they show."""
    pages = pages_by_theme(context)
    for piece in sheet.of(MAP):
        item: QgsLayoutItemMap = piece.item
        name = item.followVisibilityPresetName() if item.followVisibilityPreset() else ""
        collection = sheet.layout.project().mapThemeCollection()
        found: list[QgsMapLayer] = collection.mapThemeVisibleLayers(name) if name else item.layers()
        layers = tuple(layer for layer in found if isinstance(layer, QgsVectorLayer))
        page = pages.get(name)
        yield Theme(piece, layers, page, _subject(page, layers) if page else None)


def _subject(page: MapPage, layers: tuple[QgsVectorLayer, ...]) -> QgsVectorLayer | None:
    """The layer that bears the id of the page, else the only one over its table."""
    # A style kept in a GeoPackage brings the mark of its page to other layers over that table.
    for layer in layers:
        if layer.customProperty(_PAGE) == page.id and not layer.customProperty(_BASE):
            return layer
    alike = [layer for layer in layers if table_of(layer) == page.layer]
    return alike[0] if len(alike) == 1 else None


def pages_by_theme(context: ReportContext) -> Mapping[str, MapPage]:
    return {page.theme: page for chapter in context.chapters for page in chapter.pages}


def table_of(layer: QgsVectorLayer) -> str:
    """Table of a layer in its GeoPackage; the name of a layer in memory."""
    if layer.providerType() != "ogr":
        return str(layer.name())
    parts = QgsProviderRegistry.instance().decodeUri("ogr", layer.source())
    return str(parts.get("layerName") or layer.name())


class Features:
    """The features that a renderer draws in an extent, by key; read once for all the pages."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], tuple[Key, ...]] = {}
        self._read: dict[tuple[str, str], list[QgsFeature]] = {}

    def keys(self, layer: QgsVectorLayer, of: QgsLayoutItemMap) -> tuple[Key, ...]:
        """Entries of the layer's renderer with what they draw on that map."""
        extent = _extent(of, layer)
        key = (layer.id(), extent.toString(0))
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = tuple(_keys(layer, self._features(layer, extent)))
        return found

    def _features(self, layer: QgsVectorLayer, extent: QgsRectangle) -> list[QgsFeature]:
        """Features of a layer in an extent; many layers of a dossier read the same table."""
        key = (f"{layer.providerType()} {layer.source()}", extent.toString(0))
        found = self._read.get(key)
        if found is None or layer.providerType() == "memory":
            request = QgsFeatureRequest().setFilterRect(extent)
            found = self._read[key] = list(layer.getFeatures(request))
        return found


def _extent(of: QgsLayoutItemMap, layer: QgsVectorLayer) -> QgsRectangle:
    """Extent of a map in the projection of a layer."""
    here, there = of.crs(), layer.crs()
    if here == there or not here.isValid():
        return of.extent()
    transform = QgsCoordinateTransform(here, there, QgsProject.instance())
    return transform.transformBoundingBox(of.extent())


def inner(renderer: QgsFeatureRenderer) -> QgsFeatureRenderer:
    """The renderer that classes the features, out of those that only set them apart or join them."""
    while isinstance(renderer, (QgsPointDisplacementRenderer, QgsMergedFeatureRenderer)):
        renderer = renderer.embeddedRenderer()
    return renderer


def _keys(layer: QgsVectorLayer, features: Iterable[QgsFeature]) -> Iterator[Key]:
    renderer = inner(layer.renderer()).clone()
    if isinstance(renderer, QgsNullSymbolRenderer):
        return
    context = QgsRenderContext()
    scopes = QgsExpressionContext()
    scopes.appendScopes(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    context.setExpressionContext(scopes)
    held: dict[str, list[QgsFeature]] = {}
    renderer.startRender(context, layer.fields())
    try:
        for feature in features:
            context.expressionContext().setFeature(feature)
            for key in renderer.legendKeysForFeature(feature, context):
                held.setdefault(key, []).append(feature)
    finally:
        renderer.stopRender(context)
    for item in renderer.legendSymbolItems():
        if item.symbol() is not None:
            yield Key(item.label(), item.symbol().clone(), tuple(held.get(item.ruleKey(), ())))


def is_drawn(layer: QgsVectorLayer) -> bool:
    """Whether a layer shows anything but an invisible symbol and no name."""
    return layer.labelsEnabled() or not isinstance(layer.renderer(), QgsNullSymbolRenderer)


def has_areas(layer: QgsVectorLayer) -> bool:
    return bool(layer.geometryType() == Qgis.GeometryType.Polygon)
