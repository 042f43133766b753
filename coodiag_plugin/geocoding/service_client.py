"""What the clients of the geocoding services have in common."""

from __future__ import annotations

from ..sources.web.client import Web
from ..sources.web.services import services


class ServiceClient:
    """A service of the catalogue, asked through ``web``. See :class:`~.bulk.Client`."""

    name: str
    service: str

    def __init__(self, web: Web) -> None:
        self._web = web

    @property
    def server(self) -> str:
        return self._web.caller.base(services()[self.service])
