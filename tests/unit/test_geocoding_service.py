"""Rows located by the imitated services: what they answer, what they are told, and every fault."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

import pytest
from coodiag.coodiag_plugin.core.errors import Cancelled, CoodiagError, SourceError
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.demo.generate import DemoPaths
from coodiag.coodiag_plugin.geocoding import bulk, service, session
from coodiag.coodiag_plugin.geocoding.ban_index import open_index
from coodiag.coodiag_plugin.geocoding.geocoder import MIN_SCORE, Located, geocode
from coodiag.coodiag_plugin.geocoding.queries import Query
from coodiag.coodiag_plugin.geocoding.resume import kept_answers
from coodiag.coodiag_plugin.geocoding.towns import Towns
from coodiag.coodiag_plugin.sources.structure_file import import_table
from coodiag.coodiag_plugin.sources.web.client import ServiceError
from coodiag.tests.servers import faulty
from coodiag.tests.servers.addok import AddokServer
from coodiag.tests.servers.base import Response, Seen
from coodiag.tests.servers.geocodage import Engine, GeocodageServer, parts_of
from coodiag.tests.servers.world import World
from coodiag.tests.unit.geocoding_samples import lines
from coodiag.tests.unit.geocoding_services import run, way_of
from coodiag.tests.unit.web_samples import FakeClock, Listener

SERVERS = {"geoplateforme": GeocodageServer, "addok": AddokServer}
CELLS = ("address", "complement", "postcode", "city", "citycode")


@pytest.fixture(scope="module")
def engine(world: World) -> Engine:
    return Engine(world.rows("adresses-53.csv.gz"))


@pytest.fixture(scope="module")
def sample() -> Engine:
    """The invented BAN file of the offline tests."""
    return Engine(list(csv.DictReader(io.StringIO("\n".join(lines())), delimiter=";")))


@pytest.fixture(params=SERVERS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def server(name: str, engine: Engine) -> Iterator[GeocodageServer]:
    with SERVERS[name](engine=engine) as running:
        yield running


@pytest.fixture(scope="module")
def people(demo: DemoPaths) -> list[Query]:
    """Clients and beneficiaries of the demonstration, as the pipeline reads them."""
    found: list[Query] = []
    for role, path in (("clients", demo.clients), ("beneficiaries", demo.beneficiaries)):
        for row in import_table(path, role, progress=Silent()).rows:
            found.append(Query(str(len(found)), *(str(row.get(cell) or "") for cell in CELLS)))
    return found


@pytest.fixture(scope="module")
def offline(
    demo: DemoPaths, people: list[Query], tmp_path_factory: pytest.TempPathFactory
) -> list[Located]:
    cache = tmp_path_factory.mktemp("ban")
    with open_index([demo.data_folder / "adresses-53.csv.gz"], cache, Silent()) as index:
        return geocode(people, index, None, progress=Silent())


def bodies(server: GeocodageServer) -> str:
    """Everything that the server received: addresses, headers, bodies."""
    return " ".join(
        f"{seen.path} {seen.params} {seen.headers} {unquote_plus(seen.body.decode())}"
        for seen in server.log
    )


# The same answers.


def test_the_services_answer_as_the_offline_index(
    name: str,
    server: GeocodageServer,
    people: list[Query],
    offline: list[Located],
    tmp_path: Path,
) -> None:
    """On the same BAN: same level, same label, same score, and the point within ten metres.

    They may differ where a number is not in the BAN: offline takes the nearest number (or the same
    with another suffix), a service only the street; and at the commune, whose point the service
    chooses. The gap of a row without doubt is the one that the service tells.
    """
    found = run(name, server.url, tmp_path, people, clock=FakeClock())
    assert [one.row_id for one in found] == [query.row_id for query in people]
    wrong = []
    for query, ours, theirs in zip(people, offline, found):
        same = (ours.status, ours.label, ours.citycode, ours.score) == (
            theirs.status, theirs.label, theirs.citycode, theirs.score,
        )  # fmt: skip
        numberless = "absent de la BAN" in ours.note
        if ours.status in ("adresse", "voie", "lieu-dit") and same and not numberless:
            same = abs(ours.x - theirs.x) < 1e-4 and abs(ours.y - theirs.y) < 1e-4
        if not same:
            wrong.append((query, ours, theirs))
    assert not wrong, wrong[:3]
    assert Counter(one.status for one in found)["adresse"] > 1000
    assert {one.source for one in found if one.found} == {name}


def test_a_doubtful_row_has_the_gap_and_the_refusals_of_the_offline_index(
    name: str, sample: Engine, tmp_path: Path
) -> None:
    """Homonyms in two communes of a postcode, in a merged commune, in another commune."""
    queries = [
        Query("two communes", "12 rue de la Gare", "", "99100", ""),
        Query("merged", "1 rue de l'Eglise", "", "99200", "Les Trois Chênes"),
        Query("merged, told", "1 rue de l'Eglise", "", "99200", "Montlisse"),
        Query("no type", "1 Carnot", "", "", "Valmoreau"),
        Query("other type", "12 avenue de la Gare", "", "99100", "Valmoreau"),
        Query("absent", "4 rue Inconnue", "", "99100", "Valmoreau"),
        Query("rare", "4 rue du Lavoir", "", "99100", "Les Trois Chênes"),
        Query("common", "12 rue de la Gare", "", "99100", "Les Trois Chênes"),
        Query("box", "BP 27", "", "99100", "Valmoreau CEDEX"),
        Query("old code", "1 rue de l'Eglise", "", "", "", "99004"),
        Query("misspelt", "12 rue de la Garre", "", "99100", "Valmaureau"),
        Query("far", "12 rue de la Gare", "", "31000", "Toulouse"),
        Query("swapped", "Valmoreau", "", "99100", "12 rue de la Gare"),
        Query("one cell", "12 rue de la Gare 99100 Valmoreau"),
        Query("one cell, no postcode", "12 rue de la Gare Valmoreau"),
        Query("nothing", ""),
    ]
    ban = tmp_path / "ban.csv"
    ban.write_text("\n".join(lines()) + "\n", encoding="utf-8")
    with open_index([ban], tmp_path / "index", Silent()) as index:
        expected = geocode(queries, index, None, progress=Silent())
    with SERVERS[name](engine=sample) as running:
        found = run(name, running.url, tmp_path, queries, clock=FakeClock())
    for ours, theirs in zip(expected, found):
        assert (theirs.status, theirs.label, theirs.citycode) == (
            ours.status, ours.label, ours.citycode,
        ), (ours, theirs)  # fmt: skip
        assert theirs.score == ours.score, (ours, theirs)
    by_id = {one.row_id: one for one in found}
    assert "Plusieurs voies" in by_id["two communes"].note
    assert by_id["rare"].citycode == "99002" and by_id["common"].status == "commune"
    assert by_id["other type"].gap == next(
        one.gap for one in expected if one.row_id == "other type"
    )


def test_an_ok_of_the_service_below_the_least_score_does_not_pass(
    name: str, sample: Engine, tmp_path: Path
) -> None:
    query = Query("1", "12 avenue de la Gare", "", "99100", "Valmoreau")
    with SERVERS[name](engine=sample) as running:
        passed = run(name, running.url, tmp_path, [query], clock=FakeClock())[0]
        refused = run(name, running.url, tmp_path, [query], clock=FakeClock(), min_score=0.9)[0]
        without = run(
            name, running.url, tmp_path, [query], clock=FakeClock(), min_score=0.9, town_fallback=False
        )[0]  # fmt: skip
    assert passed.status == "adresse"
    assert (refused.status, refused.label) == ("commune", "Valmoreau")
    assert without.status == "echec" and without.note


def test_arrondissements(name: str, sample: Engine, tmp_path: Path) -> None:
    queries = [
        Query("postcode", "10 rue de Charonne", "", "75011", "Paris"),
        Query("city code", "10 rue de Charonne", "", "75011", "Paris", "75056"),
        Query("own code", "10 rue de Reuilly", "", "", "", "75112"),
        Query("roman", "10 rue de Charonne", "", "", "Paris XI"),
    ]
    with SERVERS[name](engine=sample) as running:
        found = run(name, running.url, tmp_path, queries, clock=FakeClock())
    assert [(one.status, one.citycode) for one in found] == [
        ("adresse", "75111"), ("adresse", "75111"), ("adresse", "75112"), ("adresse", "75111"),
    ]  # fmt: skip


def test_given_communes_take_what_the_service_does_not_know(
    name: str, sample: Engine, tmp_path: Path
) -> None:
    given = Towns.from_rows([{"codgeo": "99050", "nom": "Hors-Base", "lon": 3.0, "lat": 47.5}])
    query = Query("1", "7 rue du Lac", "", "", "Hors-Base")
    with SERVERS[name](engine=sample) as running:
        found = run(name, running.url, tmp_path, [query], clock=FakeClock(), given=given)[0]
    assert (found.status, found.source, found.x) == ("commune", "communes", 3.0)


# What is sent.


def test_nothing_but_address_and_commune_is_sent(
    name: str, server: GeocodageServer, demo: DemoPaths, people: list[Query], tmp_path: Path
) -> None:
    run(name, server.url, tmp_path, people, clock=FakeClock())
    allowed = {"id", *bulk.TEXT_COLUMNS, bulk.CITYCODE, bulk.IN_POSTCODE}
    for seen in server.log:
        if seen.method == "GET":
            assert {key for key, _ in seen.params} <= {
                "q", "limit", "autocomplete", "type", "citycode", "postcode",
            }  # fmt: skip
            assert not seen.body
            continue
        data = next(part for part in parts_of(seen) if part.filename)
        assert data.filename == "adresses.csv"
        rows = list(csv.DictReader(io.StringIO(data.content.decode()), delimiter=";"))
        assert set(rows[0]) <= allowed
        assert all(re.fullmatch("r[0-9a-f]{16}", row["id"]) for row in rows)
        assert not {row["id"] for row in rows} & {query.row_id for query in people}
    sent = bodies(server).lower()
    for role, path in (("clients", demo.clients), ("beneficiaries", demo.beneficiaries)):
        table = import_table(path, role, progress=Silent())
        others = [column for column in table.columns if column not in CELLS]
        assert others
        for row in table.rows:
            for column in others:
                text = str(row.get(column) or "").lower()
                if len(text) > 5 and not text.isalpha():
                    assert text not in sent, (column, text)
        assert path.stem not in sent


def test_whose_home_it_is_and_which_door_stay_here(
    name: str, sample: Engine, tmp_path: Path
) -> None:
    queries = [
        Query("1", "chez Mme Zorglubine, 12 rue de la Gare", "apt 4417", "99100", "Valmoreau"),
        Query("2", "M. Zorglubine 12 rue de la Garre", "", "99100", "Valmoreau"),
        Query("3", "12 rue de la Gare", "c/o Zorglubine, bât Q7", "99100", "Valmoreau"),
    ]
    with SERVERS[name](engine=sample) as running:
        found = run(name, running.url, tmp_path, queries, clock=FakeClock())
        sent = bodies(running).lower()
    assert [one.status for one in found] == ["adresse"] * 3
    assert "zorglubine" not in sent and "4417" not in sent and "q7" not in sent
    assert "12 rue de la gare" in sent


def test_an_address_shared_by_rows_is_sent_once(name: str, sample: Engine, tmp_path: Path) -> None:
    queries = [Query(str(at), "12 rue de la Gare", "", "99100", "Valmoreau") for at in range(50)]
    with SERVERS[name](engine=sample) as running:
        found = run(name, running.url, tmp_path, queries, clock=FakeClock())
        posts = [seen for seen in running.log if seen.method == "POST"]
    assert len(posts) == 1 and posts[0].body.count(b"12 rue de la gare") == 1
    assert [one.row_id for one in found] == [query.row_id for query in queries]


def test_nothing_is_left_on_the_disk(
    name: str, server: GeocodageServer, people: list[Query], tmp_path: Path
) -> None:
    run(name, server.url, tmp_path, people[:60], clock=FakeClock())
    left = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()).lower()
    assert b"rue" not in left and b"53900" not in left
    assert not list(tmp_path.rglob("*.sqlite*"))


# Determinism.


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


class apart:
    """A run in a process of its own."""

    def __init__(self, name: str, url: str, folder: Path, queries: list[Query]) -> None:
        folder.mkdir(exist_ok=True)
        source = folder / "rows.json"
        cells = [[q.row_id, *(getattr(q, cell) for cell in CELLS)] for q in queries]
        source.write_text(json.dumps(cells), encoding="utf-8")
        self.output = folder / "answers.json"
        script = Path(__file__).with_name("geocoding_services.py")
        self.process = subprocess.Popen(
            [sys.executable, str(script), name, url, str(folder), str(source), str(self.output)],
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        )

    def finish(self) -> list[Located]:
        assert self.process.wait(120) == 0
        return [Located(*cells) for cells in json.loads(self.output.read_text(encoding="utf-8"))]


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
        if len([one for one in server.log if one.method == "GET"]) > 40:
            enough.set()
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


def rows_of(seen: Seen) -> list[str]:
    data = next(part for part in parts_of(seen) if part.filename)
    return [line.split(";")[0] for line in data.content.decode().splitlines()[1:]]


# Faults.

SOME = [
    Query("a", "12 rue de la Gare", "", "99100", "Valmoreau"),
    Query("b", "2 rue Jean Jaurès", "", "99100", "Valmoreau"),
    Query("c", "4 rue du Lavoir", "", "99100", "Saint-Ardoin-sur-Lisse"),
    Query("d", "rue Inconnue", "", "99100", "Valmoreau"),
]


@pytest.fixture
def small(name: str, sample: Engine) -> Iterator[GeocodageServer]:
    with SERVERS[name](engine=sample) as running:
        yield running


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


def test_a_file_of_addresses_is_not_sent_on_to_another_host(
    name: str, small: GeocodageServer, tmp_path: Path
) -> None:
    small.each(
        lambda seen: (
            faulty.redirect("http://ailleurs.invalid/search/csv", 307)
            if seen.method == "POST"
            else None
        )
    )
    with pytest.raises(ServiceError, match="redirects"):
        run(name, small.url, tmp_path, SOME, clock=FakeClock())


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


def test_addok_filters_of_columns_are_not_used(sample: Engine, tmp_path: Path) -> None:
    """They fail in addok 1.3 with addok-csv 1.1."""
    with AddokServer(engine=sample) as running:
        assert len(run("addok", running.url, tmp_path, SOME, clock=FakeClock())) == 4
        names = {p.name for s in running.log if s.method == "POST" for p in parts_of(s)}
    assert names == {"data", "columns", "delimiter", "quote", "encoding", "min_score"}


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


def test_the_quota_is_respected(sample: Engine, tmp_path: Path) -> None:
    """Doubtful rows are asked several at a time, and yet never more than the service allows."""
    queries = [
        Query(str(at), f"{at} rue de la Garre", "", "99100", "Valmoreau") for at in range(1, 80)
    ]
    with GeocodageServer(engine=sample, quota=(50, 1.0)) as running:
        run("geoplateforme", running.url, tmp_path, queries)
        assert len(running.log) > 70 and not running.refused


def test_what_was_asked_is_not_asked_again_within_a_run(
    name: str, small: GeocodageServer, tmp_path: Path
) -> None:
    with kept_answers(tmp_path / "run", ["x"], Silent()) as answers:
        way = way_of(name, small.url, tmp_path, answers, clock=FakeClock())
        first = way.locate(SOME, Silent())
        count, sent = len(small.log), way.sent
        assert way.locate(SOME, Silent()) == first
        assert (len(small.log), way.sent) == (count, sent)


def test_least_score_is_that_of_the_offline_index() -> None:
    assert MIN_SCORE < service.SURE_SCORE
