"""A structure's spreadsheet into Processing sinks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import QgsFeatureSink, QgsFields

from ..core.progress import Progress
from .feedback import FeedbackProgress
from .layers import INTEGER, REAL, TEXT, add, feature, fields

if TYPE_CHECKING:
    from ..sources.structure_file import ImportedTable
    from ..sources.structure_mapping import FileMapping

#: Canonical fields that are numbers; all else is text.
_NUMBERS = ("turnover", "hours")


def read_structure(
    path: Path, role: str, mapping: str, sheet: str, progress: Progress
) -> ImportedTable:
    """A structure's spreadsheet, its columns recognised or named by ``mapping`` (JSON, or empty)."""
    from ..sources.structure_file import import_table, parse_mapping

    return import_table(path, role, parse_mapping(mapping), sheet, progress)


def mappings_of(text: str) -> dict[str, FileMapping]:
    """The MAPPING of a diagnosis (JSON by role, or empty). Raises :class:`InputError`."""
    from ..sources.structure_mapping import parse_mappings

    return parse_mappings(text)


def table_fields(table: ImportedTable) -> QgsFields:
    """Fields of an imported table: numbers for turnover and hours, text for everything else."""
    return fields({name: REAL if name in _NUMBERS else TEXT for name in table.columns})


def issue_fields() -> QgsFields:
    """Fields of ISSUES."""
    return fields({"line": INTEGER, "column": TEXT, "value": TEXT, "problem": TEXT, "action": TEXT})


def write_rows(
    sink: QgsFeatureSink,
    layer_fields: QgsFields,
    rows: Iterable[Mapping[str, Any]],
    progress: FeedbackProgress,
) -> None:
    """Add every row to a sink without geometry."""
    for row in rows:
        progress.check()
        add(sink, feature(layer_fields, row))
