"""Dimensions, type sizes and colours of the printed pages (millimetres, points, hex)."""

from __future__ import annotations

from dataclasses import dataclass

FAMILY = "Coodiag Sans"

INK = "#22313a"
GREY = "#5f6b73"
PALE = "#8d979e"
HAIR = "#c9d0d4"
PAPER_TINT = "#f3f5f6"
WHITE = "#ffffff"
ALERT = "#b3261e"


@dataclass(frozen=True)
class Sheet:
    """A paper format: its size, its margins and the factor of its type sizes."""

    name: str
    width: float
    height: float
    margin: float
    scale: float

    @property
    def inner(self) -> float:
        return self.width - 2 * self.margin


A4 = Sheet("A4", 297.0, 210.0, 14.0, 1.0)
SHEETS = {"A4": A4}


@dataclass(frozen=True)
class Type:
    """Type sizes in points on A4; nothing smaller than 7 pt is ever printed."""

    cover: float = 34
    title: float = 19
    heading: float = 13
    lead: float = 10.5
    body: float = 9
    small: float = 8
    note: float = 7


TYPE = Type()
