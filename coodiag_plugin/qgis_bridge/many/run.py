"""Diagnoses one after the other: a refusal is told, and the next one goes on."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingMultiStepFeedback,
    QgsVectorLayer,
)

from ...core.errors import CoodiagError
from ..algorithm import sentence
from ..feedback import FeedbackProgress
from ..layers import INTEGER, TEXT, memory_layer
from ..translation import tr
from .cells import diagnosis
from .inputs import sum_of
from .plan import Planned
from .state import State

#: The line of a traceback that names an error of the system.
_OF_SYSTEM = re.compile(r"^\w*Error: \[Errno (\d{1,4})\]", re.MULTILINE)
#: What has become of a row.
DONE, KEPT, REFUSED = "fait", "deja_fait", "refuse"
#: Figures of the summary, by the outputs of a diagnosis.
FIGURES = ("PAGES", "CLIENTS_IN", "CLIENTS_LOCATED", "BENEFICIARIES_IN", "BENEFICIARIES_LOCATED")


@dataclass(frozen=True)
class Outcome:
    """A row and what has become of it. ``reason``: the sentence of a refusal, in the language of
    QGIS; ``figures``: :data:`FIGURES` of its dossier."""

    planned: Planned
    status: str
    reason: str = ""
    figures: dict[str, Any] = field(default_factory=dict)


def run_all(
    planned: Sequence[Planned],
    output: Path,
    redo: bool,
    context: QgsProcessingContext,
    progress: FeedbackProgress,
) -> list[Outcome]:
    """Make the dossier of each row inside ``output``.

    A dossier that was made there from the same inputs is left as it is, unless ``redo``. Raises
    :class:`~...core.errors.Cancelled` between two steps of any diagnosis: the dossiers made before
    stay. The official data of one row are read again for the next: each dossier stands alone.
    """
    state = State(output)
    feedback = QgsProcessingMultiStepFeedback(max(len(planned), 1), progress.feedback)
    outcomes = []
    for rank, item in enumerate(planned):
        progress.check()
        feedback.setCurrentStep(rank)
        progress.say(
            "Structure {rank} of {count}: {structure}",
            rank=rank + 1,
            count=len(planned),
            structure=item.structure or "–",
        )
        outcome = _one(item, state, redo, context, feedback, progress)
        progress.check()
        _tell(outcome, progress)
        outcomes.append(outcome)
    feedback.setCurrentStep(len(planned))
    return outcomes


def _one(
    item: Planned,
    state: State,
    redo: bool,
    context: QgsProcessingContext,
    feedback: QgsProcessingMultiStepFeedback,
    progress: FeedbackProgress,
) -> Outcome:
    if item.refusal is not None:
        return Outcome(item, REFUSED, sentence(item.refusal))
    algorithm = diagnosis()
    good, reason = algorithm.checkParameterValues(item.parameters, context)
    if not good:
        return Outcome(item, REFUSED, reason.strip())
    try:
        inputs = sum_of(algorithm, item.parameters, context, progress.check)
        before = None if redo else state.done(item.folder, inputs)
        if before is not None:
            return Outcome(item, KEPT, figures=before.figures)
        results, _ = algorithm.run(item.parameters, context, feedback, {}, False)
        progress.check()  # a diagnosis that was cancelled gives nothing
        figures = {name: results[name] for name in FIGURES if _is_of(name, item)}
        state.keep(item.folder, inputs, figures)
    except OSError as error:
        return Outcome(item, REFUSED, _refused_by_system(error.strerror or type(error).__name__))
    except CoodiagError as error:
        return Outcome(item, REFUSED, sentence(error))
    except QgsProcessingException as error:
        return Outcome(item, REFUSED, _reason(str(error).strip()))
    return Outcome(item, DONE, figures=figures)


def _reason(text: str) -> str:
    """``text``, unless it is what Python says of an error that nobody foresaw: the summary is shared,
    and that holds paths of this machine, maybe a cell of a file. The log has it. What the system
    says is told in its own words, which name nothing."""
    if not text.startswith("Traceback"):
        return text
    number = _OF_SYSTEM.search(text)
    if number:
        return _refused_by_system(os.strerror(int(number[1])))
    return tr("The run ended in a way that was not foreseen: the log tells how.")


def _refused_by_system(reason: str) -> str:
    return tr(
        "The system refuses to read or write one of the files ({reason}). Check the disk, the rights of the files and whether another programme holds one, then run again."
    ).format(reason=reason)


def _is_of(figure: str, item: Planned) -> bool:
    """Whether a figure is of this structure: rows of a file that it has not are none, not zero."""
    role, _, _ = figure.partition("_")
    return figure == "PAGES" or bool(item.parameters.get(role))


def _tell(outcome: Outcome, progress: FeedbackProgress) -> None:
    structure, folder = outcome.planned.structure or "–", outcome.planned.folder
    if outcome.status == REFUSED:
        progress.warn(
            "Line {line}, {structure}: refused. {reason}",
            line=outcome.planned.line,
            structure=structure,
            reason=outcome.reason,
        )
    elif outcome.status == KEPT:
        progress.say(
            "{structure}: the dossier {folder} was made from the same files, it is left as it is.",
            structure=structure,
            folder=folder,
        )
    else:
        progress.say(
            "{structure}: the dossier {folder} is made.", structure=structure, folder=folder
        )


def summary_layer(outcomes: Sequence[Outcome]) -> QgsVectorLayer:
    """The summary as a table: a row per structure, in the order of the table of structures."""
    columns = {
        "line": INTEGER,
        "structure": TEXT,
        "folder": TEXT,
        "status": TEXT,
        "reason": TEXT,
        **{name.lower(): INTEGER for name in FIGURES},
    }
    rows = (
        {
            "line": outcome.planned.line,
            "structure": outcome.planned.structure,
            "folder": outcome.planned.folder,
            "status": outcome.status,
            "reason": outcome.reason,
            **{name.lower(): outcome.figures.get(name) for name in FIGURES},
        }
        for outcome in outcomes
    )
    return memory_layer("structures", columns, rows=((row, None) for row in rows))
