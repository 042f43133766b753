"""Private employers and their employees by commune and activity (Urssaf): a column a year.

The series « etablissements-et-effectifs-salaries-au-niveau-commune-x-ape-last » of open.urssaf.fr.
A commune is the sum of its activities; an activity whose count is hidden hides that of the commune.
``X~`` is ``X`` four years before, the span of the five years that a collection keeps.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

import pandas as pd

from ..core.progress import Progress
from ..core.variables import family
from .official_file import OfficialFile, read_columns
from .slices import Slice

DATASET = "urssaf_communes"
KEY = "code_commune"
JOBS, EMPLOYERS = "effectifs_salaries", "nombre_d_etablissements"
#: Years between ``X`` and ``X~``.
SPAN = 4


def years(columns: Collection[str]) -> list[int]:
    """Years that both counts have a column for, the latest last."""
    lower = {column.lower() for column in columns}
    found = (
        name[len(JOBS) + 1 :]
        for name in lower
        if name.startswith(f"{JOBS}_") and name[len(JOBS) + 1 :].isdigit()
    )
    return sorted(int(year) for year in found if f"{EMPLOYERS}_{year}" in lower)


def slices(file: OfficialFile, names: Collection[str], progress: Progress) -> Iterator[Slice]:
    """The latest year, and the one :data:`SPAN` years before for the variables ``X~``."""
    known = years(file.columns)
    if not known:
        return
    lower = {column.lower(): column for column in file.columns}
    key = lower[KEY]
    for year in (known[-1], known[-1] - SPAN):
        here = [name for name in names if name.endswith("~") == (year != known[-1])]
        if not here or year not in known:
            continue
        jobs, employers = lower[f"{JOBS}_{year}"], lower[f"{EMPLOYERS}_{year}"]
        frame = read_columns(file, [key, jobs, employers], progress=progress)
        headers = {name: lower[f"{family(name).columns[0]}_{year}"] for name in here}
        yield Slice(year, str(year), closed(frame, jobs, employers), key, headers)


def closed(frame: pd.DataFrame, jobs: str, employers: str) -> pd.DataFrame:
    """An activity without any establishment has nobody, whatever its empty cell looks like."""
    none = (frame[employers].str.strip() == "0") & (frame[jobs].str.strip() == "")
    frame.loc[none, jobs] = "0"
    return frame
