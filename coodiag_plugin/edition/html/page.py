"""The whole report as one HTML text: the same context as the atlas, for a browser.

Every text of the context is escaped by the templates (autoescape); the only script that can run is
the shipped one, named by its fingerprint in the page's content security policy.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ...core import french
from ...core.house import House
from ...core.house_files import read_fonts
from ...core.plain_pictures import plain
from ...core.version import ROOT
from ..charts import FONTS
from ..context import CommunePage, MapPage, ReportContext, Table, TableRow, in_order
from ..sources import COLUMNS, printed_row
from . import views
from .legend import scale_bar
from .scene import WIDTH, Entry, Scene
from .tables import Grid, grid

TEMPLATES = ROOT / "templates" / "html"
_MAIN, _STYLE, _SCRIPT = "rapport.html.j2", "rapport.css", "rapport.js"
_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
_FONT_TYPES = {".ttf": "font/ttf", ".otf": "font/otf"}
#: Width (per cent) of the longest bar of the chart of a commune.
_LONGEST = 62.0


def make_html(context: ReportContext, scenes: Mapping[str, Scene], house: House) -> str:
    """The report; ``scenes`` by the id of the map pages (raises ``KeyError`` when one is missing).

    The same context gives the same text.
    """
    drawing, paths = views.Drawing(), views.Paths()
    chapters = [
        (chapter, [_view(page, scenes, chapter.colour, drawing) for page in in_order(chapter)])
        for chapter in context.chapters
    ]
    ground = next(iter(scenes.values())).ground if scenes else None
    if ground is not None:
        for place in ground.places:
            paths.of(place.path)
    script = (TEMPLATES / _SCRIPT).read_text(encoding="utf-8")
    return (
        _environment()
        .get_template(_MAIN)
        .render(
            context=context,
            house=house,
            logo=_data(house.logo) if house.logo else "",
            chapters=chapters,
            synthesis=views.block_views(context.synthesis, "#33505c", drawing),
            key_grid=grid(context.key_table),
            communes=[_commune(page, context) for page in context.communes],
            quality=_quality(context),
            sources=_sources(context),
            ground=ground,
            place_of={place.code: place for place in ground.places} if ground else {},
            scale=scale_bar(ground.metres) if ground else None,
            width=WIDTH,
            paths=paths,
            labels=views.Labels(),
            hatches=_hatches(scenes.values()),
            fonts=_fonts(house),
            style=Markup((TEMPLATES / _STYLE).read_text(encoding="utf-8")),  # nosec B704  # our own
            script=Markup(script),  # nosec B704  # our own
            script_hash=_fingerprint(script),
        )
    )


def _view(
    page: Any, scenes: Mapping[str, Scene], colour: str, drawing: views.Drawing
) -> views.PageView:
    if isinstance(page, MapPage):
        return views.map_view(page, scenes[page.id], colour, drawing)
    return views.sheet_view(page, colour, drawing)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda shown: french.one_way(shown) if type(shown) is str else shown,
    )
    environment.filters["date"] = french.date
    environment.filters["paragraphs"] = views.paragraphs
    environment.globals["anchor"] = views.anchor
    return environment


def _fingerprint(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")


def _data(path: Path) -> str:
    kind = _TYPES[path.suffix.lower()]
    return f"data:{kind};base64,{base64.b64encode(plain(path)).decode('ascii')}"


def _fonts(house: House) -> Markup:
    """``@font-face`` rules with the fonts themselves; the charts ask for the shipped family."""
    rules = list(_faces("Coodiag Sans", sorted(FONTS.glob("*.ttf"))))
    if house.fonts:
        rules += _faces(house.family, house.fonts)
    family = _quotable(house.family)
    rules.append(f':root{{--family:"{family}","Coodiag Sans",sans-serif}}')
    return Markup("".join(rules))  # nosec B704  # our own, but for a family that cannot leave its quotes


def _quotable(family: str) -> str:
    """A family that can stand between quotes in a style sheet inside a page."""
    return family.replace("\\", "").replace('"', "").replace("<", "")


def _faces(family: str, paths: Sequence[Path]) -> Iterator[str]:
    """Which face a file holds is read in it: « Maison-Gras.ttf » is a bold as well."""
    name = _quotable(family)
    for path, face in read_fonts(paths).items():
        weight = 700 if face.bold else 400
        slant = "italic" if face.italic else "normal"
        content = base64.b64encode(path.read_bytes()).decode("ascii")
        yield (
            f'@font-face{{font-family:"{name}";font-weight:{weight};font-style:{slant};'
            f'src:url("data:{_FONT_TYPES[path.suffix.lower()]};base64,{content}")}}'
        )


def _hatches(scenes: Any) -> dict[tuple[str, str, float], str]:
    """Identifier of each pattern: ground, line, angle."""
    found: dict[tuple[str, str, float], str] = {}
    for scene in scenes:
        for entry in scene.entries:
            if entry.hatch:
                found.setdefault(_hatch(entry), f"h{len(found)}")
    return found


def _hatch(entry: Entry) -> tuple[str, str, float]:
    return entry.colour, entry.outline, entry.angle


def _commune(page: CommunePage, context: ReportContext) -> dict[str, Any]:
    """A commune with the bars of its chart, in per cent of the longest of the territory."""
    values = [
        abs(value) for item in context.communes for _, value, _ in item.chart if value is not None
    ]
    most = max(values, default=0.0) or 1.0
    bars = [
        (name, round(max(abs(value) / most * _LONGEST, 0.4), 2) if value is not None else 0, text)
        for name, value, text in page.chart
    ]
    return {"page": page, "grid": grid(page.table), "bars": bars}


def _quality(context: ReportContext) -> Grid:
    columns = (
        "Fichier", "Lues", "Écartées", "Adresse", "Voie", "Lieu-dit", "Commune", "Échec",
    )  # fmt: skip
    rows = tuple(
        TableRow(
            item.file,
            tuple(
                french.number(count)
                for count in (
                    item.read, item.refused, item.address, item.street, item.place, item.town,
                    item.failed,
                )
            ),
        )
        for item in context.quality
    )  # fmt: skip
    return grid(Table(columns, rows))


def _sources(context: ReportContext) -> dict[str, Any]:
    """One row per source as printed; its public address, when it is one of the web."""
    rows = {printed_row(item): item for item in reversed(context.sources)}
    return {
        "columns": COLUMNS,
        "rows": [(cells, _link(item.address)) for cells, item in reversed(rows.items())],
    }


def _link(address: str) -> str:
    return address if address.startswith(("https://", "http://")) else ""
