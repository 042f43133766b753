"""The synthesis: a page that says what each chapter shows, and holds every figure that it quotes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...core import french, grammar
from ...core.catalogue import Indicator, rows
from ..context import Block, Figure
from .findings import chapter_findings, first_sentence, gap_score
from .gaps import favourable, gap
from .matter import MapMaterial, Matter, TextMaterial
from .numbers import numbers_of
from .pages import EXTREMES, WHOLE, page_figures
from .quoting import (
    again,
    bare,
    extremes,
    first_reference,
    readable_territory,
    spoken,
)

#: Figures quoted on each side (strengths, vigilance) of a stake, and of any other chapter.
OF_A_STAKE, OF_A_CHAPTER = 2, 1
CITED = "Les chiffres cités"
#: Kind of the sheet page on the recruitment paradox.
PARADOX = "paradox"


@dataclass(frozen=True)
class _Point:
    """An indicator that stands clearly on one side of its comparison."""

    good: bool
    score: float
    order: int
    family: str
    text: str
    place: str
    figure: Figure


@dataclass(frozen=True)
class _Said:
    texts: tuple[str, ...]
    figures: tuple[Figure, ...]


def synthesis(
    profile_id: str, matters: Sequence[Matter], names: Mapping[str, str]
) -> tuple[Block, ...]:
    """Blocks of the synthesis page: the stakes of the profile (``catalogue/stakes.csv``), the
    answer of the crossing, the other chapters, then the figures quoted by all of them.

    A chapter without anything readable says nothing; no chapter, no block.
    """
    stakes = _stakes(profile_id, matters)
    taken = [matter.id for _, matter in stakes]
    parts = [(label, _chapter(matter, names, OF_A_STAKE)) for label, matter in stakes]
    parts += _crossing(matters)
    parts += [
        (matter.title, _chapter(matter, names, OF_A_CHAPTER))
        for matter in matters
        if matter.id not in taken and not _crossed(matter)
    ]
    blocks = [Block("texts", title=label, texts=said.texts) for label, said in parts if said.texts]
    cited = dict.fromkeys(figure for _, said in parts for figure in said.figures)
    if cited:
        blocks.append(Block("figures", title=CITED, figures=tuple(cited)))
    return tuple(blocks)


def _stakes(profile_id: str, matters: Sequence[Matter]) -> list[tuple[str, Matter]]:
    by_id = {matter.id: matter for matter in matters}
    found = []
    for row in rows("stakes"):
        if row["profile"] == profile_id:
            ids = [name for name in row["chapters"].split() if name in by_id]
            found += [(row["label"], by_id[name]) for name in ids[:1]]
    return found


# --- chapters --------------------------------------------------------------------------------


def _chapter(matter: Matter, names: Mapping[str, str], most: int) -> _Said:
    points = _points(matter, names)
    weak = [point for point in points if not point.good][:most]
    strong = [point for point in points if point.good][:most]
    texts = []
    if weak:
        texts.append(_told("Point de vigilance", "Points de vigilance", weak))
    if strong:
        texts.append(_told("Point d’appui", "Points d’appui", strong))
    if texts:
        return _Said(tuple(texts), tuple(point.figure for point in (*weak, *strong)))
    return _finding(matter, names)


def _told(one: str, several: str, points: Sequence[_Point]) -> str:
    """``Points de vigilance : le taux de chômage (12,5 %, contre 10,4 % dans l’Orne) et…``"""
    places = {point.place for point in points}
    items = [
        point.text.format(where=f" {point.place}" if len(places) > 1 or not rank else "")
        for rank, point in enumerate(points)
    ]
    return f"{one if len(points) == 1 else several}\u00a0: {french.listing(items)}."


def _points(matter: Matter, names: Mapping[str, str]) -> list[_Point]:
    """The clearest first; one indicator only of those that count the same people."""
    found = [
        point
        for rank, material in enumerate(matter.maps)
        if (point := _point(material, names, rank)) is not None
    ]
    kept: list[_Point] = []
    for point in sorted(found, key=lambda item: (-item.score, item.order)):
        if point.family not in {item.family for item in kept}:
            kept.append(point)
    return kept


def _point(material: MapMaterial, names: Mapping[str, str], order: int) -> _Point | None:
    subject = material.subject
    whole, reference = (
        readable_territory(material.references),
        first_reference(material.references),
    )
    if material.sentence or subject.is_count or whole is None or reference is None:
        return None
    good = favourable(subject, gap(subject, whole, reference.value))
    if good is None:
        return None
    name = grammar.phrase(subject)
    noun = name.text
    if subject.kind == "evolution":
        noun = grammar.evolution(subject)
    text = f"{noun} ({spoken(subject, whole)}, contre {again(subject, reference.value)}{{where}})"
    figure = Figure(
        subject.short,
        bare(subject, whole),
        f"{reference.name}\u00a0: {bare(subject, reference.value)}",
    )
    missing = set(numbers_of(noun)) - set(numbers_of(subject.short))
    if missing:  # « 75 ans » of the name must stand on the card too
        figure = Figure(_full_name(subject, noun), figure.text, figure.note)
    score = gap_score(subject, material.references, extremes(subject, material.values, names))
    family = subject.numerator or f"{material.page.layer}.{subject.id}"
    return _Point(good, score, order, family, text, reference.place.within, figure)


def _full_name(subject: Indicator, noun: str) -> str:
    """The label when it holds the numbers of ``noun``, the name in a sentence."""
    same = set(numbers_of(noun)) <= set(numbers_of(subject.label))
    return subject.label if same else grammar.upper_first(noun)


# --- findings and crossing -------------------------------------------------------------------


def _finding(matter: Matter, names: Mapping[str, str]) -> _Said:
    """The most telling page of a chapter where nothing stands on one side of its comparison."""
    for material in _by_interest(matter, names):
        texts = chapter_findings([material], names)
        if texts:
            text = first_sentence(texts[0])
            figures = _cited(text, material, names)
            if set(numbers_of(text)) <= _numbers(figures):
                return _Said((text,), figures)
    said = (_of_sheet(sheet) for sheet in matter.sheets)
    return next((found for found in said if found.texts), _Said((), ()))


def _of_sheet(sheet: TextMaterial) -> _Said:
    """The first sentence of a sheet, when the figures of its blocks hold all its numbers."""
    figures = [figure for block in _blocks(sheet) for figure in block.figures]
    text = first_sentence(sheet.sentence)
    wanted = set(numbers_of(text))
    cited = tuple(figure for figure in figures if wanted & _numbers((figure,)))
    return _Said((text,), cited) if text and wanted <= _numbers(cited) else _Said((), ())


def _blocks(sheet: TextMaterial) -> tuple[Block, ...]:
    return getattr(sheet, "blocks", ())


def _by_interest(matter: Matter, names: Mapping[str, str]) -> list[MapMaterial]:
    best = chapter_findings(matter.maps, names)
    return sorted(
        matter.maps,
        key=lambda material: chapter_findings([material], names)[:1] != best[:1],
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


def _numbers(figures: Sequence[Figure]) -> set[str]:
    return {
        number
        for figure in figures
        for number in numbers_of(f"{figure.label} | {figure.text} | {figure.note}")
    }


def _crossed(matter: Matter) -> bool:
    return any(material.page.map == "bivariate" and material.sentence for material in matter.maps)


def _crossing(matters: Sequence[Matter]) -> list[tuple[str, _Said]]:
    """The answer of the crossing of need and reach: its sentence with its cards, then that of the
    sheet on the recruitment paradox when its figures can stand here too."""
    found = []
    for matter in matters:
        for material in matter.maps:
            if material.page.map != "bivariate" or not material.sentence:
                continue
            sheets = [_of_sheet(sheet) for sheet in matter.sheets if sheet.page.sheet == PARADOX]
            texts = [text for said in sheets for text in said.texts]
            figures = [figure for said in sheets for figure in said.figures]
            said = _Said((material.sentence, *texts), (*material.figures[:2], *figures))
            found.append((material.page.title, said))
    return found
