"""The table of collections of docs/network.md tells what the catalogue and the collectors say."""

from __future__ import annotations

import re
from pathlib import Path

from coodiag.coodiag_plugin.core.wanted import collections

ROOT = Path(__file__).resolve().parents[2]


def _rows() -> dict[str, tuple[str, str]]:
    text = (ROOT / "docs" / "network.md").read_text(encoding="utf-8")
    table = re.search(r"\| collection \|.*?\n\n", text, re.DOTALL)
    assert table is not None
    lines = [line.strip("| ").split(" | ") for line in table.group().splitlines()[2:] if line]
    return {line[0].split("`")[1]: (line[1], line[2]) for line in lines}


def _quoted(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_every_collection_is_told_with_its_services() -> None:
    told = {name: set(_quoted(cells[0])) for name, cells in _rows().items()}
    assert told == {name: set(item.services) for name, item in collections().items()}


def test_every_file_that_is_told_is_written_by_a_collector() -> None:
    folder = ROOT / "coodiag_plugin" / "sources" / "online"
    code = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    for _, files in _rows().values():
        for name in _quoted(files):
            fixed = max(re.split(r"<[^>]+>|…", name), key=len).strip("_")
            assert fixed.removesuffix(".csv") in code, name
