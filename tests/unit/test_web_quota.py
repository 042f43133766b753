"""Quotas: the bucket by its property, then as the servers count."""

from __future__ import annotations

import struct
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.sources.web.bucket import LONGEST_HOLD, Bucket
from coodiag.coodiag_plugin.sources.web.client import Request
from coodiag.coodiag_plugin.sources.web.services import services
from coodiag.coodiag_plugin.sources.web.waits import Clock
from coodiag.tests.servers import faulty
from coodiag.tests.servers.faulty import FaultyServer
from coodiag.tests.unit import web_run
from coodiag.tests.unit.web_samples import START, client
from hypothesis import given, settings
from hypothesis import strategies as st

RATES = st.sampled_from([0.1, 0.33, 1.0, 3.5, 36.0])
GAPS = st.lists(
    st.one_of(st.just(0.0), st.floats(0, 0.4), st.floats(0, 30)), min_size=1, max_size=60
)


def most_in_window(times: list[float], width: float) -> int:
    return max(sum(1 for t in times if start <= t < start + width) for start in times)


@given(rate=RATES, burst=st.integers(1, 9), gaps=GAPS, width=st.sampled_from([1.0, 10.0, 60.0]))
@settings(max_examples=150, deadline=None)
def test_no_window_holds_more_than_the_burst_and_the_rate(
    tmp_path_factory: pytest.TempPathFactory,
    rate: float,
    burst: int,
    gaps: list[float],
    width: float,
) -> None:
    path = tmp_path_factory.getbasetemp() / "bucket"
    path.unlink(missing_ok=True)
    bucket, now, given_at = Bucket(path, rate, burst), START, []
    for gap in gaps:
        now += gap
        wait = bucket.take(now)
        assert wait >= 0
        while wait > 0:
            now += wait + 1e-6
            wait = bucket.take(now)
            assert wait < 1e-3, "after the wait a token is there"
        given_at.append(now)
    assert most_in_window(given_at, width) <= burst + rate * width + 1e-3


@given(rate=RATES, burst=st.integers(1, 9), seconds=st.floats(0.1, 500), before=st.integers(0, 5))
@settings(max_examples=80, deadline=None)
def test_a_hold_stops_everyone_but_not_for_ever(
    tmp_path_factory: pytest.TempPathFactory, rate: float, burst: int, seconds: float, before: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "held"
    path.unlink(missing_ok=True)
    for _ in range(before):
        Bucket(path, rate, burst).take(START)
    Bucket(path, rate, burst).hold(START, seconds)
    expected = min(seconds, LONGEST_HOLD)
    wait = Bucket(path, rate, burst).take(START)
    assert expected - 1e-3 <= wait <= max(expected, (before + 1) / rate) + 1e-3
    assert Bucket(path, rate, burst).take(START + wait + 1e-3) == 0


@pytest.mark.parametrize(
    "written", [b"", b"abc", struct.pack("<d", START + 1e9), struct.pack("<d", float("nan"))]
)
def test_a_clock_set_back_or_a_damaged_file_does_not_block(tmp_path: Path, written: bytes) -> None:
    (tmp_path / "bucket").write_bytes(written)
    assert Bucket(tmp_path / "bucket", 1.0, 1).take(START) == 0
    assert 0 < Bucket(tmp_path / "bucket", 1.0, 1).take(START) <= 1


def test_what_coodiag_allows_itself_is_under_what_the_services_document() -> None:
    for service in services().values():
        assert service.rate > 0 and service.burst >= 1 and 1 <= service.max_attempts <= 5
        if service.quota:
            allowed = service.burst + service.rate * service.quota_seconds
            assert allowed <= service.quota, service.id
    assert services()["isochrone"].quota == 5 and services()["melodi"].quota == 30


def test_threads_and_processes_together_stay_under_the_quota(tmp_path: Path) -> None:
    """IGN's isochrones: 5 requests a second for one address, whoever sends them."""
    with FaultyServer(quota=(5, 1.0)) as server:
        command = [sys.executable, web_run.__file__, server.url, str(tmp_path), "-", "4"]
        processes = [subprocess.Popen(command) for _ in range(2)]
        webs = [
            client(tmp_path, server.url, "refresh", "isochrone", clock=Clock()) for _ in range(3)
        ]

        def work(number: int) -> None:
            for page in range(1, 5):
                webs[number].json(Request.get("isochrone", "items", {"page": page}))

        threads = [threading.Thread(target=work, args=(number,)) for number in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [process.wait(30) for process in processes] == [0, 0]
        assert len(server.log) == 20
        assert server.refused == [] and server.per_window(1.0) <= 5


def test_new_attempts_and_redirects_count_too(tmp_path: Path) -> None:
    with FaultyServer(quota=(5, 1.0)) as server:
        server.script(*[faulty.redirect("/items?page=2")] * 3)
        web = client(tmp_path, server.url, "refresh", "isochrone", clock=Clock())
        for number in range(2):
            web.json(Request.get("isochrone", "items", {"page": number + 1}))
        assert len(server.log) == 5 and server.refused == []


def test_a_refusal_for_the_quota_pauses_every_client(tmp_path: Path) -> None:
    clock = Clock()
    with FaultyServer() as server:
        server.script(faulty.busy("1"))
        first = client(tmp_path, server.url, "refresh", clock=clock)
        second = client(tmp_path, server.url, "refresh", clock=clock)
        request = Request.get("geo_api", "items", {"page": 1})
        thread = threading.Thread(target=first.json, args=(request,))
        thread.start()
        while not server.log:
            clock.sleep(0.01)
        clock.sleep(0.2)
        second.json(request)
        thread.join()
        refused, *others = sorted(seen.time for seen in server.log)
        assert len(others) == 2 and min(others) - refused >= 0.9
