"""What a page of a profile may show: which map of which layer, which chart of which indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .catalogue import Indicator, indicators, layer_fields
from .errors import InputError
from .json_lines import Spot
from .profile_reader import Part, catalogue_row
from .words import Words

if TYPE_CHECKING:
    from .profiles import Page

#: Keys that each type of map needs. On the layer ``communes`` the subject is an ``indicator``;
#: elsewhere it is a ``field`` of the layer.
MAPS = {
    "choropleth": ("subject",),
    "circles": ("subject",),
    "coloured_circles": ("subject", "colour"),
    "bivariate": ("subject", "cross"),
    "typology": ("subject",),
    "zones": (),
    "points": ("subject",),
}

#: Maps that can be drawn of each layer of the dossier (names of ``diagnostic.gpkg``).
DRAWN = {
    "communes": ("choropleth", "circles", "coloured_circles"),
    "isochrones": ("zones",),
    "chalandise": ("zones",),
    "penetration": ("choropleth", "circles"),
    "recrutement": ("choropleth", "bivariate", "typology"),
    "mobilite": ("choropleth",),
    "zones_prospection": ("choropleth", "circles"),
    "typologie": ("typology",),
    "specificites": ("typology",),
    "offre_demande": ("choropleth",),
    "qualification": ("choropleth",),
    "acteurs": ("points",),
}
#: Layers that a page may show.
LAYERS = tuple(DRAWN)
#: Kinds of the catalogue that a map shows as its subject: counts as circles, the others shaded.
_COUNTS, _SHADED = ("stock",), ("rate", "density", "index", "evolution", "median", "duration")
_KINDS = {
    "choropleth": _SHADED,
    "bivariate": _SHADED,
    "circles": _COUNTS,
    "coloured_circles": _COUNTS,
    "typology": ("typology",),
    "points": ("typology",),
}

#: Charts that a page may ask of each kind of sheet; without asking, the first one is drawn.
SHEETS: dict[str, tuple[str, ...]] = {
    "figures": ("bars", "stacked", "lines", "slope", "index", "radar", "multiples"),
    "pyramid": ("pyramid",),
    "similar": ("bars",),
    "specialisation": ("index",),
    "paradox": ("bars",),
    "portfolio": ("index", "bars"),
    "qualification": ("bars", "stacked"),
    "supply": ("bars", "index"),
    "survey": (),
    "actors": (),
    "actions": (),
    "words": (),
}
#: Sheets that cannot do without indicators of the catalogue, and those that may show some.
_OF_INDICATORS, _WITH_INDICATORS = ("figures", "pyramid"), ("similar",)
#: Kinds that a chart of indicators takes, and the fewest of them. Its indicators share one axis,
#: but for lines (a chart for each) and radar (each one for 100 in the reference).
CHARTS: dict[str, tuple[tuple[str, ...], int]] = {
    "bars": (_SHADED, 1),
    "stacked": (("rate",), 2),
    "pyramid": (("stock", "rate"), 2),
    "lines": (("evolution",), 1),
    "slope": (("evolution",), 2),
    "index": (("index", "evolution"), 1),
    "radar": (("rate", "density", "index", "median", "duration"), 3),
    "multiples": (("rate", "density", "index", "median", "duration"), 2),
}
_OWN_AXES = ("lines", "radar")
#: Most cards beside a map, and on the page of a commune.
MOST_CARDS, MOST_COMMUNE_FIGURES = 4, 8


def maps_of(kind: str) -> tuple[str, ...]:
    """Maps of communes whose subject may be an indicator of that kind."""
    return tuple(name for name in DRAWN["communes"] if kind in _KINDS[name])


def takes_indicators(sheet: str) -> bool:
    """Whether a sheet of that kind prints indicators of its own."""
    return sheet in _OF_INDICATORS + _WITH_INDICATORS


def fits_map(row: Indicator, name: str, key: str) -> bool:
    """Whether a figure may be the ``indicator`` or ``field`` of a map ``name``, its ``colour`` or
    its ``cross``."""
    fitting = _SHADED if key in ("colour", "cross") else _KINDS.get(name, ())
    return not fitting or row.kind in fitting


def fits_chart(row: Indicator, chart: str, beside: Indicator | None) -> bool:
    """Whether a chart of indicators takes one, next to the first that it has."""
    fitting, _ = CHARTS[chart]
    return row.kind in fitting and (beside is None or _together(row, beside, chart))


def check_map(part: Part, page: Page) -> None:
    """A map page: its map and layer exist and go together, its subject is there and of their kind."""
    if page.map not in MAPS:
        raise part.error(
            Words("map “{map}” is not one of {known}", map=page.map, known=", ".join(MAPS)),
            part.at("map"),
        )
    if page.layer not in LAYERS:
        raise part.error(
            Words(
                "layer “{layer}” is not one of {known}", layer=page.layer, known=", ".join(LAYERS)
            ),
            part.at("layer"),
        )
    right, wrong = ("indicator", "field") if page.layer == "communes" else ("field", "indicator")
    if getattr(page, wrong):
        raise part.error(
            Words(
                "a page of the layer “{layer}” takes “{right}”, not “{wrong}”",
                layer=page.layer,
                right=right,
                wrong=wrong,
            ),
            part.at(wrong),
        )
    for need in MAPS[page.map]:
        key = right if need == "subject" else need
        if not getattr(page, key):
            raise part.error(
                Words("“{key}” is missing, map “{map}” needs it", key=key, map=page.map),
                part.at(key),
            )
    drawn = DRAWN[page.layer]
    if page.map not in drawn:
        raise part.error(
            Words(
                "the layer “{layer}” has no map “{map}” (its maps: {known})",
                layer=page.layer,
                map=page.map,
                known=", ".join(drawn),
            ),
            part.at("map"),
        )
    _check_subjects(part, page, right)


def _check_subjects(part: Part, page: Page, right: str) -> None:
    """The map shows figures of the kind that it is made for."""
    subjects = [(right, _KINDS.get(page.map, ())), ("colour", _SHADED), ("cross", _SHADED)]
    for key, fitting in subjects:
        name = getattr(page, key)
        if not name:
            continue
        kind = _subject(part, page, name, part.at(key)).kind
        if fitting and kind not in fitting:
            raise part.error(
                Words(
                    "“{name}” cannot be the subject of a map “{map}”: counts are drawn as circles, rates and indices as shades",
                    name=name,
                    map=page.map,
                ),
                part.at(key),
            )


def _subject(part: Part, page: Page, name: str, at: Spot) -> Indicator:
    """The catalogue row of a subject; a field that the layer has not is refused by name."""
    if page.layer == "communes":
        return catalogue_row(part, name, at)
    found = layer_fields().get((page.layer, name))
    if found is None:
        known = [field for layer, field in layer_fields() if layer == page.layer]
        raise part.error(
            Words(
                "the layer “{layer}” has no field “{field}” (its fields: {known})",
                layer=page.layer,
                field=name,
                known=", ".join(known) or "–",
            ),
            at,
        )
    return found


def check_sheet(part: Part, page: Page) -> None:
    """A sheet page: its kind exists, has the indicators that it needs and a chart that fits them."""
    if page.sheet not in SHEETS:
        raise part.error(
            Words("sheet “{sheet}” is not one of {known}", sheet=page.sheet, known=", ".join(SHEETS)),
            part.at("sheet"),
        )  # fmt: skip
    if page.sheet in _OF_INDICATORS and not page.indicators:
        raise _needs(part, page, "indicators")
    if page.sheet == "words" and not page.words:
        raise _needs(part, page, "words")
    if page.indicators and page.sheet not in _OF_INDICATORS + _WITH_INDICATORS:
        raise part.error(
            Words("a sheet “{sheet}” takes no “{key}”", sheet=page.sheet, key="indicators"),
            part.at("indicators"),
            key=True,
        )
    charts = SHEETS[page.sheet]
    if page.chart and page.chart not in charts:
        raise part.error(
            Words(
                "a sheet “{sheet}” has no chart “{chart}” (its charts: {known})",
                sheet=page.sheet,
                chart=page.chart,
                known=", ".join(charts) or "–",
            ),
            part.at("chart"),
        )
    chart = page.chart or ("pyramid" if page.sheet == "pyramid" else "")
    if chart and page.sheet in _OF_INDICATORS:
        _check_chart(part, page, chart)


def _needs(part: Part, page: Page, key: str) -> InputError:
    reason = Words("“{key}” is missing, a sheet “{sheet}” needs it", key=key, sheet=page.sheet)
    return part.error(reason, part.at(key))


def _check_chart(part: Part, page: Page, chart: str) -> None:
    """The indicators can stand on one axis of that chart: kinds that it compares, one unit."""
    fitting, fewest = CHARTS[chart]
    catalogue = indicators()
    first = catalogue[page.indicators[0]]
    if len(page.indicators) < fewest:
        reason = Words(
            "a chart “{chart}” takes {fewest} indicators at least", chart=chart, fewest=fewest
        )
        raise part.error(reason, part.at("indicators"))  # fmt: skip
    for spot in part.at("indicators").value:
        item = catalogue[spot.value]
        if item.kind not in fitting:
            raise part.error(
                Words(
                    "“{name}” ({kind}) does not fit a chart “{chart}”, which takes: {known}",
                    name=item.id,
                    kind=item.kind,
                    chart=chart,
                    known=", ".join(fitting),
                ),
                spot,
            )
        if not _together(item, first, chart):
            raise part.error(
                Words(
                    "“{name}” and “{first}” have not one unit or whole, so that a chart “{chart}” cannot show both",
                    name=item.id,
                    first=first.id,
                    chart=chart,
                ),
                spot,
            )


def _together(one: Indicator, other: Indicator, chart: str) -> bool:
    """Whether two indicators share the axis of a chart: one unit, or one multiplier without unit;
    parts that are stacked are parts of one whole, sides of a centre are of one kind."""
    if chart in _OWN_AXES:
        return True
    if one.unit != other.unit or (not one.unit and one.multiplier != other.multiplier):
        return False
    if chart == "stacked":
        return one.denominator == other.denominator
    return one.kind == other.kind or chart not in ("index", "pyramid")
