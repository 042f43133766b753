"""Which square of a bivariate map a unit falls into: one answer for the map and for its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from ..core.design import MapDesign
from ..core.values import Value
from .classification import rounded


def crossed(
    design: MapDesign, values: Mapping[str, Value], cross: Mapping[str, Value]
) -> dict[str, str]:
    """Category ``row-column`` of each unit on a bivariate map: the one that the map draws."""
    cells = {}
    for unit, value in values.items():
        other = cross.get(unit)
        if other is None or value.number is None or other.number is None:
            continue
        row = _place(design.breaks, design.decimals, value.number)
        cells[unit] = f"{row}-{_place(design.cross_breaks, design.colour_decimals, other.number)}"
    return cells


def _place(breaks: Sequence[float], decimals: int, number: float) -> int:
    printed = rounded(np.array([number]), decimals)
    inner = rounded(np.array(breaks[1:-1]), decimals)
    return 1 + int(np.searchsorted(inner, printed, side="right")[0])
