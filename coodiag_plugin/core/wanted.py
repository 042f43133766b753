"""Where official data come from and what a run may ask of the services, without asking yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from .catalogue import rows
from .errors import InputError
from .places import is_folder
from .variables import family
from .words import N_

#: Least longitude and latitude, then greatest, in degrees (WGS84).
Box = tuple[float, float, float, float]
#: Ways to the register of establishments, as the parameter SOURCE of coodiag:establishments.
REGISTERS = ("auto", "recherche-entreprises", "sirene-api", "stock")
#: Values of the parameters SOURCE and CACHE.
MODES = ("auto", "online", "folder")
CACHES = ("auto", "refresh", "offline")
GEOGRAPHY, STATISTICS, ESTABLISHMENTS = "geography", "statistics", "establishments"
#: Collections that the points of interest of a territory come from.
ECOSYSTEM = ("siae", "inclusion", "france_services")
#: What a diagnosis with files of people cannot do without, beside the default of a download.
FOR_DIAGNOSIS = ("statistics", "job_seekers", ESTABLISHMENTS, "addresses", "roads")

#: Names of the collections, as said to the user.
LABELS = {
    GEOGRAPHY: N_("communes, their memberships and their contours"),
    STATISTICS: N_("census, incomes, births and employers (Insee, Melodi)"),
    "job_seekers": N_("job seekers (Dares, France Travail)"),
    "benefits": N_("recipients of benefits (Caf)"),
    "private_jobs": N_("private employers and jobs (Urssaf)"),
    ESTABLISHMENTS: N_("active establishments (Sirène)"),
    "ess": N_("national list of the social and solidarity economy"),
    "addresses": N_("addresses (Base Adresse Nationale)"),
    "roads": N_("roads (IGN, BD TOPO)"),
    "districts": N_("priority neighbourhoods (QPV)"),
    "iris": N_("contours of the IRIS"),
    "siae": N_("inclusion enterprises (les emplois de l’inclusion)"),
    "inclusion": N_("structures and services of inclusion (data·inclusion, needs a key)"),
    "france_services": N_("France services houses"),
}


@dataclass(frozen=True)
class OfficialSource:
    """Parameters SOURCE, DATA_FOLDER and CACHE.

    ``folder`` reads the folder and nothing leaves the machine; ``online`` asks the services, and
    the folder completes what they do not give; ``auto`` is the folder when one is given, else
    the services. ``cache``: see :class:`~sources.web.cache.Cache`. ``authcfgs``: authentication
    configurations by service.
    """

    mode: str = "auto"
    folder: Path | None = None
    cache: str = "auto"
    authcfgs: Mapping[str, str] = field(default_factory=dict)

    @property
    def online(self) -> bool:
        return self.mode == "online" or (self.mode == "auto" and self.folder is None)

    def check(self) -> None:
        """Refuse a folder that is missing."""
        if self.folder is None:
            if self.mode == "folder":
                raise InputError(
                    "SOURCE is folder, but no data folder is given: choose it in DATA_FOLDER, or set SOURCE to online."
                )
            return
        if not is_folder(self.folder):
            raise InputError(
                "The data folder does not exist: {folder}. Choose the folder where the official files were downloaded.",
                folder=str(self.folder),
            )


@dataclass(frozen=True)
class Collection:
    """A row of ``catalogue/collections.csv``."""

    id: str
    services: tuple[str, ...]
    families: tuple[str, ...]
    default: bool


@dataclass(frozen=True)
class Wanted:
    """What a run asks for.

    ``territory``: as the parameter TERRITORY; ``box``: the extent of drawn polygons (degrees),
    in its place or added to it. ``variables``: of the statistics. ``collections``: ids beside the
    geography, which always comes. ``register``: one of :data:`REGISTERS`; ``naf`` and
    ``ess_only`` narrow the establishments.
    """

    territory: str
    box: Box | None = None
    variables: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    register: str = "auto"
    naf: tuple[str, ...] = ()
    ess_only: bool = False


@cache
def collections() -> dict[str, Collection]:
    """Every collection of the catalogue by id, in the order in which they are asked."""
    return {
        row["id"]: Collection(
            row["id"],
            tuple(row["services"].split()),
            tuple(row["families"].split()),
            row["default"] == "yes",
        )
        for row in rows("collections")
    }


def collections_of(variables: Iterable[str]) -> tuple[str, ...]:
    """The collections that may give these variables of the statistics."""
    families = {name for variable in variables for name in family(variable).datasets}
    return tuple(
        item.id
        for item in collections().values()
        if item.id != GEOGRAPHY and families & set(item.families)
    )
