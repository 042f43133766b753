"""Whether a setting can be used, looked at before it is kept: on the disk and in QGIS, never on the network."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from qgis.core import QgsApplication

from ...core.errors import InputError
from ...core.places import is_folder, place
from .kept import typed
from .registry import Kind, Setting

if TYPE_CHECKING:
    from ...sources.web.services import Service


def check(wanted: Setting, raw: str) -> None:
    """Refuse what a setting cannot be, by raising a ``CoodiagError``; empty is always its default."""
    if raw == "":
        return
    typed(wanted, raw)
    looked = _LOOKED_AT.get(wanted.kind)
    if looked is not None:
        looked(wanted, raw)


def _folder(wanted: Setting, raw: str) -> None:
    folder = place(raw)
    if not folder.is_absolute():
        raise InputError("Choose a whole path: “{text}” begins nowhere.", text=raw)
    if not is_folder(folder):
        raise InputError("The folder {folder} is not there.", folder=raw)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise InputError("Nothing can be written in the folder {folder}.", folder=raw)


def _house(wanted: Setting, raw: str) -> None:
    from ...core.house import load_house
    from ..families import check as check_styles

    check_styles(load_house(place(raw)))


def _address(wanted: Setting, raw: str) -> None:
    from ...sources.web.services import LOOPBACK, is_address

    if not is_address(raw):
        raise InputError(
            "“{text}” is not a web address: write it as https://example.org.", text=_shown(raw)
        )
    parts = urlsplit(raw)
    if parts.username or parts.password:
        raise InputError(
            "Take the user and the password out of the address: settings are kept in clear."
        )
    if parts.query or parts.fragment:
        raise InputError("Give the address alone, without “?” or “#” and what follows.")
    if _service(wanted).key and parts.scheme != "https" and parts.hostname not in LOOPBACK:
        raise InputError(
            "The key would travel unencrypted to {host}: give an https address.",
            host=parts.hostname,
        )


def _key(wanted: Setting, raw: str) -> None:
    from ..network import key_of

    manager = QgsApplication.authManager()
    if raw not in manager.configIds():
        raise InputError(
            "The authentication configuration {authcfg} is not in this QGIS any more: choose another one, or none.",
            authcfg=raw,
        )
    # Asked once the master password was given only: a page of settings must not ask for it.
    service = _service(wanted)
    if manager.masterPasswordIsSet() and not key_of(service, raw):
        raise InputError(
            "This configuration holds no key for {service}: choose one of the type API Header with the header {header}.",
            service=service.title,
            header=service.key.partition(":")[0],
        )


def _service(wanted: Setting) -> Service:
    from ...sources.web.services import services

    return services()[wanted.service]


def _shown(address: str) -> str:
    """An address without what may be a user and a password."""
    return address.rpartition("@")[2]


_LOOKED_AT = {
    Kind.FOLDER: _folder,
    Kind.HOUSE: _house,
    Kind.ADDRESS: _address,
    Kind.KEY: _key,
}
