"""The HTTP room under QGIS: its proxies, its authorities, its keys, its cancel."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.errors import Cancelled, InputError, SourceError
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.core.version import version
from coodiag.coodiag_plugin.qgis_bridge import network
from coodiag.coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from coodiag.coodiag_plugin.qgis_bridge.settings.kept import keep
from coodiag.coodiag_plugin.sources.web.client import Request, ServiceError
from coodiag.tests.qgis.conftest import stored
from coodiag.tests.servers import faulty
from coodiag.tests.servers.faulty import FaultyServer, page
from qgis.core import (
    QgsApplication,
    QgsAuthManager,
    QgsNetworkAccessManager,
    QgsProcessingFeedback,
    QgsSettings,
)

ITEMS = Request.get("geo_api", "items", {"page": 1})
SECRET = "invented-key-0042"


@pytest.fixture(autouse=True)
def settings(
    qgis_app: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[QgsSettings]:
    monkeypatch.setenv("COODIAG_CACHE", str(tmp_path))
    monkeypatch.delenv("REQUESTS_CA_BUNDLE", raising=False)
    found = QgsSettings()
    yield found
    for name in ("proxy", "coodiag"):
        found.remove(name)
    QgsNetworkAccessManager.instance().setupDefaultProxyAndCache()


def set_proxy(settings: QgsSettings, **values: object) -> None:
    for name, value in values.items():
        settings.setValue(f"proxy/{name}", value)
    QgsNetworkAccessManager.instance().setupDefaultProxyAndCache()


def test_the_proxy_of_qgis_is_used_but_for_the_addresses_it_excludes(
    settings: QgsSettings,
) -> None:
    set_proxy(
        settings,
        proxyEnabled=True,
        proxyType="HttpProxy",
        proxyHost="proxy.example",
        proxyPort="3128",
        proxyUser="marie@org",
        proxyPassword="a:b",
        noProxyUrls=["https://api.insee.fr"],
    )
    found = network.network_settings().proxies
    assert found["https"] == found["http"] == "http://marie%40org:a%3Ab@proxy.example:3128"
    assert found["https://geo.api.gouv.fr"] == found["https"]
    assert found["https://api.insee.fr"] == ""


def test_a_socks_proxy_and_no_proxy(settings: QgsSettings) -> None:
    assert set(network.network_settings().proxies.values()) == {""}
    set_proxy(
        settings,
        proxyEnabled=True,
        proxyType="Socks5Proxy",
        proxyHost="s.example",
        proxyPort="1080",
    )
    assert network.network_settings().proxies["https"] == "socks5h://s.example:1080"


def test_the_settings_are_those_of_qgis(
    settings: QgsSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.setValue("coodiag/urls/valhalla", "http://127.0.0.1:9002")
    found = network.network_settings()
    assert found.user_agent.startswith(f"Coodiag/{version()} (+https://")
    assert found.read_timeout == QgsNetworkAccessManager.timeout() / 1000 > 0
    assert found.urls == {"valhalla": "http://127.0.0.1:9002"}
    assert found.verify is True or b"BEGIN CERTIFICATE" in Path(str(found.verify)).read_bytes()
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "company.pem")
    assert network.network_settings().verify == "company.pem"


@pytest.mark.parametrize(
    ("service", "method", "values"),
    [
        ("sirene", "APIHeader", {"X-INSEE-Api-Key-Integration": SECRET}),
        ("sirene", "Basic", {"username": "me", "password": SECRET}),
        ("data_inclusion", "APIHeader", {"Authorization": f"Bearer {SECRET}"}),
        ("data_inclusion", "EsriToken", {"token": SECRET}),
    ],
)
def test_a_key_is_read_from_the_authentication_database(
    authentication: QgsAuthManager, service: str, method: str, values: dict[str, str]
) -> None:
    authcfg = stored(authentication, method, values)
    keep(f"keys/{service}", authcfg)
    assert network.service_keys() == {service: SECRET}
    kept = QgsSettings()
    assert all(SECRET not in str(kept.value(name)) for name in kept.allKeys())
    keep(f"keys/{service}", "")
    assert network.service_keys() == {}


def test_a_configuration_that_is_gone_is_told(authentication: QgsAuthManager) -> None:
    keep("keys/sirene", "gone123")
    with pytest.raises(SourceError) as raised:
        network.service_keys()
    keep("keys/sirene", "")
    assert "API Sirène" in str(raised.value) and "gone123" in str(raised.value)


def test_a_run_asks_through_the_settings_of_qgis(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    feedback = QgsProcessingFeedback()
    with FaultyServer() as server:
        monkeypatch.setenv("COODIAG_URL_GEO_API", server.url)
        assert network.open_web(FeedbackProgress(feedback)).json(ITEMS) == page(1)
        offline = network.open_web(FeedbackProgress(feedback), "offline")
        assert offline.json(ITEMS) == page(1) and len(server.log) == 1
        with pytest.raises(ServiceError):
            offline.json(Request.get("geo_api", "items", {"page": 2}))
    assert (tmp_path / "web" / "answers").is_dir()


def test_the_cancel_of_a_feedback_stops_a_request(monkeypatch: pytest.MonkeyPatch) -> None:
    feedback = QgsProcessingFeedback()
    with FaultyServer() as server:
        monkeypatch.setenv("COODIAG_URL_GEO_API", server.url)
        server.script(faulty.silent(20))
        threading.Timer(0.3, feedback.cancel).start()
        start = time.monotonic()
        with pytest.raises(Cancelled):
            network.open_web(FeedbackProgress(feedback)).json(ITEMS)
    assert time.monotonic() - start < 1.3


def test_a_cache_that_cannot_be_made_is_told(
    qgis_app: QgsApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("COODIAG_CACHE", str(tmp_path / "file"))
    with pytest.raises(InputError, match="cannot be written"):
        network.open_web(Silent())
