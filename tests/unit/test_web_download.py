"""Big files: streamed, resumed by range, verified, renamed when whole."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import threading
import time
from collections import namedtuple
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.sources.web.cache import DAY
from coodiag.coodiag_plugin.sources.web.client import Request, ServiceError, Web
from coodiag.coodiag_plugin.sources.web.download import source_of
from coodiag.coodiag_plugin.sources.web.faults import Kind
from coodiag.tests.servers import faulty
from coodiag.tests.servers.base import Response
from coodiag.tests.servers.faulty import FILE, FaultyServer
from coodiag.tests.unit.web_samples import START, FakeClock, Listener, client

REQUEST = Request.get("geo_api", "file")
SUM = "sha256:" + hashlib.sha256(FILE).hexdigest()


@pytest.fixture
def server() -> Iterator[FaultyServer]:
    with FaultyServer() as running:
        yield running


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "data" / "stock.zip"


def names(target: Path) -> list[str]:
    return sorted(path.name for path in target.parent.iterdir())


def test_a_file_is_written_whole_with_its_source_beside_it(
    server: FaultyServer, tmp_path: Path, target: Path
) -> None:
    listener = Listener()
    web = client(tmp_path, server.url, progress=listener)
    assert web.download(REQUEST, target, SUM) == target
    assert target.read_bytes() == FILE
    assert names(target) == [".stock.zip.origin", "stock.zip"]
    source = source_of(target)
    assert source is not None
    assert (source.service, source.day, source.size) == ("geo_api", "2026-11-18", len(FILE))
    assert web.origins["geo_api"].live == 1
    assert listener.fractions == sorted(listener.fractions)


@pytest.mark.parametrize(
    "checksum",
    [
        hashlib.sha256(FILE).hexdigest(),
        "SHA-1:" + hashlib.sha1(FILE).hexdigest().upper(),
        "md5:" + hashlib.md5(FILE).hexdigest(),
        "",
    ],
)
def test_checksums_of_every_name(
    server: FaultyServer, tmp_path: Path, target: Path, checksum: str
) -> None:
    assert client(tmp_path, server.url).download(REQUEST, target, checksum).read_bytes() == FILE


def test_a_file_cut_many_times_is_resumed_where_it_was_cut(
    server: FaultyServer, tmp_path: Path, target: Path
) -> None:
    """Eight cuts are more than the five attempts, but each one gained bytes."""
    server.cut_file_after = len(FILE) // 8 - 100
    client(tmp_path, server.url).download(REQUEST, target, SUM)
    assert target.read_bytes() == FILE
    starts = [int(seen.headers["range"][6:-1]) for seen in server.log[1:]]
    assert 8 <= len(starts) <= 10 and starts == sorted(set(starts)), "each attempt goes on"
    assert {seen.headers.get("if-range") for seen in server.log[1:]} == {faulty.ETAG}


def test_cuts_that_gain_nothing_end(server: FaultyServer, tmp_path: Path, target: Path) -> None:
    server.script(*[replace(Response(FILE), cut_at=0)] * 9)
    with pytest.raises(ServiceError) as raised:
        client(tmp_path, server.url).download(REQUEST, target)
    assert raised.value.kind is Kind.CUT and len(server.log) == 5
    assert not target.exists()


@pytest.mark.parametrize(
    ("etag", "modified", "resumed"),
    [
        ("", faulty.LAST_MODIFIED, True),
        ('W/"v1"', faulty.LAST_MODIFIED, True),
        ('W/"v1"', "", False),
        ("", "", False),
    ],
)
def test_only_a_proof_allows_to_resume(
    server: FaultyServer, tmp_path: Path, target: Path, etag: str, modified: str, resumed: bool
) -> None:
    server.etag, server.last_modified = etag, modified
    server.cut_file_after = 300_000
    web = client(tmp_path, server.url)
    if resumed:
        assert web.download(REQUEST, target, SUM).read_bytes() == FILE
        assert server.log[1].headers["if-range"] == modified
    else:
        with pytest.raises(ServiceError):
            web.download(REQUEST, target, SUM)
        assert not any("range" in seen.headers for seen in server.log)


def test_a_file_that_changed_meanwhile_is_taken_from_the_start(
    server: FaultyServer, tmp_path: Path, target: Path
) -> None:
    server.cut_file_after = 300_000
    new = FILE[::-1]

    def change(_: object) -> None:
        server.file, server.etag, server.cut_file_after = new, '"v2"', 0

    server.script(lambda seen: None, change)
    client(tmp_path, server.url).download(REQUEST, target)
    assert target.read_bytes() == new


def test_a_server_without_ranges_sends_all_again(
    server: FaultyServer, tmp_path: Path, target: Path
) -> None:
    server.ranges, server.cut_file_after = False, 300_000
    server.script(lambda seen: None, lambda seen: setattr(server, "cut_file_after", 0))
    client(tmp_path, server.url).download(REQUEST, target, SUM)
    assert target.read_bytes() == FILE


def part_of(start: int, stop: int, told: int) -> Response:
    """Bytes ``start``–``stop`` of the file, told to begin at ``told``."""
    extent = ("Content-Range", f"bytes {told}-{told + stop - start - 1}/{len(FILE)}")
    return Response(FILE[start:stop], 206, (extent, ("ETag", faulty.ETAG)))


def test_a_206_for_another_place_is_not_appended(
    server: FaultyServer, tmp_path: Path, target: Path
) -> None:
    """Of the right length, and without a checksum: only the place tells."""
    web = client(tmp_path, server.url)
    prepare_part(web, target, FILE[:400_000])
    server.script(part_of(5, len(FILE) - 399_995, told=5))
    web.download(REQUEST, target)
    assert target.read_bytes() == FILE
    assert "range" not in server.log[1].headers, "from the start"


def test_a_server_that_sends_less_than_asked_is_asked_for_the_rest(
    server: FaultyServer, tmp_path: Path, target: Path
) -> None:
    web = client(tmp_path, server.url)
    prepare_part(web, target, FILE[:400_000])
    server.script(part_of(400_000, 450_000, told=400_000))
    web.download(REQUEST, target)
    assert target.read_bytes() == FILE
    assert server.log[1].headers["range"] == "bytes=450000-"


def prepare_part(web: Web, target: Path, content: bytes, **changed: object) -> None:
    """What a killed run leaves."""
    target.parent.mkdir(parents=True, exist_ok=True)
    note = {
        "service": "geo_api",
        "request": REQUEST.key(web.caller.settings.urls["geo_api"]),
        "date": START,
        "size": 0,
        "etag": faulty.ETAG,
        "last_modified": "",
        **changed,
    }
    (target.parent / ".stock.zip.part").write_bytes(content)
    (target.parent / ".stock.zip.part.origin").write_text(json.dumps(note))


def test_a_part_left_by_a_killed_run_is_resumed(
    server: FaultyServer, tmp_path: Path, target: Path
) -> None:
    web = client(tmp_path, server.url)
    prepare_part(web, target, FILE[:400_001])
    web.download(REQUEST, target, SUM)
    assert target.read_bytes() == FILE
    assert server.log[0].headers["range"] == "bytes=400001-"


def test_a_part_already_whole_is_kept(server: FaultyServer, tmp_path: Path, target: Path) -> None:
    web = client(tmp_path, server.url)
    prepare_part(web, target, FILE)
    web.download(REQUEST, target, SUM)
    assert target.read_bytes() == FILE and len(server.log) == 1


@pytest.mark.parametrize("content", [FILE + b"more", b"x" * len(FILE), b""])
def test_a_part_that_is_wrong_is_thrown_away(
    server: FaultyServer, tmp_path: Path, target: Path, content: bytes
) -> None:
    web = client(tmp_path, server.url)
    prepare_part(web, target, content)
    web.download(REQUEST, target, SUM)
    assert target.read_bytes() == FILE


def test_a_part_of_another_question_is_not_used(
    server: FaultyServer, tmp_path: Path, target: Path
) -> None:
    web = client(tmp_path, server.url)
    prepare_part(web, target, b"x" * 100, request="another")
    web.download(REQUEST, target)
    assert target.read_bytes() == FILE


def test_a_wrong_checksum_is_tried_again_then_told(
    server: FaultyServer, tmp_path: Path, target: Path
) -> None:
    server.script(Response(b"y" * len(FILE), headers=(("ETag", '"y"'),)))
    client(tmp_path, server.url).download(REQUEST, target, SUM)
    assert target.read_bytes() == FILE and len(server.log) == 2
    other = target.with_name("other.zip")
    with pytest.raises(ServiceError) as raised:
        client(tmp_path, server.url).download(REQUEST, other, "sha256:" + "0" * 64)
    assert raised.value.kind is Kind.CHECKSUM and "other.zip" in str(raised.value)
    assert names(target) == [".stock.zip.origin", "stock.zip"]


@pytest.mark.parametrize("content_type", ["text/html; charset=utf-8", "application/octet-stream"])
def test_a_login_page_is_not_a_file(
    server: FaultyServer, tmp_path: Path, target: Path, content_type: str
) -> None:
    server.script(Response.typed(faulty.LOGIN.encode(), content_type))
    with pytest.raises(ServiceError) as raised:
        client(tmp_path, server.url).download(REQUEST, target)
    assert raised.value.kind is Kind.PORTAL and not target.exists()
    client(tmp_path, server.url).download(REQUEST, target, SUM)
    assert target.read_bytes() == FILE


def test_a_refusal_leaves_the_file_that_was_there(
    server: FaultyServer, tmp_path: Path, target: Path
) -> None:
    web = client(tmp_path, server.url, mode="refresh")
    web.download(REQUEST, target)
    server.script(Response.of_text("gone", status=410))
    with pytest.raises(ServiceError) as raised:
        web.download(REQUEST, target)
    assert raised.value.status == 410 and target.read_bytes() == FILE


def test_a_fresh_file_is_not_asked_again_and_an_old_one_only_if_it_changed(
    server: FaultyServer, tmp_path: Path, target: Path
) -> None:
    clock = FakeClock()
    web = client(tmp_path, server.url, clock=clock)
    web.download(REQUEST, target)
    web.download(REQUEST, target)
    assert len(server.log) == 1
    clock.sleep(40 * DAY)
    web.download(REQUEST, target)
    assert len(server.log) == 2
    source = source_of(target)
    assert source is not None and source.day == "2026-12-28", "confirmed by a 304"
    clock.sleep(40 * DAY)
    server.file, server.etag, server.last_modified = b"new", '"v2"', ""
    assert web.download(REQUEST, target).read_bytes() == b"new"


def test_an_old_file_stands_in_when_the_network_is_down(
    server: FaultyServer, tmp_path: Path, target: Path
) -> None:
    clock, listener = FakeClock(), Listener()
    web = client(tmp_path, server.url, clock=clock, progress=listener)
    web.download(REQUEST, target)
    clock.sleep(40 * DAY)
    server.stop()
    assert web.download(REQUEST, target).read_bytes() == FILE
    assert "40 days" in listener.warned[0]
    with pytest.raises(ServiceError):
        web.download(REQUEST, target.with_name("b.zip"))


def test_offline_uses_the_folder_only(server: FaultyServer, tmp_path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True)
    target.write_bytes(b"put there by hand")
    os.utime(target, (START - 500 * DAY, START - 500 * DAY))
    web = client(tmp_path, server.url, mode="offline")
    assert web.download(REQUEST, target).read_bytes() == b"put there by hand"
    with pytest.raises(ServiceError) as raised:
        web.download(REQUEST, target.with_name("b.zip"))
    assert raised.value.kind is Kind.OFFLINE and server.log == []


def test_a_file_put_by_hand_is_dated_by_the_disk(
    server: FaultyServer, tmp_path: Path, target: Path
) -> None:
    target.parent.mkdir(parents=True)
    target.write_bytes(b"put there by hand")
    os.utime(target, (START - DAY, START - DAY))
    web = client(tmp_path, server.url)
    assert web.download(REQUEST, target).read_bytes() == b"put there by hand"
    assert server.log == []
    assert source_of(target.with_name("nothing")) is None


def test_a_disk_too_small_is_told_before_the_first_byte(
    server: FaultyServer, tmp_path: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(1, 1, 1000))
    with pytest.raises(ServiceError) as raised:
        client(tmp_path, server.url).download(REQUEST, target)
    assert raised.value.kind is Kind.DISK and "0.1 Go" in str(raised.value)
    assert not (target.parent / ".stock.zip.part").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_disk_that_fills_up_is_told(server: FaultyServer, tmp_path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True)
    (target.parent / ".stock.zip.part").symlink_to("/dev/full")
    with pytest.raises(ServiceError) as raised:
        client(tmp_path, server.url).download(REQUEST, target)
    assert raised.value.kind is Kind.DISK and "No space left" in str(raised.value)


def test_two_runs_that_want_the_same_file_receive_it_once(
    server: FaultyServer, tmp_path: Path, target: Path
) -> None:
    server.script(replace(Response(FILE, headers=(("ETag", faulty.ETAG),)), hang=0.4))
    webs = [client(tmp_path, server.url) for _ in range(3)]
    threads = [threading.Thread(target=web.download, args=(REQUEST, target)) for web in webs]
    for thread in threads:
        thread.start()
        time.sleep(0.05)
    for thread in threads:
        thread.join()
    assert target.read_bytes() == FILE and len(server.log) == 1
