"""Actors, action plan and texts: what is taken, what is left out, what is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.catalogue import rows
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.demo.writing import write_xlsx
from coodiag.coodiag_plugin.sources.actions_file import read_actions
from coodiag.coodiag_plugin.sources.actors_file import kind_of, links_of, read_actors
from coodiag.coodiag_plugin.sources.analyst_table import told
from coodiag.coodiag_plugin.sources.identifying import (
    identifying,
    is_person,
    without_contacts,
    without_persons,
)
from coodiag.coodiag_plugin.sources.words_file import read_words
from coodiag.tests.unit.qualitative_samples import written

# --- persons --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["Marie Fictive", "M. Modèle", "Mme Exemple", "Dr Témoin", "J. Fictif", "FICTIF Karim",
     "Jean-Pierre Modèle", "Sarah de Fable", "Madame Fictive"],
)  # fmt: skip
def test_a_name_of_a_person_is_seen(name: str) -> None:
    assert is_person(name)


@pytest.mark.parametrize(
    "name",
    ["Association Marie Fictive", "CCAS de Demoville", "Lycée Jean Fictif", "Emmaüs RENNES",
     "Saint-Martin Emploi", "Direction", "Chargée de mission", "M. le maire",
     "Madame la directrice", "Le Martin Pêcheur", "Garage du Prétexte", "", "PLIE"],
)  # fmt: skip
def test_an_organisation_or_a_function_is_not_taken_for_a_person(name: str) -> None:
    assert not is_person(name)


def test_contacts_leave_a_text() -> None:
    assert without_contacts("CCAS (tél. 02 99 00 00 00), accueil@exemple.invalid") == "CCAS"
    assert without_contacts("Direction, +33 6 39 98 00 00") == "Direction"
    assert without_contacts("12 000 € en 2026, 3 places") == "12 000 € en 2026, 3 places"
    assert without_persons("Mme Fictive, directrice") == "directrice"
    assert without_persons("Direction, avec les CCAS") == "Direction, avec les CCAS"


@pytest.mark.parametrize(
    ("header", "cells", "label"),
    [
        ("E-mail", [], "courriel"),
        ("Quel est votre nom ?", ["A", "B", "C"], "nom ou prénom"),
        ("Coordonnée 3", ["a@exemple.invalid", "b@exemple.invalid"], "courriel"),
        ("Avez-vous un téléphone ?", ["Oui", "Non", "Oui", "Oui"], ""),
        ("Transport", ["Bus"], ""),
    ],
)
def test_a_column_that_identifies(header: str, cells: list[str], label: str) -> None:
    assert identifying(header, cells) == label


# --- actors ---------------------------------------------------------------------------------

ACTORS = (
    "Actrices et acteurs (fictif)",
    "Structure;Catégorie;Rôle;Adresse;CP;Commune;Latitude;Longitude;Lien avec la structure;Contact;Courriel;Budget",
    "CCAS de Demoville;Collectivité;Accueil, 02 99 00 00 00;1 rue de la Mairie;53100;Demoville;;;Prescripteur;Mme Fictive;a@exemple.invalid;3",
    "Mission locale fictive;;Insertion;;;Fictange;;;partenaire et prescripteur;;;",
    "Marie Fictive;Habitante;Bénévole;;;Fictange;;;;;;",
    "Simon Fictif;Association;Mobilité;;;;48,1;-1,6;zzz;;;",
    ";x;;;;;;;;;;",
    "CCAS de Demoville;Collectivité;;1 rue de la Mairie;53100;DEMOVILLE;;;;;;",
    "Chose;Truc;;;;;999;3;financeur / client;;;",
    "Exemple : à effacer;Emploi;;;;;;;;;;",
)


def test_actors_are_organisations_and_nothing_else_is_kept(tmp_path: Path) -> None:
    found = read_actors(written(tmp_path / "a.csv", *ACTORS, encoding="cp1252"))
    assert [(actor.name, actor.kind, actor.links) for actor in found.actors] == [
        ("CCAS de Demoville", "social", ("prescripteur",)),
        ("Mission locale fictive", "emploi", ("prescripteur", "partenaire")),
        ("Simon Fictif", "autre", ("autre",)),
        ("Chose", "autre", ("financeur", "client")),
    ]
    assert found.rows_in == len(found.rows) + found.refused + found.persons
    assert (found.refused, found.persons) == (2, 1)
    assert [name for name, _ in found.dropped] == ["Contact", "Courriel", "Budget"]
    assert found.rows[2].point == (-1.6, 48.1) and found.rows[3].point is None
    kept = f"{found.rows} {told(found.issues)}"
    for secret in ("Marie", "02 99", "a@exemple", "Mme"):
        assert secret not in kept
    lines = {item.code: item.line for item in found.issues}
    assert lines["actor_person"] == 5 and lines["same_actor"] == 8 and lines["coordinates_bad"] == 9


@pytest.mark.parametrize(
    ("category", "name", "kind"),
    [
        ("SIAE", "X", "emploi"), ("Crèche", "", "famille"), ("Santé", "", "sante"),
        ("Entreprise d’insertion", "", "emploi"), ("entreprise", "", "economie"),
        ("Association", "Restos du cœur de Fictange", "social"), ("Association", "Le Rêve", "autre"),
        ("", "Lycée professionnel", "formation"), ("", "Mairie de Fictange", "institution"),
        ("", "Zzz", ""), ("Organismes de formation", "", "formation"),
    ],
)  # fmt: skip
def test_the_kind_of_an_actor(category: str, name: str, kind: str) -> None:
    assert kind_of(category, name) == kind


def test_links_are_those_of_the_catalogue() -> None:
    assert links_of("Financeur ; partenaire") == ("partenaire", "financeur")
    assert links_of("") == () and links_of("aucun") == ("aucun",) and links_of("bof") == ("autre",)


def test_the_kinds_of_the_catalogue_hold_on_a_map() -> None:
    kinds = rows("actor_kinds")
    hues = {row["colour"] for row in kinds if row["kind"] != "autre"}
    assert len(hues) == len(kinds) - 1 <= 7
    assert {row["shape"] for row in kinds} <= {"circle", "square", "triangle"}
    assert len({row["label"] for row in kinds}) == len(kinds)


def test_a_list_of_names_alone_is_a_table_of_actors(tmp_path: Path) -> None:
    found = read_actors(written(tmp_path / "a.csv", "Partenaires du projet", "CCAS", "PLIE"))
    assert [actor.name for actor in found.actors] == ["CCAS", "PLIE"]
    with pytest.raises(InputError, match="names the actors"):
        read_actors(written(tmp_path / "b.csv", "Ville;Téléphone", "Demoville;3"))
    with pytest.raises(InputError, match="look like persons"):
        read_actors(written(tmp_path / "c.csv", "Nom;Ville", "Marie Fictive;Demoville"))


# --- actions --------------------------------------------------------------------------------


def test_an_action_plan_in_its_order(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    plan = [
        ["Plan fictif"],
        ["N°", "Axe", "Action", "Pilote", "Échéance", "Indicateur de suivi", "Budget", "Contact"],
        ["2", "Mobilité", "Navette", "Mme Marie Fictive, directrice", "2026/03/01", "Trajets", "10 000 €", "x"],
        ["1", "", "Covoiturage", "CCAS, 02 99 11 22 33", "T2 2026", "", "", ""],
        ["3", "Emploi", "Forum", "Jean Fictif", "31/02/2026", "", "", ""],
        ["4", "", "", "Direction", "", "", "", ""],
        ["5", "", "Parrainage", "Direction", "bientôt", "", "", ""],
        ["6", "Mobilité", "Vélos", "", "2026-28", "", "", ""],
    ]  # fmt: skip
    write_xlsx(path, {"Plan": plan, "Lisez-moi": [["Action", "Pilote", "Thème", "Calendrier"], ["a", "b", "c", "d"]]})  # fmt: skip
    found = read_actions(path)
    shown = [(a.theme, a.action, a.pilot, a.calendar, a.years) for a in found.plan.actions]
    assert shown == [
        ("Mobilité", "Covoiturage", "CCAS", "T2 2026", (2026,)),
        ("Mobilité", "Navette", "directrice", "1er\u00a0mars 2026", (2026,)),
        ("Mobilité", "Vélos", "", "2026-28", (2026, 2027, 2028)),
        ("Emploi", "Forum", "", "31/02/2026", ()),
        ("Emploi", "Parrainage", "Direction", "bientôt", ()),
    ]
    assert found.plan.actions[1].others == (("Budget", "10 000 €"),)
    assert found.rows_in == len(found.plan.actions) + found.refused
    lines: dict[str, list[int]] = {}
    for item in found.issues:
        lines.setdefault(item.code, []).append(item.line)
    assert lines["action_missing"] == [6] and lines["calendar_bad"] == [5, 7]
    assert lines["pilot_person"] == [3, 5] and lines["contact_in_text"] == [4]
    sentences = " ".join(told(found.issues))
    assert "(ligne 6)" in sentences and "Fictif" not in sentences


@pytest.mark.parametrize(
    ("start", "end", "printed", "years"),
    [
        ("2026-03-01", "2027-06-30", "du 1er\u00a0mars 2026 au 30\u00a0juin 2027", (2026, 2027)),
        ("avril 2026", "", "à partir d’avril 2026", (2026,)),
        ("", "12/2026", "jusqu’à décembre 2026", (2026,)),
        ("2026", "2028", "de 2026 à 2028", (2026, 2027, 2028)),
    ],
)
def test_a_calendar_in_two_columns(
    tmp_path: Path, start: str, end: str, printed: str, years: tuple[int, ...]
) -> None:
    path = written(tmp_path / "p.csv", "Action;Début;Fin", f"Navette;{start};{end}")
    action = read_actions(path).plan.actions[0]
    assert (action.calendar, action.years) == (printed, years)


def test_priority_sorts_actions_without_an_order(tmp_path: Path) -> None:
    path = written(tmp_path / "p.csv", "Action;Priorité", "A;faible", "B;haute", "C;", "D;moyenne")
    assert [a.action for a in read_actions(path).plan.actions] == ["B", "D", "A", "C"]
    with pytest.raises(InputError, match="holds the actions"):
        read_actions(written(tmp_path / "q.csv", "Ville;Pays", "Demoville;Fiction"))
    with pytest.raises(InputError, match="No row"):
        read_actions(written(tmp_path / "r.csv", "Action;Pilote", ";CCAS"))


# --- texts ----------------------------------------------------------------------------------

KNOWN = {"emploi": "Les personnes privées d’emploi", "mobilite": "Se déplacer"}


def test_texts_by_page(tmp_path: Path) -> None:
    path = written(
        tmp_path / "t.csv", "page,titre,texte", 'Emploi,,"Un <b>texte</b>.', 'Deux lignes."',
        "mobilte,,Perdu", "SE DÉPLACER,,Par son titre", "emploi,,Suite", ",,Sans page", "droits,,",
    )  # fmt: skip
    found = read_words(path, KNOWN)
    assert found.texts == {
        "emploi": "Un <b>texte</b>.\nDeux lignes.\nSuite",
        "mobilite": "Par son titre",
    }
    assert found.unknown == (("mobilte", "mobilite", 4),)
    assert "mobilite" in found.sentences()[0] and "Ligne 4" in found.sentences()[0]
    assert {item.code for item in found.issues} == {"words_unknown", "words_empty", "words_again"}


def test_texts_need_two_columns(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="two columns"):
        read_words(written(tmp_path / "t.csv", "texte", "Bonjour"), KNOWN)
