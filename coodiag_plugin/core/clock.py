"""A fixed moment in place of the present one, where a file format wants a date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

#: What files carry that must not tell when they were made.
NO_DATE = "1970-01-01T00:00:00.000Z"


@contextmanager
def gdal_clock(gdal: Any, moment: str = NO_DATE) -> Iterator[None]:
    """GDAL writes ``moment`` (ISO 8601, UTC) instead of the present one in a GeoPackage.

    ``gdal``: the module of that name, which this room does not import.
    """
    before = gdal.GetConfigOption("OGR_CURRENT_DATE")
    gdal.SetConfigOption("OGR_CURRENT_DATE", moment)
    try:
        yield
    finally:
        gdal.SetConfigOption("OGR_CURRENT_DATE", before)
