"""Errors that reach the user: one sentence saying what, where and how to mend it."""

from __future__ import annotations

from typing import Any

from .words import Words


class CoodiagError(Exception):
    """A refusal in one sentence.

    ``template`` is an English source string with ``{name}`` fields; the algorithm border
    translates it before it fills the fields, so never pass an already formatted string.
    """

    def __init__(self, template: str, **fields: Any) -> None:
        super().__init__(template)
        self.template = template
        self.fields = fields

    def __str__(self) -> str:
        return self.template.format(**self.fields)

    def words(self) -> Words:
        """The sentence as a field of another one."""
        return Words(self.template, **self.fields)


class InputError(CoodiagError):
    """A file, layer or parameter given by the user cannot be used as it is."""


class TerritoryError(CoodiagError):
    """A territory code or name cannot be resolved."""


class SourceError(CoodiagError):
    """An official file or a service does not give what is needed."""


class DependencyError(CoodiagError):
    """A Python package that a calculation needs is not there."""


class Cancelled(Exception):
    """The user asked to stop; raised by :meth:`Progress.check`, never shown as an error."""
