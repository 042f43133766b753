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
    """A paper format as it is drawn, and its enlargement.

    ``width``, ``height``, ``margin`` in millimetres of the drawing, in which nothing is under 7 pt;
    on paper everything is ``scale`` times larger. A3 is the drawing of A4 at √2 (nothing under
    9.9 pt); 16:9 slides are drawn half as large as they are (nothing under 14 pt).
    """

    name: str
    width: float
    height: float
    margin: float
    scale: float

    @property
    def inner(self) -> float:
        return self.width - 2 * self.margin


A4 = Sheet("A4", 297.0, 210.0, 14.0, 1.0)
A3 = Sheet("A3", 297.0, 210.0, 14.0, 2**0.5)
#: 13⅓ × 7½ inches, the page of presentation software.
WIDE = Sheet("16:9", 169.3333, 95.25, 8.0, 2.0)
SHEETS = {sheet.name: sheet for sheet in (A4, A3)}


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
