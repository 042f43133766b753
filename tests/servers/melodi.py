"""Insee's API Melodi on the demonstration's census, incomes, births and employers.

Facts imitated: open dimensions as parameters, repeated or not; ``GEO=DEP-14``, ``GEO=2025-COM-14118``,
``GEO=COM``, ``GEO=EPCI-200065597*COM``; pages, ``count`` only when ``totalCount`` is asked for; lines
in no order; masked cells without ``value``; an unknown dataset gives HTTP 500 in plain text. The
codes are written here by hand, from Insee's own tables. A few lines about Paris are invented.
"""

from __future__ import annotations

import hashlib
import io
import math
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Optional
from xml.etree import ElementTree

from .base import LocalServer, Response, Seen
from .world import World

#: What the service documents for an address without a key.
QUOTA = (30, 60.0)
COG = "2024"
#: Parameters that are not dimensions.
ASKING = ("GEO", "TIME_PERIOD", "maxResult", "page", "totalCount", "idTerritoire", "range")
SECRET = {"CONF_STATUS": "C", "OBS_STATUS": "A"}
Cells = dict[str, str]


@dataclass(frozen=True)
class Line:
    """An observation; ``value`` None when masked or missing."""

    level: str
    code: str
    year: int
    dimensions: Cells
    value: Optional[float]
    attributes: Optional[Cells] = None
    measure: str = "OBS_VALUE_NIVEAU"
    cog: str = COG

    def shown(self) -> dict[str, Any]:
        place = f"{self.level}-{self.code}"
        found: dict[str, Any] = {
            "dimensions": {
                "GEO": f"{self.cog}-{place}" if self.cog else place,
                "FREQ": "A",
                "TIME_PERIOD": str(self.year),
                **self.dimensions,
            },
            "measures": {self.measure: {} if self.value is None else {"value": self.value}},
        }
        if self.attributes:
            found["attributes"] = self.attributes
        return found


@dataclass
class Cube:
    """A dataset: title, codes of each dimension, lines."""

    title: str
    codes: dict[str, list[str]]
    lines: list[Line] = field(default_factory=list)


