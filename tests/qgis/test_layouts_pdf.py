"""The layouts as one PDF: its pages, its texts, its fonts, its numbers; a stop leaves nothing."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.errors import Cancelled, InputError
from coodiag.coodiag_plugin.edition.pdf.objects import read
from coodiag.coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from coodiag.coodiag_plugin.qgis_bridge.layouts import export
from coodiag.coodiag_plugin.qgis_bridge.layouts.export import export_series
from coodiag.coodiag_plugin.qgis_bridge.layouts.items import LINK
from coodiag.coodiag_plugin.qgis_bridge.layouts.theme import FAMILY
from coodiag.tests.qgis import dossier_bytes as unpack
from coodiag.tests.qgis.layout_items import Made, labels, make, plain
from coodiag.tests.unit import report_samples as samples
from qgis.core import QgsProcessingFeedback

MARK = "DONNÉES FICTIVES"


def silent() -> FeedbackProgress:
    return FeedbackProgress(QgsProcessingFeedback(False))


@pytest.fixture(scope="module")
def made(qgis_app) -> Made:  # type: ignore[no-untyped-def]
    return make(samples.context())


@pytest.fixture(scope="module")
def pdf(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("atlas") / "atlas.pdf"
    progress = FeedbackProgress(QgsProcessingFeedback(False))
    assert export_series(made.layouts, path, dpi=72, progress=progress) == made.context.pages
    return path


@pytest.fixture(scope="module")
def texts(pdf: Path) -> list[str]:
    """Text of each page, French spaces made plain."""
    whole = unpack.pdf_text(pdf)
    return [plain(text) for text in whole.split("\f")[:-1]]


def test_the_pdf_has_the_pages_of_the_context(pdf: Path, texts: list[str], made: Made) -> None:
    info = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True, check=True).stdout
    assert re.search(rf"Pages:\s+{made.context.pages}\b", info)
    assert re.search(r"Page size:\s+84[12][.\d]* x 595[.\d]* pts \(A4\)", info)
    assert len(texts) == made.context.pages


def test_the_pdf_is_real_text_with_accents(texts: list[str], made: Made) -> None:
    for chapter in made.context.chapters:
        assert plain(chapter.title) in texts[chapter.number - 1]
        for page in chapter.pages:
            assert plain(page.title) in texts[page.number - 1], page.title
    first = made.context.commune_first
    for rank, name in enumerate(samples.NAMES):
        assert plain(name) in texts[first + rank - 1], name
    whole = " ".join(texts)
    for word in ("Écrit-sur-Rien", "L’Île-Inventée", "Œuvre-Imaginaire", "Zèbre-Rêvé", "chômage"):
        assert word in whole
    assert all(MARK in text for text in texts)


def test_fonts_are_embedded_and_of_the_shipped_family(pdf: Path) -> None:
    listed = subprocess.run(["pdffonts", str(pdf)], capture_output=True, text=True, check=True)
    rows = listed.stdout.splitlines()[2:]
    assert rows
    for row in rows:
        name = row.split()[0].split("+")[-1]
        assert name.startswith(FAMILY.replace(" ", "")), row
        embedded, _, readable = row.split()[-5:-2]
        assert (embedded, readable) == ("yes", "yes"), row
    names = {row.split()[0].split("+")[-1] for row in rows}
    assert any("Bold" in name for name in names), "a true bold"


def test_the_contents_point_to_the_pages_that_carry_the_titles(
    made: Made, texts: list[str]
) -> None:
    """Read on the printed pages: title in the contents, number beside it, title on that page."""
    (layout,) = [layout for layout in made.layouts if layout.name().startswith("002")]
    entries = {item.id(): item.currentText() for item in labels(layout)}
    checked = 0
    for key, title in entries.items():
        if not re.fullmatch(r"sommaire\.\d+", key):
            continue
        number = int(entries[f"{key}.page"])
        assert plain(title) in texts[1] and str(number) in texts[1]
        wanted = plain(re.sub(r"^\d+\. ", "", title))
        target = texts[number - 1]
        known = {
            "Les chiffres clés": "LES CHIFFRES CLÉS",
            "La synthèse": "LA SYNTHÈSE",
            "Les communes, page par page": "LES COMMUNES, PAGE PAR PAGE",
            "Glossaire": "GLOSSAIRE",
            "Secret statistique, données et crédits": "SECRET STATISTIQUE ET CRÉDITS",
        }
        assert known.get(wanted, wanted) in target, (title, number)
        checked += 1
    assert checked >= 25


def test_page_numbers_are_printed_where_they_are(texts: list[str]) -> None:
    for number, text in enumerate(texts[1:], 2):
        assert re.search(rf"(?<!\d){number}(?!\d)", text), number


class Stopping(QgsProcessingFeedback):
    """Cancels once the export is half done."""

    def __init__(self) -> None:
        super().__init__(False)
        self.progressChanged.connect(lambda done: self.cancel() if done > 10 else None)


def test_a_cancel_during_the_export_leaves_no_file(made: Made, tmp_path: Path) -> None:
    path = tmp_path / "atlas.pdf"
    with pytest.raises(Cancelled):
        export_series(made.layouts, path, dpi=72, progress=FeedbackProgress(Stopping()))
    assert not list(tmp_path.iterdir())


def test_a_pdf_that_cannot_be_written_is_refused_in_a_sentence(made: Made, tmp_path: Path) -> None:
    (tmp_path / "atlas.pdf").mkdir()
    progress = FeedbackProgress(QgsProcessingFeedback(False))
    with pytest.raises(InputError, match=r"atlas\.pdf could not be written"):
        export_series(made.layouts[:1], tmp_path / "atlas.pdf", dpi=72, progress=progress)


def test_a_cancelled_print_leaves_the_earlier_atlas(made: Made, tmp_path: Path) -> None:
    path = tmp_path / "atlas.pdf"
    path.write_bytes(b"avant")
    with pytest.raises(Cancelled):
        export_series(made.layouts, path, dpi=72, progress=FeedbackProgress(Stopping()))
    assert path.read_bytes() == b"avant" and len(list(tmp_path.iterdir())) == 1
    count = export_series(made.layouts[:2], path, dpi=72, progress=silent())
    assert count == 2 and path.read_bytes().startswith(b"%PDF")
    assert len(list(tmp_path.iterdir())) == 1


def test_a_file_that_is_locked_is_refused_before_anything_is_drawn(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "atlas.pdf"
    path.write_bytes(b"avant")

    def locked(self: Path, mode: str = "r", *rest: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "open", locked)
    monkeypatch.setattr(export, "_drawn", lambda *a: pytest.fail("drawn for nothing"))
    with pytest.raises(InputError, match=r"atlas\.pdf could not be written .*Permission denied"):
        export_series(made.layouts[:1], path, dpi=72, progress=silent())
    monkeypatch.undo()
    assert path.read_bytes() == b"avant"


def test_a_drawing_that_the_disk_cut_off_is_refused(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Qt does not say that the disk was full: the file alone tells it."""
    path = tmp_path / "atlas.pdf"
    path.write_bytes(b"avant")
    whole = export._drawn

    def cut(layouts: object, part: Path, *rest: object) -> object:
        series = whole(layouts, part, *rest)  # type: ignore[arg-type]
        part.write_bytes(part.read_bytes()[:5000])
        return series

    monkeypatch.setattr(export, "_drawn", cut)
    with pytest.raises(InputError, match=r"^The file .*pdf .*No space left.*disk is full"):
        export_series(made.layouts[:1], path, dpi=72, progress=silent())
    assert path.read_bytes() == b"avant" and len(list(tmp_path.iterdir())) == 1


