"""The square of a bivariate map that words count is the one that the map draws."""

from __future__ import annotations

from coodiag.coodiag_plugin.analysis.crossing import crossed, design_bivariate
from coodiag.coodiag_plugin.analysis.design import Subject, subject
from coodiag.coodiag_plugin.analysis.recruitment import (
    Reference,
    Situation,
    crossing_breaks,
    typology,
)
from coodiag.coodiag_plugin.core.catalogue import layer_fields
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


def test_given_breaks_stay_where_no_unit_is() -> None:
    """The classes have names: an empty one does not let the others slide."""
    need = {"a": Value(20.0), "b": Value(13.0)}
    reach = {"a": Value(10.0), "b": Value(90.0)}
    design = design_bivariate(NEED, need, REACH, reach, breaks=(10, 12.5), cross_breaks=(80, 120))
    assert crossed(design, need, reach) == {"a": "3-1", "b": "3-2"}
    assert len(design.categories) == 9 and sum(design.counts) == 2


def test_an_uncertain_figure_has_no_square_but_a_box() -> None:
    need = {"a": Value(20.0), "b": Value(13.0)}
    reach = {"a": Value(10.0), "b": Value(90.0, significant=False)}
    design = design_bivariate(NEED, need, REACH, reach)
    assert [box.label for box in design.boxes] == ["Non significatif"]
    assert set(crossed(design, need, reach)) == {"a"}


@given(
    st.lists(
        st.tuples(st.floats(0, 30), st.floats(0, 300), st.booleans()), min_size=1, max_size=30
    ),
    st.floats(3, 20),
)
def test_the_crossing_and_the_typology_never_disagree(
    places: list[tuple[float, float, bool]], level: float
) -> None:
    """Each place counts under 5 % of the need, so that the share alone never marks it."""
    needs, reach = (
        layer_fields()[("recrutement", "need_rate")],
        layer_fields()[("recrutement", "index")],
    )
    values = {str(n): Value(rate) for n, (rate, _, _) in enumerate(places)}
    index = {str(n): Value(i, significant=sure) for n, (_, i, sure) in enumerate(places)}
    breaks, cross_breaks = crossing_breaks(Value(level))
    design = design_bivariate(
        subject(needs), values, subject(reach), index, breaks=breaks, cross_breaks=cross_breaks
    )
    cells = crossed(design, values, index)
    reference = Reference(Value(1000.0), Value(level))
    situations = [
        Situation(unit, Value(10.0), values[unit], index[unit], Value(30.0)) for unit in values
    ]
    for kind in typology(situations, reference):
        row, _, column = cells.get(kind.unit, "").partition("-")
        if not row:
            assert kind.type in ("sans_besoin", "non_significatif")
        elif row == "1":
            assert kind.type == "sans_besoin"
        else:
            assert kind.type == ("eloignee" if column == "1" else "touchee")
