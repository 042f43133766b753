"""How long to wait before a new attempt."""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

#: Waits for the quota longer than this are said (seconds).
QUIET = 5.0
#: All the attempts of one request, waits included.
BUDGET = 300.0
#: A service that asks for more than this is left alone: the user comes back later.
LONGEST_TOLD = 120.0
_FIRST, _LONGEST = 1.0, 60.0
_RESETS = ("ratelimit-reset", "x-ratelimit-reset", "x-rate-limit-reset")
_REMAINING = ("ratelimit-remaining", "x-ratelimit-remaining", "x-rate-limit-remaining")


class Clock:
    """The time, replaced in tests."""

    def now(self) -> float:
        """Seconds of the wall clock."""
        return time.time()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


def told_wait(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds that a 429 or 503 asks for: ``Retry-After`` (seconds or date), else a reset header."""
    after = headers.get("retry-after", "").strip()
    if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", after):
        return float(after)
    if after:
        try:
            return max(parsedate_to_datetime(after).timestamp() - now, 0.0)
        except (TypeError, ValueError):
            return reset_wait(headers, now)  # not a date: the other headers may tell
    return reset_wait(headers, now)


def reset_wait(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds until the quota opens again: written as a delay, an epoch in seconds or in ms."""
    for name in _RESETS:
        text = headers.get(name, "").strip()
        if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", text):
            number = float(text)
            if number > 1e11:
                number /= 1000
            return max(number - now, 0.0) if number > 1e8 else number
    return None


def spent(headers: Mapping[str, str], now: float) -> float:
    """Seconds to leave a service alone that says, in a good answer, that nothing remains."""
    if any(headers.get(name, "").strip() == "0" for name in _REMAINING):
        return reset_wait(headers, now) or 0.0
    return 0.0


def backoff(attempt: int, seed: str) -> float:
    """Wait after failed attempt ``attempt`` (from 1): 1, 2, 4… 60 s, plus up to a quarter.

    The part added is drawn from ``seed`` and the process, so that it is the same at every run
    of a test and not the same for two colleagues cut at the same moment.
    """
    base = min(_FIRST * 2 ** (attempt - 1), _LONGEST)
    digest = hashlib.sha256(f"{seed}|{os.getpid()}|{attempt}".encode()).digest()
    return base * (1 + int.from_bytes(digest[:4], "big") / 2**34)
