"""The maps of a report as shapes for a screen, in the classes and colours of the printed ones.

What falls into which class is asked of the expressions that print uses (:mod:`.rules`); only the
published figures of a map, their states and the names of its units are read.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from qgis.core import (
    Qgis,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsProject,
    QgsVectorLayer,
)

from ..core import french
from ..core.design import MapDesign
from ..core.errors import InputError
from ..core.figures import figure_of
from ..core.progress import Progress, each
from ..edition.context import MapPage, ReportContext
from ..edition.html.scene import Entry, Ground, Row, Scene, Shape, Spot
from . import point_styles, rules
from .basemap import POINTS
from .layers import attributes
from .project import base_layer, page_layer
from .scene_ground import Frame, drawn, ground, inside
from .scene_names import scene_names
from .styling import CIRCLE_KINDS

#: Points nearer than this (units: 4 mm of paper) are set around their place, as in print.
NEAR = 80.0
#: Outlines on a screen: between areas, around marks and around circles of one or several colours.
LIMIT, DARK = "#ffffff", "#22313a"
CIRCLE_LINES = {"circles": "#ffffff", "coloured_circles": "#4d4d4d"}
SITES = "sites"
_MARKED = "coodiag/base"


def map_scenes(project: QgsProject, context: ReportContext, progress: Progress) -> dict[str, Scene]:
    """The scene of each map page of ``context``, by its id.

    ``project``: that of the dossier, over its shareable GeoPackage, in metres.
    """
    frame, around = ground(project, progress.part(0.0, 0.2))
    pages = [page for chapter in context.chapters for page in chapter.pages]
    return {
        page.id: _Map(project, frame, around, page).scene()
        for page, _ in each(pages, progress.part(0.2, 1.0))
    }


@dataclass(frozen=True)
class _Rule:
    """Features for which ``where`` holds are drawn as ``kind`` in the look of ``entry``."""

    where: QgsExpression
    kind: str
    entry: int


@dataclass(frozen=True)
class _Unit:
    """A feature read: its row in words, its outline or place, what it is drawn as."""

    row: Row
    rank: float  # of circles: the count
    outline: tuple
    x: int
    y: int
    rules: tuple[_Rule, ...]


class _Map:
    """One map page being read from its layer."""

    def __init__(self, project: QgsProject, frame: Frame, around: Ground, page: MapPage) -> None:
        layer = page_layer(project, page.id)
        if layer is None:
            raise InputError(
                "The project no longer has the layer of the map “{title}”. Run the full diagnosis again, or put the layer back.",
                title=page.title,
            )
        self.project, self.frame, self.ground, self.page = project, frame, around, page
        self.layer: QgsVectorLayer = layer
        self.design: MapDesign = page.design
        self.names: list[str] = layer.fields().names()
        self.areas = layer.geometryType() == Qgis.GeometryType.Polygon
        self.entries = _entries(self.design)

    def scene(self) -> Scene:
        heading, columns = _columns(self.design)
        units = self._units()
        if self.design.kind == "zones":
            rows, shapes = self._zones(units)
        else:
            units.sort(key=lambda unit: (french.alphabetical(unit.row.name), unit.row.code))
            rows = tuple(unit.row for unit in units)
            shapes = self._shapes(units)
        spots = self._spots()
        names = scene_names(self.ground, self.frame.ranked, rows, shapes, spots)
        return Scene(self.ground, heading, columns, rows, self.entries, tuple(shapes), spots, names)

    def _units(self) -> list[_Unit]:
        found = []
        asked = self._rules()
        told = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(self.layer))
        told.setFields(self.layer.fields())
        for item in self.layer.getFeatures():
            told.setFeature(item)
            held = tuple(rule for rule in asked if rule.where.evaluate(told))
            row = attributes(item, self.names)
            shape = item.geometry()
            at = inside(shape) if self.areas else shape.asPoint()
            outline = self.frame.outline(shape) if self.areas else ()
            count = row.get(self.design.field) if self.design.kind in CIRCLE_KINDS else None
            found.append(
                _Unit(
                    self._row(row, held), float(count or 0.0), outline, *self.frame.point(at), held
                )
            )
        return found

    def _rules(self) -> list[_Rule]:
        design, first = self.design, len(self.entries) - len(self.design.boxes)
        kind = "circle" if design.kind in CIRCLE_KINDS else "area" if self.areas else "mark"
        made = [
            _Rule(QgsExpression(where), kind, rank)
            for rank, (where, _, _) in enumerate(rules.classes(design, self.names))
        ]
        if design.kind == "coloured_circles":
            known = rules.among(rules.state(design.field, self.names, True), [rules.KNOWN])
            rate = rules.state(design.colour_field, self.names)
            made += [
                _Rule(QgsExpression(f"{known} AND {rules.among(rate, box.states)}"), kind, rank)
                for rank, box in enumerate(design.boxes, first)
                if set(box.states) - {rules.ZERO}
            ]
        if self.areas:
            state = rules.box_state(design, self.names)
            made += [
                _Rule(QgsExpression(rules.among(state, box.states)), "area", rank)
                for rank, box in enumerate(design.boxes, first)
                if box.states
            ]
        return made

    def _row(self, row: dict[str, Any], held: Sequence[_Rule]) -> Row:
        design = self.design
        label = self.entries[held[0].entry].label if held else "…"
        if design.kind == "zones":
            return Row("", label, ())
        if design.kind == "points":
            name = row.get(point_styles.NAME)
            return Row("", str(name or "Sans nom"), (str(row.get(design.field) or "…"),))
        code, name = str(row.get("codgeo") or ""), str(row.get("nom") or "")
        if design.kind == "typology":
            return Row(code, name, (label,))
        cells = [_printed(row, design.field, design.decimals, design.unit, design.centre)]
        if design.colour_field:
            cells.append(
                _printed(row, design.colour_field, design.colour_decimals, design.colour_unit, None)
            )
        if design.kind == "choropleth":
            cells.append(label)
        return Row(code, name, tuple(cells))

    def _shapes(self, units: Sequence[_Unit]) -> list[Shape]:
        paths = self.frame.paths([unit.outline for unit in units]) if self.areas else []
        shapes = [
            Shape("area", rank, rule.entry, path=paths[rank])
            for rank, unit in enumerate(units)
            for rule in unit.rules
            if rule.kind == "area" and paths[rank]
        ]
        largest = sorted(enumerate(units), key=lambda pair: -pair[1].rank)
        shapes += [
            Shape("circle", rank, rule.entry, x=unit.x, y=unit.y, radius=self._radius(unit.rank))
            for rank, unit in largest
            for rule in unit.rules
            if rule.kind == "circle"
        ]
        places = spread([(unit.x, unit.y) for unit in units]) if not self.areas else []
        shapes += [
            Shape("mark", rank, rule.entry, x=places[rank][0], y=places[rank][1])
            for rank, unit in enumerate(units)
            for rule in unit.rules
            if rule.kind == "mark"
        ]
        return shapes

    def _radius(self, count: float) -> float:
        """Units: the area on the ground is ``circle_ratio`` × the count, as in print."""
        return round(math.sqrt(self.design.circle_ratio * count / math.pi) * self.frame.scale, 2)

    def _zones(self, units: Sequence[_Unit]) -> tuple[tuple[Row, ...], list[Shape]]:
        """A row per zone of the legend, the larger ones drawn first."""
        paths = self.frame.paths([unit.outline for unit in units])
        held = sorted({rule.entry for unit in units for rule in unit.rules})
        rows = tuple(
            Row("", self.entries[entry].label, (str(rank),)) for rank, entry in enumerate(held, 1)
        )
        shapes = [
            Shape("area", held.index(rule.entry), rule.entry, path=path)
            for unit, path in zip(units, paths)
            for rule in unit.rules
            if path
        ]
        return rows, sorted(shapes, key=lambda shape: -shape.entry)

    def _spots(self) -> tuple[Spot, ...]:
        """The points that print lays over the map: sites with their names, others without."""
        shown = self.project.mapThemeCollection().mapThemeVisibleLayers(self.page.theme)
        bases = {layer.customProperty(_MARKED) for layer in shown}
        spots = []
        for table in (*POINTS, SITES):
            if table not in bases:
                continue
            for item, symbol in drawn(base_layer(self.project, table)):
                x, y = self.frame.point(item.geometry().asPoint())
                colour = symbol.color().name() if symbol is not None else ""
                if table == SITES:
                    spots.append(Spot(x, y, str(item["nom"] or ""), colour, "site"))
                else:
                    spots.append(Spot(x, y, "", colour, "dot"))
        return tuple(spots)


def spread(points: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Points that would lie on one another set in a ring around their place."""
    groups: list[list[int]] = []
    for rank, (x, y) in enumerate(points):
        near = (
            group
            for group in groups
            if math.hypot(points[group[0]][0] - x, points[group[0]][1] - y) < NEAR
        )
        group = next(near, None)
        if group is None:
            groups.append([rank])
        else:
            group.append(rank)
    placed = list(points)
    for group in groups:
        count = len(group)
        if count == 1:
            continue
        x = sum(points[rank][0] for rank in group) / count
        y = sum(points[rank][1] for rank in group) / count
        radius = max(NEAR * 0.6, count * NEAR * 0.9 / (2 * math.pi))
        for place, rank in enumerate(group):
            angle = 2 * math.pi * place / count - math.pi / 2
            placed[rank] = (
                round(x + radius * math.cos(angle)), round(y + radius * math.sin(angle)),
            )  # fmt: skip
    return placed


