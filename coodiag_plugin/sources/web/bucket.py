"""A token bucket per service, shared by the threads and the processes of one machine."""

from __future__ import annotations

import struct
import time
from pathlib import Path
from typing import BinaryIO

from .lock import held

#: Longest pause that a service may impose on everyone, in seconds.
LONGEST_HOLD = 120.0
_DOUBLE = struct.Struct("<d")


class Bucket:
    """At most ``burst + rate × T`` requests in any ``T`` seconds.

    The bucket is one number in a file, the time at which it will be full again (the generic cell
    rate algorithm, equivalent to a token bucket): quotas are counted per IP address, so every
    process of the user must draw from the same one. Times are seconds of the wall clock.
    """

    def __init__(self, path: Path, rate: float, burst: int) -> None:
        self._path = path
        self._step = 1.0 / rate
        self._slack = (burst - 1) * self._step

    def take(self, now: float) -> float:
        """Take a token and return 0, or the seconds to wait before asking again."""
        with held(self._path, _brief) as stream:
            full = self._read(stream, now)
            wait = full - self._slack - now
            if wait > 0:
                return wait
            _write(stream, max(full, now) + self._step)
            return 0.0

    def hold(self, now: float, seconds: float) -> None:
        """Give no token during ``seconds``: the service asked for a pause."""
        with held(self._path, _brief) as stream:
            until = now + min(seconds, LONGEST_HOLD) + self._slack
            _write(stream, max(self._read(stream, now), until))

    def _read(self, stream: BinaryIO, now: float) -> float:
        stream.seek(0)
        raw = stream.read(_DOUBLE.size)
        full = float(_DOUBLE.unpack(raw)[0]) if len(raw) == _DOUBLE.size else now
        # Later than any hold: the clock was set back since. (A NaN fails the comparison too.)
        return full if full <= now + self._slack + self._step + LONGEST_HOLD else now


def _write(stream: BinaryIO, full: float) -> None:
    stream.seek(0)
    stream.write(_DOUBLE.pack(full))


def _brief() -> None:
    time.sleep(0.001)
