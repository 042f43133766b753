"""The direction of knowledge (docs/architecture.md), read from the imports of every file.

Also what no file of the plugin may hold: a print, a path of a machine, a registry's address.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLUGIN = ROOT / "coodiag_plugin"
#: Room → rooms it may import. A room may always import itself.
RIGHT_OF = {
    "core": set(),
    "sources": {"core"},
    "geocoding": {"core", "sources"},
    "zones": {"core"},
    "analysis": {"core"},
    "edition": {"core"},
    "demo": {"core"},
    "qgis_bridge": {"core", "sources", "geocoding", "zones", "analysis", "edition", "demo"},
    "processing_algorithms": {"core", "qgis_bridge"},
    "ui": set(),
    "plugin": {"core", "qgis_bridge", "processing_algorithms", "ui"},
}
#: Room → packages beside the standard library.
PACKAGES = {
    "core": set(),
    "sources": {"pandas", "numpy", "requests", "osgeo"},
    "geocoding": {"pandas", "numpy"},
    "zones": {"numpy", "scipy", "pandas"},
    "analysis": {"numpy", "pandas", "scipy"},
    "edition": {"jinja2", "markupsafe", "matplotlib"},  # markupsafe comes with jinja2
    "demo": {"osgeo"},
    "qgis_bridge": {"qgis", "numpy", "pandas", "osgeo"},
    "processing_algorithms": {"qgis"},
    "ui": {"qgis"},
    "plugin": {"qgis"},
}
#: File → packages that it does without when they are missing; imported in its functions only.
OPTIONAL = {"coodiag_plugin/sources/parquet.py": {"duckdb", "pyarrow"}}
HEAVY = {"pandas", "numpy", "scipy", "matplotlib", "jinja2", "requests"}
COMPUTE = {"sources", "geocoding", "zones", "analysis"}


def sources() -> list[Path]:
    folders = (PLUGIN, ROOT / "processing_algorithms", ROOT / "ui")
    return [ROOT / "__init__.py", *(path for f in folders for path in sorted(f.rglob("*.py")))]


def room(path: Path) -> str:
    parts = path.relative_to(ROOT).parts
    if parts[0] == "coodiag_plugin":
        return parts[1] if len(parts) > 2 else "plugin"
    return parts[0] if len(parts) > 1 else "plugin"


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def is_type_checking(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)


def statements(
    path: Path, everywhere: bool, skip: frozenset[int]
) -> Iterator[ast.Import | ast.ImportFrom]:
    """Imports of a file; ``everywhere`` also inside functions and for type checkers.

    ``skip``: identities of the nodes left out.
    """
    if everywhere:
        for node in ast.walk(tree(path)):
            if isinstance(node, (ast.Import, ast.ImportFrom)) and id(node) not in skip:
                yield node
        return
    waiting: list[ast.stmt] = list(tree(path).body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            yield node
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) or is_type_checking(node):
            continue
        else:
            waiting += [
                child for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt)
            ]


def imports(
    path: Path, everywhere: bool = True, skip: frozenset[int] = frozenset()
) -> Iterator[tuple[str, Path | None]]:
    """``(top name, None)`` of a package, or ``("", file)`` of the plugin itself."""
    for node in statements(path, everywhere, skip):
        if isinstance(node, ast.Import):
            yield from ((alias.name.split(".")[0], None) for alias in node.names)
            continue
        if not node.level:
            yield str(node.module).split(".")[0], None
            continue
        base = path.parent
        for _ in range(node.level - 1):
            base = base.parent
        target = base.joinpath(*(node.module or "").split(".")) if node.module else base
        if target.with_suffix(".py").is_file():
            yield "", target.with_suffix(".py")
            continue
        for alias in node.names:
            inner = target / f"{alias.name}.py"
            if inner.is_file():
                yield "", inner
            elif (target / alias.name / "__init__.py").is_file():
                yield "", target / alias.name / "__init__.py"
            else:
                assert (target / "__init__.py").is_file(), f"{short(path)}: {ast.unparse(node)}"
                yield "", target / "__init__.py"


def test_the_map_of_rooms_is_whole() -> None:
    assert {room(path) for path in sources()} <= set(RIGHT_OF)
    assert len(sources()) > 100


@pytest.mark.parametrize("path", sources(), ids=short)
def test_a_room_imports_only_what_stands_to_its_right(path: Path) -> None:
    here = room(path)
    for name, target in imports(path):
        if target is not None:
            there = room(target)
            assert there == here or there in RIGHT_OF[here], f"{short(path)} knows {short(target)}"
        elif name not in sys.stdlib_module_names:
            optional = OPTIONAL.get(short(path), set())
            assert name in PACKAGES[here] | optional, f"{short(path)} imports {name}"
    for name, _ in imports(path, everywhere=False):
        assert name not in OPTIONAL.get(short(path), set()), f"{short(path)} cannot load without"


@cache
def reached(start: Path) -> frozenset[Path]:
    """Files that importing ``start`` loads, packages' ``__init__`` included."""
    seen: set[Path] = set()
    waiting = [start]
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        waiting += [target for _, target in imports(path, everywhere=False) if target]
        parents = [parent / "__init__.py" for parent in path.parents if parent.is_relative_to(ROOT)]
        waiting += [parent for parent in parents if parent.is_file()]
    return frozenset(seen)


