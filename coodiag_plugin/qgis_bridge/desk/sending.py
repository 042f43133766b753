"""What leaves this machine when addresses are located: told, and shown, before anything does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from ...core.choices import ADDOK
from ...core.places import place
from ...core.progress import Progress, Quiet
from ..dependencies import require
from ..geocoding import QUERY_FIELDS, announce, query
from ..locating import How, Sending, locating

if TYPE_CHECKING:
    from ...geocoding.bulk import Client
    from ...geocoding.queries import Query
    from ...sources.structure_file import ImportedTable
    from ...sources.web.client import Request

#: Rows of the sample.
SAMPLE = 3


@dataclass(frozen=True)
class Leaving:
    """Files of the structure and what of them would leave. ``addresses``: different ones, by role,
    at the most; empty when nothing leaves. ``sample``: requests as they would be sent."""

    title: str = ""
    host: str = ""
    rows: int = 0
    addresses: dict[str, int] | None = None
    sample: str = ""
    unencrypted: bool = False

    @property
    def count(self) -> int:
        return sum((self.addresses or {}).values())


def queries_of(table: ImportedTable) -> list[Query]:
    """The rows of a file as a run locates them: by these cells, and by no other."""
    fields = {name: name for name in QUERY_FIELDS if name in table.columns}
    return [query(str(at), row, fields) for at, row in enumerate(table.rows)]


def leaving(how: How, tables: dict[str, ImportedTable], progress: Progress) -> Leaving:
    """How many addresses of each file would be sent to whom, and a sample of the very requests."""
    if not how.online:
        return Leaving()
    require("requests")
    told: dict[str, Sending] = {}
    rows: list[Query] = []
    with locating(how, None, "", Quiet(progress)) as session:
        for role, table in tables.items():
            progress.check()
            queries = queries_of(table)
            sending = announce(session, how, queries, Quiet(progress))
            if sending is not None:
                told[role] = sending
            rows += queries
    first = next(iter(told.values()), None)
    requests, base = _rehearsed(how, _with_street(rows))
    return Leaving(
        title="" if first is None else first.title,
        host="" if first is None else first.host,
        rows=sum(sending.rows for sending in told.values()),
        addresses={role: sending.addresses for role, sending in told.items()},
        sample="\n\n".join(_shown(request, base) for request in requests),
        unencrypted=_unencrypted(base),
    )


def _with_street(rows: Sequence[Query]) -> list[Query]:
    return [row for row in rows if row.address][:SAMPLE]


def _rehearsed(how: How, rows: Sequence[Query]) -> tuple[list[Request], str]:
    """The requests and the address of the service."""
    from ...geocoding.addok import Addok
    from ...geocoding.geoplateforme import Geoplateforme
    from ...geocoding.sample import Rehearsal, rehearsed
    from ..network import network_settings

    urls = {how.catalogue: how.base} if how.base else {}
    rehearsal = Rehearsal(network_settings(urls).urls)
    web = cast(Any, rehearsal)  # opens nothing: it stands where the web does
    client = cast("Client", Addok(web) if how.service == ADDOK else Geoplateforme(web))
    return rehearsed(client, rehearsal, rows), client.server


def _unencrypted(base: str) -> bool:
    from ...sources.web.services import LOOPBACK

    address = urlsplit(base)
    return address.scheme == "http" and address.hostname not in LOOPBACK


def _shown(request: Request, base: str) -> str:
    head = f"{request.method} {request.url(base)}"
    return f"{head}\n{request.body.decode()}".strip().replace("\r\n", "\n")


def how_of(parameters: dict[str, Any], ban: Sequence[Path] = ()) -> How:
    """How the parameters of a diagnosis say that addresses are to be located."""
    from ...geocoding.geocoder import MIN_SCORE
    from ..settings import value

    corrections = str(parameters.get("CORRECTIONS", "")).strip()
    return How(
        service=str(parameters.get("SERVICE") or value("geocoder")),
        url=str(parameters.get("URL", "")),
        ban=tuple(ban),
        min_score=MIN_SCORE,
        corrections=place(corrections) if corrections else None,
    )
