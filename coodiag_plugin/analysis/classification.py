"""Classes of a choropleth: where a series is cut, and what a cut must satisfy.

A method proposes cuts; :func:`classify` then keeps the rules of a map that a professional would
sign: classes left-closed on the *printed* value (a commune printed 9,9 belongs to the class that
says so), cuts as round as the data allows, no empty class, no class of hair width.
Methods follow Béguin & Pumain, *La représentation des données géographiques*, and mapclassify.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..core.errors import InputError

Array = NDArray[np.float64]

METHODS = ("auto", "quantile", "fisher", "q6", "msd", "headtail", "geometric", "equal", "fixed")
MIN_CLASSES, MAX_CLASSES = 2, 7
#: Skewness (Fisher–Pearson g1) under which a series is symmetric, over which it is skewed.
SYMMETRIC, SKEWED = 0.3, 1.0
#: Units under which 3 or 4 classes are enough, and under which the 6 classes of Q6 are too many
#: (Huntsberger: 1 + 3.3·log10 n ≥ 6).
FEW_UNITS, Q6_UNITS = 20, 33
#: A class narrower than this share of the span between the 5th and 95th percentile is a hair.
HAIR = 0.01
#: Largest share of a series over its mean for which its head is cut again (Jiang 2013).
HEAD = 0.4
_Q6 = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True)
class Classes:
    """Cuts of a series: ``breaks`` (k + 1, ends included), members of each class, the method."""

    method: str
    breaks: tuple[float, ...]
    counts: tuple[int, ...]
    centre: float | None = None

    @property
    def cuts(self) -> tuple[float, ...]:
        """The k − 1 inner breaks."""
        return self.breaks[1:-1]


def rounded(values: Sequence[float] | Array, decimals: int) -> Array:
    """Values as they are printed, half away from zero: what QGIS's ``round()`` computes."""
    scale = 10.0**decimals
    scaled = np.asarray(values, dtype=float) * scale
    whole = np.trunc(scaled)
    return (whole + np.sign(scaled) * (np.abs(scaled - whole) >= 0.5)) / scale


def skewness(values: Array) -> float:
    """Fisher–Pearson moment coefficient g1; 0 for a constant series."""
    deviations = values - values.mean()
    spread = math.sqrt(float((deviations**2).mean()))
    return float((deviations**3).mean()) / spread**3 if spread > 0 else 0.0


def class_number(units: int) -> int:
    """Classes for so many units: 3 or 4 under 20, then Huntsberger's 1 + 3.3·log10 n, 5 or 6."""
    if units < FEW_UNITS:
        return 3 if units < 12 else 4
    return max(4, min(6, int(1 + 3.3 * math.log10(units)) - 1))


def choose_method(values: Array, classes: int | None = None) -> str:
    """Skewed → q6, or geometric where 6 classes are not wanted; symmetric → mean and deviation.

    Else, and for few units or a skewed series that reaches zero, Fisher.
    """
    lean = abs(skewness(values))
    if len(values) < FEW_UNITS or SYMMETRIC < lean <= SKEWED:
        return "fisher"
    if lean <= SYMMETRIC:
        return "msd"
    if len(values) >= Q6_UNITS and classes in (None, len(_Q6) + 1):
        return "q6"
    return "geometric" if values.min() > 0 else "fisher"


def classify(
    values: Sequence[float] | Array,
    decimals: int = 0,
    method: str = "auto",
    classes: int | None = None,
    fixed: Sequence[float] = (),
    centre: float | None = None,
) -> Classes:
    """Cut ``values`` (known figures only; pool the series to compare before calling).

    ``fixed``: inner breaks for the method ``fixed``, kept as given (only classes that would be
    empty are merged). ``centre``: a break that both sides are cut from, kept whatever the data.
    Raises :class:`InputError` without a value or with an unknown method.
    """
    if method not in METHODS:
        raise InputError(
            "“{method}” is not a classification method. Use one of {known}.",
            method=method,
            known=", ".join(METHODS),
        )
    series = np.sort(rounded(values, decimals))
    if not len(series):
        raise InputError("There is no known figure to classify: nothing can be shaded.")
    if classes is not None and not MIN_CLASSES <= classes <= MAX_CLASSES:
        raise InputError(
            "{classes} classes cannot be told apart on a map: ask for {least} to {most}.",
            classes=classes,
            least=MIN_CLASSES,
            most=MAX_CLASSES,
        )
    wanted = classes or class_number(len(series))
    chosen = choose_method(series, classes) if method == "auto" else method
    if centre is not None and chosen != "fixed":
        cuts, chosen = _around(series, wanted, centre, chosen, decimals)
    else:
        cuts = _cuts(series, chosen, wanted, fixed, decimals)
    hair = 0.0 if chosen == "fixed" else hair_width(series, decimals)
    kept = clean(series, cuts, hair, keep=centre)
    breaks = (float(series[0]), *kept, float(series[-1]))
    return Classes(chosen, breaks, count(series, kept), centre)


