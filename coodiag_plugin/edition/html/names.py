"""Names on a map: the important ones at every scale, the others where they have room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..measure import breadth
from .scene import WIDTH, Name

#: Units that a pixel covers, from a map on a telephone to one that is zoomed in eight times.
LEVELS = (12.0, 8.0, 5.0, 3.5, 2.5, 1.5, 0.75)
#: Height of a name in pixels, and the pixels that a millimetre of :func:`measure.breadth` takes.
SIZE = 12.0
_PIXELS = SIZE / 7.0 / (25.4 / 72)
_AROUND = 2.0


@dataclass(frozen=True)
class Wanted:
    """A name to be written around ``x``, ``y``, or hung under it (``below``)."""

    text: str
    x: int
    y: int
    below: bool = False


@dataclass(frozen=True)
class Taken:
    """A place (units) where something else stands: pixels to its left, its right, above and below."""

    x: int
    y: int
    left: float
    right: float
    half: float


def width(text: str) -> float:
    """Pixels that a name takes at most."""
    return breadth(text) * _PIXELS


def placed(names: Iterable[Wanted], height: int, taken: Sequence[Taken] = ()) -> tuple[Name, ...]:
    """``names``: the most important first. A name that would lie over a more important one, on what
    is ``taken`` or beyond the edge of the map (``height`` units tall) waits for a larger scale; one
    that never has room is left to the tooltip."""
    waiting = list(names)
    done: list[tuple[Wanted, float]] = []
    for level in LEVELS:
        boxes = [_taken(item, level) for item in taken]
        boxes += [_box(item, level) for item, _ in done]
        left = []
        for item in waiting:
            box = _box(item, level)
            if not _inside(box, height) or any(_over(box, other) for other in boxes):
                left.append(item)
                continue
            boxes.append(box)
            done.append((item, level))
        waiting = left
    return tuple(Name(item.text, item.x, item.y, level, item.below) for item, level in done)


_Box = tuple[float, float, float, float]


def _box(item: Wanted, level: float) -> _Box:
    half = (width(item.text) / 2 + _AROUND) * level
    up, down = (0.0, SIZE + 2 * _AROUND) if item.below else (SIZE / 2 + _AROUND,) * 2
    return item.x - half, item.y - up * level, item.x + half, item.y + down * level


def _taken(item: Taken, level: float) -> _Box:
    tall = item.half * level
    return item.x - item.left * level, item.y - tall, item.x + item.right * level, item.y + tall


def _inside(box: _Box, height: int) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= WIDTH and box[3] <= height


def _over(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
