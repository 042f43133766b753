"""The square of a bivariate map that words count is the one that the map draws."""

from __future__ import annotations

from coodiag.coodiag_plugin.analysis.crossing import crossed
from coodiag.coodiag_plugin.analysis.design import Subject, design_bivariate
from coodiag.coodiag_plugin.core.values import SECRET, Value
from hypothesis import given
from hypothesis import strategies as st

NEED, REACH = Subject("need", "Besoin", "%", 1), Subject("reach", "Portée", "", 0, "index")


def test_high_need_and_low_reach_is_the_paradox() -> None:
    need = {str(n): Value(float(n)) for n in range(9)}
    reach = {str(n): Value(float(10 * (8 - n))) for n in range(9)}
    reach["8"] = SECRET
    cells = crossed(design_bivariate(NEED, need, REACH, reach), need, reach)
    assert cells["0"] == "1-3" and cells["7"] == "3-1"
    assert "8" not in cells, "a hidden figure has no square"


@given(st.lists(st.tuples(st.floats(0, 40), st.floats(0, 300)), min_size=4, max_size=40))
def test_squares_hold_as_many_units_as_the_legend_counts(
    pairs: list[tuple[float, float]],
) -> None:
    need = {str(rank): Value(a) for rank, (a, _) in enumerate(pairs)}
    reach = {str(rank): Value(b) for rank, (_, b) in enumerate(pairs)}
    design = design_bivariate(NEED, need, REACH, reach)
    cells = list(crossed(design, need, reach).values())
    for (key, _, _), count in zip(design.categories, design.counts):
        assert cells.count(key) == count
