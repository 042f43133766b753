"""Folders, tables and errors that diagnoses in a row meet: large, closed, in rings, from elsewhere."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.errors import Cancelled, InputError
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.core.runfile import InputFile, input_file
from coodiag.coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from coodiag.coodiag_plugin.qgis_bridge.many import finding, replay
from coodiag.coodiag_plugin.qgis_bridge.many.cells import diagnosis, value_of
from coodiag.coodiag_plugin.qgis_bridge.many.finding import files_under
from coodiag.coodiag_plugin.qgis_bridge.many.inputs import sum_of
from coodiag.coodiag_plugin.qgis_bridge.many.plan import Planned, folder_name, plan
from coodiag.coodiag_plugin.qgis_bridge.many.replay import find_files, read_run
from coodiag.coodiag_plugin.qgis_bridge.many.run import REFUSED, run_all
from coodiag.coodiag_plugin.qgis_bridge.relay import ALIVE, TOLD, VARIABLE
from coodiag.processing_algorithms.diagnostic import Diagnostic
from coodiag.tests.qgis.conftest import Heard
from coodiag.tests.structures_samples import write_table
from qgis.core import QgsProcessingContext, QgsProcessingProvider
from qgis.PyQt.QtCore import QLockFile


def closed(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Make files and folders of these names forbidden, even to the root of a machine of tests."""

    def guarded(call: Callable[..., Any]) -> Callable[..., Any]:
        def look(path: Any, *more: Any, **kinds: Any) -> Any:
            if Path(path).name in names:
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), os.fspath(path))
            return call(path, *more, **kinds)

        return look

    monkeypatch.setattr(finding.os, "scandir", guarded(os.scandir))
    monkeypatch.setattr(replay, "fingerprint", guarded(replay.fingerprint))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "fichiers"
    for name in ("a/un.csv", "b/deux.csv", "fermé/trois.csv", "zéro.csv"):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name.ljust(16), encoding="utf-8")
    (root / "b" / "retour").symlink_to(root)
    (root / "b" / "anneau").symlink_to(root / "b" / "anneau")
    (root / "b" / "nulle part").symlink_to(root / "absent")
    os.mkfifo(root / "b" / "tube.csv")
    return root


def test_every_file_is_found_once_and_rings_are_left(folder: Path) -> None:
    passed: list[OSError] = []
    found = [path.name for path, _ in files_under(folder, Silent().check, passed.append)]
    assert found == ["zéro.csv", "un.csv", "deux.csv", "trois.csv"]
    assert {error.errno for error in passed} == {errno.ENOENT, errno.ELOOP}


@pytest.mark.parametrize("after", [0, 1, 5])
def test_a_big_folder_can_be_left_before_it_is_listed(tmp_path: Path, after: int) -> None:
    for rank in range(9):
        (tmp_path / f"{rank}.csv").touch()
    seen = []

    def check() -> None:
        seen.append(1)
        if len(seen) > after:
            raise Cancelled

    with pytest.raises(Cancelled):
        list(files_under(tmp_path, check, lambda error: None))
    assert len(seen) == after + 1