class MelodiServer(LocalServer):
    """``/data``, ``/range`` and ``/catalog``.

    ``plm``: Paris by ``COM`` or by ``ARM``. ``dated``: False leaves the years out of ``/range``.
    ``counting``: False ignores ``totalCount``. ``one_star``: of several ``*COM`` only the last
    counts. ``ranges``: False breaks ``/range``. ``lines``: more lines by dataset.
    """

    def __init__(self, world: Optional[World] = None, **more: Any) -> None:
        self.world = world
        self.plm = more.pop("plm", "COM")
        self.dated = more.pop("dated", True)
        self.counting = more.pop("counting", True)
        self.one_star = more.pop("one_star", False)
        self.ranges = more.pop("ranges", True)
        self.more: dict[str, list[Line]] = more.pop("lines", {})
        LocalServer.__init__(self, **more)

    # -- answers ---------------------------------------------------------------------------

    def answer(self, seen: Seen) -> Response:
        kind, _, name = seen.path.strip("/").partition("/")
        if kind == "catalog" and name == "all":
            return Response.of_json([self._described(one) for one in self.cubes])
        if name not in self.cubes:
            return Response.of_text("Le serveur a rencontré une erreur inattendue.", status=500)
        if kind == "catalog":
            return Response.of_json(self._described(name))
        if kind == "range":
            return self._range(name)
        return self._data(name, seen) if kind == "data" else super().answer(seen)

    def over_quota(self, seen: Seen) -> Response:
        said = "Rate limit exceeded ! You reached the limit of 30 requests per 1 minutes"
        return Response.of_json({"message": said, "http_status_code": 429}, status=429)

    def _described(self, name: str) -> dict[str, Any]:
        return {"identifier": name, "title": self._title(name), "product": []}

    def _title(self, name: str) -> dict[str, str]:
        return {"fr": self.cubes[name].title, "en": f"{name} "}

    def _range(self, name: str) -> Response:
        cube = self.cubes[name]
        concepts = dict(cube.codes)
        concepts["FREQ"] = ["A"]
        concepts["OBS_STATUS"] = ["A", "K"]
        if self.dated:
            concepts["TIME_PERIOD"] = sorted({str(line.year) for line in cube.lines})
        else:
            concepts["TIME_PERIOD"] = []
        described = [
            {
                "concept": {"code": code, "label": {"fr": code, "en": code}},
                "values": [{"code": one, "label": {"fr": one}} for one in values],
                "type": "modalites",
            }
            for code, values in concepts.items()
        ]
        places = sorted({(line.level, line.code) for line in cube.lines})
        described.append(
            {
                "concept": {"code": "GEO", "label": {"fr": "Géographie"}},
                "values": [
                    {"code": code, "type": {"code": level}, "id": f"{COG}-{level}-{code}"}
                    for level, code in places
                ],
                "type": "geo",
            }
        )
        response = Response.of_json({"code": name, "label": self._title(name), "range": described})
        if not self.ranges:  # too long: it arrives cut, without a length that would tell
            return Response.typed(response.body[:60], "application/json", chunked=True)
        return response

    def _data(self, name: str, seen: Seen) -> Response:
        lines = [line for line in self.cubes[name].lines if self._kept(line, seen)]
        lines.sort(key=lambda line: hashlib.sha256(repr(line).encode()).digest())
        size = min(int(seen.param("maxResult", "10000")), 100_000)
        page = int(seen.param("page", "1"))
        shown = lines[(page - 1) * size : page * size]
        paging: dict[str, Any] = {"first": f"{self.url}{seen.path}?page=1"}
        if self.counting and seen.param("totalCount").upper() == "TRUE":
            paging["count"] = len(lines)
        if page * size < len(lines):
            paging["next"] = f"{self.url}{seen.path}?page={page + 1}"
        elif size:
            paging["isLast"] = True
        body = {
            "identifier": name,
            "title": self._title(name),
            "publisher": {"id": "INSEE"},
            "observations": [line.shown() for line in shown],
            "paging": paging,
        }
        response = Response.of_json(body)
        return Response.typed(response.body, "application/json", chunked=True)

    def _kept(self, line: Line, seen: Seen) -> bool:
        places = seen.all("GEO")
        if self.one_star:
            starred = [place for place in places if "*" in place]
            places = [place for place in places if "*" not in place] + starred[-1:]
        if places and not any(self._within(line, place) for place in places):
            return False
        years = seen.all("TIME_PERIOD")
        if years and str(line.year) not in years:
            return False
        shown = {"FREQ": "A", **line.dimensions}
        asked = {name for name, _ in seen.params if name not in ASKING}
        return all(name not in shown or shown[name] in seen.all(name) for name in asked)

    def _within(self, line: Line, place: str) -> bool:
        match = re.fullmatch(r"(?:\d{4}-)?([A-Z]\w*)(?:-(\w+))?(?:\*(\w+))?", place)
        if match is None:
            return False
        level, code, child = match.groups()
        if child is None:
            return line.level == level and code in (None, line.code)
        if line.level != child:
            return False
        return line.code in self.parents.get(f"{level}-{code}", ())

    @cached_property
    def parents(self) -> dict[str, set[str]]:
        """Communes of each unit above them."""
        found: dict[str, set[str]] = {"DEP-75": {"75056"}, "REG-11": {"75056"}}
        for lines in self.more.values():
            for line in lines:
                if line.level == "COM":
                    found.setdefault(f"DEP-{line.code[:2]}", set()).add(line.code)
        if self.world is not None:
            for code, row in self.world.communes.items():
                for level in ("EPCI", "DEP", "REG"):
                    found.setdefault(f"{level}-{row[level]}", set()).add(code)
            for code, zone in self._zones():
                found.setdefault(f"ZE2020-{zone}", set()).add(code)
        return found

    def _zones(self) -> Iterator[tuple[str, str]]:
        """Employment zone of each commune, from the first sheet of the table of memberships."""
        assert self.world is not None
        book = zipfile.ZipFile(
            io.BytesIO(self.world.bytes("table-appartenance-geo-communes-24.xlsx"))
        )
        space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
        shared = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        texts = ["".join(item.itertext()).strip() for item in shared.iter(f"{space}si")]
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
        for row in sheet.iter(f"{space}row"):
            cells = {}
            for cell in row.iter(f"{space}c"):
                shown = cell.find(f"{space}v")
                text = (shown.text or "").strip() if shown is not None else ""
                column = re.sub(r"\d", "", cell.get("r", ""))
                cells[column] = texts[int(text)] if cell.get("t") == "s" and text else text
            if re.fullmatch(r"\d{5}", cells.get("A", "")) and cells.get("I"):
                yield cells["A"], cells["I"]

    # -- figures ---------------------------------------------------------------------------

    @cached_property
    def cubes(self) -> dict[str, Cube]:
        found = {name: Cube(title, dict(codes)) for name, (title, codes) in CUBES.items()}
        if self.world is not None:
            for name, line in _figures(self.world):
                found[name].lines.append(line)
        for name, line in _paris(self.plm):
            found[name].lines.append(line)
        for name, lines in self.more.items():
            cube = found.setdefault(name, Cube(name, {}))
            cube.lines += lines
            for line in lines:
                for dimension, code in line.dimensions.items():
                    codes = cube.codes.setdefault(dimension, [])
                    if code not in codes:
                        cube.codes[dimension] = [*codes, code]
        return found


