"""Which pages of a profile a dossier prints, which it leaves out and why, for the golden lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Union

from coodiag.coodiag_plugin.core.profiles import Profile
from coodiag.coodiag_plugin.edition.context import Chapter, MapPage, ReportContext, SheetPage
from coodiag.coodiag_plugin.edition.sentences.numbers import numbers_of, printed_numbers

AnyPage = Union[MapPage, SheetPage]
PRINTED = "imprimée"


def pages_of(chapter: Chapter) -> Iterator[AnyPage]:
    yield from chapter.pages
    yield from chapter.sheets


def outcome(profile: Profile, context: ReportContext) -> dict[str, str]:
    """Id of each page of the profile → « imprimée », or the reason printed in its place."""
    printed = {page.id for chapter in context.chapters for page in pages_of(chapter)}
    reasons = {item.title.replace("\u202f", " "): item.reason for item in context.skipped}
    found = {}
    for chapter in profile.chapters:
        for page in chapter.pages:
            told = reasons.get(page.title.replace("\u202f", " "), "")
            found[page.id] = PRINTED if page.id in printed else plain(told)
    return found


def plain(text: str) -> str:
    """A text with plain spaces, as a golden file is read."""
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def texts_of(context: ReportContext, page: str) -> set[str]:
    """Every number that a page and its continuations print beside their sentences."""
    parts = [
        item
        for chapter in context.chapters
        for item in pages_of(chapter)
        if item.id == page or item.id.rpartition("_")[0] == page
    ]
    return {plain(number) for number in printed_numbers(parts)}


def unfounded(context: ReportContext) -> list[str]:
    """Sentences and findings that quote a number which their page or chapter does not print."""
    wrong = []
    for chapter in context.chapters:
        for page in pages_of(chapter):
            known = printed_numbers(_with_continuations(chapter, page))
            if not set(numbers_of(page.sentence)) <= known:
                wrong.append(f"{page.id}: {page.sentence}")
        known = printed_numbers((chapter.pages, chapter.sheets))
        wrong += [
            f"{chapter.id}: {finding}"
            for finding in chapter.findings
            if not set(numbers_of(finding)) <= known
        ]
    for commune in context.communes:
        if not set(numbers_of(commune.sentence)) <= printed_numbers(commune):
            wrong.append(f"{commune.code}: {commune.sentence}")
    quoted = {
        number for block in context.synthesis for text in block.texts for number in numbers_of(text)
    }
    figures = printed_numbers([block.figures for block in context.synthesis])
    return [*wrong, *(f"synthesis: {number}" for number in sorted(quoted - figures))]


def _with_continuations(chapter: Chapter, page: AnyPage) -> list[AnyPage]:
    return [
        item
        for item in pages_of(chapter)
        if item.id == page.id or item.id.rpartition("_")[0] == page.id
    ]
