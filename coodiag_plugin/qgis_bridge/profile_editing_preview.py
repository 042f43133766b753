"""The picture of a page of a profile, as a finished dossier prints it: read beside the window, then
drawn in its thread, where layouts have to be.

The page is built anew from the frozen context of the dossier, under the title that it has in the
editor: where the figures of the dossier are not those of the page, a sentence says so instead.
"""

from __future__ import annotations

import json
import re
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.sax.saxutils import escape  # nosec B406

from qgis.core import Qgis, QgsLayoutExporter, QgsPrintLayout, QgsProject
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QImage

from ..core.errors import InputError
from ..core.fingerprint import fingerprint
from ..core.french import typography
from ..core.house import DEFAULT, in_use
from ..core.profile_edits import Document, part
from ..core.profile_slips import Place, faults
from ..core.profile_text import written
from ..core.profiles import Page, Profile, load_profile, parse_profile, profile_ids
from ..core.progress import Progress
from ..core.runfile import RUN_FILE
from ..edition.charts import load_matplotlib
from ..edition.context import Chapter, MapPage, ReportContext, SheetPage, in_order
from .dependencies import require
from .documents import read_context
from .dossier import Dossier
from .layouts.fonts import load_fonts
from .layouts.frame import Draft
from .layouts.map_page import map_page
from .layouts.sheet_page import sheet_page
from .layouts.theme import SHEETS
from .project import frames

PAPER, DPI = "A4", 110
_TRIAL = "apercu"  # id of a profile of one page
_INSET = "situation"  # map theme of the locators
_THEME = re.compile(r"<visibility-preset ([^>]*)>(.*?)</visibility-preset>", re.DOTALL)
_ID = re.compile(r'<layer [^>]*?\bid="([^"]*)"')
_LAYER = re.compile(r"<maplayer [^>]*>.*?<id>([^<]*)</id>.*?</maplayer>", re.DOTALL)

#: What drawing a page does without: it is read in the thread of the windows.
_QUICKLY = (
    Qgis.ProjectReadFlag.DontStoreOriginalStyles
    | Qgis.ProjectReadFlag.TrustLayerMetadata
    | Qgis.ProjectReadFlag.DontLoad3DViews
    | Qgis.ProjectReadFlag.DontLoadProjectStyles
)


@dataclass(frozen=True)
class Ready:
    """What a page is drawn from, read from a dossier."""

    dossier: Dossier
    context: ReportContext
    chapter: Chapter
    content: MapPage | SheetPage  # under the title that it has in the editor
    project: str  # text of a light project, empty for a page without a map


def read_page(
    folder: Path, page: Page, own: Path | None = None, progress: Progress | None = None
) -> Ready:
    """What ``page`` is drawn from, in any thread. Most of the time goes there: the project of a whole
    atlas is long to unpack, and matplotlib to load.

    The dossier is let go at once, for a run may want to replace its files. Raises
    :class:`InputError` with the reason why there is no picture.
    """
    check = progress.check if progress else lambda: None
    require("matplotlib")
    dossier = Dossier(folder)
    if not dossier.project.is_file():
        raise InputError(
            "The folder {folder} is not a dossier: it holds no {file}. Run the full diagnosis first.",
            folder=str(folder),
            file=dossier.project.name,
        )
    context = read_context(dossier)
    check()
    chapter, content = _found(dossier, context, page, own)
    load_matplotlib()
    check()
    text = _light_project(dossier, content) if isinstance(content, MapPage) else ""
    return Ready(dossier, context, chapter, replace(content, title=page.title), text)


def drawn(ready: Ready) -> QImage:
    """The picture of a page, in the thread of the windows. Raises :class:`InputError`."""
    load_fonts()
    project = _project(ready) if ready.project else QgsProject()
    draft = Draft(project, ready.context, SHEETS[PAPER], project.crs().authid(), DEFAULT)
    try:
        with in_use(DEFAULT):
            return _drawn(draft, ready.chapter, ready.content)
    finally:
        project.clear()


def _light_project(dossier: Dossier, content: MapPage) -> str:
    """The project of a dossier with the layers of one page and none of its layouts: to read those
    of a whole atlas takes many times as long as to draw the page."""
    try:
        with zipfile.ZipFile(dossier.project) as archive:
            name = next(each for each in archive.namelist() if each.endswith(".qgs"))
            xml = archive.read(name).decode("utf-8")
    except (OSError, ValueError, StopIteration, zipfile.BadZipFile) as error:
        raise _unreadable(dossier, str(error) or type(error).__name__) from error
    return _light(xml, dossier, {content.theme, _INSET})


def _project(ready: Ready) -> QgsProject:
    project, dossier = QgsProject(), ready.dossier
    with TemporaryDirectory() as folder:
        light = Path(folder) / "apercu.qgs"
        try:
            light.write_text(ready.project, encoding="utf-8")
        except OSError as error:
            raise _unreadable(dossier, str(error)) from error
        good = project.read(str(light), _QUICKLY)
    if not good or not all(layer.isValid() for layer in project.mapLayers().values()):
        raise _unreadable(dossier, project.error() or dossier.geopackage.name)
    return project