def count(values: Array, cuts: Sequence[float]) -> tuple[int, ...]:
    """Members of each left-closed class."""
    index = np.searchsorted(np.asarray(cuts, dtype=float), values, side="right")
    return tuple(int(n) for n in np.bincount(index, minlength=len(cuts) + 1))


def hair_width(series: Array, decimals: int) -> float:
    """Width under which a class is not worth a colour: one printed unit, or HAIR of the span."""
    low, high = np.quantile(series, [0.05, 0.95])
    return max(10.0**-decimals, HAIR * float(high - low)) * (1 - 1e-9)


def clean(
    series: Array, cuts: Sequence[float], hair: float, keep: float | None = None
) -> tuple[float, ...]:
    """Drop the cuts that make an empty class or a hair, the least useful first.

    A class is dropped by removing the cut towards its smaller neighbour, never ``keep``.
    """
    kept = sorted({float(cut) for cut in cuts if series[0] < cut <= series[-1]})
    while kept:
        edges = [float(series[0]), *kept, float(series[-1])]
        counts = count(series, kept)
        widths = np.diff(edges)
        # The last class is closed: one value alone in it has no width, and is no hair.
        bad = [
            rank
            for rank, members in enumerate(counts)
            if members == 0 or (0 < rank < len(counts) - 1 and widths[rank] < hair)
        ]
        removable = [cut for cut in kept if cut != keep]
        if not bad or not removable:
            break
        kept.remove(_useless_cut(kept, counts, bad[0], keep))
    return tuple(kept)


def _useless_cut(kept: list[float], counts: tuple[int, ...], bad: int, keep: float | None) -> float:
    """The cut beside class ``bad`` that joins it to its smaller neighbour."""
    sides = []
    if bad > 0 and kept[bad - 1] != keep:
        sides.append((counts[bad - 1], kept[bad - 1]))
    if bad < len(kept) and kept[bad] != keep:
        sides.append((counts[bad + 1], kept[bad]))
    if not sides:  # only the centre is beside it: the farthest other cut gives way
        return next(cut for cut in kept if cut != keep)
    return min(sides)[1]


def _cuts(
    series: Array, method: str, wanted: int, fixed: Sequence[float], decimals: int
) -> list[float]:
    """Inner cuts of one method, as round as the partition allows."""
    if method == "fixed":
        if not fixed:
            raise InputError(
                "The method “fixed” needs its breaks: give them in increasing order, for example 5;7.5;10."
            )
        return sorted(float(cut) for cut in fixed)
    if len(np.unique(series)) <= wanted and method in ("fisher", "quantile"):
        starts = np.unique(series)[1:].tolist()
    elif method == "fisher":
        starts = fisher(series, wanted)
    elif method == "quantile":
        starts = quantiles(series, [rank / wanted for rank in range(1, wanted)])
    elif method == "q6":
        starts = quantiles(series, _Q6)
    elif method == "headtail":
        starts = head_tail(series, MAX_CLASSES)
    elif method == "geometric":
        starts = geometric(series, wanted)
    else:
        exact = mean_deviation(series, wanted) if method == "msd" else equal(series, wanted)
        return rounded(exact, decimals).tolist()
    return [readable(series, start, decimals) for start in starts]


def _around(
    series: Array, wanted: int, centre: float, method: str, decimals: int
) -> tuple[list[float], str]:
    """Cuts on each side of a meaningful centre, which is itself a cut.

    Classes are shared out by the members of each side, so that ``wanted`` is nearly met.
    """
    below, above = series[series < centre], series[series >= centre]
    if not len(below) or not len(above):
        one_side = method if method != "msd" else "fisher"
        return _cuts(series, one_side, wanted, (), decimals), one_side
    side_method = method if method in ("quantile", "equal", "fisher") else "fisher"
    low_classes, high_classes = (_share(len(side), len(series), wanted) for side in (below, above))
    cuts = [float(centre)]
    for side, number in ((below, low_classes), (above, high_classes)):
        if number > 1:
            cuts += _cuts(side, side_method, number, (), decimals)
    return sorted(set(cuts)), side_method


def _share(members: int, whole: int, wanted: int) -> int:
    """Classes of one side of a centre: its share, at least two from five members on, at most 4."""
    least = 2 if members >= 5 and wanted > 2 else 1
    most = 4 if wanted > 4 else wanted - 1
    return max(least, min(most, round(wanted * members / whole)))


