"""Similar territories: distances by hand, the laws of the choice, what is refused."""

from __future__ import annotations

import random

import numpy as np
import pytest
from coodiag.coodiag_plugin.analysis.alike import few_words, method_words, nearest
from coodiag.coodiag_plugin.analysis.clusters import Trait
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.core.figures import FigureTable
from coodiag.coodiag_plugin.core.territory import Unit, joined, parts
from coodiag.coodiag_plugin.core.values import ABSENT, SECRET, Value
from hypothesis import given
from hypothesis import strategies as st

NAMES = ("taux_chomage", "part_proprietaires", "taille_menages")
BY = tuple(Trait(name, "", "") for name in NAMES)
OWN = "TERRITOIRE"


def table(values: np.ndarray) -> tuple[FigureTable, list[str]]:
    """The territory's own figures, then those of other units."""
    figures = FigureTable()
    units = [OWN, *(f"EPCI:2000000{rank:02d}" for rank in range(1, len(values)))]
    for unit, row in zip(units, values):
        for name, number in zip(NAMES, row):
            figures.put(unit, name, Value(float(number)))
    return figures, units[1:]


def test_distances_by_hand() -> None:
    values = np.array([[10, 50, 2.0], [11, 50, 2.0], [10, 60, 2.4], [14, 70, 2.2], [20, 10, 3.0]])
    figures, others = table(values)
    found = nearest(figures, OWN, others, BY)
    scores = (values - values.mean(axis=0)) / values.std(axis=0)
    expected = np.sqrt(((scores[1:] - scores[0]) ** 2).mean(axis=1))
    order = np.argsort(expected)[:2]  # half of the four
    assert [item.unit for item in found.found] == [others[at] for at in order]
    assert [item.distance for item in found.found] == pytest.approx(list(expected[order]))
    assert found.found[0].reason.startswith("Semblable par ")
    assert "4 de même nature" in method_words(found)
    assert few_words(found).startswith("Sur 4 territoires comparables dans les données, 2 sont")


def test_the_reason_prints_the_figures_themselves() -> None:
    """An indicator compared by its logarithm is printed as it is."""
    rows = {OWN: (100.0, 10.0, 2.0), "EPCI:1": (110.0, 16.0, 2.4), "EPCI:2": (9000.0, 11.0, 2.1),
            "EPCI:3": (9000.0, 30.0, 4.0), "EPCI:4": (9000.0, 30.0, 5.0)}  # fmt: skip
    names = ("densite", "taux_chomage", "taille_menages")
    figures = FigureTable()
    for unit, row in rows.items():
        for name, number in zip(names, row):
            figures.put(unit, name, Value(number))
    by = tuple(Trait(name, "", "", "log" if name == "densite" else "") for name in names)
    found = {item.unit: item for item in nearest(figures, OWN, list(rows)[1:], by).found}
    assert "(110,0\u00a0hab./km² pour 100,0\u00a0hab./km²)" in found["EPCI:1"].reason
    assert (
        "s’en écarte par densité (9\u202f000,0\u00a0hab./km² pour 100,0" in found["EPCI:2"].reason
    )


@given(st.integers(0, 10_000), st.randoms(use_true_random=False), st.floats(0.01, 100))
def test_neither_order_nor_scale_change_the_choice(
    seed: int, draw: random.Random, scale: float
) -> None:
    values = np.random.default_rng(seed).normal(size=(15, 3)) + 20
    figures, others = table(values)
    first = [item.unit for item in nearest(figures, OWN, others, BY).found]
    shuffled = list(others)
    draw.shuffle(shuffled)
    assert [item.unit for item in nearest(figures, OWN, shuffled, BY).found] == first
    scaled, _ = table(values * np.array([scale, 1, 1]))
    assert [item.unit for item in nearest(scaled, OWN, others, BY).found] == first
    assert len(first) == 5 and OWN not in first


def test_equal_territories_follow_their_codes() -> None:
    figures, others = table(np.array([[1, 2, 3.0], *[[9, 9, 9]] * 3, *[[2, 2, 3]] * 3]))
    found = nearest(figures, OWN, others[::-1], BY, number=3)
    assert [item.unit for item in found.found] == others[3:6]


def test_what_is_not_known_of_the_territory_is_not_compared() -> None:
    figures, others = table(np.random.default_rng(1).normal(size=(6, 3)) + 5)
    by = (*BY, Trait("densite", "", ""))
    for unit in others:
        figures.put(unit, "densite", Value(80.0))
    found = nearest(figures, OWN, others, by)
    assert found.used == NAMES
    assert found.unused == ("densite",)


def test_a_territory_without_figures_is_not_chosen() -> None:
    figures, others = table(np.random.default_rng(2).normal(size=(5, 3)) + 5)
    for name in NAMES:
        figures.put(others[0], name, SECRET)
    found = nearest(figures, OWN, others, BY)
    assert found.compared == 3
    assert others[0] not in [item.unit for item in found.found]


def test_too_few_territories_or_indicators_are_refused() -> None:
    figures, others = table(np.random.default_rng(3).normal(size=(5, 3)))
    with pytest.raises(InputError, match="hold 1 other territories"):
        nearest(figures, OWN, others[:1], BY)
    with pytest.raises(InputError, match="2 of the indicators"):
        nearest(figures, OWN, others, BY[:2])
    for unit in others:
        for name in NAMES:
            figures.put(unit, name, ABSENT)
    with pytest.raises(InputError):
        nearest(figures, OWN, others, BY)


def test_a_joined_unit_knows_its_parts() -> None:
    unit = joined("SIMILAR", ["EPCI:1", "EPCI:2"], "2 territoires proches")
    assert unit == Unit("SIMILAR", "EPCI:1+EPCI:2", "2 territoires proches")
    assert parts(f"{unit.level}:{unit.code}") == ("EPCI:1", "EPCI:2")
    assert parts("EPCI:1") == ("EPCI:1",)
    assert parts("35238") == ("35238",)
