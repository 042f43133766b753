"""Two censuses on the same ground: communes merged or separated between 2013 and 2024 (35, 14).

The raw table of January 2022 (list of 2021) is put on the communes of 2018 or of 2024; populations
and jobs of 2013 and of 2018 must add up on both, and no commune have a figure of another ground.
"""

from __future__ import annotations

import csv
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.analysis.indicators import compute
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.core.values import State
from coodiag.coodiag_plugin.core.variables import Variable
from coodiag.coodiag_plugin.sources.folder import scan
from coodiag.coodiag_plugin.sources.geography import Geography, load_geography
from coodiag.coodiag_plugin.sources.statistics import Statistics

pytestmark = pytest.mark.real

NAMES = {"P_POP": "P18_POP", "P_POP~": "P13_POP", "P_EMPLT": "P18_EMPLT", "P_EMPLT~": "P13_EMPLT"}


@dataclass
class Run:
    geography: Geography
    communes: list[str]
    variables: dict[str, Variable]
    statistics: Statistics
    raw: dict[str, dict[str, str]]

    def cell(self, code: str, name: str) -> float | None:
        text = self.raw[code][NAMES[name]]
        return float(text) if text else None


def started(real_data: Path, folder: Path, dep: str) -> Run:
    """A folder with the contours of 2018, the changes, and two tables of later lists."""
    for name in (
        f"admin/communes_{dep}_france-geojson.geojson",
        "insee/base_cc_comparateur.CSV",
        "cog/mouvements_communes_2024.csv",
        "cog/populations_legales_2021_communes.csv",
    ):
        shutil.copy(real_data / name, folder)
    inventory = scan(folder)
    geography = load_geography(inventory)
    statistics = Statistics(inventory, geography, [*NAMES, "PMUN"], Silent())
    communes = [code for code in geography.communes.index if code.startswith(dep)]
    text = (folder / "base_cc_comparateur.CSV").read_text(encoding="utf-8-sig")
    raw = {row["CODGEO"]: row for row in csv.DictReader(text.splitlines(), delimiter=";")}
    variables = statistics.choose(list(NAMES), communes)
    return Run(geography, communes, variables, statistics, raw)


@pytest.fixture(scope="module")
def ille(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    return started(real_data, tmp_path_factory.mktemp("35"), "35")


@pytest.fixture(scope="module")
def calvados(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    return started(real_data, tmp_path_factory.mktemp("14"), "14")


def test_both_dates_come_from_one_file(ille: Run, calvados: Run) -> None:
    for run in (ille, calvados):
        assert {v.year for v in run.variables.values()} == {2013, 2018}
        assert len({v.provenance.file for v in run.variables.values()}) == 1


@pytest.mark.parametrize("name", NAMES)
def test_merged_communes_are_put_together_at_both_dates(ille: Run, name: str) -> None:
    """345 communes of 2018, 333 of the table, 332 of 2024: nothing lost, nothing twice."""
    assert (ille.geography.cog, len(ille.communes)) == (2024, 332)
    figures = [ille.variables[name].get(code).number for code in ille.communes]
    raw = [ille.cell(code, name) for code in ille.raw if code.startswith("35")]
    assert None not in figures and None not in raw and len(raw) == 333
    assert sum(figures) == pytest.approx(sum(raw))  # type: ignore[arg-type]


def test_the_merger_of_2024_by_hand(ille: Run) -> None:
    """La Chapelle-Fleurigné = La Chapelle-Janson + Fleurigné, at both dates and in the rate."""
    merged = [code for code, _, now in ille.geography.changes.former() if now == ("35062",)]
    old = sorted({code for code in merged if code in ille.raw})
    assert len(old) == 2 and "35062" in old
    for name, variable in ille.variables.items():
        assert variable.get("35062").number == pytest.approx(
            sum(ille.cell(code, name) or 0 for code in old)
        )
    result = compute(ille.variables, {}, ["35062"], ["evolution_population", "evolution_emploi"])
    for indicator, above, below in (
        ("evolution_population", "P_POP", "P_POP~"),
        ("evolution_emploi", "P_EMPLT", "P_EMPLT~"),
    ):
        last, first = (sum(ille.cell(code, n) or 0 for code in old) for n in (above, below))
        expected = 100 * ((last / first) ** (1 / 5) - 1)
        assert result.figures.get("35062", indicator).number == pytest.approx(expected)


def test_a_list_with_a_commune_separated_since_stays_at_its_year(calvados: Run) -> None:
    assert (calvados.geography.cog, len(calvados.communes)) == (2018, 537)


@pytest.mark.parametrize("name", NAMES)
def test_saline_is_troarn_and_sannerville(calvados: Run, name: str) -> None:
    """Merged in 2017, separated on 31 December 2019: the table of 2021 gives the two parts."""
    parts = [calvados.cell(code, name) for code in ("14666", "14712")]
    found = calvados.variables[name].get("14712")
    if None in parts:
        assert found.number is None
    else:
        assert found.number == pytest.approx(sum(parts))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", NAMES)
def test_no_commune_has_the_figures_of_another_ground(calvados: Run, name: str) -> None:
    """On the list of 2018 a commune merged by 2021 has no figure; the others have their own."""
    run, hidden = calvados, []
    after = {code: run.geography.changes.current(code, 2018, 2021) for code in run.communes}
    for code in run.communes:
        sharing = [other for other in run.communes if set(after[other]) & set(after[code])]
        value = run.variables[name].get(code)
        if sharing != [code]:
            assert value.state is State.ABSENT
            hidden.append(code)
        else:
            parts = [run.cell(part, name) for part in after[code]]
            if None not in parts:
                assert value.number == pytest.approx(sum(parts))  # type: ignore[arg-type]
    assert len(hidden) == 16 and "14712" not in hidden


def test_the_reason_is_told(calvados: Run) -> None:
    result = compute(calvados.variables, {}, calvados.communes, ["evolution_population"])
    assert "16\u00a0communes séparées ou réunies" in result.notes["evolution_population"]


def test_the_populations_of_2021_follow_the_same_list(ille: Run) -> None:
    """Another table, on the list of 2023, meets the census of 2018 on the communes of 2024."""
    legal = ille.statistics.choose(["PMUN"], ille.communes)["PMUN"]
    assert legal.year == 2021
    figures = [legal.get(code).number for code in ille.communes]
    assert None not in figures
    growth = [
        now / (ille.variables["P_POP"].get(code).number or 1)
        for code, now in zip(ille.communes, figures)
        if now is not None
    ]
    assert min(growth) > 0.8 and max(growth) < 1.25  # a merger missed would show as 0.5 or 2
