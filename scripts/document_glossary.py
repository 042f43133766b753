"""Text of ``docs/glossaire.md``: the words of the maps and pages, and every indicator.

The words of the method are rows of ``catalogue/glossary.csv``; the indicators say their own
definitions. Written by ``scripts/document.py``; needs no QGIS.
"""

from __future__ import annotations

import alias

alias.load()
from coodiag.coodiag_plugin.core.catalogue import indicators, rows, themes  # noqa: E402
from coodiag.coodiag_plugin.core.french import alphabetical  # noqa: E402

HEAD = """# Glossaire

Les mots des cartes, des fenêtres et des rapports ; puis les indicateurs, par thème, avec leur définition telle
qu’elle est imprimée. Écrit par `scripts/document.py` depuis le catalogue. Les formules et les sources sont dans le
[catalogue des indicateurs](indicators.md).
"""


def document() -> str:
    """The whole document."""
    lines = [HEAD, "## Les mots de la méthode", ""]
    terms = sorted(rows("glossary"), key=lambda row: alphabetical(row["term"]))
    lines += [f"**{row['term']}** ({row['english']}) – {row['definition']}\n" for row in terms]
    for theme, label in themes().items():
        found = [item for item in indicators().values() if item.theme == theme]
        if found:
            lines += [f"## {label}", ""]
            found.sort(key=lambda item: alphabetical(item.label))
            lines += [
                f"**{item.label}** – {item.definition} {item.caveat}".strip() + "\n"
                for item in found
            ]
    return "\n".join(lines).rstrip() + "\n"
