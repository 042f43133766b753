"""The package of an OpenDocument: a zip whose first member says what it is, the same bytes twice."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

MIMETYPE = "application/vnd.oasis.opendocument.text"
#: The earliest moment that a zip can carry.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_MEDIA = {
    "xml": "text/xml",
    "png": "image/png",
    "ttf": "application/x-font-ttf",
    "otf": "application/x-font-otf",
}


def media_type(name: str) -> str:
    """Type of a member, as the manifest of the package tells it."""
    return _MEDIA[name.rsplit(".", 1)[-1].lower()]


def pack(members: Mapping[str, bytes]) -> bytes:
    """The document; the mark of its type comes first and as it is, as the standard asks."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        _add(archive, "mimetype", MIMETYPE.encode(), zipfile.ZIP_STORED)
        for name, content in members.items():
            stored = name.endswith(".png")  # is compressed already
            _add(archive, name, content, zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _add(archive: zipfile.ZipFile, name: str, content: bytes, how: int) -> None:
    entry = zipfile.ZipInfo(name, _MOMENT)
    entry.compress_type = how
    entry.create_system = 0  # the same on every platform
    archive.writestr(entry, content)
