"""Sources: each map says where what it draws comes from, on its own page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ....edition.context import ReportContext
from .drawn import Theme, is_drawn, table_of
from .fault import SOURCE, Fault, quote
from .legends import folded
from .reading import TEXT, Sheet

_CONTOURS, _FILES, _REGISTER, _ACTORS = (
    "contours", "fichiers de la structure", "sirene", "recensement des acteurs",
)  # fmt: skip
#: What a page that draws a table of the dossier cites, in the words of its line of sources.
_WORDS = {
    "communes": _CONTOURS,
    "voisins": _CONTOURS,
    "limites": _CONTOURS,
    "departements": _CONTOURS,
    "sites": _FILES,
    "isochrones": _FILES,
    "chalandise": _FILES,
    "penetration": _FILES,
    "recrutement": _FILES,
    "mobilite": _FILES,
    "zones_prospection": _FILES,
    "prospects": _REGISTER,
    "etablissements": _REGISTER,
    "acteurs": _ACTORS,
}
#: How a page whose maps only situate (the cover, a commune) sends its reader to the sources.
_ELSEWHERE = "sources et millésimes"
#: How a slide whose line has no room for all its sources counts the others and says where they are.
_OTHERS = re.compile(r"\b\d+ autres? sources?, diapositive \d+")


def check(sheet: Sheet, themes: Sequence[Theme], context: ReportContext) -> Iterator[Fault]:
    """Sources of the pages of the context that the maps show, then those of every layer drawn."""
    if not themes:
        return
    printed = folded(" ".join(piece.words for piece in sheet.of(TEXT))).replace("è", "e")
    counted = _OTHERS.search(printed) is not None
    for theme in themes:
        for source in theme.page.sources if theme.page and not counted else ():
            if folded(source).replace("è", "e") not in printed:
                told = f"la source {quote(source)} n’est pas imprimée"
                yield Fault(sheet.layout.name(), theme.piece.name, SOURCE, told)
        if theme.page and not [s for s in theme.page.sources if _CONTOURS not in folded(s)]:
            told = "aucune source pour ce que la carte montre"
            yield Fault(sheet.layout.name(), theme.piece.name, SOURCE, told)
    if counted or (_ELSEWHERE in printed and not any(theme.page for theme in themes)):
        return
    for words, layers in _wanted(themes, context).items():
        if words not in printed and not counted:
            told = f"{' et '.join(sorted(layers))} : la source « {words} » n’est pas imprimée"
            yield Fault(sheet.layout.name(), themes[0].piece.name, SOURCE, told)


def _wanted(themes: Sequence[Theme], context: ReportContext) -> dict[str, set[str]]:
    """The words to be printed for the layers that the maps draw, with the names of the layers."""
    known = any(source.dataset.startswith(_CONTOURS) for source in context.sources)
    found: dict[str, set[str]] = {}
    for theme in themes:
        for layer in theme.layers:
            words = _WORDS.get(table_of(layer), "")
            if words and is_drawn(layer) and (known or words != _CONTOURS):
                found.setdefault(words, set()).add(layer.name())
    return found
