"""The demonstration as the local servers and the collectors of a test see it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from coodiag.coodiag_plugin.sources.online.scope import Scope
from coodiag.coodiag_plugin.sources.web.client import Cache, NetworkSettings, Web
from coodiag.tests.servers.world import World
from coodiag.tests.unit.web_samples import FakeClock, Listener


def demo_scope(world: World) -> Scope:
    """The communes of the EPCI of Fictange, with those of its neighbour around it."""
    communes = tuple(sorted(world.communes))
    inside = tuple(code for code in communes if world.communes[code]["EPCI"] == "245390927")
    return Scope(
        communes=communes,
        territory=inside,
        epcis=("245390927",),
        departments=("53",),
        regions=("52",),
        boxes=((-1.2, 47.8, 0.2, 48.6),),
    )


def web_on(folder: Path, mode: str = "auto", **urls: str) -> Web:
    """A client whose services are at these addresses, on a clock that waits for nothing."""
    return Web(NetworkSettings(urls=urls), Cache(folder, mode, FakeClock()), {}, Listener())


def heard(web: Web) -> Any:
    return web.progress
