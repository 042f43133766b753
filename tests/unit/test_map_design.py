"""Designs: what the legend says, boxes, circles, JSON."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from coodiag.coodiag_plugin.analysis import design as d
from coodiag.coodiag_plugin.analysis.crossing import design_bivariate
from coodiag.coodiag_plugin.analysis.legend import (
    BOXES,
    class_labels,
    legend_boxes,
    round_values,
)
from coodiag.coodiag_plugin.core.catalogue import indicators, layer_fields
from coodiag.coodiag_plugin.core.design import MapDesign
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.core.values import ABSENT, FAILED, NOT_APPLICABLE, SECRET, Value

RATE = d.Subject("taux", "Taux de chômage", "%", 1, "rate", "emploi")
OTHER = d.Subject("indice", "Indice de portée", "", 0, "index", "recrutement")
COUNT = d.Subject("nombre", "Chômeurs", "personnes", 0, "stock", "emploi")


def known(numbers: list[float]) -> dict[str, Value]:
    return {f"u{rank}": Value(number) for rank, number in enumerate(numbers)}


RATES = known([6.1, 6.4, 7.2, 7.9, 8.0, 8.3, 8.8, 9.0, 9.7, 9.9, 11.2, 11.6, 12.5, 14.8])


def test_choropleth_legend() -> None:
    design = d.design_choropleth(RATE, RATES, method="fixed", breaks=(8.0, 9.9))
    assert design.title == "Taux de chômage (en\u00a0%)"
    assert design.labels == ("Moins de 8,0", "8,0 à moins de 9,9", "9,9 ou plus")
    assert design.counts == (4, 5, 5)
    assert design.breaks == (6.1, 8.0, 9.9, 14.8)
    assert design.method == "Discrétisation : seuils fixés, 3\u00a0classes."
    assert sum(design.histogram) == len(RATES)
    assert len(design.histogram_edges) == len(design.histogram) + 1
    assert design.boxes == ()


def test_labels_have_thin_spaces_and_signs() -> None:
    assert class_labels((18280, 21000, 29580), 0) == ("Moins de 21\u202f000", "21\u202f000 ou plus")
    assert class_labels((-1.2, 0, 3.4), 2, True) == ("Moins de 0,00", "0,00 ou plus")
    assert class_labels((-1.5, -0.5, 0.5, 1.0), 1, True)[1] == "\u22120,5 à moins de +0,5"
    assert class_labels((4.0, 4.0), 1) == ("4,0",)
    assert class_labels((4.0, 6.0), 1) == ("4,0 à 6,0",)


def test_boxes_are_those_present_only() -> None:
    values = {**RATES, "s": SECRET, "f": FAILED}
    labels = [box.label for box in d.design_choropleth(RATE, values).boxes]
    assert labels == ["Secret statistique", "Donnée non reçue (échec)"]
    assert [b.label for b in legend_boxes(["zero", "sans_objet"])] == ["Aucun", "Sans objet"]
    looks = {
        (box.colour, box.hatch) for box in legend_boxes(["zero", "secret", "absent", "sans_objet"])
    }
    assert len(looks) == 4
    # Zero is a figure of a rate, and a case of its own for a count only.
    assert d.design_choropleth(RATE, known([0.0, 1.0, 2.0, 3.0])).boxes == ()
    assert d.design_circles(COUNT, known([0.0, 5.0]), 1e6).boxes[0].label == "Aucun"


def test_uncertain_figures_and_nobody_have_boxes_and_no_class() -> None:
    people = replace(RATE, zero_apart=True)
    values = {**RATES, "ns": Value(99.0, significant=False), "nobody": Value(0.0)}
    design = d.design_choropleth(people, values)
    assert [box.label for box in design.boxes] == ["Aucun", "Non significatif"]
    assert sum(design.counts) == len(RATES) and design.breaks[-1] == 14.8
    assert d.design_choropleth(people, RATES) == d.design_choropleth(RATE, RATES)
    alone = d.design_choropleth(people, {"a": Value(0.0), "b": Value(3.0, significant=False)})
    assert alone.colours == () and len(alone.boxes) == 2
    row = layer_fields()[("penetration", "rate")]
    assert d.subject(row).zero_apart and not d.subject(indicators()["taux_chomage"]).zero_apart


def test_the_six_boxes_are_told_apart() -> None:
    looks = {(b.colour, b.hatch, b.angle) for b in BOXES}
    assert len(looks) == len(BOXES) == 6
    assert len({state for box in BOXES for state in box.states}) == 6


def test_without_a_known_figure_only_boxes_remain() -> None:
    design = d.design_choropleth(RATE, {"a": SECRET, "b": ABSENT, "c": NOT_APPLICABLE})
    assert design.colours == design.labels == design.breaks == ()
    assert len(design.boxes) == 3


def test_a_count_is_never_shaded() -> None:
    with pytest.raises(InputError, match="Use circles"):
        d.design_choropleth(COUNT, known([1.0, 2.0]))


def test_few_things_are_not_drawn_over_their_neighbours() -> None:
    design = d.design_circles(COUNT, known([2.0, 1.0, 0.0]), 700e6)
    assert design.circle_ratio == pytest.approx(700e6 * d.ONE_CIRCLE)
    assert 3.0 * design.circle_ratio < 700e6 * d.CIRCLE_SHARE


def test_circles_cover_a_seventh() -> None:
    numbers = [217728.0, 18000.0, 900.0, 105.0]
    design = d.design_circles(COUNT, known(numbers), 700e6)
    assert sum(numbers) * design.circle_ratio == pytest.approx(700e6 / 7)
    assert design.circle_values == (200000.0, 50000.0, 10000.0)
    other = d.design_circles(COUNT, known([10.0]), 700e6, ratio=design.circle_ratio)
    assert other.circle_ratio == design.circle_ratio


def test_circles_refuse_negative_counts_and_empty_areas() -> None:
    with pytest.raises(InputError, match="under zero"):
        d.design_circles(COUNT, known([-1.0, 2.0]), 1e6)
    with pytest.raises(InputError, match="no surface"):
        d.design_circles(COUNT, known([1.0, 2.0]), 0.0)


@pytest.mark.parametrize(
    ("largest", "shown"),
    [(217728, (200000, 50000, 10000)), (55, (50, 10, 2)), (7, (5, 2, 1)), (2, (2, 1)), (0.4, ())],
)
def test_round_values(largest: float, shown: tuple[float, ...]) -> None:
    assert round_values(largest) == shown


def test_coloured_circles_take_classes_of_drawn_circles_only() -> None:
    counts = {**known([10.0, 20.0, 0.0, 40.0]), "s": SECRET}
    rates = {"u0": Value(5.0), "u1": SECRET, "u2": Value(99.0), "u3": Value(8.0), "s": Value(7.0)}
    design = d.design_coloured_circles(COUNT, counts, RATE, rates, 1e8)
    assert sum(design.counts) == 2
    assert design.breaks[-1] == 8.0  # the rate of the empty commune colours nothing
    assert [box.label for box in design.boxes] == ["Aucun", "Secret statistique"]
    assert (design.field, design.colour_field) == ("nombre", "taux")


def test_circles_whose_rate_is_everywhere_the_same_are_plain() -> None:
    counts = known([10.0, 20.0, 40.0])
    same = {unit: Value(100.0) for unit in counts}
    design = d.design_coloured_circles(COUNT, counts, RATE, same, 1e8)
    assert design == d.design_circles(COUNT, counts, 1e8)
    other = {**same, "u0": Value(50.0)}
    assert d.design_coloured_circles(COUNT, counts, RATE, other, 1e8).kind == "coloured_circles"


def test_diverging_colours_turn_at_the_centre() -> None:
    index = known([40.0, 55.0, 60.0, 80.0, 95.0, 100.0, 120.0, 150.0, 180.0, 220.0])
    design = d.design_choropleth(OTHER, index)
    assert design.centre == 100.0
    assert 100.0 in design.breaks
    below = [c for c, start in zip(design.colours, design.breaks) if start < 100]
    reds = [int(c[1:3], 16) - int(c[5:7], 16) for c in design.colours]
    assert all(tone < 0 for tone in reds[: len(below)])  # blue under the centre
    assert all(tone > 0 for tone in reds[len(below) :])  # red over it


def test_typology_keeps_colours_and_refuses_strangers() -> None:
    kinds = [("touchee", "Touchée"), ("eloignee", "Éloignée"), ("autre", "Autre")]
    full = d.design_typology("type", "Type", {"a": "touchee", "b": "eloignee", "c": "autre"}, kinds)
    part = d.design_typology("type", "Type", {"b": "eloignee", "s": SECRET.state}, kinds)
    assert part.categories[0] == full.categories[1]
    assert part.counts == (1,)
    assert [box.label for box in part.boxes] == ["Secret statistique"]
    with pytest.raises(InputError, match="not described"):
        d.design_typology("type", "Type", {"a": "inconnue"}, kinds)
    many = [(str(n), str(n)) for n in range(8)]
    with pytest.raises(InputError, match="7 at most"):
        d.design_typology("type", "Type", {str(n): str(n) for n in range(8)}, many)


def test_bivariate_counts_every_known_pair() -> None:
    crossed = known([float(20 * n % 130) for n in range(len(RATES))])
    values = {**RATES, "s": SECRET}
    design = design_bivariate(RATE, values, OTHER, {**crossed, "s": Value(3.0)})
    assert [value for value, _, _ in design.categories] == [
        f"{row}-{column}" for row in (1, 2, 3) for column in (1, 2, 3)
    ]
    assert sum(design.counts) == len(RATES)
    assert design.axes == ("Taux de chômage", "Indice de portée")
    assert [box.label for box in design.boxes] == ["Secret statistique"]


def test_zones_are_darkest_inside() -> None:
    from coodiag.coodiag_plugin.analysis.colours import lab

    design = d.design_zones("value", "Trajet", [(5, "5 min"), (10.0, "10 min"), (15, "15 min")])
    assert [value for value, _, _ in design.categories] == ["5", "10", "15"]
    tones = [lab(colour)[0] for _, colour, _ in design.categories]
    assert tones == sorted(tones)


def test_json_round_trip_of_each_kind() -> None:
    designs = [
        d.design_choropleth(RATE, {**RATES, "s": SECRET}),
        d.design_circles(COUNT, known([1.0, 2.0, 0.0]), 1e6),
        design_bivariate(RATE, RATES, OTHER, RATES),
        d.design_zones("value", "Trajet", [(5, "5 min")]),
    ]
    for design in designs:
        assert MapDesign.from_dict(json.loads(json.dumps(design.to_dict()))) == design


def test_every_indicator_of_the_catalogue_has_a_design() -> None:
    numbers = known([1.0, 4.0, 9.0, 16.0, 25.0, 90.0, 110.0])
    for indicator in indicators().values():
        what = d.subject(indicator)
        if what.is_count:
            assert d.design_circles(what, numbers, 1e8).circle_ratio > 0
        else:
            assert d.design_choropleth(what, numbers).colours
