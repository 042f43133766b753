"""Tables of structures for the tests, and a profile that is short to print."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from coodiag.coodiag_plugin.core.profiles import PROFILES

HEADERS = ("Structure", "Territoire", "Sites", "Clients", "Bénéficiaires", "Profil", "Contact")


def short_profile(folder: Path, chapters: int = 1) -> Path:
    """The first page of the first chapters of the shipped profile."""
    whole: dict[str, Any] = json.loads((PROFILES / "coodiag.json").read_text(encoding="utf-8"))
    whole.pop("stakes", None)
    whole["chapters"] = whole["chapters"][:chapters]
    for chapter in whole["chapters"]:
        chapter["pages"] = chapter["pages"][:1]
    path = folder / "profil court.json"
    path.write_text(json.dumps({**whole, "id": "court"}), encoding="utf-8")
    return path


def write_table(
    path: Path, rows: Sequence[Sequence[str]], headers: Sequence[str] = HEADERS
) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows([headers, *rows])
    return path
