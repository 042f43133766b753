"""How long a diagnosis still takes, from what it has told of its progress."""

from __future__ import annotations

from collections.abc import Sequence

#: Share of the progress after which a diagnosis prints what it has read and computed. What comes
#: before takes seconds or an hour, as services answer and files are large, and tells nothing of
#: what is left; the printing goes by the number of pages, and the shares of its parts are measured.
PREPARED = 0.3
#: Seconds and share of the printing before which its speed is not known.
_LEAST_SECONDS, _LEAST_SHARE = 5.0, 0.08
#: A mark that is long in coming does not bring the end nearer than this share of what was left.
_LEAST_LEFT = 0.5


def seconds_left(marks: Sequence[tuple[float, float]], now: float) -> float | None:
    """Seconds from ``now`` to the end; None while nothing tells.

    ``marks``: (seconds since the start, per cent done), in their order; ``now``: seconds since the
    start. The speed of the latest half of what is printed is taken for what is left: the load of a
    machine changes.
    """
    printing = [mark for mark in marks if mark[1] >= 100.0 * PREPARED]
    if not printing:
        return None
    (begun, first), (last, done) = printing[0], printing[-1]
    if last - begun < _LEAST_SECONDS or done - first < _LEAST_SHARE * (100.0 - first):
        return None
    middle = (first + done) / 2
    since, at = next(mark for mark in reversed(printing) if mark[1] <= middle)
    left = (100.0 - done) * (last - since) / (done - at)
    return max(left - (now - last), left * _LEAST_LEFT)
