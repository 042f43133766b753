"""The crossings of a run on the demonstration: layers, figures, journal and pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.catalogue import layer_fields
from coodiag.coodiag_plugin.core.profiles import Page, load_profile
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.core.territory import Territory
from coodiag.coodiag_plugin.core.wanted import OfficialSource
from coodiag.coodiag_plugin.demo.generate import DemoPaths
from coodiag.coodiag_plugin.edition.materials import SheetMaterial
from coodiag.coodiag_plugin.edition.sheets.paradox import paradox_sheet
from coodiag.coodiag_plugin.edition.sheets.portfolio import portfolio_sheet
from coodiag.coodiag_plugin.edition.sheets.qualification import qualification_sheet
from coodiag.coodiag_plugin.edition.sheets.supply import supply_sheet
from coodiag.coodiag_plugin.qgis_bridge.layers import records
from coodiag.coodiag_plugin.qgis_bridge.pipeline import (
    crossings,
    data,
    people,
    portfolio,
    qualification,
    supply,
    zones,
)
from coodiag.coodiag_plugin.qgis_bridge.pipeline.network import road_graph
from coodiag.coodiag_plugin.qgis_bridge.pipeline.options import Options, Run
from coodiag.coodiag_plugin.qgis_bridge.recruitment import PRIORITY
from coodiag.coodiag_plugin.sources.folder import scan


@dataclass
class Ready:
    """A run whose data are read and whose people are located."""

    run: Run
    territory: Territory
    result: Any
    graph: Any


@pytest.fixture(scope="module")
def ready(qgis_app: Any, shared_cache: None, demo: DemoPaths) -> Iterator[Ready]:
    with pytest.MonkeyPatch.context() as patch:
        needed = (*data.NEEDED, PRIORITY, *supply.needed(), *qualification.needed())
        patch.setattr(data, "NEEDED", tuple(dict.fromkeys(needed)))
        options = Options(
            demo.territory, "Association Exemple (fictive)", "coodiag",
            OfficialSource("folder", demo.data_folder), Path("nowhere"), "2026-03-31",
            sites=demo.sites, clients=demo.clients, beneficiaries=demo.beneficiaries,
        )  # fmt: skip
        run = Run(options, load_profile("coodiag"), scan(demo.data_folder), demo=True)
        tables = people.import_files(run, Silent())
        territory, result = data.read_territory(run, Silent())
        data.read_places(run, territory, Silent())
        people.locate_files(run, tables, data.ban_files_of(run), territory.crs, Silent())
        run.layers["sites"] = zones.sites_layer(run, territory.crs)
        graph = road_graph(run, territory, Silent())
        reference = {name: result.references.get("TERRITOIRE", name) for name in data.NEEDED}
        crossings.recruitment(run, graph, reference, result.sources, Silent())
        supply.step(run, territory, result, graph, Silent())
        qualification.step(run, territory, result, Silent())
        portfolio.step(run, territory, Silent())
        yield Ready(run, territory, result, graph)
        # The layers go before QGIS does.
        run.layers.clear()
        run.located.clear()
        run.results.clear()
        run.register = run.roads = None


def rows(ready: Ready, layer: str) -> list[dict[str, Any]]:
    return [row for row, _ in records(ready.run.layers[layer])]


def page(kind: str, chart: str = "") -> Page:
    return Page(kind, "Titre", sheet=kind, chart=chart)


def section(run: Run, title: str) -> str:
    found = next(lines for name, lines in run.journal.sections if name == title)
    return " ".join(found).replace("\u202f", " ").replace("\xa0", " ")


def test_the_factors_stand_in_the_layer_of_the_crossing(ready: Ready) -> None:
    found = rows(ready, "recrutement")
    missed = {"eloignee", "proche_non_touchee", "proche_qpv"}
    assert len(found) == len(ready.territory.communes)
    assert {row["type"] for row in found if row["facteurs"]} <= missed
    assert all(row["facteurs"] for row in found if row["type"] in missed)
    assert all("Distance" in row["facteurs"] for row in found if row["type"] == "eloignee")
    assert any((row[PRIORITY] or 0) > 0 for row in found), "the demonstration has neighbourhoods"
    assert "peu touchée malgré un besoin marqué" in section(ready.run, "Croisement du recrutement")


def test_the_page_of_the_paradox_adds_up(ready: Ready) -> None:
    paradox = ready.run.results["recrutement"].paradox
    material = paradox_sheet(page("paradox"), paradox, who="demandeurs d’emploi")
    assert isinstance(material, SheetMaterial)
    assert sum(item.communes for item in paradox.types) == len(ready.territory.communes)
    assert sum(item.share.number for item in paradox.types) == pytest.approx(100)
    assert sum(item.split.number for item in paradox.factors) == pytest.approx(100)
    few = [item.beneficiaries.number for item in paradox.types if item.beneficiaries.known]
    assert not any(0 < count < 5 for count in few)


def test_the_layer_of_the_services_has_the_fields_of_the_catalogue(ready: Ready) -> None:
    layer = ready.run.layers["offre_demande"]
    found = ready.run.results["offre_demande"]
    names = set(layer.fields().names())
    measured = {item.id for item in found.supply.services}
    assert measured <= {field for name, field in layer_fields() if name == "offre_demande"}
    for name in measured:
        assert {name, f"{name}_etat", f"{name}_lieux"} <= names
        assert found.territory(name).known
    assert layer.featureCount() == len(ready.territory.communes)
    assert layer.crs().authid() == ready.territory.crs


def test_places_of_the_communes_are_those_of_the_territory(ready: Ready) -> None:
    found = rows(ready, "offre_demande")
    for item in ready.run.results["offre_demande"].supply.services:
        inside = sum(row[f"{item.id}_lieux"] or 0 for row in found)
        assert inside == item.supply.number, item.id
        none = [row for row in found if row[f"{item.id}_etat"] == "connu" and row[item.id] == 0]
        assert len(none) <= item.without.number


def test_services_counted_by_commune_are_compared(ready: Ready) -> None:
    supply_of = ready.run.results["offre_demande"].supply
    assert any(value.known for item in supply_of.services for value in item.references)
    material = supply_sheet(page("supply", "index"), supply_of)
    assert isinstance(material, SheetMaterial)
    assert "sans accès" in section(ready.run, "Offre de services et population concernée")


def test_without_roads_the_reach_is_in_kilometres(ready: Ready) -> None:
    before = dict(ready.run.layers), dict(ready.run.results)
    supply.step(ready.run, ready.territory, ready.result, None, Silent())
    found = ready.run.results["offre_demande"].supply
    assert all(item.reach.endswith("vol d’oiseau") for item in found.services)
    ready.run.layers.update(before[0])
    ready.run.results.update(before[1])


def test_qualification_of_the_communes(ready: Ready) -> None:
    found = rows(ready, "qualification")
    assert {row["status"] for row in found} <= {"connu", "n.s.", "absent", "sans_objet"}
    assert any(row["status"] == "n.s." for row in found) and any(
        row["status"] == "connu" for row in found
    )
    result = ready.run.results["qualification"]
    assert result.territory("index").known and result.territory("rate").known
    assert "2021" in result.method
    material = qualification_sheet(page("qualification"), result.found)
    assert isinstance(material, SheetMaterial)


def test_the_portfolio_of_the_demonstration(ready: Ready) -> None:
    found = ready.run.results["portefeuille"].found
    assert found.located.number == ready.run.located["clients"].count
    assert found.establishments.number == ready.run.register.featureCount()
    for table in found.tables:
        for row in table.rows:
            assert not 0 < (row.clients.number or 0) < 5
    material = portfolio_sheet(page("portfolio"), found, minimum=5)
    assert isinstance(material, SheetMaterial) and material.sentence.startswith("Plus fréquentes")


def test_nobody_is_named(ready: Ready) -> None:
    """Neither a client nor a beneficiary stands in what the crossings leave to be printed."""
    names = {
        str(row[field])
        for role in ("clients", "beneficiaries")
        for row, _ in records(ready.run.located[role].layer)
        for field in ("name", "address", "siret")
        if row.get(field) and len(str(row[field])) > 5
    }
    said = repr([ready.run.results, ready.run.method])
    for layer in ("offre_demande", "qualification", "recrutement"):
        said += repr(rows(ready, layer))
    assert not [name for name in names if name in said]
