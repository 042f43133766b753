"""What waits for QGIS to load an output, and no longer than QGIS will."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.errors import Cancelled, InputError
from coodiag.coodiag_plugin.qgis_bridge import loaded
from coodiag.coodiag_plugin.qgis_bridge.algorithm import CoodiagAlgorithm
from coodiag.coodiag_plugin.qgis_bridge.loaded import WhenLoaded, unless_it_fails
from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
    QgsVectorLayer,
)


class Dresser(WhenLoaded):
    """Names the layer."""

    def dress(self, layer: QgsVectorLayer, context: Any, feedback: Any) -> None:
        layer.setName("dressed")


class Shows(CoodiagAlgorithm):
    """Has an output dressed, then ends as it is told to."""

    NAME = "shows"

    def __init__(self, error: BaseException | None = None) -> None:
        super().__init__()
        self.error = error

    def createInstance(self) -> CoodiagAlgorithm:
        return Shows(self.error)

    def initAlgorithm(self, configuration: Any = None) -> None:
        """No parameter."""

    def work(self, parameters: Any, context: Any, progress: Any) -> dict[str, Any]:
        output(context)
        if self.error is not None:
            raise self.error
        return {}


def output(context: QgsProcessingContext) -> None:
    layer = QgsVectorLayer("Point?crs=EPSG:2154", "plain", "memory")
    context.temporaryLayerStore().addMapLayer(layer)
    details = QgsProcessingContext.LayerDetails("plain", context.project(), "OUTPUT")
    context.addLayerToLoadOnCompletion(layer.id(), details)
    Dresser().wait(context.layerToLoadOnCompletionDetails(layer.id()))


@pytest.fixture
def context(qgis_app: QgsApplication) -> Iterator[QgsProcessingContext]:
    held = set(loaded._waiting)
    project, made = QgsProject(), QgsProcessingContext()
    made.setProject(project)
    yield made
    loaded._waiting.intersection_update(held)


def waiting(context: QgsProcessingContext) -> list[bool]:
    """Of each output, whether something waits for it."""
    details = context.layersToLoadOnCompletion().values()
    return [one.postProcessor() is not None for one in details]


@pytest.mark.parametrize(
    ("error", "waits"),
    [(None, True), (Cancelled(), True), (InputError("No."), False), (RuntimeError("odd"), False)],
)
def test_nothing_waits_for_the_output_of_a_run_that_failed(
    context: QgsProcessingContext, error: BaseException | None, waits: bool
) -> None:
    before = len(loaded._waiting)
    algorithm = Shows(error)
    algorithm.initAlgorithm()
    _, good = algorithm.run({}, context, QgsProcessingFeedback(False))
    assert good is waits
    assert waiting(context) == [waits]
    assert len(loaded._waiting) == before + waits


def test_what_a_run_within_has_shown_goes_with_the_run_around_it(
    context: QgsProcessingContext,
) -> None:
    before = len(loaded._waiting)
    with pytest.raises(ValueError, match="late"), unless_it_fails(context):
        with unless_it_fails(context):
            output(context)
        assert waiting(context) == [True]
        with pytest.raises(KeyError), unless_it_fails(context):
            output(context)
            raise KeyError
        assert sorted(waiting(context)) == [False, True], "the first one may still be loaded"
        raise ValueError("late")
    assert waiting(context) == [False, False] and len(loaded._waiting) == before
