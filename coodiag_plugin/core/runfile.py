"""``coodiag.json``: everything needed to know how a dossier was made, and to make it again."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from .fingerprint import fingerprint
from .provenance import Provenance

RUN_FILE = "coodiag.json"
FORMAT = 1


@dataclass(frozen=True)
class InputFile:
    """A file of the user by role. Its name and folder are left out: the run file can be shared,
    and a name may tell a person."""

    role: str
    kind: str  # .csv, .xlsx…
    sha256: str
    size: int


@dataclass
class RunFile:
    """Parameters, inputs, sources, thresholds and counts of one run."""

    coodiag: str
    qgis: str
    date: str
    territory: str
    parameters: dict[str, Any]
    inputs: list[InputFile] = field(default_factory=list)
    sources: list[Provenance] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    demo: bool = False
    format: int = FORMAT

    def text(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def input_file(role: str, path: Path) -> InputFile:
    return InputFile(role, path.suffix.lower(), fingerprint(path), path.stat().st_size)
