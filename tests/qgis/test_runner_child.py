"""The folder that a run in another process is given: profile, environment, layers; no secret."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.errors import SourceError
from coodiag.coodiag_plugin.core.version import ROOT
from coodiag.coodiag_plugin.qgis_bridge.network import (
    HANDED,
    PROXY_LOGIN,
    proxies,
    service_keys,
)
from coodiag.coodiag_plugin.qgis_bridge.relay import ALIVE, VARIABLE
from coodiag.coodiag_plugin.qgis_bridge.running import child
from coodiag.tests.qgis.conftest import stored
from qgis.core import (
    QgsApplication,
    QgsFeature,
    QgsGeometry,
    QgsNetworkAccessManager,
    QgsProject,
    QgsSettings,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSettings
from qgis.PyQt.QtNetwork import QSslCertificate


@pytest.fixture(autouse=True)
def no_keys() -> Iterator[None]:
    """No key that another test chose: runs that ask services would read it."""
    QgsSettings().remove("coodiag/keys")
    yield
    QgsSettings().remove("coodiag/keys")


@pytest.fixture
def folder(qgis_app: QgsApplication) -> Any:
    made = child.ChildFolder()
    yield made
    made.remove()


@pytest.fixture
def proxy(qgis_app: QgsApplication) -> Iterator[Callable[..., None]]:
    """Sets the proxy of QGIS."""
    mine = QgsSettings()
    ordinary = {
        "proxyEnabled": True,
        "proxyType": "HttpProxy",
        "proxyHost": "proxy.example",
        "proxyPort": "3128",
    }

    def put(**changes: Any) -> None:
        mine.remove("proxy")
        for name, value in {**ordinary, **changes}.items():
            mine.setValue(f"proxy/{name}", value)
        QgsNetworkAccessManager.instance().setupDefaultProxyAndCache()

    yield put
    mine.remove("proxy")
    QgsNetworkAccessManager.instance().setupDefaultProxyAndCache()


def written(folder: child.ChildFolder, words: bytes) -> bool:
    """Whether a file of the run holds some words."""
    files = [path for path in folder.path.rglob("*") if path.is_file()]
    assert files
    return any(words in path.read_bytes() for path in files)


def test_the_profile_of_the_child(
    folder: child.ChildFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = QgsSettings()
    mine.setValue("coodiag/paper", "A3")
    mine.setValue("somebody/else", "private")
    try:
        environment = folder.environment({"SOURCE": "folder"})
    finally:
        mine.remove("coodiag/paper")
        mine.remove("somebody/else")
    (path,) = (folder.path / "profile").rglob("*.ini")
    child_settings = QSettings(str(path), QSettings.Format.IniFormat)
    assert child_settings.value("coodiag/paper") == "A3"
    assert not child_settings.contains("somebody/else")
    assert Path(environment.value("QGIS_PLUGINPATH"), ROOT.name, "metadata.txt").is_file()
    assert environment.value(VARIABLE) == str(folder.path)
    assert folder.path.stat().st_mode & 0o077 == 0


def test_keys_are_handed_over_in_the_environment_alone(
    authentication: Any, folder: child.ChildFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = stored(authentication, "APIHeader", {"X-INSEE-Api-Key-Integration": "k-12345-secret"})
    environment = folder.environment({"SOURCE": "online", "AUTHCFG": config})
    assert environment.value(HANDED + "SIRENE") == "k-12345-secret"
    assert not written(folder, b"k-12345")
    monkeypatch.setenv(HANDED + "SIRENE", "k-12345-secret")
    assert service_keys()["sirene"] == "k-12345-secret"


def test_a_key_that_cannot_be_read_refuses_the_run(
    authentication: Any, folder: child.ChildFolder
) -> None:
    with pytest.raises(SourceError, match="zzzzzzz"):
        folder.environment({"SOURCE": "online", "AUTHCFG": "zzzzzzz"})


def test_no_key_is_asked_for_a_run_without_network(folder: child.ChildFolder) -> None:
    environment = folder.environment({"SOURCE": "folder", "AUTHCFG": "zzzzzzz"})
    assert not [name for name in environment.keys() if name.startswith(HANDED)]  # noqa: SIM118


def test_the_login_of_the_proxy_is_handed_in_the_environment_alone(
    authentication: Any, folder: child.ChildFolder, proxy: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = stored(authentication, "Basic", {"username": "marie@org", "password": "w0rd-invented"})
    proxy(authcfg=config)
    environment = folder.environment({"SOURCE": "online"})
    assert not written(folder, b"w0rd-invented") and not written(folder, config.encode())
    assert written(folder, b"proxy.example")
    proxy()  # as in the child, which has no authentication database
    assert proxies([])["https"] == "http://proxy.example:3128"
    monkeypatch.setenv(PROXY_LOGIN, environment.value(PROXY_LOGIN))
    assert proxies([])["https"] == "http://marie%40org:w0rd-invented@proxy.example:3128"
    proxy(proxyHost="other.example")
    assert proxies([])["https"] == "http://other.example:3128", "for that proxy alone"


def test_a_login_kept_in_the_settings_is_not_written_again(
    folder: child.ChildFolder, proxy: Any
) -> None:
    proxy(proxyUser="marie", proxyPassword="w0rd-invented")
    environment = folder.environment({"SOURCE": "folder", "SERVICE": "geoplateforme"})
    told = json.loads(environment.value(PROXY_LOGIN))
    assert told == ["proxy.example", 3128, "marie", "w0rd-invented"]
    assert not written(folder, b"w0rd-invented") and not written(folder, b"marie")


def test_a_login_of_the_proxy_that_cannot_be_read_refuses_the_run(
    authentication: Any, folder: child.ChildFolder, proxy: Any
) -> None:
    proxy(authcfg="zzzzzzz")
    with pytest.raises(SourceError, match=r"zzzzzzz.*master password.*Options → Network"):
        folder.environment({"SOURCE": "online"})


def test_a_run_that_asks_nobody_needs_no_login(folder: child.ChildFolder, proxy: Any) -> None:
    proxy(authcfg="zzzzzzz")
    environment = folder.environment({"SOURCE": "folder", "SERVICE": "offline"})
    assert not environment.contains(PROXY_LOGIN)


def test_the_authorities_that_the_user_added_are_trusted_by_the_child(
    authentication: Any, folder: child.ChildFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REQUESTS_CA_BUNDLE", raising=False)
    key, own = tmp_path / "key.pem", tmp_path / "own.pem"
    asked = "req -x509 -nodes -newkey rsa:2048 -days 2 -subj /CN=Invented"
    command = ["openssl", *asked.split(), "-keyout", str(key), "-out", str(own)]
    subprocess.run(command, check=True, capture_output=True)
    (certificate,) = QSslCertificate.fromPath(str(own))
    assert authentication.storeCertAuthority(certificate)
    try:
        assert authentication.initSslCaches()
        environment = folder.environment({"SOURCE": "online"})
    finally:
        authentication.removeCertAuthority(certificate)
        authentication.initSslCaches()
    trusted = Path(environment.value("REQUESTS_CA_BUNDLE"))
    assert trusted.parent == folder.path
    assert certificate in QSslCertificate.fromPath(str(trusted))


def test_layers_of_the_project_become_files(folder: child.ChildFolder) -> None:
    layer = QgsVectorLayer("Polygon?crs=EPSG:2154&field=nom:string", "own area", "memory")
    feature = QgsFeature(layer.fields())
    feature.setGeometry(QgsGeometry.fromWkt("POLYGON((0 0,9 0,9 9,0 0))"))
    feature.setAttributes(["é"])
    assert layer.dataProvider().addFeatures([feature])[0]
    QgsProject.instance().addMapLayer(layer)
    try:
        given = folder.parameters({"AREA": layer.id(), "MIN_COUNT": 5})
    finally:
        QgsProject.instance().removeMapLayer(layer.id())
    assert given["MIN_COUNT"] == 5
    read = QgsVectorLayer(given["AREA"], "read")
    assert read.isValid() and read.crs().authid() == "EPSG:2154"
    assert [item["nom"] for item in read.getFeatures()] == ["é"]
    assert Path(given["AREA"]).parent == folder.path


def test_what_a_killed_qgis_left_is_swept(folder: child.ChildFolder) -> None:
    left = folder.path.parent / "run-left"
    left.mkdir()
    code = (
        "import os, sys\nfrom qgis.PyQt.QtCore import QLockFile\n"
        "lock = QLockFile(sys.argv[1]); assert lock.tryLock(0); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", code, str(left / ALIVE)], check=True)
    assert (left / ALIVE).exists()
    again = child.ChildFolder()
    try:
        assert not left.exists() and folder.path.exists(), "one at work is left alone"
    finally:
        again.remove()
