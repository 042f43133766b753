"""The objects of a PDF of Qt: read, changed, written again; another make is not taken for one."""

from __future__ import annotations

import re

import pytest
from coodiag.coodiag_plugin.edition.pdf.objects import pack, read, text, unpack
from coodiag.tests.unit.pdf_samples import contents, document

PAGES = [b"q\nQ\n", b"BT ET\n", b"h\n"]


def test_nothing_changed_gives_the_same_pages() -> None:
    made = document(*PAGES)
    pdf = read(made)
    assert pdf is not None
    assert contents(pdf.to_bytes()) == PAGES
    assert len(pdf.pages) == 3 and pdf.root == 1
    assert pdf.body(1) == b"<<\n/Type /Catalog\n/Pages 2 0 R\n>>"


def test_what_is_written_is_read_again_with_the_same_bytes() -> None:
    pdf = read(document(*PAGES))
    assert pdf is not None
    once = pdf.to_bytes()
    again = read(once)
    assert again is not None
    assert again.to_bytes() == once


def test_the_identity_follows_the_content() -> None:
    names = []
    for pages in (PAGES, PAGES, PAGES[:2]):
        pdf = read(document(*pages))
        assert pdf is not None
        found = re.search(rb"/ID \[<([0-9a-f]{32})> <\1>\]", pdf.to_bytes())
        assert found is not None
        names.append(found[1])
    assert names[0] == names[1] != names[2]


def test_objects_are_added_and_dictionaries_extended() -> None:
    pdf = read(document(*PAGES))
    assert pdf is not None
    number = pdf.add(b"[1 2]")
    pdf.extend(pdf.root, b"/Lang (fr-FR)")
    pdf.extend(pdf.root, b"/Lang (oc)", without=(b"/Lang",))
    again = read(pdf.to_bytes())
    assert again is not None
    assert again.body(number) == b"[1 2]"
    assert again.body(again.root) == b"<<\n/Type /Catalog\n/Pages 2 0 R\n/Lang (oc)\n>>"
    assert b"/Size %d " % (number + 1) in pdf.to_bytes()


def test_a_number_kept_for_nothing_stays_free() -> None:
    pdf = read(document(*PAGES))
    assert pdf is not None
    first, second = pdf.reserve(2)
    pdf.put(second, b"[]")
    made = pdf.to_bytes()
    again = read(made)
    assert again is not None and again.body(second) == b"[]"
    with pytest.raises(KeyError):
        again.body(first)


def test_a_page_is_drawn_again() -> None:
    pdf = read(document(*PAGES))
    assert pdf is not None
    drawing = pdf.contents(pdf.pages[1])
    packed = pdf.packed(drawing)
    assert packed is not None and unpack(packed) == PAGES[1]
    pdf.repack(drawing, pack(b"another\n" * 99))
    assert contents(pdf.to_bytes()) == [PAGES[0], b"another\n" * 99, PAGES[2]]


@pytest.mark.parametrize(
    "made",
    [
        b"",
        b"%PDF-1.7\nanother make, its table in a stream\nstartxref\n9\n%%EOF\n",
        document(b"q\nQ\n")[:-40],
        document(b"q\nQ\n").replace(b"/Root 1 0 R", b"/Root none"),
    ],
)
def test_another_make_is_not_read(made: bytes) -> None:
    assert read(made) is None


def test_strings_hold_every_language() -> None:
    assert text("Œé→") == b"(\xfe\xff\x01\x52\x00\xe9\x21\x92)"
    assert text("a)(\\") == b"(\xfe\xff\0a\0\\)\0\\(\0\\\\)"
    assert text("\n\u0d0a") == b"(\xfe\xff\0\\n\\r\\n)"


def test_numbers_follow_the_order_in_which_objects_are_named() -> None:
    """Two files that differ by the numbers of their objects become one."""
    made = []
    for first, second in ((0, 1), (1, 0)):
        pdf = read(document(*PAGES))
        assert pdf is not None
        numbers = list(pdf.reserve(2))
        pdf.extend(pdf.root, b"/A %d 0 R\n/B %d 0 R" % (numbers[first], numbers[second]))
        pdf.put(numbers[first], b"<<\n/Length 6\n>>\nstream\n1 0 R\n\nendstream")
        pdf.put(numbers[second], b"(b)")
        pdf.add(b"(named by nothing)")
        pdf.settle()
        made.append(pdf.to_bytes())
        assert contents(made[-1]) == PAGES
    assert made[0] == made[1]
    assert b"stream\n1 0 R\n" in made[0] and b"named by nothing" not in made[0]
