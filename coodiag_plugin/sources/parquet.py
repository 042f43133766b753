"""Tables in Parquet, read by DuckDB or by pyarrow when the Python of QGIS has one of them.

Neither comes with QGIS and nothing is installed at run time: without them a Parquet file is put
aside with the sentence that says what to install; the same file in csv does.
"""

from __future__ import annotations

import importlib
import math
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from ..core.errors import SourceError
from ..core.progress import Progress

SUFFIX = ".parquet"
#: In order of preference: DuckDB reads the other columns of the rows wanted only.
ENGINES = ("duckdb", "pyarrow")
#: Why a file is put aside, in French.
NOT_READ = (
    "format Parquet : pour le lire, installez duckdb ou pyarrow dans le Python de QGIS "
    "(python3 -m pip install duckdb ; sous Windows, dans l’OSGeo4W Shell) et relancez QGIS, "
    "ou prenez la version CSV du même fichier"
)
_BATCH = 20_000
_PATIENCE = 0.2  # seconds between two looks at the cancel flag
#: DuckDB spills on disk beyond its memory; it must not fetch anything from the network.
_SETTINGS = {
    "memory_limit": "160MB",
    "threads": "2",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "preserve_insertion_order": "true",
}

Keep = Callable[[pd.DataFrame], "pd.Series[bool]"]
Among = tuple[str, Collection[str]]
Rows = list[tuple[Any, ...]]


@cache
def engine() -> str:
    """The package that reads Parquet here, "" when none can be imported."""
    for name in ENGINES:
        try:
            importlib.import_module(name if name == "duckdb" else "pyarrow.parquet")
        except ImportError:  # absent, or made for another version of numpy
            continue
        return name
    return ""


def head(path: Path, count: int) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Column names of a file and its first rows as text."""
    with _open(path) as table:
        first = next(iter(table.rows(table.columns, None, lambda: None)), [])
        return table.columns, [tuple(map(_cell, row)) for row in first[:count]]


def read_table(
    path: Path,
    columns: Sequence[str],
    keep: Keep | None,
    progress: Progress,
    among: Among | None,
) -> pd.DataFrame:
    """Columns of a file, every cell text as in the csv of the same data, rows in file order.

    ``keep``, ``among`` and ``attrs["read"]`` as in ``official_file.read_columns``.
    """
    kept, seen = [], 0
    with _open(path) as table:
        total = table.count
        for rows in table.rows(columns, among, progress.check):
            progress.check()
            cells = [tuple(map(_cell, row)) for row in rows]
            places = range(seen, seen + len(cells))  # as in the stream of a csv
            seen += len(cells)
            chunk = pd.DataFrame(cells, index=places, columns=list(columns), dtype=object)
            kept.append(chunk if keep is None else chunk[keep(chunk)])
    if kept:
        result = pd.concat(kept, ignore_index=True)
    else:
        result = pd.DataFrame({name: pd.Series(dtype=str) for name in columns})
    result.attrs["read"] = total
    return result


@dataclass
class _Table:
    """An open file: its columns, its number of rows, and its rows by batches."""

    columns: tuple[str, ...]
    count: int
    rows: Callable[[Sequence[str], Among | None, Callable[[], None]], Iterable[Rows]]


@contextmanager
def _open(path: Path) -> Iterator[_Table]:
    name = engine()
    if not name:
        raise SourceError(
            "The file {file} is in Parquet, and the Python of QGIS has neither duckdb nor pyarrow: install one (python3 -m pip install duckdb), or take the same file in csv.",
            file=path.name,
        )
    try:
        with (_duckdb if name == "duckdb" else _pyarrow)(path) as table:
            yield table
    except _errors(name) as error:
        raise SourceError(
            "The file {file} cannot be read: {reason}. Download it again.",
            file=path.name,
            reason=str(error).strip().splitlines()[0] if str(error).strip() else path.suffix,
        ) from error


def _errors(name: str) -> tuple[type[Exception], ...]:
    """What the engine raises at a file that is no Parquet, or is damaged."""
    module = importlib.import_module(name)
    own = module.Error if name == "duckdb" else module.ArrowException
    return (own, OSError, ValueError)


@contextmanager
def _duckdb(path: Path) -> Iterator[_Table]:
    import duckdb

    with tempfile.TemporaryDirectory(prefix="coodiag-") as spill:
        connection = duckdb.connect(config={**_SETTINGS, "temp_directory": spill})
        try:
            source = "read_parquet(?)"
            named = [str(path)]
            # The source and the names of the columns are this module's own, or quoted.
            listed = connection.execute(f"DESCRIBE SELECT * FROM {source}", named).fetchall()  # nosec B608
            count = connection.execute(f"SELECT count(*) FROM {source}", named).fetchone()  # nosec B608

            def rows(
                columns: Sequence[str], among: Among | None, check: Callable[[], None]
            ) -> Iterator[Rows]:
                query = f"SELECT {', '.join(map(_quoted, columns))} FROM {source}"  # nosec B608
                values: list[Any] = [str(path)]
                if among:
                    query += f" WHERE CAST({_quoted(among[0])} AS VARCHAR) IN (SELECT unnest(?::VARCHAR[]))"
                    values.append(sorted(among[1]))
                with ThreadPoolExecutor(1) as pool:

                    def patiently(work: Callable[..., Any], *given: Any) -> Any:
                        coming = pool.submit(work, *given)
                        try:
                            while not wait([coming], _PATIENCE).done:
                                check()
                        except BaseException:
                            connection.interrupt()
                            raise
                        return coming.result()

                    patiently(connection.execute, query, values)
                    while batch := patiently(connection.fetchmany, _BATCH):
                        yield batch

            yield _Table(tuple(row[0] for row in listed), count[0] if count else 0, rows)
        finally:
            connection.close()


@contextmanager
def _pyarrow(path: Path) -> Iterator[_Table]:
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    with pq.ParquetFile(path, pre_buffer=False) as file:

        def rows(
            columns: Sequence[str], among: Among | None, check: Callable[[], None]
        ) -> Iterator[Rows]:
            names = list(dict.fromkeys([*columns, *([among[0]] if among else [])]))
            wanted = pa.array(sorted(among[1]), pa.string()) if among else None
            for batch in file.iter_batches(_BATCH, columns=names, use_threads=True):
                check()
                if among:
                    cells = batch.column(batch.schema.get_field_index(among[0]))
                    batch = batch.filter(pc.is_in(pc.cast(cells, pa.string()), value_set=wanted))
                if batch.num_rows:
                    found = [
                        batch.column(batch.schema.get_field_index(name)).to_pylist()
                        for name in columns
                    ]
                    yield list(zip(*found))

        yield _Table(tuple(file.schema_arrow.names), file.metadata.num_rows, rows)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _cell(value: Any) -> str:
    """A value as the csv of the same data writes it."""
    if isinstance(value, str):
        return value
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):  # a datetime too
        return value.isoformat()
    return repr(value) if isinstance(value, float) else str(value)
