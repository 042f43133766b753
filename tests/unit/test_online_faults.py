"""Every collection through every fault of its services: the same bytes in the end, or a sentence.

The services are those of :mod:`tests.servers.everything`, on the demonstration's territory.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.errors import Cancelled, CoodiagError
from coodiag.coodiag_plugin.core.wanted import GEOGRAPHY, REGISTERS, Wanted, collections
from coodiag.coodiag_plugin.demo.generate import DemoPaths
from coodiag.coodiag_plugin.sources.online import collect as online
from coodiag.coodiag_plugin.sources.online.depot import Depot
from coodiag.coodiag_plugin.sources.online.geography import collect_geography
from coodiag.coodiag_plugin.sources.online.scope import Scope
from coodiag.coodiag_plugin.sources.web.client import Cache, NetworkSettings, Web
from coodiag.tests.servers import faulty
from coodiag.tests.servers.base import Response, Seen
from coodiag.tests.servers.data_inclusion import TOKEN
from coodiag.tests.servers.everything import Services, serving
from coodiag.tests.servers.world import World
from coodiag.tests.unit.web_samples import FakeClock, Listener

TERRITORY = "EPCI:245390927"
VARIABLES = ("PMUN", "P_POP", "P_POP~", "P_CHOM1564", "P_ACT1564", "MED", "NBMENFISC", "DEFM_ABC")
KEYS = {"sirene": "invented-key-sirene-0042", "data_inclusion": TOKEN}
#: Collection, then the way to the establishments.
CASES = [(name, "auto") for name in collections() if name != "establishments"] + [
    ("establishments", way) for way in REGISTERS if way != "auto"
]
PASSING: dict[str, Response] = {
    "429": faulty.busy("1"),
    "503": faulty.failure(503),
    "reset": faulty.reset(),
    "length not honoured": faulty.cut_length(),
    "gzip damaged": faulty.bad_gzip(),
}
LASTING: dict[str, Response] = {
    "login page": faulty.login_page(),
    "forbidden": faulty.failure(403, "Accès refusé"),
    "redirect out of https": faulty.redirect("http://portail.invalid/login"),
}


@pytest.fixture(scope="module")
def services(demo: DemoPaths) -> Iterator[Services]:
    with serving(World(demo.data_folder)) as running:
        yield running


@pytest.fixture(autouse=True)
def rested(services: Services) -> None:
    for server in services.servers.values():
        server.rest()


class Bench:
    """One collection, run as often as needed on the same cache."""

    def __init__(self, services: Services, scope: Scope, place: Path, name: str, way: str) -> None:
        self.services, self.scope, self.place, self.name, self.way = (
            services,
            scope,
            place,
            name,
            way,
        )
        self.listener = Listener()
        self.runs = 0

    def run(self) -> dict[str, bytes]:
        self.runs += 1
        folder = self.place / f"folder-{self.runs}"
        web = client(self.services, self.place / "cache", self.listener)
        depot = Depot(folder)
        if self.name == GEOGRAPHY:
            collect_geography(web, TERRITORY, None, VARIABLES, depot, self.listener)
        else:
            wanted = Wanted(TERRITORY, collections=(self.name,), register=self.way)
            online.collect_one(web, self.name, wanted, self.scope, depot, self.listener)
        if depot.failed:
            raise next(iter(depot.failed.values()))
        return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}

    @property
    def requests(self) -> int:
        return sum(len(server.log) for server in self.services.servers.values())

    def script(self, before: int, *faults: faulty.Response) -> None:
        """``faults`` after ``before`` good answers, whichever servers are asked."""
        order = Order(before, list(faults))
        for server in self.services.servers.values():
            server.each(order)


class Order:
    """Faults shared by all the servers, in the order in which requests come."""

    def __init__(self, before: int, faults: list[Response]) -> None:
        self.before, self.faults = before, faults

    def __call__(self, seen: Seen) -> Response | None:
        if self.before:
            self.before -= 1
            return None
        return self.faults.pop(0) if self.faults else None


def client(services: Services, folder: Path, listener: Listener) -> Web:
    settings = NetworkSettings(urls=services.urls)
    return Web(settings, Cache(folder, "auto", FakeClock()), KEYS, listener)


@pytest.fixture(scope="module")
def scope(services: Services, tmp_path_factory: pytest.TempPathFactory) -> Scope:
    place = tmp_path_factory.mktemp("scope")
    web = client(services, place / "cache", Listener())
    return collect_geography(web, TERRITORY, None, VARIABLES, Depot(place / "x"), Listener())


@pytest.fixture(params=CASES, ids=lambda case: "-".join(case))
def bench(
    request: pytest.FixtureRequest, services: Services, scope: Scope, tmp_path: Path
) -> Bench:
    return Bench(services, scope, tmp_path, *request.param)


@pytest.fixture(scope="module")
def clean(
    services: Services, scope: Scope, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Bench], tuple[dict[str, bytes], int]]:
    """What a collection gives when all goes well, and how many requests it takes."""
    known: dict[tuple[str, str], tuple[dict[str, bytes], int]] = {}

    def of(bench: Bench) -> tuple[dict[str, bytes], int]:
        case = (bench.name, bench.way)
        if case not in known:
            fresh = Bench(services, scope, tmp_path_factory.mktemp("clean"), *case)
            before = fresh.requests
            files = fresh.run()
            known[case] = files, fresh.requests - before
        for server in services.servers.values():
            server.rest()
        return known[case]

    return of


Clean = Callable[[Bench], tuple[dict[str, bytes], int]]


def test_a_collection_writes_files_and_their_sources(bench: Bench, clean: Clean) -> None:
    files, requests = clean(bench)
    tables = [name for name in files if not name.startswith(".")]
    assert tables and requests
    for name in tables:
        assert f".{name}.source" in files, "each file has its source beside it"
        assert files[name].count(b"\n") > 1 or name.endswith(".gz")


def test_asked_again_the_cache_answers_and_the_bytes_are_the_same(
    bench: Bench, clean: Clean
) -> None:
    files, _ = clean(bench)
    assert bench.run() == files
    before = bench.requests
    assert bench.run() == files
    assert bench.requests == before


@pytest.mark.parametrize("fault", PASSING)
def test_a_passing_fault_changes_nothing(bench: Bench, clean: Clean, fault: str) -> None:
    files, requests = clean(bench)
    bench.script(requests // 2, PASSING[fault], PASSING[fault])
    assert bench.run() == files
    assert bench.requests >= requests


@pytest.mark.parametrize("fault", LASTING)
def test_a_lasting_fault_is_told_and_the_next_run_ends_with_the_same_bytes(
    bench: Bench, clean: Clean, fault: str
) -> None:
    files, _ = clean(bench)
    bench.script(0, *[LASTING[fault]] * 40)
    with pytest.raises(CoodiagError) as raised:
        bench.run()
    told = str(raised.value)
    assert re.match(r"[A-Za-z].*[.!…]$", told, re.DOTALL) and "{" not in told, told
    assert not any(key in told for key in KEYS.values())
    for server in bench.services.servers.values():
        server.rest()
    assert bench.run() == files


def test_a_run_cut_at_any_request_goes_on_where_it_stopped(bench: Bench, clean: Clean) -> None:
    files, requests = clean(bench)
    for cut in sorted({0, 1, requests // 3, requests // 2, requests - 1} & set(range(requests))):
        again = Bench(
            bench.services, bench.scope, bench.place / f"cut-{cut}", bench.name, bench.way
        )
        for server in bench.services.servers.values():
            server.rest()
        again.script(cut, *[faulty.reset()] * 400)
        with pytest.raises(CoodiagError):
            again.run()
        for server in bench.services.servers.values():
            server.rest()
        assert again.run() == files
        assert again.requests <= requests - cut, "what had come is not asked again"


def test_a_cancel_stops_at_once_and_the_next_run_ends_with_the_same_bytes(
    bench: Bench, clean: Clean
) -> None:
    files, _ = clean(bench)

    def cancel(seen: Seen) -> Response | None:
        bench.listener.cancel.set()
        return None

    for server in bench.services.servers.values():
        server.each(cancel)
    with pytest.raises(Cancelled):
        bench.run()
    assert bench.requests == 1
    for server in bench.services.servers.values():
        server.rest()
    bench.listener.cancel.clear()
    assert bench.run() == files


def test_no_key_is_ever_written_or_said(bench: Bench, clean: Clean) -> None:
    clean(bench)
    bench.run()
    written = b"".join(path.read_bytes() for path in bench.place.rglob("*") if path.is_file())
    told = " ".join([*bench.listener.said, *bench.listener.warned])
    for key in KEYS.values():
        assert key.encode() not in written and key not in told


def test_every_collection_of_the_catalogue_has_its_collector() -> None:
    assert set(collections()) == {GEOGRAPHY, "establishments", *online.COLLECTORS}
