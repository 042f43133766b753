"""Huff's model through Processing: shares, totals, roads, calibration, secrecy, bad input."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from coodiag.coodiag_plugin.qgis_bridge.layers import INTEGER, REAL, TEXT, memory_layer
from coodiag.tests.qgis.conftest import Heard
from coodiag.tests.qgis.market_layers import (
    CODES,
    CRS,
    SIDE,
    communes,
    middle,
    points,
    roads,
    rows_of,
    sites,
)
from qgis.core import QgsProcessingException, QgsProcessingProvider, QgsVectorLayer

HOUSEHOLDS = [100.0 + 10 * rank for rank in range(len(CODES))]
OURS = [("Site A", 0, 100.0), ("Site B", 35, 400.0)]
THEIRS = [("Concurrent C", 5, 250.0)]


def run(heard: Heard | None = None, **parameters: Any) -> dict[str, Any]:
    import processing

    given: dict[str, Any] = {
        "SITES": sites(OURS),
        "ATTRACTION": "surface",
        "DEMAND": "menages",
        "SHARES": "memory:",
        "TOTALS": "memory:",
        "MARKET": "memory:",
        "BREAKS": "memory:",
        **parameters,
    }
    given.setdefault("COMMUNES", communes({"menages": HOUSEHOLDS}))
    return processing.run("coodiag:huff", given, feedback=heard or Heard())


def km(one: int, other: int) -> float:
    return math.dist(middle(one), middle(other)) / 1000


def test_shares_and_totals_by_hand(provider: QgsProcessingProvider) -> None:
    found = run(COMPETITORS=sites(THEIRS, "concurrents"), GAMMA=1.5, LAMBDA="-2")
    stands = [*OURS, *THEIRS]
    shares = rows_of(found["SHARES"])
    assert len(shares) == len(CODES) * 3
    for rank, code in enumerate(CODES):
        mine = {row["site"]: row for row in shares if row["codgeo"] == code}
        pull = [a**1.5 * max(km(rank, at), 1.0) ** -2 for _, at, a in stands]
        for (name, at, _), one in zip(stands, pull):
            assert mine[name]["probability"] == pytest.approx(one / sum(pull), rel=1e-9)
            assert mine[name]["cost"] == pytest.approx(km(rank, at))
            assert mine[name]["expected"] == pytest.approx(one / sum(pull) * HOUSEHOLDS[rank])
            assert (mine[name]["unit"], mine[name]["nom"]) == ("km", f"Fictive-{code}")
        order = sorted(mine.values(), key=lambda row: row["rank"])
        assert [row["probability"] for row in order] == sorted(
            (row["probability"] for row in mine.values()), reverse=True
        )
    totals = {row["site"]: row for row in rows_of(found["TOTALS"])}
    assert sum(row["expected"] for row in totals.values()) == pytest.approx(sum(HOUSEHOLDS))
    assert sum(row["share"] for row in totals.values()) == pytest.approx(100)
    assert sum(row["first_in"] for row in totals.values()) >= len(CODES)
    assert [row["role"] for row in totals.values()] == ["site", "site", "concurrent"]
    assert totals["Site A"]["ville"] == CODES[0]
    market = {row["codgeo"]: row for row in rows_of(found["MARKET"])}
    assert sum(row["own_expected"] for row in market.values()) == pytest.approx(
        totals["Site A"]["expected"] + totals["Site B"]["expected"]
    )
    assert market[CODES[5]]["leader"] == "Concurrent C"
    assert market[CODES[5]]["nearest_cost"] == pytest.approx(0, abs=1e-6)
    assert (found["GAMMA_USED"], found["LAMBDA_USED"]) == (1.5, "-2")
    assert "PSEUDO_R2" not in found


def test_break_points_lie_on_the_line(provider: QgsProcessingProvider) -> None:
    found = run(COMPETITORS=sites(THEIRS, "concurrents"))
    rows = {row["site"]: row for row in rows_of(found["BREAKS"])}
    assert set(rows) == {"Site A", "Site B"}
    whole = km(0, 5)
    assert rows["Site A"]["distance"] == pytest.approx(whole)
    assert rows["Site A"]["break_distance"] == pytest.approx(whole / (1 + math.sqrt(2.5)))
    for item in found["BREAKS"].getFeatures():
        line = item.geometry().asPolyline()
        assert line[0].distance(line[1]) / 1000 == pytest.approx(item["break_distance"])
    alone = rows_of(run()["BREAKS"])
    assert [(row["site"], row["other"]) for row in alone] == [("Site A", "Site B")]


@pytest.mark.parametrize("crs", [CRS, "EPSG:4326"])
def test_minutes_by_road_whatever_the_projection(provider: QgsProcessingProvider, crs: str) -> None:
    found = run(
        ROADS=roads(crs), COMMUNES=communes({"menages": HOUSEHOLDS}, crs), DECAY="exponential"
    )
    assert found["SHARES"].crs().authid() == CRS
    for row in rows_of(found["SHARES"]):
        rank = CODES.index(row["codgeo"])
        at = next(at for name, at, _ in OURS if name == row["site"])
        x, y = (abs(a - b) for a, b in zip(middle(rank), middle(at)))
        assert row["unit"] == "min"
        assert row["cost"] == pytest.approx((x + y) / 1000 / 30 * 60, abs=0.02)


def test_distance_by_road_and_a_reach(provider: QgsProcessingProvider) -> None:
    heard = Heard()
    found = run(heard, ROADS=roads(), MODE="distance", REACH=3 * SIDE / 1000)
    shares = rows_of(found["SHARES"])
    assert {row["unit"] for row in shares} == {"km"}
    assert all(row["cost"] <= 6 + 1e-6 for row in shares if row["site"])
    away = [row for row in shares if row["site"] is None]
    assert away and all(
        row["probability"] is None and row["note"] == "aucun site accessible" for row in away
    )
    assert {row["codgeo"] for row in shares} == set(CODES)
    assert any(f"{len(away)} communes reach no site" in line for line in heard.said)
    market = [row for row in rows_of(found["MARKET"]) if row["sites"] == 0]
    assert len(market) == len(away) and all(row["own_share"] is None for row in market)


def test_unknown_demand_and_attraction_are_left_out_and_told(
    provider: QgsProcessingProvider,
) -> None:
    demand: list[Any] = [*HOUSEHOLDS]
    demand[3], demand[7], demand[8] = "secret", "absent", -5.0
    heard = Heard()
    found = run(
        heard,
        COMMUNES=communes({"menages": demand}),
        SITES=sites([*OURS, ("Site sans surface", 14, None)]),
    )
    shares = {(row["codgeo"], row["site"]): row for row in rows_of(found["SHARES"])}
    assert len(shares) == 2 * len(CODES)
    hidden = shares[CODES[3], "Site A"]
    assert (hidden["expected"], hidden["expected_etat"]) == (None, "secret")
    assert 0 < hidden["probability"] < 1
    assert shares[CODES[7], "Site A"]["expected_etat"] == "absent"
    assert shares[CODES[8], "Site A"]["expected_etat"] == "absent"
    totals = {row["site"]: row for row in rows_of(found["TOTALS"])}
    known = sum(HOUSEHOLDS) - sum(HOUSEHOLDS[rank] for rank in (3, 7, 8))
    assert sum(row["expected"] or 0 for row in totals.values()) == pytest.approx(known)
    assert totals["Site A"]["left_out"] == 3
    lost = totals["Site sans surface"]
    assert (lost["expected"], lost["expected_etat"]) == (None, "absent")
    assert lost["note"] == "attractivité inconnue"
    assert any("3 rows" in line and "(1 of them secret)" in line for line in heard.said)
    assert any("1 rows" in line and "surface" in line for line in heard.said)


def clients_of(
    counts: np.ndarray, names: list[str], few: dict[str, int] | None = None
) -> QgsVectorLayer:
    """Fictitious clients in the communes, ``counts`` (communes, sites) of them."""
    rows: list[tuple[dict[str, Any], Any]] = []
    for rank, row in enumerate(counts.astype(int).tolist()):
        for name, count in zip(names, row):
            rows += [({"site": name}, middle(rank))] * count
    for name, count in (few or {}).items():
        rows += [({"site": name}, middle(0))] * count
    return points(rows, {"site": TEXT}, "clients")


def drawn(stands: list[tuple[str, int, float]], gamma: float, lam: float, each: int) -> np.ndarray:
    """Clients of each commune at each site as the model expects them, drawn at random."""
    random = np.random.default_rng(7)
    cost = np.array([[max(km(rank, at), 1.0) for _, at, _ in stands] for rank in range(len(CODES))])
    pull = np.array([a for _, _, a in stands]) ** gamma * cost**lam
    return np.array([random.multinomial(each, row / row.sum()) for row in pull])


STANDS = [("Site A", 0, 100.0), ("Site B", 35, 400.0), ("Site C", 5, 250.0), ("Site D", 20, 150.0)]
NAMES = [name for name, _, _ in STANDS]


def test_clients_give_the_exponents(provider: QgsProcessingProvider) -> None:
    counts = drawn(STANDS, 0.8, -1.6, 60)
    heard = Heard()
    found = run(
        heard, SITES=sites(STANDS), OBSERVED=clients_of(counts, NAMES), OBSERVED_SITE="site"
    )
    assert found["GAMMA_USED"] == pytest.approx(0.8, abs=0.15)
    assert float(found["LAMBDA_USED"]) == pytest.approx(-1.6, abs=0.15)
    assert 0 < found["PSEUDO_R2"] < 1
    told = next(line for line in heard.said if line.startswith("Calibrated on"))
    assert "2160 clients of 36 communes" in told and "4 sites" in told and "gamma = 0." in told
    assert any("pseudo-R²" in line and "likelihood ratio" in line for line in heard.said)
    totals = {row["site"]: row for row in rows_of(found["TOTALS"])}
    assert [totals[name]["observed"] for name in NAMES] == counts.sum(axis=0).tolist()
    assert sum(row["modelled"] for row in totals.values()) == pytest.approx(2160)


def test_a_table_of_flows_gives_the_same_as_the_points(provider: QgsProcessingProvider) -> None:
    counts = drawn(STANDS, 0.8, -1.6, 60)
    rows = [
        ({"code": CODES[rank], "vers": f" {name.upper()} ", "nb": int(count)}, None)
        for rank, row in enumerate(counts)
        for name, count in zip(NAMES, row)
    ]
    columns = {"code": TEXT, "vers": TEXT, "nb": INTEGER}
    table = memory_layer("flux", columns, rows=rows)
    layer = sites(STANDS)
    first = run(SITES=layer, OBSERVED=clients_of(counts, NAMES), OBSERVED_SITE="site")
    for code in ("", "code"):
        second = run(
            SITES=layer,
            OBSERVED=table,
            OBSERVED_SITE="vers",
            OBSERVED_COUNT="nb",
            OBSERVED_CODE=code or None,
        )
        assert second["GAMMA_USED"] == pytest.approx(first["GAMMA_USED"], rel=1e-9)
        assert second["PSEUDO_R2"] == pytest.approx(first["PSEUDO_R2"], rel=1e-9)


def test_competitors_without_clients_are_no_choice(provider: QgsProcessingProvider) -> None:
    """A structure knows its own clients: unseen competitors do not lower its exponents."""
    counts = drawn(STANDS, 0.8, -1.6, 60)
    heard = Heard()
    seen = {"OBSERVED": clients_of(counts, NAMES), "OBSERVED_SITE": "site"}
    alone = run(SITES=sites(STANDS), **seen)
    beside = run(
        heard, SITES=sites(STANDS), COMPETITORS=sites([("Concurrent", 15, 900.0)], "autres"), **seen
    )
    assert beside["GAMMA_USED"] == pytest.approx(alone["GAMMA_USED"], rel=1e-9)
    assert any("No client of a competitor" in line for line in heard.said)
    totals = {row["site"]: row for row in rows_of(beside["TOTALS"])}
    assert totals["Concurrent"]["expected"] > 0 and totals["Concurrent"]["observed"] == 0


def test_few_clients_of_a_site_are_hidden(provider: QgsProcessingProvider) -> None:
    counts = drawn(STANDS[:3], 0.8, -1.6, 60)
    observed = clients_of(counts, NAMES[:3], {"Site D": 2})
    found = run(SITES=sites(STANDS), OBSERVED=observed, OBSERVED_SITE="site")
    totals = {row["site"]: row for row in rows_of(found["TOTALS"])}
    assert (totals["Site D"]["observed"], totals["Site D"]["observed_etat"]) == (None, "secret")
    hidden = [name for name, row in totals.items() if row["observed_etat"] == "secret"]
    assert len(hidden) == 2  # else the total would tell
    assert all(totals[name]["modelled"] is None for name in hidden)


def test_what_was_observed_and_cannot_be_used_is_told(provider: QgsProcessingProvider) -> None:
    counts = drawn(STANDS, 0.8, -1.6, 20)
    layer = clients_of(counts, NAMES, {"Site inconnu": 3})
    extra = points(
        [({"site": "Site A"}, (X_FAR, Y_FAR)), ({"site": "Site A"}, None)], {"site": TEXT}
    )
    layer.dataProvider().addFeatures(list(extra.getFeatures()))
    heard = Heard()
    run(heard, SITES=sites(STANDS), OBSERVED=layer, OBSERVED_SITE="site")
    told = next(line for line in heard.said if line.startswith("Observed clients left out"))
    assert "3 rows name no usable site" in told and "2 lie in none" in told and "0 have no" in told


def test_a_rate_is_no_demand(provider: QgsProcessingProvider) -> None:
    rates = communes({"taux_pauvrete": [10.0] * len(CODES)})
    with pytest.raises(QgsProcessingException, match="taux_pauvrete cannot be summed up"):
        run(COMMUNES=rates, DEMAND="taux_pauvrete")


X_FAR, Y_FAR = 500_000.0, 6_600_000.0


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ({"LAMBDA": "2"}, "LAMBDA does not suit"),
        ({"DECAY": "logistic", "LAMBDA": "-2"}, "LAMBDA does not suit"),
        ({"LAMBDA": "x"}, "LAMBDA must be a list"),
        ({"REACH": 0}, "reach must be above zero"),
        ({"ATTRACTION": "surfaces"}, "has no field surfaces"),
        ({"DEMAND": "foyers"}, "has no field foyers"),
    ],
)
def test_bad_parameters_have_their_sentence(
    provider: QgsProcessingProvider, parameters: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(QgsProcessingException, match=sentence):
        run(**parameters)


def _clients(*rows: tuple[str, int]) -> QgsVectorLayer:
    return points(
        [({"site": name}, middle(rank)) for name, rank in rows], {"site": TEXT}, "clients"
    )


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: {"SITES": points([], {"nom": TEXT, "surface": REAL})}, "No site can draw"),
        (lambda: {"SITES": sites([("A", 0, 0.0), ("B", 1, None)])}, "No site can draw"),
        (
            lambda: {
                "SITES": points(
                    [({"nom": "A", "surface": 9.0}, None)], {"nom": TEXT, "surface": REAL}
                )
            },
            "No site can draw",
        ),
        (
            lambda: {
                "ROADS": roads(),
                "SITES": points(
                    [({"nom": "A", "surface": 9.0}, (X_FAR, Y_FAR))], {"nom": TEXT, "surface": REAL}
                ),
            },
            "No site can draw",
        ),
        (lambda: {"OBSERVED": _clients(("Site A", 0))}, "OBSERVED needs OBSERVED_SITE"),
        (
            lambda: {"OBSERVED": _clients(*[("Site A", 0)] * 9), "OBSERVED_SITE": "site"},
            "Too few clients",
        ),
        (
            lambda: {"OBSERVED": _clients(*[("Site A", 3)] * 40), "OBSERVED_SITE": "site"},
            "a choice needs two.*leave OBSERVED empty",
        ),
        (
            lambda: {
                "OBSERVED": _clients(*[("Site A", 3)] * 40, *[("Site B", 3)] * 40),
                "OBSERVED_SITE": "site",
            },
            "cannot be told from each other",
        ),
        (
            lambda: {
                "SITES": sites([("Site A", 0, 5.0), ("Site B", 9, 5.0)]),
                "OBSERVED": _clients(*[("Site A", 3)] * 40, *[("Site B", 8)] * 40),
                "OBSERVED_SITE": "site",
            },
            "GAMMA cannot be estimated.*leave OBSERVED empty to use GAMMA and LAMBDA as given",
        ),
        (
            lambda: {
                "SITES": sites([("Site", 0, 5.0), ("site ", 9, 6.0)]),
                "OBSERVED": _clients(*[("Site", 3)] * 40),
                "OBSERVED_SITE": "site",
            },
            "the same name",
        ),
    ],
)
def test_degenerate_input_has_its_sentence(
    provider: QgsProcessingProvider, make: Any, sentence: str
) -> None:
    with pytest.raises(QgsProcessingException, match=sentence):
        run(**make())


def test_one_site_takes_all(provider: QgsProcessingProvider) -> None:
    found = run(SITES=sites(OURS[:1]))
    assert all(row["probability"] == 1 for row in rows_of(found["SHARES"]))
    assert rows_of(found["TOTALS"])[0]["expected"] == pytest.approx(sum(HOUSEHOLDS))


def test_a_site_off_the_roads_is_told_and_has_its_row(provider: QgsProcessingProvider) -> None:
    far = points(
        [({"nom": "Île", "surface": 50.0}, (X_FAR, Y_FAR))], {"nom": TEXT, "surface": REAL}
    )
    heard = Heard()
    found = run(heard, COMPETITORS=far, ROADS=roads())
    totals = {row["site"]: row for row in rows_of(found["TOTALS"])}
    assert totals["Île"]["expected"] is None and "route" in totals["Île"]["note"]
    assert any("take no part: Île" in line for line in heard.said)


def test_names_of_fields_that_are_ours_get_a_number(provider: QgsProcessingProvider) -> None:
    layer = communes({"menages": HOUSEHOLDS, "cost": HOUSEHOLDS, "site": HOUSEHOLDS})
    row = rows_of(run(COMMUNES=layer)["SHARES"])[0]
    assert row["cost_2"] == HOUSEHOLDS[0] and row["site_2"] == HOUSEHOLDS[0]
    assert row["site"] in ("Site A", "Site B")
