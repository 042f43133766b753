"""What a service answered, and when."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from .faults import Fault, Kind


@dataclass(frozen=True)
class Answer:
    """An answer and its provenance.

    ``state``: ``live``, ``cache`` (recent enough) or ``stale`` (old, the network being down).
    ``age`` in days. ``date``: ISO day (universal time) on which the service gave or confirmed it.
    """

    service: str
    content: bytes
    status: int
    headers: Mapping[str, str]
    date: str
    age: float
    state: str

    def body(self) -> bytes:
        """The body as received, decompressed."""
        return self.content

    def text(self) -> str:
        """The body in the encoding it declares, else in UTF-8 (with or without BOM)."""
        return _decoded(self.content, self.headers.get("content-type", ""))

    def json(self) -> Any:
        """The body as JSON; one that does not parse was cut on the way.

        ``NaN`` and ``Infinity``, which are no JSON and which some services write, are null.
        """
        try:
            return json.loads(self.text(), parse_constant=lambda _: None)
        except json.JSONDecodeError as error:
            cut = Fault(Kind.CUT)
            raise cut from error
        except (ValueError, RecursionError) as error:  # a number of 5 000 digits, or too deep
            senseless = Fault(Kind.ERROR_BODY, f"{type(error).__name__}: {error}"[:120])
            raise senseless from error


@dataclass
class Origin:
    """What a run took from one service: oldest and newest day, number of answers of each kind."""

    oldest: str = ""
    newest: str = ""
    live: int = 0
    cache: int = 0
    stale: int = 0

    def add(self, date: str, state: str) -> None:
        self.oldest = min(self.oldest or date, date)
        self.newest = max(self.newest, date)
        setattr(self, state, getattr(self, state) + 1)


def iso_day(epoch: float) -> str:
    """The day of a moment, in universal time."""
    return datetime.fromtimestamp(epoch, timezone.utc).date().isoformat()


def _decoded(content: bytes, content_type: str) -> str:
    _, found, charset = content_type.lower().partition("charset=")
    encoding = charset.split(";")[0].strip(" \"'") if found else "utf-8"
    encoding = "utf-8-sig" if encoding in ("utf-8", "utf8") else encoding
    try:
        return content.decode(encoding)
    except (LookupError, ValueError) as error:
        unreadable = Fault(Kind.ENCODING, encoding)
        raise unreadable from error
