"""Activities of the demonstration's establishments: how common they are, how large, of which form."""

from __future__ import annotations

from dataclasses import dataclass

#: Size bands of Sirène by profile: (band, weight). NN: not an employer.
SIZES: dict[str, tuple[tuple[str, float], ...]] = {
    "micro": (("NN", 84), ("00", 4), ("01", 9), ("02", 3)),
    "craft": (("NN", 58), ("00", 4), ("01", 20), ("02", 11), ("03", 5), ("11", 2)),
    "shop": (("NN", 50), ("00", 4), ("01", 24), ("02", 14), ("03", 6), ("11", 2)),
    "small": (("NN", 30), ("00", 4), ("01", 24), ("02", 20), ("03", 12), ("11", 7), ("12", 3)),
    "middle": (("01", 10), ("02", 14), ("03", 18), ("11", 22), ("12", 22), ("21", 10), ("22", 4)),
    "care": (("11", 15), ("12", 45), ("21", 32), ("22", 8)),
    "school": (("NN", 10), ("01", 10), ("02", 20), ("03", 25), ("11", 20), ("12", 12), ("21", 3)),
    "club": (("NN", 88), ("00", 2), ("01", 7), ("02", 2), ("03", 1)),
    "farm": (("NN", 88), ("00", 2), ("01", 8), ("02", 2)),
}


@dataclass(frozen=True)
class Activity:
    """``town`` and ``country``: weight per inhabitant of a town and of a village."""

    naf: str
    word: str  # start of a company's name
    town: float
    country: float
    sizes: str
    forms: str  # persons, firms, mixed, social, public


_ROWS = """
01.11Z|GAEC|0.0|5.0|farm|persons
01.41Z|GAEC LAITIER|0.0|7.0|farm|persons
01.50Z|ELEVAGE|0.0|6.0|farm|persons
01.61Z|TRAVAUX AGRICOLES|0.0|0.8|craft|mixed
02.40Z|TRAVAUX FORESTIERS|0.1|0.5|craft|mixed
10.13A|SALAISONS|0.2|0.3|middle|firms
10.71C|BOULANGERIE|1.0|0.7|shop|mixed
14.13Z|ATELIER DE CONFECTION|0.2|0.2|small|firms
16.23Z|MENUISERIE INDUSTRIELLE|0.2|0.5|small|firms
25.62B|MECANIQUE DE PRECISION|0.3|0.5|middle|firms
31.09B|FABRIQUE DE MEUBLES|0.2|0.3|small|firms
33.12Z|MAINTENANCE INDUSTRIELLE|0.3|0.3|small|firms
35.11Z|SOLAIRE|0.6|2.2|micro|firms
38.11Z|COLLECTE|0.1|0.1|middle|firms
38.32Z|RECUPERATION|0.1|0.2|small|firms
41.20A|MAISONS|0.8|0.8|craft|mixed
43.21A|ELECTRICITE|1.2|1.6|craft|mixed
43.22A|PLOMBERIE|1.1|1.5|craft|mixed
43.32A|MENUISERIE|0.9|1.5|craft|mixed
43.34Z|PEINTURE|1.0|1.2|craft|mixed
43.99C|MACONNERIE|1.1|2.1|craft|mixed
45.11Z|GARAGE|0.7|0.5|small|firms
45.20A|REPARATION AUTO|1.3|1.4|shop|mixed
46.19B|NEGOCE|0.9|0.8|micro|mixed
46.69B|FOURNITURES INDUSTRIELLES|0.5|0.2|small|firms
47.11B|EPICERIE|0.7|0.4|shop|mixed
47.11D|SUPERMARCHE|0.25|0.06|middle|firms
47.11F|HYPERMARCHE|0.08|0.0|care|firms
47.52B|BRICOLAGE|0.3|0.1|small|firms
47.71Z|PRET A PORTER|1.8|0.1|shop|mixed
47.73Z|PHARMACIE|0.5|0.25|small|firms
47.79Z|RECYCLERIE|0.15|0.06|small|social
47.81Z|MARCHES|0.6|0.6|micro|persons
47.91B|VENTE EN LIGNE|2.0|1.6|micro|persons
49.32Z|TAXI|0.6|0.5|micro|persons
49.41A|TRANSPORTS|0.5|0.6|small|firms
52.10B|ENTREPOT|0.15|0.1|middle|firms
53.20Z|LIVRAISON|0.9|0.3|micro|persons
55.10Z|HOTEL|0.4|0.12|small|firms
55.20Z|GITE|0.2|0.9|micro|persons
56.10A|RESTAURANT|2.0|0.8|small|mixed
56.10C|RESTAURATION RAPIDE|1.3|0.3|shop|mixed
56.30Z|CAFE|0.6|0.4|shop|mixed
62.01Z|INFORMATIQUE|0.9|0.4|micro|mixed
64.19Z|CAISSE DE CREDIT|0.5|0.1|small|coop
65.12Z|MUTUELLE|0.2|0.0|small|mutual
66.22Z|ASSURANCES|0.6|0.15|small|firms
68.20A|HABITAT|0.35|0.06|middle|housing
68.20B|IMMOBILIERE|6.0|3.6|micro|estate
68.31Z|AGENCE IMMOBILIERE|0.8|0.2|shop|firms
69.10Z|ETUDE|0.6|0.1|small|firms
69.20Z|EXPERTISE COMPTABLE|0.5|0.1|small|firms
70.22Z|CONSEIL|2.2|1.5|micro|persons
71.12B|BUREAU D ETUDES|0.9|0.5|craft|mixed
74.10Z|DESIGN|0.8|0.5|micro|persons
78.20Z|INTERIM|0.35|0.0|small|firms
78.30Z|GROUPEMENT D EMPLOYEURS|0.08|0.04|small|social
80.10Z|SECURITE|0.15|0.05|small|firms
81.10Z|SERVICES AUX IMMEUBLES|0.2|0.05|small|firms
81.21Z|NETTOYAGE|0.7|0.4|craft|mixed
81.22Z|HYGIENE|0.15|0.05|small|firms
81.30Z|PAYSAGES|0.7|1.3|craft|mixed
82.11Z|SECRETARIAT|0.6|0.4|micro|persons
84.30A|CAISSE PRIMAIRE|0.05|0.0|care|public
85.10Z|ECOLE MATERNELLE|0.35|0.25|school|public
85.20Z|ECOLE PRIMAIRE|0.5|0.7|school|public
85.31Z|COLLEGE|0.1|0.05|care|public
85.51Z|ENSEIGNEMENT SPORTIF|0.7|0.5|micro|persons
85.59A|FORMATION|0.5|0.15|small|social
85.59B|COURS|0.9|0.5|micro|persons
86.10Z|CENTRE HOSPITALIER|0.05|0.0|care|public
86.21Z|CABINET MEDICAL|1.2|0.25|micro|persons
86.90D|SOINS INFIRMIERS|1.3|0.7|micro|persons
86.90E|KINESITHERAPIE|1.2|0.3|micro|persons
87.10A|RESIDENCE DES AINES|0.12|0.12|care|social
87.30A|FOYER LOGEMENT|0.06|0.05|care|social
88.10A|AIDE A DOMICILE|0.2|0.1|middle|social
88.10C|ATELIER PROTEGE|0.05|0.03|care|social
88.91A|CRECHE|0.25|0.08|small|social
88.99B|ACTION SOCIALE|0.5|0.15|small|social
90.01Z|COMPAGNIE DE THEATRE|0.6|0.3|club|social
90.03B|ATELIER D ART|1.4|1.0|micro|persons
93.12Z|CLUB SPORTIF|0.9|0.9|club|social
94.99Z|ASSOCIATION|1.7|1.3|club|social
95.29Z|REPARATION|0.4|0.3|micro|persons
96.02A|COIFFURE|1.7|0.9|shop|mixed
96.02B|INSTITUT DE BEAUTE|1.0|0.6|micro|persons
96.04Z|BIEN ETRE|0.6|0.5|micro|persons
96.09Z|SERVICES PERSONNELS|1.8|1.2|micro|persons
"""

