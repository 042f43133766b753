"""Words of the layouts: headings whole, notes whole or absent, a crossing named by both its axes."""

from __future__ import annotations

import pytest
from coodiag.coodiag_plugin.edition.context import Figure, Table, TableRow
from coodiag.coodiag_plugin.qgis_bridge.layouts.cards import GUTTER, table
from coodiag.coodiag_plugin.qgis_bridge.layouts.fonts import text_width
from coodiag.coodiag_plugin.qgis_bridge.layouts.items import Page
from coodiag.coodiag_plugin.qgis_bridge.layouts.slides.opening import large
from coodiag.coodiag_plugin.qgis_bridge.layouts.theme import TYPE, WIDE
from qgis.core import QgsApplication, QgsLayoutItemLabel, QgsProject


@pytest.fixture
def page(qgis_app: QgsApplication) -> Page:
    return Page(QgsProject.instance(), "essai", WIDE)


def words(page: Page, name: str) -> str:
    found = page.layout.itemById(name)
    return found.currentText() if isinstance(found, QgsLayoutItemLabel) else ""


@pytest.mark.parametrize("spare", [0.05, 0.2, 1.0])
def test_the_word_of_a_heading_is_never_cut(page: Page, spare: float) -> None:
    room = text_width("Commune", TYPE.small, bold=True) + GUTTER + spare
    content = Table(("Fichier", "Commune"), (TableRow("Clients", ("4",)),))
    table(page, "qualite", content, 0, 0, (30.0, room))
    assert words(page, "qualite.entete.2") == "Commune"


def test_a_note_of_a_card_is_whole_or_absent(page: Page) -> None:
    label = "Chômeurs, baccalauréat ou moins"
    figure = Figure(label, "81,5 %", "des personnes au chômage")
    for tall in (12, 14, 16, 18, 24):
        large(page, f"a{tall}", figure, 0, 0, 32, tall, "#b00")
        assert words(page, f"a{tall}.note") in ("", figure.note)
    assert words(page, "a24.note") == figure.note
    name = "Communauté d’agglomération de la Vallée"
    large(page, "b", Figure("Taux", "10,2 %", f"{name}\u00a0: 9,7 %"), 0, 30, 32, 15, "#b00")
    assert words(page, "b.note").endswith("\u00a0: 9,7\u00a0%")
