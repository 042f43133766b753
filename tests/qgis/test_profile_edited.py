"""A profile copied and edited as text: project, atlas, workbook and context follow it.

What is added is a page of a map, a page of figures and a chapter; what is removed is a chapter.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.catalogue import indicators, themes
from coodiag.coodiag_plugin.core.profiles import Profile, load_profile
from coodiag.coodiag_plugin.edition.context import Chapter, ReportContext, from_json, in_order
from coodiag.tests.qgis import dossier_bytes as unpack
from coodiag.tests.qgis.conftest import inputs
from osgeo import ogr
from qgis.core import QgsProject

#: The profile that is copied, and those of its chapters that are kept.
BASE, KEPT = "ess", 1
MAP = {"id": "vacance_ajoutee", "title": "Où les logements sont-ils vides ?", "map": "choropleth",
       "layer": "communes", "indicator": "part_logements_vacants"}  # fmt: skip
FIGURES = {"id": "chomage_ajoute", "title": "À quel âge est-on au chômage ?", "sheet": "figures", "chart": "bars",
           "indicators": ["taux_chomage_jeunes", "taux_chomage_25_54"]}  # fmt: skip
CHAPTER = {"id": "habitat", "title": "Se loger et vieillir", "theme": "logement",
           "words": "Ce que les habitants disent de leur logement.", "pages": [
               {"id": "seuls_ajoutee", "title": "Des aînés qui vivent seuls", "map": "choropleth",
                "layer": "communes", "indicator": "part_80_plus_seuls"}]}  # fmt: skip
ADDED = (
    "part_logements_vacants",
    "taux_chomage_jeunes",
    "taux_chomage_25_54",
    "part_80_plus_seuls",
)
COMMUNES = 45


@dataclass
class Edited:
    """The dossier of the edited profile, its context, and the profile as it was shipped."""

    dossier: Path
    results: dict[str, Any]
    context: ReportContext
    shipped: Profile

    def chapter(self, name: str) -> Chapter:
        return next(chapter for chapter in self.context.chapters if chapter.id == name)


def edit(path: Path) -> None:
    """What a user does to the copy in a text editor."""
    document = json.loads(path.read_text(encoding="utf-8"))
    chapters = document["chapters"] = document["chapters"][:KEPT]
    document.pop("stakes", None)  # the shipped ones name chapters that are no longer there
    chapters[0]["pages"] += [MAP, FIGURES]
    chapters.append(CHAPTER)
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")


@pytest.fixture(scope="module")
def edited(provider, demo, shared_cache, tmp_path_factory) -> Edited:  # type: ignore[no-untyped-def]
    import processing

    folder = tmp_path_factory.mktemp("edited")
    profile, output = folder / "mon_profil.json", folder / "dossier"
    processing.run("coodiag:profile", {"PROFILE": BASE, "OUTPUT": str(profile)})
    edit(profile)
    checked = processing.run("coodiag:profile", {"FILE": str(profile), "OUTPUT": ""})
    assert checked["CHAPTERS"] == KEPT + 1
    nobody = {"SITES": None, "CLIENTS": None, "BENEFICIARIES": None}
    small = {"COMMUNE_PAGES": False, "DPI": 100, "PROFILE": str(profile)}
    results = processing.run("coodiag:diagnostic", inputs(demo, output, **nobody, **small))
    context = from_json((output / "contexte.json").read_text(encoding="utf-8"))
    return Edited(output, results, context, load_profile(BASE))


def test_what_is_added_was_not_in_the_profile(edited: Edited) -> None:
    """Else the tests below would prove nothing."""
    first = edited.shipped.chapters[:KEPT]
    named = {page.indicator for chapter in first for page in chapter.pages}
    named |= {name for chapter in first for page in chapter.pages for name in page.indicators}
    assert not named & set(ADDED)
    assert not {page["id"] for page in (MAP, FIGURES)} & {p.id for p in edited.shipped.pages()}
    assert CHAPTER["id"] not in {chapter.id for chapter in edited.shipped.chapters}


def test_the_context_has_the_chapters_of_the_edited_profile(edited: Edited) -> None:
    first = edited.shipped.chapters[0].id
    assert [chapter.id for chapter in edited.context.chapters] == [first, CHAPTER["id"]]
    assert [page.id for page in in_order(edited.chapter(first))][-2:] == [MAP["id"], FIGURES["id"]]
    added = edited.chapter("habitat")
    assert (added.title, added.words) == (CHAPTER["title"], CHAPTER["words"])
    (page,) = added.pages
    assert page.design.field == "part_80_plus_seuls" and added.findings
    vacant = next(p for p in edited.chapter(first).pages if p.id == MAP["id"])
    assert vacant.design.field == "part_logements_vacants" and vacant.sentence
    terms = {term.term for term in edited.context.glossary}
    assert {indicators()[name].label for name in ADDED} <= terms
    assert edited.context.pages == edited.results["PAGES"]


def test_the_page_of_figures_holds_its_indicators(edited: Edited) -> None:
    sheet = next(s for s in edited.context.chapters[0].sheets if s.id == FIGURES["id"])
    tables = [block.table for block in sheet.blocks if block.table is not None]
    drawn = [block.chart for block in sheet.blocks if block.chart is not None]
    rows = {row.label for table in tables for row in table.rows}
    heads = {column for table in tables for column in table.columns}
    for name in FIGURES["indicators"]:
        item = indicators()[name]
        assert any(item.label in text or item.short in text for text in rows | heads), name
    assert [chart.kind for chart in drawn] == ["bars"]
    assert sheet.sources


def test_the_project_has_the_themes_and_the_layouts(edited: Edited) -> None:
    project = QgsProject()
    assert project.read(str(edited.dossier / "diagnostic.qgz"))
    themes = set(project.mapThemeCollection().mapThemes())
    maps = {page.id for chapter in edited.context.chapters for page in chapter.pages}
    assert {MAP["id"], "seuls_ajoutee"} <= maps <= themes
    removed = {p.id for c in edited.shipped.chapters[KEPT:] for p in c.pages}
    assert not removed & themes
    for name in (MAP["id"], "seuls_ajoutee"):
        shown = project.mapThemeCollection().mapThemeVisibleLayers(name)
        assert any(layer.fields().indexOf(f"{fields()[name]}_etat") >= 0 for layer in shown), name
    names = {layout.name()[:3]: layout for layout in project.layoutManager().printLayouts()}
    for chapter in edited.context.chapters:
        assert f"{chapter.number:03d}" in names
        for page in in_order(chapter):
            title = names[f"{page.number:03d}"].itemById("texte.titre").currentText()
            assert plain(title) == plain(page.title)


def fields() -> dict[str, str]:
    (page,) = CHAPTER["pages"]
    return {item["id"]: item["indicator"] for item in (MAP, page)}  # type: ignore[index, misc]


def plain(text: str) -> str:
    return re.sub(r"[ \u00a0\u202f\n]+", " ", text)


def test_the_atlas_prints_them(edited: Edited) -> None:
    texts = [plain(t) for t in unpack.pdf_text(edited.dossier / "atlas.pdf").split("\f")[:-1]]
    assert len(texts) == edited.context.pages
    for chapter in edited.context.chapters:
        assert plain(chapter.title) in texts[chapter.number - 1]
        assert plain(chapter.title) in texts[1], "in the contents"
        for page in in_order(chapter):
            assert plain(page.title) in texts[page.number - 1]
            assert plain(page.sentence) in texts[page.number - 1]
    habitat = edited.chapter("habitat")
    assert plain(habitat.words) in texts[habitat.number - 1]
    whole = " ".join(texts)
    for chapter in edited.shipped.chapters[KEPT:]:
        assert plain(chapter.title) not in whole


def test_geopackage_and_workbook_hold_the_added_figures(edited: Edited) -> None:
    layer = unpack.rows(edited.dossier / "diagnostic.gpkg", "communes")
    book = ogr.Open(str(edited.dossier / "indicateurs.xlsx"))
    assert len(layer) == COMMUNES
    for name in ADDED:
        sheet = book.GetLayerByName(themes()[indicators()[name].theme])
        held = {item.GetField("Code"): item for item in sheet}
        headings = [field.name for field in sheet.schema]
        (heading,) = [text for text in headings if text.startswith(indicators()[name].label)]
        known = [row for row in layer if row[f"{name}_etat"] == "connu"]
        assert len(known) > 5, name
        for row in known:
            figure = held[row["codgeo"]].GetField(heading)
            assert float(figure) == pytest.approx(row[name], abs=0.06), (name, row["codgeo"])
