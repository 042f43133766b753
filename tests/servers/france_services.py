"""The data set of the France services houses on data.gouv.fr: listing, stable address, csv files."""

from __future__ import annotations

from typing import Any, Optional

from .base import LocalServer, Response, Seen
from .data_inclusion import inside
from .world import World

SLUG = "liste-des-structures-labellisees-france-services"
HOUSES, COVERED = "11111111-0000-4000-8000-000000000001", "11111111-0000-4000-8000-000000000002"
HEADER = (
    "id_fs;lib_fs;format_fs;adresse;code_postal;insee_com;lib_com;mail;telephone;"
    "latitude;longitude;h_lundi;commentaire"
)
#: The other form of the same columns.
OTHER = (
    "Identifiant,Nom de la structure,Format,Adresse postale,Code postal,Code INSEE,Commune,"
    "Courriel,Téléphone,Latitude,Longitude,Lundi,Commentaire"
)


class FranceServicesServer(LocalServer):
    """``/datasets/<slug>/`` and the files that it names.

    ``form``: ``known`` (semicolons, UTF-8 with byte order mark), ``other`` (labels, commas,
    cp1252) or ``changed`` (columns that nobody knows).
    """

    def __init__(self, world: Optional[World] = None, **more: Any) -> None:
        self.world = world
        self.form = more.pop("form", "known")
        LocalServer.__init__(self, **more)

    def answer(self, seen: Seen) -> Response:
        if seen.path == f"/datasets/{SLUG}/":
            return Response.of_json(self._listing())
        if seen.path in (f"/datasets/r/{HOUSES}", f"/datasets/r/{COVERED}"):
            address = f"{self.url}/static/{seen.path.rsplit('/', 1)[1]}.csv"
            return Response(status=302, headers=(("Location", address),))
        if seen.path == f"/static/{HOUSES}.csv":
            return Response.typed(self._houses(), "text/csv")
        if seen.path == f"/static/{COVERED}.csv":
            return Response.typed(b"insee_com;nb_fs\n53901;1\n", "text/csv")
        return Response.of_json({"message": "Not Found"}, 404)

    def _listing(self) -> dict[str, Any]:
        return {
            "id": "5f0000000000000000000000",
            "title": "Liste des structures labellisées France services",
            "license": "lov2",
            "page": f"https://www.data.gouv.fr/datasets/{SLUG}/",
            "organization": {"name": "Agence nationale de la cohésion des territoires"},
            "last_modified": "2026-10-01T08:00:00+00:00",
            "resources": [
                self._resource("document", "Notice du fichier", "pdf", "2026-10-03"),
                self._resource(COVERED, "Communes couvertes", "csv", "2026-10-02"),
                self._resource(HOUSES, "Liste des structures France services", "csv", "2026-10-01"),
            ],
        }

    def _resource(self, name: str, title: str, kind: str, day: str) -> dict[str, Any]:
        return {
            "id": name,
            "title": title,
            "format": kind,
            "url": f"{self.url}/static/{name}.{kind}",
            "latest": f"{self.url}/datasets/r/{name}",
            "last_modified": f"{day}T06:00:00+00:00",
            "filesize": None,
            "checksum": None,
        }

    def _houses(self) -> bytes:
        rows = [self._house(rank, code) for rank, code in enumerate(self._communes())]
        if self.form == "changed":
            return ("colonne_a;colonne_b\n" + "1;2\n").encode()
        if self.form == "other":
            lines = [",".join(f'"{cell}"' for cell in row) for row in rows]
            return "\r\n".join([OTHER, *lines, ""]).encode("cp1252")
        lines = [";".join(row) for row in rows]
        return "\r\n".join([HEADER, *lines, ""]).encode("utf-8-sig")

    def _communes(self) -> list[str]:
        """Every fifth commune of the demonstration, and one from elsewhere."""
        here = sorted(self.world.communes)[::5] if self.world else []
        return [*here, "99999"]

    def _house(self, rank: int, code: str) -> list[str]:
        known = self.world is not None and code in self.world.communes
        lon, lat = inside(self.world, code) if self.world and known else (1.0, 45.0)
        town = self.world.communes[code]["LIBELLE"] if self.world and known else "Ailleurs"
        kind = "Bus_équivalent" if rank == 2 else "Espace France services"
        return [
            f"{rank + 1}", f"France services fictive de {town}", kind, "1 rue Imaginaire",
            f"{code[:2]}000", code, town, "fs@exemple.invalid", "0200000000", f"{lat}", f"{lon}",
            "09:00 - 12:00", "",
        ]  # fmt: skip
