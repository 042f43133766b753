"""Bookmarks, links, labels and metadata, read back from the bytes and by poppler."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.edition.pdf.marks import (
    About,
    Bookmark,
    Link,
    put_about,
    put_bookmarks,
    put_labels,
    put_links,
)
from coodiag.coodiag_plugin.edition.pdf.objects import Pdf, read, text
from coodiag.tests.unit.pdf_samples import document

ABOUT = About(
    "Diagnostic – L’Île & Cie", "Structure <fictive>", "Objet", ("un", "deux"), "2026-03-31", "C 1"
)
OUTLINE = [
    Bookmark("Couverture", 0),
    Bookmark("1. Œuvres", 1),
    Bookmark("Une carte ?", 2, 1),
    Bookmark("Une fiche", 3, 1),
    Bookmark("Glossaire", 4),
]


def made(count: int = 5) -> Pdf:
    pdf = read(document(*[b"q\nQ\n"] * count))
    assert pdf is not None
    return pdf


def entry(pdf: Pdf, number: int) -> dict[str, bytes]:
    return {
        name.decode(): value.strip()
        for name, value in re.findall(rb"\n/(\w+) ([^\n]*)", pdf.body(number))
    }


def reference(value: bytes) -> int:
    return int(value.split()[0])


def test_the_outline_is_a_tree_whose_every_leaf_points_to_its_page() -> None:
    pdf = made()
    put_bookmarks(pdf, OUTLINE)
    catalogue = entry(pdf, pdf.root)
    assert catalogue["PageMode"] == b"/UseOutlines"
    outline = entry(pdf, reference(catalogue["Outlines"]))
    assert outline["Count"] == b"3"
    seen: list[tuple[bytes, int]] = []

    def walk(number: int, last: int, parent: int) -> None:
        before = 0
        while number:
            item = entry(pdf, number)
            assert reference(item["Parent"]) == parent
            assert reference(item.get("Prev", b"0")) == before
            seen.append((item["Title"], reference(item["Dest"].strip(b"["))))
            if "First" in item:
                assert item["Count"] == b"-2", "chapters are closed"
                walk(reference(item["First"]), reference(item["Last"]), number)
            before, following = number, reference(item.get("Next", b"0"))
            if not following:
                assert number == last
            number = following

    walk(reference(outline["First"]), reference(outline["Last"]), reference(catalogue["Outlines"]))
    assert seen == [(text(item.title), pdf.pages[item.page]) for item in OUTLINE]


def test_no_bookmark_leaves_the_catalogue_as_it_was() -> None:
    pdf = made()
    before = pdf.body(pdf.root)
    put_bookmarks(pdf, [])
    put_labels(pdf, [])
    assert pdf.body(pdf.root) == before


def test_a_link_covers_its_box_and_leads_to_its_page() -> None:
    pdf = made()
    put_links(pdf, [Link(1, (0.1, 0.2, 0.5, 0.3), 4, "Glossaire"), Link(1, (0, 0, 1, 1), 0)])
    listed = re.search(rb"/Annots \[(\d+) 0 R (\d+) 0 R\]", pdf.body(pdf.pages[1]))
    assert listed is not None
    first, second = (pdf.body(int(number)) for number in listed.groups())
    assert b"/Rect [84.20 416.50 421.00 476.00]" in first
    assert b"/Dest [%d 0 R /Fit]" % pdf.pages[4] in first
    assert text("Glossaire") in first and b"/Contents" not in second
    assert b"/Rect [0.00 0.00 842.00 595.00]" in second
    assert b"/Annots" not in pdf.body(pdf.pages[0])


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["1", "2", "3"], b"0 << /S /D /St 1 >>"),
        (["1", "2", "60", "61"], b"0 << /S /D /St 1 >> 2 << /S /D /St 60 >>"),
        (["D1", "D2"], b"0 << /S /D /St 1 /P %s >>" % text("D")),
        (["", "5"], b"0 << >> 1 << /S /D /St 5 >>"),
        (["1", "", "", "2"], b"0 << /S /D /St 1 >> 1 << >> 2 << >> 3 << /S /D /St 2 >>"),
    ],
)
def test_labels_are_runs_of_printed_numbers(labels: list[str], expected: bytes) -> None:
    pdf = made()
    put_labels(pdf, labels)
    assert b"/PageLabels << /Nums [%s] >>" % expected in pdf.body(pdf.root)


def test_what_it_is_about_is_said_twice_and_without_a_clock() -> None:
    pdf = made()
    put_about(pdf, ABOUT)
    put_about(pdf, ABOUT)
    whole = pdf.to_bytes()
    assert whole.count(b"/Type /Metadata") == 1, "the earlier one is replaced"
    assert text(ABOUT.title) in whole and b"/CreationDate (D:20260331)" in whole
    packet = whole.decode("utf-8", "replace")
    assert "Diagnostic – L’Île &amp; Cie" in packet
    assert "<rdf:li>Structure &lt;fictive&gt;</rdf:li>" in packet
    assert "<xmp:CreateDate>2026-03-31</xmp:CreateDate>" in packet
    assert "<dc:language><rdf:Bag><rdf:li>fr-FR</rdf:li></rdf:Bag></dc:language>" in packet
    assert b"/Lang (fr-FR)" in whole and b"/DisplayDocTitle true" in whole
    assert not re.search(r"uuid|ModifyDate|ModDate", packet)


def test_what_is_not_known_is_left_out() -> None:
    pdf = made()
    put_about(pdf, About("Seul"))
    whole = pdf.to_bytes()
    for name in (b"/Author", b"/CreationDate", b"CreateDate", b"dc:creator", b"/Keywords"):
        assert name not in whole


def test_a_reader_finds_the_marks(tmp_path: Path) -> None:
    if shutil.which("pdfinfo") is None:
        pytest.skip("pdfinfo (poppler-utils) is not installed")
    pdf = made()
    put_about(pdf, ABOUT)
    put_bookmarks(pdf, OUTLINE)
    put_labels(pdf, ["1", "2", "3", "4", "5"])
    put_links(pdf, [Link(1, (0.1, 0.2, 0.5, 0.3), 4)])
    path = tmp_path / "atlas.pdf"
    path.write_bytes(pdf.to_bytes())
    told = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True)
    assert re.search(r"Title: +Diagnostic – L’Île & Cie", told.stdout)
    assert re.search(r"Author: +Structure <fictive>", told.stdout)
    assert re.search(r"Pages: +5", told.stdout) and told.stderr == ""
