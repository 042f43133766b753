"""Every indicator that the real data allow equals the official figures, to the digit.

``catalogue/indicator_checks.csv`` says for each indicator what it was compared with, or why it
could not be: the rows of this test are compared with what it really did.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.catalogue import indicators, rows
from coodiag.coodiag_plugin.sources.folder import scan
from coodiag.coodiag_plugin.sources.geography import load_geography
from coodiag.coodiag_plugin.sources.statistics import Statistics
from coodiag.tests.real import catalogue_numbers as numbers
from coodiag.tests.real.catalogue_numbers import Check, Places, annual, published, ratio, table

pytestmark = pytest.mark.real

TEST = "tests/real/test_catalogue_real.py"
Checks = dict[str, Check]


@pytest.fixture(scope="module")
def checks(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Checks:
    insee = real_data / "insee"
    return {
        **counted_or_divided(real_data),
        **published_incomes(insee),
        **percentages_of_another(insee, tmp_path_factory.mktemp("questionr")),
        **present_edition(insee),
        **legal_populations(real_data),
    }


def counted_or_divided(real_data: Path) -> Checks:
    """1 850 communes of the comparateur, their EPCI that are whole, and Ille-et-Vilaine."""
    raw = table(real_data / "insee" / "base_cc_comparateur.CSV")
    epcis = table(real_data / "cog" / "EPCI_2020.csv")
    groups = numbers.groups(raw, epcis)
    places = Places(tuple(raw), groups)
    inventory = scan(real_data / "insee")
    ids = [*numbers.RATIOS, *numbers.RATES, *numbers.PUBLISHED]
    result = numbers.figures(inventory, places, ids)
    found: Checks = {}
    for name in [*numbers.RATIOS, *numbers.RATES]:
        check = Check("base du comparateur 2018", "communes, EPCI, département")
        units = {code: [code] for code in raw} | {
            unit: list(codes) for unit, codes in groups.items()
        }
        for unit, codes in units.items():
            lines = [raw[code] for code in codes]
            if name in numbers.RATES:
                wanted = annual(lines, *numbers.RATES[name], years=5)
            else:
                wanted = ratio(lines, *numbers.RATIOS[name])
            few = sum(float(line["ETTOT18"] or 0) for line in lines) < 3
            if few and indicators()[name].secrecy == "units":
                wanted = None
            table_ = result.references if ":" in unit else result.figures
            check.compare(table_.get(unit, name), wanted, f"{name} {unit}")
        found[name] = check
    for name, column in numbers.PUBLISHED.items():
        found[name] = check = Check("base du comparateur (Filosofi 2019)", "communes")
        for code, row in raw.items():
            value = result.figures.get(code, name)
            check.compare(value, published(row[column]), f"{name} {code}")
    return found


def published_incomes(insee: Path) -> Checks:
    """Filosofi 2019: communes, and the EPCI, départements and régions as Insee publishes them."""
    files = {
        "": table(insee / "filosofi" / "FILO2019_DISP_COM.csv"),
        "EPCI:": table(insee / "filosofi" / "FILO2019_DISP_EPCI.csv"),
        "DEP:": table(insee / "filosofi" / "FILO2019_DISP_DEP.csv"),
        "REG:": table(insee / "filosofi" / "FILO2019_DISP_REG.csv"),
    }
    groups: dict[str, tuple[str, ...]] = {
        prefix + code: () for prefix, found in files.items() if prefix for code in found
    }
    places = Places(tuple(files[""]), groups)
    result = numbers.figures(scan(insee / "filosofi"), places, numbers.FILOSOFI)
    checks: Checks = {}
    for name, column in numbers.FILOSOFI.items():
        check = Check("Filosofi 2019", "communes, EPCI, départements, régions")
        for prefix, found in files.items():
            table_ = result.references if prefix else result.figures
            for code, row in found.items():
                wanted = published(row[column])
                if (
                    not prefix
                    and float(row["NBMEN19"]) < 11
                    and column[:3] != "NBM"
                    and column[:3] != "NBP"
                ):
                    wanted = None
                check.compare(table_.get(prefix + code, name), wanted, f"{name} {prefix}{code}")
        checks[name] = check
    return checks


def percentages_of_another(insee: Path, folder: Path) -> Checks:
    """questionr::rp2018: the author's percentages, ours from the same counts under Insee's names."""
    raw = table(insee / "rp2018_communes_2000hab_questionr.csv", "code_insee", ",")
    numbers.laid_out(raw, folder / "base-cc-questionr-2018.csv")
    result = numbers.figures(scan(folder), Places(tuple(raw)), numbers.PERCENTAGES)
    found: Checks = {}
    for name, column in numbers.PERCENTAGES.items():
        found[name] = check = Check(
            "questionr, RP 2018 (formule)", "communes de 2 000 hab. ou plus"
        )
        for code, row in raw.items():
            check.compare(result.figures.get(code, name), float(row[column]), f"{name} {code}")
    return found


def present_edition(insee: Path) -> Checks:
    """The names and signs of the census of 2022, on the communes that both samples hold."""
    raw = dict(numbers.sample(insee))
    names = [*numbers.SAMPLE, "solde_naturel"]
    result = numbers.figures(scan(insee), Places(tuple(raw), cog=2025), names)
    found: Checks = {}
    for name, rule in numbers.SAMPLE.items():
        found[name] = check = Check("dossier complet 2022 (extrait)", "communes")
        for code, row in raw.items():
            wanted = ratio([row], *rule)
            check.compare(result.figures.get(code, name), wanted, f"{name} {code}")
        assert result.years[name] == "2022"
    assert result.years["solde_naturel"] == "2022"  # NAIS1621 closes with the census of 2022
    for code, row in raw.items():
        births = result.figures.get(code, "solde_naturel").number
        assert births == float(row["NAIS1621"]) - float(row["DECE1621"])
    return found


def legal_populations(real_data: Path) -> Checks:
    """Populations of 2021: communes, and the EPCI as the export of Insee's site gives them."""
    inventory = scan(real_data)
    geography = load_geography(inventory)
    raw = table(real_data / "cog" / "populations_legales_2021_communes.csv", "COM")
    portrait = real_data / "expected" / "portrait" / "population-by-commune.json"
    other: dict[str, Any] = json.loads(portrait.read_text(encoding="utf-8"))
    path = real_data / "insee" / "insee_statistiques_locales_EPCI_2021.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines()[2:]
    epcis = {row["Code"]: row for row in csv.DictReader(lines, delimiter=";")}
    people = Statistics(inventory, geography, ["PMUN"]).choose(["PMUN"], tuple(raw))["PMUN"]
    assert people.year == 2021
    same: dict[bool, list[str]] = {True: [], False: []}
    check = Check("populations légales 2021, site de l’Insee", "communes, EPCI")
    for code, row in raw.items():
        check.compare(people.get(code), float(row["PMUN"]), code)
        if code in other:
            same[other[code]["history"]["2021"] == float(row["PMUN"])].append(code)
    assert len(same[True]) > 1000 and len(same[False]) <= 12  # communes that merged since
    whole = 0
    for code, row in epcis.items():
        members = geography.members(f"EPCI:{code}")
        if not members or not set(members) <= set(raw):
            continue
        total = sum(people.get(member).number or 0 for member in members)
        if abs(total - float(row["Population municipale 2021"])) < 0.5:
            whole += 1
            check.units += 1
    assert whole >= 50, "an EPCI of the extract may be whole on its own list only"
    return {"population": check}


