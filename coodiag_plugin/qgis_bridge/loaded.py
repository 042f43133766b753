"""What is done with an output once QGIS has loaded it.

QGIS does not own the post-processor of an output, and the algorithm is gone when it is called: those
that wait are kept here, and leave when they have been called, or when their run failed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsVectorLayer,
)

from ..core.errors import Cancelled

_waiting: set[WhenLoaded] = set()
#: Those that the present run, if any, has made wait.
_OF_RUN: ContextVar[list[WhenLoaded] | None] = ContextVar("coodiag_waiting", default=None)


class WhenLoaded(QgsProcessingLayerPostProcessorInterface):
    """A post-processor: a leaf says in :meth:`dress` what it does, once, with the layer."""

    def wait(self, details: QgsProcessingContext.LayerDetails) -> None:
        """Be called when QGIS has loaded the layer of ``details``."""
        _waiting.add(self)
        of_run = _OF_RUN.get()
        if of_run is not None:
            of_run.append(self)
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


@contextmanager
def unless_it_fails(context: QgsProcessingContext) -> Iterator[None]:
    """Within it runs an algorithm: QGIS loads nothing of one that fails, and nothing waits for it.
    Of one that is cancelled, it loads what was made until then.

    The outputs of an algorithm of ours that another one runs wait for as long as those of that one.
    """
    outer = _OF_RUN.get()
    mine: list[WhenLoaded] = []
    token = _OF_RUN.set(mine)
    try:
        yield
    except Cancelled:
        raise
    except BaseException:
        for identifier, details in context.layersToLoadOnCompletion().items():
            if details.postProcessor() in mine:
                context.layerToLoadOnCompletionDetails(identifier).setPostProcessor(None)
        _waiting.difference_update(mine)
        raise
    finally:
        _OF_RUN.reset(token)
    if outer is not None:
        outer += mine
