"""What a run is asked to do, and what it knows while it goes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import QgsVectorLayer

from ...core.errors import InputError
from ...core.house import DEFAULT, House
from ...core.journal import Journal
from ...core.places import is_file
from ...core.privacy import MIN_COUNT
from ...core.provenance import Provenance
from ...core.territory import Territory, Unit
from ...core.wanted import OfficialSource
from ..translation import in_french, told
from .results import StepResult

if TYPE_CHECKING:
    from ...core.profiles import Profile
    from ...sources.changes import Former
    from ...sources.folder import Inventory
    from ...sources.structure_mapping import FileMapping
    from ..similar_territories import SimilarTerritories
    from ..specialisation import Specialisation
    from .qualitative import Qualitative

ROLES = {
    "sites": "Sites de la structure",
    "clients": "Clients",
    "beneficiaries": "Bénéficiaires",
}


@dataclass(frozen=True)
class Options:
    """Parameters of ``coodiag:diagnostic``, checked by :meth:`check`."""

    territory: str
    structure: str
    profile: str
    source: OfficialSource
    output: Path
    date: str
    area: QgsVectorLayer | None = None
    sites: Path | None = None
    clients: Path | None = None
    beneficiaries: Path | None = None
    roads: QgsVectorLayer | None = None
    ban: Path | None = None
    service: str = "offline"  # of geocoding: offline, geoplateforme, addok
    url: str = ""
    corrections: Path | None = None
    mapping: Mapping[str, FileMapping] = field(default_factory=dict)  # said by hand, by role
    tables: Mapping[str, Path | None] = field(
        default_factory=dict
    )  # SURVEY, ACTORS, ACTIONS, WORDS
    thresholds: tuple[float, ...] = (60.0, 80.0, 95.0)
    rings: tuple[float, ...] = (10.0, 20.0, 30.0)
    reach: float = 30.0
    min_count: int = MIN_COUNT
    paper: str = "A4"
    commune_pages: bool = True
    commune_scale: str = "fit"  # of the maps of those pages: fit, fixed
    formats: tuple[str, ...] = ()  # documents beside the atlas (dossier.DOCUMENTS)
    house: House = DEFAULT
    dpi: int = 300

    def files(self) -> dict[str, Path]:
        """The structure's files by role, in printing order."""
        given = {"sites": self.sites, "clients": self.clients, "beneficiaries": self.beneficiaries}
        return {role: path for role, path in given.items() if path is not None}

    @property
    def geocodes_online(self) -> bool:
        """Whether addresses of persons leave this machine."""
        return self.service != "offline"

    def check(self) -> None:
        """Refuse what cannot work before anything is written."""
        from ...zones.catchment import check_thresholds

        if self.min_count < 3:
            raise InputError(
                "MIN_COUNT is {count}: fewer than 3 people could be recognised. Give 3 or more (5 is the default).",
                count=self.min_count,
            )
        self.source.check()
        check_thresholds(self.thresholds)
        for path in (*self.files().values(), *filter(None, self.tables.values())):
            if not is_file(path):
                raise InputError(
                    "The file {file} does not exist. Check its name and folder.", file=str(path)
                )
        for role in self.mapping:
            if role not in self.files():
                raise InputError(
                    "MAPPING speaks of the file of {role}, which is not given.", role=role
                )


@dataclass
class Located:
    """A file of the structure once located: rows with points, and the counts that reconcile."""

    role: str
    layer: QgsVectorLayer  # points in the legal CRS, every column, geo_*
    failed: QgsVectorLayer  # rows that could not be located, no geometry
    read: int
    refused: int
    duplicates: int
    repairs: int
    counts: dict[str, int]

    @property
    def count(self) -> int:
        return self.layer.featureCount()


@dataclass
class Run:
    """What the steps hand to one another."""

    options: Options
    profile: Profile
    inventory: Inventory
    demo: bool
    journal: Journal = field(default_factory=Journal)
    layers: dict[str, QgsVectorLayer] = field(default_factory=dict)
    sources: list[Provenance] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # printed on the reading guide
    method: list[str] = field(default_factory=list)
    located: dict[str, Located] = field(default_factory=dict)
    mapping: dict[str, FileMapping] = field(default_factory=dict)  # said by hand, by places
    former: Sequence[Former] = ()  # communes of former times, which addresses still name
    failed: dict[str, str] = field(default_factory=dict)  # what was not fetched → why, in French
    sent: dict[str, int] = field(default_factory=dict)  # addresses sent to a service, by role
    refusals: dict[str, str] = field(default_factory=dict)  # layer → why, in French
    results: dict[str, StepResult] = field(default_factory=dict)  # of the steps, by layer
    register: QgsVectorLayer | None = None  # establishments with their names, never written
    roads: QgsVectorLayer | None = None  # that times go by
    road_citations: tuple[str, ...] = ()  # as printed on the pages of times
    qualitative: Qualitative | None = None  # survey, actors, action plan, texts of the analyst
    similar: SimilarTerritories | None = None  # the territories most alike
    specialisations: Sequence[Specialisation] = ()  # sectors of the territory against a reference

    @property
    def mode(self) -> str:
        """What distances to the sites are measured in."""
        return "km" if self.roads is None else "minutes"

    def compared(self, territory: Territory) -> list[Unit]:
        """The units of comparison that the profile prints, from near to far."""
        return [unit for unit in territory.references if unit.level in self.profile.compare]

    def attempt(self, layer: str, step: Callable[[], None]) -> None:
        """A step that these files do not allow leaves its pages out, with its reason in print."""
        try:
            step()
        except InputError as error:
            self.refusals[layer] = told(error.template, error.fields, in_french)
            self.journal.write(f"Étape sans résultat : {self.refusals[layer]}")

    def add_sources(self, items: list[Provenance]) -> None:
        """Take in sources; one that is there already only adds what is noted of it."""
        for item in items:
            rank = next((n for n, one in enumerate(self.sources) if one.same(item)), None)
            if rank is None:
                self.sources.append(item)
            elif item.note and item.note not in self.sources[rank].note:
                notes = [note for note in (self.sources[rank].note, item.note) if note]
                self.sources[rank] = replace(self.sources[rank], note="; ".join(notes))
