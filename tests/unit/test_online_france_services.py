"""France services on data.gouv.fr: both forms of the columns, the right file, what is written."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.errors import SourceError
from coodiag.coodiag_plugin.sources.folder import scan
from coodiag.coodiag_plugin.sources.online.france_services import (
    FILE,
    collect_france_services,
    recognised,
)
from coodiag.coodiag_plugin.sources.web.client import ServiceError
from coodiag.tests.servers.base import Response
from coodiag.tests.servers.france_services import HEADER, OTHER, FranceServicesServer
from coodiag.tests.servers.world import World
from coodiag.tests.unit.inclusion_samples import Desk, scope_of

SERVICE = "data_gouv"


def collected(folder: Path, world: World, server: FranceServicesServer) -> Desk:
    desk = Desk(folder, SERVICE, server.url)
    collect_france_services(desk.web, scope_of(list(world.communes)), desk.depot, desk.progress)
    return desk


def lines(desk: Desk) -> list[dict[str, str]]:
    text = (desk.depot.folder / FILE).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter=";"))


def test_the_houses_of_the_communes_are_written_with_their_points(
    tmp_path: Path, world: World
) -> None:
    with FranceServicesServer(world) as server:
        desk = collected(tmp_path, world, server)
    codes = [item["insee_com"] for item in lines(desk)]
    assert codes == sorted(world.communes)[::5], "the house from elsewhere is left out"
    assert all(item["longitude"] and item["latitude"] for item in lines(desk))


def test_both_forms_of_the_columns_give_the_same_table(tmp_path: Path, world: World) -> None:
    with FranceServicesServer(world) as server:
        known = lines(collected(tmp_path / "a", world, server))
    with FranceServicesServer(world, form="other") as server:
        other = lines(collected(tmp_path / "b", world, server))
    assert known == other


def test_columns_are_found_among_both_headers() -> None:
    for header in (HEADER.split(";"), OTHER.split(",")):
        assert set(recognised(header)) == {
            "id_fs", "lib_fs", "insee_com", "lib_com", "format_fs", "longitude", "latitude",
        }  # fmt: skip


def test_neither_contacts_nor_addresses_are_written(tmp_path: Path, world: World) -> None:
    with FranceServicesServer(world) as server:
        desk = collected(tmp_path, world, server)
    content = b"".join(desk.written().values()).decode()
    for word in ("exemple.invalid", "0200000000", "Imaginaire", "09:00"):
        assert word not in content


def test_the_source_has_the_day_and_licence_of_the_resource(tmp_path: Path, world: World) -> None:
    with FranceServicesServer(world) as server:
        desk = collected(tmp_path, world, server)
    (file,) = scan(desk.depot.folder).files
    assert file.dataset == "france_services"
    source = json.loads(desk.written()[f".{FILE}.source"])
    assert source["licence"] == "Licence Ouverte 2.0"
    assert source["vintage"].split() == ["1er", "octobre", "2026"]
    assert source["producer"] == "Agence nationale de la cohésion des territoires"


def test_columns_that_nobody_knows_are_refused_with_what_was_seen(
    tmp_path: Path, world: World
) -> None:
    with FranceServicesServer(world, form="changed") as server:
        desk = Desk(tmp_path, SERVICE, server.url)
        with pytest.raises(SourceError, match="colonne_a, colonne_b"):
            collect_france_services(
                desk.web, scope_of(list(world.communes)), desk.depot, desk.progress
            )
    assert desk.written() == {}


def test_a_data_set_that_is_gone_is_told(tmp_path: Path, world: World) -> None:
    with FranceServicesServer(world) as server:
        server.script(*[Response.of_json({"message": "Dataset has been deleted"}, 410)] * 3)
        desk = Desk(tmp_path, SERVICE, server.url)
        with pytest.raises(ServiceError, match="deleted"):
            collect_france_services(desk.web, scope_of(["53918"]), desk.depot, desk.progress)


def test_communes_without_a_house_write_no_file(tmp_path: Path, world: World) -> None:
    with FranceServicesServer(world) as server:
        desk = Desk(tmp_path, SERVICE, server.url)
        collect_france_services(desk.web, scope_of(["53902"]), desk.depot, desk.progress)
    assert desk.written() == {}
    assert any("0 houses in the communes" in said for said in desk.progress.said)


def test_the_real_houses_keep_their_names(tmp_path: Path, world: World, real_data: Path) -> None:
    """Names and communes of the real list of 2025, in the form that the file has."""
    path = real_data / "expected" / "portrait" / "france-services-by-commune.json"
    if not path.is_file():
        pytest.skip(f"not there: {path.name}")
    expected = json.loads(path.read_text(encoding="utf-8"))
    rows = [
        f"{code}-{rank};{label};;;;{code};;;;;;;"
        for code, known in expected.items()
        for rank, label in enumerate(known["labels"])
    ]
    content = "\r\n".join([HEADER, *rows, ""]).encode("utf-8-sig")
    with FranceServicesServer(world) as server:
        server._houses = lambda: content  # type: ignore[method-assign]
        desk = Desk(tmp_path, SERVICE, server.url)
        collect_france_services(desk.web, scope_of(list(expected)), desk.depot, desk.progress)
    found: dict[str, list[str]] = {}
    for item in lines(desk):
        found.setdefault(item["insee_com"], []).append(item["lib_fs"])
    assert {code: sorted(known["labels"]) for code, known in expected.items()} == {
        code: sorted(labels) for code, labels in found.items()
    }
