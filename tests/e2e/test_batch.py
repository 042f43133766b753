"""The head of a network at the command line: three structures, three dossiers."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.demo.generate import DemoPaths
from coodiag.tests.structures_samples import short_profile, write_table

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("Mirage Un (fictif)", "Mirage Deux (fictif)", "Mirage Trois (fictif)")


@pytest.fixture(scope="module")
def network(demo: DemoPaths, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three structures of two territories: with clients, with beneficiaries, with sites alone."""
    folder = tmp_path_factory.mktemp("tête de réseau")
    short_profile(folder, chapters=2)
    for path in (demo.sites, demo.clients, demo.beneficiaries):
        shutil.copy(path, folder / path.name)
    sites, clients, people = demo.sites.name, demo.clients.name, demo.beneficiaries.name
    first, second = demo.territory.split(",")
    write_table(
        folder / "structures.csv",
        [
            [NAMES[0], first, sites, clients, "", "profil court.json", ""],
            [NAMES[1], f"EPCI:{second}", sites, "", people, "profil court.json", ""],
            [NAMES[2], demo.territory, sites, "", "", "profil court.json", ""],
        ],
    )
    return folder


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    keep = ("PATH", "HOME", "LANG", "COODIAG_PYTHON", "LD_LIBRARY_PATH")
    environment = {name: os.environ[name] for name in keep if name in os.environ}
    folder = tmp_path_factory.mktemp("profil")
    return environment | {"COODIAG_PROFILE": str(folder), "QT_QPA_PLATFORM": "offscreen"}


def call(profile: dict[str, str], algorithm: str, inputs: dict[str, Any]) -> dict[str, Any]:
    done = subprocess.run(
        [str(ROOT / "scripts" / "qgis_process"), "run", f"coodiag:{algorithm}", "-"],
        input=json.dumps({"inputs": inputs}),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env=profile,
        cwd="/",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    results: dict[str, Any] = json.loads(done.stdout)["results"]
    return results


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.slow
def test_three_structures_three_dossiers(
    profile: dict[str, str], network: Path, demo: DemoPaths, tmp_path: Path
) -> None:
    output = tmp_path / "dossiers du réseau"
    common = {
        "TABLE": str(network / "structures.csv"),
        "DATA_FOLDER": str(demo.data_folder),
        "COMMUNE_PAGES": False,
        "FORMATS": ["xlsx"],
        "DPI": 72,
    }
    results = call(
        profile,
        "structures",
        {**common, "OUTPUT_FOLDER": str(output), "SUMMARY": str(tmp_path / "bilan.csv")},
    )
    assert (results["COUNT"], results["COUNT_DONE"], results["COUNT_REFUSED"]) == (3, 3, 0)
    summary = read(tmp_path / "bilan.csv")
    assert [row["structure"] for row in summary] == list(NAMES)
    assert {row["status"] for row in summary} == {"fait"}
    assert int(summary[0]["clients_located"]) > 300 and summary[0]["beneficiaries_in"] == ""
    assert int(summary[1]["beneficiaries_located"]) > 500 and summary[1]["clients_in"] == ""
    for name in NAMES:
        document = json.loads((output / name / "coodiag.json").read_text(encoding="utf-8"))
        assert document["parameters"]["STRUCTURE"] == name
        assert (output / name / "atlas.pdf").stat().st_size > 10_000
        assert (output / name / "confidentiel").is_dir() == (name != NAMES[2])

    # the model over the same table: what is made stays, and the batch file is written
    results = call(
        profile,
        "structures_diagnosis",
        {
            **common,
            "dossiers_of_the_structures": str(output),
            "summary_of_the_structures": str(tmp_path / "bilan2.csv"),
            "batch_file_of_the_structures": str(tmp_path / "réseau.batch"),
        },
    )
    assert Path(results["batch_file_of_the_structures"]).is_file()
    assert [row["status"] for row in read(tmp_path / "bilan2.csv")] == ["deja_fait"] * 3
    batch = json.loads((tmp_path / "réseau.batch").read_text(encoding="utf-8"))
    rows = batch["rows"] if isinstance(batch, dict) else batch
    assert len(rows) == 3
    assert {Path(row["OUTPUTS"]["OUTPUT_FOLDER"]).name for row in rows} == set(NAMES)
