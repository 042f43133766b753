"""The identifier of a square of Insee's grids, which tells where the square lies."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..core.errors import SourceError

_IDENTIFIER = re.compile(r"(?:CRS)?(\d{4,5})RES(\d+)mN(-?\d+)E(-?\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class GridSquare:
    """A square: authority code of its projection, south-west corner and side in metres."""

    crs: str  # EPSG:3035 on the mainland, EPSG:5490 in the Antilles, EPSG:2975 in La Réunion
    east: int
    north: int
    side: int

    @property
    def ring(self) -> tuple[tuple[int, int], ...]:
        """Corners in its projection, closed, counterclockwise from the south-west."""
        west, south, side = self.east, self.north, self.side
        return (
            (west, south),
            (west + side, south),
            (west + side, south + side),
            (west, south + side),
            (west, south),
        )


def grid_square(identifier: str) -> GridSquare:
    """``CRS3035RES200mN2029800E4252400``: the square of 200 m whose corner is (4252400, 2029800)."""
    found = _IDENTIFIER.fullmatch(identifier.strip())
    if found is None:
        raise SourceError(
            "“{code}” is not the identifier of a square of Insee’s grid, such as CRS3035RES200mN2029800E4252400.",
            code=identifier,
        )
    crs, side, north, east = found.groups()
    return GridSquare(f"EPSG:{crs}", int(east), int(north), int(side))
