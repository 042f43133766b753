"""The styled project of a dossier: chapters as groups, one map theme per page, nothing personal.

:func:`build_project` gives a project of its own (never the user's), to which the atlas adds its
layouts; :func:`write_project` writes it beside its GeoPackage with relative paths.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape  # nosec B406

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsLayerTreeGroup,
    QgsMapLayer,
    QgsMapThemeCollection,
    QgsProject,
    QgsProviderRegistry,
    QgsRectangle,
    QgsReferencedRectangle,
    QgsVectorLayer,
)

from ..core.design import MapDesign
from ..core.errors import InputError
from ..core.version import version
from . import basemap, styling
from .actions import REGISTER_SHORT, REGISTER_TITLE, open_register
from .aliases import FRENCH, name_fields
from .metadata import Described, of_page, project_metadata
from .sheets import CARDS_LAYER
from .translation import in_french

LANDMARKS, GROUND, TABLES = "Repères", "Fond de carte", "Tableaux"
_NAMES, _NEIGHBOUR_NAMES, _CURRENT, _OTHERS, _INSET = (
    "noms",
    "noms_voisins",
    "commune_de_la_page",
    "autres_communes",
    "encart",
)
#: How much more than the territory its maps and its locators show.
_MARGIN, _AROUND = 1.05, 1.9


@dataclass(frozen=True)
class ProjectPage:
    """One map page: ``id`` names its theme, ``layer`` the table of the GeoPackage.

    ``extras``: other tables shown over it (``prospects``, ``sites``…). ``abstract``: what its
    layer tells of itself, beside what its table does.
    """

    id: str
    chapter: str
    title: str
    layer: str
    design: MapDesign
    extras: tuple[str, ...] = ()
    abstract: str = ""


def build_project(
    gpkg: Path,
    pages: Sequence[ProjectPage],
    *,
    described: Described,
    crs: str,
    author: str = "Coodiag",
    rank: str = "population",
    tables: Sequence[str] = (),
    years: Mapping[str, str] | None = None,
) -> QgsProject:
    """A project over ``gpkg`` in the legal projection ``crs``.

    ``described``: the metadata of the project, ``author``: the organisation that it is made for.
    ``communes`` must be among its layers; ``voisins``, ``limites`` and ``sites`` are used when
    they are. ``rank``: field of ``communes`` that tells which names matter most. ``tables``: other
    layers that the layouts read, loaded under their own names and never drawn. ``years``: those of
    the figures by indicator, for the names of their fields.
    Raises :class:`InputError` naming the layer of a page that is not there.
    """
    held = _tables(gpkg)
    wanted = {"communes", *tables}
    for page in pages:
        wanted |= {page.layer, *page.extras}
    missing = sorted(wanted - held)
    if missing:
        raise InputError(
            "The layer {layer} is not in {file}: the project cannot be built.",
            layer=missing[0],
            file=gpkg.name,
        )
    maker = _Maker(gpkg, held, years or {})
    maker.project.setCrs(QgsCoordinateReferenceSystem(crs))
    landmarks = maker.group(LANDMARKS)
    over = _landmarks(maker, landmarks, rank)
    shown = _pages(maker, pages)
    ground = maker.group(GROUND)
    under = _ground(maker, ground)
    inset = _locator(maker, ground, [*under.values()])
    if tables:
        for name in tables:
            layer = maker.add(maker.group(TABLES), name, name)
            if layer.isSpatial():
                basemap.style_communes(layer)
    _themes(maker, pages, shown, over, under, inset)
    maker.project.setMetadata(project_metadata(described, author))
    maker.project.setTitle(described.title)
    maker.project.setCustomVariables({"coodiag_version": version()})
    _frame(maker.project, under["communes"])
    return maker.project


def save_styles(project: QgsProject, pages: Iterable[ProjectPage]) -> None:
    """Keep the style of each page in the GeoPackage (``layer_styles``), under the page's id.

    The first page of a layer is its default; base layers keep the style « fond ».
    """
    started: set[str] = set()
    for page in pages:
        layer = page_layer(project, page.id)
        if page.design.kind in styling.CIRCLE_KINDS:
            layer = layer.clone()  # in the project the base map has the limits
            styling.apply(layer, page.design, limits=True)
        styling.save_style(layer, page.id, page.layer not in started)
        started.add(page.layer)
    for name in (
        "voisins",
        basemap.LIMIT_LAYER,
        basemap.DEPARTEMENTS,
        CARDS_LAYER,
        "sites",
        *basemap.POINTS,
    ):
        layer = base_layer(project, name)
        if layer is not None and name not in started:
            styling.save_style(layer, "fond", True)


#: Custom properties by which a layer is found again: that of a page, that of the base map. A page
#: may bear the name of a table (« etablissements »).
_PAGE, _BASE = "coodiag/page", "coodiag/base"


def page_layer(project: QgsProject, page: str) -> QgsVectorLayer | None:
    """The layer of a page, by its id."""
    return _marked(project, _PAGE, page)


def base_layer(project: QgsProject, name: str) -> QgsVectorLayer | None:
    """A layer of the base map, by its table or the name that it was given."""
    return _marked(project, _BASE, name)


def _marked(project: QgsProject, key: str, name: str) -> QgsVectorLayer | None:
    for layer in project.mapLayers().values():
        if layer.customProperty(key) == name:
            return layer
    return None


def frames(project: QgsProject) -> tuple[QgsRectangle, QgsRectangle]:
    """Extent of the territory with a margin, and a wider one for locators."""
    communes = base_layer(project, "fond") or base_layer(project, "communes")
    extent, around = communes.extent(), communes.extent()
    departements = base_layer(project, basemap.DEPARTEMENTS)
    if departements is not None:
        around.combineExtentWith(departements.extent())
    extent.scale(_MARGIN)
    around.scale(_MARGIN if departements is not None else _AROUND)
    return extent, around


def write_project(project: QgsProject, path: Path) -> None:
    """Write ``path`` (.qgz) with paths relative to it and without the name of who made it.

    Raises :class:`InputError` when it cannot be written.
    """
    project.setFilePathStorage(Qgis.FilePathType.Relative)
    if not project.write(str(path)):
        raise InputError(
            "The project {file} could not be written: {reason}. Check that the folder can be written and has room.",
            file=path.name,
            reason=project.error(),
        )
    _clean(path)
    project.setDirty(False)


class _Maker:
    """A project being filled with layers of one GeoPackage."""

    def __init__(self, gpkg: Path, held: set[str], years: Mapping[str, str]) -> None:
        self.gpkg = gpkg
        self.held = held
        self.years = years
        self.project = QgsProject()

    def group(self, name: str) -> QgsLayerTreeGroup:
        root = self.project.layerTreeRoot()
        return root.findGroup(name) or root.addGroup(name)

    def add(
        self, group: QgsLayerTreeGroup, table: str, name: str, base: str = "", page: str = ""
    ) -> QgsVectorLayer:
        """Load a table as a layer called ``name``; ``page`` or ``base`` (its table) finds it again."""
        layer = QgsVectorLayer(f"{self.gpkg}|layername={table}", name, "ogr")
        if not layer.isValid():
            raise InputError(
                "The layer {layer} of {file} cannot be read.", layer=table, file=self.gpkg.name
            )
        for key in (_PAGE, _BASE):  # a style kept in the GeoPackage brings that of its own layer
            layer.removeCustomProperty(key)
        layer.setCustomProperty(_PAGE if page else _BASE, page or base or table)
        name_fields(layer, table, FRENCH, self.years, states=False)
        self.project.addMapLayer(layer, False)
        node = group.addLayer(layer)
        node.setExpanded(False)
        node.setItemVisibilityChecked(False)
        return layer


def _tables(gpkg: Path) -> set[str]:
    metadata = QgsProviderRegistry.instance().providerMetadata("ogr")
    return {item.name() for item in metadata.querySublayers(str(gpkg))}


def _landmarks(maker: _Maker, group: QgsLayerTreeGroup, rank: str) -> dict[str, QgsVectorLayer]:
    """What lies over every map: sites, points, names, limits, the commune of the page."""
    result: dict[str, QgsVectorLayer] = {}
    if "sites" in maker.held:
        result["sites"] = maker.add(group, "sites", "Sites de la structure")
        basemap.style_sites(result["sites"])
    for table, colour in basemap.POINTS.items():
        if table in maker.held:
            result[table] = maker.add(
                group, table, table.capitalize().replace("Eta", "Éta").replace("Equ", "Équ")
            )
            basemap.style_points(result[table], colour)
            open_register(result[table], in_french(REGISTER_TITLE), in_french(REGISTER_SHORT))
    result[_NAMES] = maker.add(group, "communes", "Noms des communes", _NAMES)
    basemap.style_names(result[_NAMES], rank)
    if "voisins" in maker.held:
        result[_NEIGHBOUR_NAMES] = maker.add(
            group, "voisins", "Noms des communes voisines", _NEIGHBOUR_NAMES
        )
        basemap.style_neighbour_names(result[_NEIGHBOUR_NAMES])
    if basemap.LIMIT_LAYER in maker.held:
        result["limites"] = maker.add(group, basemap.LIMIT_LAYER, "Limites administratives")
        basemap.style_limits(result["limites"])
    result[_CURRENT] = maker.add(group, "communes", "Commune de la page", _CURRENT)
    basemap.style_current(result[_CURRENT])
    result[_OTHERS] = maker.add(group, "communes", "Autres communes (grisées)", _OTHERS)
    basemap.style_neighbours(result[_OTHERS])
    return result


def _pages(maker: _Maker, pages: Sequence[ProjectPage]) -> dict[str, QgsVectorLayer]:
    result = {}
    for page in pages:
        layer = maker.add(maker.group(page.chapter), page.layer, page.design.title, page=page.id)
        styling.apply(layer, page.design)
        layer.setMetadata(of_page(layer.metadata(), page.title, page.abstract))
        result[page.id] = layer
    return result


def _ground(maker: _Maker, group: QgsLayerTreeGroup) -> dict[str, QgsVectorLayer]:
    """What lies under every map: communes of the territory, neighbours."""
    result = {"communes": maker.add(group, "communes", "Communes du territoire", "fond")}
    basemap.style_communes(result["communes"])
    if "voisins" in maker.held:
        result["voisins"] = maker.add(group, "voisins", "Communes voisines")
        basemap.style_neighbours(result["voisins"])
    return result


def _locator(
    maker: _Maker, group: QgsLayerTreeGroup, ground: list[QgsMapLayer]
) -> list[QgsMapLayer]:
    """What insets show: the communes in their départements, else among their neighbours."""
    if basemap.DEPARTEMENTS not in maker.held:
        return ground
    territory = maker.add(group, "communes", "Territoire (encart)", _INSET)
    basemap.style_inset(territory)
    around = maker.add(group, basemap.DEPARTEMENTS, "Départements (encart)")
    basemap.style_departements(around)
    return [territory, around]


def _themes(
    maker: _Maker,
    pages: Sequence[ProjectPage],
    shown: dict[str, QgsVectorLayer],
    over: dict[str, QgsVectorLayer],
    under: dict[str, QgsVectorLayer],
    inset: list[QgsMapLayer],
) -> None:
    """A map theme per page and the standing ones; the first page is what the project opens on."""
    limits = [over["limites"]] if "limites" in over else []
    around = [over[_NEIGHBOUR_NAMES]] if _NEIGHBOUR_NAMES in over else []
    names = [over[_NAMES], *around]  # left out of small maps, which they would crowd
    ground = [*under.values()]
    themes: dict[str, list[QgsMapLayer]] = {
        "couverture": [*limits, *ground],
        "situation": inset,
        "commune": [*names, *limits, over[_CURRENT], over[_OTHERS], *ground],
        "situation_commune": [over[_CURRENT], *limits, *ground],
    }
    for page in pages:
        extras = [over[name] for name in page.extras if name in over]
        if page.layer != "communes" and "sites" in over and over["sites"] not in extras:
            extras.insert(0, over["sites"])
        # Circles carry the names of their own communes.
        named = around if page.design.kind in styling.CIRCLE_KINDS else names
        themes[page.id] = [*extras, *named, *limits, shown[page.id], *ground]
    collection = maker.project.mapThemeCollection()
    for name, layers in themes.items():
        collection.insert(name, _record(layers))
    first = themes[pages[0].id if pages else "commune"]
    for layer in first:
        maker.project.layerTreeRoot().findLayer(layer.id()).setItemVisibilityChecked(True)


def _record(layers: Iterable[QgsMapLayer]) -> QgsMapThemeCollection.MapThemeRecord:
    record = QgsMapThemeCollection.MapThemeRecord()
    for layer in layers:
        entry = QgsMapThemeCollection.MapThemeLayerRecord(layer)
        entry.isVisible = True
        # Each page has a layer of its own, with one style: a theme that named it would have QGIS
        # write and read the style of every layer again for every map (60 % of the export).
        entry.usingCurrentStyle = False
        record.addLayerRecord(entry)
    return record


def _frame(project: QgsProject, communes: QgsVectorLayer) -> None:
    """Open on the territory with a margin of 5 %."""
    extent = communes.extent().buffered(0.05 * max(communes.extent().width(), 1.0))
    project.viewSettings().setDefaultViewExtent(QgsReferencedRectangle(extent, communes.crs()))
    project.setBackgroundColor(basemap.PAPER)


def _clean(path: Path) -> None:
    """Take the user's name, the hour and the folder out of the project file, and fix the dates
    of the zip.

    Layouts keep the whole path of their layers' files, whatever the storage of paths; they find
    the layers by their ids.
    """
    with zipfile.ZipFile(path) as archive:
        members = {item.filename: archive.read(item) for item in archive.infolist()}
    for name, content in members.items():
        if name.endswith(".qgs"):
            xml = _anonymous(content.decode("utf-8"))
            members[name] = xml.replace(f"{escape(path.parent.as_posix())}/", "./").encode("utf-8")
    with zipfile.ZipFile(path, "w") as archive:
        for name in sorted(members):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            archive.writestr(entry, members[name], zipfile.ZIP_DEFLATED)


def _anonymous(xml: str) -> str:
    head, separator, rest = xml.partition("<qgis ")
    root, end, body = rest.partition(">")
    root = re.sub(r'\s*save(?:User|UserFull|DateTime)="[^"]*"', "", root)
    return head + separator + root + end + body
