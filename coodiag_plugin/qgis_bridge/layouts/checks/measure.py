"""The measure of texts as QGIS sets them: widths by the metrics of their own font, lines, heights.

Metrics are taken at a large size and scaled, widths of words are kept: a whole atlas is measured
in a fraction of a second.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from qgis.core import Qgis, QgsTextFormat
from qgis.PyQt.QtGui import QFont, QFontMetricsF

MM_PER_POINT = 25.4 / 72
_EM = 200.0
#: Widths nearer than this share of the room are measured again as one string (kerning).
_CLOSE = 0.02
_POINTS = {
    Qgis.RenderUnit.Points: 1.0,
    Qgis.RenderUnit.Millimeters: 1 / MM_PER_POINT,
    Qgis.RenderUnit.Inches: 72.0,
    Qgis.RenderUnit.Pixels: 0.75,
}


def points(form: QgsTextFormat) -> float:
    """Size of a text format in points of paper; one in units of the ground has none."""
    return form.size() * _POINTS.get(form.sizeUnit(), 0.0)


def is_bold(form: QgsTextFormat) -> bool:
    font = form.font()
    return bool(font.bold() or form.forcedBold() or "bold" in form.namedStyle().casefold())


@dataclass
class Metrics:
    """A font at one size: widths in millimetres, heights of blocks of lines."""

    form: QgsTextFormat
    size: float  # points
    _words: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        font = QFont(self.form.font())
        font.setPixelSize(int(_EM))
        # Named first: the Qt 6 checker of QGIS stops at metrics put straight in an attribute.
        metrics = QFontMetricsF(font)
        self._metrics = metrics
        self._unit = self.size * MM_PER_POINT / _EM
        self._space = metrics.horizontalAdvance(" ") * self._unit

    def width(self, text: str) -> float:
        """Width of a line, exactly."""
        return self._metrics.horizontalAdvance(text) * self._unit

    def _word(self, word: str) -> float:
        found = self._words.get(word)
        if found is None:
            found = self._words[word] = self.width(word)
        return found

    def line(self, text: str) -> float:
        """Width of a line from the widths of its words (within the kerning of its spaces)."""
        words = text.split(" ")
        return sum(map(self._word, words)) + self._space * (len(words) - 1)

    def wrap(self, text: str, room: float) -> list[str]:
        """Lines of ``text`` in ``room`` millimetres, broken at plain spaces as QGIS does: a word
        that is too long for a line stays whole and passes the edge."""
        lines: list[str] = []
        for paragraph in text.split("\n"):
            if self.line(paragraph) <= room * (1 - _CLOSE):
                lines.append(paragraph)
                continue
            current = ""
            for word in paragraph.split(" "):
                candidate = f"{current} {word}" if current else word
                if current and not self._holds(candidate, room):
                    lines.append(current)
                    current = word
                else:
                    current = candidate
            lines.append(current)
        return lines

    def _holds(self, text: str, room: float) -> bool:
        rough = self.line(text)
        if abs(rough - room) > _CLOSE * room:
            return rough <= room
        return self.width(text) <= room

    def widest(self, lines: Sequence[str], room: float) -> float:
        """Width of the longest line, exactly where it nearly fills the ``room``."""
        longest = max(lines, key=self.line)
        rough = self.line(longest)
        return rough if rough < room * (1 - _CLOSE) else self.width(longest)

    def height(self, lines: int) -> float:
        """Height in millimetres of that many lines: letters of one, then as many line spaces."""
        letters = self._metrics.ascent() + self._metrics.descent()
        spacing = self._metrics.lineSpacing() * self.form.lineHeight()
        return (letters + (lines - 1) * spacing) * self._unit

    def in_cell(self, lines: int) -> float:
        """Height that a table gives to that many lines: the tails of the last one go in its margin."""
        return self.height(lines) - self._metrics.descent() * self._unit

    @property
    def above(self) -> float:
        """White between the top of a line and that of its capitals."""
        return (self._metrics.ascent() - self._metrics.capHeight()) * self._unit


class Ruler:
    """The metrics of the formats of one check, kept by face, weight and size."""

    def __init__(self) -> None:
        self._kept: dict[tuple[object, ...], Metrics] = {}

    def of(self, form: QgsTextFormat) -> Metrics:
        size = points(form)
        font = form.font()
        key = (
            font.family(),
            form.namedStyle(),
            font.bold(),
            font.italic(),
            size,
            form.lineHeight(),
        )
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = Metrics(QgsTextFormat(form), size)
        return found
