"""The analyst's texts: every place that is offered is printed, and no other is offered."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest
from coodiag.coodiag_plugin.core.profiles import Page, load_profile
from coodiag.coodiag_plugin.edition.context import Block
from coodiag.coodiag_plugin.edition.materials import CommuneData, SheetMaterial
from coodiag.coodiag_plugin.qgis_bridge.pipeline.ground import Ground
from coodiag.coodiag_plugin.qgis_bridge.pipeline.qualitative import Qualitative
from coodiag.coodiag_plugin.qgis_bridge.pipeline.sheets import Sheets
from coodiag.coodiag_plugin.qgis_bridge.templates import page_titles

TABLE = Block("note", texts=("La méthode.",))


def _made(page: Page, found: Qualitative | None) -> SheetMaterial:
    ground = SimpleNamespace(run=SimpleNamespace(qualitative=found))
    sheets = Sheets(cast(Ground, ground), cast(CommuneData, None))
    sheets._kinds["figures"] = lambda asked: SheetMaterial(asked, (TABLE,))
    made = sheets.material(page)
    assert isinstance(made, SheetMaterial)
    return made


@pytest.mark.parametrize("profile", ["coodiag", "ess", "ctg"])
def test_a_text_is_asked_only_where_it_can_be_printed(profile: str) -> None:
    pages = {page.id: page for page in load_profile(profile).pages()}
    offered = page_titles(load_profile(profile))
    assert set(offered) & set(pages) == {name for name, page in pages.items() if page.sheet}
    assert {chapter.id for chapter in load_profile(profile).chapters} <= set(offered)


def test_a_sheet_prints_the_text_given_for_it_below_its_own_blocks() -> None:
    page = Page("tailles", "Petits ou grands ?", sheet="figures", words="Qui les cherche ?")
    made = _made(page, Qualitative(words={"tailles": "Les jeunes.\nLes familles."}))
    assert made.blocks[0] == TABLE
    assert made.blocks[1:] == (
        Block("texts", "L’analyse de l’équipe", texts=("Les jeunes.", "Les familles.")),
    )


def test_a_sheet_keeps_the_place_that_its_profile_asks_for() -> None:
    asked = Page("tailles", "Petits ou grands ?", sheet="figures", words="Qui les cherche ?")
    place = Block("words", "L’analyse de l’équipe", texts=("Qui les cherche ?",))
    assert _made(asked, None).blocks == (TABLE, place)
    plain = Page("tailles", "Petits ou grands ?", sheet="figures")
    assert _made(plain, Qualitative()).blocks == (TABLE,)
