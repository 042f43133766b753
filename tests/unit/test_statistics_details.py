"""Columns that changed their names, IRIS summed to communes, parts of the long tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.values import State
from coodiag.coodiag_plugin.core.variables import columns
from coodiag.tests.unit.test_statistics import CODES, Geography, load, write


@pytest.mark.parametrize(
    ("name", "stands_under"),
    [
        ("P_POP", ("P_POP",)),
        ("P_POP~", ("P_POP",)),
        ("C_EMPLT_CS3", ("C_EMPLT_CS3", "C_EMPLT_GS3")),
        ("C_ACT1564_CS6", ("C_ACT1564_CS6", "C_ACT1564_STAT_GSEC16_26")),
        ("C_POP15P_CS7", ("C_POP15P_CS7", "C_POP15P_STAT_GSEC32")),
        ("P_RP_ACH45", ("P_RP_ACH45", "P_RP_ACH1945")),
        ("MED", ("MED", "Q2")),
    ],
)
def test_names_of_a_variable_in_the_files(name: str, stands_under: tuple[str, ...]) -> None:
    assert columns(name) == stands_under


def test_the_census_of_2022_renamed_social_categories_and_years_of_building(tmp_path: Path) -> None:
    header = "CODGEO;C22_EMPLT;C22_EMPLT_GS3;P22_RP_ACHTOT;P22_RP_ACH1945"
    body = "\n".join(f"{code};100;2{rank};50;1{rank}" for rank, code in enumerate(CODES))
    write(tmp_path, "base-cc.csv", f"{header}\n{body}\n")
    found = load(tmp_path, "C_EMPLT", "C_EMPLT_CS3", "P_RP_ACH45")
    assert found["C_EMPLT_CS3"].get("35002").number == 21
    assert found["P_RP_ACH45"].get("35003").number == 12
    assert found["C_EMPLT_CS3"].year == 2022
    assert found["C_EMPLT_CS3"].citation == "Insee, Recensement de la population"
    assert "RP 2022" in found["C_EMPLT_CS3"].provenance.vintage or (
        found["C_EMPLT_CS3"].provenance.vintage == "2022"
    )


@pytest.mark.parametrize(
    ("births", "census", "year"),
    [("NAIS1318", "P18_POP;P13_POP", 2018), ("NAIS1621", "P22_POP;P16_POP", 2022)],
)
def test_births_between_censuses_close_with_the_later_one(
    births: str, census: str, year: int, tmp_path: Path
) -> None:
    deaths = births.replace("NAIS", "DECE")
    body = "\n".join(f"{code};110;100;30;12" for code in CODES)
    write(tmp_path, "base-cc.csv", f"CODGEO;{census};{births};{deaths}\n{body}\n")
    found = load(tmp_path, "P_POP", "P_POP~", "NAIS", "DECE")
    assert {name: variable.year for name, variable in found.items() if name != "P_POP~"} == {
        "P_POP": year,
        "NAIS": year,
        "DECE": year,
    }
    assert found["NAIS"].get("35001").number == 30 and found["DECE"].get("35001").number == 12
    assert found["P_POP~"].get("35001").number == 100


IRIS = """IRIS;COM;TYP_IRIS;LAB_IRIS;P21_POP;P21_POP0002
350010101;35001;H;5;60;3.5
350010102;35001;H;5;40;1.25
350020000;35002;Z;5;20;0
350030000;35003;Z;5;30;s
"""


def test_iris_add_up_to_their_commune(tmp_path: Path) -> None:
    write(tmp_path, "base-ic-evol-struct-pop-2021.csv", IRIS)
    found = load(tmp_path, "P_POP", "P_POP0002")
    assert found["P_POP"].get("35001").number == 100
    assert found["P_POP0002"].get("35001").number == 4.75
    assert found["P_POP0002"].get("35002").number == 0
    assert found["P_POP0002"].get("35003").state is State.SECRET
    assert found["P_POP0002"].year == 2021


def test_the_communal_table_and_the_iris_of_one_census_serve_one_ratio(tmp_path: Path) -> None:
    write(tmp_path, "base-ic.csv", IRIS.replace("P21_POP;", "P21_POPF;"))
    rows = "\n".join(f"{code};1{rank}0" for rank, code in enumerate(CODES))
    write(tmp_path, "base-cc.csv", f"CODGEO;P21_POP\n{rows}\n")
    found = load(tmp_path, "P_POP0002", "P_POP")
    assert found["P_POP"].get("35002").number == 110
    assert found["P_POP0002"].get("35001").number == 4.75


def test_deciles_of_declared_income_are_not_those_of_the_standard_of_living(tmp_path: Path) -> None:
    body = "\n".join(f"{code};500;19000;9000;30000;3,3" for code in CODES)
    write(tmp_path, "FILO2019_DEC_COM.csv", f"CODGEO;NBMEN19;Q219;D119;D919;RD\n{body}\n")
    assert load(tmp_path, "NBMENFISC", "D1", "D9", "RD").keys() == {"NBMENFISC"}
    body = "\n".join(f"{code};500;21000;12000;36000;3,0;5,1" for code in CODES)
    write(tmp_path, "FILO2019_DISP_COM.csv", f"CODGEO;NBMEN19;Q219;D119;D919;RD;PPSOC19\n{body}\n")
    found = load(tmp_path, "NBMENFISC", "D1", "D9", "RD", "PPSOC")
    assert [found[n].get("35001").number for n in ("D1", "D9", "RD", "PPSOC")] == [
        12000,
        36000,
        3.0,
        5.1,
    ]


def seekers() -> str:
    lines = [
        "date;code_commune;type_de_donnees;categorie;sexe;tranche_d_age;nombre_de_demandeurs_d_emploi"
    ]
    for code in CODES:
        for category, share in (("A", 60), ("B", 15), ("C", 25)):
            for sex, part in (("Total", 10), ("Femmes", 6), ("Hommes", 4)):
                ages = (("Total", 20), ("Moins de 25 ans", 3), ("50 ans et plus", 5))
                for age, weight in ages:
                    count = share * part * weight // 100
                    lines.append(f"2024-T4;{code};Brutes;{category};{sex};{age};{count}")
    return "\n".join(lines) + "\n"


def test_job_seekers_by_category_sex_and_age(tmp_path: Path) -> None:
    write(tmp_path, "dares.csv", seekers())
    names = ("DEFM_ABC", "DEFM_A", "DEFM_ABC_F", "DEFM_ABC_M25", "DEFM_ABC_50P")
    found = load(tmp_path, *names)
    assert [found[name].get("35001").number for name in names] == [200, 120, 120, 29, 49]
    assert {found[name].date for name in names} == {"4e trimestre 2024"}


def test_a_table_without_sexes_tells_nothing_of_women(tmp_path: Path) -> None:
    lines = ["date;code_commune;categorie;nombre_de_demandeurs_d_emploi"]
    lines += [f"2024-T4;{code};ABC;50" for code in CODES]
    write(tmp_path, "dares.csv", "\n".join(lines) + "\n")
    found = load(tmp_path, "DEFM_ABC", "DEFM_ABC_F")
    assert found.keys() == {"DEFM_ABC"}


def test_private_jobs_by_sector(tmp_path: Path) -> None:
    header = "code_commune;code_ape;effectifs_salaries_2025;nombre_d_etablissements_2025"
    body = ["35001;1071C;10;2", "35001;4711B;5;1", "35001;8810A;;1", "35002;4120A;7;1"]
    body += ["35003;2562B;;1", "35003;4711B;4;2"]
    write(tmp_path, "urssaf.csv", "\n".join([header, *body]) + "\n")
    names = ("URSSAF_EFFECTIFS", "URSSAF_INDUSTRIE", "URSSAF_COMMERCE", "URSSAF_CONSTRUCTION")
    found = load(tmp_path, *names, geography=Geography())
    assert found["URSSAF_INDUSTRIE"].get("35001").number == 10
    assert found["URSSAF_COMMERCE"].get("35001").number == 5
    assert found["URSSAF_INDUSTRIE"].get("35002").number == 0, "a commune without any has nobody"
    assert found["URSSAF_CONSTRUCTION"].get("35002").number == 7
    assert found["URSSAF_INDUSTRIE"].get("35003").state is State.SECRET
    assert found["URSSAF_COMMERCE"].get("35003").number == 4
    assert found["URSSAF_EFFECTIFS"].get("35001").state is State.SECRET
