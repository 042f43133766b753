"""The catalogue on the demonstration: every indicator has figures, those of its formula, and parts add up."""

from __future__ import annotations

import csv
import io
import math
import re
import zipfile
from collections import Counter
from pathlib import Path
from typing import Optional

import pytest
from coodiag.coodiag_plugin.analysis.indicators import IndicatorResult, compute, variable_names
from coodiag.coodiag_plugin.core.catalogue import Indicator, indicators, rows
from coodiag.coodiag_plugin.core.values import State
from coodiag.coodiag_plugin.demo.generate import DemoPaths
from coodiag.coodiag_plugin.sources.folder import scan
from coodiag.coodiag_plugin.sources.geography import load_geography
from coodiag.coodiag_plugin.sources.statistics import Statistics
from coodiag.tests.real.catalogue_numbers import chosen

THEMES = [
    "demographie",
    "familles",
    "enfance",
    "social",
    "emploi",
    "formation",
    "economie",
    "deplacements",
    "logement",
    "recrutement",
]
MINE = [row for row in indicators().values() if row.theme in THEMES]
#: The age groups of the diagnosis: together, everybody once.
AGES = ["0_2", "3_5", "6_10", "11_17", "18_24", "25_29", "30_59", "60_74", "75_plus"]
Cells = dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def result(demo: DemoPaths) -> IndicatorResult:
    inventory = scan(demo.data_folder)
    geography = load_geography(inventory)
    communes = tuple(geography.resolve(demo.territory).communes)
    ids = [row.id for row in MINE]
    statistics = Statistics(inventory, geography, variable_names(ids))
    found = IndicatorResult()
    for name in ids:
        variables = chosen(statistics, name, communes)
        found.update(compute(variables, {"TERRITOIRE": communes}, communes, [name]))
    return found


@pytest.fixture(scope="module")
def raw(demo: DemoPaths) -> Cells:
    """Cells of every column of Insee's tables by commune, read with the csv module alone."""
    cells: Cells = {}
    folder = demo.data_folder
    with zipfile.ZipFile(folder / "base_cc_comparateur_csv.zip") as archive:
        texts = [archive.read("base_cc_comparateur.CSV").decode("utf-8-sig")]
    paths = [*sorted(folder.glob("base-cc-*.CSV")), folder / "cc_filosofi_2021_COM.csv"]
    texts += [path.read_text(encoding="utf-8-sig") for path in paths]
    for text in texts:
        for row in csv.DictReader(io.StringIO(text), delimiter=";"):
            cells.setdefault(row["CODGEO"], {}).update(row)
    for row in csv.DictReader(
        (folder / "FILO2021_DISP_COM.csv").read_text(encoding="utf-8-sig").splitlines(),
        delimiter=";",
    ):
        cells[row["CODGEO"]]["GI21"] = row["GI21"]
    iris = (folder / "base-ic-evol-struct-pop-2021.CSV").read_text(encoding="utf-8-sig")
    for row in csv.DictReader(iris.splitlines(), delimiter=";"):
        for band in ("0002", "0305"):
            column = f"P21_POP{band}"
            before = float(cells[row["COM"]].get(column, "0"))
            cells[row["COM"]][column] = repr(before + float(row[column]))
    return cells


def value(row: dict[str, str], name: str) -> Optional[float]:
    """A variable in the raw cells: newest column, or the one before for ``X~``."""
    base = name.rstrip("~")
    pattern = (
        f"{base[0]}(\\d\\d){base[1:]}" if base[:2] in ("P_", "C_") else f"{base}(\\d\\d|\\d{{4}})"
    )
    if base in row:
        text = row[base]
    else:
        found = sorted(
            (match.group(1)[-2:], column)
            for column in row
            if (match := re.fullmatch(pattern, column)) is not None
        )
        text = row[found[-2 if name.endswith("~") else -1][1]]
    return float(text.replace(",", ".")) if text not in ("", "s") else None


def total(row: dict[str, str], formula: str) -> Optional[float]:
    parts = re.findall(r"([+-]?)([A-Z]\w*~?)", formula)
    numbers = [(sign, value(row, name)) for sign, name in parts]
    if any(number is None for _, number in numbers):
        return None
    return math.fsum(-(n or 0.0) if sign == "-" else (n or 0.0) for sign, n in numbers)


def of_insee(row: Indicator) -> bool:
    names = variable_names([row.id])
    return "PMUN" not in names and not any(n.startswith(("DEFM", "CAF", "URSSAF")) for n in names)


