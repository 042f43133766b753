"""The little geography that the tests of the counted variables share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
from coodiag.coodiag_plugin.core.values import Value
from coodiag.coodiag_plugin.sources.changes import Change, Changes
from coodiag.coodiag_plugin.sources.counted import Asked, CountedTable, Places
from coodiag.coodiag_plugin.sources.counting import count
from coodiag.coodiag_plugin.sources.folder import scan

#: Ten communes of an EPCI, one of another; invented codes of a département of their own.
NAMES = {f"539{number:02d}": f"Fictive {number}" for number in range(10, 20)} | {
    "53930": "L’Autre-Ville"
}
EPCI = tuple(code for code in NAMES if code != "53930")


class Log:
    """A progress that keeps what is said."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.warnings: list[str] = []

    def set(self, fraction: float) -> None: ...

    def check(self) -> None: ...

    def say(self, template: str, **fields: object) -> None:
        self.said.append(template.format(**fields))

    def warn(self, template: str, **fields: object) -> None:
        self.warnings.append(template.format(**fields))

    def part(self, start: float, end: float) -> Log:
        return self


@dataclass
class Geography:
    cog: int = 2024
    names: Mapping[str, str] = field(default_factory=lambda: dict(NAMES))
    changes: Changes = field(default_factory=Changes)

    @property
    def communes(self) -> pd.DataFrame:
        rows = [
            {"nom": name, "epci": "1" if code in EPCI else "2", "dep": code[:2], "reg": "52"}
            for code, name in self.names.items()
        ]
        return pd.DataFrame(rows, index=pd.Index(list(self.names), name="codgeo"))

    def members(self, unit: str) -> tuple[str, ...]:
        return EPCI if unit == "EPCI:1" else ()


def put(folder: Path, **files: str) -> Path:
    """Files of a folder: ``BPE24__csv`` is BPE24.csv."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return folder


def table(header: str, *rows: str) -> str:
    return "\n".join([header, *rows, ""])


def places(
    geography: Geography | None = None, units: Mapping[str, tuple[str, ...]] | None = None
) -> Places:
    return Places(geography or Geography(), Asked(tuple(NAMES), units or {"TERRITOIRE": EPCI}))


def tables(
    folder: Path, *names: str, where: Places | None = None, log: Log | None = None
) -> list[CountedTable]:
    return list(count(scan(folder), names, where or places(), log or Log()))


def counts(
    folder: Path, name: str, where: Places | None = None, log: Log | None = None
) -> dict[str, Value]:
    """The figures of a variable in the first file that gives it, {} when none does."""
    for found in tables(folder, name, where=where, log=log):
        if name in found.values:
            return found.cells(name, name)
    return {}


def numbers(cells: Mapping[str, Value]) -> dict[str, float]:
    """Known figures above zero."""
    return {unit: value.number for unit, value in cells.items() if value.number}


def changes(*events: tuple[str, str, tuple[str, ...]]) -> Changes:
    """Changes: day, old code, present codes."""
    return Changes([Change(day, old, "", new, ("",) * len(new)) for day, old, new in events])
