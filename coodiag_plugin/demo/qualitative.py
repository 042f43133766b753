"""The analyst's own tables: an invented survey, actors, an action plan, texts. Dirty as real ones."""

from __future__ import annotations

import random
from pathlib import Path

from . import dirt, words
from .numbers import stream
from .streets import Address
from .territory import World
from .writing import csv_bytes, write_xlsx

RESPONDENTS = 160
_FICTITIOUS = "DONNÉES FICTIVES"
_QUESTIONS: list[list[object]] = [
    ["Code", "Libellé", "Type", "Réponses", "Page ou thème"],
    ["Q1", "Comment avez-vous connu la structure ?", "choix unique", "Bouche à oreille | France Travail | Mission locale | Mairie ou CCAS | Presse, affiche", "impact"],
    ["Q2", "Qu’est-ce qui rend difficile l’accès à un emploi ?", "choix multiple", "Se déplacer | Faire garder ses enfants | La santé | Le manque de formation | Le logement | Les démarches en ligne", "impact"],
    ["Q3", "L’accueil", "échelle", "Pas satisfait | Peu satisfait | Satisfait | Très satisfait", "impact"],
    ["Q4", "L’accompagnement", "échelle", "Pas satisfait | Peu satisfait | Satisfait | Très satisfait", "impact"],
    ["Q5", "Les horaires", "échelle", "Pas satisfait | Peu satisfait | Satisfait | Très satisfait", "impact"],
    ["Q6", "Disposez-vous d’un moyen de transport ?", "choix unique", "Oui | Non", "impact"],
    ["Q7", "Temps de trajet (minutes)", "nombre", "", "impact"],
    ["Q8", "Vos remarques", "texte libre", "", "impact"],
]  # fmt: skip
_HEADER = [
    "Horodateur", "Nom", "Courriel", "Téléphone", "Commune de résidence", *(f"Q{n}" for n in range(1, 9)),
]  # fmt: skip
_REMARKS = (
    "Tout s’est bien passé, merci à Mme Fictive.",
    "Il faudrait un bus le matin.",
    "Rappeler au 06 39 98 00 00 (numéro fictif)",
    "Rien à dire.",
)
#: Name, category, role, place (a town, or "" for one drawn), link; persons are there to be masked.
_ACTORS = (
    ("Mission locale du Pays Fictif", "Emploi et insertion", "Accompagnement des 16-25 ans", words.MAIN_TOWN, "prescripteur"),
    ("Agence fictive pour l’emploi", "Emploi", "Service public de l’emploi", words.MAIN_TOWN, "prescripteur"),
    ("PLIE de l’agglomération imaginaire", "", "Parcours vers l’emploi", words.MAIN_TOWN, "prescripteur ; financeur"),
    ("Régie de quartier du Canevas", "SIAE", "Entretien, médiation", words.MAIN_TOWN, "partenaire"),
    ("Chantier d’insertion La Maquette", "SIAE", "Espaces verts", words.SECOND_TOWN, "concurrent"),
    ("CCAS de Demoville", "Collectivité", "Aides facultatives, domiciliation", words.MAIN_TOWN, "prescripteur"),
    ("CCAS de Fictange", "Action sociale", "Aides facultatives", words.SECOND_TOWN, "prescripteur"),
    ("Maison départementale des solidarités (fictive)", "Action sociale", "Service social de secteur", words.MARKET_TOWN, "prescripteur"),
    ("Épicerie solidaire du Mirage", "Action sociale", "Aide alimentaire", words.MAIN_TOWN, "partenaire"),
    ("Espace France services témoin", "Accès aux droits", "Démarches administratives", words.MARKET_TOWN, "aucun"),
    ("Crèche Les Petits Prototypes", "Petite enfance", "Accueil en horaires élargis", words.MAIN_TOWN, "aucun"),
    ("Centre social du Songe", "Jeunesse et familles", "Animation, parentalité", words.SECOND_TOWN, "partenaire"),
    ("Relais petite enfance d’Esquisse", "Petite enfance", "Information des familles", "", "aucun"),
    ("Organisme de formation Gabarit", "Formation", "Savoirs de base", words.MAIN_TOWN, "fournisseur"),
    ("Lycée professionnel de l’Ébauche", "Formation", "CAP, bac professionnel", words.SECOND_TOWN, "partenaire"),
    ("Maison de santé de la Fable", "Santé", "Soins de premier recours", words.VALLEY[0], "aucun"),
    ("Service fictif d’appui aux addictions", "Santé", "Accueil, soins", words.MAIN_TOWN, "partenaire"),
    ("Club d’entreprises du Bocage imaginaire", "Réseau d’entreprises", "Animation économique", words.MAIN_TOWN, "partenaire"),
    ("Blanchisserie Variante", "Entreprise", "Linge professionnel", words.SECOND_TOWN, "client ; concurrent"),
    ("Coopérative Utopie", "ESS", "Filière du réemploi", "", "partenaire"),
    ("Communauté d’agglomération imaginaire", "Collectivité", "Clauses sociales, mobilité", words.MAIN_TOWN, "financeur ; client"),
    ("Fondation de la Légende", "Fondation", "Mécénat", words.MAIN_TOWN, "financeur"),
    ("Garage solidaire du Prétexte", "Mobilité", "Réparation, location à bas prix", words.MARKET_TOWN, "partenaire"),
    ("Marie Fictive", "Habitante", "Bénévole", words.MAIN_TOWN, "partenaire"),
    ("M. Modèle", "Élu", "Délégué à l’emploi", words.SECOND_TOWN, "partenaire"),
)  # fmt: skip
#: Theme (empty under a merged cell), action, pilot, calendar, indicator, means.
_ACTIONS = (
    ("Recruter plus loin", "Tenir une permanence mensuelle dans la vallée des anciens moulins", "Chargée d’insertion", "T1 2027", "Personnes rencontrées par permanence", "Une demi-journée par mois"),
    ("", "Ouvrir une navette entre les sites et les communes mal desservies", "Direction", "2027–2028", "Trajets par mois", "Un véhicule, un mi-temps"),
    ("", "Signer une convention avec les deux CCAS", "Direction, avec les CCAS", "2026-11-15", "Candidatures orientées", ""),
    ("Lever les freins", "Réserver des places de crèche en horaires élargis", "Mme Marie Fictive, directrice", "S2 2027", "Familles accueillies", "Convention avec la crèche"),
    ("", "Créer un atelier numérique avec l’espace France services", "Chargé de mission numérique, 06 39 98 00 00", "court terme", "Participants autonomes après trois mois", ""),
    ("", "Proposer un bilan de santé à l’entrée", "Encadrement technique", "en continu", "Bilans réalisés", ""),
    ("Développer l’activité", "Prospecter les résidences de services des deux villes", "Responsable commerciale", "2027", "Nouveaux contrats signés", "Liste des prospects du diagnostic"),
    ("", "Répondre aux marchés réservés de l’agglomération", "Direction", "2026–2028", "Heures d’insertion obtenues", ""),
    ("Coopérer", "Réunir les acteurs de l’insertion une fois par trimestre", "PLIE", "chaque trimestre", "Structures présentes", ""),
    ("", "Publier un annuaire commun des solutions de mobilité", "", "bientôt", "Exemplaires diffusés", ""),
)  # fmt: skip
_TEXTS = (
    ("recrutement", "Les entretiens (fictifs) confirment la carte : dans la vallée des anciens moulins, on connaît la structure de nom, mais le premier car passe après l’embauche.\nLa priorité est d’aller au-devant des personnes, avant d’élargir l’offre."),
    ("ecosysteme", "Les prescripteurs sont nombreux dans les deux villes et presque absents ailleurs (constat fictif)."),
    ("utilite", "Texte d’exemple : la structure rend un service de proximité que personne d’autre n’assure dans le nord du territoire imaginaire."),
)  # fmt: skip


