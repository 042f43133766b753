"""Each suppressed cell knows why; a reader learns the family of the rule and no more."""

from __future__ import annotations

from dataclasses import replace

import pytest
from coodiag.coodiag_plugin.analysis.coverage import Ring, coverage
from coodiag.coodiag_plugin.analysis.disclosure import audit, exactly
from coodiag.coodiag_plugin.core.figures import FigureTable
from coodiag.coodiag_plugin.core.privacy import (
    Family,
    Reason,
    SuppressedCell,
    is_dominated,
    published_reason,
    reason_of,
    secret,
    suppress,
    suppressed_cells,
    units_reason,
)
from coodiag.coodiag_plugin.core.values import ABSENT, SECRET, Value, ratio, total
from coodiag.coodiag_plugin.edition.workbook import Column, FigureSheet, Line, secret_cells
from coodiag.coodiag_plugin.zones.prospect_model import saturation
from hypothesis import assume, given, settings
from hypothesis import strategies as st


def test_a_reason_makes_no_other_figure() -> None:
    assert secret(Reason.FEW_PEOPLE) == SECRET == secret(Reason.SOURCE)
    assert "few" not in repr(secret(Reason.FEW_PEOPLE)), "it is not printed by accident either"


@pytest.mark.parametrize("family", Family)
def test_a_reader_cannot_tell_the_reasons_of_a_family_apart(family: Family) -> None:
    reasons = [reason for reason in Reason if reason.family is family]
    assert reasons
    assert len({published_reason(secret(reason)) for reason in reasons}) == 1
    assert len({reason.words for reason in reasons}) == len(reasons)


def test_the_published_words_name_the_minimum_of_the_run() -> None:
    words = published_reason(secret(Reason.SECONDARY_PEOPLE), 11)
    assert words == "règle des 11 personnes, directement ou pour protéger une autre case"
    assert published_reason(SECRET) == "secret statistique"
    assert published_reason(Value(3.0)) == published_reason(ABSENT) == ""


def test_primary_and_secondary_are_known_inside() -> None:
    shown = suppress({"a": 2, "b": 7, "c": 30})
    assert reason_of(shown["a"]) is Reason.FEW_PEOPLE
    assert reason_of(shown["b"]) is Reason.SECONDARY_PEOPLE
    assert reason_of(shown["c"]) is None


def test_a_figure_made_of_a_hidden_one_keeps_its_reason() -> None:
    hidden = secret(Reason.SOURCE)
    assert reason_of(total([Value(1.0), hidden])) is Reason.SOURCE
    assert reason_of(ratio(Value(1.0), hidden)) is Reason.SOURCE
    assert reason_of(ratio(Value(1.0), ABSENT)) is None


def test_a_dominated_commune_says_so_inside() -> None:
    targets = dict.fromkeys("abc", Value(100.0))
    rows = coverage(
        {"a": 10, "b": 12, "c": 20}, targets, {"a": 100.0, "b": 50.0, "c": 90.0}, {"a": 90.0}
    ).by_unit()
    assert reason_of(rows["a"].count) is Reason.DOMINANT_PERSON
    assert reason_of(rows["b"].rate) is Reason.SECONDARY_PEOPLE
    assert published_reason(rows["a"].count) == published_reason(rows["b"].count)


@pytest.mark.parametrize(
    ("units", "contributions", "why"),
    [
        (2, (), Reason.FEW_UNITS),
        (3, (), None),
        (0, (), None),
        (None, (), None),
        (None, (10.0, 10.0), Reason.FEW_UNITS),
        (9, (10.0, 10.0, 0.0), Reason.FEW_UNITS),
        (None, (10.0, 10.0, 10.0), None),
        (None, (86.0, 7.0, 7.0), Reason.DOMINANT_UNIT),
        (None, (85.0, 8.0, 7.0), None),
    ],
)
def test_figures_of_establishments(
    units: float | None, contributions: tuple[float, ...], why: Reason | None
) -> None:
    assert units_reason(units, contributions) is why


def test_dominance_is_strictly_over_85_per_cent() -> None:
    assert is_dominated(86, 100) and not is_dominated(85, 100) and not is_dominated(0, 0)


def test_the_list_of_what_is_hidden() -> None:
    table = FigureTable()
    table.put("Exempleville", "Effectif", secret(Reason.FEW_PEOPLE))
    table.put("Exempleville", "Ménages", Value(12.0))
    table.put("Fictange", "Effectif", secret(Reason.SECONDARY_PEOPLE))
    rule = "règle des 5 personnes, directement ou pour protéger une autre case"
    assert suppressed_cells({"Pénétration": table}) == [
        SuppressedCell("Pénétration", "Exempleville", "Effectif", rule),
        SuppressedCell("Pénétration", "Fictange", "Effectif", rule),
    ]


