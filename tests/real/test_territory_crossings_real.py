"""Typology, location quotients and similar territories of three real EPCIs, from the raw cells.

The expected values are read and computed here from the official csv alone (and scipy's Ward).
"""

from __future__ import annotations

import csv
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from coodiag.coodiag_plugin.analysis.clusters import Clusters, cluster, traits
from coodiag.coodiag_plugin.core.figures import FigureTable
from coodiag.coodiag_plugin.core.profiles import Similar
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.core.territory import Territory
from coodiag.coodiag_plugin.core.values import State
from coodiag.coodiag_plugin.sources.folder import Inventory, scan
from coodiag.coodiag_plugin.sources.geography import Geography, load_geography
from scipy.cluster.hierarchy import fcluster, linkage

pytestmark = pytest.mark.real

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
RENNES, REDON, CAEN = "EPCI:243500139", "EPCI:243500741", "EPCI:200065597"
#: Municipal arrondissements, which stand beside their commune in the table.
ARRONDISSEMENTS = ("751", "6938", "132")
Cells = dict[str, str]


@dataclass
class World:
    inventory: Inventory
    geography: Geography
    territories: dict[str, Territory]
    figures: dict[str, FigureTable]
    national: dict[str, Cells]

    def sum(self, codes: tuple[str, ...], column: str) -> float:
        return sum(float(self.national[code][column]) for code in codes)


@pytest.fixture(scope="module")
def world(real_data: Path) -> World:
    pytest.importorskip("qgis.core")
    from coodiag.coodiag_plugin.qgis_bridge.indicators import compute_indicators
    from coodiag.coodiag_plugin.qgis_bridge.typology import typology_ids

    inventory = scan(real_data)
    geography = load_geography(inventory)
    territories = {key: geography.resolve(key) for key in (RENNES, REDON, CAEN)}
    figures = {
        key: compute_indicators(inventory, geography, item, typology_ids(), Silent()).figures
        for key, item in territories.items()
    }
    with zipfile.ZipFile(real_data / "insee" / "base_cc_comparateur_csv.zip") as archive:
        text = archive.read("base_cc_comparateur.CSV").decode("utf-8-sig")
    rows = csv.DictReader(text.splitlines(), delimiter=";")
    national = {row["CODGEO"]: row for row in rows if not row["CODGEO"].startswith(ARRONDISSEMENTS)}
    national["27676"] = national.pop("27058")  # Les Trois Lacs changed its code in 2023
    return World(inventory, geography, territories, figures, national)


def classed(world: World, key: str) -> Clusters:
    return cluster(world.figures[key], world.territories[key].communes, traits())


#: indicator → how its figure is made of the cells, written out by hand.
MADE = {
    "densite": lambda c: np.log(c["P18_POP"] / c["SUPERF"]),
    "evolution_population": lambda c: 100 * ((c["P18_POP"] / c["P13_POP"]) ** 0.2 - 1),
    "taille_menages": lambda c: c["P18_POP"] / c["P18_MEN"],
    "niveau_vie_median": lambda c: c["MED19"],
    "taux_chomage": lambda c: c["P18_CHOM1564"] / c["P18_ACT1564"],
    "part_proprietaires": lambda c: c["P18_RP_PROP"] / c["P18_RP"],
    "part_logements_vacants": lambda c: c["P18_LOGVAC"] / c["P18_LOG"],
    "part_residences_secondaires": lambda c: c["P18_RSECOCC"] / c["P18_LOG"],
    "concentration_emploi": lambda c: c["P18_EMPLT"] / (c["P18_ACT1564"] - c["P18_CHOM1564"]),
}


@pytest.mark.parametrize("key", [RENNES, REDON, CAEN])
def test_the_typology_is_ward_on_the_raw_cells(world: World, key: str) -> None:
    found = classed(world, key)
    assert set(found.indicators) == set(MADE)
    codes = sorted(world.territories[key].communes)
    cells = [{k: float(v) for k, v in world.national[c].items() if v} for c in codes]
    values = np.array([[MADE[name](row) for name in found.indicators] for row in cells])
    scores = (values - values.mean(axis=0)) / values.std(axis=0)
    labels = fcluster(linkage(scores, "ward"), len(found.groups), "maxclust")
    expected = {frozenset(np.array(codes)[labels == one].tolist()) for one in set(labels)}
    assert {frozenset(group.members) for group in found.groups} == expected
    centre = np.array([scores[labels == label].mean(axis=0) for label in labels])
    assert found.explained == pytest.approx(1 - ((scores - centre) ** 2).sum() / scores.size)


