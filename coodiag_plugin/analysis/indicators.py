"""Indicators of the catalogue, for communes and for the units they are compared with.

Rules (METHODS §5 and §6): the ratio of a group is the sum of the numerators over the sum of the
denominators, never a mean of rates; a published median or rate of a group is taken as it is or
is absent; a figure that lacks one part is not given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..core import catalogue, french
from ..core.codes import department
from ..core.errors import InputError
from ..core.figures import FigureTable
from ..core.privacy import MIN_HOUSEHOLDS, Reason, secret, units_reason
from ..core.provenance import Provenance
from ..core.values import ABSENT, FAILED, NOT_APPLICABLE, State, Value, ratio, total
from ..core.variables import Variable
from .formula import Formula, parse

TERRITORY = "TERRITOIRE"
FRANCE = "FRANCE"
#: Share of the communes of the country that may lack a figure without hiding that of France.
#: Which ones are left out is said in the notes (« hors Mayotte »).
NATIONAL_GAP = 0.001
#: Why an indicator has failed when its table holds nothing but failures.
NO_ANSWER = "Le service n’a donné aucune de ses valeurs."
#: Variable that counts the fiscal households behind the figures on incomes.
HOUSEHOLDS = "NBMENFISC"


@dataclass
class IndicatorResult:
    """Figures of an indicator run.

    ``figures``: by commune. ``references``: by unit key (``TERRITOIRE``, ``EPCI:…``, ``DEP:…``,
    ``REG:…``, ``FRANCE``). ``years`` (« 2018 », « 2013–2018 »), ``sources`` (the citation printed
    under a map) and ``notes`` (French remarks on a reference) are by indicator, and so is
    ``origins``: the files behind its figures. ``missing`` lists the indicators without any data,
    ``failed`` those that a service should have given and why it did not (a French sentence).
    """

    figures: FigureTable = field(default_factory=FigureTable)
    references: FigureTable = field(default_factory=FigureTable)
    years: dict[str, str] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    provenance: list[Provenance] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    origins: dict[str, tuple[Provenance, ...]] = field(default_factory=dict)

    def update(self, other: IndicatorResult) -> None:
        """Take in the indicators of ``other``."""
        for table, more in (
            (self.figures, other.figures),
            (self.references, other.references),
        ):
            for unit, indicator, value in more:
                table.put(unit, indicator, value)
        self.years.update(other.years)
        self.sources.update(other.sources)
        self.notes.update(other.notes)
        self.provenance += [item for item in other.provenance if item not in self.provenance]
        self.missing += [item for item in other.missing if item not in self.missing]
        self.failed.update(other.failed)
        self.origins.update(other.origins)


def indicator(name: str) -> catalogue.Indicator:
    """The catalogue row of an indicator id; an unknown id is named."""
    found = catalogue.indicators().get(name)
    if found is None:
        raise InputError("The indicator “{indicator}” is not in the catalogue.", indicator=name)
    return found


def formulas(item: catalogue.Indicator) -> tuple[Formula, Formula | None]:
    """Numerator and denominator (None for a count or a published figure)."""
    numerator = parse(item.numerator)
    if numerator is None:
        raise InputError("The indicator “{indicator}” has no numerator.", indicator=item.id)
    return numerator, parse(item.denominator)


def variable_names(ids: Iterable[str]) -> tuple[str, ...]:
    """Variables that the indicators need, households first where incomes ask for their count."""
    names: list[str] = []
    for name in ids:
        item = indicator(name)
        if item.secrecy == "households":
            names.append(HOUSEHOLDS)
        for formula in formulas(item):
            names += formula.names if formula else ()
    return tuple(dict.fromkeys(names))


def compute(
    variables: Mapping[str, Variable],
    members: Mapping[str, Sequence[str]],
    communes: Iterable[str],
    ids: Iterable[str],
    failed: Mapping[str, str] | None = None,
) -> IndicatorResult:
    """Indicators ``ids`` for each of ``communes`` and each unit of ``members``.

    ``members`` gives the complete list of communes of each reference unit: a sum stands only
    when every one of them is known. A unit with an empty list has only what is published for it.
    The order of the communes changes nothing to any figure. ``failed``: variables that could not
    be fetched, and why; an indicator that lacks one of them has failed everywhere.
    """
    result = IndicatorResult()
    codes = list(dict.fromkeys(communes))
    for name in dict.fromkeys(ids):
        run = _Run(indicator(name), variables, members, failed or {})
        for code in codes:
            result.figures.put(code, name, run.commune(code))
        run.tell_split(codes)
        for unit in members:
            result.references.put(unit, name, run.reference(unit))
        result.years[name] = run.years
        result.sources[name] = run.source
        if run.notes:
            result.notes[name] = " ; ".join(dict.fromkeys(run.notes))
        result.origins[name] = tuple(dict.fromkeys(run.provenance()))
        for item in result.origins[name]:
            if item not in result.provenance:
                result.provenance.append(item)
        states = _states(result, name, codes, members)
        if run.failure or (State.FAILED in states and states <= {State.FAILED, State.ABSENT}):
            result.failed[name] = run.failure or NO_ANSWER
        elif states <= {State.ABSENT}:
            result.missing.append(name)
    return result


def _states(
    result: IndicatorResult, name: str, codes: Iterable[str], units: Iterable[str]
) -> set[State]:
    values = [result.figures.get(code, name) for code in codes]
    values += [result.references.get(unit, name) for unit in units]
    return {value.state for value in values}


class _Run:
    """One indicator with the variables at hand."""

    def __init__(
        self,
        item: catalogue.Indicator,
        variables: Mapping[str, Variable],
        members: Mapping[str, Sequence[str]],
        failed: Mapping[str, str],
    ) -> None:
        self.item = item
        self.numerator, self.denominator = formulas(item)
        names = [*self.numerator.names, *(self.denominator.names if self.denominator else ())]
        self.names = list(dict.fromkeys(names))
        self.variables = {name: variables[name] for name in self.names if name in variables}
        self._tables = [(name, variable.cells) for name, variable in self.variables.items()]
        self.complete = len(self.variables) == len(self.names)
        reasons = [failed[name] for name in self.names if name in failed]
        self.failure = "" if self.complete or not reasons else reasons[0]
        self._nothing = FAILED if self.failure else ABSENT
        self.households = variables.get(HOUSEHOLDS) if item.secrecy == "households" else None
        self.members = members
        self.notes: list[str] = []
        self.years = _years(item, self.variables.values()) if self.complete else ""
        self.source = citation(self.variables.values()) if self.complete else ""

    def provenance(self) -> list[Provenance]:
        if not self.complete:
            return []
        return [
            origin
            for variable in self.variables.values()
            for origin in variable.origins or (variable.provenance,)
        ]

    def commune(self, code: str) -> Value:
        if not self.complete:
            return self._dressed(self._nothing)
        return self._dressed(self._figure([self._cells(code)], code))

    def tell_split(self, codes: Iterable[str]) -> None:
        """Note how many of these communes have no figure because they were separated or merged."""
        split = {code for variable in self.variables.values() for code in variable.split}
        count = len(split.intersection(codes))
        if count and self.complete:
            figures = "son chiffre n’est connu" if count == 1 else "leurs chiffres ne sont connus"
            words = french.plural(
                count, "commune séparée ou réunie", "communes séparées ou réunies"
            )
            self.notes.append(
                f"{words} depuis la liste des communes de la table\u00a0: {figures} qu’avec ceux d’une autre (…)"
            )

    def reference(self, unit: str) -> Value:
        if not self.complete:
            return self._dressed(self._nothing)
        codes = list(dict.fromkeys(self.members[unit]))
        if self._published_only():
            return self._dressed(self._published(unit, codes))
        cells = [self._cells(code) for code in codes]
        if unit == FRANCE:
            cells = self._without_gaps(codes, cells)
        value = self._figure(cells, unit) if cells else ABSENT
        if not value.known and value.state is not State.NOT_APPLICABLE:
            published = self._figure([self._cells(unit)], unit)
            value = published if published.known else value
        return self._dressed(value)

    def _cells(self, unit: str) -> dict[str, Value]:
        return {name: cells.get(unit, ABSENT) for name, cells in self._tables}

    def _published_only(self) -> bool:
        return self.item.kind == "median" or not all(v.additive for v in self.variables.values())

    def _published(self, unit: str, codes: Sequence[str]) -> Value:
        """The published figure of a group: its own, or that of a unit of the same communes."""
        same = [unit]
        if len(codes) == 1:
            same.append(codes[0])
        if unit == TERRITORY:
            same += [
                key
                for key, others in self.members.items()
                if key != unit and codes and set(others) == set(codes)
            ]
        for key in same:
            value = self._figure([self._whole(key, codes)], key)
            if value.state is not State.ABSENT:
                return value
        return ABSENT

    def _whole(self, unit: str, codes: Sequence[str]) -> dict[str, Value]:
        """Cells of a unit as they are given for it; beside one that cannot be added (people of
        neighbourhoods that lie on two communes), what can be is summed over its communes."""
        cells = self._cells(unit)
        if self.item.kind == "median":
            return cells
        return {
            name: total(variable.get(code) for code in codes)
            if variable.additive and cells[name].state is State.ABSENT
            else cells[name]
            for name, variable in self.variables.items()
        }

    def _without_gaps(
        self, codes: Sequence[str], cells: list[dict[str, Value]]
    ) -> list[dict[str, Value]]:
        """Communes of the country that have every part; the others must be few and are noted.

        Only absent cells may be left out: a secret one hides the total.
        """
        absent = [
            code
            for code, parts in zip(codes, cells)
            if any(part.state is State.ABSENT for part in parts.values())
        ]
        if not absent or len(absent) > NATIONAL_GAP * len(codes):
            return cells
        left_out = set(absent)
        self.notes.append("France : " + _excluded(absent))
        return [parts for code, parts in zip(codes, cells) if code not in left_out]

    def _figure(self, cells: Sequence[Mapping[str, Value]], unit: str) -> Value:
        """The indicator of the communes (or of the one published unit) whose cells are given."""
        numerator = self.numerator.evaluate(cells)
        if self.denominator is None:
            value = numerator
            base = numerator
        else:
            base = self.denominator.evaluate(cells)
            value = self._ratio(numerator, base)
        if self.item.secrecy == "units":
            why = units_reason(base.number)
            if why is not None:
                return secret(why)
        if self.households is not None and value.known:
            count = self.households.get(unit).number
            if count is not None and count < MIN_HOUSEHOLDS:
                return secret(Reason.FEW_HOUSEHOLDS)
        return value

    def _ratio(self, numerator: Value, denominator: Value) -> Value:
        if self.item.kind != "evolution":
            return ratio(numerator, denominator, self.item.multiplier)
        growth = ratio(numerator, denominator)
        span = self._span()
        if growth.number is None:
            return growth
        if span <= 0 or growth.number < 0:
            return NOT_APPLICABLE
        return Value(self.item.multiplier * (growth.number ** (1.0 / span) - 1.0))

    def _span(self) -> int:
        """Years between the two censuses of an evolution."""
        years = [variable.year for variable in self.variables.values()]
        return max(years) - min(years)

    def _dressed(self, value: Value) -> Value:
        return replace(value, unit=self.item.unit, source=self.source, vintage=self.years)


def _excluded(codes: Sequence[str]) -> str:
    """« hors Mayotte », « hors 3 communes sans donnée », both."""
    mayotte = [code for code in codes if department(code) == "976"]
    others = len(codes) - len(mayotte)
    parts = ["Mayotte"] if mayotte else []
    if others:
        parts.append(french.plural(others, "commune") + " sans donnée")
    return "hors " + french.listing(parts)


def _years(item: catalogue.Indicator, variables: Iterable[Variable]) -> str:
    """The date of an indicator as printed: « 2018 », « 2013–2018 », « 2018 et 2020 »."""
    dated = sorted({(variable.year, variable.date) for variable in variables if variable.year})
    texts = [text for _, text in dated]
    if item.kind == "evolution" and len(texts) == 2:
        return "–".join(texts)
    return french.listing(texts)


def citation(variables: Iterable[Variable]) -> str:
    """« Insee, Recensement de la population 2013 et 2018 »: each source once, with its dates."""
    dates: dict[str, set[tuple[int, str, bool]]] = {}
    for variable in variables:
        if variable.citation:
            date = (variable.year, variable.date, bool(variable.period))
            dates.setdefault(variable.citation, set()).add(date)
    texts = []
    for title, found in dates.items():
        years = french.listing([text for _, text, _ in sorted(found) if text])
        comma = ", " if any(period for _, _, period in found) else " "
        texts.append(title + (comma + years if years else ""))
    return " ; ".join(texts)
