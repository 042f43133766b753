"""The design of a map of points by kind: hues for natures, marks that hold without colours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..core import french
from ..core.design import MapDesign
from ..core.errors import InputError
from .colours import lab
from .design import MAX_HUES

SHAPES = ("circle", "square", "triangle")
#: Chroma (CIE) under which a colour is a grey, which is no hue.
_GREY = 12.0


@dataclass(frozen=True)
class PointKind:
    """A kind of points: its value in the layer, its look and its words, in the order of the legend."""

    value: str
    label: str
    colour: str
    shape: str = "circle"


def design_points(
    field: str,
    title: str,
    values: Iterable[str],
    kinds: Sequence[PointKind],
    theme: str = "",
) -> MapDesign:
    """Marks of the kinds that ``values`` (one per point) hold, each with its number in the legend.

    Raises :class:`InputError` for a value that is no kind, and for more than seven hues; greys
    stand beside them.
    """
    held = Counter(values)
    unknown = sorted(set(held) - {kind.value for kind in kinds})
    if unknown:
        raise InputError(
            "The kind “{kind}” of the field {field} is not described in the legend.",
            kind=unknown[0],
            field=field,
        )
    present = [kind for kind in kinds if held[kind.value]]
    hues = {kind.colour for kind in present if is_hue(kind.colour)}
    if len(hues) > MAX_HUES:
        raise InputError(
            "{number} kinds cannot be told apart on a map: {most} at most. Group them.",
            number=len(hues),
            most=MAX_HUES,
        )
    return MapDesign(
        "points",
        field,
        title,
        categories=tuple(
            (kind.value, kind.colour, f"{kind.label} ({french.number(held[kind.value])})")
            for kind in present
        ),
        counts=tuple(held[kind.value] for kind in present),
        shapes=tuple(kind.shape for kind in present),
        theme=theme,
    )


def is_hue(colour: str) -> bool:
    """Whether a colour is more than a grey."""
    _, a, b = lab(colour)
    return float(a * a + b * b) > _GREY * _GREY
