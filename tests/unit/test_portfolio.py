"""The portfolio against the fabric: by hand, by laws, and attacked by a solver."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from coodiag.coodiag_plugin.core.crossings import Portfolio
from coodiag.coodiag_plugin.core.profiles import Page
from coodiag.coodiag_plugin.core.values import NOT_APPLICABLE, State
from coodiag.coodiag_plugin.edition.materials import SheetMaterial
from coodiag.coodiag_plugin.edition.sheets.portfolio import portfolio_sheet
from coodiag.coodiag_plugin.zones.portfolio import Counts, band_label, compare, portfolio
from coodiag.coodiag_plugin.zones.prospect_model import PSEUDO_COUNTS, lift
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

PAGE = Page("portefeuille", "Pour qui la structure travaille-t-elle ?", sheet="portfolio")


def stock() -> pd.DataFrame:
    """Fictitious register: 100 cleaning firms, 200 in building, 100 shops, 3 banks."""
    naf = ["81.21Z"] * 100 + ["43.21A"] * 200 + ["47.11B"] * 97 + ["64.19Z"] * 3
    size = (["NN", "01"] * 50) + ["11"] * 200 + ["01"] * 100
    return pd.DataFrame(
        {
            "siret": [f"9{n:013d}" for n in range(400)],
            "nom": [f"ENTREPRISE FICTIVE {n}" for n in range(400)],
            "enseigne": "",
            "naf": naf,
            "tranche": size,
            "codgeo": "99001",
        }
    )


def clients(rows: list[int], others: int = 10) -> pd.DataFrame:
    """The establishments of these ranks, and persons that no register knows."""
    there = stock().iloc[rows]
    return pd.DataFrame(
        {
            "siret": [*there["siret"], *[""] * others],
            "name": [*there["nom"], *[f"Personne Fictive {n}" for n in range(others)]],
            "codgeo": "99001",
        }
    )


def test_by_hand() -> None:
    """30 of 40 clients are cleaning firms, a quarter of the fabric: (30 + 10·¼) / (50·¼) = 2.6."""
    found = portfolio(clients([*range(30), *range(100, 110)]), stock())
    rows = {row.group: row for row in found.tables[0].rows}
    assert found.clients.number == 40 and found.beside.number == 10
    assert found.located.number == 50 and found.penetration.number == 10.0
    assert rows["N"].client_share.number == 75.0 and rows["N"].fabric_share.number == 25.0
    assert rows["N"].index.number == pytest.approx(260.0)
    assert rows["N"].penetration.number == 30.0
    assert rows["K"].clients.number == 0 and rows["K"].penetration.number == 0
    assert [row.group for row in found.tables[1].rows] == ["0", "1", "3"]


def test_the_index_is_the_lift_of_the_prospection() -> None:
    chosen = [*range(30), *range(100, 110)]
    table = stock()
    known = lift(table["naf"].str[:2].iloc[chosen], table["naf"].str[:2])
    found = portfolio(clients(chosen), table, level="division")
    for row in found.tables[0].rows:
        if row.index.known:
            assert row.index.number == pytest.approx(100 * known[row.group])


def test_a_client_counts_once_and_is_found_by_name() -> None:
    table = clients([*range(8), *range(8)], others=5)
    table.loc[3, "siret"] = ""
    found = portfolio(table, stock())
    assert found.clients.number == 8 and found.beside.number == 13


def test_sizes_are_told_in_words() -> None:
    labels = ["Sans salarié", "1 à 5 salariés", "6 à 9 salariés", "10 à 19 salariés"]
    assert [band_label(band) for band in "0123"] == labels
    assert band_label("5") == "50 salariés et plus" and band_label("") == "Taille inconnue"


def test_groupings_of_other_clients_are_refused() -> None:
    one, two = {"a": 6}, {"b": 7}
    with pytest.raises(ValueError, match="same clients"):
        compare([Counts("activity", one, {"a": 9}), Counts("size", two, {"b": 9})], 10)


@given(st.lists(st.tuples(st.integers(5, 40), st.integers(0, 60)), min_size=1, max_size=8))
def test_shares_add_up_and_the_whole_has_an_index_of_100(drawn: list[tuple[int, int]]) -> None:
    mine = {f"{n:02d}": count for n, (count, _) in enumerate(drawn)}
    there = {f"{n:02d}": count + more for n, (count, more) in enumerate(drawn)}
    total, fabric = sum(mine.values()), sum(there.values())
    sizes = Counts("size", {"1": total}, {"1": fabric})
    found = compare([Counts("activity", mine, there), sizes], total + 50)
    rows = found.tables[0].rows
    assert sum(row.client_share.number or 0 for row in rows) == pytest.approx(100)
    assert sum(row.fabric_share.number or 0 for row in rows) == pytest.approx(100)
    assert found.tables[1].rows[0].index.number == pytest.approx(100)
    weighed = sum((row.fabric_share.number or 0) * (row.index.number or 0) for row in rows) / 100
    assert weighed == pytest.approx(100), "the index averages to 100 over the fabric"


# --- secrecy -------------------------------------------------------------------------------------


def bounds(found: Portfolio, groups: list[dict[str, int]]) -> list[tuple[float, float]]:
    """What a solver can say of each hidden count: all that is printed, and the register's sizes."""
    names = [("", "clients"), ("", "beside")]
    names += [(str(at), row.group) for at, table in enumerate(found.tables) for row in table.rows]
    at = {name: rank for rank, name in enumerate(names)}
    told = {("", "clients"): found.clients, ("", "beside"): found.beside}
    for rank, table in enumerate(found.tables):
        told.update({(str(rank), row.group): row.clients for row in table.rows})
    equal, right = [], []

    def add(parts: dict[int, float], value: float) -> None:
        line = np.zeros(len(names))
        for column, weight in parts.items():
            line[column] = weight
        equal.append(line)
        right.append(value)

    located = found.located.number or 0.0
    add({0: 1.0, 1: 1.0}, located)
    for rank, table in enumerate(found.tables):
        add({**{at[str(rank), row.group]: 1.0 for row in table.rows}, 0: -1.0}, 0.0)
    limits = []
    for name in names:
        value = told[name]
        most = groups[int(name[0])][name[1]] if name[0] else located
        limits.append((0, most) if value.number is None else (value.number, value.number))
    result = []
    for name in names:
        if told[name].number is not None:
            continue
        goal = np.zeros(len(names))
        goal[at[name]] = 1.0
        ends = [
            linprog(sign * goal, A_eq=np.array(equal), b_eq=right, bounds=limits, method="highs")
            for sign in (1, -1)
        ]
        assert all(end.success for end in ends)
        result.append((float(ends[0].fun), float(-ends[1].fun)))
    return result


