"""From the figures of a page to its :class:`MapDesign`: classes, colours, circles, legend.

Rules of shared CARTOGRAPHY §1–5: counts are circles whose areas sum to at most a seventh of the
study area; rates are shaded; what is absent, secret or zero has its own box outside the ramp.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..core import french
from ..core.catalogue import Indicator
from ..core.design import MapDesign
from ..core.errors import InputError
from ..core.values import State, Value
from . import colours
from .classification import Classes, classify, count, rounded
from .legend import class_labels, legend_boxes, method_sentence, round_values, state_of

#: Circles of a map cover at most this share of the study area (Insee, *Guide de sémiologie*).
CIRCLE_SHARE = 1 / 7
#: Share of the study area that the circle of one thing may cover: a tenth of its breadth.
ONE_CIRCLE = 1 / 130
CIRCLE_OPACITY = 0.8
#: Opacities of zones, tried in turn.
ZONE_OPACITIES = (0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0)
MAX_HUES = 7
HISTOGRAM_BINS = 16
_CENTRES = {"index": 100.0, "evolution": 0.0}
#: A label that names its unit already: « pour 1 000 habitants ».
_RATE_IN_WORDS = re.compile(r" pour \d")


@dataclass(frozen=True)
class Subject:
    """What a map shows: a field of its layer with its words. ``kind`` as in the catalogue.

    ``zero_apart``: a rate on people, whose zero means nobody and is told apart from the classes.
    """

    field: str
    label: str
    unit: str = ""
    decimals: int = 0
    kind: str = "rate"
    theme: str = ""
    zero_apart: bool = False

    @property
    def title(self) -> str:
        """Legend title: « Taux de chômage (en %) », « Écoles pour 1 000 enfants »."""
        if not self.unit or _RATE_IN_WORDS.search(self.label):
            return self.label
        return f"{self.label} (en{french.NO_BREAK_SPACE}{self.unit})"

    @property
    def centre(self) -> float | None:
        """Meaningful centre: 100 for an index, 0 for a change."""
        return _CENTRES.get(self.kind)

    @property
    def is_count(self) -> bool:
        return self.kind == "stock"


def subject(indicator: Indicator, theme: str = "") -> Subject:
    """The subject of a catalogue indicator; ``theme`` of the chapter when it differs."""
    return Subject(
        indicator.id,
        indicator.label,
        indicator.unit,
        indicator.decimals,
        indicator.kind,
        theme or indicator.theme,
        indicator.secrecy == "people",
    )


def design_choropleth(
    what: Subject,
    values: Mapping[str, Value],
    *,
    method: str = "auto",
    classes: int | None = None,
    breaks: Sequence[float] = (),
    pooled: Iterable[float] = (),
) -> MapDesign:
    """Shades of a rate, share, index or density.

    ``pooled``: figures of the other series that share these classes (years, members), with
    which the breaks are computed. ``breaks``: inner breaks of the method ``fixed``. A figure that
    is not significant, and nobody in a rate on people, have boxes and no class. With no figure to
    shade the design has only its boxes.
    """
    if what.is_count:
        raise InputError(
            "“{label}” is a count: shading it would mislead. Use circles, or a rate.",
            label=what.label,
        )
    design = MapDesign(
        "choropleth",
        what.field,
        what.title,
        unit=what.unit,
        decimals=what.decimals,
        boxes=legend_boxes(state_of(value, what.zero_apart) for value in values.values()),
        centre=what.centre,
        theme=what.theme,
    )
    known = _shadable(values, what.zero_apart)
    if not known:
        return design
    cut = classify([*known, *pooled], what.decimals, method, classes, breaks, what.centre)
    return _shaded(design, what, cut, known)


def design_circles(
    what: Subject,
    values: Mapping[str, Value],
    study_area_m2: float,
    *,
    ratio: float | None = None,
) -> MapDesign:
    """Circles of a count: area = ratio × value. ``ratio``: of a map that this one is compared to."""
    numbers = _counts(what, values)
    return MapDesign(
        "circles",
        what.field,
        what.title,
        unit=what.unit,
        decimals=what.decimals,
        boxes=legend_boxes(state_of(value, True) for value in values.values()),
        circle_ratio=ratio or circle_ratio(numbers, study_area_m2),
        circle_values=round_values(max(numbers, default=0.0), what.decimals),
        circle_decimals=what.decimals,
        circle_colour=colours.theme_colour(what.theme),
        method=_CIRCLE_METHOD,
        opacity=CIRCLE_OPACITY,
        theme=what.theme,
    )


def design_coloured_circles(
    what: Subject,
    values: Mapping[str, Value],
    colour: Subject,
    colour_values: Mapping[str, Value],
    study_area_m2: float,
    *,
    method: str = "auto",
    classes: int | None = None,
    ratio: float | None = None,
) -> MapDesign:
    """Circles of a count coloured by a rate. A circle whose rate is not known takes its box.

    A rate that is the same wherever it is known makes one class, which tells nothing: the circles
    are then plain.
    """
    circles = design_circles(what, values, study_area_m2, ratio=ratio)
    drawn = {unit: colour_values[unit] for unit, value in values.items() if value.number}
    # Nobody has no circle: a zero rate is not to be told apart among those drawn.
    shades = design_choropleth(
        replace(colour, zero_apart=False), drawn, method=method, classes=classes
    )
    if len(shades.colours) == 1:
        return circles
    states = [state_of(value, True) for value in values.values()]
    states += [state_of(value, False) for value in drawn.values()]
    return replace(
        circles,
        kind="coloured_circles",
        colour_field=colour.field,
        colour_title=colour.title,
        colour_unit=colour.unit,
        colour_decimals=colour.decimals,
        breaks=shades.breaks,
        colours=shades.colours,
        labels=shades.labels,
        counts=shades.counts,
        centre=shades.centre,
        histogram=shades.histogram,
        histogram_edges=shades.histogram_edges,
        method=f"{_CIRCLE_METHOD} {shades.method}".strip(),
        circle_colour="",
        opacity=1.0,  # colours that mix where circles overlap would name a wrong class
        boxes=legend_boxes(states),
    )


def design_typology(
    field: str,
    title: str,
    values: Mapping[str, str | State],
    categories: Sequence[tuple[str, str]] | Sequence[tuple[str, str, str]],
    theme: str = "",
) -> MapDesign:
    """Hues for kinds. ``categories``: (value, label) or (value, colour, label), in legend order.

    ``values``: the kind of each unit, or the State of one that has none. Kinds without a unit
    are left out of the legend; a kind that is not among ``categories`` is refused by name.
    """
    held = Counter(value for value in values.values() if not isinstance(value, State))
    unknown = sorted(set(held) - {item[0] for item in categories})
    if unknown:
        raise InputError(
            "The kind “{kind}” of the field {field} is not described in the legend.",
            kind=unknown[0],
            field=field,
        )
    present = [item for item in categories if held[item[0]]]
    if len(present) > MAX_HUES:
        raise InputError(
            "{number} kinds cannot be told apart on a map: {most} at most. Group them.",
            number=len(present),
            most=MAX_HUES,
        )
    ranked = _kind_colours([item[0] for item in categories], [item[0] for item in present])
    return MapDesign(
        "typology",
        field,
        title,
        categories=tuple(
            (item[0], item[1] if len(item) == 3 else ranked[item[0]], item[-1]) for item in present
        ),
        counts=tuple(held[item[0]] for item in present),
        boxes=legend_boxes(value.value for value in values.values() if isinstance(value, State)),
        theme=theme,
    )


def _kind_colours(everything: Sequence[str], present: Sequence[str]) -> dict[str, str]:
    """A colour for each kind: the catalogue's, else the set's in the order of the whole list.

    Chosen in the whole list, so that a kind keeps its colour on every map, as far as it goes.
    """
    named = colours.kind_colours()
    free = [colour for colour in colours.palette("okabeito") if colour not in named.values()]
    others = [kind for kind in everything if kind not in named]
    if len(others) > len(free):
        free = list(colours.palette("okabeito"))
        others = [kind for kind in present if kind not in named]
    return {**named, **dict(zip(others, free))}


def design_zones(
    field: str,
    title: str,
    levels: Sequence[tuple[str | float, str]],
    theme: str = "structure",
    *,
    nested: bool = True,
) -> MapDesign:
    """Zones from the innermost (darkest) to the outermost: (value of ``field``, label)."""
    if not levels or len(levels) > MAX_HUES:
        raise InputError(
            "A map of zones shows 1 to {most} levels, not {number}.",
            most=MAX_HUES,
            number=len(levels),
        )
    # Pale enough for the ground and the names to be read through.
    ramp = colours.sequential(colours.hue(theme)[0], len(levels), 90.0, 56.0)
    opacity, looks = _see_through(ramp, nested)
    return MapDesign(
        "zones",
        field,
        title,
        categories=tuple(
            (_text(value), colour, label) for (value, label), colour in zip(levels, looks[::-1])
        ),
        nested=nested,
        opacity=opacity,
        theme=theme,
    )


def _see_through(ramp: Sequence[str], nested: bool) -> tuple[float, list[str]]:
    """The most see-through paint whose levels stay apart in grey print, and their looks.

    Dark levels beside one another need more paint than levels over one another.
    """
    for opacity in ZONE_OPACITIES:
        looks = _painted(ramp, nested, opacity)
        light = [float(colours.lab(look)[0]) for look in looks]
        if all(one - other >= colours.LIGHTNESS_STEP for one, other in zip(light, light[1:])):
            break
    return opacity, looks


def _painted(ramp: Sequence[str], nested: bool, opacity: float) -> list[str]:
    """What paints of that opacity over white can really give of a ramp, outermost first."""
    ground, looks = "#ffffff", []
    for wish in ramp:
        look = colours.over(colours.under(wish, opacity, ground), opacity, ground)
        looks.append(look)
        if nested:
            ground = look
    return looks


def circle_ratio(numbers: Sequence[float], study_area_m2: float) -> float:
    """m² per unit such that all circles together cover CIRCLE_SHARE of the study area at most.

    Where there are few things to count, one of them covers ONE_CIRCLE: two would else stand over
    all their neighbours.
    """
    if not study_area_m2 > 0:
        raise InputError("The study area has no surface: circles cannot be scaled.")
    whole = sum(numbers)
    if not whole > 0:
        return 0.0
    return study_area_m2 * min(CIRCLE_SHARE / whole, ONE_CIRCLE)


_CIRCLE_METHOD = "Surface des cercles proportionnelle à l’effectif."


def _known(values: Mapping[str, Value]) -> list[float]:
    return [value.number for value in values.values() if value.number is not None]


def _shadable(values: Mapping[str, Value], zero_apart: bool) -> list[float]:
    """Figures that fall into classes: those known, significant and not told apart as nobody."""
    return [
        value.number
        for value in values.values()
        if value.number is not None and state_of(value, zero_apart) == State.KNOWN.value
    ]


def _counts(what: Subject, values: Mapping[str, Value]) -> list[float]:
    numbers = _known(values)
    if any(number < 0 for number in numbers):
        raise InputError(
            "“{label}” has figures under zero: circles show counts only. Use a choropleth.",
            label=what.label,
        )
    return numbers


def _shaded(design: MapDesign, what: Subject, cut: Classes, known: Sequence[float]) -> MapDesign:
    """``design`` with breaks, colours, labels, counts, histogram and method sentence."""
    number = len(cut.breaks) - 1
    high, low = colours.hue(what.theme)
    if what.centre is None:
        ramp = colours.sequential(high, number)
    else:
        below = sum(1 for start in cut.breaks[:-1] if start < what.centre)
        ramp = colours.diverging(low, high, below, number - below)
    printed = rounded(known, what.decimals)
    bins, edges = np.histogram(printed, bins=HISTOGRAM_BINS)
    return replace(
        design,
        breaks=cut.breaks,
        colours=ramp,
        labels=class_labels(cut.breaks, what.decimals, what.kind == "evolution"),
        counts=count(printed, cut.cuts),
        histogram=tuple(int(n) for n in bins),
        histogram_edges=tuple(float(edge) for edge in edges),
        method=method_sentence(cut),
    )


def _text(value: str | float) -> str:
    """A category as QGIS's to_string() writes it: 15.0 → « 15 »."""
    return f"{value:g}" if isinstance(value, (int, float)) else value
