"""Portals of Opendatasoft (Explore API v2.1): Dares, Caf and Urssaf on the demonstration's communes.

Facts imitated: pages of 100 rows at most and 10 000 rows in all, exports without limit, csv with a
byte order mark, strings in double quotes, ``ODSQLError`` under status 400, a daily quota for
anonymous callers. The counts of Caf and Urssaf are invented from the population.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Optional

from .base import LocalServer, Response, Seen
from .world import World

Record = dict[str, Any]
Test = Callable[[Record], bool]
ROOT = "/api/explore/v2.1/catalog/datasets/"
LONGEST_URL = 4_096
MODIFIED = "2026-05-29T08:00:00+00:00"
OPEN = "Licence Ouverte v2.0 (Etalab)"
ODBL = "Open Database License (ODbL)"


@dataclass
class Table:
    """A dataset: its fields (name → type) and its rows; ``labels`` as shown to readers."""

    id: str
    title: str
    licence: str
    fields: dict[str, str]
    records: list[Record]

    def described(self) -> Record:
        metas = {
            "title": self.title,
            "license": self.licence,
            "modified": "2026-05-28T10:00:00+00:00",
            "data_processed": MODIFIED,
            "records_count": len(self.records),
            "publisher": "Producteur imité",
        }
        return {
            "dataset_id": self.id,
            "dataset_uid": "da_fictif",
            "has_records": True,
            "features": ["analyze"],
            "metas": {"default": metas},
            "fields": [
                {"name": name, "type": kind, "label": name.replace("_", " ").capitalize()}
                for name, kind in self.fields.items()
            ],
        }


class Refused(Exception):
    """A question that the portal does not understand."""


class PortalServer(LocalServer):
    """One portal with one dataset.

    ``wrapped``: metadata as v2.0 gives them. ``exports``: False refuses them (403). ``startswith``:
    False makes it an unknown function. ``short``: rows that pages and exports silently lose.
    """

    def __init__(self, world: Optional[World] = None, **more: Any) -> None:
        self.wrapped = more.pop("wrapped", False)
        self.exports = more.pop("exports", True)
        self.startswith = more.pop("startswith", True)
        self.short = more.pop("short", 0)
        given = more.pop("table", None)
        LocalServer.__init__(self, **more)
        self.table: Table = given or self.make(world or World.__new__(World))

    def make(self, world: World) -> Table:
        raise NotImplementedError

    def answer(self, seen: Seen) -> Response:
        length = len(seen.path) + sum(len(k) + 3 * len(v) for k, v in seen.params)
        if length > 3 * LONGEST_URL:
            return Response.of_text("Request-URI Too Large", status=414)
        name, _, what = seen.path[len(ROOT) :].partition("/")
        if not seen.path.startswith(ROOT) or name != self.table.id:
            return error(f"Unknown dataset: {name}", 404, "NotFoundError")
        try:
            if not what:
                told = self.table.described()
                return Response.of_json({"links": [], "dataset": told} if self.wrapped else told)
            if what == "records":
                return self._records(seen)
            if what == "exports/csv":
                return self._csv(seen)
        except Refused as refused:
            return error(str(refused))
        return Response.of_text("Not Found", status=404)

    def over_quota(self, seen: Seen) -> Response:
        body = {
            "errorcode": 10002,
            "reset_time": "2026-11-19T00:00:00Z",
            "limit_time_unit": "day",
            "call_limit": 5000,
            "error": "Too many requests on the domain. Please contact the domain administrator.",
        }
        return Response.of_json(body, 429)

    def _records(self, seen: Seen) -> Response:
        limit, offset = int(seen.param("limit", "10")), int(seen.param("offset", "0"))
        if not 0 <= limit <= 100:
            return error(
                f"Invalid value for limit API parameter: {limit} was found but -1 <= limit <= 100 is expected.",
                code="InvalidRESTParameterError",
            )
        if offset + limit > 10_000:
            return error(
                f"Invalid value for offset API parameter: {offset} was found but offset + limit must be <= 10000.",
                code="InvalidRESTParameterError",
            )
        found = self._where(seen)
        columns = self._select(seen)
        group = seen.param("group_by")
        if group:
            values = sorted({str(row[group]) for row in found if row[group] is not None})
            found = [{group: value} for value in values]
            return Response.of_json({"results": found[offset : offset + limit]})
        for name in reversed([part for part in seen.param("order_by").split(",") if part]):
            self._known(name)
            found = sorted(found, key=lambda row: (row[name] is not None, str(row[name])))
        page = found[offset : offset + limit]
        page = page[: len(page) - self.short] if self.short and len(page) > 1 else page
        rows = [{name: row[name] for name in columns} for row in page]
        return Response.of_json({"total_count": len(found), "results": rows})

    def _csv(self, seen: Seen) -> Response:
        if not self.exports:
            return error("Exports are not allowed on this portal", 403, "Forbidden")
        columns, found = self._select(seen), self._where(seen)
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=seen.param("delimiter", ";"), lineterminator="\r\n")
        labels = seen.param("use_labels", "false") == "true"
        writer.writerow([name.replace("_", " ") for name in columns] if labels else columns)
        for row in found[: len(found) - self.short]:
            writer.writerow(["" if row[name] is None else row[name] for name in columns])
        body = b"\xef\xbb\xbf" + text.getvalue().encode()
        return Response.typed(body, "text/csv; charset=utf-8", chunked=True)

    def _known(self, name: str) -> str:
        if name not in self.table.fields:
            raise Refused(f"Unknown field: {name}")
        return name

    def _select(self, seen: Seen) -> list[str]:
        asked = seen.param("select")
        return (
            [self._known(name.strip()) for name in asked.split(",")]
            if asked
            else list(self.table.fields)
        )

    def _where(self, seen: Seen) -> list[Record]:
        text = seen.param("where")
        tests = [self._test(part) for part in split(text, " and ")] if text else []
        return [row for row in self.table.records if all(test(row) for test in tests)]

    def _test(self, text: str) -> Test:
        """The few forms of ODSQL that a client needs; anything else is refused."""
        text = text.strip()
        if text.startswith("(") and text.endswith(")"):
            parts = [self._test(part) for part in split(text[1:-1], " or ")]
            return lambda row: any(test(row) for test in parts)
        found = re.fullmatch(r'startswith\((\w+), ?"([^"]*)"\)', text)
        if found:
            if not self.startswith:
                raise Refused("Unknown function: startswith")
            name, start = self._known(found[1]), found[2]
            return lambda row: str(row[name] or "").startswith(start)
        found = re.fullmatch(r"(\w+) ?in ?\((.*)\)", text)
        if found:
            name, values = self._known(found[1]), set(re.findall(r'"([^"]*)"', found[2]))
            if self.table.fields[name] != "text" or not values:
                raise Refused(f"Field {name} is not a text")
            return lambda row: row[name] in values
        found = re.fullmatch(r"(\w+) ?= ?(?:\"([^\"]*)\"|date'([^']*)')", text)
        if found:
            name = self._known(found[1])
            dated = self.table.fields[name] == "date"
            if dated != (found[3] is not None):
                raise Refused(f"Field {name} is of type {self.table.fields[name]}")
            value = found[3] if dated else found[2]
            return lambda row: row[name] == value
        raise Refused(f"Syntax error in where clause: {text}")


def split(text: str, word: str) -> list[str]:
    """Cut at ``word`` outside parentheses and quotes."""
    parts, depth, quoted, start, at = [], 0, False, 0, 0
    while at < len(text):
        char = text[at]
        if char == '"':
            quoted = not quoted
        elif not quoted:
            depth += (char == "(") - (char == ")")
            if depth == 0 and text.startswith(word, at):
                parts.append(text[start:at])
                start = at = at + len(word)
                continue
        at += 1
    return [*parts, text[start:]]


def error(message: str, status: int = 400, code: str = "ODSQLError") -> Response:
    return Response.of_json({"error_code": code, "message": message}, status)


def people(world: World) -> dict[str, int]:
    """Inhabitants by commune of the demonstration."""
    return {
        row["COM"]: int(row["PMUN"]) for row in world.rows("populations_legales_2021_communes.csv")
    }


class DaresServer(PortalServer):
    """``dares_defm_communales-brutes``: the demonstration's file, and a total that is no commune."""

    def make(self, world: World) -> Table:
        rows: list[Record] = []
        for row in world.rows("dares_defm_communales-brutes.csv"):
            number = row["nombre_de_demandeurs_d_emploi"]
            rows.append({**row, "nombre_de_demandeurs_d_emploi": int(number) if number else None})
        total = {**rows[0], "code_region": "Total", "code_departement": "Total"}
        total |= {
            "code_commune": "Total",
            "commune": "Total France",
            "nombre_de_demandeurs_d_emploi": 5_000_000,
        }
        older = [
            {**row, "date": row["date"].replace("2022", "2021")}
            for row in rows
            if row["date"] == "2022-T4"
        ]
        names = list(rows[0])
        fields = dict.fromkeys(names, "text") | {"nombre_de_demandeurs_d_emploi": "int"}
        return Table(
            "dares_defm_communales-brutes",
            "Demandeurs d'emploi inscrits à France Travail : données communales brutes",
            OPEN,
            fields,
            [*older, *rows, total],
        )


