"""The house style of who signs the documents: type family, logo, photo, colours, styles of layers.

A *house* is a folder of the user's: ``maison.json``, fonts in ``polices/``, ``logo.*``, ``photo.*``
and ``<family>.qml`` in the place of the plugin's own (``styles/manifest.csv``). Everything is
optional; what is not there is as the plugin prints it.

The house of a run is opened once, :func:`in_use`; whatever draws asks for :func:`current`. It is
kept per thread and per task (``contextvars``): two runs at once do not mix theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType

from .catalogue import themes
from .errors import InputError
from .house_files import (
    Face,
    check_faces,
    check_picture,
    read_fonts,
    unreadable,
)
from .json_lines import Slip, Spot, scan
from .places import check_small, is_folder
from .profile_reader import Part
from .style_families import families
from .words import Words

#: What is in the folder of a house.
FILE, FONTS = "maison.json", "polices"
PICTURES = (".svg", ".png", ".jpg", ".jpeg")
_KEYS = ("name", "family", "logo", "photo", "colours")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_LONGEST_NAME = 80


@dataclass(frozen=True)
class House:
    """A house style, checked.

    ``name``: who signs; ``family``: of type; ``fonts``: files that hold it, none for the shipped
    one; ``colours``: ``#rrggbb`` by theme (``catalogue/themes.csv``), the others keep their own.
    """

    folder: Path | None = None
    name: str = ""
    family: str = "Coodiag Sans"
    fonts: tuple[Path, ...] = ()
    logo: Path | None = None
    photo: Path | None = None
    colours: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def type_key(self) -> tuple[object, ...]:
        """What measures of its type are kept under: another file of the same family is another."""
        return (self.family, *((path, path.stat().st_mtime_ns) for path in self.fonts))

    def style(self, family: str) -> Path | None:
        """The house's own ``.qml`` of a family of layers; ``None``: the plugin's is used."""
        path = self.folder / f"{family}.qml" if self.folder else None
        return path if path and path.is_file() else None


#: What is printed when nobody asks for a house.
DEFAULT = House()

_CURRENT: ContextVar[House] = ContextVar("coodiag_house", default=DEFAULT)


def current() -> House:
    """The house of the run that is under way."""
    return _CURRENT.get()


@contextmanager
def in_use(house: House) -> Iterator[House]:
    """Everything drawn inside ``with in_use(house):`` is in the style of ``house``."""
    token = _CURRENT.set(house)
    try:
        yield house
    finally:
        _CURRENT.reset(token)


def load_house(folder: Path) -> House:
    """The house that ``folder`` describes.

    Raises :class:`InputError` naming the file, its line and the slip.
    """
    if not is_folder(folder):
        raise InputError(
            "The folder of the house style {folder} is not there: choose the folder that holds {file}.",
            folder=folder.name or str(folder),
            file=FILE,
        )
    part = _document(folder / FILE)
    fonts = _fonts(folder)
    family = _family(part, sorted({face.family for face in fonts.values()}))
    if fonts:
        check_faces(family, fonts.values())
    _check_styles(folder)
    return House(
        folder=folder,
        name=_name(part),
        family=family,
        fonts=tuple(path for path, face in fonts.items() if face.family == family),
        logo=_picture(folder, part, "logo"),
        photo=_picture(folder, part, "photo"),
        colours=MappingProxyType(_colours(part)),
    )


class _HousePart(Part):
    """A value of ``maison.json``; its refusals name this file."""

    def error(self, reason: Words, at: Spot | None = None, key: bool = False) -> InputError:
        spot = at or self.spot
        return InputError(
            "The house style {file} cannot be used: line {line}, {reason}. Correct it there.",
            file=self.file,
            line=spot.key_line if key else spot.line,
            reason=reason,
        )


def _document(path: Path) -> _HousePart:
    """The description of the house; an empty one when the folder has none."""
    if not path.is_file():
        return _HousePart(FILE, scan("{}"), FILE)
    try:
        check_small(path)
        spot = scan(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise unreadable(path, error) from error
    except UnicodeDecodeError as error:
        raise InputError(
            "The house style {file} cannot be used: it is not written in UTF-8. Save it again in this encoding.",
            file=FILE,
        ) from error
    except Slip as slip:
        raise InputError(
            "The house style {file} cannot be used: line {line}, column {column}, {reason}. Correct it there.",
            file=FILE,
            line=slip.line,
            column=slip.column,
            reason=slip.reason,
        ) from slip
    part = _HousePart(FILE, spot, FILE)
    part.mapping(_KEYS)
    return part


def _name(part: Part) -> str:
    name = part.printed("name", required=False)
    if len(name) > _LONGEST_NAME:
        reason = Words("“{key}” has room for {most} signs", key="name", most=_LONGEST_NAME)
        raise part.error(reason, part.at("name"))
    return name


def _colours(part: Part) -> dict[str, str]:
    if not part.has("colours"):
        return {}
    held = _HousePart(part.file, part.at("colours"), "colours")
    held.mapping(tuple(themes()))
    result = {}
    for theme, spot in held.spot.value.items():
        if not isinstance(spot.value, str) or not _COLOUR.fullmatch(spot.value):
            reason = Words(
                "the colour of “{theme}” is “{colour}”: write # and six signs, such as {example}",
                theme=theme,
                colour=spot.plain(),
                example="#1f6f8b",
            )
            raise held.error(reason, spot)
        result[theme] = spot.value.lower()
    return result


def _fonts(folder: Path) -> dict[Path, Face]:
    """Font files and the face in each."""
    held = folder / FONTS
    if not held.is_dir():
        return {}
    paths = sorted(path for path in held.iterdir() if path.suffix.lower() in (".ttf", ".otf"))
    return read_fonts(paths)


def _family(part: Part, found: Sequence[str]) -> str:
    """The family named, which must be ``found`` in the font files; else the only one of them."""
    wanted = part.text("family", required=False)
    if wanted and found and wanted not in found:
        reason = Words(
            "the family “{family}” is in none of the font files of {folder} (there: {found})",
            family=wanted,
            folder=FONTS,
            found=", ".join(found),
        )
        raise part.error(reason, part.at("family"))
    if wanted and not found and wanted != DEFAULT.family:
        reason = Words(
            "the family “{family}” needs its font files (.ttf or .otf) in the folder {folder}",
            family=wanted,
            folder=FONTS,
        )
        raise part.error(reason, part.at("family"))
    if not wanted and len(found) > 1:
        raise InputError(
            "The folder {folder} of the house style holds {number} families ({found}): name one of them as “family” in {file}.",
            folder=FONTS,
            number=len(found),
            found=", ".join(found),
            file=FILE,
        )
    return wanted or (found[0] if found else DEFAULT.family)


def _picture(folder: Path, part: Part, key: str) -> Path | None:
    """The picture named, else ``<key>.svg``, ``.png`` or ``.jpg`` of the folder."""
    wanted = part.text(key, required=False)
    if not wanted:
        there = (folder / f"{key}{ending}" for ending in PICTURES)
        path = next((path for path in there if path.is_file()), None)
    else:
        path = folder / wanted
        if Path(wanted).name != wanted or not path.is_file():
            reason = Words("“{key}”: the file {name} is not in the folder", key=key, name=wanted)
            raise part.error(reason, part.at(key))
    if path is not None:
        check_picture(path)
    return path


def _check_styles(folder: Path) -> None:
    """A style under a name that nothing reads would be left out in silence: refuse it."""
    known = families()
    for path in sorted(folder.glob("*.qml")):
        if path.stem not in known:
            near = get_close_matches(path.stem, known, n=1) or [next(iter(known))]
            raise InputError(
                "The house style holds {file}, which styles nothing: name it after a family of layers, such as {near}.qml (the list is in styles/manifest.csv of the plugin).",
                file=path.name,
                near=near[0],
            )
