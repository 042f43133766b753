"""Communes of a territory as a layer: shapes, roles, neighbours, drawn areas, refusals."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.errors import InputError, TerritoryError
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.qgis_bridge.territory import TerritoryLayers, build_territory
from coodiag.coodiag_plugin.sources.folder import scan
from coodiag.processing_algorithms.territory import BuildTerritory
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsVectorLayer,
)

SIDE = 1000.0  # metres of a commune's side
ORIGIN = (350_000.0, 6_700_000.0)  # Lambert-93


def code(column: int, row: int) -> str:
    return f"35{row}{column:02d}"


def ring(column: float, row: float, width: float = 1, height: float = 1) -> list[list[float]]:
    x, y = ORIGIN[0] + column * SIDE, ORIGIN[1] + row * SIDE
    w, h = width * SIDE, height * SIDE
    return [[x, y], [x + w, y], [x + w, y + h], [x, y + h], [x, y]]


def write_contours(path: Path, shapes: list[tuple[str, str, list[Any]]], crs: int = 2154) -> None:
    """GeoJSON in Lambert-93 of (code, name, rings)."""
    features = [
        {
            "type": "Feature",
            "properties": {"code": key, "nom": name},
            "geometry": {"type": "Polygon", "coordinates": rings},
        }
        for key, name, rings in shapes
    ]
    body = {
        "type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{crs}"}},
        "features": features,
    }
    path.write_text(json.dumps(body))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Sixteen square communes in four rows; the two on the left of row 0 and 1 are an EPCI."""
    cells = [(c, r) for r in range(4) for c in range(4)]
    shapes = [(code(c, r), f"Commune {c}{r}", [ring(c, r)]) for c, r in cells]
    write_contours(tmp_path / "communes_2024.geojson", shapes)
    lines = ["CODGEO;LIBGEO;EPCI;LIBEPCI;DEP;REG"]
    for c, r in cells:
        epci = "200000017;Coin Métropole" if c < 2 and r < 2 else "200000025;CC du Reste"
        lines.append(f"{code(c, r)};Commune {c}{r};{epci};35;53")
    (tmp_path / "EPCI_2024.csv").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def build(folder: Path, expression: str, **options: Any) -> TerritoryLayers:
    return build_territory(expression, scan(folder), progress=Silent(), **options)


def roles(layers: TerritoryLayers) -> dict[str, str]:
    return {item["codgeo"]: item["role"] for item in layers.communes.getFeatures()}


def polygons(name: str, rings: list[list[list[float]]], crs: str = "EPSG:2154") -> QgsVectorLayer:
    layer = QgsVectorLayer(f"Polygon?crs={crs}" if crs else "Polygon", name, "memory")
    if not crs:
        layer.setCrs(QgsCoordinateReferenceSystem())
    for one in rings:
        item = QgsFeature()
        text = ", ".join(f"{x} {y}" for x, y in one)
        item.setGeometry(QgsGeometry.fromWkt(f"Polygon(({text}))"))
        layer.dataProvider().addFeature(item)
    return layer


class TestLayer:
    def test_fields_roles_and_projection(self, qgis_app: object, folder: Path) -> None:
        layers = build(folder, "EPCI:200000017")
        inside = {code(c, r) for c in (0, 1) for r in (0, 1)}
        around = {code(2, 0), code(2, 1), code(0, 2), code(1, 2), code(2, 2)}
        found = roles(layers)
        assert {key for key, role in found.items() if role == "territoire"} == inside
        assert {key for key, role in found.items() if role == "voisin"} == around
        assert set(layers.territory.neighbours) == around
        assert layers.communes.fields().names() == [
            "codgeo", "nom", "epci", "nom_epci", "dep", "reg", "role",
        ]  # fmt: skip
        first = next(layers.communes.getFeatures())
        assert first.attributes() == ["35000", "Commune 00", "200000017", "Coin Métropole", "35", "53", "territoire"]  # fmt: skip
        assert layers.communes.crs().authid() == layers.territory.crs == "EPSG:2154"
        for item in layers.communes.getFeatures():
            assert item.geometry().isMultipart()
            assert item.geometry().area() == pytest.approx(SIDE**2, rel=1e-6)

    def test_without_neighbours(self, qgis_app: object, folder: Path) -> None:
        layers = build(folder, "COM:35000", neighbours=False)
        assert roles(layers) == {"35000": "territoire"}
        assert layers.territory.neighbours == ()

    def test_provenance_names_the_files_used(self, qgis_app: object, folder: Path) -> None:
        files = {line.file for line in build(folder, "COM:35000").provenance}
        assert files == {"communes_2024.geojson", "EPCI_2024.csv"}

    def test_invalid_shapes_are_repaired(self, qgis_app: object, folder: Path) -> None:
        x, y = ORIGIN
        bow = [[x, y], [x + SIDE, y + SIDE], [x + SIDE, y], [x, y + SIDE], [x, y]]
        write_contours(folder / "communes_2024.geojson", [("35000", "Nœud", [bow])])
        shape = next(build(folder, "COM:35000").communes.getFeatures()).geometry()
        assert shape.isGeosValid()
        assert shape.area() == pytest.approx(SIDE**2 / 2, rel=1e-6)


