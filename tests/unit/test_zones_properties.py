"""Prospection whatever the data: nothing is lost, nothing depends on the order of the rows."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from coodiag.coodiag_plugin.zones.graph import build_graph
from coodiag.coodiag_plugin.zones.nearest import KILOMETRE, MINUTE, cost_to_nearest
from coodiag.coodiag_plugin.zones.prospect_clients import Book, Register, name_key, name_keys
from coodiag.coodiag_plugin.zones.prospect_model import decay, division
from coodiag.coodiag_plugin.zones.prospect_zones import by_commune, by_hexagon, reasons
from coodiag.coodiag_plugin.zones.prospection import Weights, back_test, rank, score
from coodiag.coodiag_plugin.zones.search import times
from coodiag.coodiag_plugin.zones.snapping import snap
from hypothesis import given, settings
from hypothesis import strategies as st

NAMES = ["ATELIER FICTIF", "SARL ATELIER FICTIF", "Été fictif", "", "ENTREPRENEUR INDIVIDUEL", "A.B.C. FICTIF"]  # fmt: skip
NAFS = ["81.21Z", "43.21A", "47.11B", ""]
COMMUNES = [f"9900{n}" for n in range(5)]
POSITIVE = st.floats(0, 1e6, allow_nan=False)


def register(count: int, seed: int) -> pd.DataFrame:
    """Fictitious establishments, many of which share a name, with whatever a file may lack."""
    draw = np.random.default_rng(seed)
    siret = [f"{n:014d}" for n in 10_000_000_000 + np.arange(count) * 37]
    return pd.DataFrame(
        {
            "siret": siret,
            "siren": [code[:9] for code in siret],
            "nom": draw.choice(NAMES, count),
            "enseigne": draw.choice(NAMES, count),
            "naf": draw.choice(NAFS, count),
            "tranche": draw.choice(["01", "11", "NN", ""], count),
            "tranche_label": "x",
            "codgeo": draw.choice(COMMUNES, count),
            "statut": draw.choice(["O", "O", "O", "P"], count),
            "cost": draw.choice([1.0, 5.0, 12.0, 30.0, math.inf, math.nan], count),
            "px": draw.uniform(0, 2e4, count),
            "py": draw.uniform(0, 2e4, count),
        }
    )


def clients_of(table: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Some of them, one in three by name only."""
    draw = np.random.default_rng(seed)
    some = table.sample(frac=0.4, random_state=seed)
    known = draw.random(len(some)) < 0.67
    return pd.DataFrame(
        {
            "siret": np.where(known, some["siret"], ""),
            "name": some["nom"].to_numpy(),
            "naf": np.where(known, "", "81.21Z"),
            "tranche": "",
            "codgeo": some["codgeo"].to_numpy(),
            "cost": np.nan,
        }
    )


@settings(max_examples=40)
@given(st.integers(5, 120), st.integers(0, 10_000))
def test_every_establishment_is_accounted_for_in_any_order(count: int, seed: int) -> None:
    table = register(count, seed)
    clients = clients_of(table, seed)
    if clients.empty:
        return
    asked: dict[str, Any] = {"reach": 20, "naf": ["N", "F", "G"]}
    found = rank(clients, table, **asked)
    out = ["other_activity", "masked", "clients", "structure", "unlocated", "out_of_reach"]
    assert sum(found.counts[name] for name in out) + len(found.prospects) == count
    mixed = rank(
        clients.sample(frac=1, random_state=seed + 1),
        table.sample(frac=1, random_state=seed + 2),
        **asked,
    )
    pd.testing.assert_frame_equal(
        found.prospects.drop(columns="px"), mixed.prospects.drop(columns="px")
    )
    assert found.counts == mixed.counts
    assert reasons(found.prospects, found.model, "km") == reasons(
        mixed.prospects, mixed.model, "km"
    )
    # What is known of the clients beforehand changes nothing.
    again = rank(clients, table, book=Book.of(clients, table), **asked)
    pd.testing.assert_frame_equal(found.prospects, again.prospects)


@settings(max_examples=40)
@given(st.integers(5, 120), st.integers(0, 10_000))
def test_a_client_is_found_once_and_none_of_its_namesakes_is_a_prospect(
    count: int, seed: int
) -> None:
    table = register(count, seed)
    clients = clients_of(table, seed)
    book = Book.of(clients, table)
    assert set(book.siret) <= {"", *table["siret"]}
    known = clients["siret"] != ""
    assert (book.siret[known] == clients["siret"][known]).all(), "a SIRET of the stock is believed"
    lost = set(book.key[(book.siret == "") & (book.key != "")])
    named = {
        siret
        for name in ("nom", "enseigne")
        for siret, key, commune in zip(table["siret"], table[name].map(name_key), table["codgeo"])
        if f"{key}|{commune}" in lost and key not in ("", "ENTREPRENEUR INDIVIDUEL")
    }
    assert named <= book.sirets(), "who may be a client is not offered"
    part = pd.Series(np.arange(len(clients)) % 2 == 0, index=clients.index)
    pd.testing.assert_series_equal(book.only(part).siret, Book.of(clients[part], table).siret)