#: Share of the inhabitants that each count of the Caf is made of.
_CAF = {
    "indfoy_ndur": 0.21, "indnbp_ndur": 0.47, "indfoy_rsa": 0.03, "indmtt_rsa": 16.0,
    "indfoy_ppa": 0.065, "indfoy_af": 0.07, "indfoy_cf": 0.012, "indfoy_asf": 0.011,
    "indfoy_ndural": 0.09, "indfoy_ndurpaje": 0.03,
}  # fmt: skip


class CafServer(PortalServer):
    """``s_ben_com_f``: every December from 2020 to 2024, no field for the département.

    Counts rounded down to 5, small ones hidden; Paris by arrondissement; those whom the Caf could
    not locate under an empty code.
    """

    def make(self, world: World) -> Table:
        places = {
            code: (row["LIBELLE"], people(world)[code]) for code, row in world.communes.items()
        }
        places |= {"75101": ("Paris 1er fictif", 15_000), "75102": ("Paris 2e fictif", 20_000)}
        places[""] = ("Non localisés", 900)
        rows: list[Record] = []
        for rank, year in enumerate(range(2020, 2025)):
            for code, (name, inhabitants) in places.items():
                row: Record = {"dtreffre": f"{year}-12", "numcomdo": code or None, "nomcom": name}
                for field, share in _CAF.items():
                    step = 100 if "mtt" in field else 5
                    count = int(inhabitants * share * (1 + 0.01 * rank)) // step * step
                    row[field] = count if count else None
                rows.append(row)
        fields = {"dtreffre": "text", "numcomdo": "text", "nomcom": "text"} | dict.fromkeys(
            _CAF, "int"
        )
        title = "Toutes prestations - répartition des allocataires selon la prestation [Communal]"
        return Table("s_ben_com_f", title, OPEN, fields, rows)


