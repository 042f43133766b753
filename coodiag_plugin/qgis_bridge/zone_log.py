"""What zones and figures tell in the log, in the language of QGIS; what is printed is French."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from qgis.core import QgsFeatureSource, QgsVectorLayer
from qgis.PyQt.QtCore import QLocale

from ..core.progress import Progress
from ..core.values import State, Value
from ..core.words import N_, Words
from .layers import records
from .zone_words import field_words

if TYPE_CHECKING:
    from ..zones.mobility import Access, Clusters

#: Most rows that are told one by one; the others are in the table.
MOST_TOLD = 60
_ZONES = {
    "primaire": N_("Primary zone"),
    "secondaire": N_("Secondary zone"),
    "tertiaire": N_("Tertiary zone"),
}
_STATES = {
    State.SECRET: N_("secret"),
    State.ABSENT: N_("not known"),
    State.FAILED: N_("not known"),
    State.NOT_APPLICABLE: N_("not applicable"),
}


def shown(number: float, decimals: int = 1) -> str:
    """A number as the language of QGIS writes it, without a useless decimal."""
    whole = abs(number - round(number)) < 0.5 * 10.0**-decimals
    return QLocale().toString(float(number), "f", 0 if whole else decimals)


def shown_value(value: Value, decimals: int = 0, unit: str = "") -> str | Words:
    """A figure with its unit, or why there is none."""
    if value.number is None:
        return Words(_STATES[value.state])
    text = shown(value.number, decimals)
    return f"{text} {unit}" if unit else text


def joined(parts: Sequence[Words]) -> Words:
    """``a, b, c`` of pieces of a sentence."""
    if len(parts) == 1:
        return parts[0]
    return Words("{first}, {others}", first=parts[0], others=joined(parts[1:]))


def tell_catchment(layer: QgsVectorLayer, clients: QgsFeatureSource, progress: Progress) -> None:
    """One sentence for each zone of a layer of catchment zones, with what its row may tell."""

    def told(row: Mapping[str, Any]) -> None:
        weight = row["weight"] if row["weight"] in clients.fields().names() else None
        progress.say(
            "{site} – {zone}: {held}.",
            site=row["site"],
            zone=_zone(row["zone"]),
            held=_held(row, field_words(clients, weight)),
        )

    _each((row for row, _ in records(layer)), told, progress)


def _zone(name: str) -> Words:
    if name in _ZONES:
        return Words(_ZONES[name])
    return Words("Zone {rank}", rank=name.rpartition(" ")[2])


def _held(row: Mapping[str, Any], weight: str | None) -> Words:
    """The words of :func:`.zone_words.catchment_label`, as source strings."""
    what = Words("of “{field}”", field=weight) if weight else Words("of the clients")
    threshold = shown(row["threshold"])
    if row["status"] == State.ABSENT.value:
        return Words("{threshold} % {what}, not reached", threshold=threshold, what=what)
    share: Words | None = None
    if row["share"] is not None:
        share = Words("{share} % {what}", share=shown(row["share"]), what=what)
    if row["shape"] == "density":
        drawn = Words("isopleth of {threshold} % of the density", threshold=threshold)
        secret = Words("clients not told (too few)")
        return joined([drawn, share or secret])
    held = share or Words("at least {threshold} % {what}", threshold=threshold, what=what)
    where = _where(row)
    return joined([held, where]) if where else held


def _where(row: Mapping[str, Any]) -> Words | None:
    if row["order"] == "part des communes":
        return Words("in the communes that hold most of them")
    if row["reach"] is None:
        return None
    known = {"reach": shown(row["reach"]), "unit": row["unit"]}
    if row["shape"] != "communes":
        return Words("at most {reach} {unit} away", **known)
    if row["reach"] == 0:
        return Words("in the commune of their site")
    return Words("in the communes at most {reach} {unit} away", **known)


def tell_thresholds(layer: QgsVectorLayer, variable: str, progress: Progress) -> None:
    """One sentence for each site and target of a layer of threshold areas."""

    def told(row: Mapping[str, Any]) -> None:
        known = {
            "site": row["site"],
            "target": shown(row["target"]),
            "variable": variable,
            "value": shown(row["value"]),
        }
        if row["reach"] is None or row["reach"] != row["reach"]:
            progress.say(
                "{site}: {target} of “{variable}” not reached, {value} in all within reach.",
                **known,
            )
        else:
            progress.say(
                "{site}: {target} of “{variable}” aimed at, {value} within {reach} {unit}.",
                reach=shown(row["reach"]),
                unit=row["unit"],
                **known,
            )

    _each((row for row, _ in records(layer)), told, progress)


def _each(rows: Iterable[Mapping[str, Any]], told: Any, progress: Progress) -> None:
    more = 0
    for rank, row in enumerate(rows):
        progress.check()
        if rank < MOST_TOLD:
            told(row)
        else:
            more += 1
    if more:
        progress.say("{count} more rows are in the table.", count=more)


#: Ways of moving, and where people go, as they stand in a sentence.
_MOVES = {"car": N_("by car"), "bike": N_("by bike"), "foot": N_("on foot")}
_PLACES = {
    "site": N_("of a site"),
    "jobs": N_("of a cluster of jobs"),
    "stop": N_("of a stop (access to it, not a journey)"),
}


def by_move(mode: str) -> Words:
    """``by car``."""
    return Words(_MOVES[mode])


def of_place(target: str) -> Words:
    """``of a site``."""
    return Words(_PLACES[target])


def tell_mobility(
    results: Sequence[Access], jobs: Clusters | None, counted: bool, progress: Progress
) -> None:
    """What :func:`.mobility.mobility_sentences` prints; secret shares are not told.

    ``counted``: the people are those that a field of the communes counts, not beneficiaries.
    """
    for target in _PLACES:
        of_target = [result for result in results if result.target == target]
        for time in dict.fromkeys(t for result in of_target for t in result.whole.within):
            known = [result for result in of_target if result.whole.within[time].known]
            parts = [
                Words(
                    "{share} {move}",
                    share=shown_value(result.whole.within[time], 0, "%"),
                    move=by_move(result.mode),
                )
                for result in known
            ]
            if not parts:
                continue
            progress.say(
                "{people} within {minutes} min {place}: {shares}.",
                people=Words("People") if counted else Words("Beneficiaries"),
                minutes=f"{time:g}",
                place=of_place(target),
                shares=joined(parts),
            )
    if jobs is not None and len(jobs.points):
        progress.say(
            "Clusters of jobs: {count}, with {share} % of the jobs.",
            count=len(jobs.points),
            share=shown(jobs.share, 0),
        )
