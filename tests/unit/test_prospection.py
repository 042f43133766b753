"""Prospects: lifts, decay, saturation and ranking, by hand and by properties."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.zones.prospect_clients import Book, name_key
from coodiag.coodiag_plugin.zones.prospect_model import (
    MAX_SATURATION,
    POOLED,
    decay,
    lift,
    saturation,
    target_divisions,
)
from coodiag.coodiag_plugin.zones.prospect_zones import by_commune, by_hexagon, hexagons, reasons
from coodiag.coodiag_plugin.zones.prospection import (
    Structure,
    Weights,
    back_test,
    rank,
    score,
    stability,
)
from hypothesis import given, settings
from hypothesis import strategies as st

NAFS = ["81.21Z", "81.30Z", "43.21A", "47.11B", "84.11Z", "56.10A"]
SIZES = ["NN", "01", "03", "11", "12", "21", ""]


def stock(count: int, seed: int, masked: float = 0.1) -> pd.DataFrame:
    """Fictitious establishments in six fictitious communes."""
    draw = np.random.default_rng(seed)
    siret = [f"{n:014d}" for n in 10_000_000_000 + np.arange(count) * 37]
    return pd.DataFrame(
        {
            "siret": siret,
            "siren": [code[:9] for code in siret],
            "nom": [f"ENTREPRISE FICTIVE {n}" for n in range(count)],
            "enseigne": "",
            "naf": draw.choice(NAFS, count),
            "tranche": draw.choice(SIZES, count),
            "tranche_label": "x",
            "codgeo": draw.choice([f"9900{n}" for n in range(6)], count),
            "statut": np.where(draw.random(count) < masked, "P", "O"),
            "cost": draw.uniform(1, 40, count),
        }
    )


def clients_of(table: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "siret": table["siret"],
            "name": table["nom"],
            "naf": "",
            "tranche": "",
            "codgeo": table["codgeo"],
            "cost": np.nan,
        }
    ).reset_index(drop=True)


def test_lift_by_hand() -> None:
    """30 of 40 clients where 100 of 400 establishments are: (30 + 10·¼) / (50·¼) = 2.6."""
    clients = pd.Series(["81"] * 30 + ["43"] * 10)
    there = pd.Series(["81"] * 100 + ["43"] * 300)
    found = lift(clients, there, pseudo=10)
    assert found["81"] == pytest.approx((30 + 2.5) / (50 * 0.25))
    assert found["43"] == pytest.approx((10 + 7.5) / (50 * 0.75))


def test_lift_weighs_small_groups_together() -> None:
    clients = pd.Series(["81"] * 30 + ["43"] * 2 + ["47"] * 3)
    there = pd.Series(["81"] * 100 + ["43"] * 50 + ["47"] * 50)
    found = lift(clients, there)
    assert set(found) == {"81", POOLED}
    one = lift(pd.Series(["81"] * 30 + ["43"] * 2), there)
    assert "47" in one or POOLED in one
    assert "43" not in one


@given(st.integers(0, 60), st.integers(1, 60))
def test_lift_is_one_when_clients_are_like_the_rest(a: int, b: int) -> None:
    there = pd.Series(["81"] * a + ["43"] * b)
    for value in lift(there, there).values():
        assert value == pytest.approx(1)


def test_decay_is_one_half_at_the_span() -> None:
    assert decay(np.array([0.0, 12.0, 24.0]), 12.0) == pytest.approx([1, 0.5, 0.5**4])


def test_saturation_tells_nothing_of_hidden_communes() -> None:
    there = dict.fromkeys("abcdef", 20)
    clients = {"a": 10, "b": 8, "c": 2, "d": 3}
    found, shown = saturation(clients, there)
    assert found["c"] == found["d"], "hidden communes share one figure"
    assert not {"c", "d"} & shown and {"a", "b"} <= shown
    swapped, _ = saturation({**clients, "c": 3, "d": 2}, there)
    assert swapped == found, "moving a client between hidden communes changes nothing"
    assert max(found.values()) <= MAX_SATURATION


def test_weights_parse() -> None:
    assert Weights.parse("naf=2, cost=0.5") == Weights(naf=2, cost=0.5)
    assert Weights.parse("") == Weights()
    for wrong in ("activity=1", "naf=many", "naf=-1"):
        with pytest.raises(InputError, match="weight"):
            Weights.parse(wrong)


def test_names_without_signs_and_legal_forms() -> None:
    assert name_key("S.A.R.L. L'Été & Fils") == name_key("SARL ETE FILS") == "ETE FILS"
    assert name_key(None) == ""


def test_clients_are_matched_by_siret_then_name_in_commune() -> None:
    table = stock(4, 1, masked=0)
    table["codgeo"] = ["99001", "99001", "99002", "99002"]
    table["nom"] = ["ALPHA FICTIF", "SARL BETA FICTIF", "BETA FICTIF", "GAMMA"]
    clients = pd.DataFrame(
        {
            "siret": [table["siret"][3], "", "", "123"],
            "name": ["", "Bêta fictif", "Béta Fictif", "Delta"],
            "codgeo": ["", "99001", "99003", "99002"],
        }
    )
    assert list(Book.of(clients, table).siret) == [table["siret"][3], table["siret"][1], "", ""]


def test_targets_are_activities_with_enough_clients_or_the_asked_ones() -> None:
    naf = pd.Series(["81.21Z"] * 5 + ["43.21A"] * 2)
    assert target_divisions(naf) == ("81",)
    assert target_divisions(naf[5:]) == ("43",)
    assert target_divisions(naf, ["F"]) == ("41", "42", "43")
    with pytest.raises(InputError, match="SIRET"):
        target_divisions(pd.Series(["", ""]))


@settings(max_examples=30, deadline=None)
@given(st.integers(20, 200), st.integers(0, 1000), st.floats(2, 45))
def test_ranking_properties(count: int, seed: int, reach: float) -> None:
    table = stock(count, seed)
    clients = clients_of(table.sample(max(count // 5, 1), random_state=seed))
    found = rank(clients, table, reach=reach)
    prospects = found.prospects
    assert not set(prospects["siret"]) & set(clients["siret"])
    assert (prospects["statut"] == "O").all() and (prospects["cost"] <= reach).all()
    assert prospects["score"].between(0, 100).all()
    assert list(prospects["rank"]) == list(range(1, len(prospects) + 1))
    assert prospects["score"].is_monotonic_decreasing
    left = ["other_activity", "masked", "clients", "structure", "unlocated", "out_of_reach"]
    assert sum(found.counts[name] for name in left) + len(prospects) == count
    mixed = rank(
        clients.sample(frac=1, random_state=1), table.sample(frac=1, random_state=2), reach=reach
    )
    pd.testing.assert_frame_equal(
        prospects[["siret", "score", "rank"]], mixed.prospects[["siret", "score", "rank"]]
    )


def test_an_unknown_size_is_neutral() -> None:
    table = stock(300, 11, masked=0)
    found = rank(clients_of(table[table["tranche"] != ""][:40]), table, reach=50, naf=["N", "F"])
    unknown = found.prospects["tranche"] == ""
    assert unknown.any() and (found.prospects.loc[unknown, "factor_size"] == 1).all()


def test_the_structure_itself_is_no_prospect() -> None:
    table = stock(60, 3, masked=0)
    clients = clients_of(table[:10])
    own = table["siret"][20]
    table.loc[21, "nom"] = "Ressourcerie Fictive"
    structure = Structure(frozenset({own[:9]}), frozenset({"RESSOURCERIE FICTIVE"}))
    found = rank(clients, table, reach=50, naf=["F", "N", "G", "O", "I"], structure=structure)
    assert not {own, table["siret"][21]} & set(found.prospects["siret"])
    assert len(found.prospects) == 60 - 10 - found.counts["structure"]


def test_score_is_scaled_to_the_best() -> None:
    factors = pd.DataFrame({"naf": [2.0, 1.0], "size": 1.0, "cost": 1.0, "saturation": [1.0, 0.5]})
    assert list(score(factors, Weights())) == [100.0, 25.0]
    assert list(score(factors, Weights(naf=0, saturation=0))) == [100.0, 100.0]
    assert list(score(factors * 0.0, Weights())) == [0.0, 0.0]


def test_stability_against_kendall_by_counting_pairs() -> None:
    draw = np.random.default_rng(4)
    factors = pd.DataFrame(
        draw.uniform(0.1, 2, (30, 4)), columns=["naf", "size", "cost", "saturation"]
    )
    found = {(s.factor, s.change): s for s in stability(factors, Weights(), top=10)}
    base, other = score(factors, Weights()), score(factors, Weights(naf=1.2))
    signs = [
        math.copysign(1, (base[i] - base[j]) * (other[i] - other[j]))
        for i in range(30)
        for j in range(i)
    ]
    assert found["naf", 0.2].tau == pytest.approx(sum(signs) / len(signs))
    top = set(np.argsort(-base)[:10]) & set(np.argsort(-other)[:10])
    assert found["naf", 0.2].top_kept == len(top) / 10
    assert len(found) == 8


def test_back_test_finds_what_the_portfolio_prefers() -> None:
    """Clients drawn by a taste for one activity and nearness: better than chance and than nearness."""
    table = stock(2000, 5, masked=0)
    taste = table["naf"].map({"81.21Z": 0.6, "81.30Z": 0.5, "43.21A": 0.06, "56.10A": 0.06})
    liking = taste.fillna(0.0).to_numpy() * decay(table["cost"].to_numpy(), 25)
    chosen = table[np.random.default_rng(6).random(len(table)) < liking]
    results = [back_test(clients_of(chosen), table, reach=40, seed=seed) for seed in range(6)]
    found = [result.found for result in results if result]
    near = [result.by_cost for result in results if result]
    assert len(found) == 6
    assert np.mean(found) > 1.5 * 0.1 and np.mean(found) > np.mean(near)
    shuffled = back_test(clients_of(chosen)[::-1], table[::-1], reach=40, seed=0)
    assert shuffled == results[0], "the draw depends on the SIRETs only"
    assert back_test(clients_of(chosen[:20]), table, reach=40) is None, "too few to look for"


def test_a_hidden_client_of_no_target_activity_counts_as_not_found() -> None:
    """Clients of one activity, and ten alone in theirs: whoever is hidden there is never found."""
    table = stock(2000, 5, masked=0)
    table.loc[:9, "naf"] = [f"{n}.10Z" for n in range(60, 70)]
    chosen = pd.concat([table[:10], table[table["naf"] == "81.21Z"][:60]])
    results = [back_test(clients_of(chosen), table, reach=40, seed=seed) for seed in range(8)]
    for result in filter(None, results):
        assert result.hidden == 14, "a fifth of the clients, whatever is learnt without them"
        assert result.found <= 1 - result.unlooked / 14
        assert result.by_chance == pytest.approx(0.1 * (1 - result.unlooked / 14), abs=0.002)
    assert len(results) == 8 and any(result and result.unlooked for result in results)


def test_reasons_speak_french_and_keep_small_counts_silent() -> None:
    table = stock(400, 7, masked=0)
    table["tranche_label"] = "10 à 19 salariés"
    chosen = table[(table["naf"] == "81.21Z")][:40]
    found = rank(clients_of(chosen), table, reach=40, naf=["N"])
    words = reasons(found.prospects, found.model, "min")
    assert len(words) == len(found.prospects)
    text = "\n".join(words)
    assert "du site le plus proche" in text and "surreprésentée" in text
    for name in chosen["nom"]:
        assert name.lower() + " " not in text.lower() + " "
    for commune, line in zip(found.prospects["codgeo"], words):
        if "commune" in line:
            assert commune in found.model.shown_communes


def test_sums_by_commune_and_white_zones() -> None:
    table = stock(200, 8, masked=0)
    found = rank(clients_of(table[:30]), table, reach=25)
    access = {f"9900{n}": value for n, value in enumerate([5, 10, 30, math.inf, 20, 25])}
    zones = by_commune(found.prospects, table, access, 25).set_index("codgeo")
    assert zones["prospects"].sum() == len(found.prospects)
    assert zones["score"].sum() == pytest.approx(found.prospects["score"].sum(), abs=0.5)
    assert list(zones.index[zones["white"]]) == ["99002", "99003"]
    line = zones.loc["99000"]
    assert line["score_per_1000"] == pytest.approx(
        1000 * line["score"] / line["establishments"], abs=0.06
    )


def test_hexagons_hold_their_points() -> None:
    draw = np.random.default_rng(9)
    x, y = draw.uniform(-5e4, 5e4, (2, 500))
    cells = hexagons(x, y)
    side = 1000 / math.sqrt(3)
    cx, cy = 1000 * (cells[:, 0] + cells[:, 1] / 2), 1.5 * side * cells[:, 1]
    for angle in np.radians([0, 60, 120]):  # distance to each pair of sides
        reach = np.abs((x - cx) * np.cos(angle) + (y - cy) * np.sin(angle))
        assert reach.max() <= 500 + 1e-6
    table = pd.DataFrame({"px": x, "py": y, "score": 1.0})
    zones = by_hexagon(table[:100], table)
    assert zones["prospects"].sum() == 100 and zones["score"].sum() == pytest.approx(100)
    assert (zones["establishments"] >= zones["prospects"]).all()
