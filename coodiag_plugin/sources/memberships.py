"""Tables that say which EPCI, département, région and employment zone a commune is in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..core.codes import commune_code, commune_of, department
from ..core.progress import Progress
from .changes import Changes
from .folder import Inventory, OfficialFile, read_columns
from .official_file import list_year

#: Families that carry memberships, and the polygons that carry them as attributes.
TABLES = (
    "geo_api_communes",
    "banatic",
    "cog_appartenance",
    "cog_epci",
    "cog_ze",
    "cog_communes",
    "populations_legales",
)
LAYERS = ("contours_communes",)

#: Meaning of a column, by the names producers give it.
_MEANINGS = {
    "nom": r"LIBGEO|LIBELLE|NOM_OFFICIEL|NOM_COM|NOM_MEMBRE|NOM|COMMUNE",
    "epci": r"EPCI|SIREN_EPCI|CODE_EPCI|CODES_SIREN_DES_EPCI|SIREN",
    "nom_epci": r"LIBEPCI|RAISON_SOCIALE|NOM_EPCI",
    "dep": r"DEP|INSEE_DEP|CODE_INSEE_DU_DEPARTEMENT|DEP_COM",
    "nom_dep": r"LIBDEP",
    "reg": r"REG|INSEE_REG|CODE_INSEE_DE_LA_REGION",
    "nom_reg": r"LIBREG",
    "ze": r"ZE20\d\d",
    "nom_ze": r"LIBZE20\d\d",
}
_SHAPES = {
    "epci": re.compile(r"2\d{8}"),
    "dep": re.compile(r"\d{2}|2[AB]|9[78]\d"),
    "reg": re.compile(r"\d{2}"),
    "ze": re.compile(r"\d{4}"),
}
_WIDTHS = {"dep": 2, "reg": 2, "ze": 4}


@dataclass
class Membership:
    """A table read: rows ``{commune: {nom, epci, dep, reg, ze…}}``, delegated communes apart."""

    file: OfficialFile
    year: int
    rows: dict[str, dict[str, str]]
    parents: dict[str, str] = field(default_factory=dict)  # delegated or associated -> commune

    def converted(
        self, changes: Changes, cog: int, listed: frozenset[str] = frozenset()
    ) -> dict[str, dict[str, str]]:
        """The rows on the commune list of ``cog``; a split commune gives its row to each part.

        A table later than the list is read backwards: a code that had left the list by then
        (a new commune that changed its chief town) stands for the commune that held it, and a
        commune of the list merged since has the memberships of the one that took it in.
        """
        result: dict[str, dict[str, str]] = {}
        for code, row in self.rows.items():
            for target in changes.current(code, changes.since(code, self.year, cog), cog or None):
                name = changes.name_since(target, self.year) if self.year < cog else None
                taken = {k: v for k, v in row.items() if k != "nom" or target == code}
                if name and "nom" in row:
                    taken["nom"] = name
                known = result.get(target, {})
                # its own row speaks for a commune before those of the ones it took in
                result[target] = {**known, **taken} if target == code else {**taken, **known}
        if self.year > cog:
            for code in listed - result.keys():
                successor = changes.current(code, cog)[0]
                if successor in self.rows:
                    result[code] = {k: v for k, v in self.rows[successor].items() if k != "nom"}
        return result


def meaning_columns(columns: Iterable[str]) -> dict[str, str]:
    """``{meaning: column}`` of a table, the first spelling of each meaning that is there."""
    present = {column.upper(): column for column in columns}
    found = {}
    for meaning, pattern in _MEANINGS.items():
        for alternative in pattern.split("|"):
            match = next((name for name in present if re.fullmatch(alternative, name)), None)
            if match is not None:
                found[meaning] = present[match]
                break
    return found


def read_memberships(inventory: Inventory, progress: Progress) -> list[Membership]:
    """Every table of memberships of the folder, newest first, without reserve first."""
    result = []
    for file in inventory.of(*TABLES):
        progress.check()
        result.append(read_membership(file, list_year(file) or 0))
    return sorted(result, key=lambda item: (bool(item.file.reserve), -item.year))


def read_membership(file: OfficialFile, year: int) -> Membership:
    """One table, or the attributes of a layer of communes; damaged codes get their zero back."""
    columns = meaning_columns(file.columns)
    if file.dataset != "banatic" and columns.get("epci", "").upper() == "SIREN":
        del columns["epci"]  # elsewhere SIREN is that of the commune itself
    key = file.key or ""
    kind = [name for name in ("TYPECOM", "COMPARENT") if name in file.columns]
    table = read_columns(file, [key, *columns.values(), *kind])
    rows: dict[str, dict[str, str]] = {}
    parents: dict[str, str] = {}
    for record in table.to_dict("records"):
        code = commune_code(record[key])
        if code is None:
            continue
        if "TYPECOM" in kind and record["TYPECOM"] != "COM":
            if record.get("COMPARENT"):
                parents[code] = record["COMPARENT"]
            continue
        row = {meaning: _cell(meaning, record[column]) for meaning, column in columns.items()}
        rows.setdefault(commune_of(code), {k: v for k, v in row.items() if v})
    return Membership(file, year, rows, {c: p for c, p in parents.items() if c not in rows})


def former_codes(inventory: Inventory) -> dict[str, tuple[str, ...]]:
    """Codes of the past with the present communes that hold them, where a table gives them."""
    former: dict[str, set[str]] = {}
    for file in inventory.of("geo_api_communes")[:1]:
        table = read_columns(file, [file.key or "", "anciens_codes"])
        for code, old_codes in table.itertuples(index=False):
            for old in old_codes.split():
                former.setdefault(old, set()).add(code)
        for code in table.iloc[:, 0]:
            former.pop(code, None)
    return {old: tuple(sorted(codes)) for old, codes in former.items()}


def _cell(meaning: str, text: str) -> str:
    """A code in its full width, "" when it is not one (``ZZZZZZZZZ``: no EPCI)."""
    text = text.strip()
    if meaning not in _SHAPES:
        return text
    text = text.split("/")[0].zfill(_WIDTHS.get(meaning, 0)) if text else ""
    return text if _SHAPES[meaning].fullmatch(text) else ""


def agrees(rows: Mapping[str, object], listed: frozenset[str]) -> bool:
    """Whether a table and a list of communes are of the same geography, where they overlap.

    Either may be an extract of the other: it is enough that nearly all of one is in the other.
    """
    places = {department(code) for code in listed}
    table = {code for code in rows if department(code) in places}
    if not table:
        return True  # they do not overlap: nothing refutes the table
    common = len(table & listed)
    return max(common / len(table), common / len(listed)) >= 0.97
