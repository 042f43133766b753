"""The plugin under its one name, ``coodiag``, whatever the folder of the clone is called."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def load() -> None:
    """Register the clone as the package ``coodiag`` (no path is added to ``sys.path``)."""
    if "coodiag" in sys.modules:
        return
    spec = importlib.util.spec_from_file_location(
        "coodiag", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
    )
    if spec is None or spec.loader is None:
        raise ImportError(f"{ROOT} is not the plugin")
    package = importlib.util.module_from_spec(spec)
    sys.modules["coodiag"] = package
    spec.loader.exec_module(package)
