"""What tells whether two files are the same."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Optional

_BLOCK = 1 << 20


def fingerprint(path: Path, check: Optional[Callable[[], None]] = None) -> str:
    """SHA-256 of a file, read in blocks; ``check`` is called at each (a cancel)."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            if check is not None:
                check()
            digest.update(block)
    return digest.hexdigest()
