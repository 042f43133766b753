"""The road network as IGN publishes it: ``troncon_de_route`` of BD TOPO in a GeoPackage."""

from __future__ import annotations

from pathlib import Path

from osgeo import gdal, ogr, osr

from ..core.clock import gdal_clock
from ..core.progress import Progress
from .edges import Edge, Network
from .territory import World
from .writing import MOMENT, create

LAYER = "troncon_de_route"
_TEXT = (
    "cleabs",
    "nature",
    "nom_1_gauche",
    "nom_1_droite",
    "importance",
    "etat_de_l_objet",
    "position_par_rapport_au_sol",
    "sens_de_circulation",
    "acces_vehicule_leger",
    "acces_pieton",
    "insee_commune_gauche",
    "insee_commune_droite",
    "cpx_numero",
    "cpx_classement_administratif",
)
_WHOLE = ("nombre_de_voies", "vitesse_moyenne_vl", "urbain", "fictif")
_NATURES = {
    "express": "Route à 2 chaussées",
    "bretelle": "Bretelle",
    "chemin": "Chemin",
}
_DIRECTIONS = {0: "Double sens", 1: "Sens direct", -1: "Sens inverse"}
#: Mean speed (km/h) of light vehicles by importance, in the country and in a village.
_COUNTRY_SPEED = {2: 105, 3: 74, 4: 62, 5: 40, 6: 0}
_TOWN_SPEED = {3: 36, 4: 33, 5: 26}
_ALTITUDE = 80.0


def speed(edge: Edge) -> int:
    """Mean speed of light vehicles in km/h, 0 where they cannot go."""
    if edge.kind == "bretelle":
        return 45
    if edge.kind == "urbaine":
        return _TOWN_SPEED[edge.importance]
    return _COUNTRY_SPEED[edge.importance]


def write(path: Path, world: World, network: Network, progress: Progress) -> None:
    """Write the layer (EPSG:2154, lines with altitude, one row per piece of road)."""
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(2154)
    with gdal_clock(gdal, MOMENT):
        source = create("GPKG", path)
        layer = source.CreateLayer(
            LAYER, reference, ogr.wkbLineString25D, ["GEOMETRY_NAME=geometrie"]
        )
        for name in _TEXT:
            layer.CreateField(ogr.FieldDefn(name, ogr.OFTString))
        for name in _WHOLE:
            layer.CreateField(ogr.FieldDefn(name, ogr.OFTInteger))
        source.StartTransaction()
        for number, edge in enumerate(network.edges):
            progress.check()
            layer.CreateFeature(_feature(layer.GetLayerDefn(), number, edge, world, network))
        source.CommitTransaction()
        del layer, source


def _feature(
    definition: ogr.FeatureDefn, number: int, edge: Edge, world: World, network: Network
) -> ogr.Feature:
    feature = ogr.Feature(definition)
    line = ogr.Geometry(ogr.wkbLineString25D)
    for x, y in world.bending.line([network.nodes[edge.a], *edge.via, network.nodes[edge.b]]):
        line.AddPoint(x, y, _ALTITUDE)
    feature.SetGeometryDirectly(line)
    commune, _ = world.owner(network.nodes[edge.a])
    code = commune.code if commune else None
    path = edge.kind == "chemin"
    values = {
        "cleabs": f"TRONROUT00000009{number:08d}",
        "nature": _NATURES.get(edge.kind, "Route à 1 chaussée"),
        "nom_1_gauche": edge.street or None,
        "nom_1_droite": edge.street or None,
        "importance": str(edge.importance),
        "etat_de_l_objet": "En service",
        "position_par_rapport_au_sol": "1" if edge.kind == "express" else "0",
        "sens_de_circulation": "Sans objet" if path else _DIRECTIONS[edge.one_way],
        "acces_vehicule_leger": (
            "Physiquement impossible"
            if path
            else "Restreint aux ayants droit"
            if edge.kind == "isolee"
            else "Libre"
        ),
        "acces_pieton": "Interdit" if edge.kind in ("express", "bretelle") else "Libre",
        "insee_commune_gauche": code,
        "insee_commune_droite": code,
        "cpx_numero": edge.number.replace(" ", "") or None,
        "cpx_classement_administratif": (
            "Nationale" if edge.kind == "express" else "Départementale" if edge.number else None
        ),
        "nombre_de_voies": 2 if edge.importance <= 4 else 1,
        "vitesse_moyenne_vl": speed(edge),
        "urbain": int(edge.kind == "urbaine"),
        "fictif": 0,
    }
    for name, value in values.items():
        if value is not None:
            feature.SetField(definition.GetFieldIndex(name), value)  # by its name takes far longer
    return feature
