"""Files that are whole or are not there: a cancel or a failure leaves the earlier one as it was."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from ..core.errors import InputError


def write_whole(path: Path, content: bytes, template: str, private: bool = False) -> None:
    """Write ``content`` beside ``path``, then put it in its place. ``private``: for its owner alone
    from its first byte, in a folder that is made when it is not there.

    Raises :class:`InputError` with ``template``, a sentence (marked ``N_``) of {file} and {reason}.
    """
    part = path.with_name(f".{path.name}.en-cours")
    mode = 0o600 if private else 0o666
    try:
        if private:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part.unlink(missing_ok=True)  # what a killed run left has its own rights
        with open(part, "wb", opener=lambda name, flags: os.open(name, flags, mode)) as stream:
            stream.write(content)
        part.replace(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(template, file=path.name, reason=reason) from error
    finally:
        with suppress(OSError):  # the refusal above has said that this place cannot be written
            part.unlink(missing_ok=True)
