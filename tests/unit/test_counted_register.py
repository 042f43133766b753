"""The register counted by commune: the perimeter of the ESS, sizes, filières, estimated jobs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest
from coodiag.coodiag_plugin.core.catalogue import rows
from coodiag.coodiag_plugin.core.nomenclatures import NafFilter, tranches
from coodiag.coodiag_plugin.core.values import State
from coodiag.coodiag_plugin.sources.counted import counted
from coodiag.coodiag_plugin.sources.counted_register import bounds, cells_of, filieres, prepare
from coodiag.tests.unit.counted_world import (
    EPCI,
    NAMES,
    counts,
    numbers,
    places,
    put,
    table,
    tables,
)
from hypothesis import given
from hypothesis import strategies as st

PLACES = (
    "siret,etatAdministratifEtablissement,statutDiffusionEtablissement,activitePrincipaleEtablissement,"
    "codeCommuneEtablissement,trancheEffectifsEtablissement,caractereEmployeurEtablissement,"
    "dateDernierTraitementEtablissement"
)
UNITS = (
    "siren,etatAdministratifUniteLegale,categorieJuridiqueUniteLegale,"
    "economieSocialeSolidaireUniteLegale"
)
A, B, C = EPCI[:3]
#: siren → (legal form, flag of the ESS).
FORMS = {
    "160000001": ("9220", "O"), "160000002": ("5458", "O"), "160000003": ("8210", "O"),
    "160000004": ("9300", "O"), "160000005": ("5710", "O"), "160000006": ("5710", "N"),
    "160000007": ("1000", "N"), "160000008": ("9220", "N"),
}  # fmt: skip


def place(
    rank: int,
    siren: str,
    code: str,
    band: str,
    naf: str = "88.99B",
    employer: str = "O",
    state: str = "A",
) -> str:
    return f"{siren}{rank:05d},{state},O,{naf},{code},{band},{employer},2025-11-{rank % 28 + 1:02d}T01:00:00"


def stock(folder: Path, *lines: str, units: Mapping[str, tuple[str, str]] | None = None) -> Path:
    """A stock with an establishment without employees in each commune, which it then covers."""
    others = [
        place(900 + n, "160000006", code, "NN", "68.20B", "N") for n, code in enumerate(NAMES)
    ]
    put(folder, StockEtablissement__csv=table(PLACES, *others, *lines))
    if units is not None:
        cells = [f"{siren},A,{form},{flag}" for siren, (form, flag) in units.items()]
        put(folder, StockUniteLegale__csv=table(UNITS, *cells))
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return stock(
        tmp_path,
        place(1, "160000001", A, "12"), place(2, "160000001", A, "01", "38.11Z"),
        place(3, "160000002", A, "03", "81.21Z"), place(4, "160000003", A, "21"),
        place(5, "160000004", B, "02"), place(6, "160000005", A, "11", "10.71C"),
        place(7, "160000006", A, "32", "38.32Z"), place(8, "160000001", B, "NN", employer="N"),
        place(9, "160000001", A, "12", state="F"), place(10, "160000008", A, "02", "94.91Z"),
        units=FORMS,
    )  # fmt: skip


def test_the_four_families_and_the_companies_apart(folder: Path) -> None:
    names = ["ESS_ETAB", "ESS_EMP", "ESS_ASSO", "ESS_COOP", "ESS_MUT", "ESS_FOND", "ESS_COM"]
    (found,) = tables(folder, *(f"SIR_{name}" for name in names), "SIR_ETAB", "SIR_EMP")
    shown = {name: numbers(cells) for name, cells in found.values.items()}
    assert shown["SIR_ESS_ETAB"] == {A: 4, B: 2} and shown["SIR_ESS_EMP"] == {A: 4, B: 1}
    assert (shown["SIR_ESS_ASSO"], shown["SIR_ESS_COOP"]) == ({A: 2}, {A: 1})
    assert (shown["SIR_ESS_MUT"], shown["SIR_ESS_FOND"]) == ({A: 1}, {B: 1})
    assert shown["SIR_ESS_COM"] == {A: 1}, "apart"
    assert shown["SIR_EMP"] == {A: 7, B: 1} and sum(shown["SIR_ETAB"].values()) == 9 + len(NAMES)
    assert found.values["SIR_ESS_EMP"][C].number == 0
    assert found.year == 2025 and {row.dataset for row in found.origins} == {
        "sirene_etablissement", "sirene_unite_legale"
    }  # fmt: skip


def test_sizes_and_filieres(folder: Path) -> None:
    (found,) = tables(folder, *counted())
    shown = {name: numbers(cells) for name, cells in found.values.items()}
    assert shown["SIR_ESS_1_9"] == {A: 2, B: 1}
    assert shown["SIR_ESS_10_49"] == {A: 1} and shown["SIR_ESS_50P"] == {A: 1}
    assert shown["SIR_ESS_DECHETS"] == {A: 1} and shown["SIR_DECHETS"] == {A: 2}
    assert shown["SIR_ESS_ACHATS"] == {A: 1} and shown["SIR_ALIM"] == {A: 1}
    assert shown["SIR_ESS_MEDICO"] == {A: 2, B: 1}


def test_jobs_are_between_the_bounds_of_the_classes(folder: Path) -> None:
    low, mid, high = (
        counts(folder, f"SIR_ESS_EMPLOIS{end}")["TERRITOIRE"] for end in ("_BAS", "", "_HAUT")
    )
    assert low.number == 20 + 1 + 6 + 50 + 3 and high.number == 49 + 2 + 9 + 99 + 5
    assert mid.number == (low.number + high.number) / 2
    whole = counts(folder, "SIR_EMPLOIS")["TERRITOIRE"]
    assert whole.number == mid.number + 14.5 + 374.5 + 4, "every employer, on the same estimate"


def test_jobs_of_fewer_than_three_or_of_a_dominant_one_are_hidden(tmp_path: Path) -> None:
    three = [place(n, "160000001", A, "11") for n in (1, 2, 3)]
    two = [place(n, "160000001", B, "11") for n in (4, 5)]
    one = [place(6, "160000001", C, "42"), *(place(n, "160000001", C, "01") for n in (7, 8, 9))]
    stock(tmp_path, *three, *two, *one, units=FORMS)
    found = counts(tmp_path, "SIR_ESS_EMPLOIS")
    assert (found[B].reason, found[C].reason) == ("few_units", "dominant_unit")
    assert found[A].number == 43.5, "two hidden ones protect each other"
    bounds_of = [counts(tmp_path, f"SIR_ESS_EMPLOIS_{end}") for end in ("BAS", "HAUT")]
    assert all(cells[code].state is State.SECRET for cells in bounds_of for code in (B, C))
    assert found["TERRITOIRE"].state is State.SECRET, "one makes more than 85 % of it"


def test_a_hidden_commune_does_not_follow_from_the_total(tmp_path: Path) -> None:
    lines = [place(n, "160000001", A, "11") for n in (1, 2, 3, 4)]
    lines += [place(n, "160000001", B, "12") for n in (5, 6, 7)]
    lines += [place(8, "160000001", C, "03")]
    stock(tmp_path, *lines, units=FORMS)
    found = counts(tmp_path, "SIR_ESS_EMPLOIS")
    hidden = {code for code in EPCI if found[code].state is State.SECRET}
    assert found["TERRITOIRE"].known and len(hidden) == 2 and C in hidden
    assert {found[code].reason for code in hidden} == {"few_units", "secondary_units"}


def test_without_the_flag_the_legal_form_speaks(tmp_path: Path) -> None:
    lines = [place(1, "160000001", A, "11"), place(2, "160000008", A, "11", "94.91Z")]
    stock(tmp_path, *lines, units={siren: (form, "") for siren, (form, _) in FORMS.items()})
    (found,) = tables(tmp_path, "SIR_ESS_EMP", "SIR_ESS_COM")
    assert numbers(found.values["SIR_ESS_EMP"]) == {A: 1}, "a religious body is left out"
    assert "SIR_ESS_COM" not in found.values, "only the flag tells the companies"


def test_without_the_legal_units_nothing_is_said_of_the_ess(tmp_path: Path) -> None:
    stock(tmp_path, place(1, "160000001", A, "11"))
    (found,) = tables(tmp_path, "SIR_EMP", "SIR_ESS_EMP", "SIR_ESS_EMPLOIS", "SIR_EMPLOIS")
    assert set(found.values) == {"SIR_EMP", "SIR_EMPLOIS"}


def test_a_unit_that_the_extract_does_not_cover_has_no_estimate(tmp_path: Path) -> None:
    lines = [place(n, "160000001", code, "11") for n, code in enumerate((A, A, A, B, B, B))]
    put(tmp_path, StockEtablissement__csv=table(PLACES, *lines))
    found = counts(tmp_path, "SIR_EMPLOIS", places(units={"TERRITOIRE": EPCI, "GROUP:x": (A, B)}))
    assert "TERRITOIRE" not in found and found["GROUP:x"].number == 6 * 14.5
    assert C not in counts(tmp_path, "SIR_EMP")


def test_an_employer_that_the_register_does_not_tell_has_employees() -> None:
    register = pd.DataFrame(
        {
            "codgeo": [A, A, A], "tranche": ["01", "00", ""], "employer": [None, None, True],
            "ess": [None, None, None], "ess_family": ["", "", ""], "naf": ["", "", ""],
        }
    )  # fmt: skip
    assert prepare(register)["employer"].tolist() == ["1", "", "1"]


def test_the_catalogues_of_the_register_agree() -> None:
    assert set(bounds()) == set(tranches())
    assert all(low <= high for low, high in bounds().values())
    assert set(filieres()) == {"dechets", "alimentation", "achats", "medico_social"}
    for row in rows("ess_filieres"):
        assert NafFilter([row["naf"]]).prefixes, row["naf"]
    used = {
        column
        for item in counted().values()
        if item.family == "register"
        for column in item.columns
    }
    assert used == {"employer", "ess", "family", "commercial", "size", *filieres()}


bands = st.sampled_from(sorted(tranches()))
lines = st.lists(st.tuples(st.sampled_from(EPCI), bands), max_size=40)


@given(lines)
def test_sums_over_communes_are_the_total_and_hide_what_they_must(
    rows_drawn: list[tuple[str, str]],
) -> None:
    """Counts add up; a shown estimate has three establishments, none above 85 %; the middle lies
    between the bounds; what is hidden in the territory is never a single commune."""
    count = len(rows_drawn)
    register = pd.DataFrame(
        {
            "codgeo": [code for code, _ in rows_drawn], "tranche": [band for _, band in rows_drawn],
            "employer": [True] * count, "ess": [True] * count,
            "ess_family": ["association"] * count, "naf": ["88.99B"] * count,
        },
        dtype=object,
    )  # fmt: skip
    table_of = prepare(register)
    units = {"TERRITOIRE": EPCI}
    every = cells_of(counted()["SIR_ESS_EMP"], table_of, EPCI, units)
    assert sum(value.number or 0 for value in every.values()) == count
    low, mid, high = (
        cells_of(counted()[f"SIR_ESS_EMPLOIS{end}"], table_of, EPCI, units)
        for end in ("_BAS", "", "_HAUT")
    )
    for unit, value in mid.items():
        assert low[unit].state is value.state is high[unit].state
        if value.number:
            inside = units.get(unit, (unit,))
            part = table_of.loc[table_of["home"].isin(inside), "jobs"]
            assert (part > 0).sum() >= 3 and part.max() <= 0.85 * part.sum()
            assert (low[unit].number or 0) <= value.number <= (high[unit].number or 0)
    hidden = [code for code in EPCI if not mid[code].known]
    assert len(hidden) != 1 or not mid["TERRITOIRE"].known
