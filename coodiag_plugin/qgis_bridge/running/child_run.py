"""A run in a process of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from threading import Event
from typing import Any

from qgis.core import QgsApplication, QgsTask
from qgis.PyQt.QtCore import QProcess, QTimer

from ..dossier import sweep
from ..relay import STOP, TOLD
from ..translation import tr
from .child import ChildFolder, as_json, results_in
from .last_words import unforeseen
from .run import Running

_LISTEN_MS = 250
_PATIENCE_MS = 15_000  # between asking a run to stop and killing it
_LAST_MS = 4_000  # the same, while QGIS closes


class ChildRun(Running):
    """A run in ``qgis_process``, seen among the tasks of QGIS; the window stays usable."""

    def __init__(self, algorithm: str, parameters: Mapping[str, Any], executable: str) -> None:
        super().__init__()
        self._folder = ChildFolder()
        try:
            environment = self._folder.environment(parameters)
            content = as_json(self._folder.parameters(parameters))
        except Exception:
            self._folder.remove()
            raise
        output = str(parameters.get("OUTPUT_FOLDER") or "")
        self._output_folder = Path(output).expanduser() if output else None
        self._refusal, self._read, self._rest = "", 0, b""
        self._missed = False
        self._output, self._errors = b"", b""
        self._timer = QTimer(self)
        self._timer.setInterval(_LISTEN_MS)
        self._timer.timeout.connect(self._listen)
        self._killer = QTimer(self)
        self._killer.setSingleShot(True)
        self._killer.setInterval(_PATIENCE_MS)
        self._task = _Shown(self)
        self._process = QProcess(self)
        self._process.setProcessEnvironment(environment)
        self._process.readyReadStandardOutput.connect(self._hear_output)
        self._process.readyReadStandardError.connect(self._hear_errors)
        self._process.finished.connect(lambda *_: self._finish())
        self._process.errorOccurred.connect(self._fail)
        self._killer.timeout.connect(self._process.kill)
        self._process.start(executable, ["run", algorithm, "-"])
        self._process.write(content)
        self._process.closeWriteChannel()
        self._timer.start()
        QgsApplication.taskManager().addTask(self._task)

    def cancel(self) -> None:
        if self.over or self.cancelled:
            return
        self.cancelled = True
        (self._folder.path / STOP).touch()
        self._killer.start()

    def kill(self) -> None:
        """End the run before returning: QGIS closes. It is asked first, and has a moment to put
        away what it holds of persons."""
        if not self.over:
            self.cancelled = True
            (self._folder.path / STOP).touch()
            if not self._process.waitForFinished(_LAST_MS):
                self._process.kill()
                self._process.waitForFinished(_LAST_MS)
            self._finish()

    def _hear_output(self) -> None:
        self._output += bytes(self._process.readAllStandardOutput())

    def _hear_errors(self) -> None:
        self._errors += bytes(self._process.readAllStandardError())

    def _listen(self) -> None:
        """Take what has been told since: whole lines only."""
        path = self._folder.path / TOLD
        if not path.is_file():
            return
        with path.open("rb") as stream:
            stream.seek(self._read)
            block = stream.read()
        self._read += len(block)
        *lines, self._rest = (self._rest + block).split(b"\n")
        for line in lines:
            try:
                told = json.loads(line)
                ((kind, value),) = told.items()
                self._take(kind, value)
            except (ValueError, TypeError, AttributeError):
                self._miss()

    def _miss(self) -> None:
        """Say, once, that a line could not be read: the next one was written after a torn one."""
        if not self._missed:
            self._missed = True
            self.warned.emit(
                tr(
                    "A part of what the run tells could not be read: the disk of the cache may be full. The run goes on."
                )
            )

    def _take(self, kind: str, value: Any) -> None:
        if kind == "progress":
            self._progress(float(value))
        elif kind == "said":
            self.said.emit(str(value))
        elif kind == "warned":
            self.warned.emit(str(value))
        else:
            self._refusal = str(value)

    def _fail(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._refusal = tr("QGIS could not start its process for long runs: {reason}.").format(
                reason=self._process.errorString()
            )
            # Windows says it within start(): nobody hears this run before it is returned
            QTimer.singleShot(0, self._finish)

    def _finish(self) -> None:
        if self.over:
            return
        self._timer.stop()
        self._killer.stop()
        self._hear_output()
        self._hear_errors()
        self._listen()
        self._folder.remove()
        self._task.done()
        if self._output_folder is not None:
            sweep(self._output_folder)  # one that was killed, or crashed, could not itself
        results = results_in(self._output.decode("utf-8", "replace"))
        if results and not self.cancelled and not self._refusal:
            self._progress(100.0)
            self._end(results, "")
        elif self.cancelled:
            self._end({}, "")
        else:
            self._end({}, self._refusal or unforeseen(self._errors.decode("utf-8", "replace")))


class _Shown(QgsTask):
    """A run in the list of tasks of QGIS, from where it can be cancelled too; QGIS asks before it
    closes while one is there."""

    def __init__(self, running: ChildRun) -> None:
        super().__init__(tr("Coodiag: diagnosis"), QgsTask.Flag.CanCancel)
        self._running: ChildRun | None = running
        self._over = Event()

    def done(self) -> None:
        self._over.set()

    def run(self) -> bool:
        while not self._over.wait(_LISTEN_MS / 1000):
            if self.isCanceled():
                return False
            running = self._running
            if running is not None:
                self.setProgress(running.fraction)
        return True

    def finished(self, result: bool) -> None:
        running, self._running = self._running, None
        if not result and running is not None:
            running.cancel()
