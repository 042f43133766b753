"""A self-evaluation of the fictitious structure: six respondents, and a table of the year before."""

from __future__ import annotations

import random
from pathlib import Path

from ..core.catalogue import rows
from ..core.demo_mark import FIRST_LINE, MARKER
from .writing import csv_bytes, write_xlsx

STRUCTURE = "Association Exemple (fictive)"
FOLDER = "cap"
#: Function of each respondent, and how far the function sees things from the mean.
_RESPONDENTS = (
    ("Direction", 0.4),
    ("Administrateur", 0.2),
    ("Salarié permanent 1", 0.0),
    ("Salarié permanent 2", -0.1),
    ("Salarié permanent 3", -0.3),
    ("Salarié en parcours", -0.6),
)
#: Level of each theme, this year and the year before.
_LEVELS = {
    "Identité": (3.1, 2.8),
    "Services rendus": (2.6, 2.4),
    "Supports": (2.2, 2.3),
    "Amélioration et changement": (1.5, 1.1),
}
_HEADER = ["code", "thème", "sous-thème", "objectif", "note (0 à 4)", "priorité (1 à 3)", "action envisagée", "pilote (fonction)", "échéance"]  # fmt: skip
#: Objective → action, pilot, deadline: what the director proposes.
_ACTIONS = {
    "AC-UTI-1": ("Atelier d’une demi-journée avec les partenaires pour choisir cinq critères d’utilité sociale", "Direction", "juin 2026"),
    "AC-UTI-2": ("Enquête auprès des anciens salariés, six mois après la sortie", "Accompagnateur", "octobre 2026"),
    "AC-DEM-2": ("Restitution des avis des personnes en parcours à chaque trimestre", "Responsable de l’accompagnement", "septembre 2026"),
    "SU-REG-4": ("Registre des traitements et durées de conservation", "Assistant administratif", "mai 2026"),
    "SR-PER-5": ("Appel systématique à trois et six mois", "Accompagnateur", "avril 2026"),
}  # fmt: skip


def write(folder: Path, seed: int) -> tuple[Path, Path]:
    """Write ``cap/``: this year's workbook, last year's long table. Same bytes for a seed."""
    own = folder / FOLDER
    own.mkdir(parents=True, exist_ok=True)
    (own / MARKER).write_bytes(f"{FIRST_LINE}\n".encode())
    now, before = own / "cap_2026.xlsx", own / "cap_2025.csv"
    chance = random.Random(f"cap {seed}")  # nosec B311  # the same world for the same seed
    sheets = {}
    for rank, (role, bias) in enumerate(_RESPONDENTS, 1):
        notes = _notes(chance, bias, 0)
        sheets[f"Répondant {rank}"] = [
            ["structure", STRUCTURE],
            ["répondant (fonction)", role],
            ["date", "2026-02-10"],
            _HEADER,
            *([*cells, *_proposal(chance, cells[0], rank == 1)] for cells in notes),
        ]
    write_xlsx(now, sheets)
    table = [
        [STRUCTURE, role, "2025-02-04", code, note]
        for role, bias in _RESPONDENTS
        for code, _, _, _, note in _notes(chance, bias, 1)
    ]
    header = ("structure", "répondant", "date", "code", "note")
    before.write_bytes(csv_bytes(header, table))
    return now, before


def _notes(chance: random.Random, bias: float, before: int) -> list[list[str]]:
    """Code, theme, sub-theme, objective and note: a figure, « NSP », « sans objet » or nothing."""
    result = []
    for row in rows("cap"):
        level = _LEVELS[row["theme"]][before] + bias
        note = str(min(max(round(chance.gauss(level, 0.7)), 0), 4))
        drawn = chance.random()
        if drawn < 0.03:
            note = "NSP"
        elif drawn < 0.05:
            note = ""
        if row["id"] == "SR-CLI-4":  # the structure lends nobody to clients
            note = "sans objet"
        result.append([row["id"], row["theme"], row["sub_theme"], row["objective"], note])
    return result


def _proposal(chance: random.Random, code: str, director: bool) -> list[str]:
    if not director:
        return ["", "", "", ""]
    return [str(chance.choice((1, 2, 2, 3))), *_ACTIONS.get(code, ("", "", ""))]
