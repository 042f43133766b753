"""The diagnoses that a table of structures asks for, before any of them is made."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qgis.core import QgsProcessingAlgorithm

from ...core.errors import CoodiagError, InputError
from ...core.places import is_reserved
from ...core.progress import Progress
from .cells import diagnosis, value_of
from .state import NAME as STATE

#: Parameters that are of one structure: a table gives them by row, never a run for all of its rows.
OWN = (
    "STRUCTURE",
    "SITES",
    "CLIENTS",
    "BENEFICIARIES",
    "MAPPING",
    "SURVEY",
    "ACTORS",
    "ACTIONS",
    "WORDS",
    "OUTPUT_FOLDER",
)
_LONGEST_NAME = 60
#: What the name of a folder may not hold: signs of paths, controls, halves of signs.
_NO_SIGNS = re.compile(r'[\x00-\x1f\x7f-\x9f\ud800-\udfff<>:"/\\|?*]')


@dataclass(frozen=True)
class Planned:
    """A row: what its diagnosis is given (every parameter by name), or why it cannot be made."""

    line: int
    structure: str
    folder: str  # of its dossier, inside the folder of all
    parameters: dict[str, Any] = field(default_factory=dict)
    refusal: CoodiagError | None = None


def plan(table: Path, common: Mapping[str, Any], output: Path, progress: Progress) -> list[Planned]:
    """Read the table of structures: a row each, in its order.

    ``common``: parameters of every diagnosis, which a cell of the table takes the place of;
    ``output``: the folder of the dossiers. A row with a fault carries its refusal, the others go
    on. Raises :class:`InputError` when the table cannot be read.
    """
    from ...sources.structures_table import read_structures

    found = read_structures(table, progress)
    for name in found.unread:
        progress.warn(
            "The column “{column}” of {file} is no parameter of a diagnosis: it is not read.",
            column=name,
            file=found.file,
        )
    if found.left_out:
        progress.say(
            "Rows of {file} left out, as totals or as samples that begin with “Exemple”: {count}.",
            count=found.left_out,
            file=found.file,
        )
    algorithm = diagnosis()
    planned: list[Planned] = []
    taken: dict[str, int] = {}
    for row in found.rows:
        progress.check()
        item = _row(algorithm, row.line, row.cells, table.parent, common, output)
        earlier = taken.setdefault(item.folder.casefold(), item.line)
        if item.refusal is None and earlier != item.line:
            clash = InputError(
                "The row {line} has the same folder, “{folder}”: write another name in a column « dossier ».",
                line=earlier,
                folder=item.folder,
            )
            item = Planned(item.line, item.structure, item.folder, refusal=clash)
        planned.append(item)
    return planned


def _row(
    algorithm: QgsProcessingAlgorithm,
    line: int,
    cells: Mapping[str, str],
    beside: Path,
    common: Mapping[str, Any],
    output: Path,
) -> Planned:
    structure = cells.get("STRUCTURE", "")
    folder = folder_name(cells.get("OUTPUT_FOLDER", "") or structure)
    try:
        if not structure:
            raise InputError("The structure has no name: write it in the column « structure ».")
        parameters = {name: value for name, value in common.items() if name not in OWN}
        _check_server(cells.get("URL", ""), common)
        for name, text in cells.items():
            if name != "OUTPUT_FOLDER":
                definition = algorithm.parameterDefinition(name)
                parameters[name] = value_of(definition, text, beside)
    except CoodiagError as error:
        return Planned(line, structure, folder, refusal=error)
    return Planned(line, structure, folder, {**parameters, "OUTPUT_FOLDER": str(output / folder)})


def _check_server(url: str, common: Mapping[str, Any]) -> None:
    """A table may come from somebody else: the server that receives addresses is the user's word."""
    if url and url != str(common.get("URL") or "").strip():
        raise InputError(
            "The table names a server for the addresses, {url}: give the same one to the run, in URL, if addresses may be sent there.",
            url=url,
        )


def folder_name(text: str) -> str:
    """``text`` as a folder that every system accepts: « L’Atelier (Rennes) » → « L’Atelier (Rennes) »,
    « A/B: c » → « A B c »."""
    plain = unicodedata.normalize("NFC", text)
    name = _NO_SIGNS.sub(" ", plain)
    name = " ".join(name.split())[:_LONGEST_NAME].strip(" .")
    taken = not name or is_reserved(name) or name.casefold() == STATE
    return f"{name}_" if taken else name
