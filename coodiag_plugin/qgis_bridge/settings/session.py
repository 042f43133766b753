"""What the page of the options works with: the settings, and the cache beside the window."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...core.errors import CoodiagError
from ..algorithm import sentence
from ..help_pages import help_url
from ..translation import tr
from .checks import check
from .folders import profile_folder, root_of
from .kept import keep, proposed, raw_value
from .registry import Section, Setting, settings

if TYPE_CHECKING:
    from ..errand import Errand
    from .emptying import Emptied, Part


class SettingsSession:
    """The settings as texts, whatever their type: that is how a window and QGIS hold them."""

    problem = CoodiagError  # the type of the errors that save raises
    sentence = staticmethod(sentence)  # the translated sentence of one

    def __init__(self) -> None:
        self.settings: Mapping[str, Setting] = settings()

    def section(self, name: str) -> tuple[str, list[Setting]]:
        """The title (source string) and the settings of a part of the page, by its name."""
        part = Section[name]
        return part.value, [item for item in self.settings.values() if item.section is part]

    def shown(self, name: str) -> str:
        """What is in force, as it is kept: it may be what cannot be used (see :meth:`refusal`)."""
        variable = self.fixed_by(name)
        return os.environ[variable] if variable else raw_value(name) or self.default(name)

    def default(self, name: str) -> str:
        """What the setting is when nothing is chosen."""
        return proposed(name)

    def ordinary(self, name: str) -> str:
        """What an empty setting stands for, to be shown where nothing is written."""
        return str(profile_folder()) if name == "cache_folder" else self.settings[name].ordinary

    def fixed_by(self, name: str) -> str:
        """The environment variable that takes the choice away, empty when there is none."""
        variable = self.settings[name].variable
        return variable if variable and os.environ.get(variable) else ""

    def refusal(self, name: str, raw: str) -> str:
        """The translated sentence on what keeps ``raw`` from being used; empty when nothing does."""
        try:
            check(self.settings[name], raw)
        except CoodiagError as error:
            return sentence(error)
        return ""

    def save(self, chosen: Mapping[str, str]) -> None:
        """Keep settings, all of them or none. Raises ``CoodiagError`` for one that cannot be used.

        What an environment variable decides is left as it is.
        """
        free = {name: raw.strip() for name, raw in chosen.items() if not self.fixed_by(name)}
        for name, raw in free.items():
            check(self.settings[name], raw)
        for name, raw in free.items():
            keep(name, raw)

    @property
    def help(self) -> str:
        """Address of the page that documents the settings."""
        return help_url("settings.md")

    @property
    def cache(self) -> Path:
        """The folder of what can be made again."""
        return root_of("web")

    @property
    def corrections(self) -> Path:
        """The folder of what a person did, which is never emptied."""
        return root_of("corrections")

    def measure(
        self, done: Callable[[list[Part]], None], refused: Callable[[str], None]
    ) -> Errand[list[Part]]:
        """Tell ``done`` the parts of the cache with their sizes, once they are known."""
        from ..errand import Errand
        from .emptying import parts

        return Errand(tr("Coodiag: size of the cache"), parts, done, refused, hidden=True).start()

    def empty(
        self,
        names: Collection[str],
        done: Callable[[Emptied], None],
        refused: Callable[[str], None],
    ) -> Errand[Emptied]:
        """Empty parts of the cache, and tell ``done`` what came of it."""
        from ..errand import Errand
        from .emptying import empty

        def work(progress: Any) -> Emptied:
            return empty(names, progress)

        return Errand(tr("Coodiag: emptying the cache"), work, done, refused).start()

    @staticmethod
    def content(name: str) -> str:
        """What a part of the cache holds (source string)."""
        from .emptying import CONTENTS

        return CONTENTS[name]
