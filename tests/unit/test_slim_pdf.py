"""A PDF of Qt made lighter: what changes, what must not, and that the file stays whole."""

from __future__ import annotations

import re
import shutil
import subprocess
import zlib
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.errors import Cancelled
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.edition.slim_pdf import slim, slim_page

CURVE = b"23.4062500 -15.9531250 24.3437500 -15.9531250 25.2135416 -15.7942708 c\n"
HALO = b"8.26771653 w 2 J 1 j []0  d\n5.82812500 -2.53125000 m\n%sh\nS\nQ\n"
WHITE, GREY = b"\n1 1 1 SCN\n", b"\n0.5 0.5 0.5 SCN\n"


def document(*pages: bytes) -> bytes:
    """A PDF as Qt writes one: pages, each with its content and the length of it apart."""
    bodies = [b"<<\n/Type /Catalog\n/Pages 2 0 R\n>>\n"]
    kids = b" ".join(b"%d 0 R" % (3 + 3 * rank) for rank in range(len(pages)))
    bodies.append(b"<<\n/Type /Pages\n/Kids [%s]\n/Count %d\n>>\n" % (kids, len(pages)))
    for rank, content in enumerate(pages):
        first, packed = 3 + 3 * rank, zlib.compress(content)
        bodies += [
            b"<<\n/Type /Page\n/Parent 2 0 R\n/Contents %d 0 R\n/MediaBox [0 0 842 595]\n>>\n"
            % (first + 1),
            b"<<\n/Length %d 0 R\n/Filter /FlateDecode\n>>\nstream\n%s\nendstream\n"
            % (first + 2, packed),
            b"%d\n" % len(packed),
        ]
    made, offsets = b"%PDF-1.4\n%\xc3\xa2\xc3\xa3\n", []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(made))
        made += b"%d 0 obj\n%sendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(bodies) + 1
    return made + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<<\n/Size %d \n/Root 1 0 R\n>>\n"
        b"startxref\n%d \n%%%%EOF\n" % (size, table, size, len(made))
    )


def contents(made: bytes) -> list[bytes]:
    """Drawing operators of each page, read through the table of the file."""
    start = int(re.findall(rb"startxref\n(\d+)", made)[-1])
    assert made[start : start + 5] == b"xref\n"
    offsets = [int(item) for item in re.findall(rb"(\d{10}) 00000 n", made[start:])]
    for number, offset in enumerate(offsets, 1):
        assert made[offset:].startswith(b"%d 0 obj\n" % number)
    result = []
    for page in re.findall(rb"/Contents (\d+) 0 R", made):
        item = made[offsets[int(page) - 1] :]
        length = int(re.search(rb"/Length (\d+) 0 R", item)[1])  # type: ignore[index]
        size = int(made[offsets[length - 1] :].split(b"\n")[1])
        packed = item.partition(b"stream\n")[2][:size]
        assert item.partition(b"stream\n")[2][size:].startswith(b"\nendstream")
        result.append(zlib.decompress(packed))
    return result


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
    lean = slim_page(b"q" + WHITE + HALO % (CURVE * 20))
    assert lean.count(b" c\n") == 0
    assert lean.count(b"\n25.21 -15.79 l") == 20
    assert lean.startswith(b"q\n1 1 1 SCN\n8.26771653 w 2 J 1 j []0  d\n5.82 -2.53 m\n")
    assert lean.endswith(b"h\nS\nQ\n")


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
    lean = slim(made, Silent())
    assert contents(lean) == [slim_page(page) for page in pages]
    assert len(lean) < len(made)


def test_a_second_time_changes_nothing() -> None:
    once = slim(document(b"q" + WHITE + HALO % (CURVE * 50)), Silent())
    assert slim(once, Silent()) == once


@pytest.mark.parametrize(
    "made",
    [
        b"",
        b"%PDF-1.7\nanother make, its table in a stream\nstartxref\n9\n%%EOF\n",
        document(b"q\nQ\n")[:-40],
    ],
)
def test_another_make_comes_back_as_it_is(made: bytes) -> None:
    assert slim(made, Silent()) == made


def test_cancel() -> None:
    progress = Silent()
    progress.cancelled = True
    with pytest.raises(Cancelled):
        slim(document(b"q\nQ\n"), progress)


def test_a_reader_opens_it(tmp_path: Path) -> None:
    if shutil.which("pdfinfo") is None:
        pytest.skip("pdfinfo (poppler-utils) is not installed")
    path = tmp_path / "atlas.pdf"
    path.write_bytes(slim(document(b"q\n1.23456789 2.34567891 m\nS\nQ\n", b"BT ET\n"), Silent()))
    told = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True)
    assert "Pages:           2" in told.stdout
    assert "rror" not in told.stderr
