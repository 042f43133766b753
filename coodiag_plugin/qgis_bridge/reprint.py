"""Print the pages of an existing dossier: as they stand in its project, or anew in another format."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from qgis.core import QgsLayoutItemLabel, QgsPrintLayout

from ..core.errors import InputError
from ..core.house import House, in_use
from ..core.profiles import load_profile
from ..core.runfile import RUN_FILE
from .dependencies import require
from .documents import SLIDE, Rendering, layouts_of, make_anew, open_rendering, tell_house
from .dossier import PROJECT, Dossier
from .feedback import FeedbackProgress
from .layouts.commune_page import FIT, rescale, scale_of
from .layouts.export import export_series
from .layouts.series import make_layouts
from .layouts.theme import SHEETS, WIDE
from .project import frames
from .sheets import CARDS_LAYER


def reprint(
    dossier: Dossier,
    path: Path,
    *,
    paper: str,
    commune_pages: bool,
    commune_scale: str,
    house: House,
    dpi: int,
    progress: FeedbackProgress,
) -> int:
    """Write the PDF of a dossier in the format ``paper``; returns its pages.

    In the format of the layouts of the project, they are printed as they stand, with what was
    changed by hand. In the other one the pages are built anew from the dossier's context, and in
    16:9 the slides. The project is left as it is. ``commune_scale`` empty: that of the dossier.
    Raises :class:`InputError` for a folder that is not a dossier, or that has lost a file.
    """
    with in_use(house):
        material = open_rendering(dossier, house, dpi)
        if paper == WIDE.name:
            layouts = _slides(material, progress)
        else:
            layouts = _atlas(material, paper, commune_pages, commune_scale, progress)
        _tell_missing_type(layouts, progress)
        return export_series(layouts, path, dpi=dpi, progress=progress, context=material.context)


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


def _slides(material: Rendering, progress: FeedbackProgress) -> list[QgsPrintLayout]:
    held = layouts_of(material.project, SLIDE)
    if held:
        return held
    progress.say("The project holds no slides yet: they are built from the figures of the dossier.")
    require("matplotlib")
    return make_anew(material, SLIDE)


def _atlas(
    material: Rendering, paper: str, communes: bool, scale: str, progress: FeedbackProgress
) -> list[QgsPrintLayout]:
    held = layouts_of(material.project)
    if not held:
        raise InputError("The project {file} holds no layout to print.", file=PROJECT)
    pages = [layout for layout in held if layout.atlas().enabled()]
    scale = scale or (scale_of(pages[0]) if pages else FIT)
    made_in = paper_of(held[0])
    if made_in != paper:
        progress.warn(
            "The layouts of this dossier are not in {paper}: its pages are built anew from its figures, and what was changed by hand in the layouts is not on them.",
            paper=paper,
        )
        held = _anew(material, paper, scale)
    else:
        tell_house(material, progress)
        for layout in pages:
            if scale_of(layout) != scale:
                rescale(layout, material.project.mapLayersByName(CARDS_LAYER)[0], scale)
    return [layout for layout in held if communes or not layout.atlas().enabled()]


def _anew(material: Rendering, paper: str, scale: str) -> list[QgsPrintLayout]:
    """The pages built again, in the memory only: the project file is not written."""
    require("matplotlib")
    material.project.layoutManager().clear()
    extent, around = frames(material.project)
    return make_layouts(
        material.project,
        material.context,
        paper=paper,
        crs=material.crs,
        extent=extent,
        around=around,
        house=material.house,
        commune_scale=scale,
    )


def paper_of(layout: QgsPrintLayout) -> str:
    """The format of a layout, by the size of its page; empty for a size of the user's own."""
    size = layout.pageCollection().page(0).pageSize()
    for sheet in SHEETS.values():
        width, height = sheet.width * sheet.scale, sheet.height * sheet.scale
        if abs(size.width() - width) < 1 and abs(size.height() - height) < 1:
            return sheet.name
    return ""


def _tell_missing_type(layouts: Sequence[QgsPrintLayout], progress: FeedbackProgress) -> None:
    """Families of type that the layouts name and this computer has not: QGIS prints another."""
    labels = (
        item
        for layout in layouts
        for item in layout.items()
        if isinstance(item, QgsLayoutItemLabel)
    )
    formats = (label.textFormat() for label in labels)
    for family in sorted({form.resolvedFontFamily() for form in formats if not form.fontFound()}):
        progress.warn(
            "The type family “{family}” of the layouts is not on this computer, and is printed in another: give its folder as the house style.",
            family=family,
        )
