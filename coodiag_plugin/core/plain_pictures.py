"""Pictures of a house without what a program or a camera wrote beside the drawing.

A logo goes into documents that are handed out: the name of who drew it, the folders of their
computer, the place and the hour of a photograph have no business there.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Optional
from xml.etree import ElementTree  # nosec B405

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
#: Parts of a PNG that say how it looks (Portable Network Graphics, third edition, 2025).
_SEEN = (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"pHYs")  # fmt: skip
#: Segments of a JPEG beside the drawing: JFIF, colour profile and Adobe's colours are needed.
_KEPT_JPEG = (0xE0, 0xE2, 0xEE)
_SCAN, _EXIF, _ORIENTATION = 0xDA, b"Exif\0\0", 0x0112
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def plain(path: Path) -> bytes:
    """The picture of ``path`` (checked: :func:`.house_files.check_picture`), looking the same."""
    data, ending = path.read_bytes(), path.suffix.lower()
    if ending == ".svg":
        return _svg(data)
    return _png(data) if ending == ".png" else _jpeg(data)


def size(data: bytes) -> Optional[tuple[int, int]]:
    """Width and height (pixels) of a PNG or a JPEG; ``None`` when it does not tell them."""
    if data.startswith(b"\x89PNG"):
        return struct.unpack(">II", data[16:24]) if data[12:16] == b"IHDR" and len(data) > 24 else None  # fmt: skip
    for mark, held in _segments(data):
        if mark in _FRAMES and len(held) >= 5:
            height, width = struct.unpack(">HH", held[1:5])
            return width, height
    return None


def _svg(data: bytes) -> bytes:
    """The drawing without comments, metadata and what belongs to a drawing program."""
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", XLINK)
    root = ElementTree.fromstring(data)  # nosec B314  # house_files made sure of it
    for parent in list(root.iter()):
        for child in list(parent):
            space, name = _split(child.tag)
            if space not in ("", SVG) or name == "metadata":
                _remove(parent, child)
        for key in list(parent.attrib):
            if _split(key)[0] not in ("", XLINK, _XML):
                del parent.attrib[key]
    return ElementTree.tostring(root, encoding="utf-8")


def _remove(parent: ElementTree.Element, child: ElementTree.Element) -> None:
    """Take ``child`` away, and leave the text that follows it."""
    siblings = list(parent)
    rank = siblings.index(child)
    if child.tail:
        if rank:
            siblings[rank - 1].tail = (siblings[rank - 1].tail or "") + child.tail
        else:
            parent.text = (parent.text or "") + child.tail
    parent.remove(child)


def _split(name: str) -> tuple[str, str]:
    """Namespace and name of an element or attribute."""
    found = re.fullmatch(r"\{([^}]*)\}(.*)", name)
    return (found[1], found[2]) if found else ("", name)


def _png(data: bytes) -> bytes:
    kept, at = [data[:8]], 8
    while at + 12 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        if data[at + 4 : at + 8] in _SEEN:
            kept.append(data[at:end])
        at = end
    return b"".join(kept)


def _jpeg(data: bytes) -> bytes:
    kept, turned = [], b""
    for mark, held in _segments(data):
        if mark == 0xE1 and held.startswith(_EXIF):
            turned = turned or _turned(held[len(_EXIF) :])
        elif mark == _SCAN:
            kept.append(held)
        elif mark in _KEPT_JPEG or not (0xE0 <= mark <= 0xEF or mark == 0xFE):
            kept.append(bytes((0xFF, mark)) + struct.pack(">H", len(held) + 2) + held)
    return data[:2] + turned + b"".join(kept)


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Mark and content of each segment of a JPEG; the last one is all from the first scan on."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        mark = data[at + 1]
        if mark == 0xFF:  # filling
            at += 1
            continue
        if mark == _SCAN:
            yield mark, data[at:]
            return
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        yield mark, data[at + 4 : end]
        at = end


def _turned(tiff: bytes) -> bytes:
    """A segment that says nothing but which way up the picture is; empty when it stands upright."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return b""
    try:
        (start,) = struct.unpack_from(order + "I", tiff, 4)
        (number,) = struct.unpack_from(order + "H", tiff, start)
        for rank in range(number):
            at = start + 2 + 12 * rank
            tag, _, _, value = struct.unpack_from(order + "HHIH", tiff, at)
            if tag == _ORIENTATION and 1 < value <= 8:
                held = _EXIF + b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, tag, 3, 1, value, 0, 0)
                return b"\xff\xe1" + struct.pack(">H", len(held) + 2) + held
    except struct.error:
        pass  # a damaged note on the picture: it is left out, as the others are
    return b""
