"""The command line as a user types it, from a clone in a folder of another name."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.profiles import PROFILES
from coodiag.coodiag_plugin.demo.generate import DemoPaths
from coodiag.processing_algorithms.models.model import MODELS
from coodiag.processing_algorithms.provider import ALGORITHMS

ROOT = Path(__file__).resolve().parents[2]
COUNTS = ("CLIENTS_IN", "CLIENTS_LOCATED", "BENEFICIARIES_IN", "BENEFICIARIES_LOCATED")


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, str]]:
    """``scripts/qgis_process`` of a clone called otherwise, and a profile of its own."""
    folder = tmp_path_factory.mktemp("ailleurs")
    clone = folder / "un autre nom"
    clone.symlink_to(ROOT, target_is_directory=True)
    keep = ("PATH", "HOME", "LANG", "COODIAG_PYTHON", "LD_LIBRARY_PATH")
    environment = {name: os.environ[name] for name in keep if name in os.environ}
    environment |= {"COODIAG_PROFILE": str(folder / "profil"), "QT_QPA_PLATFORM": "offscreen"}
    return str(clone / "scripts" / "qgis_process"), environment


def call(
    command: tuple[str, dict[str, str]], *arguments: str, inputs: dict[str, Any] | None = None
) -> subprocess.CompletedProcess[str]:
    script, environment = command
    return subprocess.run(
        [script, *arguments],
        input=json.dumps({"inputs": inputs}) if inputs is not None else "",
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
        env=environment,
        cwd="/",
    )


def profile(folder: Path) -> str:
    """A profile with a page of each kind of layer: short to print, the whole way to compute."""
    whole = json.loads((PROFILES / "coodiag.json").read_text(encoding="utf-8"))
    for chapter in whole["chapters"]:
        chapter["pages"] = chapter["pages"][:1]
    path = folder / "profil court.json"
    path.write_text(json.dumps({**whole, "id": "court"}), encoding="utf-8")
    return str(path)


def given(demo: DemoPaths, output: Path, **changes: Any) -> dict[str, Any]:
    return {
        "TERRITORY": demo.territory,
        "STRUCTURE": "Association Exemple (fictive)",
        "PROFILE": profile(output.parent),
        "SITES": str(demo.sites),
        "CLIENTS": str(demo.clients),
        "BENEFICIARIES": str(demo.beneficiaries),
        "DATA_FOLDER": str(demo.data_folder),
        "COMMUNE_PAGES": False,
        "DPI": 72,
        "FORMATS": ["xlsx"],
        "OUTPUT_FOLDER": str(output),
        **changes,
    }


def test_the_plugin_is_listed_with_its_algorithms(command: tuple[str, dict[str, str]]) -> None:
    run = call(command, "--json", "list")
    assert run.returncode == 0, run.stderr
    listed = json.loads(run.stdout)["providers"]["coodiag"]["algorithms"]
    names = [*(name for name, _ in ALGORITHMS), *MODELS]
    assert set(listed) == {f"coodiag:{name}" for name in names}


def test_help_names_parameters_and_outputs(command: tuple[str, dict[str, str]]) -> None:
    run = call(command, "--json", "help", "coodiag:diagnostic")
    assert run.returncode == 0, run.stderr
    told = json.loads(run.stdout)
    assert {"TERRITORY", "CLIENTS", "DATA_FOLDER", "OUTPUT_FOLDER"} <= set(told["parameters"])
    assert {"DOSSIER", "ATLAS", "PAGES", *COUNTS} <= set(told["outputs"])


@pytest.mark.slow
def test_a_diagnosis_from_json_on_standard_input(
    command: tuple[str, dict[str, str]], demo: DemoPaths, tmp_path: Path
) -> None:
    output = tmp_path / "un dossier à accents"
    run = call(command, "run", "coodiag:diagnostic", "-", inputs=given(demo, output))
    assert run.returncode == 0, run.stdout + run.stderr
    results = json.loads(run.stdout)["results"]
    for name in ("PAGES", *COUNTS):
        assert isinstance(results[name], (int, float)) and not isinstance(results[name], bool)
        assert results[name] > 0, name
    assert results["CLIENTS_LOCATED"] <= results["CLIENTS_IN"]
    assert Path(results["DOSSIER"]) == output
    for name, file in (
        ("ATLAS", "atlas.pdf"),
        ("PROJECT", "diagnostic.qgz"),
        ("GEOPACKAGE", "diagnostic.gpkg"),
    ):
        assert Path(results[name]) == output / file and (output / file).stat().st_size > 10_000
    context = json.loads((output / "contexte.json").read_text(encoding="utf-8"))
    back = len(context["glossary_pages"]) + len(context["source_pages"]) + 1
    assert context["pages"] == results["PAGES"] == 5 + 2 * len(context["chapters"]) + back
    assert len(context["chapters"]) >= 6
    text = subprocess.run(
        ["pdftotext", str(output / "atlas.pdf"), "-"], capture_output=True, text=True, check=True
    ).stdout
    assert text.count("\f") == results["PAGES"]
    noise = [line for line in run.stderr.splitlines() if "Traceback" in line or "Error" in line]
    assert not noise, run.stderr
    assert not list(output.glob(".*"))


def test_a_refused_run_ends_with_one_and_the_sentence(
    command: tuple[str, dict[str, str]], demo: DemoPaths, tmp_path: Path
) -> None:
    output = tmp_path / "dossier"
    inputs = given(demo, output, CLIENTS=str(tmp_path / "absent.csv"))
    run = call(command, "run", "coodiag:diagnostic", "-", inputs=inputs)
    assert run.returncode == 1
    said = run.stdout + run.stderr
    assert re.search(r"absent\.csv\W* does not exist", said), said
    assert "Traceback" not in said
    assert not output.exists()


def test_a_parameter_that_cannot_work_ends_with_one_and_the_sentence(
    command: tuple[str, dict[str, str]], demo: DemoPaths, tmp_path: Path
) -> None:
    output = tmp_path / "dossier"
    inputs = given(demo, output, HOUSE_STYLE=str(tmp_path / "absente"))
    run = call(command, "run", "coodiag:diagnostic", "-", inputs=inputs)
    assert run.returncode == 1
    assert "house style absente is not there" in run.stdout + run.stderr
    assert not output.exists()
