"""How a map looks: what the analysis decides, the styling applies and the legend prints.

It travels between rooms that may not know each other (analysis builds it, the bridge styles with
it, edition keeps it in the report context), hence its place in core.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Optional


@dataclass(frozen=True)
class LegendBox:
    """A box of the legend outside the ramp: secret (hatched), not available, none.

    ``states``: the states (:class:`core.values.State`) that it stands for; ``zero`` is a known
    count of nobody, ``n.s.`` a known figure too uncertain to be read. ``angle``: of the hatch.
    """

    colour: str
    outline: str
    hatch: bool
    label: str
    states: tuple[str, ...] = ()
    angle: float = 45.0


@dataclass(frozen=True)
class MapDesign:
    """Everything that a map and its legend show.

    ``kind``: choropleth, circles, coloured_circles, typology, bivariate, zones, points. ``field`` is the
    subject (the count of circles), ``colour_field`` the rate that fills coloured circles or the
    second subject of a bivariate map. Classes are left-closed, the last one closed:
    ``len(colours) == len(labels) == len(counts) == len(breaks) - 1``, from low to high.
    """

    kind: str
    field: str
    title: str  # title of the legend, with its unit
    colour_field: str = ""
    colour_title: str = ""  # title of the colour classes of coloured circles
    unit: str = ""
    decimals: int = 0
    breaks: tuple[float, ...] = ()
    colours: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    counts: tuple[int, ...] = ()  # units per class, drawn as bars beside the legend
    boxes: tuple[LegendBox, ...] = ()  # only the cases really present on the map
    #: value in the layer, colour, label; for bivariate maps the value is "row-column", 1 to 3
    categories: tuple[tuple[str, str, str], ...] = ()
    axes: tuple[str, ...] = ()  # names of the two subjects of a bivariate map
    circle_ratio: float = 0.0  # square map metres per unit of the count: area ∝ value
    circle_values: tuple[float, ...] = ()  # three round values for the legend
    circle_decimals: int = 0
    method: str = ""  # « Discrétisation : Fisher, 5 classes »
    centre: Optional[float] = None  # centre of a diverging palette
    histogram: tuple[int, ...] = ()  # units per bin of equal width
    histogram_edges: tuple[float, ...] = ()  # one more than ``histogram``
    circle_colour: str = ""  # fill of circles of one colour
    colour_unit: str = ""  # of ``colour_field``
    colour_decimals: int = 0
    cross_breaks: tuple[float, ...] = ()  # bivariate: breaks of ``colour_field``
    nested: bool = True  # zones: each one contains the smaller ones
    opacity: float = 1.0  # of circles and zones; ``colours`` are as they look on white paper
    theme: str = ""
    #: points: the mark of each category (circle, square, triangle), told apart without colours
    shapes: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Plain dictionaries, tuples and numbers for JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> MapDesign:
        """The design that :meth:`to_dict` wrote (the lists of JSON become tuples again)."""
        cells = {key: _tuples(value) for key, value in data.items() if key != "boxes"}
        boxes = tuple(
            LegendBox(**{key: _tuples(value) for key, value in box.items()})
            for box in data.get("boxes", ())
        )
        return cls(**cells, boxes=boxes)


def _tuples(value: Any) -> Any:
    return tuple(_tuples(item) for item in value) if isinstance(value, (list, tuple)) else value
