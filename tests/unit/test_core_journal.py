"""Run file and journal: what a dossier says about itself."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from coodiag.coodiag_plugin.core.fingerprint import fingerprint
from coodiag.coodiag_plugin.core.journal import Journal
from coodiag.coodiag_plugin.core.provenance import Provenance
from coodiag.coodiag_plugin.core.runfile import FORMAT, InputFile, RunFile, input_file
from coodiag.coodiag_plugin.core.territory import Territory
from coodiag.coodiag_plugin.core.version import ROOT, version

SOURCE = Provenance("comparateur", "Base du comparateur", "Insee", "RP 2018", "2021", "base.zip")


def run_file() -> RunFile:
    return RunFile(
        "0.1.0",
        "3.40.6",
        "2026-03-31",
        "Territoire fictif",
        {"MIN_COUNT": 5, "TERRITORY": "EPCI:200000000"},
        [InputFile("clients", "clients.csv", "0" * 64, 12)],
        [SOURCE],
        {"CLIENTS_IN": 4},
        True,
    )


def test_a_run_file_reads_back_whole_and_in_a_fixed_order() -> None:
    text = run_file().text()
    back = json.loads(text)
    assert text == run_file().text()
    assert list(back) == sorted(back)
    assert back["format"] == FORMAT and back["demo"] is True
    assert RunFile(**{**back, "inputs": [InputFile(**item) for item in back["inputs"]],
                      "sources": [Provenance(**item) for item in back["sources"]]}) == run_file()  # fmt: skip
    assert "é" not in text or "\\u" not in text
    assert text.endswith("}\n")


def test_an_input_is_known_by_its_kind_and_its_bytes_never_its_name(tmp_path: Path) -> None:
    path = tmp_path / "mes clients.csv"
    path.write_bytes(b"x" * (3 << 20))
    found = input_file("clients", path)
    assert found == InputFile(
        "clients", ".csv", hashlib.sha256(path.read_bytes()).hexdigest(), 3 << 20
    )
    assert "clients.csv" not in json.dumps(found.__dict__)


def test_the_fingerprint_of_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "vide"
    path.touch()
    assert fingerprint(path) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_the_version_is_that_of_the_metadata() -> None:
    lines = (ROOT / "metadata.txt").read_text(encoding="utf-8").splitlines()
    assert f"version={version()}" in lines


def test_a_journal_is_sections_of_sentences() -> None:
    journal = Journal()
    journal.section("Fichiers")
    journal.write("3 lignes lues.")
    journal.section("Atlas")
    text = journal.text("Diagnostic : Fictange", "2026-03-01")
    lines = text.replace("\u00a0", " ").splitlines()
    assert lines[:3] == ["Diagnostic : Fictange", "=" * 21, "Établi le 1er mars 2026."]
    assert lines[4:7] == ["Fichiers", "--------", "- 3 lignes lues."]
    assert lines[8:10] == ["Atlas", "-----"]
    assert text.endswith("\n")


def test_a_source_is_cited_in_french() -> None:
    assert SOURCE.citation() == "Insee, Base du comparateur (RP 2018)"
    assert Provenance("x", "Titre", "", "").citation() == "Titre"
    assert list(SOURCE.as_row()) == Provenance.columns()


def test_a_territory_works_in_its_legal_projection() -> None:
    def crs(commune: str) -> str:
        return Territory("x", "x", "COM", (commune,), (), (), 2024).crs

    assert (crs("35238"), crs("97411"), crs("97302")) == ("EPSG:2154", "EPSG:2975", "EPSG:2972")
