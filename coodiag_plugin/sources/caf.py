"""Recipients of benefits by commune (Cnaf): one row per commune and December.

The series « s_ben_com_f » of data.caf.fr counts the households (``indfoy_…``) and the persons that
they hold (``indnbp_…``) by benefit, rounded to 5, small counts hidden, those of the farm scheme (MSA)
left out. Paris, Lyon and Marseille stand by arrondissement.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

import pandas as pd

from ..core import french
from ..core.progress import Progress
from .official_file import OfficialFile, read_columns
from .slices import Slice, columns_of, latest, month

DATASET = "caf_communes"
KEY, DATE = "numcomdo", "dtreffre"
_FAILED = "echec"


def slices(file: OfficialFile, names: Collection[str], progress: Progress) -> Iterator[Slice]:
    """The last month of each year of a file."""
    key, date = (next(c for c in file.columns if c.lower() == name) for name in (KEY, DATE))
    headers = columns_of(file, names)
    if not headers:
        return
    wanted = list(dict.fromkeys([key, date, *headers.values()]))
    frame = read_columns(file, wanted, progress=progress)
    frame = frame[frame[key].str.strip() != ""]  # those whom the Caf could not locate
    for year, (place, text) in latest(list(frame[date].unique()), month).items():
        rows = frame[frame[date] == text].drop_duplicates(ignore_index=True)
        rows = _settled(rows, key, list(headers.values()), file, progress)
        yield Slice(year, french.month(f"{year}-{place:02d}"), rows, key, headers)


def _settled(
    rows: pd.DataFrame, key: str, figures: list[str], file: OfficialFile, progress: Progress
) -> pd.DataFrame:
    """One row by commune: nothing tells which of several different ones is right."""
    twice = rows[key].duplicated(keep=False)
    if not twice.any():
        return rows
    codes = sorted(set(rows.loc[twice, key]))
    progress.warn(
        "{file} gives several different rows for {codes}: their figures are marked as failed.",
        file=file.name,
        codes=", ".join(codes[:12]),
    )
    rows = rows.copy()
    rows.loc[twice, figures] = _FAILED
    return rows.drop_duplicates(key, ignore_index=True)
