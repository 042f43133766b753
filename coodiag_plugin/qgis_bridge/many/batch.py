"""The batch window of QGIS: its file, made of planned diagnoses."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qgis.core import Qgis, QgsProcessingContext

from ...core.errors import InputError
from ...core.words import N_
from ..algorithm import sentence
from ..feedback import FeedbackProgress
from ..whole_file import write_whole
from .cells import diagnosis
from .plan import Planned

#: Format of the batch window since QGIS 3.40; before, a list whose values are Python literals.
FORMAT, SINCE = "batch_3.40", 34_000


def write_batch(
    path: Path,
    planned: Sequence[Planned],
    context: QgsProcessingContext,
    progress: FeedbackProgress,
    version: int = Qgis.QGIS_VERSION_INT,
) -> int:
    """Write the rows that can be planned, for the batch window of QGIS ``version``; how many were
    refused, which the log tells. Raises :class:`InputError` when none is left."""
    refused = 0
    for item in planned:
        if item.refusal is not None:
            refused += 1
            progress.warn(
                "Line {line}, {structure}: refused. {reason}",
                line=item.line,
                structure=item.structure or "–",
                reason=sentence(item.refusal),
            )
    rows = [_row(item, context, version) for item in planned if item.refusal is None]
    if not rows:
        raise InputError("No row of the table can be planned: the log says why for each of them.")
    content: Any = {"format": FORMAT, "rows": rows} if version >= SINCE else rows
    text = json.dumps(
        content, ensure_ascii=True, indent=2
    )  # QGIS reads it in the system's encoding
    write_whole(path, text.encode(), N_("The batch file {file} cannot be written: {reason}."))
    progress.say("Structures in {file}: {count}.", count=len(rows), file=path.name)
    return refused


def _row(item: Planned, context: QgsProcessingContext, version: int) -> dict[str, dict[str, Any]]:
    given: dict[str, Any] = {}
    made: dict[str, str] = {}
    algorithm = diagnosis()  # kept: its definitions go with it
    for definition in algorithm.parameterDefinitions():
        name = definition.name()
        value = item.parameters.get(name)
        if value is None:
            continue
        if definition.isDestination():
            made[name] = str(value)
        elif version >= SINCE:
            given[name] = definition.valueAsJsonObject(value, context)
        else:
            given[name] = definition.valueAsPythonString(value, context)
    return {"PARAMETERS": given, "OUTPUTS": made}
