"""The printed pages of a Cap self-evaluation: position, sub-themes, evolution, progress plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..core import french
from ..core.cap import CapResult, GroupScore, Step
from ..core.catalogue import rows
from ..core.choices import HIGHEST
from ..core.french import NO_BREAK_SPACE, typography
from ..core.values import State, Value
from .cap_document import CapPage
from .cap_sheet import OWN_WORDING
from .charts import height_of
from .context import ActionSheet, Block, Chart, Figure, Series, Table, TableRow
from .flow import COLUMN, ROOM, TITLE

#: Most steps of the plan that are printed; the workbook has them all.
PRINTED_STEPS = 12
_WHOLE = "Ensemble"


def cap_pages(result: CapResult) -> list[CapPage]:
    """Every page, in order."""
    pages = [_position(result), _sub_themes(result)]
    views = _views(result)
    if views is not None:
        pages.append(views)
    if result.comparison is not None:
        pages.append(_evolution(result))
    pages.append(_plan(result))
    return pages


def cap_radar(result: CapResult) -> Chart:
    """One ray per sub-theme; with a previous time, both over the same objectives."""
    names = tuple(item.sub_theme for item in result.sub_themes)
    if result.comparison is None or result.comparison.themes_only:
        values = [item.score for item in result.sub_themes]
        return radar(names, [(year(result.date, "Score"), values)])
    changes = [result.change(item.key) for item in result.sub_themes]
    known = [item for item in changes if item is not None]
    return radar(
        names,
        [
            (year(result.date, "Maintenant"), [item.now for item in known]),
            (year(result.comparison.date, "La fois précédente"), [item.before for item in known]),
        ],
    )


def radar(names: tuple[str, ...], series: Sequence[tuple[str, Sequence[Value]]]) -> Chart:
    """A radar from 0 to the top of the scale."""
    return Chart(
        "radar",
        "Cap : score par sous-thème",
        names,
        tuple(
            Series(name, tuple(value.number for value in values), tuple(map(score, values)))
            for name, values in series
        ),
        most=float(HIGHEST),
    )


def year(date: str, otherwise: str) -> str:
    return date[:4] or otherwise


def score(value: Value) -> str:
    """A score as printed, one decimal or its sign."""
    return french.figure(value, 1)


def source(result: CapResult) -> str:
    return f"auto-évaluation de la structure, {french.plural(result.respondents, 'répondant')}"


def grid_note(name: str) -> str:
    return f"Grille{NO_BREAK_SPACE}: {name}." if name else typography(OWN_WORDING)


def _page(
    result: CapResult, ident: str, title: str, blocks: list[Block], sentence: str, method: str
) -> CapPage:
    return CapPage(
        ident,
        title,
        tuple(blocks),
        typography(sentence),
        (source(result),),
        typography(f"{method} {grid_note(result.grid.name)}".strip()),
    )


# --- position -------------------------------------------------------------------------------


def _position(result: CapResult) -> CapPage:
    scale = tuple(
        typography(f"{row['note']} – {row['label']}")
        for row in rows("cap_scale")
        if row["note"].isdigit()
    )
    scores = {item.key: item.score for item in (*result.sub_themes, *result.themes, result.whole)}
    lines = [TableRow(label, (score(scores[key]),)) for key, label in _outline(result)]
    head = ("Thème, sous-thème", f"Score sur {HIGHEST}")
    blocks = [
        Block("chart", "Score par sous-thème", chart=cap_radar(result)),
        Block("note", "L’échelle des notes", texts=scale),
        Block("table", "Thèmes et sous-thèmes", table=Table(head, tuple(lines))),
    ]
    method = "Moyennes des notes, pondérées par le poids des objectifs."
    if result.comparison is not None and not result.comparison.themes_only:
        method += " Le radar compare les seuls objectifs notés les deux fois."
    if result.comparison_refused:
        method += f" Pas de comparaison avec la fois précédente : moins de {result.minimum} fiches l’en séparent, et l’écart des moyennes dirait leurs réponses."
    if result.respondents == 1:
        method += " Une seule fiche : elle est lue comme une réponse commune."
    return _page(result, "cap_position", "Où en est la structure", blocks, _lead(result), method)


def _outline(result: CapResult) -> list[tuple[tuple[str, str], str]]:
    """Everything, then each theme (in capitals) above its sub-themes: key and label of the rows."""
    rows_ = [(result.whole.key, _WHOLE.upper())]
    for theme in result.themes:
        rows_.append((theme.key, theme.theme.upper()))
        rows_ += [(i.key, i.sub_theme) for i in result.sub_themes if i.theme == theme.theme]
    return rows_


def _lead(result: CapResult) -> str:
    """The whole, then the highest and the lowest theme; only figures of the table."""
    if not result.whole.score.known:
        return "Trop peu de réponses pour donner un score."
    text = f"Score d’ensemble : {score(result.whole.score)} sur {HIGHEST}"
    best, least = _ends(result.themes)
    if best and least:
        text += f". Thème le plus avancé : {_named(best)} ; le moins avancé : {_named(least)}"
    return text + "."


def _ends(items: Sequence[GroupScore]) -> tuple[list[GroupScore], list[GroupScore]]:
    """The highest and the lowest ones, as printed; nothing when all are alike."""
    known = [item for item in items if item.score.number is not None]
    shown = [french.rounded(item.score.number or 0.0, 1) for item in known]
    if not shown or min(shown) == max(shown):
        return [], []
    return (
        [item for item, figure in zip(known, shown) if figure == max(shown)],
        [item for item, figure in zip(known, shown) if figure == min(shown)],
    )


def _named(items: Sequence[GroupScore]) -> str:
    names = [f"« {item.sub_theme or item.theme} »" for item in items]
    return f"{french.listing(names)} ({score(items[0].score)})"


# --- sub-themes -----------------------------------------------------------------------------


def _sub_themes(result: CapResult) -> CapPage:
    columns = (
        "Sous-thème", "Score", "Plus bas répondant", "Plus haut répondant", "Écart type",
        "Points de vue", "Répondants", "Objectifs comptés",
    )  # fmt: skip
    lines = [
        TableRow(
            item.sub_theme,
            (
                score(item.score),
                score(item.spread.low),
                score(item.spread.high),
                french.figure(item.spread.deviation, 2),
                item.spread.words or "…",
                french.number(item.respondents),
                french.number(item.counted),
            ),
        )
        for item in result.sub_themes
    ]
    blocks = [Block("table", table=Table(columns, tuple(lines)))]
    best, least = _ends(result.sub_themes)
    sentence = ""
    if best and least:
        sentence = f"Le plus avancé : {_named(best)} ; le moins avancé : {_named(least)}."
    method = "Plus bas et plus haut répondant : moyenne de chacun sur le sous-thème."
    if any(item.spread.deviation.state is State.SECRET for item in result.sub_themes):
        method += f" s : ils ne sont donnés, comme l’écart type, qu’à partir de {result.spread_from} répondants ; les points de vue sont dits divergents ou concordants à partir de {result.minimum}."
    return _page(result, "cap_sous_themes", "Les sous-thèmes", blocks, sentence, method)


# --- points of view -------------------------------------------------------------------------


def _views(result: CapResult) -> CapPage | None:
    """Functions, spread by sub-theme, objectives that divide; None when nothing may be shown."""
    if all(item.spread.divergent is None for item in result.sub_themes):
        return None
    wide = [item for item in result.sub_themes if item.spread.deviation.known]
    bars = Chart(
        "bars",
        "Écart type par sous-thème",
        tuple(item.sub_theme for item in wide),
        (
            Series(
                "Écart type des répondants",
                tuple(item.spread.deviation.number for item in wide),
                tuple(french.figure(item.spread.deviation, 2) for item in wide),
            ),
        ),
    )
    blocks = [_roles(result)] if result.roles else []
    blocks += [Block("chart", bars.title, chart=bars)] if wide else []
    blocks.append(_divergent(result))
    method = f"Points de vue divergents : écart type des notes d’au moins {french.number(result.threshold, 2)} ; il n’est donné, comme les notes extrêmes, qu’à partir de {result.spread_from} notes (s)."
    if result.roles_hidden:
        method += f" Une fonction n’est montrée qu’à partir de {result.minimum} répondants."
    title = "Les points de vue des répondants"
    return _page(result, "cap_points_de_vue", title, blocks, _spread_lead(wide), method)


def _divergent(result: CapResult) -> Block:
    found = [item for item in result.objectives if item.divergent]
    found.sort(key=lambda item: -(item.spread.deviation.number or 0.0))
    title = "Points de vue divergents"
    if not found:
        return Block("texts", title, texts=("Aucun objectif ne divise les répondants à ce point.",))
    lines = tuple(
        TableRow(
            typography(item.objective.text),
            (
                score(item.score),
                f"{score(item.spread.low)} – {score(item.spread.high)}"
                if item.spread.low.known
                else "s",
                french.figure(item.spread.deviation, 2),
            ),
        )
        for item in found
    )
    head = ("Objectif", "Score", "Notes extrêmes", "Écart type")
    return Block("table", title, table=Table(head, lines))


def _spread_lead(known: Sequence[GroupScore]) -> str:
    shown = [french.rounded(item.spread.deviation.number or 0.0, 2) for item in known]
    if not shown or max(shown) == min(shown):
        return ""
    widest = [f"« {item.sub_theme} »" for item, each in zip(known, shown) if each == max(shown)]
    return f"Là où les répondants s’accordent le moins : {french.listing(widest)} (écart type {french.number(float(max(shown)), 2)})."


def _roles(result: CapResult) -> Block:
    lines = tuple(
        TableRow(
            role.role,
            (french.number(role.respondents), *(score(value) for value in role.scores)),
        )
        for role in result.roles
    )
    columns = ("Fonction", "Répondants", *(item.theme for item in result.themes))
    return Block("table", "Selon la fonction", table=Table(columns, lines))


# --- evolution ------------------------------------------------------------------------------


def _evolution(result: CapResult) -> CapPage:
    assert result.comparison is not None
    before, now = year(result.comparison.date, "Avant"), year(result.date, "Maintenant")
    steps = [
        (shown, item.sub_theme)
        for item in result.comparison.changes
        if item.sub_theme and (shown := _printed_step(item.before, item.now)) is not None
    ]
    head = ("Thème, sous-thème", before, now, "Évolution", "Objectifs comparés")
    lines = tuple(
        _change_row(result, key, label)
        for key, label in _outline(result)
        if result.change(key) is not None
    )
    note = "Seuls les objectifs notés les deux fois sont comparés ; évolution entre les scores imprimés."
    if result.comparison.themes_only:
        note += " Sans les sous-thèmes : à quelques répondants près, ils pourraient dire ce que chacun a répondu."
    blocks = [
        Block("table", "Thèmes et sous-thèmes", table=Table(head, lines)),
        Block("note", texts=(typography(note), grid_note(result.grid.name))),
    ]
    bars = _bars(result, before, now)
    if (
        bars.categories and TITLE + height_of(bars, COLUMN) <= ROOM
    ):  # a long grid has its table only
        blocks.append(Block("chart", bars.title, chart=bars))
    title = f"Depuis {before}" if result.comparison.date else "Depuis la fois précédente"
    lead = "" if result.comparison.themes_only else _steps_lead(steps)
    page = _page(result, "cap_evolution", title, blocks, lead, "")
    return replace(page, method="")


def _change_row(result: CapResult, key: tuple[str, str], label: str) -> TableRow:
    change = result.change(key)
    assert change is not None
    step = _printed_step(change.before, change.now)
    return TableRow(
        label,
        (
            score(change.before),
            score(change.now),
            "…" if step is None else french.number(step, 1, signed=True),
            french.number(change.compared),
        ),
    )


def _bars(result: CapResult, before: str, now: str) -> Chart:
    assert result.comparison is not None
    found = [item for item in result.comparison.changes if item.sub_theme]
    return Chart(
        "bars",
        "Score par sous-thème",
        tuple(item.sub_theme for item in found),
        tuple(
            Series(name, tuple(v.number for v in values), tuple(score(v) for v in values))
            for name, values in (
                (now, [item.now for item in found]),
                (before, [item.before for item in found]),
            )
        ),
        reference=before,
    )


def _printed_step(before: Value, now: Value) -> float | None:
    """What a reader finds by subtracting the printed scores."""
    if before.number is None or now.number is None:
        return None
    return float(french.rounded(now.number, 1) - french.rounded(before.number, 1))


def _steps_lead(steps: Sequence[tuple[float, str]]) -> str:
    if not steps:
        return "Aucun sous-thème n’est comparable d’une fois à l’autre."
    text = []
    for figure, words in (
        (max(step for step, _ in steps), "La plus forte progression"),
        (min(step for step, _ in steps), "Le plus fort recul"),
    ):
        if (figure > 0) == (words == "La plus forte progression") and figure:
            names = french.listing([f"« {name} »" for step, name in steps if step == figure])
            text.append(f"{words} : {names} ({french.number(figure, 1, signed=True)}).")
    return " ".join(text) or "Aucun score ne change."


# --- plan -----------------------------------------------------------------------------------


def _plan(result: CapResult) -> CapPage:
    plan = result.plan
    cards = (
        Figure("Objectifs sous la cible", french.number(len(plan.steps))),
        Figure("À la cible ou au-dessus", french.number(plan.reached)),
        Figure("Sans objet, laissés de côté", french.number(plan.not_applicable)),
        Figure("Sans réponse ou trop peu", french.number(plan.unanswered + plan.withheld)),
    )
    shown = plan.steps[:PRINTED_STEPS]
    blocks = [Block("figures", figures=cards), *(_step(step) for step in shown)]
    sentence = "Les objectifs les plus pressants d’abord : écart à la cible × priorité × poids."
    if not plan.steps:
        sentence = "Aucun objectif noté n’est sous la cible."
    method = f"Cible : {french.number(result.target, 1)} sur {HIGHEST}."
    if len(plan.steps) > len(shown):
        method += " Les objectifs suivants sont dans le classeur du plan de progrès."
    return _page(result, "cap_plan", "Plan de progrès", blocks, sentence, method)


def _step(step: Step) -> Block:
    place = f"{french.number(step.score, 1)} sur {HIGHEST} ; écart {french.number(float(step.gap), 1)} ; priorité {french.number(step.priority, 1)}"
    item = step.objective
    if item.weight != 1.0:  # else the order of the plan would look wrong
        place += f" ; poids {french.number(item.weight, 1)}"
    return Block(
        "action",
        action=ActionSheet(
            item.sub_theme,
            f"{step.rank}. {typography(item.text)}",
            step.pilot,
            step.deadline,
            typography(item.evidence),
            (("Action", step.action), ("Position", typography(place))),
        ),
    )