_SEX = ["_T", "F", "M"]
_EDUC = ["_T", "001T100_RP", "200_RP", "300_RP", "350T351_RP", "500_RP", "600_RP", "700_RP"]
CUBES: dict[str, tuple[str, dict[str, list[str]]]] = {
    "DS_POPULATIONS_REFERENCE": (
        "Populations de référence",
        {"POPREF_MEASURE": ["PMUN", "PCAP", "PTOT"]},
    ),
    "DS_RP_SERIE_HISTORIQUE": (
        "Séries historiques du recensement",
        {"RP_MEASURE": ["POP", "SUP", "DWELLINGS"], "OCS": ["_T", "DW_MAIN", "DW_VAC"]},
    ),
    "DS_RP_TD_POPULATION_AGESEX_PRINC": (
        "Population détaillée par sexe et âge",
        {
            "AGE": ["_T", *(f"Y{age}" for age in range(100)), "Y_GE100"],
            "SEX": _SEX,
            "RP_MEASURE": ["POP"],
        },
    ),
    "DS_RP_EMPLOI_LR_PRINC": (
        "Population active et chômage",
        {
            "EMPSTA_ENQ": ["_T", "1T2", "1", "2", "31", "33", "35", "36"],
            "AGE": ["Y15T64", "Y15T24", "Y25T54", "Y55T64", "Y_GE15"],
            "SEX": _SEX,
            "EDUC": _EDUC,
            "RP_MEASURE": ["POP"],
        },
    ),
    "DS_RP_EMPLOI_LT_PRINC": (
        "Emploi au lieu de travail",
        {
            "EMPFORM": ["_T", "1", "2"],
            "SEX": _SEX,
            "WKTIME": ["_T", "FT", "PT"],
            "AGE": ["_T", "Y15T24"],
            "RP_MEASURE": ["NBEMP"],
        },
    ),
    "DS_RP_ACTIVITE_PRINC": (
        "Caractéristiques de l'emploi",
        {
            "EMPFORM": ["_T", "1", "2"],
            "WKTIME": ["_T", "FT", "PT"],
            "AGE": ["Y_GE15", "Y15T24"],
            "SEX": _SEX,
            "RP_MEASURE": ["POP"],
        },
    ),
    "DS_RP_DIPLOMES_PRINC": (
        "Diplômes et formation",
        {
            "EDUC": _EDUC,
            "AGE": ["Y_GE15"],
            "SEX": _SEX,
            "RP_MEASURE": ["POP"],
        },
    ),
    "DS_RP_NAVETTES_PRINC": (
        "Déplacements domicile-travail",
        {
            "TRANS": ["_T", "1", "2", "3", "4", "5", "6"],
            "WORK_AREA": ["_T", "10", "20"],
            "AGE": ["Y_GE15"],
            "EMPSTA_ENQ": ["1"],
            "RP_MEASURE": ["POP"],
        },
    ),
    "DS_RP_LOGEMENT_PRINC": (
        "Logements",
        {
            "OCS": ["_T", "DW_MAIN", "DW_VAC", "DW_SEC_DW_OCC"],
            "TSH": ["_T", "100", "200", "211", "221", "300"],
            "CARS": ["_T", "C0", "C1", "C_GE1", "C_GE2"],
            "TDW": ["_T", "1", "2"],
            "RP_MEASURE": ["DWELLINGS", "DWELLINGS_POPSIZE"],
        },
    ),
    "DS_RP_MENAGES_COMP": (
        "Ménages",
        {"TPH": ["_T", "11", "12", "2"], "PCS": ["_T", "1"], "RP_MEASURE": ["DWELLINGS"]},
    ),
    "DS_RP_FAMILLE_COMP": (
        "Familles",
        {"TFN": ["_T", "11", "12", "21", "22"], "NCH": ["_T", "CH0_Y_LT25"]},
    ),
    "DS_FILOSOFI_CC": (
        "Principaux indicateurs sur la pauvreté",
        {
            "FILOSOFI_MEASURE": [
                "MED_SL", "PR_MD60", "S_HH_TAX", "NUM_HH", "D1_SL", "D9_SL", "IR_D9_D1_SL",
                "S_SOC_BEN_DI", "NUM_PER",
            ],
            "UNIT_MEASURE": ["EUR_YR", "PT", "HH", "PS", "RATIO"],
        },
    ),
    "DS_ETAT_CIVIL_NAIS_COMMUNES": ("Naissances par commune", {"EC_MEASURE": ["LVB"]}),
    "DS_ETAT_CIVIL_DECES_COMMUNES": ("Décès par commune", {"EC_MEASURE": ["DTH"]}),
    "DS_FLORES_A5": (
        "Nombre d'établissements et effectifs salariés en 5 grands secteurs",
        {
            "FLORES_MEASURE": ["UNIT_LOC", "EMPL3112"],
            "LEGAL_FORM_WITH_PUBLIC": ["1T9X7"],
            "NUMBER_EMPL": [
                "_T", "E0", "E1T4", "E5T9", "E10T19", "E20T49", "E50T99", "E100T199", "E200T499",
                "E_GE500",
            ],
            "ACTIVITY": ["_T", "AZ", "BE", "FZ", "GU", "OQ"],
        },
    ),
}  # fmt: skip

