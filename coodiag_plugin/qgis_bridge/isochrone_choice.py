"""Which service is asked for isochrones, and what it cannot give."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from ..core.choices import GEOPLATEFORME, VALHALLA
from ..core.errors import InputError

#: What people copy with the address of a server.
_DOORS = ("/isochrones", "/isochrone")


@dataclass(frozen=True)
class Service:
    """The service asked: parameters ENGINE, URL, AUTHCFG, CACHE and PEOPLE.

    ``people``: the points are places of people: no question is kept on this machine.
    """

    name: str
    url: str = ""
    authcfg: str = ""
    cache: str = "auto"
    people: bool = False

    @property
    def base(self) -> str:
        """The address given, without the door that people copy with it."""
        address = self.url.strip().rstrip("/")
        for door in _DOORS:
            address = address.removesuffix(door)
        return address

    @property
    def is_own(self) -> bool:
        """Whether the server is one of the user's own."""
        return self.name == VALHALLA or bool(self.base)

    def check(self, profile: str, merge: str) -> None:
        """Refuse what the service cannot give."""
        if merge == "nearest":
            raise InputError(
                "The engine {engine} gives areas, not the time of each place: “nearest” cannot be drawn from them. Choose each or merged, or the engine roads or pgrouting.",
                engine=self.name,
            )
        if self.name == GEOPLATEFORME and profile == "bike":
            raise InputError(
                "The engine geoplateforme knows cars and pedestrians only. For bikes choose the engine roads, valhalla or openrouteservice."
            )
        if not self.base:
            return
        parts = urlsplit(self.base)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query:
            raise InputError(
                "“{url}” is not the address of a server: write it as https://valhalla.example or http://localhost:8002.",
                url=self.url,
            )
