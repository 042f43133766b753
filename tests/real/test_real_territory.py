"""Territories built from real files as published, several vintages side by side."""

from __future__ import annotations

import csv
import time
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.errors import TerritoryError
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.qgis_bridge.territory import TerritoryLayers, build_territory
from coodiag.coodiag_plugin.sources.folder import Inventory, read_columns, scan
from coodiag.coodiag_plugin.sources.geography import Geography, load_geography
from qgis.core import QgsGeometry, QgsVectorLayer

pytestmark = pytest.mark.real

RENNES, REDON = "243500139", "243500741"


@pytest.fixture(scope="module")
def inventory(real_data: Path) -> Inventory:
    return scan(real_data)


@pytest.fixture(scope="module")
def geography(inventory: Inventory) -> Geography:
    return load_geography(inventory)


def banatic(folder: Path, epci: str) -> set[str]:
    with (folder / "cog/banatic_perimetre_epci_fp_2025.csv").open(encoding="cp1252") as stream:
        return {
            row["insee"] for row in csv.DictReader(stream, delimiter=";") if row["siren"] == epci
        }


class TestInventory:
    def test_everything_is_either_used_or_put_aside(
        self, inventory: Inventory, real_data: Path
    ) -> None:
        seen = {str(file.path.relative_to(real_data)) for file in inventory.files}
        aside = {name for name, _ in inventory.ignored}
        for path in real_data.rglob("*"):
            name = path.relative_to(real_data).as_posix()
            if path.is_file():
                assert name in seen or any(item == name or item.startswith(name + "/") for item in aside), name  # fmt: skip
        assert all(reason for _, reason in inventory.ignored)

    def test_families(self, inventory: Inventory) -> None:
        found = {
            file.path.name: file.dataset
            for file in inventory.files
            if file.dataset != "modalites"  # the dictionary beside a table in its zip
        }
        assert found["FILO2019_DISP_COM.csv"] == "filosofi_com"
        assert found["FILO2019_DISP_EPCI.csv"] == "filosofi_epci"
        assert found["FILO2019_DISP_DEP.csv"] == "filosofi_dep"
        assert found["FILO2019_DISP_REG.csv"] == "filosofi_reg"
        assert found["base_cc_comparateur_csv.zip"] == "comparateur"
        assert found["data_CAF_2020_IRIS.csv"] == "caf_iris"
        assert found["departements.geojson"] == "contours_departements"
        assert found["epci_35_geobretagne.geojson"] == "contours_epci"
        assert found["contours_iris_67.gpkg"] == "contours_iris"
        assert found["redon_centre.osm"] == "osm_xml"
        assert found["adresses-93010_part.csv"] == "ban"
        assert not {
            name for name in found if name.startswith(("search", "siae", "communes_comp", "wfs"))
        }

    def test_the_file_that_lost_its_zeros_is_never_preferred(self, inventory: Inventory) -> None:
        names = [file.path.name for file in inventory.of("cog_epci")]
        assert names == ["EPCI_2020.csv", "EPCI_codes_as_int_dep01_14_35.csv"]

    def test_scan_is_quick(self, real_data: Path) -> None:
        from coodiag.coodiag_plugin.sources import folder

        folder._seen.clear()
        start = time.perf_counter()
        scan(real_data)
        assert time.perf_counter() - start < 5

    def test_sums_of_the_manifest_through_the_reader(
        self, inventory: Inventory, geography: Geography
    ) -> None:
        zipped = next(f for f in inventory.of("comparateur") if f.member)
        members = geography.members(f"EPCI:{RENNES}")
        table = read_columns(zipped, ["NBMENFISC19"], keep=members)
        assert len(table) == 43
        assert table["NBMENFISC19"].astype(float).sum() == 190_946


