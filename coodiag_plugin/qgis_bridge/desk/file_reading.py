"""A file of the structure as the wizard shows it: its first rows, its columns, what is wrong in it.

It is read by the code of ``coodiag:importtable``, so that what is shown here is what a run does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...core.errors import InputError
from ...core.progress import Progress
from ...core.words import N_
from ..algorithm import sentence
from ..translation import told, tr
from .issue_words import field_label, words

if TYPE_CHECKING:
    from ...sources.spreadsheet import RawTable
    from ...sources.structure_file import ImportedTable
    from ...sources.structure_mapping import FileMapping

#: Gravity of a note: keeps a run from starting, deserves a look, is for information.
STOP, LOOK, FINE = "stop", "look", "fine"
#: Rows shown as they are in the file.
SHOWN = 8
#: Part of the rows without a street above which it is worth a word.
_FEW_STREETS = 0.2
_REFUSED = ("total", "repeated_header", "nowhere")
_LOST = (
    "siret_scientific", "siret_bad", "naf_bad", "number_bad", "date_bad", "postcode_bad",
    "citycode_bad", "city_bad", "sheet_error",
)  # fmt: skip
_TO_CHECK = ("same_ref", "same_without_identity", "extra_cells", "siret_luhn", "lost_character")
_OF_FILE = (
    "stray_quotes", "no_header", "other_sheets", "duplicate_header", "renamed_column",
    "column_not_used", "guessed_column", "swapped_columns",
)  # fmt: skip


@dataclass(frozen=True)
class Note:
    """A translated sentence on a file, and its gravity."""

    gravity: str
    text: str


@dataclass(frozen=True)
class Shown:
    """An issue as a row of a table: nothing of it leaves the window."""

    line: int
    column: str
    value: str
    problem: str
    action: str


@dataclass(frozen=True)
class Reading:
    """``columns``: those of the file; ``head``: the first rows as written; ``fields``: canonical
    field → index of its column; ``by_hand``: fields that the user gave a column, or none; ``guessed``:
    fields recognised by contents alone; ``notes``: the gravest first."""

    role: str
    file: str
    sheet: str
    sheets: tuple[str, ...]
    columns: tuple[str, ...]
    head: tuple[tuple[str, ...], ...]
    fields: dict[str, int]
    by_hand: frozenset[str]
    guessed: frozenset[str]
    rows_in: int
    rows_out: int
    refused: int
    duplicates: int
    notes: tuple[Note, ...]
    issues: tuple[Shown, ...]
    encoding: str = ""
    table: Any = field(default=None, repr=False)  # the ImportedTable, None when it is refused

    @property
    def usable(self) -> bool:
        """Whether a run takes the file as it is."""
        return self.table is not None


def read(raw: RawTable, path: Path, role: str, said: FileMapping, progress: Progress) -> Reading:
    """The reading of a table that is opened. Raises :class:`InputError` when what the user said of
    it by hand does not fit it; a table without any place is shown with a note that says so."""
    from ...sources.structure_file import import_raw, recognised

    try:
        table = import_raw(raw, path.name, role, said.columns, progress)
    except InputError as error:
        found = recognised(raw, path.name, role, said.columns, progress)
        places, guessed = found.columns, frozenset(found.guessed)
        notes = [Note(STOP, _why_refused(error, places))]
        return _reading(raw, path, role, said, places, guessed, None, notes)
    guessed = frozenset(item.other for item in table.issues if item.code == "guessed_column")
    return _reading(raw, path, role, said, table.places, guessed, table, _notes(raw, table))


def _reading(
    raw: RawTable,
    path: Path,
    role: str,
    said: FileMapping,
    places: Mapping[str, int],
    guessed: frozenset[str],
    table: ImportedTable | None,
    notes: list[Note],
) -> Reading:
    issues = () if table is None else tuple(_shown(item) for item in table.issues)
    return Reading(
        role=role,
        file=path.name,
        sheet=raw.sheet,
        sheets=raw.sheets,
        columns=raw.columns,
        head=tuple(raw.rows[:SHOWN]),
        fields=dict(places),
        by_hand=frozenset(said.columns),
        guessed=guessed,
        rows_in=len(raw.rows) if table is None else table.rows_in,
        rows_out=0 if table is None else table.rows_out,
        refused=0 if table is None else table.refused,
        duplicates=0 if table is None else table.duplicates,
        notes=tuple(notes),
        issues=issues,
        encoding=raw.encoding,
        table=table,
    )


def _shown(item: Any) -> Shown:
    problem, action = words(item)
    return Shown(item.line, item.column, item.value, problem, action)


def _why_refused(error: InputError, places: Mapping[str, int]) -> str:
    """Of a table without a place, the way out here is a column of this window, not a parameter."""
    from ...sources.columns import LOCATORS

    if not any(name in places for name in LOCATORS):
        return tr(
            "No column looks like an address, a postcode or a town. Say below which column holds the address, and which the town."
        )
    return sentence(error)


def _notes(raw: RawTable, table: ImportedTable) -> list[Note]:
    counts = Counter(item.code for item in table.issues)
    notes = [*_place_notes(table), *_row_notes(counts), *_file_notes(raw, table)]
    lost = sum(counts[code] for code in _LOST)
    if lost:
        notes.append(
            _note(
                LOOK, N_("Values that could not be read and are left empty: {count}."), count=lost
            )
        )
    special = {*_REFUSED, *_LOST, *_TO_CHECK, *_OF_FILE, "duplicate", "mojibake"}
    mended = sum(count for code, count in counts.items() if code not in special)
    if mended:
        notes.append(
            _note(
                FINE,
                N_("Cells mended (postcodes, spaces, dates, numbers…): {count}."),
                count=mended,
            )
        )
    return sorted(notes, key=lambda note: (STOP, LOOK, FINE).index(note.gravity))


def _place_notes(table: ImportedTable) -> list[Note]:
    """How well the rows can be placed."""
    if not {"postcode", "city", "citycode"} & set(table.mapping) and not any(
        row.get("city") or row.get("postcode") for row in table.rows
    ):
        return [
            _note(
                LOOK,
                N_(
                    "No column of postcodes or towns was recognised: few rows can be placed without. If there is one, say below which."
                ),
            )
        ]
    streets = {"address", "street"} & set(table.places)
    if not streets:
        return [
            _note(
                LOOK,
                N_(
                    "No column of streets was recognised: rows will be placed at their commune. If there is one, say below which."
                ),
            )
        ]
    without = sum(1 for row in table.rows if not row.get("address"))
    if without > _FEW_STREETS * table.rows_out:
        return [
            _note(
                LOOK,
                N_("Rows without a street, placed at their commune: {count} of {rows}."),
                count=without,
                rows=table.rows_out,
            )
        ]
    return []


def _row_notes(counts: Mapping[str, int]) -> list[Note]:
    sentences = (
        ("nowhere", LOOK, N_("Rows left out, with no address, town or postcode: {count}.")),
        ("total", FINE, N_("Rows of totals left out: {count}.")),
        ("repeated_header", FINE, N_("Repeated rows of column names left out: {count}.")),
        ("duplicate", LOOK, N_("Rows left out, identical to another one: {count}.")),
        ("same_ref", LOOK, N_("Rows with the reference of another one, kept: {count}.")),
        (
            "same_without_identity",
            LOOK,
            N_("Identical rows without a name or a number, kept: {count}."),
        ),
        ("extra_cells", LOOK, N_("Rows with more cells than there are columns: {count}.")),
        ("siret_luhn", LOOK, N_("SIRET whose check digit is wrong: {count}.")),
        ("mojibake", FINE, N_("Cells whose accents were badly encoded, mended: {count}.")),
        ("lost_character", LOOK, N_("Cells with lost characters (�): {count}.")),
    )
    return [
        _note(gravity, template, count=counts[code])
        for code, gravity, template in sentences
        if counts.get(code)
    ]


def _file_notes(raw: RawTable, table: ImportedTable) -> list[Note]:
    """What the reading of the whole file had to decide."""
    notes = []
    for item in table.issues:
        if item.code == "other_sheets":
            notes.append(
                _note(
                    LOOK, N_("The workbook has several sheets: “{sheet}” is read."), sheet=raw.sheet
                )
            )
        elif item.code == "guessed_column":
            notes.append(
                _note(
                    LOOK,
                    N_("“{column}” was taken for “{field}” by its contents: check it below."),
                    column=item.column,
                    field=field_label(item.other),
                )
            )
        elif item.code == "column_not_used":
            notes.append(
                _note(
                    LOOK,
                    N_("“{column}” is called “{field}”, but its contents are not: it is not used."),
                    column=item.column,
                    field=field_label(item.other),
                )
            )
        elif item.code in ("no_header", "swapped_columns", "stray_quotes"):
            problem, action = words(item)
            notes.append(_note(LOOK, "{problem}. {action}.", problem=problem, action=action))
    return notes


def _note(gravity: str, template: str, **fields: Any) -> Note:
    return Note(gravity, told(template, fields))
