"""Ready for Qt 6: the rules of QGIS's own checker (``pyqt5_to_pyqt6.py --dry_run``), asked of the
bindings at hand, so that the same test holds under Qt 5 and Qt 6."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.version import ROOT

FOLDERS = ("coodiag_plugin", "processing_algorithms", "ui", "tests", "scripts")
#: What Qt 6 or its bindings no longer have.
GONE = {
    "exec_", "QRegExp", "QDesktopWidget", "qApp", "QVariant", "QWebView", "QWebPage", "QTextCodec",
    "resources_rc",
}  # fmt: skip
#: Names of members that Qt 6 changed, with their enumeration.
RENAMED = {"MidButton", "TextColorRole", "BackgroundColorRole", "HighQualityAntialiasing"}
METRICS = {"QFontMetrics", "QFontMetricsF"}
MOVED = {"QUndoCommand", "QUndoStack"}  # to QtGui, and qgis.PyQt does not say so


def sources() -> list[Path]:
    inside = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]
    return [ROOT / "__init__.py", *inside]


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def is_enumeration(thing: Any) -> bool:
    """An enumeration of Python, of QGIS or of Qt (sip makes those of Qt 5)."""
    return isinstance(thing, type) and type(thing).__name__ in {"enumtype", "EnumMeta", "EnumType"}


def imported(path: Path) -> dict[str, Any]:
    """What the names that a file imports from QGIS and Qt stand for."""
    names: dict[str, Any] = {}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and not node.level:
            if (node.module or "").split(".")[0] != "qgis":
                continue
            module = _module(str(node.module))
            for alias in node.names:
                if module is not None and hasattr(module, alias.name):
                    names[alias.asname or alias.name] = getattr(module, alias.name)
    return names


def _module(name: str) -> ModuleType | None:
    try:
        return importlib.import_module(name)
    except ImportError:  # a module that only some packages of QGIS have
        return None


def unscoped(path: Path) -> Iterator[str]:
    """Members of an enumeration that are taken from the class around it, which Qt 6 refuses."""
    names = imported(path)
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute):
            owner = _value(node.value, names)
            if isinstance(owner, type) and not is_enumeration(owner):
                member = getattr(owner, node.attr, None)
                if is_enumeration(type(member)):
                    yield f"{short(path)}:{node.lineno}: {ast.unparse(node)}"


def _value(node: ast.expr, names: dict[str, Any]) -> Any:
    """What a name with dots stands for, None where it cannot be told from the text."""
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if isinstance(node, ast.Attribute):
        owner = _value(node.value, names)
        return getattr(owner, node.attr, None) if isinstance(owner, type) else None
    return None


def gone(path: Path) -> Iterator[str]:
    """Names that are no more, and modules of one Qt alone."""
    for node in ast.walk(tree(path)):
        names = set()
        if isinstance(node, ast.ImportFrom):
            names = {alias.name for alias in node.names} & GONE
            if (node.module or "").split(".")[0] in ("PyQt5", "PyQt6", "PySide2", "PySide6"):
                names.add(str(node.module))
            if node.module == "qgis.PyQt.Qt":
                names.add(node.module)
        elif isinstance(node, ast.Import):
            names = {a.name for a in node.names if a.name.startswith(("PyQt", "PySide"))}
        elif isinstance(node, ast.Attribute):
            names = {node.attr} & (RENAMED | {"exec_"})
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            names = {node.name} & {"exec_"}
        for name in names:
            yield f"{short(path)}:{node.lineno}: {name}"


def fragile(path: Path) -> Iterator[str]:
    """Calls whose meaning Qt 6 changed, and what stops the checker."""
    for node in ast.walk(tree(path)):
        found = False
        if isinstance(node, ast.Call):
            function, arguments = node.func, node.args
            name = getattr(function, "attr", getattr(function, "id", ""))
            found = (
                (name == "addAction" and len(arguments) > 3)
                or (name == "desktop" and not arguments and isinstance(function, ast.Attribute))
                or (name == "QDateTime" and _old_date(arguments))
            )
        elif isinstance(node, ast.Subscript) and isinstance(node.value, ast.Attribute):
            found = node.value.attr == "activated" and getattr(node.slice, "id", "") == "str"
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            made = getattr(node.value.func, "id", "") in METRICS
            found = made and not isinstance(node.targets[0], ast.Name)
        if found:
            yield f"{short(path)}:{node.lineno}: {ast.unparse(node)}"


def _old_date(arguments: list[ast.expr]) -> bool:
    if len(arguments) == 1 and isinstance(arguments[0], ast.Call):
        return getattr(arguments[0].func, "id", "") == "QDate"
    return len(arguments) == 8


def widths(path: Path) -> Iterator[str]:
    """``QFontMetrics.width()``, which Qt 6 calls ``horizontalAdvance()``."""
    metrics = {
        target.id
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
        if getattr(node.value.func, "id", "") in METRICS
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute) and node.attr == "width":
            of = node.value
            function = of.func if isinstance(of, ast.Call) else None
            called = getattr(function, "attr", getattr(function, "id", ""))
            if getattr(of, "id", "") in metrics or called in METRICS | {"fontMetrics"}:
                yield f"{short(path)}:{node.lineno}: {ast.unparse(node)}"


def moved(path: Path) -> Iterator[str]:
    """Classes that Qt 6 has elsewhere, imported without asking the other place."""
    guarded = {
        id(inner)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Try)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("qgis.PyQt"):
            for name in {alias.name for alias in node.names} & MOVED:
                if id(node) not in guarded:
                    yield f"{short(path)}:{node.lineno}: {name}"


RULES = (unscoped, gone, fragile, widths, moved)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_nothing_for_the_checker_to_say(rule: Any) -> None:
    found = [line for path in sources() for line in rule(path)]
    assert found == [], "\n".join(found)


SAMPLE = """
from PyQt5.QtCore import Qt as Old
from qgis.core import QgsProcessing, QgsWkbTypes
from qgis.PyQt.QtCore import QDate, QDateTime, QRegExp, Qt, QVariant
from qgis.PyQt.QtGui import QFontMetrics
from qgis.PyQt.QtWidgets import QUndoStack

Qt.AlignLeft
Qt.AlignmentFlag.AlignLeft
QgsProcessing.TypeVectorPolygon
QgsProcessing.SourceType.TypeVectorPolygon
QgsWkbTypes.Point
dialog.exec_()
menu.addAction(icon, text, slot, shortcut)
box.activated[str].connect(slot)
QDateTime(QDate(2026, 1, 1))
self.metrics = QFontMetrics(font)
metrics = QFontMetrics(font)
metrics.width("a")
metrics.horizontalAdvance("a")
widget.fontMetrics().width("a")
"""


def test_the_rules_see_what_they_are_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sample = tmp_path / "sample.py"
    sample.write_text(SAMPLE, encoding="utf-8")
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    told = {rule.__name__: [line.split(": ", 1)[1] for line in rule(sample)] for rule in RULES}
    scoped = {"Qt.AlignmentFlag.AlignLeft", "QgsProcessing.SourceType.TypeVectorPolygon"}
    assert not scoped & set(told["unscoped"])
    assert {"QgsProcessing.TypeVectorPolygon", "QgsWkbTypes.Point"} <= set(told["unscoped"])
    assert {"PyQt5.QtCore", "QRegExp", "QVariant", "exec_"} == set(told["gone"])
    assert len(told["fragile"]) == 4
    assert told["widths"] == ["metrics.width", "widget.fontMetrics().width"]
    assert told["moved"] == ["QUndoStack"]
