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
    return "<qt>{}</qt>".format(escape(text).replace("\n", "<br>")) if text else ""


#: Levels of a place, as geocoding writes them.
LEVELS = {
    "adresse": N_("Address"),
    "voie": N_("Street"),
    "lieu-dit": N_("Place name"),
    "commune": N_("Commune"),
    "echec": N_("No place"),
}


#: Levels whose score tells nothing of an address: that of a commune is the commune's alone.
UNSCORED = ("commune", "echec")


def level(status: str) -> str:
    return tr(LEVELS[status]) if status in LEVELS else status


def score(status: str, value: float) -> str:
    """A score with two decimals, rounded down: what is below a threshold never reads as it."""
    if status in UNSCORED:
        return "–"
    units, cents = divmod(int(value * 100 + 1e-6), 100)
    # the mark is that of the language, whatever the system writes its figures with
    return tr("{units}.{cents}").format(units=units, cents=f"{cents:02d}")


def day(iso: str) -> str:
    """``2026-03-01`` in the order of the language."""
    year, month, number = iso[:10].split("-")
    return tr("{year}-{month}-{day}").format(year=year, month=month, day=number)
