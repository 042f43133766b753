"""QGIS in a process of its own for the bench of the zones: time and memory of algorithms by id."""

from __future__ import annotations

import multiprocessing
import os
import resource
import sys
import time
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import alias

#: Folder that holds the folder QNEAT3 of that plugin, where somebody has put it, and in its folder
#: lib the Python packages it wants, if this QGIS has older ones (matplotlib before 3.8).
QNEAT3 = Path(os.environ.get("COODIAG_QNEAT3", alias.ROOT / "build" / "bench" / "plugins"))
MEGABYTE = 1 / 1_000_000 if sys.platform == "darwin" else 1024 / 1_000_000


def alone(work: Any, *given: Any) -> Any:
    """``work(*given)`` in a process of its own: its memory is its own, its caches are empty.

    A process that crashes is an error here (a multiprocessing.Pool would wait for ever).
    """
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *given).result()


def memory() -> float:
    """Most memory that this process has held, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * MEGABYTE


def child_memory(name: str) -> float | None:
    """Most memory that a running child process of this name has held, MB (Linux only)."""
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = status.read_text().splitlines()
        except OSError:  # it has just ended
            continue
        told = dict(line.split(":\t", 1) for line in lines if ":\t" in line)
        if told.get("Name") == name and told.get("PPid") == str(os.getpid()) and "VmHWM" in told:
            return int(told["VmHWM"].split()[0]) * 1024 / 1_000_000
    return None


class Running:
    """QGIS with its own algorithms, ours, and QNEAT3's when that plugin is there."""

    def __init__(self) -> None:
        from qgis.core import QgsApplication

        self.application = QgsApplication([], False)
        self.application.initQgis()
        sys.path.append(str(Path(QgsApplication.pkgDataPath()) / "python" / "plugins"))
        from processing.core.Processing import Processing

        Processing.initialize()
        alias.load()
        from coodiag.processing_algorithms.provider import CoodiagProvider

        self._providers = [CoodiagProvider()]
        QgsApplication.processingRegistry().addProvider(self._providers[0])
        self.said: list[str] = []

    def add_qneat3(self) -> str:
        """Register QNEAT3's algorithms; why not, in words, when they cannot be had."""
        from qgis.core import QgsApplication

        if not (QNEAT3 / "QNEAT3" / "metadata.txt").exists():
            return f"its folder QNEAT3 is not in {QNEAT3.name} (see COODIAG_QNEAT3)"
        sys.path[:0] = [str(QNEAT3 / "lib"), str(QNEAT3)]
        try:
            from QNEAT3.Qneat3Provider import Qneat3Provider

            self._providers.append(Qneat3Provider())
        except (ImportError, AttributeError, TypeError) as error:  # written for another QGIS
            return f"{type(error).__name__}: {error}"
        QgsApplication.processingRegistry().addProvider(self._providers[-1])
        return ""

    def run(self, algorithm: str, parameters: Mapping[str, Any]) -> tuple[dict[str, Any], float]:
        """Results and seconds; what the algorithm said is kept in ``said``."""
        import processing
        from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProject

        feedback = QgsProcessingFeedback(False)
        context = QgsProcessingContext()
        context.setFeedback(feedback)
        context.setProject(QgsProject.instance())  # the service area of QGIS crashes without one
        started, busy = time.perf_counter(), time.process_time()
        results = processing.run(algorithm, dict(parameters), feedback=feedback, context=context)
        seconds, self.cpu = time.perf_counter() - started, time.process_time() - busy
        self.said = feedback.textLog().splitlines()
        self.kept = context  # temporary layers live as long as it
        return results, seconds
