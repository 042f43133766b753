"""What a page of a profile may be made of, as the editor proposes it: names and labels of the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..core.catalogue import Indicator, indicators, layer_fields, rows, themes
from ..core.french import without_accents
from ..core.profile_pages import (
    DRAWN,
    LAYERS,
    MAPS,
    MOST_CARDS,
    MOST_COMMUNE_FIGURES,
    SHEETS,
    fits_chart,
    fits_map,
    takes_indicators,
)
from ..core.profiles import COMPARED, LEVELS


@dataclass(frozen=True)
class Entry:
    """An indicator as it is proposed. ``about``: its definition, and what to beware of."""

    name: str
    label: str
    unit: str
    kind: str
    about: str


class Choices:
    """The catalogue, asked by the forms of the editor."""

    layers: Sequence[str] = LAYERS
    sheets: Sequence[str] = tuple(SHEETS)
    levels: Sequence[str] = LEVELS
    compared: Sequence[str] = COMPARED
    #: Most names that a list of indicators holds, by its key; the others hold any number.
    most = {"figures": MOST_CARDS, "commune_figures": MOST_COMMUNE_FIGURES}

    def themes(self) -> dict[str, str]:
        """Label of each theme of chapters."""
        return themes()

    def colour(self, theme: str) -> str:
        """The hue of a theme, as ``#rrggbb``; "" for one that is not known."""
        ramps = {row["id"]: row["colours"].split() for row in rows("palettes")}
        return next((ramps[r["high"]][-3] for r in rows("themes") if r["theme"] == theme), "")

    def maps(self, layer: str) -> Sequence[str]:
        return DRAWN.get(layer, ())

    def needs(self, name: str) -> Sequence[str]:
        """What a map needs: ``subject``, ``colour``, ``cross``."""
        return MAPS.get(name, ())

    def charts(self, sheet: str) -> Sequence[str]:
        return SHEETS.get(sheet, ())

    def lists(self, sheet: str) -> bool:
        """Whether a sheet prints indicators of its own."""
        return takes_indicators(sheet)

    def fields(self, layer: str, name: str, key: str) -> list[Entry]:
        """Fields of a layer that may be the subject (``field``) or the ``cross`` of a map."""
        return [
            _entry(row)
            for (of, _), row in layer_fields().items()
            if of == layer and fits_map(row, name, key)
        ]

    def entry(self, name: str) -> Entry:
        """An indicator; one that the catalogue has not bears its own name."""
        row = indicators().get(name)
        return _entry(row) if row else Entry(name, name, "", "", "")

    def found(self, query: str, page: dict[str, Any], key: str) -> list[tuple[str, list[Entry]]]:
        """Indicators by theme whose words hold those of ``query``, those whose label does first,
        and that fit the member ``key`` of a page (of the profile: all of them)."""
        asked = _plain(query).split()
        groups = []
        for theme, label in themes().items():
            entries = [
                _entry(row)
                for row in indicators().values()
                if row.theme == theme
                and _fits(row, page, key)
                and all(word in _searched(row, label) for word in asked)
            ]
            if entries:
                entries.sort(key=lambda row: not all(word in _plain(row.label) for word in asked))
                groups.append((label, entries))
        return groups


def _fits(row: Indicator, page: dict[str, Any], key: str) -> bool:
    if key == "indicator":  # the map follows its subject
        return any(fits_map(row, name, key) for name in DRAWN["communes"])
    if key == "colour":
        return fits_map(row, page.get("map", ""), key)
    chart = page.get("chart") or ("pyramid" if page.get("sheet") == "pyramid" else "")
    if key != "indicators" or not chart or page.get("sheet") not in ("figures", "pyramid"):
        return True
    first = next((indicators()[n] for n in page.get("indicators", ()) if n in indicators()), None)
    return fits_chart(row, chart, first)


def _searched(row: Indicator, theme: str) -> str:
    return _plain(" ".join((row.id, row.label, row.short, row.definition, theme)))


def _plain(text: str) -> str:
    return without_accents(text).lower().replace("’", "'")


def _entry(row: Indicator) -> Entry:
    about = "\n".join(text for text in (row.definition, row.caveat) if text)
    return Entry(row.id, row.label, row.unit, row.kind, about)
