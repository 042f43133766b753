"""How a sentence of the report becomes the title of a slide: shorter, never with another figure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from .context import Figure
from .measure import height_at_most
from .sentences.numbers import numbers_of

#: Where a sentence ends and another begins.
_BETWEEN = re.compile(r"(?<=[.!?…])[ \u00a0\u202f]+(?=[A-ZÀ-ÝŒ«\d])")
#: A difference that the reader can work out from the two figures just given.
_GAP = re.compile(r", soit [^;()]+$")
#: The plain space of « 1 000 », where a line must not break.
_THOUSANDS = re.compile(r"(?<=\b\d) (?=\d{3}\b)|(?<=\b\d\d) (?=\d{3}\b)|(?<=\b\d{3}) (?=\d{3}\b)")
#: The places that follow the first one, which has been named.
_NEXT = re.compile(r"[ \u00a0\u202f]; vien(?:nen)?t ensuite ")


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, each with its own stop."""
    return tuple(part.strip() for part in _BETWEEN.split(text) if part.strip())


def message(sentence: str) -> str:
    """What a sentence concludes: without the places that follow the first, nor the gap between
    two figures that it has given.

    Nothing is reworded: the result is the beginning of ``sentence``, without its full stop.
    """
    text = _THOUSANDS.sub("\u202f", sentence.strip().rstrip(".").rstrip())
    return _GAP.sub("", _NEXT.split(text)[0]).rstrip()


def quoted_first(figures: Sequence[Figure], title: str, most: int) -> tuple[Figure, ...]:
    """At most ``most`` figures, those that hold a number of ``title`` before the others.

    More than ``most`` when the title quotes more of them; in the order of the page.
    """
    wanted = set(numbers_of(title))
    kept: list[int] = []
    for rank, figure in enumerate(figures):
        found = wanted & numbers_in(figure)
        if found:
            kept.append(rank)
            wanted -= found
    kept += [rank for rank in range(len(figures)) if rank not in kept][: max(most - len(kept), 0)]
    return tuple(figures[rank] for rank in sorted(kept))


def numbers_in(figure: Figure) -> set[str]:
    """The numbers that a card prints."""
    return set(numbers_of(f"{figure.label} | {figure.text} | {figure.note}"))


def held_by(text: str, numbers: Iterable[str]) -> bool:
    """Whether all the numbers of ``text`` are among ``numbers``."""
    return set(numbers_of(text)) <= set(numbers)


def holding(
    texts: Sequence[str], width: float, room: float, size: float, gap: float
) -> tuple[tuple[str, ...], bool]:
    """What holds of ``texts`` in a box, by whole sentences, and whether something is left out.

    The first sentence always stays: it is cut between words when it alone is too long.
    """
    kept: list[str] = []
    used = 0.0
    for text in texts:
        tall = height_at_most(text, width, size)
        if used + tall <= room:
            kept.append(text)
            used += tall + gap
            continue
        part = _whole_sentences(text, width, room - used, size)
        if not part and not kept:
            part = _words(text, width, room, size)
        return (tuple([*kept, part] if part else kept), True)
    return tuple(kept), False


def _whole_sentences(text: str, width: float, room: float, size: float) -> str:
    kept = ""
    for sentence in sentences(text):
        longer = f"{kept} {sentence}".strip()
        if height_at_most(longer, width, size) > room:
            break
        kept = longer
    return kept


def _words(text: str, width: float, room: float, size: float) -> str:
    words = text.split(" ")
    while len(words) > 1 and height_at_most(" ".join(words) + " …", width, size) > room:
        words.pop()
    return " ".join(words) + " …"
