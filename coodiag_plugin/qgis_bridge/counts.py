"""What may be summed up: counts, not rates or medians."""

from __future__ import annotations

from collections.abc import Iterable

from ..core.catalogue import indicators
from ..core.errors import InputError


def check_counts(names: Iterable[str]) -> None:
    """Refuse the fields that the catalogue knows as rates or medians: they cannot be summed up."""
    rates = [name for name in names if name in indicators() and not indicators()[name].is_count]
    if rates:
        raise InputError(
            "{fields} cannot be summed up: a rate or a median of a group is not the mean of those of its parts. Choose fields that count (people, households…).",
            fields=", ".join(rates),
        )
