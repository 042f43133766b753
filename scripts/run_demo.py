"""Generate the demonstration and run ``coodiag:diagnostic`` on it through ``qgis_process``.

Everything goes into ``build/``: the invented files, the dossier, and a log of what QGIS said.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import alias
import qgis_run

alias.load()
from coodiag.coodiag_plugin.core.progress import Silent  # noqa: E402
from coodiag.coodiag_plugin.demo.generate import DemoPaths, generate  # noqa: E402

BUILD = alias.ROOT / "build"
DATA, DOSSIER, LOG, LOCK = "demo-donnees", "demo", "demo.log", "demo.lock"
PROFILES = ("coodiag", "ess", "ctg")


class Terminal:
    """Lines with the seconds since the start; a percentage at every tenth."""

    def __init__(self) -> None:
        self._started = time.monotonic()
        self._tenths = 0

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._started

    def say(self, sentence: str) -> None:
        print(f"{self.seconds:4.0f} s  {sentence}", flush=True)

    def tick(self, fraction: float) -> None:
        tenths = int(fraction * 10 + 1e-9)
        if tenths and tenths != self._tenths:
            self.say(f"{tenths}0 %")
        self._tenths = tenths


class Generation(Silent):
    """The progress of the generator, on the terminal."""

    def __init__(self, terminal: Terminal) -> None:
        super().__init__()
        self.set = terminal.tick  # type: ignore[method-assign]


def inputs(paths: DemoPaths, dossier: Path, profile: str = PROFILES[0]) -> dict[str, str]:
    """Parameters of ``coodiag:diagnostic`` for the demonstration."""
    return {
        "TERRITORY": paths.territory,
        "STRUCTURE": "Association Exemple (fictive)",
        "PROFILE": profile,
        "SITES": str(paths.sites),
        "CLIENTS": str(paths.clients),
        "BENEFICIARIES": str(paths.beneficiaries),
        "SURVEY": str(paths.survey),
        "ACTORS": str(paths.actors),
        "ACTIONS": str(paths.actions),
        "WORDS": str(paths.words),
        "DATA_FOLDER": str(paths.data_folder),
        "OUTPUT_FOLDER": str(dossier),
    }


@contextmanager
def alone(lock: Path) -> Iterator[int]:
    """Wait until no other run works in this ``build/``; gives the descriptor that holds it.

    The system frees the lock with the last process that holds it, however it ends.
    """
    with lock.open("w") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another run works in this clone: waiting for it to end.", flush=True)
            fcntl.flock(stream, fcntl.LOCK_EX)
        yield stream.fileno()


def demonstrate(terminal: Terminal, lock: int, profile: str) -> int:
    folder = DOSSIER if profile == PROFILES[0] else f"{DOSSIER}-{profile}"
    data, dossier = BUILD / DATA, BUILD / folder
    shutil.rmtree(data, ignore_errors=True)  # another version may have written other files
    terminal.say("Inventing a territory, its official files and a structure…")
    paths = generate(data, progress=Generation(terminal))
    terminal.say("Full diagnosis (coodiag:diagnostic)…")
    outcome = qgis_run.run(
        "coodiag:diagnostic",
        inputs(paths, dossier, profile),
        said=terminal.say,
        ticked=terminal.tick,
        keep_open=[lock],
    )
    log = BUILD / LOG
    lines = [f"{second:6.1f} s  {sentence}" for second, sentence in outcome.said]
    log.write_text("\n".join([*lines, outcome.errors]), encoding="utf-8")
    if outcome.code or not outcome.results:
        print(
            f"\nThe diagnosis failed: {outcome.refusal}\nAll that QGIS said: {log}", file=sys.stderr
        )
        return max(outcome.code, 1)
    conclude(terminal, outcome.results)
    return 0


def conclude(terminal: Terminal, results: dict[str, str]) -> None:
    """Where everything is, with the counts."""
    print(f"\nDone in {terminal.seconds:.0f} s.")
    print(f"  atlas    {results['ATLAS']} ({results['PAGES']} pages)")
    print(f"  project  {results['PROJECT']}")
    print(f"  journal  {Path(results['DOSSIER']) / 'journal.txt'}")
    for role in ("CLIENTS", "BENEFICIARIES"):
        read, located = results[f"{role}_IN"], results[f"{role}_LOCATED"]
        print(f"  {role.lower()}: {read} read, {located} located")


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main() -> int:
    arguments = argparse.ArgumentParser(prog="scripts/demo", description=__doc__)
    arguments.add_argument(
        "profile", nargs="?", choices=PROFILES, default=PROFILES[0], help="kind of diagnosis"
    )
    profile = arguments.parse_args().profile
    terminal = Terminal()
    signal.signal(signal.SIGTERM, _interrupt)
    BUILD.mkdir(exist_ok=True)
    try:
        with alone(BUILD / LOCK) as lock:
            return demonstrate(terminal, lock, profile)
    except KeyboardInterrupt:
        print("\nInterrupted: an earlier dossier, if any, is as it was.", file=sys.stderr)
        return 130
    except OSError as error:
        place = os.fspath(error.filename or BUILD)
        print(f"{place} cannot be written: {error.strerror}.", file=sys.stderr)
        return 1


if __name__ == "__main__":
    raise SystemExit(main())
