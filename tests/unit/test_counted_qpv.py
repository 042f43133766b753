"""Priority neighbourhoods by commune: what is published, what follows, what is never shared out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.analysis.indicators import compute
from coodiag.coodiag_plugin.core.provenance import Provenance
from coodiag.coodiag_plugin.core.values import ABSENT, State, Value
from coodiag.coodiag_plugin.core.variables import Variable
from coodiag.tests.unit.counted_world import (
    EPCI,
    NAMES,
    Geography,
    Log,
    counts,
    numbers,
    places,
    put,
    table,
    tables,
)
from hypothesis import given
from hypothesis import strategies as st

PEOPLE = "CODGEO;LIBGEO;POP_MUN;POP_COM_QP;POP_COM;LIB_COM;IND_JEUNE;NOTE_RP;;;"
WORK = "CODGEO;LIBGEO;TX_TOT_EMPL;ABC;ABC_25;ABC_INFCAPBEP;NOTE_PE;;;"
A, B, C, D = list(NAMES)[:4]


def people(*rows: tuple[str, str, str, str]) -> str:
    """Rows: code, POP_MUN, POP_COM_QP, names of the communes."""
    return table(
        PEOPLE, *(f"{code};Nom;{own};{whole};9 999;{towns};1,2;0;;;" for code, own, whole, towns in rows)
    )  # fmt: skip


def work(*rows: tuple[str, str, str]) -> str:
    return table(WORK, *(f"{code};Nom;40,1;{abc};{young};12;0;;;" for code, abc, young in rows))


#: Two neighbourhoods of A, one of which runs into B; one of C; thousands with a no-break space.
CITY = people(
    ("QP053001", "1\u00a0200", "1\u202f700", "Fictive 10"),
    ("QP053002", "800", "2 000", "Fictive 10, Fictive 11"),
    ("QP053003", "400", "400", "Fictive 12"),
)
JOBS = work(("QP053001", "300", "60"), ("QP053002", "200", "40"), ("QP053003", "1 100", "s"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return put(tmp_path, DEMO_2022__csv=CITY, IPRO_2022__csv=JOBS)


def test_people_of_a_commune_are_what_insee_publishes_of_it(folder: Path) -> None:
    found = counts(folder, "QPV_POP")
    assert found[A].number == 1700, "with its part of the neighbourhood on two communes"
    assert found[B].number == 300, "the 2 000 of both communes less the 1 700 of the first"
    assert found[C].number == 400 and found[D].number == 0
    assert found["TERRITOIRE"].number == 2400, "each neighbourhood once"


def test_a_neighbourhood_counts_in_each_commune_and_once_in_their_unit(folder: Path) -> None:
    found = counts(folder, "QPV_NOMBRE")
    assert numbers(found) == {A: 2, B: 1, C: 1, "TERRITOIRE": 3}
    assert found["53930"].number == 0, "the département is numbered without a gap"


def test_job_seekers_of_a_shared_neighbourhood_are_told_of_the_whole_only(folder: Path) -> None:
    found = counts(folder, "QPV_ABC")
    assert {found[A].state, found[B].state} == {State.ABSENT}
    assert found[C].number == 1100 and found["TERRITOIRE"].number == 1600
    young = counts(folder, "QPV_ABC_JEUNES")
    assert young[C].state is State.SECRET and young["TERRITOIRE"].state is State.SECRET


def test_a_unit_that_cuts_a_neighbourhood_has_no_figure_of_it(folder: Path) -> None:
    cut = places(units={"TERRITOIRE": (A, C), "GROUP:x": (C, D)})
    seekers = counts(folder, "QPV_ABC", cut)
    assert seekers["TERRITOIRE"].state is State.ABSENT and seekers["GROUP:x"].number == 1100
    assert counts(folder, "QPV_NOMBRE", cut)["TERRITOIRE"].number == 3
    assert counts(folder, "QPV_POP", cut)["TERRITOIRE"].number == 2100, "published parts"


def test_what_lies_on_two_communes_is_said(folder: Path) -> None:
    log = Log()
    counts(folder, "QPV_POP", log=log)
    assert any("QP053002" in text and "QP053001" not in text for text in log.said)


def test_a_difference_of_a_few_persons_is_hidden(tmp_path: Path) -> None:
    rows = (
        ("QP053001", "1200", "1200", "Fictive 10"),
        ("QP053002", "3", "1203", "Fictive 10, Fictive 11"),
    )
    put(tmp_path, d__csv=people(*rows))
    found = counts(tmp_path, "QPV_POP")
    assert found[B].state is State.SECRET and found[B].reason == "few_people"


def test_a_part_that_nothing_publishes_is_absent(tmp_path: Path) -> None:
    put(tmp_path, d__csv=people(("QP053001", "800", "800", "Fictive 10, Fictive 11")))
    found = counts(tmp_path, "QPV_POP")
    assert {found[A].state, found[B].state} == {State.ABSENT}
    assert found["TERRITOIRE"].number == 800


def test_two_totals_of_one_commune_are_no_figure_of_its_neighbour(tmp_path: Path) -> None:
    rows = (
        ("QP053001", "100", "150", "Fictive 10"),
        ("QP053002", "100", "160", "Fictive 10"),
        ("QP053003", "40", "200", "Fictive 10, Fictive 11"),
    )
    put(tmp_path, d__csv=people(*rows))
    assert counts(tmp_path, "QPV_POP")[B].state is State.ABSENT


@pytest.mark.parametrize(
    ("codes", "covers"),
    [
        (("QP053001", "QP053002"), True),
        (("QP053001", "QP053003"), False),
        (("QN05301M", "QN05302M"), True),
    ],
)
def test_a_gap_in_the_numbers_tells_an_extract(
    tmp_path: Path, codes: tuple[str, ...], covers: bool
) -> None:
    put(tmp_path, d__csv=people(*((code, "90", "180", "Fictive 10") for code in codes)))
    found = counts(tmp_path, "QPV_NOMBRE")
    assert found[A].number == 2
    assert (D in found) is covers and ("TERRITOIRE" in found) is covers


def test_an_extract_says_nothing_of_other_departements(tmp_path: Path) -> None:
    geography = Geography(names={**NAMES, "35001": "Acigné"})
    put(tmp_path, d__csv=CITY)
    assert "35001" not in counts(tmp_path, "QPV_NOMBRE", places(geography))


def test_a_commune_that_no_list_names_is_warned_of(tmp_path: Path) -> None:
    put(
        tmp_path,
        d__csv=people(
            ("QP053001", "90", "90", "Nulle Part"), ("QP053002", "80", "80", "Fictive 10")
        ),
    )
    log = Log()
    found = counts(tmp_path, "QPV_NOMBRE", log=log)
    assert numbers(found) == {A: 1} and D not in found, "the département is not wholly placed"
    assert any("QP053001" in text for text in log.warnings)


def test_contours_give_the_number_by_code(tmp_path: Path) -> None:
    shapes = [
        {
            "type": "Feature",
            "properties": {"code_qp": code, "insee_com": towns},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[0, 48], [0.1, 48], [0.1, 48.1], [0, 48]]],
            },
        }
        for code, towns in (("QN05301M", f"{A}, {B}"), ("QN05302M", C))
    ]
    put(tmp_path, qpv__geojson=json.dumps({"type": "FeatureCollection", "features": shapes}))
    assert numbers(counts(tmp_path, "QPV_NOMBRE")) == {A: 1, B: 1, C: 1, "TERRITOIRE": 2}
    assert counts(tmp_path, "QPV_POP") == {}, "contours tell nothing of the people"


def test_each_file_keeps_its_own_year(folder: Path) -> None:
    assert {found.year for found in tables(folder, "QPV_POP", "QPV_ABC")} == {2022}


parts = st.dictionaries(st.sampled_from(EPCI), st.integers(5, 900), min_size=1, max_size=2)


@given(st.lists(parts, min_size=1, max_size=7))
def test_known_parts_never_exceed_the_neighbourhoods(
    tmp_path_factory: pytest.TempPathFactory, plan: list[dict[str, int]]
) -> None:
    """Published totals of any plan: a known part is the true one, the whole is the sum."""
    truth = {code: sum(item.get(code, 0) for item in plan) for code in EPCI}
    rows = []
    for rank, item in enumerate(plan):
        whole = sum(truth[code] for code in item)
        towns = ", ".join(NAMES[code] for code in item)
        rows.append((f"QP053{rank + 1:03d}", str(sum(item.values())), str(whole), towns))
    folder = put(tmp_path_factory.mktemp("qpv"), d__csv=people(*rows))
    found = counts(folder, "QPV_POP")
    assert found["TERRITOIRE"] == Value(float(sum(truth.values())))
    for code in EPCI:
        assert not found[code].known or found[code].number == truth[code]


def test_a_share_of_a_unit_adds_what_can_be_added_and_takes_the_rest_as_given() -> None:
    """People of neighbourhoods are given for the unit, those of its communes are summed."""
    origin = Provenance("x", "", "", "")
    people_of_districts = Variable(
        "QPV_POP", 2022, {A: Value(10.0), B: ABSENT, "TERRITOIRE": Value(30.0)}, origin
    )
    everyone = Variable("P_POP", 2021, {A: Value(100.0), B: Value(50.0)}, origin)
    found = compute(
        {"QPV_POP": people_of_districts, "P_POP": everyone},
        {"TERRITOIRE": (A, B), "EPCI:1": (A, B)},
        [A, B],
        ["part_population_qpv"],
    )
    share = {u: found.references.get(u, "part_population_qpv") for u in ("TERRITOIRE", "EPCI:1")}
    assert share["TERRITOIRE"].number == 20.0
    assert share["EPCI:1"].state is State.ABSENT, "nothing is given for that key"
    assert found.figures.get(A, "part_population_qpv").number == 10.0
    assert found.figures.get(B, "part_population_qpv").state is State.ABSENT
