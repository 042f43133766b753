"""Step 1 of the wizard: units found by name, by code or on the map, and what a folder holds."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Collection, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
)

from ...core.codes import legal_crs
from ...core.demo_mark import is_demo
from ...core.errors import CoodiagError, SourceError, TerritoryError
from ...core.progress import Progress
from ...core.wanted import OfficialSource
from ...core.words import N_
from ..algorithm import sentence
from ..commune_shapes import CommuneShapes, cleaned, shape_of
from ..dependencies import require
from ..errand import Errand
from ..layers import transformer
from ..territory import refuse_two_projections
from ..translation import tr
from .gazetteer import Gazetteer, Place, keys_of, written

if TYPE_CHECKING:
    from ...sources.folder import Inventory
    from ...sources.geography import Geography

DEGREES = "EPSG:4326"
#: Plan IGN of the Géoplateforme, tiles of the usual web projection.
_PLAN = "crs=EPSG:3857&format&type=xyz&zmin=0&zmax=19&url=" + quote(
    "https://data.geopf.fr/wmts?SERVICE=WMTS&VERSION=1.0.0&REQUEST=GetTile"
    "&LAYER=GEOGRAPHICALGRIDSYSTEMS.PLANIGNV2&STYLE=normal&FORMAT=image/png"
    "&TILEMATRIXSET=PM&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}",
    safe=":/{}?",
)
#: The only services that are asked here.
_ASKED = ["geo_api"]
#: Half of the side of the square (degrees) in which the commune of a click is looked for.
_AROUND_CLICK = 0.01
#: Details of an outline that are kept, as a share of its extent.
_DETAIL = 1 / 2000
#: Families of which a diagnosis from a folder alone needs one, and what comes of their lack.
_EXPECTED = (
    (
        ("contours_communes",),
        N_("No contours of communes: add ADMIN EXPRESS (IGN). Nothing can be mapped without."),
    ),
    (
        ("rp_base_cc", "melodi_commune"),
        N_("No census: add the communal bases of Insee. Most pages will be missing."),
    ),
    (("ban",), N_("No addresses (BAN): people can then be located by an online service only.")),
    (("routes",), N_("No roads (BD TOPO): distances will be as the crow flies.")),
)


@dataclass(frozen=True)
class Outline:
    """A territory as it is resolved: ``name`` and number of communes, their outlines in ``crs``;
    ``said``: translated sentences, such as the conversion of a former code."""

    name: str
    communes: int
    shape: QgsGeometry
    crs: str
    said: tuple[str, ...] = ()


@dataclass(frozen=True)
class Holding:
    """What a data folder holds. ``families``: title and latest year ("" when unknown) of each
    family of official files, as published (French); ``set_aside``: files that are not used, and
    why (French); ``lacking``: translated sentences; ``demo``: whether it is the demonstration's."""

    families: tuple[tuple[str, str], ...]
    files: int
    set_aside: tuple[tuple[str, str], ...]
    lacking: tuple[str, ...]
    demo: bool


