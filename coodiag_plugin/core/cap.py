"""Cap, the self-evaluation of a structure, as plain data: grid, sheets of answers, results.

Sources read it, analysis computes it, edition prints it; these rooms may not know each other, hence
its place in core. What a respondent wrote stands in :class:`AnswerSheet` only, and is never printed
with its respondent.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .values import ABSENT, Value

#: Ends of the scale of priorities.
LEAST_PRIORITY, USUAL_PRIORITY, MOST_PRIORITY = 1, 2, 3
#: Respondents beyond the fewest from which lowest, highest and deviation are told: the mean and the
#: ends of three notes give the third.
SPREAD_MARGIN = 2
#: Sub-themes that a radar can show.
FEWEST_RAYS, MOST_RAYS = 3, 16


@dataclass(frozen=True)
class Objective:
    """A row of the grid. ``evidence``: what helps to judge, and measures progress in the plan."""

    theme: str
    sub_theme: str
    code: str
    text: str
    evidence: str = ""
    weight: float = 1.0

    def is_of(self, key: tuple[str, str]) -> bool:
        """Whether it is of a sub-theme (theme, sub-theme), a theme (theme, ""), all ("", "")."""
        return key[0] in ("", self.theme) and key[1] in ("", self.sub_theme)


@dataclass(frozen=True)
class Grid:
    """Objectives in printing order. ``name``: file of the user's own grid, "" for Coodiag's."""

    objectives: tuple[Objective, ...]
    name: str = ""

    def themes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(item.theme for item in self.objectives))

    def sub_themes(self) -> tuple[tuple[str, str], ...]:
        """(theme, sub-theme) in order."""
        return tuple(dict.fromkeys((item.theme, item.sub_theme) for item in self.objectives))


@dataclass(frozen=True)
class Proposal:
    """What a respondent proposes for an objective, "" or None for what was left empty."""

    priority: float | None = None
    action: str = ""
    pilot: str = ""
    deadline: str = ""


@dataclass(frozen=True)
class AnswerSheet:
    """The answers of one respondent, or of a group that filled one sheet together.

    ``notes``: code → known note; ABSENT « je ne sais pas »; NOT_APPLICABLE « sans objet »; FAILED a
    note that cannot be read. A code that is not there was left blank.
    """

    structure: str
    role: str
    date: str
    notes: dict[str, Value]
    proposals: dict[str, Proposal] = field(default_factory=dict)
    place: str = ""  # file and sheet, for messages


@dataclass(frozen=True)
class CapIssue:
    """Something of a file that was left out, repaired or is to be checked. ``line`` 0: the sheet."""

    file: str
    sheet: str
    line: int
    column: str
    value: str
    problem: str
    action: str


@dataclass(frozen=True)
class Spread:
    """Lowest, highest, and population standard deviation: secret of too few respondents.

    ``divergent``: whether the views differ, which a smaller group may tell; None when it may not.
    """

    low: Value = ABSENT
    high: Value = ABSENT
    deviation: Value = ABSENT
    divergent: bool | None = None

    @property
    def words(self) -> str:
        """« divergents », « concordants », "" when nothing may be told."""
        if self.divergent is None:
            return ""
        return "divergents" if self.divergent else "concordants"


@dataclass(frozen=True)
class ObjectiveScore:
    """An objective and what the respondents say of it: a count for each state of their notes."""

    objective: Objective
    score: Value
    spread: Spread
    answers: int
    unknown: int
    not_applicable: int
    unread: int
    blank: int
    priority: float

    @property
    def divergent(self) -> bool:
        return self.spread.divergent is True


@dataclass(frozen=True)
class GroupScore:
    """A sub-theme, a theme (``sub_theme`` "") or everything (both ""). ``respondents`` with a note."""

    theme: str
    sub_theme: str
    score: Value
    spread: Spread
    respondents: int
    counted: int  # objectives that the score is of

    @property
    def key(self) -> tuple[str, str]:
        return (self.theme, self.sub_theme)


@dataclass(frozen=True)
class RoleScores:
    """Scores by theme of the respondents of one function."""

    role: str
    respondents: int
    scores: tuple[Value, ...]


@dataclass(frozen=True)
class Step:
    """A row of the progress plan, the most pressing first."""

    rank: int
    objective: Objective
    score: float
    gap: float
    priority: float
    urgency: float
    action: str
    pilot: str
    deadline: str


@dataclass(frozen=True)
class Plan:
    """Steps in order, and how many objectives are not among them, by reason."""

    steps: tuple[Step, ...]
    reached: int
    not_applicable: int
    unanswered: int
    withheld: int  # too few answers to be shown


@dataclass(frozen=True)
class Change:
    """A sub-theme, theme or everything then and now, over the objectives known both times."""

    theme: str
    sub_theme: str
    before: Value
    now: Value
    difference: Value
    compared: int

    @property
    def key(self) -> tuple[str, str]:
        return (self.theme, self.sub_theme)


@dataclass(frozen=True)
class Comparison:
    """``left_out``: codes of objectives known at one of the two times only.

    ``themes_only``: no sub-theme is compared, as a few respondents more or fewer might be told.
    """

    date: str
    changes: tuple[Change, ...]
    left_out: tuple[str, ...]
    themes_only: bool = False


@dataclass(frozen=True)
class CapResult:
    """Everything that is told of one structure."""

    structure: str
    date: str
    grid: Grid
    respondents: int
    minimum: int
    target: float
    threshold: float
    objectives: tuple[ObjectiveScore, ...]
    sub_themes: tuple[GroupScore, ...]
    themes: tuple[GroupScore, ...]
    whole: GroupScore
    roles: tuple[RoleScores, ...]
    roles_hidden: int  # respondents whose function is not shown apart
    plan: Plan
    comparison: Comparison | None = None
    #: Whether a comparison was asked for and refused: it would tell the notes of a few respondents.
    comparison_refused: bool = False

    @property
    def spread_from(self) -> int:
        """Fewest respondents behind a told lowest, highest or deviation."""
        return self.minimum + SPREAD_MARGIN

    def change(self, key: tuple[str, str]) -> Change | None:
        if self.comparison is None:
            return None
        return next((item for item in self.comparison.changes if item.key == key), None)


@dataclass(frozen=True)
class NetworkScore:
    """A sub-theme, theme or everything over structures; all secret under the fewest structures."""

    theme: str
    sub_theme: str
    structures: int
    mean: Value
    first: Value
    median: Value
    third: Value
    deviation: Value


@dataclass(frozen=True)
class NetworkResult:
    """A network of structures, none of them named."""

    structures: int
    minimum: int
    grid: Grid
    date: str
    sub_themes: tuple[NetworkScore, ...]
    themes: tuple[NetworkScore, ...]
    whole: NetworkScore
