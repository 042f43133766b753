"""What a check finds on a page, in words that a cartographer reads in the journal."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.PyQt.QtCore import QRectF

from ....core import french

#: The rules, as the journal and the tests name them.
OUTSIDE = "hors page"
OVERLAP = "chevauchement"
EMPTY = "vide"
TRUNCATED = "texte tronqué"
SIZE = "corps"
CONTRAST = "contraste"
LEGEND = "légende"
SOURCE = "source"
GREYS = "niveaux de gris"
CIRCLES = "cercles"
CLASSES = "classes"
RULES = (
    OUTSIDE, OVERLAP, EMPTY, TRUNCATED, SIZE, CONTRAST, LEGEND, SOURCE, GREYS, CIRCLES, CLASSES,
)  # fmt: skip
#: Letters of a text that is quoted.
_QUOTED = 48


@dataclass(frozen=True)
class Fault:
    """One fault: the layout and the item by their names, the rule, what was measured."""

    layout: str
    item: str
    rule: str
    words: str

    def sentence(self) -> str:
        """The line of the journal."""
        return f"Page « {self.layout} », élément « {self.item} » ({self.rule}) : {self.words}"


def quote(text: str) -> str:
    """The beginning of a text between guillemets, on one line."""
    line = " ".join(text.split("\n"))
    return f"« {line if len(line) <= _QUOTED else line[: _QUOTED - 1] + '…'} »"


def number(value: float, decimals: int = 1) -> str:
    return french.number(value, decimals)


def mm(value: float) -> str:
    return f"{french.number(value, 1)}{french.NO_BREAK_SPACE}mm"


def area(box: QRectF) -> str:
    """« 12,0 × 3,5 mm »."""
    return f"{number(box.width())} × {mm(box.height())}"
