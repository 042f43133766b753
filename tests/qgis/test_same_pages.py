"""The same dossier rendered twice gives the same text and the same pictures.

That its files are the same to the byte is shown by ``test_report.py``, which writes them again.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.house import DEFAULT
from coodiag.coodiag_plugin.qgis_bridge.documents import (
    SHEET,
    SLIDE,
    Rendering,
    layouts_of,
    open_rendering,
)
from coodiag.coodiag_plugin.qgis_bridge.dossier import Dossier
from coodiag.coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from coodiag.coodiag_plugin.qgis_bridge.layouts.export import export_series
from coodiag.tests.qgis import dossier_bytes as unpack
from coodiag.tests.qgis import printed_pages as printed
from coodiag.tests.qgis.conftest import DemoRun
from qgis.core import QgsProcessingFeedback

#: Layouts of each series, by the first letter of their names, and one of how many is printed.
SERIES = {"": 8, SLIDE: 10, SHEET: 1}
DPI = 96


@pytest.fixture(scope="module")
def twice(demo_run: DemoRun, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two copies of the finished dossier, each opened and rendered anew."""
    root = tmp_path_factory.mktemp("encore")
    return _rendered(demo_run.dossier, root / "1"), _rendered(demo_run.dossier, root / "2")


def _rendered(dossier: Path, root: Path) -> Path:
    folder = Path(shutil.copytree(dossier, root / "dossier"))
    progress = FeedbackProgress(QgsProcessingFeedback(False))
    material = open_rendering(Dossier(folder), DEFAULT, DPI)
    for mark, step in SERIES.items():
        _print(material, mark, step, folder / f"extrait{mark}.pdf", progress)
    return folder


def _print(
    material: Rendering, mark: str, step: int, path: Path, progress: FeedbackProgress
) -> None:
    # The pages of the communes, one for each of them, take longer than all the others.
    layouts = [one for one in layouts_of(material.project, mark) if not one.atlas().enabled()]
    export_series(layouts[::step], path, dpi=DPI, progress=progress)


@pytest.mark.parametrize("mark", sorted(SERIES))
def test_pages_printed_twice_say_and_show_the_same(
    twice: tuple[Path, Path], tmp_path: Path, mark: str
) -> None:
    pair = [folder / f"extrait{mark}.pdf" for folder in twice]
    first, second = (unpack.pdf_text(path) for path in pair)
    assert first == second and first.count("\f") >= 2
    for number in range(1, first.count("\f") + 1):
        one, other = (printed.picture(path, number, tmp_path) for path in pair)
        assert one == other, f"page {number} of {pair[0].name}"
