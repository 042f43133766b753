"""A server of addok with addok-csv on a BAN file: its own statuses, columns and refusals.

As addok 1.3 and addok-csv 1.1 behave: no ``result_status``, nothing for a row whose score does not
exceed ``min_score`` (0.5 unless told), ``result_score_next`` 0 without a runner-up, a filter of a
column fails.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from .base import Response, Seen
from .geocodage import GeocodageServer, parts_of

HEADERS = ("latitude", "longitude", "result_label", "result_score", "result_score_next",
           "result_type", "result_id", "result_housenumber")  # fmt: skip
FIELDS = ("name", "street", "postcode", "city", "citycode", "oldcitycode", "oldcity", "context")


@dataclass
class AddokServer(GeocodageServer):
    """``plugin``: whether addok-csv is installed. ``codes``: whether CSV_EXTRA_FIELDS of the server
    has the commune code, which those of addok-csv itself have not."""

    plugin: bool = True
    codes: bool = False

    def answer(self, seen: Seen) -> Response:
        path = seen.path.rstrip("/")
        if path == "/search" and seen.method == "GET":
            if not seen.param("q"):
                return Response.of_json({"title": "Missing parameter"}, 400)
            return self._search(seen)
        if path == "/search/csv" and seen.method == "POST" and self.plugin:
            return self._many(seen)
        return Response.of_json({"title": "404 Not Found"}, 404)

    def _many(self, seen: Seen) -> Response:
        parts = parts_of(seen)
        form: dict[str, list[str]] = {}
        for part in parts:
            if not part.filename:
                form.setdefault(part.name, []).append(part.content.decode())
        data = next((part for part in parts if part.filename), None)
        if data is None:
            return Response.of_json({"title": "Missing file"}, 400)
        if "citycode" in form or "postcode" in form:
            return Response.of_json({"title": "500 Internal Server Error"}, 500)
        delimiter = form.get("delimiter", [","])[-1]
        reader = csv.DictReader(io.StringIO(data.content.decode()), delimiter=delimiter)
        names = list(reader.fieldnames or ())
        columns = form.get("columns", names)
        unknown = [name for name in columns if name not in names]
        if unknown:
            title = f"Cannot found column '{unknown[0]}' in columns {names}"
            return Response.of_json({"title": title}, 400)
        least = float(form.get("min_score", ["0.5"])[-1])
        stream = io.StringIO()
        fields = FIELDS if self.codes else tuple(n for n in FIELDS if "citycode" not in n)
        results = (*HEADERS, *(f"result_{name}" for name in fields))
        writer = csv.DictWriter(
            stream, [*names, *results], delimiter=delimiter, extrasaction="ignore"
        )
        writer.writeheader()
        for row in reader:
            writer.writerow({**row, **self._one(" ".join(row[c] or "" for c in columns), least)})
        content = stream.getvalue() if self.mangle is None else self.mangle(stream.getvalue())
        return Response.typed(content.encode(), "text/csv; charset=utf-8")

    def _one(self, q: str, least: float) -> dict[str, object]:
        found = self._found(q, 3, "", "", "")
        if not found or round(found[0].score, 2) <= least:
            return {}
        best = found[0]
        cells = {f"result_{name}": best.cells.get(name, "") for name in FIELDS}
        # the files tell a street under « name », without the number that GeoJSON puts before it
        cells["result_name"], cells["result_street"] = (
            best.cells["street"] or cells["result_name"],
            "",
        )
        return {
            **cells,
            "latitude": best.lat,
            "longitude": best.lon,
            "result_label": best.cells["label"],
            "result_score": round(best.score, 2),
            "result_score_next": round(found[1].score, 2) if len(found) > 1 else 0,
            "result_type": best.cells["type"],
            "result_id": best.cells["id"],
            "result_housenumber": best.cells["housenumber"],
        }
