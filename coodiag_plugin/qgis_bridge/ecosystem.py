"""Places of interest as a layer of points: what ``coodiag:ecosystem`` and the diagnosis write."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsCoordinateReferenceSystem,
    QgsFeatureSource,
    QgsGeometry,
    QgsMarkerSymbol,
    QgsPointXY,
    QgsRectangle,
    QgsRendererCategory,
    QgsVectorLayer,
)

from ..core.catalogue import rows
from ..core.progress import Progress
from ..core.provenance import Provenance
from ..core.wanted import ECOSYSTEM, ESTABLISHMENTS, Wanted
from .communes import Commune, read_communes
from .layers import TEXT, memory_layer, transformer
from .official import Official, OfficialSource, official

if TYPE_CHECKING:
    import pandas as pd

    from ..sources.ecosystem import Ecosystem
    from ..sources.folder import Inventory

NAME = "equipements"
FIELDS = dict.fromkeys(
    ("kind", "label", "theme", "name", "siret", "source", "codgeo", "quality"), TEXT
)
#: A point farther than this from the communes (m) is a mistake of its source.
MARGIN = 10_000.0
#: Activities asked of the register online: those of the kinds, and of the bodies that are told by
#: their legal form, their SIREN or their name.
_BODIES = ("78.10Z", "84.13Z", "84.30A", "88.99B")
#: Theme → label and colour (Okabe–Ito set).
_THEMES = {
    "insertion": ("Insertion par l’activité économique", "#009e73"),
    "handicap": ("Travail adapté et protégé", "#cc79a7"),
    "accompagnement": ("Accueil et accompagnement", "#0072b2"),
    "formation": ("Formation", "#e69f00"),
    "garde": ("Garde d’enfants", "#d55e00"),
    "transport": ("Transport", "#56b4e9"),
}


@dataclass(frozen=True)
class EcosystemLayer:
    """``layer``: points in the legal CRS, fields :data:`FIELDS`; rows without a point have none."""

    layer: QgsVectorLayer
    provenance: list[Provenance]
    located: int

    @property
    def count(self) -> int:
        return int(self.layer.featureCount())


def read_ecosystem(
    communes: QgsFeatureSource,
    crs: str,
    source: OfficialSource,
    kinds: Collection[str],
    progress: Progress,
) -> EcosystemLayer:
    """Places of interest of a layer of communes (neighbours left out), online or from files."""
    from ..sources.ecosystem import holds_places

    inside = read_communes(communes, crs)
    with _inventory(source, [item.code for item in inside], progress.part(0.0, 0.6)) as found:
        if found.failed and not holds_places(found.inventory):
            raise next(iter(found.failed.values()))
        return ecosystem_layer(
            found.inventory, inside, crs, kinds=kinds, progress=progress.part(0.6, 1.0)
        )


@contextmanager
def _inventory(
    source: OfficialSource, communes: Collection[str], progress: Progress
) -> Iterator[Official]:
    """The official data of the run, whatever SOURCE."""
    activities = {code for row in rows("ecosystem") for code in row["naf"].split()}
    wanted = Wanted(
        "COM:" + ",".join(sorted(communes)),
        collections=(*ECOSYSTEM, ESTABLISHMENTS),
        naf=tuple(sorted({*activities, *_BODIES})),
    )
    with official(source, wanted, progress) as found:
        yield found


def ecosystem_layer(
    inventory: Inventory,
    communes: Collection[Commune],
    crs: str,
    *,
    kinds: Collection[str] = (),
    register: pd.DataFrame | None = None,
    progress: Progress,
) -> EcosystemLayer:
    """Places of interest of ``communes`` (in ``crs``) from a data folder, as a layer.

    ``register``: establishments of these communes when they were read before.
    """
    from ..sources.ecosystem import ecosystem
    from ..sources.official_file import provenance

    names = {item.code: item.name for item in communes}
    found = ecosystem(
        inventory, names, wanted=kinds, register=register, progress=progress.part(0.0, 0.9)
    )
    box = QgsRectangle()
    for item in communes:
        box.combineExtentWith(item.shape.boundingBox())
    box.grow(MARGIN)
    places = list(_places(found, crs, box))
    astray = found.located - sum(1 for _, shape in places if shape is not None)
    if astray:
        progress.warn(
            "{count} places of interest have a point far from their commune: they keep their row, without a point.",
            count=astray,
        )
    layer = memory_layer(NAME, FIELDS, "Point", crs, places)
    return EcosystemLayer(layer, [provenance(file) for file in found.files], found.located - astray)


def _places(
    found: Ecosystem, crs: str, box: QgsRectangle
) -> Iterator[tuple[Mapping[str, Any], QgsGeometry | None]]:
    transform = transformer(QgsCoordinateReferenceSystem("EPSG:4326"), crs)
    for row in found.table.to_dict("records"):
        if row["lon"] != row["lon"]:
            yield row, None
            continue
        point = transform.transform(QgsPointXY(row["lon"], row["lat"]))
        if box.contains(point):
            yield row, QgsGeometry.fromPointXY(point)
        else:
            yield {**row, "quality": ""}, None


def style_ecosystem(layer: QgsVectorLayer) -> None:
    """A colour for each theme that the layer has."""
    present = layer.uniqueValues(layer.fields().indexOf("theme"))
    categories = []
    for theme, (label, colour) in _THEMES.items():
        if theme in present:
            symbol = QgsMarkerSymbol.createSimple(
                {"color": colour, "outline_color": "#ffffff", "outline_width": "0.2", "size": "2.4"}
            )
            categories.append(QgsRendererCategory(theme, symbol, label))
    layer.setRenderer(QgsCategorizedSymbolRenderer("theme", categories))
    layer.triggerRepaint()
