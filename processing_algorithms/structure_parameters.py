"""What the algorithms on a table of structures declare: the table, and what holds for all its rows."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFile,
    QgsProcessingParameterFolderDestination,
)

from ..coodiag_plugin.core.choices import TABLES_FILTER
from ..coodiag_plugin.core.errors import InputError
from ..coodiag_plugin.core.places import is_file, place
from ..coodiag_plugin.qgis_bridge.algorithm import CoodiagAlgorithm, given
from ..coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from ..coodiag_plugin.qgis_bridge.many.plan import OWN, Planned, plan
from ..coodiag_plugin.qgis_bridge.translation import tr


class OnStructures(CoodiagAlgorithm):
    """Reads TABLE; the parameters of a diagnosis that are not of one structure alone hold for every
    row, and a cell of the table takes their place."""

    def add_table(self) -> None:
        self.add(
            QgsProcessingParameterFile(
                "TABLE",
                tr("Table of structures"),
                fileFilter=f"{tr('Tables')} ({TABLES_FILTER})",
            ),
            "A row per structure (csv, txt, xlsx, ods). Columns: structure (its name), then what differs from one to the other, under the names of the parameters of Full diagnosis or in French: territoire, sites, clients, bénéficiaires, enquête, acteurs, plan d'action, textes, profil, dossier… Files are told by their paths; relative ones start from the folder of the table. An empty cell takes the value below, which holds for all.",
        )

    def add_common(self) -> None:
        """The parameters of ``coodiag:diagnostic``, none of them required: a column may give it."""
        # By name, as the provider does: what a diagnosis imports to run is not needed to declare it.
        model = import_module(".diagnostic", __package__).Diagnostic()
        model.initAlgorithm()
        for own in model.parameterDefinitions():
            if own.name() not in OWN:
                shared = own.clone()
                shared.setFlags(own.flags() | QgsProcessingParameterDefinition.Flag.FlagOptional)
                self.addParameter(shared)

    def add_folder(self) -> None:
        self.add(
            QgsProcessingParameterFolderDestination("OUTPUT_FOLDER", tr("Folder of the dossiers")),
            "A dossier for each structure is made in it, under its name or that of the column « dossier ».",
        )

    def planned(
        self, parameters: dict[str, Any], context: QgsProcessingContext, progress: FeedbackProgress
    ) -> list[Planned]:
        """The rows of TABLE with what was given for all of them."""
        common = {
            own.name(): parameters[own.name()]
            for own in self.parameterDefinitions()
            if own.name() not in ("TABLE", "REDO")
            and not own.isDestination()
            and given(parameters, own.name(), context)
        }
        return plan(
            self.table(parameters, context), common, self.folder(parameters, context), progress
        )

    def table(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Path:
        return place(self.parameterAsFile(parameters, "TABLE", context)).absolute()

    def folder(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Path:
        named = self.parameterAsFileOutput(parameters, "OUTPUT_FOLDER", context)
        return place(named).absolute()

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        table = self.table(parameters, context)
        if not is_file(table):
            raise InputError(
                "The file {file} does not exist. Check its name and folder.", file=str(table)
            )
