"""The map of the ecosystem: the actors by kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qgis.core import QgsVectorLayer

from ...core import french
from ...core.catalogue import layer_fields
from ...core.catalogue import rows as catalogue_rows
from ...core.profiles import Chapter, Page
from ...core.qualitative import Actor
from ...edition.materials import PageMaterial
from ..actors import GIVEN
from ..layers import records
from .results import StepResult

if TYPE_CHECKING:
    from .ground import Ground

SOURCE = "Recensement des acteurs par la structure"
#: Precisions that place an actor no finer than its commune.
_AT_TOWN = "commune"


@dataclass(frozen=True)
class ActorsResult(StepResult):
    """``actors``: all of them, for the sheet; ``persons``: how many were left out as persons."""

    actors: tuple[Actor, ...]
    persons: int


def actors_page(
    ground: Ground, chapter: Chapter, page: Page, layer: QgsVectorLayer
) -> PageMaterial | str:
    """The material of the map ``points`` of the layer ``acteurs``, or why it is left out."""
    from ...analysis.points import PointKind, design_points
    from ...edition.sheets.actors import kind_figures

    rows = [row for row, shape in records(layer) if not shape.isEmpty()]
    if not rows:
        return "aucun acteur n’a pu être placé : la table ne donne ni adresse ni commune connue."
    kinds = [
        PointKind(row["label"], row["label"], row["colour"], row["shape"])
        for row in catalogue_rows("actor_kinds")
    ]
    subject = layer_fields()[(page.layer, "kind_label")]
    design = design_points(
        "kind_label",
        "Acteurs (nombre)",
        [str(row["kind_label"]) for row in rows],
        kinds,
        chapter.theme,
    )
    actors = [Actor(str(row["name"]), str(row["kind"])) for row in rows]
    return PageMaterial(
        page,
        subject,
        "",
        (SOURCE,),
        design,
        sentence=_sentence(ground, rows),
        figures=kind_figures(actors),
        subtitle="Organismes recensés, selon leur type",
        method=_method(layer, rows),
    )


def _sentence(ground: Ground, rows: list[dict[str, object]]) -> str:
    """How many actors, and where most of them are: figures of organisations, no secret."""
    inside = [str(row["codgeo"]) for row in rows if str(row["codgeo"]) in ground.names]
    text = french.plural(len(rows), "acteur placé", "acteurs placés") + " sur la carte"
    towns = set(inside)
    if inside:
        most = max(sorted(towns), key=inside.count)
        held = inside.count(most)
        share = french.number(100 * held / len(rows))
        text += f", dans {french.plural(len(towns), 'commune')} du territoire"
        if len(towns) > 1 and held > 1:
            text += f" ; {share}\u00a0% sont {french.at(ground.names[most])}"
    return french.typography(text + ".")


def _method(layer: QgsVectorLayer, rows: list[dict[str, object]]) -> str:
    count = layer.featureCount()
    town = sum(row["quality"] == _AT_TOWN for row in rows)
    given = sum(row["quality"] == GIVEN for row in rows)
    parts = [f"{french.number(len(rows))} acteurs placés sur {french.number(count)}"]
    if given:
        parts.append(f"{french.number(given)} par leurs coordonnées")
    if town:
        parts.append(f"{french.number(town)} au centre de leur commune")
    return (
        french.typography(
            ", dont ".join([parts[0], " et ".join(parts[1:])]) if len(parts) > 1 else parts[0]
        )
        + ". Les points superposés sont écartés autour de leur lieu."
    )
