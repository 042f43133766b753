"""What layers and projects say of themselves, and that no person is told."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.clock import NO_DATE
from coodiag.coodiag_plugin.core.provenance import Provenance
from coodiag.coodiag_plugin.edition.context import from_json
from coodiag.coodiag_plugin.qgis_bridge.layers import TEXT, memory_layer, write_geopackage
from coodiag.coodiag_plugin.qgis_bridge.metadata import (
    TOPICS,
    catalogue,
    describe,
    layer_metadata,
    sources_of,
)
from coodiag.coodiag_plugin.qgis_bridge.pipeline.printing import SHAREABLE
from coodiag.coodiag_plugin.qgis_bridge.project import base_layer
from coodiag.coodiag_plugin.sources.recognise import datasets
from qgis.core import Qgis, QgsGeometry, QgsProject, QgsVectorLayer

CRS = "EPSG:2154"
CENSUS = Provenance(
    "rp_base_cc",
    "Recensement",
    "Insee, ANCT",
    "RP 2018, 2021",
    retrieved="2026-01-05",
    address="https://exemple.fr/rp",
)
SHAPES = Provenance("contours_communes", "Contours", "IGN", "2024")
ADDRESSES = Provenance("ban", "Base Adresse", "IGN", "", licence="ODbL")
ROADS = Provenance("routes", "BD TOPO", "IGN", "")


def layer_of(table: str, spatial: bool = True) -> QgsVectorLayer:
    if not spatial:
        return memory_layer(table, {"codgeo": TEXT}, rows=[({"codgeo": "99001"}, None)])
    rows = [({"codgeo": f"9900{n}"}, point(350_000 + 1000 * n)) for n in range(2)]
    return memory_layer(table, {"codgeo": TEXT}, "Point", CRS, rows)


def point(east: float) -> QgsGeometry:
    return QgsGeometry.fromWkt(f"Point({east} {6_780_000 + east / 10})")


def told(table: str, layer: QgsVectorLayer, **more: Any) -> Any:
    sources = (CENSUS, SHAPES, ADDRESSES, ROADS)
    given = {"structure": "Association Exemple (fictive)", "made": "2026-03-31", **more}
    return layer_metadata(layer, describe(table, sources, **given))


def test_a_table_of_public_figures(qgis_app: Any) -> None:
    found = told("qualification", layer_of("qualification"), words=("Mirage",))
    assert found.title() == catalogue()["qualification"]["title"] and found.language() == "fr"
    assert found.keywords(TOPICS) == ["Société"]
    assert found.keywords("Coodiag") == ["Mirage", "Insee", "ANCT", "IGN"]
    assert found.licenses() == ["Licence Ouverte 2.0"]
    assert found.rights() == ["Insee, ANCT", "IGN"]
    assert [each.name for each in found.contacts()] == ["Insee", "ANCT", "IGN"]
    assert "https://exemple.fr/rp" in [link.url for link in found.links()]
    assert found.history()[0] == "Insee, ANCT, Recensement (RP 2018, 2021), obtenu le 2026-01-05"
    years = found.extent().temporalExtents()[0]
    assert (years.begin().date().year(), years.end().date().year()) == (2018, 2024)
    assert found.crs().authid() == CRS
    assert found.extent().spatialExtents()[0].bounds.toRectangle() == layer_of("x").extent()
    day = found.dateTime(Qgis.MetadataDateType.Created)
    assert day.toString("yyyy-MM-dd HH:mm") == "2026-03-31 00:00"
    assert not found.constraints()


def test_a_table_made_with_the_files_of_the_structure(qgis_app: Any) -> None:
    found = told("sites", layer_of("sites"))
    assert found.licenses()[0] == "ODbL (sources publiques)"
    assert "soumise à son accord" in found.licenses()[1]
    assert [(each.name, each.role) for each in found.contacts()] == [
        ("IGN", "originator"),
        ("Association Exemple (fictive)", "owner"),
    ]
    assert all(not each.email and not each.addresses for each in found.contacts())
    assert "secret statistique" in found.constraints()[0].constraint


def test_a_table_of_persons_says_that_it_is_not_to_be_shared(qgis_app: Any) -> None:
    found = told("beneficiaries", layer_of("beneficiaries"))
    assert [each.constraint for each in found.constraints()] == [
        "Données à caractère personnel\u00a0: ne pas diffuser."
    ]


def test_what_a_step_cites_is_among_the_sources_of_its_table(qgis_app: Any) -> None:
    layer = layer_of("penetration")
    assert "ANCT" not in told("penetration", layer).keywords("Coodiag")
    cited = told("penetration", layer, cited=[f"x ; {CENSUS.citation()}"])
    assert "ANCT" in cited.keywords("Coodiag")


def test_a_table_without_geometry_has_neither_crs_nor_place(qgis_app: Any) -> None:
    found = told("references", layer_of("references", spatial=False))
    assert not found.crs().isValid() and not found.extent().spatialExtents()


def test_the_catalogue_knows_every_table_of_a_dossier_and_its_families() -> None:
    people = {f"{role}{end}" for role in ("clients", "beneficiaries") for end in ("", "_echecs")}
    assert set(catalogue()) == set(SHAREABLE) | people
    families = tuple(datasets())
    titles = [row["title"] for row in catalogue().values()]
    assert len(set(titles)) == len(titles)
    for table, row in catalogue().items():
        assert row["title"] and row["abstract"].endswith("."), table
        assert (row["persons"] == "yes") == (table in people)
        for start in row["sources"].split():
            assert start == "*" or any(each.startswith(start) for each in families), (table, start)


def test_a_provenance_table_gives_its_sources_back(qgis_app: Any) -> None:
    columns = dict.fromkeys((*Provenance.columns(), "indicators"), TEXT)
    rows = [({**each.as_row(), "indicators": "x"}, None) for each in (CENSUS, ADDRESSES)]
    assert sources_of(memory_layer("provenance", columns, rows=rows)) == [CENSUS, ADDRESSES]


def test_a_geopackage_keeps_them_once_and_without_the_hour(qgis_app: Any, tmp_path: Path) -> None:
    path = tmp_path / "é.gpkg"
    layers = [layer_of("sites"), layer_of("references", spatial=False), layer_of("prospects")]
    for layer in layers[:2]:
        layer.setMetadata(told(layer.name(), layer))
    write_geopackage(path, layers)
    write_geopackage(path, layers[:1])  # replaced: its metadata too
    with closing(sqlite3.connect(path)) as base:
        kept = base.execute(
            "SELECT table_name, timestamp, md_standard_uri FROM gpkg_metadata_reference "
            "JOIN gpkg_metadata ON md_file_id = gpkg_metadata.id ORDER BY 1"
        ).fetchall()
        described = dict(base.execute("SELECT table_name, description FROM gpkg_contents"))
    assert kept == [
        ("references", NO_DATE, "http://mrcc.com/qgis.dtd"),
        ("sites", NO_DATE, "http://mrcc.com/qgis.dtd"),
    ]
    assert described["sites"] == catalogue()["sites"]["abstract"] and not described["prospects"]
    again = QgsVectorLayer(f"{path}|layername=sites", "sites", "ogr")
    assert again.metadata().title() == "Sites de la structure"
    assert again.metadata().crs().authid() == CRS


# --- a whole dossier ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def project(demo_run: Any) -> Iterator[QgsProject]:
    project = QgsProject()
    assert project.read(str(demo_run.dossier / "diagnostic.qgz"))
    yield project
    project.clear()


def pages(demo_run: Any) -> list[Any]:
    context = from_json((demo_run.dossier / "contexte.json").read_text(encoding="utf-8"))
    return [page for chapter in context.chapters for page in chapter.pages]


def test_every_table_of_a_dossier_says_what_it_is(demo_run: Any) -> None:
    for name in ("diagnostic.gpkg", "confidentiel/personnes.gpkg"):
        path = demo_run.dossier / name
        with closing(sqlite3.connect(path)) as base:
            query = "SELECT table_name FROM gpkg_contents WHERE table_name <> 'layer_styles'"
            tables = [table for (table,) in base.execute(query)]
        assert tables
        for table in tables:
            found = QgsVectorLayer(f"{path}|layername={table}", table, "ogr").metadata()
            assert found.title() == catalogue()[table]["title"], table
            assert "données fictives" in found.keywords("Coodiag")
            assert all(not each.email and not each.voice for each in found.contacts())


def test_the_project_says_what_it_is(demo_run: Any, project: QgsProject) -> None:
    found = project.metadata()
    assert found.title().startswith("Diagnostic territorial") and found.abstract()
    assert found.author() == "Association Exemple (fictive)"
    assert found.creationDateTime().toString("yyyy-MM-dd") == "2026-03-31"
    assert "Insee" in found.keywords("Coodiag") and "données fictives" in found.keywords("Coodiag")
    assert any("Recensement" in line for line in found.history())


def test_every_page_has_its_theme_and_its_layer(demo_run: Any, project: QgsProject) -> None:
    themes = project.mapThemeCollection()
    for page in pages(demo_run):
        assert themes.hasMapTheme(page.theme), page.id
        shown = [project.mapLayer(each) for each in themes.mapThemeVisibleLayerIds(page.theme)]
        own = [each for each in shown if each.customProperty("coodiag/page") == page.id]
        assert len(own) == 1 and own[0].isValid(), page.id
        assert own[0].source().endswith(f"layername={page.layer}")
        assert (
            own[0].metadata().title() == page.title
            and page.subtitle in own[0].metadata().abstract()
        )
        legend = own[0].renderer().legendSymbolItems()
        assert [item.label() for item in legend if item.label()], page.id
        assert shown[-1].customProperty("coodiag/base"), "the ground lies under it"


def test_a_theme_shows_its_layers_alone(demo_run: Any, project: QgsProject) -> None:
    from qgis.core import QgsLayerTreeModel

    root = project.layerTreeRoot()
    model = QgsLayerTreeModel(root)
    themes = project.mapThemeCollection()
    for page in pages(demo_run)[:3]:
        themes.applyTheme(page.theme, root, model)
        shown = {layer.id() for layer in root.checkedLayers()}
        assert shown == set(themes.mapThemeVisibleLayerIds(page.theme))


def test_only_prospects_open_a_public_page(demo_run: Any, project: QgsProject) -> None:
    acting = [layer for layer in project.mapLayers().values() if layer.actions().actions()]
    assert {layer.customProperty("coodiag/base") for layer in acting} == {"prospects"}
    people = demo_run.dossier / "confidentiel" / "personnes.gpkg"
    for table in ("clients", "beneficiaries"):
        layer = QgsVectorLayer(f"{people}|layername={table}", table, "ogr")
        assert layer.isValid() and not layer.actions().actions()


def test_no_layer_plays_in_time(project: QgsProject) -> None:
    """Every figure of a dossier is of one date: there is nothing to animate."""
    for layer in project.mapLayers().values():
        assert not layer.temporalProperties().isActive()


def test_attribute_tables_of_the_project_are_in_french(demo_run: Any, project: QgsProject) -> None:
    """Every field of ours has a name, figures with their unit and year; on the disk nothing changed."""
    for layer in project.mapLayers().values():
        named = [field for field in layer.fields() if field.name() != "fid"]
        assert all(field.alias() for field in named), (
            layer.name(),
            [f.name() for f in named if not f.alias()],
        )
        assert len({field.alias() for field in named}) == len(named), layer.name()
    ground = base_layer(project, "fond")
    shown = ground.attributeDisplayName(ground.fields().indexOf("population"))
    assert shown == "Population municipale – hab., 2021"
    file = QgsVectorLayer(f"{demo_run.dossier / 'diagnostic.gpkg'}|layername=communes", "x", "ogr")
    assert file.fields().names() == ground.fields().names()
