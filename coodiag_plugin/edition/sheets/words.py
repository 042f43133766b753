"""The analyst's own page: the text given for it, else an empty place with its prompt."""

from __future__ import annotations

from ...core.french import typography
from ...core.profiles import Page
from ..context import Block
from ..materials import SheetMaterial


def words_block(prompt: str, text: str = "", title: str = "") -> Block:
    """The paragraphs of ``text``; without any, an empty place under ``prompt``.

    The text is plain: a writer that makes a marked-up document escapes it.
    """
    paragraphs = tuple(
        typography(" ".join(line.split())) for line in text.splitlines() if line.strip()
    )
    if paragraphs:
        return Block("texts", title, texts=paragraphs)
    return Block("words", title, texts=(prompt,) if prompt else ())


def words_sheet(page: Page, text: str = "") -> SheetMaterial:
    """The material of a page ``words``."""
    return SheetMaterial(page, (words_block(page.words, text),))