@given(st.lists(st.text(max_size=20), max_size=30))
def test_names_by_column_are_names_one_by_one(names: list[str]) -> None:
    found = name_keys(pd.Series(names, dtype=object))
    assert list(found) == [name_key(name) for name in names]


def test_a_register_without_names_has_no_keys() -> None:
    table = register(30, 1).assign(nom="", enseigne=None)
    assert Register(table).keys.empty
    assert list(name_keys(pd.Series(["A", None, math.nan], dtype=object))) == ["A", "", ""]


@given(st.lists(st.sampled_from(["81.21Z", "43.21A", ""]), max_size=20))
def test_divisions_are_two_digits(naf: list[str]) -> None:
    assert list(division(pd.Series(naf, dtype=object))) == [code[:2] for code in naf]


@settings(max_examples=60)
@given(st.integers(0, 80), st.integers(0, 80), st.integers(0, 5), st.integers(0, 10_000))
def test_sums_over_communes_and_hexagons_are_the_total(
    prospects: int, others: int, communes: int, seed: int
) -> None:
    draw = np.random.default_rng(seed)
    table = register(prospects + others, seed)
    best = table[:prospects].assign(score=np.round(draw.uniform(0, 100, prospects), 1))
    access = {code: float(draw.uniform(0, 40)) for code in COMMUNES[:communes]}
    zones = by_commune(best, table, access, 20)
    inside = best["codgeo"].isin(list(access))
    assert list(zones["codgeo"]) == list(access)
    assert zones["prospects"].sum() == inside.sum()
    assert zones["score"].sum() == pytest.approx(best["score"][inside].sum(), abs=0.06 * len(zones))
    assert list(zones["white"]) == [cost > 20 for cost in access.values()]
    mixed = by_commune(
        best.sample(frac=1, random_state=seed), table.sample(frac=1, random_state=seed), access, 20
    )
    pd.testing.assert_frame_equal(zones, mixed)
    cells = by_hexagon(best, table)
    assert cells["prospects"].sum() == prospects
    assert cells["score"].sum() == pytest.approx(best["score"].sum(), abs=0.06 * len(cells) + 1e-9)
    assert (cells["establishments"] >= cells["prospects"]).all()


@given(
    st.lists(st.tuples(POSITIVE, POSITIVE, POSITIVE, POSITIVE), max_size=30),
    st.tuples(*[st.floats(0, 10)] * 4),
)
def test_scores_are_a_share_of_the_best(
    rows: list[tuple[float, ...]], exponents: tuple[float, ...]
) -> None:
    factors = pd.DataFrame(rows, columns=["naf", "size", "cost", "saturation"], dtype=float)
    found = score(factors, Weights(*exponents))
    assert len(found) == len(rows) and np.isfinite(found).all()
    assert ((found >= 0) & (found <= 100)).all()
    assert not found.any() or found.max() == pytest.approx(100)


@given(st.floats(0.1, 1000), st.lists(st.floats(0, 1e5), min_size=2, max_size=20))
def test_decay_falls_with_the_cost(span: float, costs: list[float]) -> None:
    found = decay(np.sort(costs), span)
    assert (np.diff(found) <= 0).all() and found.max() <= 1 and found.min() >= 0


def test_a_back_test_is_the_same_with_what_is_known_beforehand() -> None:
    table = register(900, 4).assign(nom=[f"ATELIER FICTIF {n}" for n in range(900)], cost=8.0)
    clients = clients_of(table, 4)
    found = back_test(clients, table, reach=20)
    assert found is not None
    assert found == back_test(clients, table, reach=20, book=Book.of(clients, table))


@settings(max_examples=40)
@given(st.integers(0, 10_000), st.booleans(), st.sampled_from(["time", "distance"]))
def test_the_nearest_site_is_the_least_of_the_sites(seed: int, reverse: bool, mode: str) -> None:
    """One search from all the sites gives what the least of one search by site does, exactly."""
    draw = np.random.default_rng(seed)
    ends = draw.integers(0, 12, (40, 2)) * 300.0
    lines = [np.array([a, b]) for a, b in zip(ends[::2], ends[1::2]) if (a != b).any()]
    seconds = draw.uniform(10, 90, len(lines))
    back = np.where(draw.random(len(lines)) < 0.3, np.inf, seconds)
    graph = build_graph(lines, seconds, back)
    sites, places = draw.uniform(-400, 4000, (4, 2)), draw.uniform(-400, 4000, (30, 2))
    limit = float(draw.choice([3.0, np.inf]))
    found = cost_to_nearest(
        sites, places, graph, mode, towards_sites=reverse, limit=limit, max_gap=500.0
    )
    unit = MINUTE if mode == "time" else KILOMETRE
    origins, targets = snap(graph, sites, 1000.0), snap(graph, places, 500.0)
    each = times(graph, origins, targets, limit * unit, reverse, mode).min(axis=0) / unit
    each[each > limit] = np.inf
    each[~targets.linked] = np.nan
    np.testing.assert_array_equal(found, each)
