"""``coodiag:report``: the documents of a finished dossier, written again from it alone."""

from __future__ import annotations

import re
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path

import processing
import pytest
from coodiag.coodiag_plugin.qgis_bridge.dossier import CONTEXT, DOCUMENTS, FIGURES, REPORT, taken
from coodiag.processing_algorithms.parameters import FORMATS
from coodiag.tests.qgis.conftest import DemoRun, Heard
from qgis.core import QgsProcessingException

#: Documents whose bytes are those of the run: nothing in them tells when they were written.
SAME = ("html", "xlsx", "odt")


def report(dossier: Path, *formats: str, heard: Heard | None = None) -> dict[str, str]:
    asked = {"DOSSIER": str(dossier), "FORMATS": list(formats), "DPI": 96}
    return dict(processing.run("coodiag:report", asked, feedback=heard or Heard()))


def test_a_run_writes_every_document(demo_run: DemoRun) -> None:
    assert set(DOCUMENTS) == set(FORMATS)
    for output, name in DOCUMENTS.values():
        path = Path(demo_run.results[output])
        assert path == demo_run.dossier / name and path.stat().st_size > 10_000


@dataclass
class Again:
    """A copy of the dossier whose documents were deleted, then all written in one run."""

    dossier: Path
    results: dict[str, str]


@pytest.fixture(scope="module")
def again(demo_run: DemoRun, tmp_path_factory: pytest.TempPathFactory) -> Again:
    dossier = Path(shutil.copytree(demo_run.dossier, tmp_path_factory.mktemp("encore") / "copie"))
    for _, file in DOCUMENTS.values():
        (dossier / file).unlink()
    return Again(dossier, report(dossier, *FORMATS))


def test_every_document_can_be_written_again(again: Again) -> None:
    files = {output: str(again.dossier / file) for output, file in DOCUMENTS.values()}
    assert again.results == files


@pytest.mark.parametrize("name", SAME)
def test_a_document_written_again_is_the_same(demo_run: DemoRun, again: Again, name: str) -> None:
    file = DOCUMENTS[name][1]
    assert told(again.dossier / file) == told(demo_run.dossier / file)


def told(path: Path) -> bytes:
    """The file; of the report to be edited its text: a project that was read back draws the
    letters of a map a thousandth of a pixel away."""
    if path.suffix != ".odt":
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return re.sub(rb"<[^>]*>", b" ", archive.read("content.xml"))


@pytest.mark.parametrize("name", ["diaporama", "synthese"])
def test_slides_and_summary_come_from_the_layouts_of_the_project(again: Again, name: str) -> None:
    assert (again.dossier / DOCUMENTS[name][1]).read_bytes().startswith(b"%PDF")


def test_an_edited_report_is_never_overwritten(
    dossier_copy: Path, again: Again, tmp_path: Path
) -> None:
    mine = dossier_copy / REPORT
    edit(mine, tmp_path / "modifié.odt")
    kept = mine.read_bytes()
    written = Path(report(dossier_copy, "odt")["ODT"])
    assert written != mine and written.suffix == ".odt" and written.is_file()
    assert mine.read_bytes() == kept
    assert written.read_bytes() == (again.dossier / REPORT).read_bytes(), "the same to the byte"


def edit(path: Path, scratch: Path) -> None:
    """As a word processor does: the same parts, another text."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(scratch, "w") as new:
        for item in old.infolist():
            content = old.read(item)
            if item.filename == "content.xml":
                content = content.replace("Synthèse".encode(), "Synthèse relue".encode(), 1)
            new.writestr(item, content)
    shutil.move(scratch, path)


@pytest.mark.parametrize(
    ("lost", "name"), [(CONTEXT, "html"), (FIGURES, "xlsx"), ("diagnostic.qgz", "odt")]
)
def test_a_dossier_that_lost_a_file_is_refused_by_its_name(
    dossier_copy: Path, lost: str, name: str
) -> None:
    (dossier_copy / lost).unlink()
    before = (dossier_copy / DOCUMENTS[name][1]).read_bytes()
    with pytest.raises(QgsProcessingException, match=lost):
        report(dossier_copy, name)
    assert (dossier_copy / DOCUMENTS[name][1]).read_bytes() == before


def test_a_dossier_in_use_is_refused(dossier_copy: Path) -> None:
    with (
        taken(dossier_copy),
        pytest.raises(QgsProcessingException, match="Another diagnosis is writing"),
    ):
        report(dossier_copy, "xlsx")
    (dossier_copy / ".rapport.html.en-cours").write_text("coupé", encoding="utf-8")
    output, file = DOCUMENTS["xlsx"]
    assert report(dossier_copy, "xlsx") == {output: str(dossier_copy / file)}  # and nothing else
    assert not [path for path in dossier_copy.iterdir() if path.name.startswith(".")]
