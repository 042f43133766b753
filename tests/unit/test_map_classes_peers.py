"""Classes against another program: members of each class as mapclassify 2.10 cuts the same series."""

from __future__ import annotations

import numpy as np
import pytest
from coodiag.coodiag_plugin.analysis.classification import HEAD, classify, head_tail

_STEPS = np.arange(1, 61)
#: Series without ties, so that closing a class on the left or on the right changes nothing.
SERIES = {
    "skewed": np.round(50 * 1.12**_STEPS, 4),
    "symmetric": np.round(20 + 5 * np.sin(_STEPS * 0.7) + 0.05 * _STEPS, 4),
    "bimodal": np.round(
        np.where(_STEPS % 2, 5 + 0.37 * _STEPS, 60 + 0.91 * _STEPS) + 0.0137 * np.cos(_STEPS), 4
    ),
    "pareto": np.round(10 * (61 / (61 - _STEPS + 0.5)) ** 1.1, 4),
}
#: Quantiles(5), FisherJenks(5), EqualInterval(5), Percentiles(5, 25, 50, 75, 95, 100),
#: HeadTailBreaks, StdMean(±0.5, ±1.5 deviations of the whole population); empty classes left out.
GOLDEN = (
    ("skewed", "quantile", (12, 12, 12, 12, 12)),
    ("skewed", "fisher", (39, 9, 5, 4, 3)),
    ("skewed", "equal", (45, 6, 4, 3, 2)),
    ("skewed", "headtail", (43, 10, 4, 2, 1)),
    ("skewed", "msd", (30, 18, 6, 6)),
    ("symmetric", "quantile", (12, 12, 12, 12, 12)),
    ("symmetric", "fisher", (14, 13, 11, 11, 11)),
    ("symmetric", "equal", (13, 12, 9, 13, 13)),
    ("symmetric", "q6", (3, 12, 15, 15, 12, 3)),
    ("symmetric", "msd", (3, 20, 15, 20, 2)),
    ("bimodal", "quantile", (12, 12, 12, 12, 12)),
    ("bimodal", "fisher", (15, 15, 10, 10, 10)),
    ("bimodal", "equal", (30, 5, 12, 13)),
    ("bimodal", "q6", (3, 12, 15, 15, 12, 3)),
    ("bimodal", "msd", (30, 6, 21, 3)),
    ("pareto", "quantile", (12, 12, 12, 12, 12)),
    ("pareto", "fisher", (46, 9, 3, 1, 1)),
    ("pareto", "equal", (55, 3, 1, 1)),
    ("pareto", "q6", (3, 12, 15, 15, 12, 3)),
    ("pareto", "headtail", (47, 9, 2, 1, 1)),
    ("pareto", "msd", (53, 4, 3)),
)


@pytest.mark.parametrize(("series", "method", "members"), GOLDEN)
def test_classes_hold_what_mapclassify_puts_in_them(
    series: str, method: str, members: tuple[int, ...]
) -> None:
    wanted = None if method in ("q6", "headtail") else 5
    assert classify(SERIES[series], 4, method, wanted).counts == members


def test_where_the_two_differ_on_purpose() -> None:
    # The lowest class of a very skewed series would be a hair on the axis of the map.
    assert classify(SERIES["skewed"], 4, "q6").counts == (15, 15, 15, 12, 3)
    # mapclassify cuts heads that are no minority; Jiang stops there.
    for name in ("symmetric", "bimodal"):
        series = np.sort(SERIES[name])
        assert (series > series.mean()).mean() > HEAD
        assert len(head_tail(series, 7)) == 1


def test_a_geometric_progression_has_a_constant_ratio() -> None:
    series = SERIES["skewed"]
    cuts = classify(series, 4, "geometric", 4).cuts
    ratio = (series.max() / series.min()) ** 0.25
    limits = [series.min() * ratio**rank for rank in (1, 2, 3)]
    index = np.searchsorted(np.sort(series), limits)
    assert [int(n) for n in np.searchsorted(np.sort(series), cuts)] == index.tolist()


@pytest.mark.parametrize("method", ["quantile", "fisher", "equal", "msd", "geometric"])
def test_the_number_of_classes_asked_for_is_met(method: str) -> None:
    for number in range(3, 8):
        assert len(classify(SERIES["pareto"] * 7, 2, method, number).counts) <= number
        if method in ("quantile", "fisher"):
            assert len(classify(SERIES["pareto"] * 7, 2, method, number).counts) == number
