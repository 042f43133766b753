"""The same dossier rendered twice gives the same text and the same pictures.

What the run wrote is compared with what its saved project and context give again: layouts went
through the project file in between.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.qgis_bridge.dossier import Dossier
from coodiag.coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from coodiag.tests.qgis import dossier_bytes as unpack
from coodiag.tests.qgis import printed_pages as printed
from coodiag.tests.qgis.conftest import DemoRun
from qgis.core import QgsProcessingFeedback

#: Formats whose files are the same to the byte, by their file.
SAME_BYTES = {"rapport.odt": "odt", "rapport.html": "html", "indicateurs.xlsx": "xlsx"}
#: Every so many pages of a PDF are compared as pictures.
SAMPLE = 9
DPI = 96


@pytest.fixture(scope="module")
def again(demo_run: DemoRun, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the finished dossier whose documents were written a second time."""
    from coodiag.coodiag_plugin.core.house import DEFAULT
    from coodiag.coodiag_plugin.qgis_bridge.documents import open_rendering, write_documents
    from coodiag.coodiag_plugin.qgis_bridge.reprint import reprint

    folder = Path(shutil.copytree(demo_run.dossier, tmp_path_factory.mktemp("encore") / "dossier"))
    for name in (*SAME_BYTES, "atlas.pdf", "diaporama.pdf", "synthese.pdf"):
        (folder / name).unlink()
    dossier, progress = Dossier(folder), FeedbackProgress(QgsProcessingFeedback(False))
    material = open_rendering(dossier, DEFAULT, DPI)
    write_documents(material, ("odt", "html", "xlsx", "diaporama", "synthese"), progress)
    reprint(
        dossier,
        folder / "atlas.pdf",
        paper="A4",
        commune_pages=True,
        commune_scale="",
        house=DEFAULT,
        dpi=DPI,
        progress=progress,
    )
    return folder


@pytest.mark.parametrize("name", ["atlas", "diaporama", "synthese"])
def test_a_pdf_rendered_twice_says_and_shows_the_same(
    demo_run: DemoRun, again: Path, tmp_path: Path, name: str
) -> None:
    pair = demo_run.dossier / f"{name}.pdf", again / f"{name}.pdf"
    first, second = (unpack.pdf_text(path) for path in pair)
    assert first == second
    pages = first.count("\f")
    folders = tmp_path / "1", tmp_path / "2"
    for folder in folders:
        folder.mkdir()
    for number in range(1, pages + 1, SAMPLE if pages > SAMPLE else 1):
        one, other = (printed.picture(path, number, folder) for path, folder in zip(pair, folders))
        assert one == other, f"page {number} of {name}"


@pytest.mark.parametrize("name", sorted(SAME_BYTES))
def test_a_document_written_twice_has_the_same_bytes(
    demo_run: DemoRun, again: Path, name: str
) -> None:
    assert (demo_run.dossier / name).read_bytes() == (again / name).read_bytes()
