"""The documentation as a site: MkDocs builds it without a word, and every page is in its menu."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"


def test_the_site_is_built_without_a_warning(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    command += ["--config-file", str(ROOT / "mkdocs.yml"), "--site-dir", str(tmp_path / "site")]
    built = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert built.returncode == 0, built.stderr
    assert "WARNING" not in built.stderr
    assert (tmp_path / "site" / "index.html").stat().st_size > 1000


def test_every_page_is_in_the_menu() -> None:
    named = set(re.findall(r"(\w+\.md)$", (ROOT / "mkdocs.yml").read_text("utf-8"), re.MULTILINE))
    assert named == {path.name for path in DOCS.glob("*.md")}


def test_every_picture_is_shown_somewhere_and_small() -> None:
    shown = {
        name
        for page in DOCS.glob("*.md")
        for name in re.findall(r"\(pictures/([^)]+)\)", page.read_text(encoding="utf-8"))
    }
    found = {path.name for path in (DOCS / "pictures").glob("*.png")}
    assert shown == found
    assert all(path.stat().st_size < 250_000 for path in (DOCS / "pictures").glob("*.png"))
