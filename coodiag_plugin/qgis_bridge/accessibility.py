"""Access of places to a supply: what each place has, and what each supply serves."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qgis.core import QgsFeatureSource, QgsGeometry, QgsVectorLayer

from ..core import french
from ..core.errors import InputError
from ..core.figures import STATE_SUFFIX
from ..core.progress import Progress
from ..core.values import State
from .amounts import Amounts, PlacedRows, check_counts, checked, read_amounts
from .isochrones import SNAP_DISTANCE
from .layers import INTEGER, REAL, TEXT, layer_keeping
from .shapes import metric_crs
from .travel import Travel
from .zone_words import NBSP, decimal

if TYPE_CHECKING:
    from ..zones.accessibility import Access, Bands
    from ..zones.graph import RoadGraph
    from ..zones.pairs import Pairs

ACCESS, RATIOS = "accessibilite", "offre_par_personne"
PLACE_FIELDS = {
    "accessibility": REAL, "accessibility" + STATE_SUFFIX: TEXT, "supplies": INTEGER,
    "left_out": INTEGER, "nearest": REAL, "unit": TEXT, "method": TEXT, "note": TEXT,
}  # fmt: skip
SUPPLY_FIELDS = {
    "ratio": REAL, "ratio" + STATE_SUFFIX: TEXT, "served": REAL, "missing": INTEGER,
    "unit": TEXT, "method": TEXT, "note": TEXT,
}  # fmt: skip


@dataclass(frozen=True)
class AccessLayers:
    """The two layers, the figures behind them, and the unit of the costs (``min`` or ``km``)."""

    places: QgsVectorLayer
    supplies: QgsVectorLayer
    found: Access
    pairs: Pairs
    unit: str


@dataclass(frozen=True)
class Measure:
    """How access is measured. ``bands`` and ``weights`` empty: the catalogue's.

    ``decay`` and ``parameters`` are Hansen's; ``per``: of how many people the index speaks.
    """

    method: str = "hansen"
    reach: float = 30.0
    bands: Sequence[float] = ()
    weights: Sequence[float] = ()
    decay: str = "exponential"
    parameters: Sequence[float] = ()
    floor: float = 1.0
    per: float = 1000.0

    @property
    def scale(self) -> float:
        """Hansen's potential is no rate: it counts supplies, not supplies per person."""
        return 1.0 if self.method == "hansen" else self.per


def accessibility_layers(
    supply: QgsFeatureSource,
    demand: QgsFeatureSource,
    *,
    capacity: str,
    population: str,
    measure: Measure,
    graph: RoadGraph | None = None,
    mode: str = "time",
    progress: Progress,
) -> AccessLayers:
    """Access of the rows of ``demand`` to those of ``supply``, in the legal projection.

    Minutes or kilometres of road towards the supply when there is a graph, else kilometres as the
    crow flies. Both layers keep their fields; no row is lost: one that reaches nothing has NULL
    and a note. Unknown capacities and populations are left out and told.
    """
    from ..zones.accessibility import floating_catchment, hansen
    from ..zones.interaction import make_decay
    from ..zones.pairs import pairs_within

    check_measure(measure)
    check_counts([capacity] if measure.method == "hansen" else [capacity, population])
    crs = graph.crs if graph is not None else metric_crs(demand)
    offers, wants = PlacedRows(supply, crs, progress), PlacedRows(demand, crs, progress)
    capacities = read_amounts(offers.rows, capacity, supply.sourceName(), progress)
    people = read_amounts(wants.rows, population, demand.sourceName(), progress)
    travel = Travel(graph, mode, towards=True)
    bands = _bands(measure, travel.unit, progress)
    reach = measure.reach if bands is None else bands.ends[-1]
    pairs = pairs_within(
        wants.xy,
        offers.xy,
        graph,
        mode,
        limit=reach,
        max_gap=wants.gap,
        progress=progress.part(0, 0.8),
    )
    _check_links(pairs)
    if bands is None:
        decay = make_decay(measure.decay, measure.parameters)
        found = hansen(pairs, capacities.numbers, decay, measure.floor)
    else:
        found = floating_catchment(pairs, capacities.numbers, people.numbers, bands)
    story = _Story(measure, reach, travel.unit, graph is not None, capacities)
    _tell(pairs, found, people, story, progress)
    return AccessLayers(
        layer_keeping(
            ACCESS,
            wants.fields,
            PLACE_FIELDS,
            wants.geometry,
            crs,
            checked(_place_rows(wants, pairs, found, story), progress),
        ),
        layer_keeping(
            RATIOS,
            offers.fields,
            SUPPLY_FIELDS,
            offers.geometry,
            crs,
            checked(_supply_rows(offers, pairs, found, story), progress),
        ),
        found,
        pairs,
        travel.unit,
    )


def weights_of(text: str) -> list[float]:
    """Weights of ``1, 2/3, 1/3``; none of an empty text."""
    from ..zones.accessibility import fractions

    return fractions(text)


def check_measure(measure: Measure) -> None:
    """Refuse a reach, bands or a decay that cannot work."""
    from ..zones.accessibility import make_bands
    from ..zones.interaction import make_decay

    if not measure.reach > 0:
        raise InputError("The reach must be above zero, for example 20 (minutes or kilometres).")
    if measure.method == "hansen":
        make_decay(measure.decay, measure.parameters)
    else:
        make_bands(measure.method, measure.reach, measure.bands, measure.weights)


