"""Files of type known to Qt while the plugin is loaded: its own family, and those of house styles."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from pathlib import Path

from qgis.PyQt.QtGui import QFontDatabase

from ...core.errors import InputError
from ...core.version import ROOT
from ...core.words import N_

#: What Qt calls the files that were loaded together.
_loaded: dict[Hashable, list[int]] = {}
_SHIPPED = "shipped"
_DAMAGED = N_("The font file {file} of the plugin is damaged: install the plugin again.")


def load_shipped() -> None:
    """Make the family of the plugin known to Qt; raises when a file of it is damaged."""
    if _SHIPPED not in _loaded:
        load(_SHIPPED, sorted((ROOT / "styles" / "fonts").glob("*.ttf")), _DAMAGED)


def load(key: Hashable, paths: Iterable[Path], template: str) -> None:
    """Make files known to Qt, once for a key; ``template``: what is raised of one that is damaged."""
    if key in _loaded:
        return
    numbers = []
    for path in paths:
        number = QFontDatabase.addApplicationFont(str(path))
        if number < 0:
            raise InputError(template, file=path.name)
        numbers.append(number)
    _loaded[key] = numbers


def unload() -> None:
    """Take them out of Qt, which would keep a copy for each time that the plugin was loaded."""
    while _loaded:
        _, numbers = _loaded.popitem()
        for number in numbers:
            QFontDatabase.removeApplicationFont(number)
