"""Texts of the windows, in the language of QGIS."""

from __future__ import annotations

from html import escape

from qgis.PyQt.QtCore import QCoreApplication

CONTEXT = "Coodiag"


def tr(text: str) -> str:
    """``text`` in the language of QGIS. Never pass a formatted string: format the result."""
    return QCoreApplication.translate(CONTEXT, text)


def N_(text: str) -> str:
    """Mark a source string that is translated when it is shown; changes nothing."""
    return text


def tip(text: str) -> str:
    """``text`` of a file as a tooltip: Qt would take one that begins with a tag for markup."""
    return f"<qt>{escape(text)}</qt>" if text else ""


#: Levels of a place, as geocoding writes them.
LEVELS = {
    "adresse": N_("Address"),
    "voie": N_("Street"),
    "lieu-dit": N_("Place name"),
    "commune": N_("Commune"),
    "echec": N_("Not located"),
}


def level(status: str) -> str:
    return tr(LEVELS[status]) if status in LEVELS else status
