"""Types of way: known, and misspelt."""

from __future__ import annotations

from functools import cache, lru_cache

from .similarity import edit_distance
from .words import vocabulary

#: Types of way that may stand inside a cell, after the name of a building or of a place.
COMMON_WAYS = ("rue", "avenue", "boulevard", "place", "impasse", "chemin", "allee", "route", "square", "passage", "quai", "cours", "lotissement", "residence", "sentier", "ruelle", "esplanade", "promenade", "hameau", "faubourg")  # fmt: skip


def is_way(token: str) -> bool:
    return token in vocabulary().ways


@cache
def _full_names() -> tuple[str, ...]:
    """Types of way in full, the usual ones first."""
    others = (way for way, full in vocabulary().ways.items() if way == full and len(way) > 3)
    return tuple(dict.fromkeys((*COMMON_WAYS, *others)))


@lru_cache(maxsize=5_000)
def misspelt_ways(token: str) -> tuple[str, ...]:
    """Types of way that ``token`` may be a misspelling of, the nearest alone (three at most)."""
    known = vocabulary()
    if len(token) < 2 or token in known.first_names or token in known.titles:
        return ()
    found = []
    for at, way in enumerate(_full_names()):
        limit = 1 if len(way) < 5 or len(token) < 4 else 2
        distance = edit_distance(token, way, limit)
        if distance <= limit:
            found.append((distance, at, way))
    return tuple(way for distance, _, way in sorted(found) if distance == min(found)[0])[:3]
