"""The synthesis: a page that says what each chapter shows, and holds every figure that it quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ...core import french, grammar
from ...core.catalogue import Indicator
from ...core.profiles import Stake
from ..context import Block, Figure
from .findings import (
    NAMED_FROM,
    PARADOX,
    chapter_findings,
    contrast_score,
    first_sentence,
    gap_score,
)
from .gaps import favourable, gap
from .level import level_sentence, worst
from .matter import MapMaterial, Matter, TextMaterial, family
from .numbers import numbers_of
from .pages import EXTREMES, WHOLE, page_figures
from .quoting import (
    Reference,
    again,
    bare,
    extremes,
    first_reference,
    mostly_hidden,
    readable_territory,
    spoken,
)

#: Figures that the page holds; what is quoted of each chapter is cut down until they fit.
MOST_CITED = 24
CITED = "Les chiffres cités"


@dataclass(frozen=True)
class _Much:
    """How much is told: figures on each side (strengths, vigilance) of a stake and of any other
    chapter, and whether the commune that stands out is named."""

    of_a_stake: int = 2
    of_a_chapter: int = 1
    places: bool = True


_LESS = (_Much(), _Much(places=False), _Much(1, 1, False))


@dataclass(frozen=True)
class _Point:
    """A rate that stands clear of its comparison; ``good`` is None where no direction is known."""

    good: bool | None
    score: float
    order: int
    family: str
    text: str
    place: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class _Said:
    texts: tuple[str, ...]
    figures: tuple[Figure, ...] = ()


def synthesis(
    stakes: Sequence[Stake], matters: Sequence[Matter], names: Mapping[str, str]
) -> tuple[Block, ...]:
    """Blocks of the synthesis page: the stakes of the profile, the answer of the crossing, the
    other chapters, then the figures quoted by all of them, at most :data:`MOST_CITED` of them.

    A chapter without anything readable says nothing; no chapter, no block.
    """
    parts, cited = _told(stakes, matters, names, _LESS[0])
    for much in _LESS[1:]:
        if len(cited) > MOST_CITED:
            parts, cited = _told(stakes, matters, names, much)
    blocks = [Block("texts", title=label, texts=said.texts) for label, said in parts]
    if cited:
        blocks.append(Block("figures", title=CITED, figures=cited))
    return tuple(blocks)


def _told(
    stakes: Sequence[Stake], matters: Sequence[Matter], names: Mapping[str, str], much: _Much
) -> tuple[list[tuple[str, _Said]], tuple[Figure, ...]]:
    taken = {name for stake in stakes for name in stake.chapters}
    parts = [
        (label, _chapter(matter, names, much.of_a_stake, much.places))
        for label, matter in _of_stakes(stakes, matters)
    ]
    parts += _crossing(matters)
    parts += [
        (matter.title, _chapter(matter, names, much.of_a_chapter, much.places))
        for matter in matters
        if matter.id not in taken and not _crossed(matter)
    ]
    parts = [(label, said) for label, said in parts if said.texts]
    figures = dict.fromkeys(figure for _, said in parts for figure in said.figures)
    return parts, tuple(figures)


def _of_stakes(stakes: Sequence[Stake], matters: Sequence[Matter]) -> list[tuple[str, Matter]]:
    """The chapters of each stake as one; a stake without a printed chapter is left out."""
    found = []
    for stake in stakes:
        here = [matter for matter in matters if matter.id in stake.chapters]
        if here:
            maps = [page for matter in here for page in matter.maps]
            sheets = [sheet for matter in here for sheet in matter.sheets]
            found.append(
                (stake.title, Matter(here[0].id, stake.title, here[0].theme, maps, sheets))
            )
    return found


# --- chapters --------------------------------------------------------------------------------


def _chapter(matter: Matter, names: Mapping[str, str], most: int, places: bool) -> _Said:
    """What is worth vigilance and what is a strength; else where the territory differs; else what
    its most telling page says, a rate before a count."""
    points = _points(matter, names, places)
    weak = [point for point in points if point.good is False][:most]
    strong = [point for point in points if point.good][:most]
    texts = []
    if weak:
        texts.append(_listed("Point de vigilance", "Points de vigilance", weak))
    if strong:
        texts.append(_listed("Point d’appui", "Points d’appui", strong))
    kept = [*weak, *strong]
    if not kept:
        kept = points[:most]
        if kept and most > 1:
            kept = [*kept, *_alike(matter, kept)]
        texts = [point.text for point in kept]
    if kept:
        return _Said(tuple(texts), tuple(figure for point in kept for figure in point.figures))
    return _finding(matter, names)


def _alike(matter: Matter, told: Sequence[_Point]) -> list[_Point]:
    """For a stake, the first other rate that is like its comparison: what does not differ, too."""
    for order, row in enumerate(matter.compared):
        found = _like(row, order)
        if found is not None and found.family not in {point.family for point in told}:
            return [found]
    return []


def _like(row: MapMaterial, order: int) -> _Point | None:
    if row.sentence or row.subject.is_count or first_reference(row.references) is None:
        return None
    text = level_sentence(row.subject, row.references)
    if not text:
        return None
    figures = (_compared(row.subject, row.references, _noun(row.subject)),)
    return _Point(None, 0.0, order, family(row), text, "", figures)


def _listed(one: str, several: str, points: Sequence[_Point]) -> str:
    """``Points de vigilance : le taux de chômage (12,5 %, contre 10,4 % dans l’Orne) et…``"""
    places = {point.place for point in points}
    items = [
        point.text.format(where=f" {point.place}" if len(places) > 1 or not rank else "")
        for rank, point in enumerate(points)
    ]
    return f"{one if len(points) == 1 else several}\u00a0: {french.listing(items)}."


def _points(matter: Matter, names: Mapping[str, str], places: bool) -> list[_Point]:
    """Those of maps, which the profile chose to show, then those of tables, the clearest first; one
    indicator only of those that count the same people."""
    found = [
        point
        for rank, material in enumerate(matter.compared)
        if (point := _point(material, names, rank, places)) is not None
    ]
    kept: list[_Point] = []
    maps = len(matter.maps)
    for point in sorted(found, key=lambda item: (item.order >= maps, -item.score, item.order)):
        if point.family not in {item.family for item in kept}:
            kept.append(point)
    return kept


def _point(
    material: MapMaterial, names: Mapping[str, str], order: int, places: bool
) -> _Point | None:
    subject, references = material.subject, material.references
    whole, reference = readable_territory(references), first_reference(references)
    if material.sentence or subject.is_count or whole is None or reference is None:
        return None
    found = gap(subject, whole, reference.value)
    if found.close:
        return None
    good = favourable(subject, found)
    ranked = extremes(subject, material.values, names)
    noun = _noun(subject)
    figures: tuple[Figure, ...] = (_compared(subject, references, noun),)
    text = level_sentence(subject, references)
    if good is not None:
        tail = ""
        shown = not (material.page.sheet or mostly_hidden(material.values))
        far = places and good is False and shown and contrast_score(ranked) >= NAMED_FROM
        if far and (found_worst := worst(subject, ranked, whole)) is not None:
            where, value = found_worst
            tail = f"\u202f; {again(subject, value)} {grammar.at(where)}"
            figures += (Figure(f"{subject.short}\u00a0: {where}", bare(subject, value)),)
        text = (
            f"{noun} ({spoken(subject, whole)}, contre {again(subject, reference.value)}"
            f"{{where}}{tail})"
        )
    score = gap_score(subject, references, ranked)
    return _Point(good, score, order, family(material), text, reference.place.within, figures)


def _noun(subject: Indicator) -> str:
    """An indicator as it is named beside its figure: ``l’évolution du nombre d’emplois``."""
    if subject.kind == "evolution":
        return grammar.evolution(subject)
    return grammar.phrase(subject).text


def _compared(subject: Indicator, references: Sequence[Reference], noun: str = "") -> Figure:
    """A level as the synthesis cites it: the territory, its comparison and the gap to it."""
    whole, reference = readable_territory(references), first_reference(references)
    assert whole is not None
    note = ""
    if reference is not None:
        short = gap(subject, whole, reference.value).short
        note = f"{reference.name}\u00a0: {bare(subject, reference.value)}" + (
            f" ({short})" if short else ""
        )
    missing = set(numbers_of(noun)) - set(numbers_of(subject.short))
    # « 75 ans » of the name must stand on the card too
    return Figure(
        _full_name(subject, noun) if missing else subject.short, bare(subject, whole), note
    )


def _full_name(subject: Indicator, noun: str) -> str:
    """The label when it holds the numbers of ``noun``, the name in a sentence."""
    same = set(numbers_of(noun)) <= set(numbers_of(subject.label))
    return subject.label if same else grammar.upper_first(noun)


# --- findings and crossing -------------------------------------------------------------------


def _finding(matter: Matter, names: Mapping[str, str]) -> _Said:
    """The most telling page of a chapter where nothing stands clear of its comparison: rates first,
    the level before the contrast, then counts and what the sheets say."""
    rates = [row for row in matter.compared if not row.sentence and not row.subject.is_count]
    for order, row in enumerate(rates):
        alike = _like(row, order)
        if alike is not None:
            return _Said((alike.text,), alike.figures)
    for material in _by_interest(matter, names):
        texts = chapter_findings([material], names)
        if texts:
            text = first_sentence(texts[0])
            figures = _cited(text, material, names)
            if set(numbers_of(text)) <= _numbers(figures):
                return _Said((text,), figures)
    said = (_of_sheet(sheet) for sheet in matter.sheets)
    return next((found for found in said if found.texts), _Said(()))


def _of_sheet(sheet: TextMaterial) -> _Said:
    """The first sentence of a sheet, all of them of that on the paradox, when the figures that it
    cites, else those of its blocks, hold all the numbers."""
    own: tuple[Figure, ...] = getattr(sheet, "cited", ())
    blocks: tuple[Block, ...] = getattr(sheet, "blocks", ())
    figures = own or tuple(figure for block in blocks for figure in block.figures)
    text = sheet.sentence if sheet.page.sheet == PARADOX else first_sentence(sheet.sentence)
    cited = _holding(figures, text)
    if not text or not set(numbers_of(text)) <= _numbers(cited):
        return _Said(())
    return _Said(tuple(re.split(r"(?<=\.) (?=[A-ZÀ-Ý])", text)), cited)


def _holding(figures: Iterable[Figure], text: str) -> tuple[Figure, ...]:
    """The figures that hold a number of ``text``."""
    wanted = set(numbers_of(text))
    return tuple(figure for figure in figures if wanted & _numbers((figure,)))


def _by_interest(matter: Matter, names: Mapping[str, str]) -> list[MapMaterial]:
    """Rates before counts, the finding of the chapter before the others."""
    best = chapter_findings(matter.maps, names)
    return sorted(
        matter.maps,
        key=lambda page: (
            page.subject.is_count or bool(page.sentence),
            chapter_findings([page], names)[:1] != best[:1],
        ),
    )


def _cited(text: str, material: MapMaterial, names: Mapping[str, str]) -> tuple[Figure, ...]:
    """The cards of the page that hold the numbers of ``text``, named after the page's subject."""
    subject = material.subject
    cards = material.figures or page_figures(subject, material.values, names, material.references)
    own = bool(material.figures)
    missing = set(numbers_of(text))
    found: list[Figure] = []
    for card in cards:
        if not missing & _numbers((card,)):
            continue
        name = card.label if own else _card_name(material, card)
        note = card.note if missing & set(numbers_of(card.note)) or own else ""
        found.append(Figure(name, card.text, note))
        missing -= _numbers(found)
    if found and missing:  # « 75 ans » of the name must stand there too
        name = _full_name(subject, grammar.phrase(subject).text)
        found[0] = Figure(name, found[0].text, found[0].note)
    return tuple(found)


