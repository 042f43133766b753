"""The action plan: a summary by theme, then a sheet per action."""

from __future__ import annotations

from collections.abc import Sequence

from ...core import french
from ...core.profiles import Page
from ...core.qualitative import Action, ActionPlan
from ..context import ActionSheet, Block, Table, TableRow
from ..materials import SheetMaterial

SOURCE = "plan d’action de la structure"
#: What stands for a cell that the table leaves empty.
TO_SAY = "à préciser"
#: Most years that are columns of the summary; a longer plan prints its span.
_MOST_YEARS = 6


def actions_sheet(page: Page, plan: ActionPlan | None, source: str = SOURCE) -> SheetMaterial | str:
    """The material of a page ``actions``, or why it is left out (French)."""
    if plan is None or not plan.actions:
        return "aucun plan d’action n’est donné."
    blocks = [Block("table", "Les actions par thème", table=_summary(plan))]
    for theme in plan.themes():
        actions = [item for item in plan.actions if item.theme == theme]
        blocks += [
            Block("action", theme if not rank else "", action=sheet(item))
            for rank, item in enumerate(actions)
        ]
    return SheetMaterial(
        page,
        tuple(blocks),
        sentence=_sentence(plan),
        subtitle="Fiches action",
        sources=(source,),
    )


def sheet(action: Action) -> ActionSheet:
    """An action as its sheet prints it."""
    return ActionSheet(
        theme=action.theme,
        action=action.action,
        pilot=action.pilot or TO_SAY,
        calendar=action.calendar or TO_SAY,
        indicator=action.indicator or TO_SAY,
        rows=action.others,
    )


def _summary(plan: ActionPlan) -> Table:
    """Theme × number of actions, and × years: how many of them each year sees at work."""
    years = sorted({year for item in plan.actions for year in item.years})
    undated = any(not item.years for item in plan.actions)
    groups = [
        (theme, [item for item in plan.actions if item.theme == theme]) for theme in plan.themes()
    ]
    if len(groups) > 1:
        groups.append(("Ensemble", list(plan.actions)))
    if not years or len(years) > _MOST_YEARS:
        rows = [TableRow(name, (french.number(len(items)), _span(items))) for name, items in groups]
        return Table(("Thème", "Actions", "Calendrier"), tuple(rows))
    columns = ("Thème", "Actions", *map(str, years), *(["Sans date"] if undated else []))
    rows = []
    for name, items in groups:
        counts = [len(items), *(sum(year in item.years for item in items) for year in years)]
        if undated:
            counts.append(sum(not item.years for item in items))
        rows.append(
            TableRow(name, tuple(french.number(count) if count else "–" for count in counts))
        )
    return Table(columns, tuple(rows))


def _span(actions: Sequence[Action]) -> str:
    """``2026–2031``, ``2026``, or that it is to be said."""
    years = [year for item in actions for year in item.years]
    if not years:
        return TO_SAY
    first, last = min(years), max(years)
    return str(first) if first == last else f"{first}–{last}"


def _sentence(plan: ActionPlan) -> str:
    """« Le plan compte 12 actions dans 4 thèmes. »"""
    count, themes = len(plan.actions), len(plan.themes())
    where = f", dans {french.plural(themes, 'thème')}" if themes > 1 else ""
    missing = sum(not item.pilot for item in plan.actions)
    text = f"Le plan compte {french.plural(count, 'action')}{where}."
    if missing:
        verb = "restent" if missing > 1 else "reste"
        text += f" {french.plural(missing, 'pilote')} {verb} à désigner."
    return text
