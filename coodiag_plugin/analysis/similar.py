"""Places most like a core zone, by standardised indicators, each with its reason in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..core import french
from ..core.errors import InputError

METHODS = ("values", "profile")
#: A place is compared when at least this share of the indicators is known there.
_LEAST_KNOWN = 0.5
#: Indicators named in a reason: the nearest ones, and the farthest one beyond this many deviations.
_NAMED, _FAR = 2, 1.0


@dataclass(frozen=True)
class Similar:
    """A place compared with the core: ``row`` in the table given, 1 = the most alike.

    ``distance`` is in standard deviations (``values``), or 1 − cosine (``profile``, 0 to 2);
    ``gaps`` holds the deviation of each indicator from the core's, NaN where unknown.
    """

    row: int
    rank: int
    distance: float
    gaps: np.ndarray


@dataclass(frozen=True)
class Comparison:
    """``found`` in order; ``core``: the core's indicators; ``unused``: those that tell nothing."""

    found: tuple[Similar, ...]
    core: np.ndarray
    unused: tuple[int, ...]
    unknown: int  # places with too few known indicators


def similar(
    values: np.ndarray,
    core: np.ndarray,
    weights: np.ndarray | None = None,
    method: str = "values",
) -> Comparison:
    """Places outside ``core`` (bool by row) by how near their ``values`` (rows, indicators) come.

    Each indicator is standardised over all the places (mean 0, deviation 1); the core stands at
    the mean of its places, by ``weights`` (population…) when they are given. ``values``: root mean
    square of the deviations from the core over the known indicators. ``profile``: angle between
    the deviations from the territory's mean, which compares the shape and not the level.
    Equal places keep the order of their rows.
    """
    if method not in METHODS:
        raise ValueError(f"method {method!r} is not one of {METHODS}")
    if not core.any():
        raise InputError("The core zone holds none of the places to compare.")
    if core.all():
        raise InputError("Every place is in the core zone: there is none left to compare with it.")
    known = np.isfinite(values)
    count = known.sum(axis=0)
    filled = np.where(known, values, 0.0)
    mean = filled.sum(axis=0) / np.maximum(count, 1)
    deviation = np.sqrt(
        (np.where(known, values - mean, 0.0) ** 2).sum(axis=0) / np.maximum(count, 1)
    )
    useful = (deviation > 1e-12 * np.maximum(np.abs(mean), 1e-300)) & known[core].any(axis=0)
    if not useful.any():
        raise InputError(
            "None of the indicators differs from place to place, or is known in the core zone. Choose others."
        )
    scale = np.where(useful, deviation, 1.0)
    scores = np.where(known & useful, (values - mean) / scale, np.nan)
    middle = _middle(scores[core], None if weights is None else weights[core])
    gaps = scores - middle
    enough = np.isfinite(gaps[:, useful]).sum(axis=1) >= _LEAST_KNOWN * useful.sum()
    candidates = np.flatnonzero(~core & enough)
    if method == "values":
        far = np.sqrt(np.nanmean(gaps[candidates][:, useful] ** 2, axis=1))
    else:
        far = 1 - _cosine(scores[candidates][:, useful], middle[useful])
    order = np.argsort(far, kind="stable")
    found = tuple(
        Similar(int(candidates[at]), rank, float(far[at]), gaps[candidates[at]])
        for rank, at in enumerate(order, 1)
    )
    level = np.where(useful, middle * scale + mean, np.nan)
    return Comparison(
        found,
        level,
        tuple(np.flatnonzero(~useful).tolist()),
        int((~core & ~enough).sum()),
    )


def _middle(scores: np.ndarray, weights: np.ndarray | None) -> np.ndarray:
    """Weighted mean of each column over its known rows, NaN where none is."""
    known = np.isfinite(scores)
    usable = np.ones(len(scores)) if weights is None else np.nan_to_num(weights)
    if not usable.sum() > 0:
        usable = np.ones(len(scores))
    held = (known * usable[:, None]).sum(axis=0)
    total = (np.where(known, scores, 0.0) * usable[:, None]).sum(axis=0)
    return np.divide(total, held, out=np.full(scores.shape[1], np.nan), where=held > 0)


def _cosine(scores: np.ndarray, middle: np.ndarray) -> np.ndarray:
    """Cosine with ``middle`` over the known indicators of each row; 0 for a row at the mean."""
    known = np.isfinite(scores) & np.isfinite(middle)
    one, two = np.where(known, scores, 0.0), np.where(known, middle, 0.0)
    size = np.sqrt((one**2).sum(axis=1) * (two**2).sum(axis=1))
    return np.divide((one * two).sum(axis=1), size, out=np.zeros(len(one)), where=size > 0)


def reason(
    item: Similar,
    values: np.ndarray,
    core: np.ndarray,
    labels: Sequence[str],
    text: Mapping[int, Callable[[float], str]],
) -> str:
    """Why a place is like the core, in French: its nearest indicators, and the one that differs most.

    ``values``: the place's own indicators; ``text``: how each indicator is printed.
    """
    size = np.abs(item.gaps)
    order = [at for at in np.argsort(size, kind="stable").tolist() if np.isfinite(size[at])]

    def compared(at: int) -> str:
        own, its = text[at](float(values[at])), text[at](float(core[at]))
        return f"{labels[at]} ({own} pour {its})"

    near = [compared(at) for at in order[:_NAMED] if size[at] <= _FAR]
    words = (
        f"Semblable par {french.listing(near)}" if near else "Semblable dans l’ensemble seulement"
    )
    last = order[-1]
    if size[last] > _FAR:
        words += f"\N{NARROW NO-BREAK SPACE}; s’en écarte par {compared(last)}"
    return words + "."
