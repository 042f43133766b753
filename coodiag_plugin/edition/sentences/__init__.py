"""Sentences in French made from the values of a page; never from a hidden or uncertain figure.

A sentence quotes only figures that stand on its page: the cards that :func:`page_figures` and
:func:`commune_figures` make of the same values hold each of them, gaps and ranks included. The
words (articles, genders, thresholds of « proche » and « stable ») are rows of ``catalogue/``.
"""

from __future__ import annotations

from .communes import Standing, commune_figures, commune_sentence
from .findings import chapter_findings
from .level import contrast_sentence, level_sentence
from .matter import Matter, Told
from .numbers import numbers_of, texts_of
from .pages import page_figures, page_sentence
from .quoting import (
    Reference,
    bare,
    extremes,
    first_reference,
    printed,
    readable,
    spoken,
    territory_value,
)
from .synthesis import synthesis

__all__ = [
    "Matter",
    "Reference",
    "Standing",
    "Told",
    "bare",
    "chapter_findings",
    "commune_figures",
    "commune_sentence",
    "contrast_sentence",
    "extremes",
    "first_reference",
    "level_sentence",
    "numbers_of",
    "page_figures",
    "page_sentence",
    "printed",
    "readable",
    "spoken",
    "synthesis",
    "territory_value",
    "texts_of",
]
