"""The findings of a chapter: the most telling of its pages, not the first ones."""

from __future__ import annotations

import re
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...core import grammar
from ...core.catalogue import Indicator
from ...core.values import Value
from .counts import count_sentence
from .gaps import gap
from .level import contrast_sentence, level_sentence, peak
from .matter import MapMaterial, TextMaterial, family, told_of
from .quoting import (
    WITHOUT_FIGURES,
    Named,
    Reference,
    extremes,
    first_reference,
    mostly_hidden,
    readable,
    readable_territory,
    shown,
)

MOST = 3
#: Scores are in standard deviations of the communes; a gap of three is as telling as can be.
TOP = 3.0
#: A page that speaks for itself (zones, sheets) stands beside a gap of one deviation, the words of
#: a sheet whose rows are told one by one beside half of it; the crossing of need and reach is what
#: the diagnosis is made for, and the sheet on its reasons says more than its map.
OWN_WORDS, SHEET_WORDS, CROSSING, ANSWER, NOTHING_FOUND = 1.0, 0.15, TOP + 2, TOP + 3, 0.1
#: A gap of no known direction tells less; where people are, less than a rate.
NEUTRAL, COUNTED = 0.7, 0.5
#: A clear gap to the comparison tells more than a contrast alone, whose extremes are small communes;
#: a row of a table less than a map, and classes of communes describe more than they tell.
CLEAR, ALONE, ROW, CLASSES = 0.5, 1.0, 0.5, 0.2
#: Contrast between communes from which the one that stands out is named beside the level.
NAMED_FROM = 0.5
#: Letters above which a sentence is for its page alone: a finding is read at a glance.
LONG = 230
#: Kind of the sheet page on the recruitment paradox, and what it tells of with the maps of it.
PARADOX = "paradox"
_REACHED, _TRIPS = "recrutement", "mobilite"


@dataclass(frozen=True)
class Finding:
    """What one page has to say: ``order`` of the page, ``families`` of figures that it tells of."""

    text: str
    score: float
    order: int
    families: frozenset[str]


def chapter_findings(
    maps: Sequence[MapMaterial],
    names: Mapping[str, str],
    sheets: Sequence[TextMaterial] = (),
) -> tuple[str, ...]:
    """Up to three sentences: the answer to the crossing, then in the order of the pages the largest gaps
    to the comparison with the commune that stands out, the strongest contrasts between communes;
    no two of the same figures. The same material always gives the same findings."""
    found = [_of_map(material, names, rank) for rank, material in enumerate(maps)]
    for rank, sheet in enumerate(sheets, len(maps)):
        found += [_of_row(row, names, rank) for row in told_of(sheet)]
        found.append(_of_sheet(sheet, rank))
    kept: list[Finding] = []
    for finding in sorted(found, key=lambda item: (-item.score, item.order)):
        told = any(finding.families & item.families or finding.text == item.text for item in kept)
        if finding.text and not told:
            kept.append(finding)
    first = sorted(kept[:MOST], key=lambda item: (item.score < CROSSING, item.order))
    return tuple(item.text for item in first)


def _of_sheet(sheet: TextMaterial, order: int) -> Finding:
    """The answer of the sheet on the paradox in whole, the first sentence of any other."""
    if sheet.page.sheet == PARADOX:
        told = frozenset((PARADOX, f"{_REACHED}.rate"))
        return Finding(sheet.sentence, ANSWER, order, told)
    text, rows = first_sentence(sheet.sentence), told_of(sheet)
    named = {family(row) for row in rows if _names(text, row)}
    score = SHEET_WORDS if rows or sheet.page.sheet == "pyramid" else OWN_WORDS
    return Finding(text, score, order, frozenset(named or (sheet.page.id,)))


def _names(text: str, row: MapMaterial) -> bool:
    return grammar.phrase(row.subject).text.lower() in text.lower()


def _of_row(row: MapMaterial, names: Mapping[str, str], order: int) -> Finding:
    """A row of a table, where no commune stands: its level, and no gap, which is not printed."""
    text = level_sentence(row.subject, row.references, with_gap=False)
    ranked = extremes(row.subject, row.values, names)
    score = gap_score(row.subject, row.references, ranked)
    if score:
        score = ROW * (score + CLEAR if row.subject.direction == "neutral" else score + 2 * CLEAR)
    return Finding(text if score else "", score, order, frozenset((family(row),)))


