"""The findings of a chapter: the most telling of its pages, not the first ones."""

from __future__ import annotations

import re
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...core.catalogue import Indicator
from ...core.values import Value
from .counts import count_sentence
from .gaps import gap
from .level import contrast_sentence, level_sentence
from .matter import MapMaterial, TextMaterial
from .quoting import (
    WITHOUT_FIGURES,
    Named,
    Reference,
    extremes,
    first_reference,
    readable,
    readable_territory,
    shown,
)

MOST = 3
#: Scores are in standard deviations of the communes; a gap of three is as telling as can be.
TOP = 3.0
#: A page that speaks for itself (zones, crossings, sheets) stands beside a gap of one deviation;
#: the crossing of need and reach is what the diagnosis is made for.
OWN_WORDS, CROSSING, NOTHING_FOUND = 1.0, TOP + 1, 0.1
#: Letters above which a sentence is for its page alone: a finding is read at a glance.
LONG = 230


@dataclass(frozen=True)
class Finding:
    """What one page has to say: ``order`` of the page, ``family`` of figures that it tells of."""

    text: str
    score: float
    order: int
    family: str


def chapter_findings(
    maps: Sequence[MapMaterial],
    names: Mapping[str, str],
    sheets: Sequence[TextMaterial] = (),
) -> tuple[str, ...]:
    """Up to three sentences in the order of the pages: the largest gaps to the comparison, the
    strongest contrasts between communes, the crossing; no two of the same figures. The same
    material always gives the same findings."""
    found = [_of_map(material, names, rank) for rank, material in enumerate(maps)]
    found += [
        Finding(first_sentence(sheet.sentence), OWN_WORDS, len(maps) + rank, sheet.page.id)
        for rank, sheet in enumerate(sheets)
    ]
    kept: list[Finding] = []
    for finding in sorted(found, key=lambda item: (-item.score, item.order)):
        new = finding.family not in {item.family for item in kept}
        if finding.text and new and finding.text not in {item.text for item in kept}:
            kept.append(finding)
    return tuple(item.text for item in sorted(kept[:MOST], key=lambda item: item.order))


def _of_map(material: MapMaterial, names: Mapping[str, str], order: int) -> Finding:
    subject = material.subject
    family = subject.numerator or f"{material.page.layer}.{subject.id}"
    if material.sentence:
        score = CROSSING if material.page.map == "bivariate" else OWN_WORDS
        if material.sentence.startswith("Aucun") or len(material.sentence) > LONG:
            score = NOTHING_FOUND
        return Finding(material.sentence, score, order, f"{material.page.layer}.{material.page.id}")
    if subject.kind in WITHOUT_FIGURES:
        return Finding("", 0.0, order, family)
    ranked = extremes(subject, material.values, names)
    if subject.is_count:
        whole = readable_territory(material.references)
        text = first_sentence(count_sentence(subject, whole, ranked).partition("\u202f;")[0])
        return Finding(text, concentration(subject, whole, ranked), order, family)
    level = level_sentence(subject, material.references)
    contrast = contrast_sentence(subject, ranked, alone=True)
    by_gap = gap_score(subject, material.references, ranked) if level else -1.0
    by_contrast = contrast_score(ranked) if contrast else -1.0
    if by_gap >= by_contrast:
        return Finding(level, by_gap, order, family)
    return Finding(contrast, by_contrast, order, family)


def first_sentence(text: str) -> str:
    """The first sentence, with its full stop."""
    if not text:
        return ""
    return re.split(r"(?<=[.!?]) (?=[A-ZÀ-Ý«\d])", text)[0].rstrip(".") + "."


def gap_score(
    subject: Indicator, references: Sequence[Reference], ranked: Sequence[Named]
) -> float:
    """Gap of the territory to its comparison, in standard deviations of the communes; 0 when the
    two are close. With fewer than three communes, as a share of the comparison."""
    whole, reference = readable_territory(references), first_reference(references)
    if whole is None or reference is None or gap(subject, whole, reference.value).close:
        return 0.0
    difference = abs(shown(subject, whole) - shown(subject, reference.value))
    spread = _spread(ranked) if len(ranked) > 2 else abs(shown(subject, reference.value))
    return min(TOP, difference / spread) if spread else 0.0


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
