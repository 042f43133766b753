"""Questions to one service, with the day of the oldest answer for the line among the sources."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from ...core.provenance import Provenance
from ..recognise import datasets
from ..web.answers import Answer
from ..web.client import Check, Web
from ..web.request import Request
from ..web.services import services

T = TypeVar("T")


class Asking:
    """A conversation with a service for one table: what it gave, and since when it is true.

    ``day``: ISO date of the oldest answer used, "" before the first one.
    """

    def __init__(self, web: Web, service: str) -> None:
        self.web = web
        self.service = services()[service]
        self.day = ""

    def json(self, request: Request, check: Check | None = None) -> Any:
        return self.fetch(request, Answer.json, check)

    def text(self, request: Request, check: Check | None = None) -> str:
        return self.fetch(request, Answer.text, check)

    def fetch(self, request: Request, read: Callable[[Answer], T], check: Check | None = None) -> T:
        """The answer as ``read`` makes it; see :meth:`Web.fetch`."""
        answer, value = self.web.fetch(request, read, check)
        self.day = min(self.day or answer.date, answer.date)
        return value

    def source(self, dataset: str, **known: str) -> Provenance:
        """The line among the sources of a table of the family ``dataset``.

        ``known`` replaces what the family and the service say: vintage, cog, title, licence…
        """
        family = datasets()[dataset]
        facts = {
            "title": family.title,
            "producer": family.producer,
            "vintage": "",
            "retrieved": self.day,
            "licence": self.service.licence or family.licence,
            "attribution": self.service.attribution,
            "service": self.service.title,
            **known,
        }
        return Provenance(dataset=dataset, **facts)