#: Column of Insee's commune tables, without its year → dataset and codes.
_PEOPLE = {"RP_MEASURE": "POP", "SEX": "_T"}
_HOMES = {"RP_MEASURE": "DWELLINGS", "TSH": "_T", "CARS": "_T", "TDW": "_T"}
_MAIN = {**_HOMES, "OCS": "DW_MAIN"}
_JOBS = {"RP_MEASURE": "NBEMP", "SEX": "_T", "WKTIME": "_T", "AGE": "_T"}
_ACTIVE = {**_PEOPLE, "EDUC": "_T"}
_SCHOOL = {**_PEOPLE, "AGE": "Y_GE15"}
_HOUSE = {"RP_MEASURE": "DWELLINGS", "PCS": "_T"}
_STATES = {"ACT": "1T2", "ACTOCC": "1", "CHOM": "2"}
_DIPLOMAS = ("DIPLMIN", "BEPC", "CAPBEP", "BAC", "SUP2", "SUP34", "SUP5")


def _by_sex() -> dict[str, tuple[str, Cells]]:
    """``P_FACT1564``, ``P_HCHOM1564``, ``P_F1564``…"""
    found: dict[str, tuple[str, Cells]] = {}
    for letter, code in (("H", "M"), ("F", "F")):
        same = {**_ACTIVE, "SEX": code, "AGE": "Y15T64"}
        found[f"P_{letter}1564"] = ("DS_RP_EMPLOI_LR_PRINC", {**same, "EMPSTA_ENQ": "_T"})
        for name, state in _STATES.items():
            codes = {**same, "EMPSTA_ENQ": state}
            found[f"P_{letter}{name}1564"] = ("DS_RP_EMPLOI_LR_PRINC", codes)
    return found


