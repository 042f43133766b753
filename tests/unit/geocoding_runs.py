"""Runs by the imitated services, and what these heard, for the tests of several files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote_plus

from coodiag.coodiag_plugin.geocoding.geocoder import Located
from coodiag.coodiag_plugin.geocoding.queries import Query
from coodiag.tests.servers.addok import AddokServer
from coodiag.tests.servers.base import Seen
from coodiag.tests.servers.geocodage import GeocodageServer, parts_of

SERVERS = {"geoplateforme": GeocodageServer, "addok": AddokServer}
CELLS = ("address", "complement", "postcode", "city", "citycode")


def bodies(server: GeocodageServer) -> str:
    """Everything that the server received: addresses, headers, bodies."""
    return " ".join(
        f"{seen.path} {seen.params} {seen.headers} {unquote_plus(seen.body.decode())}"
        for seen in server.log
    )


class apart:
    """A run in a process of its own."""

    def __init__(self, name: str, url: str, folder: Path, queries: list[Query]) -> None:
        folder.mkdir(exist_ok=True)
        source = folder / "rows.json"
        cells = [[q.row_id, *(getattr(q, cell) for cell in CELLS)] for q in queries]
        source.write_text(json.dumps(cells), encoding="utf-8")
        self.output = folder / "answers.json"
        script = Path(__file__).with_name("geocoding_services.py")
        self.process = subprocess.Popen(
            [sys.executable, str(script), name, url, str(folder), str(source), str(self.output)],
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        )

    def finish(self) -> list[Located]:
        assert self.process.wait(120) == 0
        return [Located(*cells) for cells in json.loads(self.output.read_text(encoding="utf-8"))]


def rows_of(seen: Seen) -> list[str]:
    data = next(part for part in parts_of(seen) if part.filename)
    return [line.split(";")[0] for line in data.content.decode().splitlines()[1:]]


SOME = [
    Query("a", "12 rue de la Gare", "", "99100", "Valmoreau"),
    Query("b", "2 rue Jean Jaurès", "", "99100", "Valmoreau"),
    Query("c", "4 rue du Lavoir", "", "99100", "Saint-Ardoin-sur-Lisse"),
    Query("d", "rue Inconnue", "", "99100", "Valmoreau"),
]
