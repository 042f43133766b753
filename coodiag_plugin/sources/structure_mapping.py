"""What the user says of the structure's files by hand: which sheet, which column is which field."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Union

from ..core.errors import InputError
from .columns import ROLES

#: A column or a sheet by its name, or by its place counted from 1. Places name nobody: a run file,
#: which is passed on, keeps these alone. An empty name, or 0, leaves the field without a column.
Place = Union[str, int]

_EXAMPLE = '{"clients": {"sheet": "Feuil1", "columns": {"address": "Adresse du client"}}}'
_PARTS = ("sheet", "columns")


@dataclass(frozen=True)
class FileMapping:
    """``sheet``: empty for the one that is found; ``columns``: canonical field → column."""

    sheet: Place = ""
    columns: Mapping[str, Place] = field(default_factory=dict)


def parse_mappings(text: str) -> dict[str, FileMapping]:
    """The MAPPING parameter of a diagnosis: a JSON object by role, empty for none.

    Whether the sheets and columns exist is for the reading of each file to say. Raises
    :class:`InputError`.
    """
    if not text.strip():
        return {}
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(
            "MAPPING is not valid JSON (line {line}, column {column}). Write for example {example}.",
            line=error.lineno,
            column=error.colno,
            example=_EXAMPLE,
        ) from error
    if not isinstance(value, dict):
        raise _misshapen()
    return {role: _of_file(role, said) for role, said in value.items()}


def _of_file(role: str, said: Any) -> FileMapping:
    if role not in ROLES:
        raise InputError(
            "“{role}” is not a role. Roles: {roles}.", role=role, roles=", ".join(ROLES)
        )
    if not isinstance(said, dict) or not set(said) <= set(_PARTS):
        raise _misshapen()
    sheet, columns = said.get("sheet", ""), said.get("columns", {})
    if not _is_place(sheet) or not isinstance(columns, dict):
        raise _misshapen()
    if not all(map(_is_place, columns.values())):
        raise _misshapen()
    return FileMapping(sheet, columns)


def _is_place(value: Any) -> bool:
    whole = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return whole or isinstance(value, str)


def _misshapen() -> InputError:
    return InputError(
        "MAPPING must say, for each file, its sheet and the column of each field, by name or by number. Write for example {example}.",
        example=_EXAMPLE,
    )


def written(mappings: Mapping[str, FileMapping]) -> str:
    """The text that :func:`parse_mappings` reads, empty when nothing is said."""
    found: dict[str, dict[str, Any]] = {}
    for role, said in mappings.items():
        parts: dict[str, Any] = {}
        if said.sheet:
            parts["sheet"] = said.sheet
        if said.columns:
            parts["columns"] = dict(said.columns)
        if parts:
            found[role] = parts
    return json.dumps(found, ensure_ascii=False) if found else ""
