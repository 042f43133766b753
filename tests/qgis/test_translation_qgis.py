"""What the user reads in a French QGIS, and that nothing shown escapes the collection."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.errors import DependencyError, InputError
from coodiag.coodiag_plugin.core.profiles import parse_profile
from coodiag.coodiag_plugin.core.words import Words
from coodiag.coodiag_plugin.plugin import CoodiagPlugin
from coodiag.coodiag_plugin.qgis_bridge import dependencies
from coodiag.coodiag_plugin.qgis_bridge.algorithm import sentence
from coodiag.coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from coodiag.coodiag_plugin.qgis_bridge.translation import CONTEXT, tr
from coodiag.processing_algorithms.provider import ALGORITHMS, CoodiagProvider
from qgis.core import QgsProcessingAlgorithm, QgsProcessingContext, QgsProcessingFeedback
from qgis.PyQt.QtCore import QCoreApplication, QTranslator

ROOT = Path(__file__).resolve().parents[2]


def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("translate", ROOT / "scripts" / "translate.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


translate = tool()
MESSAGES: dict[str, str] = translate.known()


@pytest.fixture
def algorithms(qgis_app: Any, qgis_processing: Any) -> dict[str, QgsProcessingAlgorithm]:
    """The algorithms as they were declared in the language in force."""
    provider = CoodiagProvider()
    provider.refreshAlgorithms()
    # The provider owns its algorithms and goes with this function: copies stay.
    return {item.name(): item.create() for item in provider.algorithms()}


@pytest.fixture
def french(qgis_app: Any) -> Iterator[QTranslator]:
    translator = QTranslator()
    assert translator.load(str(translate.QM))
    QCoreApplication.installTranslator(translator)
    yield translator
    QCoreApplication.removeTranslator(translator)


def shown(algorithm: QgsProcessingAlgorithm) -> list[str]:
    """Every text of the dialog of an algorithm."""
    texts = [algorithm.displayName(), algorithm.group(), algorithm.shortHelpString()]
    for parameter in algorithm.parameterDefinitions():
        texts += [parameter.description(), parameter.help()]
    return texts + [output.description() for output in algorithm.outputDefinitions()]


def test_every_text_of_every_dialog_is_collected(
    algorithms: dict[str, QgsProcessingAlgorithm],
) -> None:
    assert len(algorithms) == len(ALGORITHMS)
    for name, algorithm in algorithms.items():
        missed = [text for text in shown(algorithm) if text not in MESSAGES]
        assert not missed, name


def test_every_parameter_has_a_help(algorithms: dict[str, QgsProcessingAlgorithm]) -> None:
    for name, algorithm in algorithms.items():
        silent = [item.name() for item in algorithm.parameterDefinitions() if not item.help()]
        assert not silent, name


def test_every_text_of_every_dialog_is_french(
    french: QTranslator, algorithms: dict[str, QgsProcessingAlgorithm]
) -> None:
    translations = set(MESSAGES.values())
    for name, algorithm in algorithms.items():
        assert [text for text in shown(algorithm) if text not in translations] == [], name
    diagnostic = algorithms["diagnostic"]
    assert diagnostic.displayName() == "Diagnostic complet"
    assert diagnostic.group() == "Diagnostic"
    assert diagnostic.parameterDefinition("CLIENTS").description() == "Clients"
    assert diagnostic.parameterDefinition("CLIENTS").help().startswith("Tableur des clients\u00a0:")
    assert algorithms["catchment"].displayName() == "Zones de chalandise"


def test_the_compiled_file_says_what_the_source_file_says(french: QTranslator) -> None:
    for source, translation in MESSAGES.items():
        assert QCoreApplication.translate(CONTEXT, source) == translation


def test_a_refusal_is_a_french_sentence(
    french: QTranslator, algorithms: dict[str, QgsProcessingAlgorithm], tmp_path: Path
) -> None:
    fits, reason = algorithms["diagnostic"].checkParameterValues(
        {
            "TERRITORY": "COM:99001",
            "STRUCTURE": "Association Exemple (fictive)",
            "DATA_FOLDER": str(tmp_path),
            "DATE": "demain",
            "HOUSE_STYLE": str(tmp_path / "absente"),
            "OUTPUT_FOLDER": str(tmp_path / "dossier"),
        },
        QgsProcessingContext(),
    )
    assert not fits
    assert reason == (
        "Le dossier de la charte graphique absente n’existe pas\u00a0: choisissez celui qui contient maison.json."
    )


def test_a_refusal_with_words_inside_is_french_through_and_through(french: QTranslator) -> None:
    with pytest.raises(InputError) as caught:
        parse_profile('{"id": "x", "title": "X"}', "mien.json")
    assert sentence(caught.value) == (
        "Le profil mien.json n’est pas utilisable\u00a0: ligne 1, dans chapters, il n’y a aucune page. "
        "Corrigez-le à cet endroit."
    )
    with pytest.raises(InputError) as caught:
        parse_profile('{"titre": "X"}', "mien.json")
    assert "dans le document, la clé «\u00a0titre\u00a0» est inconnue" in sentence(caught.value)


def test_a_missing_package_is_named_in_french(french: QTranslator) -> None:
    with pytest.raises(DependencyError) as caught:
        dependencies.require("paquet_inexistant")
    assert sentence(caught.value).startswith("Le paquet Python paquet_inexistant manque")


def test_progress_speaks_french(french: QTranslator) -> None:
    feedback = QgsProcessingFeedback(False)
    progress = FeedbackProgress(feedback)
    progress.say(
        "Roads read as {schema}.",
        schema=Words("OpenStreetMap (highway, oneway and maxspeed of each road)"),
    )
    progress.warn("The file {file} is empty.", file="vide.csv")
    assert "Routes lues comme OpenStreetMap (highway, oneway et maxspeed de chaque route)." in (
        feedback.textLog()
    )
    assert "Le fichier vide.csv est vide." in feedback.textLog()


@pytest.mark.parametrize(
    ("language", "shown"), [("fr_FR", "Diagnostic complet"), ("de", "Full diagnosis")]
)
def test_the_plugin_takes_the_language_of_qgis(
    qgis_app: Any, monkeypatch: pytest.MonkeyPatch, language: str, shown: str
) -> None:
    class Settings:
        def value(self, key: str, default: str) -> str:
            return language if key == "locale/userLocale" else default

    monkeypatch.setattr("coodiag.coodiag_plugin.plugin.QgsSettings", Settings)
    plugin = CoodiagPlugin(None)
    plugin._load_translation()
    try:
        assert tr("Full diagnosis") == shown
    finally:
        plugin.unload()
    assert tr("Full diagnosis") == "Full diagnosis"
