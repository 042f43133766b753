"""The demonstration asked of the services: the same territory as from its official folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.demo.generate import DemoPaths
from coodiag.coodiag_plugin.qgis_bridge.departements import departement_layer
from coodiag.coodiag_plugin.qgis_bridge.layers import records
from coodiag.coodiag_plugin.qgis_bridge.roads import load_graph, open_roads
from coodiag.coodiag_plugin.qgis_bridge.territory import TerritoryLayers, build_territory
from coodiag.coodiag_plugin.sources.folder import scan
from coodiag.coodiag_plugin.sources.online import wfs
from coodiag.coodiag_plugin.sources.online.depot import Depot
from coodiag.coodiag_plugin.sources.online.geography import collect_geography
from coodiag.coodiag_plugin.sources.online.scope import Scope
from coodiag.tests.servers.geo_api import GeoApiServer
from coodiag.tests.servers.melodi import MelodiServer
from coodiag.tests.servers.wfs import WfsServer
from coodiag.tests.servers.world import World
from coodiag.tests.unit import online_samples as samples
from coodiag.tests.unit.web_samples import Listener
from qgis.core import QgsApplication


@dataclass
class Collected:
    folder: Path
    scope: Scope
    heard: Listener


@pytest.fixture(scope="module")
def collected(
    qgis_app: QgsApplication, demo: DemoPaths, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Collected]:
    place = tmp_path_factory.mktemp("geographie")
    world = World(demo.data_folder)
    with GeoApiServer(world) as list_server, WfsServer(world) as wfs_server:
        heard = Listener()
        web = samples.web(place, heard, geo_api=list_server, wfs=wfs_server)
        depot = Depot(place / "folder")
        scope = collect_geography(web, demo.territory, None, (), depot, heard)
        wfs.collect_roads(web, scope, depot, heard)
        wfs.collect_iris(web, scope, depot, heard)
    yield Collected(place / "folder", scope, heard)


def territory(folder: Path, expression: str) -> TerritoryLayers:
    return build_territory(expression, scan(folder), progress=Silent())


@pytest.fixture(scope="module")
def online(collected: Collected, demo: DemoPaths) -> TerritoryLayers:
    return territory(collected.folder, demo.territory)


@pytest.fixture(scope="module")
def official(qgis_app: QgsApplication, demo: DemoPaths) -> TerritoryLayers:
    return territory(demo.data_folder, demo.territory)


def table(found: TerritoryLayers) -> dict[str, dict[str, Any]]:
    return {row["codgeo"]: row for row, _ in records(found.communes)}


def test_the_same_communes_names_and_neighbours(
    online: TerritoryLayers, official: TerritoryLayers, collected: Collected
) -> None:
    ours, theirs = table(online), table(official)
    assert ours == theirs and len(ours) > 50
    assert online.territory.neighbours == official.territory.neighbours
    assert online.territory.name == official.territory.name
    assert online.territory.references == official.territory.references
    assert not collected.heard.warned


def test_the_same_shapes(online: TerritoryLayers, official: TerritoryLayers) -> None:
    shapes = {row["codgeo"]: shape for row, shape in records(official.communes)}
    for row, shape in records(online.communes):
        other = shapes[row["codgeo"]]
        assert shape.area() == pytest.approx(other.area(), rel=1e-9)
        assert shape.symDifference(other).area() < 1


def test_the_scope_holds_what_the_run_needs(
    collected: Collected, online: TerritoryLayers, official: TerritoryLayers
) -> None:
    scope = collected.scope
    assert set(scope.territory) == set(official.territory.communes)
    assert set(official.territory.neighbours) <= set(scope.communes)
    inside = [row for row in table(official).values() if row["role"] == "territoire"]
    assert set(scope.epcis) == {row["epci"] for row in inside}
    assert scope.departments == ("53",) and scope.regions == ("52",)
    assert set(table(online)) <= set(scope.communes)
    assert online.territory.cog == 2026


def test_an_old_code_is_that_of_its_commune(collected: Collected, demo: DemoPaths) -> None:
    events = World(demo.data_folder).rows("v_mvt_commune_2024.csv", delimiter=",")
    former = next(
        row["COM_AV"]
        for row in events
        if row["TYPECOM_AP"] == "COM" and row["COM_AP"] != row["COM_AV"]
    )
    ours = territory(collected.folder, f"COM:{former}").territory
    theirs = territory(demo.data_folder, f"COM:{former}").territory
    assert ours.communes == theirs.communes != (former,)


def test_an_employment_zone_has_the_communes_of_the_official_table(
    official: TerritoryLayers, demo: DemoPaths, tmp_path: Path
) -> None:
    """Its members come from the API Melodi."""
    world = World(demo.data_folder)
    zone = official.geography.communes["ze"].iloc[0]
    with GeoApiServer(world) as a, WfsServer(world) as b, MelodiServer(world) as c:
        web = samples.web(tmp_path, geo_api=a, wfs=b, melodi=c)
        depot = Depot(tmp_path / "folder")
        scope = collect_geography(web, f"ZE:{zone}", None, (), depot, Listener())
    assert set(scope.territory) == set(official.geography.members(f"ZE:{zone}"))
    found = territory(depot.folder, f"ZE:{zone}").territory
    assert set(found.communes) == set(scope.territory) and found.kind == "ZE"


def test_the_provenance_names_both_services(online: TerritoryLayers) -> None:
    services = {source.service for source in online.provenance}
    assert {"Géoplateforme, service WFS"} <= services
    assert {source.cog for source in online.provenance} == {"2026"}


def test_the_locator_has_its_outline(collected: Collected, online: TerritoryLayers) -> None:
    layer = departement_layer(scan(collected.folder), online.geography, online.territory, Silent())
    assert layer is not None
    assert [(row["code"], row["nom"]) for row, _ in records(layer)] == [
        ("53", "Département fictif")
    ]


def test_the_roads_make_the_same_graph(collected: Collected, demo: DemoPaths) -> None:
    ours = load_graph(
        open_roads(collected.folder / "troncon_de_route.geojson"), "EPSG:2154", "car", Silent()
    )
    theirs = load_graph(
        open_roads(demo.data_folder / "troncon_de_route.gpkg"), "EPSG:2154", "car", Silent()
    )
    assert len(ours.u) == len(theirs.u) and len(ours.xy) == len(theirs.xy)
    assert ours.length.sum() == pytest.approx(theirs.length.sum(), rel=1e-7)
    assert ours.main_share == pytest.approx(theirs.main_share, rel=1e-7)
