"""``atlas``: the layouts as edited, or the pages anew in another format; the project stays as it is."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.errors import DependencyError, InputError
from coodiag.coodiag_plugin.core.house import DEFAULT
from coodiag.coodiag_plugin.edition.context import ReportContext, to_json
from coodiag.coodiag_plugin.qgis_bridge.dossier import Dossier
from coodiag.coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from coodiag.coodiag_plugin.qgis_bridge.layers import TEXT, memory_layer, write_geopackage
from coodiag.coodiag_plugin.qgis_bridge.layouts import export
from coodiag.coodiag_plugin.qgis_bridge.layouts.commune_page import scale_of
from coodiag.coodiag_plugin.qgis_bridge.layouts.series import make_layouts
from coodiag.coodiag_plugin.qgis_bridge.project import write_project
from coodiag.coodiag_plugin.qgis_bridge.reprint import paper_of, reprint
from coodiag.coodiag_plugin.qgis_bridge.sheets import CARDS_LAYER, fiches_layers
from coodiag.tests.qgis import dossier_bytes as unpack
from coodiag.tests.qgis.conftest import Heard
from coodiag.tests.qgis.layout_items import CRS, square
from coodiag.tests.unit import report_samples as samples
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsExpressionContextUtils,
    QgsMapThemeCollection,
    QgsPrintLayout,
    QgsProject,
    QgsVectorLayer,
)

STANDING = ("couverture", "situation", "commune", "situation_commune")
SLIDE = "D001 Une idée"


@dataclass(frozen=True)
class Small:
    dossier: Dossier
    context: ReportContext


def short() -> ReportContext:
    """One chapter of two maps, three communes; numbers as if the rest had been printed too."""
    whole = samples.context()
    chapter = replace(whole.chapters[0], pages=whole.chapters[0].pages[:2], sheets=())
    return replace(whole, chapters=(chapter,), communes=whole.communes[:3])


@pytest.fixture(scope="module")
def made(qgis_app, tmp_path_factory: pytest.TempPathFactory) -> Small:  # type: ignore[no-untyped-def]
    """A dossier of an invented territory: GeoPackage, project with its layouts, context."""
    context, dossier = short(), Dossier(tmp_path_factory.mktemp("reprint") / "dossier")
    dossier.folder.mkdir()
    shapes = {code: square(rank) for rank, code in enumerate(samples.CODES)}
    rows = [({"codgeo": code}, shape) for code, shape in shapes.items()]
    communes = memory_layer("communes", {"codgeo": TEXT}, "MultiPolygon", CRS, rows)
    held = [communes, *fiches_layers(context, shapes, CRS)]
    write_geopackage(dossier.geopackage, held)
    project = QgsProject()
    project.setCrs(QgsCoordinateReferenceSystem(CRS))
    for layer in held:
        stored = QgsVectorLayer(
            f"{dossier.geopackage}|layername={layer.name()}", layer.name(), "ogr"
        )
        stored.setCustomProperty("coodiag/base", layer.name())
        project.addMapLayer(stored)
    drawn = project.mapLayersByName("communes")[0]
    record = QgsMapThemeCollection.MapThemeRecord()
    record.setLayerRecords([QgsMapThemeCollection.MapThemeLayerRecord(drawn)])
    for name in (*(page.theme for page in context.chapters[0].pages), *STANDING):
        project.mapThemeCollection().insert(name, record)
    make_layouts(
        project, context, paper="A4", crs=CRS, extent=drawn.extent(), around=drawn.extent()
    )
    write_project(project, dossier.project)
    dossier.context.write_text(to_json(context), encoding="utf-8")
    return Small(dossier, context)


@pytest.fixture
def small(made: Small, tmp_path: Path) -> Small:
    """A copy of it, that a test may change."""
    folder = shutil.copytree(made.dossier.folder, tmp_path / "dossier")
    return Small(Dossier(Path(folder)), made.context)


def printed(small: Small, path: Path, heard: Heard | None = None, **changes: object) -> int:
    options: dict[str, object] = {
        "paper": "A4", "commune_pages": True, "commune_scale": "", "house": DEFAULT, "dpi": 72,
    } | changes  # fmt: skip
    progress = FeedbackProgress(heard or Heard())
    return reprint(small.dossier, path, progress=progress, **options)  # type: ignore[arg-type]


def opened(small: Small) -> QgsProject:
    project = QgsProject()
    assert project.read(str(small.dossier.project))
    return project


def size_of(path: Path) -> str:
    run = subprocess.run(["pdfinfo", str(path)], capture_output=True, text=True, check=True)
    return next(line for line in run.stdout.splitlines() if line.startswith("Page size"))


@pytest.fixture
def edited(small: Small) -> Iterator[Small]:
    """A dossier of which a title was changed in QGIS, and the name of the structure everywhere."""
    project = opened(small)
    held = project.layoutManager().printLayouts()
    layout = next(layout for layout in held if layout.name().startswith("007"))
    QgsExpressionContextUtils.setLayoutVariable(layout, "coodiag_titre", "Titre de ma main")
    QgsExpressionContextUtils.setProjectVariable(project, "coodiag_producteur", "Ma maison")
    assert project.write(str(small.dossier.project))
    yield small


def test_in_its_own_format_the_dossier_is_printed_as_edited(edited: Small, tmp_path: Path) -> None:
    before, heard = edited.dossier.project.read_bytes(), Heard()
    path = tmp_path / "encore.pdf"
    count = printed(edited, path, heard)
    text = unpack.pdf_text(path)
    assert text.count("\f") == count
    assert "Titre de ma main" in text and "Ma maison" in text
    assert edited.dossier.project.read_bytes() == before
    assert not [said for said in heard.said if "built anew" in said]
    assert "(A4)" in size_of(path)


def test_in_another_format_the_pages_are_built_anew_and_it_says_so(
    edited: Small, tmp_path: Path
) -> None:
    before, heard = edited.dossier.project.read_bytes(), Heard()
    path = tmp_path / "grand.pdf"
    count = printed(edited, path, heard, paper="A3")
    text = unpack.pdf_text(path)
    assert text.count("\f") == count
    assert "Titre de ma main" not in text
    assert "Ma maison" in text, "what was changed for every page holds in every format"
    told = [said for said in heard.said if "built anew" in said]
    assert len(told) == 1 and "not in A3" in told[0]
    assert edited.dossier.project.read_bytes() == before
    assert "(A3)" in size_of(path)
    again = tmp_path / "a4.pdf"
    assert printed(edited, again) == count


def test_without_the_communes(small: Small, tmp_path: Path) -> None:
    whole = printed(small, tmp_path / "a.pdf")
    assert printed(small, tmp_path / "b.pdf", commune_pages=False) == whole - 3
    assert printed(small, tmp_path / "c.pdf", commune_pages=False, paper="A3") == whole - 3


def test_16_9_prints_the_slides_that_the_project_holds(small: Small, tmp_path: Path) -> None:
    project = opened(small)
    slide = QgsPrintLayout(project)
    slide.initializeDefaults()
    slide.setName(SLIDE)
    assert project.layoutManager().addLayout(slide)
    assert project.write(str(small.dossier.project))
    assert printed(small, tmp_path / "diapos.pdf", paper="16:9") == 1
    # and the atlas does not print them
    assert "Une idée" not in unpack.pdf_text(_atlas(small, tmp_path))


def _atlas(small: Small, folder: Path) -> Path:
    printed(small, folder / "atlas.pdf")
    return folder / "atlas.pdf"


def test_the_scale_of_the_communes_can_be_changed_at_print(
    small: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Squares of 6.3 km: 1:60 000 each by itself, and together at fixed; the project keeps its own."""
    before = small.dossier.project.read_bytes()
    taken: list[tuple[str, float]] = []

    def seen(layouts: list[QgsPrintLayout], path: Path, **_: object) -> int:
        (pages,) = [layout for layout in layouts if layout.atlas().enabled()]
        taken.append((scale_of(pages), pages.itemById("carte.principale").scale()))
        path.write_bytes(b"%PDF")
        return 1

    monkeypatch.setattr("coodiag.coodiag_plugin.qgis_bridge.reprint.export_series", seen)
    for scale in ("", "fixed", "fit"):
        printed(small, tmp_path / "a.pdf", commune_scale=scale)
    assert [choice for choice, _ in taken] == ["fit", "fixed", "fit"]
    assert taken[1][1] == pytest.approx(80_000, rel=1e-3)
    assert small.dossier.project.read_bytes() == before


