"""What the report context is made from: the material of each page, and the circumstances of the run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..core.catalogue import Indicator
from ..core.design import MapDesign
from ..core.figures import FigureTable
from ..core.profiles import Page
from ..core.provenance import Provenance
from ..core.values import Value
from .context import Block, Chart, Figure, Quality, Skipped, Term
from .sentences import Reference, Told

#: Why a page is left out, in the same words for all: those of one reason are listed together.
NO_SOURCE = "aucune source ne donne les indicateurs de cette page."


@dataclass(frozen=True)
class PageMaterial:
    """What one map page is made of. ``sentence`` and ``figures`` replace the generated ones."""

    page: Page
    subject: Indicator
    year: str
    sources: tuple[str, ...]
    design: MapDesign
    values: Mapping[str, Value] = field(default_factory=dict)
    references: tuple[Reference, ...] = ()
    method: str = ""
    sentence: str = ""
    figures: tuple[Figure, ...] = ()
    beside: tuple[Figure, ...] = ()  # cards that the profile adds
    subtitle: str = ""
    chart: Chart | None = None  # in the place of the one that its figures call for


@dataclass(frozen=True)
class SheetMaterial:
    """What one page without a map is made of. ``indicators``: those it prints, for the glossary;
    ``told``: those of its table that findings and the synthesis may compare; ``cited``: the figures
    of its sentence, for the synthesis."""

    page: Page
    blocks: tuple[Block, ...]
    sentence: str = ""
    subtitle: str = ""
    sources: tuple[str, ...] = ()
    method: str = ""
    indicators: tuple[str, ...] = ()
    told: tuple[Told, ...] = ()
    cited: tuple[Figure, ...] = ()


@dataclass(frozen=True)
class Edition:
    """The circumstances of a run that are printed."""

    structure: str
    date: str
    version: str
    demo: bool
    minimum: int
    quality: tuple[Quality, ...] = ()
    notes: tuple[str, ...] = ()
    method: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    sources: tuple[Provenance, ...] = ()
    extra_terms: tuple[Term, ...] = ()


#: Heading of the column of each level on a commune page.
COLUMNS = {
    "TERRITOIRE": "Territoire",
    "EPCI": "Intercommunalité",
    "DEP": "Département",
    "REG": "Région",
    "FRANCE": "France",
    "SIMILAR": "Territoires semblables",
}
#: A unit of comparison: its level, its key in the references, its printed name.
Compared = tuple[str, str, str]


@dataclass(frozen=True)
class CommuneData:
    """Figures behind the commune pages. ``people`` holds extra rows: label → code → value.

    ``years``: indicators that have figures, ``failed`` (why) those that should have had some.
    """

    names: Mapping[str, str]  # communes of the territory by code
    figures: FigureTable
    references: FigureTable
    reference_names: tuple[Compared, ...]  # the territory and its units of comparison
    own_units: Mapping[str, tuple[Compared, ...]]  # those of each commune, same levels for all
    years: Mapping[str, str]
    people: Mapping[str, tuple[Mapping[str, Value], Value]] = field(default_factory=dict)
    failed: Mapping[str, str] = field(default_factory=dict)

    def printed(self, key: str) -> bool:
        """Whether an indicator is in the tables: with figures, or with the sign of a failure."""
        return key in self.years or key in self.failed


#: Letters of a name that a heading of a column holds.
_HEADING = 26


def heading(unit: Compared) -> str:
    """The name of a unit over a column or in a legend: a long name of the territory gives way."""
    level, _, name = unit
    return COLUMNS[level] if level == "TERRITOIRE" and len(name) > _HEADING else name


def dated(row: Indicator, years: Mapping[str, str]) -> str:
    """« Taux de chômage, 2021 »: an indicator as the row of a table or the title of a chart."""
    year = years.get(row.id, "")
    return f"{row.label}, {year}" if year else row.label