def _by_diploma() -> dict[str, tuple[str, Cells]]:
    """``P_ACT_CAPBEP``, ``P_NSCOL15P_SUP5``…"""
    found: dict[str, tuple[str, Cells]] = {}
    for name, code in zip(_DIPLOMAS, _EDUC[1:]):
        found[f"P_NSCOL15P_{name}"] = ("DS_RP_DIPLOMES_PRINC", {**_SCHOOL, "EDUC": code})
        for kind in ("ACT", "CHOM"):
            codes = {**_PEOPLE, "AGE": "Y15T64", "EMPSTA_ENQ": _STATES[kind], "EDUC": code}
            found[f"P_{kind}_{name}"] = ("DS_RP_EMPLOI_LR_PRINC", codes)
    return found


def _on_the_way() -> dict[str, tuple[str, Cells]]:
    """``P_ACTOCC15P``, by way of going to work and place of work."""
    base = {"RP_MEASURE": "POP", "AGE": "Y_GE15", "EMPSTA_ENQ": "1"}
    modes = ("PASTRANS", "MARCHE", "VELO", "2ROUESMOT", "VOITURE", "COMMUN")
    found: dict[str, tuple[str, Cells]] = {
        "P_ACTOCC15P": ("DS_RP_NAVETTES_PRINC", {**base, "TRANS": "_T", "WORK_AREA": "_T"}),
        "P_ACTOCC15P_ILT1": ("DS_RP_NAVETTES_PRINC", {**base, "TRANS": "_T", "WORK_AREA": "10"}),
    }
    for rank, name in enumerate(modes, start=1):
        codes = {**base, "TRANS": str(rank), "WORK_AREA": "_T"}
        found[f"P_ACTOCC15P_{name}"] = ("DS_RP_NAVETTES_PRINC", codes)
    return found


