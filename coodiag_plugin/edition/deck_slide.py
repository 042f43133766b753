"""A slide of the restitution, as data: what stands on it, under which title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Optional

from .context import ActionSheet, Chapter, Chart, Figure, MapPage, Table
from .deck_words import holding

#: Width of the body of a slide (mm of its drawing), the white between two paragraphs, and the type
#: (points) and room of what the team wrote.
WIDTH, BETWEEN = 153.3, 3.0
TOLD, TOLD_ROOM = 11.0, 52.0
NEUTRAL = "#33505c"
#: Letters of the name of a layout.
LONGEST_NAME = 60


@dataclass(frozen=True)
class Said:
    """A titled paragraph of the synthesis with the figures that it quotes."""

    title: str
    texts: tuple[str, ...]
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Slide:
    """One slide. ``kind``: title, plan, figures, synthesis, divider, map, chart, table, cards,
    words, actions, lines or sources; ``title`` is its message, ``kicker`` stands over it in small,
    ``note`` under its content (what is not shown, and where it is); ``page``: of the atlas.
    """

    kind: str
    title: str
    kicker: str = ""
    colour: str = NEUTRAL
    number: int = 0
    caption: str = ""
    index: int = 0
    page: int = 0
    map: Optional[MapPage] = None
    chart: Optional[Chart] = None
    table: Optional[Table] = None
    figures: tuple[Figure, ...] = ()
    said: tuple[Said, ...] = ()
    texts: tuple[str, ...] = ()
    actions: tuple[ActionSheet, ...] = ()
    plan: tuple[tuple[str, int, str], ...] = ()  # text, number of the slide, colour
    note: str = ""
    sources: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Name of its layout: the slides of a project sort by it."""
        title = self.map.title if self.map is not None else self.title
        return f"D{self.number:03d} {title[:LONGEST_NAME].strip()}"


def written(chapter: Chapter, title: str, texts: Sequence[str], page: int) -> list[Slide]:
    """What the analyst wrote, as much as a slide holds; nothing when nothing was written."""
    paragraphs = [line for text in texts for line in text.split("\n") if line.strip()]
    if not paragraphs:
        return []
    kept, cut = holding(paragraphs, WIDTH - 12, TOLD_ROOM, TOLD, BETWEEN)
    return [
        Slide(
            "words",
            title,
            f"{chapter.index}. {chapter.title}",
            chapter.colour,
            index=chapter.index,
            page=page,
            texts=kept,
            note=f"La suite est dans l’atlas, p.\u00a0{page}." if cut else "",
        )
    ]