def test_the_classes_are_those_that_one_knows(world: World) -> None:
    """The seaside of Caen apart, its dense suburbs with the town; Redon alone in its country."""
    seaside = {"14325", "14365", "14488"}  # Hermanville, Lion, Ouistreham
    groups = {frozenset(group.members): group.name for group in classed(world, CAEN).groups}
    assert groups[frozenset(seaside)].startswith("Plus de résidences secondaires")
    town = next(name for members, name in groups.items() if "14118" in members)
    assert town == "Plus de chômage, moins de propriétaires"
    alone = next(g for g in classed(world, REDON).groups if "35236" in g.members)
    assert alone.members == ("35236",) and alone.name.startswith("Pôles d’emploi")


@pytest.mark.parametrize("key", [RENNES, REDON])
def test_location_quotients_from_the_raw_cells(world: World, key: str) -> None:
    from coodiag.coodiag_plugin.qgis_bridge.specialisation import find_specialisation

    territory = world.territories[key]
    (item,) = find_specialisation(world.inventory, world.geography, territory, Silent())
    assert item.reference.level == "FRANCE"
    columns = {"AZ": ("ETAZ18",), "BE": ("ETBE18",), "FZ": ("ETFZ18",), "GZ": ("ETGZ18",),
               "HU": ("ETGU18", "ETGZ18"), "OQ": ("ETOQ18",)}  # fmt: skip
    whole = tuple(c for c, row in world.national.items() if row["ETTOT18"] and row["ETGZ18"])
    assert len(world.national) - len(whole) <= 35  # Mayotte and a few communes without data
    assert [line.sector for line in item.quotients] == list(columns)
    for line in item.quotients:
        first, *less = columns[line.sector]
        here, there = (
            (world.sum(codes, first) - sum(world.sum(codes, column) for column in less))
            / world.sum(codes, "ETTOT18")
            for codes in (territory.communes, whole)
        )
        count = here * world.sum(territory.communes, "ETTOT18")
        assert line.count.number == pytest.approx(count)
        assert line.share.number == pytest.approx(100 * here)
        assert line.quotient.number == pytest.approx(100 * here / there)


def test_no_quotient_where_a_commune_has_no_count(world: World) -> None:
    """Sannerville, separated in December 2019, has no establishments of 2018 of its own."""
    from coodiag.coodiag_plugin.qgis_bridge.specialisation import find_specialisation

    territory = world.territories[CAEN]
    assert "14666" in territory.communes and not world.national["14666"]["ETTOT18"]
    assert find_specialisation(world.inventory, world.geography, territory, Silent()) == ()


def test_a_territory_on_three_departements_is_compared_with_none_of_them(world: World) -> None:
    from coodiag.coodiag_plugin.qgis_bridge.specialisation import find_specialisation

    territory = world.territories[REDON]
    near = tuple(unit for unit in territory.references if unit.level == "DEP")
    assert len(near) == 3
    only = replace(territory, references=near)
    assert find_specialisation(world.inventory, world.geography, only, Silent()) == ()


@pytest.mark.parametrize("key", [RENNES, REDON, CAEN])
def test_similar_territories_add_up(world: World, key: str) -> None:
    from coodiag.coodiag_plugin.qgis_bridge.indicators import compute_indicators, unit_key
    from coodiag.coodiag_plugin.qgis_bridge.similar_territories import find_similar

    territory = world.territories[key]
    found = find_similar(world.inventory, world.geography, territory, BY, Silent())
    near = [item.unit for item in found.likeness.found]
    assert len(near) == 5 and key not in near
    if key in (RENNES, CAEN):  # the two regional capitals of the data are each other's nearest
        assert near[0] == (CAEN if key == RENNES else RENNES)
    codes = world.geography.members(unit_key(found.unit))
    assert len(codes) == sum(len(world.geography.members(unit)) for unit in near)
    with_it = replace(territory, references=(*territory.references, found.unit), neighbours=())
    ids = ("taux_chomage", "densite", "niveau_vie_median", "population_rp")
    result = compute_indicators(world.inventory, world.geography, with_it, ids, Silent())
    figures = {name: result.references.get(unit_key(found.unit), name) for name in ids}
    unemployed, active = (world.sum(codes, f"P18_{name}") for name in ("CHOM1564", "ACT1564"))
    assert figures["taux_chomage"].number == pytest.approx(100 * unemployed / active)
    area = world.sum(codes, "SUPERF")
    assert figures["densite"].number == pytest.approx(world.sum(codes, "P18_POP") / area)
    assert figures["population_rp"].number == pytest.approx(world.sum(codes, "P18_POP"))
    assert figures["niveau_vie_median"].state is State.ABSENT


def test_a_territory_only_partly_in_the_data_is_not_compared(world: World) -> None:
    """81 communes of 200040277 as published, 6 of them in the data."""
    from coodiag.coodiag_plugin.qgis_bridge.similar_territories import _others

    units = {unit.code for unit in _others(world.geography, world.territories[RENNES], "EPCI")}
    assert "200040277" not in units and "243500139" not in units
    assert {"243500741", "200065597"} <= units
