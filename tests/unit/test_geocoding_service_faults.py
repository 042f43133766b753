"""Every fault of a geocoding service: passing, lasting, rows that are not those sent."""

from __future__ import annotations

import csv
import io
import re
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.errors import Cancelled, CoodiagError, SourceError
from coodiag.coodiag_plugin.geocoding import service
from coodiag.coodiag_plugin.sources.web.client import ServiceError
from coodiag.tests.servers import faulty
from coodiag.tests.servers.addok import AddokServer
from coodiag.tests.servers.base import Response, Seen
from coodiag.tests.servers.geocodage import Engine, GeocodageServer
from coodiag.tests.unit.geocoding_runs import SOME, rows_of
from coodiag.tests.unit.geocoding_services import run
from coodiag.tests.unit.web_samples import FakeClock, Listener

PASSING: dict[str, Any] = {
    "429, 5 s": lambda server: server.over_quota(None),
    "502": lambda server: faulty.failure(502),
    "503": lambda server: faulty.failure(503),
    "reset": lambda server: faulty.reset(),
    "cut": lambda server: faulty.cut_length(),
    "gzip damaged": lambda server: faulty.bad_gzip(),
    "chunks cut": lambda server: faulty.cut_chunks(),
}
LASTING: dict[str, Any] = {
    "login page": (lambda: faulty.login_page(), "web page"),
    "forbidden": (lambda: faulty.failure(403, "Accès refusé"), "Accès refusé"),
    "too large": (lambda: faulty.failure(413, "Payload Too Large"), "Payload Too Large"),
    "no GeoJSON": (lambda: Response.of_json({"message": "Panne"}), "Panne|Nothing|answers"),
}


@pytest.mark.parametrize("fault", PASSING)
@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_passing_fault_changes_nothing(
    name: str, small: GeocodageServer, tmp_path: Path, fault: str, at: int
) -> None:
    expected = run(name, small.url, tmp_path / "clean", SOME, clock=FakeClock())
    small.rest()
    small.script(*[lambda seen: None] * at, *[PASSING[fault](small)] * 2)
    clock, heard = FakeClock(), Listener()
    assert run(name, small.url, tmp_path, SOME, progress=heard, clock=clock) == expected
    assert any("New attempt" in said for said in heard.said)
    if "429" in fault:
        assert clock.slept >= 10.0, "retry-after: 5, twice"


@pytest.mark.parametrize("fault", LASTING)
def test_a_lasting_fault_is_told_and_what_was_located_is_kept(
    name: str, small: GeocodageServer, tmp_path: Path, fault: str
) -> None:
    expected = run(name, small.url, tmp_path / "clean", SOME, clock=FakeClock())
    asked = [(seen.path, seen.params, seen.body) for seen in small.log]
    small.rest()
    made, words = LASTING[fault]
    passed = len(asked) - 1
    state = {"left": passed}

    def fail(seen: Seen) -> Response | None:
        state["left"] -= 1
        return None if state["left"] >= 0 else made()

    small.each(fail)
    with pytest.raises(CoodiagError) as raised:
        run(name, small.url, tmp_path, SOME, clock=FakeClock())
    assert re.search(words, str(raised.value)), str(raised.value)
    assert "Gare" not in str(raised.value)
    small.rest()
    assert run(name, small.url, tmp_path, SOME, clock=FakeClock()) == expected
    assert len(small.log) <= len(asked) - passed + service._AT_ONCE


def lose(text: str) -> str:
    return "\n".join(text.splitlines()[:-1]) + "\n"


def double(text: str) -> str:
    rows = text.splitlines()
    return "\n".join([*rows, rows[-1]]) + "\n"


def foreign(text: str) -> str:
    return re.sub("\nr[0-9a-f]{16}", "\nr0123456789abcdef", text, count=1)


