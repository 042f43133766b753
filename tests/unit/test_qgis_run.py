"""What the scripts hear of ``qgis_process``: sentences, ticks, results, and why a run failed."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "qgis_run.py"
SPOKEN = (
    "\n----------------\nInputs\n----------------\n\nTERRITORY:\tEPCI:1\nSTRUCTURE:\tA é\n\n\n"
    "Reading the folder…\n0...3 rows: 3 located.\n10 establishments kept.\n10...20.Zones…\n"
    "..30...40...50...60...70...80...90...100 - done.\n"
    "\n----------------\nResults\n----------------\n\nATLAS:\t/tmp/é: a/atlas.pdf\nPAGES:\t84\n"
)
SENTENCES = ["Reading the folder…", "3 rows: 3 located.", "10 establishments kept.", "Zones…"]


@pytest.fixture(scope="module")
def qgis_run() -> ModuleType:
    spec = importlib.util.spec_from_file_location("qgis_run", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["qgis_run"] = module
    spec.loader.exec_module(module)
    return module


def test_sentences_ticks_and_results_come_apart(qgis_run: ModuleType) -> None:
    outcome, said, ticked = qgis_run.Outcome(), [], []
    listener = qgis_run._Listener(outcome, 0.0, said.append, ticked.append)
    for line in SPOKEN.encode().splitlines(keepends=True):
        listener.hear(line)
    listener.end()
    assert said == [text for _, text in outcome.said] == SENTENCES
    assert ticked == [rank / 40 for rank in range(41)]
    assert outcome.results == {"ATLAS": "/tmp/é: a/atlas.pdf", "PAGES": "84"}


def test_ticks_come_one_by_one(qgis_run: ModuleType) -> None:
    ticked: list[float] = []
    listener = qgis_run._Listener(qgis_run.Outcome(), 0.0, lambda text: None, ticked.append)
    for rank, part in enumerate([b"0", b".", b"..", b"1", b"0", b"."]):
        listener.hear(part)
        assert len(ticked) == [1, 2, 4, 4, 5, 6][rank]


def test_a_letter_may_be_cut_in_two(qgis_run: ModuleType) -> None:
    outcome = qgis_run.Outcome()
    listener = qgis_run._Listener(outcome, 0.0, lambda text: None, lambda fraction: None)
    spoken = "\n----------------\nInputs\n----------------\n\nA:\tb\n\nRéseau routier…\n".encode()
    for at in range(len(spoken)):
        listener.hear(spoken[at : at + 1])
    assert [text for _, text in outcome.said] == ["Réseau routier…"]


@pytest.mark.parametrize(
    ("errors", "sentence"),
    [
        ("No file.\nERROR:\tNo file.\nNo file.\n", "No file."),
        (
            "ERROR:\tAn error was encountered while checking parameter values\n\tThe data folder is missing.\n",
            "The data folder is missing.",
        ),
        (
            "ERROR: The following mandatory parameters were not specified\n\n\tSTRUCTURE:\tName\n",
            "STRUCTURE:\tName",
        ),
        ("Algorithm coodiag:nope not found!\n", "Algorithm coodiag:nope not found!"),
        (
            'Traceback (most recent call last):\n  File "a.py", line 1, in b\nRuntimeError: boum\n\nERROR:\tThere were errors.\n',
            "RuntimeError: boum",
        ),
        ("", "qgis_process ended with code -9."),
    ],
)
def test_a_failure_is_one_sentence(qgis_run: ModuleType, errors: str, sentence: str) -> None:
    assert qgis_run.Outcome(code=-9, errors=errors).refusal == sentence


def test_a_process_is_heard_and_measured(
    qgis_run: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = tmp_path / "qgis_process"
    fake.write_text(
        "#!/bin/sh\nprintf '%s\\n' \"\" ---------------- Inputs ---------------- \"$3\" '' 'At work…' "
        "---------------- Results ----------------\nprintf 'A:\\tb\\n'\necho 'ERROR:\tNo.' >&2\nexit 3\n"
    )
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    outcome = qgis_run.run("coodiag:diagnostic", {"NAME": "value with spaces"})
    assert outcome.code == 3
    assert [text for _, text in outcome.said] == ["--NAME=value with spaces", "At work…"]
    assert outcome.results == {"A": "b"}
    assert outcome.refusal == "No."
    assert outcome.memory > 100_000
    assert outcome.seconds > 0
