"""Crossings of the territory in a run: similar territories, typology of communes, specialisation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ...core import french
from ...core.errors import InputError
from ...core.progress import Progress
from ...core.territory import Territory
from ..translation import in_french, told
from .options import Run
from .typology_page import specificities_result, typology_result

if TYPE_CHECKING:
    from ...analysis.indicators import IndicatorResult
    from ...sources.geography import Geography
    from ...sources.statistics import Statistics

TYPOLOGY, SPECIFICITIES = "typologie", "specificites"
#: Names of the refusals of what has no layer.
SIMILAR, SPECIALISATION = "similaires", "specialisation"


def with_similar(
    run: Run,
    geography: Geography,
    territory: Territory,
    also: Sequence[str],
    progress: Progress,
    read: Statistics,
) -> Territory:
    """The territory with those most alike, together, as one more reference.

    ``also``: indicators printed of each of them; ``read``: the tables of the run. Where the data
    hold too few other territories the reason is kept for the page, and the territory is given
    back as it is.
    """
    from ..similar_territories import find_similar

    if run.profile.similar is None:
        return territory
    try:
        run.similar = find_similar(
            run.inventory, geography, territory, run.profile.similar, progress, also, read
        )
    except InputError as error:
        run.refusals[SIMILAR] = told(error.template, error.fields, in_french)
        return territory
    return replace(territory, references=(*territory.references, run.similar.unit))


def typology(
    run: Run,
    geography: Geography,
    territory: Territory,
    result: IndicatorResult,
    progress: Progress,
    read: Statistics,
) -> None:
    """The layer ``typologie``: communes that are alike, by the indicators of the catalogue."""
    from ..typology import find_typology

    found = find_typology(
        run.inventory,
        geography,
        territory,
        run.layers["communes"],
        result,
        progress,
        read,
    )
    run.layers[TYPOLOGY] = found.layer
    run.results[TYPOLOGY] = typology_result(found)
    run.journal.section("Typologie des communes")
    for group in found.clusters.groups:
        run.journal.write(f"{group.name} : {french.plural(len(group.members), 'commune')}.")


def specialisation(
    run: Run, geography: Geography, territory: Territory, progress: Progress, read: Statistics
) -> None:
    """Location quotients by sector, and the layer ``specificites`` of the first family of sectors."""
    from ..specialisation import find_specialisation, specificities_layer

    run.specialisations = find_specialisation(run.inventory, geography, territory, progress, read)
    for item in run.specialisations:
        run.add_sources(list(item.origins))
    if run.specialisations:
        first = run.specialisations[0]
        layer, labels = specificities_layer(run.layers["communes"], first)
        run.layers[SPECIFICITIES] = layer
        run.results[SPECIFICITIES] = specificities_result(first, labels)
