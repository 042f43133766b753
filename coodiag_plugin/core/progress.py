"""How a long calculation reports and stops, without knowing QGIS."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, Protocol, TypeVar, cast

from .errors import Cancelled

T = TypeVar("T")
P = TypeVar("P", bound="Progress")


class Progress(Protocol):
    """What rooms without QGIS may ask of whoever runs them."""

    def set(self, fraction: float) -> None:
        """Tell how far the step is, 0 to 1."""

    def say(self, template: str, **fields: Any) -> None:
        """Log a sentence; ``template`` is an English source string with ``{name}`` fields."""

    def warn(self, template: str, **fields: Any) -> None:
        """Log a warning, same form as :meth:`say`."""

    def check(self) -> None:
        """Raise :class:`Cancelled` when the user asked to stop. Call it in every loop."""

    def part(self, start: float, end: float) -> Progress:
        """A view of this progress whose 0–1 covers ``start``–``end`` of the whole."""


def each(items: Collection[T], progress: Progress) -> Iterator[tuple[T, Progress]]:
    """The items, each with an equal part of the progress; a cancel is seen between two."""
    for rank, item in enumerate(items):
        progress.check()
        yield item, progress.part(rank / len(items), (rank + 1) / len(items))
        progress.set((rank + 1) / len(items))


def parts(progress: P, weights: Sequence[float]) -> list[P]:
    """Parts of a progress that follow one another, each as long as its weight."""
    whole, ends = sum(weights), [sum(weights[:rank]) for rank in range(len(weights) + 1)]
    made = [progress.part(at / whole, to / whole) for at, to in zip(ends, ends[1:])]
    return cast("list[P]", made)  # a part is of the make of its whole


class Silent:
    """A progress that shows nothing; ``cancelled`` may be set by a test or a caller."""

    def __init__(self) -> None:
        self.cancelled = False

    def set(self, fraction: float) -> None:
        pass

    def say(self, template: str, **fields: Any) -> None:
        pass

    def warn(self, template: str, **fields: Any) -> None:
        pass

    def check(self) -> None:
        if self.cancelled:
            raise Cancelled

    def part(self, start: float, end: float) -> Silent:
        return self


class Quiet:
    """Another progress without its sentences: a step that repeats what an earlier one said."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def set(self, fraction: float) -> None:
        self._progress.set(fraction)

    def say(self, template: str, **fields: Any) -> None:
        pass

    def warn(self, template: str, **fields: Any) -> None:
        pass

    def check(self) -> None:
        self._progress.check()

    def part(self, start: float, end: float) -> Quiet:
        return Quiet(self._progress.part(start, end))
