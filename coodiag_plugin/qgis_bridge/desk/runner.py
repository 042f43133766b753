"""A diagnosis under way: in a process of its own, or in this one where there is no other."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path
from threading import Event
from typing import Any

from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
    QgsTask,
)
from qgis.PyQt.QtCore import QCoreApplication, QObject, QProcess, QTimer, pyqtSignal

from ...core.errors import InputError
from ..dossier import sweep
from ..relay import STOP, TOLD
from ..translation import tr
from .child import ChildFolder, as_json, program, results_in

_LISTEN_MS = 250
_PATIENCE_MS = 15_000  # between asking a run to stop and killing it
_LAST_MS = 4_000  # the same, while QGIS closes
_LEAST_SECONDS, _LEAST_FRACTION = 5.0, 2.0  # before these a guess at the time left means nothing


class Running(QObject):
    """One run. ``progressed``: per cent done. ``said``, ``warned``: translated sentences, in their
    order. ``ended``: its results and an empty text; or nothing and why, in a sentence; or nothing
    and an empty text when it was cancelled."""

    progressed = pyqtSignal(float)
    said = pyqtSignal(str)
    warned = pyqtSignal(str)
    ended = pyqtSignal(dict, str)

    def __init__(self) -> None:
        super().__init__()
        self.fraction = 0.0
        self.over = False
        self.cancelled = False
        self._begun = time.monotonic()
        self._marks: list[tuple[float, float]] = []  # (second, per cent)

    @property
    def seconds(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self._begun

    def seconds_left(self) -> float | None:
        """A guess at what is left, from what has been done so far; None while nothing tells."""
        if self.over or self.seconds < _LEAST_SECONDS or self.fraction < _LEAST_FRACTION:
            return None
        whole = self.fraction / self.seconds
        recent = [mark for mark in self._marks if mark[0] > self.seconds / 2]
        since, at = recent[0] if recent else (0.0, 0.0)
        late = (self.fraction - at) / max(self.seconds - since, 1.0)
        # the mean over the whole, bent by how fast the second half of it went
        return (100.0 - self.fraction) / max((whole + late) / 2, 1e-3)

    def cancel(self) -> None:
        """Ask the run to stop; ``ended`` comes when it has."""
        raise NotImplementedError

    def _progress(self, percent: float) -> None:
        self.fraction = max(self.fraction, percent)
        self._marks.append((self.seconds, self.fraction))
        self.progressed.emit(self.fraction)

    def _end(self, results: Mapping[str, Any], refusal: str) -> None:
        if not self.over:
            self.over = True
            self.ended.emit(dict(results), refusal)


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
            except ValueError:  # cut short: the disk was full when it was written
                continue
            for kind, value in told.items():
                self._take(kind, value)

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
            self._finish()

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
            self._end({}, self._refusal or self._crash())

    def _crash(self) -> str:
        """What is said of a run that ended without a word of ours."""
        lines = self._errors.decode("utf-8", "replace").strip().splitlines()
        return tr(
            "The run ended in a way that was not foreseen. An earlier dossier is as it was. The last words of QGIS: {words}"
        ).format(words=lines[-1].strip() if lines else tr("none"))


class WindowRun(Running):
    """A run in the process of the window, which waits: where QGIS comes without qgis_process."""

    def __init__(self, algorithm: str, parameters: Mapping[str, Any]) -> None:
        super().__init__()
        self._algorithm, self._parameters = algorithm, dict(parameters)
        self._feedback = _WindowFeedback(self)
        QTimer.singleShot(0, self._run)

    def cancel(self) -> None:
        self.cancelled = True
        self._feedback.cancel()

    def kill(self) -> None:
        self.cancel()

    def _run(self) -> None:
        algorithm = QgsApplication.processingRegistry().createAlgorithmById(self._algorithm)
        context = QgsProcessingContext()
        context.setProject(QgsProject.instance())
        good, reason = algorithm.checkParameterValues(self._parameters, context)
        if not good:
            self._end({}, reason)
            return
        results, good = algorithm.run(self._parameters, context, self._feedback)
        if self.cancelled:
            self._end({}, "")
        elif good:
            self._progress(100.0)
            self._end(results, "")
        else:
            self._end({}, " ".join(self._feedback.errors))


class _WindowFeedback(QgsProcessingFeedback):
    """Tells a run in the window, and lets QGIS draw and hear between two words."""

    def __init__(self, running: WindowRun) -> None:
        super().__init__(False)
        self._running = running
        self._drawn = 0.0
        self.errors: list[str] = []

    def setProgress(self, progress: float) -> None:
        self._running._progress(progress)
        self._breathe()

    def pushInfo(self, info: str | None) -> None:
        self._running.said.emit(info or "")
        self._breathe()

    def pushWarning(self, warning: str | None) -> None:
        self._running.warned.emit(warning or "")
        self._breathe()

    def reportError(self, error: str | None, fatalError: bool = False) -> None:  # noqa: N803
        self.errors.append(error or "")

    def isCanceled(self) -> bool:
        self._breathe()
        return super().isCanceled()

    def _breathe(self) -> None:
        now = time.monotonic()
        if now - self._drawn > _LISTEN_MS / 1000:
            self._drawn = now
            QCoreApplication.processEvents()


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


class Runner:
    """Starts runs. ``waits``: whether QGIS will wait while one goes, for want of qgis_process."""

    def __init__(self) -> None:
        self._program = program()

    @property
    def waits(self) -> bool:
        return not self._program

    def start(
        self, parameters: Mapping[str, Any], algorithm: str = "coodiag:diagnostic"
    ) -> ChildRun | WindowRun:
        """Start an algorithm; hear its signals from the returned object.

        Raises :class:`InputError` when the algorithm is not there, or the folder of the run cannot
        be written, and ``SourceError`` for a key that cannot be read.
        """
        if QgsApplication.processingRegistry().algorithmById(algorithm) is None:
            raise InputError("The algorithm {name} is not in the toolbox.", name=algorithm)
        if self.waits:
            return WindowRun(algorithm, parameters)
        return ChildRun(algorithm, parameters, self._program)
