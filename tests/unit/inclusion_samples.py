"""A client on the local servers of inclusion, and the scope of the demonstration."""

from __future__ import annotations

from pathlib import Path

from coodiag.coodiag_plugin.core.codes import department
from coodiag.coodiag_plugin.sources.online.depot import Depot
from coodiag.coodiag_plugin.sources.online.scope import Scope
from coodiag.coodiag_plugin.sources.web.cache import Cache
from coodiag.coodiag_plugin.sources.web.client import NetworkSettings, Web
from coodiag.tests.unit.web_samples import FakeClock, Listener

_NOWHERE = {"recherche_entreprises": "http://127.0.0.1:9"}


def scope_of(communes: list[str]) -> Scope:
    codes = tuple(sorted(communes))
    places = tuple(sorted({department(code) for code in codes}))
    return Scope(codes, codes, (), places, (), ((0.0, 0.0, 1.0, 1.0),))


class Desk:
    """Everything that a collector is called with: ``collect(desk.web, scope, desk.depot, …)``."""

    def __init__(
        self, folder: Path, service: str, url: str, keys: dict[str, str] | None = None, **urls: str
    ) -> None:
        """``urls``: addresses of more services; one that is not given cannot be reached."""
        self.progress = Listener()
        self.clock = FakeClock()
        network = NetworkSettings(urls={**_NOWHERE, service: url, **urls})
        cache = Cache(folder / "cache", "auto", self.clock)
        self.web = Web(network, cache, keys, self.progress)
        self.depot = Depot(folder / "data")
        self.depot.folder.mkdir(parents=True, exist_ok=True)

    def written(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in sorted(self.depot.folder.iterdir())}