COLUMNS: dict[str, tuple[str, Cells]] = {
    "P_POP": ("DS_RP_SERIE_HISTORIQUE", {"RP_MEASURE": "POP", "OCS": "_T"}),
    "P_POP1564": ("DS_RP_EMPLOI_LR_PRINC", {**_ACTIVE, "AGE": "Y15T64", "EMPSTA_ENQ": "_T"}),
    "P_ACT1564": ("DS_RP_EMPLOI_LR_PRINC", {**_ACTIVE, "AGE": "Y15T64", "EMPSTA_ENQ": "1T2"}),
    "P_ACTOCC1564": ("DS_RP_EMPLOI_LR_PRINC", {**_ACTIVE, "AGE": "Y15T64", "EMPSTA_ENQ": "1"}),
    "P_CHOM1564": ("DS_RP_EMPLOI_LR_PRINC", {**_ACTIVE, "AGE": "Y15T64", "EMPSTA_ENQ": "2"}),
    "P_ACT1524": ("DS_RP_EMPLOI_LR_PRINC", {**_ACTIVE, "AGE": "Y15T24", "EMPSTA_ENQ": "1T2"}),
    "P_CHOM1524": ("DS_RP_EMPLOI_LR_PRINC", {**_ACTIVE, "AGE": "Y15T24", "EMPSTA_ENQ": "2"}),
    "P_CHOM2554": ("DS_RP_EMPLOI_LR_PRINC", {**_ACTIVE, "AGE": "Y25T54", "EMPSTA_ENQ": "2"}),
    "P_EMPLT": ("DS_RP_EMPLOI_LT_PRINC", {**_JOBS, "EMPFORM": "_T"}),
    "P_EMPLT_SAL": ("DS_RP_EMPLOI_LT_PRINC", {**_JOBS, "EMPFORM": "2"}),
    "P_EMPLT_NSAL": ("DS_RP_EMPLOI_LT_PRINC", {**_JOBS, "EMPFORM": "1"}),
    "P_NSCOL15P": ("DS_RP_DIPLOMES_PRINC", {**_SCHOOL, "EDUC": "_T"}),
    "P_NSCOL15P_DIPLMIN": ("DS_RP_DIPLOMES_PRINC", {**_SCHOOL, "EDUC": "001T100_RP"}),
    "P_NSCOL15P_BEPC": ("DS_RP_DIPLOMES_PRINC", {**_SCHOOL, "EDUC": "200_RP"}),
    "P_LOG": ("DS_RP_LOGEMENT_PRINC", {**_HOMES, "OCS": "_T"}),
    "P_LOGVAC": ("DS_RP_LOGEMENT_PRINC", {**_HOMES, "OCS": "DW_VAC"}),
    "P_RSECOCC": ("DS_RP_LOGEMENT_PRINC", {**_HOMES, "OCS": "DW_SEC_DW_OCC"}),
    "P_RP": ("DS_RP_LOGEMENT_PRINC", _MAIN),
    "P_MAISON": ("DS_RP_LOGEMENT_PRINC", {**_HOMES, "OCS": "_T", "TDW": "1"}),
    "P_RP_PROP": ("DS_RP_LOGEMENT_PRINC", {**_MAIN, "TSH": "100"}),
    "P_RP_LOC": ("DS_RP_LOGEMENT_PRINC", {**_MAIN, "TSH": "200"}),
    "P_RP_LOCHLMV": ("DS_RP_LOGEMENT_PRINC", {**_MAIN, "TSH": "221"}),
    "P_RP_VOIT1P": ("DS_RP_LOGEMENT_PRINC", {**_MAIN, "CARS": "C_GE1"}),
    "P_RP_VOIT1": ("DS_RP_LOGEMENT_PRINC", {**_MAIN, "CARS": "C1"}),
    **_by_sex(),
    **_by_diploma(),
    **_on_the_way(),
    "P_ACT2554": ("DS_RP_EMPLOI_LR_PRINC", {**_ACTIVE, "AGE": "Y25T54", "EMPSTA_ENQ": "1T2"}),
    "P_POP5564": ("DS_RP_EMPLOI_LR_PRINC", {**_ACTIVE, "AGE": "Y55T64", "EMPSTA_ENQ": "_T"}),
    "P_ACT5564": ("DS_RP_EMPLOI_LR_PRINC", {**_ACTIVE, "AGE": "Y55T64", "EMPSTA_ENQ": "1T2"}),
    "P_CHOM5564": ("DS_RP_EMPLOI_LR_PRINC", {**_ACTIVE, "AGE": "Y55T64", "EMPSTA_ENQ": "2"}),
    "P_SAL15P": ("DS_RP_ACTIVITE_PRINC", {**_SCHOOL, "EMPFORM": "2", "WKTIME": "_T"}),
    "P_SAL15P_TP": ("DS_RP_ACTIVITE_PRINC", {**_SCHOOL, "EMPFORM": "2", "WKTIME": "PT"}),
    "P_RP_VOIT2P": ("DS_RP_LOGEMENT_PRINC", {**_MAIN, "CARS": "C_GE2"}),
    "C_MEN": ("DS_RP_MENAGES_COMP", {**_HOUSE, "TPH": "_T"}),
    "C_MENPSEUL": ("DS_RP_MENAGES_COMP", {**_HOUSE, "TPH": "11"}),
    "C_FAM": ("DS_RP_FAMILLE_COMP", {"TFN": "_T", "NCH": "_T"}),
    # Fathers and mothers: this edition gives no total of the lone parents.
    "C_HMONO": ("DS_RP_FAMILLE_COMP", {"TFN": "11", "NCH": "_T"}),
    "C_FMONO": ("DS_RP_FAMILLE_COMP", {"TFN": "12", "NCH": "_T"}),
    "C_COUPAENF": ("DS_RP_FAMILLE_COMP", {"TFN": "22", "NCH": "_T"}),
    "C_COUPSENF": ("DS_RP_FAMILLE_COMP", {"TFN": "21", "NCH": "_T"}),
}
_BASES = (
    "base-cc-evol-struct-pop-2021.CSV",
    "base-cc-emploi-pop-active-2021.CSV",
    "base-cc-caract-emp-2021.CSV",
    "base-cc-logement-2021.CSV",
    "base-cc-diplomes-formation-2021.CSV",
    "base-cc-coupl-fam-men-2021.CSV",
)
_AGES = {
    "0002": 0, "0305": 3, "0610": 6, "1114": 11, "1517": 15, "1824": 18, "2529": 25, "3044": 30,
    "4559": 45, "6074": 60, "7579": 75, "8089": 80, "90P": 90,
}  # fmt: skip
_FILO = {
    "MED21": ("MED_SL", "EUR_YR"),
    "TP6021": ("PR_MD60", "PT"),
    "PIMP21": ("S_HH_TAX", "PT"),
    "NBMENFISC21": ("NUM_HH", "HH"),
    "NBPERSMENFISC21": ("NUM_PER", "PS"),
    "D121": ("D1_SL", "EUR_YR"),
    "D921": ("D9_SL", "EUR_YR"),
    "RD21": ("IR_D9_D1_SL", "RATIO"),
    "PPSOC21": ("S_SOC_BEN_DI", "PT"),
}
_FLORES = {"FLORES_MEASURE": "UNIT_LOC", "LEGAL_FORM_WITH_PUBLIC": "1T9X7"}
_LARGE = ("E10T19", "E20T49", "E50T99", "E100T199", "E200T499", "E_GE500")
Named = Iterator[tuple[str, Line]]


