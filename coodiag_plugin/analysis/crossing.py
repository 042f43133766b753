"""Two rates crossed: the squares of a bivariate map, and the one that each unit falls into.

One answer for the map and for its words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from ..core.design import MapDesign
from ..core.errors import InputError
from ..core.values import Value
from . import colours
from .classification import Classes, classify, count, rounded
from .design import Subject
from .legend import class_labels, legend_boxes, pair_state


def design_bivariate(
    what: Subject,
    values: Mapping[str, Value],
    cross: Subject,
    cross_values: Mapping[str, Value],
    *,
    breaks: Sequence[float] = (),
    cross_breaks: Sequence[float] = (),
) -> MapDesign:
    """Two rates crossed, three classes each (terciles unless two inner breaks are given).

    A category is ``row-column``: class of ``what`` (1 low – 3 high), then of ``cross``.
    """
    both = {
        unit: (value, cross_values[unit]) for unit, value in values.items() if unit in cross_values
    }
    known = [
        (a.number, b.number)
        for a, b in both.values()
        if a.number is not None and b.number is not None and a.significant and b.significant
    ]
    boxes = legend_boxes(pair_state(a, b) for a, b in both.values())
    base = MapDesign(
        "bivariate",
        what.field,
        what.title,
        colour_field=cross.field,
        colour_title=cross.title,
        unit=what.unit,
        decimals=what.decimals,
        colour_unit=cross.unit,
        colour_decimals=cross.decimals,
        axes=(what.label, cross.label),
        boxes=boxes,
        theme=what.theme,
    )
    if not known:
        return base
    firsts, seconds = (np.array(column, dtype=float) for column in zip(*known))
    row_cut, column_cut = _thirds(what, firsts, breaks), _thirds(cross, seconds, cross_breaks)
    scheme = colours.bivariate("reds", "blues")
    held = Counter(zip(_ranks(what, firsts, row_cut), _ranks(cross, seconds, column_cut)))
    row_labels, column_labels = (
        class_labels(cut.breaks, item.decimals, item.kind == "evolution")
        for item, cut in ((what, row_cut), (cross, column_cut))
    )
    cells = [(r, c) for r in range(len(row_labels)) for c in range(len(column_labels))]
    return replace(
        base,
        breaks=row_cut.breaks,
        cross_breaks=column_cut.breaks,
        categories=tuple(
            (
                f"{r + 1}-{c + 1}",
                scheme[r][c],
                f"{what.label} : {row_labels[r]} ; {cross.label} : {column_labels[c]}",
            )
            for r, c in cells
        ),
        counts=tuple(held[cell] for cell in cells),
        method="Chaque axe est coupé en trois classes d’effectifs voisins (terciles)."
        if not breaks and not cross_breaks
        else "Chaque axe est coupé en trois classes.",
    )


def crossed(
    design: MapDesign, values: Mapping[str, Value], cross: Mapping[str, Value]
) -> dict[str, str]:
    """Category ``row-column`` of each unit on a bivariate map: the one that the map draws."""
    cells = {}
    for unit, value in values.items():
        other = cross.get(unit)
        if other is None or value.number is None or other.number is None:
            continue
        if not (value.significant and other.significant):
            continue
        row = _place(design.breaks, design.decimals, value.number)
        cells[unit] = f"{row}-{_place(design.cross_breaks, design.colour_decimals, other.number)}"
    return cells


def _place(breaks: Sequence[float], decimals: int, number: float) -> int:
    printed = rounded(np.array([number]), decimals)
    inner = rounded(np.array(breaks[1:-1]), decimals)
    return 1 + int(np.searchsorted(inner, printed, side="right")[0])


def _thirds(what: Subject, numbers: np.ndarray, breaks: Sequence[float]) -> Classes:
    """Three classes; given breaks are kept even where a class is empty: the classes have names."""
    if not breaks:
        return classify(numbers, what.decimals, "quantile", 3)
    if len(breaks) != 2 or not breaks[0] < breaks[1]:
        raise InputError("A bivariate map has three classes on each axis: give two breaks.")
    printed, inner = rounded(numbers, what.decimals), rounded(list(breaks), what.decimals)
    low, high = min(printed.min(), inner[0]), max(printed.max(), inner[1])
    cuts = (float(inner[0]), float(inner[1]))
    return Classes("fixed", (float(low), *cuts, float(high)), count(printed, cuts))


def _ranks(what: Subject, numbers: np.ndarray, cut: Classes) -> list[int]:
    printed = rounded(numbers, what.decimals)
    return [int(rank) for rank in np.searchsorted(np.array(cut.cuts), printed, side="right")]
