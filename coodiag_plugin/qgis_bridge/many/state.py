"""What has been made of a table of structures so far, beside the dossiers: a row is not redone."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from ...core.fingerprint import fingerprint
from ...core.runfile import RUN_FILE
from ...core.words import N_
from ..whole_file import write_whole

NAME = "structures.json"
FORMAT = 1


@dataclass(frozen=True)
class Done:
    """A dossier: the sum of its inputs, that of its run file, and the figures of its summary."""

    inputs: str
    run: str
    figures: dict[str, Any] = field(default_factory=dict)


class State:
    """The file ``structures.json`` of a folder of dossiers: sums and counts, no file's name.

    One that cannot be understood counts for none: at worst a dossier is made again.
    """

    def __init__(self, output: Path) -> None:
        self._output = output
        self._done = self._read()

    def done(self, folder: str, inputs: str) -> Done | None:
        """What is known of a dossier that was made from the same inputs and is still as it was."""
        found = self._done.get(folder)
        if found is None or found.inputs != inputs or _run_of(self._output / folder) != found.run:
            return None
        return found

    def keep(self, folder: str, inputs: str, figures: dict[str, Any]) -> None:
        """Remember a dossier that has just been made."""
        self._done[folder] = Done(inputs, _run_of(self._output / folder), figures)
        content = {
            "format": FORMAT,
            "dossiers": {name: asdict(item) for name, item in sorted(self._done.items())},
        }
        write_whole(
            self._output / NAME,
            json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n",
            N_("The file {file}, which tells what is made already, cannot be written: {reason}."),
        )

    def _read(self) -> dict[str, Done]:
        try:
            content = json.loads((self._output / NAME).read_text(encoding="utf-8"))
            if content["format"] != FORMAT:
                return {}
            return {name: Done(**item) for name, item in content["dossiers"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}


def _run_of(folder: Path) -> str:
    """Sum of the run file of a dossier, empty when it has none."""
    path = folder / RUN_FILE
    return fingerprint(path) if path.is_file() else ""
