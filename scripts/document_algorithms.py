"""Text of ``docs/algorithms.md`` and ``docs/algorithmes.md``: the algorithms in both languages.

Written by ``scripts/document.py`` from the classes, in French through the compiled translation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import alias

alias.load()
from coodiag.processing_algorithms.provider import ALGORITHMS, CoodiagProvider  # noqa: E402
from qgis.core import (  # noqa: E402
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingParameterDefinition,
)
from qgis.PyQt.QtCore import QCoreApplication, QTranslator  # noqa: E402


@dataclass(frozen=True)
class Language:
    """The words of the reference that do not come from the classes."""

    code: str
    file: str
    head: str
    types: dict[str, str]  # what a parameter takes or makes, by QGIS type
    shapes: dict[Any, str]
    parameters: str
    outputs: str
    yes: str
    no: str
    either: str
    group: str
    needs: str
    field: str
    folder: str
    of: str


_TYPE = QgsProcessing.SourceType
ENGLISH = Language(
    "en",
    "algorithms.md",
    """# Reference of the algorithms

Written by `scripts/document.py` from the classes: change them, not this file. Ids, names of
parameters and of outputs are final once released. ° marks an optional parameter, ▸ an advanced one.
In QGIS the same texts stand in the dialogs. [En français](algorithmes.md).
""",
    {
        "authcfg": "authentication",
        "boolean": "yes or no",
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
    },
    {
        _TYPE.TypeVectorPoint: "points",
        _TYPE.TypeVectorLine: "lines",
        _TYPE.TypeVectorPolygon: "polygons",
        _TYPE.TypeVectorAnyGeometry: "points, lines or polygons",
        _TYPE.TypeVector: "rows, with or without geometry",
    },
    "| parameter | label | takes | default | help |",
    "| output | label | gives |",
    "yes",
    "no",
    "or",
    "Group: {group}.",
    " Needs {packages}.",
    "field of {parent}",
    "folder",
    "{kind} of {shapes}",
)
FRENCH = Language(
    "fr",
    "algorithmes.md",
    """# Référence des traitements

Écrite par `scripts/document.py` depuis les classes et leur traduction : ce sont elles qu’il faut changer, pas ce
fichier. Les identifiants, les noms des paramètres et des sorties ne changeront plus. ° marque un paramètre
facultatif, ▸ un paramètre avancé. Les mêmes textes sont dans les fenêtres de QGIS. [In English](algorithms.md).
""",
    {
        "authcfg": "authentification",
        "boolean": "oui ou non",
        "field": "champ",
        "file": "fichier",
        "fileDestination": "fichier à écrire",
        "folderDestination": "dossier à écrire",
        "number": "nombre",
        "sink": "couche à écrire",
        "source": "couche",
        "string": "texte",
        "vector": "couche",
        "outputFile": "fichier",
        "outputFolder": "dossier",
        "outputNumber": "nombre",
        "outputString": "texte",
        "outputVector": "couche",
    },
    {
        _TYPE.TypeVectorPoint: "points",
        _TYPE.TypeVectorLine: "lignes",
        _TYPE.TypeVectorPolygon: "polygones",
        _TYPE.TypeVectorAnyGeometry: "points, lignes ou polygones",
        _TYPE.TypeVector: "lignes de table, avec ou sans géométrie",
    },
    "| paramètre | libellé | prend | par défaut | aide |",
    "| sortie | libellé | donne |",
    "oui",
    "non",
    "ou",
    "Groupe : {group}.",
    " Demande {packages}.",
    "champ de {parent}",
    "dossier",
    "{kind} de {shapes}",
)
LANGUAGES = (ENGLISH, FRENCH)


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Within it the texts of the classes are in ``language``, whatever was installed before."""
    translator = QTranslator()
    path = alias.ROOT / "i18n" / f"coodiag_{language.code}.qm"
    if language is not ENGLISH and not translator.load(str(path)):
        raise FileNotFoundError(path)
    if language is not ENGLISH:
        QCoreApplication.installTranslator(translator)
    try:
        yield
    finally:
        QCoreApplication.removeTranslator(translator)


