"""Each slip of the pen in a profile is refused with its file, its line, its place and its name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core import profiles
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.core.profiles import PROJECT_THEMES, load_profile, parse_profile

from .profile_samples import MARK, PROFILE, edited

THREE = '"taux_chomage",\n            "taux_activite",\n            "part_75_plus"'

#: What is edited, into what (the mark stands on the line of the slip), the place, the slip.
SLIPS = {
    # the top
    "unknown key": ('"subtitle"', '▶"sous_titre"', "the document", "“sous_titre” is unknown"),
    "number for a text": ('"Profil d’essai"', "▶3", "the document", "“title” must be a text"),
    "empty id": ('"essai"', '▶""', "the document", "“id” is missing"),
    "missing title": ('{\n  "id": "essai",\n  "title": "Profil d’essai",', '▶{\n  "id": "essai",', "the document", "“title” is missing"),
    "unknown key figure": ('["population", "taux_chomage"],\n  "compare"', '["population",\n ▶"taux_chommage"],\n  "compare"', "key_figures", "nearest one: taux_chomage"),
    "key figure that is no name": ('["population", "taux_chomage"],\n  "compare"', '["population", \n▶4],\n  "compare"', "key_figures", "name of an indicator is expected"),
    "key figure twice": ('["population", "taux_chomage"],\n  "compare"', '["population",\n▶"population"],\n  "compare"', "key_figures", "“population” stands there twice"),
    "key figures that are no list": ('["population", "taux_chomage"],\n  "compare"', '▶"population",\n  "compare"', "the document", "“key_figures” must be a list"),
    "too many figures of a commune": ('["population"]', '["population", "densite", "menages", "chomeurs", "emplois",\n"part_0_14", "part_15_29", "part_75_plus",\n ▶"taux_chomage"]', "commune_figures", "has room for 8"),
    "unknown chart of a commune": ('"commune_chart": "taux_chomage"', '"commune_chart": ▶"chomage_total_xyz"', "commune_chart", "“chomage_total_xyz” is not in the catalogue"),
    "unknown level": ('"FRANCE"]', '\n▶"EUROPE"]', "compare", "level “EUROPE” is not one of EPCI, DEP, REG, FRANCE, SIMILAR"),
    "level twice": ('"FRANCE"]', '\n▶"EPCI"]', "compare", "“EPCI” stands there twice"),
    "level that is a list": ('"FRANCE"]', '\n▶["DEP"]]', "compare", "is not one of EPCI"),
    "unknown key of similar": ('"count": 4', '\n▶"nombre": 4', "similar", "“nombre” is unknown"),
    "too many similar": ('"count": 4', '\n"count": ▶400', "similar", "from 1 to 20"),
    "similar that is no number": ('"count": 4', '"count": ▶true', "similar", "must be a whole number"),
    "unknown indicator of similar": ('"densite", "taux_chomage"], "count"', '▶"densité"], "count"', "similar, indicators", "nearest one: densite"),
    "similar without indicators": ('["densite", "taux_chomage"]', "▶[]", "similar", "“indicators” is missing"),
    "stake of no chapter": ('  "compare"', '  "stakes": [{"title": "Agir", "chapters": [\n▶"absent"]}],\n  "compare"', "stakes[1], chapters", "chapter “absent” is not one of gens, travail"),
    "stake without chapters": ('  "compare"', '  "stakes": [{"title": "Agir", "chapters": ▶[]}],\n  "compare"', "stakes[1]", "“chapters” is missing"),
    "stake without title": ('  "compare"', '  "stakes": [\n▶{"chapters": ["gens"]}],\n  "compare"', "stakes[1]", "“title” is missing"),
    "unknown key of a stake": ('  "compare"', '  "stakes": [{"titre": ▶"Agir", "chapters": ["gens"]}],\n  "compare"', "stakes[1]", "“titre” is unknown"),
    "chapter of two stakes": ('  "compare"', '  "stakes": [{"title": "Agir", "chapters": ["gens"]},\n▶{"title": "Voir", "chapters": ["gens"]}],\n  "compare"', "stakes[2]", "“gens” stands there twice"),
    # chapters
    "chapter that is no object": ('"chapters": [\n', '"chapters": [\n ▶"gens",\n', "chapters[1]", "an object {…} is expected"),
    "unknown key of a chapter": ('"words": "À dire ?"', '\n▶"mots": "À dire ?"', "chapters[1] (gens)", "“mots” is unknown"),
    "unknown theme": ('"theme": "emploi"', '"theme": ▶"emplois"', "chapters[2] (travail)", "the theme “emplois” is not one of demographie"),
    "chapter id with signs": ('{\n      "id": "travail"', '{\n      "id": ▶"Travail & co"', "chapters[2] (Travail & co)", "the id “Travail & co” must be made of 1 to 60 signs among a–z, 0–9 and _"),
    "chapter without title": ('{\n      "id": "travail",\n      "title": "Le travail",', '▶{\n      "id": "travail",', "chapters[2] (travail)", "“title” is missing"),
    "chapter twice": ('{\n      "id": "travail"', '▶{\n      "id": "gens"', "chapters[2] (gens)", "“gens” stands there twice"),
    "words that are a list": ('"words": "À dire ?"', '"words": ▶["À dire ?"]', "chapters[1] (gens)", "“words” must be a text"),
    # map pages
    "page that is no object": ('        {"id": "place"', '        ▶12,\n        {"id": "place"', "travail.pages[4]", "an object {…} is expected"),
    "unknown key of a page": ('"layer": "communes", "indicator": "population"}', '"layer": "communes",\n▶"indicateur": "population"}', "gens.pages[1] (habitants)", "“indicateur” is unknown"),
    "page twice": ('{"id": "place"', '▶{"id": "vieux"', "travail.pages[4] (vieux)", "“vieux” stands there twice"),
    "page id that is a path": ('{"id": "place"', '{"id": ▶"../place"', "travail.pages[4] (../place)", "the id “../place” must be made of"),
    "page id with an accent": ('{"id": "place"', '{"id": ▶"lieu_sûr"', "travail.pages[4] (lieu_sûr)", "the id “lieu_sûr” must be made of"),
    "page id with other figures": ('{"id": "place"', '{"id": ▶"place_٣"', "travail.pages[4] (place_٣)", "must be made of"),
    "page id that is too long": ('{"id": "place"', f'{{"id": ▶"{"a" * 61}"', f"travail.pages[4] ({'a' * 61})", "must be made of 1 to 60"),
    "page id of the project": ('{"id": "place"', '{"id": ▶"situation_commune"', "travail.pages[4] (situation_commune)", "the id “situation_commune” is taken by the project itself (taken: couverture, situation, commune, situation_commune)"),
    "control character in a title": ('"title": "Où ?"', '\n"title": ▶"Où\\u0007 ?"', "gens.pages[1] (habitants)", "“title” holds a control character (U+0007) that cannot be printed: take it out"),
    "page without id": ('{"id": "place", ', "▶{", "travail.pages[4]", "“id” is missing"),
    "neither map nor sheet": ('"title": "Où ?", "map": "circles", "layer"', '▶"title": "Où ?", "layer"', "gens.pages[1] (habitants)", "“map” is missing"),
    "map and sheet": ('"sheet": "words"', '"map": "zones",\n▶"sheet": "words"', "travail.pages[4] (place)", "a “map” or a “sheet”, not both"),
    "unknown map": ('"map": "circles"', '\n"map": ▶"camembert"', "gens.pages[1] (habitants)", "map “camembert” is not one of choropleth"),
    "unknown layer": ('"layer": "communes", "indicator": "population"', '\n"layer": ▶"communs", "indicator": "population"', "gens.pages[1] (habitants)", "layer “communs” is not one of"),
    "field of communes": ('"indicator": "population"}', '"indicator": "population", \n"field": ▶"rate"}', "gens.pages[1] (habitants)", "takes “indicator”, not “field”"),
    "no subject": ('"layer": "communes", "indicator": "population"}', '▶"layer": "communes"}', "gens.pages[1] (habitants)", "“indicator” is missing, map “circles” needs it"),
    "unknown subject": ('"indicator": "chomeurs"', '\n"indicator": ▶"chomeuses"', "travail.pages[1] (cercles)", "nearest one: chomeurs"),
    "count as shades": ('"indicator": "part_75_plus"', '\n"indicator": ▶"pop_75_plus"', "gens.pages[2] (vieux)", "counts are drawn as circles"),
    "shades as circles": ('"indicator": "chomeurs"', '\n"indicator": ▶"taux_chomage"', "travail.pages[1] (cercles)", "counts are drawn as circles"),
    "count as a colour": ('"colour": "taux_chomage"', '\n"colour": ▶"actifs"', "travail.pages[1] (cercles)", "“actifs” cannot be the subject"),
    "no colour": (', "colour": "taux_chomage"}', "▶}", "travail.pages[1] (cercles)", "“colour” is missing"),
    "unknown field": ('"field": "need_rate"', '\n"field": ▶"besoin"', "travail.pages[2] (croise)", "has no field “besoin” (its fields: rate"),
    "unknown crossed field": ('"cross": "index"', '\n"cross": ▶"portee"', "travail.pages[2] (croise)", "has no field “portee”"),
    "map that the layer has not": ('"map": "bivariate"', '\n"map": ▶"zones"', "travail.pages[2] (croise)", "has no map “zones”"),
    "unknown card": ('["population", "densite"]', '["population",\n▶"dense"]', "gens.pages[2] (vieux), figures", "“dense” is not in the catalogue"),
    "too many cards": ('["population", "densite"]', '["population", "densite", "menages", "emplois",\n▶"chomeurs"]', "gens.pages[2] (vieux), figures", "has room for 4"),
    "words on a map": ('"map": "circles"', '▶"words": "x", "map": "circles"', "gens.pages[1] (habitants)", "“words” is unknown"),
    # sheet pages
    "unknown sheet": ('"sheet": "figures"', '"sheet": ▶"fiche"', "travail.pages[3] (fiche)", "sheet “fiche” is not one of figures"),
    "layer of a sheet": ('"sheet": "figures"', '"sheet": "figures",\n▶"layer": "communes"', "travail.pages[3] (fiche)", "“layer” is unknown"),
    "figures without indicators": (f'"indicators": [\n            {THREE}\n          ]', '"indicators": ▶[]', "travail.pages[3] (fiche)", "“indicators” is missing, a sheet “figures” needs it"),
    "unknown indicator of a sheet": ('"taux_activite",', '▶"taux_activités",', "travail.pages[3] (fiche), indicators", "nearest one: taux_activite"),
    "indicator of a sheet twice": ('"part_75_plus"\n', '▶"taux_chomage"\n', "travail.pages[3] (fiche), indicators", "“taux_chomage” stands there twice"),
    "unknown chart": ('"chart": "bars"', '"chart": ▶"camembert"', "travail.pages[3] (fiche)", "no chart “camembert” (its charts: bars"),
    "chart of another sheet": ('"chart": "bars"', '"chart": ▶"pyramid"', "travail.pages[3] (fiche)", "has no chart “pyramid”"),
    "count in bars": ('"taux_activite",', '▶"population",', "travail.pages[3] (fiche)", "“population” (stock) does not fit a chart “bars”"),
    "two units in bars": ('"taux_activite",', '▶"niveau_vie_median",', "travail.pages[3] (fiche)", "have not one unit"),
    "parts of two wholes": (f'{THREE}\n          ],\n          "chart": "bars"', '"part_0_14",\n ▶"taux_chomage"],\n          "chart": "stacked"', "travail.pages[3] (fiche)", "have not one unit or whole"),
    "radar of two": (f'"indicators": [\n            {THREE}\n          ],\n          "chart": "bars"', '"indicators": ▶["taux_chomage", "taux_activite"],\n          "chart": "radar"', "travail.pages[3] (fiche)", "takes 3 indicators at least"),
    "prompt that is missing": (', "sheet": "words", "words": "Votre avis"', ', ▶"sheet": "words"', "travail.pages[4] (place)", "“words” is missing, a sheet “words” needs it"),
    "indicators of a sheet that takes none": ('"sheet": "words", ', '"sheet": "words",\n▶"indicators": ["population"], ', "travail.pages[4] (place)", "takes no “indicators”"),
    # JSON
    "comma that is missing": ('"indicator": "population"},\n', '"indicator": "population"}▶\n', "chapters[1].pages", "a comma or “]” is missing"),
    "comma too many": ('"sheet": "similar"}\n', '"sheet": "similar"}▶,\n', "chapters[2].pages", "a comma too many before “]”"),
    "quotation mark that is missing": ('"Le travail",', '▶"Le travail,', "chapters[2].title", "no closing quotation mark"),
    "curled quotation marks": ('"Le travail"', "▶“Le travail”", "chapters[2].title", "straight quotation marks"),
    "colon that is missing": ('"chart": "bars"', '▶"chart" "bars"', "chapters[2].pages[3].chart", "a colon is expected"),
    "comment": ('  "commune_chart"', '  ▶// le graphique\n  "commune_chart"', "the document", "a key between straight"),
    "key twice": ('"chart": "bars",', '"chart": "bars",\n▶"chart": "radar",', "chapters[2].pages[3]", "the key “chart” stands there twice"),
    "backslash": ('"Le travail"', '"▶Le\\travail\\x"', "chapters[2].title", "backslash"),
    "something after the end": ("  ]\n}\n", "  ]\n}\n▶{}\n", "the document", "nothing may follow"),
}  # fmt: skip


def refusal(text: str) -> str:
    with pytest.raises(InputError) as caught:
        parse_profile(text, "mien.json")
    return str(caught.value)


def test_the_sample_is_a_good_profile() -> None:
    assert [page.id for page in parse_profile(PROFILE, "mien.json").pages()] == [
        "habitants", "vieux", "cercles", "croise", "fiche", "place", "pareils",
    ]  # fmt: skip


@pytest.mark.parametrize("case", SLIPS)
def test_a_slip_is_refused_with_its_line(case: str) -> None:
    old, new, place, named = SLIPS[case]
    text, line = edited(old, new)
    told = refusal(text)
    assert told.startswith("The profile mien.json ")
    assert re.search(rf"line {line}[, ]", told), f"{told}\nexpected line {line}"
    assert f"in {place}, " in told
    assert named in told
    assert MARK not in told


def test_a_rate_does_not_fit_a_chart_around_a_centre() -> None:
    text = PROFILE.replace('"chart": "bars"', '"chart": "index"')
    line = text[: text.index(THREE)].count("\n") + 1
    assert f"line {line}, in travail.pages[3] (fiche), “taux_chomage” (rate)" in refusal(text)


RULE = '  "similar": {"indicators": ["densite", "taux_chomage"], "count": 4},\n'


def test_lines_are_for_evolutions() -> None:
    told = refusal(PROFILE.replace('"chart": "bars"', '"chart": "lines"'))
    assert "“taux_chomage” (rate) does not fit a chart “lines”" in told


def test_a_radar_compares_what_has_no_common_unit() -> None:
    text = PROFILE.replace('"chart": "bars"', '"chart": "radar"')
    text = text.replace('"taux_activite",', '"niveau_vie_median",')
    assert parse_profile(text, "mien.json").pages()[4].chart == "radar"


def test_a_page_of_similar_territories_needs_their_rule() -> None:
    text = PROFILE.replace(RULE, "")
    line = text[: text.index('{"id": "pareils"')].count("\n") + 1
    assert f"line {line}, in travail.pages[5] (pareils), “similar” is missing" in refusal(text)


def test_a_level_of_similar_territories_needs_their_rule() -> None:
    page = ',\n        {"id": "pareils", "title": "Pareils", "sheet": "similar"}'
    text = PROFILE.replace(RULE, "").replace(page, "").replace('"FRANCE"]', '"SIMILAR"]')
    assert "line 6, in compare, “similar” is missing" in refusal(text)


@pytest.mark.parametrize("chapters", ["[]", '[{"id": "a", "title": "A", "theme": "emploi"}]'])
def test_a_profile_without_pages_is_refused(chapters: str) -> None:
    told = refusal(f'{{"id": "x",\n"title": "X",\n"chapters": {chapters}}}')
    assert "line 3, in chapters, there is no page in it" in told


@pytest.mark.parametrize("text", ["", "[1]", "3", "null", '"x"', "[" * 400])
def test_a_document_of_another_kind_is_refused(text: str) -> None:
    assert "line 1" in refusal(text)


def test_a_file_in_another_encoding_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "ansi.json"
    path.write_bytes(
        PROFILE.encode("utf-8").replace("Inventé".encode(), "Inventé".encode("cp1252"))
    )
    with pytest.raises(InputError, match=r"ansi\.json .*line 4 is not written in UTF-8"):
        load_profile(path)


def test_lines_are_those_of_a_windows_editor_too() -> None:
    text, line = edited('"sheet": "figures"', '"sheet": ▶"fiche"')
    assert f"line {line}, " in refusal(text.replace("\n", "\r\n"))


def test_an_unknown_profile_names_those_that_exist() -> None:
    with pytest.raises(InputError, match="coodiag, ctg, ess"):
        load_profile("sans-nom")


@pytest.mark.parametrize("name", PROJECT_THEMES)
def test_a_page_cannot_take_the_place_of_a_map_theme_of_the_project(name: str) -> None:
    """It did: the page of a commune then showed that map. A chapter has no map theme."""
    text, _ = edited('{"id": "place"', f'{{"id": ▶"{name}"')
    assert "is taken by the project itself" in refusal(text)
    text, _ = edited('{\n      "id": "travail"', f'{{\n      "id": ▶"{name}"')
    assert parse_profile(text, "mien.json").chapters[1].id == name


def test_the_themes_of_the_project_are_those_that_it_makes() -> None:
    source = Path(profiles.__file__).parents[1] / "qgis_bridge" / "project.py"
    body = source.read_text(encoding="utf-8").split("themes: dict[str, list[QgsMapLayer]] = {")[1]
    assert tuple(re.findall(r'^ +"(\w+)":', body.split("}")[0], re.MULTILINE)) == PROJECT_THEMES


def test_the_longest_id_is_one() -> None:
    text, _ = edited('{"id": "place"', f'{{"id": ▶"{"a" * 60}"')
    assert "a" * 60 in [page.id for page in parse_profile(text, "mien.json").pages()]
