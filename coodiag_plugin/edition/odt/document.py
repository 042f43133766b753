"""The report as the bytes of an OpenDocument text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Optional

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from ...core import french
from ...core.house import House
from ...core.progress import Progress, Silent
from .. import charts
from ..context import ReportContext
from .cells import cell
from .edited import META, PROPERTY, fingerprint
from .fonts import embedded
from .package import MIMETYPE, media_type, pack
from .parts import (
    CHART,
    MAP,
    TABLE,
    TEXT_STYLES,
    Cards,
    ChartDrawing,
    Drawn,
    Grid,
    Heading,
    MapDrawing,
    Part,
    Place,
    Sheet,
)
from .picture import LOGO, PHOTO, TALLEST, TEXT_WIDTH, Picture
from .report import DEMO, report

TEMPLATES = Path(__file__).resolve().parents[3] / "templates" / "odt"
#: Width (mm) of the charts.
CHART_WIDTH = 150.0
#: Width (mm) of the labels of an action of the plan.
SHEET_LABELS = 36.0
CONTENTS_DEPTH = 2
#: What XML 1.0 cannot hold.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_SPACES = re.compile("  +|^ | $")


def make(
    context: ReportContext,
    pictures: Mapping[str, Picture],
    house: House,
    dpi: float,
    progress: Optional[Progress],
) -> bytes:
    """See :func:`coodiag_plugin.edition.odt.make_odt`."""
    files: dict[str, bytes] = {}
    parts = _drawn(report(context, house), pictures, files, dpi, progress or Silent())
    fonts = embedded(house)
    shown = {
        "context": context,
        "house": house,
        "parts": parts,
        "contents": [
            part for part in parts if isinstance(part, Heading) and part.level <= CONTENTS_DEPTH
        ],
        "chapters": [(item.index, item.colour) for item in context.chapters],
        "sequences": (MAP, CHART, TABLE),
        "fonts": list(fonts),
        "logo": _house_picture(LOGO, "logo", pictures, files, (60.0, 26.0)),
        "photo": _house_picture(PHOTO, "photo", pictures, files, (TEXT_WIDTH, 72.0)),
        "demo_words": DEMO,
        "text_styles": TEXT_STYLES,
        "text_width": TEXT_WIDTH,
        "labels_width": SHEET_LABELS,
        "property": PROPERTY,
        "depth": CONTENTS_DEPTH,
        "keywords": _keywords(context),
        "cells": sorted({item.style for item in _cells(parts) if item.style}),
        "columns": sorted({(_column(width), f"{width:.1f}") for width in _widths(parts)}),
    }
    members = {
        "content.xml": _xml("content", shown),
        "styles.xml": _xml("styles", shown),
        "settings.xml": _xml("settings", shown),
        **fonts,
        **files,
    }
    members[META] = _xml("meta", {**shown, "fingerprint": fingerprint(members)})
    listed = [(name, media_type(name)) for name in members]
    members["META-INF/manifest.xml"] = _xml("manifest", {"type": MIMETYPE, "members": listed})
    return pack(members)


def _drawn(
    parts: Iterable[Part],
    pictures: Mapping[str, Picture],
    files: dict[str, bytes],
    dpi: float,
    progress: Progress,
) -> list[Part]:
    """The parts with their numbers, and their pictures put among ``files``."""
    counts = dict.fromkeys((MAP, CHART, TABLE, "heading", "cards", "sheet"), 0)
    result: list[Part] = []
    all_parts = list(parts)
    for rank, part in enumerate(all_parts):
        progress.check()
        progress.set(rank / len(all_parts))
        if isinstance(part, Heading):
            counts[part.kind] += 1
            part = replace(part, anchor=f"_Toc{counts[part.kind]:05d}")
        elif isinstance(part, (Cards, Sheet)):
            counts[part.kind] += 1
            part = replace(part, name=f"{part.kind}{counts[part.kind]}")
        elif isinstance(part, Grid) and part.caption:
            counts[TABLE] += 1
            part = replace(part, number=counts[TABLE])
        elif isinstance(part, MapDrawing):
            if part.page in pictures:
                counts[MAP] += 1
                part = _placed(pictures[part.page], MAP, counts[MAP], part.caption, files)
            else:
                part = Place(f"la carte « {part.title} » n’est plus dans le projet")
        elif isinstance(part, ChartDrawing):
            counts[CHART] += 1
            part = _placed(_chart(part, dpi), CHART, counts[CHART], part.caption, files)
        result.append(part)
    return result


def _placed(
    picture: Picture, sequence: str, number: int, caption: str, files: dict[str, bytes]
) -> Drawn:
    name = f"Pictures/{sequence.lower()}{number:03d}.png"
    files[name] = picture.png
    width, height = picture.within(TEXT_WIDTH, TALLEST)
    return Drawn(name, picture, width, height, sequence, number, caption)


def _chart(part: ChartDrawing, dpi: float) -> Picture:
    chart = part.chart if part.chart.title else replace(part.chart, title=part.caption)
    height = charts.height_of(part.chart, CHART_WIDTH)
    if part.low:
        height = min(height, charts.height_of(part.chart, charts.NARROW))
    png = charts.png(part.chart, CHART_WIDTH, height, part.colour, dpi)
    return Picture(png, CHART_WIDTH, height, charts.alt(chart))


def _house_picture(
    key: str,
    name: str,
    pictures: Mapping[str, Picture],
    files: dict[str, bytes],
    room: tuple[float, float],
) -> Optional[Drawn]:
    """The logo or the photo of the cover, when the house has one."""
    if key not in pictures:
        return None
    files[f"Pictures/{name}.png"] = pictures[key].png
    width, height = pictures[key].within(*room)
    return Drawn(f"Pictures/{name}.png", pictures[key], width, height, "", 0, name.capitalize())


def _cells(parts: Iterable[Part]) -> Iterator[Any]:
    for part in parts:
        if isinstance(part, Grid):
            yield from (cell(text) for row in part.rows for text in row[1:])


def _widths(parts: Iterable[Part]) -> Iterator[float]:
    """Widths (mm) of all the columns of the report."""
    yield from (SHEET_LABELS, TEXT_WIDTH - SHEET_LABELS)
    for part in parts:
        if isinstance(part, Grid):
            yield from part.widths
        elif isinstance(part, Cards):
            yield TEXT_WIDTH / len(part.figures)


def _column(width: float) -> str:
    """Name of the style of a column."""
    return f"{width:.1f}".replace(".", "_")


def _keywords(context: ReportContext) -> tuple[str, ...]:
    chapters = (chapter.title for chapter in context.chapters)
    return ("diagnostic territorial", context.territory, *chapters)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_clean,
    )
    made.filters.update(prose=prose, day=french.date, cell=cell, tint=_tint, column=_column)
    return made


def _xml(name: str, shown: Mapping[str, Any]) -> bytes:
    return _environment().get_template(f"{name}.xml.j2").render(shown).lstrip().encode("utf-8")


def _clean(value: Any) -> Any:
    return _FORBIDDEN.sub("", value) if type(value) is str else value


def prose(text: str) -> Markup:
    """A text with French spaces; spaces and line breaks written as the standard has them."""
    text = french.typography(_FORBIDDEN.sub("", text))
    return Markup("<text:line-break/>").join(
        Markup("<text:tab/>").join(map(_spaced, line.split("\t"))) for line in text.splitlines()
    )


def _spaced(text: str) -> Markup:
    """Readers of the format make one space of several, and none at the ends of a paragraph."""
    return Markup(  # nosec B704  # escaped just there
        _SPACES.sub(lambda found: f'<text:s text:c="{len(found[0])}"/>', str(escape(text)))
    )


def _tint(colour: str) -> str:
    """A pale tint of the colour of a chapter, for the head of its tables."""
    tones = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - tone) * 0.11):02x}" for tone in tones)
