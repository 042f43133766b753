"""Settings as QGIS keeps them: read with their type, written, forgotten."""

from __future__ import annotations

import os
from typing import Any

from qgis.core import Qgis, QgsApplication, QgsSettings
from qgis.PyQt.QtCore import QSettings

from ...core.errors import InputError
from ...core.words import N_
from ..translation import told
from .registry import PREFIX, Kind, Setting, SettingValue, setting

_TAB = "Coodiag"
#: Settings told to be unusable, with what they held: once for each is enough.
_TOLD: set[tuple[str, str]] = set()


def value(name: str) -> SettingValue:
    """The value in force of a setting: a number as a number, anything else as text.

    One that cannot be (a file edited by hand) is told in the log of QGIS, and in its place stands
    the default: an algorithm must always be able to declare itself. Folders and configurations are
    not looked at: what uses them refuses them with a sentence of its own.
    """
    wanted = setting(name)
    named = os.environ.get(wanted.variable, "") if wanted.variable else ""
    raw = named or raw_value(name)
    if raw == "":
        return wanted.default
    try:
        return typed(wanted, raw)
    except InputError as error:
        if (name, raw) not in _TOLD:
            _TOLD.add((name, raw))
            text = told(
                N_("The setting {setting} is not used: {reason}"),
                {"setting": PREFIX + name, "reason": error.words()},
            )
            QgsApplication.messageLog().logMessage(text, _TAB, Qgis.MessageLevel.Warning)
        return wanted.default


def raw_value(name: str) -> str:
    """What the settings of QGIS hold, as text; empty when they hold nothing."""
    return _text(QgsSettings().value(PREFIX + name))


def proposed(name: str) -> str:
    """What a setting is when its user says nothing: the administrator's, or the default, as text."""
    everybody = QSettings(QgsSettings.globalSettingsPath(), QSettings.Format.IniFormat)
    return _text(everybody.value(PREFIX + name)) or str(setting(name).default)


def keep(name: str, raw: str) -> None:
    """Write a setting; what it would be anyway is forgotten, so that it follows its default."""
    if raw == proposed(name):
        QgsSettings().remove(PREFIX + name)
    else:
        QgsSettings().setValue(PREFIX + name, raw)


def typed(wanted: Setting, raw: str) -> SettingValue:
    """``raw`` with the type of the setting; raises :class:`InputError` for what has not this type.

    Only what the text itself says is looked at: neither files nor the network.
    """
    if wanted.kind is Kind.NUMBER:
        return _number(wanted, raw)
    if wanted.kind is Kind.CHOICE and raw not in wanted.options:
        raise InputError(
            "“{text}” is none of the words that it takes: {options}.",
            text=raw,
            options=", ".join(wanted.options),
        )
    if wanted.kind is Kind.PERCENTAGES:
        _percentages(wanted, raw)
    return raw


def _percentages(wanted: Setting, raw: str) -> None:
    """As the algorithms read them; their sentence names a parameter, which a page has not."""
    from ..zone_parameters import percentages

    try:
        percentages(raw, wanted.name)
    except InputError as error:
        raise InputError(
            "“{text}”: write ascending percentages above 0 and up to 100, separated by commas, for example 60,80,95.",
            text=raw,
        ) from error


def _number(wanted: Setting, raw: str) -> int:
    try:
        number = int(raw)
    except ValueError:
        number = wanted.minimum - 1
    if not wanted.minimum <= number <= wanted.maximum:
        raise InputError(
            "“{text}” is no whole number between {minimum} and {maximum}.",
            text=raw,
            minimum=wanted.minimum,
            maximum=wanted.maximum,
        )
    return number


def _text(found: Any) -> str:
    """A stored value as text: Qt reads ``60,80,95`` of a file written by hand as a list."""
    if found is None:
        return ""
    if isinstance(found, (list, tuple)):
        return ",".join(str(item) for item in found).strip()
    return str(found).strip()
