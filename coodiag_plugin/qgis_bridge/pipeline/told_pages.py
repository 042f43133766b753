"""Pages of a field whose range between communes would say little: told in words of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from qgis.core import QgsVectorLayer

from ...core import french
from ...core.crossings import Qualification, ServiceFigures
from ...core.grammar import at, lower_first
from ...core.profiles import Chapter, Page
from ...core.values import Value, ratio
from ...edition.context import Figure
from ...edition.materials import PageMaterial
from ...edition.sentences import bare, extremes, readable
from ...edition.sentences.pages import EXTREMES
from ...edition.sheets.cells import percent, plain, quotable
from ...edition.sheets.supply import rate_text
from .ground import Ground, field_page
from .qualification import QualificationResult
from .results import ProspectionResult
from .supply import SupplyResult

#: Communes named in a sentence.
_NAMED = 3
#: Letters of an official label that a card holds, and words that it may not end on.
_CARD = 40
_LINKS = ("de", "des", "du", "d’", "et", "ou", "à", "en", "la", "le", "les", "pour", "par")


def supply_page(
    ground: Ground, chapter: Chapter, page: Page, layer: QgsVectorLayer
) -> PageMaterial | str:
    """A service within reach: which communes have none, and how many of its people live there."""
    found = field_page(ground, chapter, page, layer)
    result = ground.run.results[page.layer]
    assert isinstance(result, SupplyResult)
    item = result.service(page.field)
    if isinstance(found, str) or item is None:
        return found
    lacking = [
        ground.names[code].replace("'", "’")
        for code, value in found.values.items()
        if readable(value) and value.number == 0 and code in ground.names
    ]
    ranked = extremes(found.subject, found.values, ground.names)
    cards = [
        Figure("Communes sans lieu à portée", plain(item.without), f"portée : {item.reach}"),
        Figure("Population concernée sans accès", percent(item.without_share), item.demand_label),
        Figure("À portée, en moyenne", rate_text(item.within), f"pour 1 000 {item.demand_label}"),
    ]
    if ranked:
        cards.append(Figure(EXTREMES[0], bare(found.subject, ranked[0][1]), ranked[0][0]))
    return replace(
        found,
        sentence=supply_sentence(item, lacking),
        figures=tuple(
            Figure(card.label, card.text, french.typography(card.note)) for card in cards
        ),
    )


def supply_sentence(item: ServiceFigures, lacking: list[str]) -> str:
    """« 3 communes (A, B et C) n’ont aucun espace France services à 20 min en voiture : 5,2 % des
    habitants y vivent. » ``lacking``: names of the communes whose figure is zero."""
    if not quotable(item.without):
        return ""
    number = item.without.number or 0.0
    if not number:
        there = item.none.replace("aucun", "un", 1)
        return french.typography(f"Chaque commune a {there} à moins de {item.reach}.")
    named = sorted(lacking, key=french.alphabetical)
    names = f" ({french.listing(named)})" if len(named) == number <= _NAMED else ""
    verb = "ont" if number >= 2 else "a"
    share = (
        f" : {percent(item.without_share)} des {item.demand_label} y vivent"
        if quotable(item.without_share) and item.without_share.number
        else ""
    )
    return french.typography(
        f"{french.plural(number, 'commune')}{names} n’{verb} {item.none} à moins de {item.reach}{share}."
    )


def qualification_page(
    ground: Ground, chapter: Chapter, page: Page, layer: QgsVectorLayer
) -> PageMaterial | str:
    """The index of qualification, told by the two shares that it compares."""
    found = field_page(ground, chapter, page, layer)
    result = ground.run.results[page.layer]
    assert isinstance(result, QualificationResult)
    if isinstance(found, str) or page.field != "index":
        return found
    sentence, cards = index_words(result.found)
    return replace(found, sentence=sentence, figures=cards) if sentence else found


def index_words(found: Qualification) -> tuple[str, tuple[Figure, ...]]:
    """« 70,0 % des chômeurs ont au plus le baccalauréat, 48,0 % des emplois occupés sont… »: empty
    where a share may not be quoted, or where the index is of several levels together."""
    low = found.rows[0]
    shares = ratio(low.seekers_share, low.jobs_share, 100.0)
    if not (quotable(found.index) and quotable(shares)) or plain(shares) != plain(found.index):
        return "", ()
    who, level, jobs = (lower_first(text) for text in (found.who, low.label, low.jobs_label))
    cards = (
        Figure(french.typography(f"{found.who}, {level}"), percent(low.seekers_share), "des personnes"),
        Figure(french.typography(f"Emplois, {jobs}"), percent(low.jobs_share), "des emplois occupés"),
        Figure("Indice de qualification", plain(found.index), "100 = deux parts égales"),
    )  # fmt: skip
    sentence = (
        f"Le niveau « {level} » réunit {percent(low.seekers_share)} des {who} ; les emplois correspondants "
        f"({jobs}), {percent(low.jobs_share)} des emplois occupés : indice {plain(found.index)} (100 : deux parts égales)."
    )
    return french.typography(sentence), cards


def prospection_page(
    ground: Ground, chapter: Chapter, page: Page, layer: QgsVectorLayer
) -> PageMaterial | str:
    """The potential of the communes: how many prospects in all, of what activities, and where.

    The number of prospects of a commune is never told: with that of its targets it would give
    its clients.
    """
    found = field_page(ground, chapter, page, layer)
    result = ground.run.results[page.layer]
    assert isinstance(result, ProspectionResult)
    if isinstance(found, str) or found.subject.kind != "stock":
        return found
    sentence, cards = prospection_words(result, _first(found.values, found, ground))
    return replace(found, sentence=sentence, figures=cards)


def _first(values: Mapping[str, Value], found: PageMaterial, ground: Ground) -> list[str]:
    """Names of the communes of the highest potential."""
    ranked = [pair for pair in extremes(found.subject, values, ground.names) if pair[1].number]
    return [name for name, _ in ranked[:_NAMED]]


def prospection_words(
    result: ProspectionResult, first: list[str]
) -> tuple[str, tuple[Figure, ...]]:
    """Sentence and cards of the page of the potential. ``first``: the communes of the highest."""
    cards = [
        Figure("Prospects", french.number(result.prospects), f"à moins de {result.reach} d’un site")
    ]
    cards += [
        Figure(_short(label), french.number(count), f"des {result.listed} mieux classés")
        for label, count in result.activities
    ]
    several = result.prospects >= 2
    parts = [
        f"{french.plural(result.prospects, 'établissement')} à moins de {result.reach} d’un site "
        + ("ont une activité recherchée et ne sont" if several else "a une activité recherchée et n’est")
        + f" pas {'clients' if several else 'client'}."
    ]  # fmt: skip
    if result.activities:
        told = [f"{lower_first(_short(name))} ({count})" for name, count in result.activities]
        parts.append(f"Parmi les {result.listed} mieux classés : {french.listing(told)}.")
    if first:
        parts.append(
            f"Le potentiel est le plus fort {french.listing([at(name) for name in first])}."
        )
    return french.typography(" ".join(parts)), tuple(cards)


def _short(label: str) -> str:
    """The first words of an official label, whole."""
    head = label.split(";")[0].split(",")[0].strip()
    words = head.split()
    while (len(" ".join(words)) > _CARD and len(words) > 1) or (words[-1:] and words[-1] in _LINKS):
        words.pop()
    return " ".join(words)