def _figures(world: World) -> Named:
    """Every line of the demonstration: communes, then EPCI and the département as their sums."""
    counts = [*_census(world), *_ages(world), *_employers(world), *_registers(world)]
    yield from counts
    yield from _sums(world, counts)
    yield from _incomes(world)


def _census(world: World) -> Named:
    for base in _BASES:
        for row in world.rows(base):
            for column, text in row.items():
                match = re.fullmatch(r"([PC])(\d\d)(_\w+)", column)
                name = match.group(1) + match.group(3) if match else ""
                if match is None or name not in COLUMNS:
                    continue
                year, value = 2000 + int(match.group(2)), float(text)
                dataset, codes = COLUMNS[name]
                yield dataset, Line("COM", row["CODGEO"], year, codes, value)


def _span(first: int) -> list[str]:
    """Codes of the ages of the band that begins at ``first``."""
    starts = [*sorted(_AGES.values()), 100]
    last = starts[starts.index(first) + 1]
    return [f"Y{age}" for age in range(first, last)] + (["Y_GE100"] if last == 100 else [])


def _ages(world: World) -> Named:
    """Single years of age, which add up to the bands; sexes for those under 20 and over 64."""
    dataset = "DS_RP_TD_POPULATION_AGESEX_PRINC"
    rows: dict[str, dict[str, str]] = {}
    for base in (
        _BASES[0],
        "base-cc-diplomes-formation-2021.CSV",
        "base-cc-coupl-fam-men-2021.CSV",
    ):
        for row in world.rows(base):
            rows.setdefault(row["CODGEO"], {}).update(row)
    small: dict[str, dict[str, float]] = {}
    for row in world.rows("base-ic-evol-struct-pop-2021.CSV"):
        bands = small.setdefault(row["COM"], {"0002": 0.0, "0305": 0.0})
        for band in bands:
            bands[band] += float(row[f"P21_POP{band}"])
    for code, row in rows.items():
        over_80 = float(row["P21_POP80P"]) - float(row["P21_POP90P"])
        known = {**small[code], "8089": over_80, "7579": float(row["P21_POP7589"]) - over_80}
        for band, first in _AGES.items():
            whole = known.get(band, 0.0) if band in known else float(row[f"P21_POP{band}"])
            for rank, age in enumerate(_span(first)):
                share = (0.5, 0.25, 0.25)[rank] if rank < 3 else 0.0
                codes = {**_PEOPLE, "AGE": age}
                yield dataset, Line("COM", code, 2021, codes, whole * share)
        for letter, sex in (("H", "M"), ("F", "F")):
            told = {"Y0": row[f"P21_{letter}0019"], "Y65": row[f"P21_{letter}65P"]}
            for age in (*(f"Y{age}" for age in range(100)), "Y_GE100"):
                codes = {**_PEOPLE, "SEX": sex, "AGE": age}
                yield dataset, Line("COM", code, 2021, codes, float(told.get(age, 0)))
            codes = {**_PEOPLE, "SEX": sex, "AGE": "_T"}
            yield dataset, Line("COM", code, 2021, codes, float(row[f"P21_POP{letter}"]))


