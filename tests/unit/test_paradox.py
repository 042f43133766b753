"""Why job seekers are not reached: factors by hand, counting rule, and counts that tell nobody."""

from __future__ import annotations

from dataclasses import replace

import pytest
from coodiag.coodiag_plugin.analysis.paradox import (
    NO_FACTOR_LABEL,
    factor_words,
    factors,
    paradox,
)
from coodiag.coodiag_plugin.analysis.recruitment import (
    VARIABLES,
    RecruitmentType,
    Reference,
    Situation,
    not_reached,
    rules,
    typology,
)
from coodiag.coodiag_plugin.core.crossings import Paradox
from coodiag.coodiag_plugin.core.privacy import suppressed_keys
from coodiag.coodiag_plugin.core.profiles import Page
from coodiag.coodiag_plugin.core.values import ABSENT, SECRET, Value
from coodiag.coodiag_plugin.edition.materials import SheetMaterial
from coodiag.coodiag_plugin.edition.sentences.numbers import numbers_of, printed_numbers
from coodiag.coodiag_plugin.edition.sheets.paradox import paradox_sheet
from hypothesis import given
from hypothesis import strategies as st

HERE = Reference(Value(1000.0), Value(10.0), Value(8.0), Value(20.0))
EVERY = ("part_sans_voiture", "part_sans_diplome", "part_population_qpv")
PAGE = Page("paradoxe", "Pourquoi recruter est difficile", sheet="paradox")


def place(
    unit: str,
    need: float,
    index: Value | float,
    minutes: float,
    car: float = 8.0,
    diploma: float = 20.0,
    qpv: Value = Value(0.0),  # noqa: B008 - frozen
) -> Situation:
    reach = index if isinstance(index, Value) else Value(float(index))
    return Situation(
        unit, Value(need), Value(12.0), reach, Value(minutes),
        without_car=Value(car), low_qualification=Value(diploma), priority=qpv,
    )  # fmt: skip


#: 400 job seekers reached, 300 far without a car, 200 near with a neighbourhood, 100 near, nothing.
SITUATIONS = [
    place("A", 400, 120, 5),
    place("B", 300, 40, 25, car=12.0),
    place("C", 200, 40, 5, diploma=30.0, qpv=Value(15.0)),
    place("D", 100, 40, 5),
]
COUNTS = {"A": Value(60.0), "B": Value(10.0), "C": Value(8.0), "D": Value(0.0)}


def found(
    situations: list[Situation] = SITUATIONS,
    counts: dict[str, Value] | None = None,
    everybody: Value = Value(78.0),  # noqa: B008
    known: tuple[str, ...] = EVERY,
) -> Paradox:
    return paradox(
        typology(situations, HERE),
        {item.unit: f"Fictive-{item.unit}" for item in situations},
        {item.unit: item.need for item in situations},
        {item.unit: item.minutes for item in situations},
        COUNTS if counts is None else counts,
        everybody,
        known_data=known,
    )


def test_types_by_hand() -> None:
    rows = {item.type: item for item in found().types}
    assert list(rows) == ["touchee", "eloignee", "proche_qpv", "proche_non_touchee"]
    assert [rows[kind].share.number for kind in rows] == [40.0, 30.0, 20.0, 10.0]
    assert [rows[kind].beneficiaries.number for kind in rows] == [60.0, 10.0, 8.0, 0.0]


def test_factors_by_hand() -> None:
    """600 of 1 000 are not reached: B has two factors, C two, D none."""
    result = found()
    assert result.not_reached.number == 600
    rows = {item.factor: item for item in result.factors}
    assert rows["distance"].share.number == rows["sans_voiture"].share.number == 50.0
    assert rows["distance"].split.number == 25.0
    assert rows["quartier"].share.number == pytest.approx(100 * 200 / 600)
    assert rows["qualification"].split.number == pytest.approx(100 * 100 / 600)
    assert rows[""].share.number == rows[""].split.number == pytest.approx(100 * 100 / 600)
    assert [p.factors for p in result.places] == [
        ("Distance", "Ménages sans voiture"),
        ("Faible qualification", "Quartier prioritaire"),
        (),
    ]


