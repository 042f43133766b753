"""Isochrones by a service: what leaves the machine is said, what comes back joins the legal CRS."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from qgis.core import (
    QgsCoordinateTransform,
    QgsCsException,
    QgsFeatureSource,
    QgsGeometry,
    QgsPointXY,
    QgsVectorLayer,
)

from ..core import french
from ..core.choices import GEOPLATEFORME, HOLES, OPENROUTESERVICE, VALHALLA
from ..core.errors import SourceError
from ..core.progress import Progress
from ..core.words import N_, Words
from .isochrone_check import UNKNOWN
from .isochrone_choice import Service
from .isochrone_output import HECTARE, Drawn, Starts, layers
from .isochrone_timed import WGS84, between, timed_errors
from .isochrone_told import tell_result
from .isochrones import NO_PLACE, SNAP_DISTANCE, ascending, listed
from .reach_shapes import without_crumbs
from .settings import cache_folder
from .shapes import from_polygons, multi, union

if TYPE_CHECKING:
    from ..sources.reach.asking import Engine, Lack, Point, Reach, Wanted
    from ..sources.reach.shapes import Shape
    from ..sources.web.client import Web

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def service_layer(
    service: Service,
    points_layer: QgsFeatureSource,
    crs: str,
    *,
    values: Sequence[float],
    mode: str,
    profile: str,
    rings: str,
    merge: str,
    progress: Progress,
    holes: float = HOLES,
) -> tuple[QgsVectorLayer, QgsVectorLayer]:
    """The same two layers as :func:`~.isochrones.isochrone_layer`, in ``crs``, by a service.

    Only longitudes and latitudes leave the machine. Raises InputError, SourceError, Cancelled.
    """
    from ..sources.reach.asking import Wanted, reach

    service.check(profile, merge)
    starts = Starts(points_layer, crs)
    wanted = Wanted(tuple(ascending(values)), mode, profile, service.people)
    engine = _engine(service)
    web = _web(service, engine, progress)
    points = list(_points(starts, progress))
    try:
        _announce(service, engine, web, points, wanted, progress)
        with _own_server(service, engine, web):
            found = reach(engine, web, points, wanted, progress.part(0, 0.7))
            _tell(engine, web, progress)
            shapes = _shapes(
                points, wanted, found, crs, merge, progress.part(0.7, 0.8), holes * HECTARE
            )
            _refuse_nothing(engine, points, found)
            checked = [[UNKNOWN] * len(wanted.values) for _ in shapes]
            if service.name == VALHALLA and merge != "merged":
                checked = timed_errors(web, points, shapes, wanted, crs, progress.part(0.8, 1))
    finally:
        web.close()
    alone = merge != "merged"
    drawn = Drawn(
        wanted.values,
        [point.row for point in points] if alone else [],
        shapes,
        checked,
        _reasons(starts, wanted, found),
    )
    tell_result(drawn, len(starts.features), mode, holes, progress)
    return layers(starts, drawn, mode, service.name, rings)


# --- who is asked -----------------------------------------------------------------------------


def _engine(service: Service) -> Engine:
    from ..sources.reach.geoplateforme import Geoplateforme
    from ..sources.reach.openrouteservice import OWN_SERVER, SERVICE, OpenRouteService
    from ..sources.reach.valhalla import Valhalla

    if service.name == OPENROUTESERVICE:
        without_key = service.base and not service.authcfg
        return OpenRouteService(OWN_SERVER if without_key else SERVICE)
    return Geoplateforme() if service.name == GEOPLATEFORME else Valhalla()


def _web(service: Service, engine: Engine, progress: Progress) -> Web:
    from ..sources.web.client import Cache, Web
    from ..sources.web.services import services
    from .network import network_settings, service_keys

    # The keys of the other services stay where they are.
    keyed = services()[engine.service].key
    keys = service_keys({engine.service: service.authcfg}) if keyed else {}
    own = {name: key for name, key in keys.items() if name == engine.service}
    urls = {engine.service: service.base} if service.base else {}
    return Web(network_settings(urls), Cache(cache_folder("web"), service.cache), own, progress)


def _address(engine: Engine, web: Web) -> str:
    from ..sources.web.services import services

    return web.caller.base(services()[engine.service])


def _announce(
    service: Service,
    engine: Engine,
    web: Web,
    points: Sequence[Point],
    wanted: Wanted,
    progress: Progress,
) -> None:
    """Say what will be sent to whom, before anything is."""
    from ..sources.reach.asking import requests
    from ..sources.web.services import services

    address = urlsplit(_address(engine, web))
    progress.say(
        "{service} ({host}) is about to receive the longitude and latitude of at most {points} points, in {requests} requests. No name or other field is sent.",
        service=services()[engine.service].title,
        host=address.hostname or "",
        points=len(points),
        requests=requests(engine, len(points), len(wanted.values)),
    )
    if address.scheme == "http" and address.hostname not in _LOOPBACK:
        progress.warn(
            "The points travel unencrypted to {host}: ask for an https address of this server.",
            host=address.hostname,
        )
    if service.authcfg and not services()[engine.service].key:
        progress.warn(
            "The engine {engine} asks for no key: AUTHCFG is not used.", engine=service.name
        )


def _tell(engine: Engine, web: Web, progress: Progress) -> None:
    """How many answers came, how old the oldest is, and whom a map has to credit."""
    from ..sources.web.services import services

    service, origin = services()[engine.service], web.origins.get(engine.service)
    if origin is not None:
        progress.say(
            "{live} answers were received, {kept} had been kept on this machine (oldest: {day}). To be credited: {attribution} ({licence}).",
            live=origin.live,
            kept=origin.cache + origin.stale,
            day=origin.oldest,
            attribution=service.attribution,
            licence=service.licence,
        )


@contextmanager
def _own_server(service: Service, engine: Engine, web: Web) -> Iterator[None]:
    """A server of the user's own that is silent has a sentence of its own."""
    from ..sources.web.faults import NO_NETWORK, OWN_SENTENCES, ServiceError

    try:
        yield
    except ServiceError as error:
        if not service.is_own or error.kind not in NO_NETWORK:
            raise
        known = {"engine": service.name, "url": _shown(_address(engine, web))}
        if error.kind in OWN_SENTENCES:
            raise SourceError(
                "No server of {engine} answers at {url}: start it, or correct URL.", **known
            ) from error
        raise SourceError(
            "No server of {engine} answers at {url}: start it, or correct URL. {reason}",
            reason=error.words(),
            **known,
        ) from error


