"""What the tests of the two services of the register share: the demonstration and its stock."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
from coodiag.coodiag_plugin.sources.online.depot import Depot
from coodiag.coodiag_plugin.sources.online.scope import Scope
from coodiag.coodiag_plugin.sources.sirene import read_stock
from coodiag.coodiag_plugin.sources.web.client import Cache, NetworkSettings, Web
from coodiag.coodiag_plugin.sources.web.waits import Clock
from coodiag.tests.servers.world import World
from coodiag.tests.unit.web_samples import FakeClock, Listener

KEY = "invented-key-0042"
#: Where the register's services cannot be equal to Insee's geolocation file.
POINTS = ["lon", "lat", "x", "y", "epsg", "geo_quality"]


def scope_of(territory: tuple[str, ...], around: tuple[str, ...] = ()) -> Scope:
    box = (-1.0, 47.5, 0.0, 48.5)
    codes = tuple(sorted({*territory, *around}))
    return Scope(codes, territory, ("245390927",), ("53",), ("52",), (box,))


def epci(world: World) -> tuple[str, ...]:
    """Communes of the demonstration's territory."""
    return tuple(
        sorted(code for code, row in world.communes.items() if row.get("EPCI") == "245390927")
    )


class Bench:
    """A client of one service at ``url``, an empty data folder, what was said."""

    def __init__(
        self, place: Path, service: str, url: str, clock: Clock | None = None, key: str = KEY
    ) -> None:
        self.clock = clock or FakeClock()
        self.listener = Listener()
        self.place = place
        settings = NetworkSettings(urls={service: url})
        keys = {"sirene": key} if key else {}
        cache = Cache(place / "cache", "auto", self.clock)
        self.web = Web(settings, cache, keys, self.listener)
        self.depot = Depot(place / "folder")

    def collected(
        self, collect: Callable[..., None], scope: Scope, **more: object
    ) -> tuple[Path, pd.DataFrame]:
        """The file written, and the table that the reader of the stock makes of it."""
        collect(self.web, scope, self.depot, self.listener, **more)
        path = self.depot.files[-1]
        return path, read_stock(self.depot.folder, scope.territory)


def stock_of(world: World, communes: tuple[str, ...], points: bool = True) -> pd.DataFrame:
    """The same communes from the demonstration's stock files."""
    names = ["StockEtablissement_utf8.zip", "StockUniteLegale_utf8.zip"]
    if points:
        names.append("GeolocalisationEtablissement_Sirene_pour_etudes_statistiques_utf8.csv")
    return read_stock([world.folder / name for name in names], communes)
