"""``coodiag:profile``: a diagnosis profile as a file to edit, and the check of an edited one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
)

from ..coodiag_plugin.core.errors import InputError
from ..coodiag_plugin.core.profiles import load_profile
from ..coodiag_plugin.qgis_bridge.algorithm import CoodiagAlgorithm, given
from ..coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from ..coodiag_plugin.qgis_bridge.translation import tr
from . import parameters as common


class CopyProfile(CoodiagAlgorithm):
    """Thin: :mod:`qgis_bridge.profile_copy`."""

    NAME = "profile"
    LABEL = "Copy a diagnosis profile to edit"
    GROUP = "Diagnosis"
    GROUP_ID = "diagnosis"
    HELP = (
        "<p>A profile is the plan of a diagnosis: its chapters, its pages, the indicators, maps and "
        "charts of each. This writes a profile as a JSON file with one page per line. Edit it with "
        "a text editor (change a title, move or remove a page, add an indicator or a chapter), "
        "then give the file as Profile to the full diagnosis: project, atlas, tables and texts "
        "follow it.</p>"
        "<p>Give the edited file here as Edited profile to have it checked as a run would: a slip "
        "is refused with its line, its place and what is wrong. The log lists the chapters and "
        "pages; the list of indicators holds every name that a profile may use.</p>"
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.add(
            common.profile(),
            "Profile to copy: coodiag, ess, ctg, or the path of a file. Not used when an edited profile is given.",
        )
        self.add(
            QgsProcessingParameterFile(
                "FILE", tr("Edited profile"), extension="json", optional=True
            ),
            "Profile that you edited, to be checked; its copy, if you ask for one, is written tidily.",
        )
        self.add(
            QgsProcessingParameterFileDestination(
                "OUTPUT",
                tr("Copy of the profile"),
                "JSON (*.json)",
                optional=True,
                createByDefault=True,
            ),
            "JSON file to edit. Its name becomes the id of the profile.",
        )
        self.add(
            QgsProcessingParameterFileDestination(
                "INDICATORS",
                tr("List of indicators"),
                tr("Text (*.txt)"),
                optional=True,
                createByDefault=False,
            ),
            "Text file with every indicator by theme: its name, its label, its kind and the maps that fit it.",
        )
        self.add(
            QgsProcessingParameterBoolean(
                "OVERWRITE", tr("Replace files that exist"), defaultValue=False
            ),
            "Without it, a file that exists and differs is never replaced: it may be one that you edited.",
            advanced=True,
        )
        self.addOutput(QgsProcessingOutputNumber("CHAPTERS", tr("Chapters")))
        self.addOutput(QgsProcessingOutputNumber("PAGES", tr("Pages")))

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        load_profile(self._source(parameters, context))

    def _source(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        if given(parameters, "FILE", context):
            path = Path(self.parameterAsFile(parameters, "FILE", context)).expanduser()
            if not path.is_file():
                raise InputError(
                    "The file {file} does not exist. Check its name and folder.", file=str(path)
                )
            return str(path)
        return self.parameterAsString(parameters, "PROFILE", context)

    def work(
        self, parameters: dict[str, Any], context: QgsProcessingContext, progress: FeedbackProgress
    ) -> dict[str, Any]:
        from ..coodiag_plugin.qgis_bridge.profile_copy import (
            check_profile,
            copy_profile,
            list_indicators,
        )

        source = self._source(parameters, context)
        overwrite = self.parameterAsBool(parameters, "OVERWRITE", context)
        profile = check_profile(source, progress)
        results: dict[str, Any] = {
            "CHAPTERS": len(profile.chapters),
            "PAGES": len(profile.pages()),
        }
        copy = self.parameterAsFileOutput(parameters, "OUTPUT", context)
        if copy:
            copy_profile(source, Path(copy), overwrite, progress)
            results["OUTPUT"] = copy
        listing = self.parameterAsFileOutput(parameters, "INDICATORS", context)
        if listing:
            list_indicators(Path(listing), overwrite, progress)
            results["INDICATORS"] = listing
        return results
