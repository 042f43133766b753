"""Portals, address files and neighbourhoods: cut or disturbed at any request, the same bytes in the end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.errors import Cancelled
from coodiag.coodiag_plugin.sources.online.ban_files import collect_addresses
from coodiag.coodiag_plugin.sources.online.benefits import collect_benefits
from coodiag.coodiag_plugin.sources.online.depot import Depot
from coodiag.coodiag_plugin.sources.online.districts import collect_districts
from coodiag.coodiag_plugin.sources.online.job_seekers import collect_job_seekers
from coodiag.coodiag_plugin.sources.online.private_jobs import collect_private_jobs
from coodiag.coodiag_plugin.sources.web.client import Cache, NetworkSettings, ServiceError, Web
from coodiag.tests.servers import faulty
from coodiag.tests.servers.ban import BanServer
from coodiag.tests.servers.base import Response, Seen
from coodiag.tests.servers.opendatasoft import CafServer, DaresServer, UrssafServer
from coodiag.tests.servers.qpv import QpvServer
from coodiag.tests.servers.world import World
from coodiag.tests.unit.online_world import demo_scope
from coodiag.tests.unit.web_samples import FakeClock, Listener

CASES: dict[str, tuple[str, Any, Callable[..., None], dict[str, Any]]] = {
    "dares": ("dares", DaresServer, collect_job_seekers, {}),
    "caf": ("caf", CafServer, collect_benefits, {}),
    "caf by pages": ("caf", CafServer, collect_benefits, {"exports": False}),
    "urssaf": ("urssaf", UrssafServer, collect_private_jobs, {}),
    "ban": ("ban", BanServer, collect_addresses, {}),
    "qpv": ("data_gouv", QpvServer, collect_districts, {}),
}
PASSING = {
    "busy": faulty.busy("1"),
    "failure": faulty.failure(503),
    "reset": faulty.reset(),
    "cut": faulty.cut_length(),
    "damaged": faulty.bad_gzip(),
}
LASTING = {"portal": faulty.login_page(), "forbidden": faulty.failure(403, "Accès refusé")}


class Bench:
    """One collection on its server, run as often as a test needs."""

    def __init__(self, case: str, world: World, folder: Path) -> None:
        self.service, self.make, self.collect, self.options = CASES[case]
        self.world, self.folder = world, folder

    def run(self, server: Any, name: str, listener: Listener) -> dict[str, bytes]:
        home = self.folder / name
        settings = NetworkSettings(urls={self.service: server.url})
        web = Web(settings, Cache(home / "cache", "auto", FakeClock()), {}, listener)
        self.collect(web, demo_scope(self.world), Depot(home / "data"), listener)
        return {path.name: path.read_bytes() for path in sorted((home / "data").iterdir())}

    def server(self) -> Any:
        return self.make(self.world, **self.options)


@pytest.mark.parametrize("case", CASES)
def test_killed_at_any_request_and_started_again(case: str, world: World, tmp_path: Path) -> None:
    bench = Bench(case, world, tmp_path)
    with bench.server() as server:
        expected = bench.run(server, "whole", Listener())
        count = len(server.log)
    assert count and any(not name.startswith(".") for name in expected)
    for rank in range(count):
        listener = Listener()

        def stop(_: Seen, listener: Listener = listener) -> Response:
            listener.cancel.set()
            return faulty.silent(30)

        with bench.server() as server:
            server.script(*[lambda _: None] * rank, stop)
            with pytest.raises(Cancelled):
                bench.run(server, f"cut {rank}", listener)
        with bench.server() as server:
            assert bench.run(server, f"cut {rank}", Listener()) == expected
            assert len(server.log) <= count


@pytest.mark.parametrize("fault", PASSING)
@pytest.mark.parametrize("case", CASES)
def test_a_passing_fault_at_any_request(
    case: str, fault: str, world: World, tmp_path: Path
) -> None:
    bench = Bench(case, world, tmp_path)
    with bench.server() as server:
        expected = bench.run(server, "whole", Listener())
        count = len(server.log)
    for rank in range(count):
        with bench.server() as server:
            server.script(*[lambda _: None] * rank, PASSING[fault])
            assert bench.run(server, f"{fault} {rank}", Listener()) == expected


@pytest.mark.parametrize("fault", LASTING)
@pytest.mark.parametrize("case", CASES)
def test_a_lasting_fault_is_a_sentence_and_leaves_no_file(
    case: str, fault: str, world: World, tmp_path: Path
) -> None:
    bench, listener = Bench(case, world, tmp_path), Listener()
    with bench.server() as server:
        server.script(*[LASTING[fault]] * 60)
        with pytest.raises(ServiceError):
            bench.run(server, "fault", listener)
    data = tmp_path / "fault" / "data"
    assert not data.exists() or not any(data.iterdir())
