"""Paths as users write them."""

from __future__ import annotations

from pathlib import Path


def place(text: str) -> Path:
    """``text`` as a path, a leading ``~`` being the user's folder.

    One that names nobody (« ~inconnu ») stays as it is written: the file is then told to be
    missing, as any other.
    """
    path = Path(text)
    try:
        return path.expanduser()
    except RuntimeError:
        return path
