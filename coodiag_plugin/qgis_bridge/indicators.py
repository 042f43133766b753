"""Indicators of a territory: the folder's statistics into figures, figures into layers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qgis.core import QgsFeature, QgsFeatureSource, QgsGeometry, QgsVectorLayer, QgsWkbTypes

from ..core.figures import STATE_SUFFIX
from ..core.french import listing
from ..core.progress import Progress
from ..core.territory import Territory, Unit
from ..core.wanted import OfficialSource, Wanted, collections_of
from .aliases import date_figures
from .counted_units import tell_uncounted
from .establishments import provenance_layer
from .layers import REAL, TEXT, add, fields, memory_layer, native, records, transformer
from .official import official

if TYPE_CHECKING:
    from ..analysis.indicators import IndicatorResult
    from ..core.variables import Variable
    from ..sources.folder import Inventory
    from ..sources.geography import Geography
    from ..sources.statistics import Statistics

_Chosen = dict[str, "Variable"]


@dataclass(frozen=True)
class IndicatorLayers:
    """What ``coodiag:indicators`` gives: communes in the legal CRS, and two tables."""

    communes: QgsVectorLayer
    references: QgsVectorLayer
    provenance: QgsVectorLayer


def compute_indicators(
    inventory: Inventory,
    geography: Geography,
    territory: Territory,
    ids: Iterable[str],
    progress: Progress,
    failed: Mapping[str, str] | None = None,
    read: Statistics | None = None,
) -> IndicatorResult:
    """Indicators of the communes of a territory and its neighbours, and of its references.

    Indicators whose variables come from the same files and years are computed together; each
    keeps one vintage inside its ratio. What has no data is in ``missing`` and said. ``failed``:
    variables, or collections of the services, that could not be fetched, and why in French; an
    indicator that needs one, and that no other file serves, has failed. ``read``: the tables of
    the inventory when they were already read, for the variables of ``ids`` and maybe more.
    """
    from ..analysis.indicators import IndicatorResult, compute, variable_names
    from ..sources.counted import Asked
    from ..sources.statistics import Statistics

    wanted = list(dict.fromkeys(ids))
    variables_needed = variable_names(wanted)
    reasons = _reasons(variables_needed, failed or {})
    communes = [*territory.communes, *territory.neighbours]
    asked = Asked(
        tuple(communes),
        {"TERRITOIRE": territory.communes, **dict.fromkeys(_units(geography, territory), ())},
    )
    statistics = Statistics(
        inventory, geography, variables_needed, progress.part(0.0, 0.6), asked, read
    )
    batches = list(_batches(statistics, wanted, communes))
    _say(progress, batches, communes)
    found = IndicatorResult()
    for rank, (names, variables) in enumerate(batches):
        progress.check()
        members = _members(statistics, geography, territory, variables)
        found.update(compute(variables, members, communes, names, reasons))
        progress.set(0.6 + 0.4 * (rank + 1) / len(batches))
    result = _in_order(found, wanted, communes, territory)
    tell_uncounted(result, wanted, {unit_key(unit): unit.name for unit in territory.references})
    if result.missing:
        progress.warn(
            "There are no data for these indicators: {indicators}.",
            indicators=", ".join(result.missing),
        )
    if result.failed:
        progress.warn(
            "These indicators could not be fetched: {indicators}.",
            indicators=", ".join(result.failed),
        )
    return result


def _reasons(variables: Iterable[str], failed: Mapping[str, str]) -> dict[str, str]:
    """Why each of these variables could not be fetched: itself, or what should have given it."""
    reasons = {}
    for name in variables:
        suspects = (name, name.rstrip("~"), *collections_of([name]))
        found = [failed[suspect] for suspect in suspects if suspect in failed]
        if found:
            reasons[name] = found[0]
    return reasons


def _batches(
    statistics: Statistics, ids: Sequence[str], communes: Sequence[str]
) -> Iterator[tuple[list[str], _Chosen]]:
    """Indicators with the variables chosen for each, those of one source together."""
    batches: dict[tuple[tuple[str, int, str], ...], tuple[list[str], _Chosen]] = {}
    for name in ids:
        chosen = _choose(statistics, name, communes)
        source = {(v.year, v.provenance.file, v.provenance.sha256) for v in chosen.values()}
        slot = tuple(sorted((file, year, digest) for year, file, digest in source))
        names, variables = batches.setdefault(slot, ([], {}))
        names.append(name)
        variables.update(chosen)
    yield from batches.values()


def _choose(statistics: Statistics, name: str, communes: Sequence[str]) -> _Chosen:
    """Variables of an indicator: one vintage, unless the catalogue lets the years differ."""
    from ..analysis.indicators import HOUSEHOLDS, formulas, indicator

    item = indicator(name)
    numerator, denominator = formulas(item)
    above = list(numerator.names)
    below = list(denominator.names) if denominator else []
    if item.years == "mixed" and below:
        top, bottom = statistics.choose(above, communes), statistics.choose(below, communes)
        return {**top, **bottom} if top and bottom else {}
    chosen = statistics.choose(above + below, communes)
    if chosen and item.secrecy == "households" and HOUSEHOLDS not in chosen:
        with_count = statistics.choose([*above, *below, HOUSEHOLDS], communes)
        same = all(chosen[n].year == with_count[n].year for n in chosen) if with_count else False
        return with_count if same else chosen
    return chosen


def _members(
    statistics: Statistics, geography: Geography, territory: Territory, variables: _Chosen
) -> dict[str, tuple[str, ...]]:
    """Communes of the territory, of its references, and of a unit that it may be equal to."""
    members = {"TERRITOIRE": territory.communes}
    for key in _units(geography, territory):
        members[key] = statistics.members(key, variables)
    return members


def _units(geography: Geography, territory: Territory) -> tuple[str, ...]:
    """Keys of the references of a territory, and of a unit that it may be equal to."""
    keys = [unit_key(unit) for unit in territory.references]
    for level, column in (("EPCI", "epci"), ("DEP", "dep"), ("REG", "reg")):
        codes = set(geography.communes.loc[list(territory.communes), column])
        if len(codes) == 1 and "" not in codes:
            keys.append(f"{level}:{codes.pop()}")
    return tuple(dict.fromkeys(keys))


def unit_key(unit: Unit) -> str:
    """``EPCI:243500139``, ``FRANCE``, ``TERRITOIRE``."""
    return unit.level if unit.level in ("FRANCE", "TERRITOIRE") else f"{unit.level}:{unit.code}"


def _say(
    progress: Progress,
    batches: Sequence[tuple[Sequence[str], _Chosen]],
    communes: Sequence[str],
) -> None:
    """Log which file serves how many indicators, and the communes that it does not know."""
    served: dict[str, tuple[set[str], list[Variable]]] = {}
    for names, variables in batches:
        for variable in variables.values():
            inside = served.setdefault(variable.provenance.file, (set(), []))
            inside[0].update(names)
            inside[1].append(variable)
    for file, (names, variables) in served.items():
        lacking = [code for code in communes if all(code not in v.cells for v in variables)]
        progress.say(
            "{file} ({years}) serves {count} of the indicators.",
            file=file,
            years=", ".join(sorted({v.date for v in variables if v.date})),
            count=len(names),
        )
        if lacking:
            progress.warn(
                "{file} has no row for {count} communes: {codes}.",
                file=file,
                count=len(lacking),
                codes=", ".join(lacking[:12]) + ("…" if len(lacking) > 12 else ""),
            )


def _in_order(
    found: IndicatorResult, ids: Sequence[str], communes: Sequence[str], territory: Territory
) -> IndicatorResult:
    """The same figures in the order of the request, without the helper units."""
    from ..analysis.indicators import IndicatorResult

    units = ["TERRITOIRE", *(unit_key(unit) for unit in territory.references)]
    result = IndicatorResult(provenance=found.provenance)
    for name in ids:
        for code in communes:
            result.figures.put(code, name, found.figures.get(code, name))
        for unit in units:
            result.references.put(unit, name, found.references.get(unit, name))
        result.years[name] = found.years.get(name, "")
        result.sources[name] = found.sources.get(name, "")
        if name in found.notes:
            result.notes[name] = found.notes[name]
        result.origins[name] = found.origins.get(name, ())
        if name in found.missing:
            result.missing.append(name)
        if name in found.failed:
            result.failed[name] = found.failed[name]
    return result


def figure_columns(ids: Iterable[str]) -> dict[str, Any]:
    """Fields of figures: ``id`` (number) and ``id_etat`` (its state)."""
    columns: dict[str, Any] = {}
    for name in ids:
        columns[name] = REAL
        columns[name + STATE_SUFFIX] = TEXT
    return columns


def join_figures(
    communes_layer: QgsVectorLayer, result: IndicatorResult, ids: Iterable[str]
) -> QgsVectorLayer:
    """A copy of a layer of communes (field ``codgeo``) with the figures ``ids`` of each."""
    wanted = list(ids)
    own = {field.name(): field.type() for field in communes_layer.fields()}
    return memory_layer(
        communes_layer.name(),
        {**own, **figure_columns(wanted)},
        QgsWkbTypes.displayString(communes_layer.wkbType()),
        communes_layer.crs().authid(),
        (
            ({**row, **result.figures.record(str(row["codgeo"]), wanted)}, shape)
            for row, shape in records(communes_layer)
        ),
    )


def read_indicators(
    communes: QgsFeatureSource, ids: Iterable[str], source: OfficialSource, progress: Progress
) -> IndicatorLayers:
    """The figures ``ids`` of a layer of communes (field ``codgeo``), online or from files."""
    from ..analysis.indicators import variable_names
    from ..sources.geography import load_geography

    wanted, rows = list(ids), list(records(communes))
    variables = variable_names(wanted)
    codes = [str(row["codgeo"]) for row, _ in rows if row.get("role") != "voisin"]
    asked = Wanted(
        "COM:" + ",".join(codes), variables=variables, collections=collections_of(variables)
    )
    with official(source, asked, progress.part(0.0, 0.4)) as found:
        geography = load_geography(found.inventory, progress.part(0.4, 0.5))
        territory = territory_of_layer(geography, (row for row, _ in rows))
        result = compute_indicators(
            found.inventory, geography, territory, wanted, progress.part(0.5, 1.0), found.reasons()
        )
    figures = figure_columns(wanted)
    shaped = _communes(communes, rows, geography, territory.crs, result, wanted)
    references = memory_layer(
        "references",
        {**REFERENCE_COLUMNS, **figures},
        rows=((row, None) for row in reference_rows(territory, result, wanted)),
    )
    for layer in (shaped, references):
        date_figures(layer, result.years)
    return IndicatorLayers(shaped, references, provenance_layer(result.provenance))


def _communes(
    source: QgsFeatureSource,
    rows: Iterable[tuple[dict[str, Any], QgsGeometry]],
    geography: Geography,
    crs: str,
    result: IndicatorResult,
    ids: Sequence[str],
) -> QgsVectorLayer:
    """Communes in ``crs`` with the fields they had, filled where they must be, and the figures."""
    figures = figure_columns(ids)
    taken = {name.lower() for name in (*COMMUNE_COLUMNS, *figures)}
    kept = [field for field in source.fields() if field.name().lower() not in taken]
    layer = memory_layer("indicateurs", COMMUNE_COLUMNS, "MultiPolygon", crs)
    layer.dataProvider().addAttributes([*kept, *fields(figures)])
    layer.updateFields()
    to_metres = transformer(source.sourceCrs(), crs)
    for row, shape in rows:
        code = str(row["codgeo"])
        name = row.get("nom") or geography.name(code)
        item = QgsFeature(layer.fields())
        figured = result.figures.record(code, ids)
        item.setAttributes(
            [
                *(code, name, row.get("role") or "territoire"),
                *(row[field.name()] for field in kept),
                *(native(figured[column]) for column in figures),
            ]
        )
        moved = QgsGeometry(shape)
        moved.transform(to_metres)
        moved.convertToMultiType()
        item.setGeometry(moved)
        add(layer.dataProvider(), item)
    layer.updateExtents()
    return layer


#: Fields of a layer of communes that are always there; it keeps its others after them.
COMMUNE_COLUMNS = {"codgeo": TEXT, "nom": TEXT, "role": TEXT}
REFERENCE_COLUMNS = {"unit": TEXT, "level": TEXT, "name": TEXT}


def reference_rows(
    territory: Territory, result: IndicatorResult, ids: Iterable[str]
) -> Iterator[dict[str, Any]]:
    """Rows of REFERENCES, the territory first, then from near to far."""
    wanted = list(ids)
    own = Unit("TERRITOIRE", "TERRITOIRE", territory.name)
    for unit in (own, *territory.references):
        key = unit_key(unit)
        yield {
            "unit": key,
            "level": unit.level,
            "name": unit.name,
            **result.references.record(key, wanted),
        }


def territory_of_layer(
    geography: Geography, rows: Iterable[Mapping[str, Any]], name: str = ""
) -> Territory:
    """The territory of a layer of communes: fields ``codgeo`` and, when it is there, ``role``.

    Codes that the folder's commune lists do not have are refused by name. Without ``name`` it
    takes that of the EPCI, département or région whose communes it has.
    """
    from ..core.errors import InputError
    from ..sources.resolution import references

    places: dict[str, list[str]] = {"territoire": [], "voisin": []}
    for row in rows:
        places["voisin" if row.get("role") == "voisin" else "territoire"].append(str(row["codgeo"]))
    known = set(geography.communes.index)
    unknown = [code for codes in places.values() for code in codes if code not in known]
    if unknown:
        raise InputError(
            "These communes of the layer are not in the folder's lists of {year}: {codes}. Take a layer and a folder of the same year.",
            year=geography.cog,
            codes=", ".join(unknown[:12]) + ("…" if len(unknown) > 12 else ""),
        )
    communes = tuple(dict.fromkeys(places["territoire"]))
    if not communes:
        raise InputError("The layer of communes holds no commune of the territory.")
    key = _unit_of(geography, communes)
    return Territory(
        expression=key or "COM:" + ",".join(communes),
        name=name or (geography.name(key) if key else _short_name(geography, communes)),
        kind=key.partition(":")[0] or "COM",
        communes=communes,
        neighbours=tuple(dict.fromkeys(places["voisin"])),
        references=references(geography, communes, (key,) if key else ()),
        cog=geography.cog,
    )


def _short_name(geography: Geography, communes: Sequence[str]) -> str:
    if len(communes) > 3:
        return f"Territoire de {len(communes)} communes"
    return listing([geography.name(code) for code in communes])


def _unit_of(geography: Geography, communes: Sequence[str]) -> str:
    """The EPCI, département or région that has exactly these communes, "" when none has."""
    first = geography.communes.loc[communes[0]]
    for level, column in (("EPCI", "epci"), ("DEP", "dep"), ("REG", "reg")):
        key = f"{level}:{first[column]}"
        if first[column] and set(geography.members(key)) == set(communes):
            return key
    return ""
