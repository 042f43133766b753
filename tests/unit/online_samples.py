"""Services of a small invented country for the tests of the online geography."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from coodiag.coodiag_plugin.sources.web.cache import Cache
from coodiag.coodiag_plugin.sources.web.client import NetworkSettings, Web
from coodiag.tests.servers.base import LocalServer
from coodiag.tests.servers.geo_api import GeoApiServer, unit
from coodiag.tests.servers.geo_api import commune as record
from coodiag.tests.servers.wfs import CARTO, SMALL, WfsServer, iris_of
from coodiag.tests.servers.wfs import commune as contour
from coodiag.tests.unit.web_samples import FakeClock, Listener

#: Code, name, west, south, side (degrees), région, EPCI, old codes, zone.
COUNTRY: list[tuple[str, str, float, float, float, str | None, str | None, list[str], str]] = [
    ("35001", "Alpha", -1.70, 48.10, 0.10, "53", "243500139", ["35009"], "metro"),
    ("35002", "Bêta-sur-Oust", -1.60, 48.10, 0.10, "53", "243500139", [], "metro"),
    ("35003", "Gamma", -1.50, 48.10, 0.10, "53", None, ["35010", "35011"], "metro"),
    ("35004", "Loin", -1.00, 48.10, 0.10, "53", None, ["35011"], "metro"),
    ("75056", "Paris", 2.25, 48.82, 0.16, "11", "200054781", [], "metro"),
    ("13055", "Marseille", 5.25, 43.20, 0.20, "93", None, [], "metro"),
    ("69123", "Lyon", 4.78, 45.71, 0.10, "84", None, [], "metro"),
    ("2A004", "Ajaccio", 8.60, 41.90, 0.10, "94", "242010056", [], "metro"),
    ("2B033", "Bastia", 9.40, 42.68, 0.05, "94", None, [], "metro"),
    ("97105", "Basse-Terre", -61.74, 15.98, 0.05, "01", None, [], "drom"),
    ("97411", "Saint-Denis", 55.40, -20.95, 0.10, "04", "249740119", [], "drom"),
    ("97608", "Mamoudzou", 45.15, -12.80, 0.10, "06", None, [], "drom"),
    ("97502", "Saint-Pierre", -56.22, 46.75, 0.05, None, None, [], "com"),
    ("98818", "Nouméa", 166.40, -22.30, 0.10, None, None, [], "com"),
]
_EPCIS = {
    "243500139": "Alpha Métropole",
    "200054781": "Métropole du Grand Paris",
    "242010056": "CA du Pays Ajaccien",
    "249740119": "CA du Nord de La Réunion",
}
_UNITS = {
    "35": ("Ille-et-Vilaine", "53"), "75": ("Paris", "11"), "13": ("Bouches-du-Rhône", "93"),
    "69": ("Rhône", "84"), "2A": ("Corse-du-Sud", "94"), "2B": ("Haute-Corse", "94"),
    "971": ("Guadeloupe", "01"), "974": ("La Réunion", "04"), "976": ("Mayotte", "06"),
    "975": ("Saint-Pierre-et-Miquelon", None), "988": ("Nouvelle-Calédonie", None),
}  # fmt: skip
_REGIONS = {
    "53": "Bretagne", "11": "Île-de-France", "93": "Provence-Alpes-Côte d’Azur",
    "84": "Auvergne-Rhône-Alpes", "94": "Corse", "01": "Guadeloupe", "04": "La Réunion",
    "06": "Mayotte",
}  # fmt: skip


def square(west: float, south: float, side: float) -> list[list[float]]:
    east, north = west + side, south + side
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def department(code: str) -> str:
    return code[:3] if code[:2] in ("97", "98") else code[:2]


def geo_api() -> GeoApiServer:
    """Communes of every kind of the French geography, some of them invented."""
    server = GeoApiServer()
    for code, name, west, south, side, reg, epci, former, zone in COUNTRY:
        server.communes.append(
            record(
                code,
                name,
                square(west, south, side),
                codeEpci=epci,
                codeDepartement=department(code),
                codeRegion=reg,
                surface=1234.5,
                population=1000,
                anciensCodes=former,
                zone=zone,
            )
        )
    for number in (1, 20):
        arrondissement = record(
            f"751{number:02d}", f"Paris {number}e", square(2.3, 48.85, 0.01), codeParent="75056",
            codeDepartement="75", codeRegion="11",
        )  # fmt: skip
        server.communes.append({**arrondissement, "type": "arrondissement-municipal"})
    server.epcis = [unit(code, name) for code, name in _EPCIS.items()]
    for code, (name, reg) in _UNITS.items():
        zone = "metro" if len(code) == 2 else "drom" if reg else "com"
        known = {"codeRegion": reg} if reg else {}
        server.departements.append(unit(code, name, zone, **known))
    server.regions = [unit(code, name) for code, name in _REGIONS.items()]
    return server


def wfs() -> WfsServer:
    """The contours of the same communes, the Pacific left out as IGN does."""
    server = WfsServer()
    communes, iris = [], []
    for code, name, west, south, side, reg, epci, _, _ in COUNTRY:
        if code.startswith("98"):
            continue
        shape = {"type": "MultiPolygon", "coordinates": [[square(west, south, side)]]}
        communes.append(contour(code, name, shape, department(code), reg or "NR", epci or ""))
        iris += [iris_of(part, name, shape) for part in (["75101", "75120"] if code == "75056" else [code])]  # fmt: skip
    server.layers = {CARTO + "commune": communes, "STATISTICALUNITS.IRISGE:iris_ge": iris}
    outline = {"type": "Polygon", "coordinates": [square(-2, 48, 1)]}
    server.layers[SMALL + "departement"] = [
        ({"code_insee": code, "nom_officiel": name, "code_insee_de_la_region": reg}, outline)
        for code, (name, reg) in _UNITS.items()
    ]
    server.layers[CARTO + "epci"] = [
        ({"code_siren": code, "nom_officiel": name, "nature": "CC"}, outline)
        for code, name in _EPCIS.items()
    ]
    server.layers[SMALL + "region"] = [
        ({"code_insee": code, "nom_officiel": name}, outline) for code, name in _REGIONS.items()
    ]
    return server


def web(
    folder: Path, progress: Listener | None = None, clock: Any = None, **servers: LocalServer
) -> Web:
    """A client whose services are at these servers, by id."""
    urls = {name: server.url for name, server in servers.items()}
    cache = Cache(folder / "cache", "auto", clock or FakeClock())
    return Web(NetworkSettings(urls=urls), cache, None, progress or Listener())