def test_a_failure_after_the_drawing_leaves_the_earlier_file(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "atlas.pdf"
    path.write_bytes(b"avant")

    def full(*given: object) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(export, "_finished", full)
    with pytest.raises(InputError, match=r"^The file .*pdf .*No space left.*disk is full"):
        export_series(made.layouts[:1], path, dpi=72, progress=silent())
    assert path.read_bytes() == b"avant" and len(list(tmp_path.iterdir())) == 1


def test_the_same_layouts_give_the_same_bytes(made: Made, tmp_path: Path) -> None:
    path = tmp_path / "atlas.pdf"
    export_series(made.layouts[:7], path, dpi=72, progress=silent(), context=made.context)
    once = path.read_bytes()
    export_series(made.layouts[:7], path, dpi=72, progress=silent(), context=made.context)
    assert path.read_bytes() == once


def test_links_and_labels_follow_the_numbers_when_pages_are_left_out(
    made: Made, tmp_path: Path
) -> None:
    """Printed without its pages 2 and 3, the fourth is the second of the file."""
    path = tmp_path / "atlas.pdf"
    kept = [made.layouts[0], *made.layouts[3:6]]
    label = labels(made.layouts[0])[0]
    try:
        label.setCustomProperty(LINK, "4")
        assert export_series(kept, path, dpi=72, progress=silent()) == 4
        label.setCustomProperty(LINK, "3")  # of a page that is not in the file
        export_series(kept, tmp_path / "sans.pdf", dpi=72, progress=silent())
    finally:
        label.removeCustomProperty(LINK)
    document = read(path.read_bytes())
    assert document is not None
    (link,) = re.findall(rb"/Annots \[(\d+) 0 R\]", document.body(document.pages[0]))
    assert b"/Dest [%d 0 R /Fit]" % document.pages[1] in document.body(int(link))
    assert b"/Nums [0 << /S /D /St 1 >> 1 << /S /D /St 4 >>]" in document.body(document.root)
    assert b"/Subtype /Link" not in (tmp_path / "sans.pdf").read_bytes()
