"""Figures of zones as columns of a layer: number, state, and share of the zone that is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ..core.figures import STATE_SUFFIX
from ..core.values import Value
from .layers import REAL, TEXT

#: Suffix of the column that tells which share of the zone a figure is known for (%).
PART_SUFFIX = "_part"


@dataclass
class Figures:
    """Values by zone of each figure, with the share of the zone that is known (NaN for none)."""

    values: dict[str, list[Value]] = field(default_factory=dict)
    known: dict[str, Sequence[float]] = field(default_factory=dict)


def write(found: Figures, columns: dict[str, Any], records_of: Sequence[dict[str, Any]]) -> None:
    """Add the columns of the figures, and their cells to the record of each zone."""
    for name, values in found.values.items():
        columns.update({name: REAL, name + STATE_SUFFIX: TEXT, name + PART_SUFFIX: REAL})
        for record, value, share in zip(records_of, values, found.known[name]):
            record[name] = value.number
            record[name + STATE_SUFFIX] = value.state.value
            record[name + PART_SUFFIX] = share
