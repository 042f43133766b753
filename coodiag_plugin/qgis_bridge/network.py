"""The network as QGIS is set up to use it, and the keys of the services that it keeps."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsAuthMethodConfig,
    QgsNetworkAccessManager,
    QgsSettings,
)
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtNetwork import QNetworkProxy, QNetworkProxyQuery

from ..core.errors import SourceError
from ..core.progress import Progress
from .dependencies import require
from .settings import cache_folder

if TYPE_CHECKING:
    from ..sources.web.client import NetworkSettings, Web
    from ..sources.web.services import Service

#: Settings of QGIS: the authentication configuration, and the address, of a service by its id.
_KEYS = "coodiag/keys/"
_URLS = "coodiag/urls/"
#: Environment variables by which the QGIS that waits hands the keys to the run that it started,
#: which has no authentication database.
HANDED = "COODIAG_KEY_"
#: The same for the login of the proxy: JSON of its host, port, user and password.
PROXY_LOGIN = "COODIAG_PROXY_LOGIN"
_SCHEMES = {
    QNetworkProxy.ProxyType.HttpProxy: "http",
    QNetworkProxy.ProxyType.HttpCachingProxy: "http",
    QNetworkProxy.ProxyType.Socks5Proxy: "socks5h",
}
#: Stands for the hosts that files are redirected to.
_ANYWHERE = ("http://www.data.gouv.fr", "https://www.data.gouv.fr")


def open_web(
    progress: Progress,
    mode: str = "auto",
    authcfgs: Mapping[str, str] | None = None,
    asked: Collection[str] | None = None,
) -> Web:
    """A client of the public services for one run; ``mode`` as in the cache of the HTTP room.

    ``authcfgs``: authentication configurations by service id, before those of the settings.
    ``asked``: the services that will be asked, all of them unless given: the keys of the others are
    not read, so that QGIS does not ask for the master password in vain.
    """
    require("requests")
    from ..sources.web.client import Cache, Web

    cache = Cache(cache_folder("web"), mode)
    return Web(network_settings(), cache, service_keys(authcfgs, asked), progress)


def network_settings(urls: Mapping[str, str] | None = None) -> NetworkSettings:
    """Proxies, authorities, user agent and time limit of Settings → Options → Network.

    ``urls``: addresses by service id, before those of the settings.
    """
    from ..sources.web.services import base_url, services
    from ..sources.web.settings import NetworkSettings, user_agent

    chosen = {**_chosen(_URLS), **(urls or {})}
    addresses = [base_url(service, chosen) for service in services().values()]
    return NetworkSettings(
        proxies=proxies(addresses),
        verify=authorities(cache_folder("web")),
        user_agent=f"{user_agent()} QGIS/{Qgis.versionInt()}",
        read_timeout=QgsNetworkAccessManager.timeout() / 1000,
        urls=chosen,
    )


def proxies(addresses: list[str]) -> dict[str, str]:
    """The proxy of each host as QGIS decides it (system proxy, excluded addresses), for requests.

    Keys are ``scheme`` (any other host) or ``scheme://host``; an empty address means direct.
    """
    factory = QgsNetworkAccessManager.instance().proxyFactory()
    found = {}
    for address in _ANYWHERE:
        found[urlsplit(address).scheme] = _proxy(factory, address)
    for address in addresses:
        parts = urlsplit(address)
        found[f"{parts.scheme}://{parts.hostname}"] = _proxy(factory, address)
    return found


def _proxy(factory: Any, address: str) -> str:
    if factory is None:
        return ""
    answers = factory.queryProxy(QNetworkProxyQuery(QUrl(address)))
    proxy = answers[0] if answers else QNetworkProxy(QNetworkProxy.ProxyType.NoProxy)
    if proxy.type() == QNetworkProxy.ProxyType.DefaultProxy:
        proxy = QNetworkProxy.applicationProxy()
    scheme = _SCHEMES.get(proxy.type())
    if scheme is None or not proxy.hostName():
        return ""
    user, word = proxy.user(), proxy.password()
    if not user:
        host, port, *handed = json.loads(os.environ.get(PROXY_LOGIN) or '["", 0, "", ""]')
        if (proxy.hostName(), proxy.port()) == (host, port):
            user, word = handed
    login = f"{quote(user, safe='')}:{quote(word, safe='')}@" if user else ""
    return f"{scheme}://{login}{proxy.hostName()}:{proxy.port()}"


def proxy_login() -> str:
    """What :data:`PROXY_LOGIN` hands to a run in another process, empty when the proxy of QGIS asks
    for no login.

    Raises :class:`SourceError` when it is in an authentication configuration that cannot be read.
    """
    mine = QgsSettings()
    if not mine.value("proxy/proxyEnabled", False, bool):
        return ""
    proxy = QgsNetworkAccessManager.instance().fallbackProxy()
    authcfg = str(mine.value("proxy/authcfg", "") or "")
    if authcfg:
        good, proxy = QgsApplication.authManager().updateNetworkProxy(proxy, authcfg)
        if not good or not proxy.user():
            raise SourceError(
                "The login of the network proxy cannot be read from the authentication database of QGIS (configuration {authcfg}). Give the master password, or choose a configuration of type Basic in Settings → Options → Network.",
                authcfg=authcfg,
            )
    if not proxy.user():
        return ""
    return json.dumps([proxy.hostName(), proxy.port(), proxy.user(), proxy.password()])


def authorities(folder: Path) -> bool | str:
    """A PEM file of the authorities that QGIS trusts (the system's, and those added by the user).

    ``REQUESTS_CA_BUNDLE`` comes first, as everywhere in Python. True, the usual authorities, when
    QGIS trusts none (its authentication system is disabled).
    """
    from ..sources.web.cache import write_whole

    bundle = os.environ.get("REQUESTS_CA_BUNDLE")
    if bundle:
        return bundle
    text = bytes(QgsApplication.authManager().trustedCaCertsPemText())
    if b"BEGIN CERTIFICATE" not in text:
        return True
    path = folder / "authorities.pem"
    if not path.exists() or path.read_bytes() != text:
        write_whole(path, text)
    return str(path)


def service_keys(
    authcfgs: Mapping[str, str] | None = None, asked: Collection[str] | None = None
) -> dict[str, str]:
    """Keys by service id, read from the authentication database of QGIS.

    ``authcfgs``: configurations that come before those of the settings. ``asked``: the services
    whose keys are wanted, all of them unless given.
    """
    from ..sources.web.services import services

    given = {name: authcfg for name, authcfg in (authcfgs or {}).items() if authcfg}
    chosen = {**_chosen(_KEYS), **given}
    wanting = [
        service
        for service in services().values()
        if service.key and (asked is None or service.id in asked)
    ]
    handed = {service.id: os.environ.get(HANDED + service.id.upper(), "") for service in wanting}
    return {
        service.id: handed[service.id] or key_of(service, chosen[service.id])
        for service in wanting
        if handed[service.id] or service.id in chosen
    }


def key_of(service: Service, authcfg: str) -> str:
    """The key of a service in an authentication configuration, empty when it holds none.

    Raises :class:`SourceError` for a configuration that cannot be read.
    """
    config = QgsAuthMethodConfig()
    manager = QgsApplication.authManager()
    if not manager.loadAuthenticationConfig(authcfg, config, True)[0]:
        raise SourceError(
            "{service}: its key cannot be read from the authentication database of QGIS (configuration {authcfg}). Give the master password, or choose another configuration among the advanced parameters.",
            service=service.title,
            authcfg=authcfg,
        )
    header, _, template = service.key.partition(":")
    values = {name.lower(): value for name, value in config.configMap().items()}
    # API Header gives the header by its name, the other methods call a key as they please.
    names = (header.strip().lower(), "password", "token", "apikey")
    key = next((values[name] for name in names if values.get(name)), "")
    prefix = template.replace("{key}", "").strip()
    return key[len(prefix) :].strip() if prefix and key.startswith(prefix) else key.strip()


def named_address(service: str) -> str:
    """The address that the environment or the settings give to a service, empty when neither does."""
    from ..sources.web.services import VARIABLE

    return os.environ.get(VARIABLE + service.upper()) or _chosen(_URLS).get(service, "")


def _chosen(prefix: str) -> dict[str, str]:
    """Settings under a prefix, by service id; empty ones are left out."""
    from ..sources.web.services import services

    settings = QgsSettings()
    found = {name: str(settings.value(prefix + name, "") or "") for name in services()}
    return {name: value for name, value in found.items() if value}