def reference(language: Language) -> str:
    """The whole document; call it without a translator installed."""
    with speaking(language):
        found = _algorithms()
        contents = [
            f"- [`{item.name()}`](#{item.name()}) {item.displayName()} ({item.group()})"
            for item in found
        ]
        lines = [language.head, *contents, ""]
        for algorithm in found:
            lines += _page(algorithm, language)
    return "\n".join(lines).rstrip() + "\n"


def _algorithms() -> list[QgsProcessingAlgorithm]:
    """The algorithms in the order in which a diagnosis uses them."""
    provider = CoodiagProvider()
    provider.refreshAlgorithms()
    named = {item.name(): item.create() for item in provider.algorithms()}
    return [named[name] for name, _ in ALGORITHMS]


def _page(algorithm: QgsProcessingAlgorithm, language: Language) -> Iterator[str]:
    """The lines of one algorithm, under an anchor that its help in QGIS opens."""
    yield f'<a id="{algorithm.name()}"></a>'
    yield ""
    yield f"## {algorithm.displayName()} – `coodiag:{algorithm.name()}`"
    yield ""
    packages = ", ".join(algorithm.PACKAGES)
    needs = language.needs.format(packages=packages) if packages else ""
    yield language.group.format(group=algorithm.group()) + needs
    yield ""
    yield _prose(algorithm.shortHelpString())
    yield ""
    yield language.parameters
    yield "|---|---|---|---|---|"
    for parameter in algorithm.parameterDefinitions():
        cells = (
            f"`{parameter.name()}` {_marks(parameter)}".strip(),
            parameter.description(),
            _kind(parameter, language),
            _default(parameter, language),
            parameter.help(),
        )
        yield "| " + " | ".join(_cell(text) for text in cells) + " |"
    yield ""
    yield language.outputs
    yield "|---|---|---|"
    for output in algorithm.outputDefinitions():
        gives = language.types[output.type()]
        yield f"| `{output.name()}` | {_cell(output.description())} | {gives} |"
    yield ""


def _prose(html: str) -> str:
    """The HTML of a help text as Markdown paragraphs."""
    text = re.sub(r"</?i>", "*", html.replace("_", r"\_"))
    return "\n\n".join(part for part in re.split(r"</?p>", text) if part.strip())


def _cell(text: str) -> str:
    return text.replace("|", r"\|").replace("\n", " ")


def _kind(parameter: QgsProcessingParameterDefinition, language: Language) -> str:
    """What a parameter takes: its type, the shapes it accepts, the words of a choice."""
    name = parameter.type()
    if name == "enum":
        return ", ".join(f"`{word}`" for word in parameter.options())
    if name == "file" and parameter.behavior() == type(parameter).Behavior.Folder:
        return language.folder
    if name == "field":
        return language.field.format(parent=parameter.parentLayerParameterName())
    if name in ("source", "vector", "sink"):
        types = [parameter.dataType()] if name == "sink" else parameter.dataTypes()
        shapes = [language.shapes[QgsProcessing.SourceType(item)] for item in types]
        if shapes:
            said = f" {language.either} ".join(shapes)
            return language.of.format(kind=language.types[name], shapes=said)
    return language.types[name]


def _default(parameter: QgsProcessingParameterDefinition, language: Language) -> str:
    value: Any = parameter.defaultValue()
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return language.yes if value else language.no
    return f"`{value:g}`" if isinstance(value, float) else f"`{value}`"


def _marks(parameter: QgsProcessingParameterDefinition) -> str:
    flag = QgsProcessingParameterDefinition.Flag
    optional = "°" if parameter.flags() & flag.FlagOptional else ""
    return optional + ("▸" if parameter.flags() & flag.FlagAdvanced else "")
