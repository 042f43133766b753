"""The engines of isochrones behind one door: what each needs, and the same two layers from all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qgis.core import QgsFeatureSource, QgsVectorLayer

from ..core.choices import PGROUTING, ROADS, SERVICES
from ..core.errors import InputError
from ..core.progress import Progress
from .dependencies import require
from .edge_database import Database, EdgeTable
from .isochrone_choice import Service
from .isochrones import HOLES, ascending, isochrone_layer
from .pgrouting import pgrouting_layer
from .roads import Roads, load_graph
from .shapes import metric_crs


@dataclass(frozen=True)
class Engine:
    """ENGINE and what belongs to it: URL, AUTHCFG, TABLE, COLUMNS, CACHE, PEOPLE."""

    name: str = ROADS
    url: str = ""
    authcfg: str = ""
    table: str = ""
    columns: str = ""
    cache: str = "auto"
    people: bool = False

    @property
    def service(self) -> Service:
        return Service(self.name, self.url, self.authcfg, self.cache, self.people)


@dataclass(frozen=True)
class Asked:
    """VALUES, MODE, PROFILE, RINGS, MERGE and HOLES (hectares)."""

    values: Sequence[float]
    mode: str = "time"
    profile: str = "car"
    rings: str = "nested"
    merge: str = "each"
    holes: float = HOLES


def check(engine: Engine, asked: Asked, has_roads: bool) -> None:
    """Refuse what cannot work before anything is read or sent."""
    ascending(asked.values)
    if engine.name in SERVICES:
        engine.service.check(asked.profile, asked.merge)
    elif engine.name == PGROUTING:
        if not engine.url.strip():
            raise InputError(
                "The engine pgrouting needs a database: give in URL the name of a PostgreSQL connection of QGIS, or a connection string."
            )
        EdgeTable.of(engine.table, engine.columns)
    elif not has_roads:
        raise InputError("The engine roads needs a road layer: give ROADS.")


def draw(
    engine: Engine,
    asked: Asked,
    points: QgsFeatureSource,
    roads: Roads | QgsFeatureSource | None,
    progress: Progress,
) -> tuple[QgsVectorLayer, QgsVectorLayer]:
    """Polygons and failed points (see :func:`~.isochrones.isochrone_layer`) by the chosen engine."""
    check(engine, asked, roads is not None)
    crs = metric_crs(points)
    if engine.name in SERVICES:
        return _by_service(engine.service, asked, points, crs, progress)
    if engine.name == PGROUTING:
        return pgrouting_layer(
            Database(engine.url, engine.authcfg),
            EdgeTable.of(engine.table, engine.columns),
            points,
            crs,
            values=asked.values,
            mode=asked.mode,
            rings=asked.rings,
            merge=asked.merge,
            progress=progress,
            holes=asked.holes,
        )
    assert roads is not None
    return isochrone_layer(
        load_graph(roads, crs, asked.profile, progress.part(0, 0.4)),
        points,
        values=asked.values,
        mode=asked.mode,
        rings=asked.rings,
        merge=asked.merge,
        progress=progress.part(0.4, 1),
        holes=asked.holes,
    )


def _by_service(
    service: Service, asked: Asked, points: QgsFeatureSource, crs: str, progress: Progress
) -> tuple[QgsVectorLayer, QgsVectorLayer]:
    require("requests")
    from .isochrone_services import service_layer

    return service_layer(
        service,
        points,
        crs,
        values=asked.values,
        mode=asked.mode,
        profile=asked.profile,
        rings=asked.rings,
        merge=asked.merge,
        progress=progress,
        holes=asked.holes,
    )
