"""A small grid and invented respondents of a self-evaluation."""

from __future__ import annotations

from coodiag.coodiag_plugin.core.cap import AnswerSheet, Grid, Objective, Proposal
from coodiag.coodiag_plugin.core.values import ABSENT, NOT_APPLICABLE, Value

#: Two themes, three sub-themes; B1 weighs twice as much as the others.
GRID = Grid(
    (
        Objective("Un", "A", "A1", "Le premier objectif est tenu.", "des traces"),
        Objective("Un", "A", "A2", "Le deuxième objectif est tenu."),
        Objective("Un", "B", "B1", "Le troisième objectif est tenu.", "des preuves", 2.0),
        Objective("Deux", "C", "C1", "Le quatrième objectif est tenu."),
        Objective("Deux", "C", "C2", "Le cinquième objectif est tenu."),
    )
)
_WORDS = {"?": ABSENT, "/": NOT_APPLICABLE}


def sheet(
    notes: str, role: str = "Salarié", structure: str = "Structure fictive", date: str = "2026",
    **proposals: Proposal,
) -> AnswerSheet:  # fmt: skip
    """``notes``: a sign per objective: a figure, ``?`` (NSP), ``/`` (sans objet), ``.`` (blank)."""
    read = {
        item.code: _WORDS[sign] if sign in _WORDS else Value(float(sign))
        for item, sign in zip(GRID.objectives, notes)
        if sign != "."
    }
    return AnswerSheet(structure, role, date, read, proposals)
