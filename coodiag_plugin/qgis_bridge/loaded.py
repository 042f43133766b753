"""What is done with an output once QGIS has loaded it.

QGIS does not own the post-processor of an output, and the algorithm is gone when it is called: those
that wait are kept here, and leave when they have been called.
"""

from __future__ import annotations

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsVectorLayer,
)

_waiting: set[WhenLoaded] = set()


class WhenLoaded(QgsProcessingLayerPostProcessorInterface):
    """A post-processor: a leaf says in :meth:`dress` what it does, once, with the layer."""

    def wait(self, details: QgsProcessingContext.LayerDetails) -> None:
        """Be called when QGIS has loaded the layer of ``details``."""
        _waiting.add(self)
        details.setPostProcessor(self)

    def postProcessLayer(
        self,
        layer: QgsVectorLayer,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback | None,
    ) -> None:
        _waiting.discard(self)
        self.dress(layer, context, feedback)

    def dress(
        self,
        layer: QgsVectorLayer,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback | None,
    ) -> None:
        raise NotImplementedError
