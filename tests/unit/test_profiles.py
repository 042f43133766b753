"""Profiles are checked as a whole, and a slip is named."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any, Callable

import pytest
from coodiag.coodiag_plugin.core.catalogue import indicators
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.core.profiles import PROFILES, load_profile, parse_profile, profile_ids


def document() -> dict[str, Any]:
    return json.loads((PROFILES / "coodiag.json").read_text(encoding="utf-8"))


def test_the_default_profile_reads_and_lists_its_indicators_once() -> None:
    profile = load_profile("coodiag")
    ids = profile.indicator_ids()
    assert profile_ids()[0] == "coodiag"
    assert len(ids) == len(set(ids))
    assert set(profile.key_figures) <= set(ids)
    assert {"chomeurs", "taux_chomage", profile.commune_chart} <= set(ids)
    assert set(ids) <= set(indicators())
    assert sum(page.layer == "communes" for page in profile.pages()) >= 12


def test_every_profile_of_the_catalogue_reads() -> None:
    for name in profile_ids():
        assert load_profile(name).id == name


def test_a_copy_edited_by_the_user_reads_from_its_path(tmp_path: Path) -> None:
    changed = document()
    changed["title"] = "Diagnostic de l’association fictive"
    path = tmp_path / "mon profil.json"
    path.write_text("\ufeff" + json.dumps(changed), encoding="utf-8")
    assert load_profile(path).title == "Diagnostic de l’association fictive"


def edit_page(**changes: Any) -> Callable[[dict[str, Any]], None]:
    def apply(root: dict[str, Any]) -> None:
        root["chapters"][0]["pages"][0].update(changes)

    return apply


@pytest.mark.parametrize(
    ("edit", "named"),
    [
        (lambda root: root.update(key_figures=["popullation"]), "popullation"),
        (lambda root: root.update(title=""), "title"),
        (lambda root: root.update(titre="x"), "titre"),
        (lambda root: root.update(chapters={}), "chapters"),
        (lambda root: root.update(chapters=[]), "no page"),
        (lambda root: root.update(key_figures=["population", "population"]), "twice"),
        (lambda root: root["chapters"][1].update(id="territoire"), "territoire"),
        (edit_page(map="camembert"), "camembert"),
        (edit_page(layer="nowhere"), "nowhere"),
        (edit_page(indicator=""), "indicator"),
        (edit_page(indicator="inconnu"), "inconnu"),
        (edit_page(field="rate"), "field"),
        (edit_page(map="coloured_circles"), "colour"),
        (edit_page(map="bivariate"), "cross"),
        (edit_page(map="zones"), "no map “zones”"),
        (edit_page(map="flows"), "no map “flows”"),
        (edit_page(map="choropleth"), "counts are drawn as circles"),
        (edit_page(indicator="taux_chomage"), "counts are drawn as circles"),
        (edit_page(layer="prospects", indicator="", field="score"), "no map “circles”"),
        (edit_page(layer="penetration", indicator="", field="inconnu"), "no field “inconnu”"),
        (edit_page(layer="penetration", indicator="", field="rate"), "counts are drawn as circles"),
        (edit_page(layer="chalandise", map="circles", indicator="", field="threshold"), "no map"),
        (edit_page(layer="recrutement", map="typology", indicator="", field="rate"), "cannot be"),
        (
            edit_page(layer="recrutement", map="bivariate", indicator="", field="rate", cross="x"),
            "no field “x”",
        ),
        (edit_page(id="evolution"), "evolution"),
        (edit_page(title=3), "title"),
    ],
)
def test_a_slip_is_named(edit: Callable[[dict[str, Any]], None], named: str) -> None:
    root = copy.deepcopy(document())
    edit(root)
    with pytest.raises(InputError) as caught:
        parse_profile(root, "p.json")
    assert named in str(caught.value)
    assert "p.json" in str(caught.value)


def test_an_unknown_profile_names_those_that_exist() -> None:
    with pytest.raises(InputError, match="coodiag"):
        load_profile("sans-nom")


def test_broken_json_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    path.write_text('{\n "id": "x",\n}', encoding="utf-8")
    with pytest.raises(InputError, match="line 3"):
        load_profile(path)


def test_the_line_of_a_wrong_page_is_told(tmp_path: Path) -> None:
    root = copy.deepcopy(document())
    root["chapters"][1]["pages"][2].update(map="typology")
    text = json.dumps(root, ensure_ascii=False, indent=1)
    path = tmp_path / "mien.json"
    path.write_text(text, encoding="utf-8")
    wrong = root["chapters"][1]["pages"][2]["id"]
    line = next(n for n, row in enumerate(text.splitlines(), 1) if f'"id": "{wrong}"' in row)
    with pytest.raises(InputError, match=f"line {line}, in "):
        load_profile(path)


def test_every_map_and_layer_together_is_read_or_refused_in_a_sentence() -> None:
    """No combination may come through that a run cannot draw."""
    from coodiag.coodiag_plugin.core.catalogue import layer_fields
    from coodiag.coodiag_plugin.core.profiles import DRAWN, LAYERS, MAPS

    read = 0
    for layer in LAYERS:
        fields = [name for where, name in layer_fields() if where == layer] or ["population"]
        for kind in MAPS:
            for field in ("", *fields, "taux_chomage", "inconnu"):
                root = copy.deepcopy(document())
                subject = {"indicator": field} if layer == "communes" else {"field": field}
                page = {"id": "seule", "title": "Seule", "map": kind, "layer": layer, **subject}
                second = {"bivariate": "cross", "coloured_circles": "colour"}.get(kind)
                if second:
                    page[second] = "index" if layer != "communes" else "taux_chomage"
                root["chapters"] = [{**root["chapters"][0], "pages": [page]}]
                try:
                    found = parse_profile(root, "p.json").pages()[0]
                except InputError:
                    continue
                assert found.map in DRAWN[found.layer]
                read += 1
    assert read > 10
