"""The listing of a dataset of data.gouv.fr: its files, and which of them is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from ...core import french
from ...core.provenance import Provenance
from ..recognise import datasets as families
from ..recognise import year_in_name
from ..web.services import services

SERVICE = "data_gouv"

#: Licences by the short names of data.gouv.fr; another one is printed as it is told.
_LICENCES = {
    "lov2": "Licence Ouverte 2.0",
    "fr-lo": "Licence Ouverte 1.0",
    "odc-odbl": "ODbL 1.0",
    "odc-by": "ODC-By 1.0",
    "cc-by": "CC BY",
    "cc-by-sa": "CC BY-SA",
    "cc-zero": "CC0 1.0",
    "notspecified": "",
}
_DIGITS = {"sha1": 40, "sha256": 64, "md5": 32}
_MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
_DAY = re.compile(
    rf"\b(\d{{1,2}})(?:er)?\s+({'|'.join(_MONTHS.split())})\s+(20\d\d)\b", re.IGNORECASE
)
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Resource:
    """A file of a dataset as data.gouv.fr tells it.

    ``address``: what is asked to have it (whole, or relative to the service). ``day``: ISO date of
    its last change, "" when not told. ``size``: bytes, 0 when not told. ``checksum``:
    ``sha1:…``, "" when none can be verified. ``vintage``: French day or year of the data.
    ``listed``: ISO date of the listing; ``live``: it was given in this run, not kept.
    """

    id: str
    title: str
    address: str
    day: str = ""
    size: int = 0
    checksum: str = ""
    vintage: str = ""
    licence: str = ""
    organisation: str = ""
    dataset: str = ""  # title of the dataset
    page: str = ""  # public address of the dataset
    listed: str = ""
    live: bool = True

    def source(self, family: str, **known: str) -> Provenance:
        """The line among the sources of what comes from this file, of a family of files."""
        about, service = families()[family], services()[SERVICE]
        facts = {
            "title": about.title,
            "producer": self.organisation or about.producer,
            "vintage": self.vintage,
            "retrieved": self.listed,
            "licence": self.licence or about.licence,
            "attribution": self.organisation or about.producer,
            "service": service.title,
            "address": self.page,
            **known,
        }
        return Provenance(dataset=family, **facts)


def choose(
    listed: Iterable[Any], match: str, formats: Sequence[str], stable: str
) -> Mapping[str, Any] | None:
    """The resource that fits best, None when none does."""
    wanted = {item.lower() for item in formats}
    resources = [item for item in listed if isinstance(item, Mapping) and item.get("url")]
    fitting = [
        item
        for item in resources
        if re.search(match, str(item.get("title") or ""), re.IGNORECASE)
        and (not wanted or wanted & _formats(item))
    ]
    for item in (*fitting, *resources):  # a title may have changed, not the identifier
        if stable and item.get("id") == stable:
            return item
    return max(fitting, key=lambda item: (_day(item), str(item.get("id"))), default=None)


def _formats(item: Mapping[str, Any]) -> set[str]:
    """Formats that a resource may be said to have: ``csv`` told of a ``.zip`` is both."""
    told = re.split(r"[^a-z0-9]+", str(item.get("format") or "").lower())
    return {*told, *urlsplit(str(item["url"])).path.lower().split(".")[-1:]}


def described(item: Mapping[str, Any], listing: Mapping[str, Any], dataset: str) -> Resource:
    title, day = str(item.get("title") or ""), _day(item)
    organisation = listing.get("organization")
    licence = str(listing.get("license") or "")
    page = str(listing.get("page") or "")
    return Resource(
        id=str(item.get("id") or ""),
        title=title,
        address=_address(item),
        day=day,
        size=_size(item),
        checksum=_checksum(item.get("checksum")),
        vintage=_vintage(title, day),
        licence=_LICENCES.get(licence, licence),
        organisation=str(organisation.get("name") or "")
        if isinstance(organisation, Mapping)
        else "",
        dataset=str(listing.get("title") or ""),
        page=page if page.startswith("https://") else public_page(dataset),
    )


def public_page(dataset: str) -> str:
    return f"https://www.data.gouv.fr/datasets/{dataset}/"


def _address(item: Mapping[str, Any]) -> str:
    """The dated address, which the checksum belongs to; else the stable one."""
    url = str(item["url"])
    if url.startswith(("http://", "https://")):
        return url
    return f"datasets/r/{item.get('id')}"


def _day(item: Mapping[str, Any]) -> str:
    found = _ISO_DAY.match(str(item.get("last_modified") or item.get("published") or ""))
    return found.group() if found else ""


def _size(item: Mapping[str, Any]) -> int:
    told = item.get("filesize")
    return told if isinstance(told, int) and told > 0 else 0


def _checksum(told: Any) -> str:
    """``sha1:…`` when it is whole and of a known kind: a producer may leave anything there."""
    if not isinstance(told, Mapping):
        return ""
    kind = str(told.get("type") or "").lower().replace("-", "")
    digest = str(told.get("value") or "").strip().lower()
    whole = len(digest) == _DIGITS.get(kind, -1) and not set(digest) - set("0123456789abcdef")
    return f"{kind}:{digest}" if whole else ""


def _vintage(title: str, day: str) -> str:
    """The day or year that the title tells (« 01 juillet 2026 »), else the day of the last change."""
    found = _DAY.search(title)
    if found:
        month = _MONTHS.split().index(found.group(2).lower()) + 1
        return french.date(f"{found.group(3)}-{month:02d}-{int(found.group(1)):02d}")
    year = year_in_name(title)
    if year:
        return str(year)
    return french.date(day) if day else ""
