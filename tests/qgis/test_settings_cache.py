"""Where the settings put what outlives a run, and a cache that empties what it may."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.errors import Cancelled, InputError
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.qgis_bridge import settings
from coodiag.coodiag_plugin.qgis_bridge.settings import emptying
from coodiag.coodiag_plugin.qgis_bridge.settings.folders import OURS, REMADE
from coodiag.coodiag_plugin.qgis_bridge.settings.session import SettingsSession
from coodiag.tests.qgis.settings_profile import empty_profile
from qgis.core import QgsApplication, QgsSettings


@pytest.fixture
def stores(
    qgis_app: QgsApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[QgsSettings]:
    with empty_profile(tmp_path, monkeypatch):
        yield QgsSettings()


@pytest.fixture
def session(stores: QgsSettings) -> SettingsSession:
    return SettingsSession()


# --- the folders ------------------------------------------------------------------------------


def test_what_can_be_remade_goes_where_the_user_wants_and_the_rest_stays(
    session: SettingsSession, tmp_path: Path
) -> None:
    profile = tmp_path / "profile" / "coodiag"
    assert settings.cache_folder("web") == profile / "web"
    chosen = tmp_path / "grand disque"
    chosen.mkdir()
    session.save({"cache_folder": str(chosen)})
    for name in REMADE:
        assert settings.cache_folder(name) == chosen / OURS / name
    for name in ("corrections", "assistant", "anything"):
        assert settings.cache_folder(name) == profile / name
    assert session.cache == chosen / OURS and session.corrections == profile


def test_a_child_with_another_profile_finds_the_same_folders(
    session: SettingsSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = tmp_path / "disque"
    chosen.mkdir()
    session.save({"cache_folder": str(chosen)})
    names = (*REMADE, "corrections", "assistant")
    ours = [settings.cache_folder(name) for name in names]
    for variable, text in settings.folders_for_child().items():
        monkeypatch.setenv(variable, text)
    QgsSettings().remove("coodiag")
    monkeypatch.setattr(QgsApplication, "qgisSettingsDirPath", staticmethod(lambda: "/elsewhere/"))
    assert [settings.cache_folder(name) for name in names] == ours


def test_a_cache_folder_that_is_gone_is_told_with_where_to_choose_another(
    stores: QgsSettings, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x")
    stores.setValue("coodiag/cache_folder", str(tmp_path / "file"))
    with pytest.raises(InputError, match="Options → Coodiag"):
        settings.cache_folder("web")


# --- emptying ---------------------------------------------------------------------------------

LONG_AGO = time.time() - 90_000


def filled(name: str, *files: str, age: float = LONG_AGO) -> list[Path]:
    made = []
    for file in files:
        path = settings.cache_folder(name) / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" * 1000)
        os.utime(path, (age, age))
        for parent in path.relative_to(settings.cache_folder(name)).parents:
            os.utime(settings.cache_folder(name) / parent, (age, age))
        made.append(path)
    return made


@pytest.fixture
def full(session: SettingsSession) -> dict[str, list[Path]]:
    """A cache with a file in each folder, and what a person did."""
    return {
        "web": filled("web", "answers/wfs/ab/one.answer", "answers/geo_api/cd/two.answer"),
        "quota": filled("web", "quotas.sqlite", "authorities.pem"),
        "ban": filled("ban", "ban-1-v3.sqlite"),
        "roads": filled("roads", "abc/nodes.npy", "abc/edges.npy"),
        "geocoding": filled("geocoding", "run-1.sqlite"),
        "downloads": filled("downloads", "run-old/deep/file.csv"),
        "apercus": filled("apercus", "abc/diagnostic.qgz"),
        "demonstration": filled("demonstration", "fichiers/structure/clients.csv"),
        "person": filled("corrections", "corrections.sqlite")
        + filled("assistant", "assistant.json"),
    }


def test_sizes_are_those_that_emptying_frees(full: dict[str, list[Path]]) -> None:
    sizes = {part.name: part.size for part in emptying.parts(Silent())}
    assert sizes == {
        "web": 2000, "ban": 1000, "roads": 2000, "geocoding": 1000, "downloads": 1000,
        "apercus": 1000, "demonstration": 1000,
    }  # fmt: skip
    assert emptying.empty(REMADE, Silent()) == emptying.Emptied(freed=9000, left=0)
    assert sum(part.size for part in emptying.parts(Silent())) == 0


def test_emptying_removes_what_was_chosen_and_nothing_else(full: dict[str, list[Path]]) -> None:
    emptying.empty(["web", "downloads"], Silent())
    gone = full.pop("web") + full.pop("downloads")
    assert not any(path.exists() for path in gone)
    assert all(path.exists() for paths in full.values() for path in paths)
    assert not (settings.cache_folder("downloads") / "run-old").exists()


@pytest.mark.parametrize("name", ["corrections", "assistant", "", ".."])
def test_what_a_person_did_cannot_be_named(name: str, full: dict[str, list[Path]]) -> None:
    with pytest.raises(ValueError, match="made again"):
        emptying.empty(["web", name], Silent())
    assert all(path.exists() for paths in full.values() for path in paths)


def test_what_a_run_under_way_works_with_stays(session: SettingsSession) -> None:
    now = time.time()
    live = [
        *filled("ban", "ban-2-v3.77.part", "ban-2-v3.lock", age=now),
        *filled("roads", "def.building/nodes.npy", age=now),
        *filled("geocoding", "run-2.sqlite", age=now),
        *filled("downloads", "run-live/file.csv", age=now),
        *filled("apercus", "abc/diagnostic.qgz", age=now),
        *filled("demonstration", "tmp1.en-cours/fichiers/clients.csv", age=now),
    ]
    done = filled("ban", "ban-3-v3.sqlite", age=now)
    assert emptying.empty(REMADE, Silent()) == emptying.Emptied(freed=1000, left=0)
    assert all(path.exists() for path in live) and not done[0].exists()


def test_a_link_is_removed_and_what_it_leads_to_is_not(
    session: SettingsSession, tmp_path: Path
) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "roads.gpkg").write_text("x")
    (settings.cache_folder("roads") / "link").symlink_to(theirs)
    inner = settings.cache_folder("roads") / "abc"
    inner.mkdir()
    (inner / "link").symlink_to(theirs)
    emptying.empty(["roads"], Silent())
    assert (theirs / "roads.gpkg").exists()
    assert list(settings.cache_folder("roads").iterdir()) == []


def test_a_folder_of_the_users_own_is_never_emptied(
    session: SettingsSession, tmp_path: Path
) -> None:
    chosen = tmp_path / "données"
    (chosen / "roads").mkdir(parents=True)
    (chosen / "roads" / "bdtopo.gpkg").write_text("x")
    session.save({"cache_folder": str(chosen)})
    filled("roads", "abc/nodes.npy")
    assert emptying.empty(REMADE, Silent()).freed == 1000
    assert (chosen / "roads" / "bdtopo.gpkg").exists()


def test_what_cannot_be_removed_is_counted(
    full: dict[str, list[Path]], monkeypatch: pytest.MonkeyPatch
) -> None:
    unlink = Path.unlink

    def held(self: Path, missing_ok: bool = False) -> None:
        if self.name == "nodes.npy":  # Windows, for a file that another program has open
            raise PermissionError(13, "in use")
        unlink(self, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", held)
    assert emptying.empty(["roads"], Silent()) == emptying.Emptied(freed=1000, left=1)
    assert (settings.cache_folder("roads") / "abc" / "nodes.npy").exists()


def test_emptying_is_cancelled_between_two_entries(full: dict[str, list[Path]]) -> None:
    class Impatient(Silent):
        asked = 0

        def check(self) -> None:
            self.asked += 1
            if self.asked > 3:
                raise Cancelled

    with pytest.raises(Cancelled):
        emptying.empty(REMADE, Impatient())
    assert any(path.exists() for path in full["roads"])
