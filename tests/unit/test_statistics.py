"""Which file and which year serve a variable, and what becomes of communes that changed."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import pytest
from coodiag.coodiag_plugin.core.codes import commune_of
from coodiag.coodiag_plugin.core.values import State
from coodiag.coodiag_plugin.sources.changes import Changes
from coodiag.coodiag_plugin.sources.folder import scan
from coodiag.coodiag_plugin.sources.statistic_cells import CellReader, merged
from coodiag.coodiag_plugin.sources.statistics import Statistics

CODES = ("35001", "35002", "35003")


@dataclass
class Geography:
    """The little that the choice needs to know."""

    cog: int = 2024
    codes: tuple[str, ...] = CODES
    changes: Changes = field(default_factory=Changes)

    @property
    def communes(self) -> pd.DataFrame:
        rows = {"nom": "", "epci": "1", "dep": "35", "reg": "53", "ze": ""}
        return pd.DataFrame([rows] * len(self.codes), index=pd.Index(self.codes, name="codgeo"))

    def members(self, unit: str) -> tuple[str, ...]:
        return self.codes if unit in ("EPCI:1", "DEP:35") else ()


class Log:
    """A progress that keeps its warnings."""

    def __init__(self) -> None:
        self.warnings: list[str] = []

    def set(self, fraction: float) -> None: ...

    def check(self) -> None: ...

    def say(self, template: str, **fields: object) -> None: ...

    def warn(self, template: str, **fields: object) -> None:
        self.warnings.append(template.format(**fields))

    def part(self, start: float, end: float) -> Log:
        return self


HEADER = "CODGEO;P{rp}_POP;P{old}_POP;SUPERF;NAISD{ec};NBMENFISC{filo};PIMP{filo};MED{filo};TP60{filo};ETTOT{rp};ETTEF1{rp};ETTEFP10{rp}"


def comparateur(
    rows: dict[str, str], rp: str = "18", old: str = "13", ec: str = "20", filo: str = "19"
) -> str:
    lines = [HEADER.format(rp=rp, old=old, ec=ec, filo=filo)]
    lines += [f"{code};{cells}" for code, cells in rows.items()]
    return "\n".join(lines) + "\n"


FULL = {
    "35001": "100.5;90;4.5;3;40;45.0;21000;12;10;6;2",
    "35002": "200;210;5;4;80;;22000;;20;12;4",
    "35003": "50;40;6;1;;;;;0;0;0",
}


def write(folder: Path, name: str, text: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def load(
    folder: Path, *names: str, geography: Geography | None = None, log: Log | None = None
) -> dict:
    """Variables of one vintage when one has them all, else each at its own."""
    statistics = Statistics(scan(folder), geography or Geography(), names, log)  # type: ignore[arg-type]
    together = statistics.choose(names, CODES)
    alone = (statistics.choose([name], CODES) for name in names)
    return together or {key: found for each in alone for key, found in each.items()}


def test_vintages_leave_the_names(tmp_path: Path) -> None:
    write(tmp_path, "base.csv", comparateur(FULL))
    found = load(tmp_path, "P_POP", "P_POP~", "SUPERF", "NAISD", "ETTEF1", "ETTEFP10")
    years = {name: variable.year for name, variable in found.items()}
    assert years == {
        "P_POP": 2018, "P_POP~": 2013, "SUPERF": 0, "NAISD": 2020, "ETTEF1": 2018, "ETTEFP10": 2018
    }  # fmt: skip
    assert found["P_POP"].get("35001").number == 100.5
    assert found["ETTEF1"].get("35002").number == 12
    assert found["ETTEFP10"].get("35002").number == 4


def test_an_empty_income_is_secret_and_an_empty_count_absent(tmp_path: Path) -> None:
    rows = {**FULL, "35003": ";40;6;1;;;;;0;0;0", "97101": "1;1;1;1;;;;;1;1;1"}
    write(tmp_path, "base.csv", comparateur(rows))
    found = load(tmp_path, "P_POP", "MED", "TP60", "NBMENFISC")
    assert found["P_POP"].get("35003").state is State.ABSENT
    assert found["MED"].get("35003").state is State.SECRET
    assert found["TP60"].get("35002").state is State.SECRET
    assert found["MED"].get("35999").state is State.ABSENT  # no row at all
    assert found["MED"].get("97101").state is State.ABSENT  # Filosofi does not cover Guadeloupe


def test_a_newer_sample_never_wins_over_a_table_that_covers(tmp_path: Path) -> None:
    write(tmp_path, "old.csv", comparateur(FULL))
    sample = {"35001": "101;95;4.5;3;40;s;21000;s;10;6;2"}
    write(tmp_path, "new.csv", comparateur(sample, rp="22", old="16", ec="24", filo="21"))
    assert load(tmp_path, "P_POP")["P_POP"].year == 2018
    assert load(tmp_path, "MED")["MED"].year == 2019


def test_the_newest_of_two_tables_that_cover(tmp_path: Path) -> None:
    write(tmp_path, "old.csv", comparateur(FULL))
    newer = {
        code: cells.replace(";;", ";s;").replace("45.0", "50,0") for code, cells in FULL.items()
    }
    write(tmp_path, "new.csv", comparateur(newer, rp="22", old="16", ec="24", filo="21"))
    found = load(tmp_path, "P_POP", "PIMP")
    assert (found["P_POP"].year, found["PIMP"].year) == (2022, 2021)
    assert found["PIMP"].get("35001").number == 50.0


def test_a_ratio_keeps_one_year_even_when_one_part_exists_later(tmp_path: Path) -> None:
    write(tmp_path, "a.csv", "CODGEO;P18_CHOM1564;P18_ACT1564\n" + rows("1;10", "2;20", "3;30"))
    write(tmp_path, "b.csv", "CODGEO;P21_CHOM1564;P21_LOG\n" + rows("4;1", "5;1", "6;1"))
    statistics = Statistics(scan(tmp_path), Geography(), ["P_CHOM1564", "P_ACT1564"])
    both = statistics.choose(["P_CHOM1564", "P_ACT1564"], CODES)
    assert {variable.year for variable in both.values()} == {2018}
    assert statistics.choose(["P_CHOM1564"], CODES)["P_CHOM1564"].year == 2021
    assert statistics.choose(["P_POP", "P_ACT1564"], CODES) == {}


def rows(*cells: str) -> str:
    return "".join(f"{code};{cell}\n" for code, cell in zip(CODES, cells))


def test_a_table_that_knows_no_commune_of_the_territory_serves_nothing(tmp_path: Path) -> None:
    write(tmp_path, "base.csv", comparateur({"01001": FULL["35001"]}))
    assert load(tmp_path, "P_POP") == {}


def test_the_biggest_table_of_a_year_is_taken(tmp_path: Path) -> None:
    write(tmp_path, "a_extract.csv", comparateur(FULL))
    more = {**FULL, **{f"22{rank:03d}": FULL["35002"] for rank in range(1, 9)}}
    with zipfile.ZipFile(tmp_path / "z_national.zip", "w") as archive:
        archive.writestr("base.CSV", comparateur(more))
    found = load(tmp_path, "P_POP")["P_POP"]
    assert found.provenance.file == "z_national.zip/base.CSV"
    assert found.get("22001").number == 200


FILO = "CODGEO;LIBGEO;NBMEN19;NBPERS19;NBUC19;Q119;Q219;Q319;PPSOC19\n"


def test_published_medians_of_groups_join_those_of_communes_of_the_same_year(
    tmp_path: Path,
) -> None:
    write(tmp_path, "base.csv", comparateur(FULL))
    write(tmp_path, "epci.csv", FILO + "243500139;Rennes;190;9;9,5;1;23400;3;4\n")
    write(tmp_path, "old.csv", FILO.replace("19", "16") + "243500139;Rennes;1;9;9;1;20000;3;4\n")
    write(
        tmp_path, "dep.csv", FILO + "35;Ille-et-Vilaine;900;9;9;1;22460;3;4\n01;Ain;9;9;9;1;2;3;4\n"
    )
    found = load(tmp_path, "MED", "NBMENFISC")
    assert found["MED"].get("EPCI:243500139").number == 23400
    assert found["MED"].get("DEP:35").number == 22460
    assert found["NBMENFISC"].get("DEP:01").number == 9
    assert found["MED"].get("35001").number == 21000
    assert [origin.file for origin in found["MED"].origins] == ["base.csv", "dep.csv", "epci.csv"]


def test_the_median_of_declared_income_is_another_median(tmp_path: Path) -> None:
    declared = FILO.replace("PPSOC19", "PAUT19")
    write(tmp_path, "dec.csv", declared + "".join(f"{c};X;90;9;9;1;15000;3;4\n" for c in CODES))
    assert load(tmp_path, "MED") == {}


def changes(*lines: tuple[str, str, str]) -> Changes:
    """(date, code before, code after), communes in the full sense."""
    table = [
        {
            "DATE_EFF": date,
            "TYPECOM_AV": "COM",
            "COM_AV": before,
            "LIBELLE_AV": before,
            "TYPECOM_AP": "COM",
            "COM_AP": after,
            "LIBELLE_AP": after,
        }
        for date, before, after in lines
    ]
    return Changes.from_table(pd.DataFrame(table, dtype=str))


MERGER = changes(
    ("2023-01-01", "35001", "35001"),
    ("2023-01-01", "35004", "35001"),
)


def test_counts_of_merged_communes_are_added_and_medians_absent(tmp_path: Path) -> None:
    old = {**FULL, "35004": "30.25;30;2;1;30;;18000;;3;1;0"}
    write(tmp_path, "base.csv", comparateur(old))
    geography = Geography(changes=MERGER)
    found = load(tmp_path, "P_POP", "P_POP~", "SUPERF", "MED", geography=geography)
    assert found["P_POP"].get("35001").number == 130.75
    assert found["P_POP~"].get("35001").number == 120
    assert found["SUPERF"].get("35001").number == 6.5
    assert found["MED"].get("35001").state is State.ABSENT
    assert found["MED"].get("35002").number == 22000
    assert "35004" not in found["P_POP"].cells


def test_a_secret_part_of_a_merged_commune_hides_the_sum(tmp_path: Path) -> None:
    write(tmp_path, "base.csv", comparateur({**FULL, "35004": "1;1;1;1;s;s;s;s;1;1;1"}))
    found = load(tmp_path, "NBMENFISC", geography=Geography(changes=MERGER))
    assert found["NBMENFISC"].get("35001").state is State.SECRET


def test_a_commune_split_since_has_no_figure_of_its_own(tmp_path: Path) -> None:
    split = changes(("2023-01-01", "35001", "35001"), ("2023-01-01", "35001", "35002"))
    write(tmp_path, "base.csv", comparateur({k: FULL[k] for k in ("35001", "35003")}))
    found = load(tmp_path, "P_POP", geography=Geography(changes=split))["P_POP"]
    assert found.get("35001").state is State.ABSENT
    assert found.get("35002").state is State.ABSENT
    assert found.get("35003").number == 50


def test_a_code_that_cannot_be_placed_is_warned_by_name(tmp_path: Path) -> None:
    codes = tuple(f"35{rank:03d}" for rank in range(1, 31))
    write(tmp_path, "base.csv", comparateur(dict.fromkeys((*codes, "35777"), FULL["35002"])))
    log = Log()
    geography = Geography(codes=codes)
    Statistics(scan(tmp_path), geography, ["P_POP"], log).choose(["P_POP"], codes)  # type: ignore[arg-type]
    assert len(log.warnings) == 1 and "35777" in log.warnings[0]


def test_codes_of_departements_outside_the_folder_are_no_stray(tmp_path: Path) -> None:
    write(tmp_path, "base.csv", comparateur({**FULL, "44001": FULL["35001"]}))
    log = Log()
    load(tmp_path, "P_POP", log=log)
    assert log.warnings == []


def test_two_different_rows_for_one_code_put_the_file_aside(tmp_path: Path) -> None:
    text = comparateur(FULL)
    write(tmp_path, "base.csv", text + "35001;1;1;1;1;1;1;1;1;1;1;1\n")
    log = Log()
    assert load(tmp_path, "P_POP", log=log) == {}
    assert "35001" in log.warnings[0] and "base.csv" in log.warnings[0]
    write(tmp_path, "base.csv", text + text.splitlines()[1] + "\n")  # the same row twice
    assert load(tmp_path, "P_POP")["P_POP"].get("35001").number == 100.5


def test_arrondissements_are_added_unless_the_commune_is_there(tmp_path: Path) -> None:
    geography = Geography(codes=("69123", *CODES))
    parts = {"69381": "10;9;1;1;9;;1;;1;1;1", "69382": "20;9;1;1;9;;1;;1;1;1"}
    write(tmp_path / "a", "base.csv", comparateur({**FULL, **parts}))
    found = load(tmp_path / "a", "P_POP", "MED", geography=geography)
    assert found["P_POP"].get("69123").number == 30
    assert found["MED"].get("69123").state is State.ABSENT
    whole = {"69123": "31;9;1;1;9;;1;;1;1;1"}
    write(tmp_path / "b", "base.csv", comparateur({**FULL, **parts, **whole}))
    assert load(tmp_path / "b", "P_POP", geography=geography)["P_POP"].get("69123").number == 31


def test_the_population_of_the_census_stands_in_for_the_legal_one(tmp_path: Path) -> None:
    write(tmp_path, "base.csv", comparateur(FULL))
    found = load(tmp_path, "PMUN")["PMUN"]
    assert (found.year, found.citation) == (2018, "Insee, Recensement de la population")
    write(
        tmp_path, "populations_2021.csv", "COM;PMUN;PCAP;PTOT\n" + rows("1;0;1", "2;0;2", "3;0;3")
    )
    found = load(tmp_path, "PMUN")["PMUN"]
    assert (found.year, found.citation) == (2021, "Insee, Populations légales")
    assert found.get("35002").number == 2


def test_members_are_only_given_when_they_are_all_known(tmp_path: Path) -> None:
    write(tmp_path, "base.csv", comparateur(FULL))
    statistics = Statistics(scan(tmp_path), Geography(), ["P_POP"])
    found = statistics.choose(["P_POP"], CODES)
    assert statistics.members("EPCI:1", found) == CODES
    assert statistics.members("DEP:35", found) == ()  # three communes are no département
    assert statistics.members("REG:53", found) == ()
    assert statistics.members("FRANCE", found) == ()


def test_a_national_table_lists_every_unit(tmp_path: Path) -> None:
    numbers = [
        f"{dep:02d}{rank:03d}" for dep in range(1, 96) if dep != 20 for rank in range(1, 371)
    ]
    text = "CODGEO;P18_POP\n" + "".join(f"{code};1\n" for code in numbers)
    write(tmp_path, "base.csv", text)
    statistics = Statistics(scan(tmp_path), Geography(), ["P_POP"])
    found = statistics.choose(["P_POP"], CODES)
    assert set(statistics.members("FRANCE", found)) == {commune_of(code) for code in numbers}
    assert statistics.members("DEP:44", found)[:2] == ("44001", "44002")
    assert {code[:2] for code in statistics.members("REG:53", found)} == {"22", "29", "35", "56"}


# Job seekers -----------------------------------------------------------------------------------

DARES = (
    "date;code_commune;type_de_donnees;categorie;sexe;tranche_d_age;nombre_de_demandeurs_d_emploi\n"
)


def dares(*lines: str) -> str:
    return DARES + "".join(f"{line}\n" for line in lines)


def seekers(code: str, date: str, category: str, number: str, kind: str = "Brutes") -> list[str]:
    return [
        f"{date};{code};{kind};{category};Total;Total;{number}",
        f"{date};{code};{kind};{category};Femmes;Total;1",
        f"{date};{code};{kind};{category};Total;Moins de 25 ans;1",
    ]


def test_job_seekers_are_the_sum_of_the_three_categories(tmp_path: Path) -> None:
    lines: list[str] = []
    for category, number in (("A", "10"), ("B", "5"), ("C", "20"), ("D", "90")):
        lines += seekers("35001", "2023-T4", category, number)
    lines += seekers("35002", "2023-T4", "A, B, C", "40")
    lines += seekers("35002", "2023-T3", "A, B, C", "45")
    lines += seekers("35002", "2023-T4", "A, B, C", "41", kind="CVS")
    lines += seekers("35003", "2023-T4", "A", "15")  # B and C are missing
    write(tmp_path, "dares.csv", dares(*lines))
    found = load(tmp_path, "DEFM_ABC")["DEFM_ABC"]
    assert found.get("35001").number == 35
    assert found.get("35002").number == 40
    assert found.get("35003").state is State.ABSENT
    assert (found.year, found.date) == (2023, "4e trimestre 2023")


def test_the_latest_quarter_that_covers_the_communes(tmp_path: Path) -> None:
    lines: list[str] = []
    for code in CODES:
        lines += seekers(code, "2023-T4", "ABC", "10")
    lines += seekers("35001", "2024-T4", "ABC", "99")
    write(tmp_path, "dares.csv", dares(*lines))
    assert load(tmp_path, "DEFM_ABC")["DEFM_ABC"].year == 2023


def test_job_seekers_of_arrondissements_are_added(tmp_path: Path) -> None:
    lines = [line for code in CODES for line in seekers(code, "2023-T4", "ABC", "10")]
    lines += seekers("75101", "2023-T4", "ABC", "10") + seekers("75102", "2023-T4", "ABC", "15")
    write(tmp_path, "dares.csv", dares(*lines))
    found = load(tmp_path, "DEFM_ABC", geography=Geography(codes=(*CODES, "75056")))
    assert found["DEFM_ABC"].get("75056").number == 25


# Cells -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("149.901175097989", 149.901175097989),
        ("50,0", 50.0),
        ("15 156", 15156.0),
        ("1\u202f234,5", 1234.5),
        ("-13,5", -13.5),
        ("\u22122", -2.0),
        ("0", 0.0),
        ("1e3", 1000.0),
    ],
)
def test_numbers_are_read_to_the_digit(text: str, number: float) -> None:
    assert CellReader({}, State.ABSENT).read(text).number == number


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("s", State.SECRET),
        ("S", State.SECRET),
        ("ns", State.SECRET),
        ("nd", State.ABSENT),
        ("N/A - résultat non disponible", State.ABSENT),
        ("N/A - division par 0", State.NOT_APPLICABLE),
        ("N/A - secret statistique", State.SECRET),
        ("///", State.NOT_APPLICABLE),
        ("", State.SECRET),
        ("  ", State.SECRET),
    ],
)
def test_signs_have_a_state(text: str, state: State) -> None:
    assert CellReader({}, State.SECRET).read(text).state is state


def test_a_text_that_is_neither_is_failed_and_reported() -> None:
    reader = CellReader({"ns": "absent"}, State.ABSENT)
    assert reader.read("douze").state is State.FAILED
    assert reader.read("ns").state is State.ABSENT  # the family's own meaning goes first
    assert reader.unreadable == ["douze"]
    assert merged([reader.read("1"), reader.read("douze")], True).state is State.FAILED
