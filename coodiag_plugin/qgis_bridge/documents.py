"""The documents of a dossier: every one renders the same context over the same project."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from qgis.core import QgsPrintLayout, QgsProject

from ..core.errors import InputError
from ..core.house import House
from ..core.progress import parts
from ..core.version import version
from ..core.words import N_
from ..edition.context import OtherVersion, ReportContext, from_json
from ..edition.figures_json import sheets_from_json
from ..edition.workbook import make_workbook
from .dossier import (
    CONTEXT,
    FIGURES,
    LEAFLET,
    PROJECT,
    REPORT,
    SLIDES,
    WEB_REPORT,
    Dossier,
)
from .feedback import FeedbackProgress
from .layouts.fonts import load_fonts
from .project import frames
from .whole_file import write_whole

#: First letter of the names of the layouts of slides and of the synthesis.
SLIDE, SHEET, ATLAS = "D", "S", ""
#: Seconds of processor that each document takes on the demonstration, once the atlas is there.
_SECONDS = {"xlsx": 0.3, "diaporama": 8.0, "synthese": 0.5, "odt": 16.0, "html": 2.0}
_MARKED = re.compile(rf"[{SLIDE}{SHEET}]\d+ ")


@dataclass(frozen=True)
class Rendering:
    """What the documents of a dossier are made of, and how. ``dpi``: of what is not vectors."""

    project: QgsProject
    context: ReportContext
    dossier: Dossier
    house: House
    dpi: int

    @property
    def crs(self) -> str:
        return self.project.crs().authid()


def open_rendering(dossier: Dossier, house: House, dpi: int) -> Rendering:
    """The project and the context of a finished dossier.

    Raises :class:`InputError` for a folder that is not a dossier, or that has lost a file.
    """
    context = read_context(dossier) if dossier.project.is_file() else None
    project = open_project(dossier)  # which refuses a folder that holds none
    assert context is not None
    return Rendering(project, context, dossier, house, dpi)


def open_project(dossier: Dossier) -> QgsProject:
    """The project of a dossier with all its layers; raises :class:`InputError` when it is not."""
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
    return project


def read_context(dossier: Dossier) -> ReportContext:
    """The frozen context of a dossier; that of a newer Coodiag is refused, it may say more."""
    try:
        context = from_json(dossier.context.read_text(encoding="utf-8"))
    except OtherVersion as error:
        raise _of_another_version() from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _unreadable(CONTEXT) from error
    if _rank(context.version) > _rank(version()):
        raise _of_another_version()
    return context


def _rank(told: str) -> list[int]:
    return [int(number) for number in re.findall(r"[0-9]{1,9}", told)]


def _of_another_version() -> InputError:
    return InputError(
        "The file {file} of the dossier was written by another version of Coodiag. Update the plugin, or run the full diagnosis again.",
        file=CONTEXT,
    )


def seconds_of(formats: Collection[str]) -> float:
    """How long these documents take on the demonstration, to share a progress by."""
    return sum(_SECONDS[name] for name in WRITERS if name in formats)


def write_documents(
    material: Rendering, formats: Collection[str], progress: FeedbackProgress
) -> dict[str, Path]:
    """Write the documents of these ``formats`` into the dossier; the file of each."""
    wanted = [name for name in WRITERS if name in formats]
    written = {}
    for name, part in zip(wanted, parts(progress, [_SECONDS[name] for name in wanted])):
        progress.check()
        written[name] = WRITERS[name](material, part)
    return written


def add_layouts(material: Rendering, formats: Collection[str]) -> list[QgsPrintLayout]:
    """The layouts of slides and synthesis that the project does not hold yet."""
    made = []
    for name, mark in (("diaporama", SLIDE), ("synthese", SHEET)):
        if name in formats and not layouts_of(material.project, mark):
            made += make_anew(material, mark)
    for layout in made:
        material.project.layoutManager().addLayout(layout)
    return made


def layouts_of(project: QgsProject, mark: str = ATLAS) -> list[QgsPrintLayout]:
    """The layouts of a document in the order of their names: slides « D001 … », synthesis
    « S1 … »; the atlas has all the others, those that the user added among them."""
    found = sorted(project.layoutManager().printLayouts(), key=lambda layout: layout.name())
    return [layout for layout in found if _mark(layout.name()) == mark]


def _mark(name: str) -> str:
    return name[0] if _MARKED.match(name) else ATLAS


def make_anew(material: Rendering, mark: str) -> list[QgsPrintLayout]:
    """The layouts of slides or of the synthesis, from the context; not added to the project."""
    from .layouts.leaflet import make_leaflet
    from .layouts.slides import make_slides

    extent, around = frames(material.project)
    make = make_slides if mark == SLIDE else make_leaflet
    return make(
        material.project,
        material.context,
        crs=material.crs,
        extent=extent,
        around=around,
        house=material.house,
    )


def tell_house(material: Rendering, progress: FeedbackProgress) -> None:
    """Say what a house style does not change in layouts that are there already."""
    if material.house.logo or material.house.photo:
        progress.warn(
            "The layouts of the project are printed as they stand: they have the logo and the photo of the house style that the diagnosis was made with."
        )


def _printed(material: Rendering, mark: str, name: str, progress: FeedbackProgress) -> Path:
    from .layouts.export import export_series

    layouts = layouts_of(material.project, mark)
    if layouts:
        tell_house(material, progress)
    else:
        layouts = make_anew(material, mark)
    path = material.dossier.folder / name
    export_series(layouts, path, dpi=material.dpi, progress=progress, context=material.context)
    return path


def _slides(material: Rendering, progress: FeedbackProgress) -> Path:
    return _printed(material, SLIDE, SLIDES, progress)


def _leaflet(material: Rendering, progress: FeedbackProgress) -> Path:
    return _printed(material, SHEET, LEAFLET, progress)


def _odt(material: Rendering, progress: FeedbackProgress) -> Path:
    from .odt_report import write_odt

    path = material.dossier.folder / REPORT
    return write_odt(
        material.project,
        material.context,
        path,
        house=material.house,
        dpi=material.dpi,
        progress=progress,
    )


def _html(material: Rendering, progress: FeedbackProgress) -> Path:
    from .html_report import write_html

    path = material.dossier.folder / WEB_REPORT
    write_html(material.project, material.context, path, house=material.house, progress=progress)
    return path


def _xlsx(material: Rendering, progress: FeedbackProgress) -> Path:
    try:
        sheets = sheets_from_json(material.dossier.figures.read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _unreadable(FIGURES) from error
    path = material.dossier.workbook
    write_whole(
        path,
        make_workbook(material.context, sheets),
        N_(
            "The workbook {file} could not be written ({reason}). Close it if a spreadsheet program has it open, then run again."
        ),
    )
    return path


def _unreadable(name: str) -> InputError:
    return InputError(
        "The file {file} of the dossier is missing or cannot be read. Run the full diagnosis again.",
        file=name,
    )


#: Writer of each format, in the order of writing.
WRITERS: dict[str, Callable[[Rendering, FeedbackProgress], Path]] = {
    "xlsx": _xlsx,
    "diaporama": _slides,
    "synthese": _leaflet,
    "odt": _odt,
    "html": _html,
}
