"""What a survey, a list of actors and an action plan are once read: plain data that travels.

Sources read them, analysis counts them, edition prints them; these rooms may not know each other,
hence their place in core. Nothing here names a person: what identifies was left out by the reading.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Optional

from .values import ABSENT, Value

#: Kinds of questions. The catalogue (``question_kinds.csv``) has the words that name them.
CHOICE, MULTIPLE, SCALE, NUMBER, FREE = "choice", "multiple", "scale", "number", "text"
GROUP, IGNORED = "group", "ignored"
#: Where answers and groups that may not be named are put together.
OTHERS, OTHER_GROUPS = "Autres réponses", "Autres groupes"


@dataclass(frozen=True)
class Question:
    """A question of a survey.

    ``order``: its answers as they are to be printed, empty when nothing says them; ``declared``:
    whether a person or the catalogue said them (their words may then be printed however few gave
    them). ``page``: id of a page, chapter or theme that is to show it, "" for any.
    """

    code: str
    wording: str
    kind: str
    order: tuple[str, ...] = ()
    page: str = ""
    declared: bool = False


@dataclass(frozen=True)
class Answers:
    """The answers of every respondent, nothing else of them. It is about persons: never print it.

    ``rows``: respondent by respondent, question code → answers given (several for ``multiple``),
    a code that is absent was not answered. ``groups``: the group of each respondent, "" unknown.
    """

    questions: tuple[Question, ...]
    rows: tuple[dict[str, tuple[str, ...]], ...]
    groups: tuple[str, ...] = ()
    group_label: str = ""


@dataclass(frozen=True)
class AnswerCount:
    """An answer, how many gave it, and the share of its base (%) with its 95 % interval."""

    label: str
    count: Value
    share: Value
    low: Optional[float] = None
    high: Optional[float] = None


@dataclass(frozen=True)
class GroupShares:
    """A group of respondents: how many there are, and the share (%) of each answer among them."""

    name: str
    respondents: int
    shares: tuple[Value, ...]


@dataclass(frozen=True)
class QuestionResult:
    """The counts of a question, as they may be printed.

    ``base``: respondents that shares are of. They are those who answered, or everybody
    (``of_all``) when the number of those who did not is itself a secret; ``no_answer`` counts
    them. ``reason``: in French, why there is nothing to show.
    """

    question: Question
    base: Value
    of_all: bool
    no_answer: Value
    answers: tuple[AnswerCount, ...] = ()
    groups: tuple[GroupShares, ...] = ()
    mean: Value = ABSENT
    median: Value = ABSENT
    reason: str = ""


@dataclass(frozen=True)
class SurveyResult:
    """A whole survey as it may be printed. ``groups``: name and number of respondents."""

    respondents: int
    minimum: int
    questions: tuple[QuestionResult, ...]
    group_label: str = ""
    groups: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Actor:
    """An organisation of the territory. ``links``: ids of ``actor_links.csv``."""

    name: str
    kind: str
    role: str = ""
    links: tuple[str, ...] = ()
    town: str = ""


@dataclass(frozen=True)
class Action:
    """An action of a plan. ``others``: other columns of the table, heading and text."""

    theme: str
    action: str
    pilot: str = ""
    calendar: str = ""
    indicator: str = ""
    others: tuple[tuple[str, str], ...] = ()
    years: tuple[int, ...] = ()  # that the calendar covers, when it can be read


@dataclass(frozen=True)
class ActionPlan:
    """Actions in printing order."""

    actions: tuple[Action, ...] = field(default=())

    def themes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(item.theme for item in self.actions))
