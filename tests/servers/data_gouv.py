"""data.gouv.fr: listings of datasets, stable addresses that redirect, and the storage of the files.

The national Sirène files and the list of the ESS are those of the demonstration's register, among
invented neighbours of other kinds; priority neighbourhoods and France services houses too.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Optional

from .base import LocalServer, Response, Seen
from .france_services import FranceServicesServer
from .qpv import QpvServer
from .world import World

SIRENE, GEOLOCATION = "5b7ffc618b4c4169d30727e0", "61d5e2d372a52d9f9411ff88"
ESS = "646c8d45de96cc3428092c6b"
DAY, MONTH = "2026-11-01", "01 novembre 2026"
#: SIREN that the list writes without its leading zeros, and what they stand for.
SHORT_SIREN, WHOLE_SIREN = "5500123", "005500123"


@dataclass(frozen=True)
class Published:
    """A file of a dataset; ``listed``: whether the listing names it."""

    id: str
    title: str
    format: str
    name: str
    content: bytes = b""
    listed: bool = True
    day: str = DAY
    checksum: bool = True


class DataGouvServer(LocalServer):
    """``/datasets/<id>/``, ``/datasets/r/<resource>`` and ``/storage/<day>/<name>``.

    ``parquet``: content of the Parquet files by name, listed beside the csv when given.
    """

    def __init__(self, world: Optional[World] = None, **more: Any) -> None:
        self.parquet: dict[str, bytes] = more.pop("parquet", {})
        self.whole = True  # False: the storage knows neither ranges nor validators
        LocalServer.__init__(self, **more)
        self.titles = {
            SIRENE: "Base Sirene des entreprises et de leurs établissements (SIREN, SIRET)",
            GEOLOCATION: "Géolocalisation des établissements du répertoire Sirene",
            ESS: "Liste des entreprises de l'ESS",
        }
        self.producers = {ESS: "ESS France"}
        self.datasets: dict[str, list[Published]] = {}
        self._others: list[LocalServer] = []
        if world is not None:
            self._others = [QpvServer(world), FranceServicesServer(world)]
            self.datasets = {
                SIRENE: [*neighbours(), *self._sirene(world)],
                GEOLOCATION: self._points(world),
                ESS: [ess_list(world)],
            }

    def __enter__(self) -> Any:
        super().__enter__()
        for other in self._others:
            other._server = self._server  # their addresses are on this server
        return self

    def answer(self, seen: Seen) -> Response:
        parts = seen.path.strip("/").split("/")
        if parts[:2] == ["datasets", "r"]:
            for file in self._files():
                if file.id == parts[-1]:
                    return Response(status=302, headers=(("Location", self._stored(file)),))
        if parts[0] == "datasets" and parts[-1] in self.datasets:
            return Response.of_json(self.listing(parts[-1]))
        if parts[0] == "storage" and len(parts) == 3:
            for file in self._files():
                if [file.day, file.name] == parts[1:]:
                    return self._sent(file, seen)
        for other in self._others:
            response = other.answer(seen)
            if response.status != 404:
                return response
        return Response.of_json({"message": "Not Found"}, 404)

    def change(self, dataset: str, file: str, **values: Any) -> None:
        """Change the files of a dataset whose name is ``file``."""
        self.datasets[dataset] = [
            replace(item, **values) if item.name == file else item
            for item in self.datasets[dataset]
        ]

    def listing(self, dataset: str) -> dict[str, Any]:
        return {
            "id": dataset,
            "title": self.titles[dataset],
            "license": "lov2",
            "organization": {"name": self.producers.get(dataset, "Insee"), "class": "Organization"},
            "page": f"https://www.data.gouv.fr/datasets/{dataset}/",
            "resources": [self._told(file) for file in self.datasets[dataset] if file.listed],
        }

    def _told(self, file: Published) -> dict[str, Any]:
        digest = hashlib.sha1(file.content, usedforsecurity=False).hexdigest()
        return {
            "id": file.id,
            "title": file.title,
            "format": file.format,
            "type": "main",
            "filesize": len(file.content) or None,
            "checksum": {"type": "sha1", "value": digest} if file.checksum else None,
            "last_modified": f"{file.day}T08:12:45.065000+00:00",
            "latest": f"{self.url}/datasets/r/{file.id}",
            "url": self._stored(file),
        }

    def _stored(self, file: Published) -> str:
        return f"{self.url}/storage/{file.day}/{file.name}"

    def _files(self) -> Iterable[Published]:
        return [file for files in self.datasets.values() for file in files]

    def _sent(self, file: Published, seen: Seen) -> Response:
        """The file, or the end of it."""
        if not self.whole:
            return Response.typed(file.content, "application/octet-stream")
        tag = ("ETag", f'"{hashlib.md5(file.content, usedforsecurity=False).hexdigest()}"')
        if seen.headers.get("if-none-match") == tag[1]:
            return Response(status=304, headers=(tag,))
        asked = seen.headers.get("range", "")
        size = len(file.content)
        start = int(asked[len("bytes=") :].split("-")[0]) if asked.startswith("bytes=") else 0
        if start and seen.headers.get("if-range", tag[1]) != tag[1]:
            start = 0
        if start >= size > 0:
            return Response(status=416, headers=(tag, ("Content-Range", f"bytes */{size}")))
        sent = Response.typed(file.content[start:], "application/octet-stream", headers=(tag,))
        if not start:
            return sent
        extent = ("Content-Range", f"bytes {start}-{size - 1}/{size}")
        return replace(sent, status=206).with_headers(extent)

    def _sirene(self, world: World) -> list[Published]:
        ids = {
            "StockEtablissement": (
                "0651fb76-bcf3-4f6a-a38d-bc04fa708576",
                "a29c1297-1f92-4e2a-8f6b-8c902ce96c5f",
            ),
            "StockUniteLegale": (
                "825f4199-cadd-486c-ac46-a65a8ea1a047",
                "350182c9-148a-46e0-8389-76c2ec1374a3",
            ),
        }
        found = []
        for name, (text, columns) in ids.items():
            title = f"Sirene : Fichier {name} - {MONTH}"
            packed = (world.folder / f"{name}_utf8.zip").read_bytes()
            found.append(Published(text, title, "zip", f"{name.lower()}-csv.zip", packed))
            found += self._parquet(columns, title, f"{name}_utf8.parquet")
        return found

    def _points(self, world: World) -> list[Published]:
        name = "GeolocalisationEtablissement_Sirene_pour_etudes_statistiques_utf8.csv"
        title = "Sirene : Fichier de géolocalisation des établissements - 21 octobre 2026"
        packed = zipped(name, world.bytes(name))
        text, columns = (
            "ba6a4e4c-aac6-4764-bbd2-f80ae345afc5",
            "672007af-0146-491f-835c-8314d63fa44e",
        )
        files = [Published(text, title, "csv", "geolocalisation.zip", packed, day="2026-10-21")]
        found = self._parquet(columns, title, "GeolocalisationEtablissement_Sirene_utf8.parquet")
        return files + [replace(file, day="2026-10-21") for file in found]

    def _parquet(self, identifier: str, title: str, name: str) -> list[Published]:
        if name not in self.parquet:
            return []
        content = self.parquet[name]
        return [
            Published(identifier, f"{title} (format parquet)", "parquet", name.lower(), content)
        ]


def neighbours() -> list[Published]:
    """Files of the Sirène dataset whose titles begin like those that are meant."""
    return [
        Published(
            f"00000000-0000-4000-8000-00000000000{rank}",
            f"Sirene : Fichier {name} - {MONTH}",
            form,
            f"{name.lower()}.{form}",
            b"PK not this one",
            day="2026-11-15",
        )
        for rank, (name, form) in enumerate(
            [
                ("StockEtablissementHistorique", "zip"),
                ("StockEtablissementLiensSuccession", "zip"),
                ("StockUniteLegaleHistorique", "zip"),
                ("StockDoublons", "zip"),
                ("StockEtablissement description", "pdf"),
            ]
        )
    ]


def ess_list(world: World) -> Published:
    """The units that the register flags but one, and one that it does not know."""
    rows = world.rows("StockUniteLegale_utf8.zip", delimiter=",")
    sirens = sorted(r["siren"] for r in rows if r["economieSocialeSolidaireUniteLegale"] == "O")
    lines = ["SIREN,DENOMINATION,FAMILLE"]
    lines += [f'{siren},"STRUCTURE FICTIVE, {siren[-3:]}",Association' for siren in sirens[1:]]
    lines += [
        f"{SHORT_SIREN},STRUCTURE FICTIVE ANCIENNE,Fondation",
        f"{sirens[1]},EN DOUBLE,Association",
    ]
    content = ("\n".join(lines) + "\n").encode()
    return Published(
        "57bc99ca-0432-4b46-8fcc-e76a35c9efaf",
        "Liste des entreprises de l'ESS - 2026",
        "csv",
        "liste-ess.csv",
        content,
        day="2026-06-30",
    )


def zipped(name: str, content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED
        )
    return stream.getvalue()
