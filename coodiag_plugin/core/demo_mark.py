"""The mark of the demonstration: data that carry it are printed as fictitious."""

from __future__ import annotations

from pathlib import Path

MARKER = "DONNEES_FICTIVES.txt"
FIRST_LINE = "DONNÉES FICTIVES - démonstration de Coodiag"
_OFFICIAL = "officiel"


def is_demo(folder: Path) -> bool:
    """Whether ``folder`` (or its ``officiel`` subfolder) holds the marked fictitious data."""
    for place in (folder / MARKER, folder / _OFFICIAL / MARKER):
        if place.is_file():
            return place.read_text(encoding="utf-8").startswith(FIRST_LINE)
    return False
