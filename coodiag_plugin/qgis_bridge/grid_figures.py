"""Figures that Insee's grid itself gives of zones, under its rules of secrecy."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from qgis.core import QgsGeometry

from ..core.catalogue import Indicator
from ..core.privacy import MIN_HOUSEHOLDS, Reason, is_few, secret
from ..core.progress import Progress
from ..core.values import Value, ratio
from .grid import Grid, grid_indicators
from .layers import REAL
from .zone_figures import Figures, write
from .zone_overlay import shares_inside

if TYPE_CHECKING:
    from ..zones.zone_statistics import Shares


def grid_figures(
    zones: Sequence[QgsGeometry],
    squares: Grid,
    columns: dict[str, Any],
    records_of: list[dict[str, Any]],
    progress: Progress,
) -> None:
    """Figures of the grid itself, hidden under 11 households, and the imputed share."""
    import numpy as np

    from ..zones.zone_statistics import hidden_zones, known_share, mean_of, shares_matrix

    found = []
    for rank, zone in enumerate(zones):
        progress.set(rank / max(len(zones), 1))
        found.append(shares_inside(zone, squares.cells, progress))
    shares = shares_matrix(found, len(squares.cells.shapes))
    sums = _grid_sums(shares, squares)
    base = sums.get("men", sums["ind"])
    hidden = hidden_zones(shares, base, MIN_HOUSEHOLDS)
    people = np.where(squares.people.known, squares.people.numbers, 0.0)
    figures = Figures()
    for name, item in grid_indicators().items():
        values = _grid_figure(item, sums)
        if values is None:
            continue
        figures.values[name] = [
            _hidden(base[row]) if row in hidden else value for row, value in enumerate(values)
        ]
        first = squares.columns[re.findall(r"[a-z]\w*", item.numerator)[0]]
        figures.known[name] = known_share(shares, first, people).tolist()
    write(figures, columns, records_of)
    for mark, field in (("*", "imputed"), ("men_pauv", "imputed_poverty")):
        if mark in squares.imputed:
            columns[field] = REAL
            parts = mean_of(shares, squares.imputed[mark], people)
            for row, (record, share) in enumerate(zip(records_of, parts.tolist())):
                record[field] = None if row in hidden else share
    for record, row in zip(records_of, range(shares.shape[0])):
        record["squares"] = int(shares.indptr[row + 1] - shares.indptr[row])


def _hidden(households: Value) -> Value:
    few = is_few(households.number or 0.0, MIN_HOUSEHOLDS)
    return secret(Reason.FEW_HOUSEHOLDS if few else Reason.SECONDARY_HOUSEHOLDS)


def _grid_sums(shares: Shares, squares: Grid) -> dict[str, list[Value]]:
    """Sum of each column. A zone without a square holds nobody: grids leave empty squares out."""
    from ..zones.zone_statistics import totals

    empty = shares.indptr[1:] == shares.indptr[:-1]
    return {
        name: [
            Value(0.0) if nobody else value
            for nobody, value in zip(empty.tolist(), totals(shares, column))
        ]
        for name, column in squares.columns.items()
    }


def _grid_figure(item: Indicator, sums: Mapping[str, list[Value]]) -> list[Value] | None:
    from ..analysis.formula import parse

    numerator, denominator = parse(item.numerator), parse(item.denominator)
    assert numerator is not None
    names = {*numerator.names, *(denominator.names if denominator else ())}
    if "ind_inc" in names and "ind_inc" not in sums:
        return None
    if not names <= set(sums):
        return None
    result = []
    for row in range(len(sums["ind"])):
        cells = [{name: sums[name][row] for name in names}]
        value = numerator.evaluate(cells)
        if denominator is not None:
            value = ratio(value, denominator.evaluate(cells), item.multiplier)
        result.append(value)
    return result
