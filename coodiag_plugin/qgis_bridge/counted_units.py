"""What is said of the units whose rows are not all counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from ..core.french import listing
from ..core.values import State

if TYPE_CHECKING:
    from ..analysis.indicators import IndicatorResult


def tell_uncounted(
    result: IndicatorResult, ids: Iterable[str], references: Mapping[str, str]
) -> None:
    """Note the references (key → name) of counts whose file does not cover all their communes."""
    from ..analysis.indicators import variable_names
    from ..sources.counted import counted

    for name in ids:
        if name in result.missing or name in result.failed:
            continue
        if not any(variable in counted() for variable in variable_names([name])):
            continue
        absent = [
            title
            for key, title in references.items()
            if result.references.get(key, name).state is State.ABSENT
        ]
        if absent:
            note = f"{listing(absent)} : pas de chiffre, toutes les communes ne sont pas comptées"
            result.notes[name] = " ; ".join(filter(None, (result.notes.get(name), note)))
