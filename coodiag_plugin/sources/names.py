"""Names of places compared without regard to accents, case, hyphens and articles' signs."""

from __future__ import annotations

import re
import unicodedata


def normalise(name: str) -> str:
    """``L’Île-d'Yeu`` → ``L ILE D YEU``; ``St`` and ``Ste`` are written out."""
    text = name.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae").replace("Æ", "AE")
    text = unicodedata.normalize("NFKD", text)
    text = "".join(char for char in text if not unicodedata.combining(char)).upper()
    text = re.sub(r"[^A-Z0-9]+", " ", text).strip()
    text = re.sub(r"\bSTE\b", "SAINTE", text)
    return re.sub(r"\bST\b", "SAINT", text)
