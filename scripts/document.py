"""Write the pages of ``docs/`` that are made from the code: the reference of the algorithms in both
languages, the catalogue of indicators, the distances between colours, the glossary and the
settings.

Run it with the Python of QGIS. ``tests/qgis/test_document_qgis.py`` fails when a file is not what
the code says.
"""

from __future__ import annotations

import os
from collections.abc import Callable

import document_algorithms
import document_glossary
import document_indicators
import document_palettes
import document_settings
from alias import ROOT
from qgis.core import QgsApplication

#: Text of each page, by its name in ``docs/``.
PAGES: dict[str, Callable[[], str]] = {
    **{
        language.file: lambda language=language: document_algorithms.reference(language)
        for language in document_algorithms.LANGUAGES
    },
    "indicators.md": document_indicators.catalogue,
    "palettes.md": document_palettes.document,
    "glossaire.md": document_glossary.document,
    "settings.md": document_settings.document,
}


def main() -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QgsApplication([], False)
    application.initQgis()
    for name, text in PAGES.items():
        path = ROOT / "docs" / name
        path.write_text(text(), encoding="utf-8")
        print(path)
    application.exitQgis()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