def test_a_factor_without_data_is_unknown_and_not_refuted() -> None:
    blind = [place(s.unit, s.need.number or 0, s.index, s.minutes.number or 0, qpv=ABSENT) for s in SITUATIONS]  # fmt: skip
    result = found(blind, known=EVERY[:2])
    row = next(item for item in result.factors if item.factor == "quartier")
    assert row.share == row.split == ABSENT and result.unknown == ("Quartier prioritaire",)
    assert {item.type for item in result.types} == {"touchee", "eloignee", "proche_non_touchee"}
    page = paradox_sheet(PAGE, result)
    assert isinstance(page, SheetMaterial) and "quartier prioritaire" in page.method


def test_words_of_the_layer() -> None:
    kinds = typology(SITUATIONS, HERE)
    assert [factor_words(kind) for kind in kinds] == [
        "",
        "Distance, ménages sans voiture",
        "Faible qualification, quartier prioritaire",
        NO_FACTOR_LABEL,
    ]


def test_a_commune_is_far_exactly_when_the_distance_is_a_factor() -> None:
    """Both files must say the same: the factor has the conditions of the type « éloignée »."""
    far = {rule.conditions for rule in rules() if rule.type == "eloignee"}
    distance = next(item for item in factors() if item.id == "distance")
    assert {rule.conditions for rule in distance.rules} == far
    assert not_reached() == {"eloignee", "proche_qpv", "proche_non_touchee"}


@given(
    st.lists(
        st.tuples(
            st.integers(30, 500), st.integers(0, 200), st.integers(0, 40), st.integers(0, 20),
            st.integers(0, 40), st.integers(0, 30),
        ),
        min_size=1, max_size=8,
    )
)  # fmt: skip
def test_shares_of_types_and_split_of_factors_add_up_to_100(
    drawn: list[tuple[int, int, int, int, int, int]],
) -> None:
    situations = [
        place(
            str(at), float(need), index, float(minutes), float(car), float(low), Value(float(qpv))
        )
        for at, (need, index, minutes, car, low, qpv) in enumerate(drawn)
    ]
    counts = {item.unit: Value(10.0) for item in situations}
    result = found(situations, counts, Value(10.0 * len(situations)))
    assert sum(item.share.number or 0 for item in result.types) == pytest.approx(100)
    assert sum(item.communes for item in result.types) == len(situations)
    if result.not_reached.number:
        assert sum(item.split.number or 0 for item in result.factors) == pytest.approx(100)
        assert all((item.share.number or 0) >= (item.split.number or 0) - 1e-9 for item in result.factors)  # fmt: skip
        assert len(result.places) == sum(
            item.communes for item in result.types if item.type in not_reached()
        )


# --- secrecy -------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 40), min_size=2, max_size=9), st.data())
def test_counts_by_type_tell_no_more_than_the_communes_do(people: list[int], data: st.DataObject) -> None:  # fmt: skip
    """Attack: from the shown communes, the types and the total, solve the sum of the hidden
    communes of a type. Only that of all hidden communes may be known, as it was before."""
    units = [str(at) for at in range(len(people))]
    hidden = suppressed_keys(dict(zip(units, people)))
    counts = {u: SECRET if u in hidden else Value(float(n)) for u, n in zip(units, people)}
    names = ("touchee", "eloignee", "sans_besoin")
    kinds = [
        RecruitmentType(u, kind, kind.upper(), variables=dict.fromkeys(VARIABLES, ABSENT))
        for u in units
        for kind in [data.draw(st.sampled_from(names), label=f"type of {u}")]
    ]
    total = Value(float(sum(people)))
    result = paradox(
        kinds, dict(zip(units, units)), {u: Value(50.0) for u in units}, {}, counts, total,
        known_data=EVERY,
    )  # fmt: skip
    incomplete = 0
    for item in result.types:
        members = [k.unit for k in kinds if k.label == item.label]
        if item.beneficiaries.number is None:
            incomplete += 1
            continue
        assert not hidden & set(members), "a sum with a hidden commune is told"
        assert item.beneficiaries.number == sum(counts[u].number or 0 for u in members)
        assert not 0 < item.beneficiaries.number < 5
    if hidden:
        assert incomplete >= 1
    rest = (total.number or 0) - sum(item.beneficiaries.number or 0 for item in result.types)
    assert not 0 < rest < 5 or len(result.types) == incomplete


