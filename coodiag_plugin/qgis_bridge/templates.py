"""The tables that an analyst fills in, written into a folder."""

from __future__ import annotations

from pathlib import Path

from ..core.errors import InputError
from ..core.profiles import Profile, load_profile
from ..core.progress import Progress


def page_titles(profile: Profile) -> dict[str, str]:
    """Id → title of what has a place for a text, in reading order: chapters, pages without a map."""
    titles: dict[str, str] = {}
    for chapter in profile.chapters:
        titles.setdefault(chapter.id, chapter.title)
        for page in chapter.pages:
            if page.sheet:
                titles.setdefault(page.id, page.title)
    return titles


def write_templates(folder: Path, profile: str, overwrite: bool, progress: Progress) -> list[Path]:
    """Write every template into ``folder``; one that is there already is refused by name unless
    ``overwrite``: it may be filled in."""
    from ..edition.templates import workbooks

    made = workbooks(page_titles(load_profile(profile)))
    taken = [name for name in made if (folder / name).exists()]
    if taken and not overwrite:
        raise InputError(
            "{files} are in the folder already, perhaps filled in. Choose another folder, or allow to replace them.",
            files=", ".join(taken),
        )
    paths = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in made.items():
            progress.check()
            (folder / name).write_bytes(content)
            paths.append(folder / name)
    except OSError as error:
        raise InputError(
            "The file {file} cannot be written: {reason}.",
            file=str(error.filename or folder),
            reason=error.strerror or str(error),
        ) from error
    progress.say("{count} tables to fill in are in {folder}.", count=len(paths), folder=str(folder))
    return paths
