"""Draws the ready models from their definitions; not loaded by the plugin.

The algorithms must be in the registry, and no translation installed: the files are in English.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from qgis.core import (
    QgsApplication,
    QgsProcessingAlgorithm,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingModelParameter,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterField,
    QgsProcessingParameterString,
)
from qgis.PyQt.QtCore import QPointF, QSizeF

from .definitions import DEFINITIONS, GROUP, Ask, Asked, Made, Model, Step

_OPTIONAL = QgsProcessingParameterDefinition.Flag.FlagOptional
_ADVANCED = QgsProcessingParameterDefinition.Flag.FlagAdvanced
_WIDE, _HIGH = 260.0, 40.0  # of a box on the canvas of the designer
_COLUMN, _LINE = 340.0, 70.0


def draw(name: str) -> QgsProcessingModelAlgorithm:
    """The model of ``DEFINITIONS[name]``. Raises :class:`ValueError` when QGIS finds a fault in it."""
    definition = DEFINITIONS[name]
    model = QgsProcessingModelAlgorithm(definition.title, GROUP)
    for line, (asked, ask) in enumerate(definition.asks.items()):
        _add_parameter(model, asked, ask, line)
    model.setParameterOrder(list(definition.asks))
    lines: Counter[int] = Counter()  # taken in each column of the canvas
    for step, content in definition.steps.items():
        column = _depth(definition, step)
        _add_step(model, step, content, column, lines[column])
        lines[column] += 3 + len(content.gives)
    model.updateDestinationParameters()
    model.setOutputGroup(definition.title)
    # QGIS lays each one over those before it.
    model.setOutputOrder([":".join(output) for output in reversed(definition.layers)])
    model.setHelpContent(_help(model, definition))
    good, faults = model.validate()
    if not good:
        raise ValueError(f"{name}: {faults}")
    return model


def _algorithm(name: str) -> QgsProcessingAlgorithm:
    found = QgsApplication.processingRegistry().algorithmById(f"coodiag:{name}")
    if found is None:
        raise ValueError(f"coodiag:{name} is not there")
    return found


def _add_parameter(model: QgsProcessingModelAlgorithm, name: str, ask: Ask, line: int) -> None:
    parameter = _parameter(name, ask)
    component = QgsProcessingModelParameter(name)
    component.setDescription(parameter.description())
    _place(component, 0, line)
    model.addModelParameter(parameter, component)


def _parameter(name: str, ask: Ask) -> QgsProcessingParameterDefinition:
    """The algorithm's own parameter, under its name in the model."""
    own = _algorithm(ask.algorithm).parameterDefinition(ask.name)
    if own is None:
        raise ValueError(f"coodiag:{ask.algorithm} has no {ask.name}")
    result = QgsProcessingParameterString(name) if ask.text else own.clone()
    result.setName(name)
    result.setDescription(ask.label or own.description())
    result.setHelp(ask.help or own.help())
    flags = own.flags()
    for flag, wanted in ((_OPTIONAL, ask.optional), (_ADVANCED, ask.advanced)):
        if wanted is not None:
            flags = flags | flag if wanted else flags & ~flag
    result.setFlags(flags)
    if isinstance(result, QgsProcessingParameterField):
        result.setParentLayerParameterName(ask.parent)
    return result


def _depth(definition: Model, step: str) -> int:
    """Rank of a step: 1, or one more than the last of those whose outputs it takes."""
    takes = definition.steps[step].takes.values()
    return 1 + max(
        (_depth(definition, item.step) for item in takes if isinstance(item, Made)), default=0
    )


def _add_step(
    model: QgsProcessingModelAlgorithm, name: str, step: Step, column: int, line: int
) -> None:
    child = QgsProcessingModelChildAlgorithm(f"coodiag:{step.algorithm}")
    child.setChildId(name)
    child.setDescription(_algorithm(step.algorithm).displayName())
    for parameter, value in step.takes.items():
        if child.algorithm().parameterDefinition(parameter) is None:
            raise ValueError(f"coodiag:{step.algorithm} has no {parameter}")
        child.addParameterSources(parameter, [_source(value)])
    outputs = {}
    for rank, (output, title) in enumerate(step.gives.items(), 1):
        final = QgsProcessingModelOutput(title, title)
        final.setChildId(name)
        final.setChildOutputName(output)
        _place(final, column, line + 1 + rank)
        outputs[title] = final
    child.setModelOutputs(outputs)
    _place(child, column, line + 1)
    model.addChildAlgorithm(child)


def _source(value: Any) -> QgsProcessingModelChildParameterSource:
    kind = QgsProcessingModelChildParameterSource
    if isinstance(value, Asked):
        return kind.fromModelParameter(value.name)
    if isinstance(value, Made):
        return kind.fromChildOutput(value.step, value.output)
    return kind.fromStaticValue(value)


def _place(component: Any, column: int, line: int) -> None:
    component.setPosition(QPointF(column * _COLUMN, line * _LINE))
    component.setSize(QSizeF(_WIDE, _HIGH))


def _help(model: QgsProcessingModelAlgorithm, definition: Model) -> dict[str, str]:
    told = {"ALG_DESC": definition.help, "ALG_CREATOR": "Coodiag"}
    for parameter in model.parameterDefinitions():
        told[parameter.name()] = parameter.help()
    return told
