"""From the crossings of the territory to what their sheets print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from qgis.core import QgsVectorLayer

from ...core.figures import FigureTable
from ...core.grammar import place
from ...core.territory import Territory
from ...core.values import Value
from ...edition.materials import heading
from ...edition.sheets.similar import Likened, Near
from ...edition.sheets.specialisation import WHOLE, SectorLine, Specialised
from ..indicators import unit_key
from ..specialisation import Specialisation, ecosystem_quotients

if TYPE_CHECKING:
    from ...analysis.indicators import IndicatorResult
    from ...analysis.specialisation import Quotient
    from ..similar_territories import SimilarTerritories

#: Where the register of establishments is cited.
_REGISTER = "Insee, base Sirene des entreprises et de leurs établissements"


def likened(found: SimilarTerritories, territory: Territory, result: IndicatorResult) -> Likened:
    """The similar territories for their sheet. ``result``: figures of the run, whose references
    hold ``found.unit`` (the similar territories together)."""
    from ...analysis.alike import few_words, method_words

    names = list(found.years)
    cited = (result.sources.get(name, "") for name in found.likeness.used)
    return Likened(
        _named(territory),
        _row(found.figures, "TERRITOIRE", names),
        tuple(
            Near(
                unit.name,
                item.distance,
                item.reason,
                _row(found.figures, item.unit, names),
                place(unit.level, unit.name).the,
            )
            for unit, item in zip(found.units, found.likeness.found)
        ),
        found.unit.name,
        _row(result.references, unit_key(found.unit), names),
        found.likeness.used,
        found.years,
        tuple(dict.fromkeys(source for source in cited if source)),
        method_words(found.likeness),
        few_words(found.likeness),
    )


def _named(territory: Territory) -> str:
    """The territory over a column."""
    return heading(("TERRITOIRE", "TERRITOIRE", territory.name))


def _row(table: FigureTable, unit: str, names: Iterable[str]) -> dict[str, Value]:
    return {name: table.get(unit, name) for name in names}


def specialised(found: Iterable[Specialisation], territory: Territory) -> list[Specialised]:
    """The families of sectors for their sheet."""
    return [
        Specialised(
            item.family.label,
            item.family.unit,
            item.year,
            _named(territory),
            item.reference.name,
            _lines(item.quotients, item.family.labels()),
            item.source,
            item.family.caveat,
            place(item.reference.level, item.reference.name).within,
        )
        for item in found
    ]


def ecosystem_specialised(establishments: QgsVectorLayer) -> list[Specialised]:
    """The ESS of the register by section against the whole fabric; empty without it."""
    quotients, labels = ecosystem_quotients(establishments)
    if not quotients:
        return []
    return [
        Specialised(
            "Établissements de l’ESS",
            "étab.",
            "",
            "ESS",
            WHOLE,
            _lines(quotients, labels),
            _REGISTER,
            "Établissements actifs du territoire, employeurs ou non, d’après le répertoire Sirene\u00a0; la référence est l’ensemble de ceux du territoire, hors administration publique, qui ne relève pas de l’ESS.",
            "parmi tous les établissements",
            "L’ESS est absente de",
        )
    ]


def _lines(quotients: Iterable[Quotient], labels: Mapping[str, str]) -> tuple[SectorLine, ...]:
    return tuple(
        SectorLine(labels[item.sector], item.count, item.share, item.reference, item.quotient)
        for item in quotients
    )
