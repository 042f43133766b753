"""The pen that draws the charts: millimetres from the top left corner, texts that are measured.

Nothing but matplotlib's artists on a bare figure: axes and their ticks take three times as long
and place what they please. Every text goes through :meth:`Pen.text`, so that it is of the family
of the house, is never taken for mathematics, and is as wide as :func:`breadth` says.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from ..core import house
from .chart_tones import GREY, INK, Stroke, Tone

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas

FONTS = Path(__file__).resolve().parents[2] / "styles" / "fonts"
MM = 1 / 25.4
#: Millimetres of a point; sizes of type (points); height of a line and of a capital, in sizes.
POINT = 25.4 / 72
SMALL, NOTE = 8.0, 7.0
_LINE, _CAPITAL = 1.2, 0.70
_AFTER_HYPHEN = re.compile(r"(?<=\w-)(?=\w)")
#: Millimetres between two strokes of a hatching.
_HATCHED = 1.1
#: How much wider letters may be where they are set on pixels.
_HINTED = 1.012


def line_height(size: float) -> float:
    """Millimetres from one line of a text to the next."""
    return size * POINT * _LINE


class Pen:
    """Draws on ``canvas``, whose corner is the origin; x to the right and y down, in millimetres."""

    def __init__(self, canvas: Canvas) -> None:
        from matplotlib.transforms import Affine2D

        wide, tall = canvas.get_size_inches()
        self.canvas, self.width, self.height = canvas, wide / MM, tall / MM
        self.omitted: list[str] = []  # what is not drawn, said at the foot
        self._mm = Affine2D().scale(MM, -MM).translate(0, tall) + canvas.dpi_scale_trans

    def box(
        self, x: float, y: float, width: float, height: float, tone: Tone, edge: str = ""
    ) -> None:
        """A filled rectangle; a negative width goes to the left."""
        from matplotlib.patches import Rectangle

        shared = {"transform": self._mm, "facecolor": tone.fill}
        outline = {"edgecolor": edge, "linewidth": 0.3} if edge else {"linewidth": 0}
        self.canvas.add_artist(Rectangle((x, y), width, height, **shared, **outline))
        if tone.hatch:
            self._hatched(min(x, x + width), y, abs(width), height, tone)

    def _hatched(self, x: float, y: float, width: float, height: float, tone: Tone) -> None:
        """Strokes inside a rectangle: Qt does not draw the patterns of SVG."""
        from matplotlib.patches import PathPatch
        from matplotlib.path import Path as Outline

        strokes = hatching(x, y, width, height, tone.hatch)
        if strokes:
            points = [point for stroke in strokes for point in stroke]
            outline = Outline(points, [Outline.MOVETO, Outline.LINETO] * len(strokes))
            drawn = PathPatch(outline, fill=False, edgecolor=tone.line, linewidth=0.5)
            drawn.set_transform(self._mm)
            self.canvas.add_artist(drawn)

    def line(
        self,
        points: Sequence[tuple[float, float]],
        colour: str = GREY,
        width: float = 0.5,
        dashes: Sequence[float] = (),
    ) -> None:
        """A broken line; ``width`` in points, ``dashes`` in widths."""
        from matplotlib.lines import Line2D

        xs, ys = zip(*points)
        drawn = Line2D(xs, ys, color=colour, linewidth=width, transform=self._mm)
        if dashes:
            drawn.set_dashes(list(dashes))
        self.canvas.add_artist(drawn)

    def dots(self, points: Sequence[tuple[float, float]], stroke: Stroke, size: float = 4) -> None:
        """The marker of a line at each of ``points``; ``size`` in points."""
        from matplotlib.lines import Line2D

        xs, ys = zip(*points)
        drawn = Line2D(xs, ys, linestyle="none", marker=stroke.marker, markersize=size)
        drawn.set(transform=self._mm, color=stroke.colour, markeredgewidth=0.8)
        drawn.set_markerfacecolor("white" if stroke.open else stroke.colour)
        self.canvas.add_artist(drawn)

    def area(self, points: Sequence[tuple[float, float]], fill: str, alpha: float) -> None:
        from matplotlib.patches import Polygon

        shape = Polygon(points, facecolor=fill, alpha=alpha, linewidth=0, transform=self._mm)
        self.canvas.add_artist(shape)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = NOTE,
        colour: str = INK,
        bold: bool = False,
        align: str = "left",
    ) -> None:
        """A text whose lines, together, stand around the height ``y``."""
        from matplotlib.text import Text

        lines = text.split("\n")
        step = line_height(size)
        y += size * POINT * _CAPITAL / 2 - step * (len(lines) - 1) / 2
        for rank, line in enumerate(lines):
            if not line.strip():
                continue
            drawn = Text(
                x, y + rank * step, line.replace("$", r"\$"), size=size, color=colour,
                family=family(), weight="bold" if bold else "normal", ha=align, va="baseline",
                transform=self._mm,
            )  # fmt: skip
            self.canvas.add_artist(drawn)


def hatching(
    x: float, y: float, width: float, height: float, hatch: str
) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """Strokes ``/``, ``-`` or both diagonals (``x``) that cross a rectangle, from side to side."""
    right, bottom = x + width, y + height
    found = []
    if hatch == "-":
        for level in _steps(y, bottom):
            found.append(((x, level), (right, level)))
    if hatch in ("/", "x"):
        for total in _steps(x + y, right + bottom):
            start, end = max(x, total - bottom), min(right, total - y)
            found.append(((start, total - start), (end, total - end)))
    if hatch == "x":
        for gap in _steps(y - right, bottom - x):
            start, end = max(x, y - gap), min(right, bottom - gap)
            found.append(((start, gap + start), (end, gap + end)))
    return found


def _steps(low: float, high: float) -> list[float]:
    """Multiples of the step of the hatching between two numbers."""
    first, last = math.ceil(low / _HATCHED), math.floor(high / _HATCHED)
    return [rank * _HATCHED for rank in range(first, last + 1)]


# --- type ---------------------------------------------------------------------------------------


def family() -> str:
    """The family of the house in use, known to matplotlib from now on."""
    style = house.current()
    for path in style.fonts or _shipped():
        _know(path)
    return style.family


@cache
def _shipped() -> tuple[Path, ...]:
    return tuple(sorted(FONTS.glob("*.ttf")))


@cache
def _know(path: Path) -> None:
    from matplotlib import font_manager

    font_manager.fontManager.addfont(str(path))


def breadth(text: str, size: float = NOTE, bold: bool = False) -> float:
    """Millimetres of the widest line of ``text``: the advances of its letters, without kerning."""
    return (
        max(map(_advances(family(), bold, house.current().type_key), text.split("\n")))
        * size
        * POINT
        * _HINTED
    )


@cache
def _advances(name: str, bold: bool, key: tuple[object, ...]) -> _Advances:
    return _Advances(name, bold)


class _Advances:
    """Advance of a line in sizes of type. The extent of its outlines takes a thousand times longer."""

    def __init__(self, name: str, bold: bool) -> None:
        from matplotlib import font_manager
        from matplotlib.ft2font import FT2Font

        face = font_manager.FontProperties(family=name, weight="bold" if bold else "normal")
        self._font = FT2Font(font_manager.findfont(face))
        self._font.set_size(1000, 72)
        self._letter = lru_cache(maxsize=2048)(self._load)
        self._line = lru_cache(maxsize=8192)(self._sum)

    def __call__(self, line: str) -> float:
        return self._line(line)

    def _sum(self, line: str) -> float:
        return sum(map(self._letter, line))

    def _load(self, letter: str) -> float:
        return float(self._font.load_char(ord(letter)).linearHoriAdvance) / 65536 / 1000


def folded(text: str, width: float, size: float = NOTE, lines: int = 2, bold: bool = False) -> str:
    """``text`` over ``lines`` lines at most that hold in ``width`` mm, « … » where it is longer.

    It is broken at spaces and after hyphens; a word wider than a line is cut.
    """
    made: list[str] = []
    pieces = _pieces(text, width, size, bold)
    for rank, (piece, glue) in enumerate(pieces):
        if made and breadth(made[-1] + glue + piece, size, bold) <= width:
            made[-1] += glue + piece
        elif len(made) < lines:
            made.append(piece)
        elif made:
            made[-1] = _ended(made[-1] + glue + pieces[rank][0], width, size, bold)
            break
    return "\n".join(made)


def _pieces(text: str, width: float, size: float, bold: bool) -> list[tuple[str, str]]:
    """What cannot be broken, each piece after what joins it to the one before."""
    result = []
    for word in text.replace("\n", " ").split(" "):
        glue = " "
        for part in _AFTER_HYPHEN.split(word):
            for piece in _cut(part, width, size, bold):
                result.append((piece, glue))
                glue = ""
    return [(piece, glue) for piece, glue in result if piece]


def _cut(word: str, width: float, size: float, bold: bool) -> list[str]:
    pieces = []
    while len(word) > 1 and breadth(word, size, bold) > width:
        held = len(word) - 1
        while held > 1 and breadth(word[:held] + "-", size, bold) > width:
            held -= 1
        pieces.append(word[:held] + "-")
        word = word[held:]
    return [*pieces, word]


def _ended(line: str, width: float, size: float, bold: bool) -> str:
    """The beginning of a line that goes on, up to its « … »."""
    while line and breadth(f"{line}…", size, bold) > width:
        line = line[:-1].rstrip()
    return f"{line.rstrip(' ,;:-')}…"
