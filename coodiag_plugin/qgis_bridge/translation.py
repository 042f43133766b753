"""Translation of source strings: one context for the whole plugin."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import QCoreApplication

from ..core.words import Words

CONTEXT = "Coodiag"


def tr(text: str) -> str:
    """``text`` in the language of QGIS. Never pass a formatted string: format the result."""
    return QCoreApplication.translate(CONTEXT, text)


def told(template: str, fields: dict[str, Any]) -> str:
    """A template translated, then filled; fields that are :class:`Words` are translated too."""
    filled = {
        name: told(value.template, value.fields) if isinstance(value, Words) else value
        for name, value in fields.items()
    }
    return tr(template).format(**filled)
