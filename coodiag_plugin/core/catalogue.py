"""Facts as data: the rows of ``catalogue/`` as typed objects."""

from __future__ import annotations

import csv
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

CATALOGUE = Path(__file__).resolve().parent.parent / "catalogue"


def rows(name: str) -> list[dict[str, str]]:
    """Rows of ``catalogue/<name>.csv`` (``;``, UTF-8), blank and ``#`` lines skipped."""
    path = CATALOGUE / f"{name}.csv"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        lines = (line for line in stream if line.strip() and not line.startswith("#"))
        return [
            {key: (cell or "").strip() for key, cell in row.items() if key}
            for row in csv.DictReader(lines, delimiter=";")
        ]


@dataclass(frozen=True)
class Indicator:
    """A row of ``catalogue/indicators/<theme>.csv``.

    ``numerator`` and ``denominator`` are sums and differences of variables without their vintage
    (``P_RP-P_VOIT1P``); ``P_POP~`` is the same variable at the previous census of the same file.
    Kinds: ``stock`` (count), ``rate``, ``density``, ``index`` (centre 100), ``evolution`` (annual
    mean, centre 0), ``median`` (published value, never recomputed for a group).
    """

    id: str
    label: str
    short: str
    definition: str
    unit: str
    decimals: int
    kind: str
    numerator: str
    denominator: str
    multiplier: float
    secrecy: str
    direction: str
    theme: str
    caveat: str
    years: str = ""  # "mixed": numerator and denominator may be of different years

    @property
    def is_count(self) -> bool:
        return self.kind == "stock"


@cache
def indicators() -> dict[str, Indicator]:
    """Every indicator of the catalogue by id: a file per theme, in the order of the themes."""
    files = (f"indicators/{theme}" for theme in themes())
    return {
        row["id"]: _indicator(row)
        for name in files
        if (CATALOGUE / f"{name}.csv").is_file()
        for row in rows(name)
    }


@cache
def themes() -> dict[str, str]:
    """Label of each theme, in the order of the workbook's sheets."""
    return {row["theme"]: row["label"] for row in rows("themes") if row["theme"]}


@cache
def layer_fields() -> dict[tuple[str, str], Indicator]:
    """Fields of the dossier's own layers that pages may map, by (layer, field)."""
    return {(row["layer"], row["id"]): _indicator(row) for row in rows("fields")}


def _indicator(row: dict[str, str]) -> Indicator:
    names = {field.name for field in fields(Indicator)}
    known: dict[str, Any] = {key: cell for key, cell in row.items() if key in names}
    known["decimals"] = int(known["decimals"] or 0)
    known["multiplier"] = float(known["multiplier"] or 1)
    return Indicator(**known)
