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

    def told(self, field: str) -> str:
        """The method of a field of the layer."""
        return self.method

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
    """People counted in the communes. ``people``: what they are called; ``outside``: those beside;
    ``counting``: the method of their number, where that of the rate would speak of another figure."""

    people: str
    count: Value
    rate: Value
    outside: Value
    rate_label: str
    counting: str

    def territory(self, field: str) -> Value | None:
        return {"count": self.count, "rate": self.rate}.get(field)

    def label(self, field: str) -> str:
        # What stands between parentheses is for a title: a sentence says where it speaks of.
        names = {"rate": self.rate_label, "count": f"{self.people} (dans le territoire)"}
        return names.get(field, "")

    def told(self, field: str) -> str:
        return self.counting if field == "count" else self.method


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
    """``score``: of all the zones together; ``prospects``: how many, at less than ``reach`` of a
    site; ``activities``: those most frequent among the first ``listed``, with their number."""

    score: Value
    prospects: int
    reach: str
    listed: int
    activities: tuple[tuple[str, int], ...]

    def territory(self, field: str) -> Value | None:
        return self.score if field == "score" else None
