"""The analyst's own texts: a table « page », « texte »."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from ..core.errors import InputError
from ..core.french import NO_BREAK_SPACE
from ..core.progress import Progress, Silent
from .analyst_table import assigned, fields_of, read_analyst_table
from .issues import Issue
from .names import normalise


@dataclass
class WordsFile:
    """``texts``: id of the page or chapter → plain text, paragraphs apart by line ends.

    ``unknown``: (id as written, the nearest one, row). No markup is read: the text is printed as is.
    """

    texts: dict[str, str]
    unknown: tuple[tuple[str, str, int], ...] = ()
    issues: list[Issue] = field(default_factory=list)
    rows_in: int = 0

    def sentences(self) -> list[str]:
        """French sentences about the ids that nothing bears, for the journal."""
        return [
            f"Ligne {line}{NO_BREAK_SPACE}: aucun chapitre ni aucune page sans carte ne porte l’identifiant "
            f"«{NO_BREAK_SPACE}{name}{NO_BREAK_SPACE}»"
            + (
                f"{NO_BREAK_SPACE}; le plus proche est «{NO_BREAK_SPACE}{near}{NO_BREAK_SPACE}»."
                if near
                else "."
            )
            for name, near, line in self.unknown
        ]


def read_words(path: Path, known: Mapping[str, str], progress: Progress | None = None) -> WordsFile:
    """Read the texts of a table. ``known``: id of each page and chapter → its title.

    A page is named by its id, or by its title. Two texts for one page follow each other. Raises
    :class:`InputError` when a column is missing.
    """
    progress = progress or Silent()
    table = read_analyst_table(path, fields_of("words"), progress)
    columns = assigned(table.columns, fields_of("words"))
    if not {"page", "text"} <= set(columns):
        raise InputError(
            "{file} must have two columns, « page » and « texte ». Columns seen: {columns}.",
            file=table.file,
            columns=", ".join(table.columns),
        )
    names = {normalise(title): page for page, title in reversed(list(known.items()))}
    names.update({normalise(page): page for page in known})
    texts: dict[str, str] = {}
    unknown = []
    for row, line in zip(table.rows, table.lines):
        progress.check()
        name, text = row[columns["page"]].strip(), row[columns["text"]].strip()
        if not text:  # not written yet: its place stays empty
            continue
        if not name:
            table.note(line, -1, "words_empty")
            continue
        page = names.get(normalise(name))
        if page is None:
            near = nearest(name, known)
            table.note(line, -1, "words_unknown", name, near or "–")
            unknown.append((name, near, line))
        elif page in texts:
            texts[page] += f"\n{text}"
            table.note(line, -1, "words_again")
        else:
            texts[page] = text
    return WordsFile(texts, tuple(unknown), table.issues, len(table.rows))


def nearest(name: str, known: Mapping[str, str]) -> str:
    """The id that looks most like ``name``, by itself or by its title; "" when none does."""
    keys = {normalise(title): page for page, title in reversed(list(known.items()))}
    keys.update({normalise(page): page for page in known})
    found = get_close_matches(normalise(name), keys, 1, 0.5)
    return keys[found[0]] if found else ""
