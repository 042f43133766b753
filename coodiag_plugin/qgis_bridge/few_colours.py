"""Pictures of maps with a palette: flat colours need no more, and the file is four times smaller."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.PyQt.QtGui import QImage, qRgb

if TYPE_CHECKING:
    import numpy as np

#: Colours of a palette; of them, those kept to the unit because they cover most of the picture.
COLOURS, EXACT = 256, 96
#: Pixels of which one is looked at to find the exact colours.
_STEP = 5


def with_palette(image: QImage) -> QImage:
    """``image`` in at most 256 colours: those of its classes exactly, the blends of edges and
    letters by the nearest. The same picture gives the same palette."""
    import numpy as np

    image = image.convertToFormat(QImage.Format.Format_RGB32)
    height, width = image.height(), image.width()
    bits = image.constBits()
    bits.setsize(image.byteCount() if hasattr(image, "byteCount") else image.sizeInBytes())
    pixels = np.frombuffer(bits, np.uint32).reshape(height, -1)[:, :width] & 0xFFFFFF
    bins = _bins(pixels)
    counts = np.bincount(bins.ravel(), minlength=1 << 15)
    means = _means(pixels, bins, counts)
    palette = _palette(pixels, counts, means)
    present = np.flatnonzero(counts)
    lookup = np.zeros(1 << 15, np.uint8)
    lookup[present] = _nearest(means[present], palette)
    indexed = np.zeros((height, -(-width // 4) * 4), np.uint8)
    indexed[:, :width] = lookup[bins]
    made = QImage(
        indexed.tobytes(), width, height, indexed.shape[1], QImage.Format.Format_Indexed8
    ).copy()
    made.setColorTable([qRgb(*(int(tone) for tone in colour)) for colour in palette])
    return made


def _bins(pixels: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Rank of each pixel among 32 × 32 × 32 boxes of colours."""
    return ((pixels >> 19) << 10) | (((pixels >> 11) & 31) << 5) | ((pixels >> 3) & 31)


def _means(
    pixels: np.ndarray[Any, Any], bins: np.ndarray[Any, Any], counts: np.ndarray[Any, Any]
) -> np.ndarray[Any, Any]:
    """Mean colour of each box, one row of three tones per box."""
    import numpy as np

    tones = [
        np.bincount(bins.ravel(), ((pixels >> shift) & 255).ravel(), 1 << 15)
        for shift in (16, 8, 0)
    ]
    return np.stack(tones, axis=1) / np.maximum(counts, 1)[:, None]


def _palette(
    pixels: np.ndarray[Any, Any], counts: np.ndarray[Any, Any], means: np.ndarray[Any, Any]
) -> np.ndarray[Any, Any]:
    """The most frequent colours, then the means of the fullest boxes that hold none of them."""
    import numpy as np

    found, times = np.unique(pixels.ravel()[::_STEP], return_counts=True)
    exact = found[np.lexsort((found, -times))][:EXACT]
    colours = np.stack([(exact >> shift) & 255 for shift in (16, 8, 0)], axis=1)
    rest = counts.copy()
    rest[_bins(exact)] = 0
    fullest = np.lexsort((np.arange(rest.size), -rest))[: COLOURS - len(exact)]
    fullest = fullest[rest[fullest] > 0]
    return np.concatenate([colours, np.rint(means[fullest])]).astype(np.int64)


def _nearest(colours: np.ndarray[Any, Any], palette: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Rank in the palette of the nearest of its colours."""
    import numpy as np

    away = ((colours[:, None, :] - palette[None, :, :]) ** 2).sum(axis=2)
    return np.argmin(away, axis=1).astype(np.uint8)
