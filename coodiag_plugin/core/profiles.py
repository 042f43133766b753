"""A diagnosis profile: the ordered chapters and pages that an atlas and a report follow.

A profile is a JSON document of ``catalogue/profiles/`` or a copy that the user edited. It is
checked as a whole when it is read, so that a slip of the pen is named before any calculation.
The schema is told in ``docs/profiles.md``; what a page may show is checked in
:mod:`.profile_pages`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from .catalogue import CATALOGUE, themes
from .errors import InputError
from .json_lines import Slip, scan
from .places import check_small, is_file, place
from .profile_pages import (
    DRAWN,
    LAYERS,
    MAPS,
    MOST_CARDS,
    MOST_COMMUNE_FIGURES,
    SHEETS,
    check_map,
    check_sheet,
)
from .profile_reader import Part, indicator, one_of, unique
from .words import N_, Words

__all__ = [
    "DEFAULT_PROFILE", "DRAWN", "LAYERS", "LEVELS", "MAPS", "PROFILES", "SHEETS",
    "Chapter", "Page", "Profile", "Similar", "Stake", "load_profile", "parse_profile", "profile_ids",
    "profile_path", "read_text",
]  # fmt: skip

PROFILES = CATALOGUE / "profiles"
DEFAULT_PROFILE = "coodiag"

#: Levels that figures can be compared to, from near to far; SIMILAR: the territories most alike.
LEVELS = ("EPCI", "DEP", "REG", "FRANCE", "SIMILAR")
COMPARED = LEVELS[:4]
_SIMILAR_COUNT, _MOST_SIMILAR = 5, 20

#: Map themes that the project makes of itself, beside one per page (``qgis_bridge/project.py``).
PROJECT_THEMES = ("couverture", "situation", "commune", "situation_commune")

PROFILE_KEYS = (
    "id",
    "title",
    "subtitle",
    "key_figures",
    "compare",
    "similar",
    "commune_figures",
    "commune_chart",
    "stakes",
    "chapters",
)
CHAPTER_KEYS = ("id", "title", "theme", "words", "pages")
PAGE_KEYS = ("id", "title")
MAP_KEYS = ("map", "layer", "indicator", "colour", "field", "cross", "figures")
SHEET_KEYS = ("sheet", "indicators", "chart", "words")


@dataclass(frozen=True)
class Page:
    """A map page, or a sheet page (tables, charts and texts) when ``sheet`` names its kind.

    Map: ``indicator`` (layer ``communes``) or ``field`` (other layers) is its subject, ``colour``
    the rate that fills coloured circles, ``cross`` the second subject of a bivariate map; each is
    an indicator or a field, as the subject is. ``figures``: indicators of the cards beside it.
    Sheet: ``indicators`` that it prints, ``chart`` that shows them, ``words``: what the analyst
    is asked to write there. Empty when not used.
    """

    id: str
    title: str
    map: str = ""
    layer: str = ""
    indicator: str = ""
    colour: str = ""
    field: str = ""
    cross: str = ""
    figures: tuple[str, ...] = ()
    sheet: str = ""
    indicators: tuple[str, ...] = ()
    chart: str = ""
    words: str = ""

    def indicator_ids(self) -> tuple[str, ...]:
        """Catalogue indicators that the page shows: its map or its sheet, then its cards."""
        subjects = (self.indicator, self.colour, self.cross) if self.indicator else ()
        shown = (*(name for name in subjects if name), *self.indicators, *self.figures)
        return tuple(dict.fromkeys(shown))


@dataclass(frozen=True)
class Chapter:
    """Pages under one title and one theme (the theme gives the hue of its maps).

    ``words``: what the analyst is asked to write on its opening page.
    """

    id: str
    title: str
    theme: str
    pages: tuple[Page, ...]
    words: str = ""


@dataclass(frozen=True)
class Similar:
    """How the territories most alike are found: the nearest ``count`` by these indicators."""

    indicators: tuple[str, ...]
    count: int = _SIMILAR_COUNT


@dataclass(frozen=True)
class Stake:
    """What the synthesis puts first: a question, and the ids of the chapters that answer it."""

    title: str
    chapters: tuple[str, ...]


@dataclass(frozen=True)
class Profile:
    """Chapters, key figures of the territory, figures and chart of the page of a commune.

    ``compare``: levels printed beside the territory; ``similar``: None when none is looked for;
    ``stakes``: read first by the synthesis, in order.
    """

    id: str
    title: str
    subtitle: str
    key_figures: tuple[str, ...]
    commune_figures: tuple[str, ...]
    commune_chart: str
    chapters: tuple[Chapter, ...]
    compare: tuple[str, ...] = COMPARED
    similar: Similar | None = None
    stakes: tuple[Stake, ...] = ()

    def pages(self) -> tuple[Page, ...]:
        return tuple(page for chapter in self.chapters for page in chapter.pages)

    def indicator_ids(self) -> tuple[str, ...]:
        """Every catalogue indicator that the profile prints or compares by, once, in reading order."""
        wanted = [*self.key_figures]
        for page in self.pages():
            wanted += page.indicator_ids()
        wanted += [*self.commune_figures, *([self.commune_chart] if self.commune_chart else [])]
        wanted += self.similar.indicators if self.similar else ()
        return tuple(dict.fromkeys(wanted))


def profile_ids() -> tuple[str, ...]:
    """Profiles of the catalogue, the default one first."""
    found = sorted(path.stem for path in PROFILES.glob("*.json"))
    return tuple(sorted(found, key=lambda name: name != DEFAULT_PROFILE))


def profile_path(id_or_path: str | Path) -> Path:
    """The file of a profile of the catalogue by its id, or that of the user."""
    name = str(id_or_path).strip()
    if name in profile_ids():
        return PROFILES / f"{name}.json"
    path = place(name)
    if not name or not is_file(path):
        raise InputError(
            "The profile “{profile}” is neither a file nor one of {known}.",
            profile=name,
            known=", ".join(profile_ids()),
        )
    return path


def load_profile(id_or_path: str | Path) -> Profile:
    """Read a profile of the catalogue by its id, or a JSON file of the user.

    Raises :class:`InputError` naming the file, the line, the place and the slip.
    """
    path = profile_path(id_or_path)
    return parse_profile(read_text(path), path.name)


def read_text(path: Path) -> str:
    """The text of a profile file, which is UTF-8 with or without its mark."""
    try:
        check_small(path)
        content = path.read_bytes()
    except OSError as error:
        raise InputError(
            "The profile {file} cannot be read: {reason}. Close the programme that holds it, or check its permissions.",
            file=path.name,
            reason=error.strerror or error,
        ) from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            "The profile {file} cannot be used: line {line} is not written in UTF-8. Save the file in the encoding UTF-8.",
            file=path.name,
            line=content.count(b"\n", 0, error.start) + 1,
        ) from error


def parse_profile(text: str, file: str) -> Profile:
    """Check the text of a profile and freeze it; ``file`` names it in errors."""
    whole = Words("the document")
    try:
        spot = scan(text)
    except Slip as slip:
        raise InputError(
            "The profile {file} is not valid JSON: line {line}, column {column}, in {place}, {reason}. Correct it there.",
            file=file,
            line=slip.line,
            column=slip.column,
            place=slip.path or whole,
            reason=slip.reason,
        ) from slip
    root = Part(file, spot, whole).mapping(PROFILE_KEYS)
    parts = root.parts("chapters", lambda rank: f"chapters[{rank}]")
    read = [_chapter(part) for part in parts]
    unique(parts, [chapter.id for chapter, _ in read])
    pages = [part for _, found in read for part in found]
    profile = Profile(
        id=root.text("id"),
        title=root.printed("title"),
        subtitle=root.printed("subtitle", required=False),
        key_figures=root.indicators("key_figures"),
        commune_figures=root.indicators("commune_figures", MOST_COMMUNE_FIGURES),
        commune_chart=commune_chart_of(root),
        chapters=tuple(chapter for chapter, _ in read),
        compare=compare_of(root),
        similar=similar_of(root),
        stakes=stakes_of(root, [chapter.id for chapter, _ in read]),
    )
    unique(pages, [page.id for page in profile.pages()])
    if not pages:
        raise Part(file, root.at("chapters"), "chapters").error(Words("there is no page in it"))
    check_similar(root, profile, pages)
    return profile


def commune_chart_of(root: Part) -> str:
    name = root.text("commune_chart", required=False)
    if name:
        indicator(Part(root.file, root.at("commune_chart"), "commune_chart"))
    return name


def compare_of(root: Part) -> tuple[str, ...]:
    if not root.has("compare"):
        return COMPARED
    return root.names("compare", one_of(LEVELS, N_("level “{name}” is not one of {known}")))


def similar_of(root: Part) -> Similar | None:
    if not root.has("similar"):
        return None
    part = Part(root.file, root.at("similar"), "similar").mapping(("indicators", "count"))
    found = part.indicators("indicators")
    if not found:
        raise part.error(Words("“{key}” is missing", key="indicators"), part.at("indicators"))
    return Similar(found, part.whole_number("count", _SIMILAR_COUNT, 1, _MOST_SIMILAR))


def stakes_of(root: Part, chapters: list[str]) -> tuple[Stake, ...]:
    """The stakes, each with chapters of this profile; a chapter answers one stake only."""
    parts = root.parts("stakes", lambda rank: f"stakes[{rank}]")
    known = one_of(chapters, N_("chapter “{name}” is not one of {known}"))
    found: list[Stake] = []
    for part in parts:
        ids = part.mapping(("title", "chapters")).names("chapters", known)
        if not ids:
            raise part.error(Words("“{key}” is missing", key="chapters"), part.at("chapters"))
        found.append(Stake(part.printed("title"), ids))
    unique(parts, [stake.title for stake in found])
    answers = [(part, name) for part, stake in zip(parts, found) for name in stake.chapters]
    unique([part for part, _ in answers], [name for _, name in answers])
    return tuple(found)


def check_similar(root: Part, profile: Profile, pages: list[Part]) -> None:
    """Territories most alike are found by the indicators of ``similar``, so they must be said."""
    if profile.similar:
        return
    reason = Words("“{key}” is missing at the top of the profile: it says by which indicators similar territories are found", key="similar")  # fmt: skip
    for part, page in zip(pages, profile.pages()):
        if page.sheet == "similar":
            raise part.error(reason)
    if "SIMILAR" in profile.compare:
        raise Part(root.file, root.at("compare"), "compare").error(reason)


def chapter_head(part: Part) -> Chapter:
    """A chapter without its pages; ``part`` takes its final name."""
    name = part.named().mapping(CHAPTER_KEYS).identifier()
    chapter = (part.printed("title"), part.text("theme"))
    if chapter[1] not in themes():
        raise part.error(
            Words(
                "the theme “{theme}” is not one of {known}",
                theme=chapter[1],
                known=", ".join(themes()),
            ),
            part.at("theme"),
        )
    return Chapter(name, *chapter, (), part.printed("words", required=False))


def page_parts(part: Part, name: str) -> list[Part]:
    """The pages of the chapter ``name``, not read yet."""
    return part.parts("pages", lambda rank: f"{name}.pages[{rank}]")


def _chapter(part: Part) -> tuple[Chapter, list[Part]]:
    """A chapter, and the parts of its pages under their final names."""
    head = chapter_head(part)
    parts = page_parts(part, head.id)
    return replace(head, pages=tuple(page_of(item) for item in parts)), parts


def page_of(part: Part) -> Page:
    """A page, read and checked; ``part`` takes its final name."""
    name = (
        part.named().mapping((*PAGE_KEYS, *MAP_KEYS, *SHEET_KEYS)).identifier(taken=PROJECT_THEMES)
    )
    if part.has("map") and part.has("sheet"):
        reason = Words("a page is a “map” or a “sheet”, not both")
        raise part.error(reason, part.at("sheet"), key=True)
    keys, of = (SHEET_KEYS, "sheet") if part.has("sheet") else (MAP_KEYS, "map")
    part.mapping((*PAGE_KEYS, *keys))
    title, kind = part.printed("title"), part.text(of)
    if of == "sheet":
        page = Page(
            name,
            title,
            sheet=kind,
            indicators=part.indicators("indicators"),
            chart=part.text("chart", required=False),
            words=part.printed("words", required=False),
        )
        check_sheet(part, page)
        return page
    page = Page(
        name,
        title,
        map=kind,
        layer=part.text("layer"),
        indicator=part.text("indicator", required=False),
        colour=part.text("colour", required=False),
        field=part.text("field", required=False),
        cross=part.text("cross", required=False),
        figures=part.indicators("figures", MOST_CARDS),
    )
    check_map(part, page)
    return page
