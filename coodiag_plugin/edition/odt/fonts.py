"""The fonts that a report carries, so that it looks the same on a computer without them."""

from __future__ import annotations

from ...core.house import House
from ..charts import FONTS


def embedded(house: House) -> dict[str, bytes]:
    """Members of the package: the files of the house's family, or the shipped ones.

    That their maker lets documents carry them was checked when the house was opened.
    """
    paths = house.fonts or tuple(sorted(FONTS.glob("*.ttf")))
    return {
        f"Fonts/police{rank}{path.suffix.lower()}": path.read_bytes()
        for rank, path in enumerate(paths, 1)
    }
