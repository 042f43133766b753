"""Translation of source strings: one context for the whole plugin."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from qgis.PyQt.QtCore import QCoreApplication, QTranslator

from ..core.version import ROOT
from ..core.words import Words

CONTEXT = "Coodiag"


def tr(text: str) -> str:
    """``text`` in the language of QGIS. Never pass a formatted string: format the result."""
    return QCoreApplication.translate(CONTEXT, text)


def told(
    template: str, fields: dict[str, Any], translate: Callable[[str], str] | None = None
) -> str:
    """A template translated, then filled; fields that are :class:`Words` are translated too."""
    translate = translate or tr
    filled = {
        name: told(value.template, value.fields, translate) if isinstance(value, Words) else value
        for name, value in fields.items()
    }
    return translate(template).format(**filled)


def in_french(text: str) -> str:
    """``text`` in French whatever the language of QGIS: what is printed is French."""
    # As bytes: from text, PyQt makes ASCII of it and refuses an arrow or an accent.
    return _french().translate(CONTEXT, text.encode()) or text


@cache
def _french() -> QTranslator:
    translator = QTranslator()
    translator.load(str(ROOT / "i18n" / "coodiag_fr.qm"))
    return translator