def test_each_figure_is_the_official_one(checks: Checks) -> None:
    for name, check in checks.items():
        assert check.units >= 3, name
        assert check.gap < 1e-9, (name, check.gap)
    assert sum(check.states for check in checks.values()) > 1000, "secrets and absences are told"


def test_the_list_of_checks_says_what_was_done(checks: Checks) -> None:
    mine = {row["id"]: row for row in rows("indicator_checks") if row["test"] == TEST}
    assert set(mine) == set(checks)
    for name, row in mine.items():
        check = checks[name]
        said = (row["against"], row["level"], int(row["units"]))
        assert said == (check.against, check.level, check.units), name
        assert check.gap <= float(row["gap"]) + 1e-9, name


def test_deaths_between_censuses_agree_with_the_published_mortality(real_data: Path) -> None:
    """Mean yearly rate 2013–2018 of each EPCI, published to the tenth."""
    insee = real_data / "insee"
    raw = table(insee / "base_cc_comparateur.CSV")
    groups = numbers.groups(raw, table(real_data / "cog" / "EPCI_2020.csv"))
    text = (insee / "insee_rp_evol_1968_epci_2018_tx_mortalite.csv").read_text("utf-8-sig")
    told = {
        row["codgeo"]: float(row["tx_morta"].replace(",", "."))
        for row in csv.DictReader(text.splitlines(), delimiter=";")
        if row["an"] == "2013-2018"
    }
    inventory = scan(insee)
    names = ["DECE", "P_POP", "P_POP~"]
    found = Statistics(inventory, Places(tuple(raw), groups), names).choose(names, tuple(raw))  # type: ignore[arg-type]
    assert {name: variable.year for name, variable in found.items()} == {
        "DECE": 2018,
        "P_POP": 2018,
        "P_POP~": 2013,
    }
    near = 0
    for unit, codes in groups.items():
        if unit[5:] in told and len(codes) > 5:
            deaths, now, then = (sum(found[n].get(c).number or 0 for c in codes) for n in names)
            rate = 1000 * deaths / 5 / ((now + then) / 2)
            near += abs(rate - told[unit[5:]]) < 0.15
    assert near >= 40
