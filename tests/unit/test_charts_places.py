"""Every text of every chart stands inside it, over no other, at 7 points at least."""

from __future__ import annotations

from itertools import combinations

import pytest
from coodiag.coodiag_plugin.edition import charts
from coodiag.coodiag_plugin.edition.chart_frame import dodged
from coodiag.coodiag_plugin.edition.context import Chart
from hypothesis import given
from hypothesis import strategies as st

from . import chart_samples

COLOUR, DPI = "#8a3b12", 100.0
#: Part of a millimetre that the box of a letter may take of another: its side bearings.
TOUCH = 0.6 / DPI * 25.4
SAMPLES = [
    pytest.param(item, id=f"{kind}: {name}")
    for kind in chart_samples.KINDS
    for name, item in (("ordinary", chart_samples.ordinary(kind)), *chart_samples.hostile(kind))
]


def test_the_samples_are_of_all_kinds() -> None:
    assert set(chart_samples.KINDS) == set(charts.KINDS)


def boxes(item: Chart, width: float, height: float) -> list[tuple[str, tuple[float, ...], float]]:
    """Each text, its box (left, bottom, right, top in mm) and its size, as Agg measures them."""
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.text import Text

    with mpl.rc_context(charts._STYLE):
        drawing = charts.drawing(item, width, height, COLOUR)
        drawing.set_dpi(DPI)
        renderer = FigureCanvasAgg(drawing).get_renderer()
        return [
            (
                text.get_text(),
                tuple(side / DPI * 25.4 for side in text.get_window_extent(renderer).extents),
                text.get_fontsize(),
            )
            for text in drawing.findobj(Text)
            if text.get_text().strip()
        ]


@pytest.mark.parametrize("item", SAMPLES)
@pytest.mark.parametrize(("width", "scale"), [(129.5, 1.0), (129.5, 0.7), (62.0, 1.0)])
def test_texts_are_whole_and_apart(item: Chart, width: float, scale: float) -> None:
    height = charts.height_of(item, width) * scale
    found = boxes(item, width, height)
    for text, (left, bottom, right, top), size in found:
        assert size >= 7.0, text
        inside = (
            left >= -TOUCH and right <= width + TOUCH and bottom >= -0.5 and top <= height + 0.5
        )
        assert inside, (text, left, bottom, right, top, width, height)
    for (one, a, _), (other, b, _) in combinations(found, 2):
        across = min(a[2], b[2]) - max(a[0], b[0])
        up = min(a[3], b[3]) - max(a[1], b[1])
        assert across <= TOUCH or up <= TOUCH, (one, other, across, up)


@pytest.mark.parametrize("kind", chart_samples.KINDS)
def test_what_is_not_drawn_is_said(kind: str) -> None:
    samples = dict(chart_samples.hostile(kind))
    name = "forty series" if kind in ("slope", "lines", "lorenz") else "forty"
    joined = " ".join(text for text, *_ in boxes(samples[name], 129.5, 60.0))
    assert "Non dessiné" in joined
    assert "Non dessiné" not in " ".join(
        text for text, *_ in boxes(chart_samples.ordinary(kind), 129.5, 80.0)
    )


@given(
    st.lists(st.tuples(st.floats(-50, 150), st.floats(1, 6)), max_size=14),
)
def test_labels_pushed_apart_do_not_touch_and_move_little(
    labels: list[tuple[float, float]],
) -> None:
    wanted, heights = [y for y, _ in labels], [tall for _, tall in labels]
    places = dodged(wanted, heights, 0.0, 100.0)
    order = sorted(range(len(places)), key=lambda at: places[at])
    for above, below in zip(order, order[1:]):
        gap = places[below] - places[above]
        assert gap >= (heights[above] + heights[below]) / 2 - 1e-9
    assert all(
        y - tall / 2 >= 0.0 - 1e-9 and y + tall / 2 <= 100.0 + 1e-9
        for y, tall in zip(places, heights)
    )
    ranked = sorted(range(len(wanted)), key=lambda at: (wanted[at], at))
    assert [places[at] for at in ranked] == sorted(places), "the order of the labels is kept"


def test_a_label_alone_stands_where_it_is_wanted() -> None:
    assert dodged([10.0, 40.0], [4.0, 4.0], 0.0, 100.0) == [10.0, 40.0]
    assert dodged([10.0, 10.0], [4.0, 4.0], 0.0, 100.0) == [8.0, 12.0]
