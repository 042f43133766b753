"""Road graphs kept on disk: a folder of arrays that the next run maps into memory.

A store is named after what the graph was made from (:func:`store_key`), so a changed layer, table
of speeds or projection is another store, and two processes agree without talking. It is written
aside and renamed when complete: a builder that is killed leaves no half store, builders of the same
graph do not disturb one another, and the first one to finish wins. Roads are public: nothing here
is for one person's eyes only.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import time
import uuid
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from ..core.errors import InputError
from ..core.progress import Progress
from .graph import MATRIX_PARTS, MODES, RoadGraph
from .piece_index import PieceIndex
from .snapping import INDEX, pieces_of

#: Number of the layout of a store: another one is another key.
FORMAT = 1
#: A store not opened for so long goes, and the least recently opened beyond so many bytes.
KEPT_DAYS, KEPT_BYTES = 90.0, 4_000_000_000
#: What a builder left aside for longer than this was left by one that died.
_DEAD_HOURS = 6.0
_HEADER = "graph.json"
_ASIDE = ".building"
_DAY = 86400.0
_BLOCK = 1 << 22
#: Arrays of a graph, what follows from them, and all that a store must hold.
_OWN = tuple(field.name for field in fields(RoadGraph) if field.name not in ("crs", "kept"))
_DERIVED = ("component", "component_length", "usable", "bounds")
ARRAYS = frozenset(
    (
        *_OWN,
        *_DERIVED,
        *(f"{mode}_{part}" for mode in MODES for part in MATRIX_PARTS),
        *(INDEX + field.name for field in fields(PieceIndex)),
    )
)


@dataclass(frozen=True, eq=False)
class Kept:
    """A graph and the facts that were told when it was built (JSON values)."""

    graph: RoadGraph
    facts: Mapping[str, Any]


def store_key(*parts: str) -> str:
    """Name of a store: SHA-256 of the format and of all that the graph depends on."""
    return hashlib.sha256(json.dumps([FORMAT, *parts]).encode()).hexdigest()[:40]


def open_store(folder: Path, key: str, progress: Progress) -> Kept | None:
    """The kept graph, mapped read-only; None when there is none, or a damaged one (it goes)."""
    place = folder / key
    if not place.is_dir():
        return None
    try:
        header = json.loads((place / _HEADER).read_text(encoding="utf-8"))
        found = Kept(_mapped(place, header, progress), header["facts"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        progress.warn(
            "The kept road graph is damaged ({reason}): it is built again.", reason=str(error)
        )
        _discard(place)
        return None
    # A cache that may only be read has no age to keep; a store that just went is mapped already.
    with contextlib.suppress(PermissionError, FileNotFoundError):
        os.utime(place / _HEADER)
    return found


def save_store(
    folder: Path, key: str, graph: RoadGraph, facts: Mapping[str, Any], progress: Progress
) -> Kept:
    """Keep a graph and all that searches need, and open it as the next run will.

    Raises InputError when the disk refuses, Cancelled.
    """
    aside = folder / f"{key}.{uuid.uuid4().hex}{_ASIDE}"
    try:
        aside.mkdir(parents=True)
        _write(aside, graph, facts, progress)
        _publish(aside, folder / key)
    except OSError as error:
        raise InputError(
            "The road graph cannot be kept in {folder} ({reason}). Check that the folder can be written and has room.",
            folder=str(folder),
            reason=error.strerror or str(error),
        ) from error
    finally:
        _discard(aside)
    prune(folder, key)
    found = open_store(folder, key, progress)
    return Kept(graph, facts) if found is None else found


def prune(folder: Path, keep: str = "", days: float = KEPT_DAYS, size: int = KEPT_BYTES) -> None:
    """Remove stores by age then by size, the least recently opened first, never ``keep``."""
    now = time.time()
    stores: list[tuple[float, int, Path]] = []
    for place in folder.iterdir():
        used, taken = _usage(place)
        if place.name.endswith(_ASIDE):
            if now - used > _DEAD_HOURS * 3600:
                _discard(place)
        elif place.name != keep:
            stores.append((used, taken, place))
    left = size - _usage(folder / keep)[1] if keep else size
    for used, taken, place in sorted(stores, reverse=True):
        left -= taken
        if left < 0 or now - used > days * _DAY:
            _discard(place)


def _arrays(graph: RoadGraph) -> dict[str, np.ndarray]:
    """Every array of a store by name: those of the graph, then what follows from them."""
    result = {name: getattr(graph, name) for name in (*_OWN, *_DERIVED)}
    for mode in MODES:
        matrix = graph.matrix(mode)
        result.update({f"{mode}_{part}": getattr(matrix, part) for part in MATRIX_PARTS})
    pieces = pieces_of(graph)
    result.update({INDEX + field.name: getattr(pieces, field.name) for field in fields(pieces)})
    return result


def _write(place: Path, graph: RoadGraph, facts: Mapping[str, Any], progress: Progress) -> None:
    sums = {}
    for name, array in _arrays(graph).items():
        progress.check()
        path = place / f"{name}.npy"
        np.save(path, np.ascontiguousarray(array), allow_pickle=False)
        sums[name] = _checksum(path, progress)
    header = {"format": FORMAT, "crs": graph.crs, "facts": dict(facts), "sums": sums}
    text = json.dumps(header, ensure_ascii=False, sort_keys=True)
    with (place / _HEADER).open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())


def _publish(aside: Path, place: Path) -> None:
    """Give a complete store its name, unless another builder of the same graph was faster."""
    try:
        aside.rename(place)
    except OSError:
        if not place.is_dir():
            raise


def _mapped(place: Path, header: Mapping[str, Any], progress: Progress) -> RoadGraph:
    """The graph of a store; raises ValueError where a file is not as it was written."""
    if header["format"] != FORMAT:
        raise ValueError(f"format {header['format']}")
    if set(header["sums"]) != ARRAYS:
        raise ValueError(_HEADER)
    arrays = {}
    for name, expected in header["sums"].items():
        path = place / f"{name}.npy"
        if _checksum(path, progress) != expected:
            raise ValueError(path.name)
        # As a plain array: the class of mapped ones slows every operation down.
        arrays[name] = np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
    own = {name: arrays.pop(name) for name in _OWN}
    return RoadGraph(**own, crs=header["crs"], kept=arrays)


def _checksum(path: Path, progress: Progress) -> list[int]:
    """Size and CRC-32 of a file: a cut, a flipped bit, a file of another store are seen."""
    crc = size = 0
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            progress.check()
            crc = zlib.crc32(block, crc)
            size += len(block)
    return [size, crc]


def _usage(place: Path) -> tuple[float, int]:
    """When a store was last opened (epoch) and its bytes; another process may be removing it."""
    try:
        made = place.stat().st_mtime  # of one that is being filled, or emptied
        files = list(place.iterdir()) if place.is_dir() else [place]
    except FileNotFoundError:
        return time.time(), 0
    used, taken = 0.0, 0
    for path in files:
        try:
            stat = path.stat()
        except FileNotFoundError:
            continue
        used, taken = max(used, stat.st_mtime), taken + stat.st_size
    return used or made, taken


def _discard(place: Path) -> None:
    """Remove a store or what stands in its place, under another name first: never half a store.

    Where the system forbids it (Windows, while another process has the arrays mapped), it stays.
    """
    if not place.exists():
        return
    doomed = place.with_name(f"{place.name.split('.')[0]}.{uuid.uuid4().hex}{_ASIDE}")
    try:
        place.rename(doomed)
    except OSError:
        return
    if doomed.is_dir():
        shutil.rmtree(doomed, ignore_errors=True)
    else:
        doomed.unlink()