class TestOlderContours:
    CHANGES = (
        "MOD,DATE_EFF,TYPECOM_AV,COM_AV,LIBELLE_AV,TYPECOM_AP,COM_AP,LIBELLE_AP\n"
        "32,2021-01-01,COM,35000,Commune 00,COM,35000,Commune nouvelle\n"
        "32,2021-01-01,COM,35001,Commune 10,COM,35000,Commune nouvelle\n"
        "32,2021-01-01,COM,35001,Commune 10,COMD,35001,Commune 10\n"
    )

    def test_a_recent_list_without_the_place_is_completed_by_an_older_one(
        self, qgis_app: object, folder: Path
    ) -> None:
        (folder / "changes.csv").write_text(self.CHANGES)
        recent = [("35200", "Commune 02", [ring(0, 2)]), ("35000", "Commune 00", [ring(0, 0, 2)])]
        write_contours(folder / "communes_2025.geojson", recent)
        layers = build(folder, "COM:35001,35002", neighbours=False)
        areas = {i["codgeo"]: i.geometry().area() for i in layers.communes.getFeatures()}
        # the communes of before 2021 are put together, without the line between them
        assert areas == {
            "35000": pytest.approx(2 * SIDE**2, rel=1e-6),
            "35002": pytest.approx(SIDE**2, rel=1e-6),
        }
        for item in layers.communes.getFeatures():
            assert len(item.geometry().asGeometryCollection()) == 1
        assert layers.geography.cog == 2025

    def test_parts_that_do_not_quite_meet_leave_no_sliver(
        self, qgis_app: object, folder: Path
    ) -> None:
        from coodiag.coodiag_plugin.qgis_bridge.commune_shapes import joined

        left = QgsGeometry.fromWkt("MultiPolygon(((0 0, 100 0, 100.01 50, 100 100, 0 100, 0 0)))")
        right = QgsGeometry.fromWkt(
            "MultiPolygon(((100 0, 200 0, 200 100, 100 100, 100.02 50, 100 0)))"
        )
        whole = joined([left, right])
        assert whole.isMultipart()
        assert len(whole.asMultiPolygon()) == 1
        assert len(whole.asMultiPolygon()[0]) == 1
        assert whole.area() == pytest.approx(20_000, abs=1)


class TestArrondissements:
    def test_contours_by_arrondissement_give_the_commune(
        self, qgis_app: object, tmp_path: Path
    ) -> None:
        shapes = [(f"751{i:02d}", f"Paris {i}", [ring(i, 0)]) for i in range(1, 21)]
        write_contours(tmp_path / "communes_2024.geojson", shapes)
        (tmp_path / "e.csv").write_text(
            "CODGEO;LIBGEO;EPCI;LIBEPCI\n75056;Paris;200054781;Métropole du Grand Paris\n"
        )
        layers = build(tmp_path, "COM:75112")
        assert layers.territory.communes == ("75056",)
        shape = next(layers.communes.getFeatures()).geometry()
        assert shape.area() == pytest.approx(20 * SIDE**2, rel=1e-6)


class TestArea:
    def test_communes_with_a_point_or_half_inside(self, qgis_app: object, folder: Path) -> None:
        # 0.6 of column 0 and nothing else of weight: 0.4 of column 1 is left out
        area = polygons("Bassin de test", [ring(0.4, 0, 1.0, 2)])
        layers = build(folder, "", area=area)
        assert layers.territory.communes == ("35000", "35100")
        assert (layers.territory.name, layers.territory.kind) == ("Bassin de test", "AREA")
        assert layers.territory.references[0].name == "Coin Métropole"

    def test_any_projection(self, qgis_app: object, folder: Path) -> None:
        from coodiag.coodiag_plugin.qgis_bridge.layers import transformer

        flat = QgsGeometry.fromWkt(
            "Polygon((" + ", ".join(f"{x} {y}" for x, y in ring(0, 0, 2, 1)) + "))"
        )
        flat.transform(transformer(QgsCoordinateReferenceSystem("EPSG:2154"), "EPSG:4326"))
        points = [[p.x(), p.y()] for p in flat.asPolygon()[0]]
        layers = build(folder, "", area=polygons("Degrés", [points], "EPSG:4326"))
        assert layers.territory.communes == ("35000", "35001")

    def test_with_a_code_both_are_taken(self, qgis_app: object, folder: Path) -> None:
        layers = build(folder, "COM:35303", area=polygons("Zone", [ring(0, 0)]))
        assert layers.territory.communes == ("35303", "35000")

    def test_no_projection(self, qgis_app: object, folder: Path) -> None:
        with pytest.raises(InputError, match=r"Zone .* no coordinate reference system"):
            build(folder, "", area=polygons("Zone", [ring(0, 0)], ""))

    def test_nothing_inside(self, qgis_app: object, folder: Path) -> None:
        with pytest.raises(TerritoryError, match="No commune"):
            build(folder, "", area=polygons("Mer", [ring(100, 100)]))

    def test_no_polygon(self, qgis_app: object, folder: Path) -> None:
        with pytest.raises(InputError, match="no polygon"):
            build(folder, "", area=polygons("Vide", []))

    def test_neither_code_nor_area(self, qgis_app: object, folder: Path) -> None:
        with pytest.raises(InputError, match="No territory"):
            build(folder, "  ")


