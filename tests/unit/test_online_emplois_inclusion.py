"""Les emplois de l’inclusion: pages, quota, refusals, what is written and what never is."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.errors import Cancelled, SourceError
from coodiag.coodiag_plugin.sources.folder import scan
from coodiag.coodiag_plugin.sources.online.asking import Asking
from coodiag.coodiag_plugin.sources.online.emplois_inclusion import (
    FILE,
    collect_siae,
    siae_of,
)
from coodiag.coodiag_plugin.sources.web.client import Request, ServiceError
from coodiag.tests.servers.base import Response, Seen
from coodiag.tests.servers.emplois_inclusion import EmploisInclusionServer, row, siret
from coodiag.tests.servers.recherche_entreprises import RechercheEntreprisesServer
from coodiag.tests.servers.world import World
from coodiag.tests.unit.inclusion_samples import Desk, scope_of

SERVICE = "emplois_inclusion"


def lines(desk: Desk) -> list[dict[str, str]]:
    text = (desk.depot.folder / FILE).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter=";"))


def collected(folder: Path, world: World, server: EmploisInclusionServer) -> Desk:
    """A whole collection; the Annuaire des entreprises answers too."""
    with RechercheEntreprisesServer(world) as companies:
        desk = Desk(folder, SERVICE, server.url, recherche_entreprises=companies.url)
        collect_siae(desk.web, scope_of(list(world.communes)), desk.depot, desk.progress)
    return desk


def test_every_enterprise_of_the_departement_is_written_once_by_type(
    tmp_path: Path, world: World
) -> None:
    with EmploisInclusionServer(world) as server:
        desk = collected(tmp_path, world, server)
        told = {(item["siret"], item["type"]) for item in server.rows}
    found = [(item["siret"], item["type"]) for item in lines(desk)]
    assert set(found) == told and len(found) == len(told)
    assert found == sorted(found)
    assert len({number for number, _ in found}) < len(found), "one SIRET under two types"


def test_points_come_from_the_directory_by_siret(tmp_path: Path, world: World) -> None:
    with EmploisInclusionServer(world) as server:
        desk = collected(tmp_path, world, server)
    placed = [item for item in lines(desk) if item["code_commune"]]
    assert placed and all(item["code_commune"] in world.communes for item in placed)
    assert any(not item["code_commune"] for item in lines(desk)), "invented SIRETs have none"


def test_a_directory_that_fails_leaves_the_list_and_is_said(tmp_path: Path, world: World) -> None:
    with EmploisInclusionServer(world) as server, RechercheEntreprisesServer(world) as companies:
        companies.script(*[Response.of_json({"erreur": "Paramètre inconnu."}, 400)] * 5)
        desk = Desk(tmp_path, SERVICE, server.url, recherche_entreprises=companies.url)
        collect_siae(desk.web, scope_of(list(world.communes)), desk.depot, desk.progress)
    assert len(lines(desk)) == len({(item["siret"], item["type"]) for item in server.rows})
    assert any("could not be located" in said for said in desk.progress.warned)


def test_neither_contacts_nor_addresses_are_written(tmp_path: Path, world: World) -> None:
    with EmploisInclusionServer(world) as server:
        desk = collected(tmp_path, world, server)
    content = b"".join(desk.written().values()).decode()
    for word in ("exemple.invalid", "0200000000", "rue Imaginaire", "courriel", "telephone"):
        assert word not in content


def test_the_written_file_is_recognised_and_keeps_its_source(tmp_path: Path, world: World) -> None:
    with EmploisInclusionServer(world) as server:
        desk = collected(tmp_path, world, server)
    (file,) = scan(desk.depot.folder).files
    assert (file.dataset, file.path.name) == ("siae", FILE)
    assert b"Plateforme de l" in desk.written()[f".{FILE}.source"]


@pytest.mark.parametrize("granted", [7, 20, 1000])
def test_pages_have_the_size_that_the_service_grants(
    tmp_path: Path, world: World, granted: int
) -> None:
    with EmploisInclusionServer(world, granted=granted, quota=None) as server:
        desk = Desk(tmp_path, SERVICE, server.url)
        rows = siae_of(Asking(desk.web, SERVICE), "53", desk.progress)
        assert len(rows) == len(server.rows)
        assert len(server.log) == -(-len(rows) // granted)


def test_the_documented_quota_is_never_exceeded(tmp_path: Path, world: World) -> None:
    """The clock of the client jumps over its waits: what counts is how long they were."""
    with EmploisInclusionServer(world, granted=3, quota=None) as server:
        desk = Desk(tmp_path, SERVICE, server.url)
        siae_of(Asking(desk.web, SERVICE), "53", desk.progress)
        requests = len(server.log)
    assert requests > 12
    assert requests <= 12 + 12 * desk.clock.slept / 60


def test_the_same_answers_give_the_same_bytes(tmp_path: Path, world: World) -> None:
    with EmploisInclusionServer(world) as server:
        first = collected(tmp_path / "a", world, server).written()
        server.log.clear()
        server.rows.reverse()
        second = collected(tmp_path / "b", world, server).written()
    assert first == second


def test_a_slowed_down_request_waits_and_goes_on(tmp_path: Path, world: World) -> None:
    with EmploisInclusionServer(world) as server:
        server.script(server.over_quota)
        desk = Desk(tmp_path, SERVICE, server.url)
        assert len(siae_of(Asking(desk.web, SERVICE), "53", desk.progress)) == len(server.rows)
    assert desk.clock.slept >= 34


def test_a_page_shorter_than_told_is_asked_for_again(tmp_path: Path, world: World) -> None:
    def short(seen: Seen) -> Response | None:
        if seen.param("page") == "1":
            return None
        return Response.of_json({"count": len(server.rows), "next": None, "results": []})

    with EmploisInclusionServer(world) as server:
        server.script(short, short)
        desk = Desk(tmp_path, SERVICE, server.url)
        rows = siae_of(Asking(desk.web, SERVICE), "53", desk.progress)
        assert len(rows) == len(server.rows)


def test_a_page_given_twice_is_refused(tmp_path: Path, world: World) -> None:
    def repeated(seen: Seen) -> Response:
        return Response.of_json(
            {"count": len(server.rows), "next": "?", "results": server.rows[: server.granted]}
        )

    with EmploisInclusionServer(world) as server:
        server.script(*[repeated] * 9)
        desk = Desk(tmp_path, SERVICE, server.url)
        with pytest.raises((SourceError, ServiceError)):
            siae_of(Asking(desk.web, SERVICE), "53", desk.progress)


def test_a_list_that_changes_on_the_way_is_refused(tmp_path: Path, world: World) -> None:
    def grown(seen: Seen) -> Response | None:
        if seen.param("page") == "2":
            server.rows.append(row(siret(998), "EI", "NOUVELLE", "53", "Demoville", ""))
        return None

    with EmploisInclusionServer(world) as server:
        server.script(grown, grown)
        desk = Desk(tmp_path, SERVICE, server.url)
        with pytest.raises(SourceError, match="incomplete"):
            siae_of(Asking(desk.web, SERVICE), "53", desk.progress)


def test_a_refusal_in_the_shape_of_a_list_is_told_in_its_words(
    tmp_path: Path, world: World
) -> None:
    with EmploisInclusionServer(world) as server:
        desk = Desk(tmp_path, SERVICE, server.url)
        with pytest.raises(ServiceError, match="code_insee"):
            desk.web.json(Request.get(SERVICE, "siaes/"))
        far = {"code_insee": "53918", "distance_max_km": 101}
        with pytest.raises(ServiceError, match="inférieure ou égale à 100"):
            desk.web.json(Request.get(SERVICE, "siaes/", far))
        nowhere = {"code_insee": "12345", "distance_max_km": 5}
        with pytest.raises(ServiceError, match="Pas de ville avec pour code_insee 12345"):
            desk.web.json(Request.get(SERVICE, "siaes/", nowhere))


def test_an_answer_of_another_shape_is_refused(tmp_path: Path, world: World) -> None:
    with EmploisInclusionServer(world) as server:
        server.script(Response.of_json(["inattendu"]))
        desk = Desk(tmp_path, SERVICE, server.url)
        with pytest.raises(ServiceError, match="inattendu"):
            siae_of(Asking(desk.web, SERVICE), "53", desk.progress)


def test_a_departement_without_enterprises_writes_no_file(tmp_path: Path, world: World) -> None:
    with EmploisInclusionServer() as server:
        desk = Desk(tmp_path, SERVICE, server.url)
        collect_siae(desk.web, scope_of(["53918"]), desk.depot, desk.progress)
    assert desk.written() == {}
    assert any("0 inclusion enterprises" in said for said in desk.progress.said)


def test_a_cancel_writes_nothing(tmp_path: Path, world: World) -> None:
    with EmploisInclusionServer(world) as server:
        desk = Desk(tmp_path, SERVICE, server.url)
        desk.progress.cancel.set()
        with pytest.raises(Cancelled):
            collect_siae(desk.web, scope_of(list(world.communes)), desk.depot, desk.progress)
    assert desk.written() == {}
