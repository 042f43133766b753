"""How the questions of a survey are described: a sheet or a file « questions », their headers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from ..core.progress import Progress
from ..core.qualitative import CHOICE, MULTIPLE, SCALE, Question
from .analyst_table import Grid, fields_of, find_head, read_analyst_table
from .issues import Issue
from .names import normalise
from .survey_questions import Described, fold, read_described, recognise

_QUESTION_SHEETS = frozenset(
    {"QUESTIONS", "QUESTION", "DICTIONNAIRE", "CODES", "CODEBOOK", "VARIABLES"}
)
#: Names of a file « questions » beside the survey; ``{stem}``: of the survey.
_BESIDE = ("{stem}_questions", "{stem}-questions", "{stem} questions", "questions")
_SUFFIXES = (".csv", ".xlsx", ".ods", ".txt", ".tsv")
_NUMBERED = re.compile(
    r"(Q\s?\d{1,3}[a-z]?|\d{1,2}[a-z]?)\s*(?:[.:)]|\s[-–])\s*(?=\S)", re.IGNORECASE
)


def questions_beside(path: Path) -> Path | None:
    """The file « questions » in the folder of a survey, None when there is none."""
    for pattern in _BESIDE:
        for suffix in _SUFFIXES:
            found = path.with_name(pattern.format(stem=path.stem) + suffix)
            if found.is_file() and found != path:
                return found
    return None


def question_sheet(grids: Mapping[str, Grid]) -> str:
    """The sheet that describes the questions, "" without one."""
    if len(grids) < 2:
        return ""
    named = [name for name in grids if normalise(name) in _QUESTION_SHEETS]
    if named:
        return named[0]
    scores = {name: find_head(grid[0], fields_of("questions"))[1] for name, grid in grids.items()}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] >= 3 else ""


def descriptions(
    path: Path,
    grids: Mapping[str, Grid],
    sheet: str,
    beside: Path | None,
    progress: Progress,
) -> tuple[list[Described], list[Issue]]:
    """The questions described, of the sheet or of the file beside, and what was wrong there."""
    if not sheet and beside is None:
        return [], []
    given = {sheet: grids[sheet]} if sheet else None
    table = read_analyst_table(beside or path, fields_of("questions"), progress.part(0, 0), given)
    found = read_described(table)
    for item in found:
        if item.kind_text and not item.kind:
            table.note(item.line, -1, "question_kind", item.kind_text)
    return found, table.issues


def described_of(name: str, described: Sequence[Described]) -> Described | None:
    """The description of a column: by its code, its wording, or a code that starts its header."""
    key = fold(name)
    match = _NUMBERED.match(name)
    code = fold(match[1]) if match else ""
    return next(
        (
            item
            for item in described
            if key in (fold(item.code), fold(item.wording)) or (code and code == fold(item.code))
        ),
        None,
    )


def kind_said(name: str, described: Sequence[Described]) -> str:
    """The kind that a person gave to a column, "" when nobody did."""
    found = described_of(name, described)
    return found.kind if found else ""


def wording_of(name: str, item: Described | None) -> str:
    """A question as it is printed: described, else its header without its number."""
    if item is not None and item.wording:
        return item.wording
    bare = _NUMBERED.sub("", name, count=1) if _NUMBERED.match(name) else name
    return " ".join(bare.split()) or name


def question_of(
    name: str, cells: Sequence[str], item: Described | None, used: set[str]
) -> Question:
    """The question of a column: what is said of it, the rest recognised. ``used``: codes taken."""
    match = _NUMBERED.match(name)
    code = item.code if item and item.code else match[1].replace(" ", "") if match else name
    base, rank = code, 1
    while code in used:
        rank += 1
        code = f"{base}_{rank}"
    wording = wording_of(name, item)
    guess = recognise(wording, cells)
    if item is None:
        return Question(code, wording, guess.kind, guess.order, "", guess.declared)
    kind = item.kind or (
        MULTIPLE if guess.kind == MULTIPLE else CHOICE if item.order else guess.kind
    )
    if item.order:
        return Question(code, wording, kind, item.order, item.page, True)
    same = kind == guess.kind or {kind, guess.kind} == {CHOICE, SCALE}
    order = guess.order if same else tuple("12345") if kind == SCALE else ()
    return Question(code, wording, kind, order, item.page, bool(same and guess.declared))
