"""What a check finds on a page, in words that a cartographer reads in the journal."""

from __future__ import annotations

from collections.abc import Sequence
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
#: Layouts that are named for one fault.
_NAMED = 5


@dataclass(frozen=True)
class Fault:
    """One fault: the layout and the item by their names, the rule, what was measured."""

    layout: str
    item: str
    rule: str
    words: str

    def sentence(self) -> str:
        """The line of the journal."""
        return f"Page « {self.layout} », {self.about()}"

    def about(self) -> str:
        return f"élément « {self.item} » ({self.rule}) : {self.words}"


def sentences(faults: Sequence[Fault], layouts: int) -> list[str]:
    """The lines of the journal: a fault of several layouts is told once, with their names."""
    if not faults:
        checked = french.plural(layouts, "mise en page contrôlée", "mises en page contrôlées")
        return [french.typography(f"{checked} : aucun défaut relevé.")]
    alike: dict[tuple[str, str, str], list[Fault]] = {}
    for fault in faults:
        alike.setdefault((fault.item, fault.rule, fault.words), []).append(fault)
    return [french.typography(_told(group) + ".") for group in alike.values()]


def _told(group: Sequence[Fault]) -> str:
    names = [f"« {fault.layout} »" for fault in group]
    if len(names) == 1:
        return group[0].sentence()
    if len(names) > _NAMED:
        names = [*names[: _NAMED - 1], f"{len(names) - _NAMED + 1} autres"]
    return f"Pages {french.listing(names)}, {group[0].about()}"


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
