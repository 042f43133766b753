"""Collect the source strings into ``i18n/coodiag_fr.ts`` and compile it.

Source strings are the literals given to ``tr``, to the errors of ``core/errors.py``, to
``progress.say`` and ``progress.warn``, the constants LABEL, GROUP and HELP of the algorithms and
the help texts given to ``self.add``. A translation already there is kept.
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
CALLS = {"tr": 0, "say": 0, "warn": 0, "add": 1}
ERRORS = {"CoodiagError", "InputError", "TerritoryError", "SourceError", "DependencyError"}
CONSTANTS = {"LABEL", "GROUP", "HELP"}
FOLDERS = ("coodiag_plugin", "processing_algorithms", "ui")


def literal(node: ast.expr) -> str | None:
    """The text of a string literal, also when written in several pieces."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def strings(tree: ast.AST) -> Iterator[str]:
    """Source strings of one module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            position = 0 if name in ERRORS else CALLS.get(name)
            if position is not None and len(node.args) > position:
                text = literal(node.args[position])
                if (text and " " in text) or (name == "tr" and text):
                    yield text
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = {getattr(target, "id", "") for target in targets}
            text = literal(node.value) if node.value else None
            if text and (
                names & CONSTANTS or any(n.endswith("_MESSAGE") or n == "_ADVICE" for n in names)
            ):
                yield text


def collect() -> list[str]:
    """Every source string of the plugin, sorted, once."""
    found: set[str] = set()
    for folder in FOLDERS:
        for path in (ROOT / folder).rglob("*.py"):
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
    TS.write_text(
        f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{text}\n', encoding="utf-8"
    )


def main() -> int:
    before = known()
    messages = {source: before.get(source, "") for source in collect()}
    write(messages)
    missing = [source for source, translation in messages.items() if not translation]
    print(f"{len(messages)} source strings, {len(missing)} without a translation")
    for source in missing:
        print("  " + source)
    lrelease = (
        shutil.which("lrelease") or shutil.which("lrelease-qt5") or "/usr/lib/qt5/bin/lrelease"
    )
    if not Path(lrelease).exists():
        print(
            "lrelease was not found (Debian: qttools5-dev-tools): the .qm was not built",
            file=sys.stderr,
        )
        return 1
    subprocess.run([lrelease, "-silent", str(TS), "-qm", str(TS.with_suffix(".qm"))], check=True)
    return 1 if missing else 0


if __name__ == "__main__":
    raise SystemExit(main())
