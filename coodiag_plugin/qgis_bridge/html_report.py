"""``rapport.html`` of a dossier: the scenes of its maps and its context, written as one file."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProject

from ..core.house import House
from ..core.progress import Progress
from ..core.words import N_
from ..edition.context import ReportContext
from .whole_file import write_whole


def write_html(
    project: QgsProject, context: ReportContext, path: Path, *, house: House, progress: Progress
) -> None:
    """Write the report beside ``path``, then put it in its place: a cancel or a failure leaves an
    earlier one as it was.

    Raises :class:`InputError` when the file cannot be written.
    """
    from ..edition.html import make_html
    from .scenes import map_scenes

    scenes = map_scenes(project, context, progress.part(0.0, 0.5))
    progress.check()
    text = make_html(context, scenes, house)
    progress.set(0.9)
    progress.check()
    write_whole(
        path,
        text.encode("utf-8"),
        N_(
            "The report {file} could not be written ({reason}). Check that the folder can be written and has room, then run again."
        ),
    )
    progress.set(1.0)
