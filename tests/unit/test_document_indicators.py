"""``docs/indicators.md`` is what the catalogue says."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.catalogue import indicators

ROOT = Path(__file__).resolve().parents[2]


def test_the_catalogue_of_indicators_is_up_to_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    document = importlib.import_module("document_indicators")

    written = (ROOT / "docs" / "indicators.md").read_text(encoding="utf-8")
    assert written == document.catalogue(), "run scripts/document.py with the Python of QGIS"
    assert all(f"| `{name}` |" in written for name in indicators())
