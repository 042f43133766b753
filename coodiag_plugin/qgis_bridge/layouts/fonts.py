"""The family of type of the house, loaded once, and the measure of texts in millimetres."""

from __future__ import annotations

from functools import lru_cache

from qgis.PyQt.QtGui import QFont, QFontMetricsF

from ...core.house import current
from ...core.words import N_
from .font_files import load, load_shipped

_HOUSE = N_("The font {file} of the house style cannot be used by QGIS: replace it.")
_MM_PER_POINT = 25.4 / 72
_MEASURE = 200.0  # pixels per em: metrics of a large font are exact enough for any size


def load_fonts() -> None:
    """Make the family of the house known to Qt; raises when a file of it is damaged."""
    load_shipped()
    # a file that was replaced has another key, and is loaded again
    load((current().fonts, current().type_key), current().fonts, _HOUSE)


def font(size: float, bold: bool = False, italic: bool = False) -> QFont:
    """The family of the house (the one of the plugin, when it has none)."""
    load_fonts()
    result = QFont(current().family)
    result.setPointSizeF(size)
    result.setBold(bold)
    result.setItalic(italic)
    return result


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Width of one line of ``text`` in millimetres at ``size`` points."""
    return _advance(current().type_key, text, bold) / _MEASURE * size * _MM_PER_POINT


@lru_cache(maxsize=65_536)
def _advance(key: tuple[object, ...], text: str, bold: bool) -> float:
    """Width in pixels; ``key`` tells the houses apart in the cache.

    A text is measured at every size that is tried for it: two measures in three are known.
    """
    measured = font(12, bold)
    measured.setPixelSize(int(_MEASURE))
    return QFontMetricsF(measured).horizontalAdvance(text)


def line_height(size: float) -> float:
    """Height of a line in millimetres, as QGIS spaces the lines of a label."""
    return size * _MM_PER_POINT * 1.37


def wrap(text: str, width: float, size: float, bold: bool = False) -> list[str]:
    """``text`` in lines of at most ``width`` mm, broken at plain spaces, and inside a word that is
    longer than a line (a file name)."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        current = ""
        for word in paragraph.split(" "):
            candidate = f"{current} {word}" if current else word
            if text_width(candidate, size, bold) <= width:
                current = candidate
                continue
            if current:
                lines.append(current)
            *full, current = _cut(word, width, size, bold)
            lines += full
        lines.append(current)
    return lines


def unbroken(text: str, width: float, size: float, bold: bool = False) -> str:
    """``text`` with its lines broken where :func:`wrap` breaks them, when a word is longer than a
    line: QGIS breaks at spaces only."""
    if all(text_width(word, size, bold) <= width for word in text.split()):
        return text
    return "\n".join(wrap(text, width, size, bold))


def _cut(word: str, width: float, size: float, bold: bool) -> list[str]:
    """Pieces of a word that hold on a line, cut after a sign where a reader expects it."""
    pieces = []
    while len(word) > 1 and text_width(word, size, bold) > width:
        end = len(word) - 1
        while end > 1 and text_width(word[:end], size, bold) > width:
            end -= 1
        sign = max(word.rfind(mark, 0, end) for mark in "_-/.") + 1
        cut = sign if sign > end // 2 else end
        pieces.append(word[:cut])
        word = word[cut:]
    return [*pieces, word]


def fit(
    text: str, width: float, height: float, size: float, bold: bool = False, least: float = 7
) -> float:
    """Largest size between ``least`` and ``size`` at which ``text`` holds in the box."""
    while size > least:
        lines = wrap(text, width, size, bold)
        widest = max(text_width(line, size, bold) for line in lines)
        if len(lines) * line_height(size) <= height + 0.01 and widest <= width:
            break
        size -= 0.5
    return max(size, least)
