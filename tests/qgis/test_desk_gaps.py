"""What a dossier lacks: read from its context and its journal, each with its step."""

from __future__ import annotations

import pytest
from coodiag.coodiag_plugin.qgis_bridge.desk.gaps import Missing, mending_of, missing

STEPS = ("territory", "files", "people", "options", "run", "results")
ALL = ("sites", "clients", "beneficiaries")
SILENT = "Insee, API Melodi n’a pas donné ces données le jour de l’étude."


@pytest.mark.parametrize(
    ("reason", "given", "step"),
    [
        ("aucun fichier de clients n’est donné.", (), "files"),
        ("aucun fichier de clients n’est donné.", ALL, "files"),
        ("aucun fichier de bénéficiaires n’est donné.", (), "files"),
        ("il faut des clients, des sites et un stock Sirène.", ("clients",), "files"),
        ("il faut des clients, des sites et un stock Sirène.", ALL, "territory"),
        ("aucune table d’acteurs n’est donnée.", ALL, "options"),
        ("La couche de routes a ne couvre pas le territoire. Donnez-en une.", ALL, "options"),
        ("Le service n’a donné aucune de ses valeurs.", ALL, "run"),
        (SILENT, ALL, "run"),
        ("l’enquête n’a pas de question pour cette page.", ALL, "options"),
    ],
)
def test_a_reason_leads_to_the_step_that_mends_it(
    reason: str, given: tuple[str, ...], step: str
) -> None:
    found, advice = mending_of(reason, given)
    assert found == step and step in STEPS and advice


def test_the_file_that_lacks_is_named() -> None:
    reason = "aucun fichier de clients et de sites n’est donné."
    assert "sites" in mending_of(reason, ("clients",))[1]
    assert "clients" in mending_of(reason, ("sites",))[1]


def test_what_secrecy_keeps_away_is_not_to_be_mended() -> None:
    for reason in (
        "aucun indicateur de cette page n’a de valeur diffusable pour le territoire.",
        "aucune commune n’a assez de personnes pour que la valeur soit montrée.",
        "aucune commune ne peut être classée sans montrer un effectif secret.",
    ):
        step, advice = mending_of(reason, ())
        assert step == "" and advice


def test_pages_figures_and_the_word_of_the_service_are_one_entry() -> None:
    context = {
        "skipped": [{"title": "Page 1", "reason": SILENT}, {"title": "Page 2", "reason": SILENT}],
        "failures": [{"title": "Population", "reason": SILENT}],
    }
    detail = "Insee, API Melodi : aucune connexion n’a tenu. Vérifiez le proxy."
    (found,) = missing(context, ["Services", f"- Non obtenu : {detail}"], ALL)
    assert found.titles == ("Page 1", "Page 2") and found.figures == ("Population",)
    assert found.reason == detail and found.step == "run"


def test_a_source_and_a_step_without_a_page_are_told_too() -> None:
    """Nothing in the context: a collection that no page shows, a layer that was refused."""
    refused = "La couche de routes « routes » ne couvre pas le territoire. Donnez les routes."
    lines = [
        "- Non obtenu : Géoplateforme : quota épuisé.",
        f"- Étape sans résultat : {refused}",
        f"- Étape sans résultat : {refused}",
        "- Étape sans résultat : déjà dit.",
    ]
    context = {
        "skipped": [{"title": "Page", "reason": "déjà dit."}],
        "failures": [],
        "notes": ["Rien n’est mesuré : déjà dit.", "Les données n’ont pas de routes : à vol."],
    }
    page, source, layer, note = missing(context, lines, ALL)
    assert page.titles == ("Page",) and page.step == ""
    assert (source.reason, source.step) == ("Géoplateforme : quota épuisé.", "run")
    assert (layer.reason, layer.step) == (refused, "options")
    assert note.reason.startswith("Les données n’ont pas") and note.step == "options"


def test_an_older_context_tells_no_failures() -> None:
    assert missing({"skipped": []}, [], ()) == ()
    (found,) = missing({"skipped": [{"title": "a", "reason": "b"}]}, [], ())
    assert found == Missing("b", ("a",))
