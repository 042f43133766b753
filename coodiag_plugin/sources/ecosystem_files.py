"""Places of interest as each family of files tells them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from ..core.codes import arrondissements, commune_code, department, legal_crs
from ..core.nomenclatures import NATURAL_PERSON
from ..core.progress import Progress
from .ecosystem_kinds import Kind
from .ecosystem_place import Place, Point, degrees, projected
from .folder import Inventory
from .names import normalise
from .official_file import OfficialFile, read_columns
from .recognise import full_year
from .sirene_columns import NATURAL_PERSON_NAME, TOWN_QUALITY

BPE, SIAE, INCLUSION, HOUSES, LABELS = (
    "bpe", "siae", "data_inclusion", "france_services", "modalites",
)  # fmt: skip
#: Families of files that hold places, beside the register.
FAMILIES = (HOUSES, INCLUSION, SIAE, BPE)
REGISTER_SOURCE = "Sirène"
EQUIPMENTS_SOURCE = "BPE"
HOUSES_SOURCE = "Liste France services"
INCLUSION_SOURCE = "data·inclusion"
SIAE_SOURCE = "Les emplois de l’inclusion"
#: Sources by trust in their names; the precision of the points comes first for these.
TRUST = (HOUSES_SOURCE, SIAE_SOURCE, INCLUSION_SOURCE, EQUIPMENTS_SOURCE, REGISTER_SOURCE)

_BPE_QUALITY = {"BONNE": "bonne", "ACCEPTABLE": "acceptable", "MAUVAISE": "approchee"}
_SIRENE_QUALITY = {"11": "bonne", "12": "acceptable", "21": "approchee", "22": "approchee"}
_BPE_YEAR = re.compile(r"(?i)bpe_?(\d\d)(?!\d)")
_TYPE_COLUMNS = ("TYPEQU", "FACILITY_TYPE")
_CEDEX = re.compile(r"\s+CEDEX\b.*$")
_MOVING = ("BUS", "MOBILE", "ITINERANT")


@dataclass(frozen=True)
class Where:
    """The communes of the run: names by code, and the codes in files that stand for each."""

    names: Mapping[str, str]
    codes: Mapping[str, str]

    @classmethod
    def of(cls, names: Mapping[str, str], changes: Mapping[str, str]) -> Where:
        """``changes``: former codes of the communes."""
        codes = {code: code for code in names}
        for code in names:
            codes.update(dict.fromkeys(arrondissements(code), code))
        codes.update({old: new for old, new in changes.items() if new in names})
        return cls(names, codes)

    def commune(self, written: str) -> str:
        """The commune of a code as a file writes it, "" when it is not of the run."""
        return self.codes.get(commune_code(written) or "", "")

    def town(self, name: str, dep: str) -> str:
        """The only commune of that name in a département, "" when none or several have it."""
        wanted = _CEDEX.sub("", normalise(name))
        wanted = re.sub(r"\s+\d+(E|ER|EME)?(\s+ARRONDISSEMENT)?$", "", wanted)
        found = [
            code
            for code, known in self.names.items()
            if department(code) == dep and normalise(known) == wanted and wanted
        ]
        return found[0] if len(found) == 1 else ""


@dataclass
class Register:
    """Establishments of organisations: natural persons and masked ones are not in it."""

    table: pd.DataFrame
    by_siret: dict[str, dict[str, object]] = field(init=False)

    def __post_init__(self) -> None:
        table = self.table
        form = table["legal_form"]
        organisations = (
            (table["statut"] == "O")
            & (form != "")
            & (form != NATURAL_PERSON)
            & (table["nom"] != NATURAL_PERSON_NAME)
        )
        self.table = table[organisations]
        self.by_siret = {str(row["siret"]): row for row in self.table.to_dict("records")}

    def place(self, siret: str) -> tuple[str, Point | None, str]:
        """Commune, point and its quality of an establishment; empty when it is not known."""
        row = self.by_siret.get(siret)
        return ("", None, "") if row is None else (str(row["codgeo"]), *_point(row))

    def name(self, siret: str) -> str:
        row = self.by_siret.get(siret)
        return "" if row is None else str(row["nom"])


def _point(row: Mapping[str, object]) -> tuple[Point | None, str]:
    point = degrees(str(row["lon"]), str(row["lat"])) if row["lon"] == row["lon"] else None
    if point is None and row["x"] == row["x"] and row["epsg"]:
        point = projected(str(row["x"]), str(row["y"]), str(row["epsg"]))
    if point is None:
        return None, ""
    told = str(row["geo_quality"])
    return point, "commune" if told == TOWN_QUALITY else _SIRENE_QUALITY.get(told, "inconnue")


def register_places(
    register: Register, kinds: Sequence[Kind], progress: Progress
) -> Iterator[Place]:
    """Establishments that are of one of the kinds by activity, legal form, SIREN or name."""
    table = register.table
    known = (
        table["naf"].isin({code for kind in kinds for code in kind.naf})
        | table["legal_form"].isin({code for kind in kinds for code in kind.legal_forms})
        | table["siren"].isin({code for kind in kinds for code in kind.siren})
        | table["legal_form"].str[:1].isin(("7", "8", "9"))
    )
    for row in table[known].to_dict("records"):
        progress.check()
        employer = row["employer"] is True or (row["workforce_min"] or 0) >= 1
        names = (str(row["nom"]), str(row["enseigne"]))
        for kind in kinds:
            if kind.is_establishment(row["siren"], row["naf"], row["legal_form"], names, employer):
                point, quality = _point(row)
                yield Place(
                    kind.id, names[0], row["siret"], REGISTER_SOURCE, row["codgeo"], point, quality
                )


def file_places(
    inventory: Inventory,
    where: Where,
    kinds: Sequence[Kind],
    register: Register | None,
    progress: Progress,
) -> tuple[list[Place], list[OfficialFile]]:
    """Places of every family of files, and the files that were read."""
    found: list[Place] = []
    used: list[OfficialFile] = []
    for file in inventory.of(HOUSES)[:1]:
        used.append(file)
        found += _houses(file, where, kinds, progress)
    for family, read in ((INCLUSION, _inclusion), (SIAE, _siae)):
        for file in inventory.of(family):
            used.append(file)
            found += read(file, where, kinds, register, progress)
    equipments = _bpe_files(inventory)
    found += _equipments(equipments, where, kinds, register, equipment_labels(inventory), progress)
    return found, [*used, *equipments]


def _cells(
    file: OfficialFile, columns: Iterable[str], keep: Callable[[pd.DataFrame], pd.Series]
) -> list[dict[str, str]]:
    """Rows of a file by lower-case names of the columns; those that it lacks are empty."""
    there = {name.lower(): name for name in file.columns}
    asked = [there[name] for name in columns if name in there]

    def lower(chunk: pd.DataFrame) -> pd.DataFrame:
        named = chunk.rename(columns=str.lower)
        return named.reindex(columns=list(columns), fill_value="")

    table = lower(read_columns(file, asked, lambda chunk: keep(lower(chunk))))
    return [
        {str(key): str(cell).strip() for key, cell in row.items()}
        for row in table.to_dict("records")
    ]


def _houses(
    file: OfficialFile, where: Where, kinds: Sequence[Kind], progress: Progress
) -> Iterator[Place]:
    if not any(kind.id == "france_services" for kind in kinds):
        return
    columns = ("lib_fs", "insee_com", "longitude", "latitude", "format_fs")
    for row in _cells(file, columns, lambda chunk: chunk["insee_com"].map(where.commune) != ""):
        progress.check()
        point = degrees(row["longitude"], row["latitude"])
        moving = any(word in normalise(row["format_fs"]) for word in _MOVING)
        quality = "" if point is None else "approchee" if moving else "acceptable"
        home = where.commune(row["insee_com"])
        yield Place("france_services", row["lib_fs"], "", HOUSES_SOURCE, home, point, quality)


def _inclusion(
    file: OfficialFile,
    where: Where,
    kinds: Sequence[Kind],
    register: Register | None,
    progress: Progress,
) -> Iterator[Place]:
    columns = (
        "nom", "siret", "code_insee", "longitude", "latitude", "adresse_certifiee",
        "reseaux_porteurs",
    )  # fmt: skip
    for row in _cells(file, columns, lambda chunk: chunk["code_insee"].map(where.commune) != ""):
        progress.check()
        networks = set(re.findall(r"[\w-]+", row["reseaux_porteurs"]))
        point = degrees(row["longitude"], row["latitude"])
        certain = row["adresse_certifiee"].lower() in ("true", "1", "oui")
        quality = "" if point is None else "bonne" if certain else "acceptable"
        home = where.commune(row["code_insee"])
        for kind in kinds:
            if kind.networks & networks:
                yield Place(
                    kind.id, row["nom"], row["siret"], INCLUSION_SOURCE, home, point, quality
                )


def _siae(
    file: OfficialFile,
    where: Where,
    kinds: Sequence[Kind],
    register: Register | None,
    progress: Progress,
) -> Iterator[Place]:
    """Enterprises placed by the file itself, else by SIRET in the register, else by their town."""
    columns = (
        "siret", "type", "raison_sociale", "enseigne", "ville", "departement", "code_commune",
        "longitude", "latitude",
    )  # fmt: skip
    every = lambda chunk: pd.Series(True, index=chunk.index)  # noqa: E731
    for row in _cells(file, columns, every):
        progress.check()
        home, point, quality = where.commune(row["code_commune"]), None, ""
        if row["code_commune"] and not home:
            continue
        if home:
            point = degrees(row["longitude"], row["latitude"])
            quality = "" if point is None else "acceptable"
        if point is None and register is not None:
            placed, point, quality = register.place(row["siret"])
            home = placed or home
        home = home or where.town(row["ville"], row["departement"])
        if not home:
            continue
        name = row["raison_sociale"] or row["enseigne"]
        for kind in _of_type(row["type"], kinds):
            yield Place(kind.id, name, row["siret"], SIAE_SOURCE, home, point, quality)


def _of_type(written: str, kinds: Sequence[Kind]) -> list[Kind]:
    return [kind for kind in kinds if written.upper() in kind.siae]


def year_of(file: OfficialFile) -> int | None:
    """Year of a file of the BPE: Insee writes it with two digits (``BPE24.csv``)."""
    short = _BPE_YEAR.search(file.member or file.path.name)
    return file.vintage or (full_year(short.group(1)) if short else None)


def _bpe_files(inventory: Inventory) -> list[OfficialFile]:
    """Files of the newest vintage: Insee publishes the whole and parts of it."""
    files = inventory.of(BPE)
    newest = max((year_of(file) or 0 for file in files), default=0)
    return [file for file in files if (year_of(file) or 0) == newest]


def equipment_labels(inventory: Inventory) -> dict[int | None, dict[str, str]]:
    """Labels of the equipment types by vintage of their list, None when it is not told."""
    found: dict[int | None, dict[str, str]] = {}
    for file in inventory.of(LABELS):
        rows = _cells(
            file,
            ("cod_var", "cod_mod", "lib_mod"),
            lambda chunk: chunk["cod_var"].isin(_TYPE_COLUMNS),
        )
        if rows:
            found.setdefault(year_of(file), {row["cod_mod"]: row["lib_mod"] for row in rows})
    return found


def _equipments(
    files: Sequence[OfficialFile],
    where: Where,
    kinds: Sequence[Kind],
    register: Register | None,
    labels: Mapping[int | None, dict[str, str]],
    progress: Progress,
) -> list[Place]:
    """Equipments of the kinds, of the newest year that the rows tell, as many as are counted."""
    columns = (
        "an", "depcom", "typequ", "nomrs", "siret", "lambert_x", "lambert_y", "longitude",
        "latitude", "qualite_xy", "epsg", "nb_equip",
    )  # fmt: skip
    inside = lambda chunk: chunk["depcom"].map(where.commune) != ""  # noqa: E731
    types: dict[int | None, dict[str, Kind]] = {}
    dated: dict[int | None, list[Counter[Place]]] = {}
    for file in files:
        progress.check()
        told: dict[int | None, Counter[Place]] = {}
        for row in _cells(file, columns, inside):
            year = int(row["an"]) if row["an"].isdigit() else year_of(file)
            if year not in types:
                known = labels.get(year) or labels.get(None) or {}
                types[year] = {code: kind for kind in kinds for code in kind.types(year, known)}
            if row["typequ"] in types[year]:
                place = _equipment(row, types[year][row["typequ"]], where, register)
                number = int(row["nb_equip"]) if row["nb_equip"].isdigit() else 1
                told.setdefault(year, Counter())[place] += number
        for year, places in told.items():
            dated.setdefault(year, []).append(places)
    newest = max(dated, key=lambda year: year or 0, default=None)
    # The whole and its parts tell the same equipments: the most that one file tells.
    whole: Counter[Place] = Counter()
    for places in dated.get(newest, ()):
        whole |= places
    return list(whole.elements())


def _equipment(
    row: Mapping[str, str], kind: Kind, where: Where, register: Register | None
) -> Place:
    """The place of a row; a name that may be a person's is that of the register."""
    home = where.commune(row["depcom"])
    point = degrees(row["longitude"], row["latitude"])
    if point is None:
        crs = f"EPSG:{row['epsg']}" if row["epsg"].isdigit() else legal_crs(home)
        point = projected(row["lambert_x"], row["lambert_y"], crs)
    quality = _BPE_QUALITY.get(normalise(row["qualite_xy"]), "inconnue") if point else ""
    siret = row["siret"] if re.fullmatch(r"\d{14}", row["siret"]) else ""
    name = row["nomrs"] if kind.public else register.name(siret) if register else ""
    return Place(kind.id, name, siret, EQUIPMENTS_SOURCE, home, point, quality)
