"""The structure of a document for screen readers: titles, paragraphs, links, pictures with words.

Qt writes no structure; yet it begins each item of a layout with its place on the page, in
millimetres. What is drawn from there on is given the tag of the item that stands there, and all
else (bands, rules, frames) is marked as ornament. Tables are read as paragraphs, line by line.
This is a tagged PDF, not one that was checked against PDF/UA.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .objects import Pdf, text

PARAGRAPH, TITLE, FIGURE, ORNAMENT = "P", "H1", "Figure", ""
#: Start of an item: the pixels of a millimetre (across, down), its place in pixels.
_ITEM = re.compile(rb"\nq\n([\d.]+) 0 0 \1 ([-\d.]+) ([-\d.]+) cm\n")
#: Part by which those pixels may differ from the resolution, and millimetres between two places.
_OFF, _NEAR = 0.01, 0.02


@dataclass(frozen=True)
class Piece:
    """An item of a page in the order of drawing, at ``x``, ``y`` (mm from the top left).

    ``kind``: one of the constants above; ``words``: what is said of a figure, or the text of a
    label, which is told where it goes over several lines (their ends have no space).
    """

    x: float
    y: float
    kind: str = ORNAMENT
    words: str = ""


@dataclass(frozen=True)
class Mark:
    """A part of a drawing: the rank of the piece that it draws, its lines of text."""

    piece: int
    lines: int


@dataclass(frozen=True)
class Section:
    """The structure of one page: its title, its pieces, the marks of its drawing by number."""

    title: str
    pieces: Sequence[Piece]
    marks: Sequence[Mark]


def tag_drawing(drawing: bytes, pieces: Sequence[Piece], dpi: int) -> tuple[bytes, list[Mark]]:
    """The operators of a page with marks around its items, and the marks."""
    starts = _starts(drawing, pieces, dpi)
    if not starts:
        return drawing, []
    marks: list[Mark] = []
    parts = [b"/Artifact BMC\n", drawing[: starts[0][0]], b"EMC\n"]
    ends = [start for start, _ in starts[1:]] + [len(drawing)]
    for (start, rank), end in zip(starts, ends):
        if rank is None or pieces[rank].kind == ORNAMENT:
            parts.append(b"/Artifact BMC\n")
        else:
            parts.append(b"/%s << /MCID %d >> BDC\n" % (pieces[rank].kind.encode(), len(marks)))
            marks.append(Mark(rank, drawing.count(b"\nBT\n", start, end)))
        parts += [drawing[start:end], b"" if drawing[end - 1 : end] == b"\n" else b"\n", b"EMC\n"]
    return b"".join(parts), marks


def _starts(drawing: bytes, pieces: Sequence[Piece], dpi: int) -> list[tuple[int, int | None]]:
    """Where the drawing comes to another place, and the rank of the piece that stands there."""
    result: list[tuple[int, int | None]] = []
    standing = _by_place(pieces)
    place, last = (-9, -9), 0
    for found in _ITEM.finditer(drawing):
        scale = float(found[1])
        if abs(scale * 25.4 / dpi - 1) > _OFF:
            continue
        here = _place(float(found[2]) / scale, float(found[3]) / scale)
        if max(abs(here[0] - place[0]), abs(here[1] - place[1])) <= 1:
            continue
        place = here
        ranks = standing.get(here, [])
        # Of several, one that says something, and has not been drawn before the last one.
        speaking = [rank for rank in ranks if pieces[rank].kind != ORNAMENT]
        after = [rank for rank in speaking if rank >= last]
        rank = next(iter(after or speaking or ranks), None)
        last = rank if speaking and rank is not None else last
        result.append((found.start() + 1, rank))
    return result


def _place(x: float, y: float) -> tuple[int, int]:
    return round(x / _NEAR), round(y / _NEAR)


def _by_place(pieces: Sequence[Piece]) -> dict[tuple[int, int], list[int]]:
    """Ranks of the pieces by their place and the places next to it, which rounding may give."""
    result: dict[tuple[int, int], list[int]] = {}
    for rank, piece in enumerate(pieces):
        x, y = _place(piece.x, piece.y)
        for across in (-1, 0, 1):
            for down in (-1, 0, 1):
                result.setdefault((x + across, y + down), []).append(rank)
    return result


def put_structure(pdf: Pdf, title: str, sections: Sequence[Section]) -> None:
    """The tree of the structure: the document, a section per page, its pieces in reading order."""
    root, document = pdf.reserve(2)
    parents, kept = [], []
    for rank, (page, section) in enumerate(zip(pdf.pages, sections)):
        owner, elements = _put_section(pdf, page, section, document)
        kept.append(b"%d 0 R" % owner)
        parents.append(b"%d [%s]" % (rank, b" ".join(b"%d 0 R" % number for number in elements)))
        pdf.extend(page, b"/StructParents %d" % rank, without=(b"/StructParents",))
    pdf.put(
        document,
        b"<<\n/Type /StructElem\n/S /Document\n/T %s\n/P %d 0 R\n/K [%s]\n>>"
        % (text(title), root, b" ".join(kept)),
    )
    tree = pdf.add(b"<< /Nums [%s] >>" % b"\n".join(parents))
    pdf.put(
        root,
        b"<<\n/Type /StructTreeRoot\n/K [%d 0 R]\n/ParentTree %d 0 R\n/ParentTreeNextKey %d\n>>"
        % (document, tree, len(parents)),
    )
    pdf.extend(
        pdf.root,
        b"/StructTreeRoot %d 0 R\n/MarkInfo << /Marked true >>" % root,
        without=(b"/StructTreeRoot", b"/MarkInfo"),
    )


def _put_section(pdf: Pdf, page: int, section: Section, document: int) -> tuple[int, list[int]]:
    """Number of the element of a page, and of the element of each of its marks."""
    owner = pdf.reserve(1)[0]
    marks: dict[int, list[int]] = {}
    for number, mark in enumerate(section.marks):
        marks.setdefault(mark.piece, []).append(number)
    elements = {}
    for rank, own in marks.items():
        lines = sum(section.marks[number].lines for number in own)
        elements[rank] = pdf.add(
            b"<</S/%s/P %d 0 R/Pg %d 0 R%s/K[%s]>>"
            % (
                section.pieces[rank].kind.encode(),
                owner,
                page,
                _said(section.pieces[rank], lines),
                b" ".join(b"%d" % number for number in own),
            )
        )
    listed = b" ".join(b"%d 0 R" % elements[rank] for rank in _reading_order(section, elements))
    pdf.put(
        owner,
        b"<<\n/Type /StructElem\n/S /Sect\n/T %s\n/P %d 0 R\n/Pg %d 0 R\n/K [%s]\n>>"
        % (text(section.title), document, page, listed),
    )
    return owner, [elements[mark.piece] for mark in section.marks]


def _said(piece: Piece, lines: int) -> bytes:
    if not piece.words or (piece.kind != FIGURE and lines < 2):
        return b""
    return (b"/Alt" if piece.kind == FIGURE else b"/ActualText") + text(piece.words)


def _reading_order(section: Section, ranks: Iterable[int]) -> list[int]:
    """Title first, then the order of drawing, which is the one in which a page was composed."""
    return sorted(ranks, key=lambda rank: (section.pieces[rank].kind != TITLE, rank))
