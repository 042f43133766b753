"""Addresses located before the diagnosis, to see how well it goes: a few rows, or a whole file.

By ``coodiag:territory`` and ``coodiag:geocode``, as anyone could run them by hand. What is found is
held in memory and nowhere else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from qgis.core import QgsGeometry, QgsProcessingContext, QgsVectorLayer

from ...core.errors import InputError
from ...core.progress import Progress
from ..geocoding import QUERY_FIELDS
from ..layers import REAL, TEXT, memory_layer, records
from ..running.algorithms import run_algorithm

if TYPE_CHECKING:
    from ...sources.structure_file import ImportedTable

#: Rows of a trial.
FEW = 50
#: Bars of the histogram of scores, from 0 to 1.
BARS = 20
#: Levels of ``geo_status``, from the finest, as ``geocode`` writes them.
LEVELS = ("adresse", "voie", "lieu-dit", "commune", "echec")
_SCORED = ("adresse", "voie", "lieu-dit")
_NUMBERS = ("geo_score", "geo_gap")
_GEOCODE = ("address", "postcode", "city", "citycode")


@dataclass(frozen=True)
class Quality:
    """``levels``: rows by ``geo_status``; ``bars``: rows by score, of those with a street or a
    place; ``doubtful``: located with a remark; ``rows``: each with its point (CRS ``crs``) or None.
    """

    role: str
    asked: int  # rows of the file
    levels: dict[str, int]
    bars: tuple[int, ...]
    doubtful: int
    rows: tuple[tuple[dict[str, Any], QgsGeometry | None], ...] = field(repr=False)
    crs: str = ""
    said: tuple[str, ...] = ()

    @property
    def tried(self) -> int:
        return len(self.rows)

    @property
    def share(self) -> float:
        """Part of the rows placed at a number, a street or a named place."""
        return sum(self.levels[name] for name in _SCORED) / self.tried if self.tried else 0.0


def spread(rows: Sequence[Any], count: int) -> list[Any]:
    """``count`` rows spread evenly over all of them: a file is often sorted by town."""
    if count <= 0 or count >= len(rows):
        return list(rows)
    return [rows[at * len(rows) // count] for at in range(count)]


def locate(
    table: ImportedTable,
    count: int,
    territory: Mapping[str, Any],
    geocoding: Mapping[str, Any],
    progress: Progress,
) -> Quality:
    """Locate ``count`` rows of a file (0: all of them).

    ``territory``, ``geocoding``: parameters of the two algorithms; without a TERRITORY, no commune
    is known but those of the addresses.
    """
    context = QgsProcessingContext()
    parameters: dict[str, Any] = {
        **geocoding,
        "INPUT": _layer(spread(table.rows, count), table.columns),
        **{name.upper(): name for name in _GEOCODE if name in table.columns},
        "OUTPUT": "memory:",
        "FAILED": "memory:",
    }
    start = 0.0
    if territory.get("TERRITORY"):
        asked = {**territory, "COMMUNES": "memory:"}
        found = run_algorithm("coodiag:territory", asked, progress.part(0.0, 0.4), context)
        parameters["COMMUNES"] = _taken(context, found["COMMUNES"])
        start = 0.4
    results = run_algorithm("coodiag:geocode", parameters, progress.part(start, 1.0), context)
    located = _taken(context, results["OUTPUT"])
    rows = [(row, QgsGeometry(shape)) for row, shape in records(located)]
    failed = [(row, None) for row, _ in records(_taken(context, results["FAILED"]))]
    return _quality(table, [*rows, *failed], located.crs().authid())


def _layer(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> QgsVectorLayer:
    """The cells that locate, and the number of the row: no other column is handed on."""
    names = ["row_id", *(name for name in QUERY_FIELDS if name in columns)]
    return memory_layer("adresses", dict.fromkeys(names, TEXT), rows=((row, None) for row in rows))


def _taken(context: QgsProcessingContext, identifier: Any) -> QgsVectorLayer:
    found = context.takeResultLayer(str(identifier))
    if not isinstance(found, QgsVectorLayer):
        raise InputError("The result of the geocoding cannot be read.")
    return found


def _quality(
    table: ImportedTable, rows: list[tuple[dict[str, Any], QgsGeometry | None]], crs: str
) -> Quality:
    levels = Counter(str(row["geo_status"]) for row, _ in rows)
    bars = [0] * BARS
    for row, _ in rows:
        if row["geo_status"] in _SCORED:
            bars[min(int(float(row["geo_score"]) * BARS), BARS - 1)] += 1
    return Quality(
        role=table.role,
        asked=table.rows_out,
        levels={name: levels[name] for name in LEVELS},
        bars=tuple(bars),
        doubtful=sum(1 for row, shape in rows if shape is not None and row["geo_note"]),
        rows=tuple(rows),
        crs=crs,
    )


def layers(quality: Quality) -> tuple[QgsVectorLayer, QgsVectorLayer]:
    """The rows located, and those that are not, as layers that nothing else knows."""
    names = list(quality.rows[0][0]) if quality.rows else []
    columns = {name: REAL if name in _NUMBERS else TEXT for name in names}
    found = [(row, shape) for row, shape in quality.rows if shape is not None]
    failed = [(row, None) for row, shape in quality.rows if shape is None]
    return (
        memory_layer("localisés", columns, "Point", quality.crs, found),
        memory_layer("non localisés", columns, rows=failed),
    )


def fields_of(quality: Quality) -> dict[str, str]:
    """The columns of the rows that locate them."""
    names = quality.rows[0][0] if quality.rows else {}
    return {name: name for name in _GEOCODE if name in names}
