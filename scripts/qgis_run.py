"""Run an algorithm through ``qgis_process`` and hear it while it works.

``qgis_process`` mixes sentences and a row of ticks (``0...10...20``) on its standard output; here
they come apart, each with its second, so that a person sees life and a bench sees the steps.
"""

from __future__ import annotations

import codecs
import errno
import os
import pty
import re
import subprocess
import sys
import tempfile
import time
import tty
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

_TICKS = 40  # of qgis_process, a number at every fourth
_RULE = re.compile("-{4,}$")
_KILOBYTE = 1 if sys.platform == "darwin" else 1024  # unit of ru_maxrss


@dataclass
class Outcome:
    """What a run gave. Seconds count from its start; memory is its peak in bytes."""

    code: int = 0
    results: dict[str, str] = field(default_factory=dict)
    said: list[tuple[float, str]] = field(default_factory=list)
    ticks: list[tuple[float, float]] = field(default_factory=list)  # second, fraction done
    errors: str = ""
    seconds: float = 0.0
    memory: int = 0

    @property
    def refusal(self) -> str:
        """The sentence that says why a run failed, without the frame QGIS puts around it."""
        lines = [line for line in self.errors.splitlines() if line.strip()]
        if any(line.startswith("Traceback") for line in lines):
            raised = [
                line for line in lines if re.match(r"[\w.]+(Error|Exception|Interrupt)\b", line)
            ]
            return raised[-1] if raised else lines[-1]
        for rank, line in enumerate(lines):
            if line.startswith("ERROR:"):
                under = [item.strip() for item in lines[rank + 1 :] if item.startswith("\t")]
                return " ".join(under) or line[len("ERROR:") :].strip()
        return lines[-1].strip() if lines else f"qgis_process ended with code {self.code}."


def run(
    algorithm: str,
    inputs: Mapping[str, str],
    *,
    said: Callable[[str], None] = lambda sentence: None,
    ticked: Callable[[float], None] = lambda fraction: None,
    keep_open: Sequence[int] = (),
) -> Outcome:
    """Run ``algorithm``; ``said`` and ``ticked`` hear it live.

    ``keep_open``: file descriptors that the process holds too (a lock outlives a killed parent).
    An interrupt of this process ends the other.
    """
    command = ["qgis_process", "run", algorithm, *(f"--{k}={v}" for k, v in inputs.items())]
    outcome = Outcome()
    started = time.monotonic()
    listener = _Listener(outcome, started, said, ticked)
    with tempfile.TemporaryFile() as errors, _terminal() as (ours, theirs):
        process = subprocess.Popen(command, stdout=theirs, stderr=errors, pass_fds=tuple(keep_open))
        os.close(theirs)
        try:
            while block := _read(ours):
                listener.hear(block)
            # wait4 in place of wait: it also tells the memory of this one process.
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            process.kill()
            process.wait()
            raise
        process.returncode = os.waitstatus_to_exitcode(status)
        listener.end()
        errors.seek(0)
        outcome.errors = errors.read().decode("utf-8", "replace")
    outcome.code = process.returncode
    outcome.seconds = time.monotonic() - started
    outcome.memory = usage.ru_maxrss * _KILOBYTE
    return outcome


@contextmanager
def _terminal() -> Iterator[tuple[int, int]]:
    """Both ends of a pseudo-terminal, the reader's and the writer's (which the caller closes).

    On a pipe ``qgis_process`` keeps its sentences back until the next tick; a pipe it is where the
    system has no pseudo-terminals (a bare chroot).
    """
    try:
        ours, theirs = pty.openpty()
        tty.setraw(theirs)
    except OSError:
        ours, theirs = os.pipe()
    try:
        yield ours, theirs
    finally:
        os.close(ours)


def _read(terminal: int) -> bytes:
    """What has been written since, nothing once the writer has ended."""
    try:
        return os.read(terminal, 1 << 16)
    except OSError as error:
        if error.errno == errno.EIO:  # how Linux says that nobody holds the other end
            return b""
        raise


class _Listener:
    """Takes the output of ``qgis_process`` apart: ticks, sentences, results."""

    def __init__(
        self,
        outcome: Outcome,
        started: float,
        said: Callable[[str], None],
        ticked: Callable[[float], None],
    ) -> None:
        self._outcome, self._started, self._said, self._ticked = outcome, started, said, ticked
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._line = ""  # what is heard of the current line
        self._tick = 0  # the next one to come
        self._tables = 0  # titles between rules so far: inputs, then results

    def hear(self, block: bytes) -> None:
        *lines, rest = (self._line + self._decoder.decode(block)).split("\n")
        for line in lines:
            self._whole_line(self._without_ticks(line))
        self._line = self._without_ticks(rest)

    def end(self) -> None:
        if self._line:
            self._whole_line(self._line)

    def _without_ticks(self, line: str) -> str:
        """``line`` after the ticks at its head: they come in one order only."""
        while self._tick <= _TICKS:
            tens, between = divmod(self._tick, 4)
            token = "." if between else str(tens * 10)
            if not line.startswith(token) or (line.startswith(token + " ") and self._tick < _TICKS):
                return line
            fraction = self._tick / _TICKS
            self._outcome.ticks.append((time.monotonic() - self._started, fraction))
            self._ticked(fraction)
            line = line[len(token) :]
            self._tick += 1
        return line.replace(" - done.", "", 1)

    def _whole_line(self, line: str) -> None:
        if _RULE.match(line):
            self._tables += 1  # two rules around each title
        elif self._tables in (1, 3) or not line.strip():
            return
        elif "\t" in line and self._tables in (2, 4):
            name, _, value = line.partition(":\t")
            if self._tables == 4:
                self._outcome.results[name] = value
        else:
            self._outcome.said.append((time.monotonic() - self._started, line))
            self._said(line)
