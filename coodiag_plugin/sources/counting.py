"""All that is counted from the rows of a folder, whatever the family of files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..core.progress import Progress
from . import counted_qpv, counted_register, counted_rows
from .counted import CountedTable, Places, counted
from .folder import Inventory


def count(
    inventory: Inventory, names: Iterable[str], places: Places, progress: Progress
) -> Iterator[CountedTable]:
    """Tables of figures of the counted variables among ``names``, a file at a time."""
    asked = [counted()[name] for name in dict.fromkeys(names) if name in counted()]
    yield from counted_rows.count(inventory, asked, places, progress.part(0.0, 0.3))
    yield from counted_qpv.count(inventory, asked, places, progress.part(0.3, 0.4))
    yield from counted_register.count(inventory, asked, places, progress.part(0.4, 1.0))
