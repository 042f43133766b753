"""Which names a map of a report bears on a screen, and around what they are written."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from ..edition.html.names import SIZE, Taken, Wanted, placed, width
from ..edition.html.scene import Ground, Name, Place, Row, Shape, Spot

#: Units that a pixel covers on a usual screen: at this scale a circle holds its name or does not.
_USUAL = 5.0
#: Pixels from the middle of a mark to its edge, and to the words beside it.
_MARK, _BESIDE = 8.0, 10.0


def scene_names(
    ground: Ground,
    ranked: Sequence[Place],
    rows: Sequence[Row],
    shapes: Sequence[Shape],
    spots: Sequence[Spot],
) -> tuple[Name, ...]:
    """Names of the communes, the most important of ``ranked`` first: inside a circle that holds
    them, else under it; away from marks and from the names of sites."""
    taken = [_named(spot) for spot in spots]
    taken += [
        Taken(shape.x, shape.y, _MARK, _MARK, _MARK) for shape in shapes if shape.kind == "mark"
    ]
    radius = {rows[shape.row].code: shape.radius for shape in shapes if shape.kind == "circle"}
    names = tuple(_wanted(place, radius.get(place.code, 0.0)) for place in ranked)
    return _placed(names, ground.height, tuple(taken))


def _named(spot: Spot) -> Taken:
    long = _BESIDE + width(spot.name) if spot.name else _MARK
    left, right = (long, _MARK) if spot.eastern else (_MARK, long)
    return Taken(spot.x, spot.y, left, right, _MARK)


def _wanted(place: Place, radius: float) -> Wanted:
    room = 2 * radius / _USUAL
    if not radius or (room > width(place.name) and room > 2 * SIZE):
        return Wanted(place.name, place.x, place.y)
    return Wanted(place.name, place.x, round(place.y + radius), below=True)


@lru_cache(maxsize=8)  # most maps of a report bear the same names around the same sites
def _placed(names: tuple[Wanted, ...], height: int, taken: tuple[Taken, ...]) -> tuple[Name, ...]:
    return placed(names, height, taken)
