"""The fonts that a report carries, so that it looks the same on a computer without them."""

from __future__ import annotations

import struct
from pathlib import Path

from ...core.house import House

_SHIPPED = Path(__file__).resolve().parents[3] / "styles" / "fonts"
#: Bit of OS/2.fsType by which a font forbids that documents carry it (OpenType specification).
_RESTRICTED = 0x0002


def embedded(house: House) -> dict[str, bytes]:
    """Members of the package: the files of the house's family, or the shipped ones.

    A font whose maker forbids it is left out: readers then see what their computer has.
    """
    paths = house.fonts or tuple(sorted(_SHIPPED.glob("*.ttf")))
    files = (path.read_bytes() for path in paths)
    kept = [
        (content, path.suffix.lower())
        for content, path in zip(files, paths)
        if may_be_carried(content)
    ]
    return {f"Fonts/police{rank}{end}": content for rank, (content, end) in enumerate(kept, 1)}


def may_be_carried(font: bytes) -> bool:
    """Whether the OS/2 table of an OpenType font lets documents carry it."""
    (count,) = struct.unpack_from(">H", font, 4)
    for rank in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sLLL", font, 12 + 16 * rank)
        if tag == b"OS/2":
            (rights,) = struct.unpack_from(">H", font, offset + 8)
            return not rights & _RESTRICTED
    return False
