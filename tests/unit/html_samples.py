"""Scenes drawn by hand for the invented report: squares, circles, marks, and names that attack."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

from coodiag.coodiag_plugin.core.house import DEFAULT
from coodiag.coodiag_plugin.edition.context import MapPage, ReportContext
from coodiag.coodiag_plugin.edition.html import make_html
from coodiag.coodiag_plugin.edition.html.scene import (
    Entry,
    Ground,
    Line,
    Name,
    Place,
    Row,
    Scene,
    Shape,
    Spot,
)
from coodiag.tests.unit import report_samples as samples

#: What a file of the user might hold instead of a name.
ATTACKS = (
    "</script><script>document.title='pris'</script>",
    "<img src=x onerror=\"document.title='pris'\">",
    "\"' onmouseover=\"document.title='pris'",
    "{{ 7 * 7 }}{% raw %}",
    "\u202e\u05d0livat\u202c ]]>--></style>",
)
_SIDE = 800


def ground(names: tuple[str, ...] = samples.NAMES) -> Ground:
    """A row of squares, one per commune of the samples."""
    places = tuple(
        Place(code, name, f"M{rank * 300} 100l290 0 0 290-290 0z", rank * 300 + 145, 245)
        for rank, (code, name) in enumerate(zip(samples.CODES, names))
    )
    limits = (Line("M0 0l4000 0", "#22313a", 1.4, False),)
    return Ground(_SIDE, 10.0, places, "M0 0l4000 0 0 800z", limits)


def scene(page: MapPage, names: tuple[str, ...] = samples.NAMES) -> Scene:
    """A scene with as many looks as the design of ``page`` has classes and boxes."""
    design, around = page.design, ground(names)
    count = max(len(design.colours), len(design.categories), 1)
    marks = design.shapes or ("",) * count
    looks = [
        Entry(f"classe {rank}", "#3381bd", "#3381bd", "#ffffff", mark=marks[rank])
        for rank in range(count)
    ]
    looks += [
        Entry(box.label, box.colour, box.colour, box.outline, hatch=box.hatch)
        for box in design.boxes
    ]
    kinds = {"circles": "circle", "coloured_circles": "circle", "points": "mark"}
    rows = tuple(
        Row(place.code, place.name, ("s" if rank % 3 == 1 else f"{rank},5\u00a0%",))
        for rank, place in enumerate(around.places)
    )
    kind = kinds.get(design.kind, "area")
    shapes = tuple(
        Shape(
            kind, rank, rank % count, place.path if kind == "area" else "", place.x, place.y, 40.0
        )
        for rank, place in enumerate(around.places)
    )
    spots = (Spot(400, 300, names[0], "#1b1b1b", "site"),)
    labels = tuple(Name(place.name, place.x, place.y, 12.0) for place in around.places)
    return Scene(around, "Commune", ("Figure",), rows, tuple(looks), shapes, spots, labels)


def report(
    context: ReportContext, names: tuple[str, ...] = samples.NAMES, house: Any = DEFAULT
) -> str:
    scenes = {page.id: scene(page, names) for chapter in context.chapters for page in chapter.pages}
    return make_html(context, scenes, house)


def attacked() -> tuple[ReportContext, str]:
    """A report whose names are attacks, and its text."""
    made = samples.context()
    evil = (ATTACKS * 3)[: len(samples.NAMES)]
    communes = tuple(
        replace(page, name=name, sentence=f"{name} compte.")
        for page, name in zip(made.communes, ATTACKS)
    )
    first = made.chapters[0]
    told = replace(first, title=ATTACKS[0], findings=ATTACKS, analysis="\n".join(ATTACKS))
    context = replace(
        made,
        structure=ATTACKS[1],
        territory=ATTACKS[2],
        communes=communes,
        chapters=(told, *made.chapters[1:]),
    )
    return context, report(context, evil)


class Page(HTMLParser):
    """The elements of a page in their order, each with its attributes, and its texts."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self._apart = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag in ("script", "style"):
            self._apart = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._apart:
            self._apart = ""

    def handle_data(self, data: str) -> None:
        if not self._apart:
            self.texts.append(data)

    def of(self, *tags: str) -> list[dict[str, str]]:
        return [attributes for tag, attributes in self.elements if tag in tags]

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.texts))
