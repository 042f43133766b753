"""What may be odd in a folder of data, and why it is put aside (in French): a folder is not a place of trust."""

from __future__ import annotations

import csv
import lzma
import os
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from ..core.errors import SourceError

#: Raised by the readers of the standard library and by GDAL on damaged or hostile files.
#: RuntimeError: encrypted members, RecursionError, NotImplementedError (unknown compression).
ODD = (
    SourceError,
    OSError,
    EOFError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    csv.Error,
    RuntimeError,
    LookupError,
    ValueError,
    OverflowError,
    MemoryError,
)
DAMAGED = "fichier illisible ou abîmé : téléchargez-le de nouveau"
VANISHED = "fichier disparu pendant la lecture du dossier"
FORBIDDEN = "lecture interdite par les droits du fichier"
TOO_BIG = "fichier trop gros ou trop imbriqué pour être lu"
DEAD_LINK = "lien qui ne mène à aucun fichier"
FOLDER_LINK = "lien vers un dossier, non suivi : mettez-y les fichiers eux-mêmes"
NO_FILE = "ni fichier ni dossier (tube, prise ou périphérique)"
CLOSED_FOLDER = "dossier que ses droits empêchent de lire"
ENCRYPTED = "archive protégée par un mot de passe : décompressez-la dans le dossier"
ODD_NAME = "nom de fichier suspect dans l’archive : décompressez-la dans le dossier"
BOMB = "fichier démesuré une fois décompressé, refusé"

#: A member that would inflate beyond this size, and more than so many times its own, is refused:
#: official tables shrink ten to thirty times.
_LARGE, _RATIO = 500_000_000, 200
_DRIVE = re.compile(r"[A-Za-z]:")


def reason_of(error: BaseException) -> str:
    """Why a file cannot be read, from the error that its reader met."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, FileNotFoundError):
            return VANISHED
        if isinstance(cause, PermissionError):
            return FORBIDDEN
        if isinstance(cause, (MemoryError, RecursionError)):
            return TOO_BIG
        cause = cause.__cause__
    return DAMAGED


def refusal_of(member: zipfile.ZipInfo) -> str:
    """Why a member of an archive is not opened, "" when it may be."""
    if member.flag_bits & 1:
        return ENCRYPTED
    name = member.filename
    steps = re.split(r"[/\\]", name)
    if not steps[0] or ".." in steps or _DRIVE.match(name) or not name.isprintable():
        return ODD_NAME
    if member.file_size > max(_LARGE, _RATIO * member.compress_size):
        return BOMB
    return ""


def walk(folder: Path) -> Iterator[tuple[Path, str]]:
    """Everything under a folder that is no folder, with why it is no file ("" when it is one).

    Links to files are followed, links to folders are not: they may lead back, or anywhere.
    """
    refused: list[tuple[Path, str]] = []
    closed = lambda error: refused.append((Path(error.filename), CLOSED_FOLDER))  # noqa: E731
    for home, folders, names in os.walk(folder, onerror=closed):
        linked = [name for name in folders if Path(home, name).is_symlink()]
        for name in [*names, *linked]:
            path = Path(home, name)
            yield path, _no_file(path)
    yield from refused


def _no_file(path: Path) -> str:
    if path.is_file():
        return ""
    if path.is_dir():
        return FOLDER_LINK
    if path.is_symlink():
        return DEAD_LINK
    return NO_FILE if path.exists() else VANISHED
