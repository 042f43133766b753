"""The official data of a run, whatever the parameter SOURCE: a folder, or the services."""

from __future__ import annotations

import math
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import QgsVectorLayer

from ..core.errors import CoodiagError, InputError, SourceError
from ..core.progress import Progress
from ..core.wanted import GEOGRAPHY, STATISTICS, Box, OfficialSource, Wanted, collections
from .dependencies import require
from .layers import is_located, transformer
from .network import open_web
from .settings import cache_folder
from .translation import in_french, told

if TYPE_CHECKING:
    from ..sources.folder import Inventory
    from ..sources.web.answers import Origin
    from ..sources.web.client import Web

#: Seconds after which the folder of a run is taken for abandoned.
_ABANDONED = 2 * 86_400.0


@dataclass(frozen=True)
class Official:
    """What a run reads: recognised files, what could not be fetched and why, who answered when."""

    inventory: Inventory
    files: tuple[Path, ...] = ()  # what the services gave
    failed: Mapping[str, CoodiagError] = field(default_factory=dict)
    failures: int = 0  # one of them may take several variables away
    origins: Mapping[str, Origin] = field(default_factory=dict)

    def reasons(self) -> dict[str, str]:
        """Why each thing could not be fetched, in French for print: the journal says more."""
        return {name: _in_short(error) for name, error in self.failed.items()}

    def details(self) -> list[str]:
        """The same for the journal, each once, with what to do."""
        found = (told(error.template, error.fields, in_french) for error in self.failed.values())
        return list(dict.fromkeys(found))


def _in_short(error: CoodiagError) -> str:
    service = error.fields.get("service")
    if isinstance(error, SourceError) and service:
        return f"{service} n’a pas donné ces données le jour de l’étude."
    return told(error.template, error.fields, in_french)


@contextmanager
def official(source: OfficialSource, wanted: Wanted, progress: Progress) -> Iterator[Official]:
    """The official data of a run, while it lasts.

    What the services give is put in a folder of its own, read like one that the user filled, and
    removed at the end: their answers stay in the cache, so that the next run finds them there.
    """
    from ..sources.folder import scan

    if not source.online:
        yield Official(scan(_folder(source), progress))
        return
    home = cache_folder("downloads")
    _forget(home)
    folder = Path(tempfile.mkdtemp(prefix="run-", dir=home))
    try:
        fetched = fetch(source, wanted, folder, progress.part(0.0, 0.95))
        if source.folder is not None:
            beside = scan(source.folder, progress.part(0.95, 1.0))
            files = _completed(fetched.inventory, beside, wanted, fetched.failed)
            fetched = replace(fetched, inventory=files)
        yield fetched
    finally:
        # A layer that is still open keeps its file on Windows: a later run removes it.
        shutil.rmtree(folder, ignore_errors=True)


def _forget(home: Path) -> None:
    """Remove the folders that killed runs left."""
    for folder in home.glob("run-*"):
        with suppress(FileNotFoundError):  # another run removes it as well
            if time.time() - folder.stat().st_mtime > _ABANDONED:
                shutil.rmtree(folder, ignore_errors=True)


def fetch(source: OfficialSource, wanted: Wanted, folder: Path, progress: Progress) -> Official:
    """Fill ``folder`` from the services, and what it then holds."""
    require("requests")
    from ..sources.folder import scan
    from ..sources.online.collect import collect
    from ..sources.online.depot import Depot

    web = open_web(progress, source.cache, source.authcfgs)
    depot = Depot(folder)
    with closing(web):
        collect(web, wanted, depot, progress.part(0.0, 0.98))
    inventory = scan(folder, progress.part(0.98, 1.0))
    _tell_ages(web, progress)
    return Official(inventory, tuple(depot.files), depot.failed, len(depot.failures), web.origins)


def _tell_ages(web: Web, progress: Progress) -> None:
    """How old the answers are that were not asked again."""
    from ..sources.web.services import services

    for name, origin in sorted(web.origins.items()):
        if origin.cache or origin.stale:
            progress.say(
                "{service}: {kept} of {all} answers are those kept on this machine, the oldest of {date}.",
                service=services()[name].title,
                kept=origin.cache + origin.stale,
                all=origin.live + origin.cache + origin.stale,
                date=origin.oldest,
            )


def box_of(area: QgsVectorLayer) -> Box:
    """Extent of the polygons of a layer in degrees."""
    check_located(area)
    if not area.featureCount() or area.extent().isEmpty():
        raise InputError("The layer {layer} holds no polygon.", layer=area.name())
    found = transformer(area.crs(), "EPSG:4326").transformBoundingBox(area.extent())
    box = (found.xMinimum(), found.yMinimum(), found.xMaximum(), found.yMaximum())
    if not all(math.isfinite(edge) for edge in box) or found.width() > 30 or found.height() > 30:
        raise InputError(
            "The polygons of {layer} do not lie where their coordinate reference system says ({crs}). Set the right one in the layer's properties, then run again.",
            layer=area.name(),
            crs=area.crs().authid(),
        )
    return box


def check_located(area: QgsVectorLayer) -> None:
    """Refuse polygons that nobody knows the place of."""
    if not is_located(area.crs()):
        raise InputError(
            "The layer {layer} of the territory's polygons has no coordinate reference system. Set it in the layer's properties, then run again.",
            layer=area.name(),
        )


def _folder(source: OfficialSource) -> Path:
    source.check()
    assert source.folder is not None
    return source.folder


def _completed(
    fetched: Inventory, beside: Inventory, wanted: Wanted, failed: Mapping[str, CoodiagError]
) -> Inventory:
    """What was fetched, and the user's files of the families that no service gave."""

    given = set(wanted.collections) - set(failed) | {GEOGRAPHY}
    if set(wanted.variables) <= set(failed):
        given.discard(STATISTICS)
    families = {family for name in given for family in collections()[name].families}
    more = tuple(file for file in beside.files if file.dataset not in families)
    return replace(fetched, files=(*fetched.files, *more), ignored=beside.ignored)