def _bands(measure: Measure, unit: str, progress: Progress) -> Bands | None:
    """Bands of a floating catchment, None for Hansen; told when minutes are read as kilometres."""
    from ..zones.accessibility import make_bands

    if measure.method == "hansen":
        return None
    if unit == "km" and measure.method in ("e2sfca", "apl") and not measure.bands:
        progress.warn(
            "The bands of {method} are minutes; here they are read as kilometres. Give roads and the mode time for minutes, or bands of your own.",
            method=measure.method,
        )
    bands = make_bands(measure.method, measure.reach, measure.bands, measure.weights)
    if measure.bands and measure.bands[-1] > measure.reach:
        progress.warn(
            "The bands are cut at the reach, {reach} {unit}. Raise the reach to use them whole.",
            reach=f"{measure.reach:g}",
            unit=unit,
        )
    return bands


def _check_links(pairs: Pairs) -> None:
    if not pairs.site_linked.any():
        raise InputError(
            "No supply can be reached: none has a point, or none lies within {distance} m of a road. Check the layer of supplies and the roads.",
            distance=round(SNAP_DISTANCE),
        )
    if not pairs.place_linked.any():
        raise InputError(
            "No place of the demand can be reached: none has a geometry, or all lie far from any road. Check the layer of the demand and the roads."
        )


def _tell(pairs: Pairs, found: Access, people: Amounts, story: _Story, progress: Progress) -> None:
    """What was counted, what was not, and what is shared out (Σ A·P against Σ S)."""
    import numpy as np

    measure, capacities = story.measure, story.capacities
    known = np.isfinite(found.index)
    progress.say(
        "Access ({method}): {known} of {places} places reach a supply; {none} reach none and have no figure, {unlinked} have no place near a road; {sites} of {supplies} supplies can be reached.",
        method=measure.method,
        known=int(known.sum()),
        places=len(known),
        none=int((~known & pairs.place_linked).sum()),
        unlinked=int((~pairs.place_linked).sum()),
        sites=int(pairs.site_linked.sum()),
        supplies=pairs.sites,
    )
    if not known.any():
        progress.warn(
            "No place reaches a supply within {reach} {unit}: raise the reach, or check the units.",
            reach=f"{story.reach:g}",
            unit=story.unit,
        )
    if found.ratio is None or not known.any():
        return
    counted = np.isfinite(people.numbers)
    shared = float(np.nansum(found.index[counted] * people.numbers[counted]))
    offered = float(np.nansum(capacities.numbers))
    idle = int((np.isfinite(capacities.numbers) & ~np.isfinite(found.ratio)).sum())
    inside = known & counted & (people.numbers > 0)
    progress.say(
        "{shared} of {offered} units of capacity are shared out; {idle} supplies have nobody within reach. On average {mean} per {per} people who reach a supply.",
        shared=f"{shared:.6g}",
        offered=f"{offered:.6g}",
        idle=idle,
        mean=f"{measure.scale * shared / people.numbers[inside].sum():.4g}"
        if inside.any()
        else "-",
        per=f"{measure.per:g}",
    )


@dataclass(frozen=True)
class _Story:
    """What the notes of the rows tell, in French."""

    measure: Measure
    reach: float
    unit: str
    by_road: bool
    capacities: Amounts

    @property
    def at_most(self) -> str:
        return f"{decimal(self.reach)}{NBSP}{self.unit} au plus"

    @property
    def away(self) -> str:
        return "loin de toute route" if self.by_road else "sans géométrie"

    def place(self, linked: bool, reached: int, unusable: int) -> tuple[State, str]:
        """State and note of the index of a place."""
        left = french.plural(unusable, "offre laissée", "offres laissées")
        if not linked:
            return State.ABSENT, self.away
        if reached:
            return State.KNOWN, f"{left} de côté, faute de chiffre" if unusable else ""
        if unusable:
            return (
                State.ABSENT,
                f"seules des offres sans chiffre à portée ({french.number(unusable)})",
            )
        return State.NOT_APPLICABLE, f"aucune offre à portée ({self.at_most})"

    def supply(self, row: int, linked: bool, ratio: float | None) -> tuple[State, str]:
        """State and note of the ratio of a supply; ``ratio`` None: Hansen, which has none."""
        state = self.capacities.states[row]
        if not linked:
            return State.ABSENT, self.away
        if state is not State.KNOWN:
            return state, "capacité inconnue"
        if ratio is None:
            return State.NOT_APPLICABLE, ""
        if math.isnan(ratio):
            return State.NOT_APPLICABLE, f"personne à portée ({self.at_most})"
        return State.KNOWN, ""


_Row = tuple["list[Any]", "dict[str, Any]", QgsGeometry]


def _place_rows(wants: PlacedRows, pairs: Pairs, found: Access, story: _Story) -> Iterator[_Row]:
    scale = story.measure.scale
    for row in range(len(wants)):
        state, note = story.place(
            bool(pairs.place_linked[row]), int(found.reached[row]), int(found.unusable[row])
        )
        own = {
            "accessibility": scale * found.index[row],
            "accessibility" + STATE_SUFFIX: state.value,
            "supplies": int(found.reached[row]),
            "left_out": int(found.unusable[row]),
            "nearest": found.nearest[row],
            "unit": story.unit,
            "method": story.measure.method,
            "note": note,
        }
        yield wants.values[row], own, wants.shapes[row]


def _supply_rows(offers: PlacedRows, pairs: Pairs, found: Access, story: _Story) -> Iterator[_Row]:
    for row in range(len(offers)):
        ratio = None if found.ratio is None else float(found.ratio[row])
        state, note = story.supply(row, bool(pairs.site_linked[row]), ratio)
        own = {
            "ratio": None if ratio is None else story.measure.per * ratio,
            "ratio" + STATE_SUFFIX: state.value,
            "served": None if found.population is None else found.population[row],
            "missing": None if found.missing is None else int(found.missing[row]),
            "unit": story.unit,
            "method": story.measure.method,
            "note": note,
        }
        yield offers.values[row], own, offers.shapes[row]
