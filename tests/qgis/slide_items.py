"""What the tests of slides and of the synthesis look at: what stands where, how large its type is."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path

from coodiag.coodiag_plugin.edition.context import ReportContext
from coodiag.coodiag_plugin.qgis_bridge.layers import TEXT, memory_layer
from coodiag.coodiag_plugin.qgis_bridge.layouts import fonts
from coodiag.tests.qgis import layout_items as look
from coodiag.tests.unit import report_samples as samples
from qgis.core import (
    Qgis,
    QgsAbstractLayoutIterator,
    QgsLayoutExporter,
    QgsLayoutItemMap,
    QgsMapThemeCollection,
    QgsPrintLayout,
    QgsProject,
    QgsRectangle,
)

_LONG = "Communauté d’agglomération de Saint-Exemple-sur-Fiction et des Grandes Landes Imaginaires"


def ground(context: ReportContext) -> tuple[QgsProject, QgsRectangle]:
    """A project with the map themes of a context, and the extent of its communes."""
    project = QgsProject()
    rows = [({"codgeo": code}, look.square(rank)) for rank, code in enumerate(samples.CODES)]
    communes = memory_layer("communes", {"codgeo": TEXT}, "MultiPolygon", look.CRS, rows)
    project.addMapLayer(communes)
    record = QgsMapThemeCollection.MapThemeRecord()
    record.setLayerRecords([QgsMapThemeCollection.MapThemeLayerRecord(communes)])
    pages = [page.theme for chapter in context.chapters for page in chapter.pages]
    for name in (*pages, "couverture"):
        project.mapThemeCollection().insert(name, record)
    return project, communes.extent()


def with_long_names(context: ReportContext) -> ReportContext:
    """The same context, the territory and the structure of which have very long names."""
    columns = (context.key_table.columns[0], *(_LONG for _ in context.key_table.columns[1:]))
    table = replace(context.key_table, columns=columns)
    structure = f"Association {_LONG}, insertion par l’activité économique"
    return replace(context, territory=f"{_LONG} et {_LONG}", structure=structure, key_table=table)


def outside(layout: QgsPrintLayout) -> list[str]:
    """Items that pass the edge of the paper."""
    paper = layout.pageCollection().page(0).rect().adjusted(-0.1, -0.1, 0.1, 0.1)
    return [item.id() for item in look.items(layout) if not paper.contains(look.box(item))]


def cut(layout: QgsPrintLayout) -> list[str]:
    """Labels that are empty, or whose lines do not hold in their box."""
    found = []
    for label in look.labels(layout):
        size, _ = look.size_and_weight(label)
        lines = look.lines_of(label)
        tall = len(lines) * fonts.line_height(size)
        if not label.currentText().strip() or tall > look.box(label).height() + 0.35:
            found.append(f"{label.id()}: {label.currentText()[:60]!r}")
    return found


def overlapping(layout: QgsPrintLayout) -> list[tuple[str, str]]:
    """Pairs of labels whose letters stand over each other."""
    found = []
    labels = [(label, look.ink(label)) for label in look.labels(layout)]
    for rank, (one, ink) in enumerate(labels):
        for other, over in labels[rank + 1 :]:
            both = ink.intersected(over)
            if both.width() > 0.6 and both.height() > 0.6:
                found.append((one.id(), other.id()))
    return found


def least_type(layout: QgsPrintLayout) -> float:
    return min(look.size_and_weight(label)[0] for label in look.labels(layout))


def maps(layout: QgsPrintLayout) -> list[QgsLayoutItemMap]:
    return [item for item in look.items(layout) if isinstance(item, QgsLayoutItemMap)]


class _Series(QgsAbstractLayoutIterator):
    def __init__(self, layouts: list[QgsPrintLayout]) -> None:
        super().__init__()
        self._layouts, self._at = layouts, -1

    def layout(self) -> QgsPrintLayout:
        return self._layouts[self._at]

    def count(self) -> int:
        return len(self._layouts)

    def beginRender(self) -> bool:
        self._at = -1
        return True

    def next(self) -> bool:
        self._at += 1
        return self._at < len(self._layouts)

    def endRender(self) -> bool:
        return True

    def filePath(self, base: str, extension: str) -> str:
        return f"{base}.{extension}"


def printed(layouts: list[QgsPrintLayout], path: Path) -> Path:
    """The layouts as a PDF, with real text."""
    settings = QgsLayoutExporter.PdfExportSettings()
    settings.dpi = 72
    settings.textRenderFormat = Qgis.TextRenderFormat.AlwaysText
    code, message = QgsLayoutExporter.exportToPdf(_Series(layouts), str(path), settings)
    assert code == QgsLayoutExporter.ExportResult.Success, message
    return path


def sizes_in_pdf(path: Path) -> set[int]:
    """Sizes in points of the types of a PDF that hold letters."""
    command = ["pdftohtml", "-xml", "-i", "-hidden", "-stdout", "-zoom", "1", str(path)]
    xml = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    fonts_found = dict(re.findall(r'<fontspec id="(\d+)" size="(\d+)"', xml))
    used = re.findall(r'<text [^>]*font="(\d+)">(.*?)</text>', xml)
    return {int(fonts_found[font]) for font, text in used if re.search(r"\w", text)}


def pages_of_pdf(path: Path) -> int:
    told = subprocess.run(["pdfinfo", str(path)], capture_output=True, check=True, text=True)
    found = re.search(r"^Pages:\s+(\d+)", told.stdout, re.MULTILINE)
    assert found is not None
    return int(found[1])
