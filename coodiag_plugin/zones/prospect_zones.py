"""Prospects summed by place, and the words that say why a prospect ranks where it does."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

import numpy as np
import pandas as pd

from ..core.french import NARROW_SPACE, NO_BREAK_SPACE, number, plural
from ..core.nomenclatures import naf_label
from .prospect_model import Model, size_band

_T = TypeVar("_T")
#: Width of the hexagons between two opposite sides, metres.
HEXAGON = 1000.0
#: A factor of the portfolio this much above 1 is said to be over-represented.
MARKED_LIFT = 1.2
LITTLE_WORKED, WELL_WORKED = 0.33, 0.67


def by_commune(
    prospects: pd.DataFrame,
    establishments: pd.DataFrame,
    access: Mapping[str, float],
    reach: float,
) -> pd.DataFrame:
    """One row per commune of ``access`` (code → cost to the nearest site, inf when not reached).

    Columns: codgeo, prospects, score (sum), establishments, score_per_1000 (NaN without any
    establishment), cost (NaN when not reached), white (beyond the reach of every site).
    """
    result = pd.DataFrame({"codgeo": list(access)})
    sums = prospects.groupby("codgeo")["score"].agg(["size", "sum"])
    result["prospects"] = result["codgeo"].map(sums["size"]).fillna(0).astype(int)
    result["score"] = result["codgeo"].map(sums["sum"]).fillna(0.0).round(1)
    there = establishments["codgeo"].value_counts()
    result["establishments"] = result["codgeo"].map(there).fillna(0).astype(int)
    base = result["establishments"].where(result["establishments"] > 0)
    result["score_per_1000"] = (1000.0 * result["score"] / base).round(1)
    cost = np.array(list(access.values()), dtype=float)
    result["cost"] = np.where(np.isfinite(cost), np.round(cost, 1), np.nan)
    result["white"] = ~(cost <= reach)
    return result


def by_hexagon(
    prospects: pd.DataFrame, establishments: pd.DataFrame, width: float = HEXAGON
) -> pd.DataFrame:
    """One row per hexagon that holds a prospect, the best score first; metres ``px`` and ``py``.

    Columns: cell, x, y (centre), prospects, score, establishments, score_per_1000. The grid is
    tied to the origin of the projection, so that two runs share it.
    """
    cells = hexagons(prospects["px"].to_numpy(), prospects["py"].to_numpy(), width)
    there = hexagons(establishments["px"].to_numpy(), establishments["py"].to_numpy(), width)
    sums = prospects.assign(q=cells[:, 0], r=cells[:, 1]).groupby(["q", "r"])["score"]
    result = sums.agg(["size", "sum"]).reset_index()
    size = pd.DataFrame(there, columns=["q", "r"]).value_counts()
    count = [int(size.get((q, r), 0)) for q, r in zip(result["q"], result["r"])]
    side = width / math.sqrt(3.0)
    table = pd.DataFrame(
        {
            "cell": [f"{q}:{r}" for q, r in zip(result["q"], result["r"])],
            "x": width * (result["q"] + result["r"] / 2.0),
            "y": 1.5 * side * result["r"],
            "prospects": result["size"].astype(int),
            "score": result["sum"].round(1),
            "establishments": count,
            "score_per_1000": (1000.0 * result["sum"] / np.maximum(count, 1)).round(1),
        }
    )
    return table.sort_values(["score", "cell"], ascending=[False, True], ignore_index=True)


def hexagons(x: np.ndarray, y: np.ndarray, width: float = HEXAGON) -> np.ndarray:
    """Axial coordinates (n, 2) of the pointy-topped hexagon that holds each point (cube rounding)."""
    side = width / math.sqrt(3.0)
    r = np.asarray(y, dtype=float) / (1.5 * side)
    q = np.asarray(x, dtype=float) / width - r / 2.0
    cube = np.column_stack([q, -q - r, r])
    near = np.rint(cube)
    gap = np.abs(near - cube)
    worst = gap.argmax(axis=1)
    rows = np.arange(len(near))
    near[rows, worst] -= near.sum(axis=1)
    return near[:, [0, 2]].astype(np.int64)


def reasons(prospects: pd.DataFrame, model: Model, unit: str) -> list[str]:
    """Why each prospect ranks there, in French, its strongest point first.

    ``unit``: ``min`` or ``km``. A commune is only said to be much or little worked when its
    number of clients may be shown; an activity or a size only when it stands on its own.
    """
    names = ("naf", "size", "cost", "saturation")
    factors = prospects[[f"factor_{name}" for name in names]].to_numpy(dtype=float)
    usual = np.maximum(np.median(factors, axis=0), 1e-12) if len(factors) else np.ones(4)
    order = np.argsort(-factors / usual, axis=1, kind="stable")
    bands, labels = size_band(prospects["tranche"]), prospects["tranche_label"]
    cost = prospects["cost"] if unit == "km" else prospects["cost"].round()
    words = zip(
        _told(prospects["naf"], lambda naf: _activity(naf, model)),
        _told(zip(bands, labels), lambda size: _size(size, model)),
        _told(cost, lambda value: _distance(value, unit)),
        _told(prospects["codgeo"], lambda codgeo: _worked(codgeo, model)),
    )
    result = []
    for parts, place in zip(words, order.tolist()):
        text = f"{NARROW_SPACE}; ".join([parts[rank] for rank in place if parts[rank]])
        result.append(text[:1].upper() + text[1:])
    return result


def _told(values: Iterable[_T], words: Callable[[_T], str]) -> list[str]:
    """Words of each value, worked out once for those that come twice."""
    values = list(values)
    known = {value: words(value) for value in set(values)}
    return [known[value] for value in values]


def _activity(naf: str, model: Model) -> str:
    division = naf[:2]
    label = naf_label(division)
    label = label[:1].lower() + label[1:]
    if model.naf_lift.get(division, 0.0) >= MARKED_LIFT:
        return f"activité surreprésentée parmi les clients ({label})"
    return f"activité recherchée ({label})"


def _size(size: tuple[str, str], model: Model) -> str:
    band, label = size
    if band in ("", "0"):
        return ""
    if model.size_lift.get(band, 0.0) >= MARKED_LIFT:
        return f"taille surreprésentée parmi les clients ({label})"
    return label


def _distance(cost: float, unit: str) -> str:
    if unit == "km":
        return f"à {number(cost, 1)}{NO_BREAK_SPACE}km du site le plus proche"
    return f"à {plural(max(round(cost), 1), 'minute')} du site le plus proche"


def _worked(codgeo: str, model: Model) -> str:
    if codgeo not in model.shown_communes:
        return ""
    value = model.saturation.get(codgeo, 0.0)
    if value < LITTLE_WORKED:
        return "commune encore peu travaillée"
    return "commune déjà bien travaillée" if value >= WELL_WORKED else ""
