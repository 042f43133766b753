"""A ready model in the toolbox: read from its file, told in the language of QGIS."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    Qgis,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsXmlUtils,
)
from qgis.PyQt.QtXml import QDomDocument

from ...coodiag_plugin.qgis_bridge.help_pages import help_url
from ...coodiag_plugin.qgis_bridge.translation import tr

FOLDER = Path(__file__).resolve().parent
#: Names of the files and ids of the models, in the order of the toolbox.
MODELS = ("locate_catchment_coverage", "territory_indicators_style", "structures_diagnosis")
GROUP_ID = "models"
#: Entries of the help that are no texts to translate.
_NOT_TOLD = ("ALG_CREATOR", "ALG_VERSION", "HELP_CREATOR")
_ASKED = Qgis.ProcessingModelChildParameterSource.ModelParameter


class CoodiagModel(QgsProcessingModelAlgorithm):
    """The model of ``<name>.model3``.

    QGIS makes ids out of the texts of a model: its own from its name, that of an output from its
    description. Those stay in English whatever the language, so that command lines and batch files
    hold; what is shown is translated.
    """

    def __init__(self, name: str, document: dict[str, Any] | None = None) -> None:
        super().__init__()
        self._name = name
        self._document = read_model(name) if document is None else document
        if not self.loadVariant(_named_in_words(self._document)):
            raise ValueError(f"{name}.model3 is not a model")
        self._tell()

    def createInstance(self) -> CoodiagModel:
        return CoodiagModel(self._name, self._document)

    def name(self) -> str:
        return self._name

    def displayName(self) -> str:
        return tr(super().displayName())

    def group(self) -> str:
        return tr(super().group())

    def groupId(self) -> str:
        return GROUP_ID

    def helpUrl(self) -> str:
        return help_url(f"models.md#{self._name}")

    def _tell(self) -> None:
        """Put labels and helps in the language of QGIS."""
        told = {
            key: text if key in _NOT_TOLD else tr(text) for key, text in self.helpContent().items()
        }
        self.setHelpContent(told)
        self.setOutputGroup(self.displayName())
        for step in self._document["children"]:
            self._take_defaults(self.childAlgorithm(step))
        for parameter in self.parameterDefinitions():
            parameter.setDescription(tr(parameter.description()))
            parameter.setHelp(tr(parameter.help()))
        for output in self.outputDefinitions():
            output.setDescription(tr(output.description()))

    def _take_defaults(self, step: QgsProcessingModelChildAlgorithm) -> None:
        """The defaults of the algorithms, which follow the options of QGIS, in place of the file's."""
        algorithm = step.algorithm()
        for name, sources in step.parameterSources().items():
            for source in sources:
                if source.source() == _ASKED:
                    own = algorithm.parameterDefinition(name)
                    asked = self.parameterDefinition(source.parameterName())
                    asked.setDefaultValue(own.defaultValue())


def read_model(name: str) -> dict[str, Any]:
    """What is in the file of a model. Raises :class:`ValueError` when QGIS cannot read it."""
    file = QDomDocument()
    file.setContent((FOLDER / f"{name}.model3").read_text(encoding="utf-8"))
    document = QgsXmlUtils.readVariant(file.firstChildElement())
    if not isinstance(document, dict):
        raise ValueError(f"{name}.model3 is not a model")
    return document


def _named_in_words(document: dict[str, Any]) -> dict[str, Any]:
    """The document with its steps and outputs named in the language of QGIS, which names layers
    after the outputs."""
    steps = {}
    for step, content in document["children"].items():
        outputs = {
            tr(name): {**output, "name": tr(name)}
            for name, output in (content["outputs"] or {}).items()
        }
        told = tr(content["component_description"])
        steps[step] = {**content, "outputs": outputs, "component_description": told}
    return {**document, "children": steps}
