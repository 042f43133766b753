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
from ...edition.context import Figure
from ...edition.materials import PageMaterial
from ..actors import GIVEN
from ..layers import records
from .results import StepResult

if TYPE_CHECKING:
    from .ground import Ground

SOURCE = "Recensement des acteurs par la structure"
#: Precisions that place an actor no finer than its commune.
_AT_TOWN = "commune"
#: Cards of the page.
CARDS = 4


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
    sentence, cards = _where(ground, rows)
    return PageMaterial(
        page,
        subject,
        "",
        (SOURCE,),
        design,
        sentence=sentence,
        figures=(*cards, *kind_figures(actors, CARDS - len(cards))),
        subtitle="Organismes recensés, selon leur type",
        method=_method(layer, rows),
    )


def _where(ground: Ground, rows: list[dict[str, object]]) -> tuple[str, tuple[Figure, ...]]:
    """How many actors, and where most of them are, with the cards that hold these figures: of
    organisations, no secret."""
    inside = [str(row["codgeo"]) for row in rows if str(row["codgeo"]) in ground.names]
    towns = set(inside)
    spread = french.plural(len(towns), "commune")
    text = french.plural(len(rows), "acteur placé", "acteurs placés") + " sur la carte"
    cards = [
        Figure("Acteurs sur la carte", french.number(len(rows)), f"dans {spread}" if towns else "")
    ]
    if towns:
        text += f", dans {spread} du territoire"
        most = max(sorted(towns), key=inside.count)
        held, name = inside.count(most), ground.names[most].replace("'", "’")
        if len(towns) > 1 and held > 1:
            share = f"{french.number(100 * held / len(rows))}\u00a0%"
            text += f" ; {share} sont {french.at(name)}"
            cards.append(Figure(name, french.plural(held, "acteur"), f"{share} des acteurs"))
    return french.typography(text + "."), tuple(cards)


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
