"""The fictitious territory of the demonstration, as the local servers of the tests tell it.

Read from the official files that the demonstration writes, with the csv module alone: a server
must not learn from the code that it is there to test.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from functools import cached_property
from pathlib import Path
from typing import Any

Row = dict[str, str]


class World:
    """The files of ``officiel/`` by name, as rows of text."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def bytes(self, name: str, member: str = "") -> bytes:
        """A file, or a member of a zip (the only one by default), decompressed."""
        path = self.folder / name
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                return archive.read(member or archive.namelist()[0])
        content = path.read_bytes()
        return gzip.decompress(content) if path.suffix == ".gz" else content

    def rows(self, name: str, member: str = "", delimiter: str = ";") -> list[Row]:
        """A csv file of the folder; a byte order mark is dropped."""
        text = self.bytes(name, member).decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text), delimiter=delimiter))

    @cached_property
    def contours(self) -> dict[str, dict[str, Any]]:
        """GeoJSON features of the communes (degrees) by code."""
        found = json.loads(self.bytes("communes_2024.geojson"))["features"]
        keys = ("INSEE_COM", "code_insee", "code", "codgeo")
        return {
            str(next(item["properties"][key] for key in keys if key in item["properties"])): item
            for item in found
        }

    @cached_property
    def communes(self) -> dict[str, Row]:
        """Present communes by code: columns of the COG (``LIBELLE``, ``DEP``, ``REG``) and of the
        composition of EPCI (``EPCI``, ``LIBEPCI``)."""
        epcis = {(row.get("CODGEO") or row["COM"]): row for row in self.rows("EPCI_2024.csv")}
        listed = self.rows("v_commune_2024.csv", delimiter=",")
        return {
            row["COM"]: {**epcis.get(row["COM"], {}), **row}
            for row in listed
            if row["TYPECOM"] == "COM"
        }
