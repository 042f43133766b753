"""A dossier made again from its run file: the same parameters, the same files found by their sums."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qgis.core import QgsVectorLayer

from ...core.errors import InputError
from ...core.fingerprint import fingerprint
from ...core.profiles import profile_ids
from ...core.progress import Progress
from ...core.runfile import FORMAT, RUN_FILE, InputFile
from ...core.version import version
from ...core.words import N_
from ..translation import tr
from .finding import files_under
from .inputs import layer_sum

#: Parameter of the diagnosis that a file of each role is given as.
_PARAMETERS = {
    "sites": "SITES",
    "clients": "CLIENTS",
    "beneficiaries": "BENEFICIARIES",
    "survey": "SURVEY",
    "actors": "ACTORS",
    "actions": "ACTIONS",
    "words": "WORDS",
    "profile": "PROFILE",
}
#: Role of the layers, which have no file of their own.
LAYERS = {"area": "AREA", "roads": "ROADS"}
#: Parameters that a run file tells. Any other name in it was put there by hand: a place, a key, a
#: service or a file of this machine is the user's to give, never a received file's.
_RECORDED = (
    "TERRITORY", "STRUCTURE", "PROFILE", "PAPER", "THRESHOLDS", "MIN_COUNT", "SERVICE", "SOURCE",
    "COMMUNE_PAGES", "COMMUNE_SCALE", "FORMATS", "DPI", "MAPPING",
)  # fmt: skip
#: A folder of many files is told to be looked through, so often.
_TOLD_EVERY = 20_000
#: Larger, it is no run file: it would only fill the memory.
_MOST_BYTES = 50_000_000
#: What a refusal calls a file that is not found.
_WORDS = {
    "sites": N_("sites"),
    "clients": N_("clients"),
    "beneficiaries": N_("beneficiaries"),
    "survey": N_("survey"),
    "questions": N_("description of the questions"),
    "actors": N_("actors"),
    "actions": N_("action plan"),
    "words": N_("texts of the analyst"),
    "profile": N_("profile"),
    "house": N_("house style"),
}


@dataclass(frozen=True)
class Recorded:
    """What a run file holds of use here. ``sources``: sum of each official file by title."""

    coodiag: str
    date: str
    parameters: dict[str, Any]
    inputs: tuple[InputFile, ...]
    sources: dict[str, str]
    counts: dict[str, int]
    online: bool


def read_run(path: Path) -> Recorded:
    """The run file of a dossier. Raises :class:`InputError` for another file."""
    try:
        if path.stat().st_size > _MOST_BYTES or not path.is_file():  # a pipe would be waited for
            raise ValueError(path.name)
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["format"] != FORMAT:
            raise ValueError(content["format"])
        return Recorded(
            str(content["coodiag"]),
            str(content["date"]),
            dict(content["parameters"]),
            tuple(_input(item) for item in content["inputs"]),
            {f"{item['title']} {item['file']}": item["sha256"] for item in content["sources"]},
            dict(content["counts"]),
            any(item["service"] for item in content["sources"]),
        )
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise InputError(
            "{file} is not the run file of a dossier: choose the file {name} that a full diagnosis has written.",
            file=path.name,
            name=RUN_FILE,
        ) from error


def _input(item: dict[str, Any]) -> InputFile:
    found = InputFile(**item)
    if not isinstance(found.role, str) or not isinstance(found.sha256, str):
        raise TypeError("role or sha256")
    return InputFile(found.role, str(found.kind), found.sha256, int(found.size))


def parameters_of(
    recorded: Recorded,
    folders: Sequence[Path],
    layers: Mapping[str, QgsVectorLayer | None],
    progress: Progress,
) -> dict[str, Any]:
    """Parameters of ``coodiag:diagnostic`` that make the dossier again, but for where it goes and
    where the official data are.

    ``folders``: where the files of the structure are looked for, by their SHA-256; ``layers``: AREA
    and ROADS as they are given again. Raises :class:`InputError` naming the roles of what is
    missing.
    """
    given = {name: value for name, value in recorded.parameters.items() if name in _RECORDED}
    if given.get("PROFILE", "") not in ("", *profile_ids()):
        del given["PROFILE"]  # an own one is among the inputs
        if all(item.role != "profile" for item in recorded.inputs):
            raise _not_found(["profile"])
    given["DATE"] = recorded.date
    if isinstance(given.get("FORMATS"), str):
        given["FORMATS"] = [name for name in given["FORMATS"].split(",") if name]
    files = [item for item in recorded.inputs if item.role not in LAYERS]
    found = find_files(files, folders, progress)
    for role, path in found.items():
        if role in _PARAMETERS:
            given[_PARAMETERS[role]] = str(path)
        elif role == "house":
            given["HOUSE_STYLE"] = str(path.parent)
    _check_questions(found)
    for item in recorded.inputs:
        if item.role in LAYERS:
            name = LAYERS[item.role]
            given[name] = _same_layer(name, item, layers.get(name), progress)
    if recorded.coodiag != version():
        progress.warn(
            "This dossier was made with Coodiag {before}, this is Coodiag {now}: pages and figures may differ.",
            before=recorded.coodiag,
            now=version(),
        )
    return given


def find_files(
    wanted: Sequence[InputFile], folders: Sequence[Path], progress: Progress
) -> dict[str, Path]:
    """Where the file of each role is: the first one with its size and its SHA-256, whatever its name.

    What cannot be read is told by its number, and passed over.
    """
    missing = {item.role: item for item in wanted}
    found: dict[str, Path] = {}
    closed: list[OSError] = []
    for path in _of_size({item.size for item in wanted}, folders, closed, progress):
        if not missing:
            break
        try:
            digest = fingerprint(path, progress.check)
        except OSError as error:
            closed.append(error)
            continue
        for role in [role for role, item in missing.items() if item.sha256 == digest]:
            found[role] = path
            del missing[role]
    if closed:
        progress.warn(
            "Files and folders that could not be read while looking for those of the structure: {count} (the first: {file}, {reason}).",
            count=len(closed),
            file=Path(str(closed[0].filename or "–")).name,
            reason=closed[0].strerror or str(closed[0]),
        )
    if missing:
        raise _not_found(missing)
    return found


def _of_size(
    sizes: Container[int], folders: Sequence[Path], closed: list[OSError], progress: Progress
) -> Iterator[Path]:
    """The files of ``folders`` that have one of the ``sizes``."""
    seen = 0
    for folder in folders:
        progress.say("Looking for the files of the structure in {folder}…", folder=folder.name)
        for path, state in files_under(folder, progress.check, closed.append):
            seen += 1
            if seen % _TOLD_EVERY == 0:
                progress.say("Files looked at so far: {count}.", count=seen)
            if state.st_size in sizes:
                yield path


def _not_found(roles: Iterable[str]) -> InputError:
    return InputError(
        "These files of the diagnosis are not found, or have changed since: {roles}. Put them, as they were then, into DATA_FOLDER or FILES_FOLDER; their names do not matter.",
        roles=", ".join(tr(_WORDS[role]) if role in _WORDS else role for role in roles),
    )


def _check_questions(found: Mapping[str, Path]) -> None:
    """The description of a survey is read from the file « questions » beside it, and only there."""
    from ...sources.survey_file import questions_beside

    if "questions" not in found or "survey" not in found:
        return
    beside = questions_beside(found["survey"])
    if beside is None or fingerprint(beside) != fingerprint(found["questions"]):
        raise InputError(
            "The description of the questions must stand in the folder of the survey, under the name “questions”: put both into one folder."
        )


def _same_layer(
    name: str, item: InputFile, layer: QgsVectorLayer | None, progress: Progress
) -> QgsVectorLayer:
    if layer is None:
        raise InputError(
            "This dossier was made with a layer as {parameter}: give it again.", parameter=name
        )
    if layer_sum(layer) != item.sha256:
        progress.warn(
            "{parameter} is not the layer that the dossier was made with: its extent, its number of shapes or its projection differ.",
            parameter=name,
        )
    return layer


def tell_differences(before: Recorded, now: Recorded, progress: Progress) -> None:
    """Say in what the new dossier cannot be the same as the one before: official data, counts."""
    same = sum(now.sources.get(name) == digest for name, digest in before.sources.items())
    progress.say(
        "{same} of the {count} official files of the dossier are the same as then.",
        same=same,
        count=len(before.sources),
    )
    for name, digest in before.sources.items():
        if name not in now.sources:
            progress.warn("Not used this time: {file}.", file=name)
        elif now.sources[name] != digest:
            progress.warn("Its content has changed: {file}.", file=name)
    for name in now.sources:
        if name not in before.sources:
            progress.warn("Not used then: {file}.", file=name)
    for name, count in before.counts.items():
        if now.counts.get(name) != count:
            progress.warn(
                "{name} was {before}, and is {now} now.",
                name=name,
                before=count,
                now=now.counts.get(name, "–"),
            )
