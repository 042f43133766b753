"""The words of a PDF with their places, read by poppler: nothing of what made the file is used."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

#: What pdftotext may write and XML does not allow.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True)
class Word:
    """A word with its box in points from the top left."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True)
class Page:
    number: int
    width: float
    height: float
    words: tuple[Word, ...]

    def outside(self, past: float = 0.3) -> list[Word]:
        """Words that pass the edge of the page by more than ``past`` points."""
        return [
            word
            for word in self.words
            if word.left < -past
            or word.top < -past
            or word.right > self.width + past
            or word.bottom > self.height + past
        ]

    def overlapping(self) -> list[tuple[str, str]]:
        """Words one over the other. A box is as tall as its line: those of two lines may touch."""
        found = []
        ranked = sorted(self.words, key=lambda word: word.top)
        for at, one in enumerate(ranked):
            for other in ranked[at + 1 :]:
                if other.top >= one.bottom:
                    break
                wide = min(one.right, other.right) - max(one.left, other.left)
                tall = min(one.bottom, other.bottom) - max(one.top, other.top)
                if wide > 1.0 and tall > 0.35 * min(one.height, other.height):
                    found.append((one.text, other.text))
        return found


def pages(pdf: Path) -> Iterator[Page]:
    """Each page with its words."""
    run = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, check=True)
    text = _CONTROL.sub("", run.stdout.decode("utf-8"))
    root = ElementTree.fromstring(text[text.index("<doc") : text.index("</doc>") + 6])
    for number, page in enumerate(root.iter("page"), 1):
        words = tuple(
            Word(word.text or "", *(float(word.attrib[key]) for key in _EDGES))
            for word in page.iter("word")
        )
        yield Page(number, float(page.attrib["width"]), float(page.attrib["height"]), words)


_EDGES = ("xMin", "yMin", "xMax", "yMax")


def fonts(pdf: Path) -> list[tuple[str, bool, bool]]:
    """Name of each font without the mark of its subset, whether it is embedded, and readable."""
    listed = subprocess.run(["pdffonts", str(pdf)], capture_output=True, text=True, check=True)
    found = []
    for row in listed.stdout.splitlines()[2:]:
        embedded, _, readable = row.split()[-5:-2]
        found.append((row.split()[0].split("+")[-1], embedded == "yes", readable == "yes"))
    return found


def picture(pdf: Path, number: int, folder: Path, dpi: int = 50) -> bytes:
    """A page as the bytes of a PPM picture."""
    stem = folder / f"{pdf.stem}-{number}"
    asked = ["-r", str(dpi), "-f", str(number), "-l", str(number), "-singlefile"]
    subprocess.run(["pdftoppm", *asked, str(pdf), str(stem)], capture_output=True, check=True)
    return stem.with_suffix(".ppm").read_bytes()
