"""Address files of the départements of a territory, shared by the folders, read by the geocoder's reader."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.errors import Cancelled, SourceError
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.geocoding import ban_file
from coodiag.coodiag_plugin.sources.citations import read_citation
from coodiag.coodiag_plugin.sources.folder import scan
from coodiag.coodiag_plugin.sources.online import ban_files
from coodiag.coodiag_plugin.sources.online.ban_files import collect_addresses
from coodiag.coodiag_plugin.sources.online.depot import Depot
from coodiag.coodiag_plugin.sources.online.scope import Scope
from coodiag.coodiag_plugin.sources.web.client import ServiceError
from coodiag.tests.servers.ban import CLASSIC, WITH_IDS, BanServer
from coodiag.tests.servers.base import Response
from coodiag.tests.servers.world import World
from coodiag.tests.unit.online_world import demo_scope, web_on
from coodiag.tests.unit.web_samples import Listener


def fetched(server: BanServer, folder: Path, scope: Scope, name: str = "data") -> Depot:
    depot = Depot(folder / name)
    web = web_on(folder / "cache", ban=server.url)
    collect_addresses(web, scope, depot, web.progress)
    return depot


@pytest.mark.parametrize("with_ids", [True, False])
def test_both_forms_are_recognised_and_read(world: World, tmp_path: Path, with_ids: bool) -> None:
    with BanServer(world, with_ids=with_ids) as server:
        depot = fetched(server, tmp_path, demo_scope(world))
    name = "adresses-with-ids-53.csv.gz" if with_ids else "adresses-53.csv.gz"
    assert [path.name for path in depot.files] == [name]
    file = scan(depot.folder).files[0]
    assert (file.dataset, file.vintage) == ("ban", None)
    assert ("id_ban_adresse" in file.columns) == with_ids
    read = list(ban_file.read(depot.files[0], Silent()))
    official = list(ban_file.read(world.folder / "adresses-53.csv.gz", Silent()))
    assert read == official and len(read) > 5_000
    note = read_citation(depot.files[0])
    assert note is not None and note.retrieved == "2026-11-18"
    assert note.attribution == "Base Adresse Nationale (BAN)"


def test_two_folders_share_one_download_and_one_place_on_disk(world: World, tmp_path: Path) -> None:
    with BanServer(world) as server:
        first = fetched(server, tmp_path, demo_scope(world), "a").files[0]
        second = fetched(server, tmp_path, demo_scope(world), "b").files[0]
        assert len(server.log) == 1
    assert first.samefile(second)
    again = Depot(tmp_path / "a")
    with BanServer(world) as server:
        web = web_on(tmp_path / "cache", "offline", ban=server.url)
        collect_addresses(web, demo_scope(world), again, Silent())
        assert not server.log
    assert again.files == [first]


def test_a_disk_without_links_gets_a_copy(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refuse)
    with BanServer(world) as server:
        kept = fetched(server, tmp_path, demo_scope(world)).files[0]
    shared = tmp_path / "cache" / "files" / "ban" / kept.name
    assert kept.read_bytes() == shared.read_bytes() and not kept.samefile(shared)


def test_only_the_departements_of_the_territory_are_asked(world: World, tmp_path: Path) -> None:
    scope = demo_scope(world)
    wider = Scope(
        (*scope.communes, "35001"), scope.territory, scope.epcis, ("53",), ("52",), scope.boxes
    )
    with BanServer(world) as server:
        fetched(server, tmp_path, wider)
        assert server.paths() == [WITH_IDS.format("53")]


def test_a_departement_without_any_file_is_told(world: World, tmp_path: Path) -> None:
    scope = Scope(("98735",), ("98735",), (), ("987",), (), ((-150, -18, -149, -17),))
    with BanServer(world) as server, pytest.raises(ServiceError) as caught:
        fetched(server, tmp_path, scope)
    assert caught.value.status == 404
    assert server.paths() == [WITH_IDS.format("987"), CLASSIC.format("987")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (gzip.compress(b"id;numero;rep\n" * 5000, mtime=0)[:-40], "received damaged"),
        (b"\x1f\x8b" + b"\xff" * 500, "received damaged"),
        (b"not a gzip at all", "received damaged"),
        (gzip.compress(b"a;b;c\n1;2;3\n", mtime=0), "expected columns"),
    ],
)
def test_a_bad_file_is_told_and_not_kept(
    world: World, tmp_path: Path, content: bytes, said: str
) -> None:
    with BanServer(world) as server:
        server.script(Response.typed(content, "application/gzip"))
        with pytest.raises(SourceError, match=said):
            fetched(server, tmp_path, demo_scope(world))
        assert not (tmp_path / "data").exists()
        depot = fetched(server, tmp_path, demo_scope(world))  # the next run
    assert scan(depot.folder).files[0].dataset == "ban"


def test_a_new_edition_replaces_the_link(world: World, tmp_path: Path) -> None:
    with BanServer(world) as server:
        first = fetched(server, tmp_path, demo_scope(world))
        before = first.files[0].read_bytes()
        server.files[WITH_IDS.format("53")] = gzip.compress(
            gzip.decompress(before) + gzip.decompress(before).splitlines(True)[1], mtime=0
        )
        web = web_on(tmp_path / "cache", "refresh", ban=server.url)
        collect_addresses(web, demo_scope(world), first, Silent())
    assert first.files[0] == first.files[1] and first.files[0].read_bytes() != before


def test_cancel_stops_the_verification(tmp_path: Path) -> None:
    path = tmp_path / "x.csv.gz"
    path.write_bytes(gzip.compress(b"id;numero\n" + b"1;2\n" * 600_000))
    listener = Listener()
    listener.cancel.set()
    with pytest.raises(Cancelled):
        ban_files._verify(path, listener)


def test_a_folder_that_cannot_be_written_is_told(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    with BanServer(world) as server, pytest.raises(SourceError, match="cannot be written"):
        fetched(server, tmp_path, demo_scope(world))
