"""A picture of the report, its size on paper and what it says to who cannot see it."""

from __future__ import annotations

from dataclasses import dataclass

#: Keys of the pictures of the house among those of the pages, whose ids never begin so.
LOGO, PHOTO = "@logo", "@photo"
#: Breadth and height (mm) that a picture may take between the margins of a page.
TEXT_WIDTH, TALLEST = 170.0, 152.0
#: Height (mm) of a map over a chart: both, the key figures and the analyst's place hold on one page.
TALLEST_OVER_CHART = 128.0


@dataclass(frozen=True)
class Picture:
    """``png``: the file; ``width``, ``height``: printed size in millimetres; ``alt``: its words."""

    png: bytes
    width: float
    height: float
    alt: str

    def within(self, width: float, height: float) -> tuple[float, float]:
        """Its size on paper, shrunk in proportion to hold in ``width`` × ``height`` mm."""
        scale = min(width / self.width, height / self.height, 1.0)
        return self.width * scale, self.height * scale
