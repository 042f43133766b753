"""Pictures of a house: nothing of who drew or took them goes into a document."""

from __future__ import annotations

import base64
import re
import struct
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.house import DEFAULT
from coodiag.coodiag_plugin.core.plain_pictures import plain, size
from coodiag.tests.unit import html_samples as html
from coodiag.tests.unit import report_samples as samples

SVG = b"""<?xml version="1.0"?>
<!-- /chez/quelquun/logo.svg -->
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
     xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
     width="20" height="10" inkscape:export-filename="/chez/quelquun/logo.png">
 <metadata>quelquun</metadata><inkscape:page name="quelquun"/>
 <defs><linearGradient id="g"/></defs><use xlink:href="#g"/>
 <text>Mai<!-- quelquun -->son</text><path fill="url(#g)" d="M0 0h1v1z"/></svg>"""


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))  # fmt: skip


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + chunk(b"IHDR", struct.pack(">IIBBBBB", 3, 2, 8, 0, 0, 0, 0))
    + chunk(b"tEXt", b"Author\0quelquun")
    + chunk(b"eXIf", b"II*\0quelquun")
    + chunk(b"IDAT", zlib.compress(bytes(8)))
    + chunk(b"IEND", b"")
)


def jpeg(orientation: int) -> bytes:
    tiff = struct.pack("<2sHIHHHIIHHIII", b"II", 42, 8, 2, 0x112, 3, 1, orientation, 0x13B, 2, 9, 38, 0)  # fmt: skip
    parts = [
        (0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"),
        (0xE1, b"Exif\0\0" + tiff + b"quelquun\0"),
        (0xE1, b"http://ns.adobe.com/xap/1.0/\0quelquun"),
        (0xED, b"quelquun"),
        (0xFE, b"quelquun"),
        (0xC0, b"\x08" + struct.pack(">HH", 2, 3) + b"\1\1\x11\0"),
    ]
    head = b"".join(bytes((0xFF, mark)) + struct.pack(">H", len(held) + 2) + held for mark, held in parts)  # fmt: skip
    return b"\xff\xd8" + head + b"\xff\xda\0\x02drawing\xff\xd9"


PICTURES = {"logo.svg": SVG, "logo.png": PNG, "logo.jpg": jpeg(6)}


@pytest.mark.parametrize("name", PICTURES)
def test_nobody_is_in_a_plain_picture(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(PICTURES[name])
    assert b"quelquun" in path.read_bytes() and b"quelquun" not in plain(path)


@pytest.mark.parametrize("name", PICTURES)
def test_nobody_is_in_the_logo_of_the_page(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(PICTURES[name])
    page = html.report(samples.context(), house=replace(DEFAULT, logo=path))
    held = re.search(r'src="data:image/[^;]*;base64,([^"]*)"', page)
    assert held is not None and base64.b64decode(held[1]) == plain(path)


def test_a_drawing_looks_the_same(tmp_path: Path) -> None:
    path = tmp_path / "logo.svg"
    path.write_bytes(SVG)
    kept = plain(path).decode()
    for part in ('width="20"', 'xlink:href="#g"', 'fill="url(#g)"', "<text>Maison</text>"):
        assert part in kept, part


def test_a_photograph_stays_the_right_way_up(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(jpeg(6))
    assert b"\x01\x12\0\x03\0\0\0\x01\0\x06" in plain(path)
    assert plain(path).endswith(b"drawing\xff\xd9")
    path.write_bytes(jpeg(1))
    assert b"Exif" not in plain(path)


def test_sizes_are_read() -> None:
    assert size(PNG) == (3, 2) and size(jpeg(1)) == (3, 2)
    assert size(PNG[:20]) is None and size(b"\xff\xd8\xff\xe0") is None
