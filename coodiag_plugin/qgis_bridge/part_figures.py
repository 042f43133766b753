"""Figures of zones from communes or IRIS: counts summed, rates recomputed, small ones hidden."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import QgsFeatureSource, QgsGeometry

from ..core.catalogue import indicators
from ..core.codes import commune_code
from ..core.errors import InputError
from ..core.figures import STATE_SUFFIX, value_of
from ..core.privacy import Reason, people_reason, secret
from ..core.progress import Progress
from ..core.provenance import Provenance
from ..core.values import State, Value
from .communes import CODE_FIELDS
from .layers import records, transformer
from .zone_figures import Figures
from .zone_overlay import Layer, polygons

if TYPE_CHECKING:
    from ..core.variables import Variable
    from ..zones.zone_statistics import Column, Shares

#: Variables that count the people of a part, the best first.
_PEOPLE = ("P_POP", "PMUN", "P_MEN", "NBMENFISC")
_AREA = "SUPERF"
#: Variables that count no people.
_NOT_PEOPLE = ("SUPERF", "ET", "URSSAF_ETABLISSEMENTS")


@dataclass(frozen=True)
class Parts:
    """Communes or IRIS: their shapes, codes ("" when not told) and attributes."""

    layer: Layer
    codes: list[str]
    rows: list[dict[str, Any]]


def read_parts(source: QgsFeatureSource, crs: str) -> Parts:
    """Parts with their codes: the communes of an indicator layer, neighbours included."""
    to_metres = transformer(source.sourceCrs(), crs)
    by_lower = {name.lower(): name for name in source.fields().names()}
    column = next((by_lower[name] for name in CODE_FIELDS if name in by_lower), "")
    shapes, codes, rows = [], [], []
    for row, shape in records(source):
        moved = QgsGeometry(shape)
        if not moved.isEmpty():
            moved.transform(to_metres)
        shapes.append(polygons(moved))
        codes.append((commune_code(row[column]) or "") if column else "")
        rows.append(row)
    if not rows:
        raise InputError("The layer of indicators holds nothing.")
    return Parts(Layer(shapes), codes, rows)


def part_figures(
    parts: Parts,
    shares: Shares,
    source: QgsFeatureSource,
    counts: Sequence[str],
    data_folder: Path | None,
    min_count: int,
    progress: Progress,
) -> Figures:
    """Every indicator that the layer holds, or whose variables it holds, and the fields ``counts``."""
    from ..analysis.part_variables import computable, solve
    from ..zones.zone_statistics import Column, known_share, totals

    names = source.fields().names()
    wanted = [name for name in names if name in indicators()]
    dated = _variables(parts, names)
    if dated:
        wanted = list(dict.fromkeys([*wanted, *computable(indicators(), dated)]))
    given = {name: _values(parts, name) for name in wanted if name in names}
    solved = solve({name: values for name, (_, values) in dated.items()}, given)
    of_layer = {
        name: (dated[name][0] if name in dated else 0, values) for name, values in solved.items()
    }
    official = _official(parts, wanted, data_folder, progress) if data_folder else {}
    weights = Column.of(_weights(solved, official, parts))
    result = Figures()
    for name in wanted:
        progress.check()
        found = _figure(name, official.get(name, of_layer), shares, parts, weights, min_count)
        result.values[name], result.known[name] = found
    for name in counts:
        if name not in names:
            raise InputError("The layer of indicators has no field {field}.", field=name)
        column = Column.of(_values(parts, name))
        result.values[name] = totals(shares, column)
        result.known[name] = known_share(shares, column, weights.numbers).tolist()
    _hide(result, shares, _base(result), min_count)
    _tell_lacking(result, progress)
    return result


def _tell_lacking(found: Figures, progress: Progress) -> None:
    if not found.values:
        raise InputError(
            "The layer of indicators has no field of an indicator or of a variable of Insee. Give the output of “Indicators”, or name the fields to sum (COUNTS)."
        )
    lacking = [
        name
        for name, values in found.values.items()
        if all(value.state is State.ABSENT for value in values)
    ]
    if lacking:
        progress.warn(
            "These indicators cannot be given for the zones, because the layer does not hold what they are computed from, or because they are medians: {names}. A data folder gives the former.",
            names=", ".join(lacking),
        )


def _variables(parts: Parts, names: Sequence[str]) -> dict[str, tuple[int, list[Value]]]:
    """Variables of Insee among the fields, with their year; ``X~`` is the one before the last."""
    from ..analysis.part_variables import variable_of

    fields: dict[str, list[tuple[int, str]]] = {}
    for name in names:
        found = variable_of(name)
        if found:
            fields.setdefault(found[0], []).append((found[1], name))
    return {
        name + mark: (year, _values(parts, field))
        for name, dated in fields.items()
        for (year, field), mark in zip(sorted(dated, reverse=True), ("", "~"))
    }


def _values(parts: Parts, field: str) -> list[Value]:
    return [value_of(row.get(field), row.get(field + STATE_SUFFIX)) for row in parts.rows]


_Cells = Mapping[str, "tuple[int, list[Value]]"]


def _weights(
    solved: Mapping[str, list[Value]], official: Mapping[str, _Cells], parts: Parts
) -> list[Value]:
    """What the known share of a zone is measured by: people where they are known, else surface."""
    there = {**solved, **{n: v for cells in official.values() for n, (_, v) in cells.items()}}
    for name in _PEOPLE:
        if name in there and any(value.known for value in there[name]):
            return there[name]
    return [Value(area) for area in parts.layer.areas]


def _figure(
    name: str,
    cells: _Cells,
    shares: Shares,
    parts: Parts,
    weights: Column,
    min_count: int,
) -> tuple[list[Value], list[float]]:
    """One indicator of every zone, by the rules of the indicators of a group of communes."""
    import numpy as np

    from ..analysis.indicators import compute, formulas, variable_names
    from ..core.variables import Variable, family
    from ..zones.zone_statistics import Column, known_share, sole, totals

    numerator, denominator = formulas(indicators()[name])
    own = {*numerator.names, *(denominator.names if denominator else ())}
    rows = range(shares.shape[0])
    built: dict[str, Variable] = {}
    known = np.full(shares.shape[0], 100.0)
    for variable in variable_names([name]):
        if variable == _AREA:
            values = _surfaces(shares, parts)
            year = 0
        elif variable in cells:
            year, of_parts = cells[variable]
            column = Column.of(of_parts)
            values = (totals if family(variable).additive else sole)(shares, column)
            if variable in own:
                known = np.fmin(known, known_share(shares, column, weights.numbers))
        else:
            continue
        source = Provenance("", "", "", "")
        built[variable] = Variable(variable, year, {str(r): values[r] for r in rows}, source)
    found = compute(built, {}, [str(row) for row in rows], [name]).figures
    few = _small_parts(name, built, shares, min_count)
    values = [
        secret(Reason.SECONDARY_PEOPLE) if r in few else found.get(str(r), name) for r in rows
    ]
    return [replace(value, source="") for value in values], known.tolist()


def _small_parts(
    name: str, built: Mapping[str, Variable], shares: Shares, minimum: int
) -> set[int]:
    """Zones where the numerator or the denominator counts too few people to be told."""
    from ..analysis.indicators import formulas
    from ..core.variables import family
    from ..zones.zone_statistics import hidden_zones

    hidden: set[int] = set()
    for formula in formulas(indicators()[name]):
        if formula is None or not set(formula.names) <= set(built):
            continue
        people = all(family(n).additive and not n.startswith(_NOT_PEOPLE) for n in formula.names)
        if people:
            rows = range(shares.shape[0])
            sums = [
                formula.evaluate([{n: built[n].get(str(row)) for n in formula.names}])
                for row in rows
            ]
            hidden |= hidden_zones(shares, sums, minimum)
    return hidden


def _surfaces(shares: Shares, parts: Parts) -> list[Value]:
    """Surface (km²) of what is counted in each zone."""
    import numpy as np

    return [Value(float(area)) for area in shares @ (np.array(parts.layer.areas) / 1e6)]


def _official(
    parts: Parts, wanted: Sequence[str], folder: Path, progress: Progress
) -> dict[str, _Cells]:
    """Variables of each indicator by part, from the official files of a folder."""
    from ..analysis.indicators import variable_names
    from ..sources.counted import Asked
    from ..sources.folder import scan
    from ..sources.geography import load_geography
    from ..sources.statistics import Statistics

    if not all(parts.codes):
        raise InputError(
            "The data folder serves communes only: the layer of indicators has no field codgeo, or some of its codes are not those of communes."
        )
    inventory = scan(folder, progress)
    codes = tuple(parts.codes)
    statistics = Statistics(
        inventory,
        load_geography(inventory, progress),
        variable_names(wanted),
        progress,
        Asked(codes, {"TERRITOIRE": codes}),
    )
    result: dict[str, _Cells] = {}
    for name in wanted:
        chosen = _chosen(statistics, name, parts.codes)
        if chosen:
            result[name] = {
                key: (variable.year, [variable.get(code) for code in parts.codes])
                for key, variable in chosen.items()
            }
    return result


def _chosen(statistics: Any, name: str, codes: Sequence[str]) -> dict[str, Variable]:
    from ..analysis.indicators import HOUSEHOLDS, formulas, indicator

    numerator, denominator = formulas(indicator(name))
    below = list(denominator.names) if denominator else []
    if indicator(name).years == "mixed" and below:
        top, bottom = statistics.choose(numerator.names, codes), statistics.choose(below, codes)
        return {**top, **bottom} if top and bottom else {}
    chosen: dict[str, Variable] = statistics.choose([*numerator.names, *below], codes)
    if chosen and indicator(name).secrecy == "households":
        chosen = {**statistics.choose([HOUSEHOLDS], codes), **chosen}
    return chosen


def _base(found: Figures) -> list[Value] | None:
    """Number of people of each zone, by the first figure that tells it."""
    for variable in _PEOPLE:
        for name, values in found.values.items():
            item = indicators().get(name)
            if item is not None and item.numerator == variable and not item.denominator:
                return values
    return None


def _hide(found: Figures, shares: Shares, base: Sequence[Value] | None, minimum: int) -> None:
    """Hide all the figures of zones of too few people: those whose number is told or hidden so."""
    from ..zones.zone_statistics import hidden_zones

    if base is None:
        return
    hidden = hidden_zones(shares, base, minimum)
    hidden |= {row for row, value in enumerate(base) if value.state is State.SECRET}
    for name, values in found.values.items():
        found.values[name] = [
            secret(people_reason(base[row].number or 0.0, minimum)) if row in hidden else value
            for row, value in enumerate(values)
        ]
