"""Paths as users write them, and those that somebody else wrote."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from .errors import InputError

#: Most bytes of a description that a person writes: a profile, a house style.
MOST_TEXT = 5_000_000
#: What Windows reserves, whatever follows the dot.
_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])\s*(?:\..*)?", re.IGNORECASE
)
#: Windows: a symbolic link, and a junction (``IO_REPARSE_TAG_MOUNT_POINT``).
_LINKS = (0xA000000C, 0xA0000003)
#: Where some systems mount whatever machine, or cell, is named next.
_MOUNTING = ("net", "network", "afs")
#: Devices and processes.
_NO_PLACE = ("dev", "proc", "sys")
#: The systems of files of GDAL (archives, services, memory) begin so.
_GDAL = "vsi"
#: Windows: a drive, and how the system itself writes a whole path.
_DRIVE, _VERBATIM = re.compile(r"[a-z]:", re.IGNORECASE), "\\\\?\\"
_MOST_LINKS = 40  # as Linux follows
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def place(text: str) -> Path:
    """``text`` as a path, a leading ``~`` being the user's folder.

    One that names nobody (« ~inconnu ») stays as it is written: the file is then told to be
    missing, as any other.
    """
    path = Path(text)
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def is_file(path: Path) -> bool:
    """Whether a file is there and can be seen: a name too long for any is of none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def is_folder(path: Path) -> bool:
    """:func:`is_file` for a folder."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def is_link(path: Path) -> bool:
    """Whether ``path`` itself is a symbolic link, or a junction of Windows; it is not followed."""
    try:
        state = os.lstat(path)
    except (OSError, ValueError):
        return False
    return stat.S_ISLNK(state.st_mode) or getattr(state, "st_reparse_tag", 0) in _LINKS


def is_same(one: Path, other: Path) -> bool:
    """Whether two paths name one place, in whatever letters; links are followed."""
    try:
        return one.samefile(other)
    except (OSError, ValueError):
        return False


def ends_here(link: Path) -> bool:
    """Whether a link leads, by itself or by others, to a place on the drives of this machine: read
    from what is written in each, before any is followed."""
    at = link
    for _ in range(_MOST_LINKS):
        if not is_link(at):
            return True
        target = str(at.readlink())
        if _DRIVE.match(target[len(_VERBATIM) :]) and target.startswith(_VERBATIM):
            target = target[len(_VERBATIM) :]
        at = Path(os.path.normpath(at.parent / target))
        if leads_away(str(at), link):
            return False
    return False


def check_small(path: Path, most: int = MOST_TEXT) -> None:
    """Refuse a file of more than ``most`` bytes, which would only fill the memory.

    Raises :class:`InputError`, or ``OSError`` for one that cannot be seen.
    """
    if path.stat().st_size > most:
        raise InputError(
            "{file} weighs more than {most} MB, too much for what it should be: replace it.",
            file=path.name,
            most=most // 1_000_000,
        )


def is_reserved(name: str) -> bool:
    """Whether Windows takes ``name`` for a device."""
    return _RESERVED.fullmatch(name) is not None


def leads_away(text: str, beside: Path) -> bool:
    """Whether a path that somebody else wrote names more than a place on the drives of this
    machine: only to look whether it is there would reach a server, or a device.

    The shared folder that ``beside`` lies in is one that the user has opened already: a path in
    the same one leads nowhere else.
    """
    written = text.strip().replace("\\", "/")
    if _CONTROL.search(written) or "://" in written or ".." in written.split("/"):
        return True
    parts = _parts(written)
    if _DRIVE.match(written):
        return any(is_reserved(part) for part in parts[1:])
    if not written.startswith("/") or not parts:
        return False
    served = _server(written)
    if served:
        near = _server(str(beside).replace("\\", "/"))
        return written.startswith(("//?", "//./")) or served != near
    return parts[0] in _NO_PLACE or parts[0].startswith(_GDAL)


def _parts(path: str) -> list[str]:
    return [part for part in path.lower().split("/") if part not in ("", ".")]


def _server(path: str) -> str:
    """The machine and its share in a path, empty for one of this machine."""
    parts = _parts(path)
    if path.startswith("//"):
        return "//" + "/".join(parts[:2])
    if path.startswith("/") and parts and parts[0] in _MOUNTING:
        return "/" + "/".join(parts[:2])
    return ""
