"""Census, incomes, births and employers of Insee, from the API Melodi (no key, 30 requests a minute).

For each dataset: its dimensions, one question for the units above the commune (it also tells the
years), one for the communes of the départements concerned. Whole départements are asked for
rather than a list of communes: the commune list of a dataset may be older than that of the run,
and a commune that has merged since must come with all its parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...core.codes import arrondissements, department
from ...core.errors import CoodiagError, SourceError
from ...core.progress import Progress, each
from ...core.variables import family
from ..web.client import Web
from .depot import Depot
from .melodi_cells import Geo, Plan, Recipe, lacking, recipes
from .melodi_query import SERVICE, Dataset, Seen
from .melodi_tables import ARRONDISSEMENT, FRANCE, LEVELS, tables
from .scope import Scope
from .understood import understood

__all__ = ["collect_statistics", "zone_members"]

_POPULATIONS = "DS_POPULATIONS_REFERENCE"


def collect_statistics(web: Web, scope: Scope, depot: Depot, progress: Progress) -> None:
    """Write the variables of ``scope``, one table by dataset and level.

    A dataset that cannot be had leaves its variables in ``depot.failed`` and the others go on; so
    do variables that Melodi no longer has under the codes of the catalogue.
    """
    by_dataset = _wanted(scope.variables, depot, progress)
    for (name, wanted), part in each(by_dataset.items(), progress):
        part.set(0.0)
        try:
            with understood(web, [SERVICE]):
                _collect(web, name, wanted, scope, depot, part)
        except CoodiagError as error:
            depot.fail(_names(wanted, scope), error)
            progress.warn(
                "Insee, API Melodi: {dataset} is left out ({variables}). {reason}",
                dataset=name,
                variables=", ".join(recipe.variable for recipe in wanted),
                reason=error.words(),
            )
        part.set(1.0)


def zone_members(web: Web, code: str) -> tuple[str, ...]:
    """Communes of an employment zone (``5315``), sorted; SourceError when Melodi knows none."""
    dataset = Dataset(web, _POPULATIONS, web.progress)
    rows = dataset.observations([f"ZE2020-{code}*COM"], {"POPREF_MEASURE": ["PMUN"]}, [])
    found = sorted({where.code for where, _ in rows if where.level == "COM"})
    if not found:
        raise SourceError(
            "No commune is known in the employment zone ZE:{code}. Check its code (four digits, zones of 2020).",
            code=code,
        )
    return tuple(found)


def _wanted(variables: Iterable[str], depot: Depot, progress: Progress) -> dict[str, list[Recipe]]:
    """Recipes by dataset, in the order of the catalogue; variables of other services are left."""
    asked = {name.rstrip("~") for name in variables}
    mine = {name for name in asked if LEVELS["COM"][0] in family(name).datasets}
    _say_not_asked([name for name in variables if name.rstrip("~") in mine], progress)
    unknown = sorted(name for name in mine - set(recipes()) if not lacking(name))
    if unknown:
        error = SourceError(
            "Insee, API Melodi: the catalogue does not say where to find {variables}. Add them to catalogue/melodi.csv, or take the files of Insee.",
            variables=", ".join(unknown),
        )
        depot.fail([name for name in variables if name.rstrip("~") in unknown], error)
        progress.warn(error.template, **error.fields)
    found: dict[str, list[Recipe]] = {}
    for name, recipe in recipes().items():
        if name in mine:
            found.setdefault(recipe.dataset, []).append(recipe)
    return found


def _say_not_asked(names: Iterable[str], progress: Progress) -> None:
    """What Melodi may hold and is not asked for: which file of Insee gives it, and why."""
    found: dict[tuple[str, str], list[str]] = {}
    for name in dict.fromkeys(names):
        row = lacking(name)
        if row:
            found.setdefault(row, []).append(name)
    for (file, reason), together in found.items():
        progress.say(
            "Insee, API Melodi: {variables} are not asked for ({reason}). The file {file} gives them.",
            variables=", ".join(sorted(together)),
            reason=reason,
            file=file,
        )


def _names(wanted: Iterable[Recipe], scope: Scope) -> list[str]:
    """The variables of the scope that recipes give, ``P_POP~`` with ``P_POP``."""
    mine = {recipe.variable for recipe in wanted}
    return [name for name in scope.variables if name.rstrip("~") in mine]


def _collect(
    web: Web, name: str, wanted: Sequence[Recipe], scope: Scope, depot: Depot, progress: Progress
) -> None:
    progress.say("Insee, API Melodi: {dataset}.", dataset=name)
    dataset = Dataset(web.under(progress), name, progress)
    shape = dataset.shape(Geo("", "DEP", scope.all_departments[0]))
    progress.set(0.2)
    plan = Plan(wanted, shape)
    _say_lacking(dataset, plan, wanted, scope, depot, progress)
    if not plan.ways:
        return
    above = dataset.observations(_places_above(scope), plan.filters(), [])
    progress.set(0.4)
    years = sorted({seen.year for _, seen in above}, reverse=True)
    kept = years[: max(recipe.periods for recipe in wanted)]
    communes = _communes(dataset, plan, scope, kept)
    if kept and not communes:  # the communes come later than the rest
        communes = _communes(dataset, plan, scope, [])
    progress.set(0.8)
    _write(dataset, plan, wanted, [*communes, *above], scope, depot, progress)


def _say_lacking(
    dataset: Dataset,
    plan: Plan,
    wanted: Sequence[Recipe],
    scope: Scope,
    depot: Depot,
    progress: Progress,
) -> None:
    for recipe in wanted:
        if recipe.variable in plan.lacking:
            error = SourceError(
                "Insee, API Melodi: {dataset} no longer has the codes of {variable} (dimension {dimension}). Take the file of Insee for it, or look for a newer version of Coodiag.",
                dataset=dataset.name,
                variable=recipe.variable,
                dimension=plan.lacking[recipe.variable],
            )
            depot.fail(_names([recipe], scope), error)
            progress.warn(error.template, **error.fields)


def _places_above(scope: Scope) -> list[str]:
    return [
        *(f"EPCI-{code}" for code in scope.epcis),
        *(f"DEP-{code}" for code in scope.departments),
        *(f"REG-{code}" for code in scope.regions),
        *(f"FRANCE-{code}" for code in FRANCE),
    ]


def _communes(dataset: Dataset, plan: Plan, scope: Scope, years: Sequence[int]) -> Seen:
    """Observations of the communes of the départements concerned.

    Where the service has nothing for a whole département under that form, its communes are asked
    for one by one; for Paris, Lyon and Marseille, their arrondissements.
    """
    filters = plan.filters()
    found = dataset.observations(
        [f"DEP-{code}*COM" for code in scope.all_departments], filters, years
    )
    there = {where.code for where, _ in found}
    covered = {department(code) for code in there}
    missing = [f"COM-{code}" for code in scope.communes if department(code) not in covered]
    for code in scope.communes:
        if code not in there:
            missing += [f"{ARRONDISSEMENT}-{part}" for part in arrondissements(code)]
    return found + dataset.observations(missing, filters, years) if missing else found


def _write(
    dataset: Dataset,
    plan: Plan,
    wanted: Sequence[Recipe],
    seen: Seen,
    scope: Scope,
    depot: Depot,
    progress: Progress,
) -> None:
    found, spoilt = tables(dataset, plan, wanted, seen, scope.communes)
    for variable, error in spoilt.items():
        depot.fail(_names([recipes()[variable]], scope), error)
        progress.warn(error.template, **error.fields)
    for table in found:
        depot.table(table.name, table.frame, table.source)
    if not found and not spoilt:
        progress.warn(
            "Insee, API Melodi: {dataset} has no figure for this territory ({variables}).",
            dataset=dataset.name,
            variables=", ".join(recipe.variable for recipe in wanted),
        )
