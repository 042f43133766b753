"""Which establishments of the register the clients are: by SIRET, else by name and commune."""

from __future__ import annotations

import re
from dataclasses import dataclass

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


_INITIALS = re.compile(r"\b(?:[A-Z]\.){2,}")
_WORD = re.compile(r"[A-Z0-9]+")
#: What the register writes in place of the name of a natural person that may not be spread.
_NO_NAME = "ENTREPRENEUR INDIVIDUEL"


def name_key(text: object) -> str:
    """``S.A.R.L. L'Été & Fils`` → ``ETE FILS``: a name without signs, articles and legal forms."""
    plain = without_accents(str(text or "")).upper()
    if "." in plain:
        plain = _INITIALS.sub(lambda match: match[0].replace(".", "") + " ", plain)
    return " ".join([word for word in _WORD.findall(plain) if word not in _IDLE])


def name_keys(names: pd.Series) -> pd.Series:
    """:func:`name_key` of each name, worked out once for those that come twice."""
    texts = names.fillna("").tolist()
    # not through the hashing of pandas, to which a text ends at its first NUL
    keys = {name: name_key(name) for name in set(texts)}
    return pd.Series([keys[name] for name in texts], index=names.index, dtype=object)


class Register:
    """The names of the establishments, worked out once for all that is asked of them.

    ``names``: the key of each name (index of the establishments). ``keys``: columns ``key`` (name
    in commune) and ``siret`` of each name and sign.
    """

    def __init__(self, establishments: pd.DataFrame) -> None:
        self.names = name_keys(establishments["nom"])
        both = []
        for names in (self.names, name_keys(establishments["enseigne"])):
            key = names + "|" + establishments["codgeo"]
            pairs = pd.DataFrame({"key": key, "siret": establishments["siret"]})
            both.append(pairs[(names != "") & (names != _NO_NAME)])
        self.keys = pd.concat(both).drop_duplicates()


@dataclass(frozen=True, eq=False)
class Book:
    """The clients found again among the establishments (series of the index of the clients).

    ``siret``: of the establishment that each client is, ``""`` when none. ``key``: its name in its
    commune, ``""`` without a name.
    """

    siret: pd.Series
    key: pd.Series
    register: Register

    @classmethod
    def of(cls, clients: pd.DataFrame, establishments: pd.DataFrame) -> Book:
        """By SIRET first; else by normalised name within the commune, only when a single
        establishment answers to it."""
        register = Register(establishments)
        names = name_keys(clients["name"])
        key = (names + "|" + clients["codgeo"].fillna("").astype(str)).where(names != "", "")
        siret = clients["siret"].fillna("").astype(str).str.replace(r"\D", "", regex=True)
        keys = register.keys
        single = keys[~keys["key"].duplicated(keep=False)].set_index("key")["siret"]
        by_name = key.map(single).fillna("")
        found = siret.where(siret.isin(set(establishments["siret"])), by_name).astype(object)
        return cls(found, key, register)

    def only(self, keep: pd.Series) -> Book:
        """The clients of a mask."""
        return Book(self.siret[keep], self.key[keep], self.register)

    def sirets(self) -> set[str]:
        """Every establishment that is, or may be, a client: all that share its name and commune."""
        keys, unmatched = self.register.keys, set(self.key[self.siret == ""])
        return (set(self.siret) - {""}) | set(keys["siret"][keys["key"].isin(unmatched)])


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
