"""Typology of communes: against scipy, by hand, and the laws that hold whatever the figures."""

from __future__ import annotations

import random

import numpy as np
import pytest
from coodiag.coodiag_plugin.analysis.clusters import (
    AVERAGE,
    Clusters,
    Trait,
    class_names,
    cluster,
    method_words,
    traits,
    traits_of,
)
from coodiag.coodiag_plugin.core.catalogue import indicators, rows
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.core.figures import FigureTable
from coodiag.coodiag_plugin.core.values import ABSENT, SECRET, State, Value
from hypothesis import given
from hypothesis import strategies as st
from scipy.cluster.hierarchy import fcluster, linkage

NAMES = ("taux_chomage", "part_proprietaires", "taille_menages", "densite")
BY = tuple(Trait(name, f"plus de {name}", f"moins de {name}") for name in NAMES)


def table(values: np.ndarray, names: tuple[str, ...] = NAMES) -> tuple[FigureTable, list[str]]:
    """Communes ``35001``… with the figures of the rows."""
    figures = FigureTable()
    codes = [f"35{rank:03d}" for rank in range(1, len(values) + 1)]
    for code, row in zip(codes, values):
        for name, number in zip(names, row):
            figures.put(code, name, Value(float(number)))
    return figures, codes


def blobs(seed: int, centres: list[tuple[float, ...]], each: int = 6) -> np.ndarray:
    draw = np.random.default_rng(seed)
    return np.vstack([np.array(c) + draw.normal(0, 0.15, (each, len(c))) for c in centres])


FOUR = [(0, 0, 0, 0), (6, 0, 0, 0), (0, 6, 0, 6), (6, 6, 6, 0)]


def partition(found: Clusters) -> set[frozenset[str]]:
    return {frozenset(group.members) for group in found.groups}


def test_clear_groups_are_found_with_their_number() -> None:
    figures, codes = table(blobs(1, FOUR))
    found = cluster(figures, codes, BY)
    assert partition(found) == {frozenset(codes[at : at + 6]) for at in range(0, 24, 6)}
    assert found.explained > 0.95
    assert len(found.groups) == 4


@pytest.mark.parametrize("seed", range(8))
def test_the_classes_and_the_inertia_are_those_of_scipy(seed: int) -> None:
    values = np.random.default_rng(seed).normal(size=(30, 4)) * (1, 20, 0.1, 500) + 1000
    figures, codes = table(values)
    found = cluster(figures, codes, BY)
    scores = (values - values.mean(axis=0)) / values.std(axis=0)
    tree = linkage(scores, "ward")
    labels = fcluster(tree, len(found.groups), "maxclust")
    expected = {
        frozenset(code for code, label in zip(codes, labels) if label == one) for one in set(labels)
    }
    assert partition(found) == expected
    within = sum(
        ((scores[labels == one] - scores[labels == one].mean(axis=0)) ** 2).sum()
        for one in set(labels)
    )
    assert found.explained == pytest.approx(1 - within / (scores**2).sum())
    # Of scipy's merges: what is lost from k classes to k − 1 is half the height squared.
    loss = {k: tree[30 - k, 2] ** 2 / 2 for k in range(2, 9)}
    assert len(found.groups) == max((3, 4, 5, 6), key=lambda k: loss[k] / loss[k + 1])


def test_three_classes_by_hand() -> None:
    """Nine communes on one line (three equal indicators): 0 0.1 0.2, 10 10.1 10.2, 30 30.1 30.2."""
    column = np.array([0, 0.1, 0.2, 10, 10.1, 10.2, 30, 30.1, 30.2])
    figures, codes = table(np.column_stack([column] * 3), NAMES[:3])
    found = cluster(figures, codes, BY[:3])
    assert partition(found) == {frozenset(codes[at : at + 3]) for at in (0, 3, 6)}
    total = ((column - column.mean()) ** 2).sum()
    assert found.explained == pytest.approx(1 - 3 * 0.02 / total)


@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
def test_the_order_of_the_communes_changes_nothing(seed: int, draw: random.Random) -> None:
    figures, codes = table(np.random.default_rng(seed).normal(size=(20, 4)) + 50)
    shuffled = list(codes)
    draw.shuffle(shuffled)
    assert cluster(figures, shuffled, BY) == cluster(figures, codes, BY)


@given(st.integers(0, 10_000), st.floats(0.001, 1000), st.floats(-100, 100))
def test_the_scale_of_an_indicator_changes_nothing(seed: int, scale: float, shift: float) -> None:
    values = blobs(seed, FOUR) + 1
    scaled = values * np.array([1, scale, 1, 1]) + np.array([0, 0, shift, 0])
    one, other = (cluster(*table(each), BY) for each in (values, scaled))
    assert partition(one) == partition(other)
    assert [group.name for group in one.groups] == [group.name for group in other.groups]


@given(st.integers(0, 10_000))
def test_the_classes_partition_the_communes(seed: int) -> None:
    draw = np.random.default_rng(seed)
    figures, codes = table(draw.normal(size=(25, 4)) + 50)
    for code in codes:
        for name in NAMES:
            if draw.random() < 0.1:
                figures.put(code, name, SECRET if draw.random() < 0.5 else ABSENT)
    found = cluster(figures, codes, BY)
    kinds = found.kinds()
    assert sorted(kinds) == codes
    assert sum(len(group.members) for group in found.groups) + len(found.unclassed) == len(codes)
    assert 3 <= len(found.groups) <= 6
    assert len({group.name for group in found.groups}) == len(found.groups)