def readable(series: Array, start: float, decimals: int) -> float:
    """The roundest number that cuts at the same place as ``start``, first value of a class.

    Any number between the last value below (excluded) and ``start`` (included) gives the same
    partition; the one with the largest step 1, 2 or 5·10^k is the easiest to read.
    """
    rank = int(np.searchsorted(series, start, side="left"))
    start = float(series[min(rank, len(series) - 1)])
    if rank == 0:
        return start
    below = float(series[rank - 1])
    unit = 10.0**-decimals
    power = math.floor(math.log10(max(abs(start), abs(below), unit))) + 1
    for exponent in range(power, -decimals - 1, -1):
        for factor in (5, 2, 1):
            step = factor * 10.0**exponent
            candidate = float(rounded([math.floor(start / step + 1e-9) * step], decimals)[0])
            if below < candidate <= start:
                return candidate
    return start


def quantiles(series: Array, shares: Sequence[float]) -> list[float]:
    """First value of each class above a quantile (numpy's linear quantile; ties go below)."""
    starts = []
    for limit in np.quantile(series, shares):
        rank = int(np.searchsorted(series, limit, side="right"))
        if rank < len(series):
            starts.append(float(series[rank]))
    return starts


def equal(series: Array, classes: int) -> list[float]:
    """Equal intervals between the extremes."""
    return np.linspace(series[0], series[-1], classes + 1)[1:-1].tolist()


def mean_deviation(series: Array, classes: int) -> list[float]:
    """Mean ± multiples of the standard deviation; the mean is a cut when ``classes`` is even."""
    steps = np.arange(classes - 1) - (classes - 2) / 2
    return (series.mean() + steps * series.std()).tolist()


def geometric(series: Array, classes: int) -> list[float]:
    """Geometric progression: widths grow by a constant factor (positive series only)."""
    if series[0] <= 0:
        raise InputError("A geometric progression needs figures above zero: choose another method.")
    limits = np.geomspace(series[0], series[-1], classes + 1)[1:-1]
    ranks = np.searchsorted(series, limits, side="left")
    return [float(series[rank]) for rank in ranks if rank < len(series)]


def head_tail(series: Array, classes: int) -> list[float]:
    """Head/tail breaks (Jiang 2013): cut at the mean, again in the head while it is a minority.

    A minority on the average of the cuts so far (at most HEAD of its series): one head that is a
    little larger does not end a series whose tail is long all the way up.
    """
    starts: list[float] = []
    shares: list[float] = []
    head = series
    while len(starts) < classes - 1 and len(head) > 1 and head[0] < head[-1]:
        above = head[head > head.mean()]
        shares.append(len(above) / len(head))
        if not len(above) or (starts and sum(shares) / len(shares) > HEAD):
            break
        starts.append(float(above[0]))
        head = above
    return starts


def fisher(series: Array, classes: int) -> list[float]:
    """Exact Fisher–Jenks optimum: least sum of squares within ``classes`` groups.

    Dynamic programming over distinct values with weights (Fisher 1958): O(k·m²), m distinct
    values; above 2 000 of them the series is first gathered on 2 000 quantile groups.
    """
    points, weights = np.unique(series, return_counts=True)
    if len(points) > 2000:
        groups = np.linspace(0, len(points) - 1, 2000).round().astype(int)
        starts = points[groups]
        weights = np.diff(np.append(np.searchsorted(series, starts), len(series)))
        points = starts
    size = len(points)
    classes = min(classes, size)
    shifted = points - points.mean()
    weight = np.concatenate([[0.0], np.cumsum(weights)])
    total = np.concatenate([[0.0], np.cumsum(weights * shifted)])
    square = np.concatenate([[0.0], np.cumsum(weights * shifted**2)])
    best = square[1:] - total[1:] ** 2 / weight[1:]
    origin = np.zeros((classes, size), dtype=int)
    for rank in range(1, classes):
        following = np.full(size, np.inf)
        for last in range(rank, size):
            first = np.arange(rank, last + 1)
            mass = weight[last + 1] - weight[first]
            within = square[last + 1] - square[first] - (total[last + 1] - total[first]) ** 2 / mass
            cost = best[first - 1] + within
            choice = int(np.argmin(cost))
            following[last], origin[rank, last] = cost[choice], first[choice]
        best = following
    starts_found, last = [], size - 1
    for rank in range(classes - 1, 0, -1):
        first_point = origin[rank, last]
        starts_found.append(float(points[first_point]))
        last = first_point - 1
    return starts_found[::-1]
