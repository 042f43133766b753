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
from typing import TYPE_CHECKING, Any

from .chart_bars import bars, index, parted, pyramid, stacked
from .chart_frame import BAR, BETWEEN, LEGEND_LINE, say_omitted
from .chart_lines import lines, lorenz, slope
from .chart_multiples import TITLE, WHITE_ROOM, multiples, panels_of
from .chart_pen import FONTS as FONTS
from .chart_pen import MM, NOTE, SMALL, Pen
from .chart_round import radar
from .chart_words import alt as alt
from .context import Chart
from .measure import breadth, lines_at_most

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas

#: The shorthand that matplotlib writes, which Qt does not read.
_FONT = re.compile(r"font: (?:(\d+|bold) )?([\d.]+)px '([^']+)'")
#: What is written at the head of a drawing and would reach the page around it, or say nothing there.
_APART = re.compile(
    r"\s*<metadata>.*?</metadata>|\s*<defs>\s*<style.*?</style>\s*</defs>", re.DOTALL
)
_IDS = re.compile(r"""(\bid="|url\(#|href="#)""")
_DRAWN: dict[str, Callable[[Pen, Chart, str], None]] = {
    "bars": bars,
    "stacked": stacked,
    "pyramid": pyramid,
    "lines": lines,
    "slope": slope,
    "lorenz": lorenz,
    "index": index,
    "radar": radar,
    "multiples": multiples,
}
KINDS = tuple(_DRAWN)
_STYLE: dict[str, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "coodiag",
    "figure.facecolor": "none",
}
#: Height (mm) of the tallest chart: under a row of key figures it still holds on a page.
TALLEST = 112.0
#: Width (mm) under which rows stand closer, and the white between them: beside a map, room is scarce.
NARROW, CLOSE = 90.0, 0.1
#: Panels from which small multiples want the whole width of a page.
_MANY_PANELS = 4


def height_of(chart: Chart, width: float) -> float:
    """Height (mm) at which a chart of ``width`` mm is comfortable to read, without its title."""
    return min(_comfortable(chart, width), TALLEST)


def is_wide(chart: Chart) -> bool:
    """Whether a chart is better read over the whole width of a page."""
    return chart.kind == "multiples" and len(chart.series) > _MANY_PANELS


def _comfortable(chart: Chart, width: float) -> float:
    count = max(len(chart.categories), 1)
    if chart.kind == "bars":
        drawn, _ = parted(chart.series, chart.reference)
        row = BAR * max(len(drawn), 1) + (BETWEEN if width > NARROW else CLOSE)
        return (
            1.5
            + _legend(chart, width)
            + sum(
                _row(name, width * (0.38 if width > NARROW else 0.57), row)
                for name in chart.categories
            )
        )
    if chart.kind == "index":
        return 5.5 + sum(_row(name, width * 0.38, BAR + BETWEEN) for name in chart.categories)
    if chart.kind == "stacked":
        return 1.5 + _legend(chart, width) + count * (BAR + 2 * BETWEEN)
    if chart.kind == "pyramid":
        return 8 + count * (BAR + 1.4)
    if chart.kind == "slope":
        return max(8 + 4.2 * len(chart.series), min(width * 0.55, 60.0))
    if chart.kind == "multiples":
        _, rows = panels_of(len(chart.series), width * 0.76)
        return 5 + rows * (TITLE + WHITE_ROOM + count * BAR)
    if chart.kind == "radar":
        return min(width * 0.75, 91.0) + _legend(chart, width)
    if chart.kind == "lorenz":
        names = _legend(chart, width) if len(chart.series) > 2 else 0.0
        return min(width * (0.75 if width > NARROW else 0.5), 74.0) + names
    least = 24.0 + _legend(chart, width)
    return max(min(width * 0.4, 50.0) if count < 3 else min(width * 0.55, 70.0), least)


def _legend(chart: Chart, width: float) -> float:
    """Height of the names of the series, which stand in lines over the drawing."""
    if len(chart.series) < 2:
        return 0.0
    names = [min(breadth(item.name, NOTE) + 8.0, width) for item in chart.series]
    rows = sum(lines_at_most(item.name, width - 6, NOTE) > 1 for item in chart.series)
    return LEGEND_LINE * (-(-sum(names) // width) + rows)


def _row(name: str, width: float, least: float) -> float:
    """Height of a row whose name is ``width`` mm wide at most, over three lines at most."""
    return max(least, min(lines_at_most(name, width, SMALL), 3) * SMALL * 0.43 + 0.6)


def svg(chart: Chart, width: float, height: float, colour: str, *, ids: str = "") -> str:
    """``chart`` drawn ``width`` × ``height`` mm; ``colour``: that of its chapter.

    ``ids``: prefix of the identifiers. With one, the drawing is an element to be written inside a
    page beside others: without prologue, metadata, or a style that would reach the whole page.

    Raises ``ValueError`` for a kind of chart that does not exist.
    """
    stream = io.StringIO()
    _save(chart, width, height, colour, stream, "svg", {"Date": None, "Creator": None})
    text = _FONT.sub(_spelled_out, stream.getvalue())
    return _inlined(text, ids) if ids else text


def png(chart: Chart, width: float, height: float, colour: str, dpi: float) -> bytes:
    """The same drawing in pixels on white, without date or name of a programme."""
    stream = io.BytesIO()
    _save(chart, width, height, colour, stream, "png", {"Software": None}, dpi)
    return stream.getvalue()


def _save(
    chart: Chart,
    width: float,
    height: float,
    colour: str,
    stream: io.StringIO | io.BytesIO,
    form: str,
    metadata: dict[str, None],
    dpi: float = 72.0,
) -> None:
    import matplotlib as mpl

    with mpl.rc_context(_STYLE):
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.backends.backend_svg import FigureCanvasSVG

        canvas = drawing(chart, width, height, colour)
        FigureCanvasSVG(canvas) if form == "svg" else FigureCanvasAgg(canvas)
        ground = "none" if form == "svg" else "white"
        canvas.savefig(stream, format=form, metadata=metadata, dpi=dpi, facecolor=ground)


def load_matplotlib() -> None:
    """Load what charts are drawn with: a second that may pass in another thread."""
    from matplotlib.backends import backend_agg, backend_svg  # noqa: F401


def drawing(chart: Chart, width: float, height: float, colour: str) -> Canvas:
    """The chart as a figure of matplotlib."""
    from matplotlib.figure import Figure

    draw = _DRAWN.get(chart.kind)
    if draw is None:
        raise ValueError(f"chart kind {chart.kind!r} is not one of {sorted(_DRAWN)}")
    canvas = Figure(figsize=(width * MM, height * MM))
    pen = Pen(canvas)
    draw(pen, chart, colour)
    say_omitted(pen)
    return canvas


def _inlined(text: str, ids: str) -> str:
    """An element for the inside of a page: identifiers of its own, nothing that reaches others."""
    text = text[text.index("<svg") :]
    text = _APART.sub("", text)
    text = _IDS.sub(rf"\g<1>{ids}-", text)
    return text.replace("<svg ", '<svg style="stroke-linejoin: round; stroke-linecap: butt" ', 1)


def _spelled_out(match: re.Match[str]) -> str:
    weight = f"font-weight: {match[1]}; " if match[1] else ""
    return f"{weight}font-size: {match[2]}px; font-family: '{match[3]}'"
