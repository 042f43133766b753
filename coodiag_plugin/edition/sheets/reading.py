"""What a page of figures says: the answer to its title, then where the territory stands apart.

Only from figures that its table prints.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...core import french, grammar
from ...core.catalogue import Indicator
from ..sentences import Reference, bare, first_reference, level_sentence
from ..sentences.counts import count_sentence
from ..sentences.gaps import gap
from ..sentences.quoting import printed, readable_territory, same, shown

#: An indicator and the figures of the territory and of its references.
Told = tuple[Indicator, tuple[Reference, ...]]
#: Counts named in a sentence; words that two labels share to be figures of the same thing.
_COUNTS, _WORDS = 3, 3


def figures_sentence(rows: Sequence[Told], parts: bool = False) -> str:
    """Counts: how many of each. Evolutions: the first one, then what it is made of. Rates: the
    highest and the lowest of the same thing, then the largest gap to the comparison.

    ``parts``: the rates are shares of one whole.
    """
    readable = [pair for pair in rows if readable_territory(pair[1]) is not None]
    if not readable:
        return ""
    if readable[0][0].is_count:
        return _counts(readable)
    if readable[0][0].kind == "evolution":
        return _evolutions(readable)
    rates = [pair for pair in readable if not pair[0].is_count]
    return " ".join(text for text in (_extremes(rates, parts), *farthest(rates)) if text)


def farthest(rows: Sequence[Told], most: int = 1) -> list[str]:
    """The level of the territory where it is farthest from its comparison, as printed; of figures
    of one unit, that of the first. Where none is far, that of the first one."""
    rates = [pair for pair in rows if not pair[0].is_count]
    alike = [pair for pair in rates if pair[0].unit == rates[0][0].unit]
    apart = sorted((-_distance(*pair), at) for at, pair in enumerate(alike) if _distance(*pair))
    chosen = [alike[at] for _, at in apart[:most]] or alike[:1]
    return [level_sentence(row, references, with_gap=False) for row, references in chosen]


def _distance(row: Indicator, references: Sequence[Reference]) -> float:
    """Absolute gap to the comparison, zero when the two are close or nothing compares."""
    whole, other = readable_territory(references), first_reference(references)
    if whole is None or other is None or gap(row, whole, other.value).close:
        return 0.0
    return abs(shown(row, whole) - shown(row, other.value))


def _counts(rows: Sequence[Told]) -> str:
    """« Le territoire compte 109 employeurs de 1 à 9 salariés, 38 de… »: the largest, in the order
    of the page."""
    counted = []
    for row, references in rows:
        whole, name = readable_territory(references), grammar.phrase(row)
        if whole is None or not row.is_count or not name.many or not shown(row, whole):
            continue
        if name.one or shown(row, whole) >= 2:
            counted.append((shown(row, whole), name.counted(bare(row, whole), shown(row, whole))))
    if len(counted) < 2:
        row, references = rows[0]
        return count_sentence(row, readable_territory(references), [])
    least = sorted((number for number, _ in counted), reverse=True)[:_COUNTS][-1]
    kept = [text for number, text in counted if number >= least][:_COUNTS]
    among = " notamment" if len(kept) < len(counted) else ""
    return f"Le territoire compte{among} {french.listing(kept)}."


def _evolutions(rows: Sequence[Told]) -> str:
    first, *others = [pair for pair in rows if pair[0].kind == "evolution"]
    parts = []
    for row, references in others:
        whole = readable_territory(references)
        if whole is not None:
            parts.append(f"{grammar.lower_first(row.short)}\u00a0: {printed(row, whole)}")
    told = f"{french.NARROW_SPACE}; ".join(parts)
    return " ".join(text for text in (level_sentence(*first), _sentence(told)) if text)


def _sentence(text: str) -> str:
    return f"{grammar.upper_first(text)}." if text else ""


def _extremes(rows: Sequence[Told], parts: bool) -> str:
    """« Le taux de chômage des 15–24 ans est le plus élevé (20,6 %), le taux de chômage des 55–64
    ans le plus bas (7,8 %). » Empty unless three figures or more are of the same thing."""
    found = [
        (shown(row, whole), row, whole)
        for row, references in rows
        if (whole := readable_territory(references)) is not None
    ]
    if len(found) < 3 or not (parts or len({_head(row) for _, row, _ in found}) == 1):
        return ""
    _, top, high = max(found, key=lambda one: one[0])
    _, bottom, low = min(found, key=lambda one: one[0])
    if same(top, high, low):
        return ""
    above, under = grammar.phrase(top), grammar.phrase(bottom)
    text = (
        f"{above.text} {above.be} {above.the} plus {_agreed(above, 'élevé', 'e')} ({printed(top, high)}), "
        f"{under.text} {under.the} plus {_agreed(under, 'bas', 'se')} ({printed(bottom, low)})."
    )
    return grammar.upper_first(text)


def _head(row: Indicator) -> tuple[str, ...]:
    """The words that name what is measured: figures of the same thing begin alike."""
    return (row.unit, *row.label.split()[:_WORDS])


def _agreed(name: grammar.Phrase, word: str, feminine: str) -> str:
    ending = feminine if name.feminine else ""
    plural = "" if (word + ending).endswith("s") or not name.plural else "s"
    return word + ending + plural
