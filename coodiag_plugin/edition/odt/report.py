"""The whole report as parts, in the order of the atlas."""

from __future__ import annotations

from collections.abc import Iterator

from ...core.house import DEFAULT, House
from ..context import ReportContext
from ..notices import by_reason
from .chapters import chapter
from .grids import (
    communes_table,
    figure_list,
    grid,
    quality_table,
    sources_table,
)
from .parts import Entry, Heading, Listed, Part, Place, Text

_SIGNS = "s : secret statistique · … : non disponible · /// : sans objet · n.s. : non significatif. Les ratios d’un groupe de communes sont des rapports de sommes ; les médianes sont celles que l’Insee publie."
_RECONCILED = "Lignes lues = écartées (doublons compris) + localisées à l’adresse + à la voie + au lieu-dit + à la commune + échecs."
#: What the cover of a demonstration says.
DEMO = "DONNÉES FICTIVES : le territoire, les chiffres et les personnes de cette démonstration sont inventés."


def report(context: ReportContext, house: House) -> Iterator[Part]:
    """Every part after the contents."""
    yield from _synthesis(context)
    yield from _reading(context)
    yield Heading(1, "Chiffres clés")
    yield grid(context.key_table, f"{context.territory} et ses territoires de comparaison")
    yield Text(_SIGNS, "note")
    for content in context.chapters:
        yield from chapter(content, context)
    yield from _communes(context)
    yield Heading(1, "Glossaire")
    for term in context.glossary:
        yield Entry(term.term, term.definition)
    yield Heading(1, "Sources et millésimes")
    yield sources_table(context.sources, "Sources du diagnostic")
    yield Heading(1, "Secret statistique, données et crédits")
    for text in context.secrecy:
        yield Text(text)
    yield Text(_credit(context, house), "note")


def _synthesis(context: ReportContext) -> Iterator[Part]:
    yield Heading(1, "Synthèse")
    for block in context.synthesis:
        if block.texts:
            yield Text(block.title, "label")
        for text in block.texts:
            yield Text(text)
    yield Place("les messages à porter, en une phrase chacun, et ce qui fait débat")
    for block in context.synthesis:
        if block.figures:
            yield figure_list(block.figures, block.title or "Les chiffres cités")


def _reading(context: ReportContext) -> Iterator[Part]:
    """How to read, then what the data is worth."""
    yield Heading(1, "Comment lire ce rapport")
    yield Listed(context.intro)
    yield Text(
        "Les passages sur fond clair, entre crochets, attendent l’analyste. Un rapport modifié n’est jamais remplacé : un nouveau calcul s’écrit à côté, sous un autre nom."
    )
    if context.quality or context.notes or context.skipped or context.failures:
        yield Heading(2, "Qualité des données")
    if context.quality:
        yield quality_table(context.quality, "Ce que sont devenues les lignes des fichiers")
        yield Text(_RECONCILED, "note")
    for text in context.notes:
        yield Text(text)
    for title, items in (
        ("Pages absentes, faute de données", context.skipped),
        ("Chiffres non reçus (« … » dans les tableaux)", context.failures),
    ):
        if items:
            yield Heading(3, title)
            yield Listed(by_reason(items))
    if context.method:
        yield Heading(2, "Méthode et seuils")
        yield Listed(context.method)


def _communes(context: ReportContext) -> Iterator[Part]:
    """All the communes in one table, then each with its sentence and its comparison."""
    if not context.communes:
        return
    yield Heading(1, "Les communes")
    yield communes_table(context.communes, "Les chiffres clés des communes")
    yield Text(_SIGNS, "note")
    yield Heading(2, "Commune par commune")
    for item in context.communes:
        yield Heading(3, item.name)
        yield Text(item.sentence, keep=True)
        yield grid(item.table, f"{item.name} et ses territoires de comparaison")


def _credit(context: ReportContext, house: House) -> str:
    font = (
        " Police Coodiag Sans, tirée de Lato (licence SIL Open Font 1.1)."
        if house.family == DEFAULT.family
        else ""
    )
    return f"Réalisation : {context.structure}, avec Coodiag {context.version} pour QGIS.{font} Palettes ColorBrewer et Viridis."
