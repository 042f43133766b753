"""What a journal says of a repaired, flagged or refused cell: one pair of sentences per code.

The sentences are French because they are printed. They never quote a cell: the value stands in
its own column of ISSUES, so that the journal can count problems without naming anyone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ..core.french import NO_BREAK_SPACE, number


@dataclass(frozen=True)
class Issue:
    """One repair, flag or refusal. ``line`` is 1-based in the file; ``value`` is as read.

    ``other``: the line or the column that the sentence names.
    """

    line: int
    column: str
    value: str
    problem: str
    action: str
    code: str
    other: str = ""


#: code → (problem, action). ``{other}`` is a line number or a column, never a cell.
SENTENCES = {
    # The file
    "stray_quotes": (
        "Guillemets non refermés dans le fichier",
        "Fichier relu sans tenir compte des guillemets",
    ),
    "no_header": (
        "Aucune ligne d’en-tête reconnue",
        "Colonnes nommées colonne_1, colonne_2… et reconnues d’après leur contenu",
    ),
    "other_sheets": (
        "Le classeur a plusieurs feuilles remplies",
        "Seule la feuille indiquée ici a été lue",
    ),
    "duplicate_header": (
        "Deux colonnes portent le même nom",
        "Colonne renommée avec un numéro",
    ),
    "renamed_column": (
        "Nom de colonne réservé ou déjà pris par un champ reconnu",
        "Colonne renommée avec un numéro",
    ),
    "column_not_used": (
        "L’en-tête annonce un champ que le contenu ne confirme pas ({other})",
        "Colonne gardée telle quelle",
    ),
    "guessed_column": (
        "Colonne reconnue d’après son contenu ({other})",
        "Champ rempli avec cette colonne",
    ),
    "swapped_columns": (
        "Les colonnes code postal et commune sont inversées",
        "Colonnes remises dans l’ordre pour tout le fichier",
    ),
    # Any cell
    "mojibake": ("Accents mal encodés", "Accents rétablis"),
    "lost_character": ("Caractère perdu (�)", "Texte gardé, à corriger à la main"),
    "entity": ("Codes HTML dans le texte", "Codes remplacés par leurs caractères"),
    "control": ("Caractères de contrôle invisibles", "Caractères retirés"),
    "formula": ("Formule en début de cellule", "Signe déclencheur retiré, texte gardé"),
    "excel_text": ("Texte protégé par une formule de tableur", "Texte extrait"),
    "sheet_error": ("Erreur de calcul du tableur", "Cellule considérée comme vide"),
    "extra_cells": (
        "Plus de cellules que de colonnes",
        "Cellules gardées dans des colonnes sans nom, ligne à vérifier",
    ),
    # Places
    "postcode_zero": ("Code postal sans son zéro de tête", "Zéro rétabli"),
    "postcode_form": ("Code postal mal écrit", "Code postal remis sur cinq chiffres"),
    "postcode_bad": ("Code postal illisible", "Code postal laissé vide"),
    "postcode_is_citycode": (
        "Code commune Insee dans la colonne du code postal",
        "Code déplacé vers le code commune",
    ),
    "postcode_conflict": (
        "Deux codes postaux différents sur la ligne",
        "Celui de la colonne du code postal est gardé",
    ),
    "postcode_in_city": (
        "Code postal dans la cellule de la commune",
        "Code postal et commune séparés",
    ),
    "city_in_postcode": (
        "Commune dans la cellule du code postal",
        "Code postal et commune séparés",
    ),
    "inverted": ("Code postal et commune inversés", "Cellules remises dans l’ordre"),
    "cedex": (
        "Adresse CEDEX",
        "Mention CEDEX retirée de la commune, code postal gardé (il désigne un bureau distributeur)",
    ),
    "department_in_city": (
        "Numéro de département dans la commune",
        "Numéro retiré",
    ),
    "city_bad": ("Commune sans aucune lettre", "Commune laissée vide"),
    "citycode_zero": ("Code commune sans son zéro de tête", "Zéro rétabli"),
    "citycode_bad": ("Code commune illisible", "Code commune laissé vide"),
    "address_split": (
        "Adresse complète dans une seule cellule",
        "Rue, code postal et commune séparés",
    ),
    "address_tail": (
        "Code postal et commune répétés dans l’adresse",
        "Répétition retirée de l’adresse",
    ),
    "address_lines": (
        "Adresse sur plusieurs lignes",
        "Ligne de la voie gardée, autres lignes mises en complément",
    ),
    "bp": ("Boîte postale ou course spéciale dans l’adresse", "Mention déplacée en complément"),
    # Codes of the register
    "siret_zero": ("SIRET sans son zéro de tête", "Zéro rétabli"),
    "siret_scientific": (
        "SIRET réduit par le tableur (notation scientifique)",
        "Valeur refusée : des chiffres sont perdus",
    ),
    "siret_expanded": ("SIRET en notation scientifique", "Chiffres rétablis, clé vérifiée"),
    "siret_luhn": ("Clé de contrôle du SIRET fausse", "SIRET gardé comme texte, à vérifier"),
    "siren_only": ("SIREN au lieu d’un SIRET", "SIREN gardé"),
    "siret_bad": ("SIRET illisible", "Valeur refusée"),
    "naf_zero": ("Code NAF sans son zéro de tête", "Zéro rétabli"),
    "naf_incomplete": ("Code NAF sans sa lettre", "Code gardé au niveau de la classe"),
    "naf_bad": ("Code NAF illisible", "Valeur refusée"),
    # Numbers and dates
    "number_bad": ("Nombre illisible", "Valeur refusée"),
    "number_thousand": ("Montant en milliers d’euros", "Montant multiplié par mille"),
    "date_serial": ("Date sous forme de numéro de tableur", "Date rétablie"),
    "date_short_year": (
        "Année sur deux chiffres",
        "Siècle déduit (00–49 : 2000, 50–99 : 1900)",
    ),
    "date_bad": ("Date impossible ou illisible", "Valeur refusée"),
    # Rows
    "total": ("Ligne de total ou de pied de tableau", "Ligne refusée"),
    "repeated_header": ("En-tête répété au milieu du tableau", "Ligne refusée"),
    "nowhere": ("Ni adresse, ni commune, ni code postal", "Ligne refusée"),
    "duplicate": ("Ligne identique à la ligne {other}", "Ligne écartée"),
    "same_without_identity": (
        "Ligne identique à la ligne {other}, sans nom ni identifiant",
        "Ligne gardée : rien ne dit qu’il s’agit de la même personne",
    ),
    "same_ref": (
        "Même référence que la ligne {other}, contenu différent",
        "Ligne gardée, à vérifier",
    ),
    # Tables of the analyst: survey, actors, action plan, texts
    "identifying_column": (
        "Colonne qui identifie des personnes ({other})",
        "Colonne retirée dès la lecture",
    ),
    "column_left": ("Colonne que le diagnostic ne reprend pas", "Colonne laissée de côté"),
    "contact_in_text": (
        "Courriel ou téléphone dans un texte",
        "Courriel ou téléphone retiré du texte",
    ),
    "sample_row": ("Ligne d’exemple du modèle", "Ligne écartée"),
    "carried_down": (
        "Cellule vide sous une cellule remplie (cellules fusionnées)",
        "Valeur du dessus reprise",
    ),
    "no_respondent": ("Réponse sans répondant ou sans question", "Ligne refusée"),
    "empty_respondent": ("Répondant sans aucune réponse", "Ligne écartée"),
    "same_answer": (
        "Réponse répétée pour un même répondant et une même question",
        "Réponse comptée une fois",
    ),
    "second_answer": (
        "Seconde réponse à une question à choix unique",
        "Question comptée sans réponse pour ce répondant",
    ),
    "same_question": (
        "Deux colonnes de même intitulé et de mêmes réponses",
        "Seule la première est comptée",
    ),
    "question_unknown": (
        "Question décrite qui n’est pas dans les réponses",
        "Description laissée de côté",
    ),
    "question_kind": ("Type de question inconnu", "Type reconnu d’après les réponses"),
    "answer_person": (
        "Réponse qui semble nommer une personne ou donner un contact",
        "Comptée dans « Autres réponses » : si elle ne nomme personne, écrivez-la parmi les réponses de la question (feuille « Questions »)",
    ),
    "group_person": (
        "Groupe qui semble nommer une personne ou donner un contact",
        "Compté dans « Autres groupes » : s’il ne nomme personne, écrivez-le parmi les réponses de la colonne (feuille « Questions »)",
    ),
    "answer_unread": (
        "Réponse illisible à une question chiffrée",
        "Question comptée sans réponse pour ce répondant",
    ),
    "actor_unnamed": ("Acteur sans nom", "Ligne refusée"),
    "actor_person": (
        "Acteur qui semble être une personne",
        "Ni nommé ni placé : si c’est un organisme, écrivez-le dans son nom (« Association… »)",
    ),
    "actor_kind": ("Catégorie d’acteur non reconnue", "Rangé dans « Autres acteurs »"),
    "actor_link": ("Lien avec la structure non reconnu", "Rangé dans « Autre lien »"),
    "same_actor": ("Acteur identique à celui de la ligne {other}", "Ligne écartée"),
    "coordinates_bad": (
        "Latitude ou longitude illisible",
        "Acteur localisé par son adresse ou sa commune",
    ),
    "action_missing": ("Ligne sans action", "Ligne refusée"),
    "calendar_bad": ("Date ou calendrier non compris", "Texte gardé tel quel"),
    "pilot_person": (
        "Pilote qui semble être une personne",
        "Nom retiré : écrivez sa fonction ou son organisme",
    ),
    "person_in_text": (
        "Texte qui semble nommer une personne",
        "Nom retiré : écrivez sa fonction ou son organisme",
    ),
    "words_unknown": (
        "Identifiant qu’aucun chapitre ni aucune page sans carte ne porte ({other})",
        "Texte laissé de côté",
    ),
    "words_empty": ("Texte sans identifiant de page", "Ligne refusée"),
    "words_again": (
        "Second texte pour la même page",
        "Ajouté à la suite du premier",
    ),
}

#: Codes after which the row is not in the table.
REFUSED_ROW = frozenset({"total", "repeated_header", "nowhere"})


def issue(line: int, column: str, value: str, code: str, other: object = "") -> Issue:
    """The issue of ``code`` with its sentences."""
    problem, action = SENTENCES[code]
    return Issue(
        line,
        column,
        value,
        problem.format(other=other).replace(" : ", f"{NO_BREAK_SPACE}: "),
        action.replace(" : ", f"{NO_BREAK_SPACE}: "),
        code,
        str(other),
    )


def summary(issues: Iterable[Issue]) -> list[str]:
    """One line per code with its count and no cell: what a shareable journal may print."""
    lines = []
    for code, count in Counter(item.code for item in issues).items():
        problem, action = (part.replace(" : ", f"{NO_BREAK_SPACE}: ") for part in SENTENCES[code])
        problem = problem.replace("la ligne {other}", "une autre ligne").replace(" ({other})", "")
        lines.append(f"{problem}{NO_BREAK_SPACE}: {number(count)}. {action}.")
    return lines