class TestRefusals:
    def test_missing_contours_are_counted_and_named(self, qgis_app: object, folder: Path) -> None:
        kept = [(code(c, 0), f"Commune {c}0", [ring(c, 0)]) for c in range(4)]
        write_contours(folder / "communes_2024.geojson", kept)
        with pytest.raises(TerritoryError) as caught:
            build(folder, "EPCI:200000017")
        assert "2 communes" in str(caught.value)
        assert "Commune 01 (35100), Commune 11 (35101)" in str(caught.value)

    def test_two_oceans(self, qgis_app: object, folder: Path) -> None:
        (folder / "e.csv").write_text("CODGEO;LIBGEO;EPCI;LIBEPCI\n97411;Ici;200000041;CC X\n")
        with pytest.raises(TerritoryError, match="legal projections"):
            build(folder, "COM:35000,97411")


def run(**parameters: Any) -> dict[str, str]:
    """Role by commune of the layer that ``coodiag:territory`` makes, as ``processing.run`` runs it."""
    context = QgsProcessingContext()
    algorithm = BuildTerritory().create()
    ready, why = algorithm.checkParameterValues(parameters, context)
    if not ready:
        raise QgsProcessingException(why)
    results, done = algorithm.run(parameters, context, QgsProcessingFeedback(), {}, False)
    assert done
    layer = context.takeResultLayer(results["COMMUNES"])
    return {item["codgeo"]: item["role"] for item in layer.getFeatures()}


class TestAlgorithm:
    def test_from_a_folder(self, qgis_app: object, folder: Path) -> None:
        found = run(
            TERRITORY="coin métropole",
            DATA_FOLDER=str(folder),
            NEIGHBOURS=False,
            COMMUNES="TEMPORARY_OUTPUT",
        )
        assert found == dict.fromkeys(("35000", "35001", "35100", "35101"), "territoire")

    def test_from_polygons(self, qgis_app: object, folder: Path) -> None:
        found = run(
            AREA=polygons("Zone", [ring(3, 3)]),
            DATA_FOLDER=str(folder),
            NEIGHBOURS=True,
            COMMUNES="TEMPORARY_OUTPUT",
        )
        around = dict.fromkeys(("35302", "35203", "35202"), "voisin")
        assert found == {"35303": "territoire", **around}

    @pytest.mark.parametrize(
        ("parameters", "sentence"),
        [
            ({"SOURCE": "folder", "DATA_FOLDER": ""}, "DATA_FOLDER"),
            ({"DATA_FOLDER": "/nowhere/at/all"}, "does not exist"),
            ({"TERRITORY": ""}, "No territory"),
            ({"TERRITORY": "EPCI:12"}, "is not a EPCI code"),
        ],
    )
    def test_refused_before_running(
        self, qgis_app: object, folder: Path, parameters: dict[str, str], sentence: str
    ) -> None:
        good = {
            "TERRITORY": "COM:35000",
            "DATA_FOLDER": str(folder),
            "COMMUNES": "TEMPORARY_OUTPUT",
        }
        with pytest.raises(QgsProcessingException, match=sentence):
            run(**{**good, **parameters})

    def test_an_unknown_commune_stops_the_run_with_its_code(
        self, qgis_app: object, folder: Path
    ) -> None:
        context = QgsProcessingContext()
        parameters = {
            "TERRITORY": "COM:35999",
            "DATA_FOLDER": str(folder),
            "COMMUNES": "TEMPORARY_OUTPUT",
        }
        with pytest.raises(QgsProcessingException, match="35999"):
            BuildTerritory().create().run(parameters, context, QgsProcessingFeedback(), {}, False)
