"""``coodiag:report``: the documents of a finished dossier, written again from it alone."""

from __future__ import annotations

import re
import shutil
import zipfile
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


@pytest.mark.parametrize("name", SAME)
def test_a_document_written_again_is_the_same(
    demo_run: DemoRun, dossier_copy: Path, name: str
) -> None:
    output, file = DOCUMENTS[name]
    (dossier_copy / file).unlink()
    written = report(dossier_copy, name)
    assert written == {output: str(dossier_copy / file)}
    assert told(dossier_copy / file) == told(demo_run.dossier / file)


def told(path: Path) -> bytes:
    """The file; of the report to be edited its text: a project that was read back draws the
    letters of a map a thousandth of a pixel away."""
    if path.suffix != ".odt":
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return re.sub(rb"<[^>]*>", b" ", archive.read("content.xml"))


def test_slides_and_summary_come_from_the_layouts_of_the_project(dossier_copy: Path) -> None:
    for name in ("diaporama", "synthese"):
        output, file = DOCUMENTS[name]
        (dossier_copy / file).unlink()
        assert report(dossier_copy, name)[output] == str(dossier_copy / file)
        assert (dossier_copy / file).read_bytes().startswith(b"%PDF")


def test_an_edited_report_is_never_overwritten(dossier_copy: Path, tmp_path: Path) -> None:
    mine = dossier_copy / REPORT
    edit(mine, tmp_path / "modifié.odt")
    kept = mine.read_bytes()
    written = Path(report(dossier_copy, "odt")["ODT"])
    assert written != mine and written.suffix == ".odt" and written.is_file()
    assert mine.read_bytes() == kept


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
    report(dossier_copy, "xlsx")
    assert not [path for path in dossier_copy.iterdir() if path.name.startswith(".")]
