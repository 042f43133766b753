"""A table of edges in PostgreSQL, as pgRouting wants it: where it is, and how it is asked.

Everything goes through QGIS's own provider, so that a stored connection, its SSL settings and its
authentication configuration serve as they do in the browser. Identifiers are quoted and numbers
are numbers: no text of the user becomes SQL.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from qgis.core import (
    QgsAbstractDatabaseProviderConnection,
    QgsDataSourceUri,
    QgsProviderConnectionException,
    QgsProviderRegistry,
    QgsVectorLayer,
)

from ..core.choices import EDGE_COLUMNS, EDGE_TABLE
from ..core.errors import InputError, SourceError

_NAME = re.compile(r"[^\W\d][\w -]{0,62}")
_LONGEST = 300


@dataclass(frozen=True)
class EdgeTable:
    """A table and its columns by what they hold (see :data:`EDGE_COLUMNS`). Costs are seconds."""

    schema: str
    table: str
    columns: tuple[str, ...]

    @classmethod
    def of(cls, table: str, columns: str) -> EdgeTable:
        """From the parameters TABLE (``ways``, ``public.ways``) and COLUMNS (six names)."""
        schema, _, name = (table.strip() or EDGE_TABLE).rpartition(".")
        given = (
            [part.strip() for part in columns.split(",")] if columns.strip() else list(EDGE_COLUMNS)
        )
        if len(given) != len(EDGE_COLUMNS):
            raise InputError(
                "COLUMNS must name six columns separated by commas, in the order id, source, target, cost, reverse_cost, geom; “{text}” does not.",
                text=columns,
            )
        for text in (name, *([schema] if schema else []), *given):
            if not _NAME.fullmatch(text):
                raise InputError(
                    "“{name}” cannot be the name of a table or of a column: letters, figures, spaces, _ and - only.",
                    name=text,
                )
        return cls(schema, name, tuple(given))

    @property
    def words(self) -> str:
        return f"{self.schema}.{self.table}" if self.schema else self.table

    @property
    def quoted(self) -> str:
        return ".".join(quoted(name) for name in (self.schema, self.table) if name)

    def column(self, what: str) -> str:
        return self.columns[EDGE_COLUMNS.index(what)]


def quoted(name: str) -> str:
    """An identifier of SQL."""
    return '"' + name.replace('"', '""') + '"'


class Database:
    """A PostgreSQL database by the name of a QGIS connection, or by a connection string.

    The string is that of libpq (``host=… port=… dbname=… user=…``, ``service=…``) or a
    ``postgresql://`` address. ``authcfg``: the QGIS authentication that holds user and password.
    """

    def __init__(self, url: str, authcfg: str = "") -> None:
        metadata = QgsProviderRegistry.instance().providerMetadata("postgres")
        if metadata is None:
            raise InputError(
                "This QGIS has no PostgreSQL provider: install it, or choose the engine roads."
            )
        stored = metadata.connections(False).get(url.strip())
        self.uri = QgsDataSourceUri(stored.uri()) if stored is not None else _uri(url)
        if authcfg:
            self.uri.setAuthConfigId(authcfg)
            self.uri.setUsername("")
            self.uri.setPassword("")
        self._connection: QgsAbstractDatabaseProviderConnection = metadata.createConnection(
            self.uri.uri(False), {}
        )

    @property
    def words(self) -> str:
        """Where the database is, without user or password."""
        uri = self.uri
        if uri.service():
            return f"service {uri.service()}"
        return f"{uri.database()} ({uri.host() or 'localhost'})"

    def rows(self, sql: str) -> list[list[Any]]:
        """Rows of a query. Raises SourceError, in which no password ever stands."""
        try:
            return self._connection.executeSql(sql)
        except QgsProviderConnectionException as error:
            text = str(error)
            # The provider repeats the whole connection string, password included. The error is
            # not kept as a cause: a log would print it.
            failed = text.startswith("Connection failed")
        if failed:
            raise SourceError(
                "The database {database} cannot be opened. Check URL (a PostgreSQL connection of QGIS, or host=… dbname=… user=…), that the server runs, and the user and password (AUTHCFG).",
                database=self.words,
            )
        raise SourceError(
            "The database {database} refuses the question: {reason}",
            database=self.words,
            reason=self._hidden(text),
        )

    def pgrouting(self) -> tuple[int, ...]:
        """Version of pgRouting. Raises SourceError where it is not installed."""
        found = self.rows("SELECT extversion FROM pg_extension WHERE extname = 'pgrouting'")
        if not found:
            raise SourceError(
                "The database {database} has no pgRouting: run CREATE EXTENSION pgrouting CASCADE there, or choose the engine roads.",
                database=self.words,
            )
        return tuple(int(part) for part in re.findall(r"\d+", str(found[0][0]))[:2])

    def srid(self, table: EdgeTable) -> int:
        """Number of the CRS of the lines in this database, 0 for an empty table."""
        geom = quoted(table.column("geom"))
        found = self.rows(
            f"SELECT ST_SRID({geom}) FROM {table.quoted} "  # nosec B608  # quoted
            f"WHERE {geom} IS NOT NULL LIMIT 1"
        )
        return int(found[0][0]) if found else 0

    def layer(self, table: EdgeTable) -> QgsVectorLayer:
        """The edges as a layer of lines."""
        uri = QgsDataSourceUri(self.uri)
        uri.setDataSource(table.schema, table.table, table.column("geom"), "", table.column("id"))
        layer = QgsVectorLayer(uri.uri(False), table.table, "postgres")
        names = layer.fields().names() if layer.isValid() else []
        missing = [name for name in table.columns[:-1] if name not in names]
        if missing:
            raise SourceError(
                "The table {table} of {database} cannot be read as edges: the columns {columns} are needed (missing: {missing}). Give their names in COLUMNS.",
                table=table.words,
                database=self.words,
                columns=", ".join(table.columns),
                missing=", ".join(missing) if layer.isValid() else table.words,
            )
        return layer

    def _hidden(self, text: str) -> str:
        """The words of the server, on one line, without the password."""
        line = " ".join(text.split())
        secret = self.uri.password()
        if secret:
            line = line.replace(secret, "•••")
        return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def _uri(url: str) -> QgsDataSourceUri:
    """A connection string; one that names no database is refused."""
    text = url.strip()
    if text.startswith(("postgresql://", "postgres://")):
        return _of_address(text)
    uri = QgsDataSourceUri(text)
    if not uri.database() and not uri.service():
        raise InputError(
            "URL must be the name of a PostgreSQL connection of QGIS or a connection string such as host=localhost dbname=roads user=me: it names no database."
        )
    return uri


def _of_address(text: str) -> QgsDataSourceUri:
    uri = QgsDataSourceUri()
    try:
        parts = urlsplit(text)
        port = str(parts.port or 5432)
    except ValueError as error:
        raise InputError(
            "URL is not the address of a PostgreSQL database, such as postgresql://me@localhost:5432/roads."
        ) from error
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise InputError(
            "URL must be the name of a PostgreSQL connection of QGIS or a connection string such as host=localhost dbname=roads user=me: it names no database."
        )
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    mode = QgsDataSourceUri.decodeSslMode(dict(parse_qsl(parts.query)).get("sslmode", "prefer"))
    uri.setConnection(parts.hostname or "localhost", port, name, user, password, mode)
    return uri
