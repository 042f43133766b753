"""Step 4 of the wizard: what a diagnosis profile will print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ...core.errors import CoodiagError
from ...core.profiles import DEFAULT_PROFILE, Profile, load_profile, profile_ids, profile_path
from ..algorithm import sentence


@dataclass(frozen=True)
class Shown:
    """A profile as it is offered: ``value`` is what PROFILE takes; titles are as printed.

    ``chapters``: title and number of pages of each; ``refusal``: the sentence of the profile
    reader, empty for a good one (the other fields are then filled).
    """

    value: str
    title: str
    subtitle: str = ""
    chapters: tuple[tuple[str, int], ...] = ()
    indicators: int = 0
    refusal: str = ""

    @property
    def pages(self) -> int:
        return sum(count for _, count in self.chapters)


class Profiles:
    """The shipped profiles, and files of the user. A file is read again when it has changed."""

    default = DEFAULT_PROFILE

    def __init__(self) -> None:
        self._seen: dict[tuple[str, int, int], Shown] = {}

    def offered(self, own: Sequence[str] = ()) -> list[Shown]:
        """The shipped ones, the default first, then the files ``own``."""
        return [self.shown(value) for value in (*profile_ids(), *own)]

    def shown(self, value: str) -> Shown:
        """A profile by the value of PROFILE, with the reason when it cannot be used."""
        try:
            path = profile_path(value or DEFAULT_PROFILE)
            stat = path.stat()
            key = (str(path), stat.st_size, stat.st_mtime_ns)
            if key not in self._seen:
                self._seen[key] = _shown(value or DEFAULT_PROFILE, load_profile(path))
        except CoodiagError as error:
            return Shown(value, Path(value).name, refusal=sentence(error))
        return self._seen[key]


def _shown(value: str, profile: Profile) -> Shown:
    return Shown(
        value,
        profile.title,
        profile.subtitle,
        tuple((chapter.title, len(chapter.pages)) for chapter in profile.chapters),
        len(profile.indicator_ids()),
    )
