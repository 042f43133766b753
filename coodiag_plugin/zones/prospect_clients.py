"""Which establishments of the register the clients are: by SIRET, else by name and commune."""

from __future__ import annotations

import re

import pandas as pd

from ..core.french import without_accents

_IDLE = frozenset(
    [
        "SA",
        "SAS",
        "SASU",
        "SARL",
        "EURL",
        "SCI",
        "SNC",
        "SCOP",
        "ASSOCIATION",
        "ASSO",
        "STE",
        "SOCIETE",
        "ETS",
        "ETABLISSEMENTS",
        "ETABLISSEMENT",
        "L",
        "LE",
        "LA",
        "LES",
        "D",
        "DE",
        "DU",
        "DES",
        "ET",
    ]
)


def name_key(text: object) -> str:
    """``S.A.R.L. L'Été & Fils`` → ``ETE FILS``: a name without signs, articles and legal forms."""
    plain = without_accents(str(text or "")).upper()
    plain = re.sub(r"\b(?:[A-Z]\.){2,}", lambda match: match[0].replace(".", "") + " ", plain)
    words = re.sub(r"[^A-Z0-9]+", " ", plain).split()
    return " ".join(word for word in words if word not in _IDLE)


def place_keys(establishments: pd.DataFrame) -> pd.DataFrame:
    """``key`` (name in commune) and ``siret`` of each name and sign of the establishments."""
    keys = pd.concat(
        [
            pd.DataFrame(
                {
                    "key": establishments[name].map(name_key) + "|" + establishments["codgeo"],
                    "siret": establishments["siret"],
                }
            )
            for name in ("nom", "enseigne")
        ]
    ).drop_duplicates()
    return keys[~keys["key"].str.startswith(("|", "ENTREPRENEUR INDIVIDUEL|"))]


def match_clients(clients: pd.DataFrame, establishments: pd.DataFrame) -> pd.Series:
    """SIRET of the establishment that each client is, ``""`` when none (index of ``clients``).

    By SIRET first; else by normalised name within the commune, only when a single establishment
    answers to it.
    """
    siret = clients["siret"].fillna("").astype(str).str.replace(r"\D", "", regex=True)
    keys = place_keys(establishments)
    single = keys[~keys["key"].duplicated(keep=False)].set_index("key")["siret"]
    by_name = _client_keys(clients).map(single).fillna("")
    return siret.where(siret.isin(set(establishments["siret"])), by_name).astype(object)


def client_sirets(
    clients: pd.DataFrame, establishments: pd.DataFrame, matched: pd.Series
) -> set[str]:
    """Every establishment that is, or may be, a client: all those that share its name and commune."""
    keys = place_keys(establishments)
    unmatched = set(_client_keys(clients)[matched == ""])
    return (set(matched) - {""}) | set(keys["siret"][keys["key"].isin(unmatched)])


def _client_keys(clients: pd.DataFrame) -> pd.Series:
    names = clients["name"].map(name_key)
    return (names + "|" + clients["codgeo"].fillna("").astype(str)).where(names != "", "")


def complete(
    clients: pd.DataFrame, establishments: pd.DataFrame, matched: pd.Series
) -> pd.DataFrame:
    """Clients with the activity, size and commune of their establishment where their own miss."""
    stock = establishments.drop_duplicates("siret").set_index("siret")
    result = clients.copy()
    for name in ("naf", "tranche", "codgeo"):
        own = result[name].fillna("").astype(str)
        result[name] = own.where(own != "", matched.map(stock[name]).fillna(""))
    result["cost"] = result["cost"].where(result["cost"].notna(), matched.map(stock["cost"]))
    return result
