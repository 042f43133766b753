"""Write ``docs/algorithms.md``, the reference of the algorithms, from their classes,
``docs/indicators.md``, the catalogue of indicators, from its rows, and ``docs/palettes.md``, the
distances between colours.

Run it with the Python of QGIS. ``tests/qgis/test_document_qgis.py`` fails when the file is not what
the classes say.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Any

import alias
import document_indicators
import document_palettes

alias.load()
from coodiag.processing_algorithms.provider import ALGORITHMS, CoodiagProvider  # noqa: E402
from qgis.core import (  # noqa: E402
    QgsApplication,
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingParameterDefinition,
)

TARGET = alias.ROOT / "docs" / "algorithms.md"
CATALOGUE = alias.ROOT / "docs" / "indicators.md"
PALETTES = alias.ROOT / "docs" / "palettes.md"
HEAD = """# Reference of the algorithms

Written by `scripts/document.py` from the classes: change them, not this file. Ids, names of
parameters and of outputs are final once released. ° marks an optional parameter, ▸ an advanced one.
In QGIS the same texts stand in the dialogs, in French or in English.
"""
#: What a parameter takes or makes, by QGIS type.
TYPES = {
    "authcfg": "authentication",
    "boolean": "yes or no",
    "enum": "choice",
    "field": "field",
    "file": "file",
    "fileDestination": "file to write",
    "folderDestination": "folder to write",
    "number": "number",
    "sink": "layer to write",
    "source": "layer",
    "string": "text",
    "vector": "layer",
    "outputFile": "file",
    "outputFolder": "folder",
    "outputNumber": "number",
    "outputString": "text",
    "outputVector": "layer",
}
SHAPES = {
    QgsProcessing.SourceType.TypeVectorPoint: "points",
    QgsProcessing.SourceType.TypeVectorLine: "lines",
    QgsProcessing.SourceType.TypeVectorPolygon: "polygons",
    QgsProcessing.SourceType.TypeVectorAnyGeometry: "points, lines or polygons",
    QgsProcessing.SourceType.TypeVector: "rows, with or without geometry",
}


def algorithms() -> list[QgsProcessingAlgorithm]:
    """The algorithms in the order in which a diagnosis uses them."""
    provider = CoodiagProvider()
    provider.refreshAlgorithms()
    named = {item.name(): item.create() for item in provider.algorithms()}
    return [named[name] for name, _ in ALGORITHMS]


def prose(html: str) -> str:
    """The HTML of a help text as Markdown paragraphs."""
    text = re.sub(r"</?i>", "*", html.replace("_", r"\_"))
    return "\n\n".join(part for part in re.split(r"</?p>", text) if part.strip())


def cell(text: str) -> str:
    return text.replace("|", r"\|").replace("\n", " ")


def kind(parameter: QgsProcessingParameterDefinition) -> str:
    """What a parameter takes: its type, the shapes it accepts, the words of a choice."""
    name = parameter.type()
    said = TYPES[name]
    if name == "enum":
        return ", ".join(f"`{word}`" for word in parameter.options())
    if name == "file" and parameter.behavior() == type(parameter).Behavior.Folder:
        return "folder"
    if name == "field":
        return f"field of {parameter.parentLayerParameterName()}"
    if name in ("source", "vector", "sink"):
        types = [parameter.dataType()] if name == "sink" else parameter.dataTypes()
        shapes = [SHAPES[QgsProcessing.SourceType(item)] for item in types]
        return f"{said} of {' or '.join(shapes)}" if shapes else said
    return said


def default(parameter: QgsProcessingParameterDefinition) -> str:
    value: Any = parameter.defaultValue()
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"`{value:g}`" if isinstance(value, float) else f"`{value}`"


def marks(parameter: QgsProcessingParameterDefinition) -> str:
    flag = QgsProcessingParameterDefinition.Flag
    optional = "°" if parameter.flags() & flag.FlagOptional else ""
    return optional + ("▸" if parameter.flags() & flag.FlagAdvanced else "")


def page(algorithm: QgsProcessingAlgorithm) -> Iterator[str]:
    """The lines of one algorithm."""
    yield f"## {algorithm.displayName()} – `coodiag:{algorithm.name()}`"
    yield ""
    packages = ", ".join(algorithm.PACKAGES)
    yield f"Group: {algorithm.group()}." + (f" Needs {packages}." if packages else "")
    yield ""
    yield prose(algorithm.shortHelpString())
    yield ""
    yield "| parameter | label | takes | default | help |"
    yield "|---|---|---|---|---|"
    for parameter in algorithm.parameterDefinitions():
        cells = (
            f"`{parameter.name()}` {marks(parameter)}".strip(),
            parameter.description(),
            kind(parameter),
            default(parameter),
            parameter.help(),
        )
        yield "| " + " | ".join(cell(text) for text in cells) + " |"
    yield ""
    yield "| output | label | gives |"
    yield "|---|---|---|"
    for output in algorithm.outputDefinitions():
        yield f"| `{output.name()}` | {cell(output.description())} | {TYPES[output.type()]} |"
    yield ""


def reference() -> str:
    """The whole document, in English; call it without a translator installed."""
    found = algorithms()
    contents = [f"- `{item.name()}`: {item.displayName()} ({item.group()})" for item in found]
    lines = [HEAD, *contents, ""]
    for algorithm in found:
        lines += page(algorithm)
    return "\n".join(lines).rstrip() + "\n"


def main() -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QgsApplication([], False)
    application.initQgis()
    TARGET.write_text(reference(), encoding="utf-8")
    CATALOGUE.write_text(document_indicators.catalogue(), encoding="utf-8")
    PALETTES.write_text(document_palettes.document(), encoding="utf-8")
    print(TARGET, CATALOGUE, PALETTES)
    application.exitQgis()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
