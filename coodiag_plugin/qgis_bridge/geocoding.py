"""Rows of addresses ⇄ the geocoding room: which columns, which communes, points in the right CRS."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from qgis.core import QgsFeatureSource, QgsGeometry, QgsPointXY, QgsVectorLayer
from qgis.PyQt.QtCore import QMetaType

from ..core.codes import MAINLAND_CRS, legal_crs
from ..core.errors import InputError
from ..core.progress import Progress
from .layers import REAL, TEXT, records, transformer
from .locating import How, Sending, announce, digest, locating, tell_sent

if TYPE_CHECKING:
    from ..geocoding.geocoder import Located, Query
    from ..geocoding.session import Session
    from ..geocoding.towns import Towns
    from ..sources.changes import Former

__all__ = ["How", "Sending", "announce", "tell_sent"]  # of locating.py, for the algorithms
Row = dict[str, Any]
WGS84 = "EPSG:4326"
#: Fields added to each row.
RESULT_FIELDS: dict[str, QMetaType.Type] = {
    "geo_status": TEXT,
    "geo_score": REAL,
    "geo_gap": REAL,
    "geo_label": TEXT,
    "geo_citycode": TEXT,
    "geo_source": TEXT,
    "geo_note": TEXT,
}
#: Canonical fields that a row is located by; the last four make up an address in several columns.
QUERY_FIELDS = ("address", "complement", "postcode", "city", "citycode")
ADDRESS_PARTS = ("number", "repetition", "street_type", "street")

_CODE_NAMES = ("codgeo", "insee_com", "code_insee", "insee", "depcom", "code", "codecom", "com")
_NAME_NAMES = ("nom", "libgeo", "nom_com", "nom_commune", "libelle", "name", "nomcom", "commune")
#: Rows that columns are recognised by.
SAMPLE = 500


def guess_fields(rows: Sequence[Row], given: Mapping[str, str]) -> dict[str, str]:
    """Column of each canonical field: those ``given``, the others by header and contents.

    Raises InputError when nothing locates a row.
    """
    from ..sources.columns import match

    names = list(rows[0]) if rows else []
    for column in given.values():
        if rows and column not in names:
            raise InputError("The field {field} is not in the input.", field=column)
    cells = [[text(row.get(name)) for row in rows[:SAMPLE]] for name in names]
    forced = {field: names.index(column) for field, column in given.items() if column in names}
    found = match(names, cells, "clients", forced).columns
    kept = {f: names[at] for f, at in found.items() if f in (*QUERY_FIELDS, *ADDRESS_PARTS)}
    if rows and not {"address", "street", "postcode", "city", "citycode"}.intersection(kept):
        raise InputError(
            "No address, postcode or city was recognised among the fields ({fields}). Choose them in ADDRESS, POSTCODE, CITY or CITYCODE.",
            fields=", ".join(names),
        )
    return kept


def locate_rows(
    rows: Sequence[Row],
    fields: Mapping[str, str],
    *,
    how: How,
    communes: QgsFeatureSource | None,
    progress: Progress,
    former: Sequence[Former] = (),
    told: Callable[[Sending], None] | None = None,
    sent: Callable[[int], None] | None = None,
) -> list[Located]:
    """Answers for ``rows``, one each and in order.

    ``communes``: polygons of the communes known; ``former``: names and codes that they had before,
    which addresses still bear. ``told`` hears of what is about to be sent to a
    service, before it is, ``sent`` of how many addresses were. Addresses that a person corrected come first and are asked of nobody.
    """
    queries = [query(str(at), row, fields) for at, row in enumerate(rows)]
    with session(how, communes, progress.part(0.0, 0.5), former) as opened:
        sending = announce(opened, how, queries, progress)
        if sending is not None and told is not None:
            told(sending)
        answers = list(opened.locate(queries, len(queries), progress.part(0.5, 1.0)))
        tell_sent(opened, how, progress)
        if how.online and sent is not None:
            sent(opened.way.sent)
        return answers


@contextmanager
def session(
    how: How,
    communes: QgsFeatureSource | None,
    progress: Progress,
    former: Sequence[Former] = (),
) -> Iterator[Session]:
    """A session of geocoding that knows the communes of a layer; see :func:`~.locating.locating`."""
    from ..geocoding.towns import Towns

    found = town_rows(communes, progress) if communes is not None else None
    towns = None if found is None else Towns.from_rows(found).with_former(former)
    with locating(how, towns, digest([found, *former]), progress) as opened:
        yield opened


def geocode_rows(
    rows: Sequence[Row],
    fields: Mapping[str, str],
    *,
    how: How,
    communes_layer: QgsVectorLayer | None,
    crs: str,
    progress: Progress,
    former: Sequence[Former] = (),
    told: Callable[[Sending], None] | None = None,
    sent: Callable[[int], None] | None = None,
) -> tuple[list[tuple[Row, QgsGeometry]], list[Row], dict[str, int]]:
    """Locate rows: (rows with their point in ``crs``, failed rows, counts by output name).

    ``fields``: canonical field → column, see :func:`guess_fields`. Both lists keep the order of
    ``rows``, and every row of the input is in one of them.
    """
    answers = locate_rows(
        rows,
        fields,
        how=how,
        communes=communes_layer,
        progress=progress,
        former=former,
        told=told,
        sent=sent,
    )
    tally = Tally()
    located: list[tuple[Row, QgsGeometry]] = []
    failed: list[Row] = []
    for row, (answer, shape) in zip(rows, placed(answers, crs)):
        tally.add(answer)
        full = {**row, **result_values(answer)}
        if shape is None:
            failed.append(full)
        else:
            located.append((full, shape))
    report(tally.counts, progress)
    return located, failed, tally.counts


def query(row_id: str, row: Row, fields: Mapping[str, str]) -> Query:
    """The cells of a row that locate it; an address in several columns is put together."""
    from ..geocoding.geocoder import Query

    cells = {field: text(row.get(column)) for field, column in fields.items()}
    address = cells.get("address", "")
    if not address:
        address = " ".join(cells[part] for part in ADDRESS_PARTS if cells.get(part))
    elif cells.get("number") and not address[:1].isdigit():
        address = " ".join((cells["number"], cells.get("repetition", ""), address))
    return Query(row_id, address, *(cells.get(field, "") for field in QUERY_FIELDS[1:]))


def text(value: Any) -> str:
    """A cell as text; a postcode that became a number comes back without its decimals."""
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else "" if value != value else str(value)
    return str(value).strip()


def towns_of(communes: QgsFeatureSource, progress: Progress) -> Towns:
    """Directory of the communes of a polygon source, each at a point inside its polygon."""
    from ..geocoding.towns import Towns

    return Towns.from_rows(town_rows(communes, progress))


def town_rows(communes: QgsFeatureSource, progress: Progress) -> list[dict[str, Any]]:
    """``codgeo``, ``nom`` and a point (degrees) inside each polygon of a source of communes."""
    names = {name.lower(): name for name in communes.fields().names()}
    code = next((names[name] for name in _CODE_NAMES if name in names), None)
    label = next((names[name] for name in _NAME_NAMES if name in names), None)
    if code is None or label is None:
        raise InputError(
            "The communes have no field for their code and their name (expected for example codgeo and nom). Fields: {fields}.",
            fields=", ".join(names.values()),
        )
    transform = transformer(communes.sourceCrs(), WGS84)
    rows = []
    for row, shape in records(communes):
        progress.check()
        inside = shape.pointOnSurface()
        if row[code] is None or inside.isEmpty():
            continue
        inside.transform(transform)
        point = inside.asPoint()
        rows.append(
            {
                "codgeo": row[code],
                "nom": row[label] or row[code],
                "lon": point.x(),
                "lat": point.y(),
            }
        )
    return rows


class Tally:
    """What is told of answers that go by: rows by status and by commune."""

    def __init__(self) -> None:
        self._statuses: Counter[str] = Counter()
        self._communes: Counter[str] = Counter()

    def add(self, answer: Located) -> None:
        self._statuses[answer.status] += 1
        self._communes[answer.citycode] += 1

    @property
    def counts(self) -> dict[str, int]:
        """Rows by level, under the names of the algorithm's outputs.

        COUNT_STREET holds those at a lieu-dit, which COUNT_PLACE counts apart.
        """
        found = self._statuses
        return {
            "COUNT_IN": sum(found.values()),
            "COUNT_ADDRESS": found["adresse"],
            "COUNT_STREET": found["voie"] + found["lieu-dit"],
            "COUNT_PLACE": found["lieu-dit"],
            "COUNT_TOWN": found["commune"],
            "COUNT_FAILED": found["echec"],
        }

    @property
    def crs(self) -> str:
        """Legal CRS of the département where most rows were located."""
        found: Counter[str] = Counter()
        for code, rows in self._communes.items():
            if code:
                found[legal_crs(code)] += rows
        return min(found, key=lambda crs: (-found[crs], crs)) if found else MAINLAND_CRS


def placed(answers: Iterable[Located], crs: str) -> Iterator[tuple[Located, QgsGeometry | None]]:
    """Each answer with its point in ``crs``, None for a failed one."""
    from qgis.core import QgsCoordinateReferenceSystem

    transform = transformer(QgsCoordinateReferenceSystem(WGS84), crs)
    for answer in answers:
        if answer.x is None or answer.y is None:
            yield answer, None
        else:
            point = transform.transform(QgsPointXY(answer.x, answer.y))
            yield answer, QgsGeometry.fromPointXY(point)


def result_values(answer: Located) -> Row:
    """The ``geo_*`` fields of an answer."""
    return {
        "geo_status": answer.status,
        "geo_score": answer.score,
        "geo_gap": answer.gap,
        "geo_label": answer.label or None,
        "geo_citycode": answer.citycode or None,
        "geo_source": answer.source or None,
        "geo_note": answer.note or None,
    }


def report(counts: Mapping[str, int], progress: Progress) -> None:
    """Say the reconciliation of rows in and rows out."""
    progress.say(
        "{total} rows = {address} at the address + {street} at the street + {place} at a named place + {town} at the commune + {failed} not located.",
        total=counts["COUNT_IN"],
        address=counts["COUNT_ADDRESS"],
        street=counts["COUNT_STREET"] - counts["COUNT_PLACE"],
        place=counts["COUNT_PLACE"],
        town=counts["COUNT_TOWN"],
        failed=counts["COUNT_FAILED"],
    )