ACTIVITIES = tuple(
    Activity(naf, word, float(town), float(country), sizes, forms)
    for naf, word, town, country, sizes, forms in (
        row.split("|") for row in _ROWS.strip().splitlines()
    )
)
TOWN_HALL = Activity("84.11Z", "COMMUNE", 0, 0, "small", "public")
COMMUNITY = Activity("84.11Z", "COMMUNAUTE", 0, 0, "middle", "public")

#: Legal categories by form: (code, weight).
FORMS: dict[str, tuple[tuple[str, float], ...]] = {
    "persons": (("1000", 90), ("5498", 6), ("5720", 4)),
    "mixed": (("1000", 46), ("5499", 24), ("5498", 8), ("5710", 14), ("5720", 6), ("5458", 2)),
    "firms": (("5499", 38), ("5710", 46), ("5599", 9), ("5720", 3), ("5560", 4)),
    "social": (("9220", 91), ("9221", 3), ("9300", 2), ("9230", 2), ("5560", 2)),
    "public": (("7210", 60), ("7331", 20), ("7389", 20)),
    "coop": (("5599", 40), ("6411", 20), ("5560", 40)),
    "mutual": (("8210", 100),),
    "housing": (("4140", 50), ("5560", 50)),
    "estate": (("6540", 92), ("5499", 8)),
}
#: Forms of the social economy by law (associations, cooperatives, mutuals, foundations).
SOCIAL_ECONOMY = ("9220", "9221", "9230", "9300", "8210", "5560", "5458")
_DIVISIONS = {
    "AZ": range(1, 4),
    "BE": range(5, 40),
    "FZ": range(41, 44),
    "GZ": range(45, 48),
    "OQ": range(84, 89),
}


def sector(naf: str) -> str:
    """Sector of the comparateur: AZ, BE, FZ, GZ, OQ, or other services RU."""
    division = int(naf[:2])
    return next((name for name, divisions in _DIVISIONS.items() if division in divisions), "RU")