def _shown(address: str) -> str:
    """An address without the password that it may hold."""
    parts = urlsplit(address)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname or ''}{port}{parts.path}"


# --- from points to polygons ------------------------------------------------------------------


def _points(starts: Starts, progress: Progress) -> Iterator[Point]:
    """The located points in degrees."""
    import numpy as np

    from ..sources.reach.asking import Point

    to_degrees = between(starts.crs, WGS84)
    for row in np.flatnonzero(starts.located).tolist():
        progress.check()
        place = to_degrees.transform(QgsPointXY(*starts.xy[row].tolist()))
        yield Point(row, place.x(), place.y())


def _shapes(
    points: Sequence[Point],
    wanted: Wanted,
    found: Reach,
    crs: str,
    merge: str,
    progress: Progress,
    holes: float,
) -> list[list[QgsGeometry]]:
    """Nested polygons in ``crs``: holes under ``holes`` m² filled and crumbs taken out as the engine
    roads does, each ring holding the smaller ones (services simplify every ring by itself)."""
    from ..sources.reach.asking import Lack, Why

    to_metres = between(WGS84, crs)
    rows = []
    for point in points:
        progress.check()
        row: list[QgsGeometry] = []
        place = to_metres.transform(QgsPointXY(point.lon, point.lat))
        for value in wanted.values:
            key = point.row, value
            shape = geometry(found.shapes.get(key, []), to_metres)
            shape = multi(shape.removeInteriorRings(holes))
            if shape.isEmpty() and found.shapes.pop(key, None):
                # An area beyond the projection, or without surface: the point is told, not lost.
                found.lacks[key] = Lack(Why.UNREADABLE)
            elif _farthest(shape, place) > wanted.farthest(value):
                del found.shapes[key]
                found.lacks[key], shape = Lack(Why.ELSEWHERE), QgsGeometry()
            if row and not shape.isEmpty():
                shape = union([part for part in (shape, row[-1]) if not part.isEmpty()])
            row.append(shape)
        rows.append(without_crumbs(row, (place.x(), place.y())))
    if merge != "merged" or not rows:
        return rows
    return [[multi(union(column).removeInteriorRings(holes)) for column in zip(*rows)]]


