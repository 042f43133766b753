"""Runs by the services in another order, in other chunks, killed, and gone on with."""

from __future__ import annotations

import random
import signal
import threading
from collections import Counter
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.errors import Cancelled
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.geocoding import service, session
from coodiag.coodiag_plugin.geocoding.queries import Query
from coodiag.coodiag_plugin.geocoding.resume import kept_answers
from coodiag.tests.servers.base import Response, Seen
from coodiag.tests.servers.geocodage import Engine, GeocodageServer
from coodiag.tests.unit.geocoding_runs import SOME, apart, rows_of
from coodiag.tests.unit.geocoding_services import run, way_of
from coodiag.tests.unit.web_samples import FakeClock


def test_same_answers_whatever_the_order_the_chunks_and_the_process(
    name: str,
    server: GeocodageServer,
    people: list[Query],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    some = people[:300]
    expected = {one.row_id: one for one in run(name, server.url, tmp_path, some, clock=FakeClock())}
    shuffled = list(some)
    random.Random(7).shuffle(shuffled)
    monkeypatch.setattr(session, "CHUNK_ROWS", 37)
    monkeypatch.setattr(service, "FILE_ROWS", 11)
    other = run(name, server.url, tmp_path / "other", shuffled, clock=FakeClock())
    assert [one.row_id for one in other] == [query.row_id for query in shuffled]
    assert {one.row_id: one for one in other} == expected
    result = apart(name, server.url, tmp_path / "third", some).finish()
    assert {one.row_id: one for one in result} == expected


def test_a_failure_of_the_service_does_not_outlive_the_run(
    sample: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """« À relancer » is said of a row, and the run that goes on does so."""
    monkeypatch.setattr(session, "CHUNK_ROWS", 1)
    asked = SOME[:2]
    with GeocodageServer(engine=sample) as running:
        running.fail_rows = {"gare": 99}
        with (
            pytest.raises(Cancelled),
            kept_answers(tmp_path / "run", ["geoplateforme", running.url], Silent()) as answers,
        ):
            way = way_of("geoplateforme", running.url, tmp_path, answers, clock=FakeClock())
            located = session.Session(way, answers, lambda _: {}).locate(asked, 2, Silent())
            assert "à relancer" in next(located).note
            raise Cancelled
        running.fail_rows = {}
        found = run("geoplateforme", running.url, tmp_path, asked, clock=FakeClock())
    assert [one.status for one in found] == ["adresse", "adresse"]


def test_a_killed_run_goes_on_without_loss_or_repetition(
    name: str,
    server: GeocodageServer,
    people: list[Query],
    tmp_path: Path,
) -> None:
    some = people[:400]
    expected = run(name, server.url, tmp_path / "whole", some, clock=FakeClock())
    server.rest()
    folder = tmp_path / "killed"
    enough = threading.Event()

    def watch(seen: Seen) -> Response | None:
        methods = [one.method for one in server.log]
        if "POST" in methods and len(methods) - methods.index("POST") > 20:
            enough.set()  # the file was answered, the doubtful rows are being asked
        return None

    server.each(watch)
    first = apart(name, server.url, folder, some)
    assert enough.wait(60)
    first.process.send_signal(signal.SIGKILL)
    first.process.wait()
    assert not first.output.exists()
    kept = list((folder / "run").glob("*.sqlite"))
    assert len(kept) == 1 and kept[0].stat().st_mode & 0o77 == 0
    found = apart(name, server.url, folder, some).finish()
    assert found == expected
    assert not list((folder / "run").glob("*.sqlite*"))
    # a request under way at the kill may come twice, an answered one not
    again = Counter((seen.path, seen.params, seen.body) for seen in server.log)
    twice = [key for key, count in again.items() if count > 1]
    assert len(twice) <= 10 * service._AT_ONCE, len(twice)
    files = [seen for seen in server.log if seen.method == "POST"]
    sent = [row for seen in files for row in rows_of(seen)]
    assert len(sent) == len(set(sent)), "no address leaves twice by file"
