"""``coodiag:indicators`` on the demonstration: every counted figure is the one counted apart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.analysis.indicators import IndicatorResult
from coodiag.coodiag_plugin.core.catalogue import indicators
from coodiag.coodiag_plugin.core.profiles import load_profile
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.core.territory import Territory
from coodiag.coodiag_plugin.core.values import State
from coodiag.coodiag_plugin.demo.generate import DemoPaths
from coodiag.coodiag_plugin.qgis_bridge.indicators import compute_indicators
from coodiag.coodiag_plugin.qgis_bridge.territory import build_territory
from coodiag.coodiag_plugin.sources.folder import scan
from coodiag.coodiag_plugin.sources.geography import load_geography
from coodiag.processing_algorithms.indicators import ComputeIndicators
from coodiag.tests.qgis.demo_counts import DemoCounts, read
from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProcessingUtils

MINE = [name for name, row in indicators().items() if row.theme in ("equipements", "ess")]


@pytest.fixture(scope="module")
def counts(demo: DemoPaths) -> DemoCounts:
    return DemoCounts(demo.data_folder)


@pytest.fixture(scope="module")
def territory(demo: DemoPaths) -> Territory:
    return load_geography(scan(demo.data_folder)).resolve(demo.territory)


@pytest.fixture(scope="module")
def result(demo: DemoPaths, territory: Territory) -> IndicatorResult:
    inventory = scan(demo.data_folder)
    return compute_indicators(inventory, load_geography(inventory), territory, MINE, Silent())


def test_every_indicator_has_a_figure_in_the_demonstration(
    result: IndicatorResult, territory: Territory
) -> None:
    assert not result.missing and not result.failed
    for name in MINE:
        assert result.sources[name] and result.years[name], name
        assert any(result.figures.get(code, name).known for code in territory.communes), name


def test_figures_of_the_communes_are_those_counted_apart(
    result: IndicatorResult, counts: DemoCounts, territory: Territory
) -> None:
    compared: set[str] = set()
    for code in territory.communes:
        for name, expected in counts.figures([code]).items():
            value = result.figures.get(code, name)
            if value.state is State.SECRET:
                assert indicators()[name].secrecy == "units"
                continue
            assert value.number == pytest.approx(expected, rel=1e-12), (code, name)
            compared.add(name)
    assert len(compared) > 60


def test_figures_of_the_territory_are_those_counted_apart(
    result: IndicatorResult, counts: DemoCounts, territory: Territory
) -> None:
    for name, expected in counts.figures(territory.communes).items():
        value = result.references.get("TERRITOIRE", name)
        assert value.number == pytest.approx(expected, rel=1e-12), name
    low, high, every = counts.jobs(territory.communes)
    shown = {name: result.references.get("TERRITOIRE", name).number for name in MINE}
    assert (shown["ess_emplois_bas"], shown["ess_emplois_haut"]) == (low, high)
    assert shown["ess_emplois_estimes"] == (low + high) / 2
    assert shown["emplois_registre_estimes"] == every
    assert shown["part_ess_emplois"] == pytest.approx(50 * (low + high) / every)


def test_the_whole_departement_is_a_reference_and_france_is_not(
    result: IndicatorResult, counts: DemoCounts, demo: DemoPaths
) -> None:
    everyone = [
        row["COM"]
        for row in read(demo.data_folder / "v_commune_2024.csv", ",")
        if row["TYPECOM"] == "COM"
    ]
    for name in ("pharmacies", "ess_employeurs", "siae", "quartiers_prioritaires"):
        assert result.references.get("DEP:53", name).number == counts.figures(everyone)[name]
        assert result.references.get("FRANCE", name).state is State.ABSENT
        assert "France" in result.notes[name] and "pas comptées" in result.notes[name]


def test_the_table_of_the_observatory_is_read_at_both_levels(
    result: IndicatorResult, demo: DemoPaths, territory: Territory
) -> None:
    rows = {row["CODGEO"]: row for row in read(demo.data_folder / "ess_emplois_communes_2022.csv")}
    columns = {
        "ess_emplois_observes": "ESS_EMPLOIS22",
        "ess_etablissements_observes": "ESS_ETAB22",
        "ess_emplois_associations": "ESS_EMPLOIS_ASSO22",
        "ess_emplois_cooperatives": "ESS_EMPLOIS_COOP22",
        "ess_emplois_mutuelles": "ESS_EMPLOIS_MUT22",
        "ess_emplois_fondations": "ESS_EMPLOIS_FOND22",
    }
    for code in territory.communes:
        for name, column in columns.items():
            cell, value = rows[code][column], result.figures.get(code, name)
            assert value.state is State.SECRET if cell == "s" else value.number == float(cell)
    share = result.figures.get(territory.communes[0], "part_ess_emplois_flores")
    assert share.state in (State.KNOWN, State.SECRET)
    assert result.sources["part_ess_emplois_flores"] == "Observatoire de l’ESS (CRESS) 2022"
    assert "Urssaf" in result.sources["part_ess_emplois_prives"], "never mixed with the others"


def test_estimated_jobs_hide_the_few_and_the_dominant(
    result: IndicatorResult, counts: DemoCounts, territory: Territory
) -> None:
    for name in ("ess_emplois_estimes", "ess_emplois_bas", "ess_emplois_haut"):
        for code in territory.communes:
            if result.figures.get(code, name).number:
                assert counts.figures([code])["ess_employeurs"] >= 3, (name, code)
    hidden = [
        c for c in territory.communes if not result.figures.get(c, "ess_emplois_estimes").known
    ]
    assert len(hidden) > 1


def test_the_algorithm_gives_the_same_figures(
    demo: DemoPaths, result: IndicatorResult, qgis_app: Any, qgis_processing: Any
) -> None:
    found = build_territory(
        demo.territory, scan(demo.data_folder), neighbours=False, progress=Silent()
    )
    context = QgsProcessingContext()
    algorithm = ComputeIndicators().create()
    parameters = {
        "COMMUNES": found.communes,
        "PROFILE": "ess",
        "DATA_FOLDER": str(demo.data_folder),
        **dict.fromkeys(("INDICATORS", "REFERENCES", "PROVENANCE"), "TEMPORARY_OUTPUT"),
    }
    results, done = algorithm.run(parameters, context, QgsProcessingFeedback(False), {}, False)
    assert done
    printed = [name for name in load_profile("ess").indicator_ids() if name in MINE]
    assert len(printed) > 10
    layer = QgsProcessingUtils.mapLayerFromString(results["INDICATORS"], context)
    rows = [item.attributeMap() for item in layer.getFeatures()]
    assert len(rows) == 45
    for row in rows:
        for name in printed:
            value = result.figures.get(row["codgeo"], name)
            assert row[f"{name}_etat"] == value.state.value, name
            assert (row[name] or None) == (value.number or None), name
    sources = QgsProcessingUtils.mapLayerFromString(results["PROVENANCE"], context)
    files = {item["dataset"] for item in sources.getFeatures()}
    assert {"sirene_etablissement", "sirene_unite_legale"} <= files


def test_the_demonstration_names_nobody_in_its_new_files(demo: DemoPaths) -> None:
    for path in Path(demo.data_folder).glob("*"):
        if path.name.startswith(("BPE", "siae", "data_inclusion", "liste_france", "ess_emplois")):
            assert "PERSONNE FICTIVE" not in path.read_text("utf-8-sig")
