"""The packages that an algorithm asks for are those that its code imports, no more and no less."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Optional

import pytest
from coodiag.tests.conftest import ROOT

HEAVY = {"jinja2", "matplotlib", "numpy", "pandas", "scipy", "requests"}
ALGORITHMS = sorted(
    path.stem
    for path in (ROOT / "processing_algorithms").glob("*.py")
    if "CoodiagAlgorithm)" in path.read_text(encoding="utf-8")
)
#: A module, and a name of it; None for what happens when it is imported.
Place = tuple[Path, Optional[str]]


@cache
def parts(path: Path) -> tuple[dict[str, ast.AST], list[ast.stmt]]:
    """Functions, classes and values of a module by name; statements that run when it is imported."""
    names: dict[str, ast.AST] = {}
    runs = []
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            continue
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            names[node.name] = node
        else:
            runs.append(node)
            targets = node.targets if isinstance(node, ast.Assign) else []
            targets = [node.target] if isinstance(node, ast.AnnAssign) else targets
            names.update({each.id: node for each in targets if isinstance(each, ast.Name)})
    return names, runs


def module(base: Path, dotted: str) -> Path | None:
    path = base.joinpath(*dotted.split(".")) if dotted else base
    return next((p for p in (path.with_suffix(".py"), path / "__init__.py") if p.is_file()), None)


def imports(path: Path, node: ast.ImportFrom) -> dict[str, Place]:
    """What the names of a relative import stand for."""
    base = path.parent
    for _ in range(node.level - 1):
        base = base.parent
    own = module(base, node.module or "")
    found: dict[str, Place] = {}
    for alias in node.names:
        inner = module(base, f"{node.module}.{alias.name}" if node.module else alias.name)
        if inner is not None:
            found[alias.asname or alias.name] = inner, None
        elif own is not None:
            found[alias.asname or alias.name] = own, alias.name
    return found


def told(node: ast.AST) -> list[str]:
    """Packages that a node imports, or asks for (``require …``)."""
    if isinstance(node, ast.Import):
        return [alias.name.split(".")[0] for alias in node.names]
    if isinstance(node, ast.ImportFrom) and not node.level:
        return [(node.module or "").split(".")[0]]
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "require":
        return [f"require {each.value}" for each in node.args if isinstance(each, ast.Constant)]
    return []


def reached(path: Path, nodes: list[ast.AST]) -> Iterator[tuple[str, Place]]:
    """Packages (with an empty place) and places that some statements import or name."""
    names, runs = parts(path)
    bound: dict[str, Place] = {}
    for node in [each for top in [*runs, *nodes] for each in ast.walk(top)]:
        if isinstance(node, ast.ImportFrom) and node.level:
            bound.update(imports(path, node))
    for node in [each for top in nodes for each in ast.walk(top)]:
        yield from ((package, (path, None)) for package in told(node))
        if isinstance(node, ast.ImportFrom) and node.level:
            yield from (("", (place, None)) for place, _ in imports(path, node).values())
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            place, name = bound.get(node.value.id, (path, ""))
            if name is None:
                yield "", (place, node.attr)
        elif isinstance(node, ast.Name):
            if node.id in bound:
                yield "", bound[node.id]
            elif node.id in names:
                yield "", (path, node.id)


def packages(algorithm: str) -> tuple[set[str], set[str], set[str]]:
    """Packages declared, asked for on the way (``require``), and imported by what may run."""
    start = ROOT / "processing_algorithms" / f"{algorithm}.py"
    waiting: list[Place] = [(start, name) for name in [None, *parts(start)[0]]]
    seen: set[Place] = set()
    found: set[str] = set()
    while waiting:
        place = waiting.pop()
        if place in seen:
            continue
        seen.add(place)
        path, name = place
        names, runs = parts(path)
        nodes: list[ast.AST] = [names[name]] if name in names else []
        if name is None:  # a function named in a table does not run when the table is made
            called = (ast.Call, ast.Import, ast.ImportFrom)
            nodes = [n for top in runs for n in ast.walk(top) if isinstance(n, called)]
        for package, other in reached(path, nodes):
            found.add(package)
            waiting.append(other)
    declared: set[str] = set()
    for node in ast.walk(ast.parse(start.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "PACKAGES":
            declared = set(ast.literal_eval(node.value))
    return declared, {p for p in HEAVY if f"require {p}" in found}, found & HEAVY


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_an_algorithm_asks_for_the_packages_that_it_imports(algorithm: str) -> None:
    declared, on_the_way, needed = packages(algorithm)
    assert declared <= needed, "a package that it does not need is asked for"
    with_them = {"numpy"} if {"pandas", "matplotlib"} & (declared | on_the_way) else set()
    assert needed <= declared | on_the_way | with_them, "a package not asked for is imported"


def test_the_walk_sees_what_runs_and_not_its_neighbours() -> None:
    assert len(ALGORITHMS) > 15
    assert packages("isochrones")[1] == {"requests"}
    assert "scipy" in packages("huff")[2] and "scipy" not in packages("zoneprofile")[2]