def _columns(design: MapDesign) -> tuple[str, tuple[str, ...]]:
    """Heading of the names, and those of the figures."""
    if design.kind == "zones":
        return design.title, ("Rang, de la plus petite à la plus grande",)
    if design.kind == "points":
        return "Nom", ("Type",)
    if design.kind == "bivariate":
        return "Commune", design.axes
    if design.kind == "coloured_circles":
        return "Commune", (design.title, design.colour_title)
    if design.kind == "choropleth":
        return "Commune", (design.title, "Classe")
    return "Commune", (design.title,)


def _printed(
    row: dict[str, Any], field: str, decimals: int, unit: str, centre: float | None
) -> str:
    """The figure as print writes it; a unit in letters is in the heading of its column."""
    sign = "" if any(letter.isalpha() for letter in unit) else unit
    return french.figure(figure_of(row, field), decimals, sign, signed=centre == 0)


def _entries(design: MapDesign) -> tuple[Entry, ...]:
    """Classes from low to high, then boxes, painted as :mod:`.styling` paints them."""
    boxes = tuple(
        Entry(box.label, box.colour, box.colour, box.outline, 1.0, box.hatch, box.angle)
        for box in design.boxes
    )
    return (*_classes(design), *boxes)


def _classes(design: MapDesign) -> tuple[Entry, ...]:
    from ..analysis.colours import under

    if design.kind in CIRCLE_KINDS:
        line = CIRCLE_LINES[design.kind]
        looks = (
            list(zip(design.labels, design.colours))
            if design.kind == "coloured_circles"
            else [(design.title, design.circle_colour)]
        )
        return tuple(
            Entry(label, look, under(look, design.opacity), line, design.opacity)
            for label, look in looks
        )
    if design.kind == "zones":
        made, below = [], "#ffffff"
        for _, look, label in reversed(design.categories):
            made.append(
                Entry(label, look, under(look, design.opacity, below), look, design.opacity)
            )
            below = look if design.nested else below
        return tuple(reversed(made))
    if design.kind == "points":
        return tuple(
            Entry(label, look, look, DARK, mark=mark)
            for (_, look, label), mark in zip(design.categories, design.shapes)
        )
    looks = (
        list(zip(design.labels, design.colours))
        if design.kind == "choropleth"
        else [(label, look) for _, look, label in design.categories]
    )
    return tuple(Entry(label, look, look, LIMIT) for label, look in looks)
