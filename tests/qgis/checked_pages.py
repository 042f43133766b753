"""Pages with true maps of an invented territory, and copies of them to spoil."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from coodiag.coodiag_plugin.core.figures import STATE_SUFFIX
from coodiag.coodiag_plugin.core.values import State
from coodiag.coodiag_plugin.edition.context import Chapter, MapPage, ReportContext
from coodiag.coodiag_plugin.qgis_bridge import basemap, styling
from coodiag.coodiag_plugin.qgis_bridge.layers import REAL, TEXT, memory_layer
from coodiag.coodiag_plugin.qgis_bridge.layouts.checks import Fault, check_layouts
from coodiag.tests.qgis.layout_items import CRS, Made, make, square
from coodiag.tests.unit import report_samples as samples
from qgis.core import QgsLayoutItem, QgsMapThemeCollection, QgsPrintLayout, QgsVectorLayer

#: A hue as deep as those that a run gives to its chapters.
DEEP = "#1f4e79"
#: Chapters of the profile that are drawn: circles, shades and coloured circles are among them.
CHAPTERS = 2
#: Faults of pages as they were made, by their first layout.
_STANDING: dict[QgsPrintLayout, list[Fault]] = {}


def context() -> ReportContext:
    """The sample context, cut to the maps of the communes and the sheets of its first chapters."""
    whole = samples.context()
    return replace(whole, chapters=tuple(map(_cut, whole.chapters[:CHAPTERS])))


def _cut(chapter: Chapter) -> Chapter:
    kept = tuple(page for page in chapter.pages if page.layer == "communes")
    return replace(chapter, colour=DEEP, pages=kept)


def maps(made: Made) -> list[MapPage]:
    return [page for chapter in made.context.chapters for page in chapter.pages]


def made_pages() -> Made:
    """The layouts, each map over a layer that holds the figures its design was made from."""
    made = make(context())
    (ground,) = made.project.mapLayersByName("communes")
    basemap.style_communes(ground)
    for page in maps(made):
        layer = _layer(page)
        made.project.addMapLayer(layer)
        record = QgsMapThemeCollection.MapThemeRecord()
        for shown in (layer, ground):
            entry = QgsMapThemeCollection.MapThemeLayerRecord(shown)
            entry.isVisible = True
            record.addLayerRecord(entry)
        made.project.mapThemeCollection().update(page.theme, record)
    _STANDING[made.layouts[0]] = check_layouts(made.layouts, made.context)
    return made


def _layer(page: MapPage) -> QgsVectorLayer:
    table, _ = samples.figures()
    names = samples.shuffled_names()
    held = [name for name in (page.design.field, page.design.colour_field) if name]
    fields = {"codgeo": TEXT, "nom": TEXT}
    for name in held:
        fields |= {name: REAL, name + STATE_SUFFIX: TEXT}
    rows = []
    for rank, code in enumerate(samples.CODES):
        row: dict[str, object] = {"codgeo": code, "nom": names[code]}
        for name in held:
            value = table.get(code, name)
            row[name] = value.number if value.state == State.KNOWN else None
            row[name + STATE_SUFFIX] = value.state.value
        rows.append((row, square(rank)))
    layer = memory_layer(page.title, fields, "MultiPolygon", CRS, rows)
    styling.apply(layer, page.design)
    layer.setCustomProperty("coodiag/page", page.id)
    return layer


def layout_of(made: Made, number: int) -> QgsPrintLayout:
    (found,) = [item for item in made.layouts if item.name().startswith(f"{number:03d} ")]
    return found


def map_of(made: Made, kind: str) -> tuple[MapPage, QgsPrintLayout]:
    """The first map of a kind, and its layout."""
    page = next(page for page in maps(made) if page.design.kind == kind)
    return page, layout_of(made, page.number)


@contextmanager
def spoiled(layout: QgsPrintLayout) -> Iterator[QgsPrintLayout]:
    """A copy of a layout to change; the layout itself stays as it was made."""
    copy = layout.clone()
    copy.refresh()
    yield copy


def item(layout: QgsPrintLayout, name: str) -> QgsLayoutItem:
    found = layout.itemById(name)
    assert found is not None, name
    return found


def faults(layout: QgsPrintLayout, made: Made) -> list[Fault]:
    """What is wrong with a spoiled page and was not when the pages were made."""
    standing = _STANDING[made.layouts[0]]
    return [fault for fault in check_layouts([layout], made.context) if fault not in standing]


def found(layout: QgsPrintLayout, made: Made) -> set[tuple[str, str]]:
    """``(item, rule)`` of the faults of a layout."""
    return {(fault.item, fault.rule) for fault in faults(layout, made)}
