"""What a map says to who cannot see it, from the same texts as its page."""

from __future__ import annotations

from ...core import french
from ..context import MapPage

#: Readers of screens cut longer descriptions.
LONGEST = 900


def map_alt(page: MapPage, territory: str) -> str:
    """Subject, what the map shows, and the legend with the number of communes of each class."""
    design = page.design
    parts = [f"Carte : {page.subtitle or page.title}, {territory}. {page.sentence}"]
    if design.colours and design.labels and design.kind != "bivariate":
        classes = (
            f"{label} ({french.plural(count, 'commune')})"
            for label, count in zip(design.labels, design.counts)
        )
        parts.append(f"Classes : {' ; '.join(classes)}.")
    elif design.categories:
        labels = dict.fromkeys(label for _, _, label in design.categories if label)
        parts.append(f"Catégories : {' ; '.join(labels)}.")
    if design.circle_values:
        values = [french.number(value, design.circle_decimals) for value in design.circle_values]
        parts.append(f"Cercles de surface proportionnelle : {' ; '.join(values)}.")
    text = french.typography(" ".join(part.strip() for part in parts if part.strip()))
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rsplit(" ", 1)[0] + "…"