def entry_points() -> list[Path]:
    return [PLUGIN / "plugin.py", *sorted((ROOT / "processing_algorithms").glob("*.py"))]


@pytest.mark.parametrize("path", entry_points(), ids=short)
def test_loading_the_provider_needs_no_compute_package(path: Path) -> None:
    for file in reached(path):
        assert room(file) not in COMPUTE, f"{short(path)} loads {short(file)}"
        for name, _ in imports(file, everywhere=False):
            assert name not in HEAVY, f"{short(path)} loads {short(file)}, which imports {name}"


@pytest.mark.parametrize("path", sources(), ids=short)
def test_a_file_is_short_and_dated_by_the_future(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") < 400
    if any(isinstance(node, (ast.FunctionDef, ast.ClassDef)) for node in tree(path).body):
        assert "from __future__ import annotations" in text


@pytest.mark.parametrize("path", sources(), ids=short)
def test_nothing_is_printed_and_no_error_is_swallowed(path: Path) -> None:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in ("print", "breakpoint", "eval", "exec"), ast.unparse(node)
        if isinstance(node, ast.ExceptHandler):
            names = {item.id for item in ast.walk(node.type or node) if isinstance(item, ast.Name)}
            broad = node.type is None or names & {"Exception", "BaseException", "OSError"}
            silent = all(isinstance(item, ast.Pass) for item in node.body)
            assert not (broad and silent), f"line {node.lineno}: an error is swallowed"


@pytest.mark.parametrize("path", sources(), ids=short)
def test_no_formatted_string_goes_to_a_translation(path: Path) -> None:
    """A template is translated before its fields are filled."""
    templated = {
        "tr", "say", "warn", "CoodiagError", "InputError", "TerritoryError", "SourceError",
        "DependencyError",
    }  # fmt: skip
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in templated:
                assert not isinstance(node.args[0], (ast.JoinedStr, ast.BinOp)), ast.unparse(node)


def tracked() -> list[Path]:
    """Text files that a clone holds (everything but ignored folders where there is no git)."""
    listing = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-co", "--exclude-standard", "-z"],
        capture_output=True,
        text=True,
        check=False,
    )
    if listing.returncode:
        names = [short(path) for path in sources()]
    else:
        names = [name for name in listing.stdout.split("\0") if name]
    binary = (".ttf", ".png", ".qm")
    return [ROOT / name for name in names if not name.endswith(binary) and (ROOT / name).is_file()]


MACHINE = re.compile(
    r"/(?:home|Users|root|work|mnt|media)/(?!\.{0,3}\W)\w|\b[A-Z]:\\\\?(?:Users|Temp)"
    r"|pypi\.(?:org|python)|pythonhosted|artifactory|nexus\.|registry\.npm|proxy\.golang"
)


def test_no_tracked_file_names_a_machine_or_a_registry() -> None:
    found = []
    for path in tracked():
        if path == Path(__file__).resolve():
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if MACHINE.search(line):
                found.append(f"{short(path)}:{number}: {line.strip()[:100]}")
    assert not found, "\n".join(found)


def test_links_of_the_documents_lead_somewhere() -> None:
    lost = []
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", path.read_text(encoding="utf-8")):
            if not target.startswith(("http", "mailto")) and not (path.parent / target).exists():
                lost.append(f"{short(path)} → {target}")
    assert not lost, "\n".join(lost)
