"""The files under a folder, however large or odd it is."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from ...core.places import ends_here, is_link


def files_under(
    folder: Path, check: Callable[[], None], passed: Callable[[OSError], None]
) -> Iterator[tuple[Path, os.stat_result]]:
    """Every file under ``folder`` with its state, folder by folder in the order of their names.

    ``check`` sees a cancel at each entry; ``passed`` is told what cannot be looked at, which is
    passed over. Links to files of this machine are followed; those to folders, which may lead back,
    and those that lead elsewhere are not.
    """
    waiting = [folder]
    while waiting:
        home = waiting.pop()
        inside = []
        for name in _names(home, check, passed):
            check()
            path = home / name
            try:
                if is_link(path) and not ends_here(path):
                    raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
                state = path.stat()
            except OSError as error:  # forbidden, a link to nothing or in a ring, gone meanwhile
                passed(error)
                continue
            if stat.S_ISREG(state.st_mode):
                yield path, state
            elif stat.S_ISDIR(state.st_mode) and not is_link(path):
                inside.append(path)
        waiting += reversed(inside)


def _names(folder: Path, check: Callable[[], None], passed: Callable[[OSError], None]) -> list[str]:
    names = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                check()
                names.append(entry.name)
    except OSError as error:
        passed(error)
    return sorted(names)
