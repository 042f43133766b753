"""Flows as layers: lines, places and figures, without what would tell a hidden flow."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qgis.core import QgsGeometry, QgsPointXY, QgsVectorLayer

from ..core import french
from ..core.choices import FLOW_SHAPES
from ..core.errors import InputError
from ..core.privacy import Reason, secret
from ..core.progress import Progress
from ..core.values import NOT_APPLICABLE, Value, ratio
from ..core.words import N_, Words
from .coverage import figure_fields, figure_row
from .layers import TEXT, memory_layer
from .zone_log import shown_value

if TYPE_CHECKING:
    from ..zones.flow_secrecy import Protected
    from ..zones.flows import Commuting, FlowRow, Flows

#: Origin of people who live, or rows whose point lies, in none of the communes.
OUTSIDE = "hors"
#: Few people, or a sum that would give few people away.
_SECRET = secret(Reason.SECONDARY_PEOPLE)
OUTSIDE_NAME, ABROAD_NAME = "Hors des communes de la couche", "Étranger"
LINE_FIGURES = ("count", "share", "share_origin", "share_destination", "back", "net")
PLACE_FIGURES = (
    "leaving", "coming", "staying", "net", "stable_share", "concentration",
)  # fmt: skip
_LINE_FIELDS = {
    "origin": TEXT, "origin_name": TEXT, "destination": TEXT, "destination_name": TEXT,
    "kind": TEXT,
}  # fmt: skip
_FIGURE_FIELDS = {"id": TEXT, "label": TEXT, "unit": TEXT, "text": TEXT}
#: Words of each figure in the log.
_LABELS = {
    "residents": N_("Employed people who live in the zone"),
    "jobs": N_("Jobs of the zone held by people of the table"),
    "stable": N_("Live and work in the zone"),
    "staying": N_("of whom in their own commune"),
    "leaving": N_("Live in the zone and work elsewhere"),
    "coming": N_("Work in the zone and live elsewhere"),
    "net": N_("Coming in minus going out"),
    "stable_share": N_("Share of the employed people of the zone who work there"),
    "leaving_share": N_("Share of the employed people of the zone who work elsewhere"),
    "coming_share": N_("Share of the jobs of the zone held by people from elsewhere"),
    "concentration": N_("Jobs for 100 employed people of the zone"),
    "people": N_("People whose site is known"),
    "site": N_("People of the site {site}"),
    "share": N_("Share of the site {site}"),
}
#: A figure to tell: its id, French words, unit, decimals, value.
Cell = tuple[str, str, str, int, Value]


@dataclass(frozen=True)
class FlowLayers:
    """Lines, places (points) and figures, and what they were written from."""

    lines: QgsVectorLayer
    places: QgsVectorLayer
    figures: QgsVectorLayer
    flows: Flows
    protected: Protected
    commuting: Commuting | None = None  # of flows to work only


@dataclass(frozen=True)
class FlowMap:
    """Where lines start and end, and what the places are called."""

    crs: str
    zone: frozenset[str]
    points: Mapping[str, QgsPointXY]
    names: Mapping[str, str]
    #: Places where lines end when they are not communes.
    sites: Mapping[str, QgsPointXY]

    def start(self, code: str) -> QgsPointXY | None:
        return self.points.get(code)

    def end(self, code: str) -> QgsPointXY | None:
        return self.sites.get(code) or self.points.get(code)

    def name(self, code: str) -> str:
        from ..zones.flows import ABROAD

        known = {OUTSIDE: OUTSIDE_NAME, ABROAD: ABROAD_NAME}
        return known.get(code) or self.names.get(code, code)


def flow_layers(
    name: str,
    flows: Flows,
    places: FlowMap,
    protected: Protected,
    cells: Sequence[Cell],
    shape: str,
    figures: Commuting | None,
    progress: Progress,
) -> FlowLayers:
    from ..zones.flows import shown_rows

    if shape not in FLOW_SHAPES:
        raise InputError("The shape of the lines must be auto, straight or curved.")
    rows = shown_rows(flows, places.zone, protected)
    pairs = {row.flow for row in rows}
    lines = []
    undrawn = 0
    for row in rows:
        progress.check()
        curved = shape == "curved" or (shape == "auto" and (row.flow[1], row.flow[0]) in pairs)
        drawn = _line(places.start(row.flow[0]), places.end(row.flow[1]), curved)
        undrawn += drawn is None and row.flow[0] != row.flow[1]
        lines.append((_line_row(row, places), drawn))
    if undrawn:
        progress.say(
            "{count} flows go to or come from a place that is not in the layer of communes: they are in the table, without a line.",
            count=undrawn,
        )
    _tell(cells, progress)
    columns = {**_LINE_FIELDS, **figure_fields(LINE_FIGURES)}
    return FlowLayers(
        memory_layer(name, columns, "LineString", places.crs, lines),
        memory_layer(
            "lieux",
            {"code": TEXT, "name": TEXT, "role": TEXT, **figure_fields(PLACE_FIGURES)},
            "Point",
            places.crs,
            _place_rows(flows, places, protected),
        ),
        memory_layer(
            "chiffres",
            {**_FIGURE_FIELDS, **figure_fields(("value",))},
            rows=(
                (
                    {
                        "id": key,
                        "label": label,
                        "unit": unit,
                        "text": french.figure(value, decimals, unit),
                        **figure_row({"value": _rounded(value, decimals + 2)}),
                    },
                    None,
                )
                for key, label, unit, decimals, value in cells
            ),
        ),
        dict(flows),
        protected,
        figures,
    )


def _tell(cells: Sequence[Cell], progress: Progress) -> None:
    """The figures in the language of QGIS; those of the layer are for print."""
    for key, _, unit, decimals, value in cells:
        kind, _, site = key.partition(":")
        progress.say(
            "{label}: {figure}.",
            label=Words(_LABELS[kind], site=site),
            figure=shown_value(value, decimals, unit),
        )


def _line(start: QgsPointXY | None, end: QgsPointXY | None, curved: bool) -> QgsGeometry | None:
    import numpy as np

    from ..zones.flows import bent

    if start is None or end is None or start == end:
        return None
    if not curved:
        return QgsGeometry.fromPolylineXY([start, end])
    arc: np.ndarray = bent(np.array([start.x(), start.y()]), np.array([end.x(), end.y()]))
    return QgsGeometry.fromPolylineXY([QgsPointXY(*point) for point in arc.tolist()])


def _line_row(row: FlowRow, places: FlowMap) -> dict[str, Any]:
    from ..zones.flows import STAYS

    kind = row.kind
    if row.flow[1] in places.sites:  # a site lies where it lies: who comes from outside comes in
        kind = "interne" if row.flow[0] in places.zone else "entrant"
    figures = {
        name: _rounded(getattr(row, name), 2 if name.startswith("share") else 0)
        for name in LINE_FIGURES
    }
    if kind == STAYS or row.flow[1] in places.sites:
        figures["back"] = figures["net"] = NOT_APPLICABLE
    return {
        "origin": row.flow[0],
        "origin_name": places.name(row.flow[0]),
        "destination": row.flow[1],
        "destination_name": places.name(row.flow[1]),
        "kind": kind,
        **figure_row(figures),
    }


def _rounded(value: Value, decimals: int) -> Value:
    """Counts to the unit: more would pretend to a precision that estimates do not have."""
    if value.number is None:
        return value
    # Halves away from zero, as Insee rounds.
    scale = 10.0**decimals
    return Value(math.copysign(math.floor(abs(value.number) * scale + 0.5) / scale, value.number))


def _place_rows(
    flows: Flows, places: FlowMap, protected: Protected
) -> Iterator[tuple[dict[str, Any], QgsGeometry | None]]:
    """People who leave and come, by commune of the zone, and by site."""
    starts: dict[str, float] = {}
    ends: dict[str, float] = {}
    for (start, end), count in flows.items():
        starts[start] = starts.get(start, 0.0) + count
        ends[end] = ends.get(end, 0.0) + count

    def told(sums: Mapping[str, float], code: str, closed: Collection[str]) -> Value:
        if code in closed or not protected.total:
            return _SECRET
        return Value(sums.get(code, 0.0))

    for code in [*sorted(places.zone), *sorted(set(places.sites) & set(ends))]:
        site = code in places.sites
        coming = told(ends, code, protected.destinations)
        leaving = NOT_APPLICABLE if site else told(starts, code, protected.origins)
        own = (code, code)
        told_own = own in flows and own not in protected.flows
        staying = Value(flows.get(own, 0.0)) if told_own or not protected.flows else _SECRET
        if site or places.sites:
            staying = NOT_APPLICABLE
        if places.sites and not site:
            coming = NOT_APPLICABLE
        both = None not in (coming.number, leaving.number)
        hidden = _SECRET if _SECRET in (coming, leaving) else NOT_APPLICABLE
        net = Value((coming.number or 0.0) - (leaving.number or 0.0)) if both else hidden
        figures = {
            "leaving": _rounded(leaving, 0),
            "coming": _rounded(coming, 0),
            "staying": _rounded(staying, 0),
            "net": _rounded(net, 0),
            "stable_share": _rounded(ratio(staying, leaving, 100.0), 2),
            "concentration": _rounded(ratio(coming, leaving, 100.0), 2),
        }
        point = places.end(code) if site else places.start(code)
        yield (
            {
                "code": code,
                "name": places.name(code),
                "role": "site" if site else "commune",
                **figure_row(figures),
            },
            None if point is None else QgsGeometry.fromPointXY(point),
        )
