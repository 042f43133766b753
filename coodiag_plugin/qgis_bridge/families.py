"""The look of layers, read from ``.qml`` files: the plugin's ``styles/``, or the house's own.

A *base* family is a whole style, put on a layer as it is. A *template* family is a style whose
rules are the roles of symbols (« classe », « hachure »…; a single symbol is the first one): the
engine clones the symbol of a role and gives it the colour of each class. Lock a symbol layer in QGIS, and it keeps its own colour.

A file is parsed once, checked once, and kept as long as it does not change.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from qgis.core import (
    QgsAbstractVectorLayerLabeling,
    QgsFeatureRenderer,
    QgsMapLayer,
    QgsPalLayerSettings,
    QgsProperty,
    QgsReadWriteContext,
    QgsRuleBasedRenderer,
    QgsSingleSymbolRenderer,
    QgsSymbol,
    QgsVectorLayer,
)
from qgis.PyQt.QtXml import QDomDocument, QDomElement

from ..core.errors import InputError
from ..core.house import DEFAULT, House, current
from ..core.style_families import Family, families
from ..core.words import N_, Words
from .layouts.fonts import load_fonts
from .style_reach import out_of_reach

#: Variable of a layout: how much larger than on A4 the names of its maps are (1 in a window).
TYPE_SCALE = "coodiag_corps"
#: How ``.qml`` files write what a style is made for, and their words for a refusal.
_GEOMETRIES = {"point": 0, "line": 1, "polygon": 2}
_WORDS = {"point": N_("points"), "line": N_("lines"), "polygon": N_("polygons")}
_BLENDS = ("blendMode", "featureBlendMode")
#: What a style holds: symbols, names, scales. Forms and columns would take ten times their room.
CATEGORIES = (
    QgsMapLayer.StyleCategory.Symbology
    | QgsMapLayer.StyleCategory.Labeling
    | QgsMapLayer.StyleCategory.Rendering
)


def put(layer: QgsVectorLayer, family: str) -> None:
    """Dress ``layer`` in a base family; names whose field the layer has not are not written."""
    done, message = layer.importNamedStyle(_document(family), CATEGORIES)
    if not done:
        raise _refusal(_path(family), Words("QGIS says: {reason}", reason=message))
    labeling = layer.labeling()
    if labeling is None or not layer.labelsEnabled():
        layer.setLabelsEnabled(False)
        return
    names = layer.fields().names()
    for provider in labeling.subProviders():
        settings = QgsPalLayerSettings(labeling.settings(provider))
        if not settings.isExpression and settings.fieldName not in names:
            layer.setLabelsEnabled(False)
            return
        on_paper(settings)
        labeling.setSettings(settings, provider)


def renderer(family: str) -> QgsFeatureRenderer:
    """The renderer of a family, to be filled."""
    root = _document(family).documentElement()
    return QgsFeatureRenderer.load(root.firstChildElement("renderer-v2"), QgsReadWriteContext())


def symbol(family: str, role: str = "classe") -> QgsSymbol:
    """A copy of the symbol that plays ``role`` in a template family."""
    made = renderer(family)  # it owns its symbols
    return _roles(made, families()[family])[role].clone()


def labels(family: str) -> QgsPalLayerSettings:
    """The settings of the names of a template family."""
    element = _document(family).documentElement().firstChildElement("labeling")
    labeling = QgsAbstractVectorLayerLabeling.create(element, QgsReadWriteContext())
    return QgsPalLayerSettings(labeling.settings())


def on_paper(settings: QgsPalLayerSettings) -> None:
    """Let names grow with the paper: larger where a page is read from farther away."""
    properties, key = settings.dataDefinedProperties(), QgsPalLayerSettings.Property.Size
    if properties.isActive(key):
        size = properties.property(key).asExpression()
        if f"@{TYPE_SCALE}" in size:
            return
    else:
        size = f"{settings.format().size():g}"
    grown = f"({size}) * coalesce(@{TYPE_SCALE}, 1)"
    properties.setProperty(key, QgsProperty.fromExpression(grown))
    settings.setDataDefinedProperties(properties)


def check(house: House) -> None:
    """Read every style of the house; raises :class:`InputError` on the first that cannot be used."""
    for family in families():
        path = house.style(family)
        if path is not None:
            _read(path, path.stat().st_mtime_ns, family, house.family)


def _path(family: str) -> Path:
    return current().style(family) or families()[family].path


def _document(family: str) -> QDomDocument:
    load_fonts()
    path = _path(family)
    return _read(path, path.stat().st_mtime_ns, family, current().family)


@lru_cache(maxsize=128)
def _read(path: Path, changed: int, family: str, type_family: str) -> QDomDocument:
    """The style in ``path``, checked, its texts in the type of the house.

    ``changed`` (ns) is part of the key: a file that is edited is read again.
    """
    document = QDomDocument()
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refusal(path, Words("it is not written in UTF-8")) from error
    good, message, line, _ = document.setContent(text, False)
    if not good:
        raise _refusal(path, Words("line {line}: {reason}", line=line, reason=message))
    root = document.documentElement()
    what = families()[family]
    # first: QGIS fetches the drawings of a symbol as soon as it reads it
    reason = out_of_reach(root) if path != what.path else None
    if reason:
        raise _refusal(path, reason)
    _check_root(path, root, what)
    if what.kind == "template":
        _check_roles(path, root, what)
    if type_family != DEFAULT.family:
        _set_in_type(root, type_family)
    return document


def _check_root(path: Path, root: QDomElement, family: Family) -> None:
    if root.tagName() != "qgis" or root.firstChildElement("renderer-v2").isNull():
        raise _refusal(path, Words("it is not a style of a vector layer that QGIS saved"))
    drawn = root.firstChildElement("layerGeometryType").text()
    if drawn != str(_GEOMETRIES[family.geometry]):
        raise _refusal(
            path, Words("it was saved from a layer without {kind}", kind=Words(_WORDS[family.geometry]))
        )  # fmt: skip
    for name in _BLENDS:
        if root.firstChildElement(name).text() not in ("", "0"):
            raise _refusal(path, Words("it has a blend mode, which does not print well"))
    made = QgsFeatureRenderer.load(root.firstChildElement("renderer-v2"), QgsReadWriteContext())
    if made is None:
        raise _refusal(path, Words("QGIS cannot read its symbols"))


def _check_roles(path: Path, root: QDomElement, family: Family) -> None:
    """The symbols that the engine looks for are there, and the names where there should be."""
    made = QgsFeatureRenderer.load(root.firstChildElement("renderer-v2"), QgsReadWriteContext())
    held = _roles(made, family)
    for role in family.symbols:
        if held.get(role) is None:
            raise _refusal(
                path, Words("its rules must keep their labels: “{role}” is missing", role=role)
            )
    labeling = root.firstChildElement("labeling")
    if family.labelled and labeling.attribute("type") != "simple":
        raise _refusal(path, Words("its labels are not “single labels”"))


def _roles(made: QgsFeatureRenderer, family: Family) -> dict[str, QgsSymbol]:
    """Symbol of each role: the label of its rule; a single symbol plays the first role."""
    inner = made.embeddedRenderer() if made.type() == "pointDisplacement" else made
    if isinstance(inner, QgsSingleSymbolRenderer):
        return {family.symbols[0]: inner.symbol()}
    if not isinstance(inner, QgsRuleBasedRenderer):
        return {}
    return {rule.label(): rule.symbol() for rule in inner.rootRule().children()}


def _set_in_type(root: QDomElement, family: str) -> None:
    """Put the texts that are in the shipped type in that of the house."""
    styles = root.elementsByTagName("text-style")
    for rank in range(styles.length()):
        text = styles.at(rank).toElement()
        if text.attribute("fontFamily") == DEFAULT.family:
            text.setAttribute("fontFamily", family)
            text.removeAttribute("namedStyle")


def _refusal(path: Path, reason: Words) -> InputError:
    return InputError(
        "The style {file} cannot be used: {reason}. Save it again from QGIS, starting from the file of that name in the folder styles of the plugin.",
        file=path.name,
        reason=reason,
    )
