"""Files of the Base Adresse Nationale (adresse.data.gouv.fr): the demonstration's département."""

from __future__ import annotations

import gzip
from typing import Any, Optional

from .base import LocalServer, Response, Seen
from .world import World

WITH_IDS = "/adresses/latest/csv-with-ids/adresses-with-ids-{}.csv.gz"
CLASSIC = "/adresses/latest/csv/adresses-{}.csv.gz"


class BanServer(LocalServer):
    """Both forms; those with identifiers have three columns more. ``with_ids``: False has them not."""

    def __init__(self, world: Optional[World] = None, **more: Any) -> None:
        self.with_ids = more.pop("with_ids", True)
        LocalServer.__init__(self, **more)
        classic = world.bytes("adresses-53.csv.gz").decode("utf-8-sig") if world else ""
        lines = classic.splitlines()
        extra = ["id_ban_adresse;id_ban_toponyme;id_ban_commune"]
        extra += [f"fictif-{rank};fictif;fictif" for rank in range(1, len(lines))]
        wide = "".join(f"{line};{more}\n" for line, more in zip(lines, extra))
        self.files = {
            WITH_IDS.format("53"): gzip.compress(wide.encode(), mtime=0),
            CLASSIC.format("53"): gzip.compress(classic.encode(), mtime=0),
        }

    def answer(self, seen: Seen) -> Response:
        content = self.files.get(seen.path)
        if content is None or ("with-ids" in seen.path and not self.with_ids):
            return Response.of_text("<html><title>404 Not Found</title></html>", "text/html", 404)
        tag = f'"{len(content)}"'
        if seen.headers.get("if-none-match") == tag:
            return Response(status=304, headers=(("ETag", tag),))
        found = seen.headers.get("range", "").removeprefix("bytes=").rstrip("-")
        start = int(found) if found and seen.headers.get("if-range") == tag else 0
        headers = [("ETag", tag)]
        if start:
            headers.append(("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}"))
        return Response.typed(
            content[start:],
            "application/gzip",
            206 if start else 200,
            headers=tuple(headers),
        )
