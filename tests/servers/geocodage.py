"""geocodage of the Géoplateforme on a BAN file, as SOURCES describes it.

``GET /search`` (GeoJSON, ``query`` echoed) and ``POST /search/csv`` (multipart; columns of results in
the documented order, delimiter of the file kept, row statuses). What is found comes from the BAN file by
trigrams, with nothing of the code under test: the server proposes, the client has to judge.
"""

from __future__ import annotations

import csv
import io
import math
import re
import unicodedata
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from functools import cached_property, lru_cache
from typing import Any, Optional

from .base import LocalServer, Response, Seen

RESULTS = (
    "longitude", "latitude", "result_score", "result_score_next", "result_label", "result_type",
    "result_id", "result_banId", "result_housenumber", "result_name", "result_street",
    "result_postcode", "result_city", "result_context", "result_citycode", "result_oldcitycode",
    "result_oldcity", "result_district", "result_status",
)  # fmt: skip


@dataclass(frozen=True)
class Found:
    """A result of the engine, as the properties of a feature."""

    score: float
    lon: float
    lat: float
    cells: dict[str, str]

    def properties(self) -> dict[str, Any]:
        known = {name: text for name, text in self.cells.items() if text}
        return {
            **known,
            "score": self.score,
            "x": 0.0,
            "y": 0.0,
            "importance": 0.5,
            "_type": "address",
        }


@dataclass
class Street:
    """A street of a commune: the first row of the file that names it, and its numbers."""

    row: dict[str, str]
    place: bool
    numbers: dict[str, dict[str, str]] = field(default_factory=dict)
    postcodes: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        return self.row["nom_voie"]

    @cached_property
    def middle(self) -> dict[str, str]:
        """The address nearest the mean of them all."""
        rows = [*self.numbers.values()] or [self.row]
        lon = sum(float(row["lon"]) for row in rows) / len(rows)
        lat = sum(float(row["lat"]) for row in rows) / len(rows)

        def away(row: dict[str, str]) -> float:
            east = (float(row["lon"]) - lon) * math.cos(math.radians(lat))
            return math.hypot(east, float(row["lat"]) - lat)

        return min(rows, key=lambda row: (away(row), row["lon"], row["lat"]))


_SYNONYMS = {
    "av": "avenue", "ave": "avenue", "bd": "boulevard", "bld": "boulevard", "imp": "impasse",
    "rte": "route", "ch": "chemin", "chem": "chemin", "pl": "place", "all": "allee", "r": "rue",
    "st": "saint", "ste": "sainte", "gal": "general", "dr": "docteur", "res": "residence",
    "sq": "square", "lot": "lotissement",
}  # fmt: skip
_HOUSE = re.compile(r"(\d{1,4}) ?(bis|ter|quater|[a-z](?= ))?(?= )")


@lru_cache(maxsize=200_000)
def folded(text: str) -> str:
    """Lower case, no accents, words of the usual abbreviations in full."""
    text = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe"))
    text = "".join(c for c in text if not unicodedata.combining(c))
    words = re.findall("[a-z0-9]+", text)
    return " ".join(_SYNONYMS.get(word, word) for word in words)


@lru_cache(maxsize=200_000)
def trigrams(text: str) -> frozenset[str]:
    padded = f"  {text} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))


def likeness(q: str, label: str) -> float:
    """Dice of the trigrams, as addok compares a question with a label."""
    left, right = trigrams(q), trigrams(folded(label))
    return 2 * len(left & right) / (len(left) + len(right))