class Territories:
    """What step 1 asks. Lists are read once by source; shapes stay in the answers' cache."""

    keys_of = staticmethod(keys_of)
    written = staticmethod(written)

    def __init__(self) -> None:
        self._lists: dict[tuple[bool, str], Gazetteer] = {}

    @staticmethod
    def online(mode: str, folder: str) -> bool:
        """Whether SOURCE and DATA_FOLDER mean that the public services are asked."""
        return OfficialSource(mode, Path(folder) if folder else None).online

    @staticmethod
    def refusal(mode: str, folder: str) -> str:
        """Why a run refuses this source, translated; empty when it does not."""
        try:
            OfficialSource(mode, Path(folder) if folder else None).check()
        except CoodiagError as error:
            return sentence(error)
        return ""

    def known(self, mode: str, folder: str) -> Gazetteer | None:
        """The list of a source, when it has been read."""
        return self._lists.get(self._key(mode, folder))

    def _key(self, mode: str, folder: str) -> tuple[bool, str]:
        online = self.online(mode, folder)
        return online, "" if online else folder

    def read(
        self,
        mode: str,
        folder: str,
        done: Callable[[Gazetteer], None],
        refused: Callable[[str], None],
    ) -> Errand[Gazetteer]:
        """Read the list of communes of a source, in a task."""
        key = self._key(mode, folder)

        def work(progress: Progress) -> Gazetteer:
            require("pandas")
            return _from_services(progress) if key[0] else _from_folder(mode, folder, progress)

        def keep(found: Gazetteer) -> None:
            self._lists[key] = found
            done(found)

        return Errand(tr("Coodiag: list of communes"), work, keep, refused).start()

    def outline(
        self,
        gazetteer: Gazetteer,
        expression: str,
        done: Callable[[Outline], None],
        refused: Callable[[str], None],
    ) -> Errand[Outline]:
        """Resolve a TERRITORY parameter as a run does, with its shapes, in a task."""
        errand: Errand[Outline]

        def work(progress: Progress) -> Outline:
            territory = gazetteer.geography.resolve(expression, progress)
            refuse_two_projections(territory)
            shapes = _shapes(gazetteer.geography, territory.communes, territory.crs, progress)
            whole = QgsGeometry.collectGeometry(_lightened(list(shapes.values())))
            return Outline(
                territory.name, len(territory.communes), whole, territory.crs, tuple(errand.warned)
            )

        errand = Errand(tr("Coodiag: outline of the territory"), work, done, refused)
        return errand.start()

    def ground(
        self,
        gazetteer: Gazetteer,
        done: Callable[[Outline], None],
        refused: Callable[[str], None],
    ) -> Errand[Outline]:
        """Every commune of the best contours of a folder, light enough to be clicked on, in a task."""

        def work(progress: Progress) -> Outline:
            from ...sources.contours import crs_wkt, polygons

            best = gazetteer.geography.contours[0]
            crs = legal_crs(min(best.codes))
            wkt = QgsCoordinateReferenceSystem.fromWkt(crs_wkt(best.file))
            transform = transformer(wkt, crs)
            found = [
                cleaned(shape_of(wkb), transform)
                for code, wkb in polygons(
                    best.file, lambda code: legal_crs(code) == crs, progress.check
                )
            ]
            whole = QgsGeometry.collectGeometry(_lightened(found))
            return Outline("", len(found), whole, crs)

        return Errand(tr("Coodiag: communes on the map"), work, done, refused).start()

    @staticmethod
    def add_background() -> None:
        """Add the Plan IGN beneath the layers of the project: the user asked for it."""
        layer = QgsRasterLayer(_PLAN, tr("Plan IGN (Internet)"), "wms")
        if not layer.isValid():
            raise SourceError(
                "The background map of IGN cannot be opened. Search for a name instead."
            )
        layer.setAttribution("IGN")
        QgsProject.instance().addMapLayer(layer, False)
        QgsProject.instance().layerTreeRoot().addLayer(layer)

    def at(
        self,
        gazetteer: Gazetteer,
        point: QgsPointXY,
        crs: QgsCoordinateReferenceSystem,
        done: Callable[[list[Place]], None],
        refused: Callable[[str], None],
    ) -> Errand[list[Place]]:
        """The commune under a point of the map, and what it belongs to, in a task."""

        def work(progress: Progress) -> list[Place]:
            place = transformer(crs, DEGREES).transform(point)
            code = _commune_at(gazetteer.geography, place, progress)
            if code is None:
                raise TerritoryError(
                    "No commune of the list is at this place of the map. Click inside a commune, or search for its name."
                )
            return gazetteer.holding(code)

        return Errand(tr("Coodiag: commune on the map"), work, done, refused).start()

    def holding(
        self, folder: str, done: Callable[[Holding], None], refused: Callable[[str], None]
    ) -> Errand[Holding]:
        """What a data folder holds, in a task."""

        def work(progress: Progress) -> Holding:
            require("pandas")
            from ...sources.folder import scan

            return _held(scan(Path(folder), progress))

        return Errand(tr("Coodiag: files of the data folder"), work, done, refused).start()


def _from_folder(mode: str, folder: str, progress: Progress) -> Gazetteer:
    from ...sources.folder import scan
    from ...sources.geography import load_geography

    OfficialSource(mode, Path(folder) if folder else None).check()
    inventory = scan(Path(folder), progress.part(0.0, 0.4))
    return Gazetteer(load_geography(inventory, progress.part(0.4, 0.9)))


