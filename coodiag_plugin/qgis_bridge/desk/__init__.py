"""What the wizard works with: everything it knows and does that is not drawing a widget.

The windows import QGIS alone; the plugin hands them this one object. Each of its parts is loaded
when a step first asks for it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import QgsProject

from ...core.errors import CoodiagError
from ...core.runfile import RUN_FILE
from ..algorithm import sentence
from ..help_pages import help_url
from ..translation import tr
from .draft import Draft, DraftStore, in_dossier, resumed

if TYPE_CHECKING:
    from ..running.runner import Runner
    from .choices import Choices
    from .demonstration import Demonstration
    from .files import Files
    from .people import People
    from .profiles import Profiles
    from .results import Results
    from .territories import Territories


class Desk:
    """The session of the wizard: ``draft`` is what the user has told so far.

    ``notice``: a translated sentence on what had been kept and could not be read, else empty.
    ``review`` and ``edit_profiles`` open the other windows of the plugin, which fills them.
    """

    problem = CoodiagError  # the type of the errors that the parts raise
    sentence = staticmethod(sentence)  # the translated sentence of one

    def __init__(self, iface: Any, store: DraftStore | None = None) -> None:
        self.iface = iface
        self.store = store or DraftStore()
        self.notice = ""
        self.draft = self._load()
        #: ``review(folder=…, located=…, failed=…, fields=…, corrections=…)`` opens the window of
        #: the review on what ``ui/review_open.Chosen`` describes; returns the sentence of a refusal.
        self.review: Callable[..., str] = lambda **chosen: ""
        self.edit_profiles: Callable[[], None] = lambda: None

    def _load(self) -> Draft:
        try:
            return self.store.load()
        except CoodiagError:
            pass
        try:
            self.notice = tr(
                "What the wizard had kept cannot be read: it is now in {file}, and a new diagnosis begins."
            ).format(file=str(self.store.rescue()))
        except CoodiagError as error:  # not even a place to keep anything in
            self.notice = sentence(error)
        return Draft()

    def keep(self) -> None:
        """Keep the draft: called at every change, so that a closed QGIS loses nothing."""
        self.store.save(self.draft)

    def begin(self, draft: Draft | None = None) -> None:
        """Put another draft, an empty one unless given, in place of the present one, which
        :meth:`take_back` gives back."""
        after = draft or Draft()
        self.store.replace(self.draft, after)
        self.draft = after

    @property
    def can_take_back(self) -> bool:
        return self.store.has_before()

    def take_back(self) -> None:
        """Exchange the draft for the one before it."""
        self.draft = self.store.take_back(self.draft)

    def draft_of(self, folder: str) -> tuple[Draft, str]:
        """The draft of a finished dossier, and a translated sentence on what is not taken from it,
        empty when all is. Raises ``problem`` when the folder is none."""
        draft, left = resumed(Path(folder))
        if not left:
            return draft, ""
        text = tr(
            "Not taken from it, as it is not found on this machine or might lead elsewhere: {names}. Give it again if it is wanted."
        )
        return draft, text.format(names=", ".join(self.label(name) for name in left))

    def keep_in_dossier(self, draft: Draft) -> None:
        """Keep the draft of a finished run beside its persons too, from where it is resumed."""
        in_dossier(Path(draft.dossier)).save(draft)
        if draft is self.draft:
            self.keep()

    @staticmethod
    def project_dirty() -> bool:
        """Whether the project that is open has changes that are not saved."""
        return bool(QgsProject.instance().isDirty())

    def save_project(self) -> bool:
        """Save the project that is open; False when the user gave up naming it."""
        self.iface.actionSaveProject().trigger()
        return not self.project_dirty()

    def open_project(self, path: str) -> bool:
        """Open a project in this QGIS, in place of the present one as it is."""
        QgsProject.instance().setDirty(False)
        return bool(self.iface.addProject(path))

    @staticmethod
    def is_dossier(path: str) -> bool:
        """Whether a path is a dossier, or its run file."""
        found = Path(path)
        return (found / RUN_FILE).is_file() or (found.name == RUN_FILE and found.is_file())

    @staticmethod
    def guide() -> str:
        """Address of the guide."""
        return help_url("guide.md")

    def label(self, name: str) -> str:
        """Translated label of a parameter of the diagnosis."""
        return self.choices.label(name)

    def hint(self, name: str) -> str:
        """Translated help of a parameter of the diagnosis."""
        return self.choices.hint(name)

    def default(self, name: str) -> Any:
        """Default of a parameter of the diagnosis, settings of the user included."""
        return self.choices.default(name)

    @cached_property
    def choices(self) -> Choices:
        from .choices import Choices

        return Choices()

    @cached_property
    def territories(self) -> Territories:
        from .territories import Territories

        return Territories()

    @cached_property
    def files(self) -> Files:
        from .files import Files

        return Files()

    @cached_property
    def people(self) -> People:
        from .people import People

        return People()

    @cached_property
    def profiles(self) -> Profiles:
        from .profiles import Profiles

        return Profiles()

    @cached_property
    def demonstration(self) -> Demonstration:
        from .demonstration import Demonstration

        return Demonstration()

    @cached_property
    def runner(self) -> Runner:
        from ..running.runner import Runner

        return Runner()

    @cached_property
    def results(self) -> Results:
        from .results import Results

        return Results()
