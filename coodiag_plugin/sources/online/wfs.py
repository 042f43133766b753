"""Contours, IRIS and roads of the Géoplateforme WFS (IGN), around a territory."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import chain

from ...core.codes import commune_of
from ...core.errors import SourceError
from ...core.progress import Progress, each
from ...core.provenance import Provenance
from ..web.client import Web
from . import geo_api
from .boxes import apart, enlarged, extent, union
from .depot import Depot
from .scope import Box, Scope
from .understood import understood
from .wfs_pages import SERVICE, Feature, Reader

CONTOURS = "contours_communes.geojson"
#: Neighbours are the communes that meet the extent of the territory enlarged by this.
MARGIN_KM = 2.0
_SHOWN = 8


def collect_contours(
    web: Web, communes: Collection[str], box: Box | None, depot: Depot, progress: Progress
) -> dict[str, Box]:
    """Write the contours of ``communes``, and of those that meet their extent or ``box``.

    Returns the extent of every commune written. Where the contours of IGN cannot be had, or lack
    a commune that is asked for, the simplified ones of geo.api.gouv.fr serve, and it is said.
    """
    places = geo_api.extents(web, communes, progress.part(0.0, 0.1))
    asked = [*places.values(), *([box] if box else [])]
    areas = apart(enlarged(place, MARGIN_KM) for place in asked)
    try:
        with understood(web, [SERVICE]):
            features, source = _official(web, areas, communes, progress.part(0.1, 0.9))
    except SourceError as error:
        progress.warn(
            "The contours of IGN are not used. {reason} Those of geo.api.gouv.fr, which are simplified, take their place.",
            reason=error.words(),
        )
        features, source = geo_api.contours(web, areas, communes, progress.part(0.1, 0.9))
    if not features:
        raise SourceError(
            "No commune of France meets the extent {extent} (degrees). Check the coordinate reference system of the polygons.",
            extent=", ".join(f"{side:.3f}" for side in union(asked) or ()),
        )
    depot.layer(CONTOURS, features, source)
    key = next(iter(features[0]["properties"]))
    found = {str(item["properties"][key]): extent(item["geometry"] or {}) for item in features}
    return {code: place for code, place in found.items() if place is not None}


#: Outlines of the larger units, and the file of each.
OUTLINES = {
    "epci": "contours_epci.geojson",
    "departement": "contours_departements.geojson",
    "region": "contours_regions.geojson",
}


def collect_outlines(
    web: Web, layer: str, codes: Iterable[str], depot: Depot, progress: Progress
) -> None:
    """Write the outlines of these units; ``layer``: one of :data:`OUTLINES`.

    Those of départements and régions are at small scale, for the locator.
    """
    wanted = sorted(codes)
    if wanted:
        reader = Reader(web, layer, progress)
        _write(reader, reader.having(wanted), OUTLINES[layer], depot)


def collect_iris(web: Web, scope: Scope, depot: Depot, progress: Progress) -> None:
    """Write the contours of the IRIS of the scope's communes."""
    reader = Reader(web, "iris", progress)
    field = next(name for name in reader.model.properties if name in ("code_insee", "insee_com"))
    communes = set(scope.communes)

    def wanted(feature: Feature) -> bool:
        return commune_of(str(feature["properties"][field])) in communes

    _write(reader, _kept(_across(reader, scope.boxes), wanted), "contours_iris.geojson", depot)


def collect_roads(web: Web, scope: Scope, depot: Depot, progress: Progress) -> None:
    """Write the roads of the scope's extent, as they are at the day of the answer."""
    reader = Reader(web, "routes", progress)
    _write(reader, _across(reader, scope.boxes), "troncon_de_route.geojson", depot)


def _across(reader: Reader, boxes: Iterable[Box]) -> Iterator[Feature]:
    """Objects of several boxes; one that meets two of them comes once."""
    seen: set[str] = set()
    for box in boxes:
        for item in reader.within(box):
            key = reader.key(item)
            if key not in seen:
                seen.add(key)
                yield item


def _official(
    web: Web, areas: Collection[Box], communes: Collection[str], progress: Progress
) -> tuple[list[Feature], Provenance]:
    """Contours of IGN of the communes that meet ``areas``; refused when one that is asked lacks."""
    reader = Reader(web, "commune", progress)
    found: dict[str, Feature] = {}
    for area, part in each(areas, progress):
        found.update((reader.key(item), item) for item in reader.under(part).within(area))
    missing = sorted(set(communes) - found.keys())
    if missing:
        raise SourceError(
            "The Géoplateforme WFS has no contour of {count} communes: {codes}.",
            count=len(missing),
            codes=", ".join(missing[:_SHOWN]),
        )
    return [found[code] for code in sorted(found)], _source(reader)


def _kept(features: Iterable[Feature], wanted: Callable[[Feature], bool]) -> Iterator[Feature]:
    return (feature for feature in features if wanted(feature))


def _write(reader: Reader, features: Iterable[Feature], name: str, depot: Depot) -> None:
    """Write features as they come, sorted by the service; none at all is refused."""
    coming = iter(features)
    first = next(coming, None)
    if first is None:
        raise SourceError(
            "{title}: the Géoplateforme WFS has nothing in the extent of the territory.",
            title=reader.layer.title,
        )
    depot.layer(name, chain([first], coming), lambda: _source(reader))


def _source(reader: Reader) -> Provenance:
    """The line among the sources; layers of the commune list carry its year."""
    layer, facts = reader.layer, {}
    if layer.follows_list:
        year = str(geo_api.list_year(reader.asking.day))
        facts = {"vintage": year, "cog": year}
        facts["note"] = "année de la liste des communes déduite du jour de la réponse"
    return reader.asking.source(
        layer.family,
        **{
            "title": layer.title,
            "producer": layer.producer,
            "attribution": f"© {layer.producer.replace(', ', ' / ')}",
            "address": f"{reader.asking.service.base_url}?TYPENAMES={reader.model.typename}",
            **facts,
        },
    )
