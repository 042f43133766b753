"""The pages of ``docs/`` that are made from the code are what the code says, and hold together."""

from __future__ import annotations

import importlib
import re
from pathlib import Path
from typing import Any

import pytest
from coodiag.processing_algorithms.provider import ALGORITHMS, CoodiagProvider

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = (
    "algorithms.md", "algorithmes.md", "indicators.md", "palettes.md", "glossaire.md", "settings.md",
)  # fmt: skip


@pytest.fixture
def document(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    return importlib.import_module("document")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_made_from_the_code_is_up_to_date(
    name: str, document: Any, qgis_app: Any, qgis_processing: Any
) -> None:
    written = (DOCS / name).read_text(encoding="utf-8")
    assert written == document.PAGES[name](), "run scripts/document.py with the Python of QGIS"


def test_every_made_page_is_compared(document: Any) -> None:
    assert set(PAGES) == set(document.PAGES)


@pytest.mark.parametrize("name", ["algorithms.md", "algorithmes.md"])
def test_the_help_of_each_algorithm_opens_its_place(name: str, qgis_app: Any) -> None:
    provider = CoodiagProvider()
    provider.refreshAlgorithms()
    text = (DOCS / name).read_text(encoding="utf-8")
    anchors = re.findall(r'<a id="(\w+)"></a>', text)
    assert anchors == [module for module, _ in ALGORITHMS]
    for anchor in anchors:
        page, _, place = provider.algorithm(anchor).helpUrl().rpartition("/")[2].partition("#")
        assert place == anchor
        assert (DOCS / page).is_file()


def test_the_french_reference_holds_no_english_help(qgis_app: Any) -> None:
    """Every text of a parameter differs from its English source: nothing was left untranslated."""
    english, french = (
        re.findall(r"^\| `\w+` [^|]*\|[^|]*\|[^|]*\|[^|]*\|(.*)\|$", text, re.MULTILINE)
        for text in ((DOCS / name).read_text("utf-8") for name in PAGES[:2])
    )
    assert len(english) == len(french) > 100
    assert [one for one, other in zip(english, french) if one == other and one.strip()] == []


def links(text: str) -> list[tuple[str, str]]:
    """(page, anchor) of the links of a page to other pages and pictures of the documentation."""
    found = re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`]*`", "", text))
    inside = [link for link in found if "://" not in link]
    return [(link.partition("#")[0], link.partition("#")[2]) for link in inside]


@pytest.mark.parametrize("path", sorted(DOCS.glob("*.md")), ids=lambda path: path.name)
def test_links_lead_to_a_place_of_their_page(path: Path) -> None:
    """``tests/unit/test_rooms.py`` sees that the pages are there; here, the places in them."""
    for page, anchor in links(path.read_text(encoding="utf-8")):
        target = path if not page else (DOCS / page)
        if anchor and target.suffix == ".md":
            assert anchor in places(target), f"{page}#{anchor}"


def places(page: Path) -> set[str]:
    """Anchors of a page: its explicit ones and those of its headings, as GitHub makes them."""
    text = page.read_text(encoding="utf-8")
    found = set(re.findall(r'<a id="([\w-]+)"></a>', text))
    for heading in re.findall(r"^#+ (.*)$", text, re.MULTILINE):
        slug = re.sub(r"[^\w\- ]", "", heading.lower())
        found.add(slug.strip().replace(" ", "-"))
    return found
