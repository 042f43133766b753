"""Questions to one service, with the day of the oldest answer for the line among the sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from ...core.provenance import Provenance
from ..recognise import datasets
from ..web.answers import Answer
from ..web.client import Check, Web
from ..web.request import Request
from ..web.services import services

T = TypeVar("T")
#: Statuses of what is not, or no longer, there.
MISSING = (404, 410)


def shared_folder(web: Web) -> Path:
    """Where big files stay, for every territory of this user."""
    return web.cache.folder / "files"


def fitting(
    items: Iterable[str], weight: Callable[[str], int], most: int
) -> Iterator[tuple[str, ...]]:
    """The items in lists that weigh ``most`` at most; a heavier one stands alone."""
    part: list[str] = []
    total = 0
    for item in items:
        if part and total + weight(item) > most:
            yield tuple(part)
            part, total = [], 0
        part.append(item)
        total += weight(item)
    if part:
        yield tuple(part)


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
