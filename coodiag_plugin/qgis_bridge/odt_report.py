"""``rapport.odt``: the editable report of a dossier, which never takes the place of an edited one."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProject

from ..core.house import House
from ..core.progress import Progress
from ..core.words import N_
from ..edition.context import ReportContext
from ..edition.odt.edited import free_path
from .whole_file import write_whole


def write_odt(
    project: QgsProject,
    context: ReportContext,
    path: Path,
    *,
    house: House,
    dpi: float = 300,
    progress: Progress,
) -> Path:
    """Write the report with the maps of the project's layouts; returns the file really written.

    That is ``path``, or « rapport (2).odt » beside it when what stands there has been edited since
    (:func:`..edition.odt.edited.kept`). The file is whole or is not: a cancel or a failure leaves
    the earlier one. Raises :class:`InputError` when it cannot be written.
    """
    from ..edition.odt import make_odt
    from .pictures import house_pictures, map_pictures

    maps = map_pictures(project, context, dpi=dpi, progress=progress.part(0.0, 0.75))
    made = make_odt(
        context,
        {**maps, **house_pictures(house)},
        house,
        dpi=dpi,
        progress=progress.part(0.75, 0.95),
    )
    target = free_path(path)
    write_whole(
        target,
        made,
        N_(
            "The report {file} cannot be written ({reason}). Close it if a word processor has it open, then run again."
        ),
    )
    if target != path:
        progress.say(
            "The report {earlier} has been edited since it was made: it stays, and the new one is {file}.",
            earlier=path.name,
            file=target.name,
        )
    progress.set(1.0)
    return target
