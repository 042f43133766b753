"""One page of a profile on the demonstration: invented data, calculated as a run calculates.

It shows a page that no dossier has yet. The last pages are kept in the plugin's cache.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..core.errors import CoodiagError
from ..core.profile_edits import Document
from ..core.profile_slips import Place
from ..core.version import version
from ..core.words import N_
from . import demonstration
from .algorithm import sentence
from .desk.demonstration import draft_of
from .dossier import PROJECT
from .errand import Errand
from .profile_editing_preview import one_page, page_alone
from .settings import cache_folder
from .translation import tr
from .whole_file import write_whole

if TYPE_CHECKING:
    from ..demo.generate import DemoPaths

_KEPT = 8  # pages
#: Sheets that need nothing of a structure; maps of the layer ``communes`` neither.
_ALWAYS = ("TERRITORY", "STRUCTURE", "SOURCE", "DATA_FOLDER")
_NOT_WRITTEN = N_("The file {file} cannot be written: {reason}.")
_OF_TERRITORY = ("figures", "pyramid", "similar", "specialisation", "words")


#: Runs that were cancelled and have not stopped: they go on to their end without anybody.
_LEAVING: set[Any] = set()


class Trial(QObject):
    """One trial at a time. ``ended``: the folder of the dossier, or why there is none (a translated
    sentence, empty when it was cancelled)."""

    progressed = pyqtSignal(float)  # 0–100
    ended = pyqtSignal(str, str)

    def __init__(self, runner: Callable[[], Any] | None = None) -> None:
        super().__init__()
        self._runner = runner or _runner
        self._errand: Errand[DemoPaths] | None = None
        self._running: Any = None
        self._target = Path()

    def start(self, document: Document, place: Place) -> None:
        """Run the page; the answer of an earlier one is not told any more."""
        self.cancel()
        try:
            page = page_alone(document, place)
            text = one_page(document, place)
            folder = cache_folder("apercus")
            self._target = folder / _key(text)
            if (self._target / PROJECT).is_file():
                self.ended.emit(str(self._target), "")
                return
            _forget(folder)
            profile = folder / f"{self._target.name}.json"
            write_whole(profile, text.encode(), _NOT_WRITTEN)
            whole = not (page.layer == "communes" or page.sheet in _OF_TERRITORY)
            self._errand = Errand(
                tr("Coodiag: demonstration data"),
                demonstration.files,
                lambda demo: self._run(demo, profile, whole),
                lambda refusal: self._end("", refusal),
            ).start()
        except CoodiagError as error:
            self._end("", sentence(error))

    def cancel(self) -> None:
        """Leave what is under way; nothing is told of it any more."""
        if self._errand is not None:
            self._errand.leave()
        self._errand = None
        running, self._running = self._running, None
        if running is not None:
            running.ended.disconnect(self._answer)
            running.progressed.disconnect(self.progressed)
            _LEAVING.add(running)
            running.ended.connect(lambda *_: _LEAVING.discard(running))
            running.cancel()

    def _run(self, demo: DemoPaths, profile: Path, whole: bool) -> None:
        self._errand = None
        asked = _parameters(demo, whole)
        asked |= {"PROFILE": str(profile), "OUTPUT_FOLDER": str(self._target)}
        try:
            self._running = self._runner().start(asked)
        except CoodiagError as error:
            self._end("", sentence(error))
            return
        self._running.progressed.connect(self.progressed)
        self._running.ended.connect(self._answer)

    def _answer(self, results: dict[str, Any], refusal: str) -> None:
        self._running = None
        done = not refusal and (self._target / PROJECT).is_file()
        self._end(str(self._target) if done else "", refusal)

    def _end(self, folder: str, refusal: str) -> None:
        self._errand = None
        self.ended.emit(folder, refusal)


def _runner() -> Any:
    from .running.runner import Runner

    return Runner()


def _key(text: str) -> str:
    return hashlib.sha256(f"{version()}\n{text}".encode()).hexdigest()[:16]


def _forget(folder: Path) -> None:
    """Leave room for one page more: the oldest pages go, but for what somebody still reads."""
    pages = []
    for path in folder.iterdir():
        if path.is_dir():
            with suppress(FileNotFoundError):  # another window has just removed it
                pages.append((path.stat().st_mtime, path))
        elif path.suffix == ".json":
            with suppress(OSError):  # a run that is being left holds it; the next trial removes it
                path.unlink()
    for _, path in sorted(pages, reverse=True)[_KEPT - 1 :]:
        shutil.rmtree(path, ignore_errors=True)


def _parameters(demo: DemoPaths, whole: bool) -> dict[str, Any]:
    """Those of the demonstration for one page; ``whole``: it may show something of the structure."""
    asked = draft_of(demo).parameters
    if not whole:
        asked = {name: asked[name] for name in _ALWAYS}
    return {**asked, "SERVICE": "offline", "FORMATS": [], "COMMUNE_PAGES": False, "DPI": 96}
