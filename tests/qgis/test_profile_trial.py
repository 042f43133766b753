"""The folder of the previews: room for the last ones, and no surprise from what lies in it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core import profile_edits as edits
from coodiag.coodiag_plugin.qgis_bridge import profile_editing_trial
from coodiag.coodiag_plugin.qgis_bridge.profile_editing import ProfileSession
from coodiag.coodiag_plugin.qgis_bridge.profile_editing_trial import Trial, _forget, _key
from coodiag.coodiag_plugin.qgis_bridge.settings import cache_folder


def test_the_oldest_previews_go(tmp_path: Path) -> None:
    for at in range(10):
        (tmp_path / f"page{at}").mkdir()
        os.utime(tmp_path / f"page{at}", (at, at))
    (tmp_path / "page9.json").write_text("{}")
    _forget(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"page{at}" for at in range(3, 10)]


def test_a_profile_that_a_run_still_holds_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "used by another process")

    (tmp_path / "page.json").write_text("{}")
    monkeypatch.setattr(Path, "unlink", held)
    _forget(tmp_path)
    assert (tmp_path / "page.json").exists()


def test_a_profile_that_cannot_be_written_is_told(
    provider: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COODIAG_CACHE", str(tmp_path / "cache"))
    session = ProfileSession(tmp_path / "brouillon.json")
    at = next(place for place in edits.places(session.document) if len(place) == 2)
    text = profile_editing_trial.one_page(session.document, at)
    (cache_folder("apercus") / f"{_key(text)}.json").mkdir()
    told: list[tuple[str, str]] = []
    trial = Trial(lambda: None)
    trial.ended.connect(lambda folder, refusal: told.append((folder, refusal)))
    trial.start(session.document, at)
    ((folder, refusal),) = told
    assert folder == "" and f"{_key(text)}.json cannot be written" in refusal
