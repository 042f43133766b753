"""A table of actions (theme, action, pilot, calendar, indicator…) as the plan that the report prints."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..core.errors import InputError
from ..core.french import date as french_date
from ..core.french import month as french_month
from ..core.french import of as elided
from ..core.progress import Progress, Silent
from ..core.qualitative import Action, ActionPlan
from .analyst_table import AnalystTable, assigned, fields_of, read_analyst_table
from .identifying import identifying, is_person, without_contacts, without_persons
from .issues import Issue
from .names import normalise
from .repairs import read_date, read_number

NO_THEME = "Autres actions"
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
#: Words of a calendar without a date: they are understood, and tell no year.
_WORDS = re.compile(
    r"\b(?:COURT|MOYEN|LONG) TERME|\bEN CONTINU|\bCONTINU|\bPERMANENT|\bEN COURS|\bIMMEDIAT|\bDES MAINTENANT|"
    r"\bCHAQUE (?:ANNEE|MOIS|TRIMESTRE|SEMESTRE|SEMAINE)|\bANNUEL|\bMENSUEL|\bTRIMESTRIEL|\bA DEFINIR|\bREALISE|"
    r"\bTOUTE L ANNEE|\b\d+ (?:MOIS|ANS?|ANNEES?|SEMAINES?)\b|\bPHASE \d|\bANNEE \d|\b[TS] ?[1-4]\b|\bAN \d"
)
_PRIORITIES = {
    "TRES HAUTE": 0,
    "URGENTE": 0,
    "URGENT": 0,
    "HAUTE": 1,
    "FORTE": 1,
    "ELEVEE": 1,
    "PRIORITAIRE": 1,
    "MOYENNE": 2,
    "NORMALE": 2,
    "FAIBLE": 3,
    "BASSE": 3,
}
_LAST = 1_000_000.0
#: A longer text is a sentence, whose commas do not separate names.
_LIST = 80


@dataclass
class ActionFile:
    """``rows_in`` = actions + ``refused``."""

    plan: ActionPlan
    issues: list[Issue] = field(default_factory=list)
    dropped: tuple[tuple[str, str], ...] = ()
    rows_in: int = 0
    refused: int = 0


def read_actions(path: Path, progress: Progress | None = None) -> ActionFile:
    """Read an action plan (csv, txt, xlsx, ods), its actions grouped by theme and sorted.

    An empty theme takes that of the row above (merged cells). Raises :class:`InputError` when no
    column holds the actions or none is left.
    """
    progress = progress or Silent()
    table = read_analyst_table(path, fields_of("actions"), progress)
    columns = assigned(table.columns, fields_of("actions"))
    if "action" not in columns:
        if len(table.columns) > 1:
            raise InputError(
                "No column of {file} holds the actions. Call one of them « Action ». Columns seen: {columns}.",
                file=table.file,
                columns=", ".join(table.columns),
            )
        columns = {"action": 0}
    others, dropped = _others(table, columns)
    result = ActionFile(ActionPlan(), table.issues, dropped, len(table.rows))
    found: list[tuple[tuple[float, float, int], Action]] = []
    above = ""
    for row, line in zip(table.rows, table.lines):
        progress.check()
        cells = {name: row[at] for name, at in columns.items()}
        theme = " ".join(cells.get("theme", "").split())
        if not theme and above and cells["action"]:
            theme = above
            table.note(line, columns["theme"], "carried_down")
        above = theme or above
        if not cells["action"]:
            table.note(line, columns["action"], "action_missing")
            result.refused += 1
            continue
        more = [(table.columns[at], row[at]) for at in others if row[at]]
        found.append((_rank(cells, line), _action(table, cells, theme, more, line)))
    if not found:
        raise InputError("No row of {file} holds an action.", file=table.file)
    result.plan = ActionPlan(_sorted(found))
    return result


def _others(
    table: AnalystTable, columns: Mapping[str, int]
) -> tuple[list[int], tuple[tuple[str, str], ...]]:
    """Columns printed under their own heading, and those that identify persons."""
    kept, dropped = [], []
    for at, name in enumerate(table.columns):
        if at in columns.values() or not any(table.column(at)):
            continue
        what = identifying(name, table.column(at))
        if what:
            table.note(table.header_line, at, "identifying_column", other=what)
            dropped.append((name, what))
        else:
            kept.append(at)
    return kept, tuple(dropped)


def _sorted(found: Sequence[tuple[tuple[float, float, int], Action]]) -> tuple[Action, ...]:
    """Themes in the order of their first action, the actions of each one together."""
    ordered = sorted(found, key=lambda pair: pair[0])
    themes: dict[str, int] = {}
    for _, action in ordered:
        themes.setdefault(action.theme, len(themes))
    if NO_THEME in themes:
        themes[NO_THEME] = len(themes)
    return tuple(sorted((action for _, action in ordered), key=lambda item: themes[item.theme]))


def _rank(cells: Mapping[str, str], line: int) -> tuple[float, float, int]:
    """Order, then priority (a number, or haute, moyenne, faible), then the row."""
    return _number(cells.get("order", "")), _priority(cells.get("priority", "")), line


def _number(text: str) -> float:
    """``3``, ``A3``, ``2.1``: the first number; rows without one come last."""
    found = re.search(r"\d+(?:[.,]\d+)?", text)
    return float(found[0].replace(",", ".")) if found else _LAST


def _priority(text: str) -> float:
    plain = normalise(text)
    named = next((rank for word, rank in _PRIORITIES.items() if word in plain), None)
    if named is not None:
        return float(named)
    value = read_number(text).value if text else None
    return value if value is not None else _LAST


def _action(
    table: AnalystTable,
    cells: Mapping[str, str],
    theme: str,
    more: Sequence[tuple[str, str]],
    line: int,
) -> Action:
    calendar, years = _calendar(table, cells, line)
    priority = cells.get("priority", "")
    rows = [(heading, _nobody(table, _bare(table, line, text), line)) for heading, text in more]
    if priority:
        rows.insert(0, ("Priorité", _bare(table, line, priority)))
    return Action(
        theme=_bare(table, line, theme) or NO_THEME,
        action=_bare(table, line, cells["action"]) or "…",
        pilot=_pilot(table, cells.get("pilot", ""), line),
        calendar=calendar,
        indicator=_bare(table, line, cells.get("indicator", "")),
        others=tuple((heading, text) for heading, text in rows if text),
        years=years,
    )


def _bare(table: AnalystTable, line: int, text: str) -> str:
    """A text without e-mails and telephones; its line ends become spaces."""
    bare = without_contacts(text)
    if bare != text:
        table.note(line, -1, "contact_in_text")
    return " ".join(bare.split())


def _nobody(table: AnalystTable, text: str, line: int) -> str:
    """A list of partners without the persons that it names; a sentence stays as it is."""
    kept = without_persons(text) if len(text) <= _LIST else text
    if kept != text:
        table.note(line, -1, "person_in_text")
    return kept


def _pilot(table: AnalystTable, text: str, line: int) -> str:
    """The function or the organisation that pilots, never a person's name."""
    bare = _bare(table, line, text)
    kept = "" if is_person(bare) else without_persons(bare)
    if kept != bare:
        table.note(line, -1, "pilot_person")
    return kept


