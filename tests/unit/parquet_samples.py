"""Official csv tables written in Parquet, with the types that Insee gives to their columns."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

_NUMBERS = {"x", "y", "x_longitude", "y_latitude", "distance_precision"}
_DAYS = {"dateDebut", "dateCreationEtablissement", "dateCreationUniteLegale"}
_BOOLEANS = {"etablissementSiege"}


def parquet_of(text: str, separator: str = ",") -> bytes:
    """The csv ``text`` as Parquet in several row groups; empty cells are null."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = list(csv.DictReader(io.StringIO(text), delimiter=separator))
    names = list(rows[0])
    columns = {name: [_value(name, row[name]) for row in rows] for name in names}
    types = {name: pa.string() for name in names}
    types.update({name: pa.float64() for name in _NUMBERS & set(names)})
    types.update({name: pa.float64() for name in names if name.startswith("coordonneeLambert")})
    types.update({name: pa.date32() for name in _DAYS & set(names)})
    types.update({name: pa.bool_() for name in _BOOLEANS & set(names)})
    table = pa.table(columns, schema=pa.schema(list(types.items())))
    stream = io.BytesIO()
    pq.write_table(table, stream, row_group_size=max(len(rows) // 3, 1))
    return stream.getvalue()


def _value(name: str, text: str) -> Any:
    if not text or (text == "[ND]" and (name in _NUMBERS or name.startswith("coordonnee"))):
        return None
    if name in _NUMBERS or name.startswith("coordonneeLambert"):
        return float(text)
    if name in _DAYS:
        return date.fromisoformat(text)
    return text == "true" if name in _BOOLEANS else text
