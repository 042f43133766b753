"""Invented tables of the analyst, written as files."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from coodiag.coodiag_plugin.core.qualitative import Answers, Question


def written(path: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path


def column(text: str) -> list[str]:
    """Answers from « Oui*12 Non*3 -*2 » (``-``: no answer; ``_``: a blank)."""
    cells: list[str] = []
    for part in text.split():
        answer, _, count = part.partition("*")
        cells += [("" if answer == "-" else answer).replace("_", " ")] * int(count or 1)
    return cells


def survey(path: Path, columns: dict[str, Sequence[str]], encoding: str = "utf-8") -> Path:
    """A wide csv, a column per question."""
    rows = zip(*columns.values())
    return written(path, ";".join(columns), *(";".join(row) for row in rows), encoding=encoding)


def drawn(seed: int, people: int, kinds: Sequence[int], groups: int, several: bool) -> Answers:
    """A random survey: a question of ``kinds[i]`` answers each; some answer nothing."""
    rng = random.Random(seed)
    questions, rows = [], [{} for _ in range(people)]
    for rank, answers in enumerate(kinds):
        labels = tuple(f"Réponse {n}" for n in range(answers))
        code, kind = f"Q{rank}", "multiple" if several else "choice"
        questions.append(Question(code, f"Question {rank} ?", kind, labels, "", True))
        weights = [rng.random() ** 2 + 0.02 for _ in labels]
        silent = rng.choice((0.0, 0.05, 0.3))
        for row in rows:
            if rng.random() < silent:
                continue
            if several:
                chosen = tuple(label for label, w in zip(labels, weights) if rng.random() < w)
            else:
                chosen = tuple(rng.choices(labels, weights))
            if chosen:
                row[code] = chosen
    names = [f"Groupe {n}" for n in range(groups)]
    places = tuple(rng.choice(names) for _ in range(people)) if groups else ()
    return Answers(tuple(questions), tuple(rows), places, "Commune" if groups else "")
