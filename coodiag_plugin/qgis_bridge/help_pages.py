"""Where the pages of the help are read: the documentation of the repository that made this version."""

from __future__ import annotations

from ..core.version import repository


def help_url(page: str) -> str:
    """Address of a page of ``docs/``, with its anchor."""
    return f"{repository()}/blob/main/docs/{page}"
