"""What helps to find one's way in a PDF: bookmarks, links, page labels, and what it is about.

Boxes are parts of a page (0 to 1) from its top left; pages count from 0 in their order in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape  # nosec B406

from .objects import Pdf, text

_BOX = re.compile(rb"/MediaBox \[([-\d. ]+)\]")
_METADATA = re.compile(rb"/Metadata (\d+) 0 R")
_LABEL = re.compile(r"(\D*)([1-9]\d*)")


@dataclass(frozen=True)
class Bookmark:
    """An entry of the outline; one of ``level`` 1 stands under the last one of level 0."""

    title: str
    page: int
    level: int = 0


@dataclass(frozen=True)
class Link:
    """A box of ``page`` (left, top, right, bottom) that leads to the page ``target``."""

    page: int
    box: tuple[float, float, float, float]
    target: int
    title: str = ""


@dataclass(frozen=True)
class About:
    """What the document says of itself. ``date``: ISO day, "" when it is not known."""

    title: str
    author: str = ""
    subject: str = ""
    keywords: tuple[str, ...] = ()
    date: str = ""
    maker: str = ""
    language: str = "fr-FR"


def put_about(pdf: Pdf, about: About) -> None:
    """Title, author, date, language: for the reader's window, libraries and screen readers."""
    said = {
        b"Title": about.title,
        b"Author": about.author,
        b"Subject": about.subject,
        b"Keywords": ", ".join(about.keywords),
        b"Creator": about.maker,
        b"Producer": about.maker,
    }
    lines = [b"/%s %s" % (name, text(value)) for name, value in said.items() if value]
    if about.date:
        lines.append(b"/CreationDate (D:%s)" % about.date.replace("-", "").encode("ascii"))
    pdf.describe(b"<<\n" + b"\n".join(lines) + b"\n>>")
    packet = _packet(about).encode("utf-8")
    found = _METADATA.search(pdf.body(pdf.root))
    metadata = int(found[1]) if found else pdf.reserve(1)[0]
    pdf.put(
        metadata,
        b"<<\n/Type /Metadata /Subtype /XML\n/Length %d\n>>\nstream\n%s\nendstream"
        % (len(packet), packet),
    )
    pdf.extend(
        pdf.root,
        b"/Metadata %d 0 R\n/Lang (%s)\n/Version /1.7\n/ViewerPreferences << /DisplayDocTitle true >>"
        % (metadata, about.language.encode("ascii")),
        without=(b"/Metadata", b"/Lang", b"/Version", b"/ViewerPreferences"),
    )


def put_bookmarks(pdf: Pdf, bookmarks: Sequence[Bookmark]) -> None:
    """The outline, its chapters closed; a viewer opens with it."""
    if not bookmarks:
        return
    pages = pdf.pages
    numbers = pdf.reserve(len(bookmarks) + 1)
    outline, entries = numbers[0], numbers[1:]
    parents = _parents(bookmarks, entries, outline)
    for rank, bookmark in enumerate(bookmarks):
        lines = [
            b"/Title %s" % text(bookmark.title),
            b"/Parent %d 0 R" % parents[rank],
            b"/Dest [%d 0 R /Fit]" % pages[bookmark.page],
            *_around(rank, parents, entries),
            *_held(entries[rank], parents, entries, closed=True),
        ]
        pdf.put(entries[rank], b"<<\n" + b"\n".join(lines) + b"\n>>")
    held = b"\n".join(_held(outline, parents, entries, closed=False))
    pdf.put(outline, b"<<\n/Type /Outlines\n" + held + b"\n>>")
    pdf.extend(
        pdf.root,
        b"/Outlines %d 0 R\n/PageMode /UseOutlines" % outline,
        without=(b"/Outlines", b"/PageMode"),
    )


def _parents(bookmarks: Sequence[Bookmark], entries: range, outline: int) -> list[int]:
    """Number of the parent of each entry."""
    result, last = [], outline
    for number, bookmark in zip(entries, bookmarks):
        result.append(last if bookmark.level else outline)
        if not bookmark.level:
            last = number
    return result


