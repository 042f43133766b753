"""What is taken from the draft of a dossier, which may come from somebody else.

A draft names places of the machine that it was made on. To look at one may be enough to reach a
server (a shared folder of Windows hands over who asks), so that each is judged by how it is written
before it is looked at: it is a file or a folder of this machine, of the shared folder that the
dossier lies in, or of the dossier itself. A server and keys are asked of the user again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from qgis.core import QgsProject

from ...core.errors import InputError
from ...core.places import is_file, is_folder, is_link, is_same, leads_away
from ...core.profiles import profile_ids

#: Parameters that lead nowhere: those of a diagnosis that are in none of the other lists.
VALUES = (
    "TERRITORY", "STRUCTURE", "SOURCE", "CACHE", "SERVICE", "PAPER", "FORMATS", "THRESHOLDS",
    "MIN_COUNT", "COMMUNE_PAGES", "COMMUNE_SCALE", "DPI", "DATE", "OUTPUT_FOLDER",
)  # fmt: skip
#: Never taken.
ASKED_AGAIN = ("URL", "AUTHCFG", "AUTHCFG_INCLUSION")
_LAYERS = ("AREA", "ROADS")
#: What may follow the file of a layer: which of its layers. Anything else is an order to GDAL.
_LAYER_PARTS = ("layername=", "layerid=")


def taken(given: Mapping[str, Any], folder: Path) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The parameters of a draft that can be used here, and the names of those left out.

    ``folder``: of the dossier that the draft was found in.
    """
    kept, left = {}, []
    for name, value in given.items():
        if name in VALUES or (name in CHECKS and _passes(name, value, folder)):
            kept[name] = value
        elif value not in ("", []) and (name in CHECKS or name in ASKED_AGAIN):
            left.append(name)
    return kept, tuple(left)


def notes_taken(notes: Mapping[str, Any], folder: Path) -> dict[str, dict[str, Any]]:
    """The notes of the steps, without what is not of the kind that they write."""
    told = {step: note for step, note in notes.items() if isinstance(note, dict)}
    territory, options = told.get("territory", {}), told.get("options", {})
    names, own = territory.get("names"), options.get("own")
    found: dict[str, dict[str, Any]] = {"files": {"folder_chosen": True}, "territory": {}}
    if isinstance(territory.get("name"), str):
        found["territory"]["name"] = territory["name"]
    if isinstance(names, dict):
        texts = {key: text for key, text in names.items() if isinstance(text, str)}
        found["territory"]["names"] = texts
    if isinstance(own, list):
        found["options"] = {"own": [each for each in own if _passes("PROFILE", each, folder)]}
    return found


def _passes(name: str, value: Any, folder: Path) -> bool:
    return isinstance(value, str) and CHECKS[name](value, folder)


def _here(text: str, folder: Path) -> bool:
    """Whether a whole path can be looked at: see the head of this module."""
    path = Path(text)
    return path.is_absolute() and not leads_away(text, folder) and not _linked(path, folder)


def _linked(path: Path, folder: Path) -> bool:
    """Whether a link that came with the dossier stands on the way to ``path``."""
    steps = _steps(path, folder) or ()
    return any(is_link(folder.joinpath(*steps[: at + 1])) for at in range(len(steps)))


def _steps(path: Path, folder: Path) -> tuple[str, ...] | None:
    """The way from the dossier to ``path``, None for one outside it. Places are compared, as a name
    may be written in other letters, from the root on: no link of the dossier is followed."""
    for at, home in enumerate([*reversed(path.parents), path]):
        if is_same(home, folder):
            return path.parts[at + 1 :]
    return None


def _file(text: str, folder: Path) -> bool:
    return _here(text, folder) and is_file(Path(text))


def _folder(text: str, folder: Path) -> bool:
    return _here(text, folder) and is_folder(Path(text))


def _either(text: str, folder: Path) -> bool:
    return _file(text, folder) or _folder(text, folder)


def _profile(text: str, folder: Path) -> bool:
    return text in profile_ids() or _file(text, folder)


def _own_file(text: str, folder: Path) -> bool:
    """A file of the user's: corrections are written into it, and a layer may be anything that GDAL
    knows, which the dossier of another would choose."""
    return _file(text, folder) and _steps(Path(text), folder) is None


def _layer(text: str, folder: Path) -> bool:
    from ...sources.vectors import holds_its_shapes

    file, bar, rest = text.partition("|")
    if text in QgsProject.instance().mapLayers():
        return True
    named = not bar or (rest.startswith(_LAYER_PARTS) and "|" not in rest)
    return named and _own_file(file, folder) and holds_its_shapes(Path(file))


def _mapping(text: str, folder: Path) -> bool:
    from ...sources.structure_mapping import parse_mappings

    try:
        parse_mappings(text)
    except InputError:
        return False
    return True


#: What a parameter must pass: its value, the folder of the dossier.
CHECKS: dict[str, Callable[[str, Path], bool]] = {
    **dict.fromkeys(
        ("SITES", "CLIENTS", "BENEFICIARIES", "SURVEY", "ACTORS", "ACTIONS", "WORDS"), _file
    ),
    **dict.fromkeys(("DATA_FOLDER", "HOUSE_STYLE"), _folder),
    **dict.fromkeys(_LAYERS, _layer),
    "BAN": _either,
    "PROFILE": _profile,
    "CORRECTIONS": _own_file,
    "MAPPING": _mapping,
}
