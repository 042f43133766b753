"""The analyst's tables in QGIS: actors on a map, templates written, a whole reading of the demonstration."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from coodiag.coodiag_plugin.analysis.points import PointKind, design_points
from coodiag.coodiag_plugin.core.catalogue import rows as catalogue_rows
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.core.journal import Journal
from coodiag.coodiag_plugin.core.profiles import load_profile
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.demo.generate import DemoPaths
from coodiag.coodiag_plugin.edition.materials import PageMaterial, SheetMaterial
from coodiag.coodiag_plugin.qgis_bridge.actors import GIVEN, locate_actors
from coodiag.coodiag_plugin.qgis_bridge.layers import TEXT, memory_layer, records
from coodiag.coodiag_plugin.qgis_bridge.locating import How
from coodiag.coodiag_plugin.qgis_bridge.pipeline import qualitative
from coodiag.coodiag_plugin.qgis_bridge.pipeline.actors_page import actors_page
from coodiag.coodiag_plugin.qgis_bridge.pipeline.ground import Ground
from coodiag.coodiag_plugin.qgis_bridge.styling import apply, save_style
from coodiag.coodiag_plugin.sources.actors_file import read_actors
from coodiag.tests.unit.qualitative_samples import written
from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsPointDisplacementRenderer,
    QgsPointXY,
    QgsProcessingProvider,
    QgsRectangle,
    QgsVectorFileWriter,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

CRS = "EPSG:2154"
HOW = How("offline", 0.5)


def communes() -> QgsVectorLayer:
    """Two invented communes of 10 km side by side."""
    shapes = {
        ("53901", "Demoville"): (420_000, 6_780_000),
        ("53902", "Fictange"): (430_000, 6_780_000),
    }
    return memory_layer(
        "communes",
        {"codgeo": TEXT, "nom": TEXT},
        "MultiPolygon",
        CRS,
        (
            (
                {"codgeo": code, "nom": name},
                QgsGeometry.fromRect(QgsRectangle(x, y, x + 10_000, y + 10_000)),
            )
            for (code, name), (x, y) in shapes.items()
        ),
    )


@pytest.fixture
def located(qgis_app: object, tmp_path: Path) -> QgsVectorLayer:
    path = written(
        tmp_path / "a.csv",
        "Nom;Catégorie;Rôle;Commune;Latitude;Longitude;Lien;Courriel",
        "Mission locale fictive;Emploi;Accueil;Fictange;;;prescripteur;a@exemple.invalid",
        "CCAS imaginaire;Action sociale;;Fictange;;;;",
        "Atelier inventé;SIAE;;;48.07;-0.70;partenaire;",
        "Ailleurs;Autre;;;43.0;5.0;;",
        "Marie Fictive;Habitante;;Fictange;;;;",
        "Nulle part;Santé;;Introuvable-sur-Rien;;;;",
    )
    made = locate_actors(
        read_actors(path), how=HOW, communes=communes(), crs=CRS, progress=Silent()
    )
    assert (made.located, made.unlocated) == (3, 2)
    assert made.layer.featureCount() == made.located + made.unlocated
    return made.layer


def test_actors_are_placed_and_nobody_is_in_the_layer(located: QgsVectorLayer) -> None:
    found = {row["name"]: (row, shape) for row, shape in records(located)}
    assert "Marie Fictive" not in found
    row, shape = found["Mission locale fictive"]
    assert (row["kind_label"], row["link_label"]) == (
        "Emploi et insertion",
        "Prescripteur ou orienteur",
    )
    assert (row["codgeo"], row["nom_commune"], row["quality"]) == ("53902", "Fictange", "commune")
    assert 430_000 < shape.asPoint().x() < 440_000
    given, point = found["Atelier inventé"]
    assert given["quality"] == GIVEN and point.asPoint().y() > 6_000_000
    assert found["Ailleurs"][1].isEmpty() and found["Nulle part"][1].isEmpty()
    text = str([row for row, _ in records(located)])
    assert "@" not in text and located.fields().names()[0] == "name"


def test_the_map_of_actors_is_drawn_and_keeps_its_style(
    located: QgsVectorLayer, tmp_path: Path
) -> None:
    kinds = [
        PointKind(row["label"], row["label"], row["colour"], row["shape"])
        for row in catalogue_rows("actor_kinds")
    ]
    labels = [str(row["kind_label"]) for row, _ in records(located)]
    design = design_points("kind_label", "Acteurs", labels, kinds, "structure")
    apply(located, design)
    renderer = located.renderer()
    assert isinstance(renderer, QgsPointDisplacementRenderer)
    assert located.labelsEnabled()
    assert _colours(located) >= {"#009e73", "#0072b2"}

    path = tmp_path / "d.gpkg"
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.layerName = "acteurs"
    QgsVectorFileWriter.writeAsVectorFormatV3(
        located, str(path), located.transformContext(), options
    )
    kept = QgsVectorLayer(f"{path}|layername=acteurs", "acteurs", "ogr")
    apply(kept, design)
    save_style(kept, "acteurs_carte", True)
    again = QgsVectorLayer(f"{path}|layername=acteurs", "acteurs", "ogr")
    assert again.renderer().type() == "pointDisplacement"
    areas = communes()
    with pytest.raises(InputError, match="not made of points"):
        memory = memory_layer("x", {"kind_label": TEXT}, "MultiPolygon", CRS, ())
        apply(memory, design)
    assert areas.featureCount() == 2


def _colours(layer: QgsVectorLayer) -> set[str]:
    """Colours of the picture of a layer."""
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(layer.crs())
    extent = layer.extent()
    extent.grow(5000)
    settings.setExtent(extent)
    settings.setOutputSize(QSize(500, 500))
    settings.setOutputDpi(200)
    settings.setBackgroundColor(QColor("#ffffff"))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    return {image.pixelColor(x, y).name() for x in range(500) for y in range(500)}


def test_points_that_overlap_are_set_apart(qgis_app: object) -> None:
    layer = memory_layer("acteurs", {"name": TEXT, "kind_label": TEXT}, "Point", CRS)
    for label in ("A", "B"):
        item = QgsFeature(layer.fields())
        item.setAttributes([label, label])
        item.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(425_000, 6_785_000)))
        layer.dataProvider().addFeature(item)
    layer.updateExtents()
    kinds = [PointKind("A", "A", "#0072b2"), PointKind("B", "B", "#e69f00", "square")]
    apply(layer, design_points("kind_label", "Acteurs", ["A", "B"], kinds))
    assert _colours(layer) >= {"#0072b2", "#e69f00"}


def test_templates_are_written_and_not_over_a_filled_one(
    provider: QgsProcessingProvider, tmp_path: Path
) -> None:
    import processing

    inputs = {"PROFILE": "coodiag", "OUTPUT_FOLDER": str(tmp_path / "tables")}
    results = processing.run("coodiag:templates", inputs)
    names = {path.name for path in (tmp_path / "tables").iterdir()}
    assert results["COUNT"] == 4
    assert names == {"enquete.xlsx", "acteurs.xlsx", "plan_action.xlsx", "textes.xlsx"}
    with pytest.raises(Exception, match="perhaps filled in"):
        processing.run("coodiag:templates", inputs)
    assert processing.run("coodiag:templates", {**inputs, "OVERWRITE": True})["COUNT"] == 4


def test_the_tables_of_the_demonstration(qgis_app: object, demo: DemoPaths) -> None:
    profile, journal = load_profile("coodiag"), Journal()
    tables = {
        "SURVEY": demo.survey,
        "ACTORS": demo.actors,
        "ACTIONS": demo.actions,
        "WORDS": demo.words,
    }
    found = qualitative.read_qualitative(tables, profile, 5, journal, Silent())
    dealt = qualitative.questions_of(found, profile.chapters)
    sheets = {
        page.id: qualitative.sheet(found, page, dealt.get(page.id, ()))
        for page in profile.pages()
        if page.sheet in ("survey", "actors", "actions", "words")
    }
    assert sheets and all(isinstance(sheet, SheetMaterial) for sheet in sheets.values())
    known = {page.id for page in profile.pages()} | {chapter.id for chapter in profile.chapters}
    assert found.words and set(found.words) <= known
    text = journal.text("Journal", "2026-03-31")
    assert "recrutment" in text and "recrutement" in text and "Fictive" not in text
    printed = f"{sheets} {text}"
    for secret in ("Personne-Fictive", "@exemple", "06 39 98", "Marie", "M. Modèle", "Mme"):
        assert secret not in printed
    assert found.survey is not None and any(item.groups for item in found.survey.questions)
    assert qualitative.files_of(tables) == {role.lower(): path for role, path in tables.items()}


def test_too_few_respondents_leave_the_page_out(qgis_app: object, tmp_path: Path) -> None:
    path = written(tmp_path / "e.csv", "Venez-vous ?;Pourquoi ?", "Oui;Parce", "Non;Que", "Oui;Oui")
    profile, journal = load_profile("coodiag"), Journal()
    found = qualitative.read_qualitative({"SURVEY": path}, profile, 5, journal, Silent())
    page = next(page for page in profile.pages() if page.sheet == "survey")
    assert found.survey is None and qualitative.questions_of(found, profile.chapters) == {}
    assert isinstance(qualitative.sheet(found, page), str)
    assert "3 répondants" not in journal.text("Journal", "2026-03-31")


def test_the_page_of_the_map(located: QgsVectorLayer) -> None:
    profile = load_profile("coodiag")
    chapter, page = next(
        (chapter, page)
        for chapter in profile.chapters
        for page in chapter.pages
        if page.layer == "acteurs"
    )
    ground = cast(Ground, SimpleNamespace(names={"53901": "Demoville", "53902": "Fictange"}))
    found = actors_page(ground, chapter, page, located)
    assert isinstance(found, PageMaterial)
    assert found.design.kind == "points" and sum(found.design.counts) == 3
    assert found.sentence.startswith("3\u00a0acteurs placés sur la carte")
    assert "67\u00a0% sont à Fictange" in found.sentence
    assert found.method.startswith("3 acteurs placés sur 5, dont 1 par leurs coordonnées et 2 au")
    cards = ["3", "2\u00a0acteurs", "2\u00a0acteurs", "1\u00a0acteur"]
    assert [figure.text for figure in found.figures] == cards
    empty = memory_layer("acteurs", dict.fromkeys(located.fields().names(), TEXT), "Point", CRS)
    assert isinstance(actors_page(ground, chapter, page, empty), str)
