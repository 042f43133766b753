"""What a style of the user's may reach: its own layer, and nothing of the machine or of the network.

A ``.qml`` comes from elsewhere, and what its expressions give is printed in documents that are
handed over: neither a name of this machine, nor a file, nor another layer may come in that way.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from pathlib import Path

from qgis.core import (
    QgsApplication,
    QgsExpression,
    QgsExpressionContextUtils,
    QgsPathResolver,
    QgsSymbolLayerUtils,
)
from qgis.PyQt.QtXml import QDomElement

from ..core.errors import CoodiagError
from ..core.house_files import check_svg
from ..core.words import Words

#: Functions of QGIS that read the machine, a file, a database or another layer, or that hide what
#: they compute. Those that a Python module of the user added are none of QGIS's: refused too.
_FUNCTIONS = frozenset(
    [
        *("env", "eval", "eval_template", "item_variables", "sqlite_fetch_and_increment"),
        *("base_file_name", "file_exists", "file_name", "file_path", "file_size", "file_suffix"),
        *("is_directory", "is_file", "exif", "exif_geotag"),
        *("aggregate", "relation_aggregate", "get_feature", "get_feature_by_id"),
        *("layer_property", "decode_uri", "load_layer", "display_expression", "maptip"),
        *("raster_attributes", "raster_statistic", "raster_value", "sensor_data"),
    ]
)
#: Variables of the machine, of its user and of where the project is.
_VARIABLES = ("user_", "qgis_", "project_", "model_", "processing_")
#: An overlay looks at its own layer only when that is what it names.
_OVERLAY = re.compile(r"overlay_\w+\(")
_OWN_OVERLAY = re.compile(r"overlay_\w+\((?:@layer\b|var\('layer'\))")
#: Keys under which styles keep the file of a drawing or of a picture.
_FILES = ("imagefile", "svgfile", "shapesvgfile")
#: And those of properties that an expression may set.
_SET_FILES = (*_FILES, "file")
_DRAWINGS = ("SvgMarker", "SVGFill")
_EMBEDDED = "base64:"


def out_of_reach(root: QDomElement) -> Words | None:
    """Why the style in ``root`` may not be used; ``None`` when it stays within its layer.

    Every attribute and text that can be read as an expression is judged as one: a list of those
    that QGIS evaluates would be as long as its versions.
    """
    for element in _elements(root):
        for text in _texts(element):
            reason = _expression(text)
            if reason:
                return reason
        reason = _files(element)
        if reason:
            return reason
    return None


def _elements(root: QDomElement) -> Iterator[QDomElement]:
    waiting = [root]
    while waiting:
        element = waiting.pop()
        yield element
        child = element.firstChildElement()
        while not child.isNull():
            waiting.append(child)
            child = child.nextSiblingElement()


def _texts(element: QDomElement) -> Iterator[str]:
    held = element.attributes()
    for rank in range(held.length()):
        yield held.item(rank).nodeValue()
    if element.firstChildElement().isNull():
        yield element.text()


def _expression(text: str) -> Words | None:
    if "(" not in text and "@" not in text and "$" not in text:
        return None  # a constant or a field: it calls nothing
    expression = QgsExpression(text)
    if expression.hasParserError():
        return None  # QGIS evaluates no such thing
    functions = expression.referencedFunctions()
    for name in sorted(functions):
        if name in _FUNCTIONS or name not in QgsExpression.BuiltinFunctions():
            return Words("one of its expressions calls {function}()", function=name)
    of_machine = QgsExpressionContextUtils.globalScope().variableNames()
    for name in sorted(expression.referencedVariables()):
        if not name:
            return Words("one of its expressions calls {function}()", function="var")
        if name.startswith(_VARIABLES) or name in of_machine:
            return Words("one of its expressions reads @{variable}", variable=name)
    overlays = sorted(name for name in functions if name.startswith("overlay_"))
    if overlays:
        told = expression.dump()
        own = len(_OVERLAY.findall(told)) == len(_OWN_OVERLAY.findall(told))
        if not own or "with_variable" in functions:  # which may give another layer that name
            return Words(
                "one of its expressions calls {function}() on another layer", function=overlays[0]
            )
    return None


def _files(element: QDomElement) -> Words | None:
    """The files that ``element`` itself names."""
    key = element.attribute("name") or element.attribute("k")
    value = element.attribute("value") or element.attribute("v")
    drawing = _symbol_layer(element) in _DRAWINGS
    is_set = element.attribute("type") == "Map" and not element.firstChildElement().isNull()
    if is_set and (key.lower() in _SET_FILES or (key == "name" and drawing)):
        return Words("an expression chooses its drawings")
    named = [value] if key.lower() in _FILES or (key == "name" and drawing) else []
    held = element.attributes()
    for rank in range(held.length()):
        if held.item(rank).nodeName().lower() in _FILES:
            named.append(held.item(rank).nodeValue())
    outside = next((name for name in named if not _is_own(name)), None)
    if outside is None:
        return None
    short = outside if len(outside) <= 60 else f"{outside[:60]}…"
    return Words("it shows a file that is not in it: {name}", name=short)


def _symbol_layer(element: QDomElement) -> str:
    """The kind of the symbol layer around ``element``."""
    while not element.isNull() and element.tagName() != "layer":
        element = element.parentNode().toElement()
    return element.attribute("class")


def _is_own(name: str) -> bool:
    """Whether a drawing is held by the style, or is one of QGIS's own."""
    if not name:
        return True
    if name.startswith(_EMBEDDED):
        return _is_plain(name[len(_EMBEDDED) :])
    if name.startswith(("/", "\\", "~")) or ".." in name or ":" in name:
        return False
    library = Path(QgsApplication.pkgDataPath()) / "svg"
    found = QgsSymbolLayerUtils.svgSymbolNameToPath(name, QgsPathResolver())
    return bool(found) and library.resolve() in Path(found).resolve().parents


def _is_plain(embedded: str) -> bool:
    """Whether an embedded picture fetches nothing."""
    try:
        content = base64.b64decode(embedded)
        if b"<svg" in content.lower():
            check_svg("", content)
    except (binascii.Error, ValueError, CoodiagError):
        return False
    return True
