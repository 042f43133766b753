"""What would be sent to a geocoding service, made by the code that sends it, and sent to nobody."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..sources.web.client import Request
from ..sources.web.services import Service, base_url
from .bulk import Client
from .cleaning import parse
from .places import Where
from .proposals import Question, plain, spoken
from .queries import Query, arrange


class _Ready(Exception):
    """The request is made: nothing more is wanted of it."""


class _Caller:
    def __init__(self, urls: Mapping[str, str]) -> None:
        self._urls = urls

    def base(self, service: Service) -> str:
        return base_url(service, self._urls)


class Rehearsal:
    """Stands for the web: keeps the request that it is given, and opens no socket."""

    def __init__(self, urls: Mapping[str, str]) -> None:
        self.caller = _Caller(urls)
        self.requests: list[Request] = []

    def fetch(self, request: Request, read: Any) -> Any:
        self.requests.append(request)
        raise _Ready


def rehearsed(client: Client, rehearsal: Rehearsal, queries: Sequence[Query]) -> list[Request]:
    """The two kinds of requests for these rows: the file of addresses, and one about a commune.

    The commune code of the file is the row's own: a run adds the one that the service answers.
    """
    communes = [
        Question(postcode=where.postcode, in_postcode=where.postcode, towns=True, limit=50)
        for where in map(Where.of, queries)
        if where.postcode
    ]
    addresses = [question for query in queries if (question := question_of(query)) is not None]
    if addresses:
        _make(lambda: client.bulk(list(dict.fromkeys(addresses))))
    if communes:
        _make(lambda: client.search(communes[0]))
    return rehearsal.requests


def question_of(query: Query) -> Question | None:
    """What a service is asked of a row first; None when the row holds no street."""
    asked = arrange(query)
    parsed = parse(asked.address, asked.complement, asked.city)
    if not parsed.variants:
        return None
    where = Where.of(query)
    question = Question(
        spoken(parsed.variants[0]),
        where.postcode,
        plain(asked.city or parsed.city),
        citycode=where.citycode,
    )
    return question if question.can_be_asked else None


def _make(ask: Callable[[], object]) -> None:
    try:
        ask()
    except _Ready:
        return