def test_a_closed_file_is_told_and_the_next_one_is_found(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = input_file("clients", folder / "zéro.csv")
    (folder / "a" / "un.csv").write_text("x" * wanted.size)
    (folder / "0.csv").write_text("x" * wanted.size)
    closed(monkeypatch, "0.csv", "fermé")
    heard = Heard()
    found = find_files([wanted], [folder], FeedbackProgress(heard))
    assert found == {"clients": folder / "zéro.csv"}
    assert heard.said[0] == "Looking for the files of the structure in fichiers…"
    assert "could not be read" in heard.said[1] and ": 1 (the first: 0.csv" in heard.said[1]
    gone = InputFile("sites", ".csv", "0" * 64, wanted.size)
    heard = Heard()
    with pytest.raises(InputError, match="are not found"):
        find_files([gone], [folder], FeedbackProgress(heard))
    assert ": 4 (the first: 0.csv" in heard.said[1]  # and the closed folder, and two links


def test_a_long_search_says_that_it_goes_on(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replay, "_TOLD_EVERY", 2)
    heard = Heard()
    with pytest.raises(InputError):
        find_files([InputFile("sites", ".csv", "0" * 64, 16)], [folder], FeedbackProgress(heard))
    assert heard.said[1:3] == ["Files looked at so far: 2.", "Files looked at so far: 4."]


def test_the_sum_passes_over_what_is_closed_and_follows_the_rest(
    provider: QgsProcessingProvider, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    algorithm, context = diagnosis(), QgsProcessingContext()
    closed(monkeypatch, "fermé")
    asked = {"DATA_FOLDER": str(folder)}
    before = sum_of(algorithm, asked, context, Silent().check)
    assert before == sum_of(algorithm, asked, context, Silent().check)
    (folder / "a" / "un.csv").write_text("autre chose, plus longue")
    assert before != sum_of(algorithm, asked, context, Silent().check)


def test_a_text_that_looks_like_a_place_is_a_text(
    provider: QgsProcessingProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """« / » as the name of a structure would have the whole disk looked through."""
    looked: list[Any] = []
    monkeypatch.setattr(finding.os, "scandir", looked.append)
    asked = dict.fromkeys(("STRUCTURE", "TERRITORY", "THRESHOLDS"), "/")
    sum_of(diagnosis(), asked, QgsProcessingContext(), Silent().check)
    assert looked == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("CLIENTS", "//ailleurs.example/partage/x.xlsx"),
        ("HOUSE_STYLE", "/net/ailleurs.example/maison"),
        ("DATA_FOLDER", "../../../../../../../../../../../../proc"),
        ("PROFILE", "/net/ailleurs.example/p.json"),
        ("BAN", "/dev/zero"),
        ("AREA", "/vsicurl/http://ailleurs.example/x.gpkg"),
        ("AREA", "zone.gpkg|option:X=Y"),
        ("ROADS", "zone.gpkg|layername=a|subset=SELECT 1"),
    ],
)
def test_a_table_leads_nowhere(
    provider: QgsProcessingProvider, tmp_path: Path, name: str, text: str
) -> None:
    algorithm = diagnosis()
    with pytest.raises(InputError, match="no file of this machine"):
        value_of(algorithm.parameterDefinition(name), text, tmp_path)


def test_a_table_beside_its_files_is_read(provider: QgsProcessingProvider, tmp_path: Path) -> None:
    algorithm = diagnosis()
    clients = algorithm.parameterDefinition("CLIENTS")
    assert value_of(clients, "../clients.csv", tmp_path) == str(tmp_path / "../clients.csv")
    profile = algorithm.parameterDefinition("PROFILE")
    assert value_of(profile, "x" * 300, tmp_path) == "x" * 300, "refused by the diagnosis"


def test_the_server_that_receives_addresses_is_not_a_table_s_to_name(
    provider: QgsProcessingProvider, tmp_path: Path
) -> None:
    rows = [["Un", "https://un.example"], ["Deux", ""]]
    table = write_table(tmp_path / "t.csv", rows, ("structure", "url"))
    first, second = plan(table, {}, tmp_path / "d", Silent())
    assert "names a server for the addresses" in str(first.refusal) and second.refusal is None
    common = {"URL": "https://un.example"}
    first, second = plan(table, common, tmp_path / "d", Silent())
    assert first.refusal is None and second.refusal is None


@pytest.mark.parametrize(
    ("text", "folder"),
    [
        ("LPT¹", "LPT¹_"),
        ("aux .rapport", "aux .rapport_"),
        ("a\x7fb\x85c", "a b c"),
        ("demi\ud800signe", "demi signe"),
        ("Atelier. . .", "Atelier"),
        ("🚲" * 99, "🚲" * 60),
        ("e\u0301te\u0301", "été"),
    ],
)
def test_a_structure_of_an_odd_name_has_a_folder(tmp_path: Path, text: str, folder: str) -> None:
    assert folder_name(text) == folder
    (tmp_path / folder).mkdir()


def test_names_that_fall_together_do_not_share_a_folder(
    provider: QgsProcessingProvider, tmp_path: Path
) -> None:
    names = ["x" * 70 + "a", "x" * 70 + "b", "A/B", "a:b.", "Été", "e\u0301te\u0301"]
    table = write_table(tmp_path / "t.csv", [[name] for name in names], ("structure",))
    planned = plan(table, {}, tmp_path / "d", Silent())
    assert [item.refusal is None for item in planned] == [True, False] * 3
    assert all("same folder" in str(item.refusal) for item in planned[1::2])


def row(tmp_path: Path, name: str, **given: Any) -> Planned:
    asked = {"TERRITORY": "35238", "STRUCTURE": name, "SOURCE": "online", **given}
    return Planned(2, name, name, {**asked, "OUTPUT_FOLDER": str(tmp_path / name)})


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO, errno.EROFS])
@pytest.mark.parametrize("at", ["sum", "run"])
def test_what_the_system_says_is_told_without_a_place(
    provider: QgsProcessingProvider,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    at: str,
) -> None:
    def broken(*given: Any, **more: Any) -> Any:
        raise OSError(number, os.strerror(number), "/chez/Mme Exemple/clients.csv")

    if at == "sum":
        monkeypatch.setattr("coodiag.coodiag_plugin.qgis_bridge.many.run.sum_of", broken)
    else:
        monkeypatch.setattr(Diagnostic, "work", broken)
    progress = FeedbackProgress(Heard())
    (outcome,) = run_all([row(tmp_path, "a")], tmp_path, False, QgsProcessingContext(), progress)
    assert outcome.status == REFUSED and os.strerror(number) in outcome.reason
    assert "Exemple" not in outcome.reason and "chez" not in outcome.reason


