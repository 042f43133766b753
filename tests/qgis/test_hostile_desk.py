"""Tables, run files and dossiers that someone has tampered with: refused in a sentence, never obeyed."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.core.places import place
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.core.version import version
from coodiag.coodiag_plugin.demo.generate import DemoPaths
from coodiag.coodiag_plugin.editing import Editing
from coodiag.coodiag_plugin.qgis_bridge.algorithm import CoodiagAlgorithm
from coodiag.coodiag_plugin.qgis_bridge.desk.choices import Choices
from coodiag.coodiag_plugin.qgis_bridge.desk.draft import resumed
from coodiag.coodiag_plugin.qgis_bridge.desk.folders import DOSSIER, REFUSED, folder_for, state_of
from coodiag.coodiag_plugin.qgis_bridge.desk.gaps import missing
from coodiag.coodiag_plugin.qgis_bridge.desk.results import Results
from coodiag.coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from coodiag.coodiag_plugin.qgis_bridge.many.cells import diagnosis, value_of
from coodiag.coodiag_plugin.qgis_bridge.many.inputs import sum_of
from coodiag.coodiag_plugin.qgis_bridge.many.plan import Planned, folder_name
from coodiag.coodiag_plugin.qgis_bridge.many.replay import parameters_of, read_run
from coodiag.coodiag_plugin.qgis_bridge.many.run import REFUSED as REFUSED_ROW
from coodiag.coodiag_plugin.qgis_bridge.many.run import run_all
from coodiag.coodiag_plugin.qgis_bridge.many.state import NAME
from coodiag.coodiag_plugin.qgis_bridge.relay import TOLD
from coodiag.coodiag_plugin.qgis_bridge.running.runner import Runner
from coodiag.processing_algorithms.diagnostic import Diagnostic
from coodiag.ui.profile_editor_parts import Field
from coodiag.ui.review_open import OpenReview
from coodiag.ui.wizard.rows import Rows
from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingProvider,
)
from qgis.PyQt.QtCore import Qt

HOSTILE = ("nan", "inf", "1e999", "~personne-de-ce-nom/x.csv", "x" * 5000, "<b>%1 {x}</b>", "\0")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_cell_is_a_value_or_a_refusal(
    provider: QgsProcessingProvider, tmp_path: Path, text: str
) -> None:
    algorithm = diagnosis()
    for definition in algorithm.parameterDefinitions():
        try:
            value = value_of(definition, text, tmp_path)
        except InputError:
            continue
        try:
            sum_of(algorithm, {definition.name(): value}, QgsProcessingContext(), lambda: None)
        except OSError:  # told by its row
            continue


def test_a_tilde_that_names_nobody_is_a_missing_file() -> None:
    assert place("~personne-de-ce-nom/x") == Path("~personne-de-ce-nom/x")
    assert place("~/x") == Path.home() / "x"


def test_no_structure_takes_the_place_of_the_state() -> None:
    assert folder_name(NAME) == folder_name(NAME.upper()).lower() == f"{NAME}_"


def run_file(folder: Path, **changes: Any) -> Path:
    content = {
        "format": 1,
        "coodiag": version(),
        "date": "2026-03-31",
        "territory": "Exemple",
        "parameters": {"TERRITORY": "35238", "STRUCTURE": "Exemple", "PROFILE": "coodiag"},
        "inputs": [],
        "sources": [],
        "counts": {"CLIENTS_IN": 0, "BENEFICIARIES_IN": 0},
        "demo": False,
        **changes,
    }
    path = folder / "coodiag.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_a_run_file_names_neither_a_place_nor_a_key(
    provider: QgsProcessingProvider, tmp_path: Path
) -> None:
    places = dict.fromkeys(("URL", "BAN", "CORRECTIONS", "CACHE", "DATA_FOLDER", "OUTPUT_FOLDER", "HOUSE_STYLE", "CLIENTS", "SURVEY", "AREA", "ROADS", "AUTHCFG", "AUTHCFG_INCLUSION"), "/ailleurs")  # fmt: skip
    path = run_file(tmp_path, parameters={"TERRITORY": "35238", "PAPER": "A3", **places})
    given = parameters_of(read_run(path), [], {}, Silent())
    assert given == {"TERRITORY": "35238", "PAPER": "A3", "DATE": "2026-03-31"}


def test_a_profile_of_a_run_file_is_a_shipped_one_or_an_input(
    provider: QgsProcessingProvider, tmp_path: Path
) -> None:
    path = run_file(tmp_path, parameters={"TERRITORY": "35238", "PROFILE": "/ailleurs/p.json"})
    with pytest.raises(InputError, match="profile"):
        parameters_of(read_run(path), [], {}, Silent())


@pytest.mark.parametrize("wrong", [{"role": []}, {"size": {}}, {"size": None}, {"sha256": 3}])
def test_an_input_of_a_wrong_type_is_no_run_file(tmp_path: Path, wrong: dict[str, Any]) -> None:
    item = {"role": "sites", "kind": ".csv", "sha256": "0" * 64, "size": 1, **wrong}
    with pytest.raises(InputError, match="not the run file"):
        read_run(run_file(tmp_path, inputs=[item]))


@pytest.mark.parametrize("day", ["hier", None, "2026-99-99", 3])
def test_a_dossier_whose_date_is_none_is_broken(tmp_path: Path, day: Any) -> None:
    run_file(tmp_path, date=day)
    (tmp_path / "contexte.json").write_text('{"pages": 1, "skipped": []}', encoding="utf-8")
    with pytest.raises(InputError, match="broken"):
        Results().read(str(tmp_path))


@pytest.mark.parametrize("pages", ["1e999", "[" * 100_000])
def test_a_dossier_whose_context_is_absurd_is_broken(tmp_path: Path, pages: str) -> None:
    run_file(tmp_path)
    (tmp_path / "contexte.json").write_text(
        f'{{"pages": {pages}, "skipped": []}}', encoding="utf-8"
    )
    with pytest.raises(InputError, match="broken"):
        Results().read(str(tmp_path))


@pytest.mark.parametrize("text", ["[" * 100_000, " " * 5_100_000])
def test_a_folder_whose_run_file_is_absurd_is_still_a_dossier(tmp_path: Path, text: str) -> None:
    (tmp_path / "coodiag.json").write_text(text)
    assert state_of(str(tmp_path)).kind == DOSSIER


@pytest.mark.parametrize("name", ["coodiag.json", "contexte.json", "journal.txt"])
def test_files_of_a_dossier_are_read_neither_through_links_nor_from_pipes(
    tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "reçu"
    folder.mkdir()
    run_file(folder)
    (folder / "contexte.json").write_text('{"pages": 1, "skipped": [], "quality": []}')
    (folder / "journal.txt").write_text("- Non obtenu : rien\n")
    assert len(Results().read(str(folder)).missing) == 1
    (folder / name).replace(tmp_path / name)
    for make in (lambda path: path.symlink_to(tmp_path / name), os.mkfifo):
        make(folder / name)
        if name == "journal.txt":
            assert Results().read(str(folder)).missing == ()
        else:
            with pytest.raises(InputError, match="broken"):
                Results().read(str(folder))
        (folder / name).unlink()


def test_a_context_and_a_journal_that_never_end_do_not_hold_up_the_window() -> None:
    skipped = [{"title": "x", "reason": f"{n} n’a pas donné"} for n in range(50_000)]
    journal = [f"- Non obtenu : {n}" for n in range(50_000)]
    notes = [f"note {n}" for n in range(50_000)]
    found = missing({"skipped": skipped, "notes": notes}, journal, ())
    assert 0 < len(found) <= 600


def test_a_folder_whose_name_is_too_long_is_refused() -> None:
    assert state_of("/" + "x" * 300).kind == REFUSED


def test_options_whose_names_are_too_long_are_told_in_place(
    provider: QgsProcessingProvider,
) -> None:
    found = Choices().refusals(dict.fromkeys(("SURVEY", "WORDS", "HOUSE_STYLE"), "x" * 300))
    assert "does not exist" in found["SURVEY"] and "does not exist" in found["WORDS"]
    assert "is not there" in found["HOUSE_STYLE"]


@pytest.mark.parametrize("name", ["DATA_FOLDER", "PROFILE", "HOUSE_STYLE"])
def test_a_diagnosis_of_a_name_too_long_is_refused_in_a_sentence(
    provider: QgsProcessingProvider, demo: DemoPaths, tmp_path: Path, name: str
) -> None:
    asked = {
        "TERRITORY": "35238",
        "STRUCTURE": "Exemple",
        "DATA_FOLDER": str(demo.data_folder),
        "OUTPUT_FOLDER": str(tmp_path / "a"),
        name: "/" + "x" * 300,
    }
    algorithm, context = diagnosis(), QgsProcessingContext()
    good, reason = algorithm.checkParameterValues(asked, context)
    if good:
        with pytest.raises(QgsProcessingException) as caught:
            algorithm.run(asked, context, QgsProcessingFeedback(False), {}, False)
        reason = str(caught.value)
    assert "Traceback" not in reason and reason.strip().endswith(".")
    assert not (tmp_path / "a").exists()


def test_the_folder_of_a_structure_is_no_device_of_windows(tmp_path: Path) -> None:
    assert folder_for("Aux", str(tmp_path)) == tmp_path / "aux-diagnostic"
    assert folder_for("Auxi", str(tmp_path)) == tmp_path / "auxi"


def test_words_of_a_run_cut_short_do_not_keep_it_from_ending(
    provider: QgsProcessingProvider, tmp_path: Path
) -> None:
    running = Runner().start({"INPUT": str(tmp_path / "absent.csv")}, "coodiag:importtable")
    ended: list[str] = []
    running.ended.connect(lambda results, refusal: ended.append(refusal))
    with (running._folder.path / TOLD).open("a", encoding="utf-8") as stream:
        stream.write('{"said": "le disque est pl\n')
    running._process.waitForFinished(60_000)
    running._finish()
    assert len(ended) == 1 and not running._folder.path.exists()


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        sqlite3.OperationalError("database or disk is full"),
    ],
)
def test_a_full_disk_is_told_in_a_sentence(
    provider: QgsProcessingProvider, error: Exception
) -> None:
    class Full(CoodiagAlgorithm):
        NAME = LABEL = "full"

        def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
            """Nothing to declare."""

        def work(self, parameters: Any, context: Any, progress: Any) -> dict[str, Any]:
            raise error

    with pytest.raises(QgsProcessingException, match="no room left on the disk"):
        Full().processAlgorithm({}, QgsProcessingContext(), QgsProcessingFeedback())


@pytest.mark.parametrize(
    "parameters",
    [
        {"MIN_COUNT": "beaucoup"},
        {"DPI": [[1]]},
        {"FORMATS": 3},
        {"TERRITORY": {"a": 1}},
        {"SERVICE": 3},
        {"SERVICE": "ailleurs"},
        {"DPI": 1e300},
        {"MIN_COUNT": 2**31},
        {"STRUCTURE": "\ud800"},
    ],
)
def test_a_draft_that_no_step_can_show_is_refused(
    tmp_path: Path, parameters: dict[str, Any]
) -> None:
    run_file(tmp_path, parameters=parameters)
    with pytest.raises(InputError, match="cannot be read"):
        resumed(tmp_path)
    draft = tmp_path / "confidentiel" / "assistant.json"
    draft.parent.mkdir()
    draft.write_text(json.dumps({"format": 1, "parameters": parameters}), encoding="utf-8")
    with pytest.raises(InputError, match="cannot be read"):
        resumed(tmp_path)


def test_a_dossier_made_without_the_wizard_tells_its_territory_by_name(tmp_path: Path) -> None:
    run_file(tmp_path, territory="CC du Pays de Fictange")
    draft, _ = resumed(tmp_path)
    assert draft.notes["territory"]["name"] == "CC du Pays de Fictange"


def test_the_draft_of_a_dossier_names_no_server_and_no_key(tmp_path: Path) -> None:
    run_file(tmp_path)
    draft = tmp_path / "confidentiel" / "assistant.json"
    draft.parent.mkdir()
    given = {"SERVICE": "addok", "URL": "https://ailleurs.example", "AUTHCFG": "abc1234"}
    draft.write_text(json.dumps({"format": 1, "parameters": given}), encoding="utf-8")
    resumed_draft, left = resumed(tmp_path)
    assert resumed_draft.parameters == {"SERVICE": "addok", "OUTPUT_FOLDER": str(tmp_path)}
    assert left == ("URL", "AUTHCFG"), "told, as they are to be given again"


def test_an_error_that_nobody_foresaw_stays_out_of_the_summary(
    provider: QgsProcessingProvider,
    demo: DemoPaths,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*given: Any) -> None:
        raise ValueError("Mme Exemple, 1 rue Fictive")

    monkeypatch.setattr(Diagnostic, "work", broken)
    asked = {
        "TERRITORY": "35238",
        "STRUCTURE": "Exemple",
        "DATA_FOLDER": str(demo.data_folder),
        "OUTPUT_FOLDER": str(tmp_path / "a"),
    }
    rows = [Planned(line, "Exemple", "a", asked) for line in (2, 3)]
    progress = FeedbackProgress(QgsProcessingFeedback(False))
    found = run_all(rows, tmp_path, False, QgsProcessingContext(), progress)
    assert [outcome.status for outcome in found] == [REFUSED_ROW, REFUSED_ROW]
    assert all("the log tells how" in outcome.reason for outcome in found)
    assert not any("Fictive" in outcome.reason for outcome in found)


def test_names_are_no_markup(provider: QgsProcessingProvider) -> None:
    rows = Rows(3, "Territories")
    rows.fill([("a", "<img src='file:///etc/x'>")])
    assert "<img" not in rows.item(0).toolTip()
    field = Field("label", rows)
    assert field.fault.textFormat() == Qt.TextFormat.PlainText


def test_refusals_of_the_review_are_no_markup(provider: QgsProcessingProvider) -> None:
    dialog = OpenReview(lambda chosen: "<img src='file:///etc/x'>")
    dialog.accept()
    assert dialog.refusal.textFormat() == Qt.TextFormat.PlainText
    dialog.close()


def test_what_the_editor_cannot_do_is_told_without_markup(
    provider: QgsProcessingProvider,
) -> None:
    told: list[str] = []
    bar = SimpleNamespace(pushMessage=lambda title, text, level: told.append(text))

    def refuse() -> None:
        raise InputError("{file} is gone.", file="<img src='file:///etc/x'>")

    editing = SimpleNamespace(window=None, iface=SimpleNamespace(messageBar=lambda: bar))
    editing._make = refuse
    Editing.open(editing)  # type: ignore[arg-type]
    assert told == ["&lt;img src='file:///etc/x'&gt; is gone."]
