"""A survey or a set of interviews, one row per respondent or one per answer, as countable answers.

Nothing that identifies a respondent leaves this module: such columns are dropped when they are
read, and of a free text only the fact that it was written is kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..core.errors import InputError
from ..core.progress import Progress, Silent
from ..core.qualitative import (
    FREE,
    GROUP,
    IGNORED,
    MULTIPLE,
    NUMBER,
    OTHER_GROUPS,
    OTHERS,
    SCALE,
    Answers,
    Question,
)
from .analyst_table import AnalystTable, assigned, fields_of, read_analyst_table
from .columns import name_score
from .identifying import identifying, names_someone
from .issues import Issue, issue
from .repairs import read_number
from .spreadsheet import read_grids
from .survey_described import (
    described_of,
    descriptions,
    kind_said,
    question_of,
    question_sheet,
    questions_beside,
    wording_of,
)
from .survey_questions import Described, fold, parts_of

_UNANSWERED = frozenset(
    {
        "nr",
        "n.r",
        "nc",
        "n.c",
        "sans reponse",
        "pas de reponse",
        "non repondu",
        "non reponse",
        "non renseigne",
        "non communique",
        "n/a",
        "na",
    }
)
_EXACT = 60.0
#: Most questions of a survey: far more than people answer; beyond, the file is no survey.
MOST_QUESTIONS = 200
#: What stands for a free text, which is not kept.
WRITTEN = ("",)


@dataclass
class SurveyFile:
    """The answers of a file. ``dropped``: columns that identify, with what they tell.

    ``rows_in``: rows of the file below its header; ``respondents`` of ``answers`` are those who
    answered something.
    """

    answers: Answers
    issues: list[Issue] = field(default_factory=list)
    dropped: tuple[tuple[str, str], ...] = ()
    rows_in: int = 0


@dataclass
class _Column:
    """A question as the file holds it: the cell of each respondent, "" when there is none."""

    name: str
    cells: list[str]
    index: int = -1


def read_survey(path: Path, progress: Progress | None = None) -> SurveyFile:
    """Read a survey (csv, txt, xlsx, ods), wide or long, with its questions.

    A sheet « questions » of the workbook, else a file ``<name>_questions`` or ``questions`` beside
    it, may say the code, wording, kind, order of answers and page of each question. Raises
    :class:`InputError` when no question with an answer is left.
    """
    progress = progress or Silent()
    path = Path(path)
    grids = read_grids(path)
    sheet = question_sheet(grids)
    beside = None if sheet else questions_beside(path)
    described, told = descriptions(path, grids, sheet, beside, progress)
    own = {name: grid for name, grid in grids.items() if not sheet or name != sheet}
    table = read_analyst_table(path, fields_of("answers"), progress.part(0.0, 0.4), own)
    table.issues += told
    found = assigned(table.columns, fields_of("answers"))
    long = {"question", "answer"} <= set(found) and _is_exact(table, found)
    if not long:
        _check_number(
            path, [c for c in range(len(table.columns)) if _is_question(table, c, described)]
        )
    columns, groups, label = (_long if long else _wide)(table, found, described, progress)
    _check_number(path, columns if long else ())
    columns, dropped = _without_identities(table, columns, described)
    result = _answers(table, columns, groups, label, described, progress.part(0.5, 1.0))
    if not result.rows:
        raise InputError(
            "No answer is left in {file}: every column identifies people or is empty. Columns: {columns}.",
            file=path.name,
            columns=", ".join(table.columns),
        )
    return SurveyFile(result, table.issues, dropped, len(table.rows))


def _check_number(path: Path, questions: Sequence[object]) -> None:
    if len(questions) > MOST_QUESTIONS:
        raise InputError(
            "{file} has {count} questions, and a survey may have {most} at most. Keep the columns to be counted, or say “ignorer” of the others in a sheet “Questions”.",
            file=path.name,
            count=len(questions),
            most=MOST_QUESTIONS,
        )


def _is_question(table: AnalystTable, at: int, described: Sequence[Described]) -> bool:
    """Whether a column holds an answer and nobody said to leave it."""
    ignored = bool(described) and kind_said(table.columns[at], described) == IGNORED
    return not ignored and any(row[at] for row in table.rows)


def _is_exact(table: AnalystTable, found: Mapping[str, int]) -> bool:
    entries = {entry.field: entry for entry in fields_of("answers")}
    return all(
        name_score(table.columns[found[name]], entries[name]) >= _EXACT
        for name in ("question", "answer")
    )


def _wide(
    table: AnalystTable,
    found: Mapping[str, int],
    described: Sequence[Described],
    progress: Progress,
) -> tuple[list[_Column], list[str], str]:
    """One row per respondent: each column is a question."""
    _drop_twins(table, found.get("respondent"))
    columns = [_Column(name, table.column(at), at) for at, name in enumerate(table.columns)]
    said = next((c for c in columns if kind_said(c.name, described) == GROUP), None)
    guessed = found.get("group")
    if said is None and guessed is not None and not kind_said(columns[guessed].name, described):
        entry = next(entry for entry in fields_of("answers") if entry.field == "group")
        if name_score(columns[guessed].name, entry) >= _EXACT:
            said = columns[guessed]
    groups = [" ".join(cell.split()) for cell in said.cells] if said else []
    return [c for c in columns if c is not said], groups, said.name if said else ""


def _drop_twins(table: AnalystTable, respondent: int | None) -> None:
    """Leave out a row that repeats another one of the same respondent."""
    if respondent is None:
        return
    first: dict[tuple[str, ...], int] = {}
    kept = []
    for at, (row, line) in enumerate(zip(table.rows, table.lines)):
        key = tuple(row)
        if row[respondent] and key in first:
            table.note(line, -1, "duplicate", other=first[key])
        else:
            first.setdefault(key, line)
            kept.append(at)
    table.rows = [table.rows[at] for at in kept]
    table.lines = [table.lines[at] for at in kept]


def _long(
    table: AnalystTable,
    found: Mapping[str, int],
    described: Sequence[Described],
    progress: Progress,
) -> tuple[list[_Column], list[str], str]:
    """One row per answer: a column for each question, a cell for each respondent."""
    if "respondent" not in found:
        raise InputError(
            "{file} has a row per answer but no column of respondents: add one (a number will do), so that the answers of one person are put together.",
            file=table.file,
        )
    cells: dict[str, dict[str, list[str]]] = {}
    groups: dict[str, str] = {}
    spelling: dict[str, str] = {}
    above = ""
    for row, line in zip(table.rows, table.lines):
        progress.check()
        who, question, answer = (row[found[name]] for name in ("respondent", "question", "answer"))
        if not who and above and question:
            who = above
            table.note(line, found["respondent"], "carried_down")
        above = who
        if not who or not question:
            table.note(line, found["respondent"], "no_respondent")
            continue
        name = spelling.setdefault(fold(question), " ".join(question.split()))
        given = cells.setdefault(name, {}).setdefault(who, [])
        if answer and answer in given:
            table.note(line, found["answer"], "same_answer")
        elif answer:
            given.append(answer)
        groups.setdefault(who, "")
        if "group" in found and row[found["group"]] and not groups[who]:
            groups[who] = " ".join(row[found["group"]].split())
    people = list(groups)
    columns = [
        _Column(name, ["|".join(given.get(who, [])) for who in people])
        for name, given in cells.items()
    ]
    label = table.columns[found["group"]] if "group" in found else ""
    return columns, [groups[who] for who in people] if label else [], label


def _without_identities(
    table: AnalystTable, columns: Sequence[_Column], described: Sequence[Described]
) -> tuple[list[_Column], tuple[tuple[str, str], ...]]:
    """The columns that may be counted; the others are told by their header.

    A kind that a person gave holds against the header, never against e-mails or telephones.
    """
    kept, dropped = [], []
    for column in columns:
        said = kind_said(column.name, described)
        header = "" if said and said != IGNORED else column.name
        what = identifying(header, column.cells)
        if what or said == IGNORED:
            what = what or "à ne pas compter"
            dropped.append((column.name, what))
            code = "column_left" if said == IGNORED else "identifying_column"
            line = table.header_line
            table.issues.append(_issue(line, column.name, code, what))
        else:
            kept.append(column)
    return kept, tuple(dropped)


def _issue(line: int, column: str, code: str, other: str) -> Issue:
    return issue(line, column, "", code, other)


def _answers(
    table: AnalystTable,
    columns: Sequence[_Column],
    groups: Sequence[str],
    label: str,
    described: Sequence[Described],
    progress: Progress,
) -> Answers:
    people = max((len(column.cells) for column in columns), default=0)
    rows: list[dict[str, tuple[str, ...]]] = [{} for _ in range(people)]
    questions: list[Question] = []
    seen: dict[tuple[str, tuple[str, ...]], str] = {}
    used: set[str] = set()
    for column in columns:
        progress.check()
        cells = ["" if fold(cell) in _UNANSWERED else cell for cell in column.cells]
        if not any(cells):
            continue
        item = described_of(column.name, described)
        question = question_of(column.name, cells, item, used)
        key = fold(re.sub(r"_\d+$", "", question.wording)), tuple(cells)
        if key in seen:
            table.issues.append(_issue(table.header_line, column.name, "same_question", ""))
            continue
        seen[key] = question.code
        used.add(question.code)
        questions.append(_read(table, question, cells, rows))
    for item in described:
        known = any(described_of(column.name, [item]) for column in columns) or fold(label) in (
            fold(item.code),
            fold(item.wording),
        )
        if not known and item.kind not in (IGNORED, GROUP):
            table.issues.append(
                _issue(item.line, item.code or item.wording, "question_unknown", "")
            )
    groups = _without_persons(table, groups, label, described)
    kept = [at for at, row in enumerate(rows) if row]
    for at, row in enumerate(rows):
        if not row and len(table.lines) == len(rows):
            table.note(table.lines[at], -1, "empty_respondent")
    return Answers(
        tuple(questions),
        tuple(rows[at] for at in kept),
        tuple(groups[at] for at in kept) if groups else (),
        wording_of(label, described_of(label, described)) if label else "",
    )


def _read(
    table: AnalystTable,
    question: Question,
    cells: Sequence[str],
    rows: list[dict[str, tuple[str, ...]]],
) -> Question:
    """Put the answers to a question into ``rows``; the question with its answers' usual spelling."""
    if question.kind in (FREE, NUMBER):
        for at, cell in enumerate(cells):
            if not cell:
                continue
            value = read_number(cell).value if question.kind == NUMBER else None
            if question.kind == FREE:
                rows[at][question.code] = WRITTEN
            elif value is None:
                _note_row(table, at, len(rows), question.wording, "answer_unread")
            else:
                rows[at][question.code] = (repr(float(value)),)
        return question
    commas = question.kind == MULTIPLE and not any(len(parts_of(cell)) > 1 for cell in cells)
    split = [_parts(question.kind, cell, commas) for cell in cells]
    split = _without_names(table, question, split)
    labels = _spellings(question, split)
    for at, parts in enumerate(split):
        if len(parts) > 1 and question.kind != MULTIPLE:
            _note_row(table, at, len(rows), question.wording, "second_answer")
        elif parts:
            rows[at][question.code] = tuple(dict.fromkeys(labels[fold(part)] for part in parts))
    order = (labels[fold(answer)] for answer in question.order if _may_print(question, answer))
    return replace(question, order=tuple(order))