class Engine:
    """Free text among the addresses of a BAN file, by trigrams of the labels."""

    def __init__(self, rows: list[dict[str, str]]) -> None:
        self.streets: dict[tuple[str, str, str], Street] = {}
        self.towns: dict[str, dict[str, str]] = {}
        self.postcodes: dict[str, set[str]] = {}
        self.names: dict[str, str] = {}
        for row in rows:
            code = row["code_insee"]
            self.towns.setdefault(code, row)
            self.names[code] = folded(row["nom_commune"])
            self.postcodes.setdefault(code, set()).add(row["code_postal"])
            street = row["id"].rsplit(row["numero"].zfill(5), 1)[0].rstrip("_")
            place = row["numero"] in ("", "99999")
            key = (code, street, row["nom_voie"])
            held = self.streets.setdefault(key, Street(row, place))
            held.postcodes.add(row["code_postal"])
            if not place:
                held.numbers.setdefault(f"{row['numero']}{row['rep'].lower()}", row)

    def search(
        self, q: str, limit: int, citycode: str = "", postcode: str = "", kind: str = ""
    ) -> list[Found]:
        text = folded(q)
        codes = {code for code in citycode.split(",") if code}
        if kind == "municipality":
            found = [self._town(text, code, postcode) for code in self.towns]
        else:
            house = _HOUSE.match(q.lower() + " ")
            # a commune named in the text is where the engine looks first
            named = {code for code in self.towns if f" {self.names[code]} " in f" {text} "}
            near = codes or (set() if postcode else named) or set(self.towns)
            found = [
                self._street(text, house, key, street)
                for key, street in self.streets.items()
                if key[0] in near and (not postcode or postcode in street.postcodes)
            ]
        kept = [
            one
            for one in found
            if one.score > 0.3
            and (not codes or one.cells["citycode"] in codes)
            and (not postcode or one.cells["postcode"] == postcode)
        ]
        return sorted(kept, key=lambda f: (-f.score, f.cells["label"], f.cells["id"]))[:limit]

    def _town(self, q: str, code: str, postcode: str) -> Found:
        row = self.towns[code]
        name, codes = row["nom_commune"], self.postcodes[code]
        shown = next((c for c in sorted(codes) if c == postcode or c in q), min(codes))
        score = max(likeness(q, label) for label in (name, f"{shown} {name}", shown))
        cells = {"type": "municipality", "id": code, "label": name, "name": name, "city": name,
                 "citycode": code, "postcode": shown}  # fmt: skip
        return Found(round(score * 0.97, 4), float(row["lon"]), float(row["lat"]), cells)

    def _street(
        self, q: str, house: Optional[re.Match[str]], key: tuple[str, str, str], street: Street
    ) -> Found:
        row, number = street.middle, ""
        if house:
            number = house.group(1) + (house.group(2) or "")
            number = number if number in street.numbers else ""
            row = street.numbers.get(number, row)
        name = f"{number} {street.name}".strip()
        city, postcode = row["nom_commune"], row["code_postal"]
        labels = (name, f"{name} {city}", f"{name} {postcode}", f"{name} {postcode} {city}")
        cells = {
            "type": "housenumber" if number else "locality" if street.place else "street",
            "id": f"{key[1]}_{number}".rstrip("_"),
            "label": f"{name} {postcode} {city}",
            "housenumber": number,
            "name": name,
            "street": street.name if number else "",
            "postcode": postcode,
            "city": city,
            "citycode": key[0],
            "oldcity": row["nom_ancienne_commune"],
            "oldcitycode": row["code_insee_ancienne_commune"],
            "context": "53, Département fictif",
        }
        score = max(likeness(q, label) for label in labels) * 0.97
        return Found(round(score, 4), float(row["lon"]), float(row["lat"]), cells)


@dataclass
class Part:
    """A part of a multipart body."""

    name: str
    content: bytes
    filename: str = ""


def parts_of(seen: Seen) -> list[Part]:
    head = f"Content-Type: {seen.headers['content-type']}\r\n\r\n".encode()
    message = BytesParser(policy=HTTP).parsebytes(head + seen.body)
    found = []
    for part in message.iter_parts():
        disposition = part["content-disposition"].params
        content = part.get_payload(decode=True)
        found.append(Part(disposition["name"], content, disposition.get("filename", "")))
    return found


def refusal(message: str, *detail: str) -> Response:
    body: dict[str, Any] = {"code": 400, "message": message}
    return Response.of_json({**body, "detail": list(detail)} if detail else body, 400)


