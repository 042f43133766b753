"""Recipients of benefits by commune (Cnaf), every year that data.caf.fr gives."""

from __future__ import annotations

import re

from ...core.progress import Progress
from ..caf import DATASET, DATE, KEY
from ..slices import month
from ..web.client import Web
from .depot import Depot
from .opendatasoft import Portal
from .scope import Scope

FILE = "allocataires_caf.csv"
_DATASET = "s_ben_com_f"
_FIGURE = re.compile(r"ind(?:foy|nbp|mtt)_\w+")
_NOTE = "Allocataires des Caf seuls, ceux de la MSA ne sont pas comptés ; effectifs arrondis à 5, petits effectifs masqués"


def collect_benefits(web: Web, scope: Scope, depot: Depot, progress: Progress) -> None:
    """Write ``allocataires_caf.csv`` (family ``caf_communes``) in the producer's own columns.

    A count that the producer hides, which it leaves empty, is written ``s``. Which benefits there
    are is read from the portal.
    """
    portal = Portal(web, "caf", _DATASET)
    portal.need(DATE, KEY, "indfoy_ndur")
    figures = [name for name in portal.about.fields if _FIGURE.fullmatch(name)]
    names = [name for name in portal.about.fields if name in (DATE, KEY, "nomcom")]
    table = portal.rows([*names, *figures], KEY, scope, progress)
    table[figures] = table[figures].replace("", "s")
    years = sorted({found[0] for found in map(month, table[DATE].unique()) if found})
    vintage = f"{years[0]}–{years[-1]}" if years else ""
    depot.table(FILE, table, portal.source(DATASET, vintage=vintage, note=_NOTE))
