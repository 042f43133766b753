"""``coodiag:replay``: a dossier made again from its run file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingParameterFile,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorLayer,
)

from ..coodiag_plugin.core.errors import InputError
from ..coodiag_plugin.core.places import is_folder, place
from ..coodiag_plugin.core.runfile import RUN_FILE
from ..coodiag_plugin.qgis_bridge.algorithm import CoodiagAlgorithm
from ..coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from ..coodiag_plugin.qgis_bridge.many.cells import diagnosis
from ..coodiag_plugin.qgis_bridge.translation import tr
from . import parameters as common
from .diagnostic import Diagnostic

#: Parameters that a run file does not hold, handed on as they are given here: where things are on
#: this machine, and keys.
_HANDED_ON = ("DATA_FOLDER", "CACHE", "BAN", "URL", "CORRECTIONS")


class Replay(CoodiagAlgorithm):
    """Finds the files by their sums, then runs ``coodiag:diagnostic``."""

    NAME = "replay"
    LABEL = "Make a dossier again"
    GROUP = "Diagnosis"
    GROUP_ID = "diagnosis"
    PACKAGES = ("jinja2", "matplotlib", "pandas", "scipy")
    HELP = (
        "<p>Makes a dossier again from its run file (coodiag.json): same territory, same profile, same "
        "thresholds, and the same files of the structure, found by their contents (SHA-256) whatever "
        "their names are now. A file that is not found, or has changed, is refused by its role.</p>"
        "<p>With the same official data the dossier is the same, page for page. With those of another "
        "year it is that of another year: the log says which official files and which counts "
        "differ.</p>"
    )

    def flags(self) -> QgsProcessingAlgorithm.Flags:
        return super().flags() | QgsProcessingAlgorithm.Flag.FlagNoThreading

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.add(
            QgsProcessingParameterFile("RUN_FILE", tr("Run file"), fileFilter="JSON (*.json)"),
            "The file coodiag.json of a dossier.",
        )
        self.add(
            common.data_folder(),
            "Folder of official files. Needed when the dossier was made from one; the files of the structure are looked for in it too.",
        )
        self.add(
            QgsProcessingParameterFile(
                "FILES_FOLDER",
                tr("Folder of the structure's files"),
                QgsProcessingParameterFile.Behavior.Folder,
                optional=True,
            ),
            "Where the files of the structure are, in subfolders or not. Empty: they are looked for in the data folder.",
        )
        self.add(
            QgsProcessingParameterString("DATE", tr("Date of production"), optional=True),
            "Date printed on the pages, as 2026-03-31. Left empty: that of the dossier.",
        )
        for name, label, kind in (
            ("AREA", tr("Own area"), common.POLYGON),
            ("ROADS", tr("Roads"), common.LINE),
        ):
            self.add(
                QgsProcessingParameterVectorLayer(name, label, [kind], optional=True),
                "The layer that the dossier was made with, when it was given one.",
                advanced=True,
            )
        self._add_handed_on()
        self.add(
            QgsProcessingParameterFolderDestination("OUTPUT_FOLDER", tr("Dossier folder")),
            "Folder of the new dossier. An earlier dossier there is replaced once the new one is complete.",
        )
        for output in _outputs():
            self.addOutput(output)

    def _add_handed_on(self) -> None:
        self.add(common.cache(), common.CACHE_HELP, advanced=True)
        for service in common.KEYS:
            common.add_key(self, service)
        self.add(
            QgsProcessingParameterString("BAN", tr("BAN addresses"), optional=True),
            "File or folder of BAN addresses (csv, csv.gz). Left empty, those of the services or of the data folder are used.",
            advanced=True,
        )
        self.add(common.geocoder_url(), common.URL_HELP, advanced=True)
        self.add(common.corrections(), common.CORRECTIONS_HELP, advanced=True)

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        from ..coodiag_plugin.qgis_bridge.many.replay import read_run

        recorded = read_run(self._path(parameters, "RUN_FILE", context))
        folder = self._text(parameters, "DATA_FOLDER", context)
        if not folder and not recorded.online:
            raise InputError(
                "This dossier was made from a folder of official files: give it in DATA_FOLDER."
            )
        for name in ("DATA_FOLDER", "FILES_FOLDER"):
            named = self._text(parameters, name, context)
            if named and not is_folder(place(named)):
                raise InputError("The folder {folder} does not exist.", folder=named)

    def work(
        self, parameters: dict[str, Any], context: QgsProcessingContext, progress: FeedbackProgress
    ) -> dict[str, Any]:
        from ..coodiag_plugin.qgis_bridge.many.replay import (
            parameters_of,
            read_run,
            tell_differences,
        )

        recorded = read_run(self._path(parameters, "RUN_FILE", context))
        folders = [
            self._path(parameters, name, context)
            for name in ("FILES_FOLDER", "DATA_FOLDER")
            if self._text(parameters, name, context)
        ]
        layers = {
            name: self.parameterAsVectorLayer(parameters, name, context)
            for name in ("AREA", "ROADS")
        }
        given = parameters_of(recorded, folders, layers, progress)
        for name in (*_HANDED_ON, *(key for key, _, _ in common.KEYS.values()), "DATE"):
            if name in parameters and self._text(parameters, name, context):
                given[name] = parameters[name]
        output = place(self.parameterAsFileOutput(parameters, "OUTPUT_FOLDER", context))
        given["OUTPUT_FOLDER"] = str(output)
        algorithm = diagnosis()
        good, reason = algorithm.checkParameterValues(given, context)
        if not good:
            raise QgsProcessingException(reason)
        results, _ = algorithm.run(given, context, progress.feedback, {}, False)
        progress.check()
        tell_differences(recorded, read_run(output / RUN_FILE), progress)
        return dict(results)

    def _text(self, parameters: dict[str, Any], name: str, context: QgsProcessingContext) -> str:
        return self.parameterAsString(parameters, name, context).strip()

    def _path(self, parameters: dict[str, Any], name: str, context: QgsProcessingContext) -> Path:
        return place(self._text(parameters, name, context))


def _outputs() -> list[Any]:
    """The outputs of a diagnosis, but for the folder that is asked."""
    made = Diagnostic()
    made.initAlgorithm()
    return [
        type(item)(item.name(), item.description())
        for item in made.outputDefinitions()
        if item.name() != "OUTPUT_FOLDER"
    ]
