"""What the journal says of the indicators: their source, and why figures are not there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ...core import french
from ...core.catalogue import indicators
from ...core.journal import Journal
from ...core.values import State

if TYPE_CHECKING:
    from ...analysis.indicators import IndicatorResult

_WORDS = {
    State.SECRET: "secret",  # pragma: allowlist secret
    State.ABSENT: "absent",
    State.NOT_APPLICABLE: "sans objet",
    State.FAILED: "échec",
}


def tell_indicators(
    journal: Journal, result: IndicatorResult, ids: Iterable[str], communes: Iterable[str]
) -> None:
    """A sentence for each indicator; the communes without a figure are counted by reason."""
    journal.section("Indicateurs")
    codes = list(communes)
    failures = []
    for name in ids:
        label = indicators()[name].label
        if name in result.failed:
            failures.append(f"{label} : échec. {result.failed[name]}")
        elif name in result.missing:
            failures.append(f"{label} : aucune donnée.")
        else:
            journal.write(f"{label} : {result.sources[name]}{_without(result, name, codes)}.")
    for sentence in failures:
        journal.write(sentence)


def _without(result: IndicatorResult, name: str, codes: list[str]) -> str:
    held = Counter(value.state for value in result.figures.column(name, codes).values())
    parts = [
        f"{words} : {french.plural(held[state], 'commune')}"
        for state, words in _WORDS.items()
        if held[state]
    ]
    return f" ({' ; '.join(parts)})" if parts else ""
