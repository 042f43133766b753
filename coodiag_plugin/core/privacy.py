"""Statistical secrecy of counts of people: primary and secondary suppression."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TypeVar

from .values import SECRET, Value

#: Fewest people that a shareable figure may show (parameter MIN_COUNT).
MIN_COUNT = 5
#: Fewest fiscal households behind a published income figure.
MIN_HOUSEHOLDS = 11
#: Fewest establishments behind a published figure of establishments, and the dominance limit.
MIN_UNITS = 3
MAX_DOMINANCE = 0.85

Key = TypeVar("Key", bound=Hashable)


def suppressed_keys(counts: Mapping[Key, int], minimum: int = MIN_COUNT) -> set[Key]:
    """Keys whose count must be hidden when the total of ``counts`` is shown.

    Primary: counts 1 to ``minimum − 1``. Secondary: as long as the hidden cells could be solved
    from the total (one cell alone, or a sum that leaves a single possible value to each), the
    smallest shown count above zero is hidden too, then a zero when nothing else is left.
    Deterministic: ties are broken by the text of the key.
    """
    hidden = {key for key, count in counts.items() if 0 < count < minimum}
    if not hidden:
        return hidden
    order = sorted(
        (key for key in counts if key not in hidden),
        key=lambda key: (counts[key] == 0, counts[key], str(key)),
    )
    for key in order:
        if not _solvable([counts[k] for k in hidden], minimum):
            break
        hidden.add(key)
    return hidden


def _solvable(counts: list[int], minimum: int) -> bool:
    """Whether an outsider who knows the rule and the sum could tell some hidden count.

    He knows that the primary cells hold 1 to ``minimum − 1``; with a secondary cell among them
    he cannot know which one it is, so two cells with a free sum are enough.
    """
    if len(counts) < 2:
        return True
    if any(count == 0 or count >= minimum for count in counts):
        return False
    hidden_sum = sum(counts)
    return hidden_sum in (len(counts), len(counts) * (minimum - 1))


def suppress(
    counts: Mapping[Key, int], minimum: int = MIN_COUNT, unit: str = ""
) -> dict[Key, Value]:
    """Counts of people as values that may be shown beside their total."""
    hidden = suppressed_keys(counts, minimum)
    return {
        key: SECRET if key in hidden else Value(float(count), unit=unit)
        for key, count in counts.items()
    }