def test_a_refused_row_does_not_refuse_the_table(
    provider: QgsProcessingProvider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a process of its own, whose QGIS would take the refusal of one row for that of the run."""
    relay = tmp_path / "relay"
    relay.mkdir()
    alive = QLockFile(str(relay / ALIVE))
    assert alive.tryLock(0)

    def work(self: Any, parameters: Any, context: Any, progress: Any) -> dict[str, Any]:
        progress.say("{name}", name=f"work {parameters['STRUCTURE']}")
        progress.set(1.0)
        if parameters["STRUCTURE"] == "b":
            raise InputError("No.")
        return {"PAGES": 1}

    monkeypatch.setattr(Diagnostic, "work", work)
    monkeypatch.setenv(VARIABLE, str(relay))
    table = write_table(
        tmp_path / "t.csv",
        [["a", "35238", ""], ["b", "35238", ""], ["c", "", ""]],
        ("structure", "territoire", "url"),
    )
    algorithm = provider.algorithm("structures").create()
    asked = {"TABLE": str(table), "SOURCE": "online", "OUTPUT_FOLDER": str(tmp_path / "d")}
    (tmp_path / "d").mkdir()
    results, good = algorithm.run(asked, QgsProcessingContext(), Heard(), {}, False)
    assert good and (results["COUNT_DONE"], results["COUNT_REFUSED"]) == (1, 2)
    lines = [json.loads(line) for line in (relay / TOLD).read_text("utf-8").splitlines()]
    assert not any("refused" in line for line in lines)
    assert [line for line in lines if line.get("said") == "work a"] == [{"said": "work a"}], "once"
    told = [line["progress"] for line in lines if "progress" in line]
    assert told == sorted(told), "one bar for the whole table"
    good, reason = algorithm.checkParameterValues({**asked, "TABLE": "absent.csv"}, QgsProcessingContext())  # fmt: skip
    assert not good and json.loads((relay / TOLD).read_text("utf-8").splitlines()[-1]) == {
        "refused": reason
    }, "a refusal of its own is told"
    alive.unlock()


def test_a_stop_is_heard_inside_a_row(
    provider: QgsProcessingProvider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    relay = tmp_path / "relay"
    relay.mkdir()
    alive = QLockFile(str(relay / ALIVE))
    assert alive.tryLock(0)
    ended: list[str] = []

    def work(self: Any, parameters: Any, context: Any, progress: Any) -> dict[str, Any]:
        (relay / "stop").touch()
        progress.check()
        ended.append("went on")
        return {"PAGES": 1}

    monkeypatch.setattr(Diagnostic, "work", work)
    monkeypatch.setenv(VARIABLE, str(relay))
    table = write_table(tmp_path / "t.csv", [["a", "35238"]], ("structure", "territoire"))
    algorithm = provider.algorithm("structures").create()
    asked = {"TABLE": str(table), "SOURCE": "online", "OUTPUT_FOLDER": str(tmp_path / "d")}
    monkeypatch.setattr("coodiag.coodiag_plugin.qgis_bridge.relay._LOOK_SECONDS", 0.0)
    algorithm.run(asked, QgsProcessingContext(), Heard(), {}, False)
    alive.unlock()
    assert ended == []


@pytest.mark.parametrize("size", [0, 60_000_000])
def test_a_pipe_or_a_giant_is_no_run_file(tmp_path: Path, size: int) -> None:
    path = tmp_path / "coodiag.json"
    if size:
        with path.open("wb") as stream:
            stream.truncate(size)
    else:
        os.mkfifo(path)
    with pytest.raises(InputError, match="not the run file"):
        read_run(path)
