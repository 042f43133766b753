"""data·inclusion: key, pages, duplicates, services, and what is never written."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.errors import SourceError
from coodiag.coodiag_plugin.sources.folder import scan
from coodiag.coodiag_plugin.sources.online.data_inclusion import (
    FILE,
    collect_structures,
    merged,
)
from coodiag.coodiag_plugin.sources.web.client import Request, ServiceError
from coodiag.coodiag_plugin.sources.web.faults import Kind
from coodiag.tests.servers.base import Response, Seen
from coodiag.tests.servers.data_inclusion import TOKEN, DataInclusionServer
from coodiag.tests.servers.world import World
from coodiag.tests.unit.inclusion_samples import Desk, scope_of

SERVICE = "data_inclusion"
KEYS = {SERVICE: TOKEN}


def collected(folder: Path, world: World, server: DataInclusionServer) -> Desk:
    desk = Desk(folder, SERVICE, server.url, KEYS)
    collect_structures(desk.web, scope_of(list(world.communes)), desk.depot, desk.progress)
    return desk


def lines(desk: Desk) -> list[dict[str, str]]:
    text = (desk.depot.folder / FILE).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter=";"))


def test_duplicates_are_one_row_completed_by_each_other(tmp_path: Path, world: World) -> None:
    with DataInclusionServer(world) as server:
        desk = collected(tmp_path, world, server)
        twins = [item for item in server.structures if item["doublons"]]
        assert len(lines(desk)) == len(server.structures) - len(twins) and twins
    double = next(item for item in lines(desk) if item["sources"] == "dora|soliguide")
    assert double["id"].startswith("dora--"), "the best quality gives its name"
    assert double["siret"], "the other one gives the SIRET"
    assert double["longitude"] and double["reseaux_porteurs"]


def test_services_give_their_themes_to_their_structure(tmp_path: Path, world: World) -> None:
    with DataInclusionServer(world) as server:
        desk = collected(tmp_path, world, server)
    assert all(item["types_services"] == "accompagnement" for item in lines(desk))
    assert lines(desk)[0]["thematiques"].split("|") == [
        "mobilite--etre-accompagne",
        "se-former--utiliser-le-numerique",
    ]
    assert any("1 services" in said and "elsewhere" in said for said in desk.progress.said)


def test_neither_contacts_nor_addresses_are_written(tmp_path: Path, world: World) -> None:
    with DataInclusionServer(world) as server:
        desk = collected(tmp_path, world, server)
    content = b"".join(desk.written().values()).decode()
    for word in ("exemple.invalid", "0200000000", "Imaginaire", "Mo-Fr", TOKEN):
        assert word not in content


def test_structures_of_other_communes_are_left_out(tmp_path: Path, world: World) -> None:
    wanted = sorted(world.communes)[:5]
    with DataInclusionServer(world) as server:
        desk = Desk(tmp_path, SERVICE, server.url, KEYS)
        collect_structures(desk.web, scope_of(wanted), desk.depot, desk.progress)
    assert {item["code_insee"] for item in lines(desk)} <= set(wanted)


def test_pages_smaller_than_asked_give_the_same_file(tmp_path: Path, world: World) -> None:
    with DataInclusionServer(world) as server:
        whole = collected(tmp_path / "a", world, server).written()
    with DataInclusionServer(world, largest=7) as server:
        paged = collected(tmp_path / "b", world, server).written()
        assert len(server.log) > 10
    assert paged == whole


def test_the_written_file_is_recognised(tmp_path: Path, world: World) -> None:
    with DataInclusionServer(world) as server:
        desk = collected(tmp_path, world, server)
    (file,) = scan(desk.depot.folder).files
    assert file.dataset == "data_inclusion" and file.key == "code_insee"


def test_without_a_key_one_sentence_and_no_request(tmp_path: Path, world: World) -> None:
    with DataInclusionServer(world) as server:
        desk = Desk(tmp_path, SERVICE, server.url)
        with pytest.raises(ServiceError, match="needs a key") as caught:
            collect_structures(desk.web, scope_of(["53918"]), desk.depot, desk.progress)
        assert server.log == []
    assert caught.value.kind is Kind.NO_KEY
    assert desk.written() == {}


@pytest.mark.parametrize("status", [401, 403])
def test_a_key_that_is_refused_is_told(tmp_path: Path, world: World, status: int) -> None:
    with DataInclusionServer(world, expired=True) as server:
        if status == 401:
            server.script(Response.of_json({"detail": "Not authenticated"}, 401))
        desk = Desk(tmp_path, SERVICE, server.url, KEYS)
        with pytest.raises(ServiceError, match="refuses the key") as caught:
            collect_structures(desk.web, scope_of(["53918"]), desk.depot, desk.progress)
    assert (caught.value.kind, caught.value.status) == (Kind.KEY_REFUSED, status)
    assert TOKEN not in str(caught.value)


def test_both_shapes_of_422_are_told_in_their_words(tmp_path: Path, world: World) -> None:
    with DataInclusionServer(world) as server:
        desk = Desk(tmp_path, SERVICE, server.url, KEYS)
        with pytest.raises(ServiceError, match="`code_commune` does not exist"):
            desk.web.json(Request.get(SERVICE, "structures", {"code_commune": "99999"}))
        with pytest.raises(ServiceError, match=r"query\.size"):
            desk.web.json(Request.get(SERVICE, "structures", {"size": 20_000}))
        with pytest.raises(ServiceError, match="Not Found"):
            desk.web.json(Request.get(SERVICE, "ailleurs"))


def test_a_total_that_does_not_add_up_is_refused(tmp_path: Path, world: World) -> None:
    def repeated(seen: Seen) -> Response:
        items = server.structures[:7]
        return Response.of_json({"items": items, "total": 14, "page": 1, "size": 7, "pages": 2})

    with DataInclusionServer(world) as server:
        server.script(repeated, repeated)
        desk = Desk(tmp_path, SERVICE, server.url, KEYS)
        with pytest.raises(SourceError, match="7 different rows, 14 announced"):
            collect_structures(desk.web, scope_of(["53918"]), desk.depot, desk.progress)
    assert desk.written() == {}


def test_a_page_shorter_than_told_is_asked_for_again(tmp_path: Path, world: World) -> None:
    def short(seen: Seen) -> Response:
        items = server.structures[:3]
        total = len(server.structures)
        return Response.of_json({"items": items, "total": total, "page": 1, "size": 5000})

    with DataInclusionServer(world) as server:
        server.script(short)
        desk = collected(tmp_path, world, server)
    assert len(lines(desk)) > 3


def test_an_error_under_status_200_is_told(tmp_path: Path, world: World) -> None:
    with DataInclusionServer(world) as server:
        server.script(Response.of_json({"detail": "maintenance"}))
        desk = Desk(tmp_path, SERVICE, server.url, KEYS)
        with pytest.raises(ServiceError, match="maintenance"):
            collect_structures(desk.web, scope_of(["53918"]), desk.depot, desk.progress)


def told(name: str, source: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "source": source, "nom": name, "doublons": [], **more}


@pytest.mark.parametrize("form", ["dora--1", "1"])
def test_duplicates_are_known_by_both_forms_of_their_id(form: str) -> None:
    one = told("dora--1" if form == "dora--1" else "1", "dora", score_qualite=0.4)
    two = told("soliguide--2", "soliguide", score_qualite=0.9)
    two["doublons"] = [{"source": "dora", "id": form}]
    three = told("carif--3", "carif", doublons=[{"source": "ailleurs", "id": "ailleurs--9"}])
    groups = merged([one, two, three])
    assert sorted(len(group) for group in groups) == [1, 2]
    assert next(group for group in groups if len(group) == 2)[0] is two


def test_duplicates_of_duplicates_are_one_structure() -> None:
    chain = [
        told(f"s--{rank}", "s", doublons=[{"source": "s", "id": f"s--{rank + 1}"}])
        for rank in range(5)
    ]
    assert [len(group) for group in merged(chain)] == [5]
