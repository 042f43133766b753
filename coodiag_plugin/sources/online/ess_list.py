"""The national list of the social and solidarity economy, reduced to its SIREN.

It is a second definition of the ESS, wider than the flag of the register: it fills a column of
its own (``liste_ess``) and never that of the other.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from ...core.errors import SourceError
from ...core.progress import Progress
from .. import official_csv
from ..sirene_files import ESS_LIST
from ..web.client import Web
from ..web.download import source_of
from .asking import shared_folder
from .data_gouv import obtain
from .depot import Depot
from .scope import Scope

FILE = "ess_siren.csv"
_ENTRY, _KEY, _MARK = "ess", "siren", "LISTE_ESS"


def collect_ess(web: Web, scope: Scope, depot: Depot, progress: Progress) -> None:
    """The SIREN of the list, each once, sorted, with their leading zeros.

    The list is national and is kept whole: which units the territory has is known later.
    """
    resource, path = obtain(web.under(progress), _ENTRY, shared_folder(web), progress.part(0, 0.7))
    cells = _sirens(path, progress.part(0.7, 1))
    digits = cells.str.replace(r"\s|\.0$", "", regex=True).str.zfill(9)
    good = digits.str.fullmatch(r"\d{9}") & (digits != "000000000")
    wrong = int((~good & (cells != "")).sum())
    sirens = sorted(set(digits[good]))
    if not sirens:
        raise SourceError(
            "The national list of the ESS ({file}) holds no SIREN. Download it again later, or go on without it: the ESS flag of the register is then used.",
            file=path.name,
        )
    if wrong:
        progress.warn(
            "National list of the ESS: {count} rows without a readable SIREN are left out.",
            count=wrong,
        )
    origin = source_of(path)
    table = pd.DataFrame({"SIREN": sirens, _MARK: "O"})
    retrieved = origin.day if origin else resource.listed
    depot.table(FILE, table, resource.source(ESS_LIST, retrieved=retrieved))
    progress.say("National list of the ESS: {count} units.", count=len(sirens))


def _sirens(path: Path, progress: Progress) -> pd.Series:
    """The cells of the SIREN column as the file writes them."""
    with official_csv.open_bytes(path) as stream:
        data = stream.read(official_csv.HEAD)
    head = official_csv.read_head(data)
    if head is None:  # a single column has no separator
        encoding = official_csv.encoding_of(data, len(data) < official_csv.HEAD)
        title = data.decode(encoding, errors="replace").splitlines()[:1]
        columns, separator, line = official_csv.clean_header(title), ",", 0
    else:
        columns, separator, line, encoding = (
            head.columns,
            head.separator,
            head.header_line,
            head.encoding,
        )
    names = [name.lower() for name in columns]
    if _KEY not in names:
        raise SourceError(
            "The national list of the ESS ({file}) has no column SIREN: its columns are {columns}. Look for a newer version of Coodiag.",
            file=path.name,
            columns=", ".join(columns[:8]),
        )
    table = official_csv.read_table(
        path, "", encoding, separator, line, columns, [names.index(_KEY)], progress=progress
    )
    return table.iloc[:, 0].str.strip()
