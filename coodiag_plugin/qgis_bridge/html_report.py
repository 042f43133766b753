"""``rapport.html`` of a dossier: the scenes of its maps and its context, written as one file."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProject

from ..core.errors import InputError
from ..core.house import House
from ..core.progress import Progress
from ..edition.context import ReportContext


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
    part = path.with_name(f".{path.name}.en-cours")
    try:
        part.write_bytes(text.encode("utf-8"))
        progress.check()
        part.replace(path)
    except OSError as error:
        raise InputError(
            "The report {file} could not be written ({reason}). Check that the folder can be written and has room, then run again.",
            file=path.name,
            reason=error.strerror or str(error),
        ) from error
    finally:
        part.unlink(missing_ok=True)
    progress.set(1.0)
