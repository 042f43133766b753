"""Words in French that zones carry with them, for labels and legends."""

from __future__ import annotations

from ..core import french

NBSP = french.NO_BREAK_SPACE


def decimal(value: float) -> str:
    """``5``, ``2,5``: at most one decimal, and none for nothing."""
    return french.number(value, 0 if abs(value - round(value)) < 0.05 else 1)


def catchment_label(
    zone: str,
    threshold: float,
    share: float | None,
    reach: float | None,
    unit: str,
    weight: str | None,
) -> str:
    """``Zone primaire : 62,4 % des clients, à 14 min au plus``."""
    what = f"de «{NBSP}{weight}{NBSP}»" if weight else "des clients"
    name = zone if zone.startswith("zone") else f"zone {zone}"
    held = (
        f"{decimal(share)}{NBSP}%" if share is not None else f"au moins {decimal(threshold)}{NBSP}%"
    )
    text = f"{name[0].upper()}{name[1:]}{NBSP}: {held} {what}"
    return f"{text}, à {decimal(reach)}{NBSP}{unit} au plus" if reach is not None else text
