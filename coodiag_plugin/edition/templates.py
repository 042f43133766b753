"""Tables for the analyst to fill in, as workbooks: survey, actors, action plan, texts.

Their rows are the catalogue's (``templates/*.csv``); each has an explanation sheet, which the
readers of these tables leave aside, as they do rows that begin with « Exemple ».
"""

from __future__ import annotations

from collections.abc import Mapping

from ..core.catalogue import rows
from ..core.french import typography
from .xlsx import Sheet, write_xlsx

AUTHOR, DAY = "Coodiag", "2026-01-01"
HELP_SHEET = "Lisez-moi"
#: Template → title of the workbook, and its sheets: name, table of the catalogue.
_WORKBOOKS: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "enquete": (
        "Enquête ou entretiens",
        (("Réponses", "templates/enquete"), ("Questions", "templates/questions")),
    ),
    "acteurs": ("Acteurs du territoire", (("Acteurs", "templates/acteurs"),)),
    "plan_action": ("Plan d’action", (("Plan d’action", "templates/plan_action"),)),
}
_TEXTS = "textes"
_WIDE, _USUAL = 48.0, 24.0


def workbooks(pages: Mapping[str, str]) -> dict[str, bytes]:
    """``{file name: xlsx}`` of every template.

    ``pages``: id → title of the pages and chapters of a profile, the rows of the texts.
    """
    made = {
        f"{name}.xlsx": _workbook(name, title, [_sheet(label, table) for label, table in sheets])
        for name, (title, sheets) in _WORKBOOKS.items()
    }
    texts = Sheet(
        "Textes",
        tuple((page, title, "") for page, title in pages.items()),
        ("page", "titre", "texte"),
        (_USUAL, _WIDE, 2 * _WIDE),
        1,
        wrapped=True,
    )
    made[f"{_TEXTS}.xlsx"] = _workbook(_TEXTS, "Textes de l’analyste", [texts])
    return made


def _workbook(name: str, title: str, sheets: list[Sheet]) -> bytes:
    return write_xlsx([*sheets, _help(name, title)], title, AUTHOR, DAY)


def _sheet(label: str, table: str) -> Sheet:
    found = rows(table)
    header = tuple(found[0])
    widths = tuple(min(max(_USUAL / 2, len(name) + 2.0), _WIDE) for name in header)
    cells = tuple(tuple(row[name] for name in header) for row in found)
    return Sheet(label, cells, header, widths, 1, wrapped=True)


def _help(name: str, title: str) -> Sheet:
    """Paragraphs, then what each column holds."""
    told = [row for row in rows("template_help") if row["template"] == name]
    lines: list[tuple[str, ...]] = [(title,)]
    lines += [("", typography(row["text"])) for row in told if not row["column"]]
    lines += [("",), ("Colonne", "Ce qu’elle contient", "Obligatoire")]
    lines += [
        (row["column"], typography(row["text"]), row["required"]) for row in told if row["column"]
    ]
    return Sheet(HELP_SHEET, tuple(lines), widths=(_USUAL, 2 * _WIDE, 12.0), wrapped=True)
