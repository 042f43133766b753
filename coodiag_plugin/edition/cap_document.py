"""A Cap self-evaluation as a report context: its pages numbered, nothing else of a dossier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..core.profiles import Page
from .build import sheet_pages
from .context import Block, Chapter, ReportContext, SheetPage, Table
from .materials import SheetMaterial

#: Colour of the pages and of the radar.
COLOUR = "#1f6f6b"
TITLE = "Cap, auto-évaluation"
_CHAPTER = "cap"


@dataclass(frozen=True)
class CapPage:
    """A page before it is dealt over paper."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    sentence: str
    sources: tuple[str, ...]
    method: str


@dataclass(frozen=True)
class Circumstances:
    """What is printed of the run. ``name``: structure, or network, on top of every page."""

    name: str
    day: str
    version: str
    demo: bool
    minimum: int


def cap_context(pages: Sequence[CapPage], about: Circumstances) -> ReportContext:
    """The context of the document: one chapter, its sheets numbered from 1."""
    sheets: list[SheetPage] = []
    for page in pages:
        sheets += sheet_pages(_material(page), _CHAPTER, len(sheets) + 1)
    chapter = Chapter(_CHAPTER, 1, 1, TITLE, COLOUR, (), (), tuple(sheets))
    return ReportContext(
        title=TITLE, subtitle="", territory=about.name, structure=about.name, date=about.day,
        version=about.version, demo=about.demo, minimum=about.minimum, intro=(), synthesis=(),
        key_table=Table((), ()), chapters=(chapter,), commune_chart_title="", communes=(),
        commune_first=0, quality=(), notes=(), skipped=(), failures=(), method=(), glossary=(),
        sources=(), secrecy=(), glossary_pages=(), source_pages=(), pages=len(sheets),
    )  # fmt: skip


def _material(page: CapPage) -> SheetMaterial:
    home = Page(page.id, page.title, sheet=_CHAPTER)
    return SheetMaterial(home, page.blocks, page.sentence, "", page.sources, page.method)
