"""The structure's files in the wizard: which is which, what they hold, what the user says of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...core.choices import TABLES as TABLES_READ
from ...core.choices import TABLES_FILTER
from ...core.errors import InputError
from ...core.places import place
from ...core.progress import Progress
from ..errand import Errand
from ..running.algorithms import run_algorithm
from ..translation import tr
from . import file_roles, folders
from .file_reading import Reading, read
from .file_roles import STRUCTURE, TABLES
from .issue_words import field_label

if TYPE_CHECKING:
    from ...sources.spreadsheet import RawTable
    from ...sources.structure_mapping import FileMapping
    from .draft import Draft

#: Fields that the window always shows, and those that it shows on demand.
MAIN = ("name", "address", "postcode", "city")
#: Opened tables kept, so that a change of column does not read the file again.
_KEPT = 3


class Files:
    """Step « structure and files ». Everything long is an :class:`Errand`."""

    roles = STRUCTURE
    formats = TABLES_READ  # endings of the files that can be read
    filter = TABLES_FILTER
    label = staticmethod(field_label)
    folder_for = staticmethod(folders.folder_for)
    folder_state = staticmethod(folders.state_of)

    def __init__(self) -> None:
        self._tables: dict[tuple[str, int, int, str], RawTable] = {}

    def role_of(self, path: str | Path) -> str:
        """The role of a table: sites, clients, beneficiaries, survey, actors, actions, words; empty
        when it is not clear."""
        return file_roles.role_of(Path(path))

    def accept(self, draft: Draft, path: str | Path, role: str) -> None:
        """Put a file into the draft. What was said by hand of another file of that role goes."""
        if role not in (*STRUCTURE, *TABLES):
            raise InputError(
                "“{role}” is not a role. Roles: {roles}.",
                role=role,
                roles=", ".join((*STRUCTURE, *TABLES)),
            )
        if draft.parameters.get(role.upper()) != str(path):
            self.forget(draft, role)
            draft.put(role.upper(), str(path))

    def forget(self, draft: Draft, role: str) -> None:
        """Take a file out of the draft, with what was said of it."""
        draft.put(role.upper(), None)
        if role in STRUCTURE:
            self._keep(draft, {**self._said(draft), role: {}})

    def fields(self, role: str) -> tuple[str, ...]:
        """Fields that a file of ``role`` may have, the usual ones first."""
        from ...sources.columns import FIELDS, PARTS, synonyms

        known = {entry.field for entry in synonyms(role)}
        rest = [name for name in (*FIELDS, *PARTS) if name in known and name not in MAIN]
        return (*MAIN, *rest)

    # --- what the user says by hand

    def said(self, draft: Draft, role: str) -> dict[str, str]:
        """Field → column that the user gave it; an empty name is « none »."""
        return dict(self._said(draft).get(role, {}).get("columns", {}))

    def say_column(self, draft: Draft, role: str, field: str, column: str | None) -> None:
        """Give a field a column, none (empty), or back what is recognised (None)."""
        columns = self.said(draft, role)
        columns.pop(field, None)
        if column is not None:
            others = {f: c for f, c in columns.items() if not column or c != column}
            columns = {**others, field: column}  # a column is of one field
        self._change(draft, role, "columns", columns)

    def say_all(self, draft: Draft, role: str, columns: dict[str, str]) -> None:
        """Replace all that was said of the columns: nothing, or what an undo brings back."""
        self._change(draft, role, "columns", dict(columns))

    def sheet(self, draft: Draft, role: str) -> str:
        """The sheet that the user chose, empty for the one that is found."""
        return str(self._said(draft).get(role, {}).get("sheet", ""))

    def say_sheet(self, draft: Draft, role: str, sheet: str) -> None:
        """Choose a sheet; what was said of the columns of another one goes."""
        if sheet != self.sheet(draft, role):
            self._keep(draft, {**self._said(draft), role: {"sheet": sheet} if sheet else {}})

    def _change(self, draft: Draft, role: str, part: str, value: Any) -> None:
        said = {**self._said(draft).get(role, {}), part: value}
        self._keep(draft, {**self._said(draft), role: {name: v for name, v in said.items() if v}})

    def _said(self, draft: Draft) -> dict[str, dict[str, Any]]:
        from ...sources.structure_mapping import parse_mappings

        text = str(draft.parameters.get("MAPPING", ""))
        parse_mappings(text)  # raises InputError on what is no mapping
        return dict(json.loads(text)) if text else {}

    def _keep(self, draft: Draft, said: dict[str, dict[str, Any]]) -> None:
        filled = {role: parts for role, parts in said.items() if parts}
        draft.put("MAPPING", json.dumps(filled, ensure_ascii=False) if filled else "")

    # --- errands

    def read(
        self,
        draft: Draft,
        role: str,
        done: Callable[[Reading], None],
        refused: Callable[[str], None],
    ) -> Errand[Reading]:
        """Read the file of ``role`` as the draft says it, in a task."""
        from ...sources.structure_mapping import FileMapping, parse_mappings

        path = place(str(draft.parameters[role.upper()]))
        mappings = parse_mappings(str(draft.parameters.get("MAPPING", "")))
        said = mappings.get(role, FileMapping())
        return Errand(
            tr("Coodiag: reading a file"),
            lambda progress: self.reading(path, role, said, progress),
            done,
            refused,
            hidden=True,
        ).start()

    def reading(self, path: Path, role: str, said: FileMapping, progress: Progress) -> Reading:
        """What :meth:`read` does, in the thread of whoever calls it."""
        progress.set(0.05)
        raw = self._opened(path, str(said.sheet))
        progress.check()
        return read(raw, path, role, said, progress.part(0.3, 1.0))

    def write_templates(
        self,
        draft: Draft,
        folder: str,
        done: Callable[[dict[str, Any]], None],
        refused: Callable[[str], None],
    ) -> Errand[dict[str, Any]]:
        """Write the tables to fill in (``coodiag:templates``) into ``folder``."""
        parameters = {"OUTPUT_FOLDER": folder}
        if profile := draft.parameters.get("PROFILE"):
            parameters["PROFILE"] = str(profile)
        return Errand(
            tr("Coodiag: tables to fill in"),
            lambda progress: run_algorithm("coodiag:templates", parameters, progress),
            done,
            refused,
        ).start()

    def _opened(self, path: Path, sheet: str) -> RawTable:
        """The table of a file, kept while neither the file nor the sheet changes."""
        from ...sources.spreadsheet import read_table

        try:
            found = path.stat()
        except OSError as error:
            raise InputError(
                "The file {file} does not exist. Check its name and folder.", file=str(path)
            ) from error
        key = (str(path), found.st_mtime_ns, found.st_size, sheet)
        if key not in self._tables:
            while len(self._tables) >= _KEPT:
                self._tables.pop(next(iter(self._tables)), None)
            self._tables[key] = read_table(path, sheet)
        return self._tables[key]
