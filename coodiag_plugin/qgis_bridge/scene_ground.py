"""The frame of the maps of a report on a screen, and what lies around each of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from qgis.core import (
    QgsExpressionContextUtils,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
    QgsRenderContext,
    QgsSymbol,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import Qt

from ..core import french
from ..core.progress import Progress
from ..edition.html.coverage import Ring, line_path, path, simplified, snapped, thinned
from ..edition.html.scene import TOLERANCE, WIDTH, Ground, Line, Place
from . import basemap
from .layers import records
from .project import base_layer, frames

#: Pixels of a screen that a millimetre of paper takes in line widths.
_PIXELS = 3.0
Outline = tuple[Ring, ...]


@dataclass
class Frame:
    """From the ground of ``extent`` to the units of a scene; remembers the outlines of the communes
    (``known``) and which of them matter most (``ranked``)."""

    extent: QgsRectangle
    known: dict[Outline, str] = field(default_factory=dict)
    ranked: list[Place] = field(default_factory=list)

    @property
    def scale(self) -> float:
        """Units per metre."""
        return WIDTH / self.extent.width()

    @property
    def height(self) -> int:
        return round(self.extent.height() * self.scale)

    def point(self, point: QgsPointXY) -> tuple[int, int]:
        x, y = self._place(point)
        return round(x), round(y)

    def outline(self, shape: QgsGeometry) -> Outline:
        """The rings of a polygon on whole units; those too small to be seen are left out."""
        area = QgsGeometry(shape)
        area.convertToMultiType()
        rings = (ring for part in area.asMultiPolygon() for ring in part)
        return tuple(
            ring for ring in (snapped(map(self._place, points)) for points in rings) if ring
        )

    def lines(self, shape: QgsGeometry) -> Iterator[Ring]:
        line = QgsGeometry(shape)
        line.convertToMultiType()
        for points in line.asMultiPolyline():
            thin = thinned([self.point(point) for point in points], TOLERANCE)
            if len(thin) > 1 and len(set(thin)) > 1:
                yield thin

    def paths(self, outlines: Sequence[Outline]) -> list[str]:
        """SVG paths of the areas of a layer: those of the communes when it is made of them."""
        if all(outline in self.known for outline in outlines):
            return [self.known[outline] for outline in outlines]
        return [path(rings) for rings in simplified(outlines, TOLERANCE)]

    def _place(self, point: QgsPointXY) -> tuple[float, float]:
        return (
            (point.x() - self.extent.xMinimum()) * self.scale,
            (self.extent.yMaximum() - point.y()) * self.scale,
        )


def inside(shape: QgsGeometry) -> QgsPointXY:
    """A point on the surface: where a circle and a name stand."""
    return shape.pointOnSurface().asPoint()


def ground(project: QgsProject, progress: Progress) -> tuple[Frame, Ground]:
    """The frame of the maps, and the communes, neighbours and limits around them."""
    frame = Frame(frames(project)[0])
    communes = list(records(_base(project, "fond")))
    progress.check()
    around = [
        shape
        for _, shape in _rows(base_layer(project, "voisins"))
        if shape.boundingBox().intersects(frame.extent)
    ]
    outlines = [frame.outline(shape) for _, shape in communes]
    rings = simplified([*outlines, *map(frame.outline, around)], TOLERANCE)
    progress.check()
    own, others = rings[: len(outlines)], rings[len(outlines) :]
    frame.known = {outline: path(made) for outline, made in zip(outlines, own)}
    places = sorted(
        (
            Place(str(row["codgeo"]), str(row["nom"]), path(made), *frame.point(inside(shape)))
            for (row, shape), made in zip(communes, own)
        ),
        key=lambda place: (french.alphabetical(place.name), place.code),
    )
    ranks = {
        str(row["codgeo"]): (row.get("population") or 0.0, shape.area()) for row, shape in communes
    }
    frame.ranked = sorted(places, key=lambda place: ranks[place.code], reverse=True)
    return frame, Ground(
        frame.height,
        1 / frame.scale,
        tuple(places),
        "".join(map(path, others)),
        _limits(project, frame),
    )


def _limits(project: QgsProject, frame: Frame) -> tuple[Line, ...]:
    """The lines of each level in the look that the project gives them, the strongest last."""
    layer = base_layer(project, basemap.LIMIT_LAYER)
    held: dict[str, Line] = {}
    for item, symbol in drawn(layer):
        lines = list(frame.lines(item.geometry()))
        if symbol is None or not lines:
            continue
        look = symbol.symbolLayer(0)
        dashed = look.penStyle() != Qt.PenStyle.SolidLine
        level = str(item["niveau"])
        before = held[level].path if level in held else ""
        held[level] = Line(
            before + line_path(lines), look.color().name(), look.width() * _PIXELS, dashed
        )
    return tuple(held[level] for level, *_ in basemap.LIMITS if level in held)


def drawn(layer: QgsVectorLayer | None) -> Iterator[tuple[QgsFeature, QgsSymbol | None]]:
    """Each feature of a layer of the base map with the first symbol that the project draws it by."""
    if layer is None:
        return
    renderer, context = layer.renderer().clone(), QgsRenderContext()
    context.expressionContext().appendScopes(
        QgsExpressionContextUtils.globalProjectLayerScopes(layer)
    )
    renderer.startRender(context, layer.fields())
    try:
        for item in layer.getFeatures():
            context.expressionContext().setFeature(item)
            symbols = renderer.originalSymbolsForFeature(item, context)
            yield item, symbols[0] if symbols else None
    finally:
        renderer.stopRender(context)


def _rows(layer: QgsVectorLayer | None) -> Iterator[tuple[dict[str, object], QgsGeometry]]:
    return records(layer) if layer is not None else iter(())


def _base(project: QgsProject, name: str) -> QgsVectorLayer:
    layer = base_layer(project, name)
    if layer is None:
        raise ValueError(f"the project has no layer {name!r}")
    return layer
