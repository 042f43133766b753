"""The folder of a diagnosis is made whole or left as it was."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.edition.context import to_json
from coodiag.coodiag_plugin.qgis_bridge.documents import read_context
from coodiag.coodiag_plugin.qgis_bridge.dossier import (
    ATLAS,
    CONTEXT,
    GEOPACKAGE,
    JOURNAL,
    PEOPLE,
    PROJECT,
    REPORT,
    WRITTEN,
    Dossier,
    Staging,
    sweep,
    taken,
)
from coodiag.tests.unit import report_samples as samples


def fill(folder: Path, text: str, names: tuple[str, ...] = WRITTEN) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def state(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def run(output: Path, text: str, names: tuple[str, ...] = WRITTEN) -> None:
    staging = Staging(output)
    with staging as stage:
        fill(stage.folder, text, names)
        staging.publish()


def test_a_run_publishes_into_a_folder_that_was_not_there(tmp_path: Path) -> None:
    output = tmp_path / "nouveau" / "dossier"
    run(output, "un")
    assert state(output) == dict.fromkeys(sorted(WRITTEN), "un")
    assert sorted(path.name for path in output.iterdir()) == sorted(
        {Path(name).parts[0] for name in WRITTEN}
    ), "neither work folder nor lock"
    assert (output / "confidentiel").stat().st_mode & 0o077 == 0


def test_a_report_that_is_not_as_a_run_wrote_it_stays(tmp_path: Path) -> None:
    """Its text « un » carries no fingerprint: somebody's work."""
    run(tmp_path / "d", "un", (REPORT,))
    run(tmp_path / "d", "deux", (REPORT, ATLAS))
    run(tmp_path / "d", "trois", (REPORT, ATLAS))
    found = state(tmp_path / "d")
    assert found[REPORT] == "un" and found[ATLAS] == "trois"
    assert {found["rapport (2).odt"], found["rapport (3).odt"]} == {"deux", "trois"}


def test_a_second_run_takes_the_place_of_the_first(tmp_path: Path) -> None:
    run(tmp_path / "d", "un")
    (tmp_path / "d" / "notes.txt").write_text("à moi", encoding="utf-8")
    (tmp_path / "d" / "confidentiel" / "clé.txt").write_text("à moi", encoding="utf-8")
    kept = tuple(name for name in WRITTEN if name not in (PEOPLE, REPORT))
    (tmp_path / "d" / REPORT).unlink()
    run(tmp_path / "d", "deux", kept)
    expected = dict.fromkeys(kept, "deux") | {"notes.txt": "à moi", "confidentiel/clé.txt": "à moi"}
    assert state(tmp_path / "d") == expected, "persons of the first run are gone, notes are not"


def test_without_persons_there_is_no_confidential_folder(tmp_path: Path) -> None:
    run(tmp_path / "d", "un")
    run(tmp_path / "d", "deux", (ATLAS, JOURNAL))
    assert not (tmp_path / "d" / "confidentiel").exists()


@pytest.mark.parametrize("blocked", [ATLAS, GEOPACKAGE, PEOPLE, PROJECT])
def test_a_file_that_cannot_be_replaced_puts_everything_back(tmp_path: Path, blocked: str) -> None:
    """A folder in the place of the file: the nearest to an open file that root cannot pass over."""
    output = tmp_path / "d"
    others = tuple(name for name in WRITTEN if name != blocked)
    fill(output, "un", others)
    (output / blocked / "x").mkdir(parents=True)
    before = state(output)
    with pytest.raises(InputError) as caught:
        run(output, "deux")
    assert Path(blocked).name in str(caught.value) and "run again" in str(caught.value)
    assert state(output) == before
    assert (output / blocked / "x").is_dir()
    assert not [path for path in output.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("error", [InputError("no"), ValueError("x"), KeyboardInterrupt()])
def test_a_failure_leaves_no_trace(tmp_path: Path, error: BaseException) -> None:
    output = tmp_path / "d"
    with pytest.raises(type(error)), Staging(output) as stage:
        fill(stage.folder, "deux")
        raise error
    assert not output.exists()
    fill(output, "un")
    with pytest.raises(type(error)), Staging(output) as stage:
        fill(stage.folder, "deux")
        raise error
    assert set(state(output).values()) == {"un"}
    assert not [path for path in output.iterdir() if path.name.startswith(".")]


def test_persons_left_by_a_killed_run_are_removed(tmp_path: Path) -> None:
    output = tmp_path / "d"
    fill(output / ".en-cours", "reste")
    run(output, "un")
    assert set(state(output).values()) == {"un"}


def test_persons_are_for_their_owner_only_while_the_run_goes(tmp_path: Path) -> None:
    with Staging(tmp_path / "d") as stage:
        for folder in (stage.folder, stage.people.parent):
            assert folder.stat().st_mode & 0o077 == 0


def test_two_runs_do_not_write_into_one_folder(tmp_path: Path) -> None:
    with Staging(tmp_path / "d") as stage:
        fill(stage.folder, "un")
        with pytest.raises(InputError, match="Another diagnosis"), Staging(tmp_path / "d"):
            pass
        assert state(stage.folder), "the first run goes on"


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "d").write_text("x", encoding="utf-8")
    for output in (tmp_path / "d", tmp_path / "d" / "sous"):
        with pytest.raises(InputError, match="cannot be written"), Staging(output):
            pass
    assert (tmp_path / "d").read_text(encoding="utf-8") == "x"