def halved(text: str) -> str:
    return text[: -len(text.splitlines()[-1]) // 2]


@pytest.mark.parametrize(
    ("mangle", "words"),
    [(lose, "1 missing"), (double, "1 given twice"), (foreign, "1 unknown"), (halved, "1 missing")],
)
def test_rows_that_are_not_those_sent_are_refused(
    name: str, small: GeocodageServer, tmp_path: Path, mangle: Any, words: str
) -> None:
    small.mangle = mangle
    with pytest.raises(SourceError, match=words):
        run(name, small.url, tmp_path, SOME, clock=FakeClock())
    small.mangle = None
    assert len(run(name, small.url, tmp_path, SOME, clock=FakeClock())) == len(SOME)


def test_rows_are_joined_by_id_never_by_place(
    name: str, small: GeocodageServer, tmp_path: Path
) -> None:
    expected = run(name, small.url, tmp_path, SOME, clock=FakeClock())

    def turned(text: str) -> str:
        header, *rows = text.splitlines()
        return "\n".join([header, *reversed(rows)]) + "\n"

    small.mangle = turned
    assert run(name, small.url, tmp_path, SOME, clock=FakeClock()) == expected


def test_columns_in_another_order_and_delimiter(sample: Engine, tmp_path: Path) -> None:
    with GeocodageServer(engine=sample) as running:
        expected = run("geoplateforme", running.url, tmp_path, SOME, clock=FakeClock())
        for ban_id, delimiter, order in ((False, "", 1), (True, ",", -1), (True, "\t", 1)):
            running.ban_id, running.delimiter = ban_id, delimiter

            def mixed(text: str, order: int = order, delimiter: str = delimiter) -> str:
                rows = list(csv.reader(io.StringIO(text), delimiter=delimiter or ";"))
                stream = io.StringIO()
                csv.writer(stream, delimiter=delimiter or ";").writerows(r[::order] for r in rows)
                return stream.getvalue()

            running.mangle = mixed
            assert run("geoplateforme", running.url, tmp_path, SOME, clock=FakeClock()) == expected


def test_an_error_of_one_row_is_asked_again(sample: Engine, tmp_path: Path) -> None:
    with GeocodageServer(engine=sample) as running:
        expected = run("geoplateforme", running.url, tmp_path, SOME, clock=FakeClock())
        running.rest()
        running.fail_rows = {"jean jaures": 2}
        assert run("geoplateforme", running.url, tmp_path, SOME, clock=FakeClock()) == expected
        files = [seen for seen in running.log if seen.method == "POST"]
        assert [len(rows_of(seen)) for seen in files] == [4, 1, 1]
        running.fail_rows = {"jean jaures": 99}
        found = run("geoplateforme", running.url, tmp_path, SOME, clock=FakeClock())
    assert [one.status for one in found] == ["adresse", "echec", "adresse", "commune"]
    assert "à relancer" in found[1].note


def test_a_refusal_is_told_in_the_words_of_the_service(sample: Engine, tmp_path: Path) -> None:
    with GeocodageServer(engine=sample) as running:
        running.script(
            lambda seen: None,
            Response.of_json({"code": 400, "message": "Too many rows in CSV file"}, 400),
        )
        with pytest.raises(ServiceError, match="Too many rows in CSV file"):
            run("geoplateforme", running.url, tmp_path, SOME, clock=FakeClock())


def test_addok_without_its_plugin(sample: Engine, tmp_path: Path) -> None:
    with (
        AddokServer(engine=sample, plugin=False) as running,
        pytest.raises(SourceError, match="addok-csv"),
    ):
        run("addok", running.url, tmp_path, SOME, clock=FakeClock())


def test_cancel_answers_within_a_second(name: str, small: GeocodageServer, tmp_path: Path) -> None:
    heard = Listener()

    def silent(seen: Seen) -> Response | None:
        if seen.method == "POST":
            threading.Timer(0.2, heard.cancel.set).start()
            return faulty.silent(30.0)
        return None

    small.each(silent)
    start = time.monotonic()
    with pytest.raises(Cancelled):
        run(name, small.url, tmp_path, SOME, progress=heard, clock=FakeClock())
    assert time.monotonic() - start < 0.2 + 1.0 + 0.5
