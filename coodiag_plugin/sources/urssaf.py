"""Private employers and their employees by commune and activity (Urssaf): a column a year.

The series « etablissements-et-effectifs-salaries-au-niveau-commune-x-ape-last » of open.urssaf.fr.
A commune is the sum of its activities; an activity whose count is hidden hides that of the commune.
``X~`` is ``X`` four years before, the span of the five years that a collection keeps.
``URSSAF_INDUSTRIE``, ``URSSAF_SOCIAL``… are the employees of the activities of a sector.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

import pandas as pd

from ..core.progress import Progress
from ..core.variables import columns as headers_of
from .official_file import OfficialFile, read_columns
from .slices import Slice

DATASET = "urssaf_communes"
KEY = "code_commune"
ACTIVITY = "code_ape"
JOBS, EMPLOYERS = "effectifs_salaries", "nombre_d_etablissements"
#: Divisions of the NAF (rév. 2) of the sectors, the last one included.
SECTORS = {
    "URSSAF_INDUSTRIE": (5, 39),
    "URSSAF_CONSTRUCTION": (41, 43),
    "URSSAF_COMMERCE": (45, 47),
    "URSSAF_SOCIAL": (86, 88),
}
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
    key, activity = lower[KEY], lower.get(ACTIVITY)
    for year in (known[-1], known[-1] - SPAN):
        here = [name for name in names if name.endswith("~") == (year != known[-1])]
        if not here or year not in known:
            continue
        jobs, employers = lower[f"{JOBS}_{year}"], lower[f"{EMPLOYERS}_{year}"]
        wanted = [key, *([activity] if activity else []), jobs, employers]
        frame = closed(read_columns(file, wanted, progress=progress), jobs, employers)
        headers = {name: lower[f"{headers_of(name)[0]}_{year}"] for name in here}
        whole = {name: column for name, column in headers.items() if name not in SECTORS}
        yield Slice(year, str(year), frame, key, whole)
        for name in headers if activity else ():
            if name in SECTORS:
                rows = sector(frame, key, activity or "", SECTORS[name], headers[name])
                yield Slice(year, str(year), rows, key, {name: headers[name]}, part=name)


def sector(
    frame: pd.DataFrame, key: str, activity: str, divisions: tuple[int, int], figure: str
) -> pd.DataFrame:
    """Rows of some divisions of the NAF; a commune of the table without any has nobody there."""
    first, last = divisions
    codes = {f"{number:02d}" for number in range(first, last + 1)}
    inside = frame[frame[activity].str.strip().str[:2].isin(codes)]
    others = sorted(set(frame[key]) - set(inside[key]))
    none = pd.DataFrame({key: others, figure: ["0"] * len(others)}, dtype=str)
    return pd.concat([inside[[key, figure]], none], ignore_index=True)


def closed(frame: pd.DataFrame, jobs: str, employers: str) -> pd.DataFrame:
    """An activity without any establishment has nobody, whatever its empty cell looks like."""
    none = (frame[employers].str.strip() == "0") & (frame[jobs].str.strip() == "")
    frame.loc[none, jobs] = "0"
    return frame