def _without_names(
    table: AnalystTable, question: Question, split: Sequence[list[str]]
) -> list[list[str]]:
    """The answers of each respondent; those that may name a person are with the others, and told."""
    different = {part for parts in split for part in parts}
    aside = {part for part in different if not _may_print(question, part)}
    for at, parts in enumerate(split):
        if not aside.isdisjoint(parts):
            _note_row(table, at, len(split), question.wording, "answer_person")
    return [[OTHERS if part in aside else part for part in parts] for parts in split]


def _may_print(question: Question, answer: str) -> bool:
    """Whether somebody said this answer, or it names nobody."""
    known = question.declared and fold(answer) in map(fold, question.order)
    return known or not names_someone(answer)


def _without_persons(
    table: AnalystTable, groups: Sequence[str], label: str, described: Sequence[Described]
) -> Sequence[str]:
    """The group of each respondent; one that may be a person's name is put with the others."""
    item = described_of(label, described) if groups else None
    declared = set(map(fold, item.order)) if item else set()
    named = {group for group in set(groups) if fold(group) not in declared and names_someone(group)}
    for at, group in enumerate(groups):
        if group in named:
            _note_row(table, at, len(groups), label, "group_person")
    return [OTHER_GROUPS if group in named else group for group in groups]


def _parts(kind: str, cell: str, commas: bool) -> list[str]:
    if kind == SCALE and re.fullmatch(r"\d{1,2}[.,]0+", cell):
        cell = re.split("[.,]", cell)[0]
    if kind == MULTIPLE:
        return parts_of(cell, commas)
    return [" ".join(part.split()) for part in cell.split("|") if part.strip()]


def _spellings(question: Question, split: Sequence[Sequence[str]]) -> dict[str, str]:
    """Folded answer → as printed: the declared spelling, else the most frequent one."""
    counts = Counter(part for parts in split for part in parts)
    labels = {fold(answer): answer for answer in question.order if question.declared}
    for answer, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        labels.setdefault(fold(answer), " ".join(answer.split()))
    for answer in question.order:
        labels.setdefault(fold(answer), answer)
    return labels


def _note_row(table: AnalystTable, at: int, people: int, column: str, code: str) -> None:
    line = table.lines[at] if len(table.lines) == people else 0
    table.issues.append(_issue(line, column, code, ""))