def _around(rank: int, parents: list[int], entries: range) -> Iterator[bytes]:
    siblings = [entries[at] for at, parent in enumerate(parents) if parent == parents[rank]]
    at = siblings.index(entries[rank])
    if at:
        yield b"/Prev %d 0 R" % siblings[at - 1]
    if at + 1 < len(siblings):
        yield b"/Next %d 0 R" % siblings[at + 1]


def _held(number: int, parents: list[int], entries: range, closed: bool) -> Iterator[bytes]:
    children = [entries[at] for at, parent in enumerate(parents) if parent == number]
    if children:
        yield b"/First %d 0 R" % children[0]
        yield b"/Last %d 0 R" % children[-1]
        yield b"/Count %d" % (-len(children) if closed else len(children))


def put_links(pdf: Pdf, links: Sequence[Link]) -> None:
    """Boxes that lead to another page, without a frame."""
    pages = pdf.pages
    held: dict[int, list[bytes]] = {}
    for link in links:
        number = pages[link.page]
        left, bottom, right, top = _in_points(pdf, number, link.box)
        words = b"\n/Contents %s" % text(link.title) if link.title else b""
        annotation = pdf.add(
            b"<<\n/Type /Annot\n/Subtype /Link\n/Rect [%.2f %.2f %.2f %.2f]\n/Border [0 0 0]\n/F 4%s\n"
            b"/Dest [%d 0 R /Fit]\n>>" % (left, bottom, right, top, words, pages[link.target])
        )
        held.setdefault(number, []).append(b"%d 0 R" % annotation)
    for number, boxes in held.items():
        listed = b"/Annots [%s]\n/Tabs /S" % b" ".join(boxes)
        pdf.extend(number, listed, without=(b"/Annots", b"/Tabs"))


def put_labels(pdf: Pdf, labels: Sequence[str]) -> None:
    """The printed number of each page, for the page box of a viewer: « 12 », « D003 », ""."""
    ranges, expected = [], None
    for page, label in enumerate(labels):
        found = _LABEL.fullmatch(label)
        prefix, number = (found[1], int(found[2])) if found else (label, 0)
        if (prefix, number) != expected or not number:
            ranges.append(b"%d %s" % (page, _range(prefix, number)))
        expected = (prefix, number + 1)
    if ranges:
        pdf.extend(
            pdf.root,
            b"/PageLabels << /Nums [%s] >>" % b" ".join(ranges),
            without=(b"/PageLabels",),
        )


def _range(prefix: str, number: int) -> bytes:
    numbered = [b"/S /D /St %d" % number] if number else []
    lettered = [b"/P %s" % text(prefix)] if prefix else []
    return b" ".join([b"<<", *numbered, *lettered, b">>"])


def _in_points(
    pdf: Pdf, page: int, box: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    """A box of a page in its points, from the bottom left: left, bottom, right, top."""
    found = _BOX.search(pdf.body(page))
    if found is None:
        raise ValueError(f"the page {page} has no size")
    x, y, right, top = (float(part) for part in found[1].split())
    width, height = right - x, top - y
    return (
        x + box[0] * width,
        top - box[3] * height,
        x + box[2] * width,
        top - box[1] * height,
    )


def _packet(about: About) -> str:
    """The same in the form that libraries read (XMP)."""
    language = '<rdf:li xml:lang="x-default">%s</rdf:li>'
    said = (
        ("dc:title", about.title and f"<rdf:Alt>{language % escape(about.title)}</rdf:Alt>"),
        ("dc:creator", _several("Seq", (about.author,))),
        (
            "dc:description",
            about.subject and f"<rdf:Alt>{language % escape(about.subject)}</rdf:Alt>",
        ),
        ("dc:subject", _several("Bag", about.keywords)),
        ("dc:language", _several("Bag", (about.language,))),
        ("pdf:Keywords", escape(", ".join(about.keywords))),
        ("pdf:Producer", escape(about.maker)),
        ("xmp:CreatorTool", escape(about.maker)),
        ("xmp:CreateDate", about.date),
    )
    lines = "\n".join(f"<{name}>{value}</{name}>" for name, value in said if value)
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
{lines}
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def _several(kind: str, values: Sequence[str]) -> str:
    items = "".join(f"<rdf:li>{escape(value)}</rdf:li>" for value in values if value)
    return f"<rdf:{kind}>{items}</rdf:{kind}>" if items else ""