def _calendar(
    table: AnalystTable, cells: Mapping[str, str], line: int
) -> tuple[str, tuple[int, ...]]:
    """As printed, and the years that it covers; what is not understood is kept and told."""
    texts = {name: _bare(table, line, cells.get(name, "")) for name in ("calendar", "start", "end")}
    said = {name: _when(text) for name, text in texts.items() if text}
    for name in said:
        if said[name] is None:
            table.note(line, -1, "calendar_bad", texts[name])
    shown = {name: found[0] if found else texts[name] for name, found in said.items()}
    day = {name: bool(re.match(r"\d{1,2}(?:er)?\W+[^\W\d]", text)) for name, text in shown.items()}
    parts = [shown["calendar"]] if "calendar" in shown else []
    since = {name: f"du {text}" if day[name] else elided(text) for name, text in shown.items()}
    if "start" in shown and "end" in shown:
        parts.append(f"{since['start']} {'au' if day['end'] else 'à'} {shown['end']}")
    elif "start" in shown:
        parts.append(f"à partir {since['start']}")
    elif "end" in shown:
        parts.append(f"jusqu’{'au' if day['end'] else 'à'} {shown['end']}")
    years = sorted({year for found in said.values() if found for year in found[1]})
    span = tuple(range(years[0], years[-1] + 1)) if years else ()
    return ", ".join(parts), span


def _when(text: str) -> tuple[str, tuple[int, ...]] | None:
    """A calendar as printed and its years; None when nothing of it is understood.

    A date of a spreadsheet becomes a French one; « T2 2026 », « 2026-2028 », « court terme » stay.
    """
    iso = read_date(text).value
    if iso is not None:
        year = (int(iso[:4]),)
        if len(iso) == 4:
            return iso, year
        return (french_month(iso) if len(iso) == 7 else french_date(iso)), year
    years = tuple(int(year) for year in _YEAR.findall(text))
    short = re.fullmatch(r"(20\d{2})\s*[-–/]\s*(\d{2})", text)
    if short:
        years = (int(short[1]), int(short[1][:2] + short[2]))
    digits = re.search(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}", text)
    if years and not (digits and read_date(digits[0]).value is None):
        return text, years
    return (text, ()) if _WORDS.search(normalise(text)) else None
