"""What the matching asks of a set of streets, wherever they come from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from .streets import Street, StreetTable
from .towns import Towns


class Place(NamedTuple):
    """A numbered address. lon, lat: WGS84 degrees."""

    number: int
    suffix: str
    lon: float
    lat: float
    postcode: str


class StreetIndex(Protocol):
    """Streets by commune: the index of BAN files, or what a service proposed for one row."""

    @property
    def towns(self) -> Towns:
        """The communes known, with their postcodes and former names."""

    def __contains__(self, citycode: str) -> bool:
        """Whether the streets of a commune can be looked for."""

    def table(self, citycode: str) -> StreetTable:
        """Streets of a commune."""

    def numbers(self, street: Street) -> Mapping[int, tuple[Place, ...]]:
        """Addresses of a street by number, each sorted by suffix."""

    def communes_with(self, key: str) -> int:
        """In how many communes a street of this parsed name (``StreetName.key``) exists."""
