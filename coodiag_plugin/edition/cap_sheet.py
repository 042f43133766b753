"""The answer sheet of a Cap self-evaluation: a workbook that each respondent fills in."""

from __future__ import annotations

from ..core.cap import Grid
from ..core.catalogue import rows
from ..core.french import typography
from .templates import AUTHOR, DAY, HELP_SHEET
from .xlsx import Sheet, write_xlsx

HEADER = (
    "code", "thème", "sous-thème", "objectif", "repères", "note (0 à 4)", "priorité (1 à 3)",
    "commentaire / preuve", "action envisagée", "pilote (fonction)", "échéance",
)  # fmt: skip
_WIDTHS = (11.0, 16.0, 20.0, 52.0, 42.0, 11.0, 11.0, 36.0, 36.0, 18.0, 13.0)
_NOTE, _PRIORITY = HEADER.index("note (0 à 4)"), HEADER.index("priorité (1 à 3)")
TITLE = "Cap : fiche de réponse"
#: Said wherever the grid of Coodiag is shown.
OWN_WORDING = (
    "Les objectifs sont une formulation propre à Coodiag : ce n’est pas la grille d’une fédération."
)
_HELP = (
    "Une fiche par répondant (salarié, salarié en parcours, bénévole, administrateur, direction) : ajoutez des feuilles à ce classeur, ou remplissez une copie du fichier. Une fiche remplie ensemble compte pour un répondant.",
    "En tête de la feuille, indiquez la structure, votre fonction (jamais un nom) et la date ou l’année. Une même fonction peut être indiquée par plusieurs répondants.",
    "Notez chaque objectif de 0 à 4 d’après ce qui se fait réellement ; les repères aident à juger. Laissez vide ce que vous n’avez pas examiné.",
    "La priorité dit ce qui doit passer d’abord : 1 à prévoir, 2 importante, 3 prioritaire. Vide, elle vaut 2.",
    "Le commentaire sert à l’échange entre répondants : il n’est ni lu ni imprimé. L’action envisagée, le pilote (une fonction) et l’échéance sont repris dans le plan de progrès, sans dire qui les a proposés.",
    "Ne changez pas la colonne code : elle relie la fiche à la grille, et cette année à la prochaine.",
)


def answer_workbook(grid: Grid, structure: str = "", respondents: int = 1) -> bytes:
    """The workbook: so many sheets to fill in, and one that explains. Same grid, same bytes."""
    names = [f"Répondant {rank}" for rank in range(1, respondents + 1)]
    sheets = [_sheet(grid, structure, name) for name in names]
    return write_xlsx([*sheets, _help(grid)], TITLE, AUTHOR, DAY)


def _sheet(grid: Grid, structure: str, name: str) -> Sheet:
    notes = tuple(row["note"] for row in rows("cap_scale"))
    priorities = tuple(row["priority"] for row in rows("cap_priorities"))
    return Sheet(
        name,
        tuple(
            (
                item.code,
                item.theme,
                item.sub_theme,
                typography(item.text),
                typography(item.evidence),
            )
            for item in grid.objectives
        ),
        HEADER,
        _WIDTHS,
        frozen=4,
        wrapped=True,
        above=(
            (typography(TITLE),),
            ("structure", "", structure),
            ("répondant (fonction)", "", ""),
            ("date", "", ""),
            (),
        ),
        choices=((_NOTE, notes), (_PRIORITY, priorities)),
    )


def _help(grid: Grid) -> Sheet:
    lines: list[tuple[str, ...]] = [(typography(TITLE),), ("",)]
    lines += [("", typography(text)) for text in _HELP]
    lines.append(("Grille", f"{grid.name}" if grid.name else OWN_WORDING))
    lines += [("",), ("Note", "Ce qu’elle veut dire")]
    lines += [(row["note"], typography(row["label"])) for row in rows("cap_scale")]
    lines += [("",), ("Priorité", "Ce qu’elle veut dire")]
    lines += [(row["priority"], typography(row["label"])) for row in rows("cap_priorities")]
    return Sheet(HELP_SHEET, tuple(lines), widths=(14.0, 110.0), wrapped=True)
