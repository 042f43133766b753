"""A style that outlives the run: put on a layer again when QGIS has loaded it from its file."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsVectorLayer,
)

from .loaded import WhenLoaded


class Restyle(WhenLoaded):
    """What was to be done with a loaded layer, then its style."""

    def __init__(
        self,
        style: Callable[[QgsVectorLayer], None],
        before: QgsProcessingLayerPostProcessorInterface | None,
    ) -> None:
        super().__init__()
        self._style = style
        self._before = before

    def dress(
        self,
        layer: QgsVectorLayer,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback | None,
    ) -> None:
        if self._before is not None:
            self._before.postProcessLayer(layer, context, feedback)
        self._style(layer)


def restyle(
    context: QgsProcessingContext, identifier: str, style: Callable[[QgsVectorLayer], None]
) -> None:
    """Have a layer that another step has made, and that QGIS will load, styled once it is there."""
    if context.willLoadLayerOnCompletion(identifier):
        details = context.layerToLoadOnCompletionDetails(identifier)
        Restyle(style, details.postProcessor()).wait(details)
