"""What every chart shares: axes in millimetres, labels that hold, the legend, the tints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .context import Chart

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

FAMILY = "Coodiag Sans"
INK, GREY, HAIR = "#22313a", "#5f6b73", "#c9d0d4"
#: Greys of the series after the first, which has the colour of its chapter: 12 L* apart at least.
OTHERS = ("#8fa0a8", "#c3ccd1", "#6b7b83", "#dfe4e7")
MM = 1 / 25.4
SMALL, NOTE = 8.0, 7.0
#: Height (mm) of one bar, of the white between two categories, and of a line of the legend.
BAR, BETWEEN, LEGEND_LINE = 4.2, 2.6, 4.6


def colours(chart: Chart, colour: str) -> list[str]:
    """Fill of each series."""
    return [colour, *OTHERS][: len(chart.series)]


def inside(canvas: Canvas, left: float, right: float, top: float, bottom: float) -> Axes:
    """Axes inside margins in millimetres."""
    width, height = canvas.get_size_inches() / MM
    return canvas.add_axes(
        (
            left / width,
            bottom / height,
            (width - left - right) / width,
            (height - top - bottom) / height,
        )
    )


def bare(axes: Axes) -> None:
    """No frame, no ticks: the words beside the bars carry the values."""
    for side in axes.spines.values():
        side.set_visible(False)
    axes.tick_params(length=0)
    axes.set_xticks([])


def label_room(canvas: Canvas, texts: Sequence[str], most: float, size: float = SMALL) -> float:
    """Width (mm) of the longest of ``texts``, at most ``most``.

    The advance of the line: the exact extent of its outlines takes a thousand times longer.
    """
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    face = FontProperties(family=FAMILY, size=size)
    lines = [line for text in texts for line in text.split("\n") if line.strip()]
    widths = (text_to_path.get_text_width_height_descent(line, face, False)[0] for line in lines)
    return min(max(widths, default=0.0) / 72 / MM + 2.0, most)


def wrapped(texts: Sequence[str], width: float, size: float = SMALL) -> list[str]:
    """Labels over two lines at most, so that they hold in ``width`` mm."""
    letters = max(int(width / (size * 0.175)), 8)
    result = []
    for text in texts:
        if len(text) <= letters:
            result.append(text)
            continue
        cut = text.rfind(" ", 0, letters + 1)
        cut = cut if cut > 0 else letters
        rest = text[cut:].strip()
        result.append(
            text[:cut] + "\n" + (rest if len(rest) <= letters else rest[: letters - 1] + "…")
        )
    return result


def legend(canvas: Canvas, chart: Chart, fills: Sequence[str]) -> float:
    """Names of the series over the chart, each after its square; returns the height taken (mm)."""
    from matplotlib.patches import Rectangle

    width, height = canvas.get_size_inches() / MM
    x, down = 0.0, 0.0
    for series, fill in zip(chart.series, fills):
        need = 6.6 + label_room(canvas, [series.name], width, NOTE)
        if x and x + need > width:
            x, down = 0.0, down + LEGEND_LINE
        canvas.add_artist(
            Rectangle(
                (x / width, 1 - (3.6 + down) / height), 2.6 / width, 2.6 / height,
                transform=canvas.transFigure, facecolor=fill, edgecolor=GREY, linewidth=0.2,
            )
        )  # fmt: skip
        canvas.text(
            (x + 3.6) / width, 1 - (2.3 + down) / height, series.name, va="center", size=NOTE, color=GREY
        )  # fmt: skip
        x += need
    return down + LEGEND_LINE


def longest(chart: Chart) -> float:
    known = [abs(value) for series in chart.series for value in series.values if value is not None]
    return max(known, default=1.0) or 1.0


def ramp(colour: str, count: int) -> list[str]:
    """``count`` tints of ``colour``, dark to light."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    result = []
    for rank in range(count):
        part = rank / max(count - 1, 1) * 0.82
        mixed = (round(tone + (255 - tone) * part) for tone in (red, green, blue))
        result.append("#" + "".join(f"{tone:02x}" for tone in mixed))
    return result


def is_dark(colour: str) -> bool:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue < 140