def test_a_hidden_total_leaves_only_sums_of_what_is_shown() -> None:
    counts = {**COUNTS, "D": SECRET}
    rows = {item.type: item.beneficiaries for item in found(counts=counts, everybody=SECRET).types}
    assert rows["proche_non_touchee"] == SECRET and rows["touchee"] == Value(60.0)


# --- the page ------------------------------------------------------------------------------------


def texts(page: SheetMaterial) -> str:
    """All that is printed under the sentence."""
    parts: list[str] = []
    for block in page.blocks:
        parts += [figure.text for figure in block.figures]
        if block.table:
            parts += [cell for row in block.table.rows for cell in (row.label, *row.cells)]
    return " | ".join(parts)


def test_the_sentence_quotes_the_page() -> None:
    page = paradox_sheet(PAGE, found(), who="demandeurs d’emploi")
    assert isinstance(page, SheetMaterial)
    assert page.sentence.replace("\u00a0", " ") == (
        "La structure accompagne 7,8 bénéficiaires pour 100 demandeurs d’emploi, surtout à Fictive-A "
        "(40 % des demandeurs d’emploi, 77 % des bénéficiaires). Trois communes au besoin marqué "
        "(600 demandeurs d’emploi, 60 % du total) ne comptent que 18 bénéficiaires. Fictive-B : à 25 min "
        "d’un site, peu de voitures\u202f; Fictive-C : à 5 min, mais peu de diplômes et un quartier "
        "prioritaire\u202f; Fictive-D : à 5 min seulement, aucun facteur relevé."
    )
    known = printed_numbers(page.blocks)
    assert set(numbers_of(page.sentence)) <= known
    assert set(numbers_of(page.sentence)) <= printed_numbers(page.cited)
    assert [block.kind for block in page.blocks] == ["figures", "chart", "table", "table", "table"]


def test_pages_left_out_or_without_anybody_missed() -> None:
    hidden = [place(s.unit, s.need.number or 0, SECRET, 5) for s in SITUATIONS]
    assert isinstance(
        paradox_sheet(PAGE, found(hidden, dict.fromkeys(COUNTS, SECRET), SECRET)), str
    )
    reached = [place(s.unit, s.need.number or 0, 100, 5) for s in SITUATIONS]
    page = paradox_sheet(PAGE, found(reached))
    assert isinstance(page, SheetMaterial)
    assert "Aucune commune au besoin marqué" in page.sentence and len(page.blocks) == 3


@pytest.mark.parametrize("state", [ABSENT, SECRET])
def test_communes_whose_job_seekers_are_not_known_are_said_to_be_in_no_total(state: Value) -> None:
    """One of them counted as nobody would make the printed total that of fewer communes."""
    assert not found().uncounted
    whole = paradox_sheet(PAGE, found(), who="demandeurs d’emploi")
    assert isinstance(whole, SheetMaterial) and "non connu" not in whole.method
    first, *others = SITUATIONS
    partial = found([replace(first, need=state, need_rate=state), *others])
    assert partial.uncounted == 1
    page = paradox_sheet(PAGE, partial, who="demandeurs d’emploi")
    assert isinstance(page, SheetMaterial)
    told = page.method.replace("\u00a0", " ")
    assert "Nombre de demandeurs d’emploi non connu de 1 commune : aucun total" in told


def test_a_hidden_number_prints_as_secret() -> None:
    page = paradox_sheet(PAGE, found(counts={**COUNTS, "D": SECRET, "B": SECRET}))
    assert isinstance(page, SheetMaterial)
    table = page.blocks[2].table
    assert table is not None
    assert [row.cells[-1] for row in table.rows] == ["60", "s", "8", "s", "78"]
