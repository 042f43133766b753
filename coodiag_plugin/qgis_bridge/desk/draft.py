"""What the wizard has been told so far, and where it is kept.

It names the user's files, so it never lies in what can be shared: in the QGIS profile while the
diagnosis is prepared, and in ``confidentiel/`` of its dossier once it has run.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from ...core.errors import InputError
from ...core.words import N_
from ..settings import cache_folder
from ..whole_file import write_whole

FORMAT = 1
NAME = "assistant.json"


@dataclass
class Draft:
    """``parameters``: those of ``coodiag:diagnostic`` by name, as JSON values (text, number,
    boolean, list of texts); ``notes``: by step, what helps to show it again and is no parameter;
    ``step``: where the user was; ``dossier``: the folder of the finished run, empty before."""

    parameters: dict[str, Any] = field(default_factory=dict)
    notes: dict[str, dict[str, Any]] = field(default_factory=dict)
    step: str = ""
    dossier: str = ""

    def put(self, name: str, value: Any) -> None:
        """Set a parameter; what is empty is taken out, so that the algorithm's default holds."""
        if value is None or value == "" or value == [] or value == {}:
            self.parameters.pop(name, None)
        else:
            self.parameters[name] = value

    def note(self, step: str) -> dict[str, Any]:
        """The notes of a step, to read and to write."""
        return self.notes.setdefault(step, {})


class DraftStore:
    """The draft as a file, whole or not at all: by default that of the QGIS profile."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path

    @property
    def path(self) -> Path:
        return self._path or cache_folder("assistant") / NAME

    def load(self) -> Draft:
        """The draft kept, a new one when there is none.

        Raises :class:`InputError` when the file is there and cannot be understood: it is left as
        it is, and the sentence names it.
        """
        path = self.path
        if not path.exists():
            return Draft()
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            if content.pop("format") != FORMAT:
                raise ValueError(FORMAT)
            return Draft(**content)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputError(
                "What the wizard had kept ({file}) cannot be read. Delete this file to begin anew.",
                file=str(path),
            ) from error

    def save(self, draft: Draft) -> None:
        """Keep a draft, readable by its owner alone."""
        path = self.path
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        content = json.dumps({"format": FORMAT, **asdict(draft)}, ensure_ascii=False, indent=1)
        write_whole(
            path, content.encode(), N_("The draft {file} of the wizard cannot be kept: {reason}.")
        )
        path.chmod(0o600)


def in_dossier(folder: Path) -> DraftStore:
    """The draft that a dossier was made from, beside its persons: not to be shared."""
    return DraftStore(folder / "confidentiel" / NAME)