def _unreadable(dossier: Dossier, reason: str) -> InputError:
    return InputError(
        "The project {file} cannot be read: {reason}.", file=dossier.project.name, reason=reason
    )


def _light(xml: str, dossier: Dossier, themes: set[str]) -> str:
    """A project with the layers of some map themes, that may lie elsewhere than their file."""
    head, _, rest = xml.partition("<Layouts>")
    xml = head + rest.partition("</Layouts>")[2] if rest else xml
    wanted: set[str] = set()
    for attributes, layers in _THEME.findall(xml):
        if any(f'name="{escape(name)}"' in attributes for name in themes):
            wanted.update(_ID.findall(layers))
    xml = _LAYER.sub(lambda found: found.group() if found.group(1) in wanted else "", xml)
    home = escape(dossier.folder.resolve().as_posix(), {'"': "&quot;"})
    return xml.replace(f"./{dossier.geopackage.name}", f"{home}/{dossier.geopackage.name}")


def _found(
    dossier: Dossier, context: ReportContext, page: Page, own: Path | None
) -> tuple[Chapter, MapPage | SheetPage]:
    """What the dossier prints of the page."""
    made = _made_with(dossier, own)
    before = next((each for each in made.pages() if each.id == page.id), None) if made else None
    titles = {page.title, before.title if before else page.title}
    for skipped in context.skipped:
        if typography(skipped.title) in titles:
            raise InputError(
                "This dossier left the page out: {reason}", reason=typography(skipped.reason)
            )
    for chapter in context.chapters:
        for content in in_order(chapter):
            if content.id == page.id:
                if not _same(content, page, before):
                    raise InputError(
                        "This dossier was made before the page was changed: it has other figures. Run the diagnosis again with this profile, or look at the page on the demonstration."
                    )
                return chapter, content
    raise InputError(
        "This dossier was made without this page. Run the diagnosis again with this profile, or look at the page on the demonstration."
    )


def page_alone(document: Document, place: Place) -> Page:
    """The page at ``place``, read as a run reads it. Raises :class:`InputError`."""
    if len(place) != 2:
        raise InputError("Choose a page: the picture is that of one page.")
    for fault in faults(document):
        if fault.place == place:
            raise InputError(
                "The page cannot be drawn before it is mended: {reason}.", reason=fault.reason
            )
    return parse_profile(one_page(document, place), "").pages()[0]


def one_page(document: Document, place: Place) -> str:
    """The text of a profile with that page alone, compared as the whole profile compares.

    Its chapter takes the first theme where its own is wrong: that is told elsewhere.
    """
    chapter = dict(part(document, place[:1]))
    wrong = {(fault.place, fault.key) for fault in faults(document)}
    alone: dict[str, Any] = {"id": _TRIAL, "title": "Aperçu"}
    for key in ("compare", "similar"):
        if key in document and ((), key) not in wrong:
            alone[key] = document[key]
    if "SIMILAR" in alone.get("compare", ()) and "similar" not in alone:
        del alone["compare"]
    theme = "demographie" if (place[:1], "theme") in wrong else chapter.get("theme")
    head = {"id": "chapitre", "title": chapter.get("title") or "–", "theme": theme}
    page = {**part(document, place)}
    return written({**alone, "chapters": [{**head, "pages": [page]}]})


def _made_with(dossier: Dossier, own: Path | None) -> Profile | None:
    """The profile that a dossier was made with: a shipped one, or ``own`` when it is the same file
    still. None when nothing tells."""
    try:
        run = json.loads((dossier.folder / RUN_FILE).read_text(encoding="utf-8"))
        name = str(run["parameters"]["PROFILE"])
        files = {item["role"]: item["sha256"] for item in run["inputs"]}
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if "profile" not in files:
        return load_profile(name) if name in profile_ids() else None
    if own is not None and own.is_file() and fingerprint(own) == files["profile"]:
        return load_profile(own)
    return None


def _same(content: MapPage | SheetPage, page: Page, before: Page | None) -> bool:
    """Whether the printed page shows what the page asks: by its definition when it is known, else
    by what the printed page tells of itself."""
    if before is not None:
        return replace(before, title="") == replace(page, title="")
    if isinstance(content, SheetPage):
        return bool(page.sheet)
    design = content.design
    told = (content.layer, design.kind)
    subject = page.indicator or page.field
    return told == (page.layer, page.map) and (not subject or design.field == subject)


def _drawn(draft: Draft, chapter: Chapter, content: MapPage | SheetPage) -> QImage:
    layout: QgsPrintLayout
    if isinstance(content, MapPage):
        extent, around = frames(draft.project)
        layout = map_page(draft, chapter, content, extent, around)
    else:
        layout = sheet_page(draft, chapter, content)
    image = QgsLayoutExporter(layout).renderPageToImage(0, QSize(), DPI)
    if image.isNull():
        raise InputError("QGIS could not draw this page: too little memory is left.")
    return image
