"""Runs a model as its window does, and has Processing itself load what it gives into a project."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from unittest.mock import patch

from qgis.core import (
    QgsLayerTreeNode,
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputLayerDefinition,
    QgsProject,
    QgsVectorLayer,
)


def run(
    model: QgsProcessingAlgorithm,
    given: dict[str, Any],
    project: QgsProject,
    files: Path | None = None,
) -> dict[str, Any]:
    """The results; every output is loaded into ``project``, from files when there is a folder."""
    from processing.gui import Postprocessing

    context, heard = QgsProcessingContext(), QgsProcessingFeedback(False)
    context.setProject(project)
    asked = dict(given)
    for output in model.destinationParameterDefinitions():
        name = output.name()
        place = str(files / f"{name}.gpkg") if files else QgsProcessing.TEMPORARY_OUTPUT
        if name not in asked:
            asked[name] = QgsProcessingOutputLayerDefinition(place, project)
    good, why = model.checkParameterValues(asked, context)
    assert good, why
    results, done = model.run(asked, context, heard)
    assert done, heard.textLog()
    with patch.object(Postprocessing, "iface", None):  # one that is only imitated has no tree
        assert Postprocessing.handleAlgorithmResults(model, context, heard, asked), heard.textLog()
    return dict(results)


def tree(node: QgsLayerTreeNode) -> list[Any]:
    """Names of the layers from the top, groups as (name, what is in them)."""
    return [
        (child.name(), tree(child))
        if child.nodeType() == child.NodeType.NodeGroup
        else child.name()
        for child in node.children()
    ]


def layer(project: QgsProject, name: str) -> QgsVectorLayer:
    (found,) = project.mapLayersByName(name)
    return found


def shown(found: QgsVectorLayer, field: str) -> str:
    """A field as the attribute table heads it."""
    return found.attributeDisplayName(found.fields().indexOf(field))
