"""Answers to a Cap self-evaluation: files or a folder, one sheet per respondent or one long table.

Everything that is not taken as it stands is an issue with its file, sheet and row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..core.cap import AnswerSheet, CapIssue, Grid, Proposal
from ..core.demo_mark import MARKER
from ..core.errors import InputError
from ..core.progress import Progress, Silent, each
from ..core.values import Value
from .cap_grid import columns_of, header_of
from .cap_notes import read_note, read_priority
from .cells import clean
from .identifying import is_person, without_contacts, without_persons
from .names import normalise
from .repairs import read_date, read_number
from .spreadsheet import TEXT_FORMATS, read_grids
from .workbook import DRIVERS

#: Sheets that explain the others.
_ASIDE = frozenset({"LISEZ MOI", "LISEZMOI", "NOTICE", "MODE D EMPLOI", "ECHELLE", "AIDE"})
#: Fewest notes from which two sheets alike in everything are one, copied.
_COPY = 5
#: What tells colleagues of one function apart: « Salarié permanent n° 2 ».
_RANK = re.compile(r"[\s,–-]*(?:n[°o]\s*)?\d+$")


@dataclass(frozen=True)
class EarlierScores:
    """Scores by objective of an earlier result table. ``respondents``: None when it does not say."""

    structure: str
    date: str
    scores: dict[str, Value]
    respondents: int | None = None


@dataclass
class CapAnswers:
    """``sheets``: those with at least one note; ``earlier``: result tables met on the way."""

    sheets: tuple[AnswerSheet, ...] = ()
    earlier: tuple[EarlierScores, ...] = ()
    issues: list[CapIssue] = field(default_factory=list)


def read_answers(
    path: Path, grid: Grid, progress: Progress | None = None, structure: str = ""
) -> CapAnswers:
    """Read a file (csv, txt, xlsx, ods) or every such file of a folder and its subfolders.

    ``structure``: name for the sheets that say none. Raises :class:`InputError` for a file that
    cannot be read, when nothing is answered, and for a sheet whose structure cannot be told.
    """
    progress = progress or Silent()
    found = CapAnswers()
    for file, _ in each(_files(Path(path)), progress):
        _read_file(file, grid, found, progress)
    found.sheets = _placed(found, structure)
    found.sheets = _once(found)
    _check_years(found)
    if not found.sheets and not found.earlier:
        raise InputError(
            "No answer is found in {file}: a sheet needs the columns code (or objectif) and note, and at least one note.",
            file=Path(path).name,
        )
    return found


def _read_file(file: Path, grid: Grid, found: CapAnswers, progress: Progress) -> None:
    results = len(found.earlier)
    aside = []
    for name, (cells, lines) in read_grids(file).items():
        progress.check()
        if normalise(name) in _ASIDE:
            continue
        if not _Reader(file, name, grid, found).read(cells, lines):
            aside.append(name)
    if len(found.earlier) > results:  # the other sheets of a result are no answers
        return
    found.issues += [
        CapIssue(
            file.name,
            name,
            0,
            "",
            "",
            "Feuille sans colonnes code (ou objectif) et note",
            "Feuille laissée de côté",
        )
        for name in aside
    ]


def _files(path: Path) -> list[Path]:
    if not path.exists():
        raise InputError(
            "The file {file} does not exist. Check its name and folder.", file=str(path)
        )
    if not path.is_dir():
        return [path]
    suffixes = (*TEXT_FORMATS, *DRIVERS)
    kept = [
        file
        for file in sorted(path.rglob("*"))
        if file.is_file()
        and file.suffix.lower() in suffixes
        and not file.name.startswith((".", "~$"))
        and file.name != MARKER
    ]
    if not kept:
        raise InputError(
            "The folder {folder} holds no table: put the answer sheets (xlsx, ods or csv) into it.",
            folder=path.name,
        )
    return kept


class _Reader:
    """One sheet of one file, poured into ``found``."""

    def __init__(self, file: Path, sheet: str, grid: Grid, found: CapAnswers) -> None:
        self.file, self.sheet, self.found = file.name, sheet, found
        self.codes = {normalise(item.code): item.code for item in grid.objectives}
        self.texts = {normalise(item.text): item.code for item in grid.objectives}
        self.head: dict[str, int] = {}

    def note(self, line: int, column: str, value: str, problem: str, action: str) -> None:
        self.found.issues.append(
            CapIssue(self.file, self.sheet, line, column, value, problem, action)
        )

    def read(self, cells: Sequence[Sequence[str]], lines: Sequence[int]) -> bool:
        """Whether the sheet has the columns of answers, or of an earlier result."""
        for key in ("code", "objective"):
            for value in ("note", "score"):
                at = header_of(cells, key, value)
                if at is None:
                    continue
                self.head = columns_of(cells[at])
                body = [
                    (row, line)
                    for row, line in zip(cells[at + 1 :], lines[at + 1 :])
                    if any(cell.strip() for cell in row)
                ]
                above = _above(cells[:at])
                if value == "score" and "note" not in self.head:
                    self._results(body, above)
                else:
                    self._answers(body, above)
                return True
        return False

    def _cell(self, row: Sequence[str], name: str, raw: bool = False) -> str:
        at = self.head.get(name, -1)
        text = row[at] if 0 <= at < len(row) else ""
        return text.strip() if raw else clean(text)[0]

    def _code(self, row: Sequence[str]) -> str:
        """Code of the objective of a row, "" when the grid does not know it."""
        code = self.codes.get(normalise(self._cell(row, "code")))
        return code or self.texts.get(normalise(self._cell(row, "objective")), "")

    def _answers(self, body: Sequence[tuple[Sequence[str], int]], above: dict[str, str]) -> None:
        """The respondents of a sheet: one by the cells above the table, several by its columns."""
        people: dict[tuple[str, ...], list[tuple[Sequence[str], int]]] = {}
        wanted = ("structure", "respondent", "role", "date")
        for row, line in body:
            key = tuple(self._cell(row, name) or above.get(name, "") for name in wanted)
            people.setdefault(key, []).append((row, line))
        for (structure, respondent, role, date), rows in people.items():
            notes, proposals = self._notes(rows)
            first = rows[0][1] if len(people) > 1 else 0
            if not notes:
                self.note(first, "", "", "Fiche sans aucune note", "Fiche laissée de côté")
                continue
            place = f"{self.file}, {self.sheet}" if self.sheet else self.file
            function = self._function(role or respondent, first)
            sheet = AnswerSheet(structure, function, self._date(date, first), notes, proposals, place)  # fmt: skip
            self.found.sheets += (sheet,)

    def _function(self, text: str, line: int) -> str:
        """The function of a respondent without the rank that tells colleagues apart."""
        text = text.strip()
        if not text:
            self.note(line, "répondant", "", "Fonction du répondant non renseignée", "Réponses gardées, sans fonction")  # fmt: skip
            return ""
        if is_person(text):
            self.note(line, "répondant", "", "Le répondant semble désigné par son nom", "Nom retiré, réponses gardées sans fonction")  # fmt: skip
            return ""
        return " ".join(_RANK.sub("", text).split()) or text

    def _date(self, text: str, line: int) -> str:
        date = read_date(text).value if text else None
        if not date:
            self.note(line, "date", text, "Date non renseignée ou illisible", "Réponses gardées, sans date")  # fmt: skip
        return date or ""

    def _notes(
        self, rows: Sequence[tuple[Sequence[str], int]]
    ) -> tuple[dict[str, Value], dict[str, Proposal]]:
        notes: dict[str, Value] = {}
        proposals: dict[str, Proposal] = {}
        seen: set[str] = set()
        for row, line in rows:
            code = self._code(row)
            name = self._cell(row, "code") or self._cell(row, "objective")
            if not code:
                self.note(line, "code", name, "Objectif absent de la grille", "Ligne laissée de côté")  # fmt: skip
                continue
            if code in seen:
                self.note(line, "code", code, "Objectif déjà noté plus haut dans la fiche", "Seule la première ligne est gardée")  # fmt: skip
                continue
            seen.add(code)
            text = self._cell(row, "note", raw=True)
            value = read_note(text)
            if value is not None:
                notes[code] = value
                if value.state.value == "echec":
                    self.note(line, "note", text, "Note hors de l’échelle de 0 à 4", "Note non comptée")  # fmt: skip
            proposal = self._proposal(row, line)
            if proposal != Proposal():
                proposals[code] = proposal
        return notes, proposals

    def _proposal(self, row: Sequence[str], line: int) -> Proposal:
        text = self._cell(row, "priority", raw=True)
        priority = read_priority(text)
        if priority is not None and priority.number is None:
            self.note(line, "priorité", text, "Priorité hors de l’échelle de 1 à 3", "Priorité non comptée")  # fmt: skip
        pilot = self._cell(row, "pilot")
        kept = without_persons(without_contacts(pilot))
        if kept != pilot:
            self.note(line, "pilote", "", "Le pilote semble désigné par son nom", "Nom retiré : indiquez une fonction")  # fmt: skip
        return Proposal(
            priority.number if priority else None,
            without_contacts(self._cell(row, "action")),
            kept,
            self._cell(row, "deadline"),
        )

    def _results(self, body: Sequence[tuple[Sequence[str], int]], above: dict[str, str]) -> None:
        """An earlier result table: scores of its objectives, by structure and date."""
        by_structure: dict[tuple[str, str], dict[str, Value]] = {}
        people: dict[tuple[str, str], str] = {}
        for row, line in body:
            key = (
                self._cell(row, "structure") or above.get("structure", ""),
                self._cell(row, "date") or above.get("date", ""),
            )
            level = normalise(self._cell(row, "level"))
            if level == "ENSEMBLE":
                people[key] = self._cell(row, "respondents")
            if level not in ("", "OBJECTIF"):
                continue
            code, score = self._code(row), self._cell(row, "score", raw=True)
            if not code:
                name = self._cell(row, "code") or self._cell(row, "objective")
                self.note(line, "code", name, "Objectif absent de la grille", "Ligne laissée de côté")  # fmt: skip
                continue
            value = read_note(score)
            if value is not None and value.known:
                by_structure.setdefault(key, {})[code] = value
        for key, scores in by_structure.items():
            count = read_number(people.get(key) or above.get("respondents", "")).value
            respondents = None if count is None else int(count)
            self.found.earlier += (EarlierScores(*key, scores, respondents),)


def _above(rows: Sequence[Sequence[str]]) -> dict[str, str]:
    """« Structure | Association X » above a table: field → the next filled cell."""
    found: dict[str, str] = {}
    for row in rows:
        for name, at in columns_of(row).items():
            if name in ("structure", "respondent", "respondents", "role", "date"):
                value = next((clean(cell)[0] for cell in row[at + 1 :] if cell.strip()), "")
                found.setdefault(name, value)
    return found


def _placed(found: CapAnswers, structure: str) -> tuple[AnswerSheet, ...]:
    """Every sheet with its structure: its own, else the one given, else the only one met."""
    named = {normalise(item.structure): item.structure for item in found.sheets if item.structure}
    only = structure or (next(iter(named.values())) if len(named) == 1 else "")
    result = []
    for item in found.sheets:
        if not item.structure:
            if not only:
                raise InputError(
                    "{place}: the structure is not said. Fill the cell “Structure” above the answers, or give its name as a parameter.",
                    place=item.place,
                )
            if not structure:
                found.issues.append(
                    CapIssue(
                        item.place,
                        "",
                        0,
                        "structure",
                        "",
                        "Structure non renseignée",
                        "Celle des autres fiches est prise",
                    )
                )
            item = replace(item, structure=only)
        result.append(item)
    return tuple(result)


def _once(found: CapAnswers) -> tuple[AnswerSheet, ...]:
    """Without the copies of a sheet: two files that say the same of everything."""
    kept: list[AnswerSheet] = []
    for item in found.sheets:
        twin = next((other for other in kept if replace(other, place=item.place) == item), None)
        if twin is not None and len(item.notes) >= _COPY:
            found.issues.append(
                CapIssue(
                    item.place,
                    "",
                    0,
                    "",
                    "",
                    f"Fiche identique à une autre ({twin.place})",
                    "Comptée une seule fois",
                )
            )
        else:
            kept.append(item)
    return tuple(kept)


def _check_years(found: CapAnswers) -> None:
    years: dict[str, set[str]] = {}
    for item in found.sheets:
        if item.date:
            years.setdefault(item.structure, set()).add(item.date[:4])
    for structure, several in years.items():
        if len(several) > 1:
            found.issues.append(
                CapIssue(
                    "",
                    "",
                    0,
                    "date",
                    ", ".join(sorted(several)),
                    f"Réponses de plusieurs années pour {structure}",
                    "Réponses comptées ensemble : donnez la plus ancienne campagne comme précédente",
                )
            )
