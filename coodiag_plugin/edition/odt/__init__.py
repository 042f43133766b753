"""The report as an editable text document (OpenDocument 1.3). No QGIS.

Light to import: jinja2 and matplotlib are asked for when a report is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Optional

from .picture import LOGO as LOGO
from .picture import PHOTO as PHOTO
from .picture import Picture as Picture

if TYPE_CHECKING:
    from ...core.house import House
    from ...core.progress import Progress
    from ..context import ReportContext

#: Resolution of the pictures of a report, in points per inch.
DPI = 300


def make_odt(
    context: ReportContext,
    pictures: Mapping[str, Picture],
    house: House,
    *,
    dpi: float = DPI,
    progress: Optional[Progress] = None,
) -> bytes:
    """The report of ``context``: the same arguments give the same bytes.

    ``pictures``: the maps by the id of their page, and those of the house (:data:`LOGO`,
    :data:`PHOTO`); the place of a map that is not there is marked for the analyst.
    """
    from .document import make

    return make(context, pictures, house, dpi, progress)
