"""Source strings that do not stand inside the call which shows them.

``scripts/translate.py`` reads the sources, so it finds a text only where it is written. Two marks
make the others reachable: :func:`N_` for a text kept in a table until it is shown, :class:`Words`
for a piece of a sentence that is itself a source string.
"""

from __future__ import annotations

from typing import Any


def N_(text: str) -> str:
    """Mark an English source string that ``tr`` receives through a variable; changes nothing."""
    return text


class Words:
    """Words that fill a field of an error or of a progress message.

    ``template`` is an English source string with ``{name}`` fields, as in
    :class:`~.errors.CoodiagError`; the border translates it before the sentence around it is
    filled. Without a border, in a test or a log, it reads in English.
    """

    def __init__(self, template: str, **fields: Any) -> None:
        self.template = template
        self.fields = fields

    def __str__(self) -> str:
        return self.template.format(**self.fields)
