"""The zip that users install: what is in it, and that it works in a profile that has nothing else."""

from __future__ import annotations

import configparser
import csv
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.demo.generate import DemoPaths
from qgis.PyQt.QtCore import QTranslator

ROOT = Path(__file__).resolve().parents[2]
TOP = "coodiag/"
MOST_BYTES = 10_000_000
#: Keys without which the plugin repository refuses a package, and those its pages show.
REQUIRED = (
    "name", "qgisMinimumVersion", "description", "about", "version", "author", "email",
    "homepage", "tracker", "repository", "tags", "category", "icon", "hasProcessingProvider",
)  # fmt: skip
LEFT_OUT = ("tests/", "docs/", "scripts/", "build/", ".", "pyproject.toml")


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip of HEAD, made by ``scripts/package``."""
    if not (ROOT / ".git").exists():
        pytest.skip("the package is made of what git holds, and this is not a clone")
    path = tmp_path_factory.mktemp("paquet avec accent é") / "coodiag.zip"
    subprocess.run([ROOT / "scripts" / "package", path], check=True, capture_output=True)
    return path


@pytest.fixture(scope="module")
def names(package: Path) -> list[str]:
    with zipfile.ZipFile(package) as archive:
        assert archive.testzip() is None
        return archive.namelist()


@pytest.fixture(scope="module")
def metadata(package: Path) -> configparser.SectionProxy:
    """Read as the plugin repository reads it: a bare % would fail here."""
    parser = configparser.ConfigParser()
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    with zipfile.ZipFile(package) as archive:
        parser.read_string(archive.read(TOP + "metadata.txt").decode("utf-8"))
    return parser["general"]


def test_one_folder_named_as_the_plugin(names: list[str]) -> None:
    assert {name.split("/")[0] for name in names} == {"coodiag"}


@pytest.mark.parametrize(
    "name",
    ["__init__.py", "metadata.txt", "LICENSE", "README.md", "coodiag_plugin/plugin.py"],
)
def test_what_every_package_holds(names: list[str], name: str) -> None:
    assert TOP + name in names


def test_nothing_of_the_workshop(names: list[str]) -> None:
    inside = [name[len(TOP) :] for name in names]
    assert [name for name in inside if name.startswith(LEFT_OUT)] == []
    assert [name for name in inside if "__pycache__" in name or name.endswith(".pyc")] == []


def test_size(package: Path) -> None:
    assert package.stat().st_size <= MOST_BYTES


def test_metadata(metadata: configparser.SectionProxy, names: list[str]) -> None:
    assert [key for key in REQUIRED if not metadata.get(key, "").strip()] == []
    assert re.fullmatch(r"\d+\.\d+\.\d+", metadata["version"])
    assert re.fullmatch(r"3\.\d+(\.\d+)?", metadata["qgisMinimumVersion"])
    assert "@" in metadata["email"]
    assert metadata["hasProcessingProvider"] == "yes"
    assert TOP + metadata["icon"] in names
    for key in ("homepage", "tracker", "repository"):
        assert metadata[key].startswith("https://"), key


def test_every_translation_is_compiled(package: Path, names: list[str], tmp_path: Path) -> None:
    sources = [name for name in names if name.endswith(".ts")]
    assert sources
    with zipfile.ZipFile(package) as archive:
        for source in sources:
            compiled = source[: -len(".ts")] + ".qm"
            assert compiled in names
            translator = QTranslator()
            assert translator.load(archive.extract(compiled, tmp_path))
            text = archive.read(source).decode("utf-8")
            pairs = re.findall(
                r"<source>([^<&]+)</source>\s*<translation>([^<&]+)</translation>", text
            )
            assert pairs
            # Bytes: PyQt would encode a str as ASCII here.
            stale = [
                key
                for key, value in pairs
                if translator.translate(b"Coodiag", key.encode()) != value
            ]
            assert stale == [], f"{compiled} is older than {source}: run scripts/translate.py"


# --- the package at work ----------------------------------------------------------------------


class Installed:
    """A QGIS whose only third-party plugin is the package."""

    def __init__(self, package: Path, folder: Path) -> None:
        plugins, run = folder / "plugins", folder / "run"
        run.mkdir(parents=True, mode=0o700)
        with zipfile.ZipFile(package) as archive:
            archive.extractall(plugins)
        python = Path(getattr(sys, "_base_executable", sys.executable)).resolve().parent
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "QGIS"))}
        self._environment = {
            **kept,
            # The Python inside QGIS looks for its library beside the first python3 of the PATH.
            "PATH": f"{python}{os.pathsep}{os.environ['PATH']}",
            "QGIS_CUSTOM_CONFIG_PATH": str(folder / "profile"),
            "QGIS_PLUGINPATH": str(plugins),
            "XDG_RUNTIME_DIR": str(run),
            "COODIAG_CACHE": str(folder / "cache"),
            "QT_QPA_PLATFORM": "offscreen",
            "LC_ALL": "C.UTF-8",
        }
        self.call("plugins", "enable", "coodiag")

    def call(self, *arguments: str, given: str = "") -> str:
        done = subprocess.run(
            ["qgis_process", *arguments],
            input=given,
            env=self._environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done.stdout

    def run(self, algorithm: str, **inputs: Any) -> dict[str, Any]:
        """Results of an algorithm run with JSON on the standard input."""
        given = json.dumps({"inputs": inputs})
        return dict(json.loads(self.call("run", algorithm, "-", given=given))["results"])


@pytest.fixture(scope="module")
def installed(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    folder = tmp_path_factory.mktemp("profil vide")
    yield Installed(package, folder)
    shutil.rmtree(folder)


def test_importtable_of_the_package(installed: Installed, demo: DemoPaths, tmp_path: Path) -> None:
    output, issues = tmp_path / "clients.csv", tmp_path / "remarques.csv"
    results = installed.run(
        "coodiag:importtable",
        INPUT=str(demo.clients),
        ROLE="clients",
        TABLE=str(output),
        ISSUES=str(issues),
    )
    with output.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == results["ROWS_OUT"] > 0
    assert issues.stat().st_size


@pytest.mark.slow
def test_diagnosis_of_the_package(installed: Installed, demo: DemoPaths, tmp_path: Path) -> None:
    results = installed.run(
        "coodiag:diagnostic",
        TERRITORY=demo.territory,
        STRUCTURE="Association Exemple (fictive)",
        SITES=str(demo.sites),
        CLIENTS=str(demo.clients),
        BENEFICIARIES=str(demo.beneficiaries),
        DATA_FOLDER=str(demo.data_folder),
        COMMUNE_PAGES=False,
        FORMATS=["html"],
        OUTPUT_FOLDER=str(tmp_path / "dossier"),
    )
    assert Path(results["ATLAS"]).read_bytes().startswith(b"%PDF")
    for name in ("PROJECT", "HTML"):
        assert Path(results[name]).exists()
    assert results["PAGES"] >= 12
    assert 0 < results["CLIENTS_LOCATED"] <= results["CLIENTS_IN"]
