"""Profiles are read as a whole, and those that are shipped can be printed."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.catalogue import indicators, layer_fields, themes
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.core.french import typography
from coodiag.coodiag_plugin.core.profile_pages import CHARTS
from coodiag.coodiag_plugin.core.profile_text import known_indicators, outline, written
from coodiag.coodiag_plugin.core.profiles import (
    DRAWN,
    LAYERS,
    LEVELS,
    MAPS,
    PROFILES,
    SHEETS,
    Page,
    Similar,
    Stake,
    load_profile,
    parse_profile,
    profile_ids,
    profile_path,
)
from coodiag.coodiag_plugin.core.version import ROOT

from .profile_samples import PROFILE

SHIPPED = ("coodiag", "ctg", "ess")
#: Pages of content that a diagnosis may hold before nobody reads it.
MOST_PAGES = {"coodiag": 61, "ess": 45, "ctg": 60}
#: Pages of the first edition of the profile: dossiers and models name them.
FIRST_PAGES = {
    "population", "evolution", "age", "chomeurs", "chomage", "activite", "diplome", "voiture",
    "emplois", "concentration", "evolution_emploi", "etablissements", "industrie", "niveau_vie",
    "pauvrete", "mono", "vacance", "isochrones", "chalandise", "penetration",
    "couverture_recrutement", "croisement", "typologie", "mobilite_sites", "mobilite_emplois",
    "prospects", "densite_prospects",
}  # fmt: skip


def raw(name: str) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads((PROFILES / f"{name}.json").read_text(encoding="utf-8"))
    return whole


def texts(name: str) -> list[str]:
    """Every text of a profile that is printed, as it is written in the file."""
    whole = raw(name)
    found = [whole["title"], whole["subtitle"]]
    for part in (*whole["chapters"], *(page for c in whole["chapters"] for page in c["pages"])):
        found += [part["title"], part.get("words", "")]
    return [text for text in found if text]


def test_the_three_profiles_are_shipped_the_default_one_first() -> None:
    assert profile_ids() == SHIPPED


def test_every_key_of_the_sample_is_read() -> None:
    profile = parse_profile(PROFILE, "p.json")
    assert profile.compare == ("EPCI", "FRANCE")
    assert profile.similar == Similar(("densite", "taux_chomage"), 4)
    assert profile.chapters[0].words == "À dire\u202f?"
    pages = {page.id: page for page in profile.pages()}
    assert pages["vieux"].figures == ("population", "densite")
    assert pages["fiche"] == Page(
        "fiche",
        "Fiche",
        sheet="figures",
        indicators=("taux_chomage", "taux_activite", "part_75_plus"),
        chart="bars",
        words="Et vous\u202f?",
    )
    assert not pages["fiche"].map and not pages["fiche"].layer
    assert not pages["croise"].sheet and pages["croise"].indicator_ids() == ()


def test_stakes_name_chapters_of_their_profile_and_follow_a_copy() -> None:
    whole = json.loads(PROFILE)
    assert parse_profile(PROFILE, "p.json").stakes == ()
    whole["stakes"] = [{"title": "Qui cherche ?", "chapters": ["travail", "gens"]}]
    stakes = parse_profile(written(whole), "p.json").stakes
    assert stakes == (Stake("Qui cherche\u202f?", ("travail", "gens")),)
    copy = parse_profile(written({**raw("coodiag"), "id": "mien"}), "mien.json")
    assert copy.stakes == load_profile("coodiag").stakes
    assert [stake.chapters for stake in copy.stakes] == [("emploi",), ("economie",), ("social",)]
    assert load_profile("ess").stakes[0].chapters == ("poids",)


def test_indicators_are_those_of_maps_sheets_and_cards_in_reading_order() -> None:
    assert parse_profile(PROFILE, "p.json").indicator_ids() == (
        "population", "taux_chomage", "part_75_plus", "densite", "chomeurs", "taux_activite",
    )  # fmt: skip


def test_what_is_not_said_has_its_default() -> None:
    whole = json.loads(PROFILE)
    for key in ("compare", "similar", "subtitle", "commune_chart", "commune_figures"):
        del whole[key]
    whole["chapters"][1]["pages"].pop()
    profile = parse_profile(json.dumps(whole), "p.json")
    assert profile.compare == ("EPCI", "DEP", "REG", "FRANCE")
    assert profile.similar is None
    assert profile.commune_figures == () and profile.commune_chart == ""


def test_a_copy_edited_by_the_user_reads_from_its_path(tmp_path: Path) -> None:
    changed = {**raw("coodiag"), "title": "Diagnostic de l’association fictive"}
    path = tmp_path / "mon profil.json"
    path.write_text("\ufeff" + json.dumps(changed), encoding="utf-8")
    assert load_profile(path).title == "Diagnostic de l’association fictive"
    assert profile_path(path) == path


# --- what is shipped -------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_profile_reads_and_prints_what_exists(name: str) -> None:
    profile = load_profile(name)
    pages = profile.pages()
    ids = [page.id for page in pages]
    assert profile.id == name
    assert len(ids) == len(set(ids))
    assert 20 <= len(pages) <= MOST_PAGES[name]
    assert set(profile.indicator_ids()) <= set(indicators())
    assert len(profile.indicator_ids()) == len(set(profile.indicator_ids()))
    assert {chapter.theme for chapter in profile.chapters} <= set(themes())
    assert set(profile.compare) <= set(LEVELS) and profile.compare
    assert len(profile.commune_figures) == 8 and profile.commune_chart
    assert profile.similar is not None and len(profile.similar.indicators) >= 5


@pytest.mark.parametrize("name", SHIPPED)
def test_each_page_of_a_shipped_profile_fits_its_map_or_sheet(name: str) -> None:
    for page in load_profile(name).pages():
        if page.sheet:
            assert page.sheet in SHEETS, page.id
            assert not page.chart or page.chart in SHEETS[page.sheet], page.id
            continue
        assert page.layer in LAYERS and page.map in DRAWN[page.layer], page.id
        if page.layer == "communes":
            kind = indicators()[page.indicator].kind
            assert (kind == "stock") == (page.map in ("circles", "coloured_circles")), page.id
        elif page.field:
            assert (page.layer, page.field) in layer_fields(), page.id


@pytest.mark.parametrize("name", SHIPPED)
def test_the_words_of_a_shipped_profile_are_good_french_type(name: str) -> None:
    profile = load_profile(name)
    read = [profile.title, profile.subtitle]
    for chapter in profile.chapters:
        read += [chapter.title, chapter.words]
        read += [text for page in chapter.pages for text in (page.title, page.words)]
    assert all(typography(text) == text for text in read)
    for text in texts(name):
        assert "'" not in text and '"' not in text and "..." not in text, text
        assert "  " not in text and text == text.strip(), text
        assert not re.search(r"[^\s\u00a0\u202f][;!?:»]", text), f"a space is missing in {text}"
        assert text[0].isupper(), text
    for page in profile.pages():
        assert not page.title.endswith((".", ":")) and len(page.title) <= 68, page.title


@pytest.mark.parametrize("name", SHIPPED)
def test_a_chapter_of_a_shipped_profile_has_pages_and_a_place_for_words(name: str) -> None:
    profile = load_profile(name)
    assert all(1 <= len(chapter.pages) <= 12 for chapter in profile.chapters)
    assert sum(bool(chapter.words) for chapter in profile.chapters) >= len(profile.chapters) - 2
    kinds = {page.sheet for page in profile.pages()}
    assert {"figures", "pyramid", "similar", "actors", "survey", "actions", "words"} <= kinds
    shown = [page.indicator_ids() for page in profile.pages() if page.map and page.indicator]
    assert len(shown) == len(set(shown)), "one map twice"


def test_the_coodiag_profile_keeps_its_pages_and_its_order() -> None:
    profile = load_profile("coodiag")
    assert {page.id for page in profile.pages()} >= FIRST_PAGES
    assert [chapter.id for chapter in profile.chapters[1:4]] == ["emploi", "economie", "social"]
    layers = {page.layer for page in profile.pages()}
    assert {"isochrones", "chalandise", "penetration", "recrutement", "mobilite"} <= layers
    assert "zones_prospection" in layers


def test_the_ctg_profile_has_the_twelve_chapters_of_such_a_diagnosis() -> None:
    chapters = load_profile("ctg").chapters
    assert [chapter.id for chapter in chapters[:12]] == [
        "demographie", "economie", "emploi", "cadre_de_vie", "logement", "petite_enfance",
        "enfance", "jeunesse", "parentalite", "vie_sociale", "droits", "specifiques",
    ]  # fmt: skip


def test_the_ess_profile_maps_the_weight_the_families_and_the_trades_of_the_ess() -> None:
    profile = load_profile("ess")
    used = set(profile.indicator_ids())
    assert {"part_ess_employeurs", "part_ess_associations", "part_ess_10_plus", "siae"} <= used
    assert {"ess_dechets_reemploi", "ess_alimentation", "ess_achats_responsables"} <= used
    assert {"ess_medico_social"} <= used


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_file_is_written_a_page_a_line(name: str) -> None:
    text = (PROFILES / f"{name}.json").read_text(encoding="utf-8")
    assert written(json.loads(text)) == text
    lines = text.splitlines()
    for page in load_profile(name).pages():
        found = [line for line in lines if line.startswith(f'      {{"id": "{page.id}"')]
        assert len(found) == 1, page.id


@pytest.mark.parametrize("name", SHIPPED)
def test_an_added_indicator_and_an_added_chapter_are_in_the_profile(name: str) -> None:
    whole = raw(name)
    whole["key_figures"].append("mortalite")
    page = {"id": "ajout", "title": "Ajout", "sheet": "figures", "indicators": ["mortalite"]}
    whole["chapters"].append({"id": "n", "title": "N", "theme": "logement", "pages": [page]})
    profile = parse_profile(written(whole), "p.json")
    assert "mortalite" in profile.indicator_ids()
    assert profile.chapters[-1].pages == (
        Page("ajout", "Ajout", sheet="figures", indicators=("mortalite",)),
    )


def test_the_worked_example_of_the_docs_is_a_good_profile() -> None:
    docs = (ROOT / "docs" / "profiles.md").read_text(encoding="utf-8")
    page, chapter = re.findall(r"```json\n(.*?)```", docs, re.DOTALL)
    whole = raw("coodiag")
    social = next(item for item in whole["chapters"] if item["id"] == "social")
    social["pages"].append(json.loads(page))
    whole["chapters"].append(json.loads(chapter.rstrip().rstrip(",")))
    profile = parse_profile(written(whole), "p.json")
    assert {"part_chauffage_fioul", "part_petits_logements"} <= set(profile.indicator_ids())
    for name in (*SHEETS, *CHARTS, *LEVELS, *DRAWN):
        assert f"`{name}`" in docs, name


# --- what a run can draw ---------------------------------------------------------------------


@pytest.mark.parametrize("layer", LAYERS)
def test_every_map_and_layer_together_is_read_or_refused_in_a_sentence(layer: str) -> None:
    """No combination may come through that a run cannot draw, and no map is promised in vain."""
    fields = [name for where, name in layer_fields() if where == layer] or ["population"]
    read = set()
    for kind in MAPS:
        for field in ("", *fields, "taux_chomage", "inconnu"):
            subject = {"indicator": field} if layer == "communes" else {"field": field}
            page = {"id": "seule", "title": "Seule", "map": kind, "layer": layer, **subject}
            second = {"bivariate": "cross", "coloured_circles": "colour"}.get(kind)
            if second:
                page[second] = "index" if layer != "communes" else "taux_chomage"
            chapter = {"id": "c", "title": "C", "theme": "emploi", "pages": [page]}
            whole = {"id": "x", "title": "X", "chapters": [chapter]}
            try:
                found = parse_profile(json.dumps(whole), "p.json").pages()[0]
            except InputError as refused:
                assert "line 1, in " in str(refused)
                continue
            read.add(found.map)
    assert read == set(DRAWN[layer])


def test_the_outline_names_every_chapter_and_page() -> None:
    profile = load_profile("coodiag")
    lines = list(outline(profile))
    assert len(lines) == len(profile.chapters) + len(profile.pages())
    assert lines[1] == (
        "    population – Où vivent les habitants\u202f? "
        "[map: circles, layer: communes, population]"
    )


def test_the_list_of_indicators_holds_them_all_with_their_maps() -> None:
    lines = list(known_indicators())
    assert sum(line.startswith("    ") for line in lines) == len(indicators())
    assert (
        "    population – Population municipale [stock, hab., circles, coloured_circles]" in lines
    )
    assert any(line.startswith("    taux_chomage – ") and "choropleth" in line for line in lines)


def test_a_name_too_long_is_no_profile(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="neither a file nor one of"):
        profile_path("x" * 300)


def test_a_profile_that_would_fill_the_memory_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "grand.json"
    with path.open("wb") as stream:
        stream.truncate(5_000_001)  # a hole: no room is taken
    with pytest.raises(InputError, match="more than 5 MB"):
        load_profile(path)
