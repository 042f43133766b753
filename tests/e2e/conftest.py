"""A desktop for the tests that need a real window of QGIS."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from coodiag.tests.e2e.desktop import Desktop, lacking


@pytest.fixture
def desktop(tmp_path: Path) -> Callable[..., Desktop]:
    """Makes a :class:`Desktop` in an empty profile: ``desktop(language="fr", plugin=zip)``.

    The folder has a space and an accent, as those of users have.
    """
    if lacking():
        pytest.skip(f"not installed here: {lacking()}")
    made: list[Desktop] = []

    def make(**options: Any) -> Desktop:
        made.append(Desktop(tmp_path / f"bureau é {len(made) + 1}", **options))
        return made[-1]

    return make