@st.composite
def portfolios(draw: st.DrawFn) -> tuple[list[dict[str, int]], list[dict[str, int]], int]:
    """Clients dealt out at random over activities and sizes, whose groups are larger or smaller."""
    people = draw(st.integers(1, 60))
    groupings, fabrics = [], []
    for _ in range(2):
        size = draw(st.integers(2, 6))
        mine = dict.fromkeys((f"{n}" for n in range(size)), 0)
        for _ in range(people):
            mine[str(draw(st.integers(0, size - 1)))] += 1
        room = {n: max(count + draw(st.sampled_from([0, 1, 40])), 1) for n, count in mine.items()}
        short = max(sum(room.values()), 1)
        groupings.append(mine)
        fabrics.append({**room, "9": max(400 - short, 1)})
    return groupings, fabrics, people + draw(st.sampled_from([0, 1, 3, 5, 30]))


@settings(max_examples=150)
@given(portfolios())
def test_no_small_count_of_clients_can_be_solved(
    drawn: tuple[list[dict[str, int]], list[dict[str, int]], int],
) -> None:
    """Attack by linear programming: no hidden count has a single value, and none that is small is
    known not to be nobody; no count of 1 to 4 is printed, nor a figure that a hidden one made."""
    mine, there, located = drawn
    found = compare(
        [Counts(n, m, t) for n, m, t in zip(("activity", "size"), mine, there)], located
    )
    everybody = sum(mine[0].values())
    truth = [
        count
        for value, count in ((found.clients, everybody), (found.beside, located - everybody))
        if value.number is None
    ]
    for rank, table in enumerate(found.tables):
        for row in table.rows:
            count = mine[rank].get(row.group, 0)
            if row.clients.number is None:
                truth.append(count)
                others = (row.client_share, row.index, row.penetration)
                assert all(value.state is State.SECRET for value in others)
                assert row.fabric_share == NOT_APPLICABLE or found.clients.known
            else:
                assert not 0 < count < 5
    whole = [v for v in (found.clients, found.beside) if v.number is not None]
    assert not any(0 < (value.number or 0) < 5 for value in whole)
    if not 0 < located < 5:
        for count, (low, high) in zip(truth, bounds(found, there)):
            assert high - low > 0.5
            assert low < 0.5 or not 0 < count < 5


def test_a_full_small_group_does_not_tell_of_another() -> None:
    """« b » has 20 establishments, all hidden together with the 4 clients of « a »: were they alone,
    a reader who knows that « b » is full would know « a »."""
    mine = {"a": 4, "b": 3, "c": 30, "d": 12}
    there = {"a": 40, "b": 3, "c": 90, "d": 70}
    size = Counts("size", {"1": 49}, {"1": 203})
    found = compare([Counts("activity", mine, there), size], 80)
    hidden = {row.group for row in found.tables[0].rows if not row.clients.known}
    assert hidden == {"a", "b", "d"}


# --- the page ------------------------------------------------------------------------------------


def test_the_page() -> None:
    found = portfolio(clients([*range(30), *range(100, 110)]), stock())
    page = portfolio_sheet(PAGE, found, minimum=5)
    assert isinstance(page, SheetMaterial)
    assert page.sentence.replace("\u00a0", " ") == (
        "Plus fréquentes parmi les clients que dans le tissu : activités de services administratifs et de soutien (indice 260). "
        "Moins fréquentes : commerce (aucun client), activités financières et d’assurance (aucun client) et construction (indice 60)."
    )
    chart = page.blocks[1].chart
    assert chart is not None and chart.kind == "index" and chart.centre == 100.0
    table = page.blocks[2].table
    assert table is not None and len(table.columns) == 7
    assert PSEUDO_COUNTS == 10.0 and "dix clients" in page.method


def test_the_chart_shows_the_groups_of_the_sentence_however_small() -> None:
    """Public administration: few establishments, most of them clients."""
    there = {f"g{rank}": 100 for rank in range(14)} | {"small": 20}
    mine = dict.fromkeys(there, 10) | {"small": 15}
    sizes = Counts("size", {"1": 155}, {"1": 1420})
    found = compare([Counts("activity", mine, there), sizes], 155)
    page = portfolio_sheet(PAGE, found, minimum=5)
    assert isinstance(page, SheetMaterial)
    chart = page.blocks[1].chart
    first = max(found.tables[0].rows, key=lambda row: row.index.number or 0.0)
    assert first.group == "small" and "fréquentes parmi" in page.sentence
    assert chart is not None and chart.categories[0] == first.label and len(chart.categories) == 12


def test_a_page_of_nobody_is_left_out() -> None:
    found = portfolio(clients([1, 2]), stock())
    assert isinstance(portfolio_sheet(PAGE, found, minimum=5), str)
