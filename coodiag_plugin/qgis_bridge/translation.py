"""Translation of source strings: one context for the whole plugin."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication

CONTEXT = "Coodiag"


def tr(text: str) -> str:
    """``text`` in the language of QGIS. Never pass a formatted string: format the result."""
    return QCoreApplication.translate(CONTEXT, text)
