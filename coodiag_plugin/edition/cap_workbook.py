"""The workbooks of a Cap self-evaluation, with typed cells: scores, plan, comparison, issues."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..core.cap import CapIssue, CapResult, GroupScore, NetworkResult
from ..core.french import typography
from ..core.values import State, Value
from .cap_sheet import OWN_WORDING
from .templates import AUTHOR, DAY
from .xlsx import Cell, Number, Sheet, write_xlsx

#: Words of a state in a cell beside the figure it stands for.
_STATES = {
    State.KNOWN: "connu",
    State.ABSENT: "sans réponse",
    State.SECRET: "trop peu de réponses",  # pragma: allowlist secret
    State.NOT_APPLICABLE: "sans objet",
    State.FAILED: "illisible",
}


def cap_workbook(result: CapResult, issues: Iterable[CapIssue], demo: bool) -> bytes:
    """The workbook of one structure. Its sheet « Objectifs » can be given as the previous result."""
    above = _above(result.structure, result.date, demo)
    own = (*above[:-1], ("répondants", Number(result.respondents)), ())
    sheets = [_objectives(result, own), _groups(result, above), _plan(result, above)]
    if result.comparison is not None:
        sheets.append(_comparison(result, above))
    sheets += [_issues(issues), _method(result, demo)]
    return write_xlsx(sheets, "Cap : plan de progrès", AUTHOR, DAY)


def network_workbook(network: NetworkResult, demo: bool) -> bytes:
    """The workbook of a network, without the name of a structure."""
    header = (
        "niveau",
        "thème",
        "sous-thème",
        "structures",
        "moyenne",
        "premier quartile",
        "médiane",
        "troisième quartile",
        "écart type",
        "état",
    )
    body = []
    for item in (network.whole, *network.themes, *network.sub_themes):
        level = "ensemble" if not item.theme else "sous-thème" if item.sub_theme else "thème"
        figures = (item.mean, item.first, item.median, item.third, item.deviation)
        count = Number(item.structures) if item.mean.known else None
        body.append((level, item.theme, item.sub_theme, count, *map(_figure, figures), _STATES[item.mean.state]))  # fmt: skip
    above = _above("Réseau", network.date, demo)
    sheet = Sheet("Réseau", tuple(body), header, (12.0, 26.0, 34.0, *[12.0] * 7), 3, above=above)
    return write_xlsx([sheet], "Cap : consolidation du réseau", AUTHOR, DAY)


def _above(structure: str, date: str, demo: bool) -> tuple[tuple[Cell, ...], ...]:
    title = "Cap : auto-évaluation" + (" – DONNÉES FICTIVES" if demo else "")
    return ((typography(title),), ("structure", structure), ("date", date), ())


def _figure(value: Value, decimals: int = 2) -> Cell:
    return None if value.number is None else Number(value.number, decimals)


def _objectives(result: CapResult, above: tuple[tuple[Cell, ...], ...]) -> Sheet:
    header = (
        "code",
        "thème",
        "sous-thème",
        "objectif",
        "poids",
        "score",
        "état",
        "réponses",
        "minimum",
        "maximum",
        "écart type",
        "points de vue",
    )
    body: list[tuple[Cell, ...]] = []
    for item in result.objectives:
        own, spread = item.objective, item.spread
        body.append(
            (
                own.code,
                own.theme,
                own.sub_theme,
                typography(own.text),
                Number(own.weight, 1),
                _figure(item.score),
                _STATES[item.score.state],
                Number(item.answers),
                _figure(spread.low, 1),
                _figure(spread.high, 1),
                _figure(spread.deviation),
                spread.words,
            )
        )
    widths = (11.0, 20.0, 26.0, 60.0, 8.0, 8.0, 18.0, *[10.0] * 5)
    return Sheet("Objectifs", tuple(body), header, widths, 1, wrapped=True, above=above)


def _groups(result: CapResult, above: tuple[tuple[Cell, ...], ...]) -> Sheet:
    header = (
        "niveau",
        "thème",
        "sous-thème",
        "fonction",
        "moyenne",
        "état",
        "répondants",
        "objectifs comptés",
        "minimum",
        "maximum",
        "écart type",
        "points de vue",
    )
    groups = (result.whole, *result.themes, *result.sub_themes)
    body: list[tuple[Cell, ...]] = [_group(item) for item in groups]
    for role in result.roles:
        for theme, score in zip(result.themes, role.scores):
            body.append(
                (
                    "fonction",
                    theme.theme,
                    "",
                    role.role,
                    _figure(score),
                    _STATES[score.state],
                    Number(role.respondents),
                    None,
                    None,
                    None,
                    None,
                    "",
                )
            )
    widths = (12.0, 26.0, 34.0, 24.0, 10.0, 18.0, *[12.0] * 6)
    return Sheet("Synthèse", tuple(body), header, widths, 3, above=above)


def _group(item: GroupScore) -> tuple[Cell, ...]:
    level = "ensemble" if not item.theme else "sous-thème" if item.sub_theme else "thème"
    spread = item.spread
    return (
        level,
        item.theme,
        item.sub_theme,
        "",
        _figure(item.score),
        _STATES[item.score.state],
        Number(item.respondents),
        Number(item.counted),
        _figure(spread.low),
        _figure(spread.high),
        _figure(spread.deviation),
        spread.words,
    )


def _plan(result: CapResult, above: tuple[tuple[Cell, ...], ...]) -> Sheet:
    header = (
        "rang",
        "code",
        "sous-thème",
        "objectif",
        "note moyenne",
        "cible",
        "écart",
        "priorité moyenne",
        "poids",
        "urgence (écart × priorité × poids)",
        "action",
        "pilote",
        "échéance",
        "indicateur",
    )
    body: list[tuple[Cell, ...]] = [
        (
            Number(step.rank),
            step.objective.code,
            step.objective.sub_theme,
            typography(step.objective.text),
            Number(step.score, 2),
            Number(result.target, 1),
            Number(step.gap, 2),
            Number(step.priority, 1),
            Number(step.objective.weight, 1),
            Number(step.urgency, 2),
            step.action,
            step.pilot,
            step.deadline,
            typography(step.objective.evidence),
        )
        for step in result.plan.steps
    ]
    widths = (6.0, 11.0, 26.0, 52.0, *[10.0] * 6, 40.0, 20.0, 14.0, 44.0)
    return Sheet("Plan de progrès", tuple(body), header, widths, 2, wrapped=True, above=above)


def _comparison(result: CapResult, above: tuple[tuple[Cell, ...], ...]) -> Sheet:
    assert result.comparison is not None
    header = (
        "niveau",
        "thème",
        "sous-thème",
        "avant",
        "maintenant",
        "évolution",
        "objectifs comparés",
    )
    body: list[tuple[Cell, ...]] = []
    for item in result.comparison.changes:
        level = "ensemble" if not item.theme else "sous-thème" if item.sub_theme else "thème"
        figures = (item.before, item.now, item.difference)
        body.append((level, item.theme, item.sub_theme, *map(_figure, figures), Number(item.compared)))  # fmt: skip
    widths = (12.0, 26.0, 34.0, *[12.0] * 4)
    return Sheet("Comparaison", tuple(body), header, widths, 3, above=above)


def _issues(issues: Iterable[CapIssue]) -> Sheet:
    """Without the cells themselves: the workbook travels."""
    header = ("fichier", "feuille", "ligne", "colonne", "constat", "suite donnée")
    body: Sequence[tuple[Cell, ...]] = [
        (
            item.file,
            item.sheet,
            Number(item.line) if item.line else None,
            item.column,
            item.problem,
            item.action,
        )
        for item in issues
    ]
    return Sheet("Anomalies", tuple(body), header, (28.0, 18.0, 8.0, 14.0, 52.0, 44.0))


def _method(result: CapResult, demo: bool) -> Sheet:
    texts = [
        "Méthode",
        *method_texts(result),
        f"Grille : {result.grid.name}." if result.grid.name else OWN_WORDING,
        *(["Données fictives : démonstration de Coodiag."] if demo else []),
    ]
    return Sheet("Méthode", tuple((typography(text),) for text in texts), widths=(120.0,), wrapped=True)  # fmt: skip


def method_texts(result: CapResult) -> tuple[str, ...]:
    """How the figures are made, in French."""
    least = result.minimum
    return (
        "Le score d’un objectif est la moyenne des notes (0 à 4) ; celui d’un sous-thème, d’un thème et de l’ensemble est la moyenne pondérée de ses objectifs. « Ne sait pas », « sans objet » et les cases vides ne comptent pas dans la moyenne ; ils sont dénombrés à part.",
        f"Un objectif n’a de score qu’à partir de {least} notes (de toutes celles du groupe s’il est plus petit). Les scores d’une fonction ne sont donnés qu’à partir de {least} répondants, et si les autres sont aussi {least} au moins ou aucun. Minimum, maximum et écart type ne le sont qu’à partir de {result.spread_from} notes : avec la moyenne, ils diraient chacune de trois.",
        "L’écart type est celui de toutes les notes reçues. Les points de vue sont dits divergents à partir du seuil choisi, concordants au-dessous, dès {least} notes.",
        *_comparison_text(result),
        "Urgence = écart à la cible × priorité moyenne × poids ; sans priorité donnée, 2. À égalité, l’ordre de la grille.",
    )


def _comparison_text(result: CapResult) -> tuple[str, ...]:
    """Why the comparison that was asked for is not there, or only by theme."""
    if result.comparison_refused:
        return (
            f"Pas de comparaison : la fois précédente réunit les mêmes fiches à moins de {result.minimum} près, et l’écart des moyennes dirait ce que ces répondants ont noté.",
        )
    if result.comparison is not None and result.comparison.themes_only:
        return (
            "Comparaison par thème seulement : si les répondants sont les mêmes à quelques-uns près, les sous-thèmes pourraient dire ce que ceux-ci ont noté.",
        )
    return ()
