"""What QGIS wrote before a run ended in a way that nobody foresaw: it may name files and persons."""

from __future__ import annotations

from ...core.errors import InputError
from ...core.words import N_
from ..settings import cache_folder
from ..translation import tr
from ..whole_file import write_whole

FILE = "dernier-arret.txt"
_MOST = 200_000  # characters: the end tells why


def unforeseen(words: str) -> str:
    """The translated sentence on such an end. ``words`` go to a file that its owner alone can
    read, in place of those of an earlier run, and are shown nowhere."""
    said = tr("The run ended in a way that was not foreseen. An earlier dossier is as it was.")
    text = words.strip()[-_MOST:]
    if not text:
        return said
    try:
        path = cache_folder("runs") / FILE
        template = N_("The file {file} cannot be written: {reason}.")
        write_whole(path, f"{text}\n".encode(errors="replace"), template, private=True)
    except InputError:  # a full disk may be why the run ended
        return said
    where = tr("What QGIS wrote is in {file}: read it before you hand it on, it may name persons.")
    return f"{said} {where.format(file=path)}"
