"""What a chapter is made of, as findings and the synthesis read it: pages with their figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from ...core.catalogue import Indicator
from ...core.profiles import Page
from ...core.values import Value
from ..context import Figure
from .quoting import Reference


class MapMaterial(Protocol):
    """A map page (:class:`~..build.PageMaterial`)."""

    @property
    def page(self) -> Page: ...
    @property
    def subject(self) -> Indicator: ...
    @property
    def values(self) -> Mapping[str, Value]: ...
    @property
    def references(self) -> tuple[Reference, ...]: ...
    @property
    def sentence(self) -> str: ...
    @property
    def figures(self) -> tuple[Figure, ...]: ...


class TextMaterial(Protocol):
    """A page without a map (:class:`~..build.SheetMaterial`)."""

    @property
    def page(self) -> Page: ...
    @property
    def sentence(self) -> str: ...


@dataclass(frozen=True)
class Matter:
    """A chapter that is printed: its present pages, in the order of the profile."""

    id: str
    title: str
    theme: str
    maps: Sequence[MapMaterial]
    sheets: Sequence[TextMaterial] = ()
