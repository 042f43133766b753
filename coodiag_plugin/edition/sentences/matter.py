"""What a chapter is made of, as findings and the synthesis read it: pages with their figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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


@dataclass(frozen=True)
class Told:
    """An indicator that the table of a page without a map prints beside its references.

    ``values`` of the communes are not printed there: they only measure how far a gap is.
    """

    page: Page
    subject: Indicator
    values: Mapping[str, Value] = field(default_factory=dict)
    references: tuple[Reference, ...] = ()
    sentence: str = ""
    figures: tuple[Figure, ...] = ()


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

    @property
    def compared(self) -> list[MapMaterial]:
        """Everything of the chapter that may be compared: its maps, then the rows of its tables."""
        return [*self.maps, *(row for sheet in self.sheets for row in told_of(sheet))]


def told_of(sheet: TextMaterial) -> tuple[Told, ...]:
    found: tuple[Told, ...] = getattr(sheet, "told", ())
    return found


def family(material: MapMaterial) -> str:
    """What a page counts: two pages of one family tell of the same people."""
    subject = material.subject
    return subject.numerator or f"{material.page.layer}.{subject.id}"
