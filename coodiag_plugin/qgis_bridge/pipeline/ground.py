"""What every page of a run shares, and the page of a field of any layer of communes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qgis.core import QgsVectorLayer

from ...core.catalogue import Indicator, layer_fields
from ...core.figures import FigureTable, figure_of
from ...core.profiles import Chapter, Page
from ...core.territory import Territory
from ...core.values import Value
from ...edition.materials import PageMaterial
from ...edition.sentences import Reference
from ..layers import records
from .options import Run
from .sheets import PEOPLE_SOURCES

if TYPE_CHECKING:
    from ...analysis.indicators import IndicatorResult


@dataclass(frozen=True)
class Ground:
    """What every page of a run shares."""

    run: Run
    territory: Territory
    result: IndicatorResult
    names: Mapping[str, str]
    area_m2: float


def column(layer: QgsVectorLayer, name: str, unit: str) -> dict[str, Value]:
    """Figures of a field of a layer of communes, with their states; ``n.s.`` ones are marked."""
    return {
        str(row["codgeo"]): figure_of(row, name, unit)
        for row, _ in records(layer)
        if row.get("role") in (None, "territoire")
    }


def field_page(
    ground: Ground, chapter: Chapter, page: Page, layer: QgsVectorLayer
) -> PageMaterial | str:
    from ...analysis.design import design_choropleth, design_circles, subject

    row = field_of(ground, page)
    values = column(layer, page.field, row.unit)
    if not any(value.known for value in values.values()):
        return "aucune commune n’a assez de personnes pour que la valeur soit montrée."
    what = subject(row, chapter.theme)
    design = (
        design_circles(what, values, ground.area_m2)
        if page.map == "circles"
        else design_choropleth(what, values)
    )
    result = ground.run.results.get(page.layer)
    whole = result.territory(page.field) if result else None
    return PageMaterial(
        page,
        row,
        "",
        sources_of(ground, page.layer, page.field),
        design,
        values,
        (Reference("TERRITOIRE", ground.territory.name, whole),) if whole is not None else (),
        method=method_of(ground, page.layer, page.field),
    )


def field_of(ground: Ground, page: Page) -> Indicator:
    """The catalogue row of the page's field; the run may name its target more precisely."""
    row = layer_fields()[(page.layer, page.field)]
    result = ground.run.results.get(page.layer)
    words = result.label(page.field) if result else ""
    return replace(row, label=words) if words else row


#: Layers whose figures rest on times or distances by road.
_BY_ROAD = (
    "isochrones",
    "chalandise",
    "recrutement",
    "mobilite",
    "offre_demande",
    "zones_prospection",
)
#: Layers that hold nothing of the structure's files.
_PUBLIC = ("offre_demande", "qualification")


def sources_of(ground: Ground, layer: str, field: str = "") -> tuple[str, ...]:
    """The sources of a page of a layer; of one of its fields where they differ."""
    result = ground.run.results.get(layer)
    roads = ground.run.road_citations if layer in _BY_ROAD else ()
    people = () if layer in _PUBLIC else (PEOPLE_SOURCES,)
    return (*people, *(result.cited(field) if result else ()), *roads)


def method_of(ground: Ground, layer: str, field: str = "") -> str:
    result = ground.run.results.get(layer)
    return result.told(field) if result else ""


def figure_table(layer: QgsVectorLayer, names: tuple[str, ...]) -> FigureTable:
    """Figures of a layer of communes as a table."""
    table = FigureTable()
    for row, _ in records(layer):
        for name in names:
            table.put(str(row["codgeo"]), name, figure_of(row, name))
    return table