def _card_name(material: MapMaterial, card: Figure) -> str:
    """``Taux de chômage`` for the territory, ``Taux de chômage : Clayes`` for a commune."""
    short = material.subject.short
    if card.label == WHOLE:
        return short
    where = card.note if card.label in EXTREMES else card.label
    return f"{short}\u00a0: {where}"


def _numbers(figures: Iterable[Figure]) -> set[str]:
    return {
        number
        for figure in figures
        for number in numbers_of(f"{figure.label} | {figure.text} | {figure.note}")
    }


def _paradox(matter: Matter) -> TextMaterial | None:
    return next((sheet for sheet in matter.sheets if sheet.page.sheet == PARADOX), None)


def _crossed(matter: Matter) -> bool:
    crossings = [item for item in matter.maps if item.page.map == "bivariate" and item.sentence]
    return bool(crossings) or _paradox(matter) is not None


def _crossing(matters: Sequence[Matter]) -> list[tuple[str, _Said]]:
    """Who is not reached and why: the sheet on the recruitment paradox; without it, the communes
    that the crossing of need and reach names."""
    found = []
    for matter in matters:
        sheet = _paradox(matter)
        said = _of_sheet(sheet) if sheet else _Said(())
        if sheet and said.texts:
            found.append((matter.title, said))
            continue
        found += [
            (page.title, _Said((material.sentence,), _holding(material.figures, material.sentence)))
            for material in matter.maps
            if (page := material.page).map == "bivariate" and material.sentence
        ]
    return found
