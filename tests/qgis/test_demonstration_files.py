"""The files of the demonstration in the cache: one place, whole, as they were made."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.errors import Cancelled, InputError
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.demo.generate import DemoPaths
from coodiag.coodiag_plugin.qgis_bridge import demonstration
from coodiag.coodiag_plugin.qgis_bridge.settings import cache_folder, emptying
from qgis.core import QgsApplication

NAMES = (
    "clients", "beneficiaries", "sites", "survey", "actors", "actions", "words",
)  # fmt: skip


@pytest.fixture
def makings(
    qgis_app: QgsApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> list[Path]:
    """The folders that a light generator has written into."""
    monkeypatch.setenv("COODIAG_CACHE", str(tmp_path / "cache"))
    found: list[Path] = []

    def generate(folder: Path, progress: Any = None) -> DemoPaths:
        found.append(folder)
        official, own = folder / "officiel", folder / "structure"
        for made in (official, own):
            made.mkdir(parents=True)
        (official / "communes.csv").write_text("53001")
        for name in NAMES:
            (own / f"{name}.csv").write_text(name)
        progress.check()
        named = {name: own / f"{name}.csv" for name in NAMES}
        return DemoPaths(data_folder=official, territory="53001", **named)

    monkeypatch.setattr("coodiag.coodiag_plugin.demo.generate.generate", generate)
    return found


def home() -> list[str]:
    return sorted(path.name for path in cache_folder("demonstration").iterdir())


def test_they_are_made_once(makings: list[Path]) -> None:
    made = demonstration.files(Silent())
    assert made.clients.read_text() == "clients" and made.territory == "53001"
    assert made.data_folder == cache_folder("demonstration") / "fichiers" / "officiel"
    assert demonstration.files(Silent()) == made and len(makings) == 1
    assert home() == ["fichiers", "fichiers.json"]


def edited(made: DemoPaths) -> None:
    made.clients.write_text("clientS")
    os.utime(made.clients, ns=(1, 1))


def removed(made: DemoPaths) -> None:
    made.sites.unlink()


def emptied(made: DemoPaths) -> None:
    assert emptying.empty(["demonstration"], Silent()).freed > 0
    assert home() == []


@pytest.mark.parametrize("change", [edited, removed, emptied])
def test_what_was_changed_is_made_again_in_the_same_place(
    makings: list[Path], change: Callable[[DemoPaths], None]
) -> None:
    made = demonstration.files(Silent())
    change(made)
    assert demonstration.files(Silent()) == made and len(makings) == 2
    assert made.clients.read_text() == "clients" and made.sites.exists()


def test_another_version_makes_its_own(
    makings: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    demonstration.files(Silent())
    monkeypatch.setattr(demonstration, "version", lambda: "99.0")
    demonstration.files(Silent())
    assert len(makings) == 2


def test_a_making_that_is_cancelled_leaves_the_files_as_they_were(makings: list[Path]) -> None:
    class Left(Silent):
        def check(self) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        demonstration.files(Left())
    assert home() == []
    made = demonstration.files(Silent())
    made.sites.unlink()
    with pytest.raises(Cancelled):
        demonstration.files(Left())
    assert made.clients.exists() and home() == ["fichiers", "fichiers.json"]


def test_a_place_that_cannot_be_written_is_told(
    makings: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any, **__: Any) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(demonstration, "mkdtemp", full)
    with pytest.raises(InputError, match=r"cannot be written.*No space left.*Options → Coodiag"):
        demonstration.files(Silent())
