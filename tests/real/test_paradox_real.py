"""The recruitment paradox on Rennes Métropole: real need and neighbourhoods, invented beneficiaries."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.profiles import Page
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.edition.materials import SheetMaterial
from coodiag.coodiag_plugin.edition.sheets.paradox import paradox_sheet
from coodiag.coodiag_plugin.sources.folder import scan

pytestmark = pytest.mark.real

RENNES = "35238"


@pytest.fixture(scope="module")
def recruited(real_data: Path, qgis_app: Any) -> Any:
    """A site in the middle of Rennes; two fictitious beneficiaries in a hundred unemployed
    everywhere, but one in four hundred in Rennes."""
    from coodiag.coodiag_plugin.qgis_bridge.communes import middle_of, read_communes
    from coodiag.coodiag_plugin.qgis_bridge.indicators import compute_indicators, join_figures
    from coodiag.coodiag_plugin.qgis_bridge.layers import TEXT, memory_layer
    from coodiag.coodiag_plugin.qgis_bridge.recruitment import PRIORITY, recruitment_layer
    from coodiag.coodiag_plugin.qgis_bridge.territory import build_territory
    from qgis.core import QgsGeometry

    inventory = scan(real_data)
    found = build_territory("EPCI:243500139", inventory, neighbours=False, progress=Silent())
    ids = ["chomeurs", "actifs", "menages", PRIORITY]
    result = compute_indicators(inventory, found.geography, found.territory, ids, Silent())
    communes = join_figures(found.communes, result, ids)
    places = read_communes(communes, found.territory.crs)
    points = []
    for place in places:
        share = 0.0025 if place.code == RENNES else 0.02
        middle = QgsGeometry.fromPointXY(middle_of(place.shape))
        points += [({"ref": "fictif"}, middle)] * round(
            share * (place.figure("chomeurs").number or 0)
        )
    crs = found.territory.crs
    people = memory_layer("beneficiaires", {"ref": TEXT}, "Point", crs, points)
    middle = next(middle_of(place.shape) for place in places if place.code == RENNES)
    sites = memory_layer("sites", {"nom": TEXT}, "Point", crs, [({"nom": "Site fictif"}, QgsGeometry.fromPointXY(middle))])  # fmt: skip
    return recruitment_layer(people, communes, sites, None, progress=Silent())


def test_the_neighbourhoods_of_rennes_stand_out(recruited: Any) -> None:
    """Rennes alone is missed, it is near, and has neighbourhoods; without the tables on cars and
    diplomas these two factors are unknown, not refuted."""
    from coodiag.coodiag_plugin.qgis_bridge.layers import records

    rows = {row["codgeo"]: row for row, _ in records(recruited.layer)}
    assert rows[RENNES]["type"] == "proche_qpv"
    assert rows[RENNES]["facteurs"] == "Quartier prioritaire"
    assert rows[RENNES]["part_population_qpv"] > 10
    paradox = recruited.paradox
    assert [place.code for place in paradox.places] == [RENNES]
    assert paradox.unknown == ("Ménages sans voiture", "Faible qualification")
    assert paradox.not_reached.number == pytest.approx(rows[RENNES]["need"])
    assert sum(item.share.number for item in paradox.types) == pytest.approx(100)


def test_its_page(recruited: Any) -> None:
    page = Page("paradoxe", "Qui n’est pas touché ?", sheet="paradox")
    material = paradox_sheet(page, recruited.paradox, who="chômeurs du recensement")
    assert isinstance(material, SheetMaterial)
    assert "Une commune au besoin marqué (16\u202f514 chômeurs du recensement, 61\u00a0%" in (
        material.sentence.replace("514\u00a0chômeurs", "514 chômeurs")
    )
    assert material.sentence.endswith("Rennes\u00a0: à 0,0\u00a0km, mais un quartier prioritaire.")
    assert "ménages sans voiture et faible qualification" in material.method
