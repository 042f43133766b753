"""Statistical secrecy: one set of rules, used by every output.

- :mod:`.rules`: thresholds, dominance, primary and secondary suppression of one table;
- :mod:`.linked`: tables with margins, hierarchies, tables that share cells;
- :mod:`.reasons`: why a cell is hidden, and what may be published of that;
- :mod:`.register`: the list of the suppressed cells.

The proof that a hidden count cannot be bounded is ``analysis/disclosure``.
"""

from __future__ import annotations

from .linked import ALL, LinkedTable, Sum, closed, crossed
from .reasons import Family, Reason, published_reason, reason_of, secret
from .register import SuppressedCell, suppressed_cells
from .rules import (
    MAX_DOMINANCE,
    MIN_COUNT,
    MIN_HOUSEHOLDS,
    MIN_UNITS,
    is_dominated,
    is_few,
    is_solvable,
    people_reason,
    shown_counts,
    suppress,
    suppressed_keys,
    units_reason,
)

__all__ = [
    "ALL", "MAX_DOMINANCE", "MIN_COUNT", "MIN_HOUSEHOLDS", "MIN_UNITS", "Family", "LinkedTable",
    "Reason", "Sum", "SuppressedCell", "closed", "crossed", "is_dominated", "is_few",
    "is_solvable", "people_reason", "published_reason", "reason_of", "secret", "shown_counts",
    "suppress", "suppressed_cells", "suppressed_keys", "units_reason",
]  # fmt: skip
