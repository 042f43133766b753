"""Every page of the atlas, on an invented territory: nothing outside, over, cut, empty or tiny."""

from __future__ import annotations

import math
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core import french
from coodiag.coodiag_plugin.core.errors import Cancelled, InputError
from coodiag.coodiag_plugin.edition.context import ReportContext
from coodiag.coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from coodiag.coodiag_plugin.qgis_bridge.layers import TEXT, memory_layer
from coodiag.coodiag_plugin.qgis_bridge.layouts import fonts
from coodiag.coodiag_plugin.qgis_bridge.layouts.series import export_series, make_layouts
from coodiag.coodiag_plugin.qgis_bridge.layouts.theme import A4, FAMILY
from coodiag.coodiag_plugin.qgis_bridge.sheets import fiches_layers
from coodiag.tests.qgis import dossier_bytes as unpack
from coodiag.tests.unit import report_samples as samples
from qgis.core import (
    Qgis,
    QgsFillSymbol,
    QgsGeometry,
    QgsLayoutItem,
    QgsLayoutItemLabel,
    QgsLayoutItemMap,
    QgsLayoutItemPage,
    QgsLayoutItemShape,
    QgsMapThemeCollection,
    QgsPrintLayout,
    QgsProcessingFeedback,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QRectF, Qt

CRS = "EPSG:2154"
SIDE = 6300.0
MARK = "DONNÉES FICTIVES"


@dataclass
class Made:
    """The layouts of a context with the project that holds them."""

    project: QgsProject
    context: ReportContext
    layouts: list[QgsPrintLayout]


def square(rank: int) -> QgsGeometry:
    x, y = 350_000 + SIDE * (rank % 4), 6_780_000 + SIDE * (rank // 4)
    return QgsGeometry.fromRect(QgsRectangle(x, y, x + SIDE, y + SIDE))


def make(context: ReportContext) -> Made:
    """Layouts over a project with one layer in every theme."""
    project = QgsProject()
    shapes = {code: square(rank) for rank, code in enumerate(samples.CODES)}
    rows = [({"codgeo": code}, shape) for code, shape in shapes.items()]
    communes = memory_layer("communes", {"codgeo": TEXT}, "MultiPolygon", CRS, rows)
    symbol = QgsFillSymbol.createSimple({"color": "#dddddd", "outline_color": "#ffffff"})
    communes.renderer().setSymbol(symbol)
    added: list[QgsVectorLayer] = [communes]
    if context.communes:
        added += fiches_layers(context, shapes, CRS)
    project.addMapLayers(added)
    record = QgsMapThemeCollection.MapThemeRecord()
    record.setLayerRecords([QgsMapThemeCollection.MapThemeLayerRecord(communes)])
    names = [page.theme for chapter in context.chapters for page in chapter.pages]
    for name in (*names, "couverture", "situation", "commune", "situation_commune"):
        project.mapThemeCollection().insert(name, record)
    extent, around = communes.extent(), communes.extent()
    extent.scale(1.05)
    around.scale(1.9)
    layouts = make_layouts(project, context, paper="A4", crs=CRS, extent=extent, around=around)
    return Made(project, context, layouts)


@pytest.fixture(scope="module")
def made(qgis_app) -> Made:  # type: ignore[no-untyped-def]
    return make(samples.context())


def pages(made: Made) -> Iterator[tuple[str, QgsPrintLayout]]:
    for layout in made.layouts:
        if layout.atlas().enabled():
            layout.atlas().beginRender()
            layout.atlas().first()
        layout.refresh()
        yield layout.name(), layout


def items(layout: QgsPrintLayout) -> list[QgsLayoutItem]:
    found = [item for item in layout.items() if isinstance(item, QgsLayoutItem)]
    return [item for item in found if not isinstance(item, QgsLayoutItemPage)]


def labels(layout: QgsPrintLayout) -> list[QgsLayoutItemLabel]:
    return [item for item in items(layout) if isinstance(item, QgsLayoutItemLabel)]


def box(item: QgsLayoutItem) -> QRectF:
    return item.mapRectToScene(item.rect())


def size_and_weight(label: QgsLayoutItemLabel) -> tuple[float, bool]:
    form = label.textFormat()
    assert form.sizeUnit() == Qgis.RenderUnit.Points
    return form.size(), form.font().bold()


def lines_of(label: QgsLayoutItemLabel) -> list[str]:
    size, bold = size_and_weight(label)
    return fonts.wrap(label.currentText(), box(label).width() + 0.05, size, bold)


def ink(label: QgsLayoutItemLabel) -> QRectF:
    """Where the letters of a label stand in its box."""
    size, bold = size_and_weight(label)
    room, lines = box(label), lines_of(label)
    width = max(fonts.text_width(line, size, bold) for line in lines)
    height = len(lines) * fonts.line_height(size)
    across, down = label.hAlign(), label.vAlign()
    x = {Qt.AlignmentFlag.AlignRight: room.right() - width,
         Qt.AlignmentFlag.AlignHCenter: room.center().x() - width / 2}.get(across, room.x())  # fmt: skip
    y = {Qt.AlignmentFlag.AlignVCenter: room.center().y() - height / 2,
         Qt.AlignmentFlag.AlignBottom: room.bottom() - height}.get(down, room.y())  # fmt: skip
    # a line is spaced at 1.37 times its size, its letters take three quarters of it
    inset = fonts.line_height(size) * 0.13
    return QRectF(x, y + inset, width, height - 2 * inset)


def test_there_is_a_layout_for_every_page_in_the_order_of_the_numbers(made: Made) -> None:
    context = made.context
    names = [layout.name() for layout in made.layouts]
    numbers = [int(name[:3]) for name in names]
    assert numbers == sorted(numbers) and len(set(names)) == len(names)
    expected = set(range(1, context.pages + 1)) - {
        context.commune_first + rank for rank in range(1, len(context.communes))
    }
    assert set(numbers) == expected
    assert [layout.name() for layout in made.project.layoutManager().printLayouts()] == names
    for layout in made.layouts:
        assert layout.pageCollection().pageCount() == 1
        size = layout.pageCollection().page(0).pageSize()
        assert (size.width(), size.height()) == (297.0, 210.0)


def test_every_item_is_inside_its_page(made: Made) -> None:
    sheet = QRectF(-0.01, -0.01, A4.width + 0.02, A4.height + 0.02)
    seen = 0
    for name, layout in pages(made):
        for item in items(layout):
            seen += 1
            assert sheet.contains(box(item)), (name, item.id(), box(item))
            assert box(item).width() > 0 and box(item).height() > 0, (name, item.id())
    assert seen > 1000


def test_every_item_has_a_name_of_its_own(made: Made) -> None:
    """Names are what a user finds an item by."""
    for name, layout in pages(made):
        names = [item.id() for item in items(layout)]
        assert all(names), name
        twice = {found for found in names if names.count(found) > 1}
        assert not twice, (name, twice)


def test_no_label_is_empty(made: Made) -> None:
    for name, layout in pages(made):
        for label in labels(layout):
            assert label.currentText().strip(), (name, label.id())
            assert "[%" not in label.currentText(), (name, label.id(), label.currentText())
            assert label.currentText() not in ("None", "NULL", "nan")


def test_no_text_is_cut(made: Made) -> None:
    cut = []
    for name, layout in pages(made):
        for label in labels(layout):
            size, bold = size_and_weight(label)
            lines, room = lines_of(label), box(label)
            tall = len(lines) * fonts.line_height(size)
            wide = max(fonts.text_width(line, size, bold) for line in lines)
            if tall > room.height() + 0.6 or wide > room.width() + 0.3:
                cut.append(
                    f"{name} | {label.id()} | {label.currentText()[:60]!r}: "
                    f"{wide:.1f}×{tall:.1f} in {room.width():.1f}×{room.height():.1f} at {size}"
                )
    assert not cut, "\n".join(cut)


def test_no_text_of_a_commune_page_is_cut(made: Made) -> None:
    """The commune pages one after the other: their texts are expressions."""
    (layout,) = [layout for layout in made.layouts if layout.atlas().enabled()]
    atlas = layout.atlas()
    atlas.beginRender()
    cut, seen = [], 0
    for rank in range(len(made.context.communes)):
        atlas.seekTo(rank)
        layout.refresh()
        seen += 1
        for label in labels(layout):
            size, _ = size_and_weight(label)
            lines, room = lines_of(label), box(label)
            if len(lines) * fonts.line_height(size) > room.height() + 0.6:
                cut.append(
                    f"{rank} {label.id()} {label.currentText()!r} in {room.height():.1f} at {size}"
                )
            if not label.id().startswith("graphique."):
                # a figure whose sign is unknown may be empty, a note of a count is
                assert label.currentText().strip() or label.id().endswith(".note"), label.id()
        title = layout.itemById("texte.titre").currentText()
        assert title.replace("\u00a0", " ") == samples.NAMES[rank]
        number = layout.itemById("texte.page").currentText()
        assert number == str(made.context.commune_first + rank)
    assert seen == 13
    assert not cut, "\n".join(cut)


def test_type_is_of_the_shipped_family_and_never_tiny(made: Made) -> None:
    sizes = set()
    for name, layout in pages(made):
        for label in labels(layout):
            size, _ = size_and_weight(label)
            sizes.add(size)
            assert size >= 7, (name, label.id(), size)
            assert label.textFormat().font().family() == FAMILY, (name, label.id())
    assert max(sizes) > 30


def test_blocks_do_not_overlap(made: Made) -> None:
    """Letters of a label over another's or over a map. A backdrop (``.fond``) carries labels."""
    over = []
    for name, layout in pages(made):
        texts = [(label.id(), ink(label)) for label in labels(layout)]
        maps = [
            (item.id(), box(item))
            for item in items(layout)
            if isinstance(item, QgsLayoutItemMap) and item.id() != "carte.couverture"
        ]
        for (one, first), (other, second) in [*combinations(texts, 2), *combinations(maps, 2)]:
            common = first.intersected(second)
            if common.width() > 0.3 and common.height() > 0.3:
                over.append(f"{name}: {one} × {other} ({common.width():.1f}×{common.height():.1f})")
        for one, first in texts:
            for other, second in maps:
                common = first.intersected(second)
                if common.width() > 0.3 and common.height() > 0.3:
                    over.append(f"{name}: {one} over {other}")
    assert not over, "\n".join(over)


def shape_fill(item: QgsLayoutItemShape) -> str:
    return item.symbol().symbolLayer(0).color().name()


def map_pages(made: Made) -> Iterator[tuple[object, QgsPrintLayout]]:
    layouts = {layout.name()[:3]: layout for layout in made.layouts}
    for chapter in made.context.chapters:
        for page in chapter.pages:
            yield page, layouts[f"{page.number:03d}"]


def test_legend_boxes_are_the_classes_of_the_map(made: Made) -> None:
    kinds = set()
    for page, layout in map_pages(made):
        design = page.design  # type: ignore[attr-defined]
        kinds.add(design.kind)
        found = {item.id(): item for item in items(layout)}
        classes = [found[n] for n in found if re.fullmatch(r"legende\.classe\.\d+", n)]
        words = [
            found[n].currentText() for n in found if re.fullmatch(r"legende\.classe\.\d+\.texte", n)
        ]
        if design.kind == "bivariate":
            squares = [n for n in found if n.startswith("legende.croisement.") and n[-1].isdigit()]
            assert len(squares) == 9
        elif design.categories:
            assert sorted(shape_fill(c) for c in classes) == sorted(
                c for _, c, _ in design.categories
            )
            assert sorted(words) == sorted(label for _, _, label in design.categories)
        else:
            assert sorted(shape_fill(c) for c in classes) == sorted(design.colours)
            assert sorted(words) == sorted(design.labels)
            effectives = [
                found[n].currentText() for n in found if n.startswith("legende.effectif.")
            ]
            assert len(effectives) == len(design.counts)
        cases = [
            found[n].currentText() for n in found if re.fullmatch(r"legende\.cas\.\d+\.texte", n)
        ]
        assert sorted(cases) == sorted(case.label for case in design.boxes)
    assert {"choropleth", "circles", "coloured_circles", "bivariate", "typology", "zones"} <= kinds


def test_legend_circles_have_the_size_of_the_map(made: Made) -> None:
    seen = 0
    for page, layout in map_pages(made):
        design = page.design  # type: ignore[attr-defined]
        if not design.circle_values:
            continue
        drawn = layout.itemById("carte.principale")
        per_metre = drawn.rect().width() / drawn.extent().width()
        found = {item.id(): item for item in items(layout)}
        circles = [box(found[n]) for n in found if re.fullmatch(r"legende\.cercle\.\d+", n)]
        expected = [
            2 * math.sqrt(value * design.circle_ratio / math.pi) * per_metre
            for value in design.circle_values
        ]
        assert sorted(round(c.width(), 2) for c in circles) == sorted(round(e, 2) for e in expected)
        assert all(abs(c.width() - c.height()) < 1e-6 for c in circles)
        assert len({round(c.bottom(), 3) for c in circles}) == 1, "nested on one ground"
        texts = [
            found[n].currentText() for n in found if re.fullmatch(r"legende\.cercle\.\d+\.texte", n)
        ]
        assert sorted(texts) == sorted(
            french.number(v, design.circle_decimals) for v in design.circle_values
        )
        seen += 1
    assert seen >= 3


def test_every_map_page_is_dressed(made: Made) -> None:
    for page, layout in map_pages(made):
        for name in (
            "texte.titre", "texte.sous_titre", "texte.lecture", "texte.source", "texte.credit",
            "texte.page", "texte.chapitre", "echelle", "carte.principale", "carte.situation",
        ):  # fmt: skip
            assert layout.itemById(name) is not None, (page.title, name)  # type: ignore[attr-defined]
        assert plain(layout.itemById("texte.titre").currentText()) == plain(page.title)  # type: ignore[attr-defined]
        for source in page.sources:  # type: ignore[attr-defined]
            assert source in layout.itemById("texte.source").currentText()
        drawn = layout.itemById("carte.principale")
        assert drawn.followVisibilityPresetName() == page.id  # type: ignore[attr-defined]
        bar = layout.itemById("echelle")
        assert bar.linkedMap() == drawn
        assert 20 <= box(bar).width() <= 55


def test_the_mark_of_the_demonstration_is_on_every_page(made: Made) -> None:
    for name, layout in pages(made):
        mark = layout.itemById("marque.demonstration")
        assert mark is not None and mark.currentText() == MARK, name


def test_real_data_bear_no_mark(qgis_app) -> None:  # type: ignore[no-untyped-def]
    plain = make(samples.context(demo=False, commune_pages=False))
    for name, layout in pages(plain):
        assert layout.itemById("marque.demonstration") is None, name
        assert not any("FICTIVES" in label.currentText() for label in labels(layout)), name


# --- the PDF ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pdf(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("atlas") / "atlas.pdf"
    progress = FeedbackProgress(QgsProcessingFeedback(False))
    assert export_series(made.layouts, path, dpi=72, progress=progress) == made.context.pages
    return path


@pytest.fixture(scope="module")
def texts(pdf: Path) -> list[str]:
    """Text of each page, French spaces made plain."""
    whole = unpack.pdf_text(pdf)
    return [plain(text) for text in whole.split("\f")[:-1]]


def plain(text: str) -> str:
    return re.sub(r"[ \u00a0\u202f\n]+", " ", text)


def test_the_pdf_has_the_pages_of_the_context(pdf: Path, texts: list[str], made: Made) -> None:
    info = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True, check=True).stdout
    assert re.search(rf"Pages:\s+{made.context.pages}\b", info)
    assert re.search(r"Page size:\s+84[12][.\d]* x 595[.\d]* pts \(A4\)", info)
    assert len(texts) == made.context.pages


def test_the_pdf_is_real_text_with_accents(texts: list[str], made: Made) -> None:
    for chapter in made.context.chapters:
        assert plain(chapter.title) in texts[chapter.number - 1]
        for page in chapter.pages:
            assert plain(page.title) in texts[page.number - 1], page.title
    first = made.context.commune_first
    for rank, name in enumerate(samples.NAMES):
        assert plain(name) in texts[first + rank - 1], name
    whole = " ".join(texts)
    for word in ("Écrit-sur-Rien", "L’Île-Inventée", "Œuvre-Imaginaire", "Zèbre-Rêvé", "chômage"):
        assert word in whole
    assert all(MARK in text for text in texts)


def test_fonts_are_embedded_and_of_the_shipped_family(pdf: Path) -> None:
    listed = subprocess.run(["pdffonts", str(pdf)], capture_output=True, text=True, check=True)
    rows = listed.stdout.splitlines()[2:]
    assert rows
    for row in rows:
        name = row.split()[0].split("+")[-1]
        assert name.startswith(FAMILY.replace(" ", "")), row
        embedded, _, readable = row.split()[-5:-2]
        assert (embedded, readable) == ("yes", "yes"), row
    names = {row.split()[0].split("+")[-1] for row in rows}
    assert any("Bold" in name for name in names), "a true bold"


def test_the_contents_point_to_the_pages_that_carry_the_titles(
    made: Made, texts: list[str]
) -> None:
    """Read on the printed pages: title in the contents, number beside it, title on that page."""
    (layout,) = [layout for layout in made.layouts if layout.name().startswith("002")]
    entries = {item.id(): item.currentText() for item in labels(layout)}
    checked = 0
    for key, title in entries.items():
        if not re.fullmatch(r"sommaire\.\d+", key):
            continue
        number = int(entries[f"{key}.page"])
        assert plain(title) in texts[1] and str(number) in texts[1]
        wanted = plain(re.sub(r"^\d+\. ", "", title))
        target = texts[number - 1]
        known = {
            "Les chiffres clés": "LES CHIFFRES CLÉS",
            "Les communes, page par page": "LES COMMUNES, PAGE PAR PAGE",
            "Glossaire": "GLOSSAIRE",
            "Secret statistique, données et crédits": "SECRET STATISTIQUE ET CRÉDITS",
        }
        assert known.get(wanted, wanted) in target, (title, number)
        checked += 1
    assert checked >= 25


def test_page_numbers_are_printed_where_they_are(texts: list[str]) -> None:
    for number, text in enumerate(texts[1:], 2):
        assert re.search(rf"(?<!\d){number}(?!\d)", text), number


class Stopping(QgsProcessingFeedback):
    """Cancels once the export is half done."""

    def __init__(self) -> None:
        super().__init__(False)
        self.progressChanged.connect(lambda done: self.cancel() if done > 10 else None)


def test_a_cancel_during_the_export_leaves_no_file(made: Made, tmp_path: Path) -> None:
    path = tmp_path / "atlas.pdf"
    with pytest.raises(Cancelled):
        export_series(made.layouts, path, dpi=72, progress=FeedbackProgress(Stopping()))
    assert not list(tmp_path.iterdir())


def test_a_pdf_that_cannot_be_written_is_refused_in_a_sentence(made: Made, tmp_path: Path) -> None:
    (tmp_path / "atlas.pdf").mkdir()
    progress = FeedbackProgress(QgsProcessingFeedback(False))
    with pytest.raises(InputError, match=r"atlas\.pdf could not be written"):
        export_series(made.layouts[:1], tmp_path / "atlas.pdf", dpi=72, progress=progress)


def test_a_cancelled_reprint_leaves_the_earlier_atlas(made: Made, tmp_path: Path) -> None:
    from coodiag.coodiag_plugin.qgis_bridge.reprint import _export

    path = tmp_path / "atlas.pdf"
    path.write_bytes(b"avant")
    with pytest.raises(Cancelled):
        _export(made.layouts, path, 72, FeedbackProgress(Stopping()))
    assert path.read_bytes() == b"avant" and len(list(tmp_path.iterdir())) == 1
    count = _export(made.layouts[:2], path, 72, FeedbackProgress(QgsProcessingFeedback(False)))
    assert count == 2 and path.read_bytes().startswith(b"%PDF")
    assert len(list(tmp_path.iterdir())) == 1
