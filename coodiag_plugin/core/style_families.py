"""The families of layers that have a style of their own: rows of ``styles/manifest.csv``."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .version import ROOT

STYLES = ROOT / "styles"


@dataclass(frozen=True)
class Family:
    """A family: its file in ``styles/``, what it is drawn on, and what it styles, in two languages.

    ``geometry``: polygon, line or point. ``kind``: ``base`` for a whole style that is put on a
    layer as it is; ``template`` for a look that the engine fills with classes and colours.
    ``symbols``: labels of the rules that a template must hold, by which they are found.
    """

    family: str
    geometry: str
    kind: str
    symbols: tuple[str, ...]
    labelled: bool
    french: str
    english: str

    @property
    def path(self) -> Path:
        return STYLES / f"{self.family}.qml"


@cache
def families() -> dict[str, Family]:
    """Families by name, in the order of the manifest."""
    with (STYLES / "manifest.csv").open(encoding="utf-8", newline="") as stream:
        return {
            row["family"]: Family(
                row["family"],
                row["geometry"],
                row["kind"],
                tuple(name for name in row["symbols"].split("|") if name),
                row["labelled"] == "yes",
                row["french"],
                row["english"],
            )
            for row in csv.DictReader(stream, delimiter=";")
        }
