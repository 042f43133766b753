"""The gap between two figures in words: points, times, per cent, or « proche de ».

Figures are compared as they are printed, so that a reader who subtracts finds the same gap.
"""

from __future__ import annotations

from dataclasses import dataclass

from ...core import french, grammar
from ...core.catalogue import Indicator
from ...core.values import Value
from .quoting import shown, unit_in_name


@dataclass(frozen=True)
class Gap:
    """``sign`` 0 when equal as printed; ``close`` under the tolerance of ``catalogue/wording.csv``.

    ``words`` (``2,1 points de plus``) and ``short`` (``+2,1 points``) are empty when no gap is to
    be told: equal or close figures, or a comparison with zero.
    """

    sign: int
    close: bool = False
    words: str = ""
    short: str = ""


def gap(subject: Indicator, own: Value, other: Value) -> Gap:
    """How ``own`` stands to ``other``, both readable figures of the same indicator."""
    mine, theirs = shown(subject, own), shown(subject, other)
    difference = french.rounded(mine - theirs, subject.decimals)
    if not difference:
        return Gap(0, close=True)
    sign = 1 if difference > 0 else -1
    if _close(subject, abs(float(difference)), theirs):
        return Gap(sign, close=True)
    if is_percentage(subject) or subject.kind == "index":
        return _told(sign, abs(float(difference)), subject.decimals, "point", "points")
    if subject.unit == "min":
        return _told(sign, abs(float(difference)), subject.decimals, "min", "min")
    if mine < 0 or theirs <= 0:
        return Gap(sign)
    return _relative(sign, mine / theirs)


def is_percentage(subject: Indicator) -> bool:
    """Whether gaps are points: a part of a hundred, not « 12 foyers pour 100 ménages »."""
    return subject.unit == "%" and not unit_in_name(subject)


def _close(subject: Indicator, difference: float, reference: float) -> bool:
    if subject.kind == "evolution":
        return difference <= grammar.threshold("close_evolution") + 1e-9
    if difference > grammar.threshold("close_share") * abs(reference) + 1e-9:
        return False
    return not is_percentage(subject) or difference <= grammar.threshold("close_points") + 1e-9


def _told(sign: int, size: float, decimals: int, one: str, many: str) -> Gap:
    unit = many if size >= 2 else one
    text = f"{french.number(size, decimals)}\u00a0{unit}"
    return Gap(
        sign,
        words=f"{text} de {'plus' if sign > 0 else 'moins'}",
        short=("+" if sign > 0 else french.MINUS) + text,
    )


def _relative(sign: int, ratio: float) -> Gap:
    """From « 1,5 fois ce niveau » on, else per cent."""
    if ratio >= grammar.threshold("times_from"):
        times = f"{french.number(ratio, 1)}\u00a0fois"
        return Gap(sign, words=f"{times} ce niveau", short=times)
    percent = french.number(abs(100 * (ratio - 1)))
    return _told(sign, float(percent.replace(french.NARROW_SPACE, "")), 0, "%", "%")


#: Direction of reading and sign → how a territory stands; neutral indicators have no word.
_STANDING = {
    ("high_bad", 1): ("plus touché", "plus touchée"),
    ("high_bad", -1): ("moins touché", "moins touchée"),
    ("high_good", 1): ("mieux placé", "mieux placée"),
    ("high_good", -1): ("moins bien placé", "moins bien placée"),
}


def standing(subject: Indicator, found: Gap, feminine: bool = False) -> str:
    """``plus touché``, ``mieux placée``: only where the direction is known and the gap is clear."""
    if found.close:
        return ""
    return _STANDING.get((subject.direction, found.sign), ("", ""))[feminine]


def favourable(subject: Indicator, found: Gap) -> bool | None:
    """Whether the gap is good news; None when it is neither."""
    if found.close or subject.direction not in ("high_bad", "high_good"):
        return None
    return (found.sign > 0) == (subject.direction == "high_good")
