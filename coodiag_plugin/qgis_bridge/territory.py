"""A territory as a layer of communes: from a code, a name or polygons to shapes with their role."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qgis.core import QgsGeometry, QgsVectorLayer

from ..core.codes import MAINLAND_CRS, legal_crs
from ..core.errors import InputError, TerritoryError
from ..core.progress import Progress
from ..core.provenance import Provenance
from ..core.territory import Territory
from ..core.wanted import OfficialSource, Wanted
from .commune_shapes import CommuneShapes, as_multipolygon
from .layers import TEXT, memory_layer, transformer
from .official import box_of, check_located, official

if TYPE_CHECKING:
    from ..sources.folder import Inventory
    from ..sources.geography import Geography

#: Fields of the layer of communes, in order.
FIELDS = dict.fromkeys(("codgeo", "nom", "epci", "nom_epci", "dep", "reg", "role"), TEXT)
INSIDE = "territoire"
BESIDE = "voisin"
#: Contours are generalised: limits that come this close (m) are shared.
TOUCHING = 50.0
#: Share of its surface from which a commune belongs to a drawn area.
INSIDE_SHARE = 0.5


@dataclass
class TerritoryLayers:
    """A resolved territory and its communes.

    ``communes``: memory layer of multipolygons in the territory's legal CRS, fields
    :data:`FIELDS`; ``role`` is ``territoire`` or ``voisin``. ``provenance``: every file that a
    code, a name or a shape was taken from.
    """

    territory: Territory
    communes: QgsVectorLayer
    geography: Geography
    provenance: list[Provenance]


def read_territory(
    expression: str,
    source: OfficialSource,
    *,
    area: QgsVectorLayer | None = None,
    neighbours: bool = True,
    progress: Progress,
) -> TerritoryLayers:
    """:func:`build_territory` from the services or from a folder of official files."""

    wanted = Wanted(expression, box_of(area) if area is not None else None)
    with official(source, wanted, progress.part(0.0, 0.4)) as found:
        return build_territory(
            expression,
            found.inventory,
            area=area,
            neighbours=neighbours,
            progress=progress.part(0.4, 1.0),
        )


def build_territory(
    expression: str,
    inventory: Inventory,
    *,
    area: QgsVectorLayer | None = None,
    neighbours: bool = True,
    progress: Progress,
) -> TerritoryLayers:
    """Resolve ``expression``, or the communes inside the polygons of ``area``, or both together.

    Raises TerritoryError for a code or name that cannot be resolved and for communes without
    contours, InputError for polygons without CRS or when neither is given.
    """
    from ..sources.folder import provenance
    from ..sources.geography import load_geography

    if not expression.strip() and area is None:
        raise InputError(
            "No territory was given: write a code such as EPCI:243500139, a name, or choose a layer of polygons."
        )
    if area is not None:
        check_located(area)
    progress.say("Reading the lists and contours of communes…")
    geography = load_geography(inventory, progress.part(0.0, 0.3))
    territory, shapes, inside = _resolved(expression, geography, area, progress)
    outside: dict[str, QgsGeometry] = {}
    if neighbours:
        outside = _neighbours(shapes, inside, progress)
        territory = replace(territory, neighbours=tuple(sorted(outside)))
    progress.set(0.9)
    layer = _layer(geography, territory, {**inside, **outside})
    sources = [
        *(provenance(file, cog=geography.cog) for file in shapes.used),
        *geography.provenance_of([*inside, *outside]),
    ]
    return TerritoryLayers(territory, layer, geography, _distinct(sources))


def _resolved(
    expression: str, geography: Geography, area: QgsVectorLayer | None, progress: Progress
) -> tuple[Territory, CommuneShapes, dict[str, QgsGeometry]]:
    """The territory, the reader of its shapes, and these shapes."""
    if area is None:
        territory = geography.resolve(expression, progress)
    else:
        named = geography.resolve(expression, progress) if expression.strip() else None
        territory = _with_area(geography, named, area, progress)
    refuse_two_projections(territory)
    shapes = CommuneShapes(geography, territory.crs, progress)
    inside = shapes.of(territory.communes)
    progress.say("{name}: {count} communes.", name=territory.name, count=len(inside))
    progress.set(0.6)
    return territory, shapes, inside


def refuse_two_projections(territory: Territory) -> None:
    """A territory on both sides of an ocean has no projection to measure in."""
    found = {legal_crs(code) for code in territory.communes}
    if len(found) > 1:
        raise TerritoryError(
            "The territory spreads over several legal projections ({crs}): run one diagnosis for each.",
            crs=", ".join(sorted(found)),
        )


def _with_area(
    geography: Geography, territory: Territory | None, area: QgsVectorLayer, progress: Progress
) -> Territory:
    """The communes of the drawn area, with those of the codes when both are given."""
    from ..sources.resolution import references

    codes = _communes_inside(geography, area, progress)
    if not codes:
        raise TerritoryError(
            "No commune of the folder lies inside the polygons of {layer}.", layer=area.name()
        )
    if territory is None:
        name, kind, communes, expression = area.name(), "AREA", codes, ""
    else:
        name, kind, expression = territory.name, "MIXED", territory.expression
        communes = list(dict.fromkeys([*territory.communes, *codes]))
    return Territory(
        expression=expression,
        name=name,
        kind=kind,
        communes=tuple(communes),
        neighbours=(),
        references=references(geography, communes),
        cog=geography.cog,
    )


def _communes_inside(geography: Geography, area: QgsVectorLayer, progress: Progress) -> list[str]:
    """Communes with a point on their surface, or more than half of it, in the polygons.

    Half of the surface also takes a commune whose only labelled point falls in a hole; the
    point also takes one that a coarse drawing cuts just below half.
    """
    crs = _area_crs(geography, area, progress)
    union = _area_union(area, crs)
    shapes = CommuneShapes(geography, crs, progress)
    candidates = shapes.of(shapes.meeting(union))
    engine = QgsGeometry.createGeometryEngine(union.constGet())
    engine.prepareGeometry()
    inside = []
    for code, shape in candidates.items():
        progress.check()
        if not engine.intersects(shape.constGet()):
            continue
        point = shape.pointOnSurface()
        share = shape.intersection(union).area() / shape.area()
        if engine.contains(point.constGet()) or share > INSIDE_SHARE:
            inside.append(code)
    return sorted(inside)


def _area_union(area: QgsVectorLayer, crs: str) -> QgsGeometry:
    """The polygons of the layer as one valid shape in ``crs``."""
    transform = transformer(area.crs(), crs)
    parts = []
    for item in area.getFeatures():
        shape = QgsGeometry(item.geometry())
        if not shape.isEmpty():
            shape.transform(transform)
            parts.append(as_multipolygon(shape.makeValid()))
    if not parts:
        raise InputError("The layer {layer} holds no polygon.", layer=area.name())
    return QgsGeometry.unaryUnion(parts)


def _area_crs(geography: Geography, area: QgsVectorLayer, progress: Progress) -> str:
    """Legal projection at the place of the area, told by a commune found there."""
    degrees = "EPSG:4326"
    found = CommuneShapes(geography, degrees, progress).meeting(_area_union(area, degrees))
    return legal_crs(found[0]) if found else MAINLAND_CRS


def _neighbours(
    shapes: CommuneShapes, inside: dict[str, QgsGeometry], progress: Progress
) -> dict[str, QgsGeometry]:
    """Communes that touch the territory, within :data:`TOUCHING`."""
    reach = QgsGeometry.unaryUnion(list(inside.values())).buffer(TOUCHING, 4)
    candidates = shapes.of(code for code in shapes.meeting(reach) if code not in inside)
    engine = QgsGeometry.createGeometryEngine(reach.constGet())
    engine.prepareGeometry()
    touching = {}
    for code in sorted(candidates):
        progress.check()
        if engine.intersects(candidates[code].constGet()):
            touching[code] = candidates[code]
    return touching


def _layer(
    geography: Geography, territory: Territory, shapes: dict[str, QgsGeometry]
) -> QgsVectorLayer:
    inside = set(territory.communes)
    rows = []
    for code, shape in sorted(shapes.items(), key=lambda item: (item[0] not in inside, item[0])):
        row = geography.communes.loc[code]
        epci = str(row["epci"])
        rows.append(
            (
                {
                    "codgeo": code,
                    "nom": geography.name(code),
                    "epci": epci,
                    "nom_epci": geography.name(f"EPCI:{epci}") if epci else "",
                    "dep": row["dep"],
                    "reg": row["reg"],
                    "role": INSIDE if code in inside else BESIDE,
                },
                shape,
            )
        )
    return memory_layer("communes", FIELDS, "MultiPolygon", territory.crs, rows)


def _distinct(sources: Iterable[Provenance]) -> list[Provenance]:
    """One line by file: contours may also have given memberships."""
    return list(
        {(source.dataset, source.file): source for source in reversed(list(sources))}.values()
    )[::-1]
