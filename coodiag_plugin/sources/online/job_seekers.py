"""Job seekers by commune, sex and age (Dares–France Travail): the last quarters of the last two years."""

from __future__ import annotations

from ...core.errors import SourceError
from ...core.progress import Progress
from ..slices import latest, quarter
from ..web.client import Web
from .depot import Depot
from .opendatasoft import Portal
from .scope import Scope

FILE = "demandeurs_emploi.csv"
_DATASET = "dares_defm_communales-brutes"
_FIGURE = "nombre_de_demandeurs_d_emploi"
_NEEDED = ("date", "code_commune", "categorie", _FIGURE)
_ALSO = ("commune", "type_de_donnees", "sexe", "tranche_d_age")
_YEARS = 2


def collect_job_seekers(web: Web, scope: Scope, depot: Depot, progress: Progress) -> None:
    """Write ``demandeurs_emploi.csv`` (family ``dares_defm``) in the producer's own columns.

    Counts are rounded to 5. An empty cell is written as the producer does.
    """
    portal = Portal(web, "dares", _DATASET)
    portal.need(*_NEEDED)
    dates = latest(portal.values("date"), quarter)
    if not dates:
        raise SourceError(
            "{service}: the dates of {dataset} cannot be read. Look for a newer version of Coodiag, or download the file with a browser into the data folder.",
            service=portal.asking.service.title,
            dataset=_DATASET,
        )
    asked = [text for _, text in list(dates.values())[-_YEARS:]]
    columns = [name for name in portal.about.fields if name in (*_NEEDED, *_ALSO)]
    table = portal.rows(columns, "code_commune", scope, progress, portal.among("date", asked))
    source = portal.source(
        "dares_defm",
        vintage=", ".join(map(str, list(dates)[-_YEARS:])),
        note="Effectifs arrondis à 5",
    )
    depot.table(FILE, table, source)
