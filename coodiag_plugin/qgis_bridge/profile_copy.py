"""A profile of the catalogue as a file to edit, and the check of an edited one."""

from __future__ import annotations

import json
import re
from pathlib import Path

from ..core.errors import InputError
from ..core.french import without_accents
from ..core.profile_text import known_indicators, outline, written
from ..core.profiles import Profile, load_profile, parse_profile, profile_path, read_text
from ..core.progress import Progress


def check_profile(source: str | Path, progress: Progress) -> Profile:
    """Read a profile as a run does and tell its chapters and pages; a slip is refused by line."""
    profile = load_profile(source)
    progress.say(
        "The profile {file} is good: {chapters} chapters, {pages} pages, {indicators} indicators.",
        file=profile_path(source).name,
        chapters=len(profile.chapters),
        pages=len(profile.pages()),
        indicators=len(profile.indicator_ids()),
    )
    for line in outline(profile):
        progress.check()
        progress.say("{line}", line=line)
    return profile


def copy_profile(source: str | Path, target: Path, overwrite: bool, progress: Progress) -> None:
    """Write a profile to ``target`` for a person to edit, a line for each page.

    Its id becomes the name of the file, so that a dossier made with it is told from one made with
    the original. A file that is there and differs is only replaced with ``overwrite``, and that is
    said. Raises :class:`InputError`.
    """
    document = json.loads(read_text(profile_path(source)))
    document["id"] = profile_name(target)
    text = written(document)
    parse_profile(text, target.name)
    _write(target, text, overwrite, progress)


def list_indicators(target: Path, overwrite: bool, progress: Progress) -> None:
    """Write every indicator that a profile may print, by theme, one line each."""
    _write(target, "\n".join(known_indicators()) + "\n", overwrite, progress)


def profile_name(path: Path) -> str:
    """``mon Profil été.json`` → ``mon_profil_ete``."""
    name = re.sub(r"[^a-z0-9]+", "_", without_accents(path.stem).lower()).strip("_")
    return name or "profil"


def _write(target: Path, text: str, overwrite: bool, progress: Progress) -> None:
    content = text.encode()
    try:
        if target.exists():
            if target.read_bytes() == content:
                progress.say("{file} is there already and is the same.", file=str(target))
                return
            if not overwrite:
                raise InputError(
                    "The file {file} exists and differs from what would be written: somebody may have edited it. Choose another name, or allow it to be replaced.",
                    file=str(target),
                )
            progress.warn("{file} existed and is replaced.", file=str(target))
        target.write_bytes(content)
    except OSError as error:
        raise InputError(
            "The file {file} could not be written ({reason}).",
            file=str(target),
            reason=error.strerror or error,
        ) from error
    progress.say("Written: {file}", file=str(target))
