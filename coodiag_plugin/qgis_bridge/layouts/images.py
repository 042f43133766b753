"""Pictures that a project holds in itself: a dossier names no file of who made it.

Photographs and logos are drawn anew at the size of the page, which also leaves out what a camera
writes beside a picture (place, hour, owner).
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path

from qgis.core import QgsLayoutItemPicture
from qgis.PyQt.QtCore import QBuffer, QByteArray, QIODevice, QRect, QRectF, QSize, Qt
from qgis.PyQt.QtGui import QImage, QImageReader, QPainter
from qgis.PyQt.QtSvg import QSvgRenderer

from ...core.errors import InputError
from ...core.plain_pictures import plain

#: Definition (pixels per mm: 300 dpi) of logos and photographs, and the quality of a photograph.
PER_MM, _QUALITY = 300 / 25.4, 88
#: Largest side of a logo in millimetres: that of a cover.
_LOGO = 60.0


@dataclass(frozen=True)
class Image:
    """A picture inside a project: ``source`` as QGIS reads it, its ``ratio`` (width / height)."""

    source: str
    format: QgsLayoutItemPicture.Format
    ratio: float


def drawing(svg: str, ratio: float = 1.0) -> Image:
    """A drawing in SVG."""
    return Image(_source(svg.encode()), QgsLayoutItemPicture.Format.FormatSVG, ratio)


def logo(path: Path) -> Image:
    """A logo: a drawing as it is drawn, a picture no finer than print needs."""
    if path.suffix.lower() == ".svg":
        size = _renderer(path, path.read_bytes()).defaultSize()
        content = plain(path)  # no folder, no name of who drew it
        if size.isEmpty():
            raise _unreadable(path, "0 × 0")
        ratio = size.width() / size.height()
        return Image(_source(content), QgsLayoutItemPicture.Format.FormatSVG, ratio)
    image = _read(path)
    most = round(_LOGO * PER_MM)
    if max(image.width(), image.height()) > most:
        image = image.scaled(
            most,
            most,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    return _raster(image, "PNG", -1)


def photograph(path: Path, width: float, height: float) -> Image:
    """The middle of a photograph, that fills ``width`` × ``height`` millimetres of paper."""
    wanted = QSize(round(width * PER_MM), round(height * PER_MM))
    if path.suffix.lower() == ".svg":
        image = _painted(path, wanted)
    else:
        image = _filling(_read(path), wanted)
    return _raster(image, "JPG", _QUALITY)


def _filling(image: QImage, wanted: QSize) -> QImage:
    kept = wanted.scaled(image.size(), Qt.AspectRatioMode.KeepAspectRatio)
    corner = ((image.width() - kept.width()) // 2, (image.height() - kept.height()) // 2)
    image = image.copy(QRect(*corner, kept.width(), kept.height()))
    if kept.width() <= wanted.width():
        return image
    return image.scaled(
        wanted,
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )


def _painted(path: Path, wanted: QSize) -> QImage:
    renderer = _renderer(path, path.read_bytes())
    whole = renderer.defaultSize().scaled(wanted, Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    image = QImage(wanted, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    left, top = (wanted.width() - whole.width()) / 2, (wanted.height() - whole.height()) / 2
    renderer.render(painter, QRectF(left, top, whole.width(), whole.height()))
    painter.end()
    return image


def _read(path: Path) -> QImage:
    """A picture the right way up."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    image = reader.read()
    if image.isNull():
        raise _unreadable(path, reader.errorString())
    return image


def _renderer(path: Path, content: bytes) -> QSvgRenderer:
    renderer = QSvgRenderer(QByteArray(content))
    if not renderer.isValid():
        raise _unreadable(path, "SVG")
    return renderer


def _unreadable(path: Path, reason: str) -> InputError:
    return InputError(
        "The picture {file} of the house style cannot be read ({reason}): save it again as PNG or JPEG.",
        file=path.name,
        reason=reason,
    )


def _raster(image: QImage, kind: str, quality: int) -> Image:
    for key in image.textKeys():
        image.setText(key, "")
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, kind, quality)
    ratio = image.width() / image.height()
    return Image(_source(bytes(held)), QgsLayoutItemPicture.Format.FormatRaster, ratio)


def _source(content: bytes) -> str:
    return f"base64:{base64.b64encode(content).decode()}"
