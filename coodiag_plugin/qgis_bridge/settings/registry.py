"""Every setting of Coodiag: its name, its type, its default, its bounds, what it says.

The page of the options, the defaults of the algorithms and ``docs/settings.md`` read these rows: a
setting is added here and nowhere else. No QGIS: a row is data.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Union

from ...core.choices import GEOCODERS, MIN_COUNT
from ...core.words import N_

#: Group of the settings of QGIS that holds them all.
PREFIX = "coodiag/"
#: Environment variable that names the folder of everything kept, before the settings.
CACHE_VARIABLE = "COODIAG_CACHE"

PAPERS = ("A4", "A3", "16:9")
THRESHOLDS = "60,80,95"
#: A smaller count would let single people be told apart: no setting goes below.
LEAST_COUNT, LARGEST_COUNT = 3, 1000

SettingValue = Union[str, int]


class Kind(Enum):
    """Types of settings; ``docs/settings.md`` prints the value."""

    CHOICE = "choice"
    NUMBER = "number"
    PERCENTAGES = "percentages"
    FOLDER = "folder"
    HOUSE = "folder of a house style"
    ADDRESS = "web address"
    KEY = "authentication configuration"


class Section(Enum):
    """Parts of the page, in their order; the value is an English source string."""

    DOCUMENTS = N_("Documents")
    DIAGNOSIS = N_("Diagnosis")
    SERVICES = N_("Services on the network")
    CACHE = N_("Files kept on this machine")


@dataclass(frozen=True)
class Setting:
    """One setting, kept under ``coodiag/<name>``.

    ``label``, ``help``: English source strings, except the label of a service, which is its French
    title. ``options``: words of a choice, ``spoken`` what the page says of each (source strings).
    ``minimum``, ``maximum``: of a number. ``variable``: of the environment, which comes first.
    ``service``: id of the service it belongs to, ``ordinary`` its address when none is given.
    """

    name: str
    kind: Kind
    section: Section
    label: str
    help: str
    default: SettingValue = ""
    options: tuple[str, ...] = ()
    spoken: tuple[str, ...] = ()
    minimum: int = 0
    maximum: int = 0
    variable: str = ""
    service: str = ""
    ordinary: str = ""


_OWN = (
    Setting(
        "house_style",
        Kind.HOUSE,
        Section.DOCUMENTS,
        N_("House style"),
        N_(
            "Folder of the colours, logo, photo, fonts and layer styles that documents begin with. Empty: those of the plugin."
        ),
    ),
    Setting(
        "paper",
        Kind.CHOICE,
        Section.DOCUMENTS,
        N_("Paper"),
        N_("Format of the atlas that is proposed."),
        default=PAPERS[0],
        options=PAPERS,
        spoken=(
            N_("A4, landscape"),
            N_("A3, landscape: the same pages, larger"),
            N_("A4, and slides in any case"),
        ),
    ),
    Setting(
        "dossier_folder",
        Kind.FOLDER,
        Section.DOCUMENTS,
        N_("Folder of the dossiers"),
        N_(
            "Where the wizard proposes to make a new dossier, in a folder of its own. Choose a place that only those who may see the persons can read. Empty: your documents."
        ),
    ),
    Setting(
        "thresholds",
        Kind.PERCENTAGES,
        Section.DIAGNOSIS,
        N_("Catchment thresholds"),
        N_(
            "Shares of the clients, in per cent, that the primary, secondary and tertiary zones hold, separated by commas."
        ),
        default=THRESHOLDS,
    ),
    Setting(
        "min_count",
        Kind.NUMBER,
        Section.DIAGNOSIS,
        N_("Fewest people shown"),
        N_(
            "Counts of people below this are hidden in what can be shared. Never less than 3: fewer would let persons be recognised."
        ),
        default=MIN_COUNT,
        minimum=LEAST_COUNT,
        maximum=LARGEST_COUNT,
    ),
    Setting(
        "geocoder",
        Kind.CHOICE,
        Section.DIAGNOSIS,
        N_("Geocoding service"),
        N_(
            "Who is asked for the place of an address. What a service receives is said before anything is sent."
        ),
        default=GEOCODERS[0],
        options=GEOCODERS,
        spoken=(
            N_("On this machine, with files of the BAN: nothing leaves it"),
            N_("The national service (IGN): it receives the addresses"),
            N_("addok, a server of your own network: it receives the addresses"),
        ),
    ),
    Setting(
        "cache_folder",
        Kind.FOLDER,
        Section.CACHE,
        N_("Cache folder"),
        N_(
            "Where what can be made or asked again is kept: answers of services, address indexes, road graphs; several gigabytes for large territories. It lies there in a folder coodiag-cache. What an earlier folder holds stays there. Empty: the QGIS profile. Corrections and the wizard's draft always stay in the profile."
        ),
        variable=CACHE_VARIABLE,
    ),
)
_ADDRESS_HELP = N_(
    "Another address than the public one: a mirror, a server of your own. Empty: the public one."
)
_OWN_SERVER_HELP = N_("Address of this server of your own. Empty: the one shown.")
_KEY_HELP = N_(
    "Authentication configuration that holds the key of this service (type API Header). The key itself is kept encrypted by QGIS, never among the settings."
)


def settings() -> dict[str, Setting]:
    """Every setting by name, in the order of the page."""
    return {**{setting.name: setting for setting in _OWN}, **_of_services()}


def setting(name: str) -> Setting:
    """A setting by name. Those of Coodiag itself are found without reading the services."""
    for own in _OWN:
        if own.name == name:
            return own
    return _of_services()[name]


@cache
def _of_services() -> dict[str, Setting]:
    return {item.name: item for item in (*_keys(), *_addresses())}


def _keys() -> Iterator[Setting]:
    from ...sources.web.services import services

    for service in services().values():
        if service.key:
            yield Setting(
                f"keys/{service.id}",
                Kind.KEY,
                Section.SERVICES,
                service.title,
                _KEY_HELP,
                service=service.id,
            )


def _addresses() -> Iterator[Setting]:
    from ...sources.web.services import VARIABLE, services

    for service in services().values():
        yield Setting(
            f"urls/{service.id}",
            Kind.ADDRESS,
            Section.SERVICES,
            service.title,
            _OWN_SERVER_HELP if service.is_own else _ADDRESS_HELP,
            variable=VARIABLE + service.id.upper(),
            service=service.id,
            ordinary=service.base_url,
        )