def test_a_figure_read_back_from_a_layer_takes_the_rule_of_its_column() -> None:
    columns = (Column("Effectif", hides=Reason.SECONDARY_PEOPLE), Column("Revenu"))
    line = Line(("Commune", "99001", "Exempleville"), (SECRET, secret(Reason.FEW_HOUSEHOLDS)))
    sheet = FigureSheet("Recrutement", ("Niveau", "Code", "Nom"), columns, (line,))
    cells = secret_cells([sheet], 5)
    assert [cell.unit for cell in cells] == ["Commune 99001 Exempleville"] * 2
    assert [cell.rule.split(",")[0] for cell in cells] == [
        "règle des 5 personnes",
        "règle des 11 ménages fiscaux",
    ]


# --- sums that another output tells ----------------------------------------------------------

COUNTS = st.lists(
    st.tuples(st.one_of(st.integers(0, 6), st.integers(0, 40)), st.integers(0, 2)),
    min_size=3,
    max_size=9,
)


@settings(max_examples=80, deadline=None)
@given(COUNTS, st.lists(st.integers(0, 12), min_size=3, max_size=3), st.booleans())
def test_communes_cannot_be_found_from_the_zones_that_hold_them(
    drawn: list[tuple[int, int]], others: list[int], mixed: bool
) -> None:
    """Three zones of communes; those that hold 1 to 4 people are not told, as in a catchment."""
    counts = {f"c{rank}": count for rank, (count, _) in enumerate(drawn)}
    rings, facts = [], []
    for zone in range(3):
        units = frozenset(f"c{rank}" for rank, (_, at) in enumerate(drawn) if at == zone)
        rest = others[zone] if mixed else 0
        people = sum(counts[unit] for unit in units) + rest
        if people >= 5 and units:
            rings.append(Ring(units, people, mixed))
            parts = dict.fromkeys(units, 1.0)
            facts.append(exactly({**parts, **({f"rest{zone}": 1.0} if mixed else {})}, people))
    # A catchment tells no zone that leaves so few of all beyond it.
    assume(mixed or not 0 < sum(counts.values()) - sum(ring.people for ring in rings) < 5)
    targets = dict.fromkeys(counts, Value(200.0))
    found = coverage(counts, targets, rings=rings)
    hidden = {row.unit for row in found.rows if not row.count.known}
    for row in found.rows:
        if row.count.number is not None:
            facts.append(exactly({row.unit: 1.0}, row.count.number))
    whole = sum(counts.values())
    if found.located.number is not None:
        facts.append(exactly(dict.fromkeys(counts, 1.0), whole))
    assert {unit for unit, count in counts.items() if 0 < count < 5} - hidden <= {
        next(iter(ring.units)) for ring in rings if len(ring.units) == 1
    }
    # Where a zone is one commune and nobody else, its sum tells it: the zone is not few people.
    single = {next(iter(r.units)) for r in rings if len(r.units) == 1 and not r.others}
    for unit, interval in audit(facts, hidden).items():
        everything = hidden == counts.keys() and whole < 5
        assert interval.is_safe() or everything or unit in single, (unit, interval, found.located)


def test_a_ring_beside_its_last_hidden_commune_hides_another() -> None:
    counts = {"a": 2, "b": 3, "c": 40, "d": 9, "e": 12}
    targets = dict.fromkeys(counts, Value(200.0))
    alone = coverage(counts, targets)
    assert {row.unit for row in alone.rows if row.count == SECRET} == {"a", "b"}
    zone = Ring(frozenset("ac"), 42, False)
    beside = coverage(counts, targets, rings=[zone, Ring(frozenset("bde"), 24, False)])
    assert {row.unit for row in beside.rows if row.count == SECRET} == {"a", "b", "c", "d"}
    many = coverage(counts, targets, rings=[replace(zone, people=60, others=True)])
    assert {row.unit for row in many.rows if row.count == SECRET} == {"a", "b"}


def test_a_commune_hidden_elsewhere_has_no_saturation_of_its_own() -> None:
    """Its score, and the words on its prospects, would tell about how many clients it has."""
    clients, fabric = {"a": 20, "b": 10, "c": 30}, {"a": 100, "b": 50, "c": 100}
    free, shown = saturation(clients, fabric)
    assert shown == {"a", "b", "c"} and free["a"] != free["c"]
    closed, shown = saturation(clients, fabric, sensitive={"a", "c", "elsewhere"})
    assert shown == {"b"}
    assert closed["a"] == closed["c"]
