"""The actors of the territory as a layer of points: organisations only, located like addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry, QgsPointXY, QgsVectorLayer

from ..core.catalogue import rows as catalogue_rows
from ..core.progress import Progress
from .geocoding import WGS84, geocode_rows
from .layers import TEXT, memory_layer, records, transformer
from .locating import How, Sending

if TYPE_CHECKING:
    from ..sources.actors_file import ActorRow, ActorTable
    from ..sources.changes import Former

NAME = "acteurs"
FIELDS = dict.fromkeys(
    ("name", "kind", "kind_label", "role", "link", "link_label", "codgeo", "nom_commune", "quality"),
    TEXT,
)  # fmt: skip
#: A point farther than this from the communes that are known (m) is a mistake, or another territory.
MARGIN = 50_000.0
GIVEN = "coordonnées"
_PLACE = ("address", "complement", "postcode", "city", "citycode")


@dataclass(frozen=True)
class ActorsLayer:
    """``layer``: a row per actor, points in the legal CRS; an actor without a place has no point.

    ``located`` + ``unlocated`` = rows of the layer.
    """

    layer: QgsVectorLayer
    located: int
    unlocated: int


def locate_actors(
    table: ActorTable,
    *,
    how: How,
    communes: QgsVectorLayer,
    crs: str,
    progress: Progress,
    former: Sequence[Former] = (),
    told: Callable[[Sending], None] | None = None,
    sent: Callable[[int], None] | None = None,
) -> ActorsLayer:
    """Place each actor at the point that its table gives, else at its address or its commune.

    ``communes``: every commune known (fields ``codgeo``, ``nom``). ``told`` and ``sent`` as in
    :func:`~.geocoding.geocode_rows`.
    """
    given = dict(_given(table.rows, communes, crs))
    rest = [
        (rank, row)
        for rank, row in enumerate(table.rows)
        if rank not in given and any(row.place.values())
    ]
    placed: dict[int, tuple[QgsGeometry, str, str]] = dict(given)
    if rest:
        queries = [{"row_id": str(rank), **row.place} for rank, row in rest]
        found, _, _ = geocode_rows(
            queries,
            {name: name for name in _PLACE},
            how=how,
            communes_layer=communes,
            crs=crs,
            progress=progress,
            former=former,
            told=told,
            sent=sent,
        )
        for cells, shape in found:
            code, quality = str(cells["geo_citycode"] or ""), str(cells["geo_status"])
            placed[int(cells["row_id"])] = (shape, code, quality)
    names = {str(row["codgeo"]): str(row["nom"]) for row, _ in records(communes)}
    layer = actors_layer(table.rows, placed, names, crs)
    return ActorsLayer(layer, len(placed), len(table.rows) - len(placed))


def actors_layer(
    rows: Sequence[ActorRow],
    placed: Mapping[int, tuple[QgsGeometry, str, str]],
    names: Mapping[str, str],
    crs: str,
) -> QgsVectorLayer:
    """The layer ``acteurs``. ``placed``: rank of the row → point, commune code, precision."""
    kinds, links = _labels("actor_kinds", "kind"), _labels("actor_links", "link")

    def features() -> Iterator[tuple[dict[str, Any], QgsGeometry | None]]:
        for rank, row in enumerate(rows):
            shape, code, quality = placed.get(rank, (None, "", ""))
            actor = row.actor
            yield (
                {
                    "name": actor.name,
                    "kind": actor.kind,
                    "kind_label": kinds[actor.kind],
                    "role": actor.role or None,
                    "link": " ".join(actor.links) or None,
                    "link_label": " ; ".join(links[link] for link in actor.links) or None,
                    "codgeo": code or None,
                    "nom_commune": names.get(code) or actor.town or None,
                    "quality": quality or None,
                },
                shape,
            )

    return memory_layer(NAME, FIELDS, "Point", crs, features())


def _labels(table: str, key: str) -> dict[str, str]:
    return {row[key]: row["label"] for row in catalogue_rows(table)}


def _given(
    rows: Sequence[ActorRow], communes: QgsVectorLayer, crs: str
) -> Iterator[tuple[int, tuple[QgsGeometry, str, str]]]:
    """Actors whose table gives a longitude and a latitude that lie near the communes."""
    if not any(row.point for row in rows):
        return
    there = transformer(QgsCoordinateReferenceSystem(WGS84), crs)
    over = transformer(communes.crs(), crs)
    shapes = []
    for row, shape in records(communes):
        shape.transform(over)
        shapes.append((str(row["codgeo"]), shape, shape.boundingBox()))
    box = over.transformBoundingBox(communes.extent())
    box.grow(MARGIN)
    for rank, row in enumerate(rows):
        if row.point is None:
            continue
        point = there.transform(QgsPointXY(*row.point))
        if not box.contains(point):
            continue
        shape = QgsGeometry.fromPointXY(point)
        code = next((c for c, area, b in shapes if b.contains(point) and area.contains(shape)), "")
        yield rank, (shape, code, GIVEN)
