"""Files that are whole or are not there: a cancel or a failure leaves the earlier one as it was."""

from __future__ import annotations

from pathlib import Path

from ..core.errors import InputError


def write_whole(path: Path, content: bytes, template: str) -> None:
    """Write ``content`` beside ``path``, then put it in its place.

    Raises :class:`InputError` with ``template``, a sentence (marked ``N_``) of {file} and {reason}.
    """
    part = path.with_name(f".{path.name}.en-cours")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(template, file=path.name, reason=reason) from error
    finally:
        part.unlink(missing_ok=True)
