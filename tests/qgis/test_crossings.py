"""The figures of the territory in a run: results, journal and method note from one protected table."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.core.provenance import Provenance
from coodiag.coodiag_plugin.core.values import ABSENT, SECRET, Value
from coodiag.coodiag_plugin.core.wanted import OfficialSource
from coodiag.coodiag_plugin.qgis_bridge.communes import read_communes
from coodiag.coodiag_plugin.qgis_bridge.layers import REAL, TEXT, memory_layer, records
from coodiag.coodiag_plugin.qgis_bridge.pipeline.crossings import penetration, recruitment
from coodiag.coodiag_plugin.qgis_bridge.pipeline.options import Options, Run
from coodiag.coodiag_plugin.qgis_bridge.recruitment import _reference, need_of
from qgis.core import QgsGeometry, QgsPointXY, QgsRectangle, QgsVectorLayer

CRS = "EPSG:2154"
SIDE = 1000.0
X0, Y0 = 400_000.0, 6_790_000.0
SOURCES = dict.fromkeys(("menages", "etablissements_actifs", "chomeurs"), "Source fictive")


@pytest.fixture
def communes(qgis_app: Any) -> QgsVectorLayer:
    columns: dict[str, Any] = {"codgeo": TEXT, "nom": TEXT, "role": TEXT}
    figures = {"menages": 500.0, "etablissements_actifs": 100.0, "chomeurs": 80.0, "actifs": 900.0}
    for name in figures:
        columns.update({name: REAL, f"{name}_etat": TEXT})
    rows = []
    for place in range(4):
        row: dict[str, Any] = {"codgeo": f"9900{place + 1}", "nom": f"Fictive-{place + 1}"}
        row["role"] = "territoire"
        for name, value in figures.items():
            row.update({name: value, f"{name}_etat": "connu"})
        box = QgsRectangle(X0 + place * SIDE, Y0, X0 + (place + 1) * SIDE, Y0 + SIDE)
        rows.append((row, QgsGeometry.fromRect(box)))
    return memory_layer("communes", columns, "Polygon", CRS, rows)


def people(businesses: list[int], others: list[int]) -> QgsVectorLayer:
    """Invented people: how many in each commune, the last number being those outside."""
    rows = []
    for siret, counts in (("90000000000011", businesses), (None, others)):
        for place, count in enumerate(counts):
            at = QgsPointXY(X0 + (place + 0.5) * SIDE, Y0 + SIDE / 2)
            rows += [({"siret": siret}, QgsGeometry.fromPointXY(at))] * count
    return memory_layer("clients", {"siret": TEXT}, "Point", CRS, rows)


def run_of(role: str, layer: QgsVectorLayer, communes: QgsVectorLayer) -> Run:
    options = Options(
        "EPCI:1", "Structure fictive", "coodiag", OfficialSource(), Path(), "2026-01-01"
    )
    run = Run(options, None, None, demo=True)  # type: ignore[arg-type]
    run.layers["communes"] = communes
    run.located[role] = SimpleNamespace(layer=layer)  # type: ignore[assignment]
    return run


def sentences(run: Run) -> str:
    return " ".join(run.journal.sections[-1][1]).replace("\u202f", " ").replace("\xa0", " ")


def test_the_journal_counts_everybody(communes: QgsVectorLayer) -> None:
    run = run_of("clients", people([40, 20, 3, 2, 9], [6, 0, 0, 0, 1]), communes)
    penetration(run, SOURCES, Silent())
    assert run.results["penetration"].count == Value(65.0)
    assert run.results["penetration"].rate.number == pytest.approx(100 * 65 / 400)
    assert run.results["penetration"].outside == Value(9.0)
    text = sentences(run)
    assert text == (
        "81 localisés = 65 dans le territoire + 9 au-dehors"
        " + 7 clients particuliers (absents de cette carte)."
    )
    assert "Clients particuliers localisés qui ne figurent pas sur cette carte : 7." in (
        run.results["penetration"].method
    )


@pytest.mark.parametrize(
    ("businesses", "others"),
    [([40, 20, 12, 30, 3], []), ([40, 20, 12, 30, 9], [2])],
    ids=["few outside", "few of the other group"],
)
def test_few_people_beside_are_told_nowhere(
    communes: QgsVectorLayer, businesses: list[int], others: list[int]
) -> None:
    """Neither the number, nor the total whose difference with everybody would give it."""
    run = run_of("clients", people(businesses, others), communes)
    penetration(run, SOURCES, Silent())
    assert run.results["penetration"].count == run.results["penetration"].rate == SECRET
    words = [word.strip(".,;") for word in sentences(run).split()]
    assert "s" in words and str(sum(businesses[:4])) not in words
    assert not {"2", "3"} & set(words)
    assert "communes montrées" in run.results["penetration"].method
    rows = [row for row, _ in records(run.layers["penetration"])]
    assert any(row["index"] is not None for row in rows)
    assert all(row["share"] is None for row in rows)


def test_a_total_of_few_people_is_hidden(communes: QgsVectorLayer) -> None:
    run = run_of("beneficiaries", people([], [2, 1, 0, 0, 50]), communes)
    recruitment(run, None, {}, SOURCES, Silent())
    assert run.results["recrutement"].count == run.results["recrutement"].outside == SECRET
    assert "53 localisés = s dans le territoire + s au-dehors." in sentences(run)


def test_nobody_but_few_people(communes: QgsVectorLayer) -> None:
    run = run_of("beneficiaries", people([], [2, 1]), communes)
    recruitment(run, None, {}, SOURCES, Silent())
    assert sentences(run).startswith("s localisés = s dans le territoire")
    for row, _ in records(run.layers["recrutement"]):
        if row["count"] is None:
            assert row["index"] is None and row["type"] in (None, "sans_besoin")


def test_a_source_that_serves_twice_is_listed_once(communes: QgsVectorLayer) -> None:
    run = run_of("clients", people([1], []), communes)
    stock = Provenance("sirene_etablissement", "Stock fictif", "Insee", "", file="stock.csv")
    run.add_sources([stock, replace(stock, note="ESS")])
    run.add_sources([stock, replace(stock, vintage="2025")])
    assert run.sources == [replace(stock, note="ESS"), replace(stock, vintage="2025")]


@pytest.mark.parametrize(
    "given", [{}, {"part_sans_voiture": ABSENT}, {"part_sans_voiture": SECRET}]
)
def test_a_share_that_is_not_known_of_the_territory_is_that_of_its_communes(
    communes: QgsVectorLayer, given: dict[str, Value]
) -> None:
    """The run gives every reference that it needs, those without a figure included."""
    places = [
        replace(place, row={**place.row, "part_sans_voiture": share})
        for place, share in zip(read_communes(communes, CRS), (10.0, 20.0, 30.0, 40.0))
    ]
    found = _reference(places, need_of(places), given)
    assert found.without_car.number == pytest.approx(25.0)
    own = _reference(places, need_of(places), {"part_sans_voiture": Value(12.0)})
    assert own.without_car.number == 12.0