@pytest.mark.parametrize("row", [row for row in MINE if of_insee(row)], ids=lambda row: row.id)
def test_a_figure_is_its_formula_on_the_columns_of_the_files(
    row: Indicator, result: IndicatorResult, raw: Cells
) -> None:
    known = 0
    for code, column in result.figures.cells.items():
        figure, cells = column[row.id], raw[code]
        above, below = total(cells, row.numerator), total(cells, row.denominator or "SUPERF")
        if figure.number is None:
            few = row.secrecy == "units" and (value(cells, "ETTOT") or 0) < 3
            assert above is None or not below or few, (code, figure.state)
            continue
        assert above is not None and below
        wanted = above if not row.denominator else row.multiplier * above / below
        if row.kind == "evolution":
            wanted = row.multiplier * ((above / below) ** (1 / 6) - 1)
        assert figure.number == pytest.approx(wanted, rel=1e-9, abs=1e-9), code
        known += 1
    assert known >= 5


def test_every_indicator_has_figures_in_the_demonstration(result: IndicatorResult) -> None:
    states = {
        row.id: Counter(column[row.id].state for column in result.figures.cells.values())
        for row in MINE
    }
    assert [name for name, found in states.items() if not found[State.KNOWN]] == []
    assert len(MINE) >= 95 and len(indicators()) >= 120


def test_the_age_groups_hold_everybody_once(result: IndicatorResult) -> None:
    units = [*result.figures.cells.values(), result.references.cells["TERRITOIRE"]]
    for column in units:
        people = column["population_rp"].number
        stocks = [column[f"pop_{age}"].number for age in AGES]
        shares = [column[f"part_{age}"].number for age in AGES]
        assert None not in stocks and None not in shares
        assert math.fsum(stocks) == pytest.approx(people, rel=1e-9)
        assert math.fsum(shares) == pytest.approx(100, rel=1e-9)
        early = column["pop_0_2"].number + column["pop_3_5"].number
        assert column["pop_0_5"].number == pytest.approx(early, rel=1e-9)


@pytest.mark.parametrize(
    "parts",
    [
        "part_couples_avec_enfants part_couples_sans_enfant part_familles_mono",
        "part_actifs_agriculteurs part_actifs_artisans part_actifs_cadres "
        "part_actifs_intermediaires part_actifs_employes part_actifs_ouvriers",
        "part_sans_diplome part_brevet part_cap_bep part_bac part_bac_2 part_bac_3_4 part_bac_5",
        "emplois_agriculture emplois_industrie emplois_construction emplois_commerce_services "
        "emplois_publics",
        "part_agriculture part_industrie part_construction part_commerce_services "
        "part_services_publics",
        "part_employeurs_1_9 part_employeurs_10",
        "part_travail_voiture part_travail_transports part_travail_velo part_travail_marche "
        "part_travail_deux_roues part_sans_deplacement",
        "part_travail_commune part_travail_hors_commune",
        "part_maisons part_appartements",
    ],
)
def test_shares_of_one_whole_make_a_hundred(parts: str, result: IndicatorResult) -> None:
    for column in [*result.figures.cells.values(), result.references.cells["TERRITOIRE"]]:
        found = [column[name].number for name in parts.split()]
        if None not in found:
            assert math.fsum(found) == pytest.approx(100, rel=1e-9)


def test_shares_stay_between_nothing_and_everything(result: IndicatorResult) -> None:
    for row in MINE:
        if row.unit != "%" or row.kind != "rate" or "pour 100" in row.label:
            continue
        for column in result.figures.cells.values():
            number = column[row.id].number
            assert number is None or -1e-9 <= number <= 100 + 1e-9, (row.id, number)


def test_labels_and_short_labels_tell_indicators_apart() -> None:
    for texts in ([row.label for row in MINE], [row.short for row in MINE]):
        assert [text for text, count in Counter(texts).items() if count > 1] == []
    assert max(len(row.short) for row in MINE) <= 31


def test_every_indicator_says_what_it_was_checked_against_or_why_not() -> None:
    listed = rows("indicator_checks")
    ids = [row["id"] for row in listed]
    assert sorted(ids) == sorted(indicators())
    for row in listed:
        if row["why"]:
            assert not row["against"] and not row["test"] and row["why"].endswith("."), row["id"]
        else:
            assert row["against"] and row["level"] and int(row["units"]) > 0, row["id"]
            assert float(row["gap"]) >= 0 and (Path(__file__).parents[2] / row["test"]).is_file()
    assert sum(not row["why"] for row in listed) >= 80