_ACTIVITIES = (
    ("4711B", "GS4 Commerce", 90),
    ("4120A", "GS2 Construction", 160),
    ("8810A", "GS5 Services 1", 400),
)
YEARS = range(2006, 2026)


class UrssafServer(PortalServer):
    """The series of employers: commune × activity, a column a year from 2006 to 2025."""

    def make(self, world: World) -> Table:
        names = [
            "code_region",
            "region",
            "code_departement",
            "departement",
            "epci",
            "code_commune",
            "intitule_commune",
            "grand_secteur_d_activite",
            "code_ape",
            "ape",
        ]
        fields = dict.fromkeys(names, "text")
        fields |= {f"effectifs_salaries_{year}": "int" for year in YEARS}
        fields |= {f"nombre_d_etablissements_{year}": "int" for year in YEARS}
        rows = [
            self._row(code, row, people(world)[code], activity)
            for code, row in world.communes.items()
            for activity in _ACTIVITIES
        ]
        return Table(
            "etablissements-et-effectifs-salaries-au-niveau-commune-x-ape-last",
            "Nombre d'établissements employeurs et effectifs salariés du secteur privé, par commune x APE",
            ODBL,
            fields,
            rows,
        )

    @staticmethod
    def _row(
        code: str, row: dict[str, str], inhabitants: int, activity: tuple[str, str, int]
    ) -> Record:
        ape, sector, each = activity
        found: Record = {
            "code_region": row["REG"], "region": "Région fictive", "code_departement": row["DEP"],
            "departement": "Département fictif", "epci": row["EPCI"], "code_commune": code,
            "intitule_commune": row["LIBELLE"], "grand_secteur_d_activite": sector,
            "code_ape": ape, "ape": f"Activité {ape}",
        }  # fmt: skip
        for year in YEARS:
            employers = inhabitants // each
            jobs: Optional[int] = employers * (4 + (year - 2006) // 5)
            if employers == 0:
                jobs = None  # nobody, and no figure
            elif employers == 1 and ape == "4120A":
                jobs = None  # a single employer: hidden
            found[f"effectifs_salaries_{year}"] = jobs
            found[f"nombre_d_etablissements_{year}"] = employers
        return found