def _from_services(progress: Progress) -> Gazetteer:
    """The list that a run asks too: its answer is kept for it."""
    from ...sources.examine import examine
    from ...sources.folder import Inventory
    from ...sources.geography import load_geography
    from ...sources.online.depot import Depot
    from ...sources.online.geo_api import collect_communes
    from ...sources.online.understood import understood
    from ..network import open_web
    from ..settings import cache_folder

    with tempfile.TemporaryDirectory(prefix="run-", dir=cache_folder("downloads")) as name:
        depot = Depot(Path(name))
        with closing(open_web(progress, asked=_ASKED)) as web, understood(web, _ASKED):
            table = collect_communes(web, depot, progress.part(0.0, 0.7))
        files = tuple(file for path in depot.files for file in examine(path)[0])
        geography = load_geography(Inventory(Path(name), files, ()), progress.part(0.7, 0.9))
    geography.inventory = None  # its files are gone
    postcodes: dict[str, list[str]] = {}
    for code, several in zip(table["code"], table["codes_postaux"]):
        for postcode in several.split():
            postcodes.setdefault(postcode, []).append(code)
    return Gazetteer(geography, postcodes)


def _shapes(
    geography: Geography, codes: Collection[str], crs: str, progress: Progress
) -> dict[str, QgsGeometry]:
    """Shapes of communes: of the folder's contours, else of the services' simplified ones."""
    if geography.contours:
        return CommuneShapes(geography, crs, progress).of(codes)
    return _online_shapes([], codes, crs, progress)


def _online_shapes(
    boxes: list[tuple[float, float, float, float]],
    codes: Collection[str],
    crs: str,
    progress: Progress,
) -> dict[str, QgsGeometry]:
    from osgeo import ogr

    from ...sources.online import geo_api
    from ...sources.online.understood import understood
    from ..network import open_web

    with closing(open_web(progress, asked=_ASKED)) as web, understood(web, _ASKED):
        features, _ = geo_api.contours(web, boxes, codes, progress)
    transform = transformer(QgsCoordinateReferenceSystem(DEGREES), crs)
    shapes = {}
    for item in features:
        progress.check()
        read = ogr.CreateGeometryFromJson(json.dumps(item["geometry"]))
        code = item["properties"]["code"]
        shapes[code] = cleaned(shape_of(bytes(read.ExportToWkb(ogr.wkbNDR))), transform)
    return shapes


def _commune_at(geography: Geography, place: QgsPointXY, progress: Progress) -> str | None:
    x, y, reach = place.x(), place.y(), _AROUND_CLICK
    if geography.contours:
        spot = QgsGeometry.fromRect(QgsRectangle(x - reach, y - reach, x + reach, y + reach))
        near = CommuneShapes(geography, DEGREES, progress).meeting(spot)
        crs = legal_crs(near[0]) if near else DEGREES
        shapes = CommuneShapes(geography, crs, progress).of(near)
    else:
        crs = DEGREES
        shapes = _online_shapes([(x - reach, y - reach, x + reach, y + reach)], (), crs, progress)
    point = transformer(QgsCoordinateReferenceSystem(DEGREES), crs).transform(place)
    there = QgsGeometry.fromPointXY(point)
    known = geography.communes.index
    return next((code for code in shapes if code in known and shapes[code].contains(there)), None)


def _lightened(shapes: Iterable[QgsGeometry]) -> list[QgsGeometry]:
    """Shapes as light as a map of the whole of them needs."""
    held = list(shapes)
    if not held:
        return []
    box = held[0].boundingBox()
    for shape in held[1:]:
        box.combineExtentWith(shape.boundingBox())
    tolerance = max(box.width(), box.height()) * _DETAIL
    lighter = [shape.simplify(tolerance) for shape in held]
    return [light if not light.isEmpty() else shape for light, shape in zip(lighter, held)]


def _held(inventory: Inventory) -> Holding:
    years: dict[str, int] = {}
    for file in inventory.files:
        if not file.family.refused:
            years[file.family.title] = max(years.get(file.family.title, 0), file.vintage or 0)
    families = tuple((title, str(year) if year else "") for title, year in years.items())
    aside = tuple(sorted(inventory.ignored))
    lacking = tuple(tr(text) for names, text in _EXPECTED if not inventory.of(*names))
    return Holding(families, len(inventory.files), aside, lacking, is_demo(inventory.folder))
