"""What the steps of a run leave beside their layers: for the pages, the tables and the journal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...core.values import Value

if TYPE_CHECKING:
    from ...core.crossings import Paradox
    from ...zones.mobility import Access


@dataclass(frozen=True)
class StepResult:
    """What every page of a layer prints: the method note, and the sources beside the user's files."""

    method: str
    sources: tuple[str, ...]

    def territory(self, field: str) -> Value | None:
        """The territory's own figure of a field of the layer, None when it has none."""
        return None

    def label(self, field: str) -> str:
        """What a field is called in this run, "" where the catalogue's words hold."""
        return ""

    def cited(self, field: str) -> tuple[str, ...]:
        """The sources of a field of the layer."""
        return self.sources


@dataclass(frozen=True)
class IsochroneResult(StepResult):
    """``parts``: (minutes, share of the territory's surface within them in %), from near to far."""

    parts: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class CatchmentResult(StepResult):
    """The measured zones are in the layer; their method is all that pages need."""


@dataclass(frozen=True)
class CoverageResult(StepResult):
    """People counted in the communes. ``people``: what they are called; ``outside``: those beside."""

    people: str
    count: Value
    rate: Value
    outside: Value
    rate_label: str

    def territory(self, field: str) -> Value | None:
        return {"count": self.count, "rate": self.rate}.get(field)

    def label(self, field: str) -> str:
        return self.rate_label if field == "rate" else ""


@dataclass(frozen=True)
class RecruitmentResult(CoverageResult):
    """``need_level``: the territory's own share of job seekers, where the crossing is cut (%);
    ``paradox``: what stands out where they are not reached."""

    need_level: Value
    need_words: str  # « demandeurs d’emploi » or « chômeurs du recensement »
    paradox: Paradox | None = None


@dataclass(frozen=True)
class MobilityResult(StepResult):
    """``access``: of each target (site, jobs) by each way of moving."""

    access: tuple[Access, ...]


@dataclass(frozen=True)
class ProspectionResult(StepResult):
    """``score``: of all the zones together."""

    score: Value

    def territory(self, field: str) -> Value | None:
        return self.score if field == "score" else None
