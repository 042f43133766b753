"""Private employers and their employees by commune and activity (Urssaf), the last five years."""

from __future__ import annotations

from ...core.errors import SourceError
from ...core.progress import Progress
from ..urssaf import DATASET, EMPLOYERS, JOBS, KEY, SPAN, closed, years
from ..web.client import Web
from .depot import Depot
from .opendatasoft import Portal
from .scope import Scope

FILE = "effectifs_prives_urssaf.csv"
_DATASET = "etablissements-et-effectifs-salaries-au-niveau-commune-x-ape-last"
_NEEDED = (KEY, "code_ape")
_ALSO = ("intitule_commune", "grand_secteur_d_activite", "ape")
_NOTE = "Secteur privé, régime général ; les cellules secrètes sont masquées par la source"


def collect_private_jobs(web: Web, scope: Scope, depot: Depot, progress: Progress) -> None:
    """Write ``effectifs_prives_urssaf.csv`` (family ``urssaf_communes``), a column a year.

    The yearly columns are those that the portal has. A hidden cell, which the producer leaves
    empty, is written ``s``; the jobs of an activity without any establishment are none.
    """
    portal = Portal(web, "urssaf", _DATASET)
    portal.need(*_NEEDED)
    kept = years(portal.about.fields)[-SPAN - 1 :]
    if not kept:
        raise SourceError(
            "{service}: the dataset {dataset} has no yearly column any more. Look for a newer version of Coodiag, or download the file with a browser into the data folder.",
            service=portal.asking.service.title,
            dataset=_DATASET,
        )
    names = [name for name in portal.about.fields if name in (*_NEEDED, *_ALSO)]
    figures = [f"{count}_{year}" for count in (JOBS, EMPLOYERS) for year in kept]
    table = portal.rows([*names, *figures], KEY, scope, progress)
    for year in kept:
        table = closed(table, f"{JOBS}_{year}", f"{EMPLOYERS}_{year}")
    table[figures] = table[figures].replace("", "s")
    depot.table(FILE, table, portal.source(DATASET, vintage=f"{kept[0]}–{kept[-1]}", note=_NOTE))
