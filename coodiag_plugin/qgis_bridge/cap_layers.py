"""The results of Cap self-evaluations as layers without geometry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from qgis.core import QgsVectorLayer

from ..core.cap import CapIssue, CapResult, Change, GroupScore, Spread
from ..core.values import Value
from .layers import INTEGER, REAL, TEXT, memory_layer

_TABLE = {
    "structure": TEXT, "date": TEXT, "level": TEXT, "theme": TEXT, "sub_theme": TEXT, "role": TEXT,
    "code": TEXT, "label": TEXT, "weight": REAL, "score": REAL, "score_etat": TEXT,
    "respondents": INTEGER, "unknown": INTEGER, "not_applicable": INTEGER, "blank": INTEGER,
    "minimum": REAL, "maximum": REAL, "deviation": REAL, "divergent": INTEGER, "compared": INTEGER,
    "previous": REAL, "current": REAL, "difference": REAL,
}  # fmt: skip
_PLAN = {
    "structure": TEXT, "rank": INTEGER, "code": TEXT, "theme": TEXT, "sub_theme": TEXT,
    "objective": TEXT, "score": REAL, "gap": REAL, "priority": REAL, "weight": REAL,
    "urgency": REAL, "action": TEXT, "pilot": TEXT, "deadline": TEXT, "indicator": TEXT,
}  # fmt: skip
_ISSUES = {
    "file": TEXT, "sheet": TEXT, "line": INTEGER, "column": TEXT, "value": TEXT, "problem": TEXT,
    "action": TEXT,
}  # fmt: skip


def table_layer(results: Iterable[CapResult]) -> QgsVectorLayer:
    """A row per objective, sub-theme, theme, whole and shown function of each structure."""
    rows = (row for result in results for row in _rows(result))
    return memory_layer("cap", _TABLE, rows=((row, None) for row in rows))


def plan_layer(results: Iterable[CapResult]) -> QgsVectorLayer:
    """The progress plan of each structure, the most pressing objective first."""
    return memory_layer("cap_plan", _PLAN, rows=((row, None) for row in _steps(results)))


def issues_layer(issues: Iterable[CapIssue]) -> QgsVectorLayer:
    """Everything of the files that was not taken as it stands."""
    return memory_layer("cap_issues", _ISSUES, rows=((asdict(item), None) for item in issues))


def _figure(name: str, value: Value) -> dict[str, Any]:
    return {name: value.number, f"{name}_etat": value.state.value}


def _mark(spread: Spread) -> int | None:
    return None if spread.divergent is None else int(spread.divergent)


def _rows(result: CapResult) -> Iterator[dict[str, Any]]:
    own = {"structure": result.structure, "date": result.date}
    for item in result.objectives:
        spread = item.spread
        yield {
            **own,
            "level": "objectif",
            "theme": item.objective.theme,
            "sub_theme": item.objective.sub_theme,
            "code": item.objective.code,
            "label": item.objective.text,
            "weight": item.objective.weight,
            **_figure("score", item.score),
            "respondents": item.answers,
            "unknown": item.unknown,
            "not_applicable": item.not_applicable,
            "blank": item.blank,
            "minimum": spread.low.number,
            "maximum": spread.high.number,
            "deviation": spread.deviation.number,
            "divergent": _mark(spread),
        }
    for level, groups in (
        ("sous_theme", result.sub_themes),
        ("theme", result.themes),
        ("ensemble", (result.whole,)),
    ):
        for group in groups:
            yield {**own, "level": level, **_group(group, result.change(group.key))}
    for role in result.roles:
        for theme, score in zip(result.themes, role.scores):
            yield {
                **own,
                "level": "fonction",
                "theme": theme.theme,
                "role": role.role,
                "label": f"{role.role} : {theme.theme}",
                "respondents": role.respondents,
                **_figure("score", score),
            }


def _group(item: GroupScore, change: Change | None) -> dict[str, Any]:
    row = {
        "theme": item.theme,
        "sub_theme": item.sub_theme,
        "label": item.sub_theme or item.theme or "Ensemble",
        **_figure("score", item.score),
        "respondents": item.respondents,
        "minimum": item.spread.low.number,
        "maximum": item.spread.high.number,
        "deviation": item.spread.deviation.number,
        "divergent": _mark(item.spread),
    }
    if change is not None:
        row["compared"] = change.compared
        row["previous"] = change.before.number
        row["current"] = change.now.number
        row["difference"] = change.difference.number
    return row


def _steps(results: Iterable[CapResult]) -> Iterator[dict[str, Any]]:
    for result in results:
        for step in result.plan.steps:
            yield {
                "structure": result.structure,
                "rank": step.rank,
                "code": step.objective.code,
                "theme": step.objective.theme,
                "sub_theme": step.objective.sub_theme,
                "objective": step.objective.text,
                "score": step.score,
                "gap": step.gap,
                "priority": step.priority,
                "weight": step.objective.weight,
                "urgency": step.urgency,
                "action": step.action,
                "pilot": step.pilot,
                "deadline": step.deadline,
                "indicator": step.objective.evidence,
            }
