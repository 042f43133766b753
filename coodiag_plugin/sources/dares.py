"""Job seekers by commune (Dares–France Travail): one row per quarter, category, sex and age.

The series « dares_defm_communales-brutes » gives, for each commune, counts rounded to 5. The
variable ``DEFM_ABC`` is the sum of the categories A, B and C (or the row « ABC »), all sexes and
ages, of the latest quarter of a year.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

import pandas as pd

from ..core.french import without_accents
from ..core.progress import Progress
from .official_file import OfficialFile, read_columns
from .slices import Slice, latest, quarter

DATASET = "dares_defm"
VARIABLE = "DEFM_ABC"
_ORDINAL = {1: "1er", 2: "2e", 3: "3e", 4: "4e"}
_TOTAL = ("total", "ensemble", "tous", "toutes", "")


def slices(file: OfficialFile, names: Collection[str], progress: Progress) -> Iterator[Slice]:
    """The latest quarter of each year of a file; nothing when it is not in the long form."""
    roles = {role: _find(file.columns, pattern) for role, pattern in _COLUMNS.items()}
    key, date, category, number = (roles[r] for r in ("key", "date", "category", "number"))
    if not (key and date and category and number) or VARIABLE not in names:
        return
    wanted = [column for column in roles.values() if column]
    frame = read_columns(file, wanted, lambda chunk: _totals(chunk, roles), progress)
    for year, (rank, text) in latest(list(frame[date].unique()), quarter).items():
        rows = _categories(frame[frame[date] == text], key, category)
        period = f"{_ORDINAL[rank]} trimestre {year}"
        yield Slice(year, period, rows.reset_index(drop=True), key, {VARIABLE: number})


def _totals(chunk: pd.DataFrame, roles: Mapping[str, str | None]) -> pd.Series[bool]:
    """Rows of all sexes and ages, raw data: a twelfth of the national file."""
    kept = pd.Series(True, index=chunk.index)
    for role in ("sex", "age", "kind"):
        column = roles[role]
        if column:
            words = {text: _plain(text) for text in chunk[column].unique()}
            fitting = [
                text
                for text, word in words.items()
                if (word in _TOTAL if role != "kind" else "brut" in word)
            ]
            kept &= chunk[column].isin(fitting)
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


def _categories(frame: pd.DataFrame, key: str, category: str) -> pd.DataFrame:
    """Rows « ABC », else the rows A, B and C of the communes that have all three."""
    letters = frame[category].map(_letters)
    whole = frame[letters == "ABC"]
    parts = frame[letters.isin(["A", "B", "C"]) & ~frame[key].isin(whole[key])]
    found = parts[category].map(_letters).groupby(parts[key]).agg(lambda s: "".join(sorted(set(s))))
    complete = found[found == "ABC"].index
    return pd.concat([whole, parts[parts[key].isin(complete)]]).drop_duplicates()


def _letters(text: str) -> str:
    """``Catégories A, B, C`` → ``ABC``; ``A`` → ``A``."""
    words = re.sub(r"categories?", " ", _plain(text)).upper()
    return "".join(sorted(set(re.findall(r"[A-E]", re.sub(r"\b(ET|OU)\b", " ", words)))))
