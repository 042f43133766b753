"""``docs/algorithms.md`` is what the classes say."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_the_reference_of_the_algorithms_is_up_to_date(
    qgis_app: Any, qgis_processing: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    document = importlib.import_module("document")

    written = (ROOT / "docs" / "algorithms.md").read_text(encoding="utf-8")
    assert written == document.reference(), "run scripts/document.py with the Python of QGIS"
    assert written.count("\n## ") == len(document.ALGORITHMS)
