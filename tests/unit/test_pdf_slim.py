"""A PDF of Qt made lighter: what changes, what must not, and that the file stays whole."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.errors import Cancelled
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.edition.pdf.objects import read
from coodiag.coodiag_plugin.edition.pdf.slim import slim, slim_page
from coodiag.tests.unit.pdf_samples import contents, document

CURVE = b"23.4062500 -15.9531250 24.3437500 -15.9531250 25.2135416 -15.7942708 c\n"
HALO = b"8.26771653 w 2 J 1 j []0  d\n5.82812500 -2.53125000 m\n%sh\nS\nQ\n"
WHITE, GREY = b"\n1 1 1 SCN\n", b"\n0.5 0.5 0.5 SCN\n"


def lean(made: bytes) -> bytes:
    pdf = read(made)
    assert pdf is not None
    slim(pdf, Silent())
    return pdf.to_bytes()


def test_coordinates_keep_two_decimals() -> None:
    page = b"q\n86.5097851 927.432812 m\n-81.7937508 0.00123456 l\n5 6.5 l\nh\nB*\n"
    assert slim_page(page) == b"q\n86.50 927.43 m\n-81.79 0.00 l\n5 6.5 l\nh\nB*\n"


@pytest.mark.parametrize(
    "line",
    [
        b"0.999469841 0 0 0.999469841 401.339602 1635.44562 cm",
        b"/CSp cs 0.133333333 0.192156862 0.227450980 scn",
        b"0.133333333 0.192156862 0.227450980 SCN",
        b"1.77165354 w 2 J 1 j [3.33333333 1.11111111]0  d",
        b"BT /F8 29.1666667 Tf <0012> Tj ET",
        b"1.23456789 2.34567891 3.45678912 4.56789123 re",
    ],
)
def test_what_is_not_a_path_stays(line: bytes) -> None:
    page = b"q\n%s\n5.55555555 6.66666666 m\n7.77777777 8.88888888 l\nS\n%s\nQ\n" % (line, line)
    assert slim_page(page) == b"q\n%s\n5.55 6.66 m\n7.77 8.88 l\nS\n%s\nQ\n" % (line, line)


def test_halos_lose_their_curves() -> None:
    page = slim_page(b"q" + WHITE + HALO % (CURVE * 20))
    assert page.count(b" c\n") == 0
    assert page.count(b"\n25.21 -15.79 l") == 20
    assert page.startswith(b"q\n1 1 1 SCN\n8.26771653 w 2 J 1 j []0  d\n5.82 -2.53 m\n")
    assert page.endswith(b"h\nS\nQ\n")


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(WHITE + HALO % (CURVE * 4), id="a circle"),
        pytest.param(GREY + HALO % (CURVE * 20), id="not white"),
        pytest.param((WHITE + HALO % (CURVE * 20)).replace(b"8.267", b"1.267"), id="a fine pen"),
        pytest.param((WHITE + HALO % (CURVE * 20)).replace(b"S\nQ", b"B*\nQ"), id="filled"),
    ],
)
def test_other_curves_stay_curves(page: bytes) -> None:
    assert slim_page(page).count(b" c\n") == page.count(b" c\n")


def test_the_file_is_whole_and_lighter() -> None:
    pages = [b"q" + WHITE + HALO % (CURVE * 300), b"q\n1.23456789 2.34567891 m\nS\nQ\n", b"BT ET\n"]
    made = document(*pages)
    assert contents(made) == pages
    lighter = lean(made)
    assert contents(lighter) == [slim_page(page) for page in pages]
    assert len(lighter) < len(made)


def test_a_second_time_changes_nothing() -> None:
    once = lean(document(b"q" + WHITE + HALO % (CURVE * 50)))
    assert lean(once) == once


def test_cancel() -> None:
    pdf, progress = read(document(b"q\nQ\n")), Silent()
    assert pdf is not None
    progress.cancelled = True
    with pytest.raises(Cancelled):
        slim(pdf, progress)


def test_a_reader_opens_it(tmp_path: Path) -> None:
    if shutil.which("pdfinfo") is None:
        pytest.skip("pdfinfo (poppler-utils) is not installed")
    path = tmp_path / "atlas.pdf"
    path.write_bytes(lean(document(b"q\n1.23456789 2.34567891 m\nS\nQ\n", b"BT ET\n")))
    told = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True)
    assert "Pages:           2" in told.stdout
    assert "rror" not in told.stderr