def test_a_commune_that_lacks_one_figure_joins_the_nearest_class() -> None:
    values = blobs(2, FOUR)
    figures, codes = table(values)
    figures.put(codes[0], "densite", SECRET)
    found = cluster(figures, codes, BY)
    group = next(group for group in found.groups if codes[1] in group.members)
    assert codes[0] in group.members
    assert group.joined == (codes[0],)
    assert "1\u00a0commune à qui il manque un indicateur est rattachée" in method_words(found)


def test_a_commune_that_lacks_too_much_has_no_class_and_says_why() -> None:
    figures, codes = table(blobs(3, FOUR))
    figures.put(codes[0], "densite", SECRET)
    figures.put(codes[0], "taux_chomage", ABSENT)
    for name in NAMES:
        figures.put(codes[7], name, ABSENT)
    found = cluster(figures, codes, BY)
    assert found.unclassed == {codes[0]: State.SECRET, codes[7]: State.ABSENT}
    assert found.kinds()[codes[0]] is State.SECRET


def test_a_hidden_figure_weighs_nothing_in_the_classes() -> None:
    """What hides behind « secret » cannot move a class: the others are classed without it."""
    figures, codes = table(blobs(4, FOUR))
    figures.put(codes[3], "densite", SECRET)
    without = [code for code in codes if code != codes[3]]
    one, other = cluster(figures, codes, BY), cluster(figures, without, BY)
    assert one.explained == other.explained
    assert {group - {codes[3]} for group in partition(one)} == partition(other)


def test_an_uncertain_figure_is_not_compared() -> None:
    figures, codes = table(blobs(5, FOUR))
    for name in NAMES:
        figures.put(codes[0], name, Value(3.0, significant=False))
    assert cluster(figures, codes, BY).unclassed == {codes[0]: State.ABSENT}


def test_indicators_without_figures_or_without_differences_are_left_out() -> None:
    values = blobs(6, FOUR)
    names = (*NAMES, "natalite", "taux_activite")
    figures, codes = table(np.column_stack([values, np.full(24, 7.0), values[:, 0]]), names)
    for code in codes[:12]:
        figures.put(code, "taux_activite", ABSENT)
    by = (*BY, Trait("natalite", "", ""), Trait("taux_activite", "", ""))
    found = cluster(figures, codes, by)
    assert found.indicators == NAMES
    assert found.unused == {"natalite": "constant", "taux_activite": "absent"}


def test_few_communes_indicators_or_differences_are_refused() -> None:
    figures, codes = table(blobs(7, FOUR))
    with pytest.raises(InputError, match="7 communes have the figures"):
        cluster(figures, codes[:7], BY)
    with pytest.raises(InputError, match="2 indicators tell"):
        cluster(figures, codes, BY[:2])
    two = np.repeat([[0.0, 0, 0, 0], [1, 1, 1, 1]], 6, axis=0)
    same, equal = table(two)
    with pytest.raises(InputError, match="too much alike"):
        cluster(same, equal, BY)


def test_equal_communes_are_never_separated() -> None:
    values = np.repeat(np.array(FOUR, dtype=float), 3, axis=0)
    figures, codes = table(values)
    found = cluster(figures, codes, BY)
    for at in range(0, 12, 3):
        assert len({found.kinds()[code] for code in codes[at : at + 3]}) == 1


def test_a_log_scale_compares_times_more() -> None:
    trait = Trait("densite", "", "", "log")
    assert trait.figure(trait.compared(Value(250.0))) == pytest.approx(250)
    assert np.isnan(trait.compared(Value(0.0)))
    assert np.isnan(trait.compared(SECRET))


WORDS = (
    Trait("part_75_plus", "plus âgées", "plus jeunes"),
    Trait("part_sans_voiture", "plus de ménages sans voiture", "moins de ménages sans voiture"),
    Trait("taux_chomage", "plus de chômage", "moins de chômage"),
)


def profile(*numbers: float) -> dict[str, float]:
    return {trait.indicator: number for trait, number in zip(WORDS, numbers)}


def test_classes_are_named_by_what_stands_out() -> None:
    assert class_names([profile(-1.2, -0.8, 0.1), profile(0.2, -0.3, 0.4)], WORDS) == [
        "Plus jeunes, moins de ménages sans voiture",
        AVERAGE,
    ]
    assert class_names([profile(0.1, 0.9, 0.4)], WORDS) == ["Plus de ménages sans voiture"]


def test_classes_of_one_name_take_more_words_then_numbers() -> None:
    assert class_names([profile(2, 1, 0.6), profile(2, 1, -0.6)], WORDS) == [
        "Plus âgées, plus de ménages sans voiture, plus de chômage",
        "Plus âgées, plus de ménages sans voiture, moins de chômage",
    ]
    twins = class_names([profile(2, 1, 0.1), profile(2.5, 1.5, 0.1)], WORDS)
    assert twins == [f"Plus âgées, plus de ménages sans voiture ({rank})" for rank in (1, 2)]


def test_an_indicator_without_words_takes_its_short_label() -> None:
    assert class_names([{"densite": 1.0}], [Trait("densite", "", "")]) == [
        "Densité au-dessus de la moyenne"
    ]


def test_every_row_of_the_catalogue_can_be_used() -> None:
    for row in rows("typology_indicators"):
        assert indicators()[row["indicator"]].kind != "stock"
        assert row["more"] and row["less"] and row["rationale"]
        assert row["scale"] in ("", "log")
    assert len(traits()) == len(rows("typology_indicators"))
    assert [trait.scale for trait in traits_of(["densite", "natalite"])] == ["log", ""]
