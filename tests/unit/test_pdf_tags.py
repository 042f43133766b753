"""The structure of a page: what is drawn at an item's place bears the tag of that item."""

from __future__ import annotations

import re

from coodiag.coodiag_plugin.edition.pdf.letters import put_spaces
from coodiag.coodiag_plugin.edition.pdf.objects import Pdf, read, text
from coodiag.coodiag_plugin.edition.pdf.tags import (
    FIGURE,
    PARAGRAPH,
    TITLE,
    Mark,
    Piece,
    Section,
    put_structure,
    tag_drawing,
)
from coodiag.tests.unit.pdf_samples import document

DPI, SCALE = 300, 11.8047619  # pixels per millimetre, as Qt rounds them
WORDS = b"q\nBT\n/F8 201 Tf\nET\nQ\n"
FILL = b"q\n0 0 m\n9 9 l\nf\nQ\n"


def at(x: float, y: float) -> bytes:
    """The start of an item, as Qt writes it."""
    place = (SCALE, SCALE, x * SCALE, y * SCALE)
    return b"q\n%.7f 0 0 %.7f %.6f %.6f cm\n1 w\nQ\n" % place


PIECES = (
    Piece(14, 7),  # a frame
    Piece(14, 7, PARAGRAPH, "Rubrique"),
    Piece(14, 11.6, TITLE, "Un titre sur deux lignes"),
    Piece(14, 40, FIGURE, "Carte : ce qu’elle montre"),
    Piece(0, 0),
)
DRAWING = (
    b"/GSa gs\nq\nQ\n"
    + at(0, 0) + FILL
    + at(14, 7) + FILL + at(14, 7) + WORDS
    + at(14, 11.6) + WORDS + WORDS
    + at(14, 40) + b"q\n0.33 0 0 0.33 5 5 cm\n" + FILL + WORDS + b"Q\n"
    + at(99, 99) + FILL
    + b"Q\n"
)  # fmt: skip


def test_each_item_is_between_its_marks() -> None:
    tagged, marks = tag_drawing(DRAWING, PIECES, DPI)
    assert [mark.piece for mark in marks] == [1, 2, 3]
    assert [mark.lines for mark in marks] == [1, 2, 1]
    assert re.findall(rb"/(\w+) (?:BMC|<< /MCID (\d) >> BDC)", tagged) == [
        (b"Artifact", b""),
        (b"Artifact", b""),
        (b"P", b"0"),
        (b"H1", b"1"),
        (b"Figure", b"2"),
        (b"Artifact", b""),
    ]
    inside = re.findall(rb"BDC\n(.*?)EMC\n", tagged, re.DOTALL)
    assert [part.count(b"BT\n") for part in inside] == [1, 2, 1]


def test_nothing_but_marks_is_added_and_they_are_closed() -> None:
    tagged, _ = tag_drawing(DRAWING, PIECES, DPI)
    bare = re.sub(rb"/\w+ (?:BMC|<< /MCID \d+ >> BDC)\n|EMC\n", b"", tagged)
    assert bare == DRAWING
    depth = 0
    for mark in re.findall(rb"BMC|BDC|EMC", tagged):
        depth += -1 if mark == b"EMC" else 1
        assert depth in (0, 1)
    assert depth == 0


def test_a_drawing_without_items_stays() -> None:
    assert tag_drawing(b"q\n2 0 0 2 0 0 cm\nQ\n", PIECES, DPI) == (b"q\n2 0 0 2 0 0 cm\nQ\n", [])


def body_of(pdf: Pdf, pattern: bytes) -> bytes:
    (found,) = [pdf.body(n) for n in pdf.numbers if re.search(pattern, pdf.body(n))]
    return found


def test_the_tree_reads_the_title_first_and_says_what_a_figure_shows() -> None:
    pdf = read(document(DRAWING, b"q\nQ\n"))
    assert pdf is not None
    marks = [Mark(1, 1), Mark(2, 2), Mark(3, 1)]
    put_structure(pdf, "Document", [Section("Une page", PIECES, marks), Section("Vide", (), [])])
    title = body_of(pdf, rb"/S/H1")
    figure = body_of(pdf, rb"/S/Figure")
    assert b"/ActualText" + text("Un titre sur deux lignes") in title
    assert b"/Alt" + text("Carte : ce qu’elle montre") in figure and b"/K[2]" in figure
    assert b"/ActualText" not in body_of(pdf, rb"/S/P/"), "one line is as it is drawn"
    section = body_of(pdf, rb"/S /Sect\n/T " + re.escape(text("Une page")))
    kids = [int(n) for n in re.findall(rb"(\d+) 0 R", section.partition(b"/K [")[2])]
    assert [re.search(rb"/S/(\w+)", pdf.body(kid))[1] for kid in kids] == [  # type: ignore[index]
        b"H1",
        b"P",
        b"Figure",
    ]
    assert b"/StructParents 0" in pdf.body(pdf.pages[0])
    assert b"/Marked true" in pdf.body(pdf.root)


def test_words_are_parted_by_spaces() -> None:
    pdf = read(document(b"q\nQ\n"))
    assert pdf is not None
    table = b"<< /Length 60 >>\nstream\nbegincmap\n<0001> <0003> [<0041> <0009> <0042>]\nendstream"
    number, other = pdf.add(table), pdf.add(b"[<0009>]")
    put_spaces(pdf)
    assert pdf.body(number) == table.replace(b"<0009>", b"<0020>")
    assert pdf.body(other) == b"[<0009>]"
