"""Typology, specialisations and similar territories of the demonstration, as layers and pages."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

import pytest
from coodiag.coodiag_plugin.analysis.clusters import traits
from coodiag.coodiag_plugin.analysis.indicators import IndicatorResult
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.core.profiles import Chapter, Page, Similar
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.core.territory import Territory, parts
from coodiag.coodiag_plugin.core.values import State
from coodiag.coodiag_plugin.demo.generate import DemoPaths
from coodiag.coodiag_plugin.edition.materials import PageMaterial, SheetMaterial
from coodiag.coodiag_plugin.edition.sheets.similar import similar_sheet
from coodiag.coodiag_plugin.edition.sheets.specialisation import specialisation_sheet
from coodiag.coodiag_plugin.qgis_bridge.indicators import compute_indicators, unit_key
from coodiag.coodiag_plugin.qgis_bridge.layers import TEXT, memory_layer, records
from coodiag.coodiag_plugin.qgis_bridge.pipeline.territory_sheets import (
    ecosystem_specialised,
    likened,
    specialised,
)
from coodiag.coodiag_plugin.qgis_bridge.pipeline.typology_page import (
    kinds_material,
    specificities_result,
    typology_result,
)
from coodiag.coodiag_plugin.qgis_bridge.similar_territories import SimilarTerritories, find_similar
from coodiag.coodiag_plugin.qgis_bridge.specialisation import (
    find_specialisation,
    specialisation_variables,
    specificities_layer,
)
from coodiag.coodiag_plugin.qgis_bridge.territory import build_territory
from coodiag.coodiag_plugin.qgis_bridge.typology import find_typology, typology_ids
from coodiag.coodiag_plugin.sources.folder import Inventory, scan
from coodiag.coodiag_plugin.sources.geography import Geography
from qgis.core import QgsApplication, QgsGeometry, QgsVectorLayer

#: How similar territories are found, as a profile says it.
BY = Similar(
    (
        "densite",
        "evolution_population",
        "taille_menages",
        "niveau_vie_median",
        "taux_chomage",
        "part_proprietaires",
        "part_residences_secondaires",
        "concentration_emploi",
    )
)
CHAPTER = Chapter("territoire", "Le territoire", "demographie", ())


@dataclass
class Demo:
    inventory: Inventory
    geography: Geography
    territory: Territory
    communes: QgsVectorLayer
    result: IndicatorResult
    similar: SimilarTerritories

    @property
    def names(self) -> dict[str, str]:
        return {str(row["codgeo"]): str(row["nom"]) for row, _ in records(self.communes)}


@pytest.fixture(scope="module")
def run(demo: DemoPaths, qgis_app: QgsApplication) -> Demo:
    inventory = scan(demo.data_folder)
    found = build_territory(demo.territory, inventory, neighbours=False, progress=Silent())
    similar = find_similar(inventory, found.geography, found.territory, BY, Silent())
    territory = replace(found.territory, references=(*found.territory.references, similar.unit))
    result = compute_indicators(
        inventory, found.geography, territory, (*typology_ids(), *BY.indicators), Silent()
    )
    return Demo(inventory, found.geography, territory, found.communes, result, similar)


def ground(run: Demo, layer: str, result: object) -> Any:
    """As much of a run as a page needs."""
    return SimpleNamespace(run=SimpleNamespace(results={layer: result}), names=run.names)


def test_every_commune_has_a_class_or_a_reason(run: Demo) -> None:
    found = find_typology(
        run.inventory, run.geography, run.territory, run.communes, run.result, Silent()
    )
    rows = {str(row["codgeo"]): row for row, _ in records(found.layer)}
    assert set(rows) == set(run.territory.communes)
    assert {field.name() for field in found.layer.fields()} == {
        "codgeo", "nom", "type", "type_etat", "type_label",
    }  # fmt: skip
    held = Counter(row["type"] for row in rows.values() if row["type_etat"] == "connu")
    assert held == {f"classe_{key}": size for key, size in found.sizes.items()}
    assert 3 <= len(found.clusters.groups) <= 6
    assert found.layer.crs().authid() == "EPSG:2154"


def test_the_figures_of_a_class_are_sums_over_sums(run: Demo) -> None:
    found = find_typology(
        run.inventory, run.geography, run.territory, run.communes, run.result, Silent()
    )
    group = found.clusters.groups[0]
    ids = ("chomeurs", "actifs")
    counts = compute_indicators(run.inventory, run.geography, run.territory, ids, Silent()).figures
    unemployed, active = (
        sum(counts.get(code, name).number or 0 for code in group.members) for name in ids
    )
    rate = found.means[group.key]["taux_chomage"].number
    assert rate == pytest.approx(100 * unemployed / active)
    assert found.means[group.key]["niveau_vie_median"].state is State.ABSENT


def test_the_page_of_the_typology(run: Demo) -> None:
    found = find_typology(
        run.inventory, run.geography, run.territory, run.communes, run.result, Silent()
    )
    page = Page(
        "types", "Des communes qui se ressemblent", "typology", "typologie", field="type_label"
    )
    made = kinds_material(
        ground(run, "typologie", typology_result(found)), CHAPTER, page, found.layer
    )
    assert isinstance(made, PageMaterial)
    names = [group.name for group in found.clusters.groups]
    assert [label for _, _, label in made.design.categories] == names
    assert sum(made.design.counts) == len(run.territory.communes)
    assert "Ward" in made.method and all(name in made.method for name in names)
    assert any(name in made.sentence for name in names)


def test_a_territory_of_few_communes_has_no_typology(run: Demo) -> None:
    few = replace(run.territory, communes=run.territory.communes[:6])
    with pytest.raises(InputError, match="6 communes"):
        find_typology(run.inventory, run.geography, few, run.communes, run.result, Silent())


def test_the_similar_territories_are_a_reference_like_any_other(run: Demo) -> None:
    unit, keys = run.similar.unit, [item.unit for item in run.similar.likeness.found]
    assert unit.level == "SIMILAR" and parts(unit_key(unit)) == tuple(keys)
    codes = run.geography.members(unit_key(unit))
    assert set(codes).isdisjoint(run.territory.communes)
    together = replace(run.territory, communes=codes, neighbours=(), references=())
    ids = ("taux_chomage", "densite", "evolution_population", "part_sans_voiture")
    alone = compute_indicators(run.inventory, run.geography, together, ids, Silent())
    for name in ids:
        assert run.result.references.get(unit_key(unit), name) == alone.references.get(
            "TERRITOIRE", name
        )
    if len(keys) > 1:
        median = run.result.references.get(unit_key(unit), "niveau_vie_median")
        assert median.state is State.ABSENT


def test_the_sheet_of_similar_territories(run: Demo) -> None:
    page = Page("proches", "Qui nous ressemble ?", sheet="similar")
    made = similar_sheet(page, likened(run.similar, run.territory, run.result))
    tables = [block.table for block in made.blocks if block.table]
    assert [row.label for row in tables[0].rows] == run.similar.names()
    assert len(tables[1].rows) == len(run.similar.likeness.used)
    assert run.similar.names()[0] in made.sentence


def test_alone_of_its_kind_a_territory_has_no_similar_one(run: Demo) -> None:
    whole = run.geography.resolve("DEP:53")
    with pytest.raises(InputError, match="0 other territories"):
        find_similar(run.inventory, run.geography, whole, BY, Silent())


def test_a_commune_is_compared_with_communes(run: Demo) -> None:
    code = run.territory.communes[0]
    one = run.geography.resolve(f"COM:{code}")
    found = find_similar(run.inventory, run.geography, one, BY, Silent())
    assert len(found.units) == 5 and all(unit.level == "COM" for unit in found.units)
    assert code not in [unit.code for unit in found.units]
    assert found.unit.name == "5\u00a0communes semblables"


def test_specialisations_on_their_sheet_and_map(run: Demo) -> None:
    found = find_specialisation(run.inventory, run.geography, run.territory, Silent())
    assert [item.family.id for item in found] == ["employeurs", "emplois"]
    for item in found:
        shares = [line.share.number for line in item.quotients if line.share.number is not None]
        assert sum(shares) == pytest.approx(100)
    page = Page("specialites", "De quoi vit-on ?", sheet="specialisation")
    made = specialisation_sheet(page, specialised(found, run.territory))
    assert isinstance(made, SheetMaterial) and made.sentence
    layer, labels = specificities_layer(run.communes, found[0])
    rows = [row for row, _ in records(layer)]
    assert {row["codgeo"] for row in rows} == set(run.territory.communes)
    assert {row["type"] for row in rows if row["type_etat"] == "connu"} <= set(labels)
    map_page = Page("carte", "Qui se distingue ?", "typology", "specificites", field="type_label")
    shown = kinds_material(
        ground(run, "specificites", specificities_result(found[0], labels)),
        CHAPTER, map_page, layer,
    )  # fmt: skip
    assert isinstance(shown, PageMaterial) and shown.design.categories


def test_the_variables_are_those_of_the_families() -> None:
    assert {"ETBE", "ETGZ", "C_EMPLT_INDUS"} <= set(specialisation_variables())
    assert set(typology_ids()) >= {trait.indicator for trait in traits()}


def register(sections: list[tuple[str, bool]]) -> QgsVectorLayer:
    columns = {"section": TEXT, "ess": TEXT, "ess_family": TEXT}
    rows = (
        ({"section": s, "ess": "1" if ess else None, "ess_family": None}, QgsGeometry())
        for s, ess in sections
    )
    return memory_layer("etablissements", columns, "Point", "EPSG:2154", rows)


def test_the_ess_against_the_whole_fabric(qgis_app: QgsApplication) -> None:
    """6 of 10 ESS in Q, which holds 20 of 100: 60 % against 20 %, index 300."""
    rows = [("Q", True)] * 6 + [("Q", False)] * 14 + [("G", True)] * 4 + [("G", False)] * 76
    (item,) = ecosystem_specialised(register(rows))
    lines = {line.label: line for line in item.lines}
    assert lines["Santé et action sociale"].quotient.number == pytest.approx(300)
    assert ecosystem_specialised(register([("G", False)])) == []


def test_one_or_two_establishments_of_the_ess_are_not_shown(qgis_app: QgsApplication) -> None:
    rows = [("Q", True)] * 9 + [("P", True)] * 2 + [("S", True)] * 8 + [("G", False)] * 50
    (item,) = ecosystem_specialised(register([*rows, *[("P", False)] * 30]))
    hidden = [line for line in item.lines if line.count.state is State.SECRET]
    assert "Enseignement" in [line.label for line in hidden] and len(hidden) >= 2
