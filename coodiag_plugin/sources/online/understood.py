"""The border of the collectors: an answer of a form that nobody foresaw is a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from ..web.client import Web
from ..web.faults import Kind, ServiceError
from ..web.services import services

#: What reading an answer raises when it holds a list, a text, a null where an object is expected.
_UNFORESEEN = (
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
    ArithmeticError,
    RecursionError,
    AssertionError,
)


@contextmanager
def understood(web: Web, asked: Iterable[str]) -> Iterator[None]:
    """Raise ServiceError for what the answers of the services ``asked`` (ids) cannot be read as.

    The answers used in the block leave the cache: the next run asks again. The error itself
    stays as the cause.
    """
    before = web.mark()
    try:
        yield
    except _UNFORESEEN as error:
        web.forget(before)
        known = [services()[name] for name in asked]
        named = replace(known[0], title=", ".join(service.title for service in known))
        detail = f"{type(error).__name__}: {error}"[:120]
        raise ServiceError(Kind.ERROR_BODY, named, detail=detail) from error
