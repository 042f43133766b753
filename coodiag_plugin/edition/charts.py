"""Charts as SVG: the same picture in the atlas, the report and the slides.

A chart is data (:class:`~.context.Chart`); this module only draws it, with matplotlib. Texts stay
texts (the shipped family), lengths are millimetres, type sizes points. The same chart gives the
same bytes. Everything must also be read in grey: the first series is the dark one, the others are
told apart by lightness and by the words beside them.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import chart_kinds
from .chart_frame import BAR, BETWEEN, FAMILY, GREY, HAIR, INK, MM, NOTE, SMALL
from .context import Chart

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas

FONTS = Path(__file__).resolve().parents[2] / "styles" / "fonts"
#: The shorthand that matplotlib writes, which Qt does not read.
_FONT = re.compile(r"font: (?:(\d+|bold) )?([\d.]+)px '([^']+)'")
_DRAWN: dict[str, Callable[[Canvas, Chart, str], None]] = {
    "bars": chart_kinds.bars,
    "stacked": chart_kinds.stacked,
    "pyramid": chart_kinds.pyramid,
    "lines": chart_kinds.lines,
    "index": chart_kinds.index,
    "radar": chart_kinds.radar,
}
KINDS = tuple(_DRAWN)
#: Height (mm) of the tallest chart: under a row of key figures it still holds on a page.
TALLEST = 112.0


def height_of(chart: Chart, width: float) -> float:
    """Height (mm) at which a chart of ``width`` mm is comfortable to read, without its title."""
    return min(_comfortable(chart, width), TALLEST)


def _comfortable(chart: Chart, width: float) -> float:
    count = max(len(chart.categories), 1)
    if chart.kind == "bars":
        return 6 + count * (BAR * max(len(chart.series), 1) + BETWEEN)
    if chart.kind == "index":
        return 10 + count * (BAR + BETWEEN)
    if chart.kind == "stacked":
        return 14 + count * (BAR + 2 * BETWEEN)
    if chart.kind == "pyramid":
        return 14 + count * (BAR + 1.4)
    if chart.kind == "radar":
        return min(width * 0.8, 96.0)
    return min(width * 0.55, 70.0)


def svg(chart: Chart, width: float, height: float, colour: str) -> str:
    """``chart`` drawn ``width`` × ``height`` mm; ``colour``: that of its chapter.

    Raises ``ValueError`` for a kind of chart that does not exist.
    """
    import matplotlib as mpl

    draw = _DRAWN.get(chart.kind)
    if draw is None:
        raise ValueError(f"chart kind {chart.kind!r} is not one of {sorted(_DRAWN)}")
    _know_fonts()
    with mpl.rc_context(_house_style()):
        from matplotlib.backends.backend_svg import FigureCanvasSVG
        from matplotlib.figure import Figure as Canvas

        canvas = Canvas(figsize=(width * MM, height * MM))
        FigureCanvasSVG(canvas)
        draw(canvas, chart, colour)
        stream = io.StringIO()
        canvas.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    return _FONT.sub(_spelled_out, stream.getvalue())


def _spelled_out(match: re.Match[str]) -> str:
    weight = f"font-weight: {match[1]}; " if match[1] else ""
    return f"{weight}font-size: {match[2]}px; font-family: '{match[3]}'"


@cache
def _know_fonts() -> None:
    from matplotlib import font_manager

    for path in sorted(FONTS.glob("*.ttf")):
        font_manager.fontManager.addfont(str(path))


def _house_style() -> dict[str, Any]:
    return {
        "font.family": FAMILY,
        "font.size": SMALL,
        "text.color": INK,
        "axes.edgecolor": HAIR,
        "axes.labelcolor": GREY,
        "axes.linewidth": 0.4,
        "xtick.color": GREY,
        "ytick.color": INK,
        "xtick.labelsize": NOTE,
        "ytick.labelsize": SMALL,
        "svg.fonttype": "none",
        "svg.hashsalt": "coodiag",
        "axes.unicode_minus": True,
        "figure.facecolor": "none",
        "axes.facecolor": "none",
    }
