"""Rows that are still not located: written for a spreadsheet, and run again once corrected."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from qgis.core import QgsProject
from qgis.PyQt.QtWidgets import QFileDialog, QWidget

from .words import tr

_READ = "xlsx, ods, csv, gpkg (*.xlsx *.ods *.csv *.gpkg)"
_WRITTEN = "xlsx (*.xlsx);;ods (*.ods);;csv (*.csv);;gpkg (*.gpkg)"


class FailedRows:
    """The export of a session. ``tell`` shows a sentence, ``rerun`` opens the geocoding of a file."""

    def __init__(
        self,
        session: Any,
        window: QWidget,
        tell: Callable[[str], None],
        rerun: Callable[[Path], None] | None,
    ) -> None:
        self._session = session
        self._window = window
        self._tell = tell
        self._rerun = rerun
        self._written: Path | None = None

    def ask(self) -> None:
        """Ask where to write; the confidential folder of the dossier is proposed."""
        name, _ = QFileDialog.getSaveFileName(
            self._window,
            tr("Export rows not located (they hold personal data)"),
            str(self._folder() / "echecs.xlsx"),
            _WRITTEN,
        )
        if name:
            self.write(Path(name))

    def write(self, path: Path) -> None:
        try:
            count = self._session.export_failed(path)
        except self._session.problem as error:
            self._tell(self._session.sentence(error))
            return
        self._written = path
        self._tell(
            tr("{count} rows written. Correct them, then choose “Run them again”.").format(
                count=count
            )
        )

    def run_again(self) -> None:
        """Geocode a corrected file alone: the one just written, or another."""
        path = self._written
        if path is None:
            name, _ = QFileDialog.getOpenFileName(
                self._window, tr("Corrected export"), str(self._folder()), _READ
            )
            path = Path(name) if name else None
        if path is not None and self._rerun is not None:
            self._rerun(path)

    def _folder(self) -> Path:
        return Path(self._session.folder or QgsProject.instance().homePath() or Path.home())
