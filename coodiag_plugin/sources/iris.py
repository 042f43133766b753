"""Census tables by IRIS, read as the sums of their communes: details that no other table gives.

The age groups 0–2 and 3–5, of which early childhood is made, are published by IRIS only. A commune
that is not divided is one IRIS, so that the IRIS of a commune always add up to it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from ..core.progress import Progress
from .official_file import OfficialFile, read_columns
from .slices import Slice
from .statistic_columns import newest

DATASET = "rp_base_ic"
_COMMUNE = re.compile("COM", re.IGNORECASE)


def slices(file: OfficialFile, names: Collection[str], progress: Progress) -> Iterator[Slice]:
    """The variables of a file, a slice a census; its rows are IRIS under the code of their commune."""
    key = next(column for column in file.columns if _COMMUNE.fullmatch(column))
    found = {name: column for name in names if (column := newest(file, name)) is not None}
    for year in sorted({column.year for column in found.values()}):
        headers = {name: column.header for name, column in found.items() if column.year == year}
        frame = read_columns(file, list(dict.fromkeys([key, *headers.values()])), progress=progress)
        yield Slice(year, "", frame, key, headers, part=str(year))
