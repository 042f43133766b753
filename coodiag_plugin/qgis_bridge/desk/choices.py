"""The parameters of a diagnosis as its algorithm declares them, and what refuses their values."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsApplication,
    QgsProcessingAlgorithm,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterNumber,
    QgsVariantUtils,
)

from ...core.errors import CoodiagError, InputError
from ...core.house import load_house
from ...core.places import is_file, place
from ..algorithm import sentence
from ..dependencies import require
from ..families import check
from ..running import DIAGNOSTIC
from ..settings.registry import setting
from ..zone_parameters import percentages


class Choices:
    """Labels, helps, defaults and bounds of the parameters, in the language of QGIS."""

    @cached_property
    def _algorithm(self) -> QgsProcessingAlgorithm:
        found = QgsApplication.processingRegistry().createAlgorithmById(DIAGNOSTIC)
        if found is None:
            raise InputError(
                "The algorithms of Coodiag are not there: enable the plugin “Processing” of QGIS, then start QGIS again."
            )
        return found

    def refresh(self) -> None:
        """Read the defaults again: the settings of the user may have changed."""
        self.__dict__.pop("_algorithm", None)

    def _definition(self, name: str) -> QgsProcessingParameterDefinition:
        found = self._algorithm.parameterDefinition(name)
        if found is None:
            raise KeyError(name)
        return found

    def label(self, name: str) -> str:
        """Translated label of a parameter."""
        return str(self._definition(name).description())

    def hint(self, name: str) -> str:
        """Translated help of a parameter."""
        return str(self._definition(name).help())

    def default(self, name: str) -> Any:
        """Default of a parameter, settings of the user included; None when it has none."""
        found = self._definition(name).defaultValue()
        return None if QgsVariantUtils.isNull(found) else found

    def options(self, name: str) -> list[str]:
        """Values of a choice, as scripts write them."""
        definition = self._definition(name)
        assert isinstance(definition, QgsProcessingParameterEnum)
        return list(definition.options())

    @property
    def papers(self) -> dict[str, str]:
        """What is said of each value of PAPER (source strings)."""
        paper = setting("paper")
        return dict(zip(paper.options, paper.spoken))

    def bounds(self, name: str) -> tuple[int, int]:
        """Least and greatest value of a whole number."""
        definition = self._definition(name)
        assert isinstance(definition, QgsProcessingParameterNumber)
        return int(definition.minimum()), int(min(definition.maximum(), 2**31 - 1))

    def refusals(self, parameters: Mapping[str, Any]) -> dict[str, str]:
        """Translated sentences on the values that a run would refuse, by parameter: those of the
        options of step 4, checked without running anything."""
        found = {}
        for name, look in _LOOKS.items():
            value = parameters.get(name)
            if value:
                try:
                    look(str(value), name)
                except CoodiagError as error:
                    found[name] = sentence(error)
        return found

    @staticmethod
    def lacking() -> list[str]:
        """Translated sentences on the packages that this QGIS lacks, with the way to get them."""
        found = []
        for package in ("pandas", "scipy", "matplotlib", "jinja2", "requests"):
            try:
                require(package)
            except CoodiagError as error:
                found.append(sentence(error))
        return found


def _house(value: str, name: str) -> None:
    check(load_house(place(value)))


def _file(value: str, name: str) -> None:
    if not is_file(place(value)):
        raise InputError(
            "The file {file} does not exist. Check its name and folder.", file=Path(value).name
        )


def _thresholds(value: str, name: str) -> None:
    try:
        percentages(value, name)
    except InputError:  # which names a parameter: here stands the label of a field
        raise InputError(
            "Write ascending percentages above 0 and up to 100, separated by commas: 60,80,95."
        ) from None


_LOOKS = {
    "THRESHOLDS": _thresholds,
    "HOUSE_STYLE": _house,
    **dict.fromkeys(("SURVEY", "ACTORS", "ACTIONS", "WORDS"), _file),
}
