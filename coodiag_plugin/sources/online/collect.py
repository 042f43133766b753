"""Everything that a run asks of the services for a territory, in order."""

from __future__ import annotations

from collections.abc import Callable

from ...core.errors import CoodiagError
from ...core.progress import Progress, each
from ...core.wanted import (
    ECOSYSTEM,
    ESTABLISHMENTS,
    GEOGRAPHY,
    LABELS,
    STATISTICS,
    Wanted,
    collections,
)
from ...core.words import Words
from ..citations import Fetch
from ..web.client import Web
from ..web.faults import Kind, ServiceError
from . import (
    ban_files,
    benefits,
    data_inclusion,
    districts,
    emplois_inclusion,
    ess_list,
    france_services,
    job_seekers,
    melodi,
    private_jobs,
    recherche_entreprises,
    sirene_api,
    sirene_stock,
    wfs,
)
from .depot import Depot
from .geography import collect_geography
from .scope import Scope
from .understood import understood

Collector = Callable[[Web, Scope, Depot, Progress], None]
COLLECTORS: dict[str, Collector] = {
    STATISTICS: melodi.collect_statistics,
    "job_seekers": job_seekers.collect_job_seekers,
    "benefits": benefits.collect_benefits,
    "private_jobs": private_jobs.collect_private_jobs,
    "ess": ess_list.collect_ess,
    "addresses": ban_files.collect_addresses,
    "roads": wfs.collect_roads,
    "districts": districts.collect_districts,
    "iris": wfs.collect_iris,
    "siae": emplois_inclusion.collect_siae,
    "inclusion": data_inclusion.collect_structures,
    "france_services": france_services.collect_france_services,
}


def collect(web: Web, wanted: Wanted, depot: Depot, progress: Progress) -> Scope:
    """Fill ``depot`` with what is wanted; what could not be had is in ``depot.failed``.

    Without its communes a run is nothing: a failure of the geography is raised. Any other failure
    is said, and the rest is fetched all the same. Asked again, only what is missing or old is
    asked of the services.
    """
    depot.fetch = Fetch(GEOGRAPHY)
    with understood(web, collections()[GEOGRAPHY].services):
        scope = collect_geography(
            web, wanted.territory, wanted.box, wanted.variables, depot, progress.part(0.0, 0.2)
        )
    chosen = [name for name in collections() if name in wanted.collections and name != GEOGRAPHY]
    collected = {GEOGRAPHY}
    for name, part in each(chosen, progress.part(0.2, 1.0)):
        label = Words(LABELS[name])
        progress.say("Fetching: {what}.", what=label)
        try:
            before = len(depot.failures)
            collect_one(web.under(part), name, wanted, scope, depot, part)
            if len(depot.failures) == before:
                collected.add(name)
        except CoodiagError as error:
            if name in ECOSYSTEM and isinstance(error, ServiceError) and error.kind is Kind.NO_KEY:
                progress.say("Left out, for want of its optional key: {what}.", what=label)
                continue
            depot.fail(scope.variables if name == STATISTICS else [name], error)
            progress.warn("Not fetched: {what}. {reason}", what=label, reason=error.words())
    depot.tidy(scope.mark, collected)
    return scope


def collect_one(
    web: Web, name: str, wanted: Wanted, scope: Scope, depot: Depot, progress: Progress
) -> None:
    """One collection beside the geography; raises what it cannot mend, in a sentence."""
    depot.fetch = Fetch(name, scope.mark)
    with understood(web, collections()[name].services):
        _collect_one(web, name, wanted, scope, depot, progress)


def _collect_one(
    web: Web, name: str, wanted: Wanted, scope: Scope, depot: Depot, progress: Progress
) -> None:
    if name != ESTABLISHMENTS:
        COLLECTORS[name](web, scope, depot, progress)
        return
    way = wanted.register
    if way == "auto":
        way = "sirene-api" if web.has_key("sirene") else "recherche-entreprises"
    if way == "stock":
        sirene_stock.collect_stock(web, scope, depot, progress)
    else:
        service = sirene_api if way == "sirene-api" else recherche_entreprises
        service.collect_establishments(
            web, scope, depot, progress, naf=wanted.naf, ess_only=wanted.ess_only
        )
