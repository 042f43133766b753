"""Flows between places of residence and of work: read whatever their table, summed, told.

Origins and destinations are commune codes, or other names (a site, a country). Counts may be
fractions: those of Insee's mobility files are estimates from a sample of the census.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np

from ..core.catalogue import rows
from ..core.codes import COMMUNE, commune_code
from ..core.errors import InputError
from ..core.privacy import MIN_COUNT, Reason, is_few, secret
from ..core.values import NOT_APPLICABLE, Value, ratio
from .flow_secrecy import Flow, Protected

Flows = dict[Flow, float]
#: A flow, or a sum of flows: few people, or one that would give few people away.
_SECRET = secret(Reason.SECONDARY_PEOPLE)
#: Of the codes of a column, the share that must be those of communes for it to be one of codes.
_CODES = 0.5
#: A wide table has at least so many columns named by a commune.
_WIDE = 2
#: Codes of a place of work abroad, or at sea: a country, 99999, or a letter and a number.
_ABROAD = re.compile(r"99\d{3}|[A-Z]{2}[0-9A-Z]{3}|[A-Z]{1,3}")
ABROAD = "99999"
#: Points along a bent line, and how far its middle stands aside, as a share of its length.
_BENT_POINTS, _BEND = 17, 0.16


@dataclass(frozen=True)
class Layout:
    """Where a table of flows holds what. ``count`` empty: one person a row.

    ``wide``: columns named by the code of the destination (of the origin when ``turned``), in
    place of ``destination`` and ``count``. ``vintage``: year of the census, 0 when not told.
    """

    origin: str
    destination: str = ""
    count: str = ""
    wide: tuple[str, ...] = ()
    turned: bool = False
    official: bool = False
    vintage: int = 0


@dataclass
class Read:
    """Flows of a table, and what became of its rows: all are in ``rows``."""

    flows: Flows = field(default_factory=dict)
    rows: int = 0
    unread: int = 0  # no code, or a count that is no number
    empty: int = 0  # a count of zero
    fractions: bool = False

    @property
    def total(self) -> float:
        return math.fsum(self.flows.values())


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str], bool, bool], ...]:
    return tuple(
        (
            row["role"],
            re.compile(row["pattern"], re.IGNORECASE),
            row["official"] == "yes",
            row["vintage"] == "yes",
        )
        for row in rows("flow_columns")
    )


def recognise(
    names: Sequence[str],
    sample: Sequence[Mapping[str, Any]],
    *,
    origin: str = "",
    destination: str = "",
    count: str = "",
) -> Layout:
    """Layout of a table from the names of its columns, and of ``sample``, its first rows.

    ``origin``, ``destination``, ``count``: columns named by the user, which come first. A table
    without a column of destinations is wide when columns are named by communes.
    """
    found = {"origin": origin, "destination": destination, "count": count}
    official, vintage = False, 0
    for role, pattern, of_insee, dated in _patterns():
        if found[role]:
            continue
        name = next((n for n in names if pattern.fullmatch(n) and n not in found.values()), "")
        if name and (role == "count" or _holds_codes(name, sample)):
            found[role] = name
            official = official or (of_insee and role != "origin")
            if dated:
                vintage = _year(pattern.fullmatch(name))
    if found["origin"] and found["destination"]:
        return Layout(
            found["origin"],
            found["destination"],
            found["count"],
            official=official,
            vintage=vintage,
        )
    wide = tuple(name for name in names if wide_code(name))
    side = found["origin"] or found["destination"] or _first_codes(names, wide, sample)
    if len(wide) >= _WIDE and side:
        return Layout(side, wide=wide, turned=not found["origin"] and bool(found["destination"]))
    raise InputError(
        "The table of flows has no column of places of residence and of work: its columns are {columns}. Name them with ORIGIN, DESTINATION and COUNT.",
        columns=", ".join(names),
    )


def _year(match: re.Match[str] | None) -> int:
    digits = int(match.group(1)) if match else 0
    return digits + 2000 if digits < 100 else digits


def _holds_codes(name: str, sample: Sequence[Mapping[str, Any]]) -> bool:
    cells = [row.get(name) for row in sample if row.get(name) not in (None, "")]
    return bool(cells) and sum(bool(place_code(cell)) for cell in cells) > _CODES * len(cells)


def _first_codes(
    names: Sequence[str], wide: Collection[str], sample: Sequence[Mapping[str, Any]]
) -> str:
    return next((n for n in names if n not in wide and _holds_codes(n, sample)), "")


def wide_code(name: str) -> str:
    """Commune code that names a column (``35238``, ``X35238``, ``c_35238``), "" for another name."""
    match = re.fullmatch(r"(?:[A-Za-z]?_?)(\d{5}|2[AB]\d{3})", name.strip(), re.IGNORECASE)
    return match.group(1).upper() if match and COMMUNE.fullmatch(match.group(1).upper()) else ""


def place_code(cell: Any) -> str:
    """Code of a commune, or :data:`ABROAD`; "" for anything else. ``1001`` and ``1001.0`` are 01001."""
    text = f"{cell:.0f}" if isinstance(cell, float) and cell == cell else str(cell or "").strip()
    code = commune_code(text)
    if code:
        return ABROAD if re.fullmatch(r"99\d{3}", code) else code
    return ABROAD if _ABROAD.fullmatch(text.upper()) else ""


def read(
    table: Iterable[Mapping[str, Any]],
    layout: Layout,
    keep: Collection[str] | None = None,
    codes: Any = place_code,
) -> Read:
    """Flows of a table. ``keep``: only those from or to these codes (the rest are not counted).

    ``codes`` turns a cell into a place, "" when it is none. Counts below zero are not read.
    """
    result = Read()
    for row in table:
        result.rows += 1
        pieces = _pieces(row, layout, codes)
        if not pieces:
            result.unread += 1
        for start, end, cell in pieces:
            count = _number(cell)
            if not (start and end) or count is None:
                result.unread += 1
            elif count == 0:
                result.empty += 1
            elif keep is None or start in keep or end in keep:
                result.flows[start, end] = result.flows.get((start, end), 0.0) + count
                result.fractions = result.fractions or count != round(count)
    return result


def _pieces(row: Mapping[str, Any], layout: Layout, codes: Any) -> list[tuple[str, str, Any]]:
    start = codes(row.get(layout.origin))
    if not layout.wide:
        end = codes(row.get(layout.destination))
        return [(start, end, row.get(layout.count) if layout.count else 1)]
    cells = [(wide_code(name), row.get(name)) for name in layout.wide]
    filled = [(code, cell) for code, cell in cells if cell not in (None, "")]
    return [(code, start, cell) if layout.turned else (start, code, cell) for code, cell in filled]


def _number(cell: Any) -> float | None:
    if isinstance(cell, str):
        text = cell.replace("\u202f", "").replace("\u00a0", "").replace(" ", "").replace(",", ".")
        try:
            cell = float(text)
        except ValueError:
            return None
    if isinstance(cell, (int, float)) and math.isfinite(cell) and cell >= 0:
        return float(cell)
    return None


def converted(flows: Mapping[Flow, float], successors: Mapping[str, str]) -> Flows:
    """Flows on another list of communes: those of merged communes are summed."""
    result: Flows = {}
    for (start, end), count in flows.items():
        flow = (successors.get(start, start), successors.get(end, end))
        result[flow] = result.get(flow, 0.0) + count
    return result


#: Kinds of flow, as printed.
KINDS = {
    (True, True): "interne",
    (True, False): "sortant",
    (False, True): "entrant",
    (False, False): "extérieur",
}
STAYS = "sur place"


def kind(flow: Flow, zone: Collection[str]) -> str:
    if flow[0] == flow[1]:
        return STAYS if flow[0] in zone else KINDS[False, False]
    return KINDS[flow[0] in zone, flow[1] in zone]


@dataclass(frozen=True)
class FlowRow:
    """A flow that may be shown. Shares are in per cent: of all, of the origin, of the destination."""

    flow: Flow
    kind: str
    count: Value
    share: Value
    share_origin: Value
    share_destination: Value
    back: Value  # the opposite flow; zero when there is none
    net: Value  # count less back


def shown_rows(
    flows: Mapping[Flow, float], zone: Collection[str], found: Protected
) -> list[FlowRow]:
    """Flows that may be shown, the largest first; a figure that would tell a hidden one is hidden."""
    starts, ends = _sums_of(flows)
    everything = _told(math.fsum(flows.values()), found.total)
    result = []
    for flow, count in flows.items():
        if flow in found.flows or count <= 0:
            continue
        value = Value(count)
        opposite = (flow[1], flow[0])
        # A zero is told only where nothing is hidden: else it would tell what is not hidden.
        told = not found.flows or (opposite in flows and opposite not in found.flows)
        back = Value(flows.get(opposite, 0.0)) if told else _SECRET
        result.append(
            FlowRow(
                flow,
                kind(flow, zone),
                value,
                ratio(value, everything, 100.0),
                ratio(value, _told(starts[flow[0]], flow[0] not in found.origins), 100.0),
                ratio(value, _told(ends[flow[1]], flow[1] not in found.destinations), 100.0),
                NOT_APPLICABLE if flow[0] == flow[1] else back,
                NOT_APPLICABLE
                if flow[0] == flow[1]
                else _SECRET
                if back.number is None
                else Value(count - back.number),
            )
        )
    return sorted(result, key=lambda row: (-(row.count.number or 0.0), row.flow))


def _sums_of(flows: Mapping[Flow, float]) -> tuple[dict[str, float], dict[str, float]]:
    starts: dict[str, float] = {}
    ends: dict[str, float] = {}
    for (start, end), count in flows.items():
        starts[start] = starts.get(start, 0.0) + count
        ends[end] = ends.get(end, 0.0) + count
    return starts, ends


def _told(number: float, fits: bool) -> Value:
    return Value(number) if fits else _SECRET


@dataclass(frozen=True)
class Commuting:
    """Figures of a zone (METHODS §4). Numbers of employed people; shares in per cent.

    ``residents`` live in the zone and ``jobs`` are held in it; ``stable`` do both, ``leaving`` and
    ``coming`` one of the two. ``concentration``: jobs for 100 employed residents.
    """

    residents: Value
    jobs: Value
    stable: Value
    leaving: Value
    coming: Value
    staying: Value  # in the very commune where they live
    stable_share: Value
    leaving_share: Value
    coming_share: Value
    concentration: Value
    net: Value


def commuting(
    flows: Mapping[Flow, float], zone: Collection[str], found: Protected, minimum: int = MIN_COUNT
) -> Commuting:
    """Figures of a zone from its flows. Jobs are those held by the people of the table.

    Sums whose hidden part is one flow, or few people, are hidden, and those that give them away.
    """
    groups: dict[str, list[Flow]] = {"stable": [], "leaving": [], "coming": []}
    for flow in flows:
        inside = (flow[0] in zone, flow[1] in zone)
        name = {(True, True): "stable", (True, False): "leaving", (False, True): "coming"}
        if inside in name:
            groups[name[inside]].append(flow)
    fits = found.total and all(
        _closed(flows, members, found, minimum) for members in groups.values()
    )
    sums = {
        name: _told(math.fsum(flows[flow] for flow in members), fits)
        for name, members in groups.items()
    }
    homes = [flow for flow in groups["stable"] if flow[0] == flow[1]]
    staying = _told(
        math.fsum(flows[flow] for flow in homes), fits and _closed(flows, homes, found, minimum)
    )
    stable, leaving, coming = sums["stable"], sums["leaving"], sums["coming"]
    residents, jobs = _plus(stable, leaving), _plus(stable, coming)
    return Commuting(
        residents,
        jobs,
        stable,
        leaving,
        coming,
        staying,
        ratio(stable, residents, 100.0),
        ratio(leaving, residents, 100.0),
        ratio(coming, jobs, 100.0),
        ratio(jobs, residents, 100.0),
        _SECRET
        if coming.number is None or leaving.number is None
        else Value(coming.number - leaving.number),
    )


def _closed(
    flows: Mapping[Flow, float], members: Iterable[Flow], found: Protected, minimum: int
) -> bool:
    """Whether a sum may be told: what is hidden in it is nothing, or several flows of many people."""
    hidden = [flows[flow] for flow in members if flow in found.flows]
    return not hidden or (len(hidden) > 1 and not is_few(math.fsum(hidden), minimum))


def _plus(one: Value, two: Value) -> Value:
    if one.number is None or two.number is None:
        return _SECRET
    return Value(one.number + two.number)


def bent(start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Arc (k, 2) from ``start`` to ``end`` that keeps to the right of the straight line.

    The way back is therefore another arc: of two opposite flows neither hides the other.
    """
    along = np.linspace(0.0, 1.0, _BENT_POINTS)[:, None]
    step = end - start
    aside = np.array([step[1], -step[0]]) * _BEND * 2.0
    middle = (start + end) / 2 + aside
    return (1 - along) ** 2 * start + 2 * along * (1 - along) * middle + along**2 * end
