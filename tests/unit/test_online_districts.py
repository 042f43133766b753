"""Priority neighbourhoods of a territory, cut out of the national archive."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.errors import SourceError
from coodiag.coodiag_plugin.sources.citations import read_citation
from coodiag.coodiag_plugin.sources.folder import read_columns, scan
from coodiag.coodiag_plugin.sources.online.depot import Depot
from coodiag.coodiag_plugin.sources.online.districts import collect_districts, communes_of
from coodiag.coodiag_plugin.sources.online.scope import Scope
from coodiag.tests.servers.qpv import MEMBER, STORED, QpvServer, archive, features
from coodiag.tests.servers.world import World
from coodiag.tests.unit.online_world import demo_scope, web_on


def fetched(server: QpvServer, folder: Path, scope: Scope) -> Depot:
    depot = Depot(folder / "data")
    web = web_on(folder / "cache", data_gouv=server.url)
    collect_districts(web, scope, depot, web.progress)
    return depot


def scope_of(*communes: str) -> Scope:
    return Scope(communes, communes, (), ("53",), ("52",), ((-1.0, 47.0, 0.0, 49.0),))


@pytest.mark.parametrize("listed", [True, False])
def test_neighbourhoods_of_the_communes(world: World, tmp_path: Path, listed: bool) -> None:
    with QpvServer(world, listed=listed) as server:
        depot = fetched(server, tmp_path, demo_scope(world))
    file = scan(depot.folder).files[0]
    assert (file.dataset, file.path.name) == ("contours_qpv", "quartiers_prioritaires.geojson")
    codes = read_columns(file, ["code_qp", "lib_qp"])
    assert codes.to_numpy().tolist() == [["QN05301M", "Quartier du Songe"], ["QN05302M", "Quartier du Rêve"]]  # fmt: skip
    truth = {item["properties"]["code_qp"]: item["geometry"] for item in features(world)}
    written = json.loads(depot.files[0].read_text(encoding="utf-8"))["features"]
    assert all(item["geometry"] == truth[item["properties"]["code_qp"]] for item in written)
    note = read_citation(depot.files[0])
    assert note is not None and (note.vintage, note.licence) == ("2024", "Licence Ouverte 2.0")


def test_a_neighbourhood_over_two_communes_is_found_from_each(world: World, tmp_path: Path) -> None:
    both = features(world)[0]["properties"]["insee_com"].split(", ")
    for rank, code in enumerate(both):
        with QpvServer(world) as server:
            depot = fetched(server, tmp_path / str(rank), scope_of(code))
        assert "QN05302M" in depot.files[0].read_text(encoding="utf-8")


@pytest.mark.parametrize("code", ["75056", "75113"])
def test_paris_is_found_by_commune_or_arrondissement(
    world: World, tmp_path: Path, code: str
) -> None:
    with QpvServer(world) as server:
        depot = fetched(server, tmp_path, scope_of(code))
    assert "QN07501M" in depot.files[0].read_text(encoding="utf-8")


def test_corsica(world: World, tmp_path: Path) -> None:
    with QpvServer(world) as server:
        depot = fetched(server, tmp_path, scope_of("2A004"))
    assert "QN2A001M" in depot.files[0].read_text(encoding="utf-8")


def test_a_territory_without_any_leaves_no_file(world: World, tmp_path: Path) -> None:
    with QpvServer(world) as server:
        depot = fetched(server, tmp_path, scope_of("35001"))
    assert depot.files == [] and not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("told", "codes"),
    [
        ("13055, 13070", {"13055", "13070"}),
        ("13055,13070", {"13055", "13070"}),
        ("13055;13070 / 2A004", {"13055", "13070", "2A004"}),
        ("14118", {"14118"}),
        (["14118", "14119"], {"14118", "14119"}),
        (1053, {"01053"}),
        ("1053", {"01053"}),
        ("130700", set()),
        (None, set()),
    ],
)
def test_every_form_of_the_communes(told: Any, codes: set[str]) -> None:
    assert communes_of({"properties": {"insee_com": told}}) == codes


def zipped(name: str, content: bytes) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr(name, content)
    return made.getvalue()


def collection(**properties: Any) -> bytes:
    item = {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [[[652000.0, 6862000.0]]]}}  # fmt: skip
    return json.dumps({"type": "FeatureCollection", "features": [item]}).encode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (zipped("notice.pdf", b"%PDF"), "GeoJSON"),
        (zipped(MEMBER, b'{"type": "FeatureCollection", "features": ['), "Expecting value"),
        (zipped(MEMBER, b"[1, 2]"), "list indices"),
        (zipped(MEMBER, collection(nom="Quartier")), "code_qp, insee_com"),
        (zipped(MEMBER, collection(code_qp="QN00001M", insee_com="53901")), "WGS84"),
        (b"PK\x05\x06 cut", "Expecting value"),
    ],
)
def test_an_archive_that_cannot_be_used_is_told(
    world: World, tmp_path: Path, content: bytes, said: str
) -> None:
    with QpvServer(world, content=content) as server, pytest.raises(SourceError, match=said):
        fetched(server, tmp_path, scope_of("53901"))
    assert not (tmp_path / "data").exists()


def test_a_bare_geojson_serves_as_well(world: World, tmp_path: Path) -> None:
    with zipfile.ZipFile(BytesIO(archive(world))) as found:
        bare = found.read(MEMBER)
    with QpvServer(world) as server:
        expected = fetched(server, tmp_path / "a", demo_scope(world)).files[0].read_bytes()
    with QpvServer(world, content=bare) as server:
        assert fetched(server, tmp_path / "b", demo_scope(world)).files[0].read_bytes() == expected


def test_a_second_run_downloads_nothing(world: World, tmp_path: Path) -> None:
    with QpvServer(world) as server:
        first = fetched(server, tmp_path, demo_scope(world)).files[0].read_bytes()
        second = fetched(server, tmp_path, demo_scope(world)).files[0].read_bytes()
        assert server.paths().count(STORED) == 1
    assert first == second
