"""Indicators from variables: ratios of groups, states, secrecy, references."""

from __future__ import annotations

import math
from typing import Any

import pytest
from coodiag.coodiag_plugin.analysis.indicators import FRANCE, TERRITORY, compute, variable_names
from coodiag.coodiag_plugin.core.catalogue import indicators
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.core.provenance import Provenance
from coodiag.coodiag_plugin.core.values import ABSENT, NOT_APPLICABLE, SECRET, State, Value, ratio
from coodiag.coodiag_plugin.core.variables import Variable
from hypothesis import given
from hypothesis import strategies as st

SOURCE = Provenance("comparateur", "Base fictive", "Insee", "RP 2018")


def variable(name: str, year: int, cells: dict[str, Any]) -> Variable:
    values = {k: v if isinstance(v, Value) else Value(float(v)) for k, v in cells.items()}
    return Variable(name, year, values, SOURCE)


def variables(*found: Variable) -> dict[str, Variable]:
    return {item.name: item for item in found}


def one(
    name: str,
    given_: dict[str, Variable],
    members: dict[str, tuple[str, ...]] | None = None,
    communes: tuple[str, ...] = ("35001", "35002"),
) -> Any:
    return compute(given_, members or {TERRITORY: communes}, communes, [name])


UNEMPLOYED = variable("P_CHOM1564", 2018, {"35001": 10, "35002": 50})
ACTIVE = variable("P_ACT1564", 2018, {"35001": 100, "35002": 200})


def test_a_group_has_the_ratio_of_sums_not_the_mean_of_rates() -> None:
    result = one("taux_chomage", variables(UNEMPLOYED, ACTIVE))
    assert result.figures.get("35001", "taux_chomage").number == 10.0
    assert result.figures.get("35002", "taux_chomage").number == 25.0
    reference = result.references.get(TERRITORY, "taux_chomage")
    assert reference.number == 20.0
    assert (reference.unit, reference.vintage) == ("%", "2018")
    assert result.years == {"taux_chomage": "2018"}
    assert result.sources == {"taux_chomage": "Insee, Recensement de la population 2018"}
    assert result.provenance == [SOURCE] and result.missing == []


def test_a_denominator_of_zero_is_not_applicable() -> None:
    empty = variables(
        variable("P_CHOM1564", 2018, {"35001": 0}), variable("P_ACT1564", 2018, {"35001": 0})
    )
    result = one("taux_chomage", empty, communes=("35001",))
    assert result.figures.get("35001", "taux_chomage").state is State.NOT_APPLICABLE


def test_an_absent_commune_or_variable_makes_no_zero() -> None:
    result = one("taux_chomage", variables(UNEMPLOYED, ACTIVE), communes=("35001", "35003"))
    assert result.figures.get("35003", "taux_chomage").state is State.ABSENT
    assert result.references.get(TERRITORY, "taux_chomage").state is State.ABSENT
    lacking = one("taux_chomage", variables(UNEMPLOYED))
    assert lacking.missing == ["taux_chomage"]
    assert lacking.years == {"taux_chomage": ""} and lacking.provenance == []


def test_evolution_is_the_annual_mean_between_the_two_censuses() -> None:
    given_ = variables(
        variable("P_POP", 2018, {"35001": 110, "35002": 220}),
        variable("P_POP~", 2013, {"35001": 100, "35002": 200}),
    )
    result = one("evolution_population", given_)
    expected = 100 * ((330 / 300) ** (1 / 5) - 1)
    assert math.isclose(result.references.get(TERRITORY, "evolution_population").number, expected)
    assert result.years["evolution_population"] == "2013–2018"
    assert result.sources["evolution_population"].endswith("2013 et 2018")


def test_an_evolution_from_nothing_is_not_applicable() -> None:
    given_ = variables(
        variable("P_POP", 2018, {"35001": 5}), variable("P_POP~", 2013, {"35001": 0})
    )
    result = one("evolution_population", given_, communes=("35001",))
    assert result.figures.get("35001", "evolution_population").state is State.NOT_APPLICABLE


