"""Profiles as text: how a copy is written for a person to edit, and what can be put into it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from .catalogue import Indicator, indicators, themes
from .profile_pages import maps_of
from .profiles import Page, Profile


def written(document: dict[str, Any]) -> str:
    """The JSON text of a profile as the shipped ones are: one line for each page and each list, so
    that a line that is wrong is one page."""
    members = [
        f'  "{key}": {_listed(value) if key == "stakes" else _line(value)}'
        for key, value in document.items()
        if key != "chapters"
    ]
    chapters = ",\n".join(_chapter(chapter) for chapter in document["chapters"])
    members.append(f'  "chapters": [\n{chapters}\n  ]')
    return "{\n" + ",\n".join(members) + "\n}\n"


def _chapter(chapter: dict[str, Any]) -> str:
    head = "".join(f'"{key}": {_line(value)}, ' for key, value in chapter.items() if key != "pages")
    pages = ",\n".join(f"      {_line(page)}" for page in chapter["pages"])
    return f'    {{{head}"pages": [\n{pages}\n    ]}}'


def _listed(stakes: list[Any]) -> str:
    """A stake a line."""
    return "[\n" + ",\n".join(f"    {_line(stake)}" for stake in stakes) + "\n  ]"


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def outline(profile: Profile) -> Iterator[str]:
    """The chapters and pages of a profile, one line each, as a person would list them."""
    for rank, chapter in enumerate(profile.chapters, 1):
        yield f"{rank}. {chapter.title} ({chapter.id}, {chapter.theme})"
        for page in chapter.pages:
            yield f"    {page.id} – {page.title} [{_shown(page)}]"


def _shown(page: Page) -> str:
    kind = f"sheet: {page.sheet}" if page.sheet else f"map: {page.map}, layer: {page.layer}"
    names = page.indicator_ids() or (page.field, page.cross)
    return ", ".join(filter(None, (kind, *names)))


def known_indicators() -> Iterator[str]:
    """Every indicator that a profile may print, by theme, with the maps that fit its kind."""
    for theme, label in themes().items():
        rows = [row for row in indicators().values() if row.theme == theme]
        if rows:
            yield f"{label} ({theme})"
        yield from (f"    {_told(row)}" for row in rows)


def _told(row: Indicator) -> str:
    what = ", ".join(filter(None, (row.kind, row.unit, *maps_of(row.kind))))
    return f"{row.id} – {row.label} [{what}]"
