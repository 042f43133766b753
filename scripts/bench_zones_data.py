"""Invented communes, establishments, clients and sites of any number, for the bench of the zones.

Nothing of it is real, and every name is plainly fictitious. Places follow the towns of the invented
road network (``bench_network.py``); clients are establishments drawn by a taste for some activities
and for what is near a site, so that the back-test of the prospection has something to find. One
client in ten is known by name only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import bench_network
import numpy as np
from osgeo import gdal, ogr, osr
from scipy.spatial import Voronoi, cKDTree

SITES, COMMUNES = 10, 300
#: Activities and their shares; those that the clients are drawn from by preference.
_NAF = {
    "81.21Z": 0.03, "81.30Z": 0.03, "43.21A": 0.07, "43.32A": 0.06, "47.11B": 0.06, "56.10A": 0.08,
    "68.20B": 0.3, "84.11Z": 0.03, "94.99Z": 0.16, "96.02A": 0.06, "01.41Z": 0.12,
}  # fmt: skip
_TASTE = {"81.21Z": 6.0, "81.30Z": 5.0, "84.11Z": 4.0, "56.10A": 2.0}
_SIZES = {
    "NN": 0.55,
    "": 0.12,
    "00": 0.08,
    "01": 0.12,
    "02": 0.06,
    "03": 0.03,
    "11": 0.02,
    "12": 0.02,
}
_LABELS = {"01": "1 ou 2 salariés", "02": "3 à 5 salariés", "03": "6 à 9 salariés", "11": "10 à 19 salariés", "12": "20 à 49 salariés"}  # fmt: skip
#: Decay of the taste with the distance to the nearest site, metres.
_NEAR = 12_000.0


def ensure(folder: Path, clients: int, establishments: int, sections: int = 500_000) -> Path:
    """GeoPackage with the layers communes, sites, clients and establishments, invented once."""
    path = folder / f"zones_{clients}_{establishments}_{sections}.gpkg"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        aside = path.with_suffix(".part.gpkg")
        aside.unlink(missing_ok=True)
        _write(aside, clients, establishments, sections)
        aside.replace(path)
    return path


def _write(path: Path, clients: int, establishments: int, sections: int) -> None:
    random = np.random.default_rng(clients)
    network = bench_network.invent(sections)
    middle = (network.xy[network.a] + network.xy[network.b]) / 2
    liking = 0.03 + network.town
    rows = random.choice(len(middle), establishments, p=liking / liking.sum())
    where = middle[rows] + random.normal(0, 25, (establishments, 2))
    low, high = network.xy.min(axis=0), network.xy.max(axis=0)
    seats = middle[random.choice(len(middle), SITES, p=liking / liking.sum())]
    towns = random.uniform(low, high, (COMMUNES, 2))
    codes = np.array([f"99{number:03d}" for number in range(1, COMMUNES + 1)])
    home = codes[cKDTree(towns).query(where)[1]]
    naf = random.choice(list(_NAF), establishments, p=np.array(list(_NAF.values())))
    size = random.choice(list(_SIZES), establishments, p=np.array(list(_SIZES.values())))
    taste = np.array([_TASTE.get(code, 1.0) for code in naf])
    taste *= np.exp(-((cKDTree(seats).query(where)[0] / _NEAR) ** 2)) + 0.02
    chosen = np.sort(random.choice(establishments, clients, replace=False, p=taste / taste.sum()))

    gdal.UseExceptions()
    source = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    shapes = _communes(towns, low, high, random)
    households = random.integers(80, 6000, COMMUNES)
    _layer(
        source, "communes", ogr.wkbPolygon, {"codgeo": "", "nom": "", "role": "", "menages": 0},
        ((_polygon(shape), (code, f"Fictive {code}", "territoire", int(count)))
         for shape, code, count in zip(shapes, codes.tolist(), households.tolist())),
    )  # fmt: skip
    _layer(
        source, "sites", ogr.wkbPoint, {"nom": ""},
        ((_point(seat), (f"Site fictif {rank}",)) for rank, seat in enumerate(seats.tolist(), 1)),
    )  # fmt: skip
    siret = [f"{900_000_000 + rank}00011" for rank in range(establishments)]
    masked = random.random(establishments) < 0.1
    _layer(
        source, "establishments", ogr.wkbPoint,
        dict.fromkeys(("siret", "siren", "nom", "enseigne", "naf", "tranche", "tranche_label", "codgeo", "statut"), ""),
        ((None if masked[rank] else _point(where[rank]),
          (siret[rank], siret[rank][:9], "" if masked[rank] else f"SARL ATELIER FICTIF {rank}",
           "", str(naf[rank]), str(size[rank]), _LABELS.get(str(size[rank]), ""), str(home[rank]),
           "P" if masked[rank] else "O"))
         for rank in range(establishments)),
    )  # fmt: skip
    turnover = np.round(random.lognormal(7, 1.2, clients), 2)
    by_name = random.random(clients) < 0.1
    _layer(
        source, "clients", ogr.wkbPoint,
        {"siret": "", "name": "", "geo_citycode": "", "ca": 0.0},
        ((_point(where[row]),
          ("" if by_name[rank] else siret[row], f"Atelier Fictif {row}", str(home[row]), float(turnover[rank])))
         for rank, row in enumerate(chosen.tolist())),
    )  # fmt: skip
    del source


def _communes(
    towns: np.ndarray, low: np.ndarray, high: np.ndarray, random: np.random.Generator
) -> list[np.ndarray]:
    """Thiessen polygons of the towns with borders bent as real ones: some 250 vertices each."""
    side = float((high - low).max())
    frame = np.array([[-2, -2], [-2, 3], [3, -2], [3, 3]]) * side + low  # so that all are closed
    cells = Voronoi(np.vstack([towns, frame]))
    bends: dict[tuple[int, int], np.ndarray] = {}

    def border(a: int, b: int) -> np.ndarray:
        """The same line from either side, without its last point."""
        key = (min(a, b), max(a, b))
        if key not in bends:
            line = cells.vertices[list(key)]
            for _ in range(5 if np.hypot(*(line[1] - line[0])) < side else 0):
                step = np.diff(line, axis=0)
                bend = random.normal(0, 0.05, len(step))[:, None]
                middle = (line[1:] + line[:-1]) / 2 + bend * np.column_stack(
                    [-step[:, 1], step[:, 0]]
                )
                grown = np.empty((2 * len(line) - 1, 2))
                grown[::2], grown[1::2] = line, middle
                line = grown
            bends[key] = line
        line = bends[key]
        return (line if a == key[0] else line[::-1])[:-1]

    result = []
    for town in range(len(towns)):
        corners = cells.regions[cells.point_region[town]]
        ring = np.vstack([border(a, b) for a, b in zip(corners, corners[1:] + corners[:1])])
        result.append(np.vstack([ring, ring[:1]]))
    return result


Rows = Iterator[tuple["bytes | None", Sequence[Any]]]


def _layer(source: Any, name: str, kind: int, columns: dict[str, Any], rows: Rows) -> None:
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(2154)
    layer = source.CreateLayer(name, crs, kind)
    kinds = {str: ogr.OFTString, int: ogr.OFTInteger, float: ogr.OFTReal}
    for column, example in columns.items():
        layer.CreateField(ogr.FieldDefn(column, kinds[type(example)]))
    definition = layer.GetLayerDefn()
    layer.StartTransaction()
    for wkb, values in rows:
        feature = ogr.Feature(definition)
        for at, value in enumerate(values):
            feature.SetField(at, value)
        if wkb is not None:
            feature.SetGeometryDirectly(ogr.CreateGeometryFromWkb(wkb))
        layer.CreateFeature(feature)
    layer.CommitTransaction()


def _point(place: Sequence[float]) -> bytes:
    return b"\x01\x01\x00\x00\x00" + np.asarray(place, dtype="<f8").tobytes()


def _polygon(ring: np.ndarray) -> bytes:
    head = b"\x01\x03\x00\x00\x00\x01\x00\x00\x00" + np.array([len(ring)], "<u4").tobytes()
    return head + ring.astype("<f8").tobytes()