MEDIAN = variable("MED", 2019, {"35001": 20000, "35002": 30000, "EPCI:1": 24000, "DEP:35": 22000})


def test_a_median_of_a_group_is_published_or_absent() -> None:
    members = {
        TERRITORY: ("35001", "35002"),
        "EPCI:1": ("35001", "35002"),
        "EPCI:2": ("35001", "35003"),
        "DEP:35": (),
    }
    result = one("niveau_vie_median", variables(MEDIAN), members)
    got = {u: result.references.get(u, "niveau_vie_median").number for u in members}
    assert got == {TERRITORY: 24000.0, "EPCI:1": 24000.0, "EPCI:2": None, "DEP:35": 22000.0}


def test_a_territory_of_one_commune_has_its_median_and_another_group_has_none() -> None:
    alone = one("niveau_vie_median", variables(MEDIAN), {TERRITORY: ("35001",)})
    assert alone.references.get(TERRITORY, "niveau_vie_median").number == 20000.0
    pair = one("niveau_vie_median", variables(MEDIAN), {TERRITORY: ("35001", "35002")})
    assert pair.references.get(TERRITORY, "niveau_vie_median").state is State.ABSENT


def test_nothing_below_eleven_fiscal_households() -> None:
    few = variable("NBMENFISC", 2019, {"35001": 10, "35002": 11})
    result = one("niveau_vie_median", variables(MEDIAN, few))
    assert result.figures.get("35001", "niveau_vie_median").state is State.SECRET
    assert result.figures.get("35002", "niveau_vie_median").number == 30000.0


def test_no_share_of_fewer_than_three_establishments() -> None:
    given_ = variables(
        variable("ETBE", 2018, {"35001": 1, "35002": 1, "35003": 0}),
        variable("ETTOT", 2018, {"35001": 2, "35002": 4, "35003": 0}),
    )
    result = one("part_industrie", given_, communes=("35001", "35002", "35003"))
    states = [result.figures.get(c, "part_industrie").state for c in ("35001", "35002", "35003")]
    assert states == [State.SECRET, State.KNOWN, State.NOT_APPLICABLE]
    assert result.figures.get("35002", "part_industrie").number == 25.0


def test_a_sum_that_cannot_be_made_falls_back_on_what_is_published() -> None:
    households = variable("NBMENFISC", 2019, {"35001": 50, "35002": SECRET, "DEP:35": 900})
    members = {TERRITORY: ("35001", "35002"), "DEP:35": ("35001", "35002")}
    result = one("menages_fiscaux", variables(households), members)
    assert result.references.get(TERRITORY, "menages_fiscaux").state is State.SECRET
    assert result.references.get("DEP:35", "menages_fiscaux").number == 900.0


def test_france_may_lack_one_commune_in_a_thousand_and_says_which() -> None:
    codes = (*(f"{35001 + rank}" for rank in range(1998)), "97601", "97602")
    cells: dict[str, Any] = dict.fromkeys(codes, 1.0)
    cells["97601"] = ABSENT
    members = {FRANCE: codes, "DEP:35": codes}
    run = one("population_rp", variables(variable("P_POP", 2018, cells)), members, codes[:2])
    assert run.references.get(FRANCE, "population_rp").number == 1999.0
    assert run.references.get("DEP:35", "population_rp").state is State.ABSENT
    assert run.notes == {"population_rp": "France : hors Mayotte"}
    cells["35001"], cells["97602"] = ABSENT, ABSENT
    more = one("population_rp", variables(variable("P_POP", 2018, cells)), members, codes[:2])
    assert more.references.get(FRANCE, "population_rp").state is State.ABSENT
    cells.update({"35001": SECRET, "97602": 1.0, "97601": 1.0})
    secret = one("population_rp", variables(variable("P_POP", 2018, cells)), members, codes[:2])
    assert secret.references.get(FRANCE, "population_rp").state is State.SECRET


