"""What the wizard works with: everything it knows and does that is not drawing a widget.

The windows import QGIS alone; the plugin hands them this one object. Each of its parts is loaded
when a step first asks for it.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from ...core.errors import CoodiagError
from ..algorithm import sentence
from .draft import Draft, DraftStore

if TYPE_CHECKING:
    from .demonstration import Demonstration
    from .files import Files
    from .people import People
    from .profiles import Profiles
    from .results import Results
    from .runner import Runner
    from .territories import Territories


class Desk:
    """The session of the wizard: ``draft`` is what the user has told so far."""

    problem = CoodiagError  # the type of the errors that the parts raise
    sentence = staticmethod(sentence)  # the translated sentence of one

    def __init__(self, iface: Any, store: DraftStore | None = None) -> None:
        self.iface = iface
        self.store = store or DraftStore()
        self.draft: Draft = self.store.load()

    def keep(self) -> None:
        """Keep the draft: called at every change, so that a closed QGIS loses nothing."""
        self.store.save(self.draft)

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
        from .runner import Runner

        return Runner()

    @cached_property
    def results(self) -> Results:
        from .results import Results

        return Results()
