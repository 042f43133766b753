"""The communes of a test on real rows, the figures of a folder for them, plain names and numbers."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import pytest
from coodiag.coodiag_plugin.analysis.indicators import IndicatorResult, compute, variable_names
from coodiag.coodiag_plugin.sources.changes import Changes
from coodiag.coodiag_plugin.sources.counted import Asked
from coodiag.coodiag_plugin.sources.folder import scan
from coodiag.coodiag_plugin.sources.statistics import Statistics

Row = dict[str, str]
#: Figures expected of an indicator by unit.
Expected = dict[str, dict[str, float]]


@dataclass
class World:
    """Communes of the tables, their EPCI; the figures of a folder for them."""

    names: Mapping[str, str]
    epcis: Mapping[str, str] = field(default_factory=dict)
    cog: int = 2021
    changes: Changes = field(default_factory=Changes)

    @property
    def communes(self) -> pd.DataFrame:
        lines = [
            {"nom": name, "epci": self.epcis.get(code, ""), "dep": code[:2], "reg": ""}
            for code, name in self.names.items()
        ]
        return pd.DataFrame(lines, index=pd.Index(list(self.names), name="codgeo"))

    def members(self, unit: str) -> tuple[str, ...]:
        return tuple(code for code, epci in self.epcis.items() if f"EPCI:{epci}" == unit)

    def figures(
        self, folder: Path, ids: Sequence[str], units: Mapping[str, tuple[str, ...]]
    ) -> IndicatorResult:
        codes = tuple(dict.fromkeys(code for members in units.values() for code in members))
        needed = variable_names(ids)
        statistics = Statistics(
            scan(folder),
            self,
            needed,
            asked=Asked(codes, units),  # type: ignore[arg-type]
        )
        chosen = {
            name: found for v in needed for name, found in statistics.choose([v], codes).items()
        }
        return compute(chosen, units, codes, ids)


def read(path: Path, separator: str = ",", encoding: str = "utf-8-sig") -> list[Row]:
    with path.open(encoding=encoding, newline="") as stream:
        return list(csv.DictReader(stream, delimiter=separator))


def write(path: Path, header: str, lines: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header.split())
        writer.writerows(lines)


def check(result: IndicatorResult, expected: Expected) -> dict[str, int]:
    """Compare every figure; a commune that is not expected has zero of the places."""
    for name, wanted in expected.items():
        for unit, number in wanted.items():
            table = result.references if unit.startswith(("TERR", "EPCI")) else result.figures
            assert table.get(unit, name).number == pytest.approx(number, rel=1e-12), (name, unit)
    return {name: len(wanted) for name, wanted in expected.items()}


def number(text: str) -> float:
    return float("".join(text.split()).replace(",", "."))


def plain(name: str) -> str:
    """A name of a town without accents, hyphens and apostrophes."""
    flat = unicodedata.normalize("NFD", name.replace("œ", "oe").replace("Œ", "OE"))
    kept = "".join(c if c.isalnum() else " " for c in flat if not unicodedata.combining(c))
    words = ["SAINT" if word == "ST" else word for word in kept.upper().split()]
    return " ".join(words).partition(" CEDEX")[0]
