"""The client when all goes well, or when the network is away: cache, age, offline, provenance."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.version import version
from coodiag.coodiag_plugin.sources.web.cache import DAY, Cache, Entry
from coodiag.coodiag_plugin.sources.web.client import (
    FilePart,
    NetworkSettings,
    Request,
    ServiceError,
    Web,
)
from coodiag.coodiag_plugin.sources.web.faults import Kind
from coodiag.tests.servers import faulty
from coodiag.tests.servers.base import Response
from coodiag.tests.servers.faulty import FaultyServer, page
from coodiag.tests.unit.web_samples import START, FakeClock, Listener, client, items


@pytest.fixture
def server() -> Iterator[FaultyServer]:
    with FaultyServer() as running:
        yield running


def answers(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / "answers").rglob("*") if path.is_file())


def test_an_answer_is_asked_once_and_kept_with_its_date(
    server: FaultyServer, tmp_path: Path
) -> None:
    clock = FakeClock()
    web = client(tmp_path, server.url, clock=clock)
    assert web.json(items()) == page(1)
    clock.sleep(3 * DAY)
    answer, payload = web.fetch(items(), lambda answer: answer.json())
    assert payload == page(1) and len(server.log) == 1
    assert (answer.state, answer.date, round(answer.age)) == ("cache", "2026-11-18", 3)
    origin = web.origins["geo_api"]
    assert (origin.live, origin.cache, origin.oldest, origin.newest) == (
        1, 1, "2026-11-18", "2026-11-18",
    )  # fmt: skip


def test_what_is_sent_is_what_the_services_ask(server: FaultyServer, tmp_path: Path) -> None:
    request = Request.get(
        "geo_api", "echo", {"GEO": ["EPCI-200065597*COM", "DEP-14"], "a": True, "none": None}
    )
    told = client(tmp_path, server.url).json(request)
    assert told["headers"]["user-agent"].startswith(f"Coodiag/{version()} (+https://")
    assert told["headers"]["accept-encoding"] == "gzip, deflate"
    assert "cookie" not in told["headers"]
    assert told["params"] == [["GEO", "DEP-14"], ["GEO", "EPCI-200065597*COM"], ["a", "true"]]
    assert "EPCI-200065597%2ACOM" in request.url("")


def test_forms_json_and_files_are_posted(server: FaultyServer, tmp_path: Path) -> None:
    web = client(tmp_path, server.url)
    form = web.json(Request.form("geo_api", "echo", {"q": "é AND b"}))
    assert form["body"] == "q=%C3%A9+AND+b"
    assert form["headers"]["content-type"] == "application/x-www-form-urlencoded"
    assert web.json(Request.of_json("geo_api", "echo", {"b": 1, "a": 2}))["body"] == '{"a":2,"b":1}'
    parts = [("columns", "adresse"), ("columns", "cp"), ("data", FilePart("a.csv", b"x;y\n"))]
    sent = web.json(Request.multipart("geo_api", "echo", parts))
    assert sent["headers"]["content-type"].startswith("multipart/form-data; boundary=coodiag-")
    body = sent["body"]
    assert body.count('name="columns"') == 2 and 'filename="a.csv"' in body and "x;y\n" in body
    assert Request.multipart("geo_api", "echo", parts) == Request.multipart(
        "geo_api", "echo", parts
    )


def test_connections_are_used_again(server: FaultyServer, tmp_path: Path) -> None:
    web = client(tmp_path, server.url)
    for number in range(1, 4):
        web.json(items(number))
    pools = web.caller._session.get_adapter(server.url).poolmanager.pools
    assert [pools[key].num_connections for key in pools.keys()] == [1]  # noqa: SIM118


def test_compressed_answers_are_kept_readable(server: FaultyServer, tmp_path: Path) -> None:
    server.script(Response.of_json(page(1)).gzipped())
    web = client(tmp_path, server.url)
    assert web.json(items()) == page(1) == web.json(items())
    assert len(server.log) == 1


def test_the_key_tells_every_part_of_a_question_apart() -> None:
    requests = [
        items(1),
        items(11),
        items(1, vintage="2022"),
        items(1, accept=(404,)),
        items(1, headers=(("Accept", "text/csv"),)),
        Request.get("geo_api", "items", {"page": 1, "a": ""}),
        Request.get("geo_api", "items", {"pag": "e1"}),
        Request.get("geo_api", "item", {"spage": 1}),
        Request.get("melodi", "items", {"page": 1}),
        Request.form("geo_api", "items", {"page": 1}),
        Request.form("geo_api", "items", {"page": 2}),
    ]
    keys = {request.key("http://a") for request in requests} | {items(1).key("http://b")}
    assert len(keys) == len(requests) + 1
    same = Request.get("geo_api", "items", {"b": 1, "a": ["y", "x"]})
    assert same.key("") == Request.get("geo_api", "items", {"a": ["x", "y"], "b": 1}).key("")


def test_an_old_answer_is_asked_again(server: FaultyServer, tmp_path: Path) -> None:
    clock = FakeClock()
    web = client(tmp_path, server.url, clock=clock)
    web.json(items())
    clock.sleep(31 * DAY)
    answer, _ = web.fetch(items(), lambda answer: answer.json())
    assert (answer.state, answer.date, len(server.log)) == ("live", "2026-12-19", 2)


def test_an_unchanged_answer_is_confirmed_without_its_body(
    server: FaultyServer, tmp_path: Path
) -> None:
    server.versions["1"] = '"a"'
    clock = FakeClock()
    web = client(tmp_path, server.url, clock=clock)
    web.json(items())
    clock.sleep(31 * DAY)
    server.script(
        lambda seen: pytest.fail("no proof") if "if-none-match" not in seen.headers else None
    )
    answer, payload = web.fetch(items(), lambda answer: answer.json())
    assert (answer.state, answer.date, payload) == ("live", "2026-12-19", page(1))
    assert web.json(items()) == page(1) and len(server.log) == 2


def test_an_old_answer_stands_in_when_the_network_is_down_and_its_age_is_said(
    server: FaultyServer, tmp_path: Path
) -> None:
    clock, listener = FakeClock(), Listener()
    web = client(tmp_path, server.url, clock=clock, progress=listener)
    web.json(items(1))
    web.json(items(2))
    clock.sleep(31 * DAY)
    server.stop()
    answer, payload = web.fetch(items(1), lambda answer: answer.json())
    assert (answer.state, round(answer.age), payload) == ("stale", 31, page(1))
    assert web.json(items(2)) == page(2)
    assert len(listener.warned) == 1, "said once for the service and the day"
    assert "2026-11-18" in listener.warned[0] and "31 days" in listener.warned[0]
    assert web.origins["geo_api"].stale == 2
    with pytest.raises(ServiceError):
        web.json(items(3))


@pytest.mark.parametrize("fault", [faulty.failure(503), faulty.login_page(), faulty.cut_json()])
def test_a_service_that_fails_is_replaced_by_what_it_gave_before(
    server: FaultyServer, tmp_path: Path, fault: Response
) -> None:
    clock = FakeClock()
    web = client(tmp_path, server.url, clock=clock)
    web.json(items())
    clock.sleep(31 * DAY)
    server.script(*[fault] * 5)
    answer, _ = web.fetch(items(), lambda answer: answer.json())
    assert answer.state == "stale"


def test_a_refusal_is_not_hidden_by_an_old_answer(server: FaultyServer, tmp_path: Path) -> None:
    clock = FakeClock()
    web = client(tmp_path, server.url, clock=clock)
    web.json(items())
    clock.sleep(31 * DAY)
    server.script(Response.of_text("Gone", status=410))
    with pytest.raises(ServiceError) as raised:
        web.json(items())
    assert raised.value.status == 410


def test_refresh_asks_again_and_never_falls_back(server: FaultyServer, tmp_path: Path) -> None:
    client(tmp_path, server.url).json(items())
    web = client(tmp_path, server.url, mode="refresh")
    assert web.json(items()) == page(1) and len(server.log) == 2
    server.stop()
    with pytest.raises(ServiceError) as raised:
        web.json(items())
    assert raised.value.kind is Kind.CONNECTION


def test_offline_asks_nothing_and_a_miss_is_a_sentence(
    server: FaultyServer, tmp_path: Path
) -> None:
    client(tmp_path, server.url).json(items())
    clock = FakeClock()
    clock.sleep(900 * DAY)
    web = client(tmp_path, server.url, clock=clock, mode="offline")
    assert web.json(items()) == page(1)
    with pytest.raises(ServiceError) as raised:
        web.json(items(2))
    assert raised.value.kind is Kind.OFFLINE and "offline" in str(raised.value)
    assert len(server.log) == 1


def test_nothing_private_is_written(server: FaultyServer, tmp_path: Path) -> None:
    web = client(tmp_path, server.url)
    request = Request.form("geo_api", "echo", {"q": "3 rue Inventée"}, private=True)
    web.json(request)
    web.json(request)
    assert len(server.log) == 2 and answers(tmp_path) == []
    held = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"rue" not in held


def test_errors_are_not_kept(server: FaultyServer, tmp_path: Path) -> None:
    server.script(faulty.ods_error(), faulty.login_page(), Response.of_text("no", status=404))
    web = client(tmp_path, server.url)
    for _ in range(3):
        with pytest.raises(ServiceError):
            web.json(items(), lambda payload: payload.get("message"))
    assert answers(tmp_path) == []
    assert web.json(items()) == page(1)


def test_a_damaged_answer_is_not_there(server: FaultyServer, tmp_path: Path) -> None:
    web = client(tmp_path, server.url)
    web.json(items())
    (kept,) = answers(tmp_path)
    whole = kept.read_bytes()
    damages = [whole[:-1], whole[:40], b"", whole.replace(b"1-0", b"1-9"), b"\0" * 90, b"[]\n{}"]
    for damage in damages:
        kept.write_bytes(damage)
        assert web.json(items()) == page(1)
    assert len(server.log) == 1 + len(damages)


def test_an_answer_kept_as_text_is_asked_again_as_json(
    server: FaultyServer, tmp_path: Path
) -> None:
    server.script(Response.of_text("not json"))
    web = client(tmp_path, server.url)
    assert web.text(items()) == "not json"
    assert web.json(items()) == page(1)


def test_the_service_of_another_address_is_another_service(
    server: FaultyServer, tmp_path: Path
) -> None:
    client(tmp_path, server.url).json(items())
    with FaultyServer() as other:
        client(tmp_path, other.url).json(items())
        assert len(other.log) == 1


def test_a_progress_of_a_part_is_used_by_a_view_of_the_client(
    server: FaultyServer, tmp_path: Path
) -> None:
    whole, part = Listener(), Listener()
    web = client(tmp_path, server.url, progress=whole)
    server.script(faulty.failure(503))
    web.under(part).json(items())
    assert (len(part.said), len(whole.said)) == (1, 0)
    assert web.origins["geo_api"].live == 1


def test_threads_share_a_client(server: FaultyServer, tmp_path: Path) -> None:
    web = client(tmp_path, server.url)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: web.json(items(n % 6 + 1)), range(48)))
    assert found == [page(n % 6 + 1) for n in range(48)]
    assert sum([web.origins["geo_api"].live, web.origins["geo_api"].cache]) == 48


def test_writers_and_readers_of_one_answer_never_see_half_of_it(tmp_path: Path) -> None:
    cache = Cache(tmp_path, clock=FakeClock())
    bodies = [bytes([n]) * 200_000 for n in range(4)]
    cache.store("geo_api", "k", Entry(200, {}, START, bodies[0]), "GET k")
    stop = threading.Event()

    def write(body: bytes) -> None:
        while not stop.is_set():
            cache.store("geo_api", "k", Entry(200, {}, START, body), "GET k")

    threads = [threading.Thread(target=write, args=(body,)) for body in bodies]
    for thread in threads:
        thread.start()
    try:
        found = [cache.find("geo_api", "k") for _ in range(300)]
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert all(entry is not None and entry.content in bodies for entry in found)
    assert [path.suffix for path in answers(tmp_path)] == [".answer"], "no leftover"


def test_the_cache_tells_its_size_and_is_purged_by_age(
    server: FaultyServer, tmp_path: Path
) -> None:
    clock = FakeClock()
    web = client(tmp_path, server.url, clock=clock)
    for number in (1, 2, 3):
        web.json(items(number))
    usage = web.cache.usage()
    assert usage.files == 3
    assert usage.size == sum(path.stat().st_size for path in answers(tmp_path)) > 2000
    old = answers(tmp_path)[0]
    os.utime(old, (START - 100 * DAY, START - 100 * DAY))
    for path in answers(tmp_path)[1:]:
        os.utime(path, (START, START))
    assert web.cache.purge(older_than=30).files == 1 and not old.exists()
    assert web.cache.purge().files == 2 and web.cache.usage() == (0, 0)
    assert (tmp_path / "quotas").is_dir(), "quotas are still counted"


def test_a_kept_answer_explains_itself(server: FaultyServer, tmp_path: Path) -> None:
    client(tmp_path, server.url).json(items())
    line, _, body = answers(tmp_path)[0].read_bytes().partition(b"\n")
    meta = json.loads(line)
    assert meta["question"] == "GET /items?page=1" and meta["service"] == "geo_api"
    assert meta["size"] == len(body) and json.loads(body) == page(1)


def test_the_environment_then_the_settings_replace_an_address(
    server: FaultyServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COODIAG_URL_GEO_API", server.url + "/")
    web = Web(NetworkSettings(urls={"geo_api": "http://127.0.0.1:1"}), Cache(tmp_path))
    assert web.json(items()) == page(1)


def test_a_mode_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="sometimes"):
        Cache(tmp_path, "sometimes")


def test_a_request_does_not_change(tmp_path: Path) -> None:
    request = items()
    assert replace(request) == request and hash(request) == hash(items())
