"""The sources as printed: one row each, dealt over as many pages as they need, and what they gave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..core import french
from ..core.catalogue import indicators
from ..core.provenance import Provenance

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
#: Height of a line of 7 points, of the white around a row, and the room of a page (mm).
_LINE, _AROUND, _ROOM = 3.4, 1.4, 153.0
_LEAST_ROW = 5.2
#: Most millimetres that a character of the shipped family takes at 7 points. Pages are numbered
#: before any is drawn, without Qt: a bound is enough, a test holds it against the font.
_BROAD = {
    **dict.fromkeys(" ’',./:;ijl|·!()I[]\u00a0\u202f", 0.7),
    **dict.fromkeys('-frt"', 1.0),
    **dict.fromkeys("acsxz?_àâç", 1.25),
    **dict.fromkeys("egkvyLSéèêë", 1.36),
    **dict.fromkeys("BCEFJKPRTVXYZ", 1.7),
    **dict.fromkeys("mw%…œæ@&", 2.1),
    **dict.fromkeys("MWŒÆ", 2.6),
}
_CAPITAL, _LETTER = 2.1, 1.45

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
    pages = len(_filled(heights, _ROOM))
    room = sum(heights) / max(pages, 1)
    while len(_filled(heights, room)) > pages:
        room += _LINE
    dealt = [tuple(items[rank] for rank in ranks) for ranks in _filled(heights, room)]
    return dealt or [()]


def _filled(heights: Sequence[float], room: float) -> list[list[int]]:
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


def lines_at_most(text: str, width: float) -> int:
    """Lines of at most ``width`` mm that a text takes at 7 points, broken as a page breaks it."""
    lines, used = 1, 0.0
    for word in text.split(" "):
        wide = sum(map(_breadth, word))
        if used and used + _BROAD[" "] + wide > width:
            lines, used = lines + 1, 0.0
        used += wide + (_BROAD[" "] if used else 0.0)
        while used > width:  # a word longer than a line is cut, at worst in its middle
            lines, used = lines + 1, used - width / 2
    return lines


def _breadth(sign: str) -> float:
    return _BROAD.get(sign, _CAPITAL if sign.isupper() else _LETTER)


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
