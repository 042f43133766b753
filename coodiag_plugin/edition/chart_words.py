"""A chart in words: what a reader who does not see it is told, in one French sentence."""

from __future__ import annotations

from ..core.french import NARROW_SPACE, NO_BREAK_SPACE, number, plural, typography
from .context import Chart

#: Letters of an alternative text, about; screen readers cut longer ones or tire their listeners.
LONGEST = 600
_KINDS = {
    "bars": "Diagramme en barres",
    "stacked": "Barres empilées",
    "pyramid": "Pyramide",
    "lines": "Courbes",
    "slope": "Pentes entre deux dates",
    "index": "Barres de part et d’autre de",
    "radar": "Radar",
    "lorenz": "Courbe cumulée",
    "multiples": "Petits graphiques à la même échelle",
}
_SEPARATOR = f"{NARROW_SPACE}; "


def alt(chart: Chart) -> str:
    """Kind, title, categories and the figures as they are printed; how many are left out.

    « Diagramme en barres « Le chômage par âge » : Jeunes, Territoire 20,6 %, France 18 % ; … »
    """
    head = _head(chart)
    parts = _parts(chart)
    if not parts:
        return f"{head}{NO_BREAK_SPACE}: aucune donnée."
    # Room is kept for the end of the sentence, which says what is left out.
    room, held = LONGEST - len(head) - 45, 0
    for part in parts:
        if room < len(part) and held:
            break
        if room < len(part):
            parts[0] = part[: room - 1].rstrip(" ,;") + "…"
        room -= len(part) + len(_SEPARATOR)
        held += 1
    told = parts[:held]
    left = len(parts) - held
    if left:
        verb = "ne sont pas détaillées" if left > 1 else "n’est pas détaillée"
        told.append(f"{plural(left, 'autre catégorie', 'autres catégories')} {verb}")
    return typography(f"{head} : {_SEPARATOR.join(told)}.")


def _head(chart: Chart) -> str:
    kind = _KINDS.get(chart.kind, "Graphique")
    if chart.kind == "index":
        kind += f" {number(chart.centre or 0.0)}"
    title = " ".join(chart.title.split())
    if len(title) > LONGEST // 3:
        title = title[: LONGEST // 3 - 1].rstrip() + "…"
    return f"{kind} «{NO_BREAK_SPACE}{title}{NO_BREAK_SPACE}»" if title else kind


def _parts(chart: Chart) -> list[str]:
    """What is told of each category: its name, then the figure of each series by its name."""
    if chart.kind == "lorenz" and any(chart.marks):  # the curve has too many points to tell
        return [mark for mark in chart.marks if mark]
    levels = [item for item in chart.series[1:] if chart.reference and len(set(item.texts)) == 1]
    told = [item for item in chart.series if item not in levels]
    named = len([item for item in told if item.name]) > 1
    parts = [", ".join(f"{item.name} {item.texts[0]}" for item in levels)] if levels else []
    for rank, category in enumerate(chart.categories):
        figures = [
            f"{item.name} {item.texts[rank]}" if named and item.name else item.texts[rank]
            for item in told
        ]
        parts.append(", ".join(text for text in (category, *figures) if text))
    return [part for part in parts if part.strip(" …")]
