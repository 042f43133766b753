"""Qualification of the jobs and of those who seek one as a layer of communes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from qgis.core import QgsVectorLayer

from ..core.crossings import Qualification
from ..core.errors import InputError
from ..core.figures import SIGNIFICANCE
from ..core.progress import Progress
from ..core.values import SIGN_NOT_SIGNIFICANT, State, Value
from .communes import Commune, read_communes
from .coverage import as_multi, figure_fields, figure_row
from .layers import TEXT, memory_layer

NAME = "qualification"


@dataclass(frozen=True)
class QualificationLayer:
    """``used``: indicators of the jobs and of the people that the figures rest on."""

    layer: QgsVectorLayer
    found: Qualification
    used: tuple[str, ...]


def qualification_layer(
    communes: QgsVectorLayer,
    crs: str,
    whole: Mapping[str, Value],
    references: Mapping[str, Mapping[str, Value]],
    progress: Progress,
) -> QualificationLayer:
    """Communes with ``rate`` and ``index`` (:func:`analysis.qualification.balance`), each with its
    ``_etat``, and ``status`` (``n.s.`` under 30 people or jobs).

    ``communes`` carry the indicators of :func:`analysis.qualification.needed`. ``whole``: those of
    the territory; ``references``: those of the units compared with, by name.
    """
    from ..analysis.qualification import levels, needed, qualification, series

    places = read_communes(communes, crs)
    names = needed()
    figures = {place.code: {name: place.figure(name) for name in names} for place in places}
    rank = series([whole, *figures.values()])
    jobs = [level.jobs for level in levels()]
    there = any(all(unit[name].known for name in jobs) for unit in figures.values())
    if rank is None or not there:
        raise InputError(
            "The data tell neither of the jobs by socio-occupational group ({jobs}) nor of the people by diploma ({people}): put the census tables on activity and on diplomas into the folder.",
            jobs="C_EMPLT_CS1 – CS6",
            people="P_CHOM_DIPLMIN – SUP5",
        )
    rows = []
    for place in places:
        progress.check()
        rows.append((_row(place, figures[place.code], rank), as_multi(place.shape)))
    columns = {"codgeo": TEXT, "nom": TEXT, **figure_fields(("rate", "index")), "status": TEXT}
    layer = memory_layer(NAME, columns, "MultiPolygon", crs, rows)
    used = (*jobs, *(level.seekers[rank] for level in levels()))
    return QualificationLayer(layer, qualification(whole, rank, references), used)


def _row(place: Commune, figures: Mapping[str, Value], rank: int) -> dict[str, Any]:
    from ..analysis.qualification import balance

    per_job, index = balance(figures, rank)
    status = index.state.value if not index.known else State.KNOWN.value
    return {
        "codgeo": place.code,
        "nom": place.name,
        **figure_row({"rate": per_job, "index": index}),
        SIGNIFICANCE: status if index.significant else SIGN_NOT_SIGNIFICANT,
    }
