"""Job seekers by commune (Dares–France Travail): one row per quarter, category, sex and age.

The series « dares_defm_communales-brutes » gives, for each commune, counts rounded to 5. The
variable ``DEFM_ABC`` is the sum of the categories A, B and C (or the row « ABC »), all sexes and
ages, of the latest quarter of a year; ``DEFM_A`` is category A, ``DEFM_ABC_F`` the women among
A, B and C, ``DEFM_ABC_M25`` those under 25, ``DEFM_ABC_50P`` those of 50 or more.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from ..core.french import without_accents
from ..core.progress import Progress
from .official_file import OfficialFile, read_columns
from .slices import Slice, latest, quarter

DATASET = "dares_defm"
_ORDINAL = {1: "1er", 2: "2e", 3: "3e", 4: "4e"}
_TOTAL = r"|total|ensemble|tous|toutes"
_VARIABLE = re.compile(r"DEFM_([ABC]+)(?:_(F|H|M25|50P))?")
#: Words of the producer, without accents, for a part of the job seekers.
_SEXES = {"F": r"f|femmes?", "H": r"h|hommes?"}
_AGES = {"M25": r"moins de 25 ans", "50P": r"50 ans (?:et|ou) plus"}
_Roles = Mapping[str, "str | None"]


@dataclass(frozen=True)
class Cut:
    """Which job seekers a variable counts: letters of their categories, patterns of the words."""

    categories: str
    sex: str = _TOTAL
    age: str = _TOTAL

    @classmethod
    def of(cls, name: str) -> Cut | None:
        """``DEFM_ABC_F``; None for a name of another source, or at an earlier date."""
        match = _VARIABLE.fullmatch(name)
        if match is None:
            return None
        letters, part = match.groups()
        return cls(letters, _SEXES.get(part, _TOTAL), _AGES.get(part, _TOTAL))

    def rows(self, chunk: pd.DataFrame, roles: _Roles) -> pd.Series[bool]:
        """Rows of its sex and age, raw data; a column that is not there tells nothing apart."""
        kept = pd.Series(True, index=chunk.index)
        for role, pattern in (("sex", self.sex), ("age", self.age), ("kind", r".*brut.*")):
            column = roles[role]
            if column:
                words = {text: _plain(text) for text in chunk[column].unique()}
                kept &= chunk[column].isin(
                    [t for t, w in words.items() if re.fullmatch(pattern, w)]
                )
            elif pattern not in (_TOTAL, r".*brut.*"):
                kept &= False
        return kept


def slices(file: OfficialFile, names: Collection[str], progress: Progress) -> Iterator[Slice]:
    """The latest quarter of each year of a file; nothing when it is not in the long form."""
    roles = {role: _find(file.columns, pattern) for role, pattern in _COLUMNS.items()}
    key, date, category, number = (roles[r] for r in ("key", "date", "category", "number"))
    cuts = {name: cut for name in names if (cut := Cut.of(name)) is not None}
    if not (key and date and category and number) or not cuts:
        return
    wanted = [column for column in roles.values() if column]
    frame = read_columns(file, wanted, lambda chunk: _any(chunk, roles, cuts.values()), progress)
    parts = {name: frame[cut.rows(frame, roles)] for name, cut in cuts.items()}
    for year, (rank, text) in latest(list(frame[date].unique()), quarter).items():
        period = f"{_ORDINAL[rank]} trimestre {year}"
        for name, cut in cuts.items():
            here = parts[name][parts[name][date] == text]
            rows = _categories(here, key, category, cut.categories).reset_index(drop=True)
            if len(rows):
                yield Slice(year, period, rows, key, {name: number}, part=name)


def _any(chunk: pd.DataFrame, roles: _Roles, cuts: Collection[Cut]) -> pd.Series[bool]:
    """Rows that one of the cuts needs: a twelfth of the national file for the total alone."""
    kept = pd.Series(False, index=chunk.index)
    for cut in cuts:
        kept |= cut.rows(chunk, roles)
    return kept


_COLUMNS = {
    "key": r"code_?commune|codgeo|com|code_insee|depcom",
    "date": r"date|trimestre|periode|mois",
    "category": r"categorie\w*|cat",
    "number": r"nombre_de_demandeurs_d_?emploi|nombre\w*|nb_?\w*|defm\w*|valeur|effectif\w*",
    "sex": r"sexe|genre",
    "age": r"tranche_d_?age|tranche_?age|age",
    "kind": r"type_de_donnees|type_donnees|correction",
}


def _find(columns: tuple[str, ...], pattern: str) -> str | None:
    return next((c for c in columns if re.fullmatch(pattern, _plain(c).replace(" ", "_"))), None)


def _plain(text: str) -> str:
    """Lower case without accents, for the words of the producer."""
    return without_accents(text.strip().lower().replace("’", "'")).replace("'", "_")


def _categories(frame: pd.DataFrame, key: str, category: str, wanted: str) -> pd.DataFrame:
    """Rows « ABC », else the rows A, B and C of the communes that have all three."""
    letters = frame[category].map(_letters)
    whole = frame[letters == wanted]
    parts = frame[letters.isin(list(wanted)) & ~frame[key].isin(whole[key])]
    found = parts[category].map(_letters).groupby(parts[key]).agg(lambda s: "".join(sorted(set(s))))
    complete = found[found == wanted].index
    return pd.concat([whole, parts[parts[key].isin(complete)]]).drop_duplicates()


def _letters(text: str) -> str:
    """``Catégories A, B, C`` → ``ABC``; ``A`` → ``A``."""
    words = re.sub(r"categories?", " ", _plain(text)).upper()
    return "".join(sorted(set(re.findall(r"[A-E]", re.sub(r"\b(ET|OU)\b", " ", words)))))
