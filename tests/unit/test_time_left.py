"""The time left as it would have been told in runs of the demonstration that were recorded.

``run_traces.json``: for each run its seconds and its marks (second, per cent done), thinned out;
their per cents are those that the present shares of the progress make of the parts of the run. One
is of the clock; one of the processor, on a machine that others were using.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.progress import Silent, each, parts
from coodiag.coodiag_plugin.core.time_left import PREPARED, seconds_left

TRACES = json.loads((Path(__file__).parent / "run_traces.json").read_text(encoding="utf-8"))
Trace = dict[str, Any]


def told(trace: Trace, now: float) -> float | None:
    """What is said at a second, from what was told until then."""
    return seconds_left([(at, done) for at, done in trace["marks"] if at <= now], now)


@pytest.mark.parametrize("trace", TRACES, ids=[each["from"] for each in TRACES])
def test_what_is_said_in_the_second_half_is_near_to_what_comes(trace: Trace) -> None:
    whole = trace["seconds"]
    for percent in range(50, 95):
        now = whole * percent / 100
        said = told(trace, now)
        assert said is not None and 1 / 1.5 <= said / (whole - now) <= 1.5, (percent, said)


@pytest.mark.parametrize("trace", TRACES, ids=[each["from"] for each in TRACES])
def test_nothing_is_said_before_it_is_known(trace: Trace) -> None:
    whole, said = trace["seconds"], 0
    for percent in range(50):
        now = whole * percent / 100
        left = told(trace, now)
        begun = [at for at, done in trace["marks"] if done >= 100 * PREPARED and at <= now]
        if not begun or now - begun[0] < 5:
            assert left is None
        elif left is not None:
            said += 1
            assert 0.5 <= left / (whole - now) <= 2, (percent, left)
    assert said > 5, "it is told in the first half already"


def test_a_long_reading_tells_nothing_of_the_printing() -> None:
    """Services that took an hour do not make the pages take one."""
    marks = [(0.0, 0.0), (3000.0, 15.0), (3600.0, 30.0)]
    assert seconds_left(marks, 3600.0) is None and seconds_left(marks, 3700.0) is None
    printing = [(3600.0 + second, 30.0 + second) for second in range(1, 36)]
    assert seconds_left([*marks, *printing], 3635.0) == pytest.approx(35.0)


def test_a_part_that_is_silent_does_not_end_the_run() -> None:
    marks = [(0.0, 30.0), (50.0, 80.0)]
    assert seconds_left(marks, 50.0) == pytest.approx(20.0)
    assert seconds_left(marks, 55.0) == pytest.approx(15.0), "time goes by between two marks"
    assert seconds_left(marks, 300.0) == pytest.approx(10.0), "it is late: not ended"
    assert seconds_left([*marks, (60.0, 100.0)], 60.0) == 0.0


class Kept(Silent):
    """A progress that keeps what is told, over its part of the whole."""

    def __init__(self, start: float = 0.0, end: float = 1.0, heard: list[float] | None = None):
        super().__init__()
        self.start, self.end = start, end
        self.heard: list[float] = [] if heard is None else heard

    def set(self, fraction: float) -> None:
        self.heard.append(round(self.start + fraction * (self.end - self.start), 6))

    def part(self, start: float, end: float) -> Kept:
        span = self.end - self.start
        return Kept(self.start + start * span, self.start + end * span, self.heard)


def test_parts_are_as_long_as_their_weights() -> None:
    whole = Kept()
    made = parts(whole, (1.0, 0.0, 3.0))
    assert [(part.start, part.end) for part in made] == [(0.0, 0.25), (0.25, 0.25), (0.25, 1.0)]
    assert parts(whole, ()) == []


def test_each_tells_the_end_of_every_item() -> None:
    """A loop whose items tell nothing, such as pictures, is seen to go on."""
    whole = Kept()
    assert [item for item, _ in each("abcd", whole)] == list("abcd")
    assert whole.heard == [0.25, 0.5, 0.75, 1.0]
