"""Names of places and persons compared without regard to accents, case, hyphens and articles' signs."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..core.french import without_accents


def normalise(name: str) -> str:
    """``L’Île-d'Yeu`` → ``L ILE D YEU``; ``St`` and ``Ste`` are written out."""
    text = name.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae").replace("Æ", "AE")
    text = re.sub(r"[^A-Z0-9]+", " ", without_accents(text).upper()).strip()
    text = re.sub(r"\bSTE\b", "SAINTE", text)
    return re.sub(r"\bST\b", "SAINT", text)


def holds_name(text: str, names: Iterable[str]) -> bool:
    """Whether a sign holds one of the names, or a word of one of several words.

    « Boulangerie Dupont » tells of a person called Dupont-Leroy. Words of one or two letters
    (de, le) only count as a whole name.
    """
    said = set(normalise(text).split())
    for name in names:
        words = normalise(name).split()
        telling = {word for word in words if len(word) > 2 or len(words) == 1}
        if said & telling or (words and said.issuperset(words)):
            return True
    return False
