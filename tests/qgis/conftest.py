"""The plugin loaded as QGIS loads it, and one whole run on the demonstration for all the tests."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.version import ROOT
from coodiag.coodiag_plugin.demo.generate import DemoPaths
from coodiag.coodiag_plugin.plugin import CoodiagPlugin
from coodiag.coodiag_plugin.qgis_bridge.pipeline import printing
from coodiag.coodiag_plugin.qgis_bridge.review import dossier_session
from coodiag.processing_algorithms.parameters import FORMATS
from coodiag.tests.qgis.review_windows import opened
from coodiag.tests.qgis.waiting import settle
from coodiag.ui.review import ReviewWindow
from qgis.core import (
    QgsApplication,
    QgsAuthManager,
    QgsAuthMethodConfig,
    QgsNetworkAccessManager,
    QgsPrintLayout,
    QgsProcessingFeedback,
    QgsProcessingProvider,
    QgsSettings,
)
from qgis.PyQt.QtCore import QCoreApplication, QTranslator

DAY = "2026-03-31"


class Heard(QgsProcessingFeedback):
    """A feedback that keeps what was said, and cancels at the first sentence with ``until``."""

    def __init__(self, until: str = "") -> None:
        super().__init__(False)
        self.said: list[str] = []
        self.steps: list[float] = []
        self._until = until
        self.progressChanged.connect(self.steps.append)

    def _hear(self, text: str) -> None:
        self.said.append(text)
        if self._until and self._until in text:
            self.cancel()

    def pushInfo(self, info: str | None) -> None:
        self._hear(info or "")

    def pushWarning(self, warning: str | None) -> None:
        self._hear(warning or "")


@pytest.fixture(scope="session")
def provider(qgis_app: QgsApplication, qgis_processing: None) -> Iterator[QgsProcessingProvider]:
    """The provider of the plugin in the registry, as QGIS adds it.

    In English, whatever the language of the machine: the tests read source strings.
    """
    plugin = CoodiagPlugin(None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(CoodiagPlugin, "_load_translation", lambda self: None)
        plugin.initProcessing()
    assert plugin.provider is not None
    yield plugin.provider
    plugin.unload()


@pytest.fixture(scope="session")
def shared_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Fixtures of the session come before the one of :mod:`tests.conftest`: same cache."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COODIAG_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))
        yield


@pytest.fixture(scope="session")
def authentication(qgis_app: QgsApplication) -> QgsAuthManager:
    """The authentication database of QGIS, opened; the test skips where there is none."""
    manager = QgsApplication.authManager()
    if not manager.masterPasswordIsSet() and not manager.setMasterPassword("for the tests", True):
        pytest.skip("the authentication database of this QGIS cannot be opened")
    return manager


@pytest.fixture(scope="module", autouse=True)
def no_key_of_another_module(qgis_app: Any) -> None:
    """No key that an earlier module chose: what asks services would read it."""
    QgsSettings().remove("coodiag/keys")


def stored(manager: QgsAuthManager, method: str, values: dict[str, str]) -> str:
    """Id of a new authentication configuration."""
    config = QgsAuthMethodConfig(method)
    config.setName("test")
    for name, value in values.items():
        config.setConfig(name, value)
    assert manager.storeAuthenticationConfig(config)
    return str(config.id())


def inputs(demo: DemoPaths, output: Path, **changes: Any) -> dict[str, Any]:
    """Parameters of ``coodiag:diagnostic`` on the demonstration; the atlas and the workbook alone,
    unless ``FORMATS`` says more."""
    return {
        "TERRITORY": demo.territory,
        "STRUCTURE": "Association Exemple (fictive)",
        "SITES": str(demo.sites),
        "CLIENTS": str(demo.clients),
        "BENEFICIARIES": str(demo.beneficiaries),
        "DATA_FOLDER": str(demo.data_folder),
        "DATE": DAY,
        "DPI": 96,
        "FORMATS": ["xlsx"],
        "OUTPUT_FOLDER": str(output),
        **changes,
    }


@dataclass
class DemoRun:
    """A finished run: what it gave, what it said, and what it asked of the network."""

    dossier: Path
    demo: DemoPaths
    results: dict[str, Any]
    said: list[str]
    steps: list[float]
    sockets: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def demo_run(
    provider: QgsProcessingProvider,
    demo: DemoPaths,
    shared_cache: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> DemoRun:
    """``coodiag:diagnostic`` on the demonstration, every socket of Python refused."""
    import processing

    output = tmp_path_factory.mktemp("run") / "dossier"
    sockets: list[str] = []
    requests: list[str] = []

    def refuse(*args: Any, **options: Any) -> None:
        sockets.append(f"{args}")
        raise AssertionError("a socket was opened during a run that is offline")

    manager = QgsNetworkAccessManager.instance()
    manager.requestAboutToBeCreated.connect(
        lambda asked: requests.append(asked.request().url().toString())
    )
    heard = Heard()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "socket", refuse)
        patch.setattr(socket, "create_connection", refuse)
        patch.setattr(socket, "getaddrinfo", refuse)
        asked = inputs(demo, output, FORMATS=list(FORMATS))
        results = processing.run("coodiag:diagnostic", asked, feedback=heard)
    return DemoRun(output, demo, results, heard.said, heard.steps, sockets, requests)


@contextmanager
def one_page() -> Iterator[None]:
    """Runs print the first page of their atlas alone: most of a run is printing, and what the
    services gave or an attacker learns is read from the tables."""
    whole = printing.export_series

    def first(layouts: Sequence[QgsPrintLayout], *arguments: Any, **options: Any) -> int:
        return whole(layouts[:1], *arguments, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(printing, "export_series", first)
        yield


@pytest.fixture
def dossier_copy(demo_run: DemoRun, tmp_path: Path) -> Path:
    """A copy of the finished dossier, for tests that change it."""
    return Path(shutil.copytree(demo_run.dossier, tmp_path / "copie"))


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The address index of the demonstration, without the corrections of other tests."""
    before = Path(os.environ["COODIAG_CACHE"])
    monkeypatch.setenv("COODIAG_CACHE", str(tmp_path / "cache"))
    (tmp_path / "cache").mkdir()
    if (before / "ban").is_dir():
        (tmp_path / "cache" / "ban").symlink_to(before / "ban")
    return tmp_path / "cache"


@pytest.fixture(params=["en", "fr"])
def language(request: Any, qgis_app: QgsApplication) -> Iterator[str]:
    translator = QTranslator()
    if request.param == "fr":
        assert translator.load(str(ROOT / "i18n" / "coodiag_fr.qm"))
        QCoreApplication.installTranslator(translator)
    yield request.param
    QCoreApplication.removeTranslator(translator)


@pytest.fixture
def window(demo_run: Any, cache: Path, language: str) -> Iterator[ReviewWindow]:
    shown = opened(dossier_session(demo_run.dossier))
    yield shown
    shown.close()
    settle()
