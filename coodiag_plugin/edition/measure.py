"""A bound on the room that a text takes, without Qt: pages are numbered before any is drawn."""

from __future__ import annotations

from functools import cache, lru_cache

#: Most millimetres that a character of the shipped family takes at 7 points. A bound is enough, a
#: test holds it against the font.
_BROAD = {
    **dict.fromkeys(" ’',./:;ijl|·!()I[]\u00a0\u202f", 0.7),
    **dict.fromkeys('-frt"', 1.0),
    **dict.fromkeys("acsxz?_àâç", 1.25),
    **dict.fromkeys("egkvyLSéèêë", 1.36),
    **dict.fromkeys("BCEFJKPRTVXYZ", 1.7),
    **dict.fromkeys("mw%…œæ@&", 2.1),
    **dict.fromkeys("MWŒÆ", 2.6),
}
_CAPITAL, _LETTER = 2.1, 1.45
_SIZE = 7.0
#: Height (mm) of a line of one point, as QGIS spaces the lines of a label.
_LINE = 25.4 / 72 * 1.37
#: Texts, and words, whose measure is remembered: a long table is measured once for each row that it
#: may be cut at.
_REMEMBERED = 8192


@lru_cache(maxsize=_REMEMBERED)
def lines_at_most(text: str, width: float, size: float = _SIZE) -> int:
    """Lines of at most ``width`` mm that a text takes at ``size`` points, broken as a page does."""
    width *= _SIZE / size
    lines = 0
    for paragraph in text.split("\n"):
        used = 0.0
        lines += 1
        for word in paragraph.split(" "):
            wide = _breadth_of(word)
            if used and used + _BROAD[" "] + wide > width:
                lines, used = lines + 1, 0.0
            used += wide + (_BROAD[" "] if used else 0.0)
            while used > width:  # a word longer than a line is cut, at worst in its middle
                lines, used = lines + 1, used - width / 2
    return lines


def breadth(text: str, size: float = _SIZE) -> float:
    """Millimetres that a text takes at most on one line."""
    return _breadth_of(text) * size / _SIZE


@lru_cache(maxsize=_REMEMBERED)
def _breadth_of(text: str) -> float:
    return sum(map(_breadth, text))


def height_at_most(text: str, width: float, size: float = _SIZE) -> float:
    """Millimetres that a text takes at most."""
    return lines_at_most(text, width, size) * size * _LINE if text else 0.0


@cache
def _breadth(sign: str) -> float:
    return _BROAD.get(sign, _CAPITAL if sign.isupper() else _LETTER)
