"""Runs in another process: heard while they work, refused, stopped, killed, and never orphans."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.demo.generate import DemoPaths
from coodiag.coodiag_plugin.qgis_bridge.relay import ALIVE, STOP, TOLD, VARIABLE, relayed
from coodiag.coodiag_plugin.qgis_bridge.running import child_run, run
from coodiag.coodiag_plugin.qgis_bridge.running.last_words import FILE
from coodiag.coodiag_plugin.qgis_bridge.running.runner import ChildRun, Runner, WindowRun
from coodiag.coodiag_plugin.qgis_bridge.settings import cache_folder
from coodiag.tests.qgis.conftest import Heard, inputs
from coodiag.tests.qgis.waiting import PATIENCE
from qgis.core import (
    QgsSettings,
)
from qgis.PyQt.QtCore import QCoreApplication, QLockFile, QProcess

IMPORT = "coodiag:importtable"


@pytest.fixture(autouse=True)
def no_keys() -> Iterator[None]:
    """No key that another test chose: runs that ask services would read it."""
    QgsSettings().remove("coodiag/keys")
    yield
    QgsSettings().remove("coodiag/keys")


class Told:
    """What a run told until its end."""

    def __init__(self, running: Any) -> None:
        self.running = running
        self.said: list[str] = []
        self.steps: list[float] = []
        self.end: list[tuple[dict[str, Any], str]] = []
        running.said.connect(self.said.append)
        running.warned.connect(self.said.append)
        running.progressed.connect(self.steps.append)
        running.ended.connect(lambda results, refusal: self.end.append((results, refusal)))

    def wait(self, condition: Callable[[], Any], seconds: float = PATIENCE) -> None:
        until = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < until, (self.said, self.end)
            QCoreApplication.processEvents()
            time.sleep(0.02)

    def to_the_end(self, seconds: float = PATIENCE) -> tuple[dict[str, Any], str]:
        self.wait(lambda: self.end, seconds)
        return self.end[0]


def table(demo: DemoPaths, tmp_path: Path, **changes: Any) -> dict[str, Any]:
    return {
        "INPUT": str(demo.clients),
        "ROLE": "clients",
        "TABLE": str(tmp_path / "table.csv"),
        "ISSUES": str(tmp_path / "issues.csv"),
        **changes,
    }


def saying(tmp_path: Path, script: str) -> Runner:
    """A runner whose ``qgis_process`` is a shell script."""
    program = tmp_path / "qgis_process"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o700)
    made = Runner()
    made._program = str(program)
    return made


def runs() -> list[Path]:
    return sorted(cache_folder("runs").glob("run-*"))


def test_a_run_in_another_process_gives_its_results(
    provider: Any, demo: DemoPaths, tmp_path: Path
) -> None:
    told = Told(Runner().start(table(demo, tmp_path), IMPORT))
    assert isinstance(told.running, ChildRun)
    results, refusal = told.to_the_end()
    assert refusal == ""
    assert Path(results["TABLE"]).read_text(encoding="utf-8").count("\n") > 100
    assert told.steps == sorted(told.steps) and told.steps[-1] == 100.0
    assert runs() == []


def test_a_refusal_comes_with_its_sentence(provider: Any, demo: DemoPaths, tmp_path: Path) -> None:
    asked = table(demo, tmp_path, INPUT=str(tmp_path / "absent.csv"))
    results, refusal = Told(Runner().start(asked, IMPORT)).to_the_end()
    assert results == {}
    assert "absent.csv" in refusal and "Traceback" not in refusal and "\n" not in refusal
    assert runs() == []


def test_a_process_that_does_not_start_ends_its_run_once_it_can_be_heard(
    provider: Any, demo: DemoPaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Unstarted(QProcess):
        def start(self, *given: Any) -> None:
            self.errorOccurred.emit(QProcess.ProcessError.FailedToStart)  # as Windows does

    monkeypatch.setattr(child_run, "QProcess", Unstarted)
    told = Told(Runner().start(table(demo, tmp_path), IMPORT))
    results, refusal = told.to_the_end()
    assert results == {} and "could not start" in refusal and len(told.end) == 1
    assert runs() == []


def test_a_diagnosis_is_refused_before_it_begins(
    provider: Any, demo: DemoPaths, tmp_path: Path
) -> None:
    asked = inputs(demo, tmp_path / "dossier", THRESHOLDS="80,60")
    results, refusal = Told(Runner().start(asked)).to_the_end()
    assert results == {} and "THRESHOLDS" in refusal
    assert not (tmp_path / "dossier").exists()


def test_a_run_that_is_stopped_puts_its_things_away(
    provider: Any, demo: DemoPaths, tmp_path: Path
) -> None:
    dossier = tmp_path / "dossier"
    told = Told(Runner().start(inputs(demo, dossier)))
    told.wait(lambda: (dossier / ".en-cours").is_dir())
    told.running.cancel()
    assert told.to_the_end() == ({}, "")
    assert not dossier.exists(), "no half-made dossier, and nobody's addresses"
    assert told.said[0] == "Reading the data folder…"
    assert runs() == []


def test_a_killed_run_leaves_nothing_behind(provider: Any, demo: DemoPaths, tmp_path: Path) -> None:
    dossier = tmp_path / "dossier"
    told = Told(Runner().start(inputs(demo, dossier)))
    told.wait(lambda: (dossier / ".en-cours").is_dir())
    before = time.monotonic()
    told.running.kill()
    assert told.end == [({}, "")] and time.monotonic() - before < 10
    assert not (dossier / ".en-cours").exists(), "persons may lie in it"
    assert runs() == []


def test_a_program_that_does_not_start_is_told(
    provider: Any, demo: DemoPaths, tmp_path: Path
) -> None:
    made = Runner()
    made._program = str(tmp_path / "no such program")
    results, refusal = Told(made.start(table(demo, tmp_path), IMPORT)).to_the_end(10)
    assert results == {} and refusal
    assert runs() == []


def test_a_crash_is_told_in_a_sentence(provider: Any, demo: DemoPaths, tmp_path: Path) -> None:
    made = saying(tmp_path, "echo 'Mme Martin broke' >&2\nkill -SEGV $$")
    results, refusal = Told(made.start(table(demo, tmp_path), IMPORT)).to_the_end()
    words = cache_folder("runs") / FILE
    assert results == {} and "not foreseen" in refusal and str(words) in refusal
    assert "Martin" not in refusal, "a person may be named in what QGIS wrote"
    assert words.read_text(encoding="utf-8") == "Mme Martin broke\n"
    assert words.stat().st_mode & 0o077 == 0
    assert runs() == []
    silent = saying(tmp_path, "kill -SEGV $$")
    results, refusal = Told(silent.start(table(demo, tmp_path), IMPORT)).to_the_end()
    assert "not foreseen" in refusal and FILE not in refusal


def test_a_word_that_cannot_be_read_is_told_once(
    provider: Any, demo: DemoPaths, tmp_path: Path
) -> None:
    """A line that a full disk cut short runs into the next one."""
    told = r'{"said": "one"}\n{"said": "tw{"said": "three"}\n[1]\n{"progress": "no"}\n{"said": "four"}\n{"sa'
    made = saying(tmp_path, f"printf '{told}' > \"${VARIABLE}/{TOLD}\"")
    heard = Told(made.start(table(demo, tmp_path), IMPORT))
    heard.to_the_end()
    assert [heard.said[0], heard.said[2]] == ["one", "four"] and len(heard.said) == 3
    assert "could not be read" in heard.said[1]


def test_without_another_process_the_window_waits(
    provider: Any, demo: DemoPaths, tmp_path: Path
) -> None:
    made = Runner()
    made._program = ""
    assert made.waits
    told = Told(made.start(table(demo, tmp_path), IMPORT))
    assert isinstance(told.running, WindowRun)
    results, refusal = told.to_the_end()
    assert refusal == "" and Path(results["TABLE"]).is_file()
    refused = made.start(table(demo, tmp_path, INPUT=str(tmp_path / "absent.csv")), IMPORT)
    results, refusal = Told(refused).to_the_end()
    assert results == {} and "absent.csv" in refusal


def test_an_algorithm_that_is_not_there(provider: Any) -> None:
    with pytest.raises(InputError, match="coodiag:nothing"):
        Runner().start({}, "coodiag:nothing")


# --- what the child hears and tells -----------------------------------------------------------


def test_a_child_tells_and_stops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    heard = Heard()
    assert relayed(heard) is heard, "nobody waits: as it was"
    alive = QLockFile(str(tmp_path / ALIVE))
    alive.setStaleLockTime(0)
    assert alive.tryLock(0)
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    feedback = relayed(heard)
    feedback.pushInfo("Zones – é…")
    feedback.pushWarning("attention")
    feedback.setProgress(12.5)
    feedback.setProgress(12.51)
    lines = (tmp_path / TOLD).read_text(encoding="utf-8").splitlines()
    told = [json.loads(line) for line in lines]
    assert told == [{"said": "Zones – é…"}, {"warned": "attention"}, {"progress": 12.5}]
    assert heard.said == ["Zones – é…", "attention"]
    assert not feedback.isCanceled()
    (tmp_path / STOP).touch()
    time.sleep(0.6)
    assert feedback.isCanceled()


def test_a_child_whose_qgis_is_gone_stops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, time\nfrom qgis.PyQt.QtCore import QLockFile\n"
            "lock = QLockFile(sys.argv[1]); lock.setStaleLockTime(0); assert lock.tryLock(0)\n"
            "print('held', flush=True); time.sleep(60)",
            str(tmp_path / ALIVE),
        ],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert waiting.stdout is not None and waiting.stdout.readline() == b"held\n"
        monkeypatch.setenv(VARIABLE, str(tmp_path))
        feedback = relayed(Heard())
        assert not feedback.isCanceled()
        time.sleep(0.6)
        assert not feedback.isCanceled()
    finally:
        waiting.kill()
        waiting.wait(10)
    time.sleep(0.6)
    assert feedback.isCanceled()


# --- the time left ----------------------------------------------------------------------------


def test_the_time_left_follows_what_was_told(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr(run.time, "monotonic", lambda: clock[0])
    running = run.Running()
    assert running.seconds_left() is None, "nothing was told yet"
    for second in range(1, 51):
        clock[0] = float(second)
        running._progress(float(second))
    assert running.seconds_left() == pytest.approx(50.0, rel=0.1)
    assert running.seconds == 50.0