def _farthest(shape: QgsGeometry, place: QgsPointXY) -> float:
    """Metres from a place to the farthest point of an area; 0 for none."""
    return 0.0 if shape.isEmpty() else shape.hausdorffDistance(QgsGeometry.fromPointXY(place))


def geometry(shape: Shape, moved: QgsCoordinateTransform) -> QgsGeometry:
    """A shape in degrees as a valid MultiPolygon; empty for none."""
    import numpy as np

    from ..zones.contour import Polygon

    polygons = [
        Polygon(np.array(outer), [np.array(hole) for hole in holes]) for outer, *holes in shape
    ]
    result = from_polygons(polygons)
    if result.isEmpty():
        return result
    try:
        result.transform(moved)
    except QgsCsException as error:
        raise SourceError(
            "The service gave an area that cannot be brought into {crs}: it lies elsewhere than the points.",
            crs=moved.destinationCrs().authid(),
        ) from error
    return union([result])


# --- what fails -------------------------------------------------------------------------------


def _reasons(starts: Starts, wanted: Wanted, found: Reach) -> dict[int, str]:
    """Why a point lacks one ring or all, in French, by row number."""
    rows: dict[int, dict[str, list[float]]] = {}
    for (row, value), lack in sorted(found.lacks.items()):
        rows.setdefault(row, {}).setdefault(_words(lack), []).append(value)
    reasons = {
        row: f"{french.NO_BREAK_SPACE}; ".join(
            words.format(rings=listed(values, wanted.mode)) for words, values in told.items()
        )
        for row, told in rows.items()
    }
    for row, located in enumerate(starts.located.tolist()):
        if not located:
            reasons[row] = NO_PLACE
    return reasons


def _words(lack: Lack) -> str:
    """The reason of a lack in French; ``{rings}`` stands for the rings."""
    from ..sources.reach.asking import Why

    far = f"à plus de {french.number(SNAP_DISTANCE)} m d’une route connue du service"
    colon = f"{french.NO_BREAK_SPACE}: "
    told = f" ({lack.detail.replace('{', '(').replace('}', ')')})" if lack.detail else ""
    return {
        Why.NOTHING: "rien d’accessible en {rings}",
        Why.NO_ROAD: far,
        Why.TOO_FAR: f"{{rings}}{colon}au-delà de ce que permet le service{told}",
        Why.REFUSED: f"{{rings}}{colon}refusé par le service{told}",
        Why.UNREADABLE: f"{{rings}}{colon}réponse du service incompréhensible{told}",
        Why.ELSEWHERE: f"{{rings}}{colon}surface hors d’atteinte de ce point",
    }[lack.why]


def _refuse_nothing(engine: Engine, points: Sequence[Point], found: Reach) -> None:
    """Refuse a run in which nothing came, with the reason of the first point."""
    if not points or found.shapes:
        return
    from ..sources.web.services import services

    lack = next(iter(found.lacks.values()))
    known = {
        "service": services()[engine.service].title,
        "count": len(points),
        "reason": Words(_WHY[lack.why.name]),
    }
    if lack.detail:
        raise SourceError(
            "{service} gave no area for any of the {count} points: {reason} ({detail}). Check the points, the values and the address of the service.",
            detail=lack.detail,
            **known,
        )
    raise SourceError(
        "{service} gave no area for any of the {count} points: {reason}. Check that the points lie where the service has roads, and the values.",
        **known,
    )


_WHY = {
    "NOTHING": N_("nothing can be reached within the values"),
    "NO_ROAD": N_("no road lies near"),
    "TOO_FAR": N_("the values are beyond what it allows"),
    "REFUSED": N_("it refuses the questions"),
    "UNREADABLE": N_("its answers cannot be understood"),
    "ELSEWHERE": N_("its areas lie out of reach of the points"),
}
