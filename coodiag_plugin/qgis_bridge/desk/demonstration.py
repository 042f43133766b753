"""The demonstration in the wizard: a fictitious territory, ready to be diagnosed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from .. import demonstration
from ..errand import Errand
from ..translation import tr
from .draft import Draft
from .folders import folder_for

if TYPE_CHECKING:
    from ...demo.generate import DemoPaths

#: Printed on every page: the structure does not exist.
STRUCTURE = "Association Exemple (fictive)"


class Demonstration:
    """The files of the demonstration, and the draft of its diagnosis."""

    def make(
        self, done: Callable[[Draft], None], refused: Callable[[str], None]
    ) -> Errand[DemoPaths]:
        """Have the fictitious files in the cache of the plugin, in a task (a few seconds)."""
        return Errand(
            tr("Coodiag: demonstration data"),
            demonstration.files,
            lambda paths: done(draft_of(paths)),
            refused,
        ).start()


def draft_of(paths: DemoPaths) -> Draft:
    """The diagnosis of the demonstration, its dossier where those of the user lie."""
    draft = Draft()
    told: dict[str, str | Path] = {
        "TERRITORY": paths.territory,
        "STRUCTURE": STRUCTURE,
        "SOURCE": "folder",
        "DATA_FOLDER": paths.data_folder,
        "SITES": paths.sites,
        "CLIENTS": paths.clients,
        "BENEFICIARIES": paths.beneficiaries,
        "SURVEY": paths.survey,
        "ACTORS": paths.actors,
        "ACTIONS": paths.actions,
        "WORDS": paths.words,
        "OUTPUT_FOLDER": folder_for(demonstration.NAME),
    }
    for name, value in told.items():
        draft.put(name, str(value))
    return draft