def test_a_dossier_is_taken_by_one_run_and_loses_its_unfinished_files(tmp_path: Path) -> None:
    fill(tmp_path, "un", (ATLAS, ".atlas.pdf.en-cours", "à moi.en-cours"))
    with taken(tmp_path):
        assert set(state(tmp_path)) == {ATLAS, "à moi.en-cours", ".coodiag.lock"}
        for second in (taken(tmp_path), Staging(tmp_path)):
            with pytest.raises(InputError, match="Another diagnosis is writing"), second:
                pass
        lock = tmp_path / ".coodiag.lock"
        os.utime(lock, (0, 0))  # a run of hours still holds it
        with pytest.raises(InputError, match="Another diagnosis is writing"), taken(tmp_path):
            pass
    assert set(state(tmp_path)) == {ATLAS, "à moi.en-cours"}
    with Staging(tmp_path), pytest.raises(InputError, match="Another diagnosis"), taken(tmp_path):
        pass


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with taken(tmp_path / "absent"):
        assert not (tmp_path / "absent").exists()


@pytest.mark.parametrize("alter", ["version", "key"])
def test_a_context_of_another_version_is_refused(tmp_path: Path, alter: str) -> None:
    context = samples.context()
    if alter == "version":
        text = to_json(replace(context, version="9.10.0"))
    else:
        text = to_json(context).replace('"id":', '"later": 1, "id":', 1)
    (tmp_path / CONTEXT).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"contexte\.json .* another version of Coodiag"):
        read_context(Dossier(tmp_path))
    (tmp_path / CONTEXT).write_text(to_json(context), encoding="utf-8")
    assert read_context(Dossier(tmp_path)) == context


@pytest.mark.parametrize("name", ["confidentiel", ".en-cours"])
def test_persons_are_not_written_where_a_link_leads(tmp_path: Path, name: str) -> None:
    shared, output = tmp_path / "partage", tmp_path / "d"
    shared.mkdir()
    (shared / "de quelqu’un.txt").touch()
    output.mkdir()
    (output / name).symlink_to(shared)
    with pytest.raises(InputError, match="link to another place"), Staging(output):
        raise AssertionError
    (output / ".coodiag.lock").unlink(missing_ok=True)
    sweep(output)
    assert [path.name for path in shared.iterdir()] == ["de quelqu’un.txt"]
    (output / name).unlink()
    run(output, "un")  # nothing is held


def test_a_link_made_while_a_run_goes_is_not_followed(tmp_path: Path) -> None:
    shared = tmp_path / "partage"
    shared.mkdir()
    run(tmp_path / "d", "un", (ATLAS,))
    staging = Staging(tmp_path / "d")
    with pytest.raises(InputError, match="link to another place"), staging as stage:
        fill(stage.folder, "deux")
        (tmp_path / "d" / "confidentiel").symlink_to(shared)
        staging.publish()
    assert list(shared.iterdir()) == []
    assert (tmp_path / "d" / ATLAS).read_text() == "un", "the dossier is as it was"


def test_links_inside_the_work_folder_of_a_killed_run_lose_nothing(tmp_path: Path) -> None:
    (tmp_path / "à moi").mkdir()
    (tmp_path / "à moi" / "x.txt").touch()
    left = tmp_path / "d" / ".en-cours" / "confidentiel"
    left.mkdir(parents=True)
    (left / "lien").symlink_to(tmp_path / "à moi")
    sweep(tmp_path / "d")
    assert not left.parent.exists() and (tmp_path / "à moi" / "x.txt").is_file()


#: A report that no run has written, as those of these tests, stays.
REPLACED = tuple(name for name in WRITTEN if name != REPORT)


class Killed(BaseException):
    """The process is gone: nothing after it is done."""


@pytest.mark.parametrize("names", [REPLACED, (ATLAS, PEOPLE)], ids=["all", "two"])
def test_a_run_killed_while_it_publishes_leaves_one_whole_dossier(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: tuple[str, ...]
) -> None:
    rename = Path.rename
    kept = set[str]()
    for last in range(2 * len(REPLACED) + 2):
        output = tmp_path / str(last)
        run(output, "un", REPLACED)
        count = 0

        def move(path: Path, target: Path) -> Path:
            nonlocal count
            count += 1
            if count > last:  # noqa: B023
                raise Killed
            return rename(path, target)

        staging = Staging(output)
        fill(staging.__enter__().folder, "deux", names)
        monkeypatch.setattr(Path, "rename", move)
        with suppress(Killed):
            staging.publish()
        monkeypatch.undo()
        staging._lock.unlock()  # goes with its process
        sweep(output)
        found = state(output)
        assert found in (
            dict.fromkeys(sorted(REPLACED), "un"),
            dict.fromkeys(sorted(names), "deux"),
        )
        kept |= set(found.values())
    assert kept == {"un", "deux"}


def test_an_earlier_dossier_that_cannot_be_put_back_at_once_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(tmp_path, "un", REPLACED)
    rename = Path.rename
    moved: list[Path] = []

    def move(path: Path, target: Path) -> Path:
        moved.append(path)
        if len(moved) > len(REPLACED) // 2:
            raise OSError(5, "Input/output error")
        return rename(path, target)

    def gone(path: Path, target: Path) -> Path:
        raise OSError(5, "Input/output error")

    staging = Staging(tmp_path)
    with pytest.raises(InputError, match="cannot be replaced"), staging as stage:
        fill(stage.folder, "deux", REPLACED)
        monkeypatch.setattr(Path, "rename", move)
        monkeypatch.setattr(Path, "replace", gone)
        staging.publish()
    monkeypatch.undo()
    sweep(tmp_path)
    assert state(tmp_path) == dict.fromkeys(sorted(REPLACED), "un")