def test_a_family_that_is_not_on_this_computer_is_told(small: Small, tmp_path: Path) -> None:
    project, heard = opened(small), Heard()
    layout = project.layoutManager().printLayouts()[0]
    label = layout.itemById("texte.titre")
    form = label.textFormat()
    face = form.font()
    face.setFamily("Police Qui N’Existe Pas")
    form.setFont(face)
    label.setTextFormat(form)
    assert project.write(str(small.dossier.project))
    printed(small, tmp_path / "a.pdf", heard)
    assert any("Police Qui N’Existe Pas" in said for said in heard.said)


@pytest.mark.parametrize("paper", ["A4", "A3", "16:9"])
def test_a_folder_that_is_no_dossier_is_refused(qgis_app, tmp_path: Path, paper: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InputError, match="is not a dossier"):
        printed(Small(Dossier(tmp_path), short()), tmp_path / "a.pdf", paper=paper)
    assert not (tmp_path / "a.pdf").exists()


def test_a_dossier_without_its_context_is_refused_in_a_sentence(
    small: Small, tmp_path: Path
) -> None:
    small.dossier.context.write_text(json.dumps({"title": "x"}), encoding="utf-8")
    with pytest.raises(InputError, match=r"contexte\.json"):
        printed(small, tmp_path / "a.pdf", paper="A3")
    assert not (tmp_path / "a.pdf").exists()


def test_a_file_that_cannot_be_replaced_is_refused_before_anything_is_drawn(
    small: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "_drawn", lambda *given: pytest.fail("drawn for nothing"))
    (tmp_path / "a.pdf").mkdir()
    with pytest.raises(InputError, match=r" a\.pdf could not be written"):
        printed(small, tmp_path / "a.pdf")


@pytest.mark.parametrize("paper", ["A3", "16:9"])
def test_pages_built_anew_ask_for_what_draws_their_charts(
    small: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, paper: str
) -> None:
    """Those of the project are printed without matplotlib, which some QGIS packages leave out."""
    missing = "coodiag.coodiag_plugin.qgis_bridge.dependencies.find_spec"
    monkeypatch.setattr(missing, lambda name: None)
    assert printed(small, tmp_path / "a.pdf") > 0
    with pytest.raises(DependencyError, match="matplotlib"):
        printed(small, tmp_path / "b.pdf", paper=paper)


def test_the_format_of_a_layout_is_read_from_its_page(small: Small) -> None:
    project = opened(small)
    layouts = project.layoutManager().printLayouts()
    assert {paper_of(layout) for layout in layouts} == {"A4"}
    assert project.mapLayersByName(CARDS_LAYER)
    page = layouts[0].pageCollection().page(0)
    page.setPageSize("A5")
    assert paper_of(layouts[0]) == ""