def _employers(world: World) -> Named:
    for row in world.rows("base_cc_comparateur_csv.zip", "base_cc_comparateur.CSV"):
        for column in ("ETTOT", "ETAZ", "ETBE", "ETFZ", "ETGU", "ETOQ"):
            sector = "_T" if column == "ETTOT" else column[2:]
            codes = {**_FLORES, "NUMBER_EMPL": "_T", "ACTIVITY": sector}
            yield "DS_FLORES_A5", Line("COM", row["CODGEO"], 2022, codes, float(row[f"{column}22"]))
        sizes = {"E1T4": float(row["ETTEF122"]), "E10T19": float(row["ETTEFP1022"])}
        for size in ("E1T4", "E5T9", *_LARGE):
            codes = {**_FLORES, "NUMBER_EMPL": size, "ACTIVITY": "_T"}
            yield "DS_FLORES_A5", Line("COM", row["CODGEO"], 2022, codes, sizes.get(size, 0.0))


def _registers(world: World) -> Named:
    for row in world.rows("base_cc_comparateur_csv.zip", "base_cc_comparateur.CSV"):
        code = row["CODGEO"]
        births, deaths = float(row["NAISD23"]), float(row["DECESD23"])
        yield "DS_ETAT_CIVIL_NAIS_COMMUNES", Line("COM", code, 2023, {"EC_MEASURE": "LVB"}, births)
        yield "DS_ETAT_CIVIL_NAIS_COMMUNES", Line("COM", code, 2022, {"EC_MEASURE": "LVB"}, 1.0)
        yield "DS_ETAT_CIVIL_DECES_COMMUNES", Line("COM", code, 2023, {"EC_MEASURE": "DTH"}, deaths)
        area = {"RP_MEASURE": "SUP", "OCS": "_T"}
        yield "DS_RP_SERIE_HISTORIQUE", Line("COM", code, 2021, area, float(row["SUPERF"]))
    for row in world.rows("populations_legales_2021_communes.csv"):
        for name in ("PMUN", "PCAP", "PTOT"):
            line = Line("COM", row["COM"], 2021, {"POPREF_MEASURE": name}, float(row[name]))
            yield "DS_POPULATIONS_REFERENCE", line


def _sums(world: World, counts: list[tuple[str, Line]]) -> Named:
    """EPCI and département; the région has others that the demonstration does not draw."""
    parts: dict[tuple[str, str, str, int, tuple[tuple[str, str], ...]], list[float]] = {}
    for dataset, line in counts:
        row = world.communes[line.code]
        for level in ("EPCI", "DEP"):
            slot = (dataset, level, row[level], line.year, tuple(line.dimensions.items()))
            parts.setdefault(slot, []).append(line.value or 0.0)
    for (dataset, level, code, year, codes), values in parts.items():
        yield dataset, Line(level, code, year, dict(codes), math.fsum(values))


def _incomes(world: World) -> Named:
    levels = ("COM", "EPCI", "DEP", "REG")
    rows = {level: world.rows(f"cc_filosofi_2021_{level}.csv") for level in levels}
    for level, found in rows.items():
        for row in found:
            for column, (measure, unit) in _FILO.items():
                codes = {"FILOSOFI_MEASURE": measure, "UNIT_MEASURE": unit}
                text = row[column].replace(",", ".")
                secret = text in ("", "s")
                value = None if secret else float(text)
                attributes = SECRET if secret else {"CONF_STATUS": "F", "OBS_STATUS": "A"}
                line = Line(level, row["CODGEO"], 2021, codes, value, attributes)
                yield "DS_FILOSOFI_CC", line


def _paris(level: str) -> Named:
    """Invented: 1 000 inhabitants and 500 homes in each arrondissement, a median in each."""
    codes = [str(number) for number in range(75101, 75121)]
    units = [("COM", "75056", 20)] if level == "COM" else [("ARM", code, 1) for code in codes]
    for kind, code, times in units:
        people, homes = 1000.0 * times, 500.0 * times
        yield (
            "DS_POPULATIONS_REFERENCE",
            Line(kind, code, 2021, {"POPREF_MEASURE": "PMUN"}, people),
        )
        yield "DS_RP_LOGEMENT_PRINC", Line(kind, code, 2021, {**_HOMES, "OCS": "_T"}, homes)
        median = {"FILOSOFI_MEASURE": "MED_SL", "UNIT_MEASURE": "EUR_YR"}
        yield "DS_FILOSOFI_CC", Line(kind, code, 2021, median, 20_000.0 + int(code) % 100)