@dataclass
class GeocodageServer(LocalServer):
    """``fail_rows``: words of an address → times that its row gets ``error``. ``ban_id``: whether the
    column result_banId is there. ``mangle``: changes the text of a CSV answer."""

    engine: Optional[Engine] = None
    fail_rows: dict[str, int] = field(default_factory=dict)
    ban_id: bool = True
    delimiter: str = ""
    mangle: Any = None

    def over_quota(self, seen: Seen) -> Response:
        response = Response.of_text("<html>429 Too Many Requests</html>", "text/html", 429)
        return response.with_headers(("Retry-After", "5"))

    def answer(self, seen: Seen) -> Response:
        path = seen.path.rstrip("/")
        if path == "/search" and seen.method == "GET":
            return self._search(seen)
        if path == "/search/csv" and seen.method == "POST":
            return self._csv(seen)
        return Response.of_json({"code": 404, "message": "Not found"}, 404)

    def _search(self, seen: Seen) -> Response:
        q = seen.param("q")
        limit = seen.param("limit", "10")
        if not 3 <= len(q) <= 200 or not q[0].isalnum():
            told = "q: must contain between 3 and 200 chars and start with a number or a letter"
            return refusal("Failed parsing query", told)
        if not limit.isdigit() or not 1 <= int(limit) <= 50:
            return refusal("Failed parsing query", "limit: must be an integer between 1 and 50")
        for name, shape in (("citycode", r"(\d{5}|\d[AB]\d{3})"), ("postcode", r"\d{5}")):
            if seen.param(name) and not re.fullmatch(rf"{shape}(,{shape})*", seen.param(name)):
                return refusal("Failed parsing query", f"{name}: invalid format")
        found = self._found(
            q, int(limit), seen.param("citycode"), seen.param("postcode"), seen.param("type")
        )
        features = [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [one.lon, one.lat]},
                "properties": one.properties(),
            }
            for one in found
        ]
        return Response.of_json({"type": "FeatureCollection", "features": features, "query": q})

    def _found(self, q: str, limit: int, citycode: str, postcode: str, kind: str) -> list[Found]:
        assert self.engine is not None
        return self.engine.search(q, limit, citycode, postcode, kind)

    def _csv(self, seen: Seen) -> Response:
        parts = parts_of(seen)
        data = next((part for part in parts if part.name == "data" and part.filename), None)
        if data is None:
            return refusal("A CSV file must be provided in data field")
        text = data.content.decode()
        delimiter = max(";,\t|", key=text.split("\n", 1)[0].count)
        rows = list(csv.DictReader(io.StringIO(text), delimiter=delimiter))
        names = text.split("\n", 1)[0].split(delimiter)
        if len(rows) > 200_000:
            return refusal("Too many rows in CSV file")
        columns = [part.content.decode() for part in parts if part.name == "columns"] or names
        if any(column not in names for column in columns):
            return refusal("At least one given column name is unknown")
        filters = {p.name: p.content.decode() for p in parts if p.name in ("citycode", "postcode")}
        for name, column in filters.items():
            if column not in names:
                return refusal(f"Unknown column name for {name}")
        wanted = [p.content.decode() for p in parts if p.name == "result_columns"]
        kept = [name for name in RESULTS if self.ban_id or name != "result_banId"]
        kept = [name for name in kept if not wanted or name in wanted]
        stream = io.StringIO()
        writer = csv.writer(stream, delimiter=self.delimiter or delimiter, lineterminator="\n")
        writer.writerow([*names, *kept])
        for row in rows:
            result = self._row(row, columns, filters)
            writer.writerow([*(row[name] for name in names), *(result.get(n, "") for n in kept)])
        content = stream.getvalue()
        if self.mangle is not None:
            content = self.mangle(content)
        headers = (
            ("Content-Disposition", 'attachment; filename="adresses-geocoded.csv"'),
            ("X-Rows-Count", str(len(rows))),
        )
        return Response.typed(content.encode(), "text/csv", headers=headers)

    def _row(
        self, row: dict[str, str], columns: list[str], filters: dict[str, str]
    ) -> dict[str, str]:
        q = " ".join(row[name].strip() for name in columns).strip()
        if not 3 <= len(q) <= 200 or not q[0].isalnum():
            return {"result_status": "skipped"}
        for words, times in self.fail_rows.items():
            if words in q and times:
                self.fail_rows[words] -= 1
                return {"result_status": "error"}
        asked = {name: row[column].strip() for name, column in filters.items()}
        found = self._found(q, 2, asked.get("citycode", ""), asked.get("postcode", ""), "")
        if not found:
            return {"result_status": "not-found"}
        best = found[0]
        result = {f"result_{name}": text for name, text in best.cells.items()}
        result.update(
            longitude=f"{best.lon:.6f}",
            latitude=f"{best.lat:.6f}",
            result_score=str(best.score),
            result_score_next=str(found[1].score) if len(found) > 1 else "",
            result_banId="fictif" if self.ban_id else "",
            result_status="ok",
        )
        return result
