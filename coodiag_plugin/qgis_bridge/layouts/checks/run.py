"""Every rule on every page of a series of layouts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from qgis.core import QgsPrintLayout

from ....core.progress import Progress, Silent, each
from ....edition.context import ReportContext
from . import circles, cited, contents, legends, places, texts
from .drawn import Features, themes
from .fault import Fault
from .looks import Paints
from .measure import Ruler
from .reading import Sheet, sheets


def check_layouts(
    layouts: Sequence[QgsPrintLayout],
    context: ReportContext,
    progress: Progress | None = None,
) -> list[Fault]:
    """The faults of the pages, in the order of the layouts; none when all can be signed.

    The items of the layouts are read as they stand, whoever made them: ``context`` tells what the
    maps should show and cite. A fault met on many pages of an atlas is told once, with their number.
    Thresholds and sources: docs/page_checks.md.
    """
    checks = _Checks(context)
    found: list[Fault] = []
    for layout, _ in each(layouts, progress or Silent()):
        found += _once(checks.of(list(sheets(layout, checks.ruler))))
    return found


class _Checks:
    """What the rules keep from one page to the next: metrics, fills, features, names."""

    def __init__(self, context: ReportContext) -> None:
        self.context = context
        self.ruler, self.paints, self.features = Ruler(), Paints(), Features()
        self.names, self.tables = contents.Names(), contents.Tables(self.ruler)

    def of(self, pages: Sequence[Sheet]) -> Iterator[Fault]:
        """Faults of the pages of one layout."""
        yield from texts.empty(pages)
        for rank, sheet in enumerate(pages):
            yield from places.outside(sheet)
            yield from places.overlaps(sheet, self.paints)
            yield from texts.truncated(sheet)
            yield from self.tables.check(sheet)
            if not (rank and sheet.layout.atlas().enabled()):
                yield from self._standing(sheet)

    def _standing(self, sheet: Sheet) -> Iterator[Fault]:
        """What is the same on all the pages of an atlas: type, colours, layers of the maps."""
        yield from texts.small(sheet)
        yield from texts.pale(sheet, self.paints)
        yield from contents.pictures(sheet)
        held = list(themes(sheet, self.context))
        yield from contents.maps(sheet, held)
        yield from self.names.check(sheet, held)
        yield from self.names.under(sheet, held)
        yield from legends.check(sheet, held, self.features, self.paints)
        yield from circles.check(sheet, held, self.features, self.paints)
        yield from cited.check(sheet, held, self.context)


def _once(faults: Iterable[Fault]) -> list[Fault]:
    """The first fault of an item under a rule, with the number of those like it."""
    kept: dict[tuple[str, str], list[Fault]] = {}
    for fault in faults:
        kept.setdefault((fault.item, fault.rule), []).append(fault)
    return [_counted(alike) for alike in kept.values()]


def _counted(alike: list[Fault]) -> Fault:
    if len(alike) == 1:
        return alike[0]
    return replace(alike[0], words=f"{alike[0].words} ; {len(alike)} fois")
