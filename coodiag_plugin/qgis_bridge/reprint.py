"""Print the layouts of an existing dossier as they stand now in its project."""

from __future__ import annotations

import json
from pathlib import Path

from qgis.core import QgsPrintLayout, QgsProject

from ..core.errors import InputError
from ..core.profiles import load_profile
from ..core.runfile import RUN_FILE
from .dossier import PROJECT, Dossier
from .feedback import FeedbackProgress
from .layouts.fonts import load_fonts
from .layouts.series import export_series


def reprint(
    dossier: Dossier, path: Path, *, commune_pages: bool, dpi: int, progress: FeedbackProgress
) -> int:
    """Write the PDF of every layout of the dossier, in the order of their names; returns the pages.

    Layouts are named with the number of their first page. Raises :class:`InputError` for a folder
    that is not a dossier, or whose layers have gone.
    """
    if not dossier.project.is_file():
        raise InputError(
            "The folder {folder} is not a dossier: it holds no {file}. Run the full diagnosis first.",
            folder=str(dossier.folder),
            file=PROJECT,
        )
    load_fonts()
    project = QgsProject()
    if not project.read(str(dossier.project)):
        raise InputError(
            "The project {file} cannot be read: {reason}.",
            file=dossier.project.name,
            reason=project.error(),
        )
    broken = [layer.name() for layer in project.mapLayers().values() if not layer.isValid()]
    if broken:
        raise InputError(
            "The layer {layer} of the project has lost its data. Keep diagnostic.gpkg beside the project.",
            layer=broken[0],
        )
    layouts = _layouts(project, commune_pages)
    if not layouts:
        raise InputError("The project {file} holds no layout to print.", file=dossier.project.name)
    return _export(layouts, path, dpi, progress)


def check_profile(dossier: Dossier, profile: str) -> None:
    """Refuse a profile other than the one that the dossier was made with.

    Its maps and figures are those of that profile: another one needs them computed.
    """
    path = dossier.folder / RUN_FILE
    try:
        made = json.loads(path.read_text(encoding="utf-8"))["parameters"]["PROFILE"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            "The file {file} of the dossier, which says its profile, cannot be read. Run the full diagnosis again, or leave PROFILE empty.",
            file=RUN_FILE,
        ) from error
    asked = load_profile(profile).id
    if asked != made:
        raise InputError(
            "This dossier was made with the profile “{made}”: its maps and figures are those. The profile “{asked}” needs a new diagnosis (Full diagnosis).",
            made=made,
            asked=asked,
        )


def _export(layouts: list[QgsPrintLayout], path: Path, dpi: int, progress: FeedbackProgress) -> int:
    """Write beside ``path``, then take its place: a cancel or a failure leaves an earlier PDF."""
    part = path.with_name(f".{path.name}.en-cours")
    try:
        pages = export_series(layouts, part, dpi=dpi, progress=progress)
        part.replace(path)
    except OSError as error:
        raise InputError(
            "The atlas {file} could not be written ({reason}). Close it if it is open in a viewer, then run again.",
            file=path.name,
            reason=error.strerror or str(error),
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return pages


def _layouts(project: QgsProject, commune_pages: bool) -> list[QgsPrintLayout]:
    found = sorted(project.layoutManager().printLayouts(), key=lambda layout: layout.name())
    return [layout for layout in found if commune_pages or not layout.atlas().enabled()]