class TestGeography:
    @pytest.mark.parametrize(("epci", "count"), [(RENNES, 43), (REDON, 31)])
    def test_members_are_those_of_banatic(
        self, geography: Geography, real_data: Path, epci: str, count: int
    ) -> None:
        assert set(geography.members(f"EPCI:{epci}")) == banatic(real_data, epci)
        assert len(geography.members(f"EPCI:{epci}")) == count

    def test_the_list_of_2023_is_told_by_its_codes(self, geography: Geography) -> None:
        # Fleurigné (35112) merged on 1 January 2024 and is still on the map called 2024
        assert [item.year for item in geography.contours] == [2023, 2018, 2018]
        # no table of figures is later: the contours keep their year, Fleurigné its old EPCI
        assert geography.cog == 2023
        assert geography.name("35112") == "Fleurigné"
        assert geography.communes.at["35112", "epci"] == "200072452"

    def test_redon_lies_in_three_departements_and_two_regions(self, geography: Geography) -> None:
        territory = geography.resolve(f"EPCI:{REDON}")
        assert [f"{u.level}:{u.code}" for u in territory.references[:-1]] == [
            "DEP:35",
            "DEP:56",
            "DEP:44",
            "REG:53",
            "REG:52",
        ]

    def test_names(self, geography: Geography) -> None:
        assert geography.resolve("Rennes Métropole").expression == "Rennes Métropole"
        assert geography.resolve("rennes metropole").name == "Rennes Métropole"
        assert geography.resolve("Redon").communes == ("35236",)
        assert len(geography.resolve("redon agglomeration").communes) == 31

    def test_renumbered_commune(self, geography: Geography) -> None:
        assert geography.resolve("COM:27058").communes == ("27676",)
        assert geography.changes.current("27058", 2021, 2023) == ("27676",)

    def test_whole_and_partial_departements(self, geography: Geography) -> None:
        assert len(geography.resolve("DEP:35").communes) == 333
        with pytest.raises(TerritoryError, match="8 communes of DEP:44"):
            geography.resolve("DEP:44")

    def test_comparateur_codes_all_find_their_commune(
        self, inventory: Inventory, geography: Geography
    ) -> None:
        file = next(
            f for f in inventory.of("comparateur") if f.path.name == "base_cc_comparateur.CSV"
        )
        codes = read_columns(file, ["CODGEO"])["CODGEO"]
        current = {
            c for t in geography.changes.convert(codes, 2021, geography.cog).values() for c in t
        }
        assert current == {c for c in geography.communes.index if c[:2] != "01"}


def built(inventory: Inventory, expression: str, **options: Any) -> TerritoryLayers:
    return build_territory(expression, inventory, progress=Silent(), **options)


class TestShapes:
    @pytest.mark.parametrize(("epci", "limit"), [(RENNES, 0.012), (REDON, 0.008)])
    def test_union_is_the_published_epci(
        self, qgis_app: object, inventory: Inventory, real_data: Path, epci: str, limit: float
    ) -> None:
        from coodiag.coodiag_plugin.qgis_bridge.layers import transformer

        communes = built(inventory, f"EPCI:{epci}", neighbours=False).communes
        union = QgsGeometry.unaryUnion([item.geometry() for item in communes.getFeatures()])
        layer = QgsVectorLayer(str(real_data / "admin/epci_35_geobretagne.geojson"), "epci", "ogr")
        official = next(
            QgsGeometry(item.geometry())
            for item in layer.getFeatures()
            if item["code_epci"] == epci
        )
        official.transform(transformer(layer.crs(), "EPSG:2154"))
        assert union.symDifference(official).area() / official.area() < limit
        assert all(item.geometry().isGeosValid() for item in communes.getFeatures())

    def test_neighbours_touch_and_are_not_inside(
        self, qgis_app: object, inventory: Inventory
    ) -> None:
        layers = built(inventory, f"EPCI:{RENNES}")
        assert len(layers.territory.neighbours) == 38
        assert not set(layers.territory.neighbours) & set(layers.territory.communes)
        names = {i["nom"] for i in layers.communes.getFeatures() if i["role"] == "voisin"}
        assert {"Châteaugiron", "Bédée", "Liffré"} <= names
        used = {line.file for line in layers.provenance}
        assert "communes_2024_magrit.geojson" in used
        assert not any("codes_as_int" in name for name in used)

    def test_contours_of_2018_are_brought_to_2024(
        self, qgis_app: object, inventory: Inventory, real_data: Path, tmp_path: Path
    ) -> None:
        for name in ("admin/communes_35_france-geojson.geojson", "cog/mouvements_communes_2024.csv", "cog/EPCI_2020.csv", "insee/base_cc_comparateur.CSV"):  # fmt: skip
            (tmp_path / Path(name).name).symlink_to(real_data / name)
        old = built(scan(tmp_path), "DEP:35", neighbours=False)
        new = built(inventory, "DEP:35", neighbours=False)
        assert old.geography.contours[0].year == 2018
        assert old.geography.cog == 2024
        merged = {"35112"}  # on 1 January 2024, after the list of the other contours
        assert set(old.territory.communes) == set(new.territory.communes) - merged
        before = {item["codgeo"]: item.geometry() for item in old.communes.getFeatures()}
        for item in new.communes.getFeatures():
            if item["codgeo"] in ("35112", "35062"):
                continue
            shape = before[item["codgeo"]]
            apart = shape.symDifference(item.geometry()).area() / shape.area()
            assert apart < 0.15, (item["nom"], apart)  # two generalisations of the same limits
