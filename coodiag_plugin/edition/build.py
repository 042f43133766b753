"""Builds the report context, once, from what the run has computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..core.catalogue import indicators
from ..core.french import typography
from ..core.profiles import Chapter as ProfileChapter
from ..core.profiles import Page, Profile
from .commune_tables import commune_pages as pages_of_communes
from .commune_tables import key_table
from .context import (
    Block,
    Chapter,
    MapPage,
    ReportContext,
    SheetPage,
    Skipped,
)
from .flow import holds_on_opening, over_pages
from .materials import CommuneData, Edition, PageMaterial, SheetMaterial, dated
from .notices import deal_terms, glossary, reading_notes, secrecy_notes
from .sentences import Matter, chapter_findings, page_figures, page_sentence, synthesis
from .sheets.beside import beside_chart
from .sheets.words import words_sheet
from .sources import CITED, PARTED, apart, deal

#: Pages before the first chapter: cover, contents, guide, key figures, synthesis.
FRONT_PAGES = 5
SECRECY_PAGES = 1
#: Letters of sources that the foot of a page holds.
FOOT = 330


def build_context(
    profile: Profile,
    territory: str,
    colours: Mapping[str, str],
    materials: Mapping[str, PageMaterial | SheetMaterial],
    data: CommuneData,
    edition: Edition,
    commune_pages: bool = True,
    words: Mapping[str, str] | None = None,
) -> ReportContext:
    """The whole context. ``materials`` by page id (a page without one is skipped), ``colours`` by
    theme, ``words``: the analyst's texts by chapter. Page numbers are settled here, so that the
    contents and the pages agree.
    """
    number = FRONT_PAGES + 1
    chapters: list[Chapter] = []
    matters: list[Matter] = []
    for chapter in profile.chapters:
        present = [materials[page.id] for page in chapter.pages if page.id in materials]
        if not present:
            continue
        made = _chapter(
            chapter,
            len(chapters) + 1,
            number,
            colours,
            present,
            data.names,
            (words or {}).get(chapter.id, ""),
        )
        chapters.append(made)
        matters.append(_matter(chapter, present))
        number += 1 + len(made.pages) + len(made.sheets)
    communes = pages_of_communes(profile, data) if commune_pages else ()
    terms = glossary(profile, data, materials.values(), edition)
    after = number + len(communes)
    glossary_pages = tuple(range(after, after + len(deal_terms(terms))))
    first_source = after + len(glossary_pages)
    source_pages = tuple(range(first_source, first_source + len(deal(edition.sources))))
    return ReportContext(
        title=profile.title,
        subtitle=profile.subtitle,
        territory=territory,
        structure=edition.structure,
        date=edition.date,
        version=edition.version,
        demo=edition.demo,
        minimum=edition.minimum,
        intro=reading_notes(edition, bool(data.failed)),
        synthesis=synthesis(profile.stakes, matters, data.names),
        key_table=key_table(profile, data),
        chapters=tuple(chapters),
        commune_chart_title=dated(indicators()[profile.commune_chart], data.years)
        if profile.commune_chart in data.years
        else "",
        communes=communes,
        commune_first=number,
        quality=edition.quality,
        notes=edition.notes,
        skipped=edition.skipped,
        failures=tuple(
            Skipped(indicators()[key].label, reason) for key, reason in data.failed.items()
        ),
        method=edition.method,
        glossary=terms,
        sources=edition.sources,
        secrecy=secrecy_notes(edition.minimum),
        glossary_pages=glossary_pages,
        source_pages=source_pages,
        pages=after - 1 + len(glossary_pages) + len(source_pages) + SECRECY_PAGES,
    )


def _chapter(
    chapter: ProfileChapter,
    index: int,
    number: int,
    colours: Mapping[str, str],
    present: Sequence[PageMaterial | SheetMaterial],
    names: Mapping[str, str],
    words: str,
) -> Chapter:
    """A chapter that opens on page ``number``, its maps and sheets in the order of the profile.

    What the analyst wrote (``words``) has pages of its own when the opening cannot hold it.
    """
    pages: list[MapPage] = []
    sheets: list[SheetPage] = []
    after = number + 1
    if not holds_on_opening(words):
        whole = words_sheet(Page(f"{chapter.id}_analyse", "L’analyse de l’équipe"), words)
        sheets += sheet_pages(whole, chapter.id, after)
        words = typography(f"Le texte de l’équipe est à la page {after}.")
        after = sheets[-1].number + 1
    for material in present:
        if isinstance(material, PageMaterial):
            pages.append(_map_page(material, chapter.id, after, names))
            after += 1
            continue
        sheets += sheet_pages(material, chapter.id, after)
        after = sheets[-1].number + 1
    maps = [material for material in present if isinstance(material, PageMaterial)]
    return Chapter(
        chapter.id,
        index,
        number,
        chapter.title,
        colours[chapter.theme],
        chapter_findings(
            maps, names, [item for item in present if isinstance(item, SheetMaterial)]
        ),
        tuple(pages),
        tuple(sheets),
        chapter.words,
        words,
    )


def sheet_pages(material: SheetMaterial, chapter: str, number: int) -> list[SheetPage]:
    """The pages that a sheet takes, from ``number`` on; the sentence stands on the first one."""
    material = replace(material, sources=apart(material.sources))
    made = []
    for rank, placed in enumerate(over_pages(_with_notes(material)), 1):
        first = rank == 1
        made.append(
            SheetPage(
                id=material.page.id if first else f"{material.page.id}_{rank}",
                number=number + rank - 1,
                chapter=chapter,
                title=material.page.title if first else f"{material.page.title} (suite)",
                subtitle=material.subtitle,
                sentence=material.sentence if first else "",
                blocks=tuple(item.block for item in placed),
                sources=() if _long(material.sources) else material.sources,
            )
        )
    return made


def _with_notes(material: SheetMaterial) -> tuple[Block, ...]:
    """The blocks of a sheet, then its method, and its sources where the foot cannot hold them."""
    sources = f"{CITED}{PARTED.join(material.sources)}." if _long(material.sources) else ""
    notes = tuple(text for text in (_sentence(material.method), sources) if text)
    return (*material.blocks, Block("note", texts=notes)) if notes else material.blocks


def _long(sources: Sequence[str]) -> bool:
    return sum(map(len, sources)) > FOOT


def _map_page(
    material: PageMaterial, chapter: str, number: int, names: Mapping[str, str]
) -> MapPage:
    subject = material.subject
    sentence = material.sentence or page_sentence(
        subject, material.values, names, material.references
    )
    figures = material.figures or page_figures(subject, material.values, names, material.references)
    subtitle = material.subtitle or f"{subject.label}" + (
        f", {material.year}" if material.year else ""
    )
    method = " ".join(_sentence(part) for part in (material.method, subject.caveat) if part)
    return MapPage(
        id=material.page.id,
        number=number,
        chapter=chapter,
        title=material.page.title,
        subtitle=subtitle,
        sentence=sentence,
        layer=material.page.layer,
        design=material.design,
        sources=apart(material.sources),
        method=method,
        figures=(*figures, *material.beside),
        chart=material.chart or beside_chart(material, names),
    )


def _sentence(text: str) -> str:
    """``text`` ends like a sentence, so that two of them can follow each other."""
    return text if not text or text.endswith((".", "!", "?", "…")) else text + "."


def _matter(chapter: ProfileChapter, present: Sequence[PageMaterial | SheetMaterial]) -> Matter:
    """The present pages of a chapter, as the synthesis reads them."""
    return Matter(
        chapter.id,
        chapter.title,
        chapter.theme,
        [item for item in present if isinstance(item, PageMaterial)],
        [item for item in present if isinstance(item, SheetMaterial)],
    )
