"""What every Coodiag algorithm shares: names, help and one border for errors."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterDefinition,
)
from qgis.PyQt.QtGui import QIcon

from ..core.errors import Cancelled, CoodiagError
from ..core.version import ROOT
from .dependencies import require
from .feedback import FeedbackProgress
from .translation import told, tr

ICON = ROOT / "coodiag_plugin" / "icon.svg"


class CoodiagAlgorithm(QgsProcessingAlgorithm):
    """Base of the algorithms: a leaf gives its names, its parameters and :meth:`work`.

    Errors of the rooms (:class:`CoodiagError`) become a ``QgsProcessingException`` here and
    nowhere else; a cancel returns the results had so far, as QGIS expects.
    """

    NAME = ""
    LABEL = ""  # English source string
    GROUP = ""  # English source string
    GROUP_ID = ""
    HELP = ""  # English source string, one or two paragraphs of HTML
    PACKAGES: tuple[str, ...] = ()  # Python packages that run() needs

    def createInstance(self) -> CoodiagAlgorithm:
        return type(self)()

    def name(self) -> str:
        return self.NAME

    def displayName(self) -> str:
        return tr(self.LABEL)

    def group(self) -> str:
        return tr(self.GROUP)

    def groupId(self) -> str:
        return self.GROUP_ID

    def shortHelpString(self) -> str:
        return tr(self.HELP)

    def icon(self) -> QIcon:
        return QIcon(str(ICON))

    def svgIconPath(self) -> str:
        return str(ICON)

    def add(
        self, parameter: QgsProcessingParameterDefinition, help_text: str, advanced: bool = False
    ) -> None:
        """Declare a parameter with its (English source) help."""
        parameter.setHelp(tr(help_text))
        if advanced:
            parameter.setFlags(
                parameter.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced
            )
        self.addParameter(parameter)

    def checkParameterValues(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> tuple[bool, str]:
        try:
            require(*self.PACKAGES)
            self.check(parameters, context)
        except CoodiagError as error:
            return False, sentence(error)
        return super().checkParameterValues(parameters, context)

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        """Refuse parameters that cannot work by raising a :class:`CoodiagError`."""

    def processAlgorithm(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        try:
            return self.work(parameters, context, FeedbackProgress(feedback))
        except CoodiagError as error:
            raise QgsProcessingException(sentence(error)) from error
        except Cancelled:
            return {}

    def work(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        progress: FeedbackProgress,
    ) -> dict[str, Any]:
        """Read the parameters, call one function of the rooms, write the results.

        Not called ``run``: QGIS calls a method of that name with other arguments.
        """
        raise NotImplementedError


def sentence(error: CoodiagError) -> str:
    """The user's sentence of an error, translated before its fields are filled."""
    return told(error.template, error.fields)
