"""A diagnosis profile: the ordered chapters and pages that an atlas and a report follow.

A profile is a JSON document of ``catalogue/profiles/`` or a copy that the user edited. It is
checked as a whole when it is read, so that a slip of the pen is named before any calculation.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .catalogue import CATALOGUE, Indicator, indicators, layer_fields, read_json
from .errors import InputError
from .words import Words

PROFILES = CATALOGUE / "profiles"
DEFAULT_PROFILE = "coodiag"

#: Layers of the dossier that a page may show (names of ``diagnostic.gpkg``).
LAYERS = (
    "communes",
    "voisins",
    "references",
    "sites",
    "etablissements",
    "equipements",
    "isochrones",
    "chalandise",
    "penetration",
    "recrutement",
    "mobilite",
    "prospects",
    "zones_prospection",
)

#: Keys that each type of map needs. On the layer ``communes`` the subject is an ``indicator``;
#: elsewhere it is a ``field`` of the layer.
MAPS = {
    "choropleth": ("subject",),
    "circles": ("subject",),
    "coloured_circles": ("subject", "colour"),
    "bivariate": ("subject", "cross"),
    "typology": ("subject",),
    "zones": (),
    "points": (),
    "flows": (),
}

#: Maps that can be drawn of each layer.
DRAWN = {
    "communes": ("choropleth", "circles", "coloured_circles"),
    "isochrones": ("zones",),
    "chalandise": ("zones",),
    "penetration": ("choropleth", "circles"),
    "recrutement": ("choropleth", "circles", "bivariate", "typology"),
    "mobilite": ("choropleth",),
    "zones_prospection": ("choropleth", "circles"),
}
#: Kinds of the catalogue that a map shows as its subject: counts as circles, the others shaded.
_COUNTS, _SHADED = ("stock",), ("rate", "density", "index", "evolution", "median", "duration")
_KINDS = {
    "choropleth": _SHADED,
    "bivariate": _SHADED,
    "circles": _COUNTS,
    "coloured_circles": _COUNTS,
    "typology": ("typology",),
}

_PROFILE_KEYS = {
    "id",
    "title",
    "subtitle",
    "key_figures",
    "commune_figures",
    "commune_chart",
    "chapters",
}
_CHAPTER_KEYS = {"id", "title", "theme", "pages"}
_PAGE_KEYS = {"id", "title", "map", "layer", "indicator", "colour", "field", "cross"}


@dataclass(frozen=True)
class Page:
    """A map page. ``indicator`` (layer ``communes``) or ``field`` (other layers) is its subject.

    ``colour`` is the rate that fills coloured circles, ``cross`` the second subject of a
    bivariate map; each is an indicator or a field, as the subject is. Empty when not used.
    """

    id: str
    title: str
    map: str
    layer: str
    indicator: str = ""
    colour: str = ""
    field: str = ""
    cross: str = ""

    def indicator_ids(self) -> tuple[str, ...]:
        """Catalogue indicators that the page shows."""
        if not self.indicator:
            return ()
        return tuple(name for name in (self.indicator, self.colour, self.cross) if name)


@dataclass(frozen=True)
class Chapter:
    """Pages under one title and one theme (the theme gives the hue of its maps)."""

    id: str
    title: str
    theme: str
    pages: tuple[Page, ...]


@dataclass(frozen=True)
class Profile:
    """Chapters, key figures of the territory, figures and chart of the page of a commune."""

    id: str
    title: str
    subtitle: str
    key_figures: tuple[str, ...]
    commune_figures: tuple[str, ...]
    commune_chart: str
    chapters: tuple[Chapter, ...]

    def pages(self) -> tuple[Page, ...]:
        return tuple(page for chapter in self.chapters for page in chapter.pages)

    def indicator_ids(self) -> tuple[str, ...]:
        """Every catalogue indicator that the profile prints, once, in reading order."""
        wanted = [*self.key_figures]
        for page in self.pages():
            wanted += page.indicator_ids()
        wanted += [*self.commune_figures, *([self.commune_chart] if self.commune_chart else [])]
        return tuple(dict.fromkeys(wanted))


def profile_ids() -> tuple[str, ...]:
    """Profiles of the catalogue, the default one first."""
    found = sorted(path.stem for path in PROFILES.glob("*.json"))
    return tuple(sorted(found, key=lambda name: name != DEFAULT_PROFILE))


def load_profile(id_or_path: str | Path) -> Profile:
    """Read a profile of the catalogue by its id, or a JSON file of the user.

    Raises :class:`InputError` naming the file, the place and the slip.
    """
    name = str(id_or_path).strip()
    if name in profile_ids():
        path = PROFILES / f"{name}.json"
    else:
        path = Path(name).expanduser()
        if not name or not path.is_file():
            raise InputError(
                "The profile “{profile}” is neither a file nor one of {known}.",
                profile=name,
                known=", ".join(profile_ids()),
            )
    return parse_profile(read_json(path), path.name, path.read_text(encoding="utf-8-sig"))


def parse_profile(document: Any, file: str, text: str = "") -> Profile:
    """Check a profile document and freeze it; ``file`` names it in errors, and the line of a page
    is looked for in its ``text``."""
    reader = _Reader(file, text)
    whole = Words("the document")
    root = reader.mapping(document, whole, _PROFILE_KEYS)
    chapters = tuple(
        _chapter(reader, item, f"chapters[{rank}]")
        for rank, item in enumerate(reader.sequence(root, "chapters", whole), 1)
    )
    profile = Profile(
        id=reader.text(root, "id", whole),
        title=reader.text(root, "title", whole),
        subtitle=reader.text(root, "subtitle", whole, required=False),
        key_figures=reader.indicators(root, "key_figures", whole),
        commune_figures=reader.indicators(root, "commune_figures", whole),
        commune_chart=reader.text(root, "commune_chart", whole, required=False),
        chapters=chapters,
    )
    if profile.commune_chart:
        reader.indicator(profile.commune_chart, "commune_chart")
    reader.unique([chapter.id for chapter in chapters], "chapters")
    reader.unique([page.id for page in profile.pages()], "pages")
    if not profile.pages():
        raise reader.error("chapters", Words("there is no page in it"))
    return profile


def _chapter(reader: _Reader, item: Any, place: str) -> Chapter:
    chapter = reader.mapping(item, place, _CHAPTER_KEYS)
    name = reader.text(chapter, "id", place)
    pages = tuple(
        _page(reader, page, f"{name}.pages[{rank}]")
        for rank, page in enumerate(reader.sequence(chapter, "pages", place), 1)
    )
    return Chapter(
        id=name,
        title=reader.text(chapter, "title", place),
        theme=reader.text(chapter, "theme", place),
        pages=pages,
    )


def _page(reader: _Reader, item: Any, place: str) -> Page:
    if isinstance(item, dict) and isinstance(item.get("id"), str):
        reader.page = item["id"]
    page = reader.mapping(item, place, _PAGE_KEYS)
    texts = {key: reader.text(page, key, place, required=False) for key in _PAGE_KEYS}
    result = Page(**texts)
    place = f"{place} ({result.id})" if result.id else place
    for key in ("id", "title", "map", "layer"):
        reader.text(page, key, place)
    if result.map not in MAPS:
        raise reader.error(
            place, Words("map “{map}” is not one of {known}", map=result.map, known=", ".join(MAPS))
        )
    if result.layer not in LAYERS:
        raise reader.error(
            place,
            Words(
                "layer “{layer}” is not one of {known}",
                layer=result.layer,
                known=", ".join(LAYERS),
            ),
        )
    _check_subject(reader, result, place)
    reader.page = ""
    return result


def _check_subject(reader: _Reader, page: Page, place: str) -> None:
    """The subject stands under the key of its layer, and the map has all that it needs."""
    right, wrong = ("indicator", "field") if page.layer == "communes" else ("field", "indicator")
    if getattr(page, wrong):
        raise reader.error(
            place,
            Words(
                "a page of the layer “{layer}” takes “{right}”, not “{wrong}”",
                layer=page.layer,
                right=right,
                wrong=wrong,
            ),
        )
    for need in MAPS[page.map]:
        key = right if need == "subject" else need
        if not getattr(page, key):
            raise reader.error(
                place, Words("“{key}” is missing, map “{map}” needs it", key=key, map=page.map)
            )
    for name in page.indicator_ids():
        reader.indicator(name, place)
    _check_map(reader, page, place)


def _check_map(reader: _Reader, page: Page, place: str) -> None:
    """The map can be drawn of the layer, and shows figures of the kind that it is made for."""
    drawn = DRAWN.get(page.layer, ())
    if page.map not in drawn:
        raise reader.error(
            place,
            Words(
                "the layer “{layer}” has no map “{map}” (its maps: {known})",
                layer=page.layer,
                map=page.map,
                known=", ".join(drawn) or "–",
            ),
        )
    kinds = _KINDS.get(page.map, ())
    subjects = [(page.indicator or page.field, kinds)] if kinds else []
    subjects += [(name, _SHADED) for name in (page.colour, page.cross) if name]
    for name, fitting in subjects:
        if _subject(reader, page, name, place).kind not in fitting:
            raise reader.error(
                place,
                Words(
                    "“{name}” cannot be the subject of a map “{map}”: counts are drawn as circles, rates and indices as shades",
                    name=name,
                    map=page.map,
                ),
            )


def _subject(reader: _Reader, page: Page, name: str, place: str) -> Indicator:
    """The catalogue row of a subject; a field that the layer has not is refused by name."""
    if page.layer == "communes":
        return indicators()[name]
    found = layer_fields().get((page.layer, name))
    if found is None:
        known = [field for layer, field in layer_fields() if layer == page.layer]
        raise reader.error(
            place,
            Words(
                "the layer “{layer}” has no field “{field}” (its fields: {known})",
                layer=page.layer,
                field=name,
                known=", ".join(known),
            ),
        )
    return found


class _Reader:
    """Typed reading of the JSON document; every refusal names the file and the place."""

    def __init__(self, file: str, text: str = "") -> None:
        self.file = file
        self._text = text
        self.page = ""  # id of the page that is being read

    def error(self, place: str | Words, reason: Words) -> InputError:
        line = self._line()
        if line:
            return InputError(
                "The profile {file} cannot be used: line {line}, in {place}, {reason}. Correct it there.",
                file=self.file,
                line=line,
                place=place,
                reason=reason,
            )
        return InputError(
            "The profile {file} cannot be used: in {place}, {reason}. Correct it there.",
            file=self.file,
            place=place,
            reason=reason,
        )

    def _line(self) -> int:
        """Line of the page that is being read, 0 when it cannot be told."""
        wanted = json.dumps(self.page, ensure_ascii=False)
        found = list(re.finditer(rf'"id"\s*:\s*{re.escape(wanted)}', self._text))
        return self._text.count("\n", 0, found[0].start()) + 1 if len(found) == 1 else 0

    def mapping(self, item: Any, place: str | Words, keys: set[str]) -> dict[str, Any]:
        if not isinstance(item, dict):
            raise self.error(place, Words("an object {sign} is expected", sign="{…}"))
        unknown = sorted(set(item) - keys)
        if unknown:
            raise self.error(
                place,
                Words(
                    "the key “{key}” is unknown (known: {known})",
                    key=unknown[0],
                    known=", ".join(sorted(keys)),
                ),
            )
        return item

    def sequence(self, item: dict[str, Any], key: str, place: str | Words) -> list[Any]:
        value = item.get(key, [])
        if not isinstance(value, list):
            raise self.error(place, Words("“{key}” must be a list […]", key=key))
        return value

    def text(
        self, item: dict[str, Any], key: str, place: str | Words, required: bool = True
    ) -> str:
        value = item.get(key, "")
        if not isinstance(value, str):
            raise self.error(place, Words("“{key}” must be a text", key=key))
        if required and not value.strip():
            raise self.error(place, Words("“{key}” is missing", key=key))
        return value.strip()

    def indicators(self, item: dict[str, Any], key: str, place: str | Words) -> tuple[str, ...]:
        names = self.sequence(item, key, place)
        for name in names:
            self.indicator(name, key)
        self.unique(names, key)
        return tuple(names)

    def indicator(self, name: Any, place: str) -> None:
        if not isinstance(name, str) or name not in indicators():
            raise self.error(
                place, Words("the indicator “{name}” is not in the catalogue", name=name)
            )

    def unique(self, names: list[str], place: str) -> None:
        repeated = sorted({name for name in names if names.count(name) > 1})
        if repeated:
            raise self.error(place, Words("“{name}” stands there twice", name=repeated[0]))
