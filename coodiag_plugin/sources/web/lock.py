"""A lock on a file, between the threads and the processes of one machine."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

_BYTE = 4096  # the locked byte, beyond what is written: Windows forbids reading a locked one

if sys.platform == "win32":
    import msvcrt

    def _take(stream: BinaryIO) -> bool:
        stream.seek(_BYTE)
        try:
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

    def _release(stream: BinaryIO) -> None:
        stream.seek(_BYTE)
        msvcrt.locking(stream.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(stream: BinaryIO) -> bool:
        # flock, not lockf: it belongs to the open file, so it also excludes our own threads.
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _release(stream: BinaryIO) -> None:
        fcntl.flock(stream, fcntl.LOCK_UN)


@contextmanager
def held(path: Path, wait: Callable[[], None]) -> Iterator[BinaryIO]:
    """The file ``path`` open for reading and writing, nobody else holding it.

    ``wait`` is called between two tries: it sleeps a little and may raise to give up. The file
    stays afterwards (removing it would let two holders in), a process that dies lets go.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b", buffering=0) as stream:
        while not _take(stream):
            wait()
        try:
            yield stream
        finally:
            _release(stream)