def test_dates_of_different_sources_are_all_printed() -> None:
    births = variable("NAISD", 2020, {"35001": 9})
    people = variable("P_POP", 2018, {"35001": 1000})
    result = one("natalite", variables(births, people), communes=("35001",))
    assert result.figures.get("35001", "natalite").number == 9.0
    assert result.years["natalite"] == "2018 et 2020"
    assert result.sources["natalite"] == (
        "Insee, État civil 2020 ; Insee, Recensement de la population 2018"
    )


def test_an_unknown_indicator_is_named() -> None:
    with pytest.raises(InputError, match="taux_de_chomage"):
        one("taux_de_chomage", {})


def test_variable_names_are_those_of_the_formulas() -> None:
    assert variable_names(["taux_chomage"]) == ("P_CHOM1564", "P_ACT1564")
    assert variable_names(["niveau_vie_median"]) == ("NBMENFISC", "MED")


# Properties ------------------------------------------------------------------------------------

CODES = [f"35{rank:03d}" for rank in range(1, 6)]
IDS = ["population_rp", "chomeurs", "taux_chomage", "concentration_emploi", "part_sans_voiture"]
NUMBER = st.integers(0, 10**10).map(lambda n: Value(n / 1000))
CELL = st.one_of(NUMBER, NUMBER, NUMBER, st.sampled_from([ABSENT, SECRET, NOT_APPLICABLE]))


@st.composite
def tables(draw: st.DrawFn, cell: st.SearchStrategy[Value] = CELL) -> dict[str, Variable]:
    """Every variable of IDS for every commune of CODES."""
    return {
        name: Variable(name, 2018, {code: draw(cell) for code in CODES}, SOURCE)
        for name in variable_names(IDS)
    }


@given(tables(cell=NUMBER))
def test_the_territory_is_the_sum_of_its_communes(found: dict[str, Variable]) -> None:
    stocks = [name for name in IDS if indicators()[name].is_count]
    result = compute(found, {TERRITORY: tuple(CODES)}, CODES, stocks)
    for name in stocks:
        parts = [result.figures.get(code, name).number for code in CODES]
        assert result.references.get(TERRITORY, name).number == math.fsum(parts)


@given(tables(), st.permutations(CODES))
def test_the_order_of_communes_changes_nothing(
    found: dict[str, Variable], other: list[str]
) -> None:
    straight = compute(found, {TERRITORY: tuple(CODES)}, CODES, IDS)
    shuffled = compute(found, {TERRITORY: tuple(other)}, other, IDS)
    for name in IDS:
        assert straight.figures.column(name, CODES) == shuffled.figures.column(name, CODES)
        assert straight.references.get(TERRITORY, name) == shuffled.references.get(TERRITORY, name)


@given(tables(), st.sampled_from(IDS), st.sampled_from(CODES))
def test_no_number_comes_out_of_a_secret(
    found: dict[str, Variable], name: str, hidden: str
) -> None:
    for part in found.values():
        part.cells[hidden] = SECRET
    members = {TERRITORY: tuple(CODES), FRANCE: tuple(CODES), "DEP:35": tuple(CODES)}
    result = compute(found, members, CODES, [name])
    assert result.figures.get(hidden, name).number is None
    assert all(result.references.get(unit, name).number is None for unit in members)


@given(tables(cell=NUMBER))
def test_the_location_quotient_of_the_reference_is_100(found: dict[str, Variable]) -> None:
    """Rate of a group over the rate of the same group: 100 wherever it is defined."""
    members = {TERRITORY: tuple(CODES), "DEP:35": tuple(reversed(CODES))}
    result = compute(found, members, CODES, IDS)
    for name in IDS:
        quotient = ratio(*(result.references.get(unit, name) for unit in members), 100)
        assert quotient.number is None or math.isclose(quotient.number, 100)


@given(tables())
def test_a_figure_has_a_number_or_a_reason(found: dict[str, Variable]) -> None:
    result = compute(found, {TERRITORY: tuple(CODES)}, CODES, IDS)
    for _, _, value in [*result.figures, *result.references]:
        assert (value.number is None) == (value.state is not State.KNOWN)
        assert value.number is None or math.isfinite(value.number)
