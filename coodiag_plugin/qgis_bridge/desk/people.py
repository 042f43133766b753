"""The persons and the sites in the wizard: who locates them, what leaves, how well it goes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import QgsVectorLayer

from ...core.choices import ADDOK, GEOPLATEFORME, OFFLINE
from ...core.errors import InputError
from ...core.places import place
from ...core.progress import Progress, Silent
from ...core.words import N_
from ..corrections import corrections_file
from ..errand import Errand
from ..network import named_address
from ..translation import tr
from . import trial
from .file_roles import STRUCTURE
from .sending import Leaving, how_of, leaving
from .trial import FEW, Quality

if TYPE_CHECKING:
    from ...sources.structure_file import ImportedTable
    from .draft import Draft

#: Service → its name.
NAMES = {
    OFFLINE: N_("On this machine"),
    GEOPLATEFORME: N_("National service (IGN)"),
    ADDOK: N_("A server of your network (addok)"),
}
#: Service → what it means for whoever is in the files.
MEANINGS = {
    OFFLINE: N_("With files of addresses (BAN) kept on this machine. Nothing leaves it."),
    GEOPLATEFORME: N_(
        "The Géoplateforme of IGN receives the number, street, postcode and town of each different address. Neither names nor any other column."
    ),
    ADDOK: N_(
        "The server whose address you give receives the number, street, postcode and town of each different address. Neither names nor any other column."
    ),
}


class People:
    """Step « people ». Everything long is an :class:`Errand`."""

    OFFLINE, ADDOK = OFFLINE, ADDOK
    few = FEW
    services = tuple(NAMES)
    levels = trial.LEVELS

    def words(self, service: str) -> tuple[str, str]:
        """Name and explanation of a way of locating, translated."""
        return tr(NAMES[service]), tr(MEANINGS[service])

    def service(self, draft: Draft) -> str:
        """The way that a run would take: that of the draft, else of the settings."""
        return how_of(draft.parameters).service

    def roles(self, draft: Draft) -> list[str]:
        """Files of the draft that hold addresses."""
        return [role for role in STRUCTURE if draft.parameters.get(role.upper())]

    def check(self, draft: Draft) -> None:
        """Refuse a service that cannot be asked, with its sentence."""
        how = how_of(draft.parameters)
        if how.service == ADDOK and not how.base and not named_address(how.catalogue):
            raise InputError(
                "Write the address of your server of addresses under its name, for example http://addok.example:7878."
            )
        how.check()

    def ban(self, draft: Draft) -> list[Path]:
        """Where files of addresses (BAN) may lie on this machine: the one named, else the data
        folder. The diagnosis itself fetches them when there is none and it may ask the services."""
        named = str(draft.parameters.get("BAN", "")).strip()
        if named:
            return [place(part.strip()) for part in named.split("|") if part.strip()]
        folder = str(draft.parameters.get("DATA_FOLDER", "")).strip()
        return [place(folder)] if folder else []

    def corrections(self, draft: Draft) -> int:
        """How many places a person gave, in the file that a run would read."""
        path, ours = corrections_file(how_of(draft.parameters).corrections)
        if not path.is_file():
            return 0
        from ...geocoding.corrections import Corrections

        with Corrections(path, Silent(), ours) as kept:
            return len(kept)

    def corrections_file(self, draft: Draft) -> Path | None:
        """The file of corrections that the draft names; None for that of the QGIS profile."""
        return how_of(draft.parameters).corrections

    # --- errands

    def leaving(
        self, draft: Draft, done: Callable[[Leaving], None], refused: Callable[[str], None]
    ) -> Errand[Leaving]:
        """What would leave this machine, counted and shown, in a task that sends nothing."""
        parameters = dict(draft.parameters)
        return Errand(
            tr("Coodiag: what would leave this machine"),
            lambda progress: self.counted(parameters, progress),
            done,
            refused,
            hidden=True,
        ).start()

    def counted(self, parameters: dict[str, Any], progress: Progress) -> Leaving:
        """What :meth:`leaving` does, in the thread of whoever calls it."""
        how = how_of(parameters)
        if not how.online:
            return Leaving()
        how.check()
        roles = [role for role in STRUCTURE if parameters.get(role.upper())]
        tables = {
            role: _table(parameters, role, progress.part(at / len(roles), (at + 1) / len(roles)))
            for at, role in enumerate(roles)
        }
        return leaving(how, tables, progress)

    def locate(
        self,
        draft: Draft,
        role: str,
        count: int,
        done: Callable[[Quality], None],
        refused: Callable[[str], None],
    ) -> Errand[Quality]:
        """Locate ``count`` rows of a file (0: all), in a task: with an online service, their
        addresses leave this machine."""
        parameters = dict(draft.parameters)
        ban = self.ban(draft)
        return Errand(
            tr("Coodiag: locating addresses"),
            lambda progress: self.located(parameters, ban, role, count, progress),
            done,
            refused,
        ).start()

    def located(
        self, parameters: dict[str, Any], ban: list[Path], role: str, count: int, progress: Progress
    ) -> Quality:
        """What :meth:`locate` does, in the thread of whoever calls it."""
        how = how_of(parameters, ban)
        how.check()
        geocoding: dict[str, Any] = {"SERVICE": how.service}
        if how.online:
            geocoding["URL"] = how.url
        else:
            geocoding["BAN"] = _ban_text(ban)
        if how.corrections is not None:
            geocoding["CORRECTIONS"] = str(how.corrections)
        table = _table(parameters, role, progress.part(0.0, 0.1))
        return trial.locate(
            table, count, _territory(parameters), geocoding, progress.part(0.1, 1.0)
        )

    def review(self, quality: Quality) -> tuple[QgsVectorLayer, QgsVectorLayer, dict[str, str]]:
        """What the review window is opened with: located, not located, columns of the address."""
        return (*trial.layers(quality), trial.fields_of(quality))


def _table(parameters: dict[str, Any], role: str, progress: Progress) -> ImportedTable:
    from ...sources.structure_file import import_table
    from ...sources.structure_mapping import FileMapping, parse_mappings

    said = parse_mappings(str(parameters.get("MAPPING", ""))).get(role, FileMapping())
    path = place(str(parameters[role.upper()]))
    return import_table(path, role, said.columns, said.sheet, progress)


def _ban_text(ban: list[Path]) -> str:
    """The files of addresses as ``geocode`` takes them; refused where none is at hand."""
    from ...geocoding.ban_file import ban_files

    found = [file for path in ban for file in ([path] if path.is_file() else ban_files(path))]
    if not found:
        raise InputError(
            "No file of addresses (BAN) is on this machine yet: the diagnosis will fetch those of the territory if it may ask the services. To try now, give a file adresses-NN.csv.gz of adresse.data.gouv.fr, or its folder."
        )
    return "|".join(str(file) for file in found)


def _territory(parameters: dict[str, Any]) -> dict[str, Any]:
    """Parameters of ``coodiag:territory`` as a diagnosis would read its communes."""
    names = ("TERRITORY", "SOURCE", "DATA_FOLDER", "CACHE")
    return {name: parameters[name] for name in names if parameters.get(name)}
