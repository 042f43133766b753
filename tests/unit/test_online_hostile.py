"""Answers of forms that nobody foresaw, notes and cache lines damaged: a sentence, and the next run goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from coodiag.coodiag_plugin.core.errors import CoodiagError
from coodiag.coodiag_plugin.core.provenance import Provenance
from coodiag.coodiag_plugin.core.wanted import Wanted
from coodiag.coodiag_plugin.sources import citations
from coodiag.coodiag_plugin.sources.citations import Fetch
from coodiag.coodiag_plugin.sources.names import holds_name
from coodiag.coodiag_plugin.sources.online import collect as online
from coodiag.coodiag_plugin.sources.online.depot import Depot
from coodiag.coodiag_plugin.sources.web import exchange
from coodiag.coodiag_plugin.sources.web.cache import Cache
from coodiag.coodiag_plugin.sources.web.client import NetworkSettings, Request, ServiceError, Web
from coodiag.coodiag_plugin.sources.web.faults import Kind
from coodiag.coodiag_plugin.sources.web.messages import is_page, words_of
from coodiag.tests.servers.base import LocalServer, Response, Seen
from coodiag.tests.servers.data_inclusion import TOKEN
from coodiag.tests.servers.everything import Services, serving
from coodiag.tests.servers.faulty import FILE, FaultyServer, redirect
from coodiag.tests.servers.world import World
from coodiag.tests.unit.web_samples import FakeClock, Listener, client, items

TERRITORY = "EPCI:245390927"
VARIABLES = ("PMUN", "P_POP", "MED")
KEYS = {"sirene": "invented-key-sirene-0042", "data_inclusion": TOKEN}


# The collectors.


@pytest.fixture(scope="module")
def services(world: World) -> Iterator[Services]:
    with serving(world) as running:
        yield running


def spoil(server: LocalServer, path: str, steps: tuple[Any, ...], value: Any) -> None:
    """Have ``server`` put ``value`` in the place of a part of its answers under ``path``."""

    def answer(seen: Seen) -> Response:
        true = server.answer(seen)
        if path not in seen.path or true.status != 200:
            return true
        whole = json.loads(true.body)
        part = whole
        try:
            for step in steps[:-1]:
                part = part[step]
            part[steps[-1]] = value
        except LookupError:  # an empty page
            return true
        return Response.of_json(whole)

    server.each(answer)


def run(services: Services, folder: Path, name: str, mode: str = "auto") -> Depot:
    settings = NetworkSettings(urls=services.urls)
    web = Web(settings, Cache(folder / "cache", mode, FakeClock()), KEYS, Listener())
    depot = Depot(folder / "data")
    wanted = Wanted(TERRITORY, None, VARIABLES, (name,), "sirene-api")
    online.collect(web, wanted, depot, Listener())
    return depot


SPOILT = [
    ("statistics", "melodi", "range/", ("range", 0), None),
    ("statistics", "melodi", "data/", ("observations", 0, "dimensions"), "x"),
    ("job_seekers", "dares", "datasets/dares", ("fields",), {"a": None}),
    ("benefits", "caf", "s_ben_com_f", ("metas",), 14118),
    ("iris", "wfs", "", ("features", 0, "geometry", "coordinates"), "../../x"),
    ("roads", "wfs", "", ("features", 0), 10**30),
    ("inclusion", "data_inclusion", "structures", ("items", 0, "doublons"), -1),
    ("siae", "recherche_entreprises", "search", ("results", 0, "matching_etablissements"), 1),
    ("establishments", "sirene", "siret", ("etablissements", 0, "uniteLegale"), True),
    ("establishments", "sirene", "siret", ("etablissements", 0), float("nan")),
]


@pytest.mark.parametrize(("name", "service", "path", "steps", "value"), SPOILT)
def test_an_answer_of_another_form_is_told_and_the_next_run_goes_on(
    services: Services,
    tmp_path: Path,
    name: str,
    service: str,
    path: str,
    steps: tuple[Any, ...],
    value: Any,
) -> None:
    server = services.servers[service]
    spoil(server, path, steps, value)
    if service == "wfs":  # the contours of the communes come from another service then
        spoil_layers(server, steps, value)
    try:
        failed = run(services, tmp_path, name).failed
    finally:
        server.rest()
    assert failed
    assert all("{" not in str(error) and "\n" not in str(error) for error in failed.values())
    again = run(services, tmp_path, name).failed
    assert not again, [str(error) for error in again.values()]


def spoil_layers(server: LocalServer, steps: tuple[Any, ...], value: Any) -> None:
    """The same, but for the layers of the geography."""
    spoilt = server._each

    def answer(seen: Seen) -> Response | None:
        named = dict(seen.params).get("TYPENAMES", "").lower()
        if any(word in named for word in ("commune", "departement", "region")):
            return None
        return spoilt(seen) if callable(spoilt) else spoilt

    server.each(answer)


@pytest.mark.parametrize("steps", [(0, "surface"), (0, "codesPostaux")])
def test_communes_of_another_form_are_told(
    services: Services, tmp_path: Path, steps: tuple[Any, ...]
) -> None:
    server = services.servers["geo_api"]
    spoil(server, "communes", steps, 7 if steps[1] == "codesPostaux" else ["x"])
    try:
        with pytest.raises(CoodiagError, match=r"geo\.api\.gouv\.fr"):
            run(services, tmp_path, "job_seekers")
    finally:
        server.rest()
    assert not run(services, tmp_path, "job_seekers").failed


# The HTTP room.


@pytest.fixture
def server() -> Iterator[FaultyServer]:
    with FaultyServer() as running:
        yield running


@pytest.mark.parametrize(
    "body",
    [b"[" * 200_000, b'{"a":' + b"9" * 6000 + b"}"],
    ids=["too deep", "5 000 digits"],
)
def test_json_that_python_refuses_is_told(
    server: FaultyServer, tmp_path: Path, body: bytes
) -> None:
    server.each(Response.typed(body, "application/json"))
    with pytest.raises(ServiceError) as told:
        client(tmp_path, server.url).json(items())
    assert told.value.kind is Kind.ERROR_BODY, "not cut on the way: asked once, with the reason"
    assert told.value.fields["detail"] and len(server.log) == 1


def test_what_is_no_number_is_null(server: FaultyServer, tmp_path: Path) -> None:
    server.each(Response.typed(b'{"a":NaN,"b":[-Infinity]}', "application/json"))
    assert client(tmp_path, server.url).json(items()) == {"a": None, "b": [None]}


@pytest.mark.parametrize("charset", ["undefined", '"a\0b"'])
def test_an_encoding_that_breaks_python_is_told(
    server: FaultyServer, tmp_path: Path, charset: str
) -> None:
    server.each(Response.typed(b"{}", f"application/json; charset={charset}"))
    with pytest.raises(ServiceError):
        client(tmp_path, server.url).json(items())


@pytest.mark.parametrize(
    "target",
    ["http://[::1", "http://127.0.0.1:99999/", "http://127.0.0.1:abc/", f"http://{'a' * 300}/"],
)
def test_a_redirect_that_cannot_be_read_is_told(
    server: FaultyServer, tmp_path: Path, target: str
) -> None:
    server.each(redirect(target))
    with pytest.raises(ServiceError):
        client(tmp_path, server.url).json(items())


def test_a_bomb_is_left_before_it_fills_the_memory(
    server: FaultyServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "LARGEST", 1_000_000)
    server.each(Response.typed(b"[" + b" " * 2_000_000 + b"]", "application/json").gzipped())
    with pytest.raises(ServiceError, match="> 1 Mo"):
        client(tmp_path, server.url).json(items())


@pytest.mark.parametrize(
    "body",
    [b'{"detail":[{"loc":5,"msg":"x"}]}', b"[" * 200_000, b'{"detail":' * 900 + b"1" + b"}" * 900],
    ids=["loc", "deep", "nested"],
)
def test_odd_refusals_have_words(body: bytes) -> None:
    assert words_of(body, "application/json")


def test_many_comments_are_looked_through_at_once() -> None:
    assert not is_page(b"<!--" + b"--><!--" * 400)
    assert is_page(b"<!-- a --> <!-- b -->\n<html>")


@pytest.mark.parametrize(
    ("name", "value"),
    [("status", None), ("date", "x"), ("date", 1e300), ("headers", None), ("headers", {"etag": 5})],
)
def test_a_damaged_line_of_the_cache_counts_as_not_there(
    server: FaultyServer, tmp_path: Path, name: str, value: Any
) -> None:
    good = client(tmp_path, server.url).json(items())
    (kept,) = tmp_path.rglob("*.answer")
    line, _, content = kept.read_bytes().partition(b"\n")
    kept.write_bytes(json.dumps({**json.loads(line), name: value}).encode() + b"\n" + content)
    assert client(tmp_path, server.url).json(items()) == good
    assert len(server.log) == 2


@pytest.mark.parametrize("note", ['{"date":"x"}', "[" * 100_000], ids=["types", "deep"])
def test_a_damaged_note_of_a_download_is_not_believed(
    server: FaultyServer, tmp_path: Path, note: str
) -> None:
    path = tmp_path / "f.zip"
    question = Request.get("geo_api", "file")
    client(tmp_path / "c", server.url).download(question, path)
    beside = tmp_path / ".f.zip.origin"
    known = json.loads(beside.read_text())
    beside.write_text(json.dumps({**known, **json.loads(note)}) if note[0] == "{" else note)
    assert client(tmp_path / "c", server.url).download(question, path).read_bytes() == FILE


def test_a_part_that_does_not_say_where_it_belongs_is_not_the_file(
    server: FaultyServer, tmp_path: Path
) -> None:
    server.cut_file_after = 100_000
    path = tmp_path / "f.zip"
    server.each(
        lambda seen: Response(FILE[100_000:], 206) if "range" in seen.headers else None,
    )
    server.script(Response(FILE, headers=(("ETag", '"v1"'),), cut_at=100_000))
    server.cut_file_after = 0
    client(tmp_path / "c", server.url).download(Request.get("geo_api", "file"), path)
    assert path.read_bytes() == FILE


def test_a_password_in_an_address_is_not_shown() -> None:
    settings = NetworkSettings(urls={"melodi": "http://user:Inventé-42@127.0.0.1:1"})
    assert "Inventé" not in repr(settings)


@pytest.mark.parametrize(
    "note", ["[" * 100_000, '{"dataset":"siae","title":"","producer":"","vintage":"","cog":null}']
)
def test_a_damaged_note_of_a_source_counts_as_not_there(tmp_path: Path, note: str) -> None:
    path = tmp_path / "siae.csv"
    citations.citation_path(path).write_text(note)
    assert citations.read_citation(path) is None


def test_a_note_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    import pandas as pd
    from coodiag.coodiag_plugin.core.provenance import Provenance

    citations.citation_path(tmp_path / "siae.csv").mkdir()
    with pytest.raises(CoodiagError, match="cannot be written"):
        Depot(tmp_path).table(
            "siae.csv", pd.DataFrame({"a": ["1"]}), Provenance("siae", "", "", "")
        )


# Data folders used twice.


def test_one_register_stays_in_a_folder(services: Services, tmp_path: Path) -> None:
    settings = NetworkSettings(urls=services.urls)
    files = {}
    for way in ("recherche-entreprises", "stock", "sirene-api"):
        web = Web(settings, Cache(tmp_path / "cache", "auto", FakeClock()), KEYS, Listener())
        depot = Depot(tmp_path / "data")
        wanted = Wanted(TERRITORY, None, VARIABLES, ("establishments",), way)
        online.collect(web, wanted, depot, Listener())
        assert not depot.failed
        found = (path.name for path in (tmp_path / "data").iterdir())
        files[way] = {name for name in found if "sirene" in name or "recherche" in name}
    assert len(files["stock"]) == 6
    assert files["sirene-api"] == {
        "sirene_api_etablissements.csv",
        ".sirene_api_etablissements.csv.source",
    }


def test_what_was_fetched_for_another_territory_goes_and_the_users_files_stay(
    tmp_path: Path,
) -> None:
    source = Provenance("siae", "Liste", "Inventé", "2026")
    table = pd.DataFrame({"siret": ["1"]})
    former = Depot(tmp_path)
    for collection, scope in (("siae", "here"), ("siae", "there"), ("iris", "here")):
        former.fetch = Fetch(collection, scope)
        former.table(f"{collection}_{scope}.csv", table, source)
    (tmp_path / "mine.csv").write_text("x")
    fresh = Depot(tmp_path)
    fresh.fetch = Fetch("districts", "here")
    fresh.table("districts_here.csv", table, source)
    fresh.tidy("here", ["siae"])
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == [
        ".districts_here.csv.source",
        ".iris_here.csv.source",  # not asked again: still true of this territory
        "districts_here.csv",
        "iris_here.csv",
        "mine.csv",
    ]


@pytest.mark.parametrize(
    ("sign", "names", "held"),
    [
        ("BOULANGERIE DUPONT", ["DUPONT-LEROY"], True),
        ("Chez Ny", ["NY"], True),
        ("LE FOURNIL DE LA GARE", ["LE GOFF"], False),
        ("Fournil Le Goff", ["LE GOFF"], True),
        ("FOURNIL", ["", "LE GOFF"], False),
    ],
)
def test_a_part_of_a_family_name_is_a_name(sign: str, names: list[str], held: bool) -> None:
    assert holds_name(sign, names) is held


def test_contours_of_another_form_are_replaced(services: Services, tmp_path: Path) -> None:
    server = services.servers["wfs"]
    spoil(server, "", ("features", 0, "geometry", "coordinates"), "x")
    try:
        depot = run(services, tmp_path, "job_seekers")
    finally:
        server.rest()
    assert "contours_communes.geojson" in {path.name for path in depot.files}