def write_survey(path: Path, world: World) -> None:
    """A workbook of two sheets, titles above the header, contacts that the reading drops."""
    rng = stream(world.seed, "survey")
    title = f"Enquête auprès des salariés et des candidats ({_FICTITIOUS})"
    rows: list[list[object]] = [[title], [*_HEADER]]
    rows += [_respondent(rank, rng) for rank in range(1, RESPONDENTS + 1)]
    write_xlsx(path, {"Réponses": rows, "Questions": _QUESTIONS})


def _respondent(rank: int, rng: random.Random) -> list[object]:
    town = rng.choices(
        (words.MAIN_TOWN, words.SECOND_TOWN, words.MARKET_TOWN, words.VALLEY[0], words.VALLEY[1]),
        (36, 24, 14, 24, 2),
    )[0]
    far = town in words.VALLEY
    known = rng.choices(
        (
            "Bouche à oreille",
            "France Travail",
            "Mission locale",
            "Mairie ou CCAS",
            "Presse, affiche",
        ),
        (34, 24, 18, 12 if not far else 30, 5),
    )[0]
    needs = ["Se déplacer"] if rng.random() < (0.9 if far else 0.45) else []
    for need, share in (
        ("Faire garder ses enfants", 0.35),
        ("La santé", 0.2),
        ("Le manque de formation", 0.4),
        ("Le logement", 0.15),
        ("Les démarches en ligne", 0.3),
    ):
        needs += [need] if rng.random() < share else []
    marks = [_mark(rng, good) for good in (0.75, 0.65, 0.4)]
    transport = (
        "" if rng.random() < 0.08 else "Non" if rng.random() < (0.8 if far else 0.2) else "Oui"
    )
    minutes = "" if rng.random() < 0.1 else str(round(rng.gauss(38 if far else 18, 7)))
    remark = rng.choice(_REMARKS) if rng.random() < 0.3 else ""
    return [
        f"2026-02-{1 + rank % 27:02d} 10:00", f"Personne-Fictive-{rank:03d}",
        f"personne{rank}@exemple.invalid", dirt.phone(rng), town, known, " | ".join(needs),
        *marks, transport, minutes, remark,
    ]  # fmt: skip


