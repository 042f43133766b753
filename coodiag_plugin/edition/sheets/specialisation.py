"""Sheet ``specialisation``: location quotients by sector, a chart around 100 and a table."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ...core import french, grammar
from ...core.profiles import Page
from ...core.values import State, Value
from ..context import Block, Chart, Series, Table, TableRow
from ..materials import SheetMaterial
from .figures import number

#: From how far above or under 100, as printed, a sector is named in the sentence; how many are.
_MARKED, _NAMED = 10, 2
#: Reference of the sectors that are compared with the whole fabric of the territory.
WHOLE = "Tous les établissements"


@dataclass(frozen=True)
class SectorLine:
    """A sector: count, share here (%), share in the reference (%), quotient (100 = the same)."""

    label: str
    count: Value
    share: Value
    reference: Value
    quotient: Value


@dataclass(frozen=True)
class Specialised:
    """What is compared (« Établissements employeurs »), of which year, against whom.

    ``within``: the reference in a sentence (« dans l’Orne »); ``absent``: how a sector without any
    is told, before its name (« L’ESS est absente de »), empty to tell it as the others.
    """

    label: str
    unit: str
    year: str
    territory: str
    reference: str
    lines: tuple[SectorLine, ...]
    source: str
    caveat: str = ""
    within: str = ""
    absent: str = ""


def specialisation_sheet(page: Page, found: Sequence[Specialised]) -> SheetMaterial | str:
    """The page of all the families that have a quotient to show, or why it is left out."""
    shown = [item for item in found if any(_legible(line.quotient) for line in item.lines)]
    if not shown:
        return "les effectifs par secteur ne sont pas connus de toutes les communes du territoire, ou d’aucune référence."
    blocks: list[Block] = []
    for item in shown:
        blocks += [Block("chart", chart=_chart(item)), Block("table", table=_table(item))]
    named = _NAMED if len(shown) == 1 else 1
    caveats = dict.fromkeys(item.caveat for item in shown if item.caveat)
    return SheetMaterial(
        page,
        tuple(blocks),
        sentence=" ".join(text for item in shown if (text := _sentence(item, named))),
        subtitle=f"Part de chaque secteur\u00a0; comparaison\u00a0: {_one([_reference(item) for item in shown])}",
        sources=tuple(dict.fromkeys(item.source for item in shown if item.source)),
        method=" ".join(
            [
                "Indice de spécificité\u00a0: part du secteur dans le territoire rapportée à sa part dans la référence, fois 100.",
                *_secrecy(shown),
                *caveats,
            ]
        ),
    )


def _one(names: Sequence[str]) -> str:
    return french.listing(list(dict.fromkeys(names)))


def _reference(item: Specialised) -> str:
    """The reference in a sentence: a territory by its name, the whole fabric in lower case."""
    return grammar.lower_first(item.reference) if item.reference == WHOLE else item.reference


def _secrecy(shown: Sequence[Specialised]) -> list[str]:
    hidden = any(line.count.state is State.SECRET for item in shown for line in item.lines)
    if not hidden:
        return []
    return [
        "s\u00a0: moins de 3 établissements, un établissement qui tient plus de 85 % du secteur, ou secteur masqué pour en protéger un autre."
    ]


def _legible(value: Value) -> bool:
    return value.known and value.significant


def _title(item: Specialised) -> str:
    return f"{item.label}, {item.year}" if item.year else item.label


def _chart(item: Specialised) -> Chart:
    values = [line.quotient for line in item.lines]
    return Chart(
        "index",
        f"{_title(item)}\u00a0: indice de spécificité (100 = {item.reference})",
        tuple(line.label for line in item.lines),
        (
            Series(
                item.territory,
                tuple(number(value) for value in values),
                tuple(french.figure(value, 0, "") for value in values),
            ),
        ),
        centre=100.0,
    )


def _table(item: Specialised) -> Table:
    return Table(
        (
            _title(item),
            f"Nombre ({item.unit})",
            item.territory,
            item.reference,
            "Indice",
        ),
        tuple(
            TableRow(
                line.label,
                (
                    french.figure(line.count, 0, ""),
                    french.figure(line.share, 1, "%"),
                    french.figure(line.reference, 1, "%"),
                    french.figure(line.quotient, 0, ""),
                ),
            )
            for line in item.lines
        ),
    )


def _sentence(item: Specialised, most: int = _NAMED) -> str:
    """Over- and under-represented sectors, from the printed indices only."""
    marked = [
        (math.floor(line.quotient.number + 0.5), line)
        for line in item.lines
        if _legible(line.quotient) and line.quotient.number is not None
    ]
    empty = [line for line in item.lines if item.absent and line.count.number == 0]
    above = sorted((one for one in marked if one[0] >= 100 + _MARKED), key=lambda one: -one[0])
    under = sorted(
        (one for one in marked if one[0] <= 100 - _MARKED and one[1] not in empty),
        key=lambda one: one[0],
    )
    where = item.within or f"dans la référence ({item.reference})"
    lead = f"Parmi les {grammar.lower_first(item.label)}, "
    if above:
        text = f"{lead}{_listed(above[:most])} {_weigh(above[:most])} plus {grammar.than(where)}"
        text += f", {_listed(under[:most])} moins." if under else "."
    elif under:
        text = f"{lead}{_listed(under[:most])} {_weigh(under[:most])} moins {grammar.than(where)}."
    else:
        text = f"{lead}aucun secteur ne s’écarte nettement de la part qu’il a {where}."
    largest = sorted(empty, key=lambda line: -(line.reference.number or 0.0))[:most]
    if largest:
        text += f" {item.absent} {french.listing([_quoted(line) for line in largest])}."
    return text


def _weigh(found: Sequence[tuple[int, SectorLine]]) -> str:
    return "pèsent" if len(found) > 1 else "pèse"


def _listed(found: Sequence[tuple[int, SectorLine]]) -> str:
    """« Industrie » (indice 132): the words of the table, between guillemets."""
    return french.listing(
        [f"{_quoted(line)} (indice {french.figure(line.quotient, 0, '')})" for _, line in found]
    )


def _quoted(line: SectorLine) -> str:
    return f"«\u00a0{line.label}\u00a0»"
