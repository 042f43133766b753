"""Font and picture files that a user hands over: read enough of them to refuse what cannot be used.

Fonts: the OpenType tables ``name`` and ``OS/2`` (Microsoft, *OpenType specification* 1.9).
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree  # nosec B405

from .errors import InputError
from .places import check_small
from .plain_pictures import size

_FONT_MARKS = (b"\x00\x01\x00\x00", b"OTTO", b"true")
#: Largest picture taken (bytes): beyond, every document that repeats it becomes too heavy to send.
MOST_BYTES = 20_000_000
#: The same for a font.
MOST_FONT = 50_000_000
#: And largest once unpacked (pixels): a picture of a few bytes may fill the memory.
MOST_PIXELS = 120_000_000
_MARKS = {
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
}
#: What makes an SVG more than a drawing: it would run, or fetch something, in a page.
_ACTIVE = re.compile(
    rb"<(?:[\w-]+:)?(?:script|foreignobject)|javascript:|<!entity|\son\w+\s*=|@import"
    rb"|(?:href\s*=|url\()\s*[\"']?\s*(?![#\s\"')]|data:image/)[^\s\"')>]*",
    re.IGNORECASE,
)


class Face(NamedTuple):
    """What a font file holds: the family that it belongs to, and which of its faces it is."""

    family: str
    bold: bool
    italic: bool


def unreadable(path: Path, error: OSError) -> InputError:
    return InputError(
        "The file {file} cannot be read: {reason}. Close it elsewhere or check its rights.",
        file=path.name,
        reason=error.strerror or str(error),
    )


def read_fonts(paths: Sequence[Path]) -> dict[Path, Face]:
    """The face of each font file.

    Raises :class:`InputError` for a file that is no font or may not be embedded in a PDF.
    """
    found = {}
    for path in paths:
        found[path], embeddable = _face(path)
        if not embeddable:
            raise InputError(
                "The font {file} may not be embedded in a document (its licence says so): ask its maker for one that may.",
                file=path.name,
            )
    return found


def check_faces(family: str, faces: Iterable[Face]) -> None:
    """Refuse a family without its true regular or its true bold."""
    held = {face.bold for face in faces if face.family == family and not face.italic}
    if held != {True, False}:
        raise InputError(
            "The type family “{family}” of the house style lacks its {face} font: add its file to the folder of fonts.",
            family=family,
            face="Bold" if True not in held else "Regular",
        )


def _face(path: Path) -> tuple[Face, bool]:
    """The face in a file, and whether it may be embedded."""
    try:
        check_small(path, MOST_FONT)
        data = path.read_bytes() if path.is_file() else b""  # a pipe would be waited for
    except OSError as error:
        raise unreadable(path, error) from error
    try:
        tables = _tables(data)
        fs_type = struct.unpack_from(">H", data, tables["OS/2"] + 8)[0]
        selection = struct.unpack_from(">H", data, tables["OS/2"] + 62)[0]
        family = _family(data, tables["name"])
        if not family.strip() or not family.isprintable():
            raise KeyError("family")
        face = Face(family, bold=bool(selection & 0x20), italic=bool(selection & 0x01))
        return face, fs_type & 0x000F != 0x0002
    except (struct.error, KeyError, UnicodeDecodeError) as error:
        raise InputError(
            "The file {file} is not a font that can be read (.ttf or .otf): replace it.",
            file=path.name,
        ) from error


def _tables(data: bytes) -> dict[str, int]:
    """Offset of each table."""
    if data[:4] not in _FONT_MARKS:
        raise KeyError("signature")
    (number,) = struct.unpack_from(">H", data, 4)
    result = {}
    for rank in range(number):
        tag, _, start, _ = struct.unpack_from(">4sIII", data, 12 + 16 * rank)
        result[tag.decode("latin-1")] = start
    return result


def _family(data: bytes, start: int) -> str:
    """The family (name 1), that Qt and matplotlib know the font by."""
    _, number, texts = struct.unpack_from(">HHH", data, start)
    for rank in range(number):
        platform, _, _, name, length, offset = struct.unpack_from(
            ">HHHHHH", data, start + 6 + 12 * rank
        )
        if name == 1:
            at = start + texts + offset
            raw = data[at : at + length]
            return raw.decode("mac-roman" if platform == 1 else "utf-16-be")
    raise KeyError("name 1")


def check_picture(path: Path) -> None:
    """Refuse a logo or a photo that is not what its name says, too heavy, or more than a drawing."""
    if path.stat().st_size > MOST_BYTES:
        raise InputError(
            "The picture {file} weighs more than {most} MB: reduce it.",
            file=path.name,
            most=MOST_BYTES // 1_000_000,
        )
    try:
        data, ending = path.read_bytes(), path.suffix.lower()
    except OSError as error:
        raise unreadable(path, error) from error
    if ending == ".svg":
        check_svg(path.name, data)
        return
    pixels = size(data) if data.startswith(_MARKS.get(ending, ())) else None
    if pixels is None or 0 in pixels:
        raise _not_a_picture(path.name)
    if pixels[0] * pixels[1] > MOST_PIXELS:
        raise InputError(
            "The picture {file} has {width} × {height} pixels: reduce it.",
            file=path.name,
            width=pixels[0],
            height=pixels[1],
        )


def _not_a_picture(name: str) -> InputError:
    return InputError(
        "The file {file} is not a picture that can be used: give an .svg, a .png or a .jpg.",
        file=name,
    )


def check_svg(name: str, data: bytes) -> None:
    """Refuse a drawing that would run or fetch something."""
    if b"<svg" not in data.lower():
        raise _not_a_picture(name)
    found = _ACTIVE.search(data)
    if found:
        raise InputError(
            "The drawing {file} is more than a drawing: it holds “{mark}”, which would run or fetch something. Export it again as a plain SVG.",
            file=name,
            mark=found.group().decode("utf-8", "replace").strip(),
        )
    try:
        ElementTree.fromstring(data)  # nosec B314  # it declares no entity, nothing can swell
    except ElementTree.ParseError as error:
        raise _not_a_picture(name) from error