def _mark(rng: random.Random, good: float) -> str:
    if rng.random() < 0.07:
        return ""
    weights = ((1 - good) * 0.4, (1 - good) * 0.6, good * 0.6, good * 0.4)
    return rng.choices(("Pas satisfait", "Peu satisfait", "Satisfait", "Très satisfait"), weights)[
        0
    ]


def write_actors(path: Path, world: World, homes: list[Address]) -> None:
    """CSV in cp1252: most with an address, some with their commune alone, contacts and two persons."""
    rng = stream(world.seed, "actors")
    inside = {c.name: c for c in world.communes if c.inside}
    rows = []
    for name, category, role, town, link in _ACTORS:
        commune = inside.get(town) or rng.choice(sorted(inside.values(), key=lambda c: c.code))
        pool = [home for home in homes if home.commune is commune and not home.hamlet]
        line = dirt.address_line(rng.choice(pool).line, rng) if pool and rng.random() < 0.7 else ""
        contact = f"Mme Personne-Fictive-{rng.randint(1, 99)}"
        mail = f"contact{rng.randint(1, 99)}@exemple.invalid"
        rows.append(
            [name, category, role, line, commune.postcode, commune.name, link, contact, mail, dirt.phone(rng)]
        )  # fmt: skip
    header = [
        "Structure", "Catégorie", "Rôle sur le territoire", "Adresse", "CP", "Commune",
        "Lien avec la structure", "Personne contact", "Courriel", "Téléphone",
    ]  # fmt: skip
    path.write_bytes(csv_bytes(header, rows, encoding="cp1252"))


def write_actions(path: Path) -> None:
    """A workbook with a title, its themes in merged cells (their first cell only)."""
    rows: list[list[object]] = [
        [f"Plan d’action 2026–2028 ({_FICTITIOUS})"],
        ["N°", "Thème", "Action", "Pilote", "Calendrier", "Indicateur de suivi", "Moyens"],
    ]
    rows += [[str(rank), *cells] for rank, cells in enumerate(_ACTIONS, 1)]
    write_xlsx(path, {"Plan": rows})


def write_words(path: Path) -> None:
    """CSV in UTF-8: texts by page, the last one for a page that does not exist."""
    rows = [*_TEXTS, ("recrutment", "Texte dont l’identifiant a une faute.")]
    path.write_bytes(csv_bytes(["page", "texte"], rows, encoding="utf-8-sig"))
