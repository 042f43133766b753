"""Every public service of the catalogue imitated at once, on the demonstration's territory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from .ban import BanServer
from .base import LocalServer
from .data_gouv import DataGouvServer
from .data_inclusion import DataInclusionServer
from .emplois_inclusion import EmploisInclusionServer
from .geo_api import GeoApiServer
from .melodi import MelodiServer
from .opendatasoft import CafServer, DaresServer, UrssafServer
from .recherche_entreprises import RechercheEntreprisesServer
from .sirene_api import SireneApiServer
from .wfs import WfsServer
from .world import World

SERVERS: dict[str, type[LocalServer]] = {
    "geo_api": GeoApiServer,
    "wfs": WfsServer,
    "melodi": MelodiServer,
    "sirene": SireneApiServer,
    "recherche_entreprises": RechercheEntreprisesServer,
    "data_gouv": DataGouvServer,
    "ban": BanServer,
    "urssaf": UrssafServer,
    "caf": CafServer,
    "dares": DaresServer,
    "emplois_inclusion": EmploisInclusionServer,
    "data_inclusion": DataInclusionServer,
}


#: Documented quotas: requests, seconds.
QUOTAS = {
    "geo_api": (50, 1.0),
    "wfs": (30, 1.0),
    "melodi": (30, 60.0),
    "sirene": (30, 60.0),
    "recherche_entreprises": (7, 1.0),
    "emplois_inclusion": (12, 60.0),
}


@dataclass(frozen=True)
class Services:
    """The running servers by service id."""

    servers: dict[str, LocalServer]

    @property
    def urls(self) -> dict[str, str]:
        return {name: server.url for name, server in self.servers.items()}

    @property
    def variables(self) -> dict[str, str]:
        """Environment that points Coodiag at the servers."""
        return {f"COODIAG_URL_{name.upper()}": url for name, url in self.urls.items()}


@contextmanager
def serving(world: World, *names: str, quotas: bool = False) -> Iterator[Services]:
    """The named servers (all of them by default) while the block lasts.

    ``quotas``: refuse beyond the documented ones, which only a client of the true clock respects.
    """
    with ExitStack() as stack:
        servers = {
            name: stack.enter_context(SERVERS[name](world))  # type: ignore[call-arg]
            for name in names or SERVERS
        }
        for name, server in servers.items():
            server.quota = QUOTAS.get(name) if quotas else None
        yield Services(servers)