def _of_map(material: MapMaterial, names: Mapping[str, str], order: int) -> Finding:
    subject, page = material.subject, material.page
    told = frozenset((family(material),))
    if material.sentence:
        text, score = material.sentence, OWN_WORDS
        if page.layer == _REACHED and page.map in ("bivariate", "typology"):
            told = frozenset((PARADOX,))
        else:
            told = frozenset((page.layer if page.layer == _TRIPS else f"{page.layer}.{page.id}",))
            text = text if len(text) <= LONG else first_sentence(text)
        if page.map == "bivariate":
            score = CROSSING
        elif page.map == "typology" and page.layer != _REACHED:
            text, score = first_sentence(text), CLASSES
        if text.startswith("Aucun") or len(text) > LONG:
            score = NOTHING_FOUND
        return Finding(text, score, order, told)
    if subject.kind in WITHOUT_FIGURES:
        return Finding("", 0.0, order, told)
    ranked = extremes(subject, material.values, names)
    if subject.is_count:
        whole = readable_territory(material.references)
        text = first_sentence(count_sentence(subject, whole, ranked).partition("\u202f;")[0])
        return Finding(text, COUNTED * concentration(subject, whole, ranked), order, told)
    return _of_rate(material, ranked, order, told)


def _of_rate(
    material: MapMaterial, ranked: Sequence[Named], order: int, told: frozenset[str]
) -> Finding:
    """The level where it stands apart from the comparison, with the commune that stands out; else
    the contrast between communes, unless most of them are hidden; else the level."""
    subject, references = material.subject, material.references
    level = level_sentence(subject, references)
    by_gap = gap_score(subject, references, ranked)
    hidden = mostly_hidden(material.values)
    by_contrast = 0.0 if hidden else contrast_score(ranked)
    if by_gap:
        text, whole = level, readable_territory(references)
        tail = peak(subject, ranked, whole) if whole and by_contrast >= NAMED_FROM else ""
        if tail:
            short = level_sentence(subject, references, with_gap=False)[:-1]
            text = f"{short}, {tail}."
        score = min(TOP, by_gap + by_contrast / 2) + CLEAR
        return Finding(text if len(text) <= LONG else level, score, order, told)
    contrast = "" if hidden else contrast_sentence(subject, ranked, alone=True)
    score = min(ALONE, by_contrast)
    return Finding(contrast if by_contrast or not level else level, score, order, told)


def first_sentence(text: str) -> str:
    """The first sentence, with its full stop."""
    if not text:
        return ""
    return re.split(r"(?<=[.!?]) (?=[A-ZÀ-Ý«\d])", text)[0].rstrip(".") + "."


def gap_score(
    subject: Indicator, references: Sequence[Reference], ranked: Sequence[Named]
) -> float:
    """Gap of the territory to its comparison, in standard deviations of the communes; 0 when the
    two are close, less when no direction of reading is known. With fewer than three communes, as
    a share of the comparison."""
    whole, reference = readable_territory(references), first_reference(references)
    if whole is None or reference is None or gap(subject, whole, reference.value).close:
        return 0.0
    difference = abs(shown(subject, whole) - shown(subject, reference.value))
    spread = _spread(ranked) if len(ranked) > 2 else abs(shown(subject, reference.value))
    weight = NEUTRAL if subject.direction == "neutral" else 1.0
    return weight * min(TOP, difference / spread) if spread else 0.0


def contrast_score(ranked: Sequence[Named]) -> float:
    """Coefficient of variation of the communes, doubled: 0.5 makes a contrast worth a gap of one
    deviation. Figures around zero (evolutions) have none."""
    numbers = _numbers(ranked)
    if len(numbers) < 3 or min(numbers) < 0:
        return 0.0
    mean = statistics.fmean(numbers)
    return min(TOP, 2 * _spread(ranked) / mean) if mean else 0.0


def concentration(subject: Indicator, whole: Value | None, ranked: Sequence[Named]) -> float:
    """Part of the total that the first commune holds beyond an equal share (0 to 1)."""
    if whole is None or not shown(subject, whole) or len(ranked) < 2:
        return 0.0
    share = shown(subject, ranked[0][1]) / shown(subject, whole)
    return min(1.0, max(0.0, share - 1 / len(ranked)))


def _spread(ranked: Sequence[Named]) -> float:
    numbers = _numbers(ranked)
    return statistics.pstdev(numbers) if len(numbers) > 1 else 0.0


def _numbers(ranked: Sequence[Named]) -> list[float]:
    return [value.number for _, value in ranked if readable(value) and value.number is not None]
