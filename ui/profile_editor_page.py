"""The form of a page: what it shows, by which map or chart, of which indicators."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .profile_editor_lists import IndicatorList, OneIndicator
from .profile_editor_parts import Choice, Form, Line, Words
from .profile_editor_words import CHARTS, LAYERS, MAPS, SHEETS, word
from .words import tip, tr

_LAYER, _SHEET = "layer:", "sheet:"


class PageForm(Form):
    """A page. Fields that its kind does not use are hidden."""

    def __init__(self, session: Any, attempt: Callable[[Callable[[], None]], Any]) -> None:
        super().__init__(session, attempt)
        choices = session.choices
        self.title, self.id, self.words = Line(), Line(), Words()
        self.shown, self.map, self.chart = Choice(), Choice(), Choice()
        self.field, self.cross = Choice(), Choice()
        self.indicator = OneIndicator(choices, self.part, "indicator")
        self.colour = OneIndicator(choices, self.part, "colour")
        self.figures = IndicatorList(choices, self.part, "figures")
        self.indicators = IndicatorList(choices, self.part, "indicators")
        self.add("title", tr("&Title: the question that the page answers"), self.title)
        self.add("shown", tr("&What it shows"), self.shown)
        self.add("map", tr("&Map"), self.map)
        self.add("indicator", tr("Indicator on the map"), self.indicator)
        self.add("field", tr("&Figure on the map"), self.field)
        self.add("colour", tr("Rate that fills the circles"), self.colour)
        self.add("cross", tr("&Crossed with"), self.cross)
        self.add("indicators", tr("Indicators"), self.indicators)
        self.add("chart", tr("C&hart"), self.chart)
        self.add("figures", tr("Figures beside the map (4 at most)"), self.figures)
        self.add("words", tr("What the t&eam is asked to write there"), self.words)
        self.add(
            "id",
            tr("&Name in files and links"),
            self.id,
            tr("1 to 60 signs among a–z, 0–9 and _"),
        )
        self._layout.addStretch(1)
        own = ("shown", "map", "indicator")
        for key, field in self.fields.items():
            if key not in own:
                field.widget.told.connect(self.put(key))
        self.shown.told.connect(self._show_as)
        self.map.told.connect(
            lambda name: self.edit(lambda: self.session.put_map(self.place, name))
        )
        self.indicator.told.connect(
            lambda name: self.edit(lambda: self.session.put_subject(self.place, name))
        )

    def part(self) -> dict[str, Any]:
        return dict(self.session.part(self.place))

    def _show_as(self, shown: str) -> None:
        kind, _, name = shown.partition(":")
        names = (name, "") if kind == "layer" else ("", name)
        self.edit(lambda: self.session.show_as(self.place, *names))

    def fill(self, part: dict[str, Any]) -> None:
        choices = self.session.choices
        layer, sheet, name = (part.get(key, "") for key in ("layer", "sheet", "map"))
        self.title.show_text(part.get("title", ""))
        self.id.show_text(part.get("id", ""))
        self.words.show_text(part.get("words", ""))
        offered = [(_LAYER + each, word(LAYERS, each)) for each in choices.layers]
        offered += [(_SHEET + each, word(SHEETS, each)) for each in choices.sheets]
        self.shown.show_choice(offered, _SHEET + sheet if "sheet" in part else _LAYER + layer)
        self._fill_map(part, layer, name)
        charts = choices.charts(sheet)
        automatic = [("", tr("Automatic"))] if charts else []
        offered = automatic + [(each, word(CHARTS, each)) for each in charts]
        self.chart.show_choice(offered, part.get("chart", ""))
        self.indicators.show_names(part.get("indicators", []))
        self.figures.show_names(part.get("figures", []))
        self._hide(part, layer, sheet, name)

    def _fill_map(self, part: dict[str, Any], layer: str, name: str) -> None:
        choices = self.session.choices
        maps = choices.maps(layer)
        self.map.show_choice([(each, word(MAPS, each)) for each in maps], name)
        self.indicator.show_name(part.get("indicator", ""))
        self.colour.show_name(part.get("colour", ""))
        for box, key in ((self.field, "field"), (self.cross, "cross")):
            entries = choices.fields(layer, name, key)
            box.show_choice([(each.name, each.label) for each in entries], part.get(key, ""))
            about = {each.name: each.about for each in entries}
            box.setToolTip(tip(about.get(part.get(key, ""), "")))

    def _hide(self, part: dict[str, Any], layer: str, sheet: str, name: str) -> None:
        """Leave the fields of the kind of the page, and those that a slip has filled."""
        choices = self.session.choices
        needs = choices.needs(name)
        of_sheet, of_communes = "sheet" in part, layer == "communes"
        subject = "subject" in needs and not of_sheet
        wanted = {
            "map": not of_sheet,
            "indicator": subject and of_communes,
            "field": subject and not of_communes,
            "colour": "colour" in needs and not of_sheet,
            "cross": "cross" in needs and not of_sheet,
            "figures": not of_sheet,
            "indicators": of_sheet and choices.lists(sheet),
            "chart": of_sheet and bool(choices.charts(sheet)),
            "words": of_sheet,
        }
        for key, needed in wanted.items():
            self.fields[key].setVisible(bool(needed or part.get(key)))
