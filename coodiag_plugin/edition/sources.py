"""The sources as printed: one row each, dealt over as many pages as they need, and what they gave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..core import french
from ..core.catalogue import indicators
from ..core.provenance import Provenance
from .measure import lines_at_most

COLUMNS = (
    "Source",
    "Millésime",
    "Géographie",
    "Service ou fichier",
    "Date d’obtention",
    "Licence et mention",
)
#: Widths of the columns in millimetres on A4, and the white between two of them.
WIDTHS = (100.0, 37.0, 19.0, 51.0, 24.0, 38.0)
_GUTTER = 2.0
#: What opens the sources of a sheet that are told in a note, and what stands between two of them.
CITED, PARTED = "Sources : ", " ; "
#: Height of a line of 7 points, of the white around a row, and the room of a page (mm).
_LINE, _AROUND, _ROOM = 3.4, 1.4, 153.0
_LEAST_ROW = 5.2
#: What the sources without indicators give, by the start of the dataset's id.
_USES = {
    "contours_": "Fond de carte",
    "cog_": "Composition et noms des territoires",
    "geo_api_": "Composition et noms des territoires",
    "banatic": "Composition et noms des territoires",
    "sirene_": "Établissements, prospects",
    "ban": "Localisation des adresses",
    "bal": "Localisation des adresses",
    "routes": "Temps de trajet, isochrones",
    "osm_xml": "Temps de trajet, isochrones",
    "siae": "Équipements",
    "data_inclusion": "Équipements",
    "france_services": "Équipements",
    "bpe": "Équipements",
}


def apart(sources: Sequence[str]) -> tuple[str, ...]:
    """Each source of a page once, in order; an indicator may cite several in one text."""
    return tuple(dict.fromkeys(part for text in sources for part in text.split(PARTED)))


def printed_row(item: Provenance) -> tuple[str, ...]:
    """The cells of a source, in the order of :data:`COLUMNS`."""
    credit = item.attribution.strip()
    if credit and credit not in item.producer:
        licence = f"{item.licence}. Mention : {credit}" if item.licence else f"Mention : {credit}"
    else:
        licence = item.licence
    return (
        f"{item.producer} – {item.title}" if item.producer else item.title,
        item.vintage,
        f"COG {item.cog}" if item.cog else "",
        item.service or _file(item.file),
        french.date(item.retrieved) if item.retrieved else "",
        licence,
    )


def _file(name: str) -> str:
    """The file that the user has: the archive, not what is in it (the workbook tells both)."""
    archive, packed, _ = name.partition(".zip/")
    return f"{archive}.zip" if packed else name


def deal(items: Sequence[Provenance]) -> list[tuple[Provenance, ...]]:
    """The sources page by page, pages of like height; one empty page without any source.

    Sources that print alike (the tables of a service by level) make one row.
    """
    items = list({printed_row(item): item for item in reversed(items)}.values())[::-1]
    heights = [_height(item) for item in items]
    pages = len(filled(heights, _ROOM))
    room = sum(heights) / max(pages, 1)
    while len(filled(heights, room)) > pages:
        room += _LINE
    dealt = [tuple(items[rank] for rank in ranks) for ranks in filled(heights, room)]
    return dealt or [()]


def filled(heights: Sequence[float], room: float) -> list[list[int]]:
    """Ranks of what stands on each page (or in each column) of that room, in order."""
    pages: list[list[int]] = []
    used = 0.0
    for rank, height in enumerate(heights):
        if not pages or used + height > room:
            pages.append([])
            used = 0.0
        pages[-1].append(rank)
        used += height
    return pages


def _height(item: Provenance) -> float:
    """Millimetres that a row takes at most."""
    cells = zip(printed_row(item), WIDTHS)
    most = max(lines_at_most(text, width - _GUTTER) for text, width in cells)
    return max(_LEAST_ROW, most * _LINE + _AROUND)


def served(
    sources: Sequence[Provenance], origins: Mapping[str, Sequence[Provenance]]
) -> tuple[tuple[str, ...], ...]:
    """What each source gave: labels of its indicators, else what it was used for.

    ``origins``: the sources behind each indicator, by its id.
    """
    catalogue = indicators()
    found = []
    for item in sources:
        labels = tuple(
            catalogue[name].label
            for name, behind in origins.items()
            if any(item.same(other) for other in behind)
        )
        found.append(labels or _use(item))
    return tuple(found)


def _use(item: Provenance) -> tuple[str, ...]:
    uses = [words for start, words in _USES.items() if item.dataset.startswith(start)]
    return (uses[0],) if uses else ()
