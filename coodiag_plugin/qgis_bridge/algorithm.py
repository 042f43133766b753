"""What every Coodiag algorithm shares: names, help and one border for errors."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from qgis.core import (
    QgsFeatureRequest,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingFeedback,
    QgsProcessingOutputLayerDefinition,
    QgsProcessingParameterDefinition,
    QgsProperty,
    QgsVariantUtils,
)
from qgis.PyQt.QtGui import QIcon

from ..core.errors import Cancelled, CoodiagError
from ..core.version import ROOT
from .dependencies import require
from .feedback import FeedbackProgress
from .help_pages import help_url
from .layers import transforms_of
from .loaded import unless_it_fails
from .relay import at_work, refuse
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

    def helpUrl(self) -> str:
        """The reference of this algorithm, in the language of the windows."""
        return help_url(f"{tr('algorithms.md')}#{self.NAME}")

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
            good, reason = super().checkParameterValues(parameters, context)
            if good:
                self.check(parameters, context)
        except CoodiagError as error:
            good, reason = False, sentence(error)
        if not good:
            refuse(reason)
        return good, reason

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        """Refuse parameters that cannot work by raising a :class:`CoodiagError`.

        Each of them is there and of its type: QGIS has checked that.
        """

    def processAlgorithm(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        transforms = transforms_of(context.transformContext())
        shapes, outputs = _shapes_as_they_are(context), unless_it_fails(context)
        try:
            with transforms, shapes, outputs, at_work(feedback) as heard:
                return self.work(parameters, context, FeedbackProgress(heard))
        except CoodiagError as error:
            refuse(sentence(error))
            raise QgsProcessingException(sentence(error)) from error
        except Cancelled:
            return {}
        except Exception as error:
            if not _is_full(error):  # of the system, or of SQLite, which is not loaded to be named
                raise
            refuse(_full())
            raise QgsProcessingException(_full()) from error

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


def _is_full(error: Exception) -> bool:
    number = error.errno if isinstance(error, OSError) else None
    return number in (errno.ENOSPC, errno.EDQUOT) or "disk is full" in str(error)


def _full() -> str:
    return tr(
        "There is no room left on the disk. Make some, or choose a folder on another disk, then run again."
    )


@contextmanager
def _shapes_as_they_are(context: QgsProcessingContext) -> Iterator[None]:
    """Within it, sources are read with their invalid shapes: the rooms mend, count or refuse those.

    QGIS's own check throws a C++ exception through the Python loop that reads, which breaks the
    interpreter: the sentence comes, and QGIS crashes soon after.
    """
    chosen = context.invalidGeometryCheck()
    context.setInvalidGeometryCheck(QgsFeatureRequest.InvalidGeometryCheck.GeometryNoCheck)
    try:
        yield
    finally:
        context.setInvalidGeometryCheck(chosen)


def given(parameters: dict[str, Any], name: str, context: QgsProcessingContext) -> bool:
    """Whether an optional parameter holds something, in any of the forms that QGIS hands it in."""
    value = parameters.get(name)
    if isinstance(value, QgsProcessingFeatureSourceDefinition):
        value = value.source
    elif isinstance(value, QgsProcessingOutputLayerDefinition):
        value = value.sink
    if isinstance(value, QgsProperty):
        value, _ = value.value(context.expressionContext())
    if isinstance(value, str):
        return bool(value.strip())
    return not QgsVariantUtils.isNull(value)


def sentence(error: CoodiagError) -> str:
    """The user's sentence of an error, translated before its fields are filled."""
    return told(error.template, error.fields)
