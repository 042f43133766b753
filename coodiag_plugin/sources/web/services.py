"""The public services: rows of ``catalogue/services.csv`` and where their addresses are replaced."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from ...core.catalogue import rows
from ...core.errors import InputError

#: Prefix of the environment variables that replace a base URL (``COODIAG_URL_MELODI``).
VARIABLE = "COODIAG_URL_"


#: Names of this machine.
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class Service:
    """A public service: its address, its manners and what it asks of us.

    ``quota`` requests per ``quota_seconds`` is what the service documents (0: nothing is), ``rate``
    per second and ``burst`` what Coodiag allows itself. ``key`` is ``Header: {key}`` or empty.
    """

    id: str
    title: str
    base_url: str
    quota: int
    quota_seconds: float
    rate: float
    burst: int
    max_attempts: int
    read_timeout: float
    fresh_days: float
    retry_also: frozenset[int]
    key: str
    licence: str
    attribution: str
    notes: str

    @property
    def is_own(self) -> bool:
        """Whether the service is a server that the user runs, on this machine unless told otherwise."""
        return urlsplit(self.base_url).hostname in LOOPBACK


@cache
def services() -> dict[str, Service]:
    """Every service of the catalogue by id."""
    return {row["id"]: _service(row) for row in rows("services")}


def _service(row: dict[str, str]) -> Service:
    return Service(
        id=row["id"],
        title=row["title"],
        base_url=row["base_url"],
        quota=int(row["quota"] or 0),
        quota_seconds=float(row["quota_seconds"] or 0),
        rate=float(row["rate"]),
        burst=int(row["burst"]),
        max_attempts=int(row["max_attempts"]),
        read_timeout=float(row["read_timeout"]),
        fresh_days=float(row["fresh_days"]),
        retry_also=frozenset(int(status) for status in row["retry_also"].split()),
        key=row["key"],
        licence=row["licence"],
        attribution=row["attribution"],
        notes=row["notes"],
    )


def base_url(service: Service, chosen: Mapping[str, str]) -> str:
    """Address of a service: the environment first, then the settings, then the catalogue.

    Raises InputError for a replacement that is no web address.
    """
    variable = VARIABLE + service.id.upper()
    replaced = os.environ.get(variable) or chosen.get(service.id)
    address = (replaced or service.base_url).rstrip("/")
    if replaced and not is_address(address):
        raise InputError(
            "The address given for {service} is not a web address such as https://example.org: correct the environment variable {variable}, or the QGIS setting coodiag/urls/{id}.",
            service=service.title,
            variable=variable,
            id=service.id,
        )
    return address


def is_address(text: str) -> bool:
    """Whether a text is the address of a web server."""
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False
