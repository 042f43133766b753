"""A style that outlives the run: put on a layer again when QGIS has loaded it from its file."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsVectorLayer,
)


class Restyle(QgsProcessingLayerPostProcessorInterface):
    """What was to be done with a loaded layer, then its style."""

    def __init__(
        self,
        style: Callable[[QgsVectorLayer], None],
        before: QgsProcessingLayerPostProcessorInterface | None,
    ) -> None:
        super().__init__()
        self._style = style
        self._before = before

    def postProcessLayer(
        self,
        layer: QgsVectorLayer,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback | None,
    ) -> None:
        _waiting.discard(self)
        if self._before is not None:
            self._before.postProcessLayer(layer, context, feedback)
        self._style(layer)


#: QGIS does not own post-processors, and the algorithm is gone when they are called: they wait here.
_waiting: set[Restyle] = set()


def restyle(
    context: QgsProcessingContext, identifier: str, style: Callable[[QgsVectorLayer], None]
) -> None:
    """Have a layer that another step has made, and that QGIS will load, styled once it is there."""
    if not context.willLoadLayerOnCompletion(identifier):
        return
    details = context.layerToLoadOnCompletionDetails(identifier)
    look = Restyle(style, details.postProcessor())
    _waiting.add(look)
    details.setPostProcessor(look)
