"""Collect the source strings into ``i18n/coodiag_fr.ts`` and compile it.

Source strings are English literals where they are written:

- given to ``tr``, to ``progress.say`` and ``progress.warn``, as help to ``self.add``;
- templates of the errors of ``core/errors.py``;
- marked by ``N_`` or ``Words`` (``core/words.py``), for a text kept in a table, given through a
  variable, or standing inside a sentence;
- the constants LABEL, GROUP and HELP of the algorithms.

A translation already in the file is kept; one whose source has gone is dropped.
``tests/unit/test_translation.py`` proves that no call gets a text which is not collected.
"""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TS = ROOT / "i18n" / "coodiag_fr.ts"
QM = TS.with_suffix(".qm")
FOLDERS = ("coodiag_plugin", "processing_algorithms", "ui")
#: Position of the source string among the arguments of a call.
CALLS = {"tr": 0, "N_": 0, "Words": 0, "say": 0, "warn": 0, "add": 1}
ERRORS = {"CoodiagError", "InputError", "TerritoryError", "SourceError", "DependencyError"}
CONSTANTS = {"LABEL", "GROUP", "HELP"}
#: Where Debian puts lrelease when it is not on the path.
LRELEASE = ("lrelease", "lrelease-qt5", "/usr/lib/qt6/bin/lrelease", "/usr/lib/qt5/bin/lrelease")


def modules() -> Iterator[Path]:
    """Every Python file that may hold source strings."""
    for folder in FOLDERS:
        yield from sorted((ROOT / folder).rglob("*.py"))


def called(node: ast.Call) -> str:
    """Last name of what is called: ``say`` for ``progress.say``."""
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def template(node: ast.Call) -> ast.expr | None:
    """The argument of a call that is a source string, None for any other call."""
    name = called(node)
    position = 0 if name in ERRORS else CALLS.get(name)
    if position is None or len(node.args) <= position:
        return None
    if name == "add" and getattr(getattr(node.func, "value", None), "id", "") != "self":
        return None  # the add of a set, not of an algorithm
    return node.args[position]


def literal(node: ast.expr | None) -> str | None:
    """The text of a string literal, also when written in several pieces."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def strings(tree: ast.AST) -> Iterator[str]:
    """Source strings of one module."""
    for node in ast.walk(tree):
        text = None
        if isinstance(node, ast.Call):
            text = literal(template(node))
        elif isinstance(node, ast.Assign) and CONSTANTS & {
            getattr(target, "id", "") for target in node.targets
        }:
            text = literal(node.value)
        if text:
            yield text


def collect() -> list[str]:
    """Every source string of the plugin, sorted, once."""
    found: set[str] = set()
    for path in modules():
        found.update(strings(ast.parse(path.read_text(encoding="utf-8"))))
    return sorted(found)


def known() -> dict[str, str]:
    """Translations already in the .ts file."""
    if not TS.exists():
        return {}
    root = ElementTree.parse(TS).getroot()
    return {
        message.findtext("source", ""): message.findtext("translation", "")
        for message in root.iter("message")
    }


def write(messages: dict[str, str]) -> None:
    """Write the .ts file that Qt Linguist opens."""
    root = ElementTree.Element("TS", version="2.1", language="fr_FR", sourcelanguage="en")
    context = ElementTree.SubElement(root, "context")
    ElementTree.SubElement(context, "name").text = "Coodiag"
    for source, translation in messages.items():
        message = ElementTree.SubElement(context, "message")
        ElementTree.SubElement(message, "source").text = source
        target = ElementTree.SubElement(message, "translation")
        target.text = translation
        if not translation:
            target.set("type", "unfinished")
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    TS.parent.mkdir(exist_ok=True)
    TS.write_text(
        f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{text}\n', encoding="utf-8"
    )


def lrelease() -> str | None:
    """The compiler of translations, None when this machine has none."""
    return next((path for path in map(shutil.which, LRELEASE) if path), None)


def compile_to(target: Path) -> None:
    """Compile the .ts file; ``lrelease`` must be there."""
    command = lrelease()
    assert command is not None
    subprocess.run([command, "-silent", str(TS), "-qm", str(target)], check=True)


def main() -> int:
    before = known()
    messages = {source: before.get(source, "") for source in collect()}
    write(messages)
    missing = [source for source, translation in messages.items() if not translation]
    print(f"{len(messages)} source strings, {len(missing)} without a translation")
    for source in missing:
        print("  " + source)
    if lrelease() is None:
        print(
            "lrelease was not found (Debian: qttools5-dev-tools): the .qm was not built",
            file=sys.stderr,
        )
        return 1
    compile_to(QM)
    return 1 if missing else 0


if __name__ == "__main__":
    raise SystemExit(main())
